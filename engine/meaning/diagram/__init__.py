"""Rulebook -> decision diagram: the function from cells to advice, in its one reduced and ordered form.

nodes        nodes, shared by all diagrams over the same facts, and what they show
node_store   what nodes are combined to
solving      clauses, and whether they can all be met
formulas     variables, groups of which one is true, and gates
met_cases    cases that show what need not be asked
clauses      functions without nodes, asked of the solver
where        sets of cells, and functions of cells, as values over either store
arrangement  the order in which a diagram asks
ground       the cells over which rulebooks are compared
"""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from typing import NamedTuple, cast

from ...language.named import Named
from ...language.problems import WhytuneError
from ...language.rulebook import NOT_APPLICABLE, Condition, Decision, Premise, Rulebook, StepKey
from ..semantics import advise, outcome, ranked
from .arrangement import close_together, is_wide
from .ground import Ground
from .nodes import MAX_NODES, MAX_NODES_TOGETHER, MAX_NODES_WIDE, MAX_STEPS_TOGETHER, Restriction, cells_of
from .where import Function, Leaf, Where, differ

__all__ = [
    "MAX_NODES",
    "MAX_NODES_TOGETHER",
    "MAX_NODES_WIDE",
    "MAX_STEPS_TOGETHER",
    "DecisionDiagram",
    "Function",
    "Ground",
    "Outlook",
    "Restriction",
    "Variant",
    "Where",
    "cells_of",
]


FactCells = tuple[str, int | frozenset[int]]
"""A fact, and the cell or cells that it may be in."""


class Outlook(NamedTuple):
    """What can still come out of a decision, each field sorted.

    `possible` ranges over all completions of the facts not given, `as_assumed` over those of the facts neither given
    nor assumed. `matters` holds the facts not given that can change the outcome, in question order. `next_question` is
    the first fact neither given nor assumed that can.
    """

    possible: tuple[str, ...]
    as_assumed: tuple[str, ...]
    matters: tuple[str, ...]
    next_question: str | None


