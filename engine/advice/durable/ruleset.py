"""Some productions -> one durable-rules ruleset: what it is told of a case, and what its rules give.

Productions that wait for the same matches become one durable rule that does what all of them do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from math import isqrt
from typing import Any

from ...language.intervals import Interval
from ...language.numerals import MAX_PLACES
from ...language.text import EXACT
from .limits import MAX_USERS
from .productions import START, Element, Match, Production

BEGIN = "begin"
"""The rule that fires last in every session, so that no session is deleted unfired."""

KnownElements = Mapping[Element, str | Decimal]
"""What is known of elements: a value, or a number."""
Action = tuple[int, Element, str, str | None]
"""One production: its index, its element and value, and the assertion of these (None if no rule here asks for them)."""


class Ruleset:
    """A ruleset of durable-rules, which never frees it. `actions` has what each of its rules gives, by its number.

    What it gives depends on what is known of `subjects` and on what rulesets before it gave for `from_before` alone.
    """

    def __init__(self, core: Any, numbered: Mapping[int, Production]) -> None:
        self._writing = _Writing(numbered.values())
        rules = _grouped(numbered)
        self.actions = [tuple(self._action(index, numbered[index]) for index in group) for group in rules.values()]
        gives = {production.element for production in numbered.values()}
        matched = {match.element for when in rules for match in when}
        self.from_before = sorted(matched - gives - {START})
        self.subjects = sorted({element.name for element in matched})
        self.handle: int = core.create_ruleset("rulebook", json.dumps(self._definition(rules)))

    def opening(self, known: KnownElements, given_before: Mapping[Element, str]) -> Iterator[str]:
        """What a session begins with, as text: what is known of the case, and what rulesets before this one gave."""
        asserted = self._writing.asserted
        yield asserted[START, "yes"]
        for element, value in known.items():
            text = (
                self._writing.number(element, value) if isinstance(value, Decimal) else asserted.get((element, value))
            )
            if text is not None:
                yield text
        for element in self.from_before if given_before else ():
            if (text := asserted.get((element, given_before.get(element, "")))) is not None:
                yield text

    def _action(self, index: int, production: Production) -> Action:
        written = self._writing.asserted.get((production.element, production.value))
        return index, production.element, production.value, written

    def _definition(self, rules: Iterable[tuple[Match, ...]]) -> dict[str, Any]:
        pattern = self._writing.pattern
        whens = {**{str(index): when for index, when in enumerate(rules)}, BEGIN: (Match(START, "yes"),)}
        return {
            name: {"pri": priority, "all": [{f"m{i}": pattern(match)} for i, match in enumerate(when)]}
            for priority, (name, when) in enumerate(whens.items(), start=1)
        }


class _Writing:
    """How elements are written for durable-rules: each (element, value) by the name of a property, in groups.

    The core finds the nodes that test a property by its name, but tries nodes that compare values one after the other.

    `asserted` has the text (except the session) of every element and value that some rule matches: durable-rules
    refuses any other. A number is written for the stretch of a few intervals that it lies in.
    """

    def __init__(self, fitted: Iterable[Production]) -> None:
        matched = {match for production in fitted for match in production.when} | {Match(START, "yes")}
        self._stretch = _stretches(matched)
        keys = sorted({self._stretch.get(match, match) for match in matched}, key=lambda key: (key[0], str(key[1])))
        width = isqrt(len(keys))
        self._tests = {key: [{f"g{index // width}": 1}, {f"x{index}": 1}] for index, key in enumerate(keys)}
        self.asserted: Mapping[tuple[Element, str | Interval], str] = {
            key: json.dumps({name: text for test in tests for name, text in test.items()})[1:]
            for key, tests in self._tests.items()
        }
        self._numbers: dict[Element, list[tuple[Interval, str]]] = {}
        for element, stretch in keys:
            if isinstance(stretch, Interval):
                self._numbers.setdefault(element, []).append((stretch, self.asserted[element, stretch]))

    def number(self, element: Element, value: Decimal) -> str | None:
        """A number, as text; None if no rule asks for it."""
        stretches = self._numbers.get(element, ())
        written = next((written for stretch, written in stretches if stretch.holds(value)), None)
        return None if written is None else f'"n":{_scaled(element, value)},{written}'

    def pattern(self, match: Match) -> dict[str, Any]:
        tests: list[dict[str, Any]] = list(self._tests[self._stretch.get(match, match)])
        if isinstance(match.value, Interval):
            bounds = (("$gte", match.value.low), ("$lt", match.value.high))
            tests += [{test: {"n": _scaled(match.element, bound)}} for test, bound in bounds if bound is not None]
        return {"$and": tests} if len(tests) > 1 else tests[0]


def _stretches(matched: Iterable[Match]) -> dict[Match, Match]:
    """For each interval that an element is matched with, the stretch of a few neighbours that it is part of."""
    intervals: dict[Element, list[Interval]] = {}
    for match in matched:
        if isinstance(match.value, Interval):
            intervals.setdefault(match.element, []).append(match.value)
    stretches: dict[Match, Match] = {}
    for element, pieces in intervals.items():
        pieces.sort(key=lambda piece: (piece.low is not None, piece.low))
        for start in range(0, len(pieces), MAX_USERS):
            few = pieces[start : start + MAX_USERS]
            stretch = Match(element, Interval(few[0].low, few[-1].high))
            stretches.update((Match(element, piece), stretch) for piece in few)
    return stretches


def _grouped(numbered: Mapping[int, Production]) -> dict[tuple[Match, ...], list[int]]:
    """What productions wait for, in order of first occurrence, with the numbers of those that wait for it."""
    groups: dict[tuple[Match, ...], list[int]] = {}
    for index, production in numbered.items():
        groups.setdefault(production.when, []).append(index)
    return groups


def _scaled(element: Element, number: Decimal) -> int:
    """The number counted in the element's unit: whole, so that durable-rules compares it exactly."""
    return int(number if element.kind == "whole" else number.scaleb(MAX_PLACES, EXACT))
