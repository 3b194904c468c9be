"""What an edit was declared to do, and what it does beyond that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from pydantic import Field

from .. import source
from ..diagram import DecisionDiagram
from ..loading.draft import Draft, Located, whole
from ..loading.references import check_conditions, known_of
from ..loading.shape import locate, read_items
from ..problems import did_you_mean, listing, short
from ..regions import Atlas, Regions
from ..rulebook import Rulebook
from ..text import Conditions, Line, Written
from .advice import AdviceChange
from .reasons import ReasonChange


class Allowed(Written):
    """Tasks whose advice may change: where `where` holds, from one outcome to another (left out: any)."""

    because: Line
    decision: str | None = None
    before: str | None = Field(None, alias="from")
    after: str | None = Field(None, alias="to")
    where: Conditions = {}


class Others(Written):
    """Whether reasons may change where the advice stays."""

    reasons: Literal["yes", "no"] = "no"


class Intent(NamedTuple):
    """All that an edit is allowed to change beside wording."""

    allowed: tuple[Allowed, ...]
    reasons: bool


class Excess(NamedTuple):
    """What an edit does beyond its intent: changes of advice with the tasks not allowed for, and changes of reasons."""

    advice: tuple[tuple[AdviceChange, Regions], ...]
    reasons: tuple[ReasonChange, ...]

    def to_dict(self) -> dict[str, Any]:
        advice = [
            {"decision": change.decision, "from": change.before, "to": change.after, "where": where.to_dict()}
            for change, where in self.advice
        ]
        return {"advice": advice, "reasons": [change.to_dict() for change in self.reasons]}


def read_intent(node: source.Node, old: Rulebook, new: Rulebook) -> Intent:
    """The intent that a file holds, `allow:` and `reasons:`; its conditions are those of the new rulebook.

    Raises WhytuneError with every mistake.
    """
    draft = Draft()
    if not isinstance(node, source.Mapping):
        draft.report("wrong-type", "an intent is a map", node.span, "it holds `allow:` and `reasons:`")
        draft.stop_if_wrong()
        return Intent((), False)
    others = source.Mapping(tuple(entry for entry in node.entries if entry[0].text != "allow"), node.span)
    found = locate(Others, "", others, {}, draft).part
    written = node.get("allow")
    located = read_items(Allowed, "because", written, {}, draft, {}) if written is not None else []
    for each in located:
        if each.part:
            check_conditions(each, ("where",), each.part.where, known_of(new), draft)
            _check_names(each, each.part, old, new, draft)
    draft.stop_if_wrong()
    return Intent(tuple(whole(located)), found is not None and found.reasons == "yes")


def _check_names(located: Located[Allowed], allowed: Allowed, old: Rulebook, new: Rulebook, draft: Draft) -> None:
    decisions = {**old.decision, **new.decision}
    if allowed.decision is not None and allowed.decision not in decisions:
        hint = did_you_mean(allowed.decision, decisions) or f"the decisions are {listing(decisions)}"
        message = f"unknown decision `{short(allowed.decision)}`"
        draft.report("unknown-decision", message, located.at("decision"), hint)
    for key, name, rulebook in (("from", allowed.before, old), ("to", allowed.after, new)):
        outcomes = {outcome for decision in rulebook.decisions for outcome in decision.outcomes}
        if name is not None and name not in outcomes:
            hint = did_you_mean(name, outcomes) or f"it may be {listing(sorted(outcomes))}"
            draft.report("unknown-option", f"unknown option `{short(name)}`", located.at(key), hint)


def excess(
    intent: Intent,
    advice: tuple[AdviceChange, ...],
    reasons: tuple[ReasonChange, ...],
    new: DecisionDiagram,
    atlas: Atlas,
) -> Excess:
    """What these changes do beyond the intent; all of it is told, nothing if they keep to it."""
    return Excess(tuple(_not_allowed(intent, advice, new, atlas)), () if intent.reasons else reasons)


def _not_allowed(
    intent: Intent, advice: tuple[AdviceChange, ...], new: DecisionDiagram, atlas: Atlas
) -> Iterator[tuple[AdviceChange, Regions]]:
    store = new.store
    for change in advice:
        allowed = store.any_of(
            new.all_hold(new.rulebook.conditions(each.where)) for each in intent.allowed if _is_about(each, change)
        )
        left = store.all_of((change.root, store.negate(allowed)))
        if atlas.share(left).tasks:
            yield change, atlas.regions(left)


def _is_about(allowed: Allowed, change: AdviceChange) -> bool:
    return (
        allowed.decision in (None, change.decision)
        and allowed.before in (None, change.before)
        and allowed.after in (None, change.after)
    )
