"""Files, the places in them that facts come from, number books, templates of papers."""
