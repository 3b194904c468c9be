"""A rulebook -> how its decisions rest on facts and on each other."""

from __future__ import annotations

from collections.abc import Iterable

from whytune.engine import Recommendation
from whytune.engine.language.rulebook import REFER
from whytune.engine.words.speaker import Speaker

from .flowchart import Link
from .graph import Box, BoxShape, Edge, Graph


def decisions(speaker: Speaker, case: Recommendation | None = None, link: Link = lambda place: None) -> Graph:
    """How the decisions of a rulebook rest on facts and on each other: an edge from each thing that a rule tests."""
    rulebook = speaker.rulebook
    rests_on = {name: _tested(speaker, name) for name in rulebook.decision}
    ends = dict.fromkeys((*(subject for subjects in rests_on.values() for subject in subjects), *rests_on))
    nodes = []
    for name in ends:
        answer = case.decisions[name] if case and name in rests_on else None
        outcome = (REFER if answer.referred else answer.advice) if answer else None
        label = speaker.subject(name)
        shape: BoxShape = "question" if name in rests_on else "fact"
        if outcome:
            label = speaker.say("within", value=label, bounds=speaker.option(name, outcome))
        nodes.append(Box(name, label, shape, link=link(("decision" if name in rests_on else "fact", name))))
    edges = [Edge(subject, name) for name, subjects in rests_on.items() for subject in subjects]
    title = speaker.say("decisions_of", title=speaker.text(rulebook.title))
    return Graph(speaker.text(rulebook.title), title, speaker.language, tuple(nodes), tuple(edges), across=True)


def _tested(speaker: Speaker, decision: str) -> Iterable[str]:
    """What the rules behind a decision test: facts and other decisions; conclusions are followed to theirs."""
    rulebook = speaker.rulebook
    seen: dict[str, None] = {}
    waiting = [rule.id for rule in rulebook.rules if decision in rule.propose or decision in rule.rule_out]
    followed: set[str] = set()
    while waiting:
        premise = rulebook.premises[waiting.pop()]
        waiting += [rule for rule in premise.yields_to if rule not in followed]
        followed.update(premise.yields_to)
        for condition in premise.conditions():
            subject = condition.subject
            if subject in rulebook.concluding:
                if subject not in followed:
                    followed.add(subject)
                    waiting += rulebook.concluding[subject]
            else:
                fact = rulebook.vocabulary.fact_of.get(subject)
                seen[fact.fact if fact else subject] = None
    order = [*rulebook.vocabulary.by_name, *rulebook.decision]
    return sorted(seen, key=order.index)
