"""The smallest written forms: names, texts, numbers, days, lists of values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...language.letters import CONTROLS, PRIVATE, UNSEEN
from ...language.loading.shape import LANGUAGE
from ...language.text import NAME, RESERVED

JsonSchema = dict[str, Any]
"""A JSON Schema."""

PLAIN_NUMBER = r"^\s*[+-]?[0-9]+(\.[0-9]+)?\s*$"
_PRINTABLE = rf"^(?=\s*\S)[^{CONTROLS}{PRIVATE}{UNSEEN}]*$"
"""Not blank, and without characters that are always refused; where a joiner may stand is beyond a pattern."""


def forms(languages: Iterable[str]) -> dict[str, JsonSchema]:
    """The definitions of all these forms; if the languages are known, a text is required in each of them."""
    return {
        "name": {
            "type": "string",
            "pattern": f"^{NAME.pattern}$",
            "not": {"enum": sorted(RESERVED)},
            "patternErrorMessage": "A name is lower-case letters, digits and `_`, at most 60, a letter first.",
        },
        "line": {
            "type": ["string", "number", "boolean"],
            "pattern": _PRINTABLE,
            "patternErrorMessage": "A text is wanted, without characters that cannot be seen.",
        },
        "text": _text(tuple(languages)),
        "passage": {"anyOf": [ref("line"), ref("text")]},
        "day": {
            "type": "string",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
            "patternErrorMessage": "A date like 2026-03-31 is wanted.",
        },
        "date": {
            "type": ["string", "number"],
            "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?$",
            "patternErrorMessage": "A date like 2026-03-31, 2026-03 or 2026 is wanted.",
        },
        "number": {
            "type": ["number", "string"],
            "pattern": PLAIN_NUMBER,
            "patternErrorMessage": "A number in plain digits is wanted.",
        },
        "cell": {
            "anyOf": [
                {"type": ["string", "number", "boolean", "null", "object"]},
                {"type": "array", "items": {"type": ["string", "number", "boolean"]}},
            ]
        },
        "cut": {"anyOf": [ref("number"), closed({"above": ref("number")}, ("above",))]},
    }


def language() -> JsonSchema:
    """The code of a language."""
    return {"type": "string", "pattern": f"^{LANGUAGE.pattern}$", "patternErrorMessage": "For example en, zh, pt-BR."}


def ref(name: str) -> JsonSchema:
    return {"$ref": f"#/definitions/{name}"}


def whole(**bounds: int) -> JsonSchema:
    """A whole number, as text in digits or as YAML reads it."""
    return {"type": ["integer", "string"], "pattern": r"^\s*[+-]?[0-9]+\s*$", **bounds}


def one_or_more(item: JsonSchema) -> JsonSchema:
    """One of these, or a list of them."""
    return {"anyOf": [item, {"type": "array", "items": item, "minItems": 1}]}


def some_of(names: Iterable[str]) -> list[str]:
    """The pattern of a text that lists some of these names, or all but some; none if there is nothing to name."""
    name = "|".join(sorted(set(names)))
    return [rf"^(not )? *({name})( *\| *({name}))* *$"] if name else []


def all_but(item: JsonSchema) -> JsonSchema:
    """`{not: ...}` with one of these, or a list of them."""
    return closed({"not": one_or_more(item)}, ("not",))


def named(words: Iterable[tuple[str, str]]) -> JsonSchema:
    """One of these words, each with what an editor says about it. If there are none, nothing is valid."""
    pairs = list(words)
    if not pairs:
        return {"not": {}}
    words_only = [word for word, _ in pairs]
    return {"type": "string", "enum": words_only, "enumDescriptions": [description for _, description in pairs]}


def closed(properties: dict[str, JsonSchema], required: Iterable[str] = ()) -> JsonSchema:
    """A map with these keys and no others."""
    wanted = sorted(required)
    shape: JsonSchema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**shape, "required": wanted} if wanted else shape


def _text(languages: tuple[str, ...]) -> JsonSchema:
    if languages:
        in_each = closed({code: ref("line") for code in languages}, languages)
        in_each["title"] = f"a text for each of {', '.join(languages)}"
    else:
        in_each = {
            "type": "object",
            "propertyNames": language(),
            "additionalProperties": ref("line"),
            "minProperties": 1,
        }
    return in_each if len(languages) > 1 else {"anyOf": [ref("line"), in_each]}
