"""What a text says about a fact: a value, or some: `1000..5000`, `>= 500`, `a | b`, `not a`, a piece or a group."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Annotated

from pydantic import PlainSerializer

from .bounds import Bound, bound_at
from .intervals import OTHER, Interval, OtherText, PartlyKnown, joined_intervals
from .numerals import without_zeros
from .open_list import other_text
from .problems import Sentence, did_you_mean, listing, short
from .source import CellNames, Items, Map, Node, Scalar
from .text import EXACT, NOT, BadValue, alternatives, read_number
from .vocabulary import Fact

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
_BETWEEN = re.compile(r"[\s|;/+&、，；]+(?:(?:and|or)\s+)?")
"""What people write between several values."""
_COMPARED = re.compile(r"(>=|<=|>|<)\s*(\S+)")
BOUNDS = {"at_least": ">=", "above": ">", "at_most": "<=", "below": "<"}
"""The keys for a number known in part, each with its sign in a text."""
_SAYS = ("one_of", "not")


def read_value(fact: Fact, text: str) -> Value:
    """What this text says about the fact: a value, some of its values, or UNKNOWN if it may be any; raises BadValue."""
    if fact.kind == "yes_no":
        return _yes_or_no(fact, text)
    if text in fact.values:
        return text
    if fact.is_number:
        if (interval := _interval(fact, text)) is not None:
            return _number_in(fact, text, [interval])
        return _number_in(fact, text, _pieces(fact, text)) if _is_piece(fact, text) else read_plain_number(fact, text)
    return other_text(fact, text) if fact.is_open and not _names_values(fact, text) else _one_of(fact, text)


def assumed(fact: Fact) -> Value | None:
    """What is assumed about the fact if a case does not give it, read as when its rulebook was accepted."""
    if fact.assume is None:
        return None
    text = "|".join(fact.assume)
    return read_value(fact, without_zeros(text) if fact.kind == "whole_number" else text)


def _yes_or_no(fact: Fact, text: str) -> str:
    if (answer := TRUTH.get(text.lower())) is None:
        message = Sentence("`{fact}` is yes or no, not `{text}`", fact=fact.fact, text=short(text))
        raise BadValue("unknown-value", message, Sentence("give yes, no or unknown"))
    return answer


def read_plain_number(fact: Fact, text: str) -> Decimal:
    """The number of the fact that this text writes; raises BadValue."""
    number = read_number(text, whole=fact.kind == "whole_number")
    if fact.least is not None and number < fact.least:
        message = Sentence(
            "`{fact}` is at least {least:,}, not {number:,}", fact=fact.fact, least=fact.least, number=number
        )
        raise BadValue("outside-range", message)
    if fact.greatest is not None and number > fact.greatest:
        message = Sentence(
            "`{fact}` is at most {greatest:,}, not {number:,}", fact=fact.fact, greatest=fact.greatest, number=number
        )
        raise BadValue("outside-range", message)
    return number


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
        return Sentence('where it is known in part: `{{at_least: 100, below: 500}}`, `100..499` or `">= 100"`')
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
            hint = _several(fact, name) or did_you_mean(name, (*fact.values, *groups)) or allowed
            raise BadValue("unknown-value", message, hint)
        values.update(groups.get(name, (name,)))
    left = [value for value in fact.values if (value in values) != negated]
    if not left:
        raise _nothing_left(fact, text)
    if len(left) == len(fact.values):
        return UNKNOWN
    return left[0] if len(left) == 1 else PartlyKnown(_joined(names, negated), values=frozenset(left))


def _several(fact: Fact, text: str) -> Sentence | None:
    """How to give several values of a fact that takes more than one, if the text names several in another way."""
    names = [name for name in _BETWEEN.split(text) if name]
    if fact.kind != "choices" or len(names) < 2 or not all(name in fact.values for name in names):
        return None
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


def _is_piece(fact: Fact, text: str) -> bool:
    """Does the text name a piece of one of the number's bands?"""
    return any(name in band.values for band in fact.bands for name in alternatives(text)[0])


def _pieces(fact: Fact, text: str) -> Iterator[Interval]:
    """The intervals that the pieces in this text, or all other pieces of their band, stand for; raises BadValue."""
    names, negated = alternatives(text)
    bands = [band for band in fact.bands if set(names) <= set(band.values)]
    if len(bands) != 1:
        message = Sentence("`{text}` names no pieces of one band of `{fact}`", text=short(text), fact=fact.fact)
        raise BadValue("unknown-value", message, _ways(fact))
    yield from (bands[0].interval(value) for value in bands[0].values if (value in names) != negated)


def _interval(fact: Fact, text: str) -> Interval | None:
    """The interval that `A..B` or comparisons write; None if the text has neither form. Raises BadValue."""
    low, dots, high = text.partition("..")
    if dots:
        return Interval(read_plain_number(fact, low), EXACT.add(read_plain_number(fact, high), fact.step))
    interval = Interval(None, None)
    for part in text.split(" and "):
        compared = _COMPARED.fullmatch(part.strip())
        if compared is None:
            return None
        sign, number = compared[1], read_plain_number(fact, compared[2])
        bound = EXACT.add(number, fact.step) if sign in (">", "<=") else number
        interval = interval.common(Interval(bound, None) if sign.startswith(">") else Interval(None, bound))
    return interval


def _number_in(fact: Fact, text: str, intervals: Iterable[Interval]) -> Value:
    """The numbers that the fact can be within these intervals."""
    cut = [fact.whole.common(interval) for interval in intervals]
    left = joined_intervals(
        interval for interval in cut if interval.low is None or interval.high is None or interval.low < interval.high
    )
    if not left:
        raise _nothing_left(fact, text)
    if left == [fact.whole]:
        return UNKNOWN
    if len(left) == 1 and left[0].low is not None and left[0].high == EXACT.add(left[0].low, fact.step):
        return left[0].low
    return PartlyKnown(" ".join(text.split()), intervals=tuple(left))


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


def _nothing_left(fact: Fact, text: str) -> BadValue:
    message = Sentence("`{text}` leaves no value of `{fact}`", text=short(text), fact=fact.fact)
    return BadValue("contradiction", message)
