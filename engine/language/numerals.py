"""A number as people write it -> the plain numbers that it may mean: other digits, groups, a letter for zeros.

No number is read from these: they are what a reader who wrote `10.000` or `10k` is asked to choose from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from unicodedata import decimal, normalize

MAX_NUMBER = 2**53
MAX_PLACES = 6
PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")

_MAX_LETTERS = 40
_MARKS = str.maketrans({"\u066b": ".", "\u066c": ",", "\u2019": "'", "\u2212": "-"})
"""The decimal and thousands marks of Arabic, a typographic apostrophe, a minus sign."""
_GROUPED = re.compile(
    r"(?P<whole>[+-]?[1-9][0-9]{0,2}(?P<mark>[,._ '])[0-9]{3}((?P=mark)[0-9]{3})*)((?!(?P=mark))[.,](?P<part>[0-9]+))?"
)
_INDIAN = re.compile(r"(?P<whole>[+-]?[1-9][0-9]?(,[0-9]{2})+,[0-9]{3})(\.(?P<part>[0-9]+))?")
_THREE_PLACES = re.compile(r"(?P<whole>[+-]?[1-9][0-9]*\.[0-9]{3})(?P<part>)")
_DECIMAL = re.compile(r"[+-]?[0-9]+[.,][0-9]+")
_SCALED = re.compile(r"(?P<number>[+-]?[0-9]+([.,][0-9]+)?) ?(?P<letter>k|m|千|万|萬|百万|亿|億)", re.IGNORECASE)
_ZEROS = {"k": 3, "千": 3, "万": 4, "萬": 4, "m": 6, "百万": 6, "亿": 8, "億": 8}
_EXPONENT = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?e[+-]?[0-9]{1,2}", re.IGNORECASE)


def readings(text: str, *, whole: bool) -> tuple[str, ...]:
    """The numbers, in plain digits, that this text may mean; only whole ones if `whole`, of which groups come first.

    Several where countries write differently: `10.000` is 10000 or 10. None where the text means no number that
    whytune can hold.
    """
    if len(text) > _MAX_LETTERS:
        return ()
    written = "".join(map(_ascii, normalize("NFKC", text).translate(_MARKS))).strip()
    meant = (_plain(number) for number in _meant(written, whole))
    places = 0 if whole else MAX_PLACES
    fitting = (number for number in meant if abs(number) <= MAX_NUMBER and number == round(number, places))
    return tuple(dict.fromkeys(f"{number:f}" for number in fitting))


def _ascii(letter: str) -> str:
    """A digit of any script as ASCII has it, any other letter as it is."""
    digit = decimal(letter, None)
    return letter if digit is None else str(digit)


def _meant(written: str, whole: bool) -> Iterator[Decimal]:
    """A comma before three digits of a whole number groups them: nobody counts in thousandths."""
    groups = [_GROUPED, _INDIAN, *([_THREE_PLACES] if whole else [])]
    grouped = next((match for pattern in groups if (match := pattern.fullmatch(written))), None)
    if grouped:
        yield Decimal(re.sub("[^0-9+-]", "", grouped["whole"]) + "." + (grouped["part"] or "0"))
    if PLAIN.fullmatch(written) or (_DECIMAL.fullmatch(written) and not (whole and written[-4:-3] == ",")):
        yield _number(written)
    if scaled := _SCALED.fullmatch(written):
        yield _number(scaled["number"]).scaleb(_ZEROS[scaled["letter"].lower()])
    if _EXPONENT.fullmatch(written):
        yield _number(written)


def _number(written: str) -> Decimal:
    return Decimal(written.replace(",", "."))


def _plain(number: Decimal) -> Decimal:
    """The number without zeros that say nothing."""
    return number.to_integral_value() if number == number.to_integral_value() else number.normalize()
