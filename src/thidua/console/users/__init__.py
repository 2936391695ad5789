"""Accounts: who may come in, in which role, lent to whom; one's own account."""
