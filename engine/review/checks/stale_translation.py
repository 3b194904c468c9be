"""A text that changed in one language and not in the other."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.translations import unconfirmed
from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for text, changed, kept in unconfirmed(examined.whole, examined.confirmed):
        if changed and kept:
            languages = {"changed": ", ".join(changed), "kept": ", ".join(kept)}
            message = in_both("found_stale_translation", text=text.key, **languages)
            yield Found(text.key, examined.place(*text.path), message)
