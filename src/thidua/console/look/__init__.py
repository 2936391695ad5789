"""How pages look to whoever is logged in, and the lists that they keep."""
