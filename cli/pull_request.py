"""What an edit changes, as a comment on a pull request: Markdown with the long parts folded away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from whytune.diagrams.difference import difference
from whytune.diagrams.mermaid import mermaid
from whytune.engine.meaning.regions import Regions
from whytune.engine.review.difference import AdviceChange, Compared, OmissionChange
from whytune.engine.review.difference.intent import Beyond
from whytune.prose.regions import percent

from .markdown import plain, table
from .report import Report, blamed, first_witness, regions, undeclared
from .voices import MAX_WHOLE, Voices

MAX_LETTERS = 60_000
"""Of the comment; GitHub takes 65,536."""

MAX_DRAWN = 30
"""Boxes of a picture that can be taken in beside a comment."""

_MARK = {"nothing": "⚪", "wording": "⚪", "safeguards": "🟠", "reasons": "🔵", "advice": "🟠"}

Way = AdviceChange | OmissionChange


def comment(report: Report, compared: Compared) -> str:
    """The comment, below GitHub's limit; what users wrote can neither be markup, nor call anybody, nor link."""
    blocks = ["\n".join(block) for block in _blocks(report, compared)]
    cut = f"\n\n{report.both.say('comment_cut')}"
    kept: list[str] = []
    for block in blocks:
        if sum(map(len, kept)) + len(block) + len(cut) > MAX_LETTERS:
            return "\n\n".join(kept) + cut + "\n"
        kept.append(block)
    return "\n\n".join(kept) + "\n"


def _blocks(report: Report, compared: Compared) -> Iterator[list[str]]:
    """The paragraphs, tables and folded parts, the weightier first; each is whole Markdown by itself."""
    report = report._replace(both=report.both._replace(most=MAX_WHOLE))
    found, both = report.found, report.both
    yield [f"### {plain(both.say('diff_title', name=f'`{both.new.rulebook.name}`'))}"]
    yield [f"{_MARK[found.level]} **{plain(both.say(f'level_{found.level}'))}**"]
    yield from ([f"🟠 **{plain(ahead)}**"] for ahead in report.ahead())
    version = plain(both.new.pair(both.say("version"), both.version(found.version)))
    yield [version if found.version.follows else f"🔴 {version}"]
    if report.beyond is not None:
        yield [f"🔴 **{both.say('beyond_intent')}**" if report.is_beyond else f"🟢 {both.say('within_intent')}"]
        for each in (report, *report.later):
            if each.beyond and each.beyond.advice:
                heading = [f"**{plain(each.titled(both.say('advice_changes')))}**", ""] if each.is_later else []
                yield [*heading, *_table(each, each.beyond.advice)]
        for title, lines in undeclared(report.beyond, both):
            yield [f"{plain(title)}:", "", *(f"- {plain(line)}" for line in lines)]
    if guards := report.safeguards():
        yield [f"#### {plain(both.say('safeguard_changes'))}", "", *map(_item, guards)]
    if known := list(report.known()):
        yield [f"#### {plain(both.say('known_changes'))}", "", *(f"- {plain(line)}" for line in known)]
    for each in (report, *report.later):
        for title, changes in each.advised():
            yield [f"#### {plain(title)}", "", *_table(each, changes)]
    if any(each.found.level == "advice" for each in (report, *report.later)):
        yield [plain(both.say("share_is_no_frequency"))]
    for decision in dict.fromkeys(change.decision for change in found.advice):
        picture = difference(compared, decision, both.old, both.new)
        if len(picture.nodes) <= MAX_DRAWN:
            yield _folded(picture.title, None, ["```mermaid", mermaid(picture) + "```"])
    if commands := list(_to_try(report)):
        fence = "`" * (3 + max(len(run) for run in re.findall("`*", " ".join(commands))))
        yield _folded(both.say("to_try"), len(commands), [f"{fence}sh", *commands, fence])
    if report.cases and not (report.cases.changed or report.cases.misfits):
        yield [plain(both.say("no_case_changes", count=f"{report.cases.of:,}"))]
    for title, lines in report.sections():
        if lines:
            count = sum(not line.startswith(" ") for line in lines)
            yield _folded(title, count, list(_with_room([_item(line) for line in lines], both)))


def _to_try(report: Report) -> Iterator[str]:
    """The command for a case of each change of advice, on its day."""
    for each in (report, *report.later):
        witnesses = [first_witness(change).new for _, changes in each.advised() for change in changes]
        yield from (" ".join(each.command(case)) for case in witnesses if case)


def _table(report: Report, changes: Iterable[Way | Beyond]) -> Iterator[str]:
    """A row for each change, as many as have room in half a comment."""
    both = report.both
    heads = [both.say(key) for key in ("diff_advice", "diff_share", "diff_tasks", "blamed_on")]
    yield from table(heads, ())
    room = MAX_LETTERS // 2
    for change in changes:
        row = _row(report, change)
        room -= len(row)
        if room < 0:
            yield f"| {both.say('comment_cut')} |||| "
            return
        yield row


def _row(report: Report, change: Way | Beyond) -> str:
    both = report.both
    subject, where = (change.change, change.where) if isinstance(change, Beyond) else (change, change.where)
    before, after = both.way(subject)
    advice = plain(both.say("goes_over", before=before, after=after))
    if isinstance(subject, OmissionChange):
        advice = both.new.pair(plain(both.left_out(subject)), f"<br>{advice}")
    blame = plain(both.blame(blamed(subject), report.found))
    tasks = "<br>".join(map(plain, _told(where, report)))
    return f"| {advice} | {percent(where.share)} ({where.share.tasks:,} / {where.share.of:,}) | {tasks} | {blame} |"


def _told(where: Regions, report: Report) -> Iterator[str]:
    """What all regions have in common, then each with a bullet, if there are several."""
    common, said = regions(where, report.both)
    yield from filter(None, [common])
    yield from (f"• {line}" for line in said) if len(said) > 1 else said


def _item(line: str) -> str:
    return f"  - {plain(line.strip())}" if line.startswith(" ") else f"- {plain(line)}"


def _with_room(items: list[str], both: Voices) -> Iterator[str]:
    """As many items as a quarter of a comment holds, and how many more there are."""
    room = MAX_LETTERS // 4
    for index, item in enumerate(items):
        room -= len(item)
        if room < 0:
            yield f"- {both.say('more_of_these', count=str(len(items) - index))}"
            return
        yield item


def _folded(title: str, count: int | None, lines: list[str]) -> list[str]:
    counted = "" if count is None else f" ({count})"
    return [f"<details><summary>{plain(title)}{counted}</summary>", "", *lines, "", "</details>"]
