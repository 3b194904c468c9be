"""Regions of tasks in words: how many, which they are, and a case to try."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from whytune.engine.language.loading import DEFAULT
from whytune.engine.language.value import Value
from whytune.engine.meaning.regions import Regions, Share
from whytune.engine.words.speaker import Speaker

from .document import Block, Command, Item, Paragraph
from .python_calls import call_for_one
from .shell import quoted

MOST_SHOWN = 4
"""Regions of one condition that a text shows."""

COUNTED = 10_000_000
"""The most tasks that are told by their number; JSON has every number."""


def regions(
    regions: Regions, speaker: Speaker, rulebook: str, most: int | None = MOST_SHOWN, as_of: date | None = None
) -> Iterator[Block]:
    """How many tasks are concerned, which they are, and a case to try on the day asked about, if any.

    At most `most` regions are told; all if it is None.
    """
    if regions.share:
        yield Paragraph(speaker.pair(speaker.say("concerns"), share(regions.share, speaker)), level=2)
    several = len(regions.listed) > 1
    for region in (region for region in regions.listed[:most] if region.facts):
        facts = speaker.region(region.facts)
        yield Item(f"{facts}  ({share_of_part(region.share, speaker)})" if several and region.share else facts, level=3)
    if most != 0 and any(more := more_regions(regions, speaker, most)):
        yield Paragraph(more[0], level=4, to_type=more[1])
    if regions.listed:
        witness = regions.listed[0].witness
        call = call_for_one(witness, rulebook, as_of, speaker.language)
        yield Command(advise_command(witness, rulebook, as_of), asks=asked_by(witness), call=call)


def more_regions(regions: Regions, speaker: Speaker, most: int | None) -> tuple[str, str]:
    """How many regions are not told, and what to type to see them; empty if all are."""
    left = len(regions.listed) - most if most is not None else 0
    if left > 0:
        return speaker.say("more_regions", count=f"{left:,}"), speaker.say("all_regions_offer")
    return speaker.say("other_regions") if regions.has_others else "", ""


def share(of: Share, speaker: Speaker) -> str:
    """The share as text: how many of all tasks; of more than anybody counts, which part of them."""
    if is_beyond_counting(of):
        ratio = of.of // of.tasks
        if ratio < 1000:
            return speaker.say("share_of_many", percent=percent(of))
        return speaker.say("one_in_many", count=f"{round(ratio, 2 - len(str(ratio))):,}")
    return speaker.say("share", tasks=f"{of.tasks:,}", all=f"{of.of:,}", percent=percent(of))


def share_of_part(of: Share, speaker: Speaker) -> str:
    """The share of one of several parts: counts add up where rounded shares do not."""
    return (
        percent(of) if is_beyond_counting(of) else speaker.say("share_counted", tasks=f"{of.tasks:,}", all=f"{of.of:,}")
    )


def is_beyond_counting(of: Share) -> bool:
    """Are there so many tasks that their number says nothing to a reader?"""
    return of.of > COUNTED and of.tasks > 0


def percent(of: Share) -> str:
    """The share in percent, with enough decimals to show a digit that counts; 100 % is all, 0 % nothing."""
    if of.tasks in (0, of.of):
        return "100 %" if of.tasks == of.of else "0 %"
    figure = min(of.percent, 99.9)
    places = next((places for places in (1, 2, 3, 4) if figure >= 10**-places), None)
    return "< 0.0001 %" if places is None else f"{figure:.{places}f} %"


def asked_by(case: Mapping[str, Value]) -> tuple[tuple[str, str], ...]:
    """The facts of a case, each with its value as written."""
    return tuple((name, str(value)) for name, value in case.items())


def advise_command(case: Mapping[str, Value], rulebook: str, as_of: date | None = None) -> tuple[str, ...]:
    """The command that advises on this case, each option with its value as a shell takes it."""
    day = (f"--as-of {as_of}",) if as_of else ()
    return ("whytune advise", *rulebook_option(rulebook), *day, *set_options(case))


def set_options(case: Mapping[str, Value]) -> tuple[str, ...]:
    """The options that give the facts of a case, each with its value as a shell takes it."""
    return tuple(f"--set {quoted(f'{name}={value}')}" for name, value in asked_by(case))


def rulebook_option(rulebook: str) -> tuple[str, ...]:
    """The option that asks the rulebook of this name or path, if it is not the one that is asked anyway."""
    return (f"--rulebook {quoted(rulebook)}",) if rulebook != DEFAULT else ()
