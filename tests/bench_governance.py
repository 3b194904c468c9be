"""How long governing a rulebook takes, for `tests/bench.py`: on the guide, and on a large generated rulebook."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from whytune.engine import Rulebook, Span, load
from whytune.engine.language.case import complete
from whytune.engine.language.casefile import of_facts
from whytune.engine.language.source import Map
from whytune.engine.language.vocabulary import YES_NO
from whytune.engine.meaning.semantics import meaning
from whytune.engine.review.casebook import CheckedCase, cases_of, coverage, mutation, run_all
from whytune.engine.review.casebook.expectations import Expectation
from whytune.engine.review.checks import examine
from whytune.engine.review.examination import Examination, Finding

from .bench_difference import diff_rows
from .bench_explanations import layered, tried
from .bench_pictures import quickest

TODAY = date(2026, 11, 22)


Rows = Iterator[tuple[str, str, str, str]]
"""What was measured, the figure, the ratio to its target, and the target."""


def rows() -> Rows:
    yield from check_rows()
    yield from test_rows()
    yield from diff_rows()


def check_rows() -> Rows:
    guide = load("guide")
    yield row("check, on the guide", partial(checked, guide), 1.0)
    large = layered()[0].rulebook
    took = quickest(partial(tried, partial(checked, large)), rounds=1)
    yield "check, 40 facts and 200 rules", f"{took:.1f} s", "", "bounded"


def checked(rulebook: Rulebook) -> list[Finding]:
    return examine(Examination(rulebook, TODAY))


def test_rows() -> Rows:
    guide = load("guide")
    cases = cases_of("guide", guide)
    yield row(f"running the guide's {len(cases)} cases", lambda: list(run_all(guide, cases, TODAY)), 1.0)
    yield row("their coverage", lambda: coverage(guide, cases, TODAY), 1.0)
    found = mutation(guide, cases, TODAY)
    tries = f"mutation: {found.noticed} of {found.changed} mutants noticed, {found.equal} equal"
    yield row(tries, lambda: mutation(guide, cases, TODAY), 2.0)
    large = layered()[0].rulebook
    some = made_up(large, 40)
    for what, action in {
        "running cases": lambda: list(run_all(large, some, TODAY)),
        "their coverage": lambda: coverage(large, some, TODAY),
        "mutation": lambda: mutation(large, some, TODAY),
    }.items():
        took = quickest(partial(tried, action), rounds=1)
        yield f"{what}, 40 facts, 200 rules, {len(some)} cases", f"{took:.1f} s", "", "bounded"


def row(what: str, action: Callable[[], object], target: float) -> tuple[str, str, str, str]:
    took = quickest(action)
    return what, f"{1_000 * took:.0f} ms", f"{took / target:.0%}", f"< {target:g} s"


def made_up(rulebook: Rulebook, many: int) -> list[CheckedCase]:
    """Cases with every fact given, which expect the advice that comes out."""
    chance, here = random.Random(7), Span("made up")
    cases = []
    for _ in range(many):
        facts = complete(rulebook.vocabulary, {fact.fact: chance.choice(YES_NO) for fact in rulebook.vocabulary.facts})
        advice = meaning(rulebook, facts.values).advice
        expects = [Expectation("advice", name, (str(outcome),), here) for name, outcome in advice.items()]
        cases.append(CheckedCase(of_facts(Map((), here)), facts, tuple(expects)))
    return cases
