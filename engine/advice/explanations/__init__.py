"""Answers to an auditor's questions, each a value that the command line puts into words.

why               why this advice, and what each rival lacked
why_not            how the rules for and against one option stand
what_if            what changes if some facts were otherwise
flips              the smallest changes that lead to another outcome
sufficient_reason  the few facts that alone force the outcome
next_question      what to ask next, and what each answer leads to
"""

from ..changed_facts import Change
from .flips import Flip, Flips, flips, flips_or_none
from .next_question import NextQuestion, next_question, unanswered
from .sufficient_reason import SufficientReason, sufficient_reason
from .what_if import WhatIf, what_if
from .why import Rival, Why, why
from .why_not import WhyNot, why_not

__all__ = [
    "Change",
    "Flip",
    "Flips",
    "NextQuestion",
    "Rival",
    "SufficientReason",
    "WhatIf",
    "Why",
    "WhyNot",
    "flips",
    "flips_or_none",
    "next_question",
    "sufficient_reason",
    "unanswered",
    "what_if",
    "why",
    "why_not",
]
