"""Units through time: the tree, its names, its blocs, as of any day."""
