"""What a route asks -> what its tool takes, as a JSON Schema complete enough for an assistant to fill it in."""

from __future__ import annotations

from whytune.engine.authoring.schema.forms import JsonSchema

from .. import shapes
from ..asking import CHANGES, EVIDENCE, FACTS, FORMAT, OF_RECORD, Parameter
from ..library import Bookcase
from ..routes import Endpoint

MAPS = {
    FACTS: "What is known of the task, by the names of facts. Leave out what nobody said: whytune asks for it, or "
    "assumes what the rulebook says and tells so. `unknown` is not known and not to be assumed.",
    CHANGES: "The facts that would be otherwise, with their other values.",
    EVIDENCE: "For each fact the words, or the document, that it is taken from.",
}
"""What is in each map that a tool takes, by the prefix that it has in an address."""


def named(prefix: str) -> str:
    """The name of the argument for what an address gives with this prefix."""
    return prefix.removesuffix(".")


def parameters(route: Endpoint) -> tuple[Parameter, ...]:
    """What the tool of a route takes besides facts: everything that an address takes, except the format."""
    return tuple(parameter for parameter in route.wants if parameter != FORMAT)


def schema(route: Endpoint, library: Bookcase, *, described: bool) -> JsonSchema:
    """What the tool of a route takes; with `described`, each fact with its question and help."""
    properties = {named(prefix): _map(prefix, library, described) for prefix in route.prefixes}
    wanted = [one for one in parameters(route) if one != OF_RECORD or library.ledger is not None]
    properties |= {
        parameter.name: {**shapes.parameter(parameter, library), "description": parameter.meaning}
        for parameter in wanted
    }
    required = [parameter.name for parameter in wanted if parameter.required]
    required += [named(CHANGES)] * (CHANGES in route.prefixes)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _map(prefix: str, library: Bookcase, described: bool) -> JsonSchema:
    shape: JsonSchema = {"type": "object", "description": MAPS[prefix]}
    if prefix == EVIDENCE:
        return {**shape, "additionalProperties": {"type": "string"}}
    return {
        **shape,
        "properties": shapes.facts(library.books, described and prefix == FACTS),
        "additionalProperties": True,
    }
