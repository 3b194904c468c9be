"""What an editor is offered: schemas, and rules yet to be filled in.

schema    a rulebook -> JSON Schema of its files, for editors
scaffold  a rulebook, a rule, a table or a case yet to be filled in, as text
"""
