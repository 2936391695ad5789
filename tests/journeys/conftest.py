"""Whole procedures through a real browser."""

import os

# Playwright's loop runs in the thread of the test, where the test reads the database too.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
