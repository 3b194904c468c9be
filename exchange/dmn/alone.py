"""A rulebook -> each of its decisions alone: the advice on other decisions is given, as facts are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from whytune.engine import Rulebook
from whytune.engine.language.rulebook import Decision, Rule
from whytune.engine.language.vocabulary import Fact, Group, Vocabulary


def alone(rulebook: Rulebook, decision: Decision) -> Rulebook:
    """The rulebook of this decision only: its rules, and the advice on other decisions as choices that are given.

    These are asked first, since they leave least open.
    """
    needed = _needed(rulebook, decision)
    others = [other for other in rulebook.decisions if other is not decision]
    return replace(
        rulebook,
        vocabulary=Vocabulary((*map(_as_fact, others), *rulebook.vocabulary.declared)),
        decisions=(decision,),
        rules=tuple(_about(rule, decision) for rule in rulebook.rules if rule.id in needed),
        main=None,
    )


def _needed(rulebook: Rulebook, decision: Decision) -> set[str]:
    """The rules with an effect on the decision, and those that these rest on without another decision in between."""
    name = decision.decision
    waiting = [rule.id for rule in rulebook.rules if name in rule.propose or name in rule.rule_out]
    waiting += _concluding(rulebook, decision.only_if)
    needed: set[str] = set()
    while waiting:
        if (rule := waiting.pop()) not in needed:
            needed.add(rule)
            premise = rulebook.premises[rule]
            waiting += premise.yields_to
            waiting += _concluding(rulebook, (condition.subject for condition in premise.conditions()))
    return needed


def _concluding(rulebook: Rulebook, subjects: Iterable[str]) -> list[str]:
    return [rule for subject in subjects for rule in dict(rulebook.concluding).get(subject, ())]


def _about(rule: Rule, decision: Decision) -> Rule:
    """The rule with its conclusion, and its effects on this decision only."""
    name = decision.decision
    only = {
        key: {name: named[name]} if name in named else {}
        for key, named in (("propose", rule.propose), ("rule_out", rule.rule_out))
    }
    return rule.model_copy(update={**only, "caution": {}})


def _as_fact(decision: Decision) -> Fact:
    """The advice on a decision as a choice; to name an option is to accept its kinds."""
    groups = tuple(
        Group.model_construct(group=name, values=(name, *sorted(kinds)), label={})
        for name, kinds in decision.kinds.items()
        if kinds
    )
    return Fact.model_construct(
        fact=decision.decision,
        kind="choice",
        ask=decision.ask,
        label=decision.ask,
        values=decision.outcomes,
        groups=groups,
    )
