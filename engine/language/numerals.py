"""A number as people write it -> the plain numbers that it may mean: other digits, groups, a letter for zeros.

What a person types (an option, a reply, the form of a page) may be any text that can mean only one number. Files and
programs never take these readings: they only offer them to whoever wrote `10.000` or `10k`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple
from unicodedata import decimal, normalize

MAX_NUMBER = 2**53
MAX_PLACES = 6
PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")

_MAX_LETTERS = 40
_MARKS = str.maketrans({"\u066b": ".", "\u066c": ",", "\u2019": "'", "\u2212": "-"})
"""The decimal and thousands separators of Arabic, a typographic apostrophe, a minus sign."""
_GROUPED = (
    r"(?P<whole>[+-]?[1-9][0-9]{0,2}(?P<mark>[,._ '])[0-9]{3}((?P=mark)[0-9]{3})*)((?!(?P=mark))[.,](?P<part>[0-9]+))?"
)
_INDIAN = r"(?P<whole>[+-]?[1-9][0-9]?(,[0-9]{2})+,[0-9]{3})(\.(?P<part>[0-9]+))?"
_ZEROS_BEHIND = re.compile(r"(?<=[0-9])\.0+(?![0-9])")
_THREE_PLACES = r"(?P<whole>[+-]?[1-9][0-9]*\.[0-9]{3})(?P<part>)"
_DECIMAL = r"[+-]?[0-9]+[.,][0-9]+"
_SCALED = r"(?i)(?P<number>[+-]?[0-9]+([.,][0-9]+)?) ?(?P<letter>k|m|千|万|萬|百万|亿|億)"
_ZEROS = {"k": 3, "千": 3, "万": 4, "萬": 4, "m": 6, "百万": 6, "亿": 8, "億": 8}
_EXPONENT = r"(?i)[+-]?[0-9]+([.,][0-9]+)?e[+-]?[0-9]{1,2}"


_JOINTS = re.compile(r"(\.\.|[<>]=?|[|\[\]()])")
"""What stands between the numbers of ranges, comparisons and alternatives."""
_ABOUT = r"about|around|approximately|approx\.?|roughly|some|circa|ca\.?|~|≈|大约|大概|约|差不多"
_OR_SO = r"or so|左右|上下"
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_STEPS = {"十": 10, "百": 100, "千": 1_000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}


_COUNTED = re.compile(
    r"(?<![\d.．点几多余来第每〇零一二两三四五六七八九十百千万亿])(?<![\d.．点几多余来第每]\s)(?<!分之)(?<!数(?=[十百千万亿]))"
    r"[〇零一二两三四五六七八九十百千万亿]*[十百千万亿][一二三四五六七八九]?(?=\s?(?:以[上下内]|[至到条个次]|及|起|$))"
)
"""A number in simplified characters from 十 on that names an end or counts 条, 个 or 次: 万条以上, but not 万一.

