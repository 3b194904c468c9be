"""Why the advice is what it is, as a document: what decided it, and what each rival lacked or what ruled it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby

from whytune.engine.advice.explanations import Rival, Why
from whytune.engine.advice.recommendation import Firing, Recommendation
from whytune.engine.advice.standing import BARRING, ConditionStanding, remoteness
from whytune.engine.language.citations import Source
from whytune.engine.words.speaker import Speaker

from .conditions import applies_if, in_a_row, obstacles, quoted_rules
from .document import Block, Heading, Item, Paragraph, Title
from .firings import reason, steps
from .levels import Level
from .states import STATUS


def why(answer: Why, speaker: Speaker, level: Level) -> Iterator[Block]:
    """What decided and the rivals; from `normal` on with the proof, and in `full` the rules not in force, too."""
    status = speaker.say(STATUS[answer.outcome.status])
    advice = speaker.outcome(answer.decision, answer.outcome.outcome, status)
    yield Title(speaker.pair(speaker.say("advice"), advice))
    if answer.deciding:
        origins = speaker.say("semicolon").join(
            _cited(firing, answer.recommendation, speaker, level == "full") for firing in answer.deciding
        )
        yield Paragraph(speaker.pair(speaker.say("decided_by"), origins))
    if answer.outcome.applies:
        yield from _rivals(answer, speaker)
    else:
        yield Paragraph(applies_if(answer.decision, speaker))
    if level != "short":
        yield Heading(speaker.say("proof_steps"))
        yield from steps(answer.proof, answer.recommendation, speaker, level)
    if level == "full":
        yield from _not_in_force(answer, speaker)


def _not_in_force(answer: Why, speaker: Speaker) -> Iterator[Block]:
    yield Heading(speaker.say("not_in_force_rules"))
    ordered = sorted(answer.others, key=lambda rule: obstacles(speaker, rule))
    for why_not, rules in groupby(ordered, key=lambda rule: obstacles(speaker, rule)):
        yield Paragraph(why_not, 1)
        yield from (Item(speaker.rule(rule.rule), 2) for rule in rules)


def _cited(firing: Firing, answer: Recommendation, speaker: Speaker, in_full: bool) -> str:
    """What decided, with the words and place of its source; in full, in the original too."""
    text = speaker.text(firing.title if firing.kind == "rule" else firing.text)
    text = text.rstrip(".。") if firing.sources else text
    decided = reason(speaker, speaker.say("quoted", text=text) if firing.kind == "rule" else text, firing, answer)
    if not firing.sources:
        return decided
    places = [_quoted(source, speaker) for source in firing.sources]
    originals = map(speaker.original, firing.sources if in_full else ())
    return speaker.say(
        "founded", decided=decided, sources=speaker.say("semicolon").join((*places, *filter(None, originals)))
    )


def _quoted(source: Source, speaker: Speaker) -> str:
    """The words of a source, if it has any here, and where they stand."""
    place, quote = speaker.source(source), speaker.quote(source)
    return speaker.say("quoted_from", quote=quote, source=place) if quote else place


def _rivals(answer: Why, speaker: Speaker) -> Iterator[Block]:
    """What is still possible or stands side by side; then each rival, what stands first, what lacks something last."""
    decided, outcome = answer.decision, answer.outcome
    possible = outcome.possible_as_assumed if outcome.status == "open" else ()
    if possible:
        facts = speaker.listed(map(speaker.fact, answer.waits_for))
        yield Paragraph(speaker.say("why_open", options=speaker.outcomes(decided, possible), facts=facts))
    elif outcome.referred:
        standing = [rival.option for rival in answer.rivals if rival.state == "stands"]
        tie = speaker.say("why_tie", options=speaker.options(decided, standing))
        yield Paragraph(tie if standing else speaker.say("advise_refer_none"))
    yield from map(Item, _each_rival(answer, possible, speaker))


def _each_rival(answer: Why, possible: tuple[str, ...], speaker: Speaker) -> Iterator[str]:
    decided = answer.decision
    standing = [rival for rival in answer.rivals if rival.state == "stands"]
    if not possible and not answer.outcome.referred:
        yield from (_yielding(rival, decided, speaker) for rival in standing)
    out = [rival for rival in answer.rivals if rival.state == "ruled_out" and rival.option not in possible]
    for against, options in _by_rules(out).items():
        named = speaker.options(decided, options)
        yield speaker.say("rival_out", rules=quoted_rules(speaker, against), options=named)
    others = [rival for rival in answer.rivals if rival not in (*standing, *out) and rival.option not in possible]
    kinds = {rival.option: kind for rival in others if (kind := _as_kind(rival, answer, possible, speaker))}
    yield from kinds.values()
    yield from _lacking_alike([rival for rival in others if rival.option not in kinds], answer, speaker)


def _lacking_alike(rivals: Iterable[Rival], answer: Why, speaker: Speaker) -> Iterator[str]:
    """What each of these rivals lacks; those that lack the same are named after the first of them."""
    alike: dict[object, list[Rival]] = {}
    for rival in rivals:
        alike.setdefault(_obstacles(rival, speaker) or rival.option, []).append(rival)
    for first, *others in alike.values():
        sentence, options = _lacking(first, answer, speaker), [rival.option for rival in others]
        named = speaker.options(answer.decision, options)
        yield speaker.say("and_so_do", sentence=sentence, options=named) if others else sentence


def _obstacles(rival: Rival, speaker: Speaker) -> tuple[ConditionStanding, ...]:
    """What keeps the rule that is nearest to speaking for it out of force; empty where another thing is missing."""
    if rival.missing or not rival.lacking:
        return ()
    return min(rival.lacking, key=partial(remoteness, speaker.rulebook)).obstacles


def _as_kind(rival: Rival, answer: Why, possible: tuple[str, ...], speaker: Speaker) -> str | None:
    """Says that a kind of it is the advice, or still possible; None if neither."""
    kinds = speaker.rulebook.decision[answer.decision].kinds[rival.option]
    option = speaker.option(answer.decision, rival.option)
    if answer.outcome.advice in kinds:
        advice = speaker.option(answer.decision, answer.outcome.advice or "")
        is_combined = answer.outcome.advice in speaker.rulebook.decision[answer.decision].combining
        return speaker.say("rival_combined" if is_combined else "rival_advised", option=option, kind=advice)
    named = [speaker.option(answer.decision, kind) for kind in possible if kind in kinds]
    return speaker.say("rival_as_kinds", option=option, kinds=speaker.one_of(named)) if named else None


def _by_rules(out: Iterable[Rival]) -> dict[tuple[str, ...], list[str]]:
    options: dict[tuple[str, ...], list[str]] = {}
    for rival in out:
        options.setdefault(rival.against, []).append(rival.option)
    return options


def unspoken_for(decision: str, option: str, speaker: Speaker) -> str:
    """Says of an option that no rule proposes it, and of the fallback that it is what is left then."""
    is_fallback = speaker.rulebook.decision[decision].if_none_stands.advise == option
    return speaker.say("rival_fallback" if is_fallback else "rival_bare", option=speaker.option(decision, option))


def _yielding(rival: Rival, decision: str, speaker: Speaker) -> str:
    to = speaker.option(decision, rival.yields_to or "")
    return speaker.say("rival_yields", option=speaker.option(decision, rival.option), to=to)


def _lacking(rival: Rival, answer: Why, speaker: Speaker) -> str:
    """What the rule for it that is nearest to being in force lacks, and what holds it back."""
    decision, advice = answer.decision, answer.outcome.advice
    option = speaker.option(decision, rival.option)
    if rival.missing:
        return speaker.say("rival_incomplete", option=option, missing=speaker.options(decision, rival.missing))
    if not rival.lacking:
        return unspoken_for(decision, rival.option, speaker)
    if advice and rival.option in speaker.rulebook.decision[decision].kinds.get(advice, ()):
        option = speaker.say("rival_as_kind", option=option)
    else:
        option = speaker.say("quoted", text=option)
    obstacles = _obstacles(rival, speaker)
    lacking = in_a_row(speaker, (part for part in obstacles if part.part not in BARRING))
    barring = in_a_row(speaker, (part for part in obstacles if part.part in BARRING))
    if lacking and barring:
        return speaker.say("rival_lacks_and_barred", option=option, lacking=lacking, barring=barring)
    return speaker.say("rival_barred" if barring else "rival_lacks", option=option, conditions=barring or lacking)
