"""The catalogue: the name of a text and a language -> the text, its parts filled in.

Each language is a folder beside this file, each subject a file in it, read when one of its texts is first needed. A
file holds `PHRASES` by key, `SENTENCES` of problems by their English, which stands where a problem is raised, and
`DESCRIPTIONS` of what can be asked, likewise. What a language lacks is said in English.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from types import UnionType
from typing import Generic, Literal, TypeVar, Union, get_args, get_origin

from ..language.problems import Sentence
from ..language.text import pick

LANGUAGES = ("en", "zh")
"""The languages that whytune itself speaks; the first has every phrase."""

_INNER_MARKS = str.maketrans("“”", "‘’")
"""The quotation marks inside a quotation, of both languages."""

Member = TypeVar("Member", bound=str)
"""A type whose values are all listed: a Literal."""


def phrase(key: str, language: str, /, **parts: str) -> str:
    """The phrase of this name in this language, or in English if it lacks it; raises KeyError if there is none."""
    text = _text("PHRASES", key, language)
    if text is None:  # an empty one is a phrase: Chinese sentences stand without a space between them
        text = _text("PHRASES", key, LANGUAGES[0])
    if text is None:
        raise KeyError(key)
    inner = {name: part.translate(_INNER_MARKS) for name, part in parts.items() if f"“{{{name}}}”" in text}
    return text.format(**{**parts, **inner})


def translated(sentence: Sentence, language: str) -> str:
    """The sentence in this language, with the sentences inside it; in English if the language lacks it."""
    if language == LANGUAGES[0] or language not in LANGUAGES:
        return str(sentence)
    parts = {
        name: translated(part, language) if isinstance(part, Sentence) else part
        for name, part in sentence.parts.items()
    }
    return (_text("SENTENCES", sentence.pattern, language) or sentence.pattern).format(**parts)


def described(text: str, language: str) -> str:
    """What the service says of itself in English, in this language; in English if the language lacks it."""
    return _text("DESCRIPTIONS", text, language) or text


@cache
def _text(table: str, name: str, language: str) -> str | None:
    """The text of this name, with its parts in braces; None if the language lacks it."""
    if language not in LANGUAGES:
        return None
    folder = import_module(f"{__package__}.{language}")
    for subject in folder.SUBJECTS:
        texts: Mapping[str, str] = getattr(import_module(f"{folder.__name__}.{subject}"), table, {})
        if name in texts:
            return texts[name]
    return None


def in_both(key: str, /, **parts: str | Mapping[str, str]) -> dict[str, str]:
    """The phrase in each of whytune's languages; a part is the same in all of them, or a text in each."""
    return {
        language: phrase(
            key,
            language,
            **{name: part if isinstance(part, str) else pick(part, language) for name, part in parts.items()},
        )
        for language in LANGUAGES
    }


def in_each(languages: Iterable[str], key: str, **parts: Mapping[str, str]) -> dict[str, str]:
    """The phrase in each of these languages; its parts are texts in each of them."""
    return {
        language: phrase(key, language, **{name: pick(text, language) for name, text in parts.items()})
        for language in languages
    }


class Family(Generic[Member]):
    """The keys of a phrase for each value of a type: `Family[Status]("status")["open"]` is `status_open`.

    Without a name, a value is itself the key.
    """

    def __init__(self, name: str = "") -> None:
        self.prefix = f"{name}_" if name else ""

    def __getitem__(self, member: Member) -> str:
        return self.prefix + member

    def keys(self) -> tuple[str, ...]:
        """All keys, of the type that the family was made with."""
        (members,) = get_args(self.__orig_class__)  # type: ignore[attr-defined]
        types = get_args(members) if get_origin(members) in (Union, UnionType) else (members,)
        return tuple(dict.fromkeys(self.prefix + member for literal in types for member in get_args(literal)))


Separator = Literal["comma", "semicolon"]
_SEPARATOR = Family[Separator]()


def quoted(names: Iterable[str]) -> dict[str, str]:
    """The names in a row, each in backticks."""
    return listed(dict.fromkeys(LANGUAGES, f"`{name}`") for name in names)


def listed(texts: Iterable[Mapping[str, str]], between: Separator = "comma") -> dict[str, str]:
    """The texts in a row, with `between` (a comma or a semicolon) between them."""
    items = list(texts)
    return {
        language: phrase(_SEPARATOR[between], language).join(text[language] for text in items) for language in LANGUAGES
    }
