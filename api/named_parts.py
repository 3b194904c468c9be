"""The facts, decisions and rules of a rulebook: by name, and told as lists that a reader can look up in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from whytune.engine.language.named import Named, NameKind, Part
from whytune.engine.words.speaker import Speaker
from whytune.prose.document import Document
from whytune.prose.levels import Level

from .shown import Described, Telling


class ToldByName(Named[Part], Telling):
    """Parts of one kind by name; printed, or shown by a notebook, they tell what can be said of each.

    >>> import whytune
    >>> print(whytune.load("guide").decisions)
    approach
        Which approach fits the task?
        prompt (Prompt engineering), rag (RAG (retrieval)), fine_tune (Fine-tuning), lora (LoRA
        fine-tuning), full (Full fine-tuning)
    """

    def __init__(self, kind: NameKind, parts: Mapping[str, Part], speaker: Speaker, day: date | None) -> None:
        super().__init__(kind, parts)
        self.speaker, self.day = speaker, day

    def __getitem__(self, name: str) -> Part:
        """The part of this name, or the list of which a fact of this name is a part."""
        lists = self.speaker.rulebook.vocabulary.list_of if self.kind == "fact" else {}
        return super().__getitem__(lists[name].fact if name in lists else name)

    def __reduce__(self) -> Any:
        return type(self), (self.kind, dict(self), self.speaker, self.day)

    def document(self, level: Level = "short") -> Document:
        """What is told of them, before it has a format."""
        return self._told(None).document(level)

    def to_dict(self) -> Any:
        """The same as data."""
        return self._told(None).to_dict()

    def about(self, name: str) -> Described:
        """What is told of the one of this name, in the language of the rulebook.

        >>> import whytune
        >>> print(whytune.load("guide").facts.about("private_data").write().splitlines()[0])
        private_data: Private data in the examples

        Raises WhytuneError: unknown-fact, unknown-decision, unknown-rule.
        """
        self[name]  # raises for a name that is not there
        return self._told(name)

    def _told(self, name: str | None) -> Described:
        from . import contents  # which a start need not wait for

        if self.kind == "fact":
            return contents.facts(name, self.speaker)
        if self.kind == "decision":
            return contents.decisions(name, self.speaker)
        return contents.rules(name, self.day, self.speaker)
