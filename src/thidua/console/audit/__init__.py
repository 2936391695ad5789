"""Screens of the trail: what happened, one event, checkpoints, the last check."""
