"""How to reason about dated, cited rules: facts in, three-valued findings out.

Nothing in this package knows a country's words: awards, ratings and sentences come from the book
that it is given. It needs neither a database nor a web framework.
"""
