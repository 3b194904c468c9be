"""`whytune why`: what decided the advice, and what each rival lacked or was ruled out by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import click

from whytune.engine.advice.explanations import Rival, Why
from whytune.engine.advice.explanations import why as explain
from whytune.engine.advice.recommendation import Firing, Recommendation
from whytune.engine.words.speaker import Speaker

from ..answer import step
from ..layout import heading, wrap
from ..options import asked_about, question_options, show_lines
from ..prose import obstacles, quoted_rules, reason


@click.command()
@question_options
@click.option(
    "--level",
    type=click.Choice(["short", "normal", "full"]),
    default="short",
    show_default=True,
    help="normal adds the numbered proof, full the rules that are not in force, too.",
)
def why(format_: str, level: str, **about: Any) -> None:
    """Say why the advice is what it is, in short; or with its proof.

    \b
    Examples:
      whytune why rules/guide/cases/clinic_terms_100_examples.yaml
      whytune why case.yaml --level normal --language zh
    """
    asked = asked_about(**about)
    answer = explain(asked.advisor, asked.facts, asked.decision)
    show_lines(format_, answer.to_dict, asked.answer(_lines(answer, asked.speaker, level)))


def _lines(answer: Why, speaker: Speaker, level: str) -> Iterator[str]:
    status = speaker.say(f"status_{answer.outcome.status}")
    advice = speaker.say("within", value=speaker.outcome(answer.decision, answer.outcome.outcome), bounds=status)
    yield click.style(speaker.pair(speaker.say("advice"), advice), bold=True)
    if answer.deciding:
        cited = speaker.say("semicolon").join(
            _cited(firing, answer.recommendation, speaker) for firing in answer.deciding
        )
        yield wrap(speaker.pair(speaker.say("decided_by"), cited))
    yield from _rivals(answer, speaker)
    if level != "short":
        yield heading(speaker.say("trace"))
        margin = len(str(max((firing.number for firing in answer.proof), default=0))) + 4
        for firing in answer.proof:
            yield from step(firing, answer.recommendation, speaker, margin)
    if level == "full":
        yield heading(speaker.say("not_in_force_rules"))
        ordered = sorted(answer.others, key=lambda rule: obstacles(speaker, rule))
        for why_not, found in groupby(ordered, key=lambda rule: obstacles(speaker, rule)):
            yield wrap(why_not, 2)
            for rule in found:
                yield wrap(speaker.rule(rule.rule), 6, "    -")


def _cited(firing: Firing, answer: Recommendation, speaker: Speaker) -> str:
    """What decided, with the words and place of its source."""
    said = (
        speaker.say("quoted", text=speaker.text(firing.title)) if firing.kind == "rule" else speaker.text(firing.text)
    )
    said = reason(speaker, said, firing, answer)
    if firing.source is None:
        return said
    quote = speaker.say("quoted", text=firing.source.quote) + " " if firing.source.quote else ""
    return speaker.say("within", value=said, bounds=quote + speaker.source(firing.source))


def _rivals(answer: Why, speaker: Speaker) -> Iterator[str]:
    """What is still possible or stands side by side; then each rival, what stands first, what lacks something last."""
    decided, outcome = answer.decision, answer.outcome
    possible = outcome.possible_as_assumed if outcome.status == "open" else ()
    if possible:
        facts = speaker.listed(map(speaker.fact, answer.waits_for))
        yield wrap(speaker.say("why_open", options=speaker.options(decided, possible), facts=facts))
    elif outcome.referred:
        standing = [rival.option for rival in answer.rivals if rival.state == "stands"]
        tie = speaker.say("why_tie", options=speaker.options(decided, standing))
        yield wrap(tie if standing else speaker.say("advise_refer_none"))
    for said in _each_rival(answer, possible, speaker):
        yield wrap(said, 4, "  -")


def _each_rival(answer: Why, possible: tuple[str, ...], speaker: Speaker) -> Iterator[str]:
    decided = answer.decision
    standing = [rival for rival in answer.rivals if rival.state == "stands"]
    if not possible and not answer.outcome.referred:
        yield from (_yielding(rival, decided, speaker) for rival in standing)
    out = [rival for rival in answer.rivals if rival.state == "ruled_out" and rival.option not in possible]
    for against, options in _by_rules(out).items():
        named = speaker.options(decided, options)
        yield speaker.say("rival_out", rules=quoted_rules(speaker, against), options=named)
    for rival in answer.rivals:
        if rival not in (*standing, *out) and rival.option not in possible:
            yield _as_kind(rival, answer, possible, speaker) or _lacking(rival, decided, speaker)


def _as_kind(rival: Rival, answer: Why, possible: tuple[str, ...], speaker: Speaker) -> str | None:
    """That a kind of it is the advice, or still possible; None where neither is so."""
    kinds = speaker.rulebook.decision[answer.decision].kinds[rival.option]
    option = speaker.option(answer.decision, rival.option)
    if answer.outcome.advice in kinds:
        advice = speaker.option(answer.decision, answer.outcome.advice or "")
        return speaker.say("rival_advised", option=option, kind=advice)
    named = [speaker.option(answer.decision, kind) for kind in possible if kind in kinds]
    return speaker.say("rival_as_kinds", option=option, kinds=speaker.say("or").join(named)) if named else None


def _by_rules(out: Iterable[Rival]) -> dict[tuple[str, ...], list[str]]:
    found: dict[tuple[str, ...], list[str]] = {}
    for rival in out:
        found.setdefault(rival.against, []).append(rival.option)
    return found


def _yielding(rival: Rival, decision: str, speaker: Speaker) -> str:
    to = speaker.option(decision, rival.yields_to or "")
    return speaker.say("rival_yields", option=speaker.option(decision, rival.option), to=to)


def _lacking(rival: Rival, decision: str, speaker: Speaker) -> str:
    """What keeps the rule for it that is nearest to being in force."""
    option = speaker.option(decision, rival.option)
    if not rival.lacking:
        return speaker.say("rival_bare", option=option)
    nearest = min(rival.lacking, key=lambda rule: len(rule.failed) or len(rule.open) or len(rule.conditions))
    return speaker.say("rival_lacks", option=option, conditions=obstacles(speaker, nearest))
