"""Every check finds what enumerating all tasks finds, no more and no less, and its witnesses show it when they run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate, chain, combinations, islice, permutations, product
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from hypothesis import assume, given

from whytune.engine import Advisor, Recommendation, Rulebook, WhytuneError
from whytune.engine.language.case import CaseFacts, complete
from whytune.engine.language.rulebook import REFER, Condition, Invariant, Waiver
from whytune.engine.language.value import UNKNOWN, Value, read_value
from whytune.engine.language.vocabulary import member
from whytune.engine.meaning.conflicts import conflicts
from whytune.engine.meaning.diagram import Where
from whytune.engine.meaning.semantics import Meaning, holds, meaning
from whytune.engine.review.casebook import covered_by
from whytune.engine.review.checks import (
    assumption_matters,
    coming_change,
    contradictory_condition,
    dead_option,
    examine,
    expires_soon,
    idle_caution,
    idle_only_if,
    idle_yield,
    invariant_broken,
    masked_veto,
    never_decisive,
    never_in_force,
    overlapping_exception,
    referred,
    several_stand,
    undecided,
    unused_band_cut,
    unused_fact,
)
from whytune.engine.review.examination import Examination, Finding, Found

from .counting import counted_share
from .generated import DATED, applicable, bounding, dated, documents, governed, written
from .laws import tries
from .test_impossible import within

DAY = date(2026, 11, 22)
MOST = 500
"""Combinations of cells of the largest rulebook that is enumerated."""


class Task(NamedTuple):
    """One combination of cells: its facts, those that do not apply left out, and what the rulebook makes of it."""

    cells: tuple[int, ...]
    facts: CaseFacts
    means: Meaning


class World:
    """A rulebook with every combination of cells, and with what checks find in it."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook, self.examined = rulebook, Examination(rulebook, DAY)
        self.domains = rulebook.vocabulary.domains
        every = list(islice(product(*(range(len(domain.cells)) for domain in self.domains.values())), MOST + 1))
        assume(len(every) <= MOST)
        self.combinations = {cells: task for cells in every if (task := self._task(cells))}
        self.tasks = list({tuple(task.facts.cells.items()): task for task in self.combinations.values()}.values())

    def _task(self, cells: tuple[int, ...]) -> Task | None:
        """The task with these cells; None if numbers in them cannot be as they bound each other."""
        vocabulary = self.rulebook.vocabulary
        apply = applicable(vocabulary, dict(zip(self.domains, cells, strict=True)))
        places = {name: (domain, cell) for (name, domain), cell in zip(self.domains.items(), cells, strict=True)}
        values = {name: within(domain.cells[cell]) for name, (domain, cell) in places.items() if name in apply}
        try:
            facts = complete(vocabulary, _all_given(self.rulebook, values))
        except WhytuneError:
            return None
        return Task(cells, facts, meaning(self.rulebook, facts.values))

    def with_all(self, cells: tuple[int, ...]) -> Meaning:
        """What the rulebook makes of these cells, were all facts to apply."""
        return self.combinations[cells].means

    def found(self, check: ModuleType) -> dict[str, list[Found]]:
        found: dict[str, list[Found]] = {}
        for each in check.look(self.examined):
            found.setdefault(each.about, []).append(each)
        return found

    def where(self, where: Where | None) -> list[Task]:
        """The tasks in which this is so; it is so or not in each of them."""
        assert where is not None
        assert all(len(where.values(task.facts.cells)) == 1 for task in self.tasks)
        return [task for task in self.tasks if where.holds(task.facts.cells)]

    def advises_the_same_under(self, rulebook: Rulebook) -> bool:
        return all(told(meaning(rulebook, task.facts.values)) == told(task.means) for task in self.tasks)


def told(means: Meaning) -> tuple[Any, ...]:
    """The advice with its cautions."""
    return sorted(means.advice.items()), sorted(caution for caution, is_told in means.cautions.items() if is_told)


