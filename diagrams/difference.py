"""Two rulebooks -> the flowchart of what an edit changes: which answers lead to different advice than before."""

from __future__ import annotations

from collections.abc import Iterator

from whytune.engine.language.rulebook import Style
from whytune.engine.meaning.diagram import Function
from whytune.engine.review.difference import Compared
from whytune.engine.review.difference.advice_changes import Way, changed_ways
from whytune.engine.words.speaker import Speaker

from .branches import AskedFact, branches, question
from .graph import Box, BoxState, Edge, Graph

Fate = Function[Way | None]
"""From what to what the advice changes after some answers: a question of the picture, or how one ends."""


def difference(compared: Compared, decision: str, old: Speaker, new: Speaker) -> Graph:
    """Who gets different advice on one decision, and what; values that only one rulebook has are left out.

    The rulebooks speak for themselves: the old one speaks about what the new one does not have.
    """
    return _ChangesDrawing(compared, decision, old, new).graph()


class _ChangesDrawing:
    def __init__(self, compared: Compared, decision: str, old: Speaker, new: Speaker) -> None:
        self.decision, self.old, self.new = decision, old, new
        self.ground = compared.new.ground
        self.root = self.ground.in_common(changed_ways(compared.old.diagram, compared.new.diagram, decision))
        self.domains = {**self.ground.domains(compared.old.rulebook), **self.ground.domains(compared.new.rulebook)}
        self.order = {node: index for index, node in enumerate(self.root.below())}
        self.tested = frozenset().union(*(side.rulebook.tested_for.get(decision, ()) for side in (old, new)))

    def graph(self) -> Graph:
        nodes = tuple(self._node(node) for node in self.order)
        edges = tuple(edge for node in self.order if not node.is_constant for edge in self._edges(node))
        decides = self.new if self.decision in self.new.rulebook.decision else self.old
        title = self.new.say("advice_becomes", ask=decides.text(decides.rulebook.decision[self.decision].ask))
        return Graph(title, self.new.say("advice_becomes_how"), self.new.language, nodes, edges)

    def _id(self, node: Fate) -> str:
        return f"{'way' if node.is_constant else 'question'}:{self.order[node]}"

    def _node(self, node: Fate) -> Box:
        if not node.is_constant:
            asked, speaker = self._asked(node)
            scale = asked.domain.fact.is_number
            return Box(self._id(node), question(asked, speaker), "question", is_scale=scale)
        way = node.value
        if way is None:
            return Box(self._id(node), self.new.say("same_advice"), "outcome", "passed_by")
        before, after = (self._option(speaker, name) for speaker, name in zip((self.old, self.new), way, strict=True))
        return Box(
            self._id(node), self.new.say("goes_over", before=before, after=after), "outcome", style=self._style(way)
        )

    def _edges(self, node: Fate) -> Iterator[Edge]:
        for branch in branches(*self._asked(node)):
            is_same = branch.child.is_constant and branch.child.value is None
            state: BoxState = "passed_by" if is_same else "plain"
            yield Edge(self._id(node), self._id(branch.child), branch.label, state)

    def _asked(self, node: Fate) -> tuple[AskedFact, Speaker]:
        """What a node asks, and which rulebook speaks about it."""
        fact = node.fact
        speaker = self.new if fact in self.new.rulebook.vocabulary.domains else self.old
        return AskedFact(self.domains[fact], node.parts, self.ground.common(fact), self.tested), speaker

    def _option(self, speaker: Speaker, name: str | None) -> str:
        return self.new.say("not_decided_there") if name is None else speaker.option(self.decision, name)

    def _style(self, way: Way) -> Style | None:
        """The look of the option that is advised now."""
        after = way[1]
        if self.decision not in self.new.rulebook.decision:
            return None
        decision = self.new.rulebook.decision[self.decision]
        return decision.option(after).style if after is not None and after in decision.option_names else None
