"""What a text says about a fact: a value, or some: `1000..5000`, `>= 500`, `a | b`, `not a`, a piece or a group."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from typing import Annotated

from pydantic import PlainSerializer

from .bounds import Bound, bound_at
from .intervals import OTHER, Interval, OtherText, PartlyKnown
from .numerals import PLAIN, in_plain_digits, without_zeros
from .open_list import other_text
from .problems import Sentence, did_you_mean, listing, short
from .source import CellNames, Items, Map, Node, Scalar
from .stretches import WAYS, nothing_left, read_plain_number, stretches
from .text import EXACT, NOT, BadValue, alternatives
from .vocabulary import Fact, Vocabulary

UNKNOWN = "unknown"
"""Written for the value of a fact that is unknown and must not be assumed."""

Value = str | Decimal | PartlyKnown | OtherText
"""A value of a fact (in the case's own words if an open list does not have it), or partial knowledge of it."""


def json_value(value: Value | None) -> str | int | float | None:
    """The value as JSON data."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value) if isinstance(value, PartlyKnown | OtherText) else value


JsonValue = Annotated[Value | None, PlainSerializer(json_value, return_type=str | int | float | None)]
"""A fact's value, or None; in JSON a number is a number, and everything else the text that says it."""

TRUTH = {"yes": "yes", "no": "no", "true": "yes", "false": "no"}
_BETWEEN = r"[\s|,;/+&、，；]+(?:(?:and|or)\s+)?"
"""What people write between several values."""
BOUNDS = {"at_least": ">=", "above": ">", "at_most": "<=", "below": "<"}
"""The keys for a number known in part, each with its sign in a text."""
_SAYS = ("one_of", "not")


def read_value(fact: Fact, text: str) -> Value:
    """What this text says about the fact: a value, some of its values, or UNKNOWN if it may be any; raises BadValue."""
    if fact.kind == "yes_no":
        return _yes_or_no(fact, text)
    if text in fact.values:
        return fact.values[fact.values.index(text)]  # the rulebook's own, so that alike cases share their steps
    if fact.is_number:
        return _number(fact, text)
    return other_text(fact, text) if fact.is_open and not _names_values(fact, text) else _one_of(fact, text)


def in_digits(fact: Fact, text: str, *, rough: bool = False) -> str:
    """What a person typed of the fact; the numbers of a number in plain digits if each can mean only one.

    What is `rough`, such as `about 100`, may count as exact where the person is then told so.
    """
    if not fact.is_number:
        return text
    return in_plain_digits(text, fact.unit or {}, whole=fact.kind == "whole_number", rough=rough)


def assumed(fact: Fact) -> Value | None:
    """What is assumed about the fact if a case does not give it, read as when its rulebook was accepted."""
    if fact.assume is None:
        return None
    text = "|".join(fact.assume)
    return read_value(fact, without_zeros(text) if fact.kind == "whole_number" else text)


@lru_cache(maxsize=32)
def assumptions(vocabulary: Vocabulary) -> Mapping[str, Value | None]:
    """What is assumed about each fact of a vocabulary."""
    return {fact.fact: assumed(fact) for fact in vocabulary.facts}


def _number(fact: Fact, text: str) -> Value:
    """The number that the text says, or the stretches in which it lies."""
    if PLAIN.fullmatch(text) and (fact.least is None or fact.least != fact.greatest):
        with suppress(BadValue):  # what is wrong is told on the way of all other texts
            return read_plain_number(fact, text)
    try:
        left = stretches(fact, text)
    except BadValue as error:
        hint = error.hint or (WAYS if error.code == "wrong-type" and text.strip("0123456789.,") else None)
        raise BadValue(error.code, error.message, hint) from None
    if left == [fact.whole]:
        return UNKNOWN
    (low, high), *others = left
    if not others and low is not None and high == EXACT.add(low, fact.step):
        return low
    return PartlyKnown(" ".join(text.split()), intervals=tuple(left))


def _yes_or_no(fact: Fact, text: str) -> str:
    if (answer := TRUTH.get(text.lower())) is None:
        message = Sentence("`{fact}` is yes or no, not `{text}`", fact=fact.fact, text=short(text))
        raise BadValue("unknown-value", message, Sentence("give yes, no or unknown"))
    return answer


def written_in(fact: Fact, node: Node) -> str:
    """The text that says the same as this map or value of a case; raises BadValue."""
    match node:
        case Scalar(text):
            return text
        case CellNames(items):
            return "|".join(_scalar(fact, fact.fact, item) for item in items)
        case Map(entries) if entries and all(key.text in BOUNDS for key, _ in entries) and fact.is_number:
            bounds = {key.text: _scalar(fact, key.text, value) for key, value in entries}
            if list(bounds) in (["at_least", "at_most"], ["at_most", "at_least"]):
                return f"{bounds['at_least']}..{bounds['at_most']}"
            return " and ".join(f"{sign} {bounds[key]}" for key, sign in BOUNDS.items() if key in bounds)
        case Map(((Scalar(key), value),)) if key == OTHER and fact.is_open:
            return f"{OTHER}: {_scalar(fact, key, value)}"
        case Map(((key, value),)) if key.text in _SAYS:
            items = value.items if isinstance(value, Items) else (value,)
            return (NOT if key.text == "not" else "") + "|".join(_scalar(fact, key.text, item) for item in items)
    message = Sentence("`{fact}` takes one value, not a list or map", fact=fact.fact)
    raise BadValue("wrong-type", message, _ways(fact))


def _scalar(fact: Fact, key: str, node: Node) -> str:
    if isinstance(node, Scalar) and not node.blank:
        return node.text
    raise BadValue("wrong-type", Sentence("`{key}` takes a value of `{fact}`", key=key, fact=fact.fact), _ways(fact))


def _ways(fact: Fact) -> Sentence | None:
    """How to write partial knowledge of the fact."""
    if fact.is_number:
        return WAYS
    return Sentence("where it is known in part: `{{one_of: [...]}}` or `{{not: ...}}`") if fact.values else None


def _one_of(fact: Fact, text: str) -> Value:
    """The values that the names in this text, or all other names, stand for."""
    groups = {group.group: group.values for group in fact.groups}
    names, negated = _names_in(fact, text)
    values: set[str] = set()
    for name in names:
        if name not in fact.values and name not in groups:
            message = Sentence("unknown value `{value}` of `{fact}`", value=short(name), fact=fact.fact)
            allowed = Sentence("its values are {names}", names=listing(fact.values))
            hint = _several(fact, "|".join(names), negated) or did_you_mean(name, (*fact.values, *groups)) or allowed
            raise BadValue("unknown-value", message, hint)
        values.update(groups.get(name, (name,)))
    left = [value for value in fact.values if (value in values) != negated]
    if not left:
        raise nothing_left(fact, text)
    if len(left) == len(fact.values):
        return UNKNOWN
    return left[0] if len(left) == 1 else PartlyKnown(_joined(names, negated), values=frozenset(left))


def _several(fact: Fact, text: str, negated: bool) -> Sentence | None:
    """How to give several values of a fact, or all but these, if the text names several in another way."""
    names = [name for name in re.split(_BETWEEN, text.strip("[]()")) if name]
    if len(names) < 2 or not all(name in fact.values for name in names):
        return None
    if fact.kind == "choice":
        written = _joined(names, negated)
        if negated:
            return Sentence("several values are written with `|`: `{names}`", names=written)
        return Sentence(
            "`{fact}` takes one value; where it is one of these, not known which: `{names}`",
            fact=fact.fact,
            names=written,
        )
    if "|" in text:
        return Sentence(
            "`|` means one of these, and `{fact}` may have several; where all of them are meant: `{names}`",
            fact=fact.fact,
            names=",".join(names),
        )
    return Sentence("several values are written with commas: `{names}`", names=",".join(names))


def _names_in(fact: Fact, text: str) -> tuple[tuple[str, ...], bool]:
    """The names in what a text says of the fact, and whether all but these are meant."""
    return alternatives(text) if fact.kind == "choice" else ((text,), False)


def _names_values(fact: Fact, text: str) -> bool:
    """Does the text name nothing but values and groups of the fact?"""
    groups = [group.group for group in fact.groups]
    return all(name in fact.values or name in groups for name in _names_in(fact, text)[0])


def _joined(names: Iterable[str], negated: bool) -> str:
    return (NOT if negated else "") + "|".join(dict.fromkeys(names))


def limit_text(fact: Fact, limit: Interval) -> str:
    """How a case writes that the number lies in this interval."""
    low = None if limit.low is None or limit.low == fact.least else bound_at(limit.low)
    high = None if limit.high in (None, fact.whole.high) else _end(fact, limit.high)
    if low and high and not low.above and high.above:
        return f"{low.number:f}..{high.number:f}"
    signs = [(low, ">" if low.above else ">=")] if low else []
    signs += [(high, "<=" if high.above else "<")] if high else []
    return " and ".join(f"{sign} {bound.number:f}" for bound, sign in signs)


def _end(fact: Fact, high: Decimal) -> Bound:
    """Where the numbers of the fact below this one end; for whole numbers, the last of them."""
    return Bound(EXACT.subtract(high, fact.step), True) if fact.kind == "whole_number" else bound_at(high)
