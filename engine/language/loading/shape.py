"""Files -> the parts of a draft, each of the right shape (keys, types, texts) or with its problems."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args, get_origin

from pydantic import ValidationError

from .. import source
from ..citations import SAY_WHERE
from ..problems import Problem, Sentence, Span, did_you_mean, listing, short
from ..rulebook import PART_KINDS, Rule, RuleTable
from ..source import Items, KeyPath, Node, Scalar, place, plain
from ..text import BadValue, Conditions, Effects, Written, hint_of_a_comma
from .draft import Draft, Identity, Located, Section, report_duplicates

TOP_KEYS = ("rulebook", "section", *(kind.plural for kind in PART_KINDS))
_TEXT_KEYS = frozenset({"title", "because", "ask", "label", "text"})
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
_HOW_TO_WRITE = {
    "dict_type": Sentence("write `key: value`"),
    "model_type": Sentence("write `key: value`"),
    "tuple_type": Sentence("write `[one, another]`, or a line `- one` for each"),
}
"""The hint for some types of error that pydantic may find in our models."""
_ANY = Sentence("alternatives stand below `any_of:` beside `if:`, or are several values of one fact: `[one, another]`")
_ALL = Sentence("write the conditions side by side: all of them must hold")
_NOT = Sentence(
    "write `{{not: [one, another]}}` after the name; what a rule excepts stands below `except_if:` beside `if:`"
)
CONNECTIVES: Mapping[str, Sentence] = {
    **dict.fromkeys(("any_of", "any", "or", "one_of"), _ANY),
    **dict.fromkeys(("all_of", "all", "and", "if"), _ALL),
    **dict.fromkeys(("not", "none_of", "unless", "except_if"), _NOT),
}
"""Words that join conditions, here or in other rule languages, with the hint for one among conditions."""


def read_parts(files: tuple[Node, ...], draft: Draft) -> None:
    """Adds every part in the files to the draft; reports what has the wrong shape."""
    for file in files:
        if isinstance(file, source.Map):
            check_top_keys(file, draft)
        else:
            hint = Sentence("it holds {keys}", keys=", ".join(TOP_KEYS))
            draft.report("wrong-type", Sentence("a rulebook file is a map"), file.span, hint)
            draft.unread = True
    maps = [file for file in files if isinstance(file, source.Map)]
    _check_once(maps, draft)
    draft.languages = languages = read_languages(maps, draft)
    if not languages:  # every text would be wrong
        draft.stop_if_wrong()
    context = {"languages": languages, "as_kept": draft.as_kept}
    for file in maps:
        if (identity := file.get("rulebook")) is not None:
            draft.identity.append(locate(Identity, "name", identity, context, draft))
        section = _section(file, draft)
        for kind in PART_KINDS:
            if (items := file.get(kind.plural)) is not None:
                extra = section if kind.model in (Rule, RuleTable) else {}
                draft.of(kind.model).extend(read_items(kind.model, kind.key, items, context, draft, extra))


def check_top_keys(file: source.Map, draft: Draft, known: tuple[str, ...] = TOP_KEYS) -> None:
    """Reports every unknown key of the file."""
    for key, _ in file.entries:
        if key.text not in known:
            meant = did_you_mean(key.text, known)
            hint = meant or Sentence("a file holds {keys}", keys=", ".join(known))
            draft.report("unknown-key", Sentence("unknown key `{key}`", key=short(key.text)), key.span, hint)
            draft.unread = draft.unread or meant is not None


def _check_once(files: list[source.Map], draft: Draft) -> None:
    for part in () if draft.unread else ("rulebook", "facts"):
        holding = [file for file in files if file.get(part) is not None]
        if not holding:
            span = files[0].span if files else None
            message = Sentence("no file says `{key}:`", key=part)
            draft.report("missing-key", message, span, Sentence("a rulebook needs it once"))
            draft.unread = True
        for file in holding[1:]:
            message = Sentence("`{key}:` appears in a second file", key=part)
            hint = Sentence("keep them together in {file}", file=holding[0].span.source)
            draft.report("said-twice", message, place(file, (part,), key=True), hint)


def read_languages(files: list[source.Map], draft: Draft, identity_key: str = "rulebook") -> tuple[str, ...]:
    """The languages that the identity under this key declares; none, and a problem, if it declares none."""
    for file in files:
        identity = file.get(identity_key)
        declared = identity.get("languages") if isinstance(identity, source.Map) else None
        if isinstance(declared, Items) and declared.items:
            for item in declared.items:
                _check_language(item, draft)
            named = [(item.text, item.span) for item in declared.items if isinstance(item, Scalar)]
            report_duplicates(named, draft)
            return tuple(dict(named))
        if identity is not None:
            span = declared.span if declared else place(file, (identity_key,), key=True)
            hint = Sentence("for example `languages: [en, zh]`")
            draft.report("missing-key", Sentence("no list of `languages`"), span, hint)
    return ()


def _check_language(item: Node, draft: Draft) -> None:
    hint = Sentence("for example en, zh, pt-BR")
    if not isinstance(item, Scalar):
        draft.report("wrong-type", Sentence("a language code is expected here"), item.span, hint)
    elif not LANGUAGE.fullmatch(item.text):
        message = Sentence("`{code}` is not a language code", code=short(item.text))
        draft.report("unknown-language", message, item.span, hint)


def read_items(
    model: type[Written], key: str, items: Node, context: dict[str, Any], draft: Draft, extra: Mapping[str, str]
) -> list[Located[Any]]:
    """The items of a list, each located; reports what is not a list, and every item of the wrong shape."""
    if isinstance(items, Scalar) and items.blank:
        return []
    if not isinstance(items, Items):
        hint = Sentence("begin each item with `- {key}:`", key=key)
        draft.report("wrong-type", Sentence("a list is expected here"), items.span, hint)
        draft.unread = True
        return []
    return [locate(model, key, item, context, draft, extra) for item in items.items]


def _section(file: source.Map, draft: Draft) -> dict[str, str]:
    """The section of the rules in this file, as one of their keys, if the file names one."""
    written = source.Map(tuple(entry for entry in file.entries if entry[0].text == "section"), file.span)
    part = locate(Section, "section", written, {}, draft).part
    return {"section": part.section} if part and part.section else {}


def locate(
    model: type[Written],
    key: str,
    node: Node,
    context: dict[str, Any],
    draft: Draft,
    extra: Mapping[str, str] | None = None,
) -> Located[Any]:
    """The part in this node, with its name and place; reports what is wrong with its shape."""
    name = node.get(key) if isinstance(node, source.Map) else None
    named = name.text if isinstance(name, Scalar) else ""
    data = plain(node)
    try:
        part = model.model_validate({**extra, **data} if extra and isinstance(data, dict) else data, context=context)
    except ValidationError as error:
        for mistake in error.errors(include_url=False, include_input=True):
            draft.add(_problem(model, node, mistake))
        return Located(named, None, node)
    return Located(named, part, node)


def _problem(model: type[Written], node: Node, error: Any) -> Problem:
    """What pydantic found wrong, in the file's own words and at its place."""
    path: KeyPath = tuple(error["loc"])
    kind, context = error["type"], error.get("ctx") or {}
    if kind == "missing":
        return _missing(node, path)
    if kind == "extra_forbidden":
        keys, key = _keys(model, path[:-1]), str(path[-1])
        message = Sentence("unknown key `{key}`", key=short(key))
        hint = did_you_mean(key, keys) or hint_of_a_comma(key) or Sentence("it may be {names}", names=listing(keys))
        return Problem("unknown-key", message, place(node, path, key=True), hint)
    if misplaced := _connective(model, node, path):
        return misplaced
    span = place(node, path)
    if isinstance(bad := context.get("error"), BadValue):
        return Problem(bad.code, bad.message, span, bad.hint)
    if kind == "literal_error":
        return _not_listed(str(path[-1]), str(context["expected"]), str(error["input"]), span)
    if kind == "string_pattern_mismatch":
        message = Sentence("`{text}` is not a colour", text=short(error["input"]))
        return Problem("wrong-type", message, span, Sentence("write it as `#rrggbb` in quotes"))
    complaint = error["msg"][0].lower() + error["msg"][1:]
    cure = _HOW_TO_WRITE.get(kind)
    if kind in ("dict_type", "model_type") and "：" in str(error["input"]):
        cure = Sentence("write the colon as `:` with a space after it")
    return Problem("wrong-type", _wanted(kind, context) or Sentence("{said}", said=complaint), span, cure)