class DecisionDiagram:
    """What a rulebook means in every cell: where each rule is in force, each conclusion holds, each option stands.

    `advice` has the outcome of each decision in every cell, `cautions` where each caution is told, `left` the first two
    options that remain once standing kinds and combinations have displaced their parents and parts. Diagrams on the
    ground of several rulebooks can be compared. On a ground of its own it asks in question order or, where that takes
    too many nodes, facts that are tested together one after the other. Raises WhytuneError: diagram-too-large.
    """

    def __init__(self, rulebook: Rulebook, max_nodes: int = MAX_NODES, ground: Ground | None = None) -> None:
        self.rulebook = rulebook
        if ground is not None:
            self._build(ground)
            return
        facts, rulebooks = tuple(rulebook.vocabulary.domains), (rulebook,)
        if is_wide(facts, rulebooks) and is_wide(close_together(facts, rulebooks), rulebooks):
            max_nodes = min(max_nodes, MAX_NODES_WIDE)
        if not self._fits(Ground(rulebook, max_nodes=max_nodes)):
            self._build(Ground(rulebook, max_nodes=max_nodes, order=close_together(facts, rulebooks)))
        self.ground.diagrams.forget()

    def _fits(self, ground: Ground) -> bool:
        """Is there room for the diagram on this ground? If so, it is there."""
        try:
            self._build(ground)
        except WhytuneError as error:
            if not error.is_too_large:
                raise
            return False
        return True

    def _build(self, ground: Ground) -> None:
        self.ground, rulebook = ground, self.rulebook
        self.domains = ground.domains(rulebook)
        self.rules: dict[str, Where] = {}
        self.conclusions: dict[str, Where] = {}
        self.proposed: dict[tuple[str, str], Where] = {}
        self.ruled_out: dict[tuple[str, str], Where] = {}
        self.stands: dict[tuple[str, str], Where] = {}
        self.applies: dict[str, Where] = {}
        self.left: dict[str, Function[tuple[str, ...]]] = {}
        self.advice: dict[str, Function[str]] = {}
        self._tests: dict[tuple[str, frozenset[str]], Where] = {}
        self._facts_asked: dict[str, frozenset[str]] = {}
        self._outlook = lru_cache(maxsize=4_096)(self._look)  # many cases lie in the same cell
        for kind, name in rulebook.steps:
            if kind == "rule":
                self.rules[name] = self.premise(rulebook.premises[name])
            elif kind == "conclusion":
                self.conclusions[name] = self._any_in_force(rulebook.concluding[name])
            else:
                self.advice[name] = self._decide(rulebook.decision[name])
        self.cautions = {
            (name, rule): self.rules[rule] & self.advice[name].among(advised.accepts)
            for (name, rule), advised in rulebook.cautioning.items()
        }
        self.rules = Named("rule", self.rules)
        self.conclusions = Named("conclusion", self.conclusions)
        self.advice = Named("decision", self.advice)

    def __repr__(self) -> str:
        return f"<DecisionDiagram {self.rulebook.name} {self.rulebook.version}: {len(self.rules)} rules>"

    def test(self, subject: str, accepts: frozenset[str]) -> Where:
        """Where the subject has one of these values; computed once for the conditions of all rules."""
        key = (subject, accepts)
        if key not in self._tests:
            self._tests[key] = self._test(subject, accepts)
        return self._tests[key]

    def _test(self, subject: str, accepts: frozenset[str]) -> Where:
        if subject in self.conclusions:
            holds = self.conclusions[subject]
            return self.ground.any_of(holds if value == "yes" else ~holds for value in sorted(accepts))
        if subject in self.advice:
            return self.advice[subject].among(accepts)
        fact = self.rulebook.vocabulary.fact_of[subject].fact
        values = self.domains[fact].subjects[subject]
        return self.ground.choice(fact, (cell for cell, value in enumerate(values) if value in accepts))

    def outlook(self, decision: str, given: Restriction, assumed: Restriction) -> Outlook:
        """What can still come out when these facts are given, and these given or assumed."""
        asked = self._asked_for(decision)
        certain, likely = (
            tuple([(fact, cells) for fact, cells in known.items() if fact in asked]) for known in (given, assumed)
        )
        return self._outlook(decision, certain, likely)

    def _asked_for(self, decision: str) -> Container[str]:
        """The facts on which the advice on a decision may depend, and what is possible at all."""
        if self.ground.is_in_clauses:  # where it would be a question to the solver for each of them
            return self.domains
        if decision not in self._facts_asked:
            self._facts_asked[decision] = self.advice[decision].facts | self.ground.possible.facts
        return self._facts_asked[decision]

    def _look(self, decision: str, given: tuple[FactCells, ...], assumed: tuple[FactCells, ...]) -> Outlook:
        certain = self.within(self.advice[decision], dict(given))
        likely = certain if given == assumed else self.within(self.advice[decision], dict(assumed))
        urgent = self.ground.in_question_order(likely.facts)
        return Outlook(
            tuple(sorted(certain.values())),
            tuple(sorted(likely.values())),
            self.ground.in_question_order(certain.facts),
            urgent[0] if urgent else None,
        )

    def within(self, function: Function[Leaf], cells: Restriction) -> Function[Leaf]:
        """The function restricted to these cells, and to combinations of facts that are possible."""
        return function.narrowed(cells, self.ground.possible)

    @cached_property
    def possible_advice(self) -> Mapping[str, Function[str | None]]:
        """The advice on each decision; None where the facts contradict each other."""
        possible = self.ground.possible
        if possible.is_constant:
            return Named(
                "decision", {name: cast("Function[str | None]", advice) for name, advice in self.advice.items()}
            )
        narrowed = {
            name: possible.combined(_if_possible, advice, name="possible") for name, advice in self.advice.items()
        }
        return Named("decision", narrowed)

    def possible_cautions(self) -> Iterator[tuple[tuple[str, str], Where]]:
        """Each caution that can be told, with where that is."""
        for caution, where in self.cautions.items():
            if possible := where & self.ground.possible:
                yield caution, possible

    def premise(self, premise: Premise) -> Where:
        """Where a rule with this premise is in force."""
        parts = [self.all_hold(premise.all_of)]
        parts += [self.ground.any_of(map(self.all_hold, group)) for group in premise.any_of]
        parts += [~self.all_hold(exception) for exception in premise.except_if]
        parts += [~self.rules[rule] for rule in premise.yields_to]
        return self.ground.all_of(parts)

    def all_hold(self, conditions: Iterable[Condition]) -> Where:
        """Where all of these conditions hold."""
        return self.ground.all_of(self.test(condition.subject, condition.accepts) for condition in conditions)

    def _decide(self, decision: Decision) -> Function[str]:
        self.applies[decision.decision] = self.all_hold(self.rulebook.applies_if[decision.decision])
        self._let_stand(decision)
        return self._choose(decision)

    def _choose(self, decision: Decision) -> Function[str]:
        """The advice, by what stands."""
        none: tuple[str, ...] = ()
        left = self.ground.constant(none)  # at most the first two of the options that remain, as they are ranked
        for option in ranked(decision):
            remains = self.remains(decision, option)
            left = left.combined(partial(_first_two, option), remains, name=("first_two", option))
        if decision.only_if:
            left = left.combined(_if_applicable, self.applies[decision.decision], name="applies")
        self.left[decision.decision] = left
        policies = (decision.if_none_stands.advise, decision.if_several_stand.prefer)
        return left.combined(partial(outcome, decision), name=("outcome", policies))

    def remains(self, decision: Decision, option: str) -> Where:
        """Where the decision applies and the option stands, but none that it gives way to."""
        others = sorted(decision.gives_way[option])
        stands = self.stands[decision.decision, option] & self.applies[decision.decision]
        return stands - self._one_stands(decision, others)

    def _one_stands(self, decision: Decision, options: Iterable[str]) -> Where:
        return self.ground.any_of(self.stands[decision.decision, option] for option in options)

    def _let_stand(self, decision: Decision) -> None:
        for option in decision.parts_first:
            self._let_option_stand(decision, option)

    def _let_option_stand(self, decision: Decision, option: str) -> None:
        key = (decision.decision, option)
        self.proposed[key] = self._any_in_force(self.rulebook.proposing[key])
        if parts := decision.combining.get(option):
            self.proposed[key] = self.ground.all_of(self._one_stands(decision, forms) for forms in parts)
        self.ruled_out[key] = self._any_in_force(self.rulebook.ruling_out[key])
        self.stands[key] = self.proposed[key] - self.ruled_out[key]

    def _any_in_force(self, rules: Iterable[str]) -> Where:
        """Where one of these rules is in force."""
        return self.ground.any_of(self.rules[rule] for rule in rules)


