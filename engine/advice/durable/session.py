"""Productions -> a durable-rules ruleset, and one case at a time through it.

Productions that wait for the same matches become one durable rule that does what all of them do. What durable-rules
cannot cope with is kept from it here: a session is deleted only after a rule has fired in it, one
constant session id is used under a lock, an element is asserted once and only if some rule matches it, and numbers
are whole. Its C core is driven directly: the Python wrapper around it swallows every exception of an action, gives
up after ten seconds, and takes two thirds of the time (docs/durable-rules.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from math import isqrt
from typing import Any, NamedTuple

from ...language.case import CaseFacts
from ...language.intervals import Interval
from ...language.numerals import MAX_PLACES
from ...language.problems import EngineDisagreement, Problem, Sentence, WhytuneError
from ...language.rulebook import Condition, Rulebook
from ...language.text import EXACT
from ...meaning.semantics import test
from ..forks import Turns
from .limits import MAX_USERS, fit
from .productions import START, Element, Match, Production, number_element, productions, relay_of

_BEGIN = "begin"
"""The rule that fires last in every session, so that no session is deleted unfired."""


_EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
"""How close to 1970 durable-rules fails, as measured: one minute."""


class SessionRun(NamedTuple):
    """What happened in one case: the productions that fired, each after those it rests on, and the values they gave."""

    fired: tuple[Production, ...]
    values: Mapping[Element, str]


_Action = tuple[int, Element, str, str | None]
"""One production: its index, its element and value, and the assertion of these (None if no rule asks for them)."""


class Engine:
    """One rulebook in durable-rules. Safe to use from several threads, which take turns, and in a forked child.

    durable-rules never frees a ruleset: make one Engine for a rulebook, not one for a case.
    Raises WhytuneError: engine-missing, too-many-rules.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self.productions = fit(productions(rulebook))
        self._writing = _Writing(self.productions)
        rules = _grouped(self.productions)
        self._actions = [tuple(map(self._action, group)) for group in rules.values()]
        self._conditions = _conditions(rulebook)
        self._turns = Turns()
        self._session = 1
        self._core = _core()
        self._handle: int = self._core.create_ruleset("rulebook", json.dumps(self._definition(rules)))

    def run(self, facts: CaseFacts) -> SessionRun:
        """Fires the rulebook over these facts; raises EngineDisagreement if durable-rules refuses something.

        Raises WhytuneError: clock-unset.
        """
        _check_clock()
        with self._turns:
            session = str(self._session)
            self._session += 1  # if this run is cut short, or a child forked in it, nobody meets what it leaves
            try:
                run = self._fire(self._initial(facts), session)
            except self._core.error as error:
                raise EngineDisagreement(f"durable-rules gave up: {error}") from None
            self._core.delete_state(self._handle, session)
            self._session -= 1
            return run

    def _fire(self, elements: Iterable[str], session: str) -> SessionRun:
        core, handle, actions = self._core, self._handle, self._actions
        opening = f'{{"sid":"{session}",'
        state = _accepted(core.assert_facts(handle, f"[{','.join(opening + element for element in elements)}]"))
        fired: list[int] = []
        values: dict[Element, str] = {}
        action = core.start_action_for_state(handle, state)
        message: str | None = action[1] if action else None
        while message:
            name = message.split('"', 2)[1]  # the message is {"<rule>": {...}}
            for index, element, value, written in actions[int(name)] if name != _BEGIN else ():
                fired.append(index)
                earlier = values.get(element)
                if earlier is None:
                    values[element] = value
                    if written:
                        _accepted(core.assert_fact(handle, opening + written))
                elif earlier != value:
                    raise EngineDisagreement(f"{element} became both {earlier} and {value}")
            message = core.complete_and_start_action(handle, state)
        return SessionRun(tuple(self.productions[index] for index in sorted(fired)), values)

    def _initial(self, facts: CaseFacts) -> Iterable[str]:
        writing = self._writing
        yield writing.asserted[START, "yes"]
        for fact in sorted(facts.places):
            domain, value = facts.vocabulary.domains[fact], facts.states[fact].value
            for subject in domain.subjects:
                known = facts.knowledge[subject]
                if isinstance(known, frozenset):
                    yield from self._decided(subject, known)
                elif domain.fact.is_number:
                    number = value if isinstance(value, Decimal) else domain.fact.some_number(subject, known)
                    yield writing.number(number_element(domain.fact, subject), number)
                elif element := writing.asserted.get((Element("subject", subject), known)):
                    yield element

    def _decided(self, subject: str, values: frozenset[str]) -> Iterable[str]:
        """The conditions on a partly known subject that hold for all these values, or for none of them."""
        for condition in self._conditions.get(subject, ()):
            truth = test(condition, {subject: values})
            if truth is not None:
                element = self._writing.asserted.get((relay_of(condition), "yes" if truth else "no"))
                yield from () if element is None else (element,)

    def _action(self, index: int) -> _Action:
        production = self.productions[index]
        written = self._writing.asserted.get((production.element, production.value))
        return index, production.element, production.value, written

    def _definition(self, rules: Iterable[tuple[Match, ...]]) -> dict[str, Any]:
        pattern = self._writing.pattern
        whens = {**{str(index): when for index, when in enumerate(rules)}, _BEGIN: (Match(START, "yes"),)}
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

    def number(self, element: Element, value: Decimal) -> str:
        written = next(written for stretch, written in self._numbers[element] if stretch.holds(value))
        return f'"n":{_scaled(element, value)},{written}'

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


