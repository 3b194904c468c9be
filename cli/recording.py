"""Keeping a recommendation in a ledger: here, at the edge, the clock is read and the salt is drawn."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version

import click

from whytune.engine import Problem, Recommendation, Span, WhytuneError
from whytune.engine.language.loading import files_of, loads
from whytune.engine.language.problems import Sentence, did_you_mean, short, visible
from whytune.engine.language.rulebook import Rulebook
from whytune.engine.language.text import read_line, read_time
from whytune.engine.ledger.record import Circumstances, Entry, Moment, NotARecord, entry
from whytune.engine.ledger.store import Ledger
from whytune.engine.words.speaker import Speaker

SALT = 32
"""Bytes of a salt: as many as the hash has."""


def keeper(
    speaker: Speaker,
    rulebook: str,
    case: str | None,
    ledger: str,
    by: str | None,
    purpose: str | None,
    evidence: tuple[str, ...],
    keep_sensitive: bool,
    time: str | None,
) -> Callable[[Recommendation], None]:
    """What appends the record of a recommendation and says its id on standard error; raises WhytuneError, as it does.

    What can be refused without the recommendation is refused here, before anybody waits for it or is asked.
    """
    circumstances = Circumstances(
        _line(by, "--by"), _line(purpose, "--purpose"), _line(case, "case"), _evidence(speaker.rulebook, evidence)
    )
    now = clock(time)

    def keep(answer: Recommendation) -> None:
        record = write(ledger, made(answer, rulebook, circumstances, keep_sensitive), now)
        click.echo(speaker.say("recorded", id=record, file=visible(ledger)), err=True)

    return keep


def made(answer: Recommendation, rulebook: str, circumstances: Circumstances, keep_sensitive: bool) -> Entry:
    """The entry for a record by the rulebook of this name or path; raises WhytuneError: rulebook-changed."""
    files = files_of(rulebook)
    if strange := [name for name in files if not name.isprintable()]:
        message = Sentence("a record cannot hold a file called `{file}`", file=short(strange[0]))
        raise WhytuneError([Problem("bad-text", message, Span(rulebook), Sentence("rename it in plain letters"))])
    stored = loads(files)
    if stored.digest != answer.rulebook.digest:
        hint = Sentence("nothing was recorded; ask again")
        message = Sentence("the rulebook was edited while the advice was given")
        raise WhytuneError([Problem("rulebook-changed", message, Span(rulebook), hint)])
    software = {"durable_rules": version("durable-rules"), "whytune": version("whytune")}
    salt = None if keep_sensitive else secrets.token_bytes(SALT)
    try:
        return entry(answer, stored, files, circumstances, software, salt)
    except NotARecord:
        hint = Sentence("nothing was recorded; look for unusual characters in the rulebook")
        message = Sentence("a record cannot hold this answer")
        raise WhytuneError([Problem("bad-text", message, Span(rulebook), hint)]) from None


def write(ledger: str, record: Entry, clock: Callable[[], Moment]) -> str:
    """Appends to the ledger at this path; the id of the record."""
    with Ledger.to_append(ledger) as open_ledger:
        return open_ledger.append(record, clock).id


def clock(given: str | None) -> Callable[[], Moment]:
    """The system's clock, or one that always says the time of --time; raises WhytuneError: bad-time.

    A time to come is refused: no other record could follow until it is there.
    """
    if given is None:
        return lambda: Moment(datetime.now(UTC))
    time = read_time(given, Span("--time")).astimezone(UTC)
    if time > datetime.now(UTC):
        message = Sentence("`{time}` is still to come", time=short(given))
        hint = Sentence("give the time at which the advice was asked for, or leave it out")
        raise WhytuneError([Problem("bad-time", message, Span("--time"), hint)])
    return partial(Moment, time, "given")


def _line(text: str | None, option: str) -> str | None:
    return None if text is None else read_line(text, Span(option))


def _evidence(rulebook: Rulebook, settings: tuple[str, ...]) -> dict[str, str]:
    """What proves each fact, from `fact=ref` options; raises WhytuneError with every mistake."""
    evidence: dict[str, str] = {}
    problems = []
    for setting in settings:
        name, equals, text = (part.strip() for part in setting.partition("="))
        span = Span(f"--evidence {short(setting)}")
        if not (name and equals and text):
            hint = Sentence("for example: --evidence examples=TICKET-12")
            problems.append(Problem("wrong-type", Sentence("not of the form fact=reference"), span, hint))
        elif name not in rulebook.vocabulary.by_name:
            hint = did_you_mean(name, rulebook.vocabulary.by_name) or Sentence("`whytune facts` lists the facts")
            problems.append(Problem("unknown-fact", Sentence("unknown fact `{name}`", name=short(name)), span, hint))
        elif name in evidence:
            message = Sentence("`{fact}` has two pieces of evidence", fact=name)
            problems.append(Problem("contradiction", message, span, Sentence("keep one of them")))
        else:
            evidence[name] = read_line(text, span)
    if problems:
        raise WhytuneError(problems)
    return evidence
