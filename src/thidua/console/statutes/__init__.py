"""Screens of the law: awards of a day, changes, own rules, working days."""
