"""Measures what the issues set targets for, beside durable-rules alone: `python -m tests.bench [--quick]`.

Prints figures, ratios and targets; never fails, since a busy machine is not a defect. CPU time of one core.
A part that fails says so in a row of its own, and the others go on. How long each part took is told as it goes.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import durable_rules_engine as core
from rich.console import Console
from rich.table import Table

from whytune.engine import Advisor, Rulebook, WhytuneError
from whytune.engine.advice.given_places import GivenPlaces
from whytune.engine.language import source
from whytune.engine.language.case import CaseFacts, from_python, resolve
from whytune.engine.language.casefile import read_case

from . import (
    bench_explanations,
    bench_governance,
    bench_ledger,
    bench_many,
    bench_pictures,
    bench_service,
    bench_shapes,
)
from .generated import representative
from .memory import resident

CASES = sorted((Path(__file__).parent.parent / "rules" / "guide" / "cases").glob("*.yaml"))
IMPORTS = "import click, pydantic, durable.engine"

Facts = Mapping[str, str | int]


Rows = Iterator[tuple[str, str, str, str]]
"""What was measured, the figure, its ratio to something else, and the target."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds: figures for a glance")
    parser.add_argument("--part", choices=parts(quick=True), action="append", help="this part alone, or several")
    asked = parser.parse_args()
    table = Table("measured", "figure", "ratio", "target", title="whytune, one core unless it is said otherwise")
    for column in table.columns[1:3]:
        column.justify = "right"
    for name, measure in parts(asked.quick).items():
        if name in (asked.part or [name]):
            for row in guarded(name, measure):
                table.add_row(*row)
    Console(width=None if sys.stdout.isatty() else 120).print(table)


def parts(quick: bool) -> dict[str, Callable[[], Rows]]:
    """All that is measured, by name."""
    seconds = 0.5 if quick else 2.0
    return {
        "start": lambda: whole_process(runs=5 if quick else 12),
        "one case": lambda: one_case(seconds),
        "many cases": lambda: bench_many.rows(LEAVES, flat_facts, seconds, 100_000 if quick else 1_000_000),
        "pictures": bench_pictures.rows,
        "explanations": bench_explanations.rows,
        "governance": bench_governance.rows,
        "ledger": lambda: bench_ledger.rows(2_000 if quick else 5_000),
        "service": lambda: bench_service.rows(1_000 if quick else 6_000),
        "large rulebooks": lambda: bench_shapes.rows((50, 100) if quick else (500, 1_000)),
    }


def guarded(name: str, measure: Callable[[], Rows]) -> Rows:
    """The rows of a part; if it fails, those before that, and one that says so."""
    started = time.perf_counter()
    try:
        yield from measure()
    except Exception as error:
        yield f"{name}: the rest of it failed", type(error).__name__, "", str(error).partition("\n")[0][:80]
    print(f"{name}: {time.perf_counter() - started:.0f} s", file=sys.stderr)


def one_case(seconds: float) -> Rows:
    """The guide is made ready, and asked about one case after the other."""
    started = time.process_time()
    advisor = Advisor.load("guide")
    read = time.process_time()
    nodes = len(list(advisor.diagram.advice["approach"].below()))
    drawn = time.process_time()
    rules = len({production.when for production in advisor.engine.productions})
    ready = time.process_time()
    yield "reading and checking the rulebook", f"{1_000 * (read - started):.1f} ms", "", ""
    yield f"building its diagram ({nodes} nodes)", f"{1_000 * (drawn - read):.1f} ms", "", ""
    yield f"building its ruleset ({rules} durable rules)", f"{1_000 * (ready - drawn):.1f} ms", "", ""
    cases = [resolve(advisor.rulebook.vocabulary, read_case(source.read(path)).given) for path in CASES]
    yield from speed(advisor, cases, seconds)
    yield from memory(advisor, cases, recommendations=int(20_000 * seconds))


