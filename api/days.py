"""The days that questions are asked about; only here, for "today", is this machine's clock read."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

from whytune.engine import Problem, Rulebook, WhytuneError
from whytune.engine.language.problems import Sentence
from whytune.engine.language.rulebook import days_to_come
from whytune.engine.language.text import read_day, still_to_come

TODAY = "today"
"""What stands for the current day, by this machine's clock and time zone."""

AnyDay = date | str | None


def as_day(written: AnyDay) -> date | None:
    """The day meant by this text; only "today" reads the clock. Raises WhytuneError: wrong-type."""
    if written is None or (isinstance(written, date) and not isinstance(written, datetime)):  # a time needs a zone
        return written
    if written == TODAY:
        return date.today()
    try:
        return read_day(written) if isinstance(written, str) else read_day("")
    except ValueError:
        raise WhytuneError([Problem("wrong-type", Sentence("`as_of` is a date like 2026-03-31"))]) from None


def no_day(place: str) -> WhytuneError:
    """What is wrong where a rulebook with dates, loaded from this place, was loaded on no day."""
    return _loaded_on_no_day(Sentence("this rulebook has dates, and no day is asked about"), place)


def no_day_for_prices(place: str | None = None) -> WhytuneError:
    """What is wrong where prices are asked for, and no day: of a rulebook from this place, or by a call that takes
    one."""
    message = Sentence("prices have dates, and no day is asked about")
    if place is not None:
        return _loaded_on_no_day(message, place)
    return WhytuneError([Problem("no-day", message, None, Sentence('name one: as_of="2026-03-31", or as_of="today"'))])


def _loaded_on_no_day(message: Sentence, place: str) -> WhytuneError:
    loaded = json.dumps(place, ensure_ascii=False)
    hint = Sentence('name one where it is loaded: whytune.load({place}, as_of="today"), or a date', place=loaded)
    return WhytuneError([Problem("no-day", message, None, hint)])


def today_or(asked: date | None) -> date:
    """The day asked about, or today if there is none."""
    return asked or date.today()


def latest_day(asked: date) -> date:
    """The latest day that may count as today: today in the earliest time zone, or a later day that is asked about."""
    return max(asked, (datetime.now(UTC) + timedelta(hours=14)).date())


def check_reviews(rulebook: Rulebook, asked: date) -> None:
    """Raises WhytuneError, day-to-come, for each review and each document with a date in the future."""
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
