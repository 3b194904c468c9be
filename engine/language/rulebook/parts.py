"""What a rulebook is made of, as its authors write it: documents, rules, and what governs them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, WrapSerializer

from ..citations import Sources, as_written
from ..dates import PartialDate, days_of
from ..problems import Sentence, did_you_mean
from ..text import BadValue, Conditions, Day, Effects, Line, Name, Text, Values, Written, check_name
from ..vocabulary import YES_NO, Subject


class SourceDocument(Written):
    """A document that rules cite: its `date`, and the day on which somebody saw it say what is cited."""

    document: Name
    title: Text
    edition: Line | None = None
    link: Line | None = None
    date: PartialDate | None = None
    seen_on: Day | None = None

    @property
    def last_day(self) -> Day | None:
        """The last day on which it can have been written; for one without a date, when it was last seen."""
        return days_of(self.date)[1] if self.date else self.seen_on


def days_to_come(document: SourceDocument, latest: date) -> tuple[str, ...]:
    """The keys of a document that name a day after the latest that can be today."""
    days = {"date": days_of(document.date)[0] if document.date else None, "seen_on": document.seen_on}
    return tuple(key for key, day in days.items() if day and day > latest)


class Conclusion(Written):
    """A yes/no that rules conclude and other rules test."""

    conclusion: Name
    label: Text

    @property
    def subject(self) -> Subject:
        return Subject(self.conclusion, "conclusion", YES_NO)


class Validity(Written):
    """The days on which a rule holds, both included."""

    first: Day | None = Field(None, alias="from")
    last: Day | None = Field(None, alias="until")


ALWAYS = "always"
"""What stands for conditions that hold whatever the facts are."""


def _long_form(conditions: Any) -> Any:
    """Reads `always` as a map without conditions."""
    if isinstance(conditions, str) and conditions != ALWAYS and (hint := did_you_mean(conditions, (ALWAYS,))):
        raise BadValue("wrong-type", Sentence("a map is expected here"), hint)
    return {} if conditions == ALWAYS else conditions


Premises = Annotated[Conditions, BeforeValidator(_long_form)]
"""Conditions, all of which must hold, or `always`."""


def _groups(written: Any) -> Any:
    """Reads a list of maps as the only group of alternatives; if it contains a list, each item is such a group."""
    if not isinstance(written, list | tuple) or not written:
        return written
    grouped = any(isinstance(item, list | tuple) for item in written)
    return written if grouped else [written]


def _exceptions(written: Any) -> Any:
    """Reads a map as the only exception; an empty one is none."""
    return ([written] if written else []) if isinstance(written, dict) else written


AnyOf = Annotated[tuple[tuple[Conditions, ...], ...], BeforeValidator(_groups), WrapSerializer(as_written)]
"""Alternatives one of which must hold, or several lists of them, one of each of which must hold."""
ExceptIf = Annotated[tuple[Conditions, ...], BeforeValidator(_exceptions), WrapSerializer(as_written)]
"""Conditions that must not all hold, or a list of such maps, none of which may hold."""


def _check_rule_name(name: str, info: ValidationInfo) -> str:
    table, _, row = name.partition(".")
    is_row = bool((info.context or {}).get("is_row")) and row.isdecimal()
    check_name(table if is_row else name)
    return name


RuleName = Annotated[str, AfterValidator(_check_rule_name)]
"""A name or, for a row of a table, `table.3`."""


class Rule(Written):
    """Effects under a premise.

    It is met if all of `if` and one map of each list in `any_of` hold, no map of `except_if` holds, and no rule in
    `yields_to` is in force.

    `keep: explanation` says that the rule may stay although no advice depends on it: it adds a reason.
    """

    id: RuleName
    title: Text
    because: Text
    sources: Sources = Field(alias="source")
    all_of: Premises = Field({}, alias="if")
    any_of: AnyOf = ()
    except_if: ExceptIf = ()
    yields_to: Values = ()
    conclude: Name | None = None
    propose: Effects = {}
    rule_out: Effects = {}
    caution: Effects = {}
    section: Name | None = None
    example: Text | None = None
    owner: Line | None = None
    valid: Validity | None = None
    reviewed_on: Day | None = None
    keep: Literal["explanation"] | None = None

    @property
    def effects(self) -> tuple[object, ...]:
        """What follows if it is in force."""
        return self.conclude, self.propose, self.rule_out, self.caution

    @property
    def alternatives(self) -> tuple[Conditions, ...]:
        """Every map of `any_of`, in whichever list."""
        return tuple(alternative for group in self.any_of for alternative in group)

    @property
    def asks_for_nothing(self) -> bool:
        """Is it written `if: always`? No other rule is without conditions."""
        return not self.all_of and not self.any_of

    def holds_on(self, day: date) -> bool:
        first, last = (self.valid.first, self.valid.last) if self.valid else (None, None)
        return (first is None or first <= day) and (last is None or day <= last)

    @property
    def turns(self) -> tuple[date, ...]:
        """The first day on which it holds, and the first on which it no longer does, if it says so."""
        first, last = (self.valid.first, self.valid.last) if self.valid else (None, None)
        ended = last + timedelta(days=1) if last and last < date.max else None
        return tuple(day for day in (first, ended) if day)


RowCell = str | tuple[str, ...] | dict[str, str] | None
"""The content of a cell: a text, several, a text in each language, or nothing."""


MAX_BAND = 60
"""Letters of a name."""


class RuleTable(Written):
    """Many rules in one grid: each row is a rule, called `table.3` or by an `id` of its own.

    `hit` says what it means if several rows hold: `one`, that they must agree; `first`, that each row yields to those
    above it; `any`, nothing. The table's `because`, `source` and the like hold for each row that has none of its own.
    `decision` is what columns of options are about.
    """

    table: Name
    title: Text | None = None
    decision: Name | None = None
    hit: Literal["one", "first", "any"] = "one"
    because: Text | None = None
    sources: Sources = Field((), alias="source")
    columns: tuple[Line, ...] = ()
    rows: tuple[tuple[RowCell, ...], ...] = ()
    rows_from: Line | None = None
    section: Name | None = None
    owner: Line | None = None
    valid: Validity | None = None
    reviewed_on: Day | None = None

    def band(self, fact: str) -> str:
        """The band that is cut by a column with stretches of this number."""
        return f"{self.table}_{fact}"[:MAX_BAND]

    @property
    def rules(self) -> tuple[str, ...]:
        """The rule that each row is, by its id."""
        own = self.columns.index("id") if "id" in self.columns else None
        names = (None if own is None else row[own] for row in self.rows)
        return tuple(
            name if isinstance(name, str) and name not in ("", "-") else f"{self.table}.{number}"
            for number, name in enumerate(names, 1)
        )


class Note(Written):
    """What the rulebook's authors decided where their sources are silent or disagree, and why."""

    note: Name
    title: Text
    text: Text
    sources: Sources = Field((), alias="source")


class Invariant(Written):
    """What must hold for the advice in every case in which `if` holds, now and after every edit. One of three forms:

    `always` one of these options is advised; `never` is one of these, or a kind of one; or, as the number `more`
    grows and all else stays, the advice never goes from one of `leads_away_from` to one of `to`.
    """

    invariant: Name
    because: Text
    sources: Sources = Field((), alias="source")
    owner: Line | None = None
    all_of: Premises = Field({}, alias="if")
    always: Effects = {}
    never: Effects = {}
    more: Name | None = None
    leads_away_from: Effects = {}
    to: Effects = {}


class Waiver(Written):
    """A finding of `check` that the owner accepts: which check, about what, why, and until when (by default for good).

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
