"""What questions about the content of a rulebook, and about whytune itself, are answered with."""

from __future__ import annotations

from typing import Any, Literal, NotRequired  # pydantic reads this on Python 3.11, but not its TypedDict

from pydantic import Field
from typing_extensions import TypedDict

from whytune.engine.language.rulebook import Decision, Note, Policy, Rule, RuleTable
from whytune.engine.ledger.record_shape import DayText, Hash

from .told import AskedRulebook, PlaceInFile, StateOfRule, TextByLanguage


class ServedRulebook(TypedDict):
    """A rulebook that is served; edition and audience only of those that come with whytune."""

    name: str
    version: str
    default: bool
    title: TextByLanguage
    edition: NotRequired[TextByLanguage]
    audience: NotRequired[TextByLanguage]
    digest: Hash


class RulebooksAnswer(TypedDict):
    """The rulebooks that are served, the default first."""

    rulebooks: list[ServedRulebook]


class PlacedDecision(Decision):
    """A decision with its place."""

    place: PlaceInFile


class PlacedRule(Rule):
    """A rule with its place; asked for by its name, also whether it holds on the day."""

    holds: bool | None = None
    place: PlaceInFile


class PlacedNote(Note):
    """A note with its place."""

    place: PlaceInFile


class PlacedPolicy(Policy):
    """What decides if rules do not, with its place."""

    policy: str
    place: PlaceInFile


class PlacedTable(RuleTable):
    """A table of rules with its place, the ids of its rows, and how each stands in the case, if one is given."""

    ids: list[str] = Field(alias="rules")
    states: dict[str, StateOfRule] | None = None
    place: PlaceInFile


class RulesAnswer(TypedDict):
    """The rules that hold on a day, with the decisions that they are about, and notes."""

    as_of: NotRequired[DayText]
    rulebook: AskedRulebook
    decisions: list[PlacedDecision]
    rules: list[PlacedRule]
    notes: list[PlacedNote]


class RulesWithText(TypedDict):
    """The rules in whose words a text stands."""

    text: str
    rules: list[PlacedRule]


class NamedCase(TypedDict):
    """A case beside the rulebook."""

    name: str
    title: str


class WrittenCaseAnswer(TypedDict):
    """All that a case gives and expects, as its author wrote it."""

    case: str
    given: dict[str, Any]
    expect: dict[str, Any]
    as_of: DayText | None


class StatementAnswer(TypedDict):
    """A statement for a database."""

    sql: str


class CheckPage(TypedDict):
    """A check: how severe its findings are, whether a waiver may cover them, and its page in Markdown."""

    code: str
    severity: Literal["error", "warning", "note"]
    can_be_waived: bool
    page: TextByLanguage
