"""A table that would say the same with fewer rows or cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...language.cell_text import stretches_text
from ...language.loading.cells import ANYTHING
from ...language.rulebook import Rule, RuleTable
from ...meaning.diagram import Where
from ...words.catalogue import in_both
from ..examination import Examination, Found, Texts

SEVERITY = "note"

MOST = 4
"""How many edits of one table are told."""


class Edit(NamedTuple):
    """Rows that could be one, with this cell in the column of this subject; or one row that could have the cell."""

    rows: tuple[str, ...]
    subject: str
    column: str
    cell: str

    @property
    def text(self) -> Texts:
        rows = ", ".join(f"`{row}`" for row in self.rows)
        if len(self.rows) == 1:
            return in_both("edit_cell", row=rows, column=self.column, cell=self.cell)
        return in_both("edit_rows", rows=rows, column=self.column, cell=self.cell)


def look(examined: Examination) -> Iterator[Found]:
    for table in examined.rulebook.tables:
        place = examined.place("table", table.table)
        yield from examined.looked(table.table, place, _found(examined, table))


def _found(examined: Examination, table: RuleTable) -> Iterator[Found]:
    if made := edits(examined, table):
        place = examined.place("rule", made[0].rows[0], "if", made[0].subject, "0")
        yield Found(table.table, place, in_both("found_shorter_table", table=table.table, edits=_listed(made)))


def edits(examined: Examination, table: RuleTable) -> list[Edit]:
    """The edits that together make the table shorter; none if some row is not a rule today."""
    is_whole = all(name in examined.rulebook.rule for name in table.rules)
    return list(_Shortening(examined, table).edits()) if is_whole else []


def _listed(edits: list[Edit]) -> Texts:
    """The first edits, and the number of the others."""
    texts = [edit.text for edit in edits[:MOST]]
    if len(edits) > MOST:
        texts.append(in_both("more_edits", count=str(len(edits) - MOST)))
    return {language: in_both("semicolon")[language].join(text[language] for text in texts) for language in texts[0]}


class _Shortening:
    """The rows of a table while edits are made to them one after the other; no edit changes what the table says.

    A row that other rules yield to stays as it is, and one with a name of its own keeps it.
    """

    def __init__(self, examined: Examination, table: RuleTable) -> None:
        self.examined, self.table, self.rulebook = examined, table, examined.rulebook
        self.rows = [self.rulebook.rule[name] for name in table.rules]
        self.position = {row.id: position for position, row in enumerate(self.rows)}
        self.in_force = {row.id: examined.in_force(row.id) for row in self.rows}
        others = (rule for rule in self.rulebook.rules if rule.id not in self.position)
        self.fixed = {name for rule in others for name in rule.yields_to}
        self.subjects = dict(self._columns())

    def _columns(self) -> Iterator[tuple[str, str]]:
        """What the columns of conditions test, and their names."""
        for column in self.table.columns:
            for subject in (column, self.table.band(column)):
                if any(subject in row.all_of for row in self.rows):
                    yield subject, column

    def edits(self) -> Iterator[Edit]:
        for subject in self.subjects:
            for rows in self._alike_but_for(subject):
                yield self._as_one(rows, subject)
        for row in self.rows:
            if row.id not in self.fixed and not self._is_needless(row):
                yield from self._without_cells(row)

    # rows

    def _alike_but_for(self, subject: str) -> Iterator[list[Rule]]:
        """Rows that say the same and have the same conditions, except for the values of this subject."""
        alike: dict[str, list[Rule]] = {}
        for row in self.rows:
            if subject in row.all_of and self._may_go(row):
                alike.setdefault(repr((self._says(row), self._asks(row, subject))), []).append(row)
        for rows in alike.values():
            together = self._apart(rows, subject)
            if len(together) > 1 and self._may_stand_together(together):
                yield together

    def _may_go(self, row: Rule) -> bool:
        return row.id not in self.fixed and row.id.startswith(f"{self.table.table}.")

    def _apart(self, rows: list[Rule], subject: str) -> list[Rule]:
        """Those of the rows whose values none of the others accepts."""
        accepts = {row.id: self._accepts(row, subject) for row in rows}
        return [
            row for row in rows if not any(accepts[row.id] <= accepts[other.id] for other in rows if other is not row)
        ]

    def _may_stand_together(self, rows: list[Rule]) -> bool:
        """May the lower of these rows move up to the first? If only the first one counts, others may be in the way."""
        first, *lower = (self.position[row.id] for row in rows)
        return self.table.hit != "first" or all(
            not self._where(self.rows[place]) & self.in_force[passed.id]
            for place in lower
            for passed in self.rows[first + 1 : place]
            if self._says(passed) != self._says(rows[0])
        )

    def _as_one(self, rows: list[Rule], subject: str) -> Edit:
        names = tuple(dict.fromkeys(name for row in rows for name in row.all_of[subject]))
        self.fixed |= {row.id for row in rows}
        whole = rows[0].model_copy(update={"all_of": {**rows[0].all_of, subject: names}})
        is_any = self._where(whole).is_same(self._where(_without(whole, subject)))
        cell = ANYTHING if is_any else self._cell(subject, names)
        return Edit(tuple(row.id for row in rows), subject, self.subjects[subject], cell)

    def _cell(self, subject: str, names: tuple[str, ...]) -> str:
        """The cell that accepts these values, or these stretches of a number that the table itself cut."""
        if subject == self.subjects[subject]:
            return " | ".join(names)
        fact = self.rulebook.vocabulary.fact_of[subject]
        band = next(band for band in fact.bands if band.band == subject)
        return stretches_text(fact, map(band.interval, names))

    # cells

    def _is_needless(self, row: Rule) -> bool:
        """Do other rows say the same wherever this one is in force? That is another check's business."""
        return not self.in_force[row.id] - self._said_by_others(row)

    def _without_cells(self, row: Rule) -> Iterator[Edit]:
        for subject in self.subjects:
            if subject in row.all_of and self._says_the_same(row, wider := _without(row, subject)):
                yield Edit((row.id,), subject, self.subjects[subject], ANYTHING)
                self._widen(row, wider)
                row = wider

    def _says_the_same(self, row: Rule, wider: Rule) -> bool:
        """Do other rows decide and say the same wherever only the wider row would be in force?

        A cell that is implied by another of its row is left as it is written.
        """
        if self._where(wider).is_same(self._where(row)):
            return False
        gained = self._in_force(wider) - self.in_force[row.id]
        if gained - self._said_by_others(row):
            return False
        differing = (other for other in self.rows if other.effects != row.effects)
        return self.table.hit != "one" or not any(gained & self.in_force[other.id] for other in differing)

    def _widen(self, row: Rule, wider: Rule) -> None:
        self.in_force[row.id] = self._in_force(wider)
        if self.table.hit == "first":
            for below in self.rows[self.position[row.id] + 1 :]:
                self.in_force[below.id] -= self.in_force[row.id]

    def _in_force(self, row: Rule) -> Where:
        """Where the row is in force, with the rows above it as they are now."""
        where = self._where(row)
        if self.table.hit == "first":
            for above in self.rows[: self.position[row.id]]:
                where -= self.in_force[above.id]
        return where

    def _said_by_others(self, row: Rule) -> Where:
        others = (
            self.in_force[other.id]
            for other in self.rows
            if other.id != row.id and self._says(other) == self._says(row)
        )
        return self.examined.ground.any_of(others)

    # what a row means

    def _where(self, row: Rule) -> Where:
        """Where all of its conditions hold and there can be a task."""
        return self.examined.atlas.among_tasks(self.examined.diagram.all_hold(self.rulebook.conditions(row.all_of)))

    def _says(self, row: Rule) -> tuple[object, ...]:
        """What the row does and what it says about itself, except for its name."""
        title = row.title if "title" in self.table.columns else None
        words = (row.because, row.sources, row.example, row.owner, row.valid, row.reviewed_on, row.keep)
        return (*row.effects, title, *words)

    def _asks(self, row: Rule, but_for: str) -> list[tuple[str, list[str]]]:
        return [(subject, sorted(self._accepts(row, subject))) for subject in sorted(row.all_of) if subject != but_for]

    def _accepts(self, row: Rule, subject: str) -> frozenset[str]:
        return self.rulebook.subjects[subject].accepts(row.all_of[subject])


def _without(row: Rule, subject: str) -> Rule:
    """The row with any value in this column."""
    return row.model_copy(update={"all_of": {name: names for name, names in row.all_of.items() if name != subject}})
