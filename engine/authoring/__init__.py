"""What authors are offered: schemas for their editors, and rules to be filled in.

schema    a rulebook -> JSON Schema of its files, for editors
scaffold  a rulebook, a rule, a table or a case to be filled in, as text
"""
