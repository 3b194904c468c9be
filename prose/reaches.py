"""Rules, policies and cautions that speak of other tasks than before, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from whytune.engine.meaning.regions import Regions, Share
from whytune.engine.review.difference import AdviceChange, ReachChange

from .document import Listed, Paragraph
from .regions import is_beyond_counting, percent, share, share_of_part
from .two_speakers import MAX_BLAMED, TwoSpeakers


def deciders(change: AdviceChange, both: TwoSpeakers) -> Iterator[Paragraph]:
    """The rules and policies that now decide, and those that no longer do."""
    for key, names in (("decides_now", change.decided_now), ("decides_no_longer", change.decided_before)):
        if names:
            shown = both.new.listed(map(both.named, names[:MAX_BLAMED]))
            more = len(names) - MAX_BLAMED
            named = both.say("and_more", value=shown, count=str(more)) if more > 0 else shown
            yield Paragraph(both.new.pair(both.say(key), named), level=2)


def entry(text: str, change: ReachChange, both: TwoSpeakers) -> Listed:
    """What is told of a rule, a policy or a caution, and below it which tasks these are."""
    has_both = bool(change.gained and change.lost)
    sides = (change.gained, both.say("speaks_now")), (change.lost, both.say("speaks_no_longer"))
    details = (line for side, when in sides for line in _regions(side, when if has_both else "", both))
    return Listed(text, tuple(details))


def _regions(regions: Regions, when: str, both: TwoSpeakers) -> Iterator[str]:
    """A few regions, each with its part of the tasks if it is not all of them, after a word that says `when`."""
    for region in regions.listed:
        facts = both.region(region.facts)
        if region.share and region.share != regions.share:
            facts = f"{facts}  ({share_of_part(region.share, both.new)})"
        yield both.new.pair(when, facts) if when else facts
    if regions.listed and regions.has_others:
        yield both.say("other_regions")


def reason(change: ReachChange, both: TwoSpeakers) -> str:
    """A rule or policy, and how many more or fewer tasks it decides."""
    somewhere = both.say("decides_more_somewhere"), both.say("decides_less_somewhere")
    return _reach(change, both, somewhere, "decides_more", "decides_less")


def caution(change: ReachChange, both: TwoSpeakers) -> str:
    """A caution, and in how many more or fewer tasks it is told."""
    somewhere = both.say("cautions_more_somewhere"), both.say("cautions_less_somewhere")
    return _reach(change, both, somewhere, "cautions_more", "cautions_less")


def _reach(change: ReachChange, both: TwoSpeakers, somewhere: tuple[str, str], more_key: str, less_key: str) -> str:
    more, less = somewhere
    gained, lost = change.gained.share, change.lost.share
    if gained and lost and (is_beyond_counting(gained) or is_beyond_counting(lost)):
        more, less = _with_share(more, gained, both), _with_share(less, lost, both)
    elif gained and lost:
        more, less = both.say(more_key, **_counted(gained)), both.say(less_key, **_counted(lost))
    counts = [text for text, case in ((more, change.gains), (less, change.loses)) if case]
    return both.new.pair(both.named(change.name), both.say("semicolon").join(counts))


def _counted(of: Share) -> dict[str, str]:
    return {"tasks": f"{of.tasks:,}", "all": f"{of.of:,}", "percent": percent(of)}


def _with_share(text: str, of: Share, both: TwoSpeakers) -> str:
    return both.say("within", value=text, bounds=share(of, both.new))
