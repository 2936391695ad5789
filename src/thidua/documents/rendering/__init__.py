"""Filling of Word templates: what is dangerous happens in a confined child."""
