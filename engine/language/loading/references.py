"""Do the parts of a draft fit together? Every name exists, once, and means something where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from graphlib import TopologicalSorter
from itertools import chain
from typing import Any, NamedTuple

from ..named import KINDS
from ..problems import Sentence, Span, closest, did_you_mean, listing, short
from ..rulebook import (
    ALWAYS,
    NOT_APPLICABLE,
    PART_KINDS,
    REFER,
    Conclusion,
    Decision,
    Invariant,
    Rule,
    Rulebook,
    SourceDocument,
    StepKey,
    Waiver,
    dependencies,
)
from ..source import MAX_DEPTH, KeyPath, plain
from ..text import Conditions
from ..vocabulary import Fact, Subject, subjects_of
from .decisions import check_decision, has_sound_kinds
from .draft import Draft, Located, check_sources, find_cycle, report_duplicates, whole
from .facts import check_fact
from .ordered_numbers import check_order_of_all, check_orders
from .shape import CONNECTIVES, connective


class Known(NamedTuple):
    """What a condition may name: the kind of every name, the subject of each sound and unique one, and the facts."""

    kinds: dict[str, str]
    subjects: dict[str, Subject]
    facts: tuple[Fact, ...]


def check(draft: Draft, known: Known) -> None:
    """Reports every reference that does not hold; the draft's shape has been checked."""
    _check_duplicates(draft)
    for identity in draft.identity:
        if identity.part and identity.part.main:
            _is_decision(identity.part.main, identity.at("main"), known, draft)
    for fact in draft.of(Fact):
        if fact.part:
            check_fact(fact, fact.part, draft)
            check_conditions(fact, ("only_if",), fact.part.only_if, known, draft)
    for decision in draft.of(Decision):
        if decision.part:
            check_decision(decision, decision.part, draft)
            check_conditions(decision, ("only_if",), decision.part.only_if, known, draft)
    for rule in draft.of(Rule):
        if rule.part:
            _check_rule(rule, rule.part, known, draft)
    for invariant in draft.of(Invariant):
        if invariant.part:
            _check_invariant(invariant, invariant.part, known, draft)
    for waiver in draft.of(Waiver):
        if waiver.part:
            check_conditions(waiver, ("where",), waiver.part.where, known, draft)
    check_sources(draft, draft.of(SourceDocument), chain.from_iterable(draft.parts.values()))
    _check_conclusions(draft)
    check_orders(draft)
    if not draft.problems:
        _check_only_if_cycle(draft)
    if not draft.problems:
        check_order_of_all(draft)
    if not draft.problems:
        _check_derivation_cycle(draft)


def known_in(draft: Draft) -> Known:
    """What a condition may name."""
    kinds: dict[str, str] = {}
    for located in draft.of(Fact):
        kinds[located.name] = "fact"
        for name, kind in _inner_names(located):
            kinds[name] = kind
    tested = [kind for kind in PART_KINDS if kind.named_in == "conditions" and kind.model is not Fact]
    kinds |= {located.name: kind.name for kind in tested for located in draft.of(kind.model)}
    subjects = [subject for fact in whole(draft.of(Fact)) for subject in subjects_of(fact)]
    subjects += [conclusion.subject for conclusion in whole(draft.of(Conclusion))]
    subjects += [decision.subject for decision in whole(draft.of(Decision)) if has_sound_kinds(decision)]
    times = Counter(subject.name for subject in subjects)
    once = {subject.name: subject for subject in subjects if times[subject.name] == 1 and subject.values}
    return Known(kinds, once, tuple(whole(draft.of(Fact))))


def known_of(rulebook: Rulebook) -> Known:
    """What a condition on a finished rulebook may name."""
    facts = rulebook.vocabulary.declared
    kinds = {fact.fact: "fact" for fact in facts} | {name: subject.kind for name, subject in rulebook.subjects.items()}
    return Known(kinds, dict(rulebook.subjects), facts)


def _inner_names(located: Located[Fact]) -> Iterator[tuple[str, str]]:
    """The bands and members of a fact, read from its text: a mistake in it does not make their names unknown."""
    data = plain(located.node)
    if isinstance(data, dict):
        for band in data.get("bands") or ():
            if isinstance(band, dict) and isinstance(band.get("band"), str):
                yield band["band"], "band"
        if data.get("kind") == "choices":
            groups = [group.get("group") for group in data.get("groups") or () if isinstance(group, dict)]
            yield from (
                (f"{located.name}.{value}", "fact")
                for value in (*(data.get("values") or ()), *groups)
                if isinstance(value, str)
            )


