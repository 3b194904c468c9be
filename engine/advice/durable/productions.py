"""Rulebook -> productions: what durable-rules must fire, each with its dual, so that nothing is ever absent.

An element of working memory says that something has a value: a fact, a band, a rule (yes: in force), a conclusion,
an option (yes: stands), a decision, a caution (yes: told). For every way in which an element can become `yes` there is
a production, and for every way in which it can become `no` another, its dual. So a negative is derived, never assumed
from silence; the order of facts cannot matter; and what rests on an unknown fact simply does not fire.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from ...language.brief import brief
from ...language.intervals import Interval
from ...language.rulebook import NOT_APPLICABLE, Condition, Decision, Premise, Rulebook, StepKey, dependencies
from ...language.vocabulary import Fact
from ...meaning.semantics import outcome, ranked


class Element(NamedTuple):
    """A name in working memory; `part` tells apart the several elements behind one name, empty for what readers see."""

    kind: str
    name: str
    part: str = ""

    def __repr__(self) -> str:
        return brief(self)


START = Element("start", "start")
"""An element that is in working memory from the start of every case."""


class Match(NamedTuple):
    """The element has this value, or, if it is a number, lies in this interval."""

    element: Element
    value: str | Interval

    def __repr__(self) -> str:
        return brief(self)


class Production(NamedTuple):
    """If all of these match, the element has this value; `why` tells apart the ways to it that readers see."""

    when: tuple[Match, ...]
    element: Element
    value: str
    why: str = ""

    def __repr__(self) -> str:
        return brief(self)


class Ways(NamedTuple):
    """The match that means that something is so, and the matches each of which means that it is not."""

    yes: Match
    no: tuple[Match, ...]


def stages(rulebook: Rulebook) -> Iterator[list[Production]]:
    """All productions of the rulebook in groups, each after those that it rests on, and close to them."""
    compiler = _Compiler(rulebook)
    for fact in rulebook.vocabulary.facts:
        yield [*_bands(fact)]
    for kind, name in _depth_first(rulebook):
        if kind == "rule":
            compiler.rule(name, rulebook.premises[name])
        elif kind == "conclusion":
            compiler.one_of(Element("subject", name), rulebook.concluding[name])
        else:
            compiler.decision(rulebook.decision[name])
        yield compiler.taken()
    for (name, rule), advised in rulebook.cautioning.items():
        compiler.caution(name, rule, advised)
    yield compiler.taken()


def _depth_first(rulebook: Rulebook) -> Iterator[StepKey]:
    """Every rule, conclusion and decision, right after those that it rests on."""
    below = dependencies(rulebook)
    done: set[StepKey] = set()
    for start in (*(("decision", name) for name in rulebook.decision_order), *below):
        waiting = [start]
        while waiting:
            step = waiting[-1]
            first = [lower for lower in below[step] if lower not in done]
            if first:
                waiting.extend(reversed(first))
                continue
            waiting.pop()
            if step not in done:
                done.add(step)
                yield step


def caution_element(decision: str, rule: str) -> Element:
    """The element for whether a rule cautions about the advice on a decision."""
    return Element("caution", f"{decision}.{rule}")


def number_element(fact: Fact, band: str) -> Element:
    """The element that holds the fact's number for this band to cut, one for each unit of counting."""
    return Element("whole" if fact.kind == "whole_number" else "millionths", band)


def fact_element(fact: Fact, subject: str) -> Element:
    """The element that is asserted for a subject of a fact: its value, or its number for the band to cut."""
    return number_element(fact, subject) if fact.is_number else Element("subject", subject)


def _bands(fact: Fact) -> Iterator[Production]:
    for band in fact.bands:
        for piece in band.values:
            number = Match(number_element(fact, band.band), band.interval(piece))
            yield Production((number,), Element("subject", band.band), piece)


def relay_of(condition: Condition) -> Element:
    """The element that says whether the condition holds, for all rules that test it."""
    return Element("subject", condition.subject, "|".join(sorted(condition.accepts)))


