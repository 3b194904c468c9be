"""The statement answers every row as its case would be answered, run in sqlite and in DuckDB; others can read it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from decimal import Decimal
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
import sqlglot
from hypothesis import given
from hypothesis import strategies as st

import whytune
from whytune.engine import Advisor, Rulebook, WhytuneError
from whytune.engine.bulk.row_answers import Bulk
from whytune.engine.bulk.sql.dialects import DIALECTS, Dialect
from whytune.engine.bulk.sql.statement import statement
from whytune.engine.language.stretches import read_plain_number
from whytune.engine.language.text import BadValue
from whytune.engine.language.vocabulary import Fact, Vocabulary

from .generated import bounded, decision, fact, framed, rule, rulebooks
from .laws import tries
from .looks import sampled, tabled
from .rows import Row, answer_columns, expected, is_blank, rows_of

DAY = date(2026, 11, 1)


def _kind(vocabulary: Vocabulary, name: str) -> str:
    return "DOUBLE" if vocabulary.by_name[name].is_number else "TEXT"


def run(
    dialect: Dialect, text: str, vocabulary: Vocabulary, rows: Iterable[Row], *, texts: bool = False
) -> list[dict[str, Any]]:
    """What the statement answers to these rows of a table with a column for each fact, in their order."""
    kinds = {name: "TEXT" if texts else _kind(vocabulary, name) for name in vocabulary.domains}
    columns = [f"{dialect.column(name)} {kind}" for name, kind in kinds.items()]
    values = [[number, *(row.get(name) for name in vocabulary.domains)] for number, row in enumerate(rows)]
    connection: Any = sqlite3.connect(":memory:") if dialect.name == "sqlite" else duckdb.connect()
    with closing(connection):
        connection.execute(f"CREATE TABLE tasks (row_number INTEGER, {', '.join(columns)})")
        if values:
            row = f"({', '.join('?' * (len(columns) + 1))})"  # one statement for all: DuckDB plans each anew
            connection.execute(f"INSERT INTO tasks VALUES {', '.join([row] * len(values))}", list(chain(*values)))
        answered = connection.execute(text)
        names = [column[0] for column in answered.description]
        results = [dict(zip(names, result, strict=True)) for result in answered.fetchall()]
    assert [result["row_number"] for result in sorted(results, key=_number)] == [*range(len(values))]
    return sorted(results, key=_number)


def _number(result: Row) -> int:
    return int(result["row_number"])


def answered(bulk: Bulk, result: Row) -> dict[str, Any]:
    """The columns of the answer, of what is wrong the codes alone."""
    error = result[bulk.error]
    codes = sorted(part.partition(": ")[2] for part in error.split("|")) if error else None
    return {**{column: result[column] for column in answer_columns(bulk).values()}, bulk.error: codes}


def check(rulebook: Rulebook, rows: list[dict[str, Any]], *, assume: bool = True, texts: bool = False) -> int:
    """Compares the answers of both databases with the recommendations; how many rows were not refused."""
    advisor = Advisor(rulebook, remember=100)
    bulk = Bulk(advisor, assume=assume)
    wanted = [expected(bulk, advisor, row) for row in rows]
    for name in ("sqlite", "duckdb"):
        text = statement(bulk, DIALECTS[name], "tasks", ["row_number", *bulk.vocabulary.domains])
        results = run(DIALECTS[name], text, bulk.vocabulary, rows, texts=texts)
        for row, result, want in zip(rows, results, wanted, strict=True):
            assert answered(bulk, result) == want, (name, row)
    return sum(want[bulk.error] is None for want in wanted)


@tries(60)
@given(rulebook=rulebooks, seed=st.integers(0, 10**6), assume=st.booleans())
def test_every_row_is_answered_as_its_case(rulebook: Rulebook, seed: int, assume: bool) -> None:
    check(rulebook, rows_of(rulebook.vocabulary, Random(seed), 15, 0.6), assume=assume)


def as_texts(rows: Iterable[Row], random: Random) -> list[dict[str, Any]]:
    """The same rows as a file has them, in which all values are texts, and some numbers are none."""
    return [{name: _as_text(value, random) for name, value in row.items()} for row in rows]


def _as_text(value: Any, random: Random) -> str:
    if isinstance(value, str):
        return value
    if random.random() < 0.2:
        return random.choice(("", " ", "unknown", "unknown") if random.random() < 0.9 else NO_NUMBERS)
    plain = f"{Decimal(repr(value)).normalize():f}"
    return random.choice((plain, plain, f" {plain} ", f"0{plain}".replace("0-", "-0")))


NO_NUMBERS = ("many", "3,200", "1e3", "10k", "10.000", "12 000", "0x10", "inf", "Infinity", "9" * 17, ".5", "5.")


@pytest.mark.slow
@tries(40)
@given(rulebook=rulebooks | bounded(), seed=st.integers(0, 10**6), assume=st.booleans())
def test_texts_are_answered_as_the_numbers_that_they_write(rulebook: Rulebook, seed: int, assume: bool) -> None:
    rows = rows_of(rulebook.vocabulary, Random(seed), 15, 0.6)
    check(rulebook, as_texts(rows, Random(seed)), assume=assume, texts=True)


@pytest.mark.slow
def test_the_guide_is_answered_in_sql_of_a_table_of_texts() -> None:
    guide = whytune.load("guide").content
    assert check(guide, as_texts(rows_of(guide.vocabulary, Random(3), 100, 0.4), Random(3)), texts=True) > 20


@tries(50)
@given(texts=st.lists(st.text("0123456789+-. ,e", max_size=9) | st.sampled_from(NO_NUMBERS), min_size=40, max_size=80))
@pytest.mark.parametrize("name", ["sqlite", "duckdb"])
def test_a_text_is_a_number_where_a_case_may_write_it(name: str, texts: list[str]) -> None:
    bulk = Bulk(Advisor.load("guide"))
    numbers = [bulk.vocabulary.by_name[fact] for fact in ("examples", "cached_share")]
    text = statement(bulk, DIALECTS[name], "tasks", ["row_number", "examples", "cached_share"])
    rows = [{fact.fact: text for fact in numbers} for text in texts]
    for row, result in zip(texts, run(DIALECTS[name], text, bulk.vocabulary, rows, texts=True), strict=True):
        wrong = [f"{fact.fact}: {code}" for fact in numbers if (code := _mistake(fact, row))]
        assert (result["error"] or "") == "|".join(wrong), row


def _mistake(fact: Fact, text: str) -> str | None:
    """The code of what is wrong with a text that should be blank or one plain number."""
    if not is_blank(text):
        try:
            read_plain_number(fact, text)
        except BadValue as bad:
            return bad.code
    return None


@tabled("kind", ["INTEGER", "REAL", "NUMERIC", "TEXT", "BLOB", ""])
def test_sqlite_looks_at_the_type_of_each_value_whatever_that_of_the_column(kind: str) -> None:
    values = [99, "99", 99.0, b"99", "many", "3,200", b"many", 99.5, 9e999, "", " ", None]
    columns = ["id", "prompt_enough", "external_knowledge", "need", "examples"]
    text = whytune.load("guide").sql("sqlite", "tasks", columns)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE TABLE tasks (id INTEGER, prompt_enough, external_knowledge, need, examples {kind})")
        rows = [(number, "no", "no", "domain_terms", value) for number, value in enumerate(values)]
        connection.executemany("INSERT INTO tasks VALUES (?, ?, ?, ?, ?)", rows)
        answers = [(row[5], row[-1]) for row in sorted(connection.execute(text), key=lambda row: int(row[0]))]
    advice = whytune.load("guide").case(prompt_enough=False, external_knowledge=False, need="domain_terms")
    few = advice.but(examples=99).outcome().advice
    unsaid = (advice.outcome().advice, None)
    assert answers == [(few, None)] * 4 + [(None, "examples: wrong-type")] * 5 + [unsaid] * 3


TYPES = {
    "BOOLEAN": ("TRUE", "wrong-type"),
    "DECIMAL(9, 3)": ("10.000", None),
    "HUGEINT": ("10", None),
    "FLOAT": ("10", None),
    "JSON": ("'10'", None),
    "ENUM ('10', 'ten')": ("'ten'", "wrong-type"),
}


@pytest.mark.parametrize("name", ["duckdb", "spark", "bigquery"])
def test_a_choice_is_compared_as_written_before_blanks_are_taken_off(name: str) -> None:
    text = whytune.load("guide").sql(name, "tasks", ["need"])
    first, _, rest = text.partition("TRIM(")
    assert all(f"= '{need}'" in first and f"= '{need}'" in rest for need in ("output_format", "latency"))


@pytest.mark.slow
def test_duckdb_looks_at_the_type_of_a_column() -> None:
    text = whytune.load("guide").sql("duckdb", "tasks", ["examples"])
    for kind, (value, code) in TYPES.items():
        with closing(duckdb.connect()) as connection:
            connection.execute(f"CREATE TABLE tasks AS SELECT CAST({value} AS {kind}) AS examples")
            (row,) = connection.execute(text).fetchall()
        assert row[-1] == (code and f"examples: {code}"), kind


TRUTHS = {"BOOLEAN": ("TRUE", "yes"), "INTEGER": ("1", None), "DOUBLE": ("1", None), "VARCHAR": ("'No'", "no")}


@pytest.mark.slow
def test_what_is_no_truth_is_not_taken_for_one() -> None:
    book = whytune.load("guide")
    of_both = book.sql("duckdb", "tasks", ["prompt_enough", "need"])
    of_truths = book.sql("duckdb", "truths", ["prompt_enough"])
    for kind, (value, meant) in TRUTHS.items():
        with closing(duckdb.connect()) as connection:
            connection.execute(f"CREATE TABLE tasks AS SELECT CAST({value} AS {kind}) AS prompt_enough, 1 AS need")
            connection.execute("CREATE VIEW truths AS SELECT prompt_enough FROM tasks")
            (both,) = connection.execute(of_both).fetchall()
            (truth,) = connection.execute(of_truths).fetchall()
        wrong = [f"{fact}: unknown-value" for fact in ("prompt_enough", "need") if fact == "need" or meant is None]
        assert both[-1] == "|".join(wrong), kind
        assert truth[1] == (book.case(prompt_enough=meant).outcome().advice if meant else None), kind


@pytest.mark.slow
@tries(40)
@given(rulebook=bounded(), seed=st.integers(0, 10**6))
def test_numbers_that_bound_each_other_are_bounded_in_sql(rulebook: Rulebook, seed: int) -> None:
    check(rulebook, rows_of(rulebook.vocabulary, Random(seed), 15, 0.5))


@pytest.mark.parametrize("count", sampled([100, 250], 2))
def test_the_guide_is_answered_in_sql(count: int) -> None:
    guide = whytune.load("guide").content
    assert check(guide, rows_of(guide.vocabulary, Random(1), count, 0.4)) > count / 5


@pytest.mark.slow
@pytest.mark.long
def test_a_sample_of_practice_is_answered_in_sql() -> None:
    practice = whytune.load("practice").content.as_of(DAY)
    assert check(practice, rows_of(practice.vocabulary, Random(2), 100, 0.4)) > 25


@pytest.mark.slow
@pytest.mark.parametrize("name", ["sqlite", "postgres"])
def test_practice_fits_into_databases_with_few_columns(name: str) -> None:
    """All its decisions side by side would not."""
    assert whytune.load("practice", as_of=DAY).sql(name, "tasks").startswith("-- practice ")


def test_a_column_holds_truths_texts_blanks_and_numbers_of_any_kind() -> None:
    book = whytune.load("guide")
    text = book.sql("duckdb", "work.tasks", ["prompt_enough", "how many", "need"], facts={"how many": "examples"})
    rows = [
        "TRUE, 10, 'output_format'",
        "FALSE, 'NaN', ' '",
        "NULL, 'inf', NULL",
        "NULL, 2.5, NULL",
        "NULL, 1e300, NULL",
    ]
    with closing(duckdb.connect()) as connection:
        connection.execute("CREATE SCHEMA work")
        connection.execute('CREATE TABLE work.tasks (prompt_enough BOOLEAN, "how many" DOUBLE, need TEXT)')
        connection.execute(f"INSERT INTO work.tasks VALUES ({'), ('.join(rows)})")
        answers = connection.execute(text).fetchall()
    assert {answer[:3][1]: (answer[3], answer[-1]) for answer in answers if answer[1] == answer[1]} == {
        10.0: ("prompt", None),
        float("inf"): (None, "examples: wrong-type"),
        2.5: (None, "examples: wrong-type"),
        1e300: (None, None),
    }
    (unsaid,) = (answer for answer in answers if answer[1] != answer[1])
    assert (unsaid[3], unsaid[-1]) == (None, None)
    assert unsaid[5] == "|".join(book.case(prompt_enough=False).outcome().possible)


def test_a_number_may_be_beyond_each_of_several_others(tmp_path: Path) -> None:
    parcels = (Path(__file__).parent / "checks" / "undecided-clean.yaml").read_text("utf-8")
    weight = parcels[parcels.index("  - fact: weight") : parcels.index("    bands:")]
    allowed, most = (weight.replace("fact: weight", f"fact: {name}") for name in ("allowed", "most"))
    bounded = f"{weight}    at_most: allowed\n"
    facts = f"{allowed}    at_most: most\n    used_for: costs\n{most}    used_for: costs\n{bounded}"
    (tmp_path / "parcels.yaml").write_text(parcels.replace(weight, facts), "utf-8")
    exceeded = [{"allowed": 5.0}, {"most": 5.0}, {"allowed": 5.0, "most": 7.0}]
    rulebook = whytune.load(tmp_path / "parcels.yaml").content
    assert check(rulebook, [{"weight": 9.0, **bounds} for bounds in exceeded]) == 0


def test_what_is_the_same_in_every_row_needs_no_column() -> None:
    rulebook = whytune.load("guide")
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE tasks (id INTEGER, prompt_enough TEXT)")
        connection.executemany("INSERT INTO tasks VALUES (?, ?)", [(1, "yes"), (2, None), (3, "yes")])
        text = rulebook.sql("sqlite", "tasks", ["id", "prompt_enough"], prefix="whytune_")
        answered = connection.execute(text)
        assert [column[0] for column in answered.description][:3] == ["id", "prompt_enough", "whytune_advice"]
        assert sorted(row[::2][:2] for row in answered) == [(1, "prompt"), (2, None), (3, "prompt")]


@pytest.mark.parametrize("name", sampled(DIALECTS, len(DIALECTS)))
def test_each_database_can_read_its_statement(name: str) -> None:
    tree = sqlglot.parse_one(whytune.load("guide").sql(name, "tasks"), dialect=name)
    assert isinstance(tree, sqlglot.exp.Query)
    columns = ["*", "advice", "status", "possible", "decided_by", "cautions", "error"]
    assert [column.alias_or_name.lower() for column in tree.selects] == columns


def test_names_are_written_as_each_database_stores_them(tmp_path: Path) -> None:
    goals = fact("goals", "choices", values=["style", "speed"], labels={"style": "Style", "speed": "Speed"})
    way = decision("way", ["go", "stay"], "refer", "refer")
    ruled = rule("r", **{"if": {"goals.style": "yes"}}, propose={"way": "go"})
    written = framed(facts=[goals, fact("examples", "number")], decisions=[way], rules=[ruled])
    (tmp_path / "ways.yaml").write_text(json.dumps(written), "utf-8")
    book = whytune.load(tmp_path / "ways.yaml")
    columns = ["goals.style", "examples"]
    assert 'task."goals.style"' in book.sql("duckdb", "tasks", columns)
    assert "task.`goals_style`" in book.sql("bigquery", "tasks", columns)
    assert 'task."EXAMPLES"' in (text := book.sql("snowflake", "tasks", columns))
    assert 'task."goals.style"' in text


PROBLEMS: dict[str, tuple[dict[str, Any], str]] = {
    "unknown-value": ({"dialect": "duckbd"}, "no statement can be written for `duckbd`"),
    "bad-name": ({"table": "tasks; DROP"}, "`tasks; DROP` is not a name of a table"),
    "unknown-fact": ({"columns": ["id"]}, "no column is a fact: id"),
    "contradiction": ({"columns": ["examples", "advice"]}, "`advice` is a column of the table and of the answers"),
    "duplicate-key": (
        {"dialect": "bigquery", "columns": ["e.x", "e_x"], "facts": {"e.x": "examples", "e_x": "good_examples"}},
        "two columns are called `e_x`",
    ),
}


@tabled("code", PROBLEMS)
def test_what_cannot_be_written_says_why(code: str) -> None:
    asked, message = PROBLEMS[code]
    wanted: dict[str, Any] = {"dialect": "duckdb", "table": "tasks", **asked}
    with pytest.raises(WhytuneError) as raised:
        whytune.load("guide").sql(**wanted)
    assert [(problem.code, str(problem.message)) for problem in raised.value.problems] == [(code, message)]


def test_a_fact_of_several_values_is_read_from_a_column_for_each() -> None:
    with pytest.raises(WhytuneError, match="`goals` takes several values") as raised:
        whytune.load("practice", as_of=DAY).sql("duckdb", "tasks", ["goals"])
    assert "goals.accuracy, goals.style" in str(raised.value)


def test_a_statement_that_is_too_wide_for_its_database_is_not_written() -> None:
    bulk = Bulk(Advisor.load("guide"))
    with pytest.raises(WhytuneError, match="columns, and sqlite takes 10") as raised:
        statement(bulk, DIALECTS["sqlite"]._replace(most_columns=10), "tasks")
    assert raised.value.problems[0].code == "diagram-too-large"
