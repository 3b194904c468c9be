"""Firings in words: a step of a trace, the reason that it gives, what it rests on, and where that is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from whytune.engine.advice.recommendation import Firing, Recommendation, Use
from whytune.engine.language.case import FactState
from whytune.engine.language.citations import Source
from whytune.engine.language.dates import later
from whytune.engine.language.intervals import Interval
from whytune.engine.language.rulebook import NOT_APPLICABLE, REFER
from whytune.engine.words.speaker import Speaker
from whytune.engine.words.values import interval

from .conditions import policy
from .document import Step
from .levels import Level

MOST_ASSUMED = 3
"""How many assumed facts a reason names; a policy may rest on all there are."""


def steps(
    firings: Iterable[Firing], answer: Recommendation, speaker: Speaker, level: Level = "normal"
) -> Iterator[Step]:
    """The firings as numbered steps, with reason and source where a rule is in force; in full, in the original too."""
    firings = tuple(firings)
    last = max((firing.number for firing in firings), default=0)
    for firing in firings:
        yield _step(firing, last, answer, speaker, level)


def _step(firing: Firing, last: int, answer: Recommendation, speaker: Speaker, level: Level) -> Step:
    used = rests_on(speaker, firing.used, answer.facts)
    bracketed = f"  [{used}]" if used else ""
    if firing.kind != "rule" or firing.state != "in_force":
        return Step(firing.number, last, _gave(firing, speaker) + bracketed)
    title = speaker.say("in_force", title=speaker.text(firing.title))
    return Step(
        firing.number, last, title + bracketed, speaker.text(firing.text), origin(firing, answer, speaker, level)
    )


def _gave(firing: Firing, speaker: Speaker) -> str:
    """What a firing gave; where it names no option of several decisions, with the decision."""
    text, several = speaker.text(firing.text), len(speaker.rulebook.decisions) > 1
    is_nameless = firing.kind == "decision" and firing.state in (NOT_APPLICABLE, REFER)
    return speaker.pair(speaker.subject(firing.name), text) if several and is_nameless else text


def origin(
    firing: Firing, answer: Recommendation, speaker: Speaker, level: Level = "short", *, is_named: bool = True
) -> str:
    """The rule or policy that fired, if it is to be named, and where it comes from; empty where nothing is cited.

    It says what of this was old on the day asked about; in full, also what is written there, and in the original.
    """
    if not firing.sources:
        return ""
    by = firing.name if firing.kind == "rule" else firing.policy
    place = cited(by if is_named else None, firing.sources, speaker)
    words = [text for source in firing.sources for text in (speaker.quote(source), speaker.original(source)) if text]
    return speaker.say("semicolon").join([place, *(words if level == "full" else ()), *_age(firing, answer, speaker)])


def _age(firing: Firing, answer: Recommendation, speaker: Speaker) -> Iterator[str]:
    """What was old about a reason on the day asked about: the documents that it cites, and its last review."""
    day, rulebook = answer.as_of, speaker.rulebook
    lasts, reviews = rulebook.documents_last_months, rulebook.review_every_months
    cites = {source.document for source in firing.sources}
    for document in rulebook.documents if day and lasts else ():
        last = document.last_day if document.document in cites else None
        if day and lasts and last and later(last, lasts) < day:
            dated = document.date or str(document.seen_on)
            yield speaker.say(
                "source_old", title=speaker.text(document.title), date=dated, months=str(lasts), day=str(day)
            )
    reviewed = rulebook.rule[firing.name].reviewed_on if firing.kind == "rule" else None
    if day and reviews and reviewed and (due := later(reviewed, reviews)) < day:
        yield speaker.say("review_was_due", reviewed=str(reviewed), due=str(due))


def cited(rule: str | None, sources: Iterable[Source], speaker: Speaker) -> str:
    """The rule by its id or the policy in words, and where it comes from."""
    by = speaker.say("by_rule", rule=_decider(rule, speaker)) if rule else ""
    place = speaker.pair(speaker.say("source"), speaker.sources(sources))
    return speaker.say("semicolon").join(filter(None, (by, place)))


def _decider(name: str, speaker: Speaker) -> str:
    """A rule by its id; what a decision says of no option left, or of several, in words."""
    return policy(name, speaker) or name


def reason(speaker: Speaker, text: str, firing: Firing, answer: Recommendation) -> str:
    """The reason that a firing gives, naming in the same sentence the assumptions that it rests on."""
    return assuming(speaker, text, answer.assumed_behind(firing), answer)


def assuming(speaker: Speaker, text: str, assumed: Sequence[str], answer: Recommendation) -> str:
    """The reason with these assumed facts in the same sentence."""
    if not assumed:
        return text
    named = assumptions(assumed, answer, speaker)
    bare = text.rstrip(".。")
    return speaker.say("reason_assumed", reason=bare, facts=named) + text[len(bare) :]


def assumptions(facts: Iterable[str], answer: Recommendation, speaker: Speaker, most: int | None = MOST_ASSUMED) -> str:
    """These facts with what is assumed of them; the first of more than `most`."""
    pairs = [speaker.pair(speaker.fact(fact), speaker.value(fact, answer.facts[fact].value)) for fact in facts]
    shown = speaker.say("semicolon").join(pairs[:most])
    rest = len(pairs) - len(pairs[:most])
    return speaker.say("and_more", value=shown, count=str(rest)) if rest else shown


def reason_of_rule(speaker: Speaker, rule: str, answer: Recommendation) -> str:
    """The reason that a rule gives, as `reason` says it."""
    text = speaker.text(speaker.rulebook.rule[rule].because)
    firing = next((firing for firing in answer.trace if firing.kind == "rule" and firing.name == rule), None)
    return reason(speaker, text, firing, answer) if firing else text


def rests_on(speaker: Speaker, uses: Iterable[Use], facts: Mapping[str, FactState]) -> str:
    """What a firing rests on: facts with their values, the assumed ones marked, then the numbers of steps."""
    uses = tuple(uses)
    parts = [
        speaker.pair(speaker.fact(use.fact), _used_value(speaker, use.fact, use, facts.get(use.fact)))
        for use in uses
        if use.fact is not None
    ]
    numbers = sorted(use.step for use in uses if use.step is not None)
    if numbers:
        key = "from_steps" if len(numbers) == 1 else "from_many_steps"
        parts.append(speaker.say(key, steps=speaker.listed(map(str, numbers))))
    return speaker.say("semicolon").join(parts)


def _used_value(speaker: Speaker, fact: str, use: Use, state: FactState | None) -> str:
    value = speaker.value(fact, use.value)
    value = speaker.say("assumed_edge", label=value) if state and state.state == "assumed" else value
    if not isinstance(use.at_least, Decimal) and not isinstance(use.below, Decimal):
        return value
    low, high = (bound if isinstance(bound, Decimal) else None for bound in (use.at_least, use.below))
    return speaker.say(
        "within",
        value=value,
        bounds=interval(speaker.rulebook.vocabulary.by_name[fact], Interval(low, high), speaker.language),
    )