def _all_given(rulebook: Rulebook, values: Mapping[str, Value]) -> dict[str, Value]:
    """Nothing is assumed: what is not given does not apply."""
    return {fact.fact: UNKNOWN for fact in rulebook.vocabulary.facts if fact.fact not in values} | dict(values)


worlds = (documents(most_rules=6) | documents(most_rules=4).flatmap(bounding)).map(written).map(World)
law = tries(40)


def standing(world: World, means: Meaning, decision: str) -> set[str]:
    """The standing options that have no standing kind; none where the decision does not apply."""
    if not means.applies[decision]:
        return set()
    stands = {option for (name, option), state in means.options.items() if (name, state) == (decision, "stands")}
    return {option for option in stands if not world.rulebook.decision[decision].gives_way[option] & stands}


@law
@given(world=worlds)
def test_undecided_are_the_tasks_in_which_nothing_stands(world: World) -> None:
    expected = {
        decision: [
            task for task in world.tasks if task.means.applies[decision] and not standing(world, task.means, decision)
        ]
        for decision in world.rulebook.decision
    }
    _finds(world, undecided, expected)


@law
@given(world=worlds)
def test_every_two_options_that_stand_together_are_found_under_what_comes_of_it(world: World) -> None:
    expected: dict[ModuleType, dict[str, list[Task]]] = {several_stand: {}, referred: {}}
    for decision, task in product(world.rulebook.decisions, world.tasks):
        covered = set(decision.if_several_stand.prefer)
        for one, other in permutations(standing(world, task.means, decision.decision), 2):
            about = f"{decision.decision}.{one}+{other}"
            if task.means.advice[decision.decision] == one:
                expected[several_stand].setdefault(about, []).append(task)
            elif one < other and not {one, other} <= covered:
                assert task.means.advice[decision.decision] == REFER
                expected[referred].setdefault(about, []).append(task)
    for check, tied in expected.items():
        _finds(world, check, tied)


@law
@given(world=worlds)
def test_every_task_in_which_several_options_stand_is_found(world: World) -> None:
    for decision in world.rulebook.decision:
        tied = {id(task) for task in world.tasks if len(standing(world, task.means, decision)) > 1}
        found = [*several_stand.look(world.examined), *referred.look(world.examined)]
        about = [each for each in found if each.about.startswith(f"{decision}.")]
        assert tied == {id(task) for each in about for task in world.where(each.where)}


def _finds(world: World, check: ModuleType, expected: Mapping[str, list[Task]]) -> None:
    """A finding about each of these names, in just these tasks; none where there are no tasks."""
    found = world.found(check)
    assert set(found) == {about for about, tasks in expected.items() if tasks}
    for about, (only,) in found.items():
        assert world.where(only.where) == expected[about]
        assert world.examined.atlas.share(only.where or world.examined.ground.nowhere) == (
            len(expected[about]),
            len(world.tasks),
        )


@law
@given(world=worlds)
def test_rules_that_no_task_brings_into_force_are_never_in_force_or_contradict_themselves(world: World) -> None:
    in_force = {rule for task in world.tasks for rule, truth in task.means.rules.items() if truth}
    reported = set(world.found(never_in_force))
    contradictory = world.found(contradictory_condition)
    for rule in world.rulebook.rules:
        numbers = [conflict.alternative for conflict in conflicts(world.examined.diagram, rule)]
        ends = [*accumulate(map(len, rule.any_of))]
        groups = [set(range(end - len(group) + 1, end + 1)) for group, end in zip(rule.any_of, ends, strict=True)]
        is_whole = 0 in numbers or any(group <= set(numbers) for group in groups)
        explained = rule.id in reported or (is_whole and rule.id in contradictory)
        assert explained == (rule.id not in in_force)
        assert not (rule.id in reported and rule.id in contradictory and is_whole)
        for number, alternative in enumerate(rule.alternatives, 1):
            conditions = (*world.rulebook.conditions(rule.all_of), *world.rulebook.conditions(alternative))
            ever = any(_hold(world, task, conditions) for task in world.tasks)
            assert (number in numbers or 0 in numbers) == (not ever)


