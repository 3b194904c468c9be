"""What a case expects, checked against its rulebook: one value for everything that can fail."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Literal, NamedTuple, TypeVar, get_args

from ...advice.changed_facts import Change, changed
from ...advice.recommendation import OPEN
from ...language.brief import brief
from ...language.case import CaseFacts, values_given
from ...language.casefile import Status
from ...language.intervals import OTHER, OtherText, PartlyKnown
from ...language.problems import Problem, Sentence, Span, WhytuneError, did_you_mean, listing, short
from ...language.rulebook import POLICIES, Rulebook
from ...language.source import Items, Map, Node, Scalar

ExpectationKind = Literal["advice", "status", "possible", "because", "not_because", "ruled_out", "cautions", "flips"]
KEYS: tuple[ExpectationKind, ...] = ("status", "possible", "because", "not_because", "ruled_out", "cautions", "flips")
"""The keys under `expect` besides the names of decisions."""

Parsed = TypeVar("Parsed")


class Expectation(NamedTuple):
    """One thing that must hold for a decision.

    `wanted` is an outcome (OPEN if nothing is decided), a status, all possible outcomes, a rule or policy, or an option
    that must be ruled out; for a flip, the outcome once these `changes` are made.
    """

    kind: ExpectationKind
    decision: str
    wanted: tuple[str, ...]
    span: Span
    changes: tuple[Change, ...] = ()

    def __repr__(self) -> str:
        return brief(self)


def expectations(
    rulebook: Rulebook, facts: CaseFacts | None, expect: Map, problems: list[Problem]
) -> tuple[Expectation, ...]:
    """What `expect` says about the case with these facts (None: they are wrong); adds its mistakes to the problems."""
    return tuple(_Reader(rulebook, facts, problems).read(expect))


class _Reader:
    def __init__(self, rulebook: Rulebook, facts: CaseFacts | None, problems: list[Problem]) -> None:
        self.rulebook = rulebook
        self.facts = facts
        self.problems = problems
        self.decisions = rulebook.decision_order

    def read(self, expect: Map) -> Iterator[Expectation]:
        for key, node in expect.entries:
            kind = next((kind for kind in KEYS if kind == key.text), None)
            if kind:
                yield from self._of_each_decision(kind, node)
            elif key.text in self.decisions:
                yield from self._advice(key, node)
            else:
                keys = [*self.decisions, *KEYS]
                message = Sentence("`{key}` is nothing to expect", key=short(key.text))
                hint = did_you_mean(key.text, keys) or Sentence("a case can expect {names}", names=listing(keys))
                self._note("unknown-case-key", message, key.span, hint)

    def _advice(self, key: Scalar, node: Node) -> Iterator[Expectation]:
        if isinstance(node, Scalar):
            outcome = OPEN if node.blank else self._outcome(key.text, node)
            if outcome:
                yield Expectation("advice", key.text, (outcome,), key.span if node.blank else node.span)
        else:
            hint = Sentence("write an option, refer or open")
            self._note("wrong-type", Sentence("the advice is one option"), node.span, hint)

    def _of_each_decision(self, kind: ExpectationKind, node: Node) -> Iterator[Expectation]:
        """What one key expects: of the last decision, or of every decision that its map names."""
        if not isinstance(node, Map):
            yield from self._of(kind, self.decisions[-1], node)
            return
        for key, below in node.entries:
            if key.text in self.decisions:
                yield from self._of(kind, key.text, below)
            else:
                message = Sentence("unknown decision `{name}`", name=short(key.text))
                forms = Sentence("write a list, or a map by {names}", names=listing(self.decisions))
                hint = did_you_mean(key.text, self.decisions) or forms
                self._note("unknown-decision", message, key.span, hint)

    def _of(self, kind: ExpectationKind, decision: str, node: Node) -> Iterator[Expectation]:
        if isinstance(node, Scalar) and node.blank:
            return  # in a table it takes back what the cases share
        if kind == "flips":
            yield from self._flips(decision, node)
        elif kind == "status":
            yield from self._each(kind, decision, [node], self._status)
        elif kind == "possible":
            items = list(self._each(kind, decision, self._items(kind, node), self._option_of(decision, refer=True)))
            if items:
                yield Expectation(kind, decision, tuple(sorted({item.wanted[0] for item in items})), node.span)
        elif kind == "ruled_out":
            yield from self._each(kind, decision, self._items(kind, node), self._option_of(decision, refer=False))
        elif kind == "cautions":
            yield from self._each(kind, decision, self._items(kind, node), self._cautioning(decision))
        else:
            yield from self._each(kind, decision, self._items(kind, node), self._reason)

    def _each(
        self, kind: ExpectationKind, decision: str, nodes: Collection[Node], check: Callable[[Scalar], str | None]
    ) -> Iterator[Expectation]:
        for node in nodes:
            if not isinstance(node, Scalar):
                hint = Sentence("write one name, or a list of names")
                self._note("wrong-type", Sentence("`{key}` takes names", key=kind), node.span, hint)
            elif wanted := check(node):
                yield Expectation(kind, decision, (wanted,), node.span)

    def _items(self, kind: ExpectationKind, node: Node) -> tuple[Node, ...]:
        """The items of a list; a single item needs no brackets."""
        if isinstance(node, Items) and not node.items:
            hint = Sentence("name something, or leave the key out")
            self._note("wrong-type", Sentence("`{key}` lists nothing", key=kind), node.span, hint)
        return node.items if isinstance(node, Items) else (node,)

    def _outcome(self, decision: str, node: Scalar) -> str | None:
        if node.text in (outcomes := self.rulebook.decision[decision].outcomes) or node.text == OPEN:
            return node.text
        return self._unknown_option(node, [*outcomes, OPEN])

    def _option_of(self, decision: str, refer: bool) -> Callable[[Scalar], str | None]:
        declared = self.rulebook.decision[decision]
        outcomes = declared.outcomes if refer else declared.option_names
        return lambda node: node.text if node.text in outcomes else self._unknown_option(node, outcomes)

    def _status(self, node: Scalar) -> str | None:
        statuses = get_args(Status)
        if node.text in statuses:
            return node.text
        return self._unknown(
            "unknown-value", Sentence("unknown status `{name}`", name=short(node.text)), node, statuses
        )

    def _reason(self, node: Scalar) -> str | None:
        policies = [f"{decision}.{policy}" for decision in self.decisions for policy in POLICIES]
        if node.text in self.rulebook.rule or node.text in policies:
            return node.text
        message = Sentence("unknown rule `{name}`", name=short(node.text))
        where_listed = Sentence("`whytune rules` lists rules and policies")
        hint = did_you_mean(node.text, [*self.rulebook.rule, *policies]) or where_listed
        self._note("unknown-rule", message, node.span, hint)
        return None

    def _cautioning(self, decision: str) -> Callable[[Scalar], str | None]:
        known = [rule for name, rule in self.rulebook.cautioning if name == decision]
        message = Sentence("no rule that cautions about `{decision}`", decision=decision)
        return lambda node: node.text if node.text in known else self._unknown("unknown-rule", message, node, known)

    def _flips(self, decision: str, node: Node) -> Iterator[Expectation]:
        for item in self._items("flips", node):
            to = item.get("to") if isinstance(item, Map) else None
            given = item.get("given") if isinstance(item, Map) else None
            if not isinstance(to, Scalar) or not isinstance(given, Map) or not given.entries:
                hint = Sentence("write `- given: {{fact: value}}` and below it `to: option`")
                self._note("wrong-type", Sentence("a flip is a map of `given` and `to`"), item.span, hint)
                continue
            outcome, changes = self._outcome(decision, to), self._changes(given)
            if outcome and changes:
                yield Expectation("flips", decision, (outcome,), to.span, changes)

    def _changes(self, given: Map) -> tuple[Change, ...]:
        """The facts that a flip changes; none if they are wrong."""
        try:
            values, spans = values_given(self.rulebook.vocabulary, given)
        except WhytuneError as error:
            self.problems.extend(error.problems)
            return ()
        if self.facts is None:
            return ()
        for name, value in values.items():
            if isinstance(value, PartlyKnown):
                hint = Sentence("name the value that leads to another advice")
                self._note("wrong-type", Sentence("a flip gives `{fact}` one value", fact=name), spans[name], hint)
                return ()
        states = self.facts.states
        changes = tuple(
            Change(name, states[name].value, OTHER if isinstance(value, OtherText) else value)
            for name, value in values.items()
            if not isinstance(value, PartlyKnown)
        )
        states = changed(self.facts, changes).states
        for name in values:
            if states[name].state == "not_applicable":
                message = Sentence("`{fact}` does not apply after the flip", fact=name)
                self._note("not-applicable", message, spans[name], Sentence("give what it depends on, too"))
        return changes

    def _unknown_option(self, node: Scalar, options: Collection[str]) -> str | None:
        message = Sentence("unknown option `{name}`", name=short(node.text))
        return self._unknown("unknown-option", message, node, options)

    def _unknown(self, code: str, message: Sentence, node: Scalar, names: Collection[str]) -> str | None:
        hint = did_you_mean(node.text, names) or Sentence("one of {names}", names=listing(names))
        self._note(code, message, node.span, hint)
        return None

    def _note(self, code: str, message: Sentence, span: Span, hint: Sentence) -> None:
        self.problems.append(Problem(code, message, span, hint))
