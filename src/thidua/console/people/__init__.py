"""People: who they are, what they have, what is missing, and where each fact comes from."""