def _hold(world: World, task: Task, conditions: tuple[Condition, ...]) -> bool:
    values = _values(task)
    return all(values.get(condition.subject) in condition.accepts for condition in conditions)


def _values(task: Task) -> dict[str, str]:
    """The value of everything that a condition may test."""
    drawn = {name: "yes" if truth else "no" for name, truth in task.means.conclusions.items()}
    return {**task.facts.values, **drawn, **{name: str(advice) for name, advice in task.means.advice.items()}}


@law
@given(world=worlds)
def test_contradicting_conditions_are_all_needed_for_the_contradiction(world: World) -> None:
    for rule in world.rulebook.rules:
        for conflict in conflicts(world.examined.diagram, rule):
            for fewer in combinations(conflict.conditions, len(conflict.conditions) - 1):
                each = [world.rulebook.conditions({subject: named}) for subject, named in fewer]
                assert any(_hold(world, task, tuple(chain(*each))) for task in world.tasks)


@law
@given(world=worlds)
def test_a_rule_is_never_decisive_if_all_tasks_are_advised_the_same_without_it(world: World) -> None:
    found = world.found(never_decisive)
    for rule in world.rulebook.rules:
        without = replace(world.rulebook, rules=tuple(each for each in world.rulebook.rules if each is not rule))
        in_force = [task for task in world.tasks if task.means.rules[rule.id]]
        may_decide = bool(rule.conclude or rule.propose or rule.rule_out)
        assert (rule.id in found) == (may_decide and bool(in_force) and world.advises_the_same_under(without))
        if rule.id in found:
            assert world.where(found[rule.id][0].where) == in_force


@law
@given(world=worlds)
def test_a_veto_is_masked_if_no_task_proposes_what_it_rules_out(world: World) -> None:
    found = world.found(masked_veto)
    for rule in world.rulebook.rules:
        in_force = [task for task in world.tasks if task.means.rules[rule.id]]
        idle = [
            option
            for decision, options in rule.rule_out.items()
            for option in options
            if in_force and not any(_is_proposed(world, task, decision, option) for task in in_force)
        ]
        assert len(found.get(rule.id, [])) == len(idle)
        assert all(world.where(each.where) == in_force for each in found.get(rule.id, []))


@law
@given(world=worlds)
def test_a_caution_is_idle_if_no_task_in_which_its_rule_is_in_force_is_advised_what_it_is_about(world: World) -> None:
    found = world.found(idle_caution)
    for rule in world.rulebook.rules:
        in_force = [task for task in world.tasks if task.means.rules[rule.id]]
        idle = [
            option
            for decision, options in rule.caution.items()
            for option in options
            if in_force and not any(_is_advised(world, task, decision, option) for task in in_force)
        ]
        assert len(found.get(rule.id, [])) == len(idle)


@pytest.mark.slow
@law
@given(world=worlds)
def test_yielding_is_idle_if_the_rule_or_all_that_is_told_is_the_same_without_it(world: World) -> None:
    found = world.found(idle_yield)
    for rule in (rule for rule in world.rulebook.rules if rule.yields_to):
        before = rule.model_copy(update={"yields_to": ()})
        without = replace(
            world.rulebook, rules=tuple(before if each is rule else each for each in world.rulebook.rules)
        )
        in_force = [task for task in world.tasks if task.means.rules[rule.id]]
        after = [task for task in world.tasks if meaning(without, task.facts.values).rules[rule.id]]
        is_idle = bool(in_force) if after == in_force else world.advises_the_same_under(without)
        assert len(found.get(rule.id, [])) == is_idle
        switched_off = [task for task in after if task not in in_force]
        assert all(find.where is None or world.where(find.where) == switched_off for find in found.get(rule.id, []))


@law
@given(world=worlds)
def test_an_only_if_is_idle_if_the_decision_applies_to_every_task_or_to_none(world: World) -> None:
    found = world.found(idle_only_if)
    for decision in world.rulebook.decisions:
        applies = {task.means.applies[decision.decision] for task in world.tasks}
        assert (decision.decision in found) == (bool(decision.only_if) and len(applies) == 1)


