"""A rulebook, a rule, a table or a case to be filled in, as text: it loads at once, and says what to replace.

templates  the files of a new rulebook
new_rule   a new rule, at the end of a file or in a file of its own
new_table  a new table, its rows in YAML or in a CSV file
new_case   a new case
"""

from __future__ import annotations

from .new_case import new_case
from .new_rule import NewRule, with_rule
from .new_table import NewTable, TableAsked, new_table
from .templates import new_rulebook, rulebook_name

__all__ = ["NewRule", "NewTable", "TableAsked", "new_case", "new_rulebook", "new_table", "rulebook_name", "with_rule"]
