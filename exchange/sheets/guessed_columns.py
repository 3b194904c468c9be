"""The cells of a column that anybody wrote -> the kind of fact that it asks about, and each as a rulebook has it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from whytune.engine.language.loading.cells import ANYTHING
from whytune.engine.words.catalogue import phrase

from ..fresh_names import FreshNames, readable
from .workbook import BETWEEN

_YES = frozenset({"yes", "y", "true", "是", "有"})
_NO = frozenset({"no", "n", "false", "否", "无"})
_ANY = frozenset({"", "-", "–", "*", "any", "任意"})
_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
_COMPARISON = re.compile(rf"(>=|<=|>|<|=|≥|≤)?\s*({_NUMBER})")
_OR_MORE = re.compile(rf"({_NUMBER})\s*\+")
_BRACKETS = re.compile(rf"([\[(\]])\s*({_NUMBER})\s*\.\.\s*({_NUMBER})\s*([\])\[])")
_BETWEEN = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(?:\.\.|-|–|to|至|到)\s*([0-9]+(?:\.[0-9]+)?)")
_NOT_FROM_0 = re.compile(r"(?<![0-9])-[0-9]|\.[0-9]")
_SIGNS = {"≥": ">= ", "≤": "<= ", "=": "", None: ""}
_APART = re.compile(r"[|;]|(?<![0-9]),|,(?![0-9])")  # a comma between digits is part of a number
_NOT = re.compile(r"not\s*\((.+)\)|not\s+(.+)", re.IGNORECASE)


class GuessedColumn(NamedTuple):
    """A fact as its author would write it, and each cell of its column."""

    fact: dict[str, Any]
    cells: tuple[str, ...]


def guessed(name: str, label: str, cells: Sequence[str], language: str) -> GuessedColumn:
    """The fact that a column with these cells asks about: yes or no, a number, or one of the texts in it."""
    texts = [readable(cell) for cell in cells]
    frame = {"fact": name, "kind": "", "ask": phrase("guessed_ask", language, name=label), "label": label}
    spoken = [text for text in texts if text.lower() not in _ANY]
    if spoken and all(text.lower() in _YES | _NO for text in spoken):
        yes_no = ("yes" if text.lower() in _YES else "no" if text.lower() in _NO else ANYTHING for text in texts)
        return GuessedColumn({**frame, "kind": "yes_no"}, tuple(yes_no))
    numbers = [as_numbers(text) for text in texts]
    if spoken and None not in numbers:
        is_whole = not any(_NOT_FROM_0.search(text.replace("..", " ")) for text in spoken)
        kind = "whole_number" if is_whole else "number"
        return GuessedColumn({**frame, "kind": kind}, tuple(number or ANYTHING for number in numbers))
    return _choice(frame, texts, language)


def as_numbers(text: str) -> str | None:
    """The numbers that a cell means, as a rulebook writes them; None if it is about no numbers."""
    if text.lower() in _ANY:
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


def _choice(frame: dict[str, Any], texts: Sequence[str], language: str) -> GuessedColumn:
    """One of the texts in the cells, or something else; texts that differ in capitals alone are one."""
    names, labels = FreshNames(), dict[str, str]()
    by_text: dict[str, str] = {}

    def named(text: str) -> str:
        key = text.casefold()
        if key not in by_text:
            by_text[key] = names.new_value(text, "value")
            labels[by_text[key]] = text
        return by_text[key]

    cells = tuple(_alternatives(text, named) for text in texts)
    others = names.new("something_else", "something_else")
    labels[others] = phrase("something_else", language)
    fact = {**frame, "kind": "choice", "values": list(labels), "labels": labels}
    return GuessedColumn(fact, cells)


def _alternatives(text: str, named: Any) -> str:
    if text.lower() in _ANY:
        return ANYTHING
    negated = _NOT.fullmatch(text)
    inner = (negated[1] or negated[2]) if negated else text
    names = [named(piece.strip().strip('"')) for piece in _APART.split(inner) if piece.strip().strip('"')]
    return ("not " if negated else "") + BETWEEN.join(dict.fromkeys(names)) if names else ANYTHING