def _is_advised(world: World, task: Task, decision: str, option: str) -> bool:
    return task.means.advice[decision] in {option, *world.rulebook.decision[decision].kinds[option]}


def _is_proposed(world: World, task: Task, decision: str, option: str) -> bool:
    decided = world.rulebook.decision[decision]
    kinds = {option, *decided.kinds[option]}
    standing = {name for name in decided.forms if task.means.options[decision, name] == "stands"}
    combined = (parts for kind in kinds if (parts := decided.combining.get(kind)))
    return any(task.means.rules[rule] for kind in kinds for rule in world.rulebook.proposing[decision, kind]) or any(
        all(standing.intersection(forms) for forms in parts) for parts in combined
    )


@law
@given(world=worlds)
def test_an_option_is_dead_if_neither_it_nor_a_kind_of_it_is_ever_advised(world: World) -> None:
    dead = {
        f"{decision.decision}.{option}"
        for decision in world.rulebook.decisions
        for option, kinds in decision.kinds.items()
        if not {option, *kinds} & {task.means.advice[decision.decision] for task in world.tasks}
    }
    assert set(world.found(dead_option)) == dead


@law
@given(world=worlds)
def test_a_fact_is_unused_if_no_advice_changes_with_it_and_none_waits_for_it(world: World) -> None:
    vocabulary = world.rulebook.vocabulary
    waiting = [name for fact in vocabulary.facts for name, _ in vocabulary.applies_if[fact.fact]]
    awaited = {vocabulary.fact_of[name].fact for name in waiting}
    found = world.found(unused_fact)
    for fact in vocabulary.declared:
        names = {member(fact, value) for value in fact.values} if fact.kind == "choices" else {fact.fact}
        kept = [place for place, name in enumerate(world.domains) if name not in names]
        advised: dict[tuple[int, ...], set[str]] = {}
        for cells, task in world.combinations.items():
            advised.setdefault(tuple(cells[place] for place in kept), set()).add(repr(told(task.means)))
        changes_nothing = all(len(each) == 1 for each in advised.values())
        assert (fact.fact in found) == (changes_nothing and not names & awaited)
        if fact.fact in found:
            is_tested = "rules test" in found[fact.fact][0].message["en"]
            assert is_tested == bool(world.rulebook.testing(fact.fact))


@pytest.mark.slow
@law
@given(world=worlds)
def test_a_cut_is_unused_if_one_piece_may_be_taken_for_the_other_in_every_task(world: World) -> None:
    vocabulary = world.rulebook.vocabulary
    found = world.found(unused_band_cut)
    for cut in vocabulary.cuts:
        waits = [fact.only_if for fact in vocabulary.facts] + [one.only_if for one in world.rulebook.decisions]
        waiting = [conditions[cut.band] for conditions in waits if cut.band in conditions]
        decides_what_applies = any((cut.below in named) != (cut.above in named) for named in waiting)
        both_ways = (cut.below, cut.above), (cut.above, cut.below)
        is_idle = any(_taken_for(world, cut.band, *pieces) for pieces in both_ways)
        assert (cut.name in found) == (is_idle and not decides_what_applies)


def _taken_for(world: World, band: str, piece: str, other: str) -> bool:
    return all(
        told(meaning(world.rulebook, {**task.facts.values, band: other})) == told(task.means)
        for task in world.tasks
        if task.facts.values.get(band) == piece
    )


@pytest.mark.slow
@law
@given(world=worlds)
def test_an_assumption_matters_in_exactly_the_tasks_that_would_be_advised_otherwise_under_it(world: World) -> None:
    found = world.found(assumption_matters)
    for place, fact in enumerate(world.rulebook.vocabulary.facts):
        if fact.assume is None:
            assert fact.fact not in found
            continue
        assumed = world.domains[fact.fact].cells_of(read_value(fact, fact.assume[0]))
        otherwise = {
            tuple(task.facts.cells.items())
            for cells, task in world.combinations.items()
            if cells[place] not in assumed
            for cell in assumed
            if task.means.advice != world.with_all((*cells[:place], cell, *cells[place + 1 :])).advice
        }
        assert (fact.fact in found) == bool(otherwise)
        if otherwise:
            (only,) = found[fact.fact]
            assert {tuple(task.facts.cells.items()) for task in world.where(only.where)} == otherwise
            assert only.where is not None
            assert counted_share(world.examined.atlas.share(only.where)).tasks == len(otherwise)