What stands before it may make it another number, a part, a place or a rate: 2.5 千万, 百分之五十, 第十条, 每千次.
"""


class NumberInCharacters(NamedTuple):
    """A whole number in Chinese characters within a text, and where it begins."""

    text: str
    number: int
    at: int


def counted_in_characters(text: str) -> Iterator[NumberInCharacters]:
    """The numbers from ten on in Chinese characters that name an end or count something; 万 alone is ten thousand.

    Left out is what only seems to be one: the end of a number that begins in digits or is vague, a percentage, a rate.
    """
    for match in _COUNTED.finditer(text):
        number = _in_chinese(match[0])
        number = _in_chinese(f"一{match[0]}") if number is None else number
        if number is not None:
            yield NumberInCharacters(match[0], number, match.start())


class Spoken(NamedTuple):
    """A number as said in a conversation: what is left of it without its unit and words such as `about`, and whether
    there were such words."""

    number: str
    is_rough: bool


def spoken(text: str, unit: Mapping[str, str]) -> Spoken:
    """The number in what was said; its unit and `or so` may follow it in either order."""
    units = [re.escape(normalize("NFKC", name).casefold()) for name in unit.values() if name]
    behind = "|".join((_OR_SO, *sorted(units, key=len, reverse=True)))
    parts = re.fullmatch(rf"(?is)(?P<about>{_ABOUT})? *(?P<number>.*?)(?P<behind>(?: *(?:{behind}))*)", text.strip())
    assert parts
    return Spoken(parts["number"], bool(parts["about"] or re.search(_OR_SO, parts["behind"])))


def in_plain_digits(text: str, unit: Mapping[str, str], *, whole: bool, rough: bool = False) -> str:
    """What was said of numbers in plain digits, if each can mean only one number: `4k..10,000` is 4000..10000.

    Anything else stays as it is, as a whole; so does `about 100`, unless what is `rough` counts as exact.
    """
    pieces = enumerate(_JOINTS.split(text))
    parts = [part if at % 2 else _in_plain_digits(part, unit, whole, rough) for at, part in pieces]
    return text if None in parts else "".join(part for part in parts if part)


def _in_plain_digits(part: str, unit: Mapping[str, str], whole: bool, rough: bool) -> str | None:
    """What stands between two joints, a number in plain digits or nothing; None if it is something else."""
    if not part.strip() or (PLAIN.fullmatch(part.strip()) and not whole):
        return part
    number, is_rough = spoken(part, unit)
    numbers = readings(number, whole=whole)
    if len(numbers) != 1 or (is_rough and not rough):
        return None
    return part if numbers[0] == part.strip() else numbers[0]  # what is plain already stays as it was written


def readings(text: str, *, whole: bool) -> tuple[str, ...]:
    """The numbers, in plain digits, that this text may mean; only whole ones if `whole`, those with digit groups first.

    There are several where countries write differently: `10.000` is 10000 or 10. There are none if the text means no
    number that whytune can hold.
    """
    if len(text) > _MAX_LETTERS:
        return ()
    written = "".join(map(_ascii, normalize("NFKC", text).translate(_MARKS))).strip()
    meant = (_plain(number) for number in _meant(written, whole))
    places = 0 if whole else MAX_PLACES
    fitting = (number for number in meant if abs(number) <= MAX_NUMBER and number == round(number, places))
    return tuple(dict.fromkeys(f"{number:f}" for number in fitting))


def without_zeros(text: str) -> str:
    """The text with its whole numbers as they are written today; `10.000` was once allowed for ten."""
    return _ZEROS_BEHIND.sub("", text)


def _ascii(letter: str) -> str:
    """A digit of any script as an ASCII digit, any other character unchanged."""
    digit = decimal(letter, None)
    return letter if digit is None else str(digit)


def _meant(written: str, whole: bool) -> Iterator[Decimal]:
    """Reads a comma before three digits of a whole number as grouping them: nobody counts in thousandths."""
    groups = [_GROUPED, _INDIAN, *([_THREE_PLACES] if whole else [])]
    grouped = next((match for pattern in groups if (match := re.fullmatch(pattern, written))), None)
    if grouped:
        yield Decimal(re.sub("[^0-9+-]", "", grouped["whole"]) + "." + (grouped["part"] or "0"))
    if PLAIN.fullmatch(written) or (re.fullmatch(_DECIMAL, written) and not (whole and written[-4:-3] == ",")):
        yield _number(written)
    if scaled := re.fullmatch(_SCALED, written):
        yield _number(scaled["number"]).scaleb(_ZEROS[scaled["letter"].lower()])
    if re.fullmatch(_EXPONENT, written):
        yield _number(written)
    if (number := _in_chinese(written)) is not None:
        yield Decimal(number)


def _in_chinese(written: str) -> int | None:
    """A whole number in Chinese characters, such as 三千二百; None for others, also where the last unit is omitted."""
    whole, part, digit, step = 0, 0, None, 0
    for letter in written:
        if letter in _DIGITS:
            if digit:
                return None
            digit, step = _DIGITS[letter], 1 if _DIGITS[letter] == 0 else step
        elif letter in _STEPS:
            part, digit, step = part + _STEPS[letter] * (1 if digit is None else digit), None, _STEPS[letter]
        elif letter in _MYRIADS and (part or digit):
            section = part + (digit or 0)
            whole = (whole + section) * _MYRIADS[letter] if letter == "亿" else whole + section * _MYRIADS[letter]
            part, digit, step = 0, None, _MYRIADS[letter]
        else:
            return None
    if not written or (digit and step > 10):  # 三千五 is 3,500 to some
        return None
    return whole + part + (digit or 0)


def _number(written: str) -> Decimal:
    return Decimal(written.replace(",", "."))


def _plain(number: Decimal) -> Decimal:
    """The number without insignificant zeros."""
    return number.to_integral_value() if number == number.to_integral_value() else number.normalize()
