"""A rulebook, a rule or a case yet to be filled in, as text: it loads at once, and says what to replace.

templates  the files of a new rulebook
new_rule   a new rule, at the end of a file or in one of its own
new_case   a new case
"""

from __future__ import annotations

from .new_case import new_case
from .new_rule import NewRule, with_rule
from .templates import new_rulebook

__all__ = ["PLACEHOLDER", "NewRule", "new_case", "new_rulebook", "with_rule"]

PLACEHOLDER = "TODO"
"""What begins every text that is yet to be written, in every language."""