@law
@given(world=worlds)
def test_an_exception_overlaps_if_no_task_is_advised_otherwise_without_it(world: World) -> None:
    found = world.found(overlapping_exception)
    for rule in world.rulebook.rules:
        in_force = any(task.means.rules[rule.id] for task in world.tasks)
        if not rule.except_if or not in_force:
            assert rule.id not in found
            continue
        rules = (each.model_copy(update={"except_if": ()}) if each is rule else each for each in world.rulebook.rules)
        bare = replace(world.rulebook, rules=tuple(rules))
        switched_off = [
            task
            for task in world.tasks
            if not task.means.rules[rule.id] and holds(bare.premises[rule.id], _values(task), task.means.rules)
        ]
        assert (rule.id in found) == (not switched_off or world.advises_the_same_under(bare))
        if rule.id in found:
            where = found[rule.id][0].where
            assert (world.where(where) if where is not None else []) == switched_off


governed_worlds = documents(most_rules=6).flatmap(governed).map(written).map(World)


@tries(60)
@given(world=governed_worlds)
def test_an_invariant_is_broken_exactly_if_some_task_breaks_it(world: World) -> None:
    found = world.found(invariant_broken)
    for invariant in world.rulebook.invariants:
        conditions = world.rulebook.conditions(invariant.all_of)
        meeting = {cells: task for cells, task in world.combinations.items() if _hold(world, task, conditions)}
        breaking = _growing(world, invariant, meeting) if invariant.more else _advised(world, invariant, meeting)
        assert len(found.get(invariant.invariant, [])) == sum(map(bool, breaking))
        for each, pairs in zip(found.get(invariant.invariant, []), filter(None, breaking), strict=True):
            first = min(pair for pair, _ in pairs)
            expected = {tuple(task.facts.cells.items()) for pair, task in pairs if pair == first}
            assert {tuple(task.facts.cells.items()) for task in world.where(each.where)} == expected
            if not invariant.more:
                _, decision, said = re.split(r": `(\w+)` .* and is ", each.message["en"])
                assert set(said.split(" | ")) == {task.means.advice[decision] for task in world.where(each.where)}


Breaking = list[tuple[tuple[int, int], Task]]
"""Tasks that break a promise, each with the two cells of the number between which it does."""


def _advised(world: World, invariant: Invariant, meeting: Mapping[tuple[int, ...], Task]) -> list[Breaking]:
    promised = invariant.always or invariant.never
    return [
        [
            ((0, 0), task)
            for task in meeting.values()
            if _is_one_of(world, task, decision, options) != bool(invariant.always)
            and (task.means.applies[decision] or invariant.never)
        ]
        for decision, options in promised.items()
    ]


def _growing(world: World, invariant: Invariant, meeting: Mapping[tuple[int, ...], Task]) -> list[Breaking]:
    number = str(invariant.more)
    place, size = list(world.domains).index(number), len(world.domains[number].cells)
    breaking: list[Breaking] = []
    for decision, options in invariant.leads_away_from.items():
        breaking.append([])
        for cells, task in meeting.items():
            for high in range(cells[place] + 1, size):
                more = world.combinations[(*cells[:place], high, *cells[place + 1 :])]
                if (
                    task.means.advice[decision] != more.means.advice[decision]
                    and _is_one_of(world, task, decision, options)
                    and _is_one_of(world, more, decision, invariant.to[decision])
                ):
                    breaking[-1].append(((cells[place], high), task))
    return breaking


def _is_one_of(world: World, task: Task, decision: str, options: tuple[str, ...]) -> bool:
    return task.means.advice[decision] in world.rulebook.decision[decision].subject.accepts(options)