def _check_duplicates(draft: Draft) -> None:
    """What conditions name shares one space of names, bands included; each other kind of part has its own."""
    tested: list[tuple[str, Span]] = []
    for kind in PART_KINDS:
        names = [name for located in draft.of(kind.model) for name in _names_in(located, kind.key)]
        if kind.named_in == "conditions":
            tested += names
        else:
            report_duplicates(names, draft)
    report_duplicates(tested, draft)


def _names_in(located: Located[Any], key: str) -> Iterator[tuple[str, Span]]:
    """The name of a part and, for a fact, those of its bands, each with its place."""
    yield located.name, located.at(key)
    bands = located.part.bands if isinstance(located.part, Fact) else ()
    yield from ((band.band, located.at("bands", i, "band")) for i, band in enumerate(bands))


def _check_rule(located: Located[Rule], rule: Rule, known: Known, draft: Draft) -> None:
    if rule.asks_for_nothing and located.text("if") != ALWAYS:
        message = Sentence("the rule `{rule}` has no condition", rule=rule.id)
        hint = Sentence(
            "say when it holds: `if:`, `any_of:`, or `if: always`; the advice where nothing stands is the "
            "`if_none_stands:` of the decision"
        )
        draft.report("no-condition", message, located.at("id"), hint)
    if rule.conclude is None and not (rule.propose or rule.rule_out or rule.caution):
        message = Sentence("the rule `{rule}` does nothing", rule=rule.id)
        hint = Sentence("add `conclude:`, `propose:`, `rule_out:` or `caution:`")
        draft.report("no-effect", message, located.at("id"), hint)
    if rule.valid and rule.valid.first and rule.valid.last and rule.valid.first > rule.valid.last:
        message = Sentence(
            "the rule is never valid: from {first} until {last}", first=rule.valid.first, last=rule.valid.last
        )
        draft.report("bad-range", message, located.key("valid"))
    check_conditions(located, ("if",), rule.all_of, known, draft)
    _check_alternatives(located, rule, known, draft)
    for position, conditions in enumerate(rule.except_if):
        if not conditions:
            message = Sentence("an exception without a condition")
            draft.report("no-condition", message, located.at("except_if", position))
        check_conditions(located, ("except_if", position), conditions, known, draft)
    _check_yields(located, rule, draft)
    conclusions = [name for name, kind in known.kinds.items() if kind == "conclusion"]
    if rule.conclude is not None and rule.conclude not in conclusions:
        hint = did_you_mean(rule.conclude, conclusions) or Sentence("declare it below `conclusions:`")
        draft.report("unknown-conclusion", _unknown("conclusion", rule.conclude), located.at("conclude"), hint)
    check_options(located, "propose", rule.propose, known, draft)
    _check_proposals(located, rule, draft)
    check_options(located, "rule_out", rule.rule_out, known, draft)
    check_options(located, "caution", rule.caution, known, draft)


def _check_alternatives(located: Located[Rule], rule: Rule, known: Known, draft: Draft) -> None:
    for number, group in enumerate(rule.any_of):
        if not group:
            message = Sentence("a list without an alternative")
            draft.report("no-condition", message, located.at("any_of", number))
        for position, conditions in enumerate(group):
            if not conditions:
                message = Sentence("an alternative without a condition")
                draft.report("no-condition", message, located.at("any_of", number, position))
            check_conditions(located, ("any_of", number, position), conditions, known, draft)


def _check_yields(located: Located[Rule], rule: Rule, draft: Draft) -> None:
    rules = [other.name for other in draft.of(Rule)]
    for position, other in enumerate(rule.yields_to):
        if other not in rules:
            hint = did_you_mean(other, rules) or Sentence("`yields_to` names rules by their `id`")
            draft.report("unknown-rule", _unknown("rule", other), located.at("yields_to", position), hint)


def _check_proposals(located: Located[Rule], rule: Rule, draft: Draft) -> None:
    """Reports each proposal of a combination, which stands if and only if what it combines stands."""
    combined = {(one.decision, o.option): o.combines for one in whole(draft.of(Decision)) for o in one.options}
    for decision, named in rule.propose.items():
        for position, option in enumerate(named):
            if parts := combined.get((decision, option)):
                message = Sentence("`{option}` is a combination, and no rule proposes it", option=option)
                hint = Sentence("propose what it combines: {names}", names=listing(parts))
                draft.report("unfit-combination", message, located.at("propose", decision, position), hint)


