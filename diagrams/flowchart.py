"""A decision diagram -> its flowchart: what is asked, what follows from each answer, and the way that a case took."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from whytune.engine import Recommendation
from whytune.engine.advice.recommendation import OptionOutcome
from whytune.engine.language.rulebook import Place, Premise
from whytune.engine.meaning.inquiry import Advice, Inquiry, followed
from whytune.engine.words.speaker import Speaker

from .branches import AskedFact, Branch, branches, question
from .graph import Box, BoxState, Edge, Graph

if TYPE_CHECKING:  # only a picture of a ledger should pay for this import
    from whytune.engine.ledger.traffic import Traffic

OPENING, CLOSING = "opening", "closing"

Link = Callable[[Place], str | None]
"""Where a reader finds a place of the rulebook."""


def flowchart(
    asked: Inquiry,
    speaker: Speaker,
    case: Recommendation | None = None,
    link: Link = lambda place: None,
    traffic: Traffic | None = None,
) -> Graph:
    """The flowchart of one decision; with a case, its way is taken, and everything else is passed by.

    With the traffic of recorded cases, each way shows how many took it, and ways that none took are passed by.
    """
    return _FlowchartDrawing(asked, speaker, case, link, traffic).graph()


class _FlowchartDrawing:
    def __init__(
        self, asked: Inquiry, speaker: Speaker, case: Recommendation | None, link: Link, traffic: Traffic | None
    ) -> None:
        self.inquiry, self.speaker, self.case, self.link, self.traffic = asked, speaker, case, link, traffic
        self.rulebook = asked.diagram.rulebook
        self.decision = self.rulebook.decision[asked.decision]
        self.root = asked.root
        self.order = {node: index for index, node in enumerate(self.root.below())}
        self.outcomes = [node for node in self.order if node.is_constant]
        self.answer = case.decisions[asked.decision] if case else None
        self.followed = self._followed(case) if case else {}
        self.reached = self._reached()
        self.behind: dict[tuple[str, tuple[int, ...]], list[str]] = {}

    def graph(self) -> Graph:
        nodes = [self._node(node) for node in self.order]
        edges = [edge for node in self.order if not node.is_constant for edge in self._edges(node)]
        if self.decision.opening:
            state: BoxState = "taken" if self.case else "plain"
            nodes.insert(0, Box(OPENING, self.speaker.text(self.decision.opening), "terminal", state))
            edges.insert(0, self._through(self.root, Edge(OPENING, self._id(self.root), state=state)))
        if self.decision.closing:
            state = "plain" if self.answer is None else "open" if self.answer.status == "open" else "taken"
            nodes.append(Box(CLOSING, self.speaker.text(self.decision.closing), "terminal", state))
            edges += [
                self._through(node, Edge(self._id(node), CLOSING, state=self._state(node))) for node in self.outcomes
            ]
        drawn = {self._option(node) for node in self.outcomes}
        for option in self._overruled():
            nodes.append(self._note(option))
            edges += [Edge(f"option:{option}", f"note:{option}", state="ruled_out")] if option in drawn else []
        if self.traffic:
            nodes.append(Box("note:traffic", self._counted(self.traffic), "note"))
        title = self.speaker.text(self.decision.ask)
        return Graph(title, self._description(), self.speaker.language, tuple(nodes), tuple(edges))

    def _asked(self, node: Advice) -> AskedFact:
        asked = self.inquiry
        return AskedFact(asked.domains[node.fact], node.parts, asked.cells[node], asked.tested)

    # where the case is in the picture

    def _followed(self, case: Recommendation) -> Mapping[Advice, frozenset[int]]:
        """The cells through which the case leaves each question, or may leave it while its answer is open."""
        domains = self.inquiry.diagram.domains
        places = {
            name: domains[name].cells_of(fact.value) for name, fact in case.facts.items() if fact.value is not None
        }
        outcomes = {name: case.decisions[name].possible_as_assumed for name in self.inquiry.rests_on}
        return followed(self.inquiry, places, outcomes)

    def _reached(self) -> Mapping[Advice, BoxState]:
        """The nodes that the case comes to, or may come to if it leaves a question open."""
        states: dict[Advice, BoxState] = {}
        waiting: list[tuple[Advice, BoxState]] = [(self.root, "taken")] if self.case else []
        while waiting:
            node, state = waiting.pop()
            if states.get(node) in (state, "taken"):
                continue
            states[node] = state
            onward = {node.parts[cell] for cell in self.followed.get(node, ())}
            waiting += [(part, state if len(onward) == 1 else "open") for part in onward]
        return states

    def _state(self, node: Advice) -> BoxState:
        if self.traffic and self.traffic.counted:
            return "plain" if self.traffic.parts.get(node) else "passed_by"
        if not self.case:
            return "plain"
        is_advice = node.is_constant and self.answer is not None and self.answer.outcome == node.value
        if is_advice and node in self.reached:
            return "taken"  # whatever the answers to the open questions on the way here
        return self.reached.get(node, "passed_by")

    def _branch_state(self, node: Advice, branch: Branch) -> BoxState:
        state, cells = self._state(node), self.followed.get(node, frozenset())
        if state in ("plain", "passed_by"):
            return state
        if cells.isdisjoint(branch.cells):
            return "passed_by"
        return state if cells.issubset(branch.cells) else "open"

    def _value(self, asked: str) -> str | None:
        """What the case says about a fact or a decision, in words; None if it may be anything."""
        if self.case is None:
            return None
        if asked in self.rulebook.decision:
            outcome = self.case.decisions[asked].outcome
            return self.speaker.option(asked, outcome) if outcome else None
        value = self.case.facts[asked].value
        return None if value is None else self.speaker.value(asked, value)

    def _is_assumed(self, asked: str) -> bool:
        """Does the case assume this fact, or does the outcome of this decision rest on assumptions?"""
        assert self.case is not None
        if asked in self.rulebook.decision:
            return self.case.decisions[asked].status == "provisional"
        return self.case.facts[asked].state == "assumed"

    def _rests_on(self, asked: str) -> bool:
        """Can the advice change by this assumption, or by one on which the outcome of this decision rests?"""
        assert self.case is not None
        assert self.answer is not None
        others = self.case.decisions
        return not {asked, *(others[asked].rests_on if asked in others else ())}.isdisjoint(self.answer.rests_on)

    # nodes

    def _id(self, node: Advice) -> str:
        return f"option:{self._option(node)}" if node.is_constant else f"question:{self.order[node]}"

    def _option(self, leaf: Advice) -> str:
        return leaf.value

    def _node(self, node: Advice) -> Box:
        return self._outcome(node) if node.is_constant else self._question(node)

    def _question(self, node: Advice) -> Box:
        name, state = node.fact, self._state(node)
        label = question(self._asked(node), self.speaker)
        if self.case and state in ("taken", "open") and self._value(name) is None:
            label = self.speaker.say("within", value=label, bounds=self.speaker.say("unknown"))
        rules = self._rules_testing(name, range(len(node.parts)))
        box = Box(self._id(node), label, "question", state, None, self._tooltip(rules), self._first_link(rules))
        if name in self.rulebook.decision:
            return box._replace(shape="decision", link=self.link(("decision", name)))
        return box._replace(is_scale=self.inquiry.domains[name].fact.is_number)

    def _outcome(self, node: Advice) -> Box:
        option, name, state = self._option(node), self.decision.decision, self._state(node)
        if self.answer and state == "passed_by" and option in self._overruled():
            state = "ruled_out"
        rules = self.rulebook.bearing.get((name, option), ())
        style = self.decision.option(option).style if option in self.decision.option_names else None
        label = self.speaker.option(name, option)
        if self.traffic and not self.decision.closing:  # otherwise the way from here to there shows it
            label = self.speaker.say("within", value=label, bounds=str(self.traffic.parts.get(node, 0)))
        return Box(self._id(node), label, "outcome", state, style, self._tooltip(rules), self._first_link(rules))

    def _overruled(self) -> Mapping[str, OptionOutcome]:
        """The options that are proposed and yet ruled out in this case."""
        return self.answer.overruled if self.answer else {}

    def _note(self, option: str) -> Box:
        """Says that an option is ruled out, and by which rules."""
        against = self._overruled()[option].speaks_against
        rules = self.speaker.listed(self.speaker.say("quoted", text=self.speaker.rule(rule)) for rule in against)
        label = self.speaker.option(self.decision.decision, option)
        return Box(
            f"note:{option}",
            self.speaker.say("out_by_rules", label=label, rules=rules),
            "note",
            "ruled_out",
            None,
            self._tooltip(against),
            self._first_link(against),
        )

    # edges

    def _edges(self, node: Advice) -> Iterator[Edge]:
        for branch in branches(self._asked(node), self.speaker):
            state, label, assumed = self._branch_state(node, branch), branch.label, False
            if self.case and state in ("taken", "open"):
                label, assumed = self._with_value(node.fact, label), self._rests_on(node.fact)
            rules = self._rules_testing(node.fact, branch.cells)
            edge = Edge(
                self._id(node),
                self._id(branch.child),
                label,
                state,
                assumed=assumed,
                tooltip=self._tooltip(rules),
                link=self._first_link(rules),
            )
            yield self._by_cells(node, branch, edge)

    def _by_cells(self, node: Advice, branch: Branch, edge: Edge) -> Edge:
        cells = self.traffic.cells if self.traffic else {}
        return self._travelled(edge, sum(cells.get((node, cell), 0) for cell in branch.cells))

    def _through(self, node: Advice, edge: Edge) -> Edge:
        """An edge without a label, taken by everything that comes to the node."""
        return self._travelled(edge, self.traffic.parts.get(node, 0) if self.traffic else 0)

    def _travelled(self, edge: Edge, count: int) -> Edge:
        """The edge with the number of recorded cases that took it."""
        total = self.traffic.counted if self.traffic else 0
        if not total:
            return edge
        shown = str(count)
        label = self.speaker.say("within", value=edge.label, bounds=shown) if edge.label else shown
        return edge._replace(label=label, state="plain" if count else "passed_by", cases=count, share=count / total)

    def _with_value(self, asked: str, label: str) -> str:
        value = self._value(asked)
        text = label if value in (None, label) else self.speaker.say("within", value=label, bounds=value)
        if not self._is_assumed(asked):
            return text
        return self.speaker.say("assumed_edge" if self._rests_on(asked) else "assumed_idle", label=text)

    # what is behind

    def _rules_testing(self, name: str, cells: Iterable[int]) -> list[str]:
        """The rules behind the decision whose conditions are affected if what is asked is in one of these cells."""
        subjects, inside = self.inquiry.domains[name].subjects, tuple(cells)

        def tests(premise: Premise) -> bool:
            return any(
                subjects[condition.subject][cell] in condition.accepts
                for condition in premise.conditions()
                if condition.subject in subjects
                for cell in inside
            )

        if (name, inside) not in self.behind:
            premises = self.rulebook.premises
            self.behind[name, inside] = [rule for rule in self.inquiry.rules if tests(premises[rule])]
        return self.behind[name, inside]

    def _tooltip(self, rules: Iterable[str]) -> str:
        rulebook, speaker = self.rulebook, self.speaker
        return "\n".join(
            f"{speaker.text(rulebook.rule[name].because)} ({speaker.sources(rulebook.rule[name].sources)})"
            for name in list(rules)[:5]
        )

    def _first_link(self, rules: Iterable[str]) -> str | None:
        first = next(iter(rules), None)
        return self.link(("rule", first)) if first else None

    def _counted(self, traffic: Traffic) -> str:
        """How many records the picture shows, and how many it does not."""
        sentences = [self.speaker.say("traffic_counted", count=str(traffic.counted))]
        for key, count in (("traffic_waiting", traffic.waiting), ("traffic_others", traffic.others)):
            sentences += [self.speaker.say(key, count=str(count))] if count else []
        return self.speaker.say("semicolon").join(sentences)

    def _description(self) -> str:
        if self.answer is None:
            return self.speaker.say("flowchart_of", title=self.speaker.text(self.rulebook.title))
        advice = self.speaker.outcome(self.decision.decision, self.answer.outcome)
        return self.speaker.pair(self.speaker.say("advice"), advice)
