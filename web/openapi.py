"""The routes -> OpenAPI 3.1: made from what is served, so that it cannot lag behind."""

from __future__ import annotations

from typing import Any

from whytune import Rulebook, __version__
from whytune.engine.authoring.schema import case_schema
from whytune.engine.language.problems import CODES

from . import exported, sent_tables, shapes
from .asking import EVIDENCE, Parameter
from .library import Bookcase
from .refusal import MEDIA as PROBLEM
from .routes import MEDIA, ROUTES, Endpoint

_CASE = "#/components/schemas/Case"
_ANY: dict[str, Any] = {"type": "string"}
_PLACE = {"file": _ANY, "line": {"type": ["integer", "null"]}, "column": {"type": ["integer", "null"]}}
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "problems"],
    "properties": {
        "type": {"const": "about:blank"},
        "title": _ANY,
        "status": {"type": "integer"},
        "detail": _ANY,
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "message", "place", "hint"],
                "properties": {
                    "code": {"enum": sorted(CODES)},
                    "message": _ANY,
                    "place": {"anyOf": [{"type": "object", "properties": _PLACE}, {"type": "null"}]},
                    "hint": {"type": ["string", "null"]},
                },
            },
        },
    },
}
"""What is answered in place of an answer (RFC 9457): all that is wrong."""


def openapi(library: Bookcase) -> dict[str, Any]:
    """The description of all routes; cases and facts as the first rulebook has them."""
    book = library.books[library.default]
    return {
        "openapi": "3.1.0",
        "info": {"title": "whytune", "version": __version__},
        "paths": {f"/v1/{route.name}": _path(route, library) for route in ROUTES.values()}
        | {"/v1/bulk": _bulk(library), "/v1/export": _export(library)},
        "components": {"schemas": {"Problem": _PROBLEM, "Case": _case(book)}},
    }


def _case(book: Rulebook) -> dict[str, Any]:
    """The schema of a case, whose definitions stand in it and are named by where that is."""
    schema: dict[str, Any] = _moved(case_schema(book.content, book.language))
    return schema


def _moved(part: Any) -> Any:
    """A schema as it is where a case stands in the description: what it refers to has moved along."""
    if isinstance(part, list):
        return [_moved(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        key: f"{_CASE}{one.removeprefix('#')}" if key == "$ref" and isinstance(one, str) else _moved(one)
        for key, one in part.items()
    }


def _path(route: Endpoint, library: Bookcase) -> dict[str, Any]:
    book = library.books[library.default]
    parameters = [_parameter(parameter, library) for parameter in route.wants]
    for prefix in route.prefixes:
        parameters += [_fact(prefix, name, book) for name in book.facts]
    asked = {"summary": route.meaning, "parameters": parameters, "responses": _responses(route)}
    methods: dict[str, Any] = {} if route.writes else {"get": {"operationId": _operation(route), **asked}}
    if route.is_about_a_case:
        content = {"application/json": {"schema": {"$ref": _CASE}}}
        name = _operation(route) if route.writes else f"{_operation(route)}-of-body"
        methods["post"] = {"operationId": name, **asked, "requestBody": {"content": content}}
    return methods


def _operation(route: Endpoint) -> str:
    return route.name.replace("/", "-")


def _bulk(library: Bookcase) -> dict[str, Any]:
    """The route of tables, whose body is no case."""
    media = {name.partition(";")[0]: {"schema": _ANY} for name in sent_tables.MEDIA.values()}
    problem = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "post": {
            "operationId": "bulk",
            "summary": "Many tasks at once: a table with a task in each row comes back with an answer in each.",
            "parameters": [_parameter(parameter, library) for parameter in sent_tables.WANTS],
            "requestBody": {"required": True, "content": media},
            "responses": {
                "200": {"description": "All rows with their answers.", "content": {name: {} for name in media}},
                "default": {"description": "All that is wrong.", "content": problem},
            },
        }
    }


def _export(library: Bookcase) -> dict[str, Any]:
    """The route of a ledger as JSON Lines."""
    summary = "The whole ledger as JSON Lines, with the files of its rulebooks; or one record as it is stored."
    problem = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "get": {
            "operationId": "export",
            "summary": summary,
            "parameters": [_parameter(parameter, library) for parameter in exported.WANTS],
            "responses": {
                "200": {"description": summary, "content": {exported.MEDIA: {"schema": _ANY}}},
                "default": {"description": "All that is wrong.", "content": problem},
            },
        }
    }


def _parameter(parameter: Parameter, library: Bookcase) -> dict[str, Any]:
    schema = shapes.parameter(parameter, library)
    described = {"name": parameter.name, "in": "query", "description": parameter.meaning, "schema": schema}
    return {**described, "required": True} if parameter.required else described


def _fact(prefix: str, name: str, book: Rulebook) -> dict[str, Any]:
    is_evidence = prefix == EVIDENCE
    return {
        "name": f"{prefix}{name}",
        "in": "query",
        "description": "What the fact is taken from." if is_evidence else book.speaker.question(name),
        "schema": shapes.TEXT if is_evidence else shapes.in_address(book.facts[name]),
    }


def _responses(route: Endpoint) -> dict[str, Any]:
    media = ["image/svg+xml"] if route.draws else [text.partition(";")[0] for text in MEDIA.values()]
    problem = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "201" if route.writes else "200": {"description": route.meaning, "content": {name: {} for name in media}},
        **({} if route.changes or route.writes else {"304": {"description": "The answer is as it was."}}),
        "default": {"description": "All that is wrong.", "content": problem},
    }
