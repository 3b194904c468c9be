"""How large rulebooks load, advise and are checked, and how the time grows with their rules (CPU time of one core)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from typing import Any

from whytune.engine import Advisor
from whytune.engine.review.checks import examine
from whytune.engine.review.examination import Examination

from .generated import SOURCE, decision, fact, framed, rule, written

VALUES = ("a", "b", "c", "d")
TURNS = 20
"""Cases of which each is new to the advisor, so that durable-rules fires for it."""

Row = tuple[str, str, str, str]


def rows(sizes: tuple[int, ...]) -> Iterator[Row]:
    """What was measured, the figures for each size, how many times as long the largest takes as half of it."""
    for name, shape in SHAPES.items():
        figures = [measured(shape(size), is_checked=shape is not a_deep_chain) for size in sizes]
        for at, (what, target) in enumerate(WHAT[: len(figures[0])]):
            shown = [f"{1_000 * figure[at]:,.0f}" for figure in figures]
            grown = f"x {figures[-1][at] / figures[-2][at]:.1f}"
            yield f"{name}, {' / '.join(map(str, sizes))} rules: {what}", f"{' / '.join(shown)} ms", grown, target


WHAT = (("loads", "below 2,000 ms"), ("advises on a new case", "below 20 ms"), ("is checked", "below 60,000 ms"))


def measured(document: dict[str, Any], *, is_checked: bool) -> tuple[float, ...]:
    """The seconds of loading, of one traced recommendation, and of a check, which takes minutes for a deep chain."""
    random = Random(1)
    started = time.process_time()
    rulebook = written(document)
    loaded = time.process_time()
    advisor = Advisor(rulebook, remember=0)
    facts = [row["fact"] for row in document["facts"]]
    advisor.advise({name: random.choice(VALUES) for name in facts})
    ready = time.process_time()
    for _ in range(TURNS):
        advisor.advise({name: random.choice(VALUES) for name in facts})
    advised = time.process_time()
    figures = (loaded - started, (advised - ready) / TURNS)
    if not is_checked:
        return figures
    examine(Examination(rulebook, date(2027, 1, 1)))
    return (*figures, time.process_time() - advised)


def many_decisions(rules: int) -> dict[str, Any]:
    """Decisions of eight rules, each over two facts of its own."""
    random, count = Random(2), rules // 8
    return shaped(count * 2, [[f"f{at * 2}", f"f{at * 2 + 1}"] for at in range(count)], 8, random)


def a_deep_chain(rules: int) -> dict[str, Any]:
    """Decisions of four rules, each over a fact and the decision before it."""
    random, count = Random(3), rules // 4
    document = shaped(count, [[f"f{at}"] for at in range(count)], 4, random)
    for at, row in enumerate(document["rules"]):
        if at >= 4:
            row["if"][f"d{at // 4 - 1}"] = random.choice("xyz")
    return document


def one_table(rules: int) -> dict[str, Any]:
    """One decision with a rule for each of so many cells of five facts."""
    document = shaped(5, [[]], 0, Random(4))
    for at in range(rules):
        cell = {f"f{place}": VALUES[at // 4**place % 4] for place in range(5)}
        document["rules"].append(rule(f"r{at}", propose={"d0": "xyz"[at % 7 % 3]}, **{"if": cell}))
    return document


def shaped(facts: int, tested: list[list[str]], each: int, random: Random) -> dict[str, Any]:
    """So many facts of four values, and a decision with so many rules over each of these lists of facts."""
    labels = {value: value for value in VALUES}
    declared = [fact(f"f{at}", "choice", values=list(VALUES), labels=labels) for at in range(facts)]
    why = {"because": "none", "source": SOURCE}
    none, several = {"advise": "x", **why}, {"prefer": ["z", "y", "x"], **why}
    decisions = [decision(f"d{at}", ["x", "y", "z"], none, several) for at in range(len(tested))]
    rules = [
        rule(
            f"r{at}_{number}",
            propose={f"d{at}": random.choice("xyz")},
            **{"if": {name: random.sample(VALUES, 2) for name in names}},
        )
        for at, names in enumerate(tested)
        for number in range(each)
    ]
    return framed(facts=declared, decisions=decisions, rules=rules)


SHAPES: dict[str, Callable[[int], dict[str, Any]]] = {
    "many decisions": many_decisions,
    "a deep chain": a_deep_chain,
    "one table": one_table,
}