class Variant(DecisionDiagram):
    """A diagram's rulebook where some rules ask for something else (None: are never in force), built only as far as
    needed to see whether it advises the same wherever there can be a task.

    While it advises the same, its advice is that of the first diagram; from the first decision on where it does not, it
    is meaningless. `advises_the_same` covers advice and cautions.
    """

    def __init__(self, of: DecisionDiagram, premises: Mapping[str, Premise | None]) -> None:
        self.of, self.rulebook, self.ground, self.domains = of, of.rulebook, of.ground, of.domains
        self.rules, self.conclusions, self.advice = dict(of.rules), dict(of.conclusions), of.advice
        self.proposed, self.ruled_out = dict(of.proposed), dict(of.ruled_out)
        self.stands, self.applies, self.left = dict(of.stands), dict(of.applies), dict(of.left)
        self._premises = premises
        self._others: set[StepKey] = set()
        self.advises_the_same = all(map(self._follows, of.rulebook.steps)) and not any(self._cautioned_otherwise())

    def _let_option_stand(self, decision: Decision, option: str) -> None:
        """Sees whether it stands where that rests on what is other than in the first diagram."""
        key, others = (decision.decision, option), {name for kind, name in self._others if kind == "rule"}
        speaking = (*self.rulebook.proposing[key], *self.rulebook.ruling_out[key])
        if option in decision.combining or not others.isdisjoint(speaking):
            super()._let_option_stand(decision, option)

    def test(self, subject: str, accepts: frozenset[str]) -> Where:
        is_other = ("conclusion", subject) in self._others
        return self._test(subject, accepts) if is_other else self.of.test(subject, accepts)

    def _follows(self, step: StepKey) -> bool:
        """Takes this step, if it rests on what is other than in the first diagram; is it one that changes no advice?"""
        kind, name = step
        is_changed = kind == "rule" and name in self._premises
        if not is_changed and self._others.isdisjoint(self.rulebook.resting[step]):
            return True
        if kind == "decision":
            return self._advises_the_same_on(self.rulebook.decision[name])
        held = self.of.rules[name] if kind == "rule" else self.of.conclusions[name]
        holds = self._now_in_force(name) if kind == "rule" else self._any_in_force(self.rulebook.concluding[name])
        if holds != held:
            self._others.add(step)
            (self.rules if kind == "rule" else self.conclusions)[name] = holds
        return True

    def _now_in_force(self, rule: str) -> Where:
        premise = self._premises.get(rule, self.rulebook.premises[rule])
        return self.ground.nowhere if premise is None else self.premise(premise)

    def _advises_the_same_on(self, decision: Decision) -> bool:
        name, options = decision.decision, decision.option_names
        self.applies[name] = self.all_hold(self.rulebook.applies_if[name])
        self._let_stand(decision)
        ours, theirs = (
            [self.ground.possible, diagram.applies[name], *(diagram.stands[name, option] for option in options)]
            for diagram in (self, self.of)
        )
        if ours == theirs:
            return True
        if self.ground.has_room:
            advice, before = self._choose(decision), self.of.advice[name]
            return advice == before or not self.ground.possible & advice.differs(before)
        return not differ(ours, theirs, partial(_advised, decision, options))

    def _cautioned_otherwise(self) -> Iterator[Where]:
        """Where each caution of a rule that is in force elsewhere comes or goes."""
        for (name, rule), advised in self.rulebook.cautioning.items():
            if ("rule", rule) in self._others:
                moved = self.rules[rule] ^ self.of.rules[rule]
                yield self.ground.possible & moved & self.of.advice[name].among(advised.accepts)


def _advised(decision: Decision, options: Sequence[str], state: tuple[Hashable, ...]) -> str | None:
    possible, applies, *stand = state
    if not possible:
        return None
    return advise(decision, {option: bool(one) for option, one in zip(options, stand, strict=True)}, bool(applies))


def _if_possible(possible: bool, advice: str) -> str | None:
    return advice if possible else None


def _if_applicable(left: tuple[str, ...], applies: bool) -> tuple[str, ...]:
    return left if applies else (NOT_APPLICABLE,)


def _first_two(option: str, left: tuple[str, ...], remains: bool) -> tuple[str, ...]:
    return (*left, option) if remains and len(left) < 2 else left
