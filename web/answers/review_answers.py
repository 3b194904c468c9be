"""What a rulebook that is judged by its checks and by its cases is answered with."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from whytune.engine.language.value import JsonValue
from whytune.engine.ledger.record_shape import DayText

from .told import AskedRulebook, GivenFacts, PlaceInFile, ShareOfTasks, TaskRegions, TextByLanguage


class FindingAnswer(PlaceInFile):
    """What a check finds: about what, where in the files, in which tasks, and which waiver covers it."""

    code: str
    severity: Literal["error", "warning", "note"]
    about: str
    message: TextByLanguage
    where: TaskRegions | None
    waiver: str | None
    expired_waiver: str | None
    day: DayText | None


class FailedExpectation(TypedDict):
    """What is expected of a decision, what came out, and what decided; `stays` is said of a flip that flips nothing."""

    expected: str
    decision: str
    changes: dict[str, JsonValue]
    wanted: list[str]
    got: list[str]
    stays: bool
    decided_by: list[str]


class FailureAnswer(FailedExpectation):
    """What a case expects of a decision, what came out, and what decided."""

    place: PlaceInFile


class CaseResult(TypedDict):
    """How a case came out."""

    title: str
    place: PlaceInFile
    passed: bool
    failures: list[FailureAnswer]


class CaseToFillIn(TypedDict):
    """A case whose expectation is still to be written."""

    title: str
    place: PlaceInFile


class RulesReached(TypedDict):
    """The rules that some case reaches, those that none does, and those that no task can."""

    reached: list[str]
    missing: list[str]
    never: list[str]


class CutReached(TypedDict):
    """A cut of a band, and whether a case stands just below and just above it."""

    fact: str
    band: str
    at: JsonValue
    below: bool
    above: bool


class WayMissed(TypedDict):
    """A way through the flowchart that no case takes."""

    given: GivenFacts
    outcome: str


class WaysReached(TypedDict):
    """How many ways through the flowchart the cases take, and ways that none takes."""

    taken: int
    of: int
    missing: list[WayMissed]
    tasks: ShareOfTasks


class CoverageAnswer(TypedDict):
    """What of the rulebook its cases reach."""

    rules_in_force: RulesReached
    rules_deciding: RulesReached
    cuts: list[CutReached]
    paths: dict[str, WaysReached]


class TestAnswer(TypedDict):
    """How the cases come out, and what they reach, if that was asked for."""

    rulebook: AskedRulebook
    as_of: DayText | None
    passed: int
    failed: int
    not_run: int
    not_filled_in: list[CaseToFillIn]
    cases: list[CaseResult]
    coverage: CoverageAnswer | None
    mutation: None