def _connective(model: type[Written], node: Node, path: KeyPath) -> Problem | None:
    """The problem if a map of conditions holds a word that joins them, whatever stands below it."""
    for end in range(1, len(path)):
        if path[end] in CONNECTIVES and _type_at(model, path[:end]) in (Conditions, Effects):
            message, hint = connective(str(path[end]), path[0] == "if")
            return Problem("misplaced-key", message, place(node, path[: end + 1], key=True), hint)
    return None


def connective(word: str, is_in_if: bool) -> tuple[Sentence, Sentence]:
    """The message and hint about a word that joins conditions where a condition should stand."""
    if is_in_if and word in ("any_of", "except_if"):
        return Sentence("`{word}` stands beside `if`, not in it", word=word), CONNECTIVES[word]
    return Sentence("`{word}` is not a condition", word=word), CONNECTIVES[word]


def _wanted(kind: str, context: Mapping[str, Any]) -> Sentence | None:
    """What is wanted, for each type of error that pydantic may find in our models."""
    match kind:
        case "dict_type" | "model_type":
            return Sentence("a map is expected here")
        case "tuple_type":
            return Sentence("a list is expected here")
        case "string_type":
            return Sentence("a text is expected here")
        case "int_parsing" | "int_parsing_size" | "int_type":
            return Sentence("a whole number is expected here")
        case "decimal_type":
            return Sentence("a number is expected here")
        case "date_type":
            return Sentence("a date like 2026-03-31 is expected here")
        case "greater_than":
            return Sentence("a number above {gt} is expected here", gt=context["gt"])
        case "greater_than_equal":
            return Sentence("a number of at least {ge} is expected here", ge=context["ge"])
        case "less_than_equal":
            return Sentence("a number of at most {le} is expected here", le=context["le"])
    return None


