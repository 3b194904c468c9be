"""The cells of a column that people wrote -> the numbers or days that they mean, as a rulebook writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from whytune.engine.language.loading.cells import ANYTHING

from .workbook import BETWEEN

ANY = frozenset({"", "-", "–", "*", "any", "任意"})
"""The texts of cells that ask for nothing."""

_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
_COMPARISON = re.compile(rf"(>=|<=|=>|=<|>|<|=|≥|≤)?\s*({_NUMBER})")
_OR_MORE = re.compile(rf"({_NUMBER})\s*\+")
_BRACKETS = re.compile(rf"([\[(\]])\s*({_NUMBER})\s*\.\.\s*({_NUMBER})\s*([\])\[])")
_BETWEEN = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(?:\.\.|-|–|to|bis|至|到)\s*([0-9]+(?:\.[0-9]+)?)")
_NOT_FROM_0 = re.compile(r"(?<![0-9])-[0-9]|\.[0-9]")
_SIGNS = {"≥": ">= ", "≤": "<= ", "=>": ">= ", "=<": "<= ", "=": "", None: ""}

_TOKEN = re.compile(r"[0-9][0-9.,]*[0-9]|[0-9]")
_IN_GERMAN = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})*,[0-9]+|[0-9]+,[0-9]+")
_IN_ENGLISH = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_EITHER = re.compile(r"[0-9]{1,3},[0-9]{3}")
_SPACED = re.compile(r"(?<=[0-9])['’ ](?=[0-9]{3}(?![0-9]))")
_UNIT = re.compile(r"(?<=[0-9])\s*(%|[€$£¥元天岁]|(?!(?:to|bis|k|K)\b)[^\W\d_]{1,8}\b)|([€$£¥])\s*(?=[0-9])")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?: 00:00:00)?|([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_SIGNED = re.compile(r"\s*(?:[<>≤≥]|=[<>])")

EPOCH = date(1970, 1, 1).toordinal()


class CellNumbers(NamedTuple):
    """The numbers of each cell, None for one that means none; their unit, and whether they are days."""

    cells: tuple[str | None, ...]
    unit: str = ""
    are_days: bool = False
    are_whole: bool = True

    @property
    def are_meant(self) -> bool:
        """Does every cell mean numbers?"""
        return None not in self.cells and any(cell != ANYTHING for cell in self.cells)


def numbers_in(texts: Sequence[str]) -> CellNumbers:
    """What the cells of one column mean, with commas and units read the same way in all of them."""
    days = [_with_days(text) for text in texts]
    if any(day is not None for day in days):
        blank = [ANYTHING if text.lower() in ANY else None for text in texts]
        return CellNumbers(
            tuple(as_numbers(day) if day else none for day, none in zip(days, blank, strict=True)), are_days=True
        )
    plain = _with_points(texts)
    unit, bare = _without_unit(plain)
    are_whole = not any(_NOT_FROM_0.search(text.replace("..", " ")) for text in bare if text.lower() not in ANY)
    return CellNumbers(tuple(map(as_numbers, bare)), unit, are_whole=are_whole)


def are_compared(texts: Iterable[str], cells: Iterable[str | None]) -> bool:
    """Is anything in a column more than a value: a comparison, a range, or a number with a separator in it?"""
    return any(
        _SIGNED.match(text) or (cell is not None and cell != ANYTHING and not re.fullmatch(_NUMBER, cell))
        for text, cell in zip(texts, cells, strict=True)
    )


def may_be_two_numbers(texts: Iterable[str]) -> bool:
    """Are these numbers, some of which mean one thing in English and another in German?"""
    spoken = [text for text in texts if text.lower() not in ANY]
    tokens = [token for text in spoken for token in _TOKEN.findall(text)]
    return any(_EITHER.fullmatch(token) for token in tokens) and all(
        re.fullmatch(r"[-+<>=≤≥\s0-9.,]+", text) for text in spoken
    )


def as_numbers(text: str) -> str | None:
    """The numbers that a cell means, as a rulebook writes them; None if it means no numbers."""
    if text.lower() in ANY:
        return ANYTHING
    pieces = [_stretch(piece.strip()) for piece in re.split(r"[|;]", text)]
    return None if None in pieces else BETWEEN.join(piece for piece in pieces if piece)


def _stretch(text: str) -> str | None:
    if match := _COMPARISON.fullmatch(text):
        sign = _SIGNS.get(match[1], f"{match[1]} ")
        return f"{sign}{match[2]}"
    if match := _OR_MORE.fullmatch(text):
        return f">= {match[1]}"
    if match := _BRACKETS.fullmatch(text):
        return f"{match[1]}{match[2]}..{match[3]}{match[4]}"
    if match := _BETWEEN.fullmatch(text):
        return f"{match[1]}..{match[2]}"
    return None


def _with_points(texts: Sequence[str]) -> list[str]:
    """The texts with only decimal points, if all commas of the column can mean only one thing."""
    closed = [_SPACED.sub("", text) for text in texts]
    tokens = [token for text in closed for token in _TOKEN.findall(text)]
    commas = [token for token in tokens if "," in token]
    if all(_EITHER.fullmatch(token) for token in commas):
        return closed
    if all(map(_IN_GERMAN.fullmatch, commas)) and not any("." in token for token in tokens if "," not in token):
        return [_TOKEN.sub(lambda token: token[0].replace(".", "").replace(",", "."), text) for text in closed]
    if all(map(_IN_ENGLISH.fullmatch, commas)):
        return [_TOKEN.sub(lambda token: token[0].replace(",", ""), text) for text in closed]
    return closed


def _without_unit(texts: Sequence[str]) -> tuple[str, list[str]]:
    """The one unit that every cell with content has, and the cells without it."""
    units = [{suffix or prefix for suffix, prefix in _UNIT.findall(text)} for text in texts if text.lower() not in ANY]
    unit = next(iter(units[0]), "") if units else ""
    bare = [_UNIT.sub("", text) for text in texts]
    if unit and all(one == {unit} for one in units) and None not in map(as_numbers, bare):
        return unit, bare
    return "", list(texts)


def _with_days(text: str) -> str | None:
    """The text with days as numbers, counted from 1970-01-01; None if it has none, or one that does not exist."""
    try:
        counted = _DAY.sub(lambda match: str(_day(match).toordinal() - EPOCH), text)
    except ValueError:
        return None
    return counted if _DAY.search(text) and as_numbers(counted) is not None else None


def _day(match: re.Match[str]) -> date:
    year, month, day = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    return date(int(year), int(month), int(day))
