"""A second reading of cases: what can come out of one by docs/language.md, one completion after the other.

It reads rulebook and case as YAML holds them and uses nothing of the engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_FLOOR, Decimal
from itertools import product
from math import prod
from typing import Any, NamedTuple

from .second_reading import Reading, is_within, listed, members, passes

Value = str | Decimal
Known = dict[str, list[Value]]
"""Fact, or member of several, -> the values that it may have."""

SMALLEST = Decimal("0.000001")
"""The step of a number that need not be whole: it has at most six decimal places."""

MOST = 400
"""Completions that are read one by one."""


class TooMany(Exception):
    """More completions than are read one by one."""


class Contradiction(Exception):
    """No numbers that the case allows are in the order that bounds ask for."""


class Answer(NamedTuple):
    """What comes out of one decision; `outcome` is None if several do as assumed."""

    outcome: str | None
    status: str
    possible: frozenset[str]
    as_assumed: frozenset[str]
    cautions: frozenset[str]


class CaseReading:
    """A rulebook as data, of which cases are asked."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.facts = {name: fact for fact in document["facts"] for name in members(fact)}
        self.bounds = list(_bounds(document["facts"]))
        self.cells = _cells_of(document.get("tables", ()))
        self.readings: dict[tuple[Value, ...], Reading] = {}

    def answers(self, given: Mapping[str, Any]) -> dict[str, Answer]:
        """The answer to each decision; raises Contradiction, and TooMany where that takes too many readings."""
        numbers = self.numbers(given)
        known = {name: self.known(name, fact, given.get(name), numbers) for name, fact in self.facts.items()}
        certain = list(self.completions(known))
        if not certain:
            raise Contradiction
        assumed = list(self.completions(self.with_assumptions(known, given, numbers, certain)))
        return {
            decision["decision"]: _answer(decision["decision"], self.read(certain), self.read(assumed))
            for decision in self.document["decisions"]
        }

    # what is known

    def known(self, name: str, fact: Mapping[str, Any], written: Any, numbers: list[Decimal]) -> list[Value]:
        """The values that the fact may have by what is written of it; of None or `unknown`, all."""
        every = self.values(fact, numbers)
        if written is None or written == "unknown":
            return every
        return [value for value in every if self.is_meant(fact, value, written)]

    def values(self, fact: Mapping[str, Any], numbers: list[Decimal]) -> list[Value]:
        """All values of a fact; of a number one for each piece between the numbers that are named, and these."""
        if fact["kind"] in ("yes_no", "choices"):
            return ["yes", "no"]
        if fact["kind"] == "choice":
            return list(fact["values"])
        lowest, highest = _range(fact)
        points = sorted({point for number in numbers for point in _near(number, fact["kind"])})
        allowed = (p for p in points if (lowest is None or p >= lowest) and (highest is None or p <= highest))
        return list({tuple((p > number) + (p >= number) for number in numbers): p for p in allowed}.values())

    def numbers(self, given: Mapping[str, Any]) -> list[Decimal]:
        """Every number that anything names, of whichever fact: so numbers that bound each other share their pieces."""
        facts = [fact for fact in self.document["facts"] if fact["kind"] in ("whole_number", "number")]
        names = {fact["fact"] for fact in facts}
        cells = (cell for name in names for cell in self.cells.get(name, ()))
        said = (given[name] for name in names & set(given))
        cuts = [band["cut_at"] for fact in facts for band in fact.get("bands", ())]
        own = [[fact.get("assume"), fact.get("range")] for fact in facts]
        return sorted({Decimal(0), *_numbers_in([*cells, *said, *cuts, *own])})

    def is_meant(self, fact: Mapping[str, Any], value: Value, written: Any) -> bool:
        """Is the value among what a case or an assumption says of the fact?"""
        if isinstance(written, Mapping):
            return all(self.is_meant_by(fact, value, key, inner) for key, inner in written.items())
        if isinstance(written, list):
            return any(self.is_meant(fact, value, one) for one in written)
        text = str(written).strip()
        if fact.get("open") and not set(re.split(r"\W+", text)) & _names_of(fact):
            return value == "other"
        if text.startswith("not "):
            return not self.is_meant(fact, value, text.removeprefix("not "))
        if "|" in text:
            return any(self.is_meant(fact, value, part) for part in text.split("|"))
        if " and " in text:
            return all(self.is_meant(fact, value, part) for part in text.split(" and "))
        if isinstance(value, Decimal):
            return _is_in_piece(fact, value, text) if text[0].isalpha() else is_within(value, text)
        groups = {group["group"]: group["values"] for group in fact.get("groups", ())}
        return value == text or value in groups.get(text, ()) or (text.startswith("other:") and value == "other")

    def is_meant_by(self, fact: Mapping[str, Any], value: Value, key: str, inner: Any) -> bool:
        """The same for one entry of a map: `one_of`, `not`, `other`, or the end of a stretch of numbers."""
        if key == "not":
            return not self.is_meant(fact, value, listed(inner))
        if key == "one_of":
            return self.is_meant(fact, value, inner)
        if key == "other":
            return value == "other"
        return is_within(Decimal(value), f"{SIGNS[key]} {inner}")

    # completions

    def with_assumptions(
        self, known: Known, given: Mapping[str, Any], numbers: list[Decimal], certain: list[dict[str, Value]]
    ) -> Known:
        """What is known while assumptions hold: of facts of which nothing is said, unless that could not be."""
        known = dict(known)
        for name, fact in self.facts.items():
            if name in given or "assume" not in fact:
                continue
            assumed = self.assumed(name, fact, numbers)
            if {completion[name] for completion in certain} & set(assumed):
                known[name] = self.alike(fact, assumed, numbers)
        return known

    def assumed(self, name: str, fact: Mapping[str, Any], numbers: list[Decimal]) -> list[Value]:
        if fact["kind"] == "choices":
            return ["yes" if name.partition(".")[2] in listed(fact["assume"]) else "no"]
        return self.known(name, fact, fact["assume"], numbers)

    def alike(self, fact: Mapping[str, Any], assumed: list[Value], numbers: list[Decimal]) -> list[Value]:
        """The values that rules cannot tell from the assumed ones: no more does an assumption limit other numbers."""
        pieces = {self.piece(fact, value) for value in assumed}
        return [value for value in self.values(fact, numbers) if self.piece(fact, value) in pieces]

    def piece(self, fact: Mapping[str, Any], value: Value) -> object:
        """What rules can tell of a value of the fact."""
        if isinstance(value, str):
            return value
        cells = self.cells.get(fact["fact"], ())
        stretches = (stretch for cell in cells for stretch in re.split(r"not |\|", cell) if stretch.strip("- "))
        passed = (passes(value, cut) for band in fact.get("bands", ()) for cut in listed(band["cut_at"]))
        return *passed, *(is_within(value, stretch.strip()) for stretch in stretches)

    def completions(self, known: Known) -> Iterator[dict[str, Value]]:
        """A value of every fact, for each way in which they may turn out."""
        if prod(map(len, known.values())) > MOST:
            raise TooMany
        for values in product(*known.values()):
            completion = dict(zip(known, values, strict=True))
            if all(Decimal(completion[low]) <= Decimal(completion[high]) for low, high in self.bounds):
                yield completion

    def read(self, completions: Iterable[Mapping[str, Value]]) -> list[Reading]:
        return [self.reading(completion) for completion in completions]

    def reading(self, completion: Mapping[str, Value]) -> Reading:
        key = tuple(completion.values())
        if key not in self.readings:
            self.readings[key] = Reading(self.document, completion)
        return self.readings[key]