@pytest.mark.slow
@law
@given(world=governed_worlds)
def test_a_waiver_covers_what_it_names_and_the_rest_is_still_found(world: World) -> None:
    findings = [finding for finding in examine(world.examined) if finding.code == "undecided"]
    for found in undecided.look(world.examined):
        concerned = world.where(found.where)
        about = [each for each in world.rulebook.waivers if (each.finding, each.about) == ("undecided", found.about)]
        covered = {each.waiver: _covered(world, each, concerned) for each in about}
        waived = {finding.waiver: finding for finding in findings if finding.about == found.about and finding.waiver}
        holding = [each for each in about if each.holds_on(DAY) and covered[each.waiver]]
        assert set(waived) == {each.waiver for each in holding}
        for each in holding:
            assert _tasks(waived[each.waiver]) == len(covered[each.waiver])
        accepted = {id(task) for each in holding for task in covered[each.waiver]}
        left = [task for task in concerned if id(task) not in accepted]
        told = [finding for finding in findings if finding.about == found.about and not finding.waiver]
        assert len(told) == bool(left)
        for finding in told:
            assert _tasks(finding) == len(left)
            lapsed = [
                each.waiver
                for each in about
                if not each.holds_on(DAY) and any(task in left for task in covered[each.waiver])
            ]
            assert finding.expired == (min(lapsed) if lapsed else None)
    idle = {finding.about for finding in examine(world.examined) if finding.code == "idle-waiver"}
    used = {
        each.waiver
        for found in undecided.look(world.examined)
        for each in world.rulebook.waivers
        if (each.finding, each.about) == ("undecided", found.about) and _covered(world, each, world.where(found.where))
    }
    assert idle == {each.waiver for each in world.rulebook.waivers} - used


def _covered(world: World, waiver: Waiver, concerned: list[Task]) -> list[Task]:
    conditions = world.rulebook.conditions(waiver.where)
    return [task for task in concerned if _hold(world, task, conditions)]


def _tasks(finding: Finding) -> int:
    assert finding.regions is not None
    return counted_share(finding.regions.share).tasks


@pytest.mark.slow
@law
@given(world=governed_worlds)
def test_the_order_of_waivers_means_nothing(world: World) -> None:
    other = replace(world.rulebook, waivers=world.rulebook.waivers[::-1])
    assert examine(Examination(other, DAY)) == examine(world.examined)


dated_worlds = documents(most_rules=6).flatmap(governed).flatmap(dated(DAY)).map(written).map(World)


@pytest.mark.slow
@law
@given(world=dated_worlds)
def test_a_day_changes_advice_exactly_if_some_task_is_advised_otherwise_than_on_the_day_before(world: World) -> None:
    days = [DAY + timedelta(days=later) for later in range(1, DATED + 2)]
    expected = {str(day): [task for task, old, new in _advised_on(world, day) if old != new] for day in days}
    _finds(world, coming_change, expected)


@pytest.mark.slow
@law
@given(world=dated_worlds)
def test_a_coming_change_says_what_becomes_of_what_in_how_many_tasks_and_which_promises_break(world: World) -> None:
    for found in coming_change.look(world.examined):
        day, message = date.fromisoformat(found.about), found.message["en"]
        pairs = Counter((name, old[name], new[name]) for _, old, new in _advised_on(world, day) for name in new)
        said = {
            f"`{name}` becomes `{after}` instead of `{before}` (tasks: {tasks})"
            for (name, before, after), tasks in pairs.items()
            if before != after
        }
        assert all(change in message for change in said)
        assert message.count(" instead of ") == len(said)
        before, after = (_broken_on(world, each) for each in (day - timedelta(days=1), day))
        assert set(message.partition("; then it breaks ")[2].replace("`", "").split(", ")) - {""} == after - before


def _advised_on(world: World, day: date) -> list[tuple[Task, Mapping[str, Any], Mapping[str, Any]]]:
    """Each task, with the advice on the day before and on the day."""
    before, after = (world.rulebook.as_of(each) for each in (day - timedelta(days=1), day))
    return [
        (task, meaning(before, task.facts.values).advice, meaning(after, task.facts.values).advice)
        for task in world.tasks
    ]


