"""What an edit was declared to do, and what it does beyond that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import Field

from ...language import source
from ...language.loading.draft import Draft, Located, whole
from ...language.loading.references import check_conditions, known_of
from ...language.loading.shape import locate, read_items
from ...language.loading.spelling import spelled_out
from ...language.problems import Problem, Sentence, WhytuneError, did_you_mean, listing, short
from ...language.rulebook import Condition, Rulebook
from ...language.text import Conditions, Line, Written
from ...meaning.diagram import DecisionDiagram, Where
from ...meaning.regions import Regions, share_dict
from . import Compared, Difference
from .advice_changes import AdviceChange
from .omissions import OmissionChange, left_out
from .part_changes import PartChange
from .reach_changes import ReachChange
from .witnesses import Witness, witness_of

HOLDS = Sentence("it holds `allow:`, `reasons:`, `facts:` and `safeguards:`")


class Allowed(Written):
    """Tasks whose advice may change: those where `where` holds, from one outcome to another (left out: any)."""

    because: Line
    decision: str | None = None
    before: str | None = Field(None, alias="from")
    after: str | None = Field(None, alias="to")
    where: Conditions = {}


class Others(Written):
    """Whether reasons may change where the advice stays, whether what can be known and advised may, and whether
    invariants and waivers may.

    `allow` is here only for its name: it is read separately, item by item.
    """

    allow: None = None
    reasons: Literal["yes", "no"] = "no"
    facts: Literal["yes", "no"] = "no"
    safeguards: Literal["yes", "no"] = "no"


class Intent(NamedTuple):
    """Everything that an edit is allowed to change besides wording."""

    allowed: tuple[Allowed, ...]
    reasons: bool
    facts: bool
    safeguards: bool


class Beyond(NamedTuple):
    """A change of advice, and those of its tasks that the intent does not allow, each region with a case to try."""

    change: AdviceChange | OmissionChange
    where: Regions
    witnesses: tuple[Witness, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "decision": self.change.decision,
            "from": self.change.before,
            "to": self.change.after,
            "left_out": self.change.fact if isinstance(self.change, OmissionChange) else None,
            "share": share_dict(self.where.share),
            "regions": [
                {**region.to_dict(), "witness": witness.to_dict()}
                for region, witness in zip(self.where.listed, self.witnesses, strict=True)
            ],
            "rest": share_dict(self.where.rest),
        }


class Excess(NamedTuple):
    """What an edit does beyond its intent: to advice, cautions, reasons, what can be known or advised, safeguards."""

    advice: tuple[Beyond, ...]
    cautions: tuple[ReachChange, ...] = ()
    reasons: tuple[ReachChange, ...] = ()
    parts: tuple[PartChange, ...] = ()
    safeguards: tuple[PartChange, ...] = ()

    def __bool__(self) -> bool:
        return any(self)

    def to_dict(self) -> dict[str, Any]:
        return {
            "advice": [one.to_dict() for one in self.advice],
            "cautions": [change.to_dict() for change in self.cautions],
            "reasons": [change.to_dict() for change in self.reasons],
            "parts": [change.to_dict() for change in self.parts],
            "safeguards": [change.to_dict() for change in self.safeguards],
        }


def intent_file(path: Path, label: str) -> source.Node:
    """What the file of an intent says; raises WhytuneError, for an empty one with what it should hold."""
    try:
        return source.read(path, label)
    except WhytuneError as error:
        problems = (
            problem._replace(hint=HOLDS) if problem.code == "empty-file" else problem for problem in error.problems
        )
        raise WhytuneError(problems) from None


def read_intent(node: source.Node, old: Rulebook, new: Rulebook) -> Intent:
    """The intent that a file holds, with conditions of the new rulebook.

    Raises WhytuneError with every mistake.
    """
    draft = Draft()
    if not isinstance(node, source.Map):
        problem = Problem("wrong-type", Sentence("an intent is a map"), node.span, HOLDS)
        raise WhytuneError([problem])
    beside = source.Map(tuple(entry for entry in node.entries if entry[0].text != "allow"), node.span)
    rest = locate(Others, "", beside, {}, draft).part
    written = node.get("allow")
    located = read_items(Allowed, "because", written, {}, draft, {}) if written is not None else []
    for index, named in enumerate(located):
        if named.part:
            where = spelled_out(named, ("where",), named.part.where, known_of(new), draft)
            located[index] = named.with_part({"where": where})
            check_conditions(named, ("where",), where, known_of(new), draft)
            _check_names(named, named.part, old, new, draft)
    draft.stop_if_wrong()
    others = rest or Others()
    asked = (others.reasons, others.facts, others.safeguards)
    return Intent(tuple(whole(located)), *(allowed == "yes" for allowed in asked))


def _check_names(located: Located[Allowed], allowed: Allowed, old: Rulebook, new: Rulebook, draft: Draft) -> None:
    decisions = {**old.decision, **new.decision}
    if allowed.decision is not None and allowed.decision not in decisions:
        meant = did_you_mean(allowed.decision, decisions)
        hint = meant or Sentence("the decisions are {known}", known=listing(decisions))
        message = Sentence("unknown decision `{name}`", name=short(allowed.decision))
        draft.report("unknown-decision", message, located.at("decision"), hint)
    for key, name, rulebook in (("from", allowed.before, old), ("to", allowed.after, new)):
        outcomes = {outcome for decision in rulebook.decisions for outcome in decision.outcomes}
        if name is not None and name not in outcomes:
            hint = did_you_mean(name, outcomes) or Sentence("it may be {known}", known=listing(sorted(outcomes)))
            draft.report("unknown-option", Sentence("unknown option `{name}`", name=short(name)), located.at(key), hint)


def excess(intent: Intent, changes: Difference, compared: Compared) -> Excess:
    """Everything that the difference does beyond the intent; empty if it keeps to it."""
    return Excess(
        tuple(_not_allowed(intent, (*changes.advice, *changes.omissions), compared)),
        () if intent.reasons else changes.cautions,
        () if intent.reasons else changes.reasons,
        () if intent.facts else tuple(part for part in changes.parts if _is_about_what_can_be(part)),
        () if intent.safeguards else tuple(part for part in changes.parts if part.is_safeguard),
    )


def _not_allowed(
    intent: Intent, changes: Iterable[AdviceChange | OmissionChange], compared: Compared
) -> Iterator[Beyond]:
    old, new = compared
    for change in changes:
        about = (allowed for allowed in intent.allowed if _is_about(allowed, change))
        allowed = (_where_hold(new.diagram, change, new.rulebook.conditions(part.where)) for part in about)
        left = change.cells - new.ground.any_of(allowed)
        if new.atlas.among_tasks(left):
            where = new.atlas.regions(left)
            cases = (change.task(region) for region in where.listed)
            yield Beyond(change, where, tuple(witness_of(case, old.rulebook, new.rulebook) for case in cases))


def _where_hold(
    new: DecisionDiagram, change: AdviceChange | OmissionChange, conditions: tuple[Condition, ...]
) -> Where:
    """Where the conditions hold; for a fact that is left out, by what is assumed about it, or else whatever it is."""
    where = new.all_hold(conditions)
    return where if isinstance(change, AdviceChange) else left_out(new, where, change.assumed).being(True)


def _is_about(allowed: Allowed, change: AdviceChange | OmissionChange) -> bool:
    return (
        allowed.decision in (None, change.decision)
        and allowed.before in (None, change.before)
        and allowed.after in (None, change.after)
    )


def _is_about_what_can_be(part: PartChange) -> bool:
    """Does it add or remove a fact, value, option or decision, or change when a fact applies or what it can be?

    The effects of bands, groups and assumptions show in the advice and in the reasons.
    """
    if part.kind not in ("fact", "option", "decision") or part.is_wording:
        return False
    told_otherwise = ("bands", "groups", "assume")
    keys = [value.path[0] for value in part.values if not value.is_wording]
    return part.change != "changed" or (part.kind == "fact" and any(key not in told_otherwise for key in keys))
