"""What the commands of an auditor share: the language of texts that belong to no rulebook, and reading files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from whytune.engine import Span
from whytune.engine.ledger.record import Record
from whytune.engine.ledger.verification import Fault, Verification
from whytune.engine.phrases import phrase
from whytune.engine.problems import short, visible
from whytune.engine.source import opened, unreadable
from whytune.engine.text import pick

from ..layout import wrap

Command = TypeVar("Command", bound=Callable[..., None])

LANGUAGES = ("en", "zh")
"""The languages in which whytune itself speaks."""


def spoken_option(command: Command) -> Command:
    return click.option(
        "--language",
        "-l",
        type=click.Choice(LANGUAGES),
        default="en",
        show_default=True,
        envvar="WHYTUNE_LANGUAGE",
        help="The language of texts.",
    )(command)


def outcome(record: Record, decision: str, language: str) -> str:
    """The outcome of a decision in words, by the record's own texts."""
    named = record.outcomes[decision]
    steps = record.data["recommendation"]["trace"]
    titles = [step["title"] for step in steps if step["kind"] == "decision" and step["name"] == decision]
    if named == "open" or not titles:
        return phrase("advice_open", language)
    return visible(pick(titles[-1], language))


def outcomes(record: Record, language: str) -> str:
    """The outcome of every decision with its status; the decisions by name where there are several."""
    told = record.data["recommendation"]["decisions"]
    said = {
        name: phrase(
            "within",
            language,
            value=outcome(record, name, language),
            bounds=phrase(f"status_{decision['status']}", language),
        )
        for name, decision in told.items()
    }
    if len(said) == 1:
        return next(iter(said.values()))
    colon = phrase("colon", language)
    return phrase("semicolon", language).join(f"{visible(name)}{colon}{text}" for name, text in said.items())


def minute(time: str) -> str:
    """The time of a record to the second, as people read it: 2026-03-03 09:15:02 UTC."""
    return f"{time[:10]} {time[11:19]} UTC"


def verdict(found: Verification, language: str) -> str:
    """What verification found, in words."""
    if found.fault is None:
        key = "verified" if found.end.length else "verified_empty"
        lines = phrase(key, language, count=str(found.end.length), head=found.end.head).split("\n")
        lines.append(
            phrase(
                "verified_signed" if found.checkpoints else "verified_unsigned", language, count=str(found.checkpoints)
            )
        )
    else:
        lines = [_said(fault, language) for fault in (found.fault, found.fault.first) if fault]
        lines += [phrase("fault_before", language, count=str(found.end.length))] if found.end.length else []
    return "\n".join(map(wrap, lines))


def _said(fault: Fault, language: str) -> str:
    """Where a fault is, and which."""
    place = phrase("fault_at", language, seq=str(fault.seq)) if fault.seq else phrase("fault_in_file", language)
    return place + phrase(f"fault_{fault.kind}", language, detail=visible(fault.detail))


def end(code: int) -> NoReturn:
    """Ends the command with this exit code."""
    click.get_current_context().exit(code)


def read(file: str) -> bytes:
    """The bytes of a small file, a key or a checkpoint; raises WhytuneError: missing-file, unreadable-file."""
    try:
        with opened(Path(file), Span(short(file))) as stream:
            return stream.read(2**20)
    except OSError as error:
        raise unreadable(Span(short(file)), error) from None
