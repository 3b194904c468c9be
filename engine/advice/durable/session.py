"""Productions -> rulesets, and one case at a time through them.

What durable-rules cannot cope with is kept from it here: a session is deleted only after a rule has fired in it, one
constant session id is used under a lock, an element is asserted once in a ruleset and only if some rule of it matches
it, and numbers are whole. Its C core is driven directly: the Python wrapper around it swallows every exception of an
action, gives up after ten seconds, and takes two thirds of the time (docs/durable-rules.md).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from ...language.brief import brief
from ...language.case import CaseFacts
from ...language.problems import EngineDisagreement, Problem, Sentence, WhytuneError
from ...language.rulebook import Condition, Rulebook
from ...language.vocabulary import Fact, Vocabulary
from ...meaning.semantics import test
from ..forks import Turns
from .limits import fit
from .productions import Element, Production, fact_element, relay_of, stages
from .ruleset import BEGIN, KnownElements, Ruleset

KEPT_RUNS = 2_000
"""How many runs of single rulesets an engine keeps: 2 kB each for the guide, 17 for a rulebook of 500 rules."""
CHECK_EVERY = 1_000
"""One in this many cases that went through kept runs is fired again and compared."""

_EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
"""How close to 1970 durable-rules fails, as measured: one minute."""


class SessionRun(NamedTuple):
    """What happened in one case: the productions that fired, each after those it rests on, and the values they gave."""

    fired: tuple[Production, ...]
    values: Mapping[Element, str]


class _Gave(NamedTuple):
    """What one ruleset gave: the numbers of the productions that fired, and their values."""

    fired: tuple[int, ...]
    values: Mapping[Element, str]

    def __repr__(self) -> str:
        return brief(self)


class Engine:
    """One rulebook in durable-rules. Safe to use from several threads, which take turns, and in a forked child.

    durable-rules never frees a ruleset: make one Engine for a rulebook, not one for a case.
    Raises WhytuneError: engine-missing, too-many-rules.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self.productions, parts = fit(stages(rulebook))
        self._conditions = _conditions(rulebook)
        self._elements = _elements(rulebook.vocabulary)
        self._turns = Turns()
        self._session = 1
        self._core = _core()
        self.rulesets = [Ruleset(self._core, {index: self.productions[index] for index in part}) for part in parts]
        self._kept = OrderedDict[Hashable, _Gave]()
        self._count = 0

    def run(self, facts: CaseFacts, *, afresh: bool = False) -> SessionRun:
        """What fires over these facts; raises EngineDisagreement if durable-rules refuses something.

        A ruleset that is told what it was told before gives what it gave then, and is not fired again but for one case
        in a thousand, to compare; with `afresh` all of them are. Raises WhytuneError: clock-unset.
        """
        _check_clock()
        with self._turns:
            run = self._through(facts, {} if afresh else self._kept)
            while len(self._kept) > KEPT_RUNS:
                self._kept.popitem(last=False)
            self._count += not afresh
            if not afresh and self._count % CHECK_EVERY == 0 and self._through(facts, {}) != run:
                self._kept.clear()
                raise EngineDisagreement("durable-rules gives otherwise than before for what it was told before")
            return run

    def forget(self) -> None:
        """Keeps nothing of what rulesets gave until now."""
        with self._turns:
            self._kept.clear()

    def _through(self, facts: CaseFacts, kept: dict[Hashable, _Gave]) -> SessionRun:
        """Feeds one ruleset after the other with what is known, and with what those before it gave."""
        knowledge = facts.knowledge
        known: KnownElements | None = None
        fired = list[int]()
        values: dict[Element, str] = {}
        for number, ruleset in enumerate(self.rulesets):
            key = number, *map(knowledge.get, ruleset.subjects), *map(values.get, ruleset.from_before)
            gave = kept.pop(key, None)
            if gave is None:
                known = dict(self._known(facts)) if known is None else known
                gave = self._fire(ruleset, known, values)
            kept[key] = gave
            fired += gave.fired
            values.update(gave.values)
        return SessionRun(tuple([self.productions[index] for index in sorted(fired)]), values)

    def _fire(self, ruleset: Ruleset, known: KnownElements, given_before: Mapping[Element, str]) -> _Gave:
        """Fires one ruleset in rounds: all that can fire, then what that gave is asserted at once."""
        session = str(self._session)
        self._session += 1  # if this run is cut short, or a child forked in it, nobody meets what it leaves
        try:
            gave = self._rounds(ruleset, session, list(ruleset.opening(known, given_before)))
        except self._core.error as error:
            raise EngineDisagreement(f"durable-rules gave up: {error}") from None
        self._session -= 1
        return gave

    def _rounds(self, ruleset: Ruleset, session: str, asserted: list[str]) -> _Gave:
        core, handle, actions = self._core, ruleset.handle, ruleset.actions
        fired = list[int]()
        values: dict[Element, str] = {}
        opening = f'{{"sid":"{session}",'
        while asserted:
            state = _accepted(core.assert_facts(handle, f"[{opening}{f',{opening}'.join(asserted)}]"))
            asserted = []
            action = core.start_action_for_state(handle, state)
            message: str | None = action[1] if action else None
            while message:
                name = message.split('"', 2)[1]  # the message is {"<rule>": {...}}
                for index, element, value, written in actions[int(name)] if name != BEGIN else ():
                    fired.append(index)
                    earlier = values.get(element)
                    if earlier is None:
                        values[element] = value
                        if written:
                            asserted.append(written)
                    elif earlier != value:
                        raise EngineDisagreement(f"{element} became both {earlier} and {value}")
                message = core.complete_and_start_action(handle, state)
        core.delete_state(handle, session)
        return _Gave(tuple(fired), values)

    def _known(self, facts: CaseFacts) -> Iterator[tuple[Element, str | Decimal]]:
        """What is known of each fact, as elements of working memory."""
        knowledge = facts.knowledge
        for subject, fact, element in self._elements:
            known = knowledge.get(subject)
            if known is None:
                continue
            if isinstance(known, frozenset):
                yield from self._decided(subject, known)
            elif element.kind == "subject":
                yield element, known
            else:
                value = facts.states[fact.fact].value
                yield element, value if isinstance(value, Decimal) else fact.some_number(subject, known)

    def _decided(self, subject: str, values: frozenset[str]) -> Iterator[tuple[Element, str]]:
        """The conditions on a partly known subject that hold for all these values, or for none of them."""
        for condition in self._conditions.get(subject, ()):
            truth = test(condition, {subject: values})
            if truth is not None:
                yield relay_of(condition), "yes" if truth else "no"


def _elements(vocabulary: Vocabulary) -> list[tuple[str, Fact, Element]]:
    """Each subject of a fact with the element that holds it, or that holds its number."""
    facts = sorted(vocabulary.facts, key=lambda fact: fact.fact)
    return [
        (subject, fact, fact_element(fact, subject))
        for fact in facts
        for subject in vocabulary.domains[fact.fact].subjects
    ]


def _conditions(rulebook: Rulebook) -> dict[str, tuple[Condition, ...]]:
    """All conditions of rules, by subject; those that accept the same values are one."""
    conditions: dict[str, dict[frozenset[str], Condition]] = {}
    tested = [*(premise.conditions() for premise in rulebook.premises.values()), *rulebook.applies_if.values()]
    for some in tested:
        for condition in some:
            conditions.setdefault(condition.subject, {})[condition.accepts] = condition
    return {subject: tuple(some.values()) for subject, some in conditions.items()}


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
