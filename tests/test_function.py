"""A module written from a rulebook answers every task as the rulebook does, and needs nothing of whytune."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import whytune
from whytune.cli import DONE, PROBLEMS
from whytune.engine import Advisor, Rulebook
from whytune.engine.bulk.function.compiled import function_of
from whytune.engine.bulk.function.module import module
from whytune.engine.bulk.row_answers import Bulk

from .generated import bounded, decision, fact, framed, rule, rulebooks, written
from .laws import tries
from .looks import sampled
from .rows import expected, rows_of
from .stage import perform

Function = Callable[[dict[str, Any]], dict[str, Any]]


def answered(bulk: Bulk, advise: Function, row: dict[str, Any]) -> dict[str, Any]:
    """What the function answers, as `expected` has it."""
    columns: dict[str, Any]
    try:
        columns = advise(row)
    except ValueError as error:
        codes = sorted(part.partition(": ")[2] for part in str(error).split("|"))
        columns = {**dict.fromkeys(advise({})), bulk.error: codes}
    else:
        columns = {**columns, bulk.error: None}
    return {name: "|".join(cell) if isinstance(cell, tuple) else cell for name, cell in columns.items()}


def check(rulebook: Rulebook, rows: list[dict[str, Any]], *, assume: bool = True) -> int:
    """Compares the function with the recommendations; how many rows were not refused."""
    advisor = Advisor(rulebook, remember=100)
    bulk = Bulk(advisor, assume=assume)
    advise = function_of(bulk, "en")
    for row in rows:
        assert answered(bulk, advise, row) == expected(bulk, advisor, row), row
    assert_columns_alike(bulk, advise, rows)
    return sum(answered(bulk, advise, row)[bulk.error] is None for row in rows)


def assert_columns_alike(bulk: Bulk, advise: Function, rows: list[dict[str, Any]]) -> None:
    """Many rows at once, twice, are answered as each by itself, a fact that is left out being None."""
    names = sorted({name for row in rows for name in row})
    tasks = {name: [row.get(name) for row in rows] for name in names}
    answer = function_of(bulk, "en", columns=True)
    for columns in (tasks, tasks, dict(reversed(tasks.items())), {name: [*reversed(tasks[name])] for name in names}):
        answers = answer(columns)
        assert len(answers) == len(rows)
        for at, row in enumerate(answers):
            task = {name: values[at] for name, values in columns.items()}
            assert row == one_by_one(bulk, advise, task), task


def one_by_one(bulk: Bulk, advise: Function, task: dict[str, Any]) -> dict[str, Any]:
    try:
        return {**advise(task), bulk.error: None}
    except ValueError as error:
        return {**dict.fromkeys(advise({})), bulk.error: str(error)}


@tries(40)
@given(rulebook=rulebooks | bounded(), seed=st.integers(0, 10**6), assume=st.booleans())
def test_every_task_is_answered_as_its_case(rulebook: Rulebook, seed: int, assume: bool) -> None:
    check(rulebook, rows_of(rulebook.vocabulary, Random(seed), 12, 0.6), assume=assume)


@pytest.mark.parametrize("count", sampled([100, 300], 2))
def test_the_guide_is_answered_by_its_function(count: int) -> None:
    guide = whytune.load("guide").content
    assert check(guide, rows_of(guide.vocabulary, Random(1), count, 0.4)) > count / 5


@pytest.mark.slow
def test_practice_is_answered_by_its_function() -> None:
    practice = whytune.load("practice", as_of="2026-11-01").content
    assert check(practice, rows_of(practice.vocabulary, Random(2), 100, 0.4)) > 25


class Word(StrEnum):
    YES = "yes"
    LATENCY = "latency"
    STYLE = "style"
    TEN = "10"

    def __str__(self) -> str:
        return f"Word.{self.name}"  # as a member of `str, Enum` is written


VALUES: dict[str, Any] = {
    "prompt_enough": [True, "YES", 1, 0, "maybe", ["yes"], " ", None, Word.YES, "yes"],
    "need": ["style_format", "latency_cost", "unknown", True, ["latency"], 3, Word.LATENCY, Word.TEN],
    "examples": [
        Word.TEN,
        10,
        10.0,
        "10",
        "0010",
        Decimal("10.0"),
        "10.000",
        "10k",
        2.5,
        True,
        -1,
        2**60,
        "inf",
        float("inf"),
        [1],
    ],
    "cached_share": [0.5, "0.5", ".5", 0.1234567, "1.0000000", 2, Decimal("1E-7"), "0" * 41],
    "good_examples": [5, 11, "unknown"],
    "can_anonymise": ["yes", "unknown"],
    "exampels": [3, None],
}


def test_what_python_may_hold_is_read_as_a_case_reads_it() -> None:
    advisor = Advisor.load("guide")
    bulk = Bulk(advisor)
    advise = function_of(bulk, "en")
    beside: list[dict[str, Any]] = [{}, {"examples": 10, "prompt_enough": False}, {"private_data": "no"}]
    for name, values in VALUES.items():
        rows = [{**others, name: value} for value in values for others in beside]
        for row in rows:
            assert answered(bulk, advise, row) == expected(bulk, advisor, row), row
        assert_columns_alike(bulk, advise, rows)


def test_a_fact_of_several_values_takes_a_list_or_each_by_itself() -> None:
    goals = fact("goals", "choices", values=["style", "speed"], labels={"style": "Style", "speed": "Speed"})
    rules = [rule("r", **{"if": {"goals.style": "yes"}, "propose": {"tune": "lora"}})]
    decisions = [decision("tune", ["lora", "prompt"], "prompt", "refer")]
    rulebook = written(framed(facts=[goals], decisions=decisions, rules=rules))
    bulk = Bulk(Advisor(rulebook))
    advise = function_of(bulk, "en")
    texts: tuple[Any, ...] = ("style", Word.STYLE, "style, speed", "unknown", "")
    values = (*texts, ["style"], [Word.STYLE], [], None, ["stile"], [3], 3)
    rows: list[Any] = [
        *({"goals": value} for value in values),
        {"goals": {"a": 1}},
        {"goals": ["style"], "goals.style": "yes"},
        {"goals": ["style"], "goals.style": "no"},
    ]
    for row in rows:
        assert answered(bulk, advise, row) == expected(bulk, bulk.advisor, row), row
    assert_columns_alike(bulk, advise, rows)


@pytest.mark.slow
def test_a_truth_and_a_number_that_equals_it_are_told_apart_from_call_to_call() -> None:
    guide = whytune.load("guide")
    equal: list[Any] = [True, 1, 1.0, Decimal(1)]
    for fact_name in ("examples", "prompt_enough"):
        alone = {repr(value): guide.function(columns=True)({fact_name: [value]}) for value in equal}
        for order in (equal, equal[::-1]):
            answer = guide.function(columns=True)
            for value in order:
                assert answer({fact_name: [value]}) == alone[repr(value)], (fact_name, value, order)
    assert {error for (row,) in alone.values() if (error := row["error"])}


def test_a_column_of_texts_need_not_be_of_one_class() -> None:
    tasks = {
        "prompt_enough": ["no", "no", None],
        "external_knowledge": ["no"] * 3,
        "need": ["latency", Word.LATENCY, ""],
    }
    latency, the_same, open_ = whytune.load("guide").function(columns=True)(tasks)
    assert latency is the_same
    assert (latency["advice"], open_["advice"]) == ("fine_tune", None)


def test_answers_by_columns_are_shared_and_nobody_can_change_them() -> None:
    answer = whytune.load("guide").function(columns=True)
    first, second, wrong = answer({"prompt_enough": [True, True, "maybe"], "examples": [10, 11, 12]})
    assert first is second
    assert wrong["error"] == "prompt_enough: unknown-value"
    with pytest.raises(TypeError):
        first["advice"] = "rag"
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        answer({"prompt_enough": [True, False], "examples": [10]})
    assert answer({}) == []


LETTERS = (
    *("bla\u3164", "bla\u034f", "bla\u2800", "bla\u17b4", "other: \u3164", "bla\ue000", "bla\x07"),
    *("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\U0001f469\u200d\U0001f4bb code", "a\u0301" * 150),
)
"""Letters that cannot be seen; then a Persian word, a joined emoji, and accents that each make one letter."""


def test_a_text_of_an_open_list_is_read_as_a_case_reads_it() -> None:
    labels = {"support": "Support", "legal": "Legal texts", "red": "\U00020bb7\u8272\u597d\u7684", "other": "Else"}
    kind = fact("kind", "choice", values=[*labels], labels=labels, open="yes")
    rules = [rule("r", **{"if": {"kind": "other"}, "propose": {"tune": "lora"}})]
    decisions = [decision("tune", ["lora", "prompt"], "prompt", "refer")]
    bulk = Bulk(Advisor(written(framed(facts=[kind], decisions=decisions, rules=rules))))
    advise = function_of(bulk, "en")
    values = [
        "support",
        " support ",
        "Support",
        "\U00020bb7\u8272\u597d",
        "suport",
        "other: suport",
        "other\uff1a suport",
        "other",
        "poems",
        "!",
        "legal-texts",
    ]
    for value in [*values, "poems", "poems | songs", "not poems", "x" * 201, "po\u200bems", 7, True, *LETTERS]:
        assert answered(bulk, advise, {"kind": value}) == expected(bulk, bulk.advisor, {"kind": value}), value


def test_a_value_of_an_option_keeps_letters_of_every_plane() -> None:
    rules = [rule("r", **{"if": {"f": "yes"}, "propose": {"tune": "lora"}})]
    options = [{"option": "lora", "value": "\U0001f680 go"}, "prompt"]
    decisions = [decision("tune", options, "prompt", "refer")]
    rulebook = written(framed(facts=[fact("f", "yes_no")], decisions=decisions, rules=rules))
    assert function_of(Bulk(Advisor(rulebook)), "en")({"f": "yes"})["value"] == "\U0001f680 go"


def test_the_module_needs_nothing_but_python(tmp_path: Path) -> None:
    assert perform("export", str(tmp_path / "advice.py"), "--as-of", "2026-11-01").returncode == DONE
    program = "from advice import advise; print(advise({'prompt_enough': True})['decided_by'])"
    place = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); "
    command = [sys.executable, "-ISB", "-c", place + program + "; assert 'whytune' not in sys.modules"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stdout == "('prompt_is_enough',)\n"


@pytest.mark.slow
def test_the_module_does_not_depend_on_the_order_of_sets() -> None:
    """A process in which sets have another order writes the same text, and rules stand under their titles."""
    program = (
        "from whytune.engine import Advisor; from whytune.engine.bulk.row_answers import Bulk; "
        "from whytune.engine.bulk.function.module import module; print(module(Bulk(Advisor.load('guide')), 'en'))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    command = [sys.executable, "-c", program]
    there = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    text = module(Bulk(Advisor.load("guide")), "en")
    assert there == f"{text}\n"
    assert "    # A prompt is enough\n" in text
    assert max(map(len, text.splitlines())) < 400


def test_a_module_is_only_written() -> None:
    result = perform("import", "advice.py", "--into", "rules")
    assert result.returncode == PROBLEMS
    assert "possible are .dmn, .xlsx, .csv, .zip, FOLDER/\n" in result.stderr
