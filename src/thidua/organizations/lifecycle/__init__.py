"""Pure decisions of the organisation: the tree through time, and rows of a workbook of units."""
