"""Ready-made cases -> the YAML of one case file, a table of them, to be confirmed by a person."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from whytune.engine.advice.recommendation import OPEN
from whytune.engine.language.value import Value, assumed
from whytune.engine.review.casebook import Suggestion
from whytune.engine.review.casebook.suggestion import Purpose
from whytune.engine.words.catalogue import Family
from whytune.engine.words.speaker import Speaker

_PURPOSE = Family[Purpose]("suggested")


def case_file(suggestions: Iterable[Suggestion], has_more: bool, speaker: Speaker) -> Iterator[str]:
    """The lines of the file: only a comment where there is nothing to suggest; and whether more is to come."""
    suggested = list(suggestions)
    yield f"# {speaker.say('suggested_head' if suggested else 'suggested_none')}"
    if has_more:
        yield f"# {speaker.say('suggested_more')}"
    if suggested:
        yield ""
        yield f"case: {json.dumps(speaker.say('suggested_title'), ensure_ascii=False)}"
        yield ""
        yield "cases:"
    for suggestion, title in zip(suggested, _titles(suggested, speaker), strict=True):
        yield from _case(suggestion, title)


def _titles(suggested: list[Suggestion], speaker: Speaker) -> Iterator[str]:
    """What each case is good for; for several with the same use, and for paths, what sets them apart.

    They are numbered if even that is the same.
    """
    alike: dict[str, list[Suggestion]] = {}
    for suggestion in suggested:
        alike.setdefault(_purpose(suggestion, speaker), []).append(suggestion)
    times: Counter[str] = Counter()
    for suggestion in suggested:
        title = _title(suggestion, alike[_purpose(suggestion, speaker)], speaker)
        times[title] += 1
        yield title if times[title] == 1 else f"{title} ({times[title]})"


def _purpose(suggestion: Suggestion, speaker: Speaker) -> str:
    return speaker.say(_PURPOSE[suggestion.purpose], name=suggestion.about[0], detail=suggestion.about[-1])


def _title(suggestion: Suggestion, alike: list[Suggestion], speaker: Speaker) -> str:
    if suggestion.purpose == "path":
        decision, name = suggestion.about
        outcome = speaker.say("advice_open") if name == OPEN else speaker.option(decision, name)
        return speaker.say(
            "leads_so", facts=_apart(suggestion, alike, speaker) or _purpose(suggestion, speaker), outcome=outcome
        )
    purpose = _purpose(suggestion, speaker)
    return purpose if len(alike) == 1 else speaker.pair(purpose, _apart(suggestion, alike, speaker))


def _apart(suggestion: Suggestion, alike: list[Suggestion], speaker: Speaker) -> str:
    """The facts in words, without those that all of these share or that would be assumed; all if none is left."""
    apart = {
        name: value
        for name, value in suggestion.given.items()
        if not _is_assumed(name, value, speaker) and _sets_apart(name, value, alike)
    }
    return speaker.say("semicolon").join(
        speaker.pair(speaker.fact(name), speaker.value(name, value))
        for name, value in (apart or suggestion.given).items()
    )


def _sets_apart(name: str, value: Value, alike: list[Suggestion]) -> bool:
    return len(alike) == 1 or any(suggestion.given.get(name) != value for suggestion in alike)


def _is_assumed(name: str, value: Value, speaker: Speaker) -> bool:
    fact = speaker.rulebook.vocabulary.by_name[name]
    return assumed(fact) == value


def _case(suggestion: Suggestion, title: str) -> Iterator[str]:
    yield f"  - case: {json.dumps(title, ensure_ascii=False)}"
    if suggestion.day:
        yield f"    as_of: {suggestion.day}"
    yield "    given:" if suggestion.given else "    given: {}"
    yield from (f"      {name}: {value}" for name, value in suggestion.given.items())
    yield "    expect:"
    yield from (f"      {decision}: {outcome}" for decision, outcome in suggestion.expect.items())
    if len(suggestion.status) == 1:
        yield f"      status: {next(iter(suggestion.status.values()))}"
    else:
        statuses = ", ".join(f"{decision}: {status}" for decision, status in suggestion.status.items())
        yield f"      status: {{{statuses}}}"
    yield from (f"      because: {rule}" for rule in suggestion.because)
