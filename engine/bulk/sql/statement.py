"""A rulebook and the columns of a table -> the statement that answers every row, for one kind of database.

Rows whose facts are in the same situations have the same answer: the statement finds the different kinds of rows, works
out the answer to each once, and joins rows with answers by the numbers of their situations, packed into as few whole
numbers as possible.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

from ...language.rulebook import Rulebook
from ..row_answers import Bulk
from .answer_columns import Answers
from .dialects import Dialect
from .fact_columns import TASK, FactColumns, column_of_facts
from .layers import Layers, SqlText, case, sql

_KINDS, _ANSWERED = "whytune_kinds", "whytune_answers"
_MOST = 2**31 - 1
"""The largest whole number that every database can add up to."""


class Code(NamedTuple):
    """A number that a row has: its expression, the name of its column, and how many such numbers there are."""

    read: SqlText
    name: str
    size: int

    @property
    def column(self) -> SqlText:
        """Its column; a number that is the same in every row needs none."""
        return SqlText(self.name, frozenset((self.name,))) if self.varies else self.read

    @property
    def varies(self) -> bool:
        return not self.read.text.isdigit()


def statement(bulk: Bulk, dialect: Dialect, table: str, columns: Iterable[str] | None = None) -> str:
    """The statement that answers every row of a table as `bulk` would: the row, its answers, and what is wrong with it.

    It does not see that a text that is not a value of an open list is misspelt, too long, or has forbidden characters.

    The table has these columns; by default, one for every fact that may matter, with the fact's name. A row with
    mistakes has no answer. Raises WhytuneError: bad-name, contradiction, wrong-type, unknown-fact, too-large,
    diagram-too-large.
    """
    given = column_of_facts(bulk, dialect, columns)
    facts = FactColumns(bulk.vocabulary, dialect, given, _tested(bulk.advisor.rulebook), assume=bulk.assumes)
    codes = dict(_codes(facts))
    packs = [*_packs(code for code in codes.values() if code.varies)]
    layers = Layers(code.name for code in codes.values() if code.varies)
    diagram = bulk.advisor.diagram
    answers = Answers(diagram, facts, {key: code.column for key, code in codes.items()}, layers)
    kinds = {f"kind{place}": layers.column(_packed(pack, read=False)) for place, pack in enumerate(packs)}
    answered = {dialect.column(name): answer for name, answer in _answered(bulk, dialect, answers, layers)}
    rows = f"{dialect.table(table)} AS {TASK}"
    read = [f"{code.read.text} AS {code.name}" for code in codes.values() if code.varies] or ["1 AS one"]
    grouped = f" GROUP BY {', '.join(kinds)}" if dialect.groups and kinds else ""
    queries = [
        f"{_KINDS} AS {dialect.kept}(SELECT DISTINCT {', '.join(read)} FROM {rows})",
        *layers.queries(dialect, _KINDS, {**kinds, **answered}, _ANSWERED, grouped),
    ]
    alike = [f"{_ANSWERED}.kind{place} = {_packed(pack, read=True).text}" for place, pack in enumerate(packs)]
    added = ", ".join(f"{_ANSWERED}.{name}" for name in answered)
    joined = f"LEFT JOIN {_ANSWERED} ON {' AND '.join(alike) or 'TRUE'}"
    return "\n".join(
        (f"-- {bulk.identity}", "WITH", ",\n".join(queries), f"SELECT {TASK}.*, {added}", f"FROM {rows}", joined, "")
    )


def _tested(rulebook: Rulebook) -> set[str]:
    """The facts that some condition tests: of a rule, or for a decision or another fact to apply."""
    vocabulary = rulebook.vocabulary
    tested = [*(premise.conditions() for premise in rulebook.premises.values()), *rulebook.applies_if.values()]
    subjects = {condition.subject for conditions in tested for condition in conditions}
    subjects |= {subject for conditions in vocabulary.applies_if.values() for subject, _ in conditions}
    return {vocabulary.fact_of[subject].fact for subject in subjects if subject in vocabulary.fact_of}


def _answered(bulk: Bulk, dialect: Dialect, answers: Answers, layers: Layers) -> Iterator[tuple[str, SqlText]]:
    """Every column of the answers, in order, with that of mistakes last."""
    mistakes = layers.column(answers.error)
    is_right, is_wrong = sql("{} = ''", mistakes), sql("{} <> ''", mistakes)
    for name in bulk.advisor.rulebook.decision_order:
        for part, answer in answers.of(bulk.advisor.rulebook.decision[name]).items():
            yield bulk.answer_columns[name, part], layers.column(case([(is_right, answer)]))
        if dialect.is_narrow:
            layers.raise_floor()  # side by side, decisions can need thousands of columns
    yield bulk.error, case([(is_wrong, mistakes)])


def _codes(facts: FactColumns) -> Iterator[tuple[Hashable, Code]]:
    """Every number that a row has, by fact, or by the two facts that may contradict each other."""
    for index, (fact, read) in enumerate(facts.numbers.items()):
        yield fact, Code(read, f"c{index}", len(facts.situations[fact].all))
    for index, (pair, read) in enumerate(facts.contradictions.items()):
        yield pair, Code(read, f"d{index}", 2)


def _packs(codes: Iterable[Code]) -> Iterator[list[Code]]:
    """The codes in groups, each of which fits into one number."""
    pack: list[Code] = []
    size = 1
    for code in codes:
        if pack and size * code.size > _MOST:
            yield pack
            pack, size = [], 1
        pack.append(code)
        size *= code.size
    if pack:
        yield pack


def _packed(pack: Iterable[Code], *, read: bool) -> SqlText:
    """One number for a group of codes, from their expressions or from their columns."""
    parts, weight = [], 1
    for code in pack:
        part = code.read if read else code.column
        parts.append(part if weight == 1 else sql(f"{weight} * ({{}})", part))
        weight *= code.size
    return sql(" + ".join("{}" for _ in parts), *parts)
