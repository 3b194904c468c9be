"""A text that stands in two languages in the same words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ...language.text import is_chinese
from ...language.translations import PlacedText, texts
from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "warning"
FEW_WORDS = 2
"""A text of up to so many words may be a name, which is not translated."""


def look(examined: Examination) -> Iterator[Found]:
    for text in texts(examined.whole):
        if language := _untranslated(text):
            message = in_both("found_missing_translation", text=text.key, language=language)
            yield Found(text.key, examined.place(*text.path), message)


def _untranslated(text: PlacedText) -> str | None:
    """The language that the text was not translated into."""
    for (_, first), (other, second) in combinations(text.wordings.items(), 2):
        if first == second and len(first.split()) > FEW_WORDS and any(map(str.isalpha, first)):
            return other
    chinese = next(
        (chinese_text for language, chinese_text in text.wordings.items() if language.startswith("zh")), None
    )
    if chinese is not None and len(chinese.split()) > FEW_WORDS and not any(map(is_chinese, chinese)):
        return "zh"
    return None
