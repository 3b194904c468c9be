"""What a text says of a number -> stretches: `>= 500`, `1..5`, `[100..200)`, `5`, a piece, several, all others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from .intervals import ANYTHING, Interval, cells_between, joined_intervals
from .problems import Sentence, did_you_mean, short
from .text import EXACT, BadValue, alternatives, read_number
from .vocabulary import Band, Fact

WAYS = Sentence('if only part of it is known, write `{{at_least: 100, below: 500}}`, `100..499` or `">= 100"`')

_COMPARED = r"(>=|<=|>|<)\s*(\S+)"
_RANGE = re.compile(r"([\[(\]]?)\s*([^\[\]()]+?)\s*\.\.\s*([^\[\]()]+?)\s*([\])\[]?)")
_EXCLUDES_LOW = ("(", "]")
_EXCLUDES_HIGH = (")", "[")
"""The brackets that leave the end of a stretch out: round ones, and those that open outwards."""


def stretches(fact: Fact, text: str) -> list[Interval]:
    """The numbers of the fact that the text leaves, in order and joined; raises BadValue, also if it leaves none."""
    names, negated = alternatives(text)
    bands = _bands(fact, names, text)
    wanted = [stretch for name in names for stretch in _stretch(fact, bands, name)]
    cut = [fact.whole.common(stretch) for stretch in (_others(wanted) if negated else wanted)]
    left = joined_intervals(stretch for stretch in cut if not stretch.is_empty)
    if not left:
        raise nothing_left(fact, text)
    return left


def _bands(fact: Fact, names: Iterable[str], text: str) -> tuple[Band, ...]:
    """The band whose pieces are named, or none."""
    words = {name for name in names if name[:1].isalpha()}
    named = [band for band in fact.bands if band.is_named]
    if not any(words & set(band.values) for band in named):
        return ()
    bands = tuple(band for band in named if words <= set(band.values))
    if len(bands) != 1:
        message = Sentence("`{text}` names no pieces of one band of `{fact}`", text=short(text), fact=fact.fact)
        raise BadValue("unknown-value", message, WAYS)
    return bands


def _stretch(fact: Fact, bands: Iterable[Band], name: str) -> Iterator[Interval]:
    """What one name, number, range or comparison stands for."""
    if pieces := [band.interval(name) for band in bands if name in band.values]:
        yield from pieces
    elif (ends := _RANGE.fullmatch(name)) and bool(ends[1]) == bool(ends[4]):
        low = _end(fact, ends[2], after=ends[1] in _EXCLUDES_LOW)
        yield Interval(low, _end(fact, ends[3], after=ends[4] not in _EXCLUDES_HIGH))
    elif all(compared := [re.fullmatch(_COMPARED, part.strip()) for part in name.split(" and ")]):
        yield _passing(fact, (one.groups() for one in compared if one))
    else:
        yield _only(fact, name)


def _only(fact: Fact, name: str) -> Interval:
    """The one number that this writes; raises BadValue, with the piece that may be meant."""
    try:
        return Interval(_end(fact, name), _end(fact, name, after=True))
    except BadValue as error:
        pieces = [piece for band in fact.bands if band.is_named for piece in band.values]
        raise BadValue(error.code, error.message, error.hint or did_you_mean(name, pieces)) from None


def _passing(fact: Fact, comparisons: Iterable[tuple[str, ...]]) -> Interval:
    """The numbers for which all of these comparisons hold, each a sign and a number."""
    interval = ANYTHING
    for sign, number in comparisons:
        end = _end(fact, number, after=sign in (">", "<="))
        interval = interval.common(Interval(end, None) if sign.startswith(">") else Interval(None, end))
    return interval


def _end(fact: Fact, text: str, *, after: bool = False) -> Decimal:
    """The number that this writes, or the one just after it."""
    number = read_plain_number(fact, text)
    return EXACT.add(number, fact.step) if after else number


def _others(stretches: Iterable[Interval]) -> Iterator[Interval]:
    """The numbers outside these stretches."""
    stretches = [stretch for stretch in stretches if not stretch.is_empty]
    cells = cells_between({end for stretch in stretches for end in stretch if end is not None})
    yield from (cell for cell in cells if not any(cell.meets(stretch) for stretch in stretches))


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


def nothing_left(fact: Fact, text: str) -> BadValue:
    message = Sentence("`{text}` leaves no value of `{fact}`", text=short(text), fact=fact.fact)
    return BadValue("contradiction", message)
