"""Outbox, letters, the mail server, notices."""
