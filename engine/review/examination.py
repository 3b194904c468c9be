"""A rulebook laid out for checking: its rules on one day, their diagram, what its cases reach; and what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal, NamedTuple

from ..language.problems import Span
from ..language.rulebook import Rule, Rulebook
from ..language.translations import Confirmed, span_of
from ..meaning.deciding import Deciding
from ..meaning.diagram import MAX_NODES_TOGETHER, MAX_STEPS_TOGETHER, DecisionDiagram, Ground, Variant, Where
from ..meaning.regions import Atlas, Regions
from .casebook import Case, Covered

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""The gravest first."""
Texts = Mapping[str, str]
"""A text in each of whytune's languages."""


class Found(NamedTuple):
    """What a check saw: the name of what it is about, where that stands, what is the matter, and in which cases.

    `where` stands on the ground of the examination; None if it is about no cases. `day` is the day on which it is so,
    if that is not the day that is looked at.
    """

    about: str
    span: Span | None
    message: Texts
    where: Where | None = None
    day: date | None = None


class Finding(NamedTuple):
    """What a user is told: which check, how grave, about what, where, and in which cases, the widest region first.

    `waiver` names the waiver that covers it; `expired` one that did until its day passed. `day` is that of the cases,
    where it is not the day asked about.
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
class Examination:
    """A rulebook with all its rules, as it stands on a day, with its own cases and what they cover.

    `covered` is None where no cases were read. Raises WhytuneError: diagram-too-large, as soon as something is asked
    that would take a larger diagram.
    """

    whole: Rulebook
    day: date
    covered: Covered | None = None
    confirmed: Confirmed = field(default_factory=dict)
    cases: tuple[Case, ...] = ()
    shared: Ground | None = None

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules that hold on the day."""
        return self.whole.as_of(self.day)

    @cached_property
    def ground(self) -> Ground:
        return self.shared or Ground(self.rulebook, max_nodes=MAX_NODES_TOGETHER, max_steps=MAX_STEPS_TOGETHER)

    @cached_property
    def diagram(self) -> DecisionDiagram:
        return DecisionDiagram(self.rulebook, ground=self.ground)

    @cached_property
    def atlas(self) -> Atlas:
        return Atlas(self.ground)

    @cached_property
    def deciding(self) -> Mapping[str, Deciding]:
        """Where rules and policies decide, for each decision."""
        return {name: Deciding(self.diagram, name) for name in self.rulebook.decision}

    def on(self, day: date) -> Examination:
        """The same rulebook on another day, on the same ground."""
        return replace(self, day=day, shared=self.ground)

    def place(self, *path: str) -> Span | None:
        """Where this stands in the files."""
        return span_of(self.whole, path)

    def advises_the_same_without(self, rule: str) -> bool:
        """Would the advice be the same in every case without this rule?"""
        return self.advises_the_same_under(each for each in self.rulebook.rules if each.id != rule)

    def advises_the_same_with(self, rule: Rule) -> bool:
        """Would the advice be the same in every case if this rule stood in place of that of the same id?"""
        return self.advises_the_same_under(rule if each.id == rule.id else each for each in self.rulebook.rules)

    def advises_the_same_under(self, rules: Iterable[Rule]) -> bool:
        """Would the advice on every decision be the same in every case under these rules?"""
        return Variant(replace(self.rulebook, rules=tuple(rules)), of=self.diagram).advises_the_same
