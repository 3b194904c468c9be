"""Prompts: from a description to facts, each with the words that state it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from whytune import Problem, WhytuneError, contents
from whytune.engine.language.problems import Sentence, did_you_mean, short

from ..asking import LANGUAGE, RULEBOOK, Parameter, asking, missing
from ..library import Bookcase


class PromptTemplate(NamedTuple):
    """A prompt for a person to choose: its name, its purpose, and what it is filled in with."""

    name: str
    purpose: str
    wants: tuple[Parameter, ...]


DESCRIPTION = Parameter("description", "The description of the task, in the words of whoever has it.", required=True)

FACTS_OF_DESCRIPTION = PromptTemplate(
    "facts_of_description",
    "Read the facts of a task out of its description, each with the words that state it, for `advise` and `record`.",
    (DESCRIPTION, RULEBOOK, LANGUAGE),
)


def written(name: str, arguments: Mapping[str, str], library: Bookcase) -> str:
    """The prompt with this name, filled in; raises WhytuneError."""
    if name != FACTS_OF_DESCRIPTION.name:
        hint = did_you_mean(name, (FACTS_OF_DESCRIPTION.name,)) or Sentence(
            "it may be {names}", names=FACTS_OF_DESCRIPTION.name
        )
        raise WhytuneError([Problem("unknown-address", Sentence("no prompt `{name}`", name=short(name)), None, hint)])
    asked = asking(library, [(key, value) for key, value in arguments.items() if key != DESCRIPTION.name])
    asked.check(FACTS_OF_DESCRIPTION.wants[1:], ())
    description = arguments.get(DESCRIPTION.name, "").strip()
    if not description:
        raise WhytuneError([missing(DESCRIPTION.name)])
    book = asked.book()
    return contents.codebook(book.speaker, book.place, description).written("markdown", "short")
