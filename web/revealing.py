"""A record that keeps values of facts out -> the form that asks those who know them."""

from __future__ import annotations

from markupsafe import Markup

from whytune import WhytuneError
from whytune.engine.words.catalogue import phrase

from . import fields
from .addresses import language_of_page, others_than
from .asking import FACTS, OF_RECORD, Query
from .routes import NAME, ROUTES


def is_mendable(error: WhytuneError) -> bool:
    """Are values missing or wrong that a record may keep out?"""
    return any(problem.code in ("facts-kept-out", "wrong-value") for problem in error.problems)


def revealing(page: str, identity: str, query: Query) -> Markup:
    """The form that asks for what the record keeps out, and leads to a page with all else that the query asks.

    Nothing if it keeps nothing out. Raises WhytuneError.
    """
    language = language_of_page(query)
    names, speaker = query.library.kept_out(identity, language)
    if not names:
        return fields.NOTHING
    asked = [(key, value) for key, value in others_than(query, OF_RECORD.name, NAME.name) if not key.startswith(FACTS)]
    is_answered = ROUTES[page].is_about_a_case
    kept = [*asked, (OF_RECORD.name if is_answered else NAME.name, identity)]
    button = phrase("page_show" if is_answered else "page_replay_one", language)
    return fields.kept_out(page, names, query, speaker, kept, button)