def _check_invariant(located: Located[Invariant], invariant: Invariant, known: Known, draft: Draft) -> None:
    forms = [bool(invariant.always), bool(invariant.never), invariant.more is not None]
    if sum(forms) != 1 or bool(invariant.leads_away_from and invariant.to) != (invariant.more is not None):
        hint = Sentence("write `always:`, or `never:`, or `more:` with `leads_away_from:` and `to:`")
        draft.report("unfit-invariant", Sentence("an invariant says one thing"), located.at("invariant"), hint)
    elif invariant.leads_away_from.keys() != invariant.to.keys():
        message = Sentence("`leads_away_from` and `to` are about the same decision")
        draft.report("unfit-invariant", message, located.key("to"))
    check_conditions(located, ("if",), invariant.all_of, known, draft)
    for key in ("always", "never", "leads_away_from", "to"):
        check_options(located, key, getattr(invariant, key), known, draft, may_refer=True)
    numbers = [fact.fact for fact in whole(draft.of(Fact)) if fact.is_number]
    unread = {fact.name for fact in draft.of(Fact) if fact.part is None}  # wrong themselves, which has been said
    if invariant.more is not None and invariant.more not in {*numbers, *unread}:
        message = Sentence("`{name}` is not a number", name=short(invariant.more))
        hint = did_you_mean(invariant.more, numbers) or Sentence("the numbers are {names}", names=listing(numbers))
        draft.report("unknown-fact", message, located.at("more"), hint)


def check_options(
    located: Located[Any], key: str, effects: Conditions, known: Known, draft: Draft, may_refer: bool = False
) -> None:
    """Reports each decision or option that does not exist; `refer` is not an option that a rule can name."""
    for name, named in effects.items():
        if not _is_decision(name, located.key(key, name), known, draft):
            continue
        if subject := known.subjects.get(name):
            names = (value for value in subject.values if may_refer or value not in (REFER, NOT_APPLICABLE))
            options = Subject(name, "decision", tuple(names))
            check_values(located, (key, name), named, options, draft)


def _is_decision(name: str, span: Span, known: Known, draft: Draft) -> bool:
    """Is there a decision of this name? If not, reports it."""
    decisions = [decision for decision, kind in known.kinds.items() if kind == "decision"]
    if name not in decisions:
        hint = did_you_mean(name, decisions) or Sentence("declare it below `decisions:`")
        draft.report("unknown-decision", _unknown("decision", name), span, hint)
    return name in decisions


def check_conditions(located: Located[Any], path: KeyPath, conditions: Conditions, known: Known, draft: Draft) -> None:
    """Reports each unknown name or value in these conditions."""
    of_a_fact = isinstance(located.part, Fact)
    for name, values in conditions.items():
        span = located.key(*path, name)
        kind = known.kinds.get(name)
        if kind is None:
            if name in CONNECTIVES:
                message, hint = connective(name, path == ("if",))
                draft.report("misplaced-key", message, span, hint)
                continue
            near = closest(name, known.kinds)
            kind = known.kinds[near] if near else "fact"
            hint = Sentence("a condition may name facts, bands, conclusions and decisions")
            if of_a_fact:
                hint = Sentence("a condition may name facts and bands")
            if near:
                hint = Sentence("did you mean `{close}`?", close=near)
            draft.report(f"unknown-{kind}", _unknown(kind, name), span, hint)
        elif of_a_fact and kind in ("conclusion", "decision"):
            message = Sentence("`{name}` is a {kind}, not a fact", name=name, kind=KINDS[kind])
            draft.report("unknown-fact", message, span, Sentence("`only_if` may name facts and bands"))
        elif name in known.subjects:
            check_values(located, (*path, name), values, known.subjects[name], draft)
        else:
            _check_bare(name, known.facts, span, draft)


def _unknown(kind: str, name: str) -> Sentence:
    return Sentence("unknown {kind} `{name}`", kind=KINDS[kind], name=short(name))


def _check_bare(name: str, facts: Iterable[Fact], span: Span, draft: Draft) -> None:
    """Reports a condition on a fact that is tested only in parts: a number by its bands, `choices` by its members."""
    fact = next((fact for fact in facts if fact.fact == name), None)
    if fact is None or not (fact.is_number or fact.kind == "choices"):
        return  # it is wrong itself, which has been said
    if fact.kind == "choices":
        one = f"{name}.{fact.values[0]}" if fact.values else None
        hint = Sentence("test one of them: `{one}: yes`", one=one) if one else None
        draft.report("wrong-type", Sentence("`{name}` may have several values", name=name), span, hint)
    elif fact.bands:
        hint = Sentence("name a band of it: {bands}", bands=listing(band.band for band in fact.bands))
        draft.report("no-bands", Sentence("`{name}` is a number", name=name), span, hint)
    else:
        message = Sentence("the number `{name}` has no bands", name=name)
        draft.report("no-bands", message, span, Sentence("declare `bands:` below it"))


