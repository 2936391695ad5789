"""The face: theme, components and the copies of the libraries that pages use."""
