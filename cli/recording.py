"""Keeping a recommendation in a ledger: the options -> the circumstances and the time of its record."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple

import click

from whytune.engine import Problem, Recommendation, Span, WhytuneError
from whytune.engine.language.evidence import evidence_of
from whytune.engine.language.problems import Sentence, short, visible
from whytune.engine.language.rulebook import Rulebook
from whytune.engine.language.source import Map, Scalar
from whytune.engine.language.text import read_line, read_time
from whytune.engine.ledger.content import concealed
from whytune.engine.ledger.inferable import inferable
from whytune.engine.ledger.record import Circumstances, Moment
from whytune.engine.words.speaker import Speaker
from whytune.keeping import made, stored, system_clock, write
from whytune.kept_rows import RowRecorder
from whytune.prose.record import about_sensitive


class Recording(NamedTuple):
    """The options that ask for a record."""

    ledger: str
    by: str | None
    purpose: str | None
    evidence: tuple[str, ...]
    keep_sensitive: bool
    time: str | None


def keeper(
    speaker: Speaker, rulebook: str, case: str | None, taken_from: Mapping[str, str], asked: Recording
) -> Callable[[Recommendation], None]:
    """A function that appends the record of a recommendation and prints its id on standard error, and what became of
    sensitive facts; raises WhytuneError, as that function does.

    `--evidence` overrides where the case says that facts are `taken_from`. Whatever can be refused without the
    recommendation is refused here, before anybody waits for it or is asked.
    """
    circumstances = _circumstances(speaker, case, taken_from, asked)
    now = clock(asked.time)

    def keep(answer: Recommendation) -> None:
        record = write(asked.ledger, made(answer, stored(rulebook), circumstances, asked.keep_sensitive), now)
        click.echo(speaker.say("recorded", id=record, file=visible(asked.ledger)), err=True)
        sensitive = concealed(answer, speaker.rulebook)
        _tell_of(sensitive, asked, speaker, inferable(answer, speaker.rulebook, sensitive))

    return keep


@contextmanager
def rows_keeper(speaker: Speaker, rulebook: str, table: str, asked: Recording) -> Iterator[RowRecorder]:
    """What records the rows of a table; says at the end, even if Ctrl-C brings it about, how many records are kept.

    Raises WhytuneError as `keeper` does.
    """
    circumstances = _circumstances(speaker, visible(table), {}, asked)
    recorder = RowRecorder(asked.ledger, stored(rulebook), circumstances, asked.keep_sensitive, clock(asked.time))
    try:
        yield recorder
    finally:
        if recorder.ids:
            first, last = recorder.ids
            count = f"{recorder.kept:,}"
            click.echo(
                speaker.say("rows_recorded", count=count, first=first, last=last, file=visible(asked.ledger)), err=True
            )
            facts = speaker.rulebook.vocabulary.declared
            _tell_of([fact.fact for fact in facts if fact.sensitive == "yes"], asked, speaker)


def _tell_of(sensitive: Collection[str], asked: Recording, speaker: Speaker, given_away: Collection[str] = ()) -> None:
    for line in about_sensitive(sensitive, asked.keep_sensitive, speaker, given_away):
        click.echo(line, err=True)


def _circumstances(
    speaker: Speaker, case: str | None, taken_from: Mapping[str, str], asked: Recording
) -> Circumstances:
    """Raises WhytuneError with every mistake."""
    proofs = {**taken_from, **_evidence(speaker.rulebook, asked.evidence)}
    return Circumstances(_line(asked.by, "--by"), _line(asked.purpose, "--purpose"), _line(case, "case"), proofs)


def clock(given: str | None) -> Callable[[], Moment]:
    """The system clock, or one that always gives the time of --time; raises WhytuneError: bad-time.

    A time in the future is refused: no other record could follow until then.
    """
    if given is None:
        return system_clock
    time = read_time(given, Span("--time")).astimezone(UTC)
    if time > datetime.now(UTC):
        message = Sentence("`{time}` is in the future", time=short(given))
        hint = Sentence("give the time at which the advice was asked for, or leave it out")
        raise WhytuneError([Problem("bad-time", message, Span("--time"), hint)])
    return partial(Moment, time, "given")


def _line(text: str | None, option: str) -> str | None:
    return None if text is None else read_line(text, Span(option))


def _evidence(rulebook: Rulebook, settings: tuple[str, ...]) -> dict[str, str]:
    """What proves each fact, from `fact=ref` options; raises WhytuneError with every mistake."""
    entries: dict[str, tuple[Scalar, Scalar]] = {}
    evidence: dict[str, str] = {}
    problems: list[Problem] = []
    for setting in settings:
        name, equals, text = (part.strip() for part in setting.partition("="))
        span = Span(f"--evidence {short(setting)}")
        if not (name and equals and text):
            hint = Sentence("for example: --evidence examples=TICKET-12")
            problems.append(Problem("wrong-type", Sentence("not of the form fact=reference"), span, hint))
        elif name in entries:
            message = Sentence("`{fact}` has two pieces of evidence", fact=name)
            problems.append(Problem("contradiction", message, span, Sentence("keep one of them")))
        else:
            entries[name] = (Scalar(name, False, span), Scalar(text, False, span))
    try:
        evidence = evidence_of(Map(tuple(entries.values()), Span("--evidence")), rulebook.vocabulary)
    except WhytuneError as error:
        problems += error.problems
    if problems:
        raise WhytuneError(problems)
    return evidence
