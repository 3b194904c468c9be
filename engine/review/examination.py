"""A rulebook prepared for checking: its rules on one day, their diagram, what its cases reach; and what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

from ..language.brief import brief
from ..language.problems import Span, WhytuneError
from ..language.rulebook import Rule
from ..language.translations import Confirmed, span_of
from ..meaning.diagram import Where
from ..meaning.regions import Regions
from ..meaning.study import Study
from ..words.catalogue import in_both
from .casebook import CheckedCase, Covered

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""The severities, the most severe first."""
Texts = Mapping[str, str]
"""A text in every language of whytune."""


class Found(NamedTuple):
    """What a check found: the name of what it is about, the place of that, what is wrong, and in which cases.

    `where` is on the ground of the examination; None if it is not about cases. `day` is the day on which it is so, if
    that is not the day examined. `is_decided` is false where it took too long to see whether something is wrong.
    """

    about: str
    span: Span | None
    message: Texts
    where: Where | None = None
    day: date | None = None
    is_decided: bool = True


class Finding(NamedTuple):
    """What a user is told: which check, how severe, about what, where, and in which cases, the widest region first.

    What needs no mending, a note or what a waiver covers, has only a few regions, and the share of the rest.
    What was not decided within the bound of search is a note or, if it may be an error, a warning.
    `waiver` names the waiver that covers it; `expired` one that did until its day passed. `day` is that of the cases,
    if it is not the day asked about.
    """

    code: str
    severity: Severity
    about: str
    span: Span | None
    message: Texts
    regions: Regions | None = None
    waiver: str | None = None
    expired: str | None = None
    day: date | None = None

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "severity": self.severity,
            "about": self.about,
            **(self.span.to_dict() if self.span else dict.fromkeys(("file", "line", "column"))),
            "message": dict(self.message),
            "where": self.regions.to_dict() if self.regions else None,
            "waiver": self.waiver,
            "expired_waiver": self.expired,
            "day": str(self.day) if self.day else None,
        }


@dataclass(frozen=True, eq=False)
class Examination(Study):
    """A study of a rulebook on a day with its own cases and what they cover; `covered` is None if none were read."""

    day: date
    covered: Covered | None = None
    confirmed: Confirmed = field(default_factory=dict)
    cases: tuple[CheckedCase, ...] = ()

    def looked(self, about: str, place: Span | None, finds: Iterable[Found]) -> Iterator[Found]:
        """What is found about this; where a solver takes too long, that it is not decided."""
        try:
            yield from list(finds)
        except WhytuneError as error:
            if not self.is_given_up(error):
                raise
            yield self.undecided(about, place)

    def is_given_up(self, error: WhytuneError) -> bool:
        """Does the error say that a solver was asked and took too long?"""
        return self.ground.is_in_clauses and error.is_too_large

    def undecided(self, about: str, place: Span | None) -> Found:
        """What is told instead of a finding about this."""
        return Found(about, place, in_both("found_not_decided"), is_decided=False)

    def looked_at_rules(self, look: Callable[[Rule], Iterable[Found]]) -> Iterator[Found]:
        """What is found about each rule that holds on the day."""
        for rule in self.rulebook.rules:
            yield from self.looked(rule.id, self.place("rule", rule.id), look(rule))

    def others_with_its_effect(self, rule: Rule, where: Where) -> Iterator[str]:
        """The rules that share an effect with this one and are in force in some of these cases."""
        for other in self.rulebook.rules:
            if other.id != rule.id and _shares_an_effect(rule, other) and self.diagram.rules[other.id] & where:
                yield other.id

    def place(self, *path: str) -> Span | None:
        """The place of this in the files."""
        return span_of(self.whole, path)


def _shares_an_effect(one: Rule, other: Rule) -> bool:
    return (
        (one.conclude is not None and one.conclude == other.conclude)
        or any(set(options) & set(other.propose.get(name, ())) for name, options in one.propose.items())
        or any(set(options) & set(other.rule_out.get(name, ())) for name, options in one.rule_out.items())
    )
