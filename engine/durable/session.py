"""Productions -> a durable-rules ruleset, and one case at a time through it.

What durable-rules must never meet is kept from it here: a session is deleted only after a rule has fired in it, one
constant session id is used under a lock, an element is asserted once and only if some rule matches it, and numbers
are whole. Its C core is driven directly: the Python wrapper around it swallows every exception of an action, gives
up after ten seconds, and takes two thirds of the time (docs/durable-rules.md).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from ..case import CaseFacts
from ..problems import EngineDisagreement, Problem, WhytuneError
from ..rulebook import Rulebook
from ..text import MAX_PLACES
from ..vocabulary import Interval
from .limits import SHARD, fit
from .productions import START, Element, Match, Production, number_element, productions

_BEGIN = "begin"
"""The rule that fires in every session, last, so that no session is deleted unfired."""


class Run(NamedTuple):
    """What happened in one case: the productions in the order in which they fired, and the value of each element."""

    fired: tuple[Production, ...]
    values: Mapping[Element, str]


class Engine:
    """One rulebook in durable-rules. Safe to use from several threads, which take turns.

    durable-rules never frees a ruleset: make one Engine for a rulebook, not one for a case.
    Raises WhytuneError: engine-missing, too-many-rules.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self.productions = fit(productions(rulebook))
        self._writing = _Writing(self.productions)
        self._lock = threading.Lock()
        self._session = 1
        self._core = _core()
        self._handle: int = self._core.create_ruleset("rulebook", json.dumps(dict(self._definition())))

    def run(self, facts: CaseFacts) -> Run:
        """Fires the rulebook over these facts; raises EngineDisagreement if durable-rules refuses something."""
        with self._lock:
            session = str(self._session)
            self._session += 1  # if this run is cut short, nobody meets what it leaves behind
            run = self._fire(self._initial(facts), session)
            self._core.delete_state(self._handle, session)
            self._session -= 1
            return run

    def _fire(self, elements: Iterable[str], session: str) -> Run:
        core, handle, written = self._core, self._handle, self._writing.asserted
        opening = f'{{"sid":"{session}",'
        state = _accepted(core.assert_facts(handle, f"[{','.join(opening + element for element in elements)}]"))
        fired: list[Production] = []
        values: dict[Element, str] = {}
        found = core.start_action_for_state(handle, state)
        message: str | None = found[1] if found else None
        while message:
            name = message.split('"', 2)[1]  # the message is {"<rule>": {...}}
            if name != _BEGIN:
                production = self.productions[int(name)]
                fired.append(production)
                known = values.get(production.element)
                if known is None:
                    values[production.element] = production.value
                    if element := written.get((production.element, production.value)):
                        _accepted(core.assert_fact(handle, opening + element))
                elif known != production.value:
                    raise EngineDisagreement(f"{production.element} became both {known} and {production.value}")
            message = core.complete_and_start_action(handle, state)
        return Run(tuple(fired), values)

    def _initial(self, facts: CaseFacts) -> Iterable[str]:
        writing = self._writing
        yield writing.asserted[START, "yes"]
        for fact, cell in sorted(facts.cells.items()):
            domain, value = facts.vocabulary.domains[fact], facts.states[fact].value
            for subject, values in domain.subjects.items():
                if isinstance(value, Decimal):
                    yield writing.number(number_element(domain.fact, subject), value)
                elif element := writing.asserted.get((Element("subject", subject), values[cell])):
                    yield element

    def _definition(self) -> Iterable[tuple[str, dict[str, Any]]]:
        for index, production in enumerate(self.productions):
            patterns = [{f"m{position}": self._writing.pattern(match)} for position, match in enumerate(production.when)]
            yield str(index), {"pri": index + 1, "all": patterns}
        yield _BEGIN, {"pri": len(self.productions) + 1, "all": [{"m0": self._writing.pattern(Match(START, "yes"))}]}


class _Writing:
    """How elements are written for durable-rules: each (element, value) by one short name, in shards of not too many.

    `asserted` has the text (but for the session) of every element and value that some rule matches: durable-rules
    refuses the others.
    """

    def __init__(self, fitted: Iterable[Production]) -> None:
        matched = {match for production in fitted for match in production.when} | {Match(START, "yes")}
        keys = sorted({_key(match) for match in matched})
        self._tests = {key: [{"x": str(index)}] for index, key in enumerate(keys)}
        for index, key in enumerate(keys[SHARD:], start=SHARD):  # the first stand at the root, the others one node below
            self._tests[key].insert(0, {"shard": str(index // SHARD)})
        self._written = {key: json.dumps({name: text for test in tests for name, text in test.items()})[1:]
                         for key, tests in self._tests.items()}
        self.asserted = {key: self._written[key] for key in keys if key[1]}

    def number(self, element: Element, value: Decimal) -> str:
        return f'"n":{_scaled(element, value)},{self._written[element, ""]}'

    def pattern(self, match: Match) -> dict[str, Any]:
        tests: list[dict[str, Any]] = list(self._tests[_key(match)])
        if isinstance(match.value, Interval):
            bounds = (("$gte", match.value.low), ("$lt", match.value.high))
            tests += [{operator: {"n": _scaled(match.element, bound)}} for operator, bound in bounds if bound is not None]
        return {"$and": tests} if len(tests) > 1 else tests[0]


def _key(match: Match) -> tuple[Element, str]:
    return match.element, match.value if isinstance(match.value, str) else ""


def _scaled(element: Element, number: Decimal) -> int:
    """The number counted in the element's unit: whole, so that durable-rules compares it exactly."""
    return int(number if element.kind == "whole" else number.scaleb(MAX_PLACES))


def _accepted(result: tuple[int, int]) -> int:
    """The state that durable-rules gives back when it has taken in a fact."""
    code, state = result
    if code:
        raise EngineDisagreement(f"durable-rules refused a fact with code {code}")
    return state


def _core() -> Any:
    try:
        import durable_rules_engine
    except ImportError as error:
        if "undefined symbol" in str(error):
            message = "durable-rules was built without the cure that this Python needs"
            hint = ("CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject "
                    "pip install --force-reinstall --no-cache-dir --no-deps durable-rules")
        else:
            message = "durable-rules is not installed"
            hint = "pip install durable-rules (it needs a C compiler)"
        raise WhytuneError([Problem("engine-missing", message, None, hint)]) from None
    return durable_rules_engine
