"""Measurements: the bulk reading against peers, one nomination explained. `python -m bench`."""
