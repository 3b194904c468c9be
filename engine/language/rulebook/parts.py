"""What a rulebook is made of, as its authors write it: documents, decisions, rules, and what governs them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from ..dates import PartialDate, days_of
from ..named import Named, unknown
from ..problems import Sentence, WhytuneError
from ..text import BadValue, Conditions, Count, Day, Line, Name, Text, Values, Written
from ..vocabulary import YES_NO, Sources, Subject

REFER = "refer"
"""The outcome that leaves the decision to a person."""
POLICIES = ("if_none_stands", "if_several_stand", "every_completion")
"""What can decide beside rules, as `DECISION.POLICY`; the last where all completions of a case agree."""


class Document(Written):
    """Something that rules cite: of which `date` it is, and on which day somebody saw it say what is cited."""

    document: Name
    title: Text
    edition: Line | None = None
    link: Line | None = None
    date: PartialDate | None = None
    seen_on: Day | None = None


def days_to_come(document: Document, latest: date) -> tuple[str, ...]:
    """The keys of a document that name a day after the latest that today can be."""
    days = {"date": days_of(document.date)[0] if document.date else None, "seen_on": document.seen_on}
    return tuple(key for key, day in days.items() if day and day > latest)


class Conclusion(Written):
    """A yes/no that rules conclude and other rules test."""

    conclusion: Name
    label: Text

    @property
    def subject(self) -> Subject:
        return Subject(self.conclusion, "conclusion", YES_NO)


class Style(Written):
    """How pictures draw an option; colours as `#rrggbb`, width in pixels."""

    fill: str | None = Field(None, pattern=r"^#[0-9a-fA-F]{6}$")
    stroke: str | None = Field(None, pattern=r"^#[0-9a-fA-F]{6}$")
    stroke_width: Count | None = Field(None, ge=1, le=10)


class Option(Written):
    """One answer to a decision."""

    option: Name
    label: Text
    kind_of: Name | None = None
    style: Style | None = None


def _single(advised: Any) -> Any:
    if isinstance(advised, list):
        hint = Sentence("an order of preference is written `prefer: [one, another]`")
        raise BadValue("unfit-policy", Sentence("`advise` names one option"), hint)
    return advised


class Policy(Written):
    """What decides where rules do not: `advise` one option (or `refer`), or `prefer` in this order."""

    advise: Annotated[str | None, BeforeValidator(_single)] = None
    prefer: tuple[str, ...] = ()
    because: Text | None = None
    sources: Sources = Field((), alias="source")


def _long_form(policy: Any) -> Any:
    """`prompt` is short for `{advise: prompt}`, `[rag, prompt]` for `{prefer: [rag, prompt]}`."""
    if isinstance(policy, str):
        return {"advise": policy}
    return {"prefer": policy} if isinstance(policy, list) else policy


class Decision(Written):
    """A question with options; `opening` and `closing` are the first and last box of its flowchart."""

    decision: Name
    ask: Text
    options: tuple[Option, ...]
    if_none_stands: Annotated[Policy, BeforeValidator(_long_form)]
    if_several_stand: Annotated[Policy, BeforeValidator(_long_form)]
    opening: Text | None = None
    closing: Text | None = None

    @cached_property
    def kinds(self) -> Mapping[str, frozenset[str]]:
        """For each option, all options that are kinds of it, at any depth."""
        return {
            o.option: frozenset(k.option for k in self.options if o.option in self.above(k.option))
            for o in self.options
        }

    def above(self, option: str) -> tuple[str, ...]:
        """All that the option is a kind of, nearest first."""
        parents = {o.option: o.kind_of for o in self.options}
        found: list[str] = []
        while (parent := parents.get(found[-1] if found else option)) is not None:
            found.append(parent)
        return tuple(found)

    def option(self, name: str) -> Option:
        """The option of this name; raises WhytuneError: unknown-option."""
        return Named("option", {option.option: option for option in self.options})[name]

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Every option, then `refer`."""
        return (*(o.option for o in self.options), REFER)

    def outcome(self, name: str) -> str:
        """The option of this name, or `refer`; raises WhytuneError: unknown-option."""
        if name not in self.outcomes:
            raise WhytuneError([unknown("option", name, self.outcomes)])
        return name

    @property
    def subject(self) -> Subject:
        """A condition may test the advice; naming an option accepts its kinds too."""
        groups = {name: kinds | {name} for name, kinds in self.kinds.items() if kinds}
        return Subject(self.decision, "decision", self.outcomes, groups)


class Validity(Written):
    """The days on which a rule holds, both included."""

    first: Day | None = Field(None, alias="from")
    last: Day | None = Field(None, alias="until")


class Rule(Written):
    """If all of `if` (and one map of `any_of`) hold, and not all of `except_if`, then the effects.

    `keep: explanation` says that the rule may stand although no advice depends on it: it adds a reason.
    """

    id: Name
    title: Text
    because: Text
    sources: Sources = Field(alias="source")
    all_of: Conditions = Field({}, alias="if")
    any_of: tuple[Conditions, ...] = ()
    except_if: Conditions = {}
    conclude: Name | None = None
    propose: dict[str, Values] = {}
    rule_out: dict[str, Values] = {}
    section: Name | None = None
    example: Text | None = None
    owner: Line | None = None
    valid: Validity | None = None
    reviewed_on: Day | None = None
    keep: Literal["explanation"] | None = None

    def holds_on(self, day: date) -> bool:
        first, last = (self.valid.first, self.valid.last) if self.valid else (None, None)
        return (first is None or first <= day) and (last is None or day <= last)

    @property
    def turns(self) -> tuple[date, ...]:
        """The first day on which it holds, and the first on which it no longer does, where it says so."""
        first, last = (self.valid.first, self.valid.last) if self.valid else (None, None)
        ended = last + timedelta(days=1) if last and last < date.max else None
        return tuple(day for day in (first, ended) if day)


class Note(Written):
    """What the rulebook's authors decided where their sources are silent or disagree, and why."""

    note: Name
    title: Text
    text: Text
    sources: Sources = Field((), alias="source")


class Invariant(Written):
    """What must hold of the advice in every case where `if` holds, now and after every edit. One of three forms:

    `always` one of these options is advised; `never` is one of these, or a kind of one; or, as the number `more`
    grows and all else stays, the advice never goes from one of `leads_away_from` to one of `to`.
    """

    invariant: Name
    because: Text
    sources: Sources = Field((), alias="source")
    owner: Line | None = None
    all_of: Conditions = Field({}, alias="if")
    always: dict[str, Values] = {}
    never: dict[str, Values] = {}
    more: Name | None = None
    leads_away_from: dict[str, Values] = {}
    to: dict[str, Values] = {}


class Waiver(Written):
    """A finding of `check` that the owner accepts: which check, about what, why, and until when (else for good).

    `where` narrows it to the cases in which these conditions hold.
    """

    waiver: Name
    finding: Line
    about: Line
    where: Conditions = {}
    because: Text
    owner: Line
    until: Day | None = None

    def holds_on(self, day: date) -> bool:
        return self.until is None or day <= self.until
