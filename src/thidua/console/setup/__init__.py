"""The first run: the organisation and its first administrator, once."""