def _broken_on(world: World, day: date) -> set[str]:
    return {found.about for found in invariant_broken.look(Examination(world.rulebook, day))}


@tries(100)
@given(rulebook=documents(most_rules=6).flatmap(governed).flatmap(dated(DAY, around=32)).map(written))
def test_what_holds_within_thirty_days_and_not_the_day_after_them_expires_soon(rulebook: Rulebook) -> None:
    parts = {rule.id: rule.holds_on for rule in rulebook.rules}
    parts |= {waiver.waiver: waiver.holds_on for waiver in rulebook.waivers}
    days = [DAY + timedelta(days=later) for later in range(32)]
    ending = {name for name, holds_on in parts.items() if any(map(holds_on, days[:-1])) and not holds_on(days[-1])}
    assert {found.about for found in expires_soon.look(Examination(rulebook, DAY))} == ending


@pytest.mark.slow
@tries(40)
@given(rulebook=documents(most_rules=6).flatmap(dated(DAY)).map(written))
def test_every_witness_of_a_coming_change_is_advised_otherwise_by_durable_rules_on_that_day(rulebook: Rulebook) -> None:
    for finding in (each for each in examine(Examination(rulebook, DAY)) if each.code == "coming-change"):
        day = date.fromisoformat(finding.about)
        for region in finding.regions.listed if finding.regions else ():
            facts = complete(rulebook.vocabulary, _all_given(rulebook, _completed(rulebook, region.witness)))
            before, after = (
                Advisor(rulebook.as_of(each)).recommend(facts).decisions for each in (day - timedelta(days=1), day)
            )
            assert any(before[name].outcome != after[name].outcome for name in after)


Shows = Callable[[Rulebook, Finding, CaseFacts, Recommendation], bool]


def _gap(rulebook: Rulebook, finding: Finding, facts: CaseFacts, answer: Recommendation) -> bool:
    return f"{finding.about}.if_none_stands" in answer.decisions[finding.about].decided_by


def _tie(rulebook: Rulebook, finding: Finding, facts: CaseFacts, answer: Recommendation) -> bool:
    """These options stand, perhaps with others, and the policy decides as the check says."""
    name, _, options = finding.about.partition(".")
    outcome = answer.decisions[name]
    named = options.split("+")
    standing = {option for option, state in outcome.options.items() if state.state == "stands"}
    left = {option for option in standing if not rulebook.decision[name].gives_way[option] & standing}
    is_shown = f"{name}.if_several_stand" in outcome.decided_by and left.issuperset(named)
    return is_shown and (outcome.referred if finding.code == "referred" else outcome.advice == named[0])


def _in_force(rulebook: Rulebook, finding: Finding, facts: CaseFacts, answer: Recommendation) -> bool:
    return finding.about in _rules(answer)


def _switched_off(rulebook: Rulebook, finding: Finding, facts: CaseFacts, answer: Recommendation) -> bool:
    bare = rulebook.premises[finding.about]._replace(except_if=())
    rules = {rule: rule in _rules(answer) for rule in bare.yields_to}
    return finding.about not in _rules(answer) and holds(bare, {**facts.values, **_answered(answer)}, rules) is True


def _gives_way(rulebook: Rulebook, finding: Finding, facts: CaseFacts, answer: Recommendation) -> bool:
    first = set(rulebook.rule[finding.about].yields_to) & _rules(answer)
    return finding.about not in _rules(answer) and bool(first)


def _rules(answer: Recommendation) -> set[str]:
    return {step.name for step in answer.trace if step.kind == "rule" and step.state == "in_force"}


def _answered(answer: Recommendation) -> dict[str, str]:
    drawn = {step.name: "yes" if step.state == "yes" else "no" for step in answer.trace if step.kind == "conclusion"}
    return {**drawn, **{name: each.outcome for name, each in answer.decisions.items() if each.outcome is not None}}


