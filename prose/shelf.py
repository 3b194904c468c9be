"""The rulebooks that come with whytune -> a document."""

from __future__ import annotations

from collections.abc import Iterator

from whytune.engine.language.problems import visible
from whytune.engine.language.rulebook import Rulebook
from whytune.engine.language.text import pick
from whytune.engine.words.catalogue import phrase
from whytune.engine.words.shelf import Bookshelf, Volume, editions

from .document import Block, Document, Listed, Paragraph, document


def shelf(shown: Bookshelf, language: str) -> Document:
    """Each rulebook with its title, edition and audience; then how to ask one of them."""
    blocks: list[Block] = [_entry(volume, language) for volume in shown.volumes]
    blocks.append(Paragraph("", tone="quiet", to_type=phrase("shelf_offer", language)))
    return document(phrase("shelf_title", language), language, blocks)


def welcome(rulebook: Rulebook, place: str, others: bool, language: str) -> Iterator[Block]:
    """What whytune is, for whoever opens its first page; which rulebook answers there, and whether there are others."""
    yield Paragraph(phrase("page_welcome", language))
    name, edition = visible(f"{rulebook.name} {rulebook.version}"), editions(place)
    if edition:
        name = phrase("within", language, value=name, bounds=pick(edition, language))
    yield Paragraph(phrase("page_welcome_others" if others else "page_welcome_asked", language, rulebook=name))


def _entry(volume: Volume, language: str) -> Listed:
    name = f"{volume.name} {volume.version}"
    if volume.is_default:
        name = phrase("within", language, value=name, bounds=phrase("by_default", language))
    return Listed(name, tuple(_details(volume, language)), level=0, tone="strong")


def _details(volume: Volume, language: str) -> Iterator[str]:
    for text in (volume.title, volume.edition, volume.audience):
        yield pick(text, language)
