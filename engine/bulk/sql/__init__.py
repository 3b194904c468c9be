"""A rulebook -> one SQL statement that answers every row of a table inside its database.

dialects        what differs from database to database
layers          expressions that rest on others -> the columns of a chain of queries
situations      everything that a row can say about one fact, numbered
number_texts    a column of any type -> the number of each row, and why a row gives none
number_columns  columns of numbers and of their bounds -> the situation of a row
fact_columns    the columns of a table -> the situation of every fact
kleene          what is certain: rules, conclusions and options, by SQL's own three-valued logic
outcomes        what can still come out, by the way down the diagram
answer_columns  both together -> advice, status, possible, decided_by, cautions, and what is wrong with a row
statement       all this as one statement
"""
