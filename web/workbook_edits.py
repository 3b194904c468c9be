"""The page of a workbook in which a rulebook was edited: what it edits, and what that does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from whytune import WhytuneError
from whytune.engine.words.catalogue import phrase
from whytune.prose.document import Document, Title
from whytune.prose.page import elements

from .addresses import language_of_page
from .asking import AS_OF, LANGUAGE, RULEBOOK, Query
from .bodies import linked, unfolded
from .exchanged import read
from .mistakes import notices
from .pages import Frame, framed
from .switched import in_other_language, other_language
from .uploads import workbook_upload


def imported(query: Query, name: str) -> Frame:
    """What a sent workbook edits, cell by cell, and what that does; or what is wrong with it.

    Told in both languages, since the file does not come along to the other.
    """
    language = language_of_page(query)
    other, sent = other_language(language), replace(query, is_posted=True)
    try:
        query.check((RULEBOOK, AS_OF, LANGUAGE), ())
        made = read(query, name, query.book().content.name)
        here, there = (made.reviewed(spoken) for spoken in (language, other))
    except WhytuneError as error:
        title = phrase("page_wrong", language)
        wrong = [*elements([Title(title)]), *notices(error, language)]
        aside = in_other_language(notices(error, other), language)
        return Frame(framed("edit", sent, title, [*wrong, aside, workbook_upload(query, language)]), error)
    parts = [*_edits(here, query), in_other_language(_edits(there, query), language)]
    return Frame(framed("edit", sent, here.title, parts))


def _edits(document: Document, query: Query) -> Iterator[Markup]:
    """What a workbook edits and what that does, in the language of the document."""
    language = document.language
    about = replace(query, values={**query.values, LANGUAGE.name: (language,)})
    return linked(unfolded(document.headed), about, language, phrase("page_try_before", language))
