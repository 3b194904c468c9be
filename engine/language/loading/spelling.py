"""Short forms in conditions -> the conditions they stand for: all values but some, and groups of `choices`.

A member of `choices` is a fact of its own, so a group of them is not tested by one condition: `needs.formal: no` stands
for a condition on each member, `yes` for alternatives, which only a rule can have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ..problems import Sentence, Span, short
from ..rulebook import Decision, Invariant, Rule, Waiver
from ..source import KeyPath
from ..text import NOT, Conditions, Written, alternatives
from ..vocabulary import YES_NO, Fact, Subject, member
from .draft import Draft, Located
from .references import Known, check_values

_JOINED: Mapping[type[Written], tuple[str, str]] = {
    Fact: ("only_if", "only_if"),
    Decision: ("only_if", "only_if"),
    Invariant: ("if", "all_of"),
    Waiver: ("where", "where"),
}
"""The conditions of each part that is not a rule: their key, and the field that holds them."""


class Spelling(NamedTuple):
    """Conditions that must all hold, and lists of alternatives, one of each of which must hold as well."""

    joined: Conditions
    groups: tuple[tuple[Conditions, ...], ...]


def spell_out(draft: Draft, known: Known) -> None:
    """Replaces the conditions of each part of the draft by those they stand for; reports what stands for none."""
    for model, (key, field) in _JOINED.items():
        for index, located in enumerate(draft.of(model)):
            if located.part and (conditions := getattr(located.part, field)):
                plain = spelled_out(located, (key,), conditions, known, draft)
                draft.of(model)[index] = located.with_part({field: plain})
    for index, rule in enumerate(draft.of(Rule)):
        if rule.part:
            draft.of(Rule)[index] = rule.with_part(_of_rule(rule, rule.part, known, draft))


def spelled_out(located: Located[Any], path: KeyPath, conditions: Conditions, known: Known, draft: Draft) -> Conditions:
    """The conditions that these stand for, where there can be no alternatives; reports what stands for none."""
    spelling = _spelling(located, path, conditions, known, draft)
    if spelling.groups:
        name = next(name for name in conditions if name in _groups(known.facts))
        message = Sentence("only a rule can ask whether one of `{name}` holds", name=name)
        hint = Sentence("test one of them: `{one}: yes`", one=next(iter(spelling.groups[0][0])))
        draft.report("wrong-type", message, located.key(*path, name), hint)
    return spelling.joined


def _of_rule(located: Located[Rule], rule: Rule, known: Known, draft: Draft) -> dict[str, Any]:
    """The conditions of a rule, spelled out."""
    own = _spelling(located, ("if",), rule.all_of, known, draft)
    groups = [
        tuple(
            one
            for index, alternative in enumerate(group)
            for one in _maps(located, ("any_of", number, index), alternative, known, draft)
        )
        for number, group in enumerate(rule.any_of)
    ]
    exceptions = (
        one
        for index, exception in enumerate(rule.except_if)
        for one in _maps(located, ("except_if", index), exception, known, draft)
    )
    return {"all_of": own.joined, "any_of": (*groups, *own.groups), "except_if": tuple(exceptions)}


def _maps(
    located: Located[Rule], path: KeyPath, conditions: Conditions, known: Known, draft: Draft
) -> Iterable[Conditions]:
    """The maps that this one among alternatives stands for."""
    spelling = _spelling(located, path, conditions, known, draft)
    if len(spelling.groups) > 1:
        message = Sentence("conditions that ask for one of several groups")
        hint = Sentence("ask for one of them here, for the others below `if:` or in a conclusion")
        draft.report("wrong-type", message, located.at(*path), hint)
    if not spelling.groups:
        return [spelling.joined]
    maps = [_merged(spelling.joined, one) for one in spelling.groups[0]]
    if not any(map(_can_hold, maps)):
        _report_contradiction(located, path, draft)
    return filter(_can_hold, maps)


def _merged(one: Conditions, other: Conditions) -> Conditions:
    """The conditions of both; for one that is in both, the values that both accept."""
    shared = {
        name: tuple(value for value in values if value in one.get(name, values)) for name, values in other.items()
    }
    return {**one, **shared}


def _can_hold(conditions: Conditions) -> bool:
    return all(conditions.values())


def _report_contradiction(located: Located[Any], path: KeyPath, draft: Draft) -> None:
    message = Sentence("a group and one of its members that never hold together")
    draft.report("contradiction", message, located.at(*path), Sentence("drop one of the two"))


def _spelling(located: Located[Any], path: KeyPath, conditions: Conditions, known: Known, draft: Draft) -> Spelling:
    members = _groups(known.facts)
    joined: Conditions = {}
    of_groups: Conditions = {}
    groups: list[tuple[Conditions, ...]] = []
    for name, texts in conditions.items():
        subject = Subject(name, "fact", YES_NO) if name in members else known.subjects.get(name)
        values = _values(located, (*path, name), texts, subject, draft) if subject else texts
        if name not in members:
            joined[name] = values
            continue
        check_values(located, (*path, name), values, Subject(name, "fact", YES_NO), draft)
        if set(values) - set(YES_NO):
            continue
        if set(values) == {"yes"}:
            groups.append(tuple({one: ("yes",)} for one in members[name]))
        else:
            of_groups = _merged(of_groups, dict.fromkeys(members[name], values))
    merged = _merged(joined, of_groups)
    if not _can_hold(of_groups) or not all(merged[name] for name in of_groups):
        _report_contradiction(located, path, draft)
        return Spelling(joined, ())
    return Spelling(merged, tuple(groups))


def _groups(facts: Iterable[Fact]) -> dict[str, tuple[str, ...]]:
    """The groups of every `choices` fact, each with its members, by their names in conditions."""
    return {
        member(fact, group.group): tuple(member(fact, value) for value in group.values)
        for fact in facts
        if fact.kind == "choices"
        for group in fact.groups
    }


def _values(
    located: Located[Any], path: KeyPath, texts: tuple[str, ...], subject: Subject, draft: Draft
) -> tuple[str, ...]:
    """The names of all values that these texts leave; reports a text that leaves none, and unknown names in it."""
    values: list[str] = []
    for text in texts:
        names, negated = alternatives(text)
        if negated:
            names = _others(located, path, names, subject, draft)
        values += names
    return tuple(dict.fromkeys(values))


def _others(
    located: Located[Any], path: KeyPath, names: tuple[str, ...], subject: Subject, draft: Draft
) -> tuple[str, ...]:
    """All values but these; all values if something is wrong with these, which is reported."""
    if not set(names) <= set(subject.named):
        check_values(located, (*path, "not"), names, subject, draft)
        return subject.values
    return all_but(names, subject, located.at(*path), draft) or subject.values


def all_but(names: tuple[str, ...], subject: Subject, span: Span, draft: Draft) -> tuple[str, ...] | None:
    """The names for what is left of a subject without these; None, and a problem, if nothing is left or has no name."""
    wanted = frozenset(subject.values) - subject.accepts(names)
    left = tuple(value for value in subject.values if subject.accepts([value]) <= wanted)
    text = short(f"{NOT}{' | '.join(names)}")
    if not wanted:
        message = Sentence("`{text}` leaves no value of `{fact}`", text=text, fact=subject.name)
        draft.report("contradiction", message, span)
    elif mixed := wanted - subject.accepts(left):  # an option that is named with its kinds
        some = ", ".join(value for value in subject.values if value in mixed)
        message = Sentence(
            "`{cell}` would leave out {options} too, which stands for its kinds as well", cell=text, options=some
        )
        draft.report("unfit-not", message, span, Sentence("name what is meant, joined by `|`"))
    else:
        return left
    return None
