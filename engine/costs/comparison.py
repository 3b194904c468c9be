"""The approaches side by side: a file -> tables, their rows for some approaches, the rows that matter for a case."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from ..advice.advisor import Advisor
from ..advice.explanations import flips_or_none
from ..advice.recommendation import Recommendation
from ..language import source
from ..language.case import CaseFacts
from ..language.citations import Source
from ..language.loading import COMPARISON, DEFAULT
from ..language.loading.draft import Located, report_duplicates
from ..language.loading.sheet import Sheet, SheetIdentity, check_named, digest_of, read_beside, read_sheet
from ..language.problems import Problem, Sentence, WhytuneError, did_you_mean, short
from ..language.rulebook import NOT_APPLICABLE, REFER, Decision, Rulebook, SourceDocument
from ..language.text import Conditions, Name, Text, Written

MOST_ROWS = 3
"""How many rows are shown with advice; `whytune compare` has them all."""


class Approach(Written):
    """Something to compare; a kind of another approach has that one's cells if it has none of its own."""

    approach: Name
    label: Text
    kind_of: Name | None = None


class Table(Written):
    """A table of the source."""

    table: Name
    title: Text
    source: Source


class Remark(Written):
    """What speaks against a row, and who says so."""

    text: Text
    source: Source | None = None


class ComparisonRow(Written):
    """What a source says about each approach in one dimension; it matters to a case if one of `matters_if` holds."""

    row: Name
    table: Name
    label: Text
    cells: dict[str, Text]
    matters_if: Conditions = {}
    note: Remark | None = None


class ComparedRow(NamedTuple):
    """One row for the approaches asked for, each with its cell; None if the source says nothing about it."""

    row: ComparisonRow
    cells: Mapping[str, Mapping[str, str] | None]


_LISTS: Mapping[str, tuple[type[Written], str]] = {
    "approaches": (Approach, "approach"),
    "tables": (Table, "table"),
    "rows": (ComparisonRow, "row"),
}


@dataclass(frozen=True)
class Comparison:
    """A checked comparison: every approach and every table that a row names is declared."""

    identity: SheetIdentity
    documents: tuple[SourceDocument, ...]
    approaches: tuple[Approach, ...]
    tables: tuple[Table, ...]
    rows: tuple[ComparisonRow, ...]

    @cached_property
    def digest(self) -> str:
        """SHA-256 over everything written in the comparison except comments, white space and the order of lists."""
        return digest_of(self.identity, (self.documents, self.approaches, self.tables, self.rows))

    def approach(self, name: str) -> Approach:
        """The approach with this name; raises WhytuneError: unknown-approach."""
        approaches = {row.approach: row for row in self.approaches}
        if name not in approaches:
            hint = did_you_mean(name, approaches) or Sentence("the approaches are {known}", known=", ".join(approaches))
            message = Sentence("unknown approach `{name}`", name=short(name))
            raise WhytuneError([Problem("unknown-approach", message, None, hint)])
        return approaches[name]

    def row(self, name: str) -> ComparisonRow:
        """The row with this name; raises WhytuneError: unknown-dimension."""
        rows = {row.row: row for row in self.rows}
        if name not in rows:
            hint = did_you_mean(name, rows) or Sentence("the dimensions are {known}", known=", ".join(rows))
            message = Sentence("unknown dimension `{name}`", name=short(name))
            raise WhytuneError([Problem("unknown-dimension", message, None, hint)])
        return rows[name]

    def line(self, row: ComparisonRow, approaches: Iterable[str]) -> ComparedRow:
        """The row for these approaches; one that it does not name has the cell of the approach that it is a kind of."""
        return ComparedRow(row, {name: self._cell(row, name) for name in approaches})

    def columns(self, table: str, asked: Iterable[str] = ()) -> tuple[str, ...]:
        """The approaches of a table to show: those asked for (or their kinds, if the table has only these), or all."""
        named = {name for row in self.rows if row.table == table for name in row.cells}
        wanted = list(asked) or [one.approach for one in self.approaches if one.approach in named]
        columns: list[str] = []
        for name in wanted:
            kinds = [one.approach for one in self.approaches if one.kind_of == name and one.approach in named]
            columns += kinds if name not in named and kinds else [name]
        return tuple(dict.fromkeys(columns))

    def _cell(self, row: ComparisonRow, name: str | None) -> Mapping[str, str] | None:
        while name is not None:
            if name in row.cells:
                return row.cells[name]
            name = self.approach(name).kind_of
        return None


def with_kinds(whole: Comparison, decision: Decision) -> Comparison:
    """The comparison with each option of which it names only the general one: with the cells of that."""
    named = {approach.approach for approach in whole.approaches}
    added = []
    for option in decision.option_names:
        general = [one for one in whole.approaches if option in decision.kinds.get(one.approach, ())]
        if general and option not in {*named, *decision.combining}:
            nearest = min(general, key=lambda one: len(decision.kinds[one.approach]))
            added.append(nearest.model_copy(update={"approach": option, "kind_of": nearest.approach}))
    return replace(whole, approaches=(*whole.approaches, *added))


def load_comparison(name: str | Path = DEFAULT, latest: date | None = None) -> Comparison:
    """The comparison of a shipped rulebook (by its name), or in this file or folder.

    Raises WhytuneError with all its problems; a document dated after `latest` is one.
    """
    return comparison(read_beside(name, COMPARISON), latest)


def comparison(node: source.Node, latest: date | None = None) -> Comparison:
    """The comparison that a file holds; raises WhytuneError with all its problems."""
    sheet = read_sheet(node, "comparison", SheetIdentity, _LISTS)
    sheet.check_days(latest)
    _check(sheet)
    return Comparison(*sheet.finished(), *(sheet.parts(name) for name in _LISTS))


