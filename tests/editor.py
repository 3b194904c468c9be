"""A rulebook file as an editor sees it: YAML 1.2, where `yes` is a text, held against a schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError

from whytune.engine.language.source import Loader, parse, place


class _Core(Loader):  # type: ignore[misc]  # the loader that whytune reads with
    """YAML 1.2's core schema: true and false, null, integers and decimals; all else is text."""

    yaml_implicit_resolvers: Any = {}


_SCALARS = {
    "bool": ("true|True|TRUE|false|False|FALSE", "tTfF"),
    "null": ("~|null|Null|NULL|", ["~", "n", "N", ""]),
    "int": ("[-+]?[0-9]+", "-+0123456789"),
    "float": (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+0123456789."),
}
for _tag, (_pattern, _first) in _SCALARS.items():
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))


_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|e)")


def read(text: str) -> Any:
    """The data that an editor sees."""
    return yaml.load(text, _Core)


def refused_lines(schema: dict[str, Any], text: str) -> set[int]:
    """The lines at which an editor would mark something in this file."""
    node = parse(_ESCAPE.sub("?", text), "f")  # for the places alone: whytune would read no letter that nobody sees
    found = [*_leaves(Draft7Validator(schema).iter_errors(read(text)))]
    spans = {place(node, path) for error in found for path in _paths(error)}
    spans |= {place(node, path, key=True) for error in found for path in _paths(error)}
    return {span.line for span in spans if span.line}


def _leaves(errors: Any) -> Iterator[ValidationError]:
    for error in errors:
        yield from _leaves(error.context) if error.context else [error]


def _paths(error: ValidationError) -> Iterator[tuple[str | int, ...]]:
    path = tuple(error.absolute_path)
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        yield from ((*path, key) for key in error.instance if key not in known)
    else:
        yield path
