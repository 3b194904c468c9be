"""What is asked on the way to a decision: facts, and the answers to the decisions on which it rests.

A decision that rests on others is short to tell: what they come out as is asked as if it were a fact. Only answers that
can be together are followed, so each way through an inquiry is that of some task.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..language.rulebook import Rulebook
from ..language.vocabulary import Domain, Fact
from .diagram import DecisionDiagram, Function, Ground, Restriction, Where, cells_of

Advice = Function[str]
"""The advice as it is after some answers: a question, or an outcome."""


@dataclass(frozen=True, eq=False, repr=False)
class Inquiry:
    """The advice on one decision as `root`, which asks facts and other decisions; `cells` are the answers there are.

    `rules` are those that bear on what is asked, `tested` all subjects that they test.
    """

    diagram: DecisionDiagram
    decision: str
    root: Advice
    rules: tuple[str, ...]
    tested: frozenset[str]
    cells: Mapping[Advice, Sequence[int]]

    def __repr__(self) -> str:
        return f"<Inquiry into {self.decision}: {len(self.cells)} questions>"

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The decisions that it asks."""
        return tuple(name for name in self.diagram.rulebook.decision_order if name in self.root.facts)

    @cached_property
    def domains(self) -> Mapping[str, Domain]:
        """The answers to each question: the cells of a fact, the outcomes of a decision."""
        rulebook = self.diagram.rulebook
        return {**self.diagram.domains, **{name: _domain(rulebook, name) for name in self.rests_on}}


def inquiry(diagram: DecisionDiagram, decision: str, *, expand: bool = False) -> Inquiry:
    """What is asked on the way to a decision; to `expand` it is to ask for the facts behind other decisions, too.

    Raises WhytuneError: unknown-decision, diagram-too-large.
    """
    rulebook = diagram.rulebook
    root = diagram.advice[decision]
    if not expand and any(subject in rulebook.decision for subject in rulebook.tested_for[decision]):
        return _resting(diagram, decision)
    rules = sorted(name for kind, name in rulebook.behind[decision] if kind == "rule")
    return Inquiry(diagram, decision, root, tuple(rules), rulebook.tested_for[decision], _all_cells(root))


def _all_cells(root: Advice) -> Mapping[Advice, Sequence[int]]:
    return {node: range(len(node.parts)) for node in root.below() if not node.is_constant}


def followed(
    asked: Inquiry, places: Restriction, outcomes: Mapping[str, Iterable[str]]
) -> Mapping[Advice, frozenset[int]]:
    """The cells of each question in which tasks go on of which some facts are in these places; none comes to others.

    Of some decisions it is told, too, that they come out as one of these `outcomes`.
    """
    if not asked.rests_on:  # facts are answered one by one
        return {
            node: frozenset(cells_of(places.get(node.fact, frozenset(cells)))) for node, cells in asked.cells.items()
        }
    live: dict[Advice, frozenset[int]] = {}
    waiting = [(asked.root, _Tasks.of(asked, places, outcomes))]
    seen = set(waiting)
    while waiting:
        node, tasks = waiting.pop()
        onward = {cell: tasks.that_answer(node.fact, cell) for cell in range(len(node.parts))}
        answered = [cell for cell, some in onward.items() if some.left]
        live[node] = live.get(node, frozenset()).union(answered)
        steps = {(node.parts[cell], onward[cell]) for cell in answered if not node.parts[cell].is_constant}
        waiting += steps - seen
        seen |= steps
    return live


@dataclass(frozen=True)
class _Tasks:
    """The tasks that are `left` after some answers, less what was answered; some facts are in certain `places`."""

    left: Where
    rulebook: Rulebook = field(compare=False)
    advice: Mapping[str, Advice] = field(compare=False)
    places: Restriction = field(compare=False)

    @classmethod
    def of(cls, asked: Inquiry, places: Restriction, outcomes: Mapping[str, Iterable[str]]) -> _Tasks:
        """All tasks of which this is known."""
        diagram = asked.diagram
        ground = Ground(*diagram.ground.rulebooks, order=diagram.ground.order)
        advice = {name: ground.narrowed(diagram.advice[name], places) for name in asked.rests_on}
        possible = ground.narrowed(diagram.ground.possible, places)
        decided = [advice[name].among(frozenset(outcomes[name])) for name in asked.rests_on if name in outcomes]
        return cls(ground.all_of([possible or ground.everywhere, *decided]), diagram.rulebook, advice, places)

    def that_answer(self, name: str, cell: int) -> _Tasks:
        """Those whose answer to this question is the one in this cell."""
        if name in self.advice:
            outcome = self.rulebook.decision[name].outcomes[cell]
            return replace(self, left=self.left & self.advice[name].being(outcome))
        is_there = cell in cells_of(self.places.get(name, cell))
        return replace(self, left=self.left.at(name, cell) if is_there else self.left - self.left)


class _Relying(DecisionDiagram):
    """What rules mean to whom the advice on other decisions is told, as facts are."""

    def _test(self, subject: str, accepts: frozenset[str]) -> Where:
        if subject not in self.rulebook.decision:
            return super()._test(subject, accepts)
        outcomes = self.rulebook.decision[subject].outcomes
        return self.ground.choice(subject, (cell for cell, outcome in enumerate(outcomes) if outcome in accepts))


def _resting(diagram: DecisionDiagram, decision: str) -> Inquiry:
    """The inquiry that asks other decisions, less the answers that cannot be together."""
    rulebook = diagram.rulebook
    answers = {name: rulebook.decision[name].outcomes for name in rulebook.decision_order}
    ground = Ground(*diagram.ground.rulebooks, answers=answers, order=diagram.ground.order)
    root = _Relying(rulebook, ground=ground).advice[decision]
    steps = rulebook.own_steps[decision]
    rules = tuple(name for kind, name in steps if kind == "rule")
    tested = frozenset(condition.subject for step in steps for condition in rulebook.tested_by(step))
    whole = Inquiry(diagram, decision, root, rules, tested, _all_cells(root))
    live = followed(whole, {}, {})
    becomes = root.pruned({node: sorted(cells) for node, cells in live.items()})
    cells: dict[Advice, frozenset[int]] = {}
    for node, answered in live.items():
        if not becomes[node].is_constant and becomes[node].fact == node.fact:
            cells[becomes[node]] = cells.get(becomes[node], frozenset()) | answered
    return replace(whole, root=becomes[root], cells={node: sorted(answered) for node, answered in cells.items()})


def _domain(rulebook: Rulebook, name: str) -> Domain:
    """What a decision comes out as, as the values of a choice."""
    decision = rulebook.decision[name]
    fact = Fact.model_construct(  # checked before; its outcomes are no names of values
        fact=name, kind="choice", values=decision.outcomes, ask=decision.ask, label=decision.ask
    )
    return Domain(fact, decision.outcomes, {name: decision.outcomes})
