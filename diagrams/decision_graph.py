"""A rulebook -> how its decisions rest on facts and on each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whytune.engine import Recommendation
from whytune.engine.language.rulebook import Condition, Rulebook
from whytune.engine.words.speaker import Speaker

from .flowchart import Link
from .graph import Box, BoxShape, Edge, Graph


def decisions(speaker: Speaker, case: Recommendation | None = None, link: Link = lambda place: None) -> Graph:
    """How the decisions of a rulebook rest on facts and on each other: an edge from everything that a rule tests."""
    rulebook = speaker.rulebook
    rests_on = {name: _tested(speaker, name) for name in rulebook.decision}
    ends = dict.fromkeys((*(subject for subjects in rests_on.values() for subject in subjects), *rests_on))
    nodes = []
    for name in ends:
        answer = case.decisions[name] if case and name in rests_on else None
        outcome = answer.outcome if answer else None
        label = speaker.subject(name)
        shape: BoxShape = "question" if name in rests_on else "fact"
        if outcome:
            label = speaker.say("within", value=label, bounds=speaker.option(name, outcome))
        nodes.append(Box(name, label, shape, link=link(("decision" if name in rests_on else "fact", name))))
    edges = [Edge(subject, name) for name, subjects in rests_on.items() for subject in subjects]
    title = speaker.say("decisions_of", title=speaker.text(rulebook.title))
    return Graph(speaker.text(rulebook.title), title, speaker.language, tuple(nodes), tuple(edges), across=True)


def _tested(speaker: Speaker, decision: str) -> Iterable[str]:
    """The facts and other decisions that the rules behind a decision test, by themselves or through conclusions."""
    rulebook = speaker.rulebook
    speaking = [rule.id for rule in rulebook.rules if decision in rule.propose or decision in rule.rule_out]
    waiting = [*rulebook.applies_if[decision], *(part for rule in speaking for part in _asked_for(rulebook, rule))]
    seen: set[str] = set()
    while waiting:
        subject = waiting.pop().subject
        if subject not in seen:
            waiting += [part for rule in rulebook.concluding.get(subject, ()) for part in _asked_for(rulebook, rule)]
        seen.add(subject)
    order = [*rulebook.vocabulary.by_name, *rulebook.decision]
    facts = rulebook.vocabulary.fact_of
    named = {facts[subject].fact if subject in facts else subject for subject in seen}
    return sorted(named - rulebook.concluding.keys(), key=order.index)


def _asked_for(rulebook: Rulebook, rule: str) -> Iterator[Condition]:
    """The conditions of the rule, and of those that it yields to."""
    premise = rulebook.premises[rule]
    yield from premise.conditions()
    for other in premise.yields_to:
        yield from _asked_for(rulebook, other)
