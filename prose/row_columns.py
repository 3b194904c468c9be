"""How the columns of a table of tasks were read: which gave a fact, which were kept, and which may be misspelt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from whytune.engine.language.problems import Sentence, listing, short
from whytune.engine.words.catalogue import translated
from whytune.engine.words.speaker import Speaker

from .document import Document, Paragraph, document


def read_as(taken: Mapping[str, str], passed_on: Sequence[str], speaker: Speaker) -> Iterator[str]:
    """The columns that gave a fact, with that fact if it has another name; then those that were kept as they are."""
    yield _read_as_facts(taken, speaker)
    if passed_on:
        yield speaker.say("bulk_passed_on", columns=listing(passed_on))


def _read_as_facts(taken: Mapping[str, str], speaker: Speaker) -> str:
    columns = (
        column if column == fact else speaker.say("bulk_taken_as", column=short(column), fact=fact)
        for column, fact in taken.items()
    )
    return speaker.say("bulk_taken", columns=speaker.listed(columns))


def answered_so_far(count: int, taken: Mapping[str, str], left_out: Sequence[str], speaker: Speaker) -> Document:
    """How many rows a program was given the answers to, how it is given more, and how the columns were read."""
    texts = [speaker.say("python_rows_so_far", count=f"{count:,}")]
    if taken:
        texts.append(_read_as_facts(taken, speaker))
    if left_out:
        texts.append(speaker.say("python_left_out", columns=listing(map(str, left_out))))
    return document("", speaker.language, map(Paragraph, texts))


def misspelt(idle: Mapping[str, Sentence | None], speaker: Speaker) -> Iterator[str]:
    """Each column that gave no fact, and whose name is almost that of one, with this fact."""
    for column, meant in idle.items():
        if meant is not None:
            hint = translated(meant, speaker.language)
            yield speaker.say("bulk_idle_column", column=short(column), hint=hint)


def absent(columns: Sequence[str], speaker: Speaker) -> Iterator[str]:
    """The columns that were to give a fact and that no row has, if there are any."""
    if columns:
        yield speaker.say("bulk_absent", columns=listing(columns))
