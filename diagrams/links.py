"""A place of a rulebook -> the address where a reader finds it, by a template."""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import quote

from whytune.engine.language.problems import Span
from whytune.engine.language.rulebook import Place

DEFAULT = "{file}#L{line}"


class Links:
    """Writes links with `{file}`, `{line}`, `{kind}` and `{name}` filled in; an empty template makes no links."""

    def __init__(self, places: Mapping[Place, Span], template: str = DEFAULT) -> None:
        self.places = places
        self.template = template

    def __call__(self, place: Place) -> str | None:
        span = self.places.get(place)
        if span is None or not self.template:
            return None
        parts = {
            "file": quote(os.fsencode(span.source)),
            "line": str(span.line or 1),
            "kind": place[0],
            "name": place[1],
        }
        link = self.template
        for name, part in parts.items():
            link = link.replace(f"{{{name}}}", part)
        return link
