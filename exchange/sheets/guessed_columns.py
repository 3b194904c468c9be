"""The cells of a column that anybody wrote -> the kind of fact that it asks about, and each cell as in a rulebook."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from whytune.engine.language.loading.cells import ANYTHING
from whytune.engine.language.problems import Sentence, short
from whytune.engine.words.catalogue import phrase

from ..fresh_names import FreshNames, readable
from ..yaml_text import InlineMap
from .cell_numbers import ANY, CellNumbers, are_compared, may_be_two_numbers, numbers_in
from .workbook import BETWEEN

_YES = frozenset(
    {"yes", "y", "true", "是", "有", "对", "ja", "wahr", "oui", "vrai", "sí", "si", "verdadero", "sim", "да", "✓", "✔"}
)
_NO = frozenset(
    {"no", "n", "false", "否", "无", "错", "nein", "falsch", "non", "faux", "falso", "não", "nao", "нет", "✗", "✘"}
)
_APART = re.compile(r"[|;]|(?<![0-9]),|,(?![0-9])")  # a comma between digits is part of a number
_NOT = re.compile(r"not\s*\((.+)\)|not\s+(.+)", re.IGNORECASE)


class GuessedColumn(NamedTuple):
    """A fact as its author would write it, each cell of its column, and what is wrong with some of them."""

    fact: dict[str, Any]
    cells: tuple[str, ...]
    wrong: Mapping[int, Sentence] = {}
    are_days: bool = False


def guessed(name: str, label: str, cells: Sequence[str], language: str) -> GuessedColumn:
    """The fact that a column with these cells asks about: yes or no, a number, or one of the texts in it."""
    texts = [readable(cell) for cell in cells]
    frame = {"fact": name, "kind": "", "ask": phrase("guessed_ask", language, name=label), "label": label}
    spoken = [text for text in texts if text.lower() not in ANY]
    if spoken and all(text.lower() in _YES | _NO for text in spoken):
        yes_no = ("yes" if text.lower() in _YES else "no" if text.lower() in _NO else ANYTHING for text in texts)
        return GuessedColumn({**frame, "kind": "yes_no"}, tuple(yes_no))
    numbers = numbers_in(texts)
    are_counted = numbers.are_meant or numbers.are_days or are_compared(texts, numbers.cells)
    if are_counted or may_be_two_numbers(texts):
        return _counted(frame, texts, numbers, language)
    return _choice(frame, texts, language)


def _counted(frame: dict[str, Any], texts: Sequence[str], numbers: CellNumbers, language: str) -> GuessedColumn:
    """A number, or a day as one; cells that are not numbers in a column of numbers are wrong."""
    wrong = {
        at: Sentence("`{text}` is no number, as others in its column are", text=short(texts[at]))
        for at, cell in enumerate(numbers.cells)
        if cell is None
    }
    cells = tuple(cell or ANYTHING for cell in numbers.cells)
    if numbers.are_days:
        unit = {"unit": phrase("days_since_1970", language), "range": InlineMap({"min": "-719162"})}
        return GuessedColumn({**frame, "kind": "whole_number", **unit}, cells, wrong, are_days=True)
    unit = {"unit": numbers.unit} if numbers.unit else {}
    kind = "whole_number" if numbers.are_whole else "number"
    return GuessedColumn({**frame, "kind": kind, **unit}, cells, wrong)


def _choice(frame: dict[str, Any], texts: Sequence[str], language: str) -> GuessedColumn:
    """One of the texts in the cells, or something else; texts that differ only in capitals are one."""
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
    if text.lower() in ANY:
        return ANYTHING
    negated = _NOT.fullmatch(text)
    inner = (negated[1] or negated[2]) if negated else text
    names = [named(piece.strip().strip('"')) for piece in _APART.split(inner) if piece.strip().strip('"')]
    return ("not " if negated else "") + BETWEEN.join(dict.fromkeys(names)) if names else ANYTHING
