"""The facts of rulebooks -> what a tool takes, as JSON Schema: so complete that an assistant can fill it in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from whytune import Rulebook
from whytune.engine.authoring.schema.forms import JsonSchema
from whytune.engine.language.open_list import MOST_LETTERS
from whytune.engine.language.value import UNKNOWN
from whytune.engine.language.vocabulary import YES_NO, Fact
from whytune.engine.words.catalogue import LANGUAGES
from whytune.prose.levels import LEVELS

from ..asking import CHANGES, EVIDENCE, FACTS, FORMAT, Parameter
from ..library import Bookcase
from ..routes import Endpoint

MAPS = {
    FACTS: "What is known of the task, by the names of facts. Leave out what nobody said: whytune asks for it, or "
    "assumes what the rulebook says and tells so. `unknown` is not known and not to be assumed.",
    CHANGES: "The facts that would be otherwise, with their other values.",
    EVIDENCE: "For each fact the words, or the document, that it is taken from.",
}
"""What stands in each map that a tool takes, by the prefix that the same has in an address."""


def named(prefix: str) -> str:
    """The name of the argument for what an address says with this prefix."""
    return prefix.removesuffix(".")


def parameters(route: Endpoint) -> tuple[Parameter, ...]:
    """What the tool of a route takes beside facts: all that an address takes, but for the format."""
    return tuple(parameter for parameter in route.wants if parameter != FORMAT)


def schema(route: Endpoint, library: Bookcase, *, described: bool) -> JsonSchema:
    """What the tool of a route takes; with `described`, each fact with its question and help."""
    properties = {named(prefix): _map(prefix, library, described) for prefix in route.prefixes}
    wanted = parameters(route)
    properties |= {parameter.name: _parameter(parameter, library) for parameter in wanted}
    required = [parameter.name for parameter in wanted if parameter.required]
    required += [named(CHANGES)] * (CHANGES in route.prefixes)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _map(prefix: str, library: Bookcase, described: bool) -> JsonSchema:
    shape: JsonSchema = {"type": "object", "description": MAPS[prefix]}
    if prefix == EVIDENCE:
        return {**shape, "additionalProperties": {"type": "string"}}
    return {**shape, "properties": facts(library.books, described and prefix == FACTS), "additionalProperties": True}


def facts(books: Mapping[str, Rulebook], described: bool) -> JsonSchema:
    """The facts of all rulebooks by name; one that several have takes what any of them lets it take.

    Others may stand beside them: whytune itself says best what is wrong with a name.
    """
    shapes: dict[str, list[JsonSchema]] = {}
    for book in books.values():
        for name, fact in book.facts.items():
            shape = value(fact)
            if described:
                shape["description"] = " ".join(_description(book, fact, alone=len(books) == 1))
            shapes.setdefault(name, []).append(shape)
    return {name: _any_of(several) for name, several in shapes.items()}


def value(fact: Fact) -> JsonSchema:
    """What may be given of a fact: a number, or a text of what is known of it in part; or names from its list."""
    if fact.is_number:
        return {"type": ["integer" if fact.kind == "whole_number" else "number", "string"]}
    if fact.kind == "choices":
        return {"type": "array", "items": {"enum": list(fact.values)}}
    names = [*(fact.values or YES_NO), UNKNOWN]
    return {"type": "string", "examples": names, "maxLength": MOST_LETTERS} if fact.is_open else {"enum": names}


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


def _parameter(parameter: Parameter, library: Bookcase) -> JsonSchema:
    one: JsonSchema = {"type": "string", **_names(parameter.name, library)}
    shape: JsonSchema = {"type": "array", "items": one} if parameter.several else one
    return {**shape, "description": parameter.meaning}


def _names(parameter: str, library: Bookcase) -> JsonSchema:
    """The names that a parameter may have, where they are few."""
    decisions = [decision for book in library.books.values() for decision in book.decisions.values()]
    names: dict[str, Iterable[str]] = {
        "rulebook": library.books,
        "language": LANGUAGES,
        "level": LEVELS,
        "decision": (decision.decision for decision in decisions),
        "option": (option.option for decision in decisions for option in decision.options),
    }
    return {"enum": list(dict.fromkeys(names[parameter]))} if parameter in names else {}
