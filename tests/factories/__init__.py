"""Rows for tests. Each room's file makes its own; canary texts are handed in by the caller."""
