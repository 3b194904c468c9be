"""Cells that cannot be, for one number bounds another, are no task: they count in no share and in no finding."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice, product

from hypothesis import assume, given

from whytune.engine import Rulebook, WhytuneError
from whytune.engine.language.case import complete
from whytune.engine.language.intervals import Interval, PartlyKnown
from whytune.engine.language.value import UNKNOWN, Value
from whytune.engine.meaning.semantics import meaning
from whytune.engine.meaning.study import Study
from whytune.engine.review.checks import examine
from whytune.engine.review.examination import Examination

from .generated import applicable, bounded
from .laws import tries

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


@tries(60)
@given(rulebook=bounded())
def test_shares_are_counted_among_the_tasks_that_can_be(rulebook: Rulebook) -> None:
    study = Study(rulebook)
    every = list(tasks(rulebook))
    domains = rulebook.vocabulary.domains
    means = [
        meaning(
            rulebook, {name: values[task[fact]] for fact in task for name, values in domains[fact].subjects.items()}
        )
        for task in every
    ]
    assert study.atlas.share(study.ground.everywhere) == (len(every), len(every))
    for name, decision in rulebook.decision.items():
        for outcome in (*decision.outcomes, "refer"):
            advised = sum(one.advice[name] == outcome for one in means)
            assert study.atlas.share(study.diagram.advice[name].being(outcome)) == (advised, len(every))
        possible = study.diagram.possible_advice[name].values() - {None}
        assert possible == {one.advice[name] for one in means}


@tries(60)
@given(rulebook=bounded())
def test_what_is_found_in_cases_is_found_in_cases_that_can_be(rulebook: Rulebook) -> None:
    for finding in examine(Examination(rulebook, date(2026, 11, 22))):
        assert finding.regions is None or finding.regions.share.tasks, finding
