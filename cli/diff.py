"""`whytune diff`: what an edit of a rulebook changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from whytune.engine import source
from whytune.engine.difference import AdviceChange, Difference, ReasonChange, Version, compare, difference
from whytune.engine.difference.intent import Excess, excess, read_intent

from . import DONE, FAILED
from .layout import heading, progress, wrap
from .options import as_of_option, language_of, language_option, today_or
from .regions import MOST_SHOWN, advise_command, command_lines, percent, share
from .revisions import load_either
from .voices import Voices, voices

MOST_PARTS = 20
"""Parts, and texts, that the text lists."""


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True
)
@click.option("--allow", metavar="FILE", help="What the edit is declared to do; doing more ends with exit code 1.")
@click.option("--any-version", is_flag=True, help="Do not ask whether the version follows from what changed.")
@as_of_option()
@language_option
@click.pass_context
def diff(
    ctx: click.Context,
    old: str,
    new: str,
    format_: str,
    allow: str | None,
    any_version: bool,
    as_of: date | None,
    language: str | None,
) -> None:
    """Show exactly what an edit changes: whose advice, whose reasons, which words.

    OLD and NEW are rulebooks: a name, a path, or `git:REVISION[:PATH]` for a rulebook as it stood in a commit. All
    tasks are compared, not a sample. Exit code 1: the edit does more than --allow declares, or the version does not
    follow (major where advice changes, minor for reasons and facts, patch for wording).

    \b
    Examples:
      whytune diff guide my-rules
      whytune diff git:HEAD my-rules --format markdown
      whytune diff git:v1.2:my-rules git:main:my-rules --allow intent.yaml
    """
    day = today_or(as_of)
    before, after = load_either(old, new).as_of(day), load_either(new, old).as_of(day)
    both = voices(before, after, new.rpartition(":")[2], language_of(after, language))
    intent = read_intent(source.read(Path(allow), allow), before, after) if allow else None
    progress("diff")
    compared = compare(before, after)
    found = difference(compared)
    beyond = excess(intent, found.advice, found.reasons, compared.new, compared.atlas) if intent else None
    progress("")
    click.echo(_written(format_, found, beyond, both))
    failed = (beyond is not None and (beyond.advice or beyond.reasons)) or not (any_version or found.version.follows)
    ctx.exit(FAILED if failed else DONE)


def _written(format_: str, found: Difference, beyond: Excess | None, both: Voices) -> str:
    if format_ == "json":
        data = {**found.to_dict(), "beyond_intent": beyond.to_dict() if beyond else None}
        return json.dumps(data, ensure_ascii=False, indent=2)
    if format_ == "markdown":
        from .pull_request import comment

        return comment(found, beyond, both)
    return "\n".join(_lines(found, beyond, both))


def _lines(found: Difference, beyond: Excess | None, both: Voices) -> Iterator[str]:
    colour = {"advice": "yellow", "reasons": "cyan"}.get(found.level, "green")
    yield click.style(both.say(f"level_{found.level}"), bold=True, fg=colour)
    if found.advice:
        yield heading(both.say("advice_changes"))
    for change in found.advice:
        yield from _advice(change, found, both)
    if found.reasons:
        yield heading(both.say("reason_changes"))
    for reason in found.reasons:
        yield from _reason(reason, both)
    yield from _parts(found, both)
    yield heading(both.say("version"))
    yield wrap(version(found.version, both), 2)
    if beyond:
        yield from _beyond(beyond, both)


def _advice(change: AdviceChange, found: Difference, both: Voices) -> Iterator[str]:
    before, after = both.way(change)
    said = both.say("goes_to", before=before, after=after, share=share(change.where.share, both.new))
    yield click.style(wrap(said, 2), bold=True)
    blamed: tuple[tuple[str, str], ...] = ()
    for region in change.regions[:MOST_SHOWN]:
        several = f"  ({percent(region.region.share)})" if len(change.regions) > 1 else ""
        yield wrap(both.region(region.region.facts) + several, 6, "    -")
        if region.blame != blamed:
            blamed = region.blame
            yield wrap(both.new.pair(both.say("blamed_on"), blame(blamed, found, both)), 8)
    if len(change.regions) > MOST_SHOWN or change.where.rest.tasks:
        yield wrap(both.say("more_regions"), 6)
    yield from command_lines(advise_command(change.regions[0].witness.new, both.path), 4)


def blame(parts: tuple[tuple[str, str], ...], found: Difference, both: Voices) -> str:
    """The parts because of which advice changed, with what is other in them."""
    changes = {(part.kind, part.name): part for part in found.parts}
    said = []
    for part in parts:
        values = both.values(value for value in changes[part].values if not value.is_wording)
        change = values or both.say(f"part_{changes[part].change}")
        said.append(both.say("within", value=both.part(*part), bounds=change))
    return both.say("semicolon").join(said)


def _reason(reason: ReasonChange, both: Voices) -> Iterator[str]:
    for key, of, case in (("decides_more", reason.gained, reason.gains), ("decides_less", reason.lost, reason.loses)):
        if of.tasks and case is not None:
            yield wrap(both.say(key, name=reason.name, share=share(of, both.new)), 2)
            yield from command_lines(advise_command(case.new, both.path), 6)


def _parts(found: Difference, both: Voices) -> Iterator[str]:
    for key, is_wording in (("part_changes", False), ("wording_changes", True)):
        parts = [part for part in found.parts if part.is_wording is is_wording]
        if parts:
            yield heading(both.say(key))
        for part in parts[:MOST_PARTS]:
            yield wrap(both.change(part), 2)
            yield from (wrap(both.value(value), 6) for value in part.values[:MOST_PARTS])
        if len(parts) > MOST_PARTS:
            yield wrap(both.say("more_of_these", count=str(len(parts) - MOST_PARTS)), 2)


def version(found: Version, both: Voices) -> str:
    """The versions, and what the new one should be if it is too low."""
    if found.follows:
        return both.say("version_follows", before=found.before, after=found.after)
    if found.least is None:
        return both.say("version_must_differ", before=found.before)
    return both.say("version_too_low", before=found.before, after=found.after, step=found.step or "", least=found.least)


def _beyond(beyond: Excess, both: Voices) -> Iterator[str]:
    if not beyond.advice and not beyond.reasons:
        yield heading(both.say("within_intent"))
        return
    yield heading(both.say("beyond_intent"))
    for change, where in beyond.advice:
        before, after = both.way(change)
        yield wrap(both.say("goes_to", before=before, after=after, share=share(where.share, both.new)), 2)
        for region in where.found[:MOST_SHOWN]:
            yield wrap(both.region(region.facts), 6, "    -")
        yield from command_lines(advise_command(where.found[0].witness, both.path), 4)
    if beyond.reasons:
        yield wrap(both.new.listed(f"`{reason.name}`" for reason in beyond.reasons), 6, "    -")
