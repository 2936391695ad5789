"""Screens of number books, templates of papers, files."""
