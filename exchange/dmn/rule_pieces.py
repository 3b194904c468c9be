"""The rules of a decision -> the pieces of its table: where each one holds, and what comes out there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from whytune.engine import Rulebook
from whytune.engine.language.rulebook import NOT_APPLICABLE, REFER, Decision
from whytune.engine.language.text import Text
from whytune.engine.meaning.deciding import Deciding
from whytune.engine.meaning.diagram import DecisionDiagram, Where

from ..fresh_names import FreshNames
from .alone import alone


class Veto(NamedTuple):
    """What rules some options out: the name of its table, the rules that do so, and where one of them holds."""

    name: str
    options: tuple[str, ...]
    rules: tuple[str, ...]
    where: Where


class Piece(NamedTuple):
    """What becomes one row or more: the outcome, where it holds unless ruled out, the rule behind it, and why."""

    outcome: str
    where: Where
    rules: tuple[str, ...] = ()
    because: tuple[Text, ...] = ()
    veto: Veto | None = None

    @property
    def hits(self) -> Where:
        """Where its rows hold."""
        return self.where - self.veto.where if self.veto else self.where


@dataclass(frozen=True)
class RulePieces:
    """A decision alone, in pieces."""

    rulebook: Rulebook
    decision: Decision

    @cached_property
    def diagram(self) -> DecisionDiagram:
        return DecisionDiagram(alone(self.rulebook, self.decision))

    @cached_property
    def as_in_force(self) -> tuple[Piece, ...]:
        """Where the decision does not apply, where a person decides, and where each rule is in force."""
        return (*self._without_rules(), *self._proposals(self.diagram.rules), *self._combinations())

    @cached_property
    def in_order(self) -> tuple[Piece, ...]:
        """The same, but rules come after those that they yield to, and hold whether or not these do."""
        premises = self.diagram.rulebook.premises
        others = {rule: tuple(one for one in premises[rule].yields_to if one not in self._depths) for rule in premises}
        rules = {rule: self.diagram.premise(premises[rule]._replace(yields_to=others[rule])) for rule in self._depths}
        pieces = sorted(self._proposals(rules), key=lambda piece: self._depths[piece.rules[0]])
        return (*self._without_rules(), *pieces, *self._combinations())

    @property
    def yielding(self) -> bool:
        """Does a rule that proposes an option yield to another such rule?"""
        return any(self._depths.values())

    @cached_property
    def vetoes(self) -> tuple[Veto, ...]:
        """What rules out options, by the rules that do."""
        by_rules: dict[tuple[str, ...], list[str]] = {}
        for option in self.decision.option_names:
            if ruling := self.diagram.rulebook.ruling_out[self._name, option]:
                by_rules.setdefault(tuple(sorted(ruling)), []).append(option)
        names = FreshNames((*self.rulebook.decision, *(fact.fact for fact in self.rulebook.vocabulary.facts)))
        return tuple(
            Veto(
                names.new(f"{self._name} not {options[0]}", "veto"),
                tuple(options),
                rules,
                self.diagram.ruled_out[self._name, options[0]],
            )
            for rules, options in by_rules.items()
        )

    @property
    def _name(self) -> str:
        return self.decision.decision

    @cached_property
    def _depths(self) -> Mapping[str, int]:
        """For each rule that proposes an option, the length of the longest chain of such rules that yield, up to it."""
        rulebook, depths = self.diagram.rulebook, dict[str, int]()
        for kind, name in rulebook.steps:  # each rule after those that it yields to
            if kind == "rule" and rulebook.rule[name].propose.get(self._name):
                above = (depths[other] + 1 for other in rulebook.premises[name].yields_to if other in depths)
                depths[name] = max(above, default=0)
        return depths

    def _without_rules(self) -> Iterator[Piece]:
        if elsewhere := ~self.diagram.applies[self._name]:
            yield Piece(NOT_APPLICABLE, elsewhere)
        several = Deciding(self.diagram, self._name).several_stand
        if referred := several & self.diagram.advice[self._name].being(REFER):
            because = self.decision.if_several_stand.because
            yield Piece(REFER, referred, because=(because,) if because else ())

    def _proposals(self, rules: Mapping[str, Where]) -> Iterator[Piece]:
        for rule in self.diagram.rulebook.rules:
            for option in rule.propose.get(self._name, ()):
                if where := rules[rule.id] & self.diagram.applies[self._name]:
                    yield Piece(option, where, (rule.id,), (rule.because,), self._veto(option, where))

    def _combinations(self) -> Iterator[Piece]:
        for option in self.decision.combining:
            if where := self.diagram.stands[self._name, option] & self.diagram.applies[self._name]:
                yield Piece(option, where)

    def _veto(self, option: str, where: Where) -> Veto | None:
        """What may rule the option out somewhere here."""
        return next((veto for veto in self.vetoes if option in veto.options and veto.where & where), None)
