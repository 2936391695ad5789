"""Views of number books, templates, files."""
