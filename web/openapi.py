"""The routes -> OpenAPI 3.1: made from what is served, so that it cannot lag behind."""

from __future__ import annotations

from typing import Any

from whytune import Rulebook, __version__
from whytune.engine.authoring.schema import case_schema
from whytune.engine.language.problems import CODES

from . import exchanged, exported, sent_tables, shapes
from .answers.described import schemas
from .asking import EVIDENCE, Parameter
from .library import Bookcase
from .refusal import MEDIA as PROBLEM
from .routes import MEDIA, ROUTES, Endpoint

_PLACE_OF_SCHEMAS = "#/components/schemas/{model}"
_CASE = _PLACE_OF_SCHEMAS.format(model="Case")
_ANY: dict[str, Any] = {"type": "string"}
_PLACE = {
    **dict.fromkeys(("file", "sheet"), _ANY),
    **{name: {"type": ["integer", "null"]} for name in ("line", "column")},
    "cell": {"type": ["string", "null"]},
}
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
"""What is sent instead of an answer (RFC 9457): everything that is wrong."""


_WRONG = {
    "default": {
        "description": "All that is wrong.",
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
}
"""The answer with any other status."""


def openapi(library: Bookcase) -> dict[str, Any]:
    """The description of all routes; cases and facts as the first rulebook has them."""
    book = library.books[library.default]
    return {
        "openapi": "3.1.0",
        "info": {"title": "whytune", "version": __version__},
        "paths": {f"/v1/{route.name}": _path(route, library) for route in ROUTES.values()}
        | {"/v1/bulk": _bulk(library), "/v1/export": _export(library)}
        | {"/v1/export-rulebook": _export_rulebook(library), "/v1/import-rulebook": _import_rulebook(library)},
        "components": {"schemas": {"Problem": _PROBLEM, "Case": _case(book), **schemas(_PLACE_OF_SCHEMAS).definitions}},
    }


def _case(book: Rulebook) -> dict[str, Any]:
    """The schema of a case, with its definitions in it, which are referred to by its place in the description."""
    schema: dict[str, Any] = _moved(case_schema(book.content, book.language))
    return schema


def _moved(part: Any) -> Any:
    """A schema as it is at the case's place in the description: what it refers to has moved with it."""
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
    return {
        "post": {
            "operationId": "bulk",
            "summary": "Many tasks at once: a table with a task in each row comes back with an answer in each.",
            "parameters": [_parameter(parameter, library) for parameter in sent_tables.WANTS],
            "requestBody": {"required": True, "content": media},
            "responses": {"200": {"description": "All rows with their answers.", "content": media}, **_WRONG},
        }
    }


def _export(library: Bookcase) -> dict[str, Any]:
    """The route of a ledger as JSON Lines."""
    summary = "The whole ledger as JSON Lines, with the files of its rulebooks; or one record as it is stored."
    return {
        "get": {
            "operationId": "export",
            "summary": summary,
            "parameters": [_parameter(parameter, library) for parameter in exported.WANTS],
            "responses": {"200": {"description": summary, "content": {exported.MEDIA: {"schema": _ANY}}}, **_WRONG},
        }
    }


def _export_rulebook(library: Bookcase) -> dict[str, Any]:
    """The route that makes files of other programs."""
    media = {name.partition(";")[0]: {"schema": _ANY} for name in exchanged.KINDS.values()}
    return {
        "get": {
            "operationId": "export-rulebook",
            "summary": "The rulebook as a file of another program; Whytune-Remarks lists what it cannot say.",
            "parameters": [_parameter(parameter, library) for parameter in exchanged.OF_EXPORT],
            "responses": {"200": {"description": "The file.", "content": media}, **_WRONG},
        }
    }


def _import_rulebook(library: Bookcase) -> dict[str, Any]:
    """The route that reads them."""
    return {
        "post": {
            "operationId": "import-rulebook",
            "summary": "The rulebook that a file of another program makes, or what it edits; nothing is written.",
            "parameters": [_parameter(parameter, library) for parameter in exchanged.OF_IMPORT],
            "requestBody": {"required": True, "content": {"application/octet-stream": {}}},
            "responses": {
                "200": {"description": "What it makes, or edits.", "content": _content("import-rulebook")},
                **_WRONG,
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
    content = {"image/svg+xml": {"schema": _ANY}} if route.draws else _content(route.name)
    return {
        "201" if route.writes else "200": {"description": route.meaning, "content": content},
        **({} if route.changes or route.writes else {"304": {"description": "The answer is as it was."}}),
        **_WRONG,
    }


def _content(name: str) -> dict[str, Any]:
    """The answer of the route with this name in each format: as data of its type, or as a text."""
    content = {media.partition(";")[0]: {"schema": _ANY} for media in MEDIA.values()}
    return {**content, MEDIA["json"]: {"schema": schemas(_PLACE_OF_SCHEMAS).answers[name]}}
