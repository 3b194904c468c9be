"""The routes -> OpenAPI 3.1: made from what is served, so that it cannot lag behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal, get_args

from whytune import __version__
from whytune.engine.authoring.schema import case_schema
from whytune.engine.authoring.schema.forms import JsonSchema
from whytune.engine.costs.estimate_request import QuantityName
from whytune.engine.language.problems import CODES
from whytune.engine.language.vocabulary import YES_NO, Fact
from whytune.engine.words.catalogue import LANGUAGES, described, phrase

from . import exchanged, exported, sent_tables, shapes
from .answers.described import schemas
from .asking import CHANGES, ESTIMATE, EVIDENCE, Parameter
from .library import Bookcase
from .refusal import MEDIA as PROBLEM
from .routes import MEDIA, QUANTITY, ROUTES, Endpoint, Topic

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


def openapi(library: Bookcase, language: str = LANGUAGES[0]) -> dict[str, Any]:
    """The description of all routes, in a language of whytune; cases and facts as the first rulebook has them."""
    return _Description(library, language).whole()


class _Description:
    """What is served, described in one language."""

    def __init__(self, library: Bookcase, language: str) -> None:
        self.library, self.language = library, language
        book = library.books[library.default]
        self.book = book.in_language(language) if language in book.content.languages else book

    def whole(self) -> dict[str, Any]:
        definitions = {name: self._type(kind) for name, kind in schemas(_PLACE_OF_SCHEMAS).definitions.items()}
        return {
            "openapi": "3.1.0",
            "info": {"title": "whytune", "version": __version__},
            "tags": [{"name": subject} for subject in get_args(Topic)],
            "paths": {f"/v1/{route.name}": self._path(route) for route in ROUTES.values()}
            | {f"/v1/{name}": path for name, path in self._paths_of_files()},
            "components": {"schemas": {"Problem": _PROBLEM, "Case": self._case(), **definitions}},
        }

    def _case(self) -> dict[str, Any]:
        """The schema of a case, with its definitions in it, which are referred to by its place in the description."""
        schema: dict[str, Any] = self._spoken(_moved(case_schema(self.book.content, self.language)))
        return {**schema, "description": described("A case: what is known of one task.", self.language)}

    def _spoken(self, part: Any) -> Any:
        """A schema with what it says about its keys in the language."""
        match part:
            case list():
                return [self._spoken(one) for one in part]
            case dict():
                return {
                    key: described(one, self.language)
                    if key == "description" and isinstance(one, str)
                    else self._spoken(one)
                    for key, one in part.items()
                }
        return part

    def _type(self, schema: JsonSchema) -> JsonSchema:
        """The schema of a type with its meaning, which is one paragraph, in the language."""
        if "description" not in schema:
            return schema
        return {**schema, "description": described(" ".join(schema["description"].split()), self.language)}

    def _path(self, route: Endpoint) -> dict[str, Any]:
        """A question that is asked by its address and, if it is about a case, with a case as the body."""
        parameters = [self._parameter(wanted, bool(route.estimates)) for wanted in route.wants]
        for prefix in route.prefixes:
            parameters += [self._fact(prefix, name) for name in self.book.facts]
        asked = {**self._asked(route.meaning, route.subject, parameters), "responses": self._responses(route)}
        methods: dict[str, Any] = {} if route.writes else {"get": {"operationId": _operation(route), **asked}}
        if route.is_about_a_case:
            name = _operation(route) if route.writes else f"{_operation(route)}-of-body"
            content = {"application/json": {"schema": {"$ref": _CASE}, "example": dict([self._examples()[0]])}}
            methods["post"] = {"operationId": name, **asked, "requestBody": {"content": content}}
        if route.files:
            content = {"multipart/form-data": {"schema": self._form(route.files)}}
            methods["post"] = {
                "operationId": f"{_operation(route)}-with-files",
                **asked,
                "requestBody": {"content": content},
            }
        return methods

    def _paths_of_files(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The questions whose body, or whose answer, is a file."""
        table = {name.partition(";")[0]: {"schema": _ANY} for name in sent_tables.MEDIA.values()}
        (fact, value), _ = self._examples()
        example = {"text/csv": {"schema": _ANY, "example": f"{fact}\n{value}\n"}}
        yield (
            "bulk",
            self._operated(
                "post",
                "bulk",
                "tables",
                "Many tasks at once: a table with a task in each row comes back with an answer in each.",
                sent_tables.WANTS,
                ("All rows with their answers.", table),
                {"required": True, "content": {**table, **example}},
            ),
        )
        ledger = "The whole ledger as JSON Lines, with the files of its rulebooks; or one record as it is stored."
        lines = {exported.MEDIA: {"schema": _ANY}}
        yield "export", self._operated("get", "export", "ledger", ledger, exported.WANTS, (ledger, lines))
        yield (
            "export-rulebook",
            self._operated(
                "get",
                "export-rulebook",
                "files",
                "The rulebook as a file of another program; Whytune-Remarks lists what it cannot say.",
                exchanged.OF_EXPORT,
                ("The file.", {name.partition(";")[0]: {"schema": _ANY} for name in exchanged.KINDS.values()}),
            ),
        )
        yield (
            "import-rulebook",
            self._operated(
                "post",
                "import-rulebook",
                "files",
                "The rulebook that a file of another program makes, or what it edits; nothing is written.",
                exchanged.OF_IMPORT,
                ("What it makes, or edits.", _content("import-rulebook")),
                {"required": True, "content": {"application/octet-stream": {}}},
            ),
        )

    def _operated(
        self,
        method: Literal["get", "post"],
        name: str,
        subject: Topic,
        meaning: str,
        wants: Iterable[Parameter],
        answer: tuple[str, Mapping[str, Any]],
        body: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """A question with one method: what it wants, in its address and as its body, and what it is answered with."""
        asked = self._asked(meaning, subject, [self._parameter(wanted) for wanted in wants])
        answered = {"description": described(answer[0], self.language), "content": answer[1]}
        responses = {"200": answered, **self._wrong()}
        sent = {"requestBody": body} if body else {}
        return {method: {"operationId": name, **asked, **sent, "responses": responses}}

    def _asked(self, meaning: str, subject: Topic, parameters: list[dict[str, Any]]) -> dict[str, Any]:
        return {"summary": described(meaning, self.language), "tags": [subject], "parameters": parameters}

    def _form(self, files: Iterable[Parameter]) -> dict[str, Any]:
        """A form of files, each with an example of its name."""
        file = {"type": "string", "contentMediaType": "application/octet-stream"}
        fields = {
            wanted.name: {
                **({"type": "array", "items": file} if wanted.several else file),
                "description": described(wanted.meaning, self.language),
                "examples": [wanted.example],
            }
            for wanted in files
        }
        return {"type": "object", "properties": fields}

    def _parameter(self, wanted: Parameter, of_estimate: bool = False) -> dict[str, Any]:
        schema = shapes.parameter(wanted, self.library)
        named = of_estimate or wanted.name.startswith(ESTIMATE)
        asked = wanted.name.removeprefix(ESTIMATE)
        quantity = next((name for name in get_args(QuantityName) if named and name == asked), None)
        meaning = phrase(QUANTITY[quantity], self.language) if quantity else described(wanted.meaning, self.language)
        example = wanted.example or (_first(schema) if wanted.required else "")
        whole = {"name": wanted.name, "in": "query", "description": meaning, "schema": schema}
        return {**whole, **({"required": True} if wanted.required else {}), **({"example": example} if example else {})}

    def _fact(self, prefix: str, name: str) -> dict[str, Any]:
        is_evidence = prefix == EVIDENCE
        meaning = described("What the fact is taken from.", self.language)
        whole = {
            "name": f"{prefix}{name}",
            "in": "query",
            "description": meaning if is_evidence else self.book.speaker.question(name),
            "schema": shapes.TEXT if is_evidence else shapes.in_address(self.book.facts[name]),
        }
        fact, value = self._examples()[1]
        return {**whole, "example": value} if (prefix, name) == (CHANGES, fact) else whole

    def _examples(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """A fact with a value of it, and with another."""
        facts = self.book.facts.values()
        fact = next((fact for fact in facts if not fact.is_number), next(iter(facts)))
        values = _two_numbers(fact) if fact.is_number else fact.values or tuple(reversed(YES_NO))
        return (fact.fact, values[0]), (fact.fact, values[-1])

    def _responses(self, route: Endpoint) -> dict[str, Any]:
        content = {"image/svg+xml": {"schema": _ANY}} if route.draws else _content(route.name)
        status = "201" if route.writes else "200"
        same = {"304": {"description": described("The answer is as it was.", self.language)}}
        return {
            status: {"description": described(route.meaning, self.language), "content": content},
            **({} if route.changes or route.writes else same),
            **self._wrong(),
        }

    def _wrong(self) -> dict[str, Any]:
        """The answer with any other status."""
        content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        return {"default": {"description": described("All that is wrong.", self.language), "content": content}}


def _first(schema: JsonSchema) -> str:
    """The first of the names that a parameter may have; empty if it may have any."""
    names = schema.get("enum") or schema.get("examples") or [""]
    return str(names[0])


def _two_numbers(fact: Fact) -> tuple[str, str]:
    """Two numbers that the fact may be, if there are two, near 1."""
    least = Decimal("-Infinity") if fact.least is None else fact.least
    greatest = Decimal("Infinity") if fact.greatest is None else fact.greatest
    first = min(max(Decimal(1), least), greatest)
    second = first + 1 if first + 1 <= greatest else max(first - 1, least)
    return f"{first:f}", f"{second:f}"


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


def _operation(route: Endpoint) -> str:
    return route.name.replace("/", "-")


def _content(name: str) -> dict[str, Any]:
    """The answer of the route with this name in each format: as data of its type, or as a text."""
    content = {media.partition(";")[0]: {"schema": _ANY} for media in MEDIA.values()}
    return {**content, MEDIA["json"]: {"schema": schemas(_PLACE_OF_SCHEMAS).answers[name]}}
