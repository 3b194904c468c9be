"""What can be known about an input or come out of a decision, and how a table of whytune asks for some of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from whytune.engine.language.bounds import FINEST
from whytune.engine.language.loading.cells import ANYTHING
from whytune.engine.language.problems import Sentence
from whytune.engine.language.text import EXACT

from .feel import NULL, Compare, FeelValue, Tests, Unsayable, Within
from .naming import value_label

KINDS: Mapping[str, type] = {
    "string": str,
    "boolean": bool,
    "date": date,
    **dict.fromkeys(("number", "integer", "long", "double", "decimal", "float"), Decimal),
}
"""The kinds of values that the types of FEEL, and modelers' own types, stand for."""

UNNAMED = "\0"
"""A text that no entry can name, since XML cannot hold it."""

NO_OTHER = Sentence("list it among the allowed values, or delete the row")
AS_FACT = Sentence("give the comparison as a yes/no fact")


@dataclass(frozen=True)
class ListedValues:
    """A subject with finitely many values, each by name; `others` is the name for all other texts."""

    subject: str
    kind: type
    names: Mapping[FeelValue, str]
    others: str | None = None

    def cell(self, tests: Tests) -> str:
        """How a table asks for that; raises Unsayable."""
        if not tests.some:
            return ANYTHING
        for value in tests.values():
            if value is not NULL:
                check_kind(value, self.kind)
        for value in tests.exact_values():
            if value not in self.names:
                message = Sentence("`{value}` is not among the allowed values", value=value_label(value))
                raise Unsayable(message, NO_OTHER)
        _check_order(tests, self.kind)
        accepted = [name for value, name in self.names.items() if tests.holds(value)]
        accepted += [self.others] if self.others and tests.holds(UNNAMED) else []
        excluded = [name for name in (*self.names.values(), *filter(None, [self.others])) if name not in accepted]
        if not accepted:
            raise Unsayable(Sentence("it holds for no allowed value"), NO_OTHER)
        if not excluded:
            return ANYTHING
        return f"not {' | '.join(excluded)}" if tests.negated else " | ".join(accepted)


@dataclass(frozen=True)
class NumberLine:
    """A subject that is a number, or a day counted from 1970-01-01, between two bounds."""

    subject: str
    kind: type
    least: Decimal | None = None
    greatest: Decimal | None = None
    given: str | None = None

    def cell(self, tests: Tests) -> str:
        """How a table asks for that; raises Unsayable."""
        if not tests.some:
            return ANYTHING
        for value in tests.values():
            check_kind(value, self.kind)
        points = [*self.points(tests)]
        if not any(tests.holds(point) for point in points):
            raise Unsayable(Sentence("it holds for no allowed value"), NO_OTHER)
        pieces = [piece for test in tests.some for piece in _pieces(test)]
        met = [piece for piece in pieces if any(Tests((piece,)).holds(point) for point in points)]
        stretches = [self._stretch(piece) for piece in met]
        if not stretches or ANYTHING in stretches:  # all but what cannot be, or all that can
            return ANYTHING
        return f"not {' | '.join(stretches)}" if tests.negated else " | ".join(stretches)

    def _stretch(self, piece: Compare | Within) -> str:
        """A piece of the line as a table writes it; an end where the line ends anyway is left out."""
        if isinstance(piece, Compare) and piece.operator == "=":
            return f"{as_number(piece.value):f}"
        low, high = _line_ends(piece)
        low = None if low and _is_needless(low, low.at, self.least) else low
        high = None if high and _is_needless(high, self.greatest, high.at) else high
        if low and high:
            return f"{'[' if low.taken else '('}{low.at:f}..{high.at:f}{']' if high.taken else ')'}"
        if low:
            return f"{'>=' if low.taken else '>'} {low.at:f}"
        return f"{'<=' if high.taken else '<'} {high.at:f}" if high else ANYTHING

    def points(self, tests: Tests) -> Iterator[Decimal] | Iterator[date]:
        """A number from every stretch where the tests are constant, within the bounds."""
        ends = {as_number(value) for value in tests.values()} | {self.least, self.greatest} - {None}
        points = {near for end in ends if end is not None for near in self._near(end)}
        inside = (point for point in points if _lies(point, self.least, self.greatest))
        if self.kind is not date:
            return inside
        days = (int(point) + EPOCH for point in inside)
        return (date.fromordinal(day) for day in days if 0 < day <= date.max.toordinal())

    def _near(self, end: Decimal) -> Iterator[Decimal]:
        step = Decimal(1) if self.kind is date else FINEST
        yield from (EXACT.subtract(end, step), end, EXACT.add(end, step))


