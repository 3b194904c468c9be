"""How large rulebooks load, advise, are checked and compared: `python -m tests.bench_shapes SHAPE RULES QUESTION`.

Each question is asked in a process of its own, which ends when it has had its CPU time; two of them run at once.
What was aimed at is aimed at for 160 facts and 1,000 rules.
"""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import product
from random import Random
from typing import Any, NamedTuple

from whytune.engine import Advisor, WhytuneError
from whytune.engine.review.checks import examine
from whytune.engine.review.difference import compare, difference
from whytune.engine.review.examination import Examination

from .generated import SOURCE, decision, fact, framed, rule, written
from .memory import peak

VALUES = ("a", "b", "c", "d")
TURNS = 20
"""Cases of which each is new to the advisor, so that durable-rules fires for it."""
DAY = date(2027, 1, 1)
SPACE = 2 * 2**30
"""Bytes of memory beyond which a question is given up."""
STARTING = 5
"""CPU seconds that a process may take to start and to load its rulebook."""

Row = tuple[str, str, str, str]


class Question(NamedTuple):
    """How a large rulebook is asked, which gives the seconds that it took, what was aimed at, and the most seconds."""

    ask: Callable[[dict[str, Any]], float]
    aim: str
    bound: int


def rows(sizes: tuple[int, ...]) -> Iterator[Row]:
    """What was measured, the figures for each size, how many times as long the last takes as the one before it."""
    tasks = [(shape, question) for shape in SHAPES for question in QUESTIONS]
    with ThreadPoolExecutor(2) as pool:
        answers = dict(zip(tasks, pool.map(lambda task: by_size(task[0], task[1], sizes), tasks), strict=True))
    for shape in SHAPES:
        for question, (_, aim, _) in QUESTIONS.items():
            figures = answers[shape, question]
            shown = " / ".join(
                f"{1_000 * figure.seconds:,.0f} ms" if figure.seconds else figure.why for figure in figures
            )
            *_, before, last = figures
            grown = f"x {last.seconds / before.seconds:.1f}" if last.seconds and before.seconds else ""
            yield f"{shape}, {' / '.join(map(str, sizes))} rules: {question}", shown, grown, aim
        most = max(answer.megabytes for question in QUESTIONS for answer in answers[shape, question])
        yield f"{shape}: memory at its most", f"{most:,.0f} MB", "", "below 500 MB"


class Answer(NamedTuple):
    """The CPU seconds that a question took and the memory in MB that its process held; or why there is no answer."""

    seconds: float = 0
    megabytes: float = 0
    why: str = ""

    def __str__(self) -> str:
        return self.why or f"{1_000 * self.seconds:,.0f} ms"


def by_size(shape: str, question: str, sizes: tuple[int, ...]) -> list[Answer]:
    """The answers for each size, from small to large; what got none in time is not asked of a larger one."""
    answers: list[Answer] = []
    for size in sizes:
        is_hopeless = bool(answers) and answers[-1].why.startswith("over")
        answers.append(answers[-1] if is_hopeless else answered(shape, size, question))
    return answers


def answered(shape: str, rules: int, question: str) -> Answer:
    """A question asked in a process of its own."""
    command = [sys.executable, "-m", "tests.bench_shapes", shape, str(rules), question]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == -signal.SIGXCPU:
        return Answer(why=f"over {QUESTIONS[question].bound} s")
    if done.returncode:
        return Answer(why=(done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1][:60])
    return Answer(*json.loads(done.stdout))