def side_by_side(
    advisor: Advisor, facts: CaseFacts, decision: str, answer: Recommendation, among: Collection[str] | None = None
) -> tuple[str, ...]:
    """The advice and its main rival, if there is one; if nothing is advised yet, what is still possible."""
    outcome = answer.decisions[decision]
    if outcome.advice is None:
        return tuple(name for name in outcome.possible_as_assumed if name not in (REFER, NOT_APPLICABLE))[:2]
    rival = main_rival(advisor, facts, decision, answer, among)
    return (outcome.advice, rival) if rival else (outcome.advice,)


def main_rival(
    advisor: Advisor, facts: CaseFacts, decision: str, answer: Recommendation, among: Collection[str] | None = None
) -> str | None:
    """The option closest to the advice: of those that could also come out, the one to which the smallest change leads.

    If none could, it is where the smallest change leads, but for changes of given facts that nobody can change. It is
    one of `among`, if given.
    """
    outcome = answer.decisions[decision]
    rivals = set(advisor.rulebook.decision[decision].option_names if among is None else among) - {outcome.advice}
    possible = [name for name in (*outcome.possible_as_assumed, *outcome.possible) if name in rivals]
    flips = flips_or_none(advisor, facts, decision)  # the advice is worth having without a rival
    led_to = [flip for flip in flips.flips if flip.outcome in rivals] if flips else []
    if possible:
        return next((flip.outcome for flip in led_to if flip.outcome in possible), possible[0])
    return next((flip.outcome for flip in led_to if flip.group != "no"), None)


def check_subjects(comparison: Comparison, rulebook: Rulebook) -> None:
    """Raises WhytuneError: unknown-fact, if a row depends on something that its rulebook does not know."""
    problems = []
    for row in comparison.rows:
        for subject, named in row.matters_if.items():
            allowed = rulebook.subjects[subject].named if subject in rulebook.subjects else ()
            if subject not in rulebook.subjects:
                hint = did_you_mean(subject, rulebook.subjects)
                message = Sentence(
                    "the row `{row}` matters if `{subject}`, which the rulebook does not know",
                    row=row.row,
                    subject=short(subject),
                )
                problems.append(Problem("unknown-fact", message, None, hint))
            for value in named:
                if allowed and value not in allowed:
                    hint = did_you_mean(value, allowed) or Sentence("it may be {known}", known=", ".join(allowed))
                    message = Sentence(
                        "the row `{row}` matters if `{subject}` is `{value}`, which it cannot be",
                        row=row.row,
                        subject=subject,
                        value=short(value),
                    )
                    problems.append(Problem("unknown-value", message, None, hint))
    if problems:
        raise WhytuneError(problems)


def rows_that_matter(
    comparison: Comparison, facts: CaseFacts, decision: str, compared: tuple[str, ...], rulebook: Rulebook
) -> tuple[ComparedRow, ...]:
    """Two or three rows for the advice, which comes first, and its rival, or the parts of these: those whose conditions
    hold, then others where the approaches differ.
    """
    lines = [comparison.line(row, compared) for row in comparison.rows]
    telling = [line for line in lines if None not in line.cells.values() and _differs(line)]
    values = {**facts.values, decision: compared[0]}
    mattering = [line for line in telling if _matters(line.row, rulebook, values)]
    rest = [line for line in telling if line not in mattering]
    chosen = [*mattering[:MOST_ROWS], *rest[: max(0, 2 - len(mattering))]]
    return tuple(line for line in lines if line in chosen)


def _differs(line: ComparedRow) -> bool:
    first, *others = line.cells.values()
    return any(cell != first for cell in others)


def _matters(row: ComparisonRow, rulebook: Rulebook, values: Mapping[str, str]) -> bool:
    return any(
        values.get(subject) in rulebook.subjects[subject].accepts(named)
        for subject, named in row.matters_if.items()
        if subject in rulebook.subjects
    )


def _check(sheet: Sheet) -> None:
    draft = sheet.draft
    names = {name: [located.name for located in sheet.lists.get(name, ())] for name in _LISTS}
    for name, (_, key) in _LISTS.items():
        report_duplicates([(one.name, one.at(key)) for one in sheet.lists.get(name, ())], draft)
        if not names[name] and not draft.unread:
            span = sheet.identity.node.span if sheet.identity else None
            message, hint = Sentence("no `{key}:`", key=name), Sentence("list them below `{key}:`", key=name)
            draft.report("missing-key", message, span, hint)
    for located, approach in sheet.rows("approaches"):
        if approach.kind_of is not None:
            check_named(located, ("kind_of",), approach.kind_of, names["approaches"], "approaches", draft)
            _check_kind(located, approach, sheet)
    for located, row in sheet.rows("rows"):
        check_named(located, ("table",), row.table, names["tables"], "tables", draft)
        for cell in row.cells:
            check_named(located, ("cells", cell), cell, names["approaches"], "approaches", draft)
        if not row.cells:
            message, hint = Sentence("`{row}` says nothing", row=row.row), Sentence("give a cell for each approach")
            draft.report("missing-key", message, located.key("cells"), hint)


def _check_kind(located: Located[Any], approach: Approach, sheet: Sheet) -> None:
    above = {declared.approach: declared.kind_of for _, declared in sheet.rows("approaches")}
    seen = {approach.approach}
    name = approach.kind_of
    while name is not None and name not in seen:
        seen.add(name)
        name = above.get(name)
    if name is not None:
        message = Sentence("`{approach}` is a kind of itself", approach=approach.approach)
        sheet.draft.report("kind-cycle", message, located.at("kind_of"))
