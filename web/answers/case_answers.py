"""What questions about a case are answered with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NotRequired  # pydantic reads this on Python 3.11, but not its TypedDict

from typing_extensions import TypedDict

from whytune import Recommendation
from whytune.engine.language.casefile import Status
from whytune.engine.language.value import JsonValue
from whytune.engine.language.vocabulary import FactKind, Range

from .cost_answers import BreakEvenAnswer, CostsAnswer, GpuAnswer, ServingAnswer, TuningAnswer
from .ledger_answers import ReplayedRecord
from .told import CellsAnswer, StateOfRule, TextByLanguage

Changeable = Literal["yes", "with_effort", "no"]
"""How easily a fact can be changed."""


class OfRecord(TypedDict):
    """What an answer about a record begins with: which one, and whether the same came out again."""

    of_record: NotRequired[ReplayedRecord]


class ConditionAnswer(TypedDict):
    """A condition of a rule in the case: what it asks of its subject, whether it holds, and how far it is from holding.

    `waits_for` names the unknown facts that can decide it; `nearest` is the rule nearest to making it hold, if it does
    not and asks for a conclusion or an option of a decision; `decided_by` are the rules in force that propose what that
    decision has instead, and `barred_by` those that rule out what is asked for.
    """

    part: Literal["if", "any_of", "except_if", "yields_to"]
    subject: str
    accepts: list[str]
    holds: bool | None
    value: str | None
    number: JsonValue
    distance: JsonValue
    waits_for: list[str]
    assumed: bool
    nearest: RuleAnswer | None
    decided_by: list[str]
    barred_by: list[str]


class RuleAnswer(TypedDict):
    """How a rule stands in the case, with each of its conditions."""

    rule: str
    state: StateOfRule
    conditions: list[ConditionAnswer]


class RivalAnswer(TypedDict):
    """An option that is not advised: the rules against it, those for it that are not in force, what it yields to."""

    option: str
    state: str
    against: list[str]
    lacking: list[RuleAnswer]
    yields_to: str | None
    missing: list[str]


class WhyAnswer(OfRecord):
    """What decided, the numbers of the steps that prove it, each rival, and the rules that are not in force."""

    decision: str
    advice: str | None
    status: Status
    decided_by: list[str]
    rivals: list[RivalAnswer]
    proof: list[int]
    not_in_force: list[RuleAnswer]
    waits_for: list[str]


WhyNotAnswer = TypedDict(
    "WhyNotAnswer",
    {
        "decision": str,
        "option": str,
        "advice": str | None,
        "state": str,
        "is_advised": bool,
        "applies": bool,
        "for": list[RuleAnswer],
        "against": list[RuleAnswer],
        "of_record": NotRequired[ReplayedRecord],
    },
)


class KnownFact(TypedDict):
    """What is known of a fact, and where from."""

    value: JsonValue
    state: str


class FactShift(TypedDict):
    """A fact before and after the change."""

    fact: str
    before: KnownFact
    after: KnownFact


class StateShift(TypedDict):
    """The state of a rule or an option before and after the change."""

    name: str
    before: str
    after: str


class AdviceBriefly(TypedDict):
    """The outcome of a decision, and what else is possible."""

    advice: str | None
    referred: bool
    status: Status
    possible: list[str]


class DecisionShiftAnswer(TypedDict):
    """A decision whose outcome changes, and the options whose state does."""

    decision: str
    before: AdviceBriefly
    after: AdviceBriefly
    options: list[StateShift]


class AdviceThatStays(TypedDict):
    """The outcome of a decision that does not change."""

    advice: str | None
    status: Status


class WhatIfAnswer(OfRecord):
    """What the change does to facts, rules and decisions, and which decisions stay as they are."""

    facts: list[FactShift]
    rules: list[StateShift]
    decisions: list[DecisionShiftAnswer]
    stays: dict[str, AdviceThatStays]


ChangeOfFact = TypedDict("ChangeOfFact", {"fact": str, "from": JsonValue, "to": JsonValue})


class FlipAnswer(TypedDict):
    """Changes of facts that lead to another outcome, how easily, whether that wastes effort, and what then decides."""

    changes: list[ChangeOfFact]
    outcome: str
    changeable: Changeable
    group: Literal["find_out", "check", "yes", "with_effort", "no"]
    leaves_out: list[str]
    wastes: bool
    decided_by: list[str]


class FlipsAnswer(OfRecord):
    """The smallest changes that lead to another outcome, or to the one that is wanted."""

    decision: str
    advice: str | None
    to: str | None
    flips: list[FlipAnswer]


class ReasonAnswer(OfRecord):
    """The facts that alone force the outcome, those assumed among them, and how many other sets are as small."""

    decision: str
    outcome: str | None
    facts: dict[str, JsonValue]
    assumed: list[str]
    smallest: bool
    alternatives: int


class PossibleAnswer(TypedDict):
    """Values that lead to the same outcomes."""

    answers: CellsAnswer
    outcomes: list[str]
    narrowed: JsonValue


class QuestionToPut(TypedDict):
    """All that a form needs to put the question."""

    kind: FactKind
    ask: TextByLanguage
    label: TextByLanguage
    values: list[str]
    labels: dict[str, TextByLanguage]
    help: NotRequired[TextByLanguage]
    evidence: NotRequired[TextByLanguage]
    unit: NotRequired[TextByLanguage]
    range: NotRequired[Range]


class NextAnswer(OfRecord):
    """The fact to ask next, None if none matters any more; what each answer leads to, and how many questions remain."""

    decision: str
    fact: str | None
    confirms: bool
    waiting: list[str]
    answers: list[PossibleAnswer]
    remaining: int
    idle: list[str]
    so_far: JsonValue
    to_find_out: list[str]
    question: QuestionToPut | None


class SummaryAnswer(OfRecord):
    """The recommendation, the changes that lead elsewhere, and the costs if known, or the estimate asked for."""

    recommendation: Recommendation
    changes: FlipsAnswer | None
    costs: CostsAnswer | None
    estimate: BreakEvenAnswer | GpuAnswer | ServingAnswer | TuningAnswer | None


@dataclass(frozen=True, kw_only=True)
class RecordedAnswer(Recommendation):
    """A recommendation that was recorded, with the id of its record."""

    record: str
    kept_out: list[str]
    given_away: list[str]


@dataclass(frozen=True, kw_only=True)
class AdviseAnswer(Recommendation):
    """A recommendation; of a record, also which one, and whether the same came out again."""

    of_record: ReplayedRecord | None = None