def _conditions(rulebook: Rulebook) -> dict[str, tuple[Condition, ...]]:
    """All conditions of rules, by subject; those that accept the same values are one."""
    conditions: dict[str, dict[frozenset[str], Condition]] = {}
    tested = [*(premise.conditions() for premise in rulebook.premises.values()), *rulebook.applies_if.values()]
    for some in tested:
        for condition in some:
            conditions.setdefault(condition.subject, {})[condition.accepts] = condition
    return {subject: tuple(some.values()) for subject, some in conditions.items()}


def _grouped(fitted: Iterable[Production]) -> dict[tuple[Match, ...], list[int]]:
    """What productions wait for, in order of first occurrence, with the indices of those that wait for it."""
    groups: dict[tuple[Match, ...], list[int]] = {}
    for index, production in enumerate(fitted):
        groups.setdefault(production.when, []).append(index)
    return groups


def _scaled(element: Element, number: Decimal) -> int:
    """The number counted in the element's unit: whole, so that durable-rules compares it exactly."""
    return int(number if element.kind == "whole" else number.scaleb(MAX_PLACES, EXACT))


def _accepted(result: tuple[int, int]) -> int:
    """The state that durable-rules returns when it has accepted a fact."""
    code, state = result
    if code:
        raise EngineDisagreement(f"durable-rules refused a fact with code {code}")
    return state


def _check_clock() -> None:
    """Raises WhytuneError: clock-unset. durable-rules reads the clock itself, and crashes at a time near zero."""
    if (now := datetime.now(UTC)) < _EARLIEST:
        message = Sentence("the clock of this machine says that it is {day}", day=now.date())
        raise WhytuneError([Problem("clock-unset", message, None, Sentence("set it, then ask again"))])


def _core() -> Any:
    try:
        import durable_rules_engine
    except ImportError as error:
        message = Sentence("durable-rules is not installed")
        if "undefined symbol" in str(error):
            message = Sentence("durable-rules was built for another Python")
        hint = Sentence(
            "in a clone of whytune run `make wheels`, "
            "then `pip install --force-reinstall --no-deps --no-index --find-links dist durable-rules`"
        )
        raise WhytuneError([Problem("engine-missing", message, None, hint)]) from None
    return durable_rules_engine
