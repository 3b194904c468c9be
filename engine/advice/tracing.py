"""What fired -> the trace that a reader sees: only the rulebook's words, each step with what it used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal, NamedTuple, cast

from ..language.brief import brief
from ..language.case import CaseFacts
from ..language.intervals import Interval
from ..language.rulebook import NOT_APPLICABLE, REFER, Rulebook
from ..language.text import pick
from ..language.vocabulary import Fact
from ..words.catalogue import Family, in_each, phrase
from ..words.values import piece
from .durable.productions import Element, Production, fact_element
from .recommendation import Firing, Use

Uses = Mapping[str | int, Use]
"""The facts and steps that something rests on, each once."""

OptionEnd = Literal["stands", "ruled_out", "not_proposed"]
How = Literal["stands", "if_none_stands", "if_several_stand", "every_completion", "only_if"]
"""What settles a decision: the only option that stands, a policy, or that every completion leads to one outcome."""

_OPTION_ENDS = Family[OptionEnd]()
_COMBINED = Family[OptionEnd]("combination")
_ADVISED = Family[How]("advise")


class _Way(NamedTuple):
    """A production, what it waits for, each element also without its part, and the step that readers see, if any."""

    production: Production
    behind: tuple[tuple[Element, Element], ...]
    step: Firing | None

    def __repr__(self) -> str:
        return brief(self)


class Tracer:
    """Writes traces for one rulebook; whatever does not depend on the case is written once."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._ways: dict[int, _Way] = {}
        self._facts = [
            (fact.fact, subject, fact_element(fact, subject), Element("subject", subject), _intervals(fact, subject))
            for fact in rulebook.vocabulary.facts
            for subject in rulebook.vocabulary.domains[fact.fact].subjects
        ]

    def trace(self, fired: Iterable[Production], facts: CaseFacts) -> tuple[Firing, ...]:
        """The steps in the order in which they fired; several productions that gave the same value make one step."""
        evidence = self._facts_used(facts)
        shown: dict[Element, tuple[Firing, Uses]] = {}
        for production in fired:
            way = self._ways.get(id(production)) or self._way(production)
            element, uses = production.element, _behind(way.behind, evidence)
            if way.step is None:
                evidence[element] = {**evidence[element], **uses} if element in evidence else uses
            elif element in shown:
                step, before = shown[element]
                shown[element] = step, {**before, **uses}
            else:
                evidence[element] = _step(len(shown) + 1)
                shown[element] = way.step, uses
        return tuple(
            [
                Firing(
                    number,
                    step.kind,
                    step.name,
                    step.state,
                    tuple(uses.values()),
                    step.title,
                    step.text,
                    step.sources,
                    step.policy,
                )
                for number, (step, uses) in enumerate(shown.values(), start=1)
            ]
        )

    def _facts_used(self, facts: CaseFacts) -> dict[Element, Uses]:
        """The facts that the elements in working memory rest on at the start."""
        uses: dict[Element, Uses] = {}
        states, knowledge = facts.states, facts.knowledge
        for fact, subject, element, banded, intervals in self._facts:
            has = knowledge.get(subject)
            if has is None:
                continue
            value = states[fact].value
            if isinstance(has, str) and intervals:
                uses[element] = {fact: Use(fact, value, *intervals[has])}
            else:
                uses[banded] = {fact: Use(fact, value)}
        return uses

    def _way(self, production: Production) -> _Way:
        """Worked out once; it keeps its production, so that no other has its id."""
        behind = tuple((match.element, match.element._replace(part="")) for match in production.when)
        step = self._write(production) if _is_shown(production) else None
        way = self._ways[id(production)] = _Way(production, behind, step)
        return way

    def _write(self, production: Production) -> Firing:
        rulebook, name, value = self.rulebook, production.element.name, production.value
        if production.element.kind == "rule":
            return self._write_rule(name, value == "yes")
        if production.element.kind == "option":
            return self._write_option(name, cast(OptionEnd, production.why))
        if production.element.kind == "caution":
            return self.cautioned(*name.split(".", maxsplit=1))  # the rule of a row has a dot in its own name
        if band := rulebook.vocabulary.bands.get(name):
            fact = rulebook.vocabulary.fact_of[name]
            label = band.label or fact.label
            text = {
                language: phrase(
                    "band", language, label=pick(label, language), value=piece(fact, band, value, language)
                )
                for language in rulebook.languages
            }
            return Firing(0, "band", name, value, (), label, text, band.sources)
        if name in rulebook.decision:
            return self.decided(name, value, cast(How, production.why))
        label = rulebook.conclusion[name].label
        text = in_each(rulebook.languages, "concluded_yes" if value == "yes" else "concluded_no", label=label)
        return Firing(0, "conclusion", name, value, (), label, text)

    def _write_rule(self, name: str, in_force: bool) -> Firing:
        rule = self.rulebook.rule[name]
        if in_force:
            return Firing(0, "rule", name, "in_force", (), rule.title, rule.because, rule.sources)
        text = in_each(self.rulebook.languages, "not_in_force", title=rule.title)
        return Firing(0, "rule", name, "not_in_force", (), rule.title, text, rule.sources)

    def _write_option(self, name: str, state: OptionEnd) -> Firing:
        decision, _, option = name.partition(".")
        declared = self.rulebook.decision[decision]
        label = declared.option(option).label
        if option in declared.combining:
            text = in_each(self.rulebook.languages, _COMBINED[state], label=label)
        else:
            text = in_each(self.rulebook.languages, _OPTION_ENDS[state], label=label)
        return Firing(0, "option", name, state, (), label, text)

    def cautioned(self, decision: str, rule: str) -> Firing:
        """The step that tells a rule's caution along with the advice on a decision."""
        title = self.rulebook.rule[rule].title
        text = in_each(self.rulebook.languages, "cautioned", title=title)
        return Firing(0, "caution", f"{decision}.{rule}", "told", (), title, text)

    def decided(self, name: str, outcome: str, how: How) -> Firing:
        """The step that answers a decision."""
        decision = self.rulebook.decision[name]
        languages = self.rulebook.languages
        policy = {"if_none_stands": decision.if_none_stands, "if_several_stand": decision.if_several_stand}.get(how)
        if outcome == REFER:
            label = in_each(languages, "refer")
            key = "advise_refer_none" if how == "if_none_stands" else "advise_refer"
        else:
            is_option = outcome != NOT_APPLICABLE
            label = decision.option(outcome).label if is_option else in_each(languages, "outcome_not_applicable")
            key = _ADVISED[how]
        text = policy.because if policy and policy.because else in_each(languages, key, label=label)
        return Firing(
            0,
            "decision",
            name,
            outcome,
            (),
            label,
            text,
            policy.sources if policy else (),
            f"{name}.{how}" if how != "stands" else None,
        )


def _behind(elements: Iterable[tuple[Element, Element]], evidence: Mapping[Element, Uses]) -> Uses:
    """What elements rest on; a relay that did not fire stands for its partly known subject."""
    uses: Uses = {}
    for element, whole in elements:
        own = evidence.get(element) or evidence.get(whole, {})
        uses = {**uses, **own} if uses else own
    return uses


def _intervals(fact: Fact, subject: str) -> Mapping[str, Interval]:
    """The stretch of each piece of a band; nothing for a subject that is no band."""
    return {piece: band.interval(piece) for band in fact.bands if band.band == subject for piece in band.values}


@cache
def _step(number: int) -> Uses:
    return {number: Use(step=number)}


def _is_shown(production: Production) -> bool:
    """Is this a word of the rulebook rather than of the compiler? A caution is shown only if it is told."""
    element = production.element
    if element.kind == "caution":
        return production.value == "yes"
    return not element.part and element.kind in ("subject", "rule", "option")
