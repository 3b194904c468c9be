"""What an edit of a rulebook changes, exactly, in layers: wording, safeguards, reasons, cautions, advice.

row_pairs       the rows of a table before and after an edit -> which of them are the same row
row_names       an old rulebook with its rows numbered as in the new one
row_data        a row as data: what its cells say
part_changes    what was written differently: parts added, removed, changed, and whether only in wording
moved_cuts      the cuts that bands lost and gained
witnesses       a case to try, in the facts of each rulebook
turns           where each rule and policy comes to decide, and where it no longer does
advice_changes  the tasks that get different advice: regions with shares, witnesses and the parts to blame
crossings       the assumptions that count otherwise now, since a cut was moved across them
omissions       the tasks that leave a fact out and get different advice, or none yet
reach_changes   what speaks in different tasks than before: how many, with cases to try
cautions        where different cautions come with the advice
reasons         where the advice stays and other rules decide it
affected        how many tasks have other advice, or the same for other reasons
versions        does the new version follow from what changed?
mentions        the texts that still name a cut that was moved
support         do the quoted sources of new cuts, and of the rules that test them, say them?
case_changes    what becomes of stored cases, and what they expect in vain
case_edits      which cases are new, gone or renamed, and what the others say now
lost_edges      the moved cuts next to which no case stands any more
requirements    all that must follow an edit before it can land
later_days      the later days from which different advice changes
intent          what an edit was declared to do, and what it does beyond that
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, NamedTuple, get_args

from ...language.brief import brief
from ...language.intervals import Interval
from ...language.problems import Problem, Sentence, WhytuneError
from ...language.rulebook import Rulebook
from ...meaning.diagram import Ground
from ...meaning.regions import cells_json
from ...meaning.study import Study, common_ground, ground_for
from .advice_changes import AdviceChange, advice_changes
from .affected import Affected, affected
from .cautions import caution_changes
from .crossings import Crossing, crossings
from .mentions import Mention, mentions
from .omissions import OmissionChange, omission_changes
from .part_changes import PartChange, part_changes
from .reach_changes import ReachChange
from .reasons import reason_changes
from .row_names import renumbered
from .turns import turns
from .versions import Version, follow

__all__ = [
    "AdviceChange",
    "Affected",
    "Compared",
    "Crossing",
    "Difference",
    "OmissionChange",
    "PartChange",
    "ReachChange",
    "Version",
    "compare",
    "difference",
    "walked",
]

EditLevel = Literal["nothing", "wording", "safeguards", "reasons", "cautions", "advice"]
LEVELS: tuple[EditLevel, ...] = get_args(EditLevel)
"""How deep an edit can go, the deepest last."""


class Compared(NamedTuple):
    """Two rulebooks on common ground, with their rules of one day."""

    old: Study
    new: Study

    def __repr__(self) -> str:
        return brief(self)

    def in_clauses(self) -> Compared:
        """The same on a ground in clauses; raises WhytuneError: no-solver."""
        new = self.new.in_clauses()
        return Compared(replace(self.old, shared=new.ground), new)


@dataclass(frozen=True)
class Difference:
    """Everything that an edit changes; `level` is the deepest layer that it reaches.

    `uncompared` holds, by fact, the values that only one of the rulebooks has: tasks with one of them are in no share
    and no region. `dormant` names the changed rules that are not valid on the day, in neither rulebook.
    `mentions` are texts that may have to follow a moved cut.
    """

    parts: tuple[PartChange, ...]
    reasons: tuple[ReachChange, ...]
    cautions: tuple[ReachChange, ...]
    advice: tuple[AdviceChange, ...]
    omissions: tuple[OmissionChange, ...]
    affected: tuple[Affected, ...]
    crossings: tuple[Crossing, ...]
    uncompared: Mapping[str, tuple[str | Interval, ...]]
    dormant: tuple[str, ...]
    mentions: tuple[Mention, ...]
    level: EditLevel
    version: Version

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {
            "level": self.level,
            "version": self.version.to_dict(),
            "uncompared": {name: cells_json(cells) for name, cells in self.uncompared.items()},
            "dormant": list(self.dormant),
            "affected": [concerned.to_dict() for concerned in self.affected],
            "advice": [change.to_dict() for change in self.advice],
            "omissions": [change.to_dict() for change in self.omissions],
            "crossings": [crossing.to_dict() for crossing in self.crossings],
            "cautions": [change.to_dict() for change in self.cautions],
            "reasons": [change.to_dict() for change in self.reasons],
            "parts": [change.to_dict() for change in self.parts],
            "mentions": [mention.to_dict() for mention in self.mentions],
        }


def compare(old: Rulebook, new: Rulebook, day: date | None = None) -> Compared:
    """Both rulebooks with the rules of one day (None: all), ready to be compared; the old one's rows are numbered as in
    the new one.

    Their ground is in clauses if their diagrams are too large. Raises WhytuneError: incomparable-fact, no-solver;
    questions about them may raise diagram-too-large or, in clauses, search-too-large.
    """
    old = renumbered(old, new)
    ground = ground_for(old, new)
    for name in ground.cells:
        if not ground.common(name):
            message = Sentence("the rulebooks have no value of `{fact}` in common, and no task to compare", fact=name)
            hint = Sentence("make the edit in two steps: first add the new values, then remove the old ones")
            raise WhytuneError([Problem("incomparable-fact", message, None, hint)])
    return Compared(Study(old, day, shared=ground), Study(new, day, shared=ground))


def walked(compared: Compared) -> Compared:
    """The same on a ground of diagrams, for pictures; raises WhytuneError: diagram-too-large."""
    old, new = compared
    ground = common_ground(*new.ground.rulebooks) if new.ground.is_in_clauses else new.ground
    return Compared(replace(old, shared=ground), replace(new, shared=ground))


def difference(compared: Compared) -> Difference:
    """What becomes of the old rulebook's advice, reasons and words in the new one."""
    old, new = compared
    parts = tuple(part_changes(old.whole, new.whole))
    decisions = dict.fromkeys((*old.diagram.advice, *new.diagram.advice))
    turning = {decision: turns(old, new, decision) for decision in decisions}
    advice = tuple(advice_changes(old, new, parts, turning))
    omissions = tuple(omission_changes(old, new))
    shared = (name for name in old.deciding if name in new.deciding)
    reasons = tuple(change for name in shared for change in reason_changes(old, new, name, turning[name]))
    cautions = tuple(caution_changes(old, new))
    level = _level(bool(advice or omissions), bool(cautions), bool(reasons), parts)
    return Difference(
        parts,
        reasons,
        cautions,
        advice,
        omissions,
        tuple(affected(old, new, turning)),
        tuple(crossings(old, new, advice)),
        dict(_uncompared(new.ground)),
        tuple(part.name for part in parts if _is_dormant(part, old.rulebook, new.rulebook)),
        tuple(mentions(parts, old.whole, new.whole)),
        level,
        follow(old.whole.version, new.whole.version, level, old.whole.name != new.whole.name),
    )


def _level(
    has_other_advice: bool, has_other_cautions: bool, has_other_reasons: bool, parts: tuple[PartChange, ...]
) -> EditLevel:
    """The deepest layer that is reached; a changed part counts as a reason unless it is words or a safeguard."""
    if has_other_advice:
        return "advice"
    if has_other_cautions:
        return "cautions"
    if has_other_reasons or not all(change.is_wording or change.is_safeguard for change in parts):
        return "reasons"
    if any(change.is_safeguard for change in parts):
        return "safeguards"
    return "wording" if parts else "nothing"


def _uncompared(ground: Ground) -> Iterator[tuple[str, tuple[str | Interval, ...]]]:
    for name, cells in ground.cells.items():
        common = ground.common(name)
        shared = {index for book in ground.rulebooks for index in ground.known_to(book, name)}
        if only := tuple(cell for index, cell in enumerate(cells) if index in shared and index not in common):
            yield name, only


def _is_dormant(part: PartChange, old: Rulebook, new: Rulebook) -> bool:
    return part.kind == "rule" and not part.is_wording and part.name not in {**old.rule, **new.rule}
