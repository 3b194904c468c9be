"""A document that is older than the rulebook allows, or of which nobody can tell how old it is."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.dates import later
from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    months = examined.whole.documents_last_months
    for document in examined.whole.documents if months else ():
        name, last = document.document, document.last_day
        if last is None:
            yield Found(name, examined.place("document", name), in_both("found_undated_source", document=name))
        elif months and later(last, months) < examined.day:
            dated = document.date or str(document.seen_on)
            message = in_both("found_stale_source", document=name, date=dated, months=str(months))
            place = examined.place("document", name, "date" if document.date else "seen_on")
            yield Found(name, place, message)