def speed(advisor: Advisor, cases: list[CaseFacts], seconds: float) -> Rows:
    """Traced recommendations through `advise`, in turns with durable-rules alone on the same decision."""
    given = [{name: state.value for name, state in case.states.items() if state.state == "given"} for case in cases]
    repeating = [more(facts, by) for facts in given for by in range(20)]
    bare = flat_ruleset()
    wide = [flat_facts(case) for case in cases]
    agreeing = sum(
        fire(bare, facts) == {"approach": advisor.recommend(case).decisions["approach"].advice}
        for facts, case in zip(wide, cases, strict=True)
    )
    firing = Advisor(advisor.whole, remember=0)
    ours, fired, theirs = [], [], []
    for _ in range(5):
        ours.append(rate(lambda: [advisor.advise(facts) for facts in repeating], len(repeating), seconds / 5))
        fired.append(rate(lambda: [firing.advise(facts) for facts in given], len(given), seconds / 5))
        theirs.append(rate(lambda: [fire(bare, facts) for facts in wide], len(wide), seconds / 5))
    yield "traced recommendations, kinds of cases repeat", f"{max(ours):,.0f} /s", "", "at least 10,000 /s"
    alone = once_each(advisor.rulebook, tasks=int(2_000 * seconds))
    yield "traced recommendations, no two cases of one kind", f"{alone:,.0f} /s", "", "at least 3,000 /s"
    yield "traced recommendations, every rule fired anew", f"{max(fired):,.0f} /s", f"{max(ours) / max(fired):.1f}", ""
    yield (
        f"bare durable-rules, no trace ({agreeing} of {len(cases)} cases agree)",
        f"{max(theirs):,.0f} /s",
        f"{max(ours) / max(theirs):.3f}",
        "",
    )
    advice = advisor.diagram.advice["approach"]
    walked = rate(lambda: [advice.values(case.cells) for case in cases], len(cases), seconds / 5)
    yield "outcomes by the diagram alone, no trace", f"{walked:,.0f} /s", f"{max(ours) / walked:.3f}", ""


def once_each(rulebook: Rulebook, tasks: int) -> float:
    """How many tasks a second of CPU time, drawn at random with 30 % of the facts left out, where no kind repeats."""
    vocabulary, random = rulebook.vocabulary, Random(1)
    given: dict[Hashable, Mapping[str, Any]] = {}
    places = GivenPlaces(vocabulary)
    while len(given) < tasks:
        drawn = {
            name: representative(random.choice(domain.cells)) if len(domain.cells) > 1 else domain.fact.least or 1
            for name, domain in vocabulary.domains.items()
            if random.random() < 0.7
        }
        with suppress(WhytuneError):  # a fact that does not apply, numbers that contradict each other
            resolve(vocabulary, from_python(drawn))
            given[getattr(places.kind(drawn), "kind", None)] = drawn
    advisor = Advisor(rulebook)
    first, *others = given.values()
    advisor.advise(first)
    started = time.process_time()
    for facts in others:
        advisor.advise(facts)
    return len(others) / (time.process_time() - started)


def more(facts: Mapping[str, Any], by: int) -> dict[str, Any]:
    """The same facts with greater numbers, most of them of the same kind."""
    return {name: value + by if isinstance(value, Decimal) else value for name, value in facts.items()}


def rate(once: Callable[[], object], size: int, seconds: float) -> float:
    """How many a second of CPU time; `once` does `size` of them."""
    once()
    started, rounds = time.process_time(), 0
    while time.process_time() - started < seconds:
        once()
        rounds += 1
    return rounds * size / (time.process_time() - started)


