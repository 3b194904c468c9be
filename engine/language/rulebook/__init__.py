"""A rulebook: facts, decisions and rules, checked and frozen, with its identity and digest.

decision  a decision: its options, how they rest on each other, what decides if rules do not
parts     what else a rulebook is made of, as its authors write it
kinds     the kinds of those parts: one list, for everything that treats them alike
premise   what a rule asks for
digest    parts as data that is the same however they were written
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property, partial
from graphlib import TopologicalSorter
from typing import Any, Literal

from ..named import Named, unknown
from ..problems import Span, WhytuneError
from ..text import Conditions, Written
from ..vocabulary import Fact, Subject, Vocabulary, subjects_of
from .decision import NOT_APPLICABLE, POLICIES, REFER, Decision, Option, OptionJson, Policy, Style
from .digest import canonical
from .kinds import PART_KINDS, KindName, PartKind
from .parts import ALWAYS, Conclusion, Invariant, Note, Rule, RuleTable, SourceDocument, Validity, Waiver, days_to_come
from .premise import Condition, Premise

__all__ = [
    "ALWAYS",
    "ITEM_NAMES",
    "NOT_APPLICABLE",
    "PART_KINDS",
    "POLICIES",
    "REFER",
    "Conclusion",
    "Condition",
    "Decision",
    "Invariant",
    "KindName",
    "Note",
    "Option",
    "OptionJson",
    "PartKind",
    "Place",
    "Policy",
    "Premise",
    "Rule",
    "RuleTable",
    "Rulebook",
    "SourceDocument",
    "StepKey",
    "Style",
    "Validity",
    "Waiver",
    "canonical",
    "days_to_come",
    "dependencies",
    "item_name",
]

Place = tuple[str, ...]
"""What stands at a span: ("rule", id), ("fact", name, "bands", band, "cut_at"), ("rule", id, "if", subject), ..."""

ITEM_NAMES = ("band", "group", "option")
"""The keys that name items of lists within a part in a place; other items go by position, from 0."""


def item_name(item: Any, index: int) -> str:
    """What identifies an item of a list in a place: its own name if it has one, else its position."""
    named = (item[key] for key in ITEM_NAMES if key in item) if isinstance(item, Mapping) else ()
    return str(next(iter(named), index))


StepKey = tuple[Literal["rule", "conclusion", "decision"], str]


@dataclass(frozen=True, eq=False)
class Rulebook:
    """A checked rulebook.

    Only `loading` makes one; everything it names exists and nothing rests on itself. `written` finds the place of
    everything, on demand: most callers never ask.
    """

    name: str
    version: str
    title: Mapping[str, str]
    languages: tuple[str, ...]
    documents: tuple[SourceDocument, ...]
    vocabulary: Vocabulary
    conclusions: tuple[Conclusion, ...]
    decisions: tuple[Decision, ...]
    rules: tuple[Rule, ...]
    notes: tuple[Note, ...] = ()
    invariants: tuple[Invariant, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    tables: tuple[RuleTable, ...] = ()
    review_every_months: int | None = None
    written: Callable[[], Mapping[Place, Span]] = field(default=dict, repr=False)
    main: str | None = field(default=None, kw_only=True)
    documents_last_months: int | None = field(default=None, kw_only=True)

    def __repr__(self) -> str:
        return f"<Rulebook {self.name} {self.version}: {len(self.rules)} rules>"

    def __getstate__(self) -> dict[str, Any]:
        """What a copy or a pickle holds: the parts and their places, not what is computed from them."""
        state = {part.name: getattr(self, part.name) for part in fields(self)}
        return {**state, "written": partial(dict, self.places)}

    def as_of(self, day: date | None) -> Rulebook:
        """This rulebook with only the rules that are valid on this day; None keeps all."""
        if day is None or all(rule.holds_on(day) for rule in self.rules):
            return self
        return replace(self, rules=tuple(rule for rule in self.rules if rule.holds_on(day)))

    def only(self, section: str) -> Rulebook:
        """This rulebook with only the rules of one section; raises WhytuneError: unknown-section."""
        rules = tuple(rule for rule in self.rules if rule.section == section)
        if not rules:
            raise WhytuneError([unknown("section", section, self.sections)])
        return replace(self, rules=rules)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts as declared."""
        return self.vocabulary.declared

    def parts_of(self, kind: PartKind) -> tuple[Written, ...]:
        """All parts of one kind."""
        parts: tuple[Written, ...] = getattr(self, kind.plural)
        return parts

    def parts(self) -> Iterator[tuple[Place, Written]]:
        """Every part that has a name, with its place."""
        for kind in PART_KINDS:
            yield from (((kind.name, kind.name_of(part)), part) for part in self.parts_of(kind))

    @cached_property
    def is_dated(self) -> bool:
        """Does anything in it have a date: when a rule holds or was reviewed, or when a waiver ends?"""
        return any(isinstance(value, date) for _, part in self.parts() for value in _leaves(part.model_dump()))

    @cached_property
    def sections(self) -> tuple[str, ...]:
        return tuple(sorted({rule.section for rule in self.rules if rule.section}))

    @cached_property
    def places(self) -> Mapping[Place, Span]:
        """Where everything stands in the files."""
        return self.written()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything written in the rulebook except comments, white space and orders without meaning."""
        canonical = json.dumps(_canonical(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    @cached_property
    def subjects(self) -> Mapping[str, Subject]:
        """Everything that a condition may test."""
        derived = [*(part.subject for part in self.conclusions), *(part.subject for part in self.decisions)]
        return {**self.vocabulary.subjects, **{subject.name: subject for subject in derived}}

    @cached_property
    def premises(self) -> Mapping[str, Premise]:
        """What each rule asks for, groups resolved; a condition on a conditional fact includes its `only_if`.

        Nothing yields to a rule that does not hold today.
        """
        return {rule.id: self.premise_of(rule) for rule in self.rules}

    def premise_of(self, rule: Rule) -> Premise:
        """What a rule would ask for if it were one of these."""
        return Premise(
            self.conditions(rule.all_of),
            tuple(tuple(map(self.conditions, group)) for group in rule.any_of),
            tuple(map(self.conditions, rule.except_if)),
            tuple(sorted(name for name in {*rule.yields_to} if name in self.rule)),
        )

    @cached_property
    def applies_if(self) -> Mapping[str, tuple[Condition, ...]]:
        """What must hold for each decision to apply; nothing for one that always does."""
        return {decision.decision: self.conditions(decision.only_if) for decision in self.decisions}

    @cached_property
    def rule(self) -> Mapping[str, Rule]:
        return Named("rule", {rule.id: rule for rule in self.rules})

    @cached_property
    def decision(self) -> Mapping[str, Decision]:
        return Named("decision", {decision.decision: decision for decision in self.decisions})

    @cached_property
    def conclusion(self) -> Mapping[str, Conclusion]:
        return Named("conclusion", {conclusion.conclusion: conclusion for conclusion in self.conclusions})

    @cached_property
    def concluding(self) -> Mapping[str, tuple[str, ...]]:
        """The rules that draw each conclusion."""
        return {
            c.conclusion: tuple(sorted(r.id for r in self.rules if r.conclude == c.conclusion))
            for c in self.conclusions
        }

    @cached_property
    def proposing(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The rules that propose each (decision, option)."""
        return self._rules_by_option(
            (name, option, rule.id) for rule in self.rules for name, named in rule.propose.items() for option in named
        )

    @cached_property
    def ruling_out(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The rules that rule out each (decision, option), directly or as a kind of another option."""
        return self._rules_by_option(
            (name, option, rule.id)
            for rule in self.rules
            for name, named in rule.rule_out.items()
            for general in named
            for option in (general, *self.decision[name].kinds[general])
        )

    def _rules_by_option(self, effects: Iterable[tuple[str, str, str]]) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """For each kind of effect and each (decision, option), the ids of the rules with that effect on it."""
        rules: dict[tuple[str, str], set[str]] = {
            (decision.decision, option.option): set() for decision in self.decisions for option in decision.options
        }
        for decision, option, rule in effects:
            rules[decision, option].add(rule)
        return {of: tuple(sorted(ids)) for of, ids in rules.items()}

    @cached_property
    def cautioning(self) -> Mapping[tuple[str, str], Condition]:
        """For each (decision, rule that cautions about it), the advice along with which the caution is told."""
        return {
            (name, rule.id): Condition(name, self.subjects[name].accepts(named), named)
            for rule in sorted(self.rules, key=lambda rule: rule.id)
            for name, named in sorted(rule.caution.items())
        }

    @cached_property
    def bearing(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The rules that propose each (decision, option) or, for a combination, some form of what it combines."""
        bearing = dict(self.proposing)
        for decision in self.decisions:
            for option in (name for name in decision.parts_first if name in decision.combining):
                forms = (form for forms in decision.combining[option] for form in forms)
                rules = {rule for form in forms for rule in bearing[decision.decision, form]}
                bearing[decision.decision, option] = tuple(sorted(rules))
        return bearing

    def testing(self, fact: str) -> tuple[str, ...]:
        """The rules that test a declared fact, one of its bands, or one of its members."""
        declared = self.vocabulary.by_name[fact]
        subjects = {subject.name for subject in subjects_of(declared)}
        return tuple(
            sorted(
                rule
                for rule, premise in self.premises.items()
                if any(condition.subject in subjects for condition in premise.conditions())
            )
        )

    @cached_property
    def steps(self) -> tuple[StepKey, ...]:
        """Every rule, conclusion and decision, each after everything that it rests on."""
        return tuple(TopologicalSorter(self.resting).static_order())

    @cached_property
    def resting(self) -> Mapping[StepKey, Sequence[StepKey]]:
        """What each rule, conclusion and decision rests on directly."""
        return dependencies(self)

    @cached_property
    def decision_order(self) -> tuple[str, ...]:
        """The decisions as declared, but those that others rest on first, and the `main` one last.

        The last is meant where no decision is named.
        """
        return tuple(sorted(self.decision, key=lambda name: (name == self.main, name in self.final_decisions)))

    @cached_property
    def final_decisions(self) -> tuple[str, ...]:
        """The decisions that no other rests on, in declared order."""
        below = {step for steps in self.behind.values() for step in steps}
        return tuple(name for name in self.decision if ("decision", name) not in below)

    @cached_property
    def behind(self) -> Mapping[str, frozenset[StepKey]]:
        """For each decision, all rules, conclusions and other decisions that it rests on."""
        return {name: frozenset(_below(self.resting, ("decision", name))) for name in self.decision}

    @cached_property
    def own_steps(self) -> Mapping[str, tuple[StepKey, ...]]:
        """For each decision itself, and its rules and conclusions without those that stand behind another decision."""
        graph = self.resting
        ends = {step: below if step[0] != "decision" else [] for step, below in graph.items()}
        own = {name: {**ends, ("decision", name): graph["decision", name]} for name in self.decision}
        return {
            name: (
                ("decision", name),
                *(s for s in sorted(_below(own[name], ("decision", name))) if s[0] != "decision"),
            )
            for name in self.decision
        }

    @cached_property
    def tested_for(self) -> Mapping[str, frozenset[str]]:
        """For each decision, every subject that a rule behind it tests, or that decides whether it applies."""
        return {
            name: frozenset(
                condition.subject for step in (("decision", name), *steps) for condition in self.tested_by(step)
            )
            for name, steps in self.behind.items()
        }

    def tested_by(self, step: StepKey) -> Iterable[Condition]:
        """What this step tests by itself."""
        kind, name = step
        if kind == "rule":
            return self.premises[name].conditions()
        return self.applies_if[name] if kind == "decision" else ()

    def conditions(self, written: Conditions) -> tuple[Condition, ...]:
        """These conditions, groups resolved, each with the conditions in the `only_if` of its fact."""
        by_meaning: dict[tuple[str, frozenset[str]], Condition] = {}
        for subject, named in sorted(written.items()):
            accepts = self.subjects[subject].accepts(named)
            if fact := self.vocabulary.fact_of.get(subject):
                for implied, values in self.vocabulary.applies_if[fact.fact]:
                    by_meaning.setdefault((implied, values), Condition(implied, values, tuple(sorted(values))))
            by_meaning[subject, accepts] = Condition(subject, accepts, named)
        return tuple(by_meaning.values())


def dependencies(rulebook: Rulebook) -> dict[StepKey, list[StepKey]]:
    """What each rule, conclusion and decision rests on directly."""
    derived: dict[str, StepKey] = {c.conclusion: ("conclusion", c.conclusion) for c in rulebook.conclusions}
    derived |= {d.decision: ("decision", d.decision) for d in rulebook.decisions}
    graph: dict[StepKey, list[StepKey]] = {step: [] for step in sorted(derived.values())}
    for decision, conditions in rulebook.applies_if.items():
        subjects = {condition.subject for condition in conditions}
        graph["decision", decision] = [derived[subject] for subject in sorted(subjects) if subject in derived]
    for rule in sorted(rulebook.rules, key=lambda rule: rule.id):
        subjects = {condition.subject for condition in rulebook.premises[rule.id].conditions()}
        others: list[StepKey] = [("rule", other) for other in rulebook.premises[rule.id].yields_to]
        graph["rule", rule.id] = [derived[subject] for subject in sorted(subjects) if subject in derived] + others
        for name in ([rule.conclude] if rule.conclude else []) + sorted({*rule.propose, *rule.rule_out}):
            graph[derived[name]].append(("rule", rule.id))
    return graph


def _below(graph: Mapping[StepKey, Iterable[StepKey]], top: StepKey) -> set[StepKey]:
    """Everything that a step rests on."""
    below: set[StepKey] = set()
    waiting = [*graph[top]]
    while waiting:
        if (step := waiting.pop()) not in below:
            below.add(step)
            waiting += graph[step]
    return below


def _leaves(data: Any) -> Iterator[Any]:
    """The scalars in maps and lists, at any depth."""
    if isinstance(data, Mapping):
        data = data.values()
    elif not isinstance(data, list | tuple):
        yield data
        return
    for part in data:
        yield from _leaves(part)


def _canonical(rulebook: Rulebook) -> dict[str, Any]:
    later = {"main": rulebook.main, "documents_last_months": rulebook.documents_last_months}
    kinds = [kind for kind in PART_KINDS if rulebook.parts_of(kind) or not kind.later]
    return {
        **{key: value for key, value in later.items() if value is not None},  # digests are older than these
        "rulebook": [rulebook.name, rulebook.version, dict(rulebook.title), rulebook.languages],
        "review_every_months": rulebook.review_every_months,
        **{kind.plural: _canonical_parts(kind, rulebook) for kind in kinds},
    }


def _canonical_parts(kind: PartKind, rulebook: Rulebook) -> list[dict[str, Any]]:
    parts = rulebook.parts_of(kind)
    return [canonical(part) for part in (parts if kind.is_ordered else sorted(parts, key=kind.name_of))]
