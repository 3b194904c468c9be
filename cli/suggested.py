"""Ready-made cases -> the YAML of one case file, a table of them, to be confirmed by a person."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from whytune.engine.casebook import Suggestion
from whytune.engine.speaker import Speaker


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
    times: Counter[str] = Counter()
    for each in suggested:
        title = speaker.say(f"suggested_{each.purpose}", name=each.about[0], detail=each.about[-1])
        times[title] += 1
        yield from _case(each, title if times[title] == 1 else f"{title} ({times[title]})")


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
