"""Files -> the parts of a draft, each of the right shape (keys, types, texts) or with its problems."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import ValidationError

from .. import source
from ..problems import Problem, did_you_mean
from ..rulebook import Conclusion, Decision, Document, Note, Rule
from ..source import Node, Scalar, Sequence, place, plain
from ..text import Written
from ..vocabulary import Fact
from .draft import Draft, Identity, Located

LISTS: Mapping[str, tuple[type[Written], str]] = {
    "documents": (Document, "document"),
    "facts": (Fact, "fact"),
    "conclusions": (Conclusion, "conclusion"),
    "decisions": (Decision, "decision"),
    "rules": (Rule, "id"),
    "notes": (Note, "note"),
}
"""The lists that a file may hold: the model of their items, and the key that names an item."""

TOP_KEYS = ("rulebook", "section", *LISTS)
_TEXT_KEYS = frozenset({"title", "because", "ask", "label", "text"})
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
_WANTED = {
    "dict_type": "a map", "model_type": "a map", "model_attributes_type": "a map", "list_type": "a list",
    "tuple_type": "a list", "string_type": "a text", "int_parsing": "a whole number", "int_type": "a whole number",
    "is_instance_of": "a number",
}


def read_parts(files: tuple[Node, ...], draft: Draft) -> None:
    """Adds to the draft every part that the files hold; reports what has the wrong shape."""
    for file in files:
        if isinstance(file, source.Mapping):
            for key, _ in file.entries:
                if key.text not in TOP_KEYS:
                    hint = did_you_mean(key.text, TOP_KEYS) or f"a file holds {', '.join(TOP_KEYS)}"
                    draft.report("unknown-key", f"unknown key `{key.text}`", key.span, hint)
        else:
            draft.report("wrong-type", "a rulebook file is a map", file.span, f"it holds {', '.join(TOP_KEYS)}")
    maps = [file for file in files if isinstance(file, source.Mapping)]
    _once(maps, draft)
    languages = _languages(maps, draft)
    if not languages:  # every text would be wrong
        draft.stop_if_wrong()
    for file in maps:
        if (identity := file.get("rulebook")) is not None:
            draft.identity.append(_located(Identity, "name", identity, {"languages": languages}, draft))
        for name, (model, key) in LISTS.items():
            if (items := file.get(name)) is not None:
                getattr(draft, name).extend(_items(model, key, items, {"languages": languages}, file, draft))


def _once(files: list[source.Mapping], draft: Draft) -> None:
    for part in ("rulebook", "facts"):
        found = [file for file in files if file.get(part) is not None]
        if not found:
            span = files[0].span if files else None
            draft.report("missing-key", f"no file says `{part}:`", span, "a rulebook needs it once")
        for file in found[1:]:
            hint = f"keep them together in {found[0].span.source}"
            draft.report("said-twice", f"`{part}:` stands in a second file", place(file, (part,), key=True), hint)


def _languages(files: list[source.Mapping], draft: Draft) -> tuple[str, ...]:
    for file in files:
        identity = file.get("rulebook")
        declared = identity.get("languages") if isinstance(identity, source.Mapping) else None
        if isinstance(declared, Sequence) and declared.items:
            for item in declared.items:
                if not isinstance(item, Scalar) or not _LANGUAGE.fullmatch(item.text):
                    draft.report("unknown-language", "not a language code", item.span, "for example en, zh, pt-BR")
            return tuple(dict.fromkeys(item.text for item in declared.items if isinstance(item, Scalar)))
        if identity is not None:
            span = declared.span if declared else place(file, ("rulebook",), key=True)
            draft.report("missing-key", "no `languages`", span, "for example `languages: [en, zh]`")
    return ()


def _items(
    model: type[Written], key: str, items: Node, context: dict[str, Any], file: source.Mapping, draft: Draft,
) -> list[Located[Any]]:
    if isinstance(items, Scalar) and items.blank:
        return []
    if not isinstance(items, Sequence):
        draft.report("wrong-type", "a list is wanted here", items.span, f"begin each item with `- {key}:`")
        return []
    section = file.get("section")
    extra = {"section": section.text} if model is Rule and isinstance(section, Scalar) else {}
    return [_located(model, key, item, context, draft, extra) for item in items.items]


def _located(
    model: type[Written], key: str, node: Node, context: dict[str, Any], draft: Draft, extra: Mapping[str, str] | None = None,
) -> Located[Any]:
    name = node.get(key) if isinstance(node, source.Mapping) else None
    named = name.text if isinstance(name, Scalar) else ""
    data = plain(node)
    try:
        part = model.model_validate({**extra, **data} if extra and isinstance(data, dict) else data, context=context)
    except ValidationError as error:
        for found in error.errors(include_url=False, include_input=True):
            draft.problems.append(_problem(model, node, found))
        return Located(named, None, node)
    return Located(named, part, node)


def _problem(model: type[Written], node: Node, error: Any) -> Problem:
    """What pydantic found, in the words and at the place of the file."""
    path: tuple[str | int, ...] = tuple(error["loc"])
    kind, message = error["type"], error["msg"]
    context = error.get("ctx") or {}
    if kind == "missing":
        return _missing(node, path)
    if kind == "extra_forbidden":
        known = _keys(model, path[:-1])
        hint = did_you_mean(str(path[-1]), known) or f"it may be {', '.join(known)}"
        return Problem("unknown-key", f"unknown key `{path[-1]}`", place(node, path, key=True), hint)
    span = place(node, path)
    if kind == "literal_error":
        hint = did_you_mean(str(error["input"]), re.findall(r"'([a-z_]+)'", str(context.get("expected"))))
        return Problem("wrong-type", f"`{path[-1]}` is one of {context['expected']}".replace("'", "`"), span, hint)
    if kind == "string_pattern_mismatch":
        return Problem("wrong-type", f"`{error['input']}` is not a colour", span, "write it as `#rrggbb` in quotes")
    if kind in _WANTED:
        return Problem("wrong-type", f"{_WANTED[kind]} is wanted here", span)
    if "-" in kind:  # one of our own codes
        return Problem(kind, message, span, context.get("hint"))
    return Problem("wrong-type", message[0].lower() + message[1:], span)


def _missing(node: Node, path: tuple[str | int, ...]) -> Problem:
    key = str(path[-1])
    code = "missing-source" if key == "source" else "missing-text" if key in _TEXT_KEYS else "missing-key"
    hint = "say which document it comes from, and where in it" if key == "source" else None
    return Problem(code, f"no `{key}`", place(node, path[:-1]), hint)


def _keys(model: Any, path: tuple[str | int, ...]) -> list[str]:
    """The keys that may stand at this path below the model."""
    for step in path:
        if isinstance(model, type) and issubclass(model, Written) and isinstance(step, str):
            field = next((f for n, f in model.model_fields.items() if step in (n, f.alias)), None)
            model = _model_in(field.annotation) if field else None
    fields = model.model_fields.items() if isinstance(model, type) and issubclass(model, Written) else ()
    return sorted(field.alias or name for name, field in fields)


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, Written):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part)) is not None), None)

