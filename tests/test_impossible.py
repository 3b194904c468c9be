"""Cells that are impossible because one number bounds another are not tasks: they count in no share and no finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import islice, product
from types import ModuleType
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from whytune.engine import Advisor, Rulebook, WhytuneError
from whytune.engine.advice.explanations.next_question import next_question
from whytune.engine.language.case import complete
from whytune.engine.language.intervals import Interval, PartlyKnown
from whytune.engine.language.value import UNKNOWN, Value
from whytune.engine.language.vocabulary import Domain, Vocabulary
from whytune.engine.meaning.semantics import Meaning, meaning
from whytune.engine.meaning.study import Study
from whytune.engine.review.casebook import coverage
from whytune.engine.review.casebook.mutants import mutants
from whytune.engine.review.casebook.paths import Paths
from whytune.engine.review.checks import (
    contradictory_condition,
    dead_option,
    examine,
    idle_caution,
    idle_yield,
    masked_veto,
    never_decisive,
    never_in_force,
    unused_band_cut,
    unused_fact,
)
from whytune.engine.review.difference import compare, difference
from whytune.engine.review.examination import Examination

from .counting import counted_share
from .generated import applicable, bounded, decision, fact, framed, rule, written
from .laws import tries
from .test_inquiry import way

CHECKS = (idle_caution, idle_yield, masked_veto)
DAY = date(2026, 11, 22)
MOST = 600
"""Combinations of cells that are looked at one by one."""

Task = dict[str, int]
"""The cell of each fact that applies."""


def tasks(rulebook: Rulebook) -> Iterator[Task]:
    """Every task once: what a case may give, each fact that applies as no more than the cell that it is in."""
    domains = rulebook.vocabulary.domains
    combinations = list(islice(product(*(range(len(domain.cells)) for domain in domains.values())), MOST + 1))
    assume(len(combinations) <= MOST)
    seen = set()
    for combination in combinations:
        cells = dict(zip(domains, combination, strict=True))
        task = {name: cells[name] for name in applicable(rulebook.vocabulary, cells)}
        if (key := tuple(task.items())) not in seen and can_be(rulebook, task):
            seen.add(key)
            yield task


def can_be(rulebook: Rulebook, task: Task) -> bool:
    """Does a case with these cells load?"""
    domains = rulebook.vocabulary.domains
    given: dict[str, Value] = dict.fromkeys(domains, UNKNOWN)
    given |= {name: within(domains[name].cells[cell]) for name, cell in task.items()}
    try:
        complete(rulebook.vocabulary, given)
    except WhytuneError:
        return False
    return True


def within(cell: str | Interval) -> Value:
    """What a case says of a fact that lies somewhere in this cell."""
    return PartlyKnown("", intervals=(cell,)) if isinstance(cell, Interval) else cell


def meant(rulebook: Rulebook, task: Task) -> Meaning:
    """What the rulebook makes of the task."""
    domains = rulebook.vocabulary.domains
    values = {name: pieces[cell] for fact, cell in task.items() for name, pieces in domains[fact].subjects.items()}
    return meaning(rulebook, values)


@tries(60)
@given(rulebook=bounded())
def test_shares_are_counted_among_the_tasks_that_can_be(rulebook: Rulebook) -> None:
    study = Study(rulebook)
    every = list(tasks(rulebook))
    means = [meant(rulebook, task) for task in every]
    assert study.atlas.share(study.ground.everywhere) == (len(every), len(every))
    for name, about in rulebook.decision.items():
        for outcome in (*about.outcomes, "refer"):
            advised = sum(one.advice[name] == outcome for one in means)
            assert study.atlas.share(study.diagram.advice[name].being(outcome)) == (advised, len(every))
        possible = study.diagram.possible_advice[name].values() - {None}
        assert possible == {one.advice[name] for one in means}


@pytest.mark.slow
@tries(40)
@given(rulebook=bounded(), data=st.data())
def test_a_difference_counts_the_tasks_that_can_be_and_are_advised_otherwise(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    dropped = data.draw(st.sampled_from(rulebook.rules))
    rest = (one for one in rulebook.rules if one is not dropped)
    kept = [one.model_copy(update={"yields_to": tuple({*one.yields_to} - {dropped.id})}) for one in rest]
    fewer = replace(rulebook, rules=tuple(kept))
    every = list(tasks(rulebook))
    expected: Counter[tuple[str, str | None, str | None]] = Counter()
    for task in every:
        before, after = meant(rulebook, task).advice, meant(fewer, task).advice
        expected.update((name, before[name], after[name]) for name in before if before[name] != after[name])
    changes = difference(compare(rulebook, fewer)).advice
    assert {(one.decision, one.before, one.after): one.where.share for one in changes} == {
        way: (count, len(every)) for way, count in expected.items()
    }


def cut_like_both(rulebook: Rulebook, other: Rulebook) -> Rulebook:
    """The rulebook with its numbers cut wherever either of the two cuts them."""
    facts = []
    for one, another in zip(rulebook.vocabulary.declared, other.vocabulary.declared, strict=True):
        cuts = sorted({cut for band in (*one.bands, *another.bands) for cut in band.cut_at})
        pieces = tuple(f"p{place}" for place in range(len(cuts) + 1))
        finer = {"band": f"{one.fact}_both", "cut_at": cuts, "values": pieces}
        bands = [*one.bands, one.bands[0].model_copy(update=finer)] if cuts else []
        facts.append(one.model_copy(update={"bands": tuple(bands)}))
    return replace(rulebook, vocabulary=Vocabulary(facts))


def overlap(one: str | Interval, other: str | Interval) -> bool:
    return one.meets(other) if isinstance(one, Interval) and isinstance(other, Interval) else one == other


def meant_by(rulebook: Rulebook, domains: Mapping[str, Domain], task: Task) -> Meaning:
    """What a rulebook makes of a task in cells of these domains, no larger than its own."""
    places = {}
    for name, cell in task.items():
        there = domains[name].cells[cell]
        own = rulebook.vocabulary.domains[name].cells
        places[name] = next(place for place, one in enumerate(own) if overlap(one, there))
    return meant(rulebook, places)


@tries(40)
@given(rulebook=bounded(), data=st.data())
def test_a_moved_cut_changes_the_advice_of_tasks_that_can_be(rulebook: Rulebook, data: st.DataObject) -> None:
    moves = [mutant.rulebook for mutant in mutants(rulebook) if mutant.kind == "moved_cut"]
    assume(moves)
    moved = data.draw(st.sampled_from(moves))
    both = cut_like_both(rulebook, moved)
    domains = both.vocabulary.domains
    every = list(tasks(both))
    expected: Counter[tuple[str, str | None, str | None]] = Counter()
    for task in every:
        before, after = (meant_by(book, domains, task).advice for book in (rulebook, moved))
        expected.update((name, before[name], after[name]) for name in before if before[name] != after[name])
    changes = difference(compare(rulebook, moved)).advice
    assert {(one.decision, one.before, one.after): one.where.share for one in changes} == {
        way: (count, len(every)) for way, count in expected.items()
    }


@tries(40)
@given(rulebook=bounded())
def test_coverage_counts_the_tasks_and_ways_that_can_be(rulebook: Rulebook) -> None:
    every = list(tasks(rulebook))
    reach = coverage(rulebook, [], DAY)
    in_force = ({rule for rule, truth in meant(rulebook, task).rules.items() if truth} for task in every)
    assert set(reach.in_force.never) == set(rulebook.rule).difference(*in_force)
    for name, paths in reach.paths.items():
        walked = Paths(Study(rulebook).diagram, name)
        assert paths.tasks == (0, len(every))
        assert paths.of == len({walked.taken(task) for task in every})


@tries(40)
@given(rulebook=bounded())
def test_the_ways_that_are_drawn_are_those_of_tasks_that_can_be(rulebook: Rulebook) -> None:
    advisor = Advisor(rulebook)
    first = dict.fromkeys(rulebook.vocabulary.domains, 0)
    every = [({**first, **task}, meant(rulebook, task)) for task in tasks(rulebook)]
    for name in rulebook.decision:
        asked = advisor.inquiry(name)
        taken = set()
        for task, means in every:
            *questions, (_, outcome) = way(asked, task)
            taken.update(questions)
            assert outcome == means.advice[name]
        drawn = {(node.root, cell) for node, cells in asked.cells.items() for cell in cells}
        assert taken <= drawn
        if advisor.diagram.ground.possible.facts:
            assert drawn <= taken, "a way that no task can take"


@tries(40)
@given(rulebook=bounded(), data=st.data())
def test_each_answer_to_the_next_question_leads_to_the_advice_of_tasks_that_can_be(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    advisor = Advisor(rulebook)
    domains = rulebook.vocabulary.domains
    every = [(task, meant(rulebook, task)) for task in tasks(rulebook)]
    one, _ = data.draw(st.sampled_from(every))
    known = data.draw(st.sets(st.sampled_from([*one])) if one else st.just(set[str]()))
    left = [(task, means) for task, means in every if all(task.get(name) == one[name] for name in known)]
    given_cells = {name: within(domains[name].cells[one[name]]) for name in known}
    facts = complete(rulebook.vocabulary, {**dict.fromkeys(domains, UNKNOWN), **given_cells})
    for name in rulebook.decision:
        question = next_question(advisor, facts, name)
        for answer in question.answers:
            assert question.fact is not None
            places = {domains[question.fact].cells.index(cell) for cell in answer.cells}
            led = {means.advice[name] for task, means in left if task.get(question.fact) in places}
            assert set(answer.outcomes) == led


@tries(60)
@given(rulebook=bounded())
def test_what_is_found_in_cases_is_found_in_cases_that_can_be(rulebook: Rulebook) -> None:
    for finding in examine(Examination(rulebook, DAY)):
        assert finding.regions is None or counted_share(finding.regions.share).tasks, finding


@tries(60)
@given(rulebook=bounded())
def test_a_caution_is_idle_if_no_task_that_can_be_is_told_it(rulebook: Rulebook) -> None:
    means = [meant(rulebook, task) for task in tasks(rulebook)]
    found = {find.about for find in idle_caution.look(Examination(rulebook, DAY))}
    for warning in {warning for _, warning in rulebook.cautioning}:
        is_told = any(one.cautions[caution] for one in means for caution in one.cautions if caution[1] == warning)
        if any(one.rules[warning] for one in means):
            assert is_told or warning in found
        else:
            assert warning not in found


def looked_at(rules: list[dict[str, Any]], options: list[str]) -> Examination:
    """A rulebook with fewer than 40 examples or more, of which 50 are good or fewer."""
    pieces = {"examples": ("volume", 40), "good": ("quality", 50)}
    bands = {name: [{"band": band, "cut_at": cut, "values": ["low", "high"]}] for name, (band, cut) in pieces.items()}
    facts = [
        fact("examples", "whole_number", bands=bands["examples"]),
        fact("good", "whole_number", bands=bands["good"], at_most="examples"),
    ]
    ways = decision("way", options, "drive", "refer")
    return Examination(written(framed(facts=facts, decisions=[ways], rules=rules)), DAY)


def findings(examined: Examination, *checks: ModuleType) -> set[tuple[str, str]]:
    return {(check.__name__.rpartition(".")[2], find.about) for check in checks for find in check.look(examined)}


def test_what_meets_only_where_no_task_is_does_not_meet() -> None:
    """Fewer than 40 examples, of which 50 are good: only there a walk is proposed where the others are in force."""
    rules = [
        rule("walks", **{"if": {"quality": "high"}}, propose={"way": "walk"}),
        rule("warns", **{"if": {"volume": "low"}}, caution={"way": "walk"}),
        rule("forbids", **{"if": {"volume": "low"}}, rule_out={"way": "walk"}),
        rule("waits", **{"if": {"volume": "low"}}, propose={"way": "drive"}, yields_to=["walks"]),
    ]
    found = findings(looked_at(rules, ["walk", "drive"]), *CHECKS)
    assert found >= {("idle_caution", "warns"), ("masked_veto", "forbids"), ("idle_yield", "waits")}


def test_what_only_cells_without_a_task_bring_about_does_not_come_about() -> None:
    """Who has 50 good examples has 40; so what asks for both, or is decided by the good ones, is there for nothing."""
    few_but_good = {"volume": "low", "quality": "high"}
    rules = [
        rule("many", **{"if": {"volume": "high"}}, propose={"way": "walk"}),
        rule("good", **{"if": {"quality": "high"}}, propose={"way": "walk"}),
        rule("both", **{"if": few_but_good}, propose={"way": "swim"}),
        rule("either", any_of=[few_but_good, {"volume": "high"}], propose={"way": "walk"}),
        rule("bare", **{"if": {"quality": "high"}}, except_if={"volume": "high"}, propose={"way": "swim"}),
        rule("later", **{"if": {"quality": "high"}}, yields_to=["many"], propose={"way": "swim"}),
    ]
    examined = looked_at(rules, ["walk", "drive", "swim"])
    assert findings(examined, contradictory_condition, never_in_force, dead_option) == {
        ("contradictory_condition", "both"),
        ("contradictory_condition", "either"),
        ("never_in_force", "bare"),
        ("never_in_force", "later"),
        ("dead_option", "way.swim"),
    }
    few = looked_at(rules[:2], ["walk", "drive"])
    assert findings(few, never_decisive, unused_fact, unused_band_cut) == {
        ("never_decisive", "good"),
        ("unused_fact", "good"),
        ("unused_band_cut", "quality.50"),
    }
