"""Forms that send an edit of a rulebook as a file: an edited workbook, or a patch."""

from __future__ import annotations

from markupsafe import Markup

from whytune.engine.words.catalogue import phrase

from .addresses import setting_of
from .asking import Query

WORKBOOK, PATCH = "edit/import", "edit/patch"
"""Where they are sent."""


def workbook_upload(query: Query, language: str) -> Markup:
    """A form that sends a workbook in which the rulebook was edited."""
    words = [phrase(key, language) for key in ("page_import", "page_import_file", "page_import_show")]
    return _upload(WORKBOOK, ".xlsx,.zip", words, query)


def patch_upload(query: Query, language: str) -> Markup:
    """A form that sends the patch of an edit."""
    words = [phrase(key, language) for key in ("page_sent_edit", "page_sent_edit_file", "page_edit_review")]
    return _upload(PATCH, ".patch,.diff", words, query)


def _upload(address: str, endings: str, words: list[str], query: Query) -> Markup:
    """A form below a title, with a field for the file and a button."""
    title, field, button = words
    hidden = (Markup('<input type="hidden" name="{}" value="{}">').format(*pair) for pair in setting_of(query))
    return Markup(
        '<form method="post" action="/{}" enctype="multipart/form-data"><h2>{}</h2>{}<p><label>{} '
        '<input type="file" name="file" accept="{}" required></label></p>'
        '<p class="buttons"><button>{}</button></p></form>'
    ).format(address, title, Markup("").join(hidden), field, endings, button)
