"""Where stretches of a number line begin, as people write it, and round numbers within them.

Numbers have at most six decimal places, so every stretch begins at a number: what is above 130 begins at 130.000001.
Readers should never see that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator

from .numerals import MAX_PLACES
from .problems import Sentence
from .text import EXACT, BadValue, Number, read_number

FINEST = Decimal(1).scaleb(-MAX_PLACES)
"""The smallest difference between two numbers."""


class Bound(NamedTuple):
    """Where a stretch begins: at a number, or just above it."""

    number: Decimal
    above: bool = False

    def __str__(self) -> str:
        return f"> {self.number:f}" if self.above else f"{self.number:f}"


def bound_at(start: Decimal) -> Bound:
    """The same bound with fewer digits, if there is one: 130.000001 is just above 130."""
    in_finest = int(start.scaleb(MAX_PLACES, EXACT))
    return Bound(plain_number(EXACT.subtract(start, FINEST)), True) if in_finest % 10 == 1 else Bound(start)


def whole_bound_at(start: Decimal) -> Bound:
    """The bound of whole numbers that begin here, as people say it: 131 is just above 130, and 100 is 100."""
    before = EXACT.subtract(start, Decimal(1))
    return Bound(before, True) if _zeros(before) > _zeros(start) else Bound(start)


def _zeros(number: Decimal) -> int:
    """How many zeros a whole number ends in, of which 0 itself has none."""
    digits = f"{number:f}"
    return len(digits) - len(digits.rstrip("0")) if number else 0


def start_of(bound: Bound, *, whole: bool) -> Decimal:
    """The least number at this bound, of whole numbers or of all."""
    step = Decimal(1) if whole else FINEST
    return EXACT.add(bound.number, step) if bound.above else bound.number


def roundest(low: Decimal | None, high: Decimal | None, *, near_high: bool = False) -> Decimal:
    """A number from `low` to `high`, both included, with the fewest decimals and as near as possible to one end."""
    from_high = high is not None and (near_high or low is None)
    start = high if from_high else low
    if start is None:
        return Decimal(0)
    fits = (
        number for number in _rounded(start, ROUND_FLOOR if from_high else ROUND_CEILING) if _lies(number, low, high)
    )
    return next(fits, start)


def plain_number(number: Decimal) -> Decimal:
    """The number without insignificant zeros."""
    return Decimal(format(number.normalize(EXACT), "f"))


def _rounded(number: Decimal, direction: str) -> Iterator[Decimal]:
    """The number rounded to more and more decimals."""
    for places in range(MAX_PLACES + 1):
        yield number.quantize(Decimal(1).scaleb(-places), direction, EXACT)


def _lies(number: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    return (low is None or low <= number) and (high is None or number <= high)


def _as_cut(written: Any) -> Any:
    """A cut as its author writes it: a number, or `{above: 130}`; raises BadValue."""
    if not isinstance(written, Mapping):
        return written
    if list(written) != ["above"] or not isinstance(written["above"], str):
        hint = Sentence("write `{{above: 130}}`, or a number at which the next piece begins")
        raise BadValue("wrong-type", Sentence("a cut is a number, or just above one"), hint)
    return start_of(Bound(read_number(written["above"], whole=False), True), whole=False)


def _as_list(written: Any) -> Any:
    """Makes a list of a single cut that is written without one."""
    return [written] if isinstance(written, str | Decimal | Mapping) else written


CutAt = Annotated[Number, BeforeValidator(_as_cut)]
"""The number at which a piece of a band begins."""
Cuts = Annotated[tuple[CutAt, ...], BeforeValidator(_as_list)]
