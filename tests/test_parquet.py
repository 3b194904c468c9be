"""A Parquet file comes back with the answers that its rows would have in any other table."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

import whytune
from whytune.cli import DONE, PROBLEMS
from whytune.cli.outside.parquet import parquet_table
from whytune.engine import Advisor, Rulebook
from whytune.engine.bulk.row_answers import Bulk

from .generated import bounded
from .laws import tries
from .looks import sampled
from .stage import perform

TASKS = """
    SELECT i AS id,
           CASE i % 3 WHEN 0 THEN true WHEN 1 THEN false END AS prompt_enough,
           CASE WHEN i % 5 = 0 THEN 'no' WHEN i % 11 = 0 THEN 'perhaps' END AS external_knowledge,
           CASE i % 4 WHEN 0 THEN 'domain_terms' WHEN 1 THEN ' ' END AS need,
           CASE WHEN i % 7 <> 0 THEN (i * 37) % 9000 - 20 END AS "how many",
           CASE i % 13 WHEN 0 THEN '50..100' WHEN 1 THEN '12.5' END AS good_examples,
           CASE i % 17 WHEN 0 THEN 1e30 WHEN 1 THEN 'NaN'::DOUBLE WHEN 2 THEN 2.5 END AS epochs,
           ['kept', 'as it is'] AS labels
    FROM range({}) AS rows (i)
