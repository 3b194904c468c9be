"""A text that is still to be written."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.rulebook import Rulebook
from ...language.text import PLACEHOLDER
from ...language.translations import texts
from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "error"


def look(examined: Examination) -> Iterator[Found]:
    for path in (*_texts(examined.whole), *_places(examined.whole)):
        text = ".".join(path)
        yield Found(text, examined.place(*path), in_both("found_placeholder", text=text))


def _texts(rulebook: Rulebook) -> Iterator[tuple[str, ...]]:
    """The path to every text that still has to be written in some language."""
    for text in texts(rulebook):
        if any(wording.startswith(PLACEHOLDER) for wording in text.wordings.values()):
            yield text.path


def _places(rulebook: Rulebook) -> Iterator[tuple[str, ...]]:
    """The path to every source that does not name its place yet; those of bands are parts of facts."""
    for place, part in rulebook.parts():
        citing = [((), part), *((("bands", band.band), band) for band in getattr(part, "bands", ()))]
        for path, cited in citing:
            sources = getattr(cited, "sources", ())
            for position, source in enumerate(sources):
                if isinstance(source.place, str) and source.place.startswith(PLACEHOLDER):
                    among = (str(position),) if len(sources) > 1 else ()
                    yield (*place, *path, "source", *among, "place")
