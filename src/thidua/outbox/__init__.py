"""Mail and notices: each message once, seen before it goes, and what became of it."""