"""


def written(folder: Path, query: str, name: str = "tasks.parquet") -> str:
    path = str(folder / name)
    with duckdb.connect() as database:
        database.sql(query).write_parquet(path)
    return path


def rows_in(path: str) -> list[dict[str, Any]]:
    with duckdb.connect() as database:
        read = database.execute(f"SELECT * FROM read_parquet('{path}')")
        names = [column[0] for column in read.description]
        return [dict(zip(names, row, strict=True)) for row in read.fetchall()]


def as_bulk(bulk: Bulk, row: dict[str, Any]) -> dict[str, Any]:
    columns = bulk.columns_in(bulk.answer(row), "en")
    return {name: list(value) if isinstance(value, tuple) else value for name, value in columns.items()}


@pytest.mark.parametrize(("assume", "count"), sampled([("no", 200), ("yes", 2_100)], 2))  # DuckDB passes 2,048 at once
def test_each_row_comes_back_in_its_place_with_its_answer(tmp_path: Path, assume: str, count: int) -> None:
    tasks, advised = written(tmp_path, TASKS.format(count)), str(tmp_path / "advised.parquet")
    result = perform("bulk", tasks, "-o", advised, "--map", "how many=examples", "--assume", assume)
    assert result.returncode == PROBLEMS
    assert "refused: " in result.stderr
    before, after = rows_in(tasks), rows_in(advised)
    bulk = Bulk(whytune.load("guide").advisor, {"how many": "examples"}, assume=assume == "yes")
    assert len(before) == len(after) == count
    for row, answered in zip(before, after, strict=True):
        wanted = as_bulk(bulk, row)
        assert repr({name: answered[name] for name in row}) == repr(row)
        assert {name: answered[name] for name in wanted} == wanted, row
    assert {row["advice"] for row in after} >= {"prompt", None}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["advised.parquet", "tasks.parquet"]


def answered_numbers(
    folder: Path, bulk: Bulk, numbers: dict[str, list[int | None]]
) -> tuple[list[dict[str, Any]], int]:
    """Columns of whole numbers as rows with answers, each compared with its own; how many kinds there are."""
    tasks, advised, kinds = str(folder / "tasks.parquet"), folder / "advised.parquet", [0]
    columns = ", ".join(f'unnest(CAST(? AS BIGINT[])) AS "{name}"' for name in numbers)
    with duckdb.connect() as database:
        database.execute(f"CREATE TABLE tasks AS SELECT {columns}", [*numbers.values()])
        database.table("tasks").write_parquet(tasks)
    with parquet_table(tasks, bulk) as table:
        advised.write_bytes(b"".join(table.answered("en", lambda _, of: kinds.append(of))))
    rows = rows_in(str(advised))
    for row in rows:
        wanted = as_bulk(bulk, {name: row[name] for name in numbers})
        assert {name: row[name] for name in wanted} == wanted, row
    return rows, kinds[-1]


@pytest.mark.slow
def test_numbers_left_out_are_not_taken_for_the_highest(tmp_path: Path) -> None:
    bulk = Bulk(Advisor.load("practice", as_of=date(2026, 12, 15)))
    rows, _ = answered_numbers(tmp_path, bulk, {"calls_per_month": [10**9, None, 10, 10**9]})
    assert ["calls_per_month" in row["adaptation.rests_on"] for row in rows] == [False, True, False, False]


@pytest.mark.slow
def test_numbers_that_bound_each_other_are_answered_by_their_pieces(tmp_path: Path) -> None:
    some = [None, -5, 0, 5, 49, 50, 51, 99, 100, 101, 9_999, 10_000, 10_001, 10**12]
    wild = [(low, high) for low in some for high in some]
    close = [(low, low + more) for low in range(200, 400) for more in (0, 7)]
    for pairs, most in ((wild, len(wild)), (close, 4)):
        low, high = ([pair[at] for pair in pairs] for at in (0, 1))
        _, kinds = answered_numbers(tmp_path, Bulk(Advisor.load("guide")), {"good_examples": low, "examples": high})
        assert kinds <= most


@pytest.mark.slow
@tries(24)
@given(rulebook=bounded(), seed=st.integers(0, 10**6))
def test_whole_numbers_are_answered_each_as_its_row(rulebook: Rulebook, seed: int) -> None:
    random = Random(seed)
    names = [fact.fact for fact in rulebook.vocabulary.facts if fact.is_number]
    numbers = {name: [random.choice([None, *range(-1, 12), 10**6]) for _ in range(60)] for name in names}
    with TemporaryDirectory() as folder:
        answered_numbers(Path(folder), Bulk(Advisor(rulebook)), numbers)


@pytest.mark.slow
def test_a_name_is_no_pattern_and_a_list_is_several_values(tmp_path: Path) -> None:
    query = "SELECT unnest([['style'], ['style', 'format'], []]) AS goals"
    tasks, advised = written(tmp_path, query, "[1]*.parquet"), str(tmp_path / "advised.parquet")
    written(tmp_path, "SELECT 'other' AS goals", "1.parquet")
    result = perform("bulk", tasks, "-o", advised, "-r", "practice", "--as-of", "2026-11-01")
    assert result.returncode == DONE, result.stderr
    assert [row["goals"] for row in rows_in(advised)] == [["style"], ["style", "format"], []]


@pytest.mark.parametrize(
    ("rows", "output"), [("tasks.parquet", "-"), ("tasks.parquet", "advised.csv"), ("tasks.csv", "advised.parquet")]
)
def test_parquet_goes_from_file_to_file(tmp_path: Path, rows: str, output: str) -> None:
    written(tmp_path, "SELECT true AS prompt_enough")
    (tmp_path / "tasks.csv").write_text("prompt_enough\nyes\n")
    target = output if output == "-" else str(tmp_path / output)
    result = perform("bulk", str(tmp_path / rows), "-o", target)
    assert result.returncode == PROBLEMS
    assert "Parquet is read from a file, and written to one" in result.stderr
    assert not (tmp_path / output).exists()


def test_what_is_no_parquet_says_so_and_leaves_nothing_behind(tmp_path: Path) -> None:
    tasks = tmp_path / "tasks.parquet"
    tasks.write_text("id\n1\n")
    advised = tmp_path / "advised.parquet"
    advised.write_text("as it was")
    result = perform("bulk", str(tasks), "-o", str(advised))
    assert result.returncode == PROBLEMS
    assert "it cannot be read as Parquet" in result.stderr
    assert "Traceback" not in result.stderr
    assert advised.read_text() == "as it was"
    missing = perform("bulk", str(tmp_path / "gone.parquet"), "-o", str(advised))
    assert missing.returncode == PROBLEMS
    assert "gone.parquet" in missing.stderr


@pytest.mark.slow
def test_columns_are_looked_at_before_rows(tmp_path: Path) -> None:
    tasks, advised = written(tmp_path, "SELECT 1 AS exampels"), str(tmp_path / "advised.parquet")
    result = perform("bulk", tasks, "-o", advised)
    assert result.returncode == PROBLEMS
    assert "did you mean `examples`?" in result.stderr
    written(tmp_path, "SELECT 1 AS examples, 'mine' AS Advice")
    result = perform("bulk", tasks, "-o", advised)
    assert result.returncode == PROBLEMS
    assert "two columns are called `advice`" in result.stderr
    assert perform("bulk", tasks, "-o", advised, "--prefix", "asked_").returncode == DONE
    assert rows_in(advised)[0]["Advice"] == "mine"


@pytest.mark.parametrize(
    "prefix", [(), pytest.param(("--prefix", "x_"), marks=pytest.mark.slow)], ids=["plain", "prefix"]
)
def test_a_column_may_be_called_like_anything_that_the_work_calls_so(tmp_path: Path, prefix: tuple[str, ...]) -> None:
    names = ("kind", "answer", "k0", "R0", "kinds", "answered", "answers", "tasks", "rows")
    mine = ", ".join(f"i AS {name}" for name in names)
    query = f"SELECT {mine}, i % 2 = 0 AS prompt_enough, i AS examples FROM range(20) AS numbers (i)"
    tasks, advised = written(tmp_path, query), str(tmp_path / "advised.parquet")
    result = perform("bulk", tasks, "-o", advised, *prefix)
    assert result.returncode == DONE, result.stderr
    bulk = Bulk(whytune.load("guide").advisor, {}, prefix="".join(prefix[1:]))
    assert rows_in(advised) == [{**row, **as_bulk(bulk, row)} for row in rows_in(tasks)]
