"""A rulebook's own cases: running them, what they cover, and which changed meanings they notice.

expectations   what a case expects, checked against its rulebook
reading        the case files of a rulebook -> its cases
running        a case and a way to judge it -> which expectations fail
amendments     expectations that fail -> what their files would have to say instead
paths          the ways through a decision diagram
coverage       which rules, cuts, paths and tasks the cases reach
mutants        a rulebook -> rulebooks that differ from it in one rule or cut
suggestion     ready-made cases for what is not covered and what is not noticed
mutation       which mutants mean something else, and which of these no case notices
"""

from .coverage import Coverage, Covered, coverage, covered, covered_by, using
from .mutation import Mutation, mutation
from .reading import CheckedCase, by_day, case_called, cases_folder, cases_of, every_case_of
from .running import Result, fails, run_all
from .suggestion import Suggestion, suggestions

__all__ = [
    "CheckedCase",
    "Coverage",
    "Covered",
    "Mutation",
    "Result",
    "Suggestion",
    "by_day",
    "case_called",
    "cases_folder",
    "cases_of",
    "coverage",
    "covered",
    "covered_by",
    "every_case_of",
    "fails",
    "mutation",
    "run_all",
    "suggestions",
    "using",
]
