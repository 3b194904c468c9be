"""The facts of a rulebook -> a codebook: how to read facts out of a description, for a person or an assistant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

from whytune.engine.language.vocabulary import Fact
from whytune.engine.words.catalogue import Family
from whytune.engine.words.speaker import Speaker

from .document import Block, Command, Document, Heading, Item, Listing, Paragraph, Rows, document
from .regions import rulebook_option
from .rulebook import premises, values

Instruction = Literal["stated", "quote", "doubt", "spelling", "advice"]
"""The instructions for reading a description, in the order in which they are given."""

_INSTRUCTION = Family[Instruction]("codebook")


def codebook(speaker: Speaker, rulebook: str, description: str | None = None) -> Document:
    """How to read, which facts there are, and how to answer; then the description, if there is one already.

    `rulebook` is where the rulebook was loaded from.
    """
    book = speaker.rulebook
    title = speaker.say("codebook_title", name=book.name, version=book.version)
    return document(title, speaker.language, _blocks(speaker, rulebook, description))


def _blocks(speaker: Speaker, rulebook: str, description: str | None) -> Iterator[Block]:
    yield Paragraph(speaker.say("codebook_task_alone" if description is None else "codebook_task"))
    yield Heading(speaker.say("codebook_how"))
    yield from (Item(speaker.say(_INSTRUCTION[instruction])) for instruction in get_args(Instruction))
    yield Heading(speaker.say("codebook_facts"))
    for fact in speaker.rulebook.vocabulary.declared:
        yield Heading(speaker.pair(f"`{fact.fact}`", speaker.text(fact.label)), level=2)
        yield Rows(tuple(row for row in _fact(fact, speaker) if row[1]))
    yield Heading(speaker.say("codebook_answer"))
    yield Paragraph(speaker.say("codebook_form"))
    yield Listing(_form(speaker), "yaml")
    if description is None:
        yield Paragraph(speaker.say("codebook_then"))
        yield Command(("whytune", "advise", "case.yaml", *rulebook_option(rulebook)))
    else:
        yield Heading(speaker.say("codebook_description"))
        yield Listing(description)


def _fact(fact: Fact, speaker: Speaker) -> Iterator[tuple[str, str]]:
    """What a fact asks and means, which values it has, and what would prove one."""
    yield speaker.say("question"), speaker.text(fact.ask)
    yield speaker.say("help"), speaker.text(fact.help)
    yield speaker.say("values"), values(fact, speaker)
    yield speaker.say("only_if"), premises(fact.only_if, speaker) if fact.only_if else ""
    yield speaker.say("codebook_proof"), speaker.text(fact.evidence)


def _form(speaker: Speaker) -> str:
    """A case to be filled in."""
    title, several, words = speaker.say("codebook_name"), speaker.say("codebook_open"), speaker.say("codebook_words")
    fact, value = speaker.say("codebook_fact"), speaker.say("codebook_value")
    return f'case: "{title}"\ngiven:\n  {fact}: {value}  # {several}\nevidence:\n  {fact}: "{words}"'
