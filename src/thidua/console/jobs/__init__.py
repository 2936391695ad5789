"""Queued and scheduled work on screen."""