SIGNS = {"at_least": ">=", "above": ">", "at_most": "<=", "below": "<"}


def _answer(decision: str, certain: list[Reading], assumed: list[Reading]) -> Answer:
    possible = frozenset(reading.advice(decision) for reading in certain)
    as_assumed = frozenset(reading.advice(decision) for reading in assumed)
    status = "settled" if len(possible) == 1 else "provisional" if len(as_assumed) == 1 else "open"
    if status == "open":
        return Answer(None, status, possible, as_assumed, frozenset())
    cautions = frozenset.intersection(*(frozenset(reading.cautions(decision)) for reading in assumed))
    return Answer(min(as_assumed), status, possible, as_assumed, cautions)


def _cells_of(tables: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """What the cells of all tables say, by the name of their column."""
    cells: dict[str, list[str]] = {}
    for table in tables:
        for row in table["rows"]:
            for column, cell in zip(table["columns"], row, strict=True):
                cells.setdefault(column, []).append(" | ".join(listed(cell)))
    return cells


def _bounds(facts: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Each two numbers of which the first is never more than the second."""
    for fact in facts:
        if "at_most" in fact:
            yield fact["fact"], fact["at_most"]
        if "at_least" in fact:
            yield fact["at_least"], fact["fact"]


def _range(fact: Mapping[str, Any]) -> tuple[Decimal | None, Decimal | None]:
    """The least and the greatest value; a whole number counts from 0 unless it says otherwise."""
    limits = {"min": 0} if fact["kind"] == "whole_number" and "range" not in fact else fact.get("range", {})
    low, high = (Decimal(str(limits[end])) if end in limits else None for end in ("min", "max"))
    return low, high


def _near(number: Decimal, kind: str) -> tuple[Decimal, ...]:
    """The number, if the fact can have it, and its neighbours."""
    if kind == "number":
        return number - SMALLEST, number, number + SMALLEST
    low = number.to_integral_value(ROUND_FLOOR)
    return low - 1, low, low + 1, low + 2


def _numbers_in(written: Any) -> Iterator[Decimal]:
    """Every number in texts, lists and maps."""
    if isinstance(written, Mapping):
        written = list(written.values())
    if isinstance(written, list):
        for one in written:
            yield from _numbers_in(one)
    elif written is not None:
        yield from map(Decimal, re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?", str(written).replace("..", " ")))


def _names_of(fact: Mapping[str, Any]) -> set[str]:
    return {*fact["values"], *(group["group"] for group in fact.get("groups", ())), "unknown"}


def _is_in_piece(fact: Mapping[str, Any], number: Decimal, name: str) -> bool:
    """Does the number lie in a piece of this name?"""
    return any(
        band["values"][sum(passes(number, cut) for cut in listed(band["cut_at"]))] == name
        for band in fact.get("bands", ())
    )
