"""The days that a question is asked on: the clock of this machine is read here, for those who ask about today."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from whytune.engine import Problem, Rulebook, WhytuneError
from whytune.engine.language.problems import Sentence
from whytune.engine.language.rulebook import days_to_come
from whytune.engine.language.text import read_day, still_to_come

TODAY = "today"
"""Written for a day: that of this machine's clock and zone, at the moment when it is written."""

AnyDay = date | str | None


def as_day(written: AnyDay) -> date | None:
    """The day that this writes; the clock is read for "today" alone. Raises WhytuneError: wrong-type."""
    if written is None or (isinstance(written, date) and not isinstance(written, datetime)):  # a time needs a zone
        return written
    if written == TODAY:
        return date.today()
    try:
        return read_day(written) if isinstance(written, str) else read_day("")
    except ValueError:
        raise WhytuneError([Problem("wrong-type", Sentence("`as_of` is a date like 2026-03-31"))]) from None


def today_or(asked: date | None) -> date:
    """The day asked about, today if none was."""
    return asked or date.today()


def latest_day(asked: date) -> date:
    """The latest that today can be: the day on which the earth's first clocks are, or a later one asked about."""
    return max(asked, (datetime.now(UTC) + timedelta(hours=14)).date())


def check_reviews(rulebook: Rulebook, asked: date) -> None:
    """Raises WhytuneError: day-to-come, for each review, and each document, that is dated in days to come."""
    latest = latest_day(asked)
    problems = [
        still_to_come(rule.reviewed_on, rulebook.places.get(("rule", rule.id, "reviewed_on")))
        for rule in rulebook.rules
        if rule.reviewed_on and rule.reviewed_on > latest
    ]
    problems += [
        still_to_come(getattr(document, key), rulebook.places.get(("document", document.document, key)))
        for document in rulebook.documents
        for key in days_to_come(document, latest)
    ]
    if problems:
        raise WhytuneError(problems)
