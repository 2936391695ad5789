"""People: persons and households, the posts they hold, one person behind two records."""
