"""What an edit changes, as a comment on a pull request: Markdown with the long parts folded away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whytune.engine.difference import AdviceChange, Difference
from whytune.engine.difference.intent import Excess
from whytune.engine.regions import Share

from .diff import blame, version
from .regions import MOST_SHOWN, advise_command, percent
from .voices import Voices

_MARK = {"nothing": "⚪", "wording": "⚪", "reasons": "🔵", "advice": "🟠"}


def comment(found: Difference, beyond: Excess | None, both: Voices) -> str:
    """The comment; what users wrote cannot end a table cell or open a tag."""
    return "\n".join(_lines(found, beyond, both)) + "\n"


def _lines(found: Difference, beyond: Excess | None, both: Voices) -> Iterator[str]:
    yield f"### {both.say('diff_title', name=_plain(both.new.rulebook.name))}"
    yield ""
    yield f"{_MARK[found.level]} **{both.say(f'level_{found.level}')}**"
    if beyond is not None:
        yield ""
        exceeded = beyond.advice or beyond.reasons
        yield f"🔴 **{both.say('beyond_intent')}**" if exceeded else f"🟢 {both.say('within_intent')}"
    if not found.version.follows:
        yield ""
        yield f"🔴 {both.new.pair(both.say('version'), _plain(version(found.version, both)))}"
    if found.advice:
        yield from _advice(found, both)
    if found.reasons:
        rows = [(f"`{change.name}`", _share(change.gained), _share(change.lost)) for change in found.reasons]
        heads = [both.say(key) for key in ("diff_rule", "diff_gained", "diff_lost")]
        yield from _folded(both.say("reason_changes"), len(found.reasons), _table(heads, rows))
    if found.parts:
        yield from _folded(both.say("part_changes"), len(found.parts), _parts(found, both))


def _advice(found: Difference, both: Voices) -> Iterator[str]:
    yield ""
    yield f"#### {both.say('advice_changes')}"
    yield ""
    heads = [both.say(key) for key in ("diff_from", "diff_to", "diff_share", "diff_tasks", "blamed_on")]
    yield from _table(heads, (row for change in found.advice for row in _rows(change, found, both)))
    for change in found.advice:
        before, after = both.way(change)
        yield ""
        yield f"<details><summary>{_plain(before)} → {_plain(after)}</summary>"
        yield ""
        yield "```sh"
        yield from (" ".join(advise_command(region.witness.new, both.path)) for region in change.regions[:MOST_SHOWN])
        yield "```"
        yield ""
        yield "</details>"


def _rows(change: AdviceChange, found: Difference, both: Voices) -> Iterator[tuple[str, ...]]:
    before, after = map(_plain, both.way(change))
    for region in change.regions[:MOST_SHOWN]:
        share = f"{percent(region.region.share)} ({region.region.share.tasks:,} / {region.region.share.of:,})"
        where = _plain(both.region(region.region.facts))
        yield before, after, share, where, _plain(blame(region.blame, found, both))
    if len(change.regions) > MOST_SHOWN or change.where.rest.tasks:
        yield before, after, percent(change.where.share), both.say("more_regions"), ""


def _parts(found: Difference, both: Voices) -> Iterator[str]:
    for part in found.parts:
        yield f"- {_plain(both.change(part))}"
        yield from (f"  - {_plain(both.value(value))}" for value in part.values)


def _folded(title: str, count: int, lines: Iterable[str]) -> Iterator[str]:
    yield ""
    yield f"<details><summary>{title} ({count})</summary>"
    yield ""
    yield from lines
    yield ""
    yield "</details>"


def _table(heads: list[str], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _share(of: Share) -> str:
    return f"{percent(of)} ({of.tasks:,})" if of.tasks else ""


def _plain(text: str) -> str:
    """The text as it is read, with nothing in it that Markdown or HTML would act on but code between back quotes."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("|", "\\|")
    return escaped.replace("*", "\\*").replace("[", "\\[").replace("@", "@&#8203;")
