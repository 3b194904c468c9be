"""What a parameter or a fact may be, as JSON Schema, given what is served, and as an example in a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, Decimal

from whytune import Rulebook
from whytune.engine.authoring.schema.forms import JsonSchema
from whytune.engine.language.open_list import MOST_LETTERS
from whytune.engine.language.value import UNKNOWN
from whytune.engine.language.vocabulary import YES_NO, Fact

from .asking import MOST, Parameter
from .library import Bookcase

TEXT: JsonSchema = {"type": "string", "pattern": r"^[^\u0000-\u001f\u007f-\u009f]*$"}
"""A text without invisible characters, which are refused."""

_FORMS: Mapping[str, JsonSchema] = {
    "text": TEXT,
    "served": TEXT,
    "day": {"type": "string", "format": "date"},
    "count": {"type": "integer", "minimum": 1, "maximum": MOST},
}
"""The schema of each form of a parameter whose values are not listed."""

USUAL = (Decimal(1000), Decimal(5000))
"""The range of an example, where a fact can be any number in it."""


def parameter(asked: Parameter, library: Bookcase) -> JsonSchema:
    """What a parameter may be: one of its values, one of the names that are served, or anything of its form.

    Where there is a ledger, a record may be by a rulebook with other decisions and options.
    """
    values = asked.values or (_names(asked.name, library) if asked.form == "served" else [])
    if values and asked.name in ("decision", "option") and library.ledger is not None:
        return {**TEXT, "examples": [*values]}
    one: JsonSchema = {"type": "string", "enum": [*values]} if values else dict(_FORMS[asked.form])
    return {"type": "array", "items": one} if asked.several else one


def _names(parameter: str, library: Bookcase) -> list[str]:
    """The names among what is served that a parameter may have, if they are few."""
    if library.repository is not None and parameter in ("old", "new"):
        return []  # any revision may be named
    decisions = [decision for book in library.books.values() for decision in book.decisions.values()]
    names: dict[str, Iterable[str]] = {
        "rulebook": library.books,
        "old": library.books,
        "new": library.books,
        "decision": (decision.decision for decision in decisions),
        "option": (option.option for decision in decisions for option in decision.options),
    }
    return [*dict.fromkeys(names.get(parameter, ()))]


def value(fact: Fact) -> JsonSchema:
    """What may be given for a fact: a number, a text of what is known about it in part, or names from its list."""
    if fact.is_number:
        return {"type": ["integer" if fact.kind == "whole_number" else "number", "string"]}
    if fact.kind == "choices":
        return {"type": "array", "items": {"enum": list(fact.values)}}
    names = [*(fact.values or YES_NO), UNKNOWN]
    return {"type": "string", "examples": names, "maxLength": MOST_LETTERS} if fact.is_open else {"enum": names}


def in_address(fact: Fact) -> JsonSchema:
    """What may be given for a fact in an address: its values, or any text of what is known about it in part."""
    return {"anyOf": [value(fact), TEXT]}


def facts(books: Mapping[str, Rulebook], described: bool) -> JsonSchema:
    """The facts of all rulebooks by name; one that several have takes whatever any of them allows.

    Others are allowed besides them: whytune itself says best what is wrong with a name.
    """
    shapes: dict[str, list[JsonSchema]] = {}
    for book in books.values():
        for name, fact in book.facts.items():
            shape = value(fact)
            if described:
                shape["description"] = " ".join(_description(book, fact, alone=len(books) == 1))
            shapes.setdefault(name, []).append(shape)
    return {name: _any_of(several) for name, several in shapes.items()}


def _description(book: Rulebook, fact: Fact, alone: bool) -> Iterable[str]:
    speaker = book.speaker
    if not alone:
        yield f"[{book.content.name}]"
    yield speaker.text(fact.ask)
    yield speaker.text(fact.help)
    if fact.is_number:
        yield " ".join(filter(None, (speaker.bounds(fact), speaker.text(fact.unit))))
        yield "(in part: `1000..5000`, `>= 500`)"
    if fact.is_open:
        yield "(one of the examples by its name, or in words what is none of them)"


def _any_of(shapes: list[JsonSchema]) -> JsonSchema:
    different = [shape for number, shape in enumerate(shapes) if shape not in shapes[:number]]
    return different[0] if len(different) == 1 else {"anyOf": different}


def example_range(fact: Fact) -> str:
    """A range of numbers that the fact can be, as it is typed into a form: 1000..5000, or 0.25..0.5 of a share."""
    (low, high), least, greatest = USUAL, fact.least, fact.greatest
    if (least is None or least <= low) and (greatest is None or high <= greatest):
        return f"{low}..{high}"
    if least is None:
        least = (low if greatest is None else greatest) - (high - low)
    if greatest is None:
        greatest = least + (high - low)
    if least > 0 and 100 * least < greatest:
        return f"{(2 * least).normalize():f}..{(4 * least).normalize():f}"  # such a number is mostly near its least
    ends = [least + (greatest - least) / part for part in (4, 2)]
    if fact.kind == "whole_number":
        ends = [end.to_integral_value(ROUND_CEILING) for end in ends]
    return "..".join(f"{end.normalize():f}" for end in ends)
