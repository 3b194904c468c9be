"""Rows of facts, some with mistakes, and what their recommendations would be in a table."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Any

from whytune.engine import Advisor, WhytuneError
from whytune.engine.bulk.row_answers import Bulk
from whytune.engine.language.vocabulary import Vocabulary

from .generated import representative

Row = Mapping[str, Any]


def rows_of(vocabulary: Vocabulary, random: Random, count: int, given: float) -> list[dict[str, Any]]:
    """Rows in which each fact is given so often, now and then as what it cannot be."""
    return [
        {
            name: _value(vocabulary, name, random)
            for name in vocabulary.domains
            if random.random() < given and _may_apply(vocabulary, name, random)
        }
        for _ in range(count)
    ]


def _may_apply(vocabulary: Vocabulary, name: str, random: Random) -> bool:
    """Facts that may not apply are given less often: else nearly every row would be refused."""
    return not vocabulary.applies_if[name] or random.random() < 0.15


def _value(vocabulary: Vocabulary, name: str, random: Random) -> Any:
    domain = vocabulary.domains[name]
    mistaken = random.random() < 0.004
    if domain.fact.is_number:
        value = representative(random.choice(domain.cells))
        assert isinstance(value, Decimal)
        value = max(value, domain.fact.least or value)
        return -(10.0**7) if mistaken else float(value + random.choice((0, 0, 1)))
    words = [*domain.cells, *domain.cells, "unknown", "", *(group.group for group in domain.fact.groups)]
    if domain.fact.is_open:
        words += ["of its own kind", "other: v1", "V1", "v 0", "v0 | nonsense", "not nonsense"]
    return "nonsense" if mistaken else _padded(str(random.choice(words)), domain.fact.kind == "yes_no", random)


def _padded(word: str, is_truth: bool, random: Random) -> str:
    """The word, at times with blanks around it: a mistake for a truth, for which it is done less often."""
    blanks = ("", " ", "\t", "\n", "  \r") if random.random() < (0.01 if is_truth else 0.15) else ("",)
    return random.choice(blanks) + word + random.choice(blanks)


BESIDE_UNREAD = ("contradiction", "not-applicable")
"""What a case is told of beside what cannot be read, and a row by SQL or a function is not."""


def expected(bulk: Bulk, advisor: Advisor, row: Row) -> dict[str, Any]:
    """The same columns by the recommendation for this row; of what is wrong its codes, each once for a fact.

    What contradicts or does not apply is sought only where all can be read.
    """
    unknown = {} if bulk.assumes else {fact.fact: "unknown" for fact in bulk.vocabulary.facts}
    columns = dict.fromkeys(answer_columns(bulk).values())
    try:
        given = {name: value for name, value in row.items() if not is_blank(value)}
        decisions = advisor.advise({**unknown, **given}).decisions
    except WhytuneError as error:
        mistakes = {(problem.span, problem.code) for problem in error.problems}
        codes = sorted(code for _, code in mistakes)
        return {**columns, bulk.error: [code for code in codes if code not in BESIDE_UNREAD] or codes}
    for (name, part), column in answer_columns(bulk).items():
        outcome = decisions[name]
        value = "refer" if part == "advice" and outcome.referred else getattr(outcome, part)
        columns[column] = "|".join(value) if isinstance(value, tuple) else value
    return {**columns, bulk.error: None}


def is_blank(value: Any) -> bool:
    return isinstance(value, str) and not value.strip()


def answer_columns(bulk: Bulk) -> dict[tuple[str, str], str]:
    parts = ("advice", "status", "possible", "decided_by", "cautions")
    return {key: column for key, column in bulk.answer_columns.items() if key[1] in parts}