Possible = ListedValues | NumberLine

EPOCH = date(1970, 1, 1).toordinal()


def as_number(value: FeelValue) -> Decimal:
    """The number that stands for a number or a day."""
    if isinstance(value, date):
        return Decimal(value.toordinal() - EPOCH)
    assert isinstance(value, Decimal)
    return value


def check_kind(value: FeelValue, kind: type) -> None:
    """Raises Unsayable for a value of another kind."""
    if value is NULL:
        cure = Sentence("give whether it is there as a yes/no fact")
        raise Unsayable(Sentence("it tests for null beside something else"), cure)
    if type(value) is not kind:
        cure = Sentence("write values of the type that the input has")
        raise Unsayable(Sentence("`{value}` is of another type than the input", value=value_label(value)), cure)


def bounds(tests: Iterable[Compare | Within], kind: type) -> tuple[Decimal | None, Decimal | None]:
    """The least and the greatest number that some of these tests allow; raises Unsayable."""
    lows: list[Decimal | None] = []
    highs: list[Decimal | None] = []
    step = Decimal(1) if kind is date else FINEST
    for test in tests:
        low, high = _ends(test, kind, step)
        lows.append(low)
        highs.append(high)
    least = None if None in lows else min((low for low in lows if low is not None), default=None)
    greatest = None if None in highs else max((high for high in highs if high is not None), default=None)
    return least, greatest


def have_hole(tests: Iterable[Compare | Within], line: NumberLine) -> bool:
    """Do these tests, which say what is allowed on the line, leave something out between its ends?"""
    allowed = Tests(tuple(tests))
    return any(not allowed.holds(point) for point in line.points(allowed))


def _ends(test: Compare | Within, kind: type, step: Decimal) -> tuple[Decimal | None, Decimal | None]:
    for value in Tests((test,)).values():
        check_kind(value, kind)
    if isinstance(test, Within):
        low, high = as_number(test.low), as_number(test.high)
        return (
            low if test.takes_low else EXACT.add(low, step),
            high if test.takes_high else EXACT.subtract(high, step),
        )
    at = as_number(test.value)
    match test.operator:
        case "=":
            return at, at
        case ">=" | ">":
            return (at if test.operator == ">=" else EXACT.add(at, step)), None
        case "<=" | "<":
            return None, (at if test.operator == "<=" else EXACT.subtract(at, step))
    return None, None


def _check_order(tests: Tests, kind: type) -> None:
    """Raises Unsayable if texts or truth values are compared by order."""
    ordered = any(isinstance(test, Within) or test.operator not in ("=", "!=") for test in tests.some)
    if ordered and kind not in (Decimal, date):
        raise Unsayable(Sentence("it compares texts by their order"), AS_FACT)


class LineEnd(NamedTuple):
    """Where a piece of a number line ends, and whether it takes that number."""

    at: Decimal
    taken: bool


def _is_needless(end: LineEnd, lower: Decimal | None, higher: Decimal | None) -> bool:
    """Does the line end before this end of a piece, or exactly where the piece does?"""
    return lower is not None and higher is not None and (lower < higher or (lower == higher and end.taken))


def _line_ends(piece: Compare | Within) -> tuple[LineEnd | None, LineEnd | None]:
    """The lower and the upper end of a piece."""
    if isinstance(piece, Within):
        return LineEnd(as_number(piece.low), piece.takes_low), LineEnd(as_number(piece.high), piece.takes_high)
    end = LineEnd(as_number(piece.value), piece.operator in ("<=", ">="))
    return (None, end) if piece.operator in ("<", "<=") else (end, None)


def _pieces(test: Compare | Within) -> Iterator[Compare | Within]:
    """The test as pieces of a number line: all but one number makes two."""
    if isinstance(test, Compare) and test.operator == "!=":
        yield from (Compare("<", test.value), Compare(">", test.value))
    else:
        yield test


def _lies(point: Decimal, least: Decimal | None, greatest: Decimal | None) -> bool:
    return (least is None or least <= point) and (greatest is None or point <= greatest)


def range_of(domain: NumberLine) -> dict[str, Any]:
    """The bounds as a fact says them."""
    ends = {"min": domain.least, "max": domain.greatest}
    return {key: f"{end:f}" for key, end in ends.items() if end is not None}
