"""What questions about an edit of a rulebook are answered with."""

from __future__ import annotations

from typing import Any, Literal

from typing_extensions import TypedDict

from whytune.engine.language.casefile import Status
from whytune.engine.ledger.record_shape import DayText

from .review_answers import CaseResult, FailedExpectation
from .told import AskedRulebook, CellsAnswer, GivenFacts, ShareOfTasks, TaskRegion, TextByLanguage

ChangedVersion = TypedDict(
    "ChangedVersion",
    {"from": str, "to": str, "step": str | None, "least": str | None, "follows": bool, "is_other": bool},
)


class WitnessOfChange(TypedDict):
    """One task, as each of the rulebooks describes it."""

    old: GivenFacts
    new: GivenFacts


class Blamed(TypedDict):
    """A part of the rulebook that is to blame for a change."""

    kind: str
    name: str


class ChangedTasks(TypedDict):
    """Tasks for which something changes, and one of them."""

    facts: dict[str, CellsAnswer]
    share: ShareOfTasks | None
    witness: WitnessOfChange


class ChangedTasksBlamed(ChangedTasks):
    """The same, with the parts that are to blame."""

    blame: list[Blamed]


AdviceChangeAnswer = TypedDict(
    "AdviceChangeAnswer",
    {
        "decision": str,
        "from": str | None,
        "to": str | None,
        "share": ShareOfTasks | None,
        "regions": list[ChangedTasksBlamed],
        "rest": ShareOfTasks | None,
        "decided_before": list[str],
        "decided_now": list[str],
    },
)
OmissionAnswer = TypedDict(
    "OmissionAnswer",
    {
        "fact": str,
        "decision": str,
        "from": str | None,
        "to": str | None,
        "assumed_otherwise": bool,
        "share": ShareOfTasks | None,
        "regions": list[ChangedTasks],
        "rest": ShareOfTasks | None,
    },
)


class AffectedDecision(TypedDict):
    """How many tasks have other advice on a decision, and how many the same for other reasons."""

    decision: str
    advice: ShareOfTasks
    reasons: ShareOfTasks


class CrossedAssumption(TypedDict):
    """An assumption that stayed as it was and counts otherwise now, so advice changes where it is left out, too."""

    fact: str
    assumed: str | int | float | None


ChangedValue = TypedDict("ChangedValue", {"path": str, "from": Any, "to": Any, "wording": bool})


class ChangedReach(TypedDict):
    """A rule or caution that speaks for other tasks than before: how many it gains and loses, some of them as regions,
    and one of each.
    """

    decision: str
    name: str
    gained: ShareOfTasks | None
    lost: ShareOfTasks | None
    gains: WitnessOfChange | None
    loses: WitnessOfChange | None
    gained_in: list[TaskRegion]
    lost_in: list[TaskRegion]


class ChangedPart(TypedDict):
    """A part of the rulebook that was added, removed or changed, and its values before and after."""

    kind: str
    name: str
    change: Literal["added", "removed", "changed"]
    place: str | None
    wording: bool
    values: list[ChangedValue]


class OldNumber(TypedDict):
    """A text that still has a number that a cut no longer has."""

    number: str
    kind: str
    name: str
    path: str
    place: str | None
    text: str


class CaseOutcome(TypedDict):
    """The advice on a case, and how far it is certain."""

    advice: str | None
    status: Status


ChangedCase = TypedDict(
    "ChangedCase", {"case": str, "decision": str, "from": CaseOutcome | None, "to": CaseOutcome | None}
)


class UnfitCase(TypedDict):
    """A case that the new rulebook does not understand, and why."""

    case: str
    problems: list[str]


class ChangedCases(TypedDict):
    """What becomes of the cases beside the rulebook; `failed` are those that expect something in vain."""

    of: int
    changed: list[ChangedCase]
    misfits: list[UnfitCase]
    failed: list[CaseResult]


EditedCase = TypedDict(
    "EditedCase",
    {"case": str, "change": Literal["changed", "renamed", "added", "removed"], "place": str, "from": Any, "to": Any},
)


class VersionToWrite(TypedDict):
    """The least version that follows from what changed, the step to it, and where it is written."""

    what: Literal["version"]
    write: str | None
    place: str | None
    step: str | None


class CaseToMend(TypedDict):
    """A case that the edited rulebook does not understand, and why."""

    what: Literal["case"]
    case: str
    problems: list[str]


class ExpectationToWrite(FailedExpectation):
    """What some cases expect in vain, and what to write in its place; null if it must be taken out or, if it is
    `shared` by cases that do not all get the same, be said by each of them.
    """

    what: Literal["expectation"]
    cases: list[str]
    write: str | None
    shared: bool
    place: str


class CutToTest(TypedDict):
    """A moved cut next to which no case stands any more: at which numbers, and the cases that stand at the old ones."""

    what: Literal["edge"]
    band: str
    number: str
    missing: list[str]
    cases: list[str]
    place: str | None


class FindingToMend(TypedDict):
    """An invariant that is broken, a label beside another cut, a waiver that is idle, or what no waiver covers."""

    what: Literal["finding"]
    code: str
    about: str
    message: TextByLanguage
    place: str | None


class CutToSupport(TypedDict):
    """A new cut of a band which the words quoted as its source, or as that of a rule, do not name."""

    what: Literal["cut"]
    band: str
    rule: str | None
    number: str
    quotes: list[str]
    documents: list[str]
    place: str | None


class NameToLookAt(TypedDict):
    """The name of a copy, which still calls itself as a rulebook does that comes with whytune."""

    what: Literal["name"]
    name: str
    place: str | None


class TextToLookAt(OldNumber):
    """A source or another text that names a number which is no cut any more, and may be true all the same."""

    what: Literal["source", "text"]


class FileToGenerate(TypedDict):
    """A generated file that is out of date."""

    what: Literal["generated"]
    file: str


Adaptation = (
    VersionToWrite | CaseToMend | ExpectationToWrite | CutToTest | FindingToMend | CutToSupport | FileToGenerate
)
"""One thing that must be adapted before an edit can land."""


class LaterChange(TypedDict):
    """What changes from a later day on."""

    day: DayText
    advice: list[AdviceChangeAnswer]
    omissions: list[OmissionAnswer]
    beyond_intent: list[Any]


class DifferenceAnswer(TypedDict):
    """What becomes of the advice, the reasons and the words, over all tasks."""

    old: AskedRulebook
    new: AskedRulebook
    level: str
    version: ChangedVersion
    to_adapt: list[Adaptation]
    to_look_at: list[NameToLookAt | TextToLookAt]
    uncompared: dict[str, CellsAnswer]
    dormant: list[str]
    affected: list[AffectedDecision]
    advice: list[AdviceChangeAnswer]
    omissions: list[OmissionAnswer]
    crossings: list[CrossedAssumption]
    cautions: list[ChangedReach]
    reasons: list[ChangedReach]
    parts: list[ChangedPart]
    mentions: list[OldNumber]
    cases: ChangedCases | None
    rewritten_cases: list[EditedCase]
    beyond_intent: None
    later: list[LaterChange]
    unseen_from: DayText | None


class ImportAnswer(TypedDict):
    """The files that a file of another program makes or, into a rulebook, edits, with the patch and what it changes."""

    file: str
    is_edit: bool
    files: dict[str, str]
    remarks: list[str]
    patch: str | None
    difference: DifferenceAnswer | None
