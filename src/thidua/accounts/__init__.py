"""Users, their roles for a subtree and a period, and what they lend to whom."""
