"""What problems say, in languages other than English: the pattern of a sentence -> the same in that language.

The English stands where the problem is found. Each table stands in a file of its own, read when a problem is told:

files      texts, files and folders that cannot be read or written
rulebooks  facts, rules, decisions, policies, and what is too large
cases      the facts of a case, and the cases of a rulebook
costs      price lists, estimates and the comparison
records    ledgers, keys, checkpoints and exports
commands   what was asked of the command line, pictures, commits
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from ...language.problems import Sentence

TABLES = ("files", "rulebooks", "cases", "costs", "records", "commands")
"""Each holds CHINESE; no pattern stands in two."""


def say(sentence: Sentence, language: str) -> str:
    """The sentence in this language; in English where we do not speak it."""
    if language != "zh":
        return str(sentence)
    parts = {name: say(part, language) if isinstance(part, Sentence) else part for name, part in sentence.parts.items()}
    return _chinese().get(sentence.pattern, sentence.pattern).format(**parts)


@cache
def _chinese() -> Mapping[str, str]:
    tables: list[Mapping[str, str]] = [import_module(f"{__name__}.{name}").CHINESE for name in TABLES]
    return {pattern: text for table in tables for pattern, text in table.items()}
