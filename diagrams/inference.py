"""A rulebook -> its inference network: what rules test and what they speak for; with a case, what fired.

Solid edges support, barred edges speak against. With a case, a rule in force is taken, and an open one is possible; one
not in force is passed by, and the conditions that keep it so are ruled out (or taken, if they bar it).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from whytune.engine import Recommendation
from whytune.engine.language.intervals import PartlyKnown
from whytune.engine.language.rulebook import Condition, Premise, Rule
from whytune.engine.meaning.semantics import test
from whytune.engine.words.speaker import Speaker

from .flowchart import Link
from .graph import Box, BoxShape, BoxState, Edge, Graph

_RULE_STATES: Mapping[str, BoxState] = {"in_force": "taken", "not_in_force": "passed_by"}


def inference(
    speaker: Speaker, decision: str, case: Recommendation | None = None, link: Link = lambda place: None
) -> Graph:
    """The network of the rules behind one decision."""
    return _Network(speaker, decision, case, link).graph()


class _Network:
    def __init__(self, speaker: Speaker, decision: str, case: Recommendation | None, link: Link) -> None:
        self.speaker, self.decision, self.case, self.link = speaker, decision, case, link
        self.rulebook = speaker.rulebook
        behind = self.rulebook.behind[decision]
        self.rules = {rule.id: rule for rule in self.rulebook.rules if ("rule", rule.id) in behind}
        self.given: dict[tuple[str, str], str] = {}
        if case:
            self.given = {(firing.kind, firing.name): firing.state for firing in case.trace}

    def graph(self) -> Graph:
        edges = list(self._edges())
        ends = dict.fromkeys(end for edge in edges for end in (edge.source, edge.target))
        nodes = [self._node(name) for name in ends]
        title = self.speaker.text(self.rulebook.decision[self.decision].ask)
        description = self.speaker.say("network_of", title=self.speaker.text(self.rulebook.title))
        return Graph(title, description, self.speaker.language, tuple(nodes), tuple(edges), across=True)

    def _edges(self) -> Iterator[Edge]:
        subjects = {condition.subject for rule in self.rules for condition in self.rulebook.premises[rule].conditions()}
        subjects |= {condition.subject for condition in self.rulebook.applies_if[self.decision]}
        for band in self.rulebook.vocabulary.bands:
            if band in subjects:
                fact = self.rulebook.vocabulary.fact_of[band].fact
                yield Edge(
                    f"number:{fact}",
                    f"subject:{band}",
                    self._known(fact),
                    self._fact_state(fact),
                    assumed=self._rests_on(band),
                )
        for name, rule in self.rules.items():
            yield from self._tests(name, self.rulebook.premises[name])
            yield from self._effects(name, rule)
        for condition in self.rulebook.applies_if[self.decision]:
            yield self._test("decision", condition, "ruled_out")
        decision = self.rulebook.decision[self.decision]
        for combination in decision.options:
            for part in combination.combines:
                yield Edge(f"option:{part}", f"option:{combination.option}", state=self._option_state(part))
        for option in (o.option for o in decision.options):
            yield Edge(f"option:{option}", "decision", self._policy(option), self._chosen(option))

    def _tests(self, rule: str, premise: Premise) -> Iterator[Edge]:
        """An edge for each condition; one that occurs in several alternatives is drawn once, in its strongest state."""
        alternatives: dict[Condition, bool] = {}  # in a list in which none holds?
        for group in premise.any_of:
            missed = all(any(self._holds(condition) is False for condition in one) for one in group)
            for condition in chain.from_iterable(group):
                alternatives[condition] = missed or alternatives.get(condition, False)
        failing: BoxState = "ruled_out" if self._rule_state(rule) == "passed_by" else "passed_by"
        for condition in dict.fromkeys((*premise.all_of, *alternatives)):
            fails = failing if condition in premise.all_of or alternatives[condition] else "passed_by"
            yield self._test(f"rule:{rule}", condition, fails)
        for condition in dict.fromkeys(chain.from_iterable(premise.except_if)):
            yield self._test(f"rule:{rule}", condition, "passed_by", barred=True)
        for other in premise.yields_to:
            yield Edge(f"rule:{other}", f"rule:{rule}", state=self._rule_state(other), barred=True)

    def _test(self, target: str, condition: Condition, fails: BoxState, *, barred: bool = False) -> Edge:
        held = {True: "taken", False: fails, None: "open"}[self._holds(condition)] if self.case else "plain"
        assumed = held == "taken" and self._rests_on(condition.subject)
        return Edge(f"subject:{condition.subject}", target, self._accepted(condition), held, barred, assumed)

    def _accepted(self, condition: Condition) -> str:
        """The values that a condition names; empty for a conclusion that has to hold, as is usual."""
        if condition.subject in self.rulebook.concluding and set(condition.named) == {"yes"}:
            return ""
        return self.speaker.say("or").join(
            self.speaker.subject_value(condition.subject, name) for name in condition.named
        )

    def _effects(self, name: str, rule: Rule) -> Iterator[Edge]:
        state = self._rule_state(name)
        if rule.conclude:
            yield Edge(f"rule:{name}", f"subject:{rule.conclude}", state=state)
        for option in rule.propose.get(self.decision, ()):
            yield Edge(f"rule:{name}", f"option:{option}", state=state)
        for option in rule.rule_out.get(self.decision, ()):
            yield Edge(f"rule:{name}", f"option:{option}", state=state, barred=True)

    # where the case is in it

    def _value(self, subject: str) -> str | None:
        """The value of a subject in this case, None if it is not known."""
        assert self.case is not None
        if subject in self.case.facts:
            value = self.case.facts[subject].value
            return value if isinstance(value, str) else None
        kinds = ("band", "conclusion", "decision")
        return next((self.given[kind, subject] for kind in kinds if (kind, subject) in self.given), None)

    def _holds(self, condition: Condition) -> bool | None:
        if self.case is None:
            return None
        if part := self._part(condition.subject):
            return test(condition, {condition.subject: part})
        value = self._value(condition.subject)
        if value is None:
            return None if self._may_apply(condition.subject) else False
        return value in condition.accepts

    def _part(self, subject: str) -> frozenset[str]:
        """The values that a subject may have if its fact is known in part in this case; empty if it is not."""
        fact = self.rulebook.vocabulary.fact_of.get(subject)
        value = self.case.facts[fact.fact].value if fact and self.case else None
        if fact is None or not isinstance(value, PartlyKnown):
            return frozenset()
        domain = self.rulebook.vocabulary.domains[fact.fact]
        return frozenset(domain.subjects[subject][cell] for cell in domain.cells_of(value))

    def _is_assumed(self, subject: str) -> bool:
        """Is the fact that a subject rests on assumed in this case?"""
        fact = self.rulebook.vocabulary.fact_of.get(subject)
        return fact is not None and self.case is not None and self.case.facts[fact.fact].state == "assumed"

    def _rests_on(self, subject: str) -> bool:
        """Is it assumed, and can the advice change by that?"""
        fact = self.rulebook.vocabulary.fact_of.get(subject)
        return fact is not None and self.case is not None and fact.fact in self.case.decisions[self.decision].rests_on

    def _may_apply(self, subject: str) -> bool:
        fact = self.rulebook.vocabulary.fact_of.get(subject)
        return fact is None or self.case is None or self.case.facts[fact.fact].state != "not_applicable"

    def _rule_state(self, rule: str) -> BoxState:
        if self.case is None:
            return "plain"
        return _RULE_STATES.get(self.given.get(("rule", rule), ""), "open")

    def _fact_state(self, fact: str) -> BoxState:
        if self.case is None:
            return "plain"
        state = self.case.facts[fact]
        return "taken" if state.value is not None else "open" if state.state == "unknown" else "passed_by"

    def _known(self, fact: str) -> str:
        value = self.case.facts[fact].value if self.case else None
        return self.speaker.value(fact, value) if value is not None else ""

    def _option_state(self, option: str) -> BoxState:
        if self.case is None:
            return "plain"
        if self.case.decisions[self.decision].advice == option:
            return "taken"
        states: Mapping[str, BoxState] = {"stands": "taken", "ruled_out": "ruled_out", "not_proposed": "passed_by"}
        return states.get(self.case.decisions[self.decision].options[option].state, "open")

    def _policy(self, option: str) -> str:
        """What chose this option, if a policy did."""
        answer = self.case.decisions[self.decision] if self.case else None
        if answer is None or answer.advice != option:
            return ""
        policies = {f"{self.decision}.if_none_stands": "fallback", f"{self.decision}.if_several_stand": "preference"}
        return next((self.speaker.say(policies[name]) for name in answer.decided_by if name in policies), "")

    def _chosen(self, option: str) -> BoxState:
        if self.case is None:
            return "plain"
        answer = self.case.decisions[self.decision]
        if answer.status == "open":
            return "open" if option in answer.possible_as_assumed else "passed_by"
        return "taken" if answer.advice == option else "passed_by"

    # nodes

    def _node(self, name: str) -> Box:
        kind, _, inner = name.partition(":")
        if kind == "rule":
            rule = self.rules[inner]
            tooltip = f"{self.speaker.text(rule.because)} ({self.speaker.sources(rule.sources)})"
            state, link = self._rule_state(inner), self.link(("rule", inner))
            return Box(name, self.speaker.rule(inner), "rule", state, None, tooltip, link)
        if kind == "option":
            style = self.rulebook.decision[self.decision].option(inner).style
            return Box(name, self.speaker.option(self.decision, inner), "option", self._option_state(inner), style)
        if kind == "decision":
            answer = self.case.decisions[self.decision] if self.case else None
            given: BoxState = "plain" if answer is None else "open" if answer.status == "open" else "taken"
            return Box(name, self._answer(), "terminal", given)
        if kind == "number":
            question = self.speaker.question(inner)
            return Box(name, self.speaker.fact(inner), "fact", self._fact_state(inner), None, question)
        return self._subject(name, inner)

    def _subject(self, name: str, subject: str) -> Box:
        shape: BoxShape = "fact"
        if subject in self.rulebook.vocabulary.bands:
            shape = "band"
        elif subject not in self.rulebook.vocabulary.by_name:
            shape = "conclusion"
        label = self.speaker.subject(subject)
        state: BoxState = "plain"
        if self.case is not None:
            value = self._value(subject)
            state = "taken" if value is not None else "open" if self._may_apply(subject) else "passed_by"
            shown = self.speaker.subject_value(subject, value) if value is not None else self._unsaid(subject)
            if self._is_assumed(subject):
                shown = self.speaker.say("assumed_edge" if self._rests_on(subject) else "assumed_idle", label=shown)
            label = self.speaker.pair(label, shown)
        return Box(name, label, shape, state)

    def _unsaid(self, subject: str) -> str:
        return self.speaker.say("unknown" if self._may_apply(subject) else "not_applicable")

    def _answer(self) -> str:
        if self.case is None:
            return self.speaker.say("advice")
        answer = self.case.decisions[self.decision]
        return self.speaker.pair(self.speaker.say("advice"), self.speaker.outcome(self.decision, answer.outcome))
