"""A rulebook -> one SQL statement that answers every row of a table where the table lies.

dialects        what differs from database to database
layers          expressions that rest on others -> the columns of one query after another
situations      all that a row can say of one fact, numbered
number_texts    a column of any type -> the number of each row, and what makes a row give none
number_columns  columns of numbers and of their bounds -> the situation of a row
fact_columns    the columns of a table -> the situation of each fact
kleene          what holds for sure: rules, conclusions and options, by SQL's own three-valued logic
outcomes        what can still come out: the way down the diagram
answer_columns  both together -> advice, status, possible, decided_by, cautions, and what is wrong with a row
statement       all of it as one statement
"""
