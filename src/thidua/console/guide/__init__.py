"""Help behind “?”."""
