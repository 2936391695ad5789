"""Queued and scheduled work: what waits, runs, is parked; who does it is known by name only."""
