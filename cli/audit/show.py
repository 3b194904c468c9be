"""`whytune audit show`: one record: advice, reasons, trace, the facts and where they came from."""

from __future__ import annotations

from collections.abc import Iterator

import click

from whytune.engine.ledger.record import Record
from whytune.engine.ledger.recorded import answer_of, rulebook_of
from whytune.engine.ledger.selection import find
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import sound
from whytune.engine.problems import visible
from whytune.engine.speaker import Speaker

from ..advise import lines
from ..layout import heading, table
from ..options import as_json, format_option, language_of, language_option, ledger_option
from .spoken import minute


@click.command()
@click.argument("id")
@ledger_option
@format_option
@language_option
def show(id: str, ledger: str, format_: str, language: str | None) -> None:
    """Show the record ID: who asked and what for, then the recommendation as it was given.

    ID is the number of the record, or better its whole id: then nothing else can stand in its place.

    \b
    Examples:
      whytune audit show 12-3f9a0c1b --ledger advice.ledger
      whytune audit show 12 --ledger advice.ledger --format json
    """
    with Ledger.to_read(ledger) as opened:
        record = sound(find(opened, id), opened)
        rulebook = rulebook_of(record, opened)
    if format_ == "json":
        click.echo(as_json(record.data))
        return
    speaker = Speaker(rulebook, language_of(rulebook, language))
    click.echo("\n".join(_lines(record, speaker)))


def _lines(record: Record, speaker: Speaker) -> Iterator[str]:
    yield click.style(speaker.say("record_head", id=record.id), bold=True)
    yield from table(circumstances(record, speaker))
    yield ""
    yield from lines(answer_of(record, speaker.rulebook), speaker)
    yield heading(speaker.say("proof"))
    yield from table(proof(record, speaker))


def circumstances(record: Record, speaker: Speaker, evidence: bool = True) -> list[tuple[str, str]]:
    """When, who, what for, which case, and with `evidence` what proves each fact, in rows of a table."""
    told = record.data
    when = minute(record.time)
    if told["clock"] == "given":
        when = speaker.say("within", value=when, bounds=speaker.say("time_given"))
    rows = [
        (speaker.say("recorded_at"), when),
        (speaker.say("recorded_by"), told["by"] or speaker.say("not_said")),
        (speaker.say("recorded_for"), told["purpose"] or speaker.say("not_said")),
    ]
    rows += [(speaker.say("recorded_case"), told["case"])] if told["case"] else []
    for name, reference in told["evidence"].items() if evidence else ():
        label = speaker.fact(name) if name in speaker.rulebook.vocabulary.by_name else name
        rows.append((speaker.say("evidence_for", fact=label), reference))
    return [(visible(left), visible(right)) for left, right in rows]


def proof(record: Record, speaker: Speaker) -> list[tuple[str, str]]:
    """The hashes by which a record is verified, and what computed it, in rows of a table."""
    told = record.data
    rulebook = told["rulebook"]
    software = speaker.listed(f"{name} {version}" for name, version in sorted(told["software"].items()))
    return [
        (visible(left), visible(right))
        for left, right in (
            (speaker.say("hash"), record.hash),
            (speaker.say("previous_hash"), told["previous"]),
            (speaker.say("rulebook"), f"{rulebook['name']} {rulebook['version']}, {rulebook['digest']}"),
            (speaker.say("rules_day"), told["as_of"] or speaker.say("every_day")),
            (speaker.say("software"), software),
        )
    ]