def memory(advisor: Advisor, cases: list[CaseFacts], recommendations: int) -> Rows:
    """Growth of the resident memory, after a start of a twentieth."""
    for _ in range(recommendations // 20 // len(cases) + 1):
        for case in cases:
            advisor.recommend(case)
    gc.collect()
    before = resident()
    for _ in range(recommendations // len(cases)):
        for case in cases:
            advisor.recommend(case)
    gc.collect()
    grown = f"{resident() - before:+.1f} MB"
    yield f"memory grown over {recommendations:,} recommendations", grown, "", "below 5 MB"


def whole_process(runs: int) -> Rows:
    """CPU time of the command, beside that of importing what it must import."""
    case = CASES[0].parent / "clinic_terms_100_examples.yaml"
    command, imports, help_ = [], [], []
    for _ in range(runs):  # in turns, so that a busy minute hits both
        command.append(cpu(["-m", "whytune.cli", "advise", str(case)]))
        imports.append(cpu(["-c", IMPORTS]))
        help_.append(cpu(["-m", "whytune.cli", "--help"]))
    yield f"`{IMPORTS}`", f"{1_000 * min(imports):.0f} ms", "", ""
    yield (
        "`whytune advise CASE`, whole process",
        f"{1_000 * min(command):.0f} ms",
        f"{min(command) / min(imports):.2f}",
        "at most 2.3",
    )
    yield (
        "`whytune --help`, whole process",
        f"{1_000 * min(help_):.0f} ms",
        f"{min(help_) / min(imports):.2f}",
        "at most 1.5",
    )
    drawn = min(cpu(["-m", "whytune.cli", "graph", str(case), "--format", "svg"]) for _ in range(2))
    yield "`whytune graph CASE` as SVG, whole process", f"{1_000 * drawn:.0f} ms", "", ""


def cpu(arguments: list[str]) -> float:
    """CPU seconds, user and system, of one Python process."""
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


# The baseline: the flowchart and its exceptions by hand, one wide fact, one durable rule a way through it.

AGAINST: list[dict[str, Any]] = [
    {"general_chat": "yes"},
    {"fast_iteration": "yes"},
    {"$lt": {"good_examples": 50}},
    {"can_anonymise": "no"},
]
NOT_AGAINST: list[dict[str, Any]] = [
    {"latest_knowledge": "no"},
    {"general_chat": "no"},
    {"fast_iteration": "no"},
    {"$gte": {"good_examples": 50}},
    {"$or": [{"private_data": "no"}, {"can_anonymise": "yes"}]},
]
CHANGE: list[dict[str, Any]] = [{"prompt_enough": "no"}, {"external_knowledge": "no"}]
DOMAIN = [*CHANGE, *NOT_AGAINST, {"need": "domain_terms"}]
LEAVES: list[tuple[str, list[dict[str, Any]]]] = [
    ("prompt", [{"prompt_enough": "yes"}]),
    ("rag", [{"prompt_enough": "no"}, {"external_knowledge": "yes"}]),
    ("rag", [*CHANGE, {"latest_knowledge": "yes"}]),
    *(("prompt", [*CHANGE, {"latest_knowledge": "no"}, reason]) for reason in AGAINST),
    *(
        ("fine_tune", [*CHANGE, *NOT_AGAINST, {"need": need}])
        for need in ("output_format", "brand_tone", "inference_cost", "latency")
    ),
    ("prompt", [*DOMAIN, {"$lt": {"examples": 100}}]),
    ("lora", [*DOMAIN, {"$gte": {"examples": 100}}, {"$lt": {"examples": 10_000}}]),
    ("full", [*DOMAIN, {"$gte": {"examples": 10_000}}]),
]
_names = count()


def flat_ruleset() -> int:
    rules = {
        str(index): {"pri": index + 1, "all": [{"m": {"$and": tests} if len(tests) > 1 else tests[0]}]}
        for index, (_, tests) in enumerate(LEAVES)
    }
    rules["begin"] = {"pri": len(rules) + 1, "all": [{"m": {"begin": "yes"}}]}  # so that some rule fires
    return int(core.create_ruleset(f"bare{next(_names)}", json.dumps(rules)))


def flat_facts(case: CaseFacts) -> Facts:
    """The known facts as one element."""
    known = {
        name: int(state.value) if isinstance(state.value, Decimal) else state.value
        for name, state in case.states.items()
        if isinstance(state.value, str | Decimal)
    }
    return {"begin": "yes", **known}


def fire(handle: int, facts: Facts) -> dict[str, str | None]:
    _, state = core.assert_fact(handle, json.dumps({"sid": "1", **facts}))
    advice = None
    found = core.start_action_for_state(handle, state)
    message = found[1] if found else None
    while message:
        name = message.split('"', 2)[1]
        if name != "begin" and advice is None:
            advice = LEAVES[int(name)][0]
        message = core.complete_and_start_action(handle, state)
    core.delete_state(handle, "1")
    return {"approach": advice}


if __name__ == "__main__":
    main()
