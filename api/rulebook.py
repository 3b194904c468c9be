"""A rulebook as Python asks it: on a day and in a language; its cases, and all that can be asked about itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from os import PathLike, fspath
from typing import Any

from whytune.engine import Advisor
from whytune.engine import Rulebook as Content
from whytune.engine import load as load_content
from whytune.engine.language.case import from_python
from whytune.engine.language.loading import DEFAULT

from .case import Case


def load(rulebook: str | PathLike[str] = DEFAULT, *, as_of: date | None = None) -> Rulebook:
    """The rulebook of this name (shipped with whytune) or at this path (a folder, or one YAML file).

    >>> load("guide")
    <Rulebook guide 1.0.0: 10 facts, 1 decision, 18 rules>

    Raises WhytuneError with every problem of the rulebook.
    """
    place = fspath(rulebook)
    return Rulebook(load_content(place), place, as_of)


@dataclass(frozen=True, eq=False, repr=False)
class Rulebook:
    """A rulebook with its `content`, the `place` that it was loaded from, and the `day` whose rules hold (None: all).

    A value: its methods return others and change nothing.
    """

    content: Content
    place: str
    day: date | None = None

    def __repr__(self) -> str:
        advised = self.advisor.rulebook
        counts = (
            _counted(sum(fact.used_for is None for fact in advised.vocabulary.declared), "fact"),
            _counted(len(advised.decisions), "decision"),
            _counted(len(advised.rules), "rule"),
        )
        day = f" on {self.day}" if self.day else ""
        return f"<Rulebook {self.content.name} {self.content.version}{day}: {', '.join(counts)}>"

    @cached_property
    def advisor(self) -> Advisor:
        """The rules of the day, ready to advise."""
        return Advisor(self.content, self.day)

    def as_of(self, day: date | None) -> Rulebook:
        """This rulebook with the rules that hold on this day; None: all of them, whatever their days."""
        return replace(self, day=day)

    def case(self, given: Mapping[str, Any] | None = None, /, **facts: Any) -> Case:
        """The case of a task of which these facts are given: bool, numbers, names of values, lists of them.

        >>> guide = load("guide")
        >>> guide.case(prompt_enough=True)
        <Case prompt (settled), 1 fact given, by guide 1.0.0>

        A fact left out (or None) is assumed where the rulebook says what to assume, else unknown; "unknown" is unknown.
        Raises WhytuneError with every mistake in the facts.
        """
        return Case(self.advisor, from_python({**(given or {}), **facts}))


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
