"""`whytune audit impact`: which recorded advice would be another under another rulebook?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from whytune.engine import Advisor, load
from whytune.engine.advice.recommendation import OPEN
from whytune.engine.language.problems import visible
from whytune.engine.language.rulebook import REFER
from whytune.engine.ledger.impact import NONE, Impact
from whytune.engine.ledger.impact import impact as look
from whytune.engine.ledger.selection import chosen, refuse_record, refuse_strangers
from whytune.engine.ledger.store import Ledger
from whytune.engine.words.sentences import say
from whytune.engine.words.speaker import Speaker

from ... import FAILED
from ...layout import wrap
from ...options import as_of_option, end, language_of, language_option, ledger_option, lines_format_option, today_or
from ...options import show_lines as present
from .asked import selection, selection_options


@click.command()
@click.argument("other", metavar="RULEBOOK")
@ledger_option
@click.option(
    "--fail-over",
    type=click.IntRange(0),
    metavar="N",
    help="Exit code 1 if more than N records change, or any could not be asked again.",
)
@selection_options
@as_of_option()
@lines_format_option
@language_option
def impact(
    other: str, ledger: str, fail_over: int | None, as_of: date | None, format_: str, language: str | None, **asked: Any
) -> None:
    """Say which recorded recommendations would come out differently under RULEBOOK, a name or path.

    What a case gave is given again; what it left out RULEBOOK may assume. Its rules are those of --as-of.

    \b
    Examples:
      whytune audit impact my-rules --ledger advice.ledger
      whytune audit impact my-rules --ledger advice.ledger --since 2026-01-01 --fail-over 0
    """
    refuse_record(other)
    advisor = Advisor(load(other), today_or(as_of))
    speaker = Speaker(advisor.rulebook, language_of(advisor.rulebook, language))
    wanted = selection(**asked)
    with Ledger.to_read(ledger) as opened:
        found = look(chosen(opened, wanted), advisor, opened)
        if not found.looked_at:  # a gate does not pass because a name was misspelt
            refuse_strangers(opened, wanted)
    present(format_, found.to_dict, lines(found, speaker))
    if fail_over is not None and (found.changed > fail_over or found.not_asked):
        end(FAILED)


def lines(found: Impact, speaker: Speaker) -> Iterator[str]:
    """The moves as people read them, and what could not be asked again."""
    asked, left = found.looked_at - found.not_asked, found.not_asked
    head = "impact_head_partly" if left else "impact_head"
    yield wrap(speaker.say(head, changed=str(found.changed), count=str(asked), left=str(left)))
    several = len({moved.move.decision for moved in found.moved}) > 1
    for moved in found.moved:
        decision, before, after = moved.move
        change = speaker.say(
            "before_after", before=_outcome(decision, before, speaker), after=_outcome(decision, after, speaker)
        )
        named = speaker.pair(visible(decision), change) if several else change
        yield wrap(speaker.pair(named, str(moved.records)), 4, "  -")
        more = " …" if moved.records > len(moved.ids) else ""
        yield wrap(speaker.listed(moved.ids) + more, 4)
    if found.kept_out:
        yield speaker.say("impact_kept_out", count=str(found.kept_out))
    for why, count in found.unfit:
        yield speaker.say("impact_unfit", count=str(count), why=visible(say(why, speaker.language)))


def _outcome(decision: str, name: str, speaker: Speaker) -> str:
    """An outcome by the label that the other rulebook has for it, else by its name."""
    if name == OPEN:
        return speaker.say("advice_open")
    if name == NONE:
        return speaker.say("no_decision")
    known = speaker.rulebook.decision.get(decision)
    return speaker.option(decision, name) if known and name in (*known.outcomes, REFER) else visible(name)
