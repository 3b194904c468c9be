"""What each question is answered with, as types: from them the description of the service takes its schemas.

told              what answers have in common
cost_answers      about costs
ledger_answers    about the records of a ledger
case_answers      about a case
rulebook_answers  about what a rulebook holds, and what else whytune knows
review_answers    about a rulebook judged by its checks and cases
change_answers    about an edit of a rulebook
described         the type of each answer -> its schema
"""
