"""Many cases at once: rows of facts in, the same answers as columns out.

row_answers     a row of facts -> its answer as columns, or what is wrong with it
row_formats     CSV and JSON Lines -> rows, and back with their answers
answered_table  a table -> the same table with an answer in each row
sql             a rulebook -> one SQL statement that answers every row inside the database
function        a rulebook -> one Python module that answers by itself
"""