def _veto_of_nothing(rulebook: Rulebook, finding: Finding, facts: CaseFacts, answer: Recommendation) -> bool:
    rule = rulebook.rule[finding.about]
    untouched = [
        option
        for decision, options in rule.rule_out.items()
        for option in options
        if not any(
            answer.decisions[decision].options[kind].speaks_for
            for kind in {option, *rulebook.decision[decision].kinds[option]}
        )
    ]
    return rule.id in _rules(answer) and any(f"`{option}`" in finding.message["en"] for option in untouched)


def _otherwise(rulebook: Rulebook, finding: Finding, facts: CaseFacts, answer: Recommendation) -> bool:
    """With all other facts alike, the value that is assumed leads to another advice, or may."""
    fact = rulebook.vocabulary.by_name[finding.about]
    assert fact.assume is not None
    whole = {name: state.value for name, state in facts.states.items() if state.value is not None}
    changed: dict[str, Value] = {}
    for name, value in {**whole, fact.fact: read_value(fact, fact.assume[0])}.items():
        if complete(rulebook.vocabulary, _all_given(rulebook, changed)).states[name].state != "not_applicable":
            changed[name] = value
    there = Advisor(rulebook).recommend(complete(rulebook.vocabulary, _all_given(rulebook, changed)))
    return any(set(there.decisions[name].possible) != {here.outcome} for name, here in answer.decisions.items())


def _completed(rulebook: Rulebook, witness: Mapping[str, Value]) -> dict[str, Value]:
    """The witness with a value for every other fact that applies: any will do."""
    cells = dict.fromkeys(rulebook.vocabulary.domains, 0)
    for name, value in witness.items():
        assert isinstance(value, str | Decimal)
        cells[name] = rulebook.vocabulary.domains[name].cell_of(value)
    return dict(applicable(rulebook.vocabulary, cells))


def _breaks(rulebook: Rulebook, finding: Finding, facts: CaseFacts, answer: Recommendation) -> bool:
    invariant = next(each for each in rulebook.invariants if each.invariant == finding.about)
    wanted = invariant.always or invariant.never or invariant.leads_away_from
    (name,) = (name for name in wanted if f"`{name}`" in finding.message["en"])
    is_one = answer.decisions[name].outcome in rulebook.decision[name].subject.accepts(wanted[name])
    return is_one != bool(invariant.always)


SHOWN: dict[str, Shows] = {
    "undecided": _gap,
    "several-stand": _tie,
    "referred": _tie,
    "never-decisive": _in_force,
    "untested-rule": _in_force,
    "masked-veto": _veto_of_nothing,
    "idle-caution": _in_force,
    "weak-source": _in_force,
    "overlapping-exception": _switched_off,
    "idle-yield": _gives_way,
    "assumption-matters": _otherwise,
    "invariant-broken": _breaks,
}
"""What a recommendation on the witness shows, for each check whose findings are about cases."""


SOMETIMES = {"overlapping-exception", "idle-yield"}
"""The checks that find a part of a rule idle, in no case to be shown, or without effect where it does something."""


@pytest.mark.slow
@tries(60)
@given(rulebook=documents(most_rules=6).flatmap(governed).map(written))
def test_every_witness_shows_in_durable_rules_what_its_finding_says(rulebook: Rulebook) -> None:
    advisor = Advisor(rulebook)
    for finding in examine(Examination(rulebook, DAY, covered_by(rulebook, (), DAY))):
        assert (finding.regions is not None) == (finding.code in SHOWN) or finding.code in SOMETIMES
        for region in finding.regions.listed if finding.regions else ():
            for facts in replayed(rulebook, region.witness):
                assert SHOWN[finding.code](rulebook, finding, facts, advisor.recommend(facts)), finding


def replayed(rulebook: Rulebook, witness: Mapping[str, Value]) -> Iterator[CaseFacts]:
    """The witness with all other facts given, and as it stands, unless rules of it stay open that decide nothing."""
    as_it_stands = complete(rulebook.vocabulary, witness)
    yield complete(rulebook.vocabulary, _all_given(rulebook, _completed(rulebook, witness)))
    if None not in meaning(rulebook, as_it_stands.values).rules.values():
        yield as_it_stands
