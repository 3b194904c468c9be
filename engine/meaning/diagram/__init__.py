"""Rulebook -> decision diagram: the function from cells to advice, in its one reduced and ordered form.

store    nodes, shared by all diagrams over the same facts
ground   the cells over which rulebooks are compared
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from ...language.rulebook import Condition, Decision, Premise, Rulebook
from ..semantics import advise, outcome, ranked
from .ground import Ground
from .store import MAX_NODES, MAX_NODES_TOGETHER, MAX_STEPS_TOGETHER, Diagrams, Node, Restriction

__all__ = [
    "MAX_NODES",
    "MAX_NODES_TOGETHER",
    "MAX_STEPS_TOGETHER",
    "DecisionDiagram",
    "Diagrams",
    "Ground",
    "Node",
    "Outlook",
    "Restriction",
    "Variant",
]


class Outlook(NamedTuple):
    """What can still come out of a decision: each sorted.

    `possible` is over all completions of the facts not given, `as_assumed` over those of the facts neither given
    nor assumed. `matters` holds the facts not given that can change the outcome, in question order.
    `next_question` is the first fact, neither given nor assumed, that can.
    """

    possible: tuple[str, ...]
    as_assumed: tuple[str, ...]
    matters: tuple[str, ...]
    next_question: str | None


class DecisionDiagram:
    """What a rulebook means in every cell: a root for each rule, conclusion, state of an option, and decision.

    Roots of rules, conclusions, `proposed`, `ruled_out` and `stands` have leaves True and False; a root of `advice`
    has outcomes as leaves; one of `left` the first two options that remain once standing kinds have displaced what
    they are kinds of. On a ground of several rulebooks diagrams can be compared. Raises WhytuneError:
    diagram-too-large.
    """

    def __init__(self, rulebook: Rulebook, max_nodes: int = MAX_NODES, ground: Ground | None = None) -> None:
        self.rulebook = rulebook
        self.ground = ground or Ground(rulebook, max_nodes=max_nodes)
        self.domains = self.ground.domains(rulebook)
        self.store = self.ground.store
        self.rules: dict[str, Node] = {}
        self.conclusions: dict[str, Node] = {}
        self.proposed: dict[tuple[str, str], Node] = {}
        self.ruled_out: dict[tuple[str, str], Node] = {}
        self.stands: dict[tuple[str, str], Node] = {}
        self.left: dict[str, Node] = {}
        self.advice: dict[str, Node] = {}
        self._tests: dict[tuple[str, frozenset[str]], Node] = {}
        self._outlook = lru_cache(maxsize=4_096)(self._look)  # many cases lie in the same cell
        for kind, name in rulebook.steps:
            if kind == "rule":
                self.rules[name] = self.premise(rulebook.premises[name])
            elif kind == "conclusion":
                self.conclusions[name] = self.store.any_of(self.rules[rule] for rule in rulebook.concluding[name])
            else:
                self.advice[name] = self._decide(rulebook.decision[name])
        if ground is None:
            self.store.forget()

    def test(self, subject: str, accepts: frozenset[str]) -> Node:
        """True where the subject has one of these values; known already for the conditions of all rules."""
        key = (subject, accepts)
        if key not in self._tests:
            self._tests[key] = self._test(subject, accepts)
        return self._tests[key]

    def _test(self, subject: str, accepts: frozenset[str]) -> Node:
        store = self.store
        if subject in self.conclusions:
            root = self.conclusions[subject]
            return store.any_of(root if value == "yes" else store.negate(root) for value in sorted(accepts))
        if subject in self.advice:
            return store.combine(partial(_within, accepts), self.advice[subject], name=("within", accepts))
        fact = self.rulebook.vocabulary.fact_of[subject].fact
        values = self.domains[fact].subjects[subject]
        return store.node(store.level[fact], tuple(store.leaf(value in accepts) for value in values))

    def outlook(self, decision: str, given: Restriction, known: Restriction) -> Outlook:
        """What can still come out where these facts are given, and these given or assumed."""
        return self._outlook(decision, tuple(given.items()), tuple(known.items()))

    def _look(self, decision: str, given: tuple[tuple[str, int], ...], known: tuple[tuple[str, int], ...]) -> Outlook:
        store, root = self.store, self.advice[decision]
        matters, urgent = store.matters(root, dict(given)), store.matters(root, dict(known))
        return Outlook(
            tuple(sorted(map(str, store.outcomes(root, dict(given))))),
            tuple(sorted(map(str, store.outcomes(root, dict(known))))),
            matters,
            urgent[0] if urgent else None,
        )

    def premise(self, premise: Premise) -> Node:
        """True where a rule with this premise is in force."""
        store = self.store
        parts = [self.all_hold(premise.all_of)]
        if premise.any_of:
            parts.append(store.any_of(self.all_hold(alternative) for alternative in premise.any_of))
        if premise.except_if:
            parts.append(store.negate(self.all_hold(premise.except_if)))
        return store.all_of(parts)

    def all_hold(self, conditions: Iterable[Condition]) -> Node:
        """True where all of these conditions hold."""
        return self.store.all_of(self.test(condition.subject, condition.accepts) for condition in conditions)

    def _decide(self, decision: Decision) -> Node:
        self._let_stand(decision)
        store, name = self.store, decision.decision
        left = store.leaf(())  # at most the first two of the options that remain, in the order in which they are ranked
        for option in ranked(decision):
            remains = self.remains(decision, option)
            left = store.combine(partial(_first_two, option), left, remains, name=("first_two", option))
        self.left[name] = left
        policies = (decision.if_none_stands.advise, decision.if_several_stand.prefer)
        return store.combine(partial(outcome, decision), left, name=("outcome", policies))

    def remains(self, decision: Decision, option: str) -> Node:
        """True where the option stands and no kind of it does."""
        kinds = self.store.any_of(self.stands[decision.decision, kind] for kind in sorted(decision.kinds[option]))
        return self.store.all_of((self.stands[decision.decision, option], self.store.negate(kinds)))

    def _let_stand(self, decision: Decision) -> None:
        store, name = self.store, decision.decision
        for option in (o.option for o in decision.options):
            key = (name, option)
            self.proposed[key] = store.any_of(self.rules[rule] for rule in self.rulebook.proposing[key])
            self.ruled_out[key] = store.any_of(self.rules[rule] for rule in self.rulebook.ruling_out[key])
            self.stands[key] = store.all_of((self.proposed[key], store.negate(self.ruled_out[key])))


class Variant(DecisionDiagram):
    """The rulebook of a diagram with other rules, as far as it takes to see whether it advises the same everywhere.

    As long as it does, it has the advice of the first; from the decision on in which it does not, it means nothing.
    """

    def __init__(self, rulebook: Rulebook, of: DecisionDiagram) -> None:
        self.of = of
        self.advises_the_same = True
        super().__init__(rulebook, ground=of.ground)

    def _decide(self, decision: Decision) -> Node:
        name = decision.decision
        if self.advises_the_same:
            self._let_stand(decision)
            options = [option.option for option in decision.options]
            ours, theirs = ([each.stands[name, option] for option in options] for each in (self, self.of))
            advised = partial(_advised, decision, options)
            self.advises_the_same = ours == theirs or not self.store.differ(ours, theirs, advised)
        return self.of.advice[name]


def _advised(decision: Decision, options: Sequence[str], stand: tuple[Hashable, ...]) -> str | None:
    return advise(decision, {option: bool(stands) for option, stands in zip(options, stand, strict=True)})


def _within(accepts: frozenset[str], outcome: str) -> bool:
    return outcome in accepts


def _first_two(option: str, left: tuple[str, ...], remains: bool) -> tuple[str, ...]:
    return (*left, option) if remains and len(left) < 2 else left