def check_values(located: Located[Any], path: KeyPath, values: tuple[str, ...], subject: Subject, draft: Draft) -> None:
    """Reports each of these values that the subject does not have."""
    allowed = Sentence("it may be {names}", names=listing(subject.named))
    if not values:
        message = Sentence("no value for `{subject}`", subject=subject.name)
        draft.report("wrong-type", message, located.key(*path), allowed)
    for position, value in enumerate(values):
        if value in subject.named:
            continue
        near = closest(value, subject.named)
        kind = {"band": "band", "decision": "option"}.get(subject.kind, "group" if near in subject.groups else "value")
        message = Sentence(
            "unknown {kind} `{name}` of `{subject}`", kind=KINDS[kind], name=short(value), subject=subject.name
        )
        hint = Sentence("did you mean `{close}`?", close=near) if near else allowed
        draft.report(f"unknown-{kind}", message, located.at(*path, position), hint)


def _check_conclusions(draft: Draft) -> None:
    drawn = {rule.conclude for rule in whole(draft.of(Rule))}
    declared = {None, *(located.name for located in draft.of(Conclusion))}
    unsure = bool(drawn - declared) or any(located.part is None for located in draft.of(Rule))
    for located in draft.of(Conclusion):
        if located.name not in drawn and not unsure:
            message = Sentence("no rule concludes `{name}`", name=located.name)
            hint = Sentence("add a rule with `conclude: {name}`, or drop it", name=located.name)
            draft.report("never-concluded", message, located.at("conclusion"), hint)


def _check_only_if_cycle(draft: Draft) -> None:
    owner = {subject.name: fact.fact for fact in whole(draft.of(Fact)) for subject in subjects_of(fact)}
    graph = {fact.fact: sorted({owner[name] for name in fact.only_if}) for fact in whole(draft.of(Fact))}
    if cycle := find_cycle(graph):
        first = next(located for located in draft.of(Fact) if located.name == cycle[0])
        way = _way(Sentence("{word}", word=name) for name in cycle)
        message = Sentence("these facts wait for each other: {way}", way=way)
        hint = Sentence("one of them must apply without the others")
        draft.report("only-if-cycle", message, first.key("only_if"), hint)
    else:
        _check_only_if_depth(graph, draft)


def _check_only_if_depth(graph: Mapping[str, Iterable[str]], draft: Draft) -> None:
    depth: dict[str, int] = {}
    for name in TopologicalSorter(graph).static_order():
        depth[name] = 1 + max((depth[needed] for needed in graph[name]), default=-1)
    for located in draft.of(Fact):
        if depth[located.name] == MAX_DEPTH + 1:
            message = Sentence(
                "`{fact}` waits for a chain of more than {most} facts", fact=located.name, most=MAX_DEPTH
            )
            hint = Sentence("let it wait for the fact that matters")
            draft.report("too-deep", message, located.key("only_if"), hint)


def _way(steps: Iterable[Sentence]) -> Sentence:
    """The path through these steps, or the beginning of a long one."""
    way, *others = steps
    for step in others[:11]:
        way = Sentence("{way} -> {step}", way=way, step=step)
    return Sentence("{way} -> ...", way=way) if len(others) > 11 else way


def _check_derivation_cycle(draft: Draft) -> None:
    cycle = find_cycle(dependencies(draft.rulebook()))
    if cycle:
        place = _of_cycle(cycle, draft)
        way = _way(Sentence("{kind} `{name}`", kind=KINDS[kind], name=name) for kind, name in cycle)
        message = Sentence("this rests on itself: {way}", way=way)
        hint = Sentence("one of these must rest on facts alone")
        draft.report("conclusion-cycle", message, place, hint)


def _of_cycle(cycle: Iterable[StepKey], draft: Draft) -> Span:
    """Where the first rule of a ring stands or, for decisions that rest on each other, the first `only_if`."""
    rules = [name for kind, name in cycle if kind == "rule"]
    if rules:
        return next(located for located in draft.of(Rule) if located.name == rules[0]).at("id")
    decisions = {name for _, name in cycle}
    return next(located for located in draft.of(Decision) if located.name in decisions).key("only_if")
