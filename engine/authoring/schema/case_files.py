"""Case files: the facts of a task with their values, and what a test expects of the advice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from ...language.casefile import Status
from ...language.intervals import OTHER
from ...language.open_list import MOST_LETTERS
from ...language.rulebook import POLICIES, Rulebook
from ...language.value import BOUNDS, UNKNOWN
from ...language.vocabulary import YES_NO, Fact
from ...words.speaker import Speaker
from .descriptions import CASE, EXPECT
from .forms import PLAIN_NUMBER, JsonSchema, closed, named, one_or_more, ref, some_of
from .names import options_of

_SCALAR: JsonSchema = {"type": ["string", "number", "boolean"]}
_ANY_FACTS: JsonSchema = {
    "type": "object",
    "additionalProperties": {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}, {"type": "object"}]},
}
_TRUTH: JsonSchema = {"not": {"type": ["string", "number", "array", "object", "null"]}}
"""true or false, which mean yes and no in a case, written so that completion offers only yes and no."""
_OPEN = ("open", "nothing is decided yet")
_NUMBER = PLAIN_NUMBER.removeprefix("^").removesuffix("$")
_COMPARED = rf"(>=|<=|>|<) *({_NUMBER})"
_STRETCHES = (_NUMBER, rf"[\[(\]]?{_NUMBER}\.\.{_NUMBER}[\])\[]?", rf"{_COMPARED}( and {_COMPARED})*")
"""What a text may name of a number: itself, a range, or what it compares with."""
_SEVERAL = ("one_of", "not")
_NOT_KNOWN = (UNKNOWN, "not known, and not to be assumed")


def case_shape(rulebook: Rulebook | None) -> JsonSchema:
    """A case file: a map with `given` and what may stand beside it, or else a plain map of facts."""
    shapes = {
        "case": ref("line"),
        "given": ref("facts"),
        "evidence": ref("evidence"),
        "as_of": ref("day"),
        "expect": ref("expected"),
    }
    own = {key: {"description": CASE[key], **shape} for key, shape in shapes.items()}
    own["cases"] = {"description": CASE["cases"], "type": "array", "items": closed(dict(own)), "minItems": 1}
    names = [name for name in CASE if rulebook is None or name not in rulebook.vocabulary.by_name]
    return {
        "type": "object",
        "properties": {name: {"description": CASE[name]} for name in names},  # so that an empty file is offered them
        "if": {"anyOf": [{"required": [name]} for name in names]},
        "then": closed(own),
        "else": ref("facts"),
    }


def _evidence(rulebook: Rulebook | None) -> JsonSchema:
    """A text for every fact that has evidence."""
    text: JsonSchema = {"type": "string", "minLength": 1}
    if rulebook is None:
        return {"type": "object", "additionalProperties": text}
    return closed(dict.fromkeys(rulebook.vocabulary.by_name, text))


def case_definitions(rulebook: Rulebook | None, language: str) -> dict[str, JsonSchema]:
    """What occurs in several places of a case file: facts, their evidence, what is expected, names of reasons."""
    evidence = _evidence(rulebook)
    if rulebook is None:
        return {"facts": _ANY_FACTS, "evidence": evidence, "expected": _open(EXPECT)}
    speaker = Speaker(rulebook, language)
    reasons, expected = one_or_more(_reasons(speaker)), _expectations(speaker)
    return {"facts": _facts(speaker), "evidence": evidence, "reasons": reasons, "expected": expected}


def _facts(speaker: Speaker) -> JsonSchema:
    """All facts that a case may give: the declared ones, and the members of `choices`."""
    return closed({name: _fact(speaker, fact) for name, fact in speaker.rulebook.vocabulary.by_name.items()})


def _fact(speaker: Speaker, fact: Fact) -> JsonSchema:
    question, meaning = speaker.question(fact.fact), speaker.text(fact.help)
    description = f"{speaker.pair(speaker.fact(fact.fact), question)}\n\n{meaning}".strip()
    return {"description": description, **_value(speaker, fact)}


def _value(speaker: Speaker, fact: Fact) -> JsonSchema:
    if fact.is_number:
        bounds = {"minimum": fact.least, "maximum": fact.greatest}
        within = {key: float(bound) for key, bound in bounds.items() if bound is not None}
        kind = "integer" if fact.kind == "whole_number" else "number"
        named_bands = (band for band in fact.bands if band.is_named)
        pieces = [(value, speaker.subject_value(band.band, value)) for band in named_bands for value in band.values]
        texts = [{"type": "string", "pattern": pattern} for pattern in some_of([*dict(pieces), *_STRETCHES])]
        one: JsonSchema = {"anyOf": [{"type": kind, **within}, named([*pieces, _NOT_KNOWN]), *texts]}
        parts = [closed({key: one_or_more(one)}, (key,)) for key in _SEVERAL]
        return {"anyOf": [*one["anyOf"], _bounds(within, kind), *parts]}
    words = [(value, speaker.value(fact.fact, value)) for value in fact.values or YES_NO]
    if fact.kind == "choices":
        several: JsonSchema = {"type": "array", "items": named(words)}
        return {"anyOf": [named([*words, _NOT_KNOWN]), several, {"type": "string", "pattern": ","}]}
    if fact.kind == "yes_no":
        return {"anyOf": [named([*words, _NOT_KNOWN]), _TRUTH]}
    words += [(group.group, speaker.text(group.label)) for group in fact.groups if group.group not in fact.values]
    some = one_or_more(named(words))
    parts = [closed({key: some}, (key,)) for key in _SEVERAL]
    if fact.is_open:
        other: JsonSchema = {"type": "string", "maxLength": MOST_LETTERS}
        return {"anyOf": [named([*words, _NOT_KNOWN]), other, *parts, closed({OTHER: other}, (OTHER,))]}
    texts = [{"type": "string", "pattern": pattern} for pattern in some_of(dict(words))]
    return {"anyOf": [named([*words, _NOT_KNOWN]), *texts, *parts]}


def _bounds(within: JsonSchema, kind: str) -> JsonSchema:
    """A number known in part, as a map of bounds."""
    number: JsonSchema = {"anyOf": [{"type": kind, **within}, {"type": "string", "pattern": PLAIN_NUMBER}]}
    return {**closed(dict.fromkeys(BOUNDS, number)), "minProperties": 1}


def _expectations(speaker: Speaker) -> JsonSchema:
    """The advice on each decision, and what else a test may ask for."""
    decisions = {one.decision: options_of(speaker, one.decision, refer=True) for one in speaker.rulebook.decisions}
    reasons = dict.fromkeys(decisions, ref("reasons"))
    outcomes = {name: {"anyOf": [one, named([_OPEN])]} for name, one in decisions.items()}
    flip = {name: _flip(one) for name, one in outcomes.items()}
    options = {name: one_or_more(one) for name, one in decisions.items()}
    more: Mapping[str, JsonSchema] = {
        "status": _by_decision({name: {"enum": list(get_args(Status))} for name in decisions}),
        "possible": _by_decision(options),
        "because": _by_decision(reasons),
        "not_because": _by_decision(reasons),
        "ruled_out": _by_decision(options),
        "cautions": _by_decision(reasons),
        "flips": _by_decision({name: {"type": "array", "items": one, "minItems": 1} for name, one in flip.items()}),
    }
    advice = {
        one.decision: {
            "description": speaker.text(one.ask),
            "anyOf": [*outcomes[one.decision]["anyOf"], {"type": "null"}],
        }
        for one in speaker.rulebook.decisions
    }
    return closed({**{key: {"description": EXPECT[key], **shape} for key, shape in more.items()}, **advice})


def _reasons(speaker: Speaker) -> JsonSchema:
    """A rule, or a policy of a decision."""
    rules = [(rule.id, speaker.rule(rule.id)) for rule in speaker.rulebook.rules]
    policies = (f"{one.decision}.{policy}" for one in speaker.rulebook.decisions for policy in POLICIES)
    return named([*rules, *((policy, policy) for policy in policies)])


def _flip(outcome: JsonSchema) -> JsonSchema:
    """Changes of facts, and the outcome that they lead to."""
    return closed({"given": ref("facts"), "to": outcome}, ("given", "to"))


def _by_decision(shapes: Mapping[str, JsonSchema]) -> JsonSchema:
    """What is expected of one decision (a blank takes back what the rows of a table share), or a map by decision."""
    distinct = [shape for number, shape in enumerate(shapes.values()) if shape not in [*shapes.values()][:number]]
    return {"anyOf": [*distinct, {"type": "null"}, closed(dict(shapes))]}


def _open(described: Mapping[str, str]) -> dict[str, Any]:
    """A map in which these keys are explained and others are allowed."""
    return {"type": "object", "properties": {key: {"description": text} for key, text in described.items()}}
