"""A case file -> its cases as written: titles, given facts, and what a test expects; nothing is typed here.

A file holds one case, as a plain map of facts or with `given:`, or several in a table below `cases:`. What stands
beside `cases:` is shared: `given`, `evidence` and `expect` of each case override it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import PurePath
from typing import Any, Literal, NamedTuple

from .brief import brief
from .problems import Problem, Sentence, Span, WhytuneError, did_you_mean, short
from .source import Items, Map, Node, Scalar, plain
from .text import BadValue, check_line, read_day

Status = Literal["settled", "provisional", "open"]
"""How far advice is certain, as a recommendation says and a case may expect it."""

CASE_KEYS = ("case", "given", "evidence", "as_of", "expect")
_FILE_KEYS = (*CASE_KEYS, "cases")
NUMBERED = " #"
"""Stands between the name of a file of several cases and the number of one."""


class WrittenCase(NamedTuple):
    """One case by the name of its file: its own facts win over those it shares.

    `day` is the day whose rules hold, if the case names one; `evidence` says where its facts come from, as written.
    """

    name: str
    title: str | None
    given: Map
    expect: Map
    shared: Map
    span: Span
    day: date | None = None
    evidence: Map = Map((), Span("facts"))

    def __repr__(self) -> str:
        return brief(self)

    @property
    def called(self) -> str:
        """The case by its name, and by its title if it has one."""
        return f"{self.name} ({self.title})" if self.title else self.name

    @property
    def facts(self) -> tuple[Map, Map]:
        """The facts that it gives; later ones win."""
        return self.shared, self.given

    @property
    def says(self) -> dict[str, Any]:
        """Everything that it gives and expects, as plain data."""
        given = {**plain(self.shared), **plain(self.given)}
        return {"given": given, "expect": plain(self.expect), "as_of": str(self.day) if self.day else None}


def of_facts(given: Map, name: str = "") -> WrittenCase:
    """A case that gives these facts and nothing else."""
    return WrittenCase(name, None, given, _nothing(given.span), _nothing(given.span), given.span)


def read_case(node: Node) -> WrittenCase:
    """The only case of a file; raises WhytuneError, also if the file holds a table of cases."""
    cases = read_cases(node)
    if isinstance(node, Map) and (table := node.get("cases")):
        message = Sentence("a table of cases ({count}), not one", count=len(cases))
        hint = Sentence("put the one you mean into a file of its own; `whytune test` runs them all")
        raise WhytuneError([Problem("several-cases", message, table.span, hint)])
    return cases[0]


def read_cases(node: Node, name: str | None = None) -> tuple[WrittenCase, ...]:
    """All cases of a file, called by this name (by default the file's), those of a table numbered.

    Raises WhytuneError with every mistake in its shape.
    """
    name = PurePath(node.span.source).stem if name is None else name
    if not isinstance(node, Map):
        hint = Sentence("write `fact: value` lines")
        raise WhytuneError([Problem("wrong-type", Sentence("a case is a map of facts"), node.span, hint)])
    if not any(node.get(key) for key in ("given", "expect", "cases")):
        return (of_facts(node, name),)
    problems: list[Problem] = []
    shape = _Shape(name, problems)
    whole = shape.case(node, _FILE_KEYS)
    table = node.get("cases")
    cases = [whole] if table is None else [_laid_over(whole, row) for row in shape.rows(table)]
    if problems:
        raise WhytuneError(problems)
    if len(cases) == 1:
        return tuple(cases)
    return tuple(case._replace(name=f"{name}{NUMBERED}{number}") for number, case in enumerate(cases, start=1))


def _laid_over(shared: WrittenCase, row: WrittenCase) -> WrittenCase:
    """A row of a table laid over what all rows share."""
    titles = [title for title in (shared.title, row.title) if title]
    return row._replace(
        title=": ".join(titles) or None,
        shared=shared.given,
        expect=_merged(shared.expect, row.expect),
        day=row.day or shared.day,
        evidence=_merged(shared.evidence, row.evidence),
    )


def _merged(shared: Map, own: Map) -> Map:
    """Both maps in one; where both have an entry, the second's counts."""
    entries = {key.text: (key, node) for key, node in (*shared.entries, *own.entries)}
    return Map(tuple(entries.values()), own.span)


class _Shape:
    """Reads the parts of a case and notes what has the wrong shape."""

    def __init__(self, name: str, problems: list[Problem]) -> None:
        self.name, self.problems = name, problems

    def case(self, node: Map, known: Collection[str]) -> WrittenCase:
        for key, _ in node.entries:
            if key.text not in known:
                message = Sentence("`{key}` means nothing beside `given`", key=short(key.text))
                hint = did_you_mean(key.text, known) or Sentence("put facts below `given`")
                self._note("unknown-case-key", message, key.span, hint)
        title = _written(node.get("case"))
        if title is not None and not isinstance(title, Scalar):
            self._note("wrong-type", Sentence("`case` is a text"), title.span)
        return WrittenCase(
            self.name,
            self._title(title) if isinstance(title, Scalar) else None,
            self._map(node, "given", Sentence("write `fact: value` lines below it")),
            self._map(node, "expect", Sentence("write `decision: option` lines below it")),
            _nothing(node.span),
            node.span,
            self._day(node.get("as_of")),
            self._map(node, "evidence", Sentence("write `fact: the words that say it` lines below it")),
        )

    def _title(self, written: Scalar) -> str | None:
        try:
            return check_line(written.text)
        except BadValue as bad:
            self._note(bad.code, bad.message, written.span, Sentence("write one line of plain text"))
            return None

    def rows(self, table: Node) -> Iterator[WrittenCase]:
        """The cases of a table; an empty table is a mistake, since it tests nothing."""
        if not isinstance(table, Items) or not table.items:
            hint = Sentence("write `- given: ...` for each case below it")
            self._note("wrong-type", Sentence("`cases` is a list of cases"), table.span, hint)
            return
        for item in table.items:
            if isinstance(item, Map):
                yield self.case(item, CASE_KEYS)
            else:
                hint = Sentence("write `given:` and `expect:`")
                self._note("wrong-type", Sentence("a case of a table is a map"), item.span, hint)

    def _map(self, node: Map, key: str, hint: Sentence) -> Map:
        written = _written(node.get(key))
        if isinstance(written, Map):
            return written
        if written is not None:
            message = Sentence("`given` is a map of facts") if key == "given" else Sentence("`{key}` is a map", key=key)
            self._note("wrong-type", message, written.span, hint)
        return _nothing(node.span)

    def _day(self, node: Node | None) -> date | None:
        written = _written(node)
        if written is None:
            return None
        try:
            return read_day(written.text if isinstance(written, Scalar) else "")
        except ValueError:
            self._note("wrong-type", Sentence("`as_of` is a date like 2026-03-31"), written.span)
            return None

    def _note(self, code: str, message: Sentence, span: Span, hint: Sentence | None = None) -> None:
        self.problems.append(Problem(code, message, span, hint))


def _nothing(span: Span) -> Map:
    return Map((), span)


def _written(node: Node | None) -> Node | None:
    return None if isinstance(node, Scalar) and node.blank else node
