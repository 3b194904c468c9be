"""A rulebook -> the tables of its decisions, each in the form asked for, or else in one that it can have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from whytune.engine import Rulebook, WhytuneError
from whytune.engine.language.problems import Sentence
from whytune.engine.language.rulebook import Decision

from .disjoint_rows import disjoint_table
from .entries import ModelTable
from .rules_as_rows import rules_tables

TableForm = Callable[[Rulebook, Decision], tuple[ModelTable, ...]]
"""A decision as its own table, the last one, and those that only this one asks; raises WhytuneError: unsayable."""


class FormedTables(NamedTuple):
    """The tables of each decision, those that others rest on first; none if it can have none; and remarks."""

    tables: Mapping[str, tuple[ModelTable, ...]]
    remarks: tuple[Sentence, ...]


def formed(rulebook: Rulebook, as_rules: bool) -> FormedTables:
    """The decisions as tables of their rules, or of rows exactly one of which holds."""
    forms = (rules_tables, _one_disjoint) if as_rules else (_one_disjoint, rules_tables)
    tables: dict[str, tuple[ModelTable, ...]] = {}
    remarks: list[Sentence] = []
    for name in (name for kind, name in rulebook.steps if kind == "decision"):
        tables[name] = ()
        for form, instead in zip(forms, (forms[1], None), strict=True):
            try:
                tables[name] = form(rulebook, rulebook.decision[name])
                break
            except WhytuneError as error:
                remarks += [_instead(instead, problem.message) for problem in error.problems]
    return FormedTables(tables, tuple(remarks))


def _one_disjoint(rulebook: Rulebook, decision: Decision) -> tuple[ModelTable, ...]:
    return (disjoint_table(rulebook, decision),)


def _instead(form: TableForm | None, problem: Sentence) -> Sentence:
    """What is wrong with a form, and what was written instead."""
    if form is rules_tables:
        return Sentence("{problem}: its rules stand in the model instead, under a hit policy", problem=problem)
    if form:
        return Sentence("{problem}: rows of which exactly one holds stand in the model instead", problem=problem)
    return Sentence("{problem}: it stands in the model without its logic", problem=problem)
