"""How quickly many tasks are answered: by the function, in SQL, and by peers and hand-written code beside them.

What is hand-written gives the advice alone, and is right only where all facts are known. Peers are tried where they are
installed: pip install clipspy zen-engine rule-engine common-expression-language.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

import duckdb

import whytune
from whytune.engine.language import source
from whytune.engine.language.case import resolve
from whytune.engine.language.casefile import read_case

Row = tuple[str, str, str, str]
Facts = Mapping[str, str | int]
Leaves = list[tuple[str, list[dict[str, Any]]]]

CASES = sorted((Path(__file__).parent.parent / "rules" / "guide" / "cases").glob("*.yaml"))
UNKNOWN = 0.3
"""The share of facts that the rows of the table leave out."""


def rows(leaves: Leaves, facts_of: Callable[[Any], Facts], seconds: float, tasks: int) -> Iterator[Row]:
    """What was measured, the figure, the ratio to whytune's, and the target. CPU time, but for SQL, which has two
    cores.
    """
    yield from one_by_one(leaves, facts_of, seconds)
    yield from in_sql(leaves, tasks)


def one_by_one(leaves: Leaves, facts_of: Callable[[Any], Facts], seconds: float) -> Iterator[Row]:
    book = whytune.load("guide")
    vocabulary = book.content.vocabulary
    cases = [resolve(vocabulary, read_case(source.read(path)).given) for path in CASES]
    given = [
        {name: int(value) if isinstance(value, Decimal) else value for name, value in case.given.items()}
        for case in cases
    ]
    nothing: Facts = {fact.fact: 10**6 if fact.is_number else "" for fact in vocabulary.facts}
    known: list[Facts] = [{**nothing, **facts_of(case)} for case in cases]  # peers take no facts that are not there
    ours = rate(book.function(), given, seconds)
    traced = rate(book.advisor.advise, given, seconds)
    wide = {fact.fact: [task.get(fact.fact) for task in given * 1_000] for fact in vocabulary.facts}
    columns = {name: values for name, values in wide.items() if any(value is not None for value in values)}
    answer = book.function(columns=True)
    at_once = len(given) * 1_000 * rate(answer, [columns], seconds)
    yield f"tasks by guide.function(columns=True), {len(columns)} columns", f"{at_once:,.0f} /s", "", "2,500,000 /s"
    yield "tasks by guide.function(), one by one", f"{ours:,.0f} /s", f"{at_once / ours:.1f}", ""
    yield "the same by advise, with trace", f"{traced:,.0f} /s", "", ""
    for name, package, make, has_trace in PEERS:
        if find_spec(package) is None:
            yield name, "not installed", "", ""
            continue
        theirs = rate(make(leaves, known), known, seconds)
        yield (
            f"{name}, known facts, advice alone",
            f"{theirs:,.0f} /s",
            f"{(traced if has_trace else at_once) / theirs:.2f}",
            "",
        )


def rate(answer: Callable[[Any], object], tasks: list[Any], seconds: float) -> float:
    """How many a second of CPU time."""
    for task in tasks:
        answer(task)
    started, count = time.process_time(), 0
    while (passed := time.process_time() - started) < seconds:
        for task in tasks:
            answer(task)
        count += len(tasks)
    return count / passed


def condition(test: dict[str, Any], quote: str = '"', name: str = "{}", either: str = "or") -> str:
    """A test of durable-rules, as an expression of another language."""

    def written(inner: dict[str, Any]) -> str:
        ((key, value),) = inner.items()
        match key:
            case "$or":
                return "(" + f" {either} ".join(map(written, value)) + ")"
            case "$lt" | "$gte":
                ((field, bound),) = value.items()
                return f"{name.format(field)} {'<' if key == '$lt' else '>='} {bound}"
            case _:
                return f"{name.format(key)} == {quote}{value}{quote}"

    return written(test)


def all_of(tests: list[dict[str, Any]], both: str = "and", **how: str) -> str:
    return f" {both} ".join(condition(test, **how) for test in tests)


def by_hand(leaves: Leaves, known: list[Facts]) -> Callable[[Facts], object]:
    lines = [f"    if {all_of(tests, name='f[{!r}]')}:\n        return {advice!r}" for advice, tests in leaves]
    space: dict[str, Any] = {}
    exec("def advise(f):\n" + "\n".join(lines), space)
    advise: Callable[[Facts], object] = space["advise"]
    return advise


def by_cel(leaves: Leaves, known: list[Facts]) -> Callable[[Facts], object]:
    import cel

    ways = (f'{all_of(tests, both="&&", either="||")} ? "{advice}" : ' for advice, tests in leaves)
    program: Any = cel.compile("".join(ways) + '""')
    return lambda facts: program.execute(facts)


def by_rule_engine(leaves: Leaves, known: list[Facts]) -> Callable[[Facts], object]:
    import rule_engine

    rules = [(rule_engine.Rule(all_of(tests)), advice) for advice, tests in leaves]
    return lambda facts: next((advice for rule, advice in rules if rule.matches(facts)), None)


def by_zen(leaves: Leaves, known: list[Facts]) -> Callable[[Facts], object]:
    import zen

    grid = [{"_id": str(at), "i": all_of(tests), "o": f'"{advice}"'} for at, (advice, tests) in enumerate(leaves)]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": "i", "name": "all"}],
        "outputs": [{"id": "o", "name": "advice", "field": "advice"}],
        "rules": grid,
    }
    nodes = [
        {"id": "a", "type": "inputNode", "name": "in"},
        {"id": "b", "type": "decisionTableNode", "name": "guide", "content": content},
        {"id": "c", "type": "outputNode", "name": "out"},
    ]
    edges = [{"id": "1", "sourceId": "a", "targetId": "b"}, {"id": "2", "sourceId": "b", "targetId": "c"}]
    decision: Any = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    return lambda facts: decision.evaluate(facts, {"trace": True})


def by_clips(leaves: Leaves, known: list[Facts]) -> Callable[[Facts], object]:
    import clips

    world = clips.Environment()
    names = sorted({name for facts in known for name in facts})
    world.build("(deftemplate task " + " ".join(f"(slot {name})" for name in names) + ")")
    for at, (advice, tests) in enumerate(leaves):
        used = [name for name in names if any(name in json.dumps(test) for test in tests)]
        slots = " ".join(f"({name} ?{name})" for name in used)
        conditions = " ".join(map(clips_test, tests))
        world.build(f"(defrule r{at} (task {slots}) (test (and TRUE {conditions})) => (assert (advice {advice})))")

    def answer(facts: Facts) -> object:
        world.reset()
        world.find_template("task").assert_fact(**facts)
        return world.run()

    return answer


def clips_test(test: dict[str, Any]) -> str:
    ((key, value),) = test.items()
    if key == "$or":
        return f"(or {' '.join(map(clips_test, value))})"
    if key in ("$lt", "$gte"):
        ((field, bound),) = value.items()
        return f"({'<' if key == '$lt' else '>='} ?{field} {bound})"
    return f'(eq ?{key} "{value}")'


PEERS: tuple[tuple[str, str, Callable[[Leaves, list[Facts]], Callable[[Facts], object]], bool], ...] = (
    ("hand-written Python", "json", by_hand, False),
    ("common-expression-language (CEL)", "cel", by_cel, False),
    ("rule-engine", "rule_engine", by_rule_engine, False),
    ("zen-engine, a decision table with its trace", "zen", by_zen, True),
    ("clipspy, one environment", "clips", by_clips, True),
)
"""What each is called, the package that it takes, and whether it is set beside traced recommendations."""


def in_sql(leaves: Leaves, tasks: int) -> Iterator[Row]:
    """The statement over so many rows in DuckDB, beside a nested CASE over the same facts."""
    book = whytune.load("guide")
    random = Random(1)
    with duckdb.connect() as database:
        facts = book.content.vocabulary.facts
        columns = [random_column(random, fact) for fact in facts]
        database.execute("SELECT setseed(0.5)")
        drawn = f"SELECT {', '.join(columns)} FROM range({tasks})"
        mended = ", ".join(replacements(book.content.vocabulary))
        database.execute(f"CREATE TABLE tasks AS SELECT * REPLACE ({mended}) FROM ({drawn})")
        names = [name for name, *_ in database.execute("DESCRIBE tasks").fetchall()]
        answered = book.sql("duckdb", "tasks", names)
        ways = " ".join(
            f"WHEN {all_of(tests, quote=chr(39)).replace('==', '=')} THEN '{advice}'" for advice, tests in leaves
        )
        nested = f"SELECT *, CASE {ways} END AS advice FROM tasks"
        exact, inexact = (min(seconds(database, query) for _ in range(3)) for query in (answered, nested))
        yield f"{tasks:,} rows in DuckDB, all columns, exact", f"{tasks / exact:,.0f} /s", "", "at least 3,000,000 /s"
        yield "the same rows by a nested CASE, inexact", f"{tasks / inexact:,.0f} /s", f"{inexact / exact:.2f}", ""


def random_column(random: Random, fact: Any) -> str:
    """A column of a fact, in SQL: values at random, some of them left out."""
    if fact.is_number:
        least, greatest = int(fact.least or 0), int(min(fact.greatest or 20_000, 20_000))
        value = f"CAST({least} + floor(random() * {greatest - least + 1}) AS INTEGER)"
    else:
        values = ", ".join(f"'{value}'" for value in fact.values or ("yes", "no"))
        value = f"[{values}][1 + CAST(floor(random() * {len(fact.values or (1, 2))}) AS INTEGER)]"
    return f'CASE WHEN random() > {UNKNOWN} THEN {value} END AS "{fact.fact}"'


def replacements(vocabulary: Any) -> Iterator[str]:
    """Columns without facts that do not apply, and without numbers greater than those that bound them."""
    for name, conditions in vocabulary.applies_if.items():
        tests = [
            f""""{subject}" IN ({", ".join(f"'{value}'" for value in accepts)})""" for subject, accepts in conditions
        ]
        if tests:
            yield f'CASE WHEN {" AND ".join(tests)} THEN "{name}" END AS "{name}"'
    for low, high in vocabulary.orders:
        yield f'least("{low}", "{high}") AS "{low}"'


def seconds(database: duckdb.DuckDBPyConnection, query: str) -> float:
    started = time.perf_counter()
    database.execute(f"CREATE OR REPLACE TABLE advised AS {query}")
    return time.perf_counter() - started