def main(shape: str, rules: str, question: str) -> None:
    """Asks one question, and prints its answer as JSON; the process ends beyond the time and the memory it may take."""
    ask, _, bound = QUESTIONS[question]
    resource.setrlimit(resource.RLIMIT_AS, (SPACE, SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (bound + STARTING, bound + 2 * STARTING))  # told first, then ended
    try:
        print(json.dumps(Answer(ask(SHAPES[shape](int(rules))), peak())))
    except WhytuneError as error:
        sys.exit(error.problems[0].code)


def loading(document: dict[str, Any]) -> float:
    return spent(lambda: written(document))


def advising(document: dict[str, Any]) -> float:
    """One traced recommendation on a case of a new kind."""
    random = Random(1)
    advisor = Advisor(written(document), remember=0)
    values = {row["fact"]: row["values"] for row in document["facts"]}

    def case() -> dict[str, str]:
        return {name: random.choice(some) for name, some in values.items()}

    advisor.advise(case())
    return spent(lambda: [advisor.advise(case()) for _ in range(TURNS)]) / TURNS


def checking(document: dict[str, Any]) -> float:
    rulebook = written(document)
    return spent(lambda: examine(Examination(rulebook, DAY)))


def comparing(document: dict[str, Any]) -> float:
    """The rulebook beside the same less one rule."""
    old = written(document)
    new = replace(old, rules=old.rules[: len(old.rules) // 2] + old.rules[len(old.rules) // 2 + 1 :])
    return spent(lambda: difference(compare(old, new, DAY)))


def spent(action: Callable[[], object]) -> float:
    """The CPU seconds of an action."""
    started = time.process_time()
    action()
    return time.process_time() - started


QUESTIONS = {
    "loads": Question(loading, "below 2,000 ms", 10),
    "advises on a new case": Question(advising, "below 20 ms", 20),
    "is checked": Question(checking, "below 60,000 ms", 60),
    "is compared less one rule": Question(comparing, "below 10,000 ms", 30),
}


def one_decision(rules: int) -> dict[str, Any]:
    """One decision with rules over two facts each, wherever they stand."""
    random, facts = Random(1), rules * 4 // 25
    document = shaped(facts, [[]], 0, random)
    for at in range(rules):
        tested = {f"f{place}": random.sample(VALUES, 2) for place in random.sample(range(facts), 2)}
        document["rules"].append(rule(f"r{at}", propose={"d0": random.choice("xyz")}, **{"if": tested}))
    return document


def many_decisions(rules: int) -> dict[str, Any]:
    """Decisions of twelve or thirteen rules, each over two facts of its own."""
    random, facts = Random(2), rules * 4 // 25
    return shaped(facts, [[f"f{at}", f"f{at + 1}"] for at in range(0, facts, 2)], rules, random)


def a_deep_chain(rules: int) -> dict[str, Any]:
    """Decisions of six or seven rules, each over a fact and the decision before it."""
    random, facts = Random(3), rules * 4 // 25
    document = shaped(facts, [[f"f{at}"] for at in range(facts)], rules, random)
    for row in document["rules"]:
        at = int(next(iter(row["propose"]))[1:])
        if at:
            row["if"][f"d{at - 1}"] = random.choice("xyz")
    return document


def one_table(rules: int) -> dict[str, Any]:
    """One decision with a rule for each of so many cells of five facts."""
    document = shaped(5, [[]], 0, Random(4))
    for at in range(rules):
        cell = {f"f{place}": VALUES[at // 4**place % 4] for place in range(5)}
        document["rules"].append(rule(f"r{at}", propose={"d0": "xyz"[at % 7 % 3]}, **{"if": cell}))
    return document


def seven_tables(rules: int) -> dict[str, Any]:
    """Tables as those of CVSS 4.0, at most 1,171 rows: six over facts of three values, and one over what these say."""
    over = [["f0", "f1", "f2"], ["f3", "f4"], ["f5", "f6", "f7"], ["f8", "f9", "f10"], ["f11"]]
    over += [["f5", "f6", "f7", "f12", "f13", "f14"], [f"d{at}" for at in range(6)]]
    document = shaped(15, [[] for _ in over], 0, Random(5))
    for fact_ in document["facts"]:
        fact_["values"] = [*VALUES[:3]]
        fact_["labels"] = {value: value for value in VALUES[:3]}
    for at, names in enumerate(over):
        values = [("xyz" if name.startswith("d") else VALUES[:3]) for name in names]
        cells = [dict(zip(names, cell, strict=True)) for cell in product(*values)]
        for number, cell in enumerate(cells[: rules - len(document["rules"])]):
            high = sum("abcxyz".index(value) % 3 for value in cell.values()) * 3 // (2 * len(cell) + 1)
            document["rules"].append(rule(f"r{at}_{number}", propose={f"d{at}": "xyz"[high]}, **{"if": cell}))
    return document


def shaped(facts: int, tested: list[list[str]], rules: int, random: Random) -> dict[str, Any]:
    """So many facts of four values, and so many rules in turns for decisions that each look at one list of facts."""
    labels = {value: value for value in VALUES}
    declared = [fact(f"f{at}", "choice", values=list(VALUES), labels=labels) for at in range(facts)]
    why = {"because": "none", "source": SOURCE}
    none, several = {"advise": "x", **why}, {"prefer": ["z", "y", "x"], **why}
    decisions = [decision(f"d{at}", ["x", "y", "z"], none, several) for at in range(len(tested))]
    made = []
    for number in range(rules):
        at = number % len(tested)
        premise = {name: random.sample(VALUES, 2) for name in tested[at]}
        made.append(rule(f"r{number}", propose={f"d{at}": random.choice("xyz")}, **{"if": premise}))
    return framed(facts=declared, decisions=decisions, rules=made)


SHAPES: dict[str, Callable[[int], dict[str, Any]]] = {
    "one decision over scattered facts": one_decision,
    "many decisions": many_decisions,
    "a deep chain": a_deep_chain,
    "one table": one_table,
    "seven tables, as CVSS 4.0 has": seven_tables,
}


if __name__ == "__main__":
    main(*sys.argv[1:])
