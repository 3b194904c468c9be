"""The patch of an edit that somebody hands over -> the page of this edit, with what it does."""

from __future__ import annotations

from dataclasses import replace

from whytune import WhytuneError
from whytune.engine.language.source import decoded_text
from whytune.engine.words.catalogue import phrase
from whytune.prose.document import Title
from whytune.prose.page import elements
from whytune.review import patched

from . import editor
from .addresses import language_of_page
from .asking import AS_OF, LANGUAGE, RULEBOOK, Query
from .editor_help import FILE
from .mistakes import notices
from .pages import Frame, framed
from .uploads import patch_upload


def sent_edit(query: Query, name: str) -> Frame:
    """The form of the edit that a patch of this name holds, with what it does, as its author saw it; or what is wrong
    with the patch.
    """
    try:
        query.check((RULEBOOK, AS_OF, LANGUAGE), ())
        edit = patched(query.book(), decoded_text(query.body, name))
    except WhytuneError as error:
        language = language_of_page(query)
        title = phrase("page_wrong", language)
        parts = [*elements([Title(title)]), *notices(error, language), patch_upload(query, language)]
        return Frame(framed(editor.NAME, replace(query, is_posted=True), title, parts), error)
    form = {**query.values, FILE.name: (edit.name,)}
    return editor.page(replace(query, values=form, body=edit.text.encode(), texts=edit.others), True)
