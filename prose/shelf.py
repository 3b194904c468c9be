"""The rulebooks that come with whytune, or that a service offers -> documents."""

from __future__ import annotations

from collections.abc import Iterator

from whytune.engine.language.problems import visible
from whytune.engine.language.text import pick
from whytune.engine.words.catalogue import phrase
from whytune.engine.words.shelf import Bookshelf, Volume, edition_and_audience
from whytune.engine.words.speaker import Speaker

from .document import Block, Document, Listed, Paragraph, document
from .rulebook import holding


def shelf(shown: Bookshelf, language: str) -> Document:
    """Each rulebook with its title, edition and audience; then where they are compared, and how to ask one of them."""
    blocks: list[Block] = [_entry(volume, language) for volume in shown.volumes]
    blocks.append(Paragraph(phrase("shelf_differ", language), tone="quiet"))
    blocks.append(Paragraph("", tone="quiet", to_type=phrase("shelf_offer", language)))
    return document(phrase("shelf_title", language), language, blocks)


def welcome(language: str) -> Block:
    """What whytune is, for whoever opens its first page."""
    return Paragraph(phrase("page_welcome", language))


def served(speaker: Speaker, place: str, *, is_here: bool, may_edit: bool) -> Listed:
    """A rulebook that a service offers: its title, of which edition and for whom it is or whether it can be saved, and
    what it holds.
    """
    rulebook, language = speaker.rulebook, speaker.language
    name = visible(f"{rulebook.name} {rulebook.version}")
    own = phrase("page_shelf_saved" if may_edit else "page_shelf_own", language)
    origin = [pick(text, language) for text in edition_and_audience(place)] or [own]
    titled = phrase("page_shelf_here", language, rulebook=name) if is_here else name
    title = () if is_here else (speaker.text(rulebook.title),)  # which is the title of the page
    return Listed(titled, (*title, *origin, holding(rulebook, language)), level=0, tone="strong")


def _entry(volume: Volume, language: str) -> Listed:
    name = f"{volume.name} {volume.version}"
    if volume.is_default:
        name = phrase("within", language, value=name, bounds=phrase("by_default", language))
    return Listed(name, tuple(_details(volume, language)), level=0, tone="strong")


def _details(volume: Volume, language: str) -> Iterator[str]:
    for text in (volume.title, volume.edition, volume.audience):
        yield pick(text, language)
