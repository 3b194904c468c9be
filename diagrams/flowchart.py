"""A decision diagram -> its flowchart: what is asked, what follows from each answer, and the way that a case took."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from whytune.engine import Recommendation
from whytune.engine.advice.recommendation import OptionOutcome
from whytune.engine.language.case import FactState
from whytune.engine.language.rulebook import Decision, Place, Premise
from whytune.engine.meaning.diagram import DecisionDiagram, Function
from whytune.engine.words.speaker import Speaker

from .branches import AskedFact, Branch, branches, question
from .graph import Box, BoxState, Edge, Graph

if TYPE_CHECKING:  # only a picture of a ledger should pay for it
    from whytune.engine.ledger.traffic import Traffic

OPENING, CLOSING = "opening", "closing"

Advice = Function[str]
"""The advice on a decision as it is after some answers: a question of the flowchart, or an outcome."""

Link = Callable[[Place], str | None]
"""Where a reader finds what stands at a place of the rulebook."""


def flowchart(
    diagram: DecisionDiagram,
    decision: str,
    speaker: Speaker,
    case: Recommendation | None = None,
    link: Link = lambda place: None,
    traffic: Traffic | None = None,
) -> Graph:
    """The flowchart of one decision; with a case, its way is taken, and all else passed by.

    With the traffic of recorded cases, each way says how many took it, and those that none took are passed by.
    """
    return _FlowchartDrawing(diagram, diagram.rulebook.decision[decision], speaker, case, link, traffic).graph()


class _FlowchartDrawing:
    def __init__(
        self,
        diagram: DecisionDiagram,
        decision: Decision,
        speaker: Speaker,
        case: Recommendation | None,
        link: Link,
        traffic: Traffic | None,
    ) -> None:
        self.traffic = traffic
        self.diagram, self.decision, self.speaker, self.case, self.link = diagram, decision, speaker, case, link
        self.root = diagram.advice[decision.decision]
        self.order = {node: index for index, node in enumerate(self.root.below())}
        self.outcomes = [node for node in self.order if node.is_constant]
        self.answer = case.decisions[decision.decision] if case else None
        self.reached = self._reached()
        self.rules = sorted(name for kind, name in diagram.rulebook.behind[decision.decision] if kind == "rule")
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
        children, tested = node.parts, self.diagram.rulebook.tested_for[self.decision.decision]
        return AskedFact(self.diagram.domains[node.fact], children, range(len(children)), tested)

    # how the case stands to the picture

    def _cells(self, fact: str) -> frozenset[int] | None:
        """The cells in which the case may have the fact; None if that may be any."""
        value = self.case.facts[fact].value if self.case else None
        return None if value is None else self.diagram.domains[fact].cells_of(value)

    def _reached(self) -> Mapping[Advice, BoxState]:
        """The nodes that the case comes to, or may come to where it leaves a question open."""
        states: dict[Advice, BoxState] = {}
        waiting: list[tuple[Advice, BoxState]] = [(self.root, "taken")] if self.case else []
        while waiting:
            node, state = waiting.pop()
            if states.get(node) in (state, "taken"):
                continue
            states[node] = state
            if node.is_constant:
                if self.answer and self.answer.status != "open" and self._option(node) == self._decided():
                    states[node] = "taken"  # whatever the open questions on the way here turn out to be
                continue
            cells, children = self._cells(node.fact), node.parts
            onward: BoxState = state if cells and len(cells) == 1 else "open"
            waiting += [(children[cell], onward) for cell in (range(len(children)) if cells is None else cells)]
        return states

    def _decided(self) -> str | None:
        """The outcome of the case; another may be reached, too, where a fact that it rests on is not told."""
        return self.answer.outcome if self.answer else None

    def _state(self, node: Advice) -> BoxState:
        if self.traffic and self.traffic.counted:
            return "plain" if self.traffic.parts.get(node) else "passed_by"
        return self.reached.get(node, "passed_by") if self.case else "plain"

    def _branch_state(self, node: Advice, branch: Branch) -> BoxState:
        state, cells = self._state(node), self._cells(node.fact)
        if state in ("plain", "passed_by"):
            return state
        if cells is None:
            return "open"
        if cells.isdisjoint(branch.cells):
            return "passed_by"
        return state if cells.issubset(branch.cells) else "open"

    # nodes

    def _id(self, node: Advice) -> str:
        return f"option:{self._option(node)}" if node.is_constant else f"question:{self.order[node]}"

    def _option(self, leaf: Advice) -> str:
        return leaf.value

    def _node(self, node: Advice) -> Box:
        return self._outcome(node) if node.is_constant else self._question(node)

    def _question(self, node: Advice) -> Box:
        fact, state = node.fact, self._state(node)
        label = question(self._asked(node), self.speaker)
        if state in ("taken", "open") and self._cells(fact) is None:
            label = self.speaker.say("within", value=label, bounds=self.speaker.say("unknown"))
        rules = self._rules_testing(fact, range(len(node.parts)))
        return Box(self._id(node), label, "question", state, None, self._tooltip(rules), self._first_link(rules))

    def _outcome(self, node: Advice) -> Box:
        option, name, state = self._option(node), self.decision.decision, self._state(node)
        if self.answer and state == "passed_by" and option in self._overruled():
            state = "ruled_out"
        rules = self.diagram.rulebook.bearing.get((name, option), ())
        style = self.decision.option(option).style if option in self.decision.option_names else None
        label = self.speaker.option(name, option)
        if self.traffic and not self.decision.closing:  # else the way from here to there says it
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
        fact = node.fact
        state = self.case.facts[fact] if self.case else None
        for branch in branches(self._asked(node), self.speaker):
            taken = self._branch_state(node, branch)
            label = branch.label
            if state is not None and state.value is not None and taken in ("taken", "open"):
                label = self._with_value(fact, label, state)
            rules = self._rules_testing(fact, branch.cells)
            edge = Edge(
                self._id(node),
                self._id(branch.child),
                label,
                taken,
                assumed=state is not None and state.state == "assumed" and taken in ("taken", "open"),
                tooltip=self._tooltip(rules),
                link=self._first_link(rules),
            )
            yield self._by_cells(node, branch, edge)

    def _by_cells(self, node: Advice, branch: Branch, edge: Edge) -> Edge:
        cells = self.traffic.cells if self.traffic else {}
        return self._travelled(edge, sum(cells.get((node, cell), 0) for cell in branch.cells))

    def _through(self, node: Advice, edge: Edge) -> Edge:
        """An edge without a label, which everything takes that comes to the node."""
        return self._travelled(edge, self.traffic.parts.get(node, 0) if self.traffic else 0)

    def _travelled(self, edge: Edge, count: int) -> Edge:
        """The edge with the number of recorded cases that took it."""
        total = self.traffic.counted if self.traffic else 0
        if not total:
            return edge
        shown = str(count)
        label = self.speaker.say("within", value=edge.label, bounds=shown) if edge.label else shown
        return edge._replace(label=label, state="plain" if count else "passed_by", cases=count, share=count / total)

    def _with_value(self, fact: str, label: str, state: FactState) -> str:
        value = self.speaker.value(fact, state.value)
        text = label if value == label else self.speaker.say("within", value=label, bounds=value)
        return self.speaker.say("assumed_edge", label=text) if state.state == "assumed" else text

    # what stands behind

    def _rules_testing(self, fact: str, cells: Iterable[int]) -> list[str]:
        """The rules behind the decision for whose conditions it matters that the fact is in one of these cells."""
        subjects, inside = self.diagram.domains[fact].subjects, tuple(cells)

        def tests(premise: Premise) -> bool:
            return any(
                subjects[condition.subject][cell] in condition.accepts
                for condition in premise.conditions()
                if condition.subject in subjects
                for cell in inside
            )

        if (fact, inside) not in self.behind:
            premises = self.diagram.rulebook.premises
            self.behind[fact, inside] = [rule for rule in self.rules if tests(premises[rule])]
        return self.behind[fact, inside]

    def _tooltip(self, rules: Iterable[str]) -> str:
        rulebook, speaker = self.diagram.rulebook, self.speaker
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
            return self.speaker.say("flowchart_of", title=self.speaker.text(self.diagram.rulebook.title))
        advice = self.speaker.outcome(self.decision.decision, self.answer.outcome)
        return self.speaker.pair(self.speaker.say("advice"), advice)
