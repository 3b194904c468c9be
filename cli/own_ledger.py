"""A document about a ledger -> the same, whose commands name the ledger that was asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import click

from whytune.prose.document import Block, Command, Document, Folded, Item, Listed, Notice, Paragraph, Title
from whytune.prose.shell import LEDGER, quoted

_PARAMETERS = ("ledger", "kept_in")
"""What commands call the ledger that they ask."""


def with_own_ledger(document: Document) -> Document:
    """The document with the ledger of the running command in each command that it offers, if it asks one."""
    context = click.get_current_context(silent=True)
    asked = [context.params[name] for name in _PARAMETERS if context and context.params.get(name)]
    return replace(document, blocks=tuple(_named(document.blocks, asked[0]))) if asked else document


def _named(blocks: tuple[Block, ...], ledger: str) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Title() | Paragraph() | Item() | Listed() | Notice():
                typed = block.to_type.replace(f"--ledger {LEDGER}", f"--ledger {quoted(ledger)}")
                yield block._replace(to_type=typed)
            case Command(words):
                yield block._replace(words=tuple(ledger if word == LEDGER else word for word in words))
            case Folded():
                yield block._replace(blocks=tuple(_named(block.blocks, ledger)))
            case _:
                yield block
