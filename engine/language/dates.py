"""How old something is: the date of a document, perhaps only a year or a month, and the day some months later."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Annotated

from pydantic import AfterValidator

from .problems import Sentence, short
from .text import BadValue, read_day

_PARTS = re.compile("([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def days_of(written: str) -> tuple[date, date]:
    """The first and last day of the year, month or day that this text names; raises ValueError."""
    parts = _PARTS.fullmatch(written)
    if parts is None:
        raise ValueError
    year, month, day = parts.groups()
    if day:
        return (read_day(written),) * 2
    first = date(int(year), int(month or 1), 1)
    last = date(first.year, int(month or 12), 1)
    return first, last.replace(day=monthrange(last.year, last.month)[1])


def later(day: date, months: int) -> date:
    """The same day this many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _check_date(written: str) -> str:
    try:
        days_of(written)
    except ValueError:
        message = Sentence("`{text}` is not a date like 2026-03-31, 2026-03 or 2026", text=short(written))
        raise BadValue("wrong-type", message) from None
    return written


PartialDate = Annotated[str, AfterValidator(_check_date)]
"""The date of a document: a day, a month or a year."""
