"""The days that a question is asked on: the clock of this machine is read here, for those who ask about today."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from whytune.engine import Rulebook, WhytuneError
from whytune.engine.language.rulebook import days_to_come
from whytune.engine.language.text import still_to_come


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