class _Compiler:
    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.productions: list[Production] = []
        self.relays: set[Element] = set()

    def taken(self) -> list[Production]:
        """The productions since this was asked last."""
        taken, self.productions = self.productions, []
        return taken

    def add(self, when: Iterable[Match], element: Element, value: str, why: str = "") -> None:
        self.productions.append(Production(tuple(when), element, value, why))

    def rule(self, name: str, premise: Premise) -> None:
        ways = [self.condition(condition) for condition in premise.all_of]
        for index, group in enumerate(premise.any_of):
            ways.append(self.alternatives(Element("rule", name, f"any_of.{index}"), group))
        for index, conditions in enumerate(premise.except_if):
            exception = self.conjunction(Element("rule", name, f"except_if.{index}"), conditions)
            ways.append(_opposite(exception))
        ways += [_opposite(_both(Element("rule", rule))) for rule in premise.yields_to]
        self.join(Element("rule", name), ways)

    def condition(self, condition: Condition) -> Ways:
        """A condition as matches on its subject if that has two values, else on a relay for all rules that test it.

        For a subject known in part, the session asserts the relays that are decided.
        """
        subject = Element("subject", condition.subject)
        values = self.rulebook.subjects[condition.subject].values
        refused = [value for value in values if value not in condition.accepts]
        if len(condition.accepts) == 1 and len(values) == 2:
            return Ways(Match(subject, min(condition.accepts)), tuple(Match(subject, value) for value in refused))
        relay = relay_of(condition)
        if relay not in self.relays:
            self.relays.add(relay)
            for value in values:
                self.add([Match(subject, value)], relay, "yes" if value in condition.accepts else "no")
        return _both(relay)

    def join(self, element: Element, ways: list[Ways]) -> Ways:
        """Makes the element yes if all of these are so, no if one is not; without any, it is yes from the start."""
        self.add((way.yes for way in ways) if ways else [Match(START, "yes")], element, "yes")
        for way in ways:
            for match in way.no:
                self.add([match], element, "no")
        return _both(element)

    def conjunction(self, element: Element, conditions: Iterable[Condition]) -> Ways:
        return self.join(element, [self.condition(condition) for condition in conditions])

    def alternatives(self, element: Element, alternatives: Iterable[tuple[Condition, ...]]) -> Ways:
        ways = [
            self.conjunction(Element(element.kind, element.name, f"{element.part}.{index}"), conditions)
            for index, conditions in enumerate(alternatives)
        ]
        return self.disjunction(element, ways)

    def disjunction(self, element: Element, ways: list[Ways]) -> Ways:
        for way in ways:
            self.add([way.yes], element, "yes")
        self.add((way.no[0] for way in ways), element, "no")
        return _both(element)

    def one_of(self, element: Element, rules: Collection[str]) -> Ways:
        """Makes the element yes if one of these rules is in force, and no if none is."""
        if not rules:
            self.add([Match(START, "yes")], element, "no")
            return _both(element)
        return self.disjunction(element, [_both(Element("rule", rule)) for rule in rules])

    def decision(self, decision: Decision) -> None:
        name = decision.decision
        for option in (o.option for o in decision.options):
            element = _of_option(decision, option)
            for_it = self.combination(decision, option) or self.speaking(self.rulebook.proposing[name, option])
            against = self.speaking(self.rulebook.ruling_out[name, option])
            if against:
                self.add([against.yes], element, "no", "ruled_out")
            if for_it:
                self.add(for_it.no, element, "no", "not_proposed")
                self.add([for_it.yes, *(against.no if against else ())], element, "yes", "stands")
            else:
                self.add([Match(START, "yes")], element, "no", "not_proposed")
        self.advice(decision, [self.remains(decision, option) for option in ranked(decision)])

    def caution(self, decision: str, rule: str, advised: Condition) -> None:
        """Tells a caution if its rule is in force and the advice is the one it is about."""
        self.join(caution_element(decision, rule), [_both(Element("rule", rule)), self.condition(advised)])

    def speaking(self, rules: Collection[str]) -> Ways | None:
        """The ways for one of these rules to speak: one relay for all options with the same rules; None if none can."""
        if len(rules) < 2:
            return next((_both(Element("rule", rule)) for rule in rules), None)
        relay = Element("rule", "|".join(rules), "one_of")
        if relay not in self.relays:
            self.relays.add(relay)
            self.one_of(relay, rules)
        return _both(relay)

    def remains(self, decision: Decision, option: str) -> Ways:
        """The ways for the option to stand while none that it gives way to does."""
        stands = _stands(decision, option)
        others = [_opposite(_stands(decision, other)) for other in sorted(decision.gives_way[option])]
        return self.join(_of_option(decision, option, "remains"), [stands, *others]) if others else stands

    def combination(self, decision: Decision, option: str) -> Ways | None:
        """The ways for some form of each part of a combination to stand; None for an option that combines nothing."""
        if option not in decision.combining:
            return None
        parts = [
            self.disjunction(_of_option(decision, option, f"part.{index}"), [_stands(decision, form) for form in forms])
            for index, forms in enumerate(decision.combining[option])
        ]
        return self.join(_of_option(decision, option, "combined"), parts)

    def advice(self, decision: Decision, remains: list[Ways]) -> None:
        """Adds a production for none, one for each option alone, and one for each first two of several that remain."""
        element = Element("subject", decision.decision)
        names = ranked(decision)
        none = [way.no[0] for way in remains]
        applies = self.applies(decision, element)
        self.add([*applies, *none], element, outcome(decision, ()), "if_none_stands")
        for index, way in enumerate(remains):
            self.add([*applies, *none[:index], way.yes, *none[index + 1 :]], element, names[index], "stands")
        for first, second in combinations(range(len(names)), 2):
            before = [none[index] for index in range(second) if index != first]
            several = outcome(decision, (names[first], names[second]))
            self.add([*applies, *before, remains[first].yes, remains[second].yes], element, several, "if_several_stand")

    def applies(self, decision: Decision, element: Element) -> tuple[Match, ...]:
        """The matches for the decision to apply, none if it always does; adds its outcome for when it does not."""
        if not decision.only_if:
            return ()
        conditions = self.rulebook.applies_if[decision.decision]
        applies = self.conjunction(Element("decision", decision.decision, "applies"), conditions)
        self.add(applies.no, element, NOT_APPLICABLE, "only_if")
        return (applies.yes,)


def _opposite(ways: Ways) -> Ways:
    """The negation of something that has a single way not to be so."""
    return Ways(ways.no[0], (ways.yes,))


def _of_option(decision: Decision, option: str, part: str = "") -> Element:
    return Element("option", f"{decision.decision}.{option}", part)


def _stands(decision: Decision, option: str) -> Ways:
    return _both(_of_option(decision, option))


def _both(element: Element) -> Ways:
    return Ways(Match(element, "yes"), (Match(element, "no"),))