def _not_listed(key: str, expected: str, written: str, span: Span) -> Problem:
    """The message about a value that is not one of these: `expected` lists them as pydantic does, with an `or`."""
    some, _, last = expected.replace("'", "`").rpartition(" or ")
    names = Sentence("{so_far} or {word}", so_far=some, word=last) if some else last
    hint = did_you_mean(written, re.findall(r"'([a-z_]+)'", expected))
    return Problem("wrong-type", Sentence("`{key}` is one of {names}", key=key, names=names), span, hint)


def _missing(node: Node, path: KeyPath) -> Problem:
    key = str(path[-1])
    code = "missing-source" if key == "source" else "missing-text" if key in _TEXT_KEYS else "missing-key"
    hint = SAY_WHERE if key == "source" else None
    return Problem(code, Sentence("no `{key}`", key=key), place(node, path[:-1]), hint)


def _type_at(model: Any, path: KeyPath) -> Any:
    """The type of what belongs at this path below the model."""
    for step in path:
        written = _model_in(model)
        if written is not None and isinstance(step, str):
            field = next((f for n, f in written.model_fields.items() if step in (n, f.alias)), None)
            model = field.annotation if field else None
        elif get_origin(model) in (tuple, dict):
            model = get_args(model)[get_origin(model) is dict]
    return model


def _keys(model: Any, path: KeyPath) -> list[str]:
    """The keys allowed at this path below the model."""
    model = _model_in(_type_at(model, path))
    fields = model.model_fields.items() if model else ()
    return sorted(field.alias or name for name, field in fields)


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, Written):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part)) is not None), None)
