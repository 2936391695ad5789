"""The trail: every write leaves an event, each event holds the hash of the one before it."""
