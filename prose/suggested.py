"""Ready-made cases -> the YAML of one case file, a table of them, to be confirmed by a person."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from whytune.engine.advice.recommendation import OPEN
from whytune.engine.language.case import assumed
from whytune.engine.language.value import Value
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
    for each, title in zip(suggested, _titles(suggested, speaker), strict=True):
        yield from _case(each, title)


def _titles(suggested: list[Suggestion], speaker: Speaker) -> Iterator[str]:
    """What each case is good for; of several that are good for the same, and of paths, what sets them apart.

    Numbered where even that is the same.
    """
    alike: dict[str, list[Suggestion]] = {}
    for each in suggested:
        alike.setdefault(_purpose(each, speaker), []).append(each)
    times: Counter[str] = Counter()
    for each in suggested:
        title = _title(each, alike[_purpose(each, speaker)], speaker)
        times[title] += 1
        yield title if times[title] == 1 else f"{title} ({times[title]})"


def _purpose(each: Suggestion, speaker: Speaker) -> str:
    return speaker.say(_PURPOSE[each.purpose], name=each.about[0], detail=each.about[-1])


def _title(each: Suggestion, alike: list[Suggestion], speaker: Speaker) -> str:
    if each.purpose == "path":
        decision, name = each.about
        outcome = speaker.say("advice_open") if name == OPEN else speaker.option(decision, name)
        return speaker.say("leads_so", facts=_apart(each, alike, speaker) or _purpose(each, speaker), outcome=outcome)
    said = _purpose(each, speaker)
    return said if len(alike) == 1 else speaker.pair(said, _apart(each, alike, speaker))


def _apart(each: Suggestion, alike: list[Suggestion], speaker: Speaker) -> str:
    """The facts in words, without those that all of these share or that would be assumed; all if none is left."""
    apart = {
        name: value
        for name, value in each.given.items()
        if not _is_assumed(name, value, speaker) and _sets_apart(name, value, alike)
    }
    return speaker.say("semicolon").join(
        speaker.pair(speaker.fact(name), speaker.value(name, value)) for name, value in (apart or each.given).items()
    )


def _sets_apart(name: str, value: Value, alike: list[Suggestion]) -> bool:
    return len(alike) == 1 or any(each.given.get(name) != value for each in alike)


def _is_assumed(name: str, value: Value, speaker: Speaker) -> bool:
    fact = speaker.rulebook.vocabulary.by_name[name]
    return assumed(fact) == value


def _case(each: Suggestion, title: str) -> Iterator[str]:
    yield f"  - case: {json.dumps(title, ensure_ascii=False)}"
    if each.day:
        yield f"    as_of: {each.day}"
    yield "    given:" if each.given else "    given: {}"
    yield from (f"      {name}: {value}" for name, value in each.given.items())
    yield "    expect:"
    yield from (f"      {decision}: {outcome}" for decision, outcome in each.expect.items())
    if len(each.status) == 1:
        yield f"      status: {next(iter(each.status.values()))}"
    else:
        yield f"      status: {{{', '.join(f'{decision}: {status}' for decision, status in each.status.items())}}}"
    yield from (f"      because: {rule}" for rule in each.because)
