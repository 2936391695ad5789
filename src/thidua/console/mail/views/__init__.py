"""Views of mail."""
