"""The workbook side of screening: lists and histories in, result workbooks out.

Reading order of one run: `reading` (bytes to cells, in a limited child), `headers` (which column
means what), `staging` (rows to candidates), `history` (what is known of them), `facts` (plain data
for the engine), `output` (the result workbook). No Django here, and no legal word: those are data.
"""
