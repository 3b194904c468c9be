"""The rulebooks that come with whytune, listed for Python."""

from __future__ import annotations

from whytune.engine.language.problems import Sentence
from whytune.engine.words.catalogue import LANGUAGES
from whytune.engine.words.shelf import Bookshelf, shelf
from whytune.engine.words.speaker import language_among
from whytune.prose.shelf import shelf as shelf_document

from .keywords import checking_keywords
from .shown import Shown


@checking_keywords
def rulebooks(language: str | None = None) -> Shown[Bookshelf]:
    """The rulebooks that come with whytune, with the edition and audience of each, told in "en" or "zh".

    >>> [volume.name for volume in rulebooks().volumes]
    ['guide', 'practice']

    Raises WhytuneError: unknown-language.
    """
    spoken = language_among(Sentence("whytune"), LANGUAGES, language)
    listed = shelf()
    return Shown(listed, lambda level: shelf_document(listed, spoken))
