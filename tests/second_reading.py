"""A second reading of the rule language: what a rulebook, as written, advises in one cell of its facts.

It follows docs/language.md over the data that YAML holds, and uses nothing of the engine: a mistake that loading, the
diagram and durable-rules have in common shows here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from operator import ge, gt, le, lt
from typing import Any

Values = Mapping[str, str | Decimal]
"""Fact, or member `fact.value` of several, -> its value."""


class Reading:
    """What follows from these values of all facts by the rulebook that this data writes."""

    def __init__(self, document: Mapping[str, Any], values: Values) -> None:
        self.values = values
        self.facts = {name: fact for fact in document["facts"] for name in members(fact)}
        self.groups = {
            f"{fact['fact']}.{group['group']}": (fact, [f"{fact['fact']}.{value}" for value in group["values"]])
            for fact in document["facts"]
            if fact["kind"] == "choices"
            for group in fact.get("groups", ())
        }
        self.bands = {band["band"]: (fact, band) for fact in document["facts"] for band in fact.get("bands", ())}
        rows = (row for table in document.get("tables", ()) for row in _rows(table))
        self.rules = {rule["id"]: rule for rule in (*document["rules"], *rows)}
        self.conclusions = {conclusion["conclusion"] for conclusion in document.get("conclusions", ())}
        self.decisions = {decision["decision"]: decision for decision in document["decisions"]}
        self.in_force = cache(self._in_force)
        self.advice = cache(self._advice)

    # facts and conditions

    def applies(self, fact: Mapping[str, Any]) -> bool:
        """Does the fact apply? Otherwise no condition on it holds."""
        return self.all_hold(fact.get("only_if", {}))

    def all_hold(self, conditions: Any) -> bool:
        return conditions == "always" or all(self.holds(*condition) for condition in conditions.items())

    def holds(self, subject: str, named: Any) -> bool:
        if isinstance(named, Mapping):
            return self.has_a_value(subject) and not self.holds(subject, named["not"])
        accepted = listed(named)
        if subject in self.groups:
            fact, members = self.groups[subject]
            some = any(self.values[member] == "yes" for member in members)
            return self.applies(fact) and ("yes" if some else "no") in accepted
        if subject in self.decisions:
            return self.advice(subject) in self.accepted(subject, accepted)
        if subject in self.conclusions:
            drawn = any(rule.get("conclude") == subject and self.in_force(name) for name, rule in self.rules.items())
            return ("yes" if drawn else "no") in accepted
        if subject in self.bands:
            fact, band = self.bands[subject]
            passed = sum(passes(Decimal(self.values[fact["fact"]]), cut) for cut in listed(band["cut_at"]))
            return self.applies(fact) and band["values"][passed] in accepted
        fact = self.facts[subject]
        for group in fact.get("groups", ()):
            accepted = accepted + (group["values"] if group["group"] in accepted else [])
        return self.applies(fact) and self.values[subject] in accepted

    def has_a_value(self, subject: str) -> bool:
        """Is there something of which a condition could say that it is not so? Of a fact that does not apply, not."""
        fact = self.facts.get(subject) or next(iter(self.bands.get(subject) or self.groups.get(subject) or ()), None)
        return fact is None or self.applies(fact)

    def accepted(self, decision: str, named: Iterable[str]) -> set[str]:
        """The outcomes that naming these accepts: an option with its kinds and combinations."""
        return {outcome for name in named for outcome in (name, *self.below(decision, name))}

    # cells of tables

    def cell_holds(self, column: str, cell: Any) -> bool:
        """Does what a cell asks of its column hold? A cell that leaves some out asks that its fact applies."""
        text = " | ".join(listed(cell)).strip()
        if text == "-":
            return True
        negated = text.startswith("not ")
        parts = [part.strip() for part in text.removeprefix("not ").split("|")]
        fact = self.facts.get(column) or next(iter(self.bands.get(column, ())), None)
        if fact and not self.applies(fact):
            return False
        if fact and fact["kind"] in ("whole_number", "number") and column == fact["fact"]:
            return negated != any(is_within(Decimal(self.values[column]), part) for part in parts)
        return negated != self.holds(column, parts)

    # rules

    def _in_force(self, name: str) -> bool:
        rule = self.rules[name]
        alternatives, exceptions = rule.get("any_of", []), listed(rule.get("except_if") or [])
        several = any(isinstance(one, list) for one in alternatives)
        groups = alternatives if several else [alternatives] if alternatives else []
        return (
            self.all_hold(rule.get("if", {}))
            and all(self.cell_holds(*cell) for cell in rule.get("cells", {}).items())
            and all(any(map(self.all_hold, group)) for group in groups)
            and not any(map(self.all_hold, exceptions))
            and not any(map(self.in_force, listed(rule.get("yields_to", []))))
        )

    def speaks(self, effect: str, decision: str, options: Iterable[str]) -> bool:
        """Is a rule in force that says this of one of these options?"""
        about = set(options)
        return any(
            about.intersection(listed(rule.get(effect, {}).get(decision, []))) and self.in_force(name)
            for name, rule in self.rules.items()
        )

    # options

    def options(self, decision: str) -> dict[str, Mapping[str, Any]]:
        return {option["option"]: option for option in self.decisions[decision]["options"]}

    def above(self, decision: str, name: str) -> set[str]:
        """What the option is a kind of or combines, at any depth."""
        option = self.options(decision).get(name, {})
        nearest = {*option.get("combines", ()), *([option["kind_of"]] if "kind_of" in option else [])}
        return nearest.union(*(self.above(decision, other) for other in nearest))

    def below(self, decision: str, name: str) -> set[str]:
        return {other for other in self.options(decision) if name in self.above(decision, other)}

    def forms(self, decision: str, of: str) -> list[str]:
        """The option and its kinds, at any depth."""
        return [name for name in self.options(decision) if of in self.line(decision, name)]

    def line(self, decision: str, name: str) -> list[str]:
        """The option, what it is a kind of, and so on."""
        parent = self.options(decision)[name].get("kind_of")
        return [name, *self.line(decision, parent)] if parent else [name]

    def stands(self, decision: str, name: str) -> bool:
        parts = self.options(decision)[name].get("combines")
        if parts:
            proposed = all(any(self.stands(decision, form) for form in self.forms(decision, part)) for part in parts)
        else:
            proposed = self.speaks("propose", decision, [name])
        return proposed and not self.speaks("rule_out", decision, {name, *self.above(decision, name)})

    def gives_way_to(self, decision: str, name: str) -> Iterator[str]:
        """Its kinds and combinations, and the combinations of what it is a kind of, with their kinds."""
        yield from self.below(decision, name)
        for combination, option in self.options(decision).items():
            if any(name in self.forms(decision, part) for part in option.get("combines", ())):
                yield from (combination, *self.below(decision, combination))

    def _advice(self, decision: str) -> str:
        written = self.decisions[decision]
        if not self.all_hold(written.get("only_if", {})):
            return "not_applicable"
        standing = {name for name in self.options(decision) if self.stands(decision, name)}
        left = {name for name in standing if not standing.intersection(self.gives_way_to(decision, name))}
        if not left:
            return str(written["if_none_stands"])
        if len(left) == 1:
            return left.pop()
        preferred = listed(written["if_several_stand"])
        return next(name for name in preferred if name in left) if left <= set(preferred) else "refer"

    def cautions(self, decision: str) -> set[str]:
        """The rules that caution about the advice."""
        about = {name: listed(rule.get("caution", {}).get(decision, [])) for name, rule in self.rules.items()}
        advice = self.advice(decision)
        return {name for name in about if advice in self.accepted(decision, about[name]) and self.in_force(name)}


def members(fact: Mapping[str, Any]) -> list[str]:
    """The fact, or, of one with several values, its members."""
    return [f"{fact['fact']}.{value}" for value in fact["values"]] if fact["kind"] == "choices" else [fact["fact"]]


EFFECTS = ("propose", "rule_out", "caution")


def _rows(table: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of a table as rules that keep their cells; where the first counts, each yields to all above it."""
    for number, row in enumerate(table["rows"], 1):
        cells = dict(zip(table["columns"], row, strict=True))
        effects = {effect: cells.pop(effect) for effect in EFFECTS if effect in cells}
        yield {
            "id": f"{table['table']}.{number}",
            "cells": cells,
            "yields_to": [f"{table['table']}.{at}" for at in range(1, number) if table["hit"] == "first"],
            **{
                effect: {table["decision"]: [name.strip() for name in cell.split("|")]}
                for effect, cell in effects.items()
                if cell != "-"
            },
        }


def is_within(number: Decimal, stretch: str) -> bool:
    """Does the number lie in the stretch, as a cell of a table writes it: `>= 100`, `[100..200)`, `5`?"""
    if ".." in stretch:
        low, high = map(Decimal, stretch.strip("[]()").split(".."))
        return (number > low if stretch[0] in "(]" else number >= low) and (
            number < high if stretch[-1] in ")[" else number <= high
        )
    for sign, compare in ((">=", ge), ("<=", le), (">", gt), ("<", lt)):
        if stretch.startswith(sign):
            return bool(compare(number, Decimal(stretch.removeprefix(sign).strip())))
    return number == Decimal(stretch)


def listed(written: Any) -> list[Any]:
    """A list, of which a single item may stand alone."""
    return list(written) if isinstance(written, list | tuple) else [written]


def passes(number: Decimal, cut: Any) -> bool:
    """Does the number lie at or above the cut, or above one that says so?"""
    return number > Decimal(str(cut["above"])) if isinstance(cut, Mapping) else number >= Decimal(str(cut))
