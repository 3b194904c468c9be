"""Which keys of a part may and must go together: by the kind of a fact, or the form of an invariant or policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...language.intervals import OTHER
from ...language.loading.facts import FITTING
from ...language.rulebook import REFER
from .forms import JsonSchema, named, ref

_SOMETHING: JsonSchema = {"minProperties": 1, "minItems": 1, "doNotSuggest": True}
"""Anything but an empty map or list; completion offers the key once, where it is described."""

_NOT_BOTH: JsonSchema = {"if": {"required": ["used_for"]}, "then": {"properties": {"bands": False}}}
"""Not both keys: bands are for rules, and rules test nothing that is used for something else."""

_WITH_OTHER: JsonSchema = {
    "if": {"properties": {"open": {"const": "yes"}}, "required": ["open"]},
    "then": {"properties": {"values": {"contains": {"const": OTHER}}}},
}
"""An open list also has a value for what it does not name."""

_NEEDED = {"choice": ["labels", "values"], "choices": ["labels", "values"]}
"""The keys that a fact of each kind must have."""


def combinations(options: Mapping[str, JsonSchema]) -> dict[str, JsonSchema]:
    """What is to be added to the definition of each part; `options` are those of each decision, if known."""
    return {
        "Fact": {"allOf": [*(_fact_of_kind(kind, keys) for kind, keys in FITTING.items()), _NOT_BOTH, _WITH_OTHER]},
        "Rule": {
            "allOf": [
                {"anyOf": [_with("if"), _with("any_of")]},
                {"anyOf": [_with("conclude"), _with("propose"), _with("rule_out"), _with("caution")]},
            ]
        },
        "Invariant": {"oneOf": [_with("always"), _with("never"), _with("more", "leads_away_from", "to")]},
        "Policy": {"oneOf": [_with("advise"), _with("prefer")]},
        "Decision": {"allOf": [_decision_called(name, option) for name, option in options.items()]} if options else {},
    }


def fallback(option: JsonSchema) -> JsonSchema:
    """The policy if no option stands: an option or `refer`, or the same written out with its reason."""
    outcome = {"anyOf": [option, _REFERRED]}
    return {"anyOf": [option, _REFERRED, _long("advise", outcome)]}


def preference(option: JsonSchema) -> JsonSchema:
    """The policy if several options stand: at least two of them in order or `refer`, or the same written out."""
    ranked = {"type": "array", "items": option, "minItems": 2, "uniqueItems": True}
    return {"anyOf": [_REFERRED, ranked, _long("prefer", ranked), _long("advise", _REFERRED)]}


_REFERRED = named([(REFER, "a person decides")])


def _long(key: str, shape: JsonSchema) -> JsonSchema:
    return {"allOf": [ref("Policy"), {"type": "object", "properties": {key: shape}, "required": [key]}]}


def _with(*keys: str) -> JsonSchema:
    """These keys are there and not empty."""
    return {"required": list(keys), "properties": dict.fromkeys(keys, _SOMETHING)}


def _fact_of_kind(kind: str, fitting: Iterable[str]) -> JsonSchema:
    misplaced = sorted(set().union(*FITTING.values()) - set(fitting))
    then: JsonSchema = {"properties": dict.fromkeys(misplaced, False)}
    needed = _NEEDED.get(kind)
    return {
        "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
        "then": {**then, "required": needed} if needed else then,
    }


def _decision_called(name: str, option: JsonSchema) -> JsonSchema:
    others = {"items": {"properties": {"kind_of": option, "combines": {"items": option}}}}
    return {
        "if": {"properties": {"decision": {"const": name}}, "required": ["decision"]},
        "then": {
            "properties": {
                "options": others,
                "if_none_stands": fallback(option),
                "if_several_stand": preference(option),
            }
        },
    }
