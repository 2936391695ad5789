"""Screens of units: the tree of any day, one unit, acts and corrections, kinds, blocs, workbooks."""
