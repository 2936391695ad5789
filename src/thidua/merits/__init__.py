"""Facts that the law asks for, of people, units and households, each with its source."""
