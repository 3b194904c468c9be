"""Spark answers a folder of Parquet as DuckDB answers the same rows; it is tried where PySpark and Java are."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import pytest

import whytune
from whytune.cli import MISUSED, PROBLEMS
from whytune.cli.outside.spark import answered_by_spark
from whytune.engine.bulk.row_answers import Bulk

from .looks import tabled
from .stage import perform
from .test_parquet import written

RULEBOOK = Path(__file__).parent / "data" / "loans.yaml"
TASKS = """
    SELECT i AS id,
           CASE i % 3 WHEN 0 THEN true WHEN 1 THEN false END AS member,
           CASE WHEN i % 7 <> 0 THEN (i * 37) % 90 - 20 END AS "how long",
           CASE WHEN i % 5 = 0 THEN 'no' WHEN i % 11 = 0 THEN 'perhaps' END AS trusted,
           ['kept', 'as it is'] AS labels
    FROM range(600) AS rows (i)
"""


@pytest.mark.slow
@pytest.mark.skipif(find_spec("pyspark") is None, reason="needs whytune[spark]")
@pytest.mark.skipif(shutil.which("java") is None, reason="needs Java 17")
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_spark_answers_as_duckdb_does(tmp_path: Path) -> None:
    tasks, advised = tmp_path / "tasks", tmp_path / "advised"
    tasks.mkdir()
    written(tasks, TASKS)
    book = whytune.load(RULEBOOK)
    answering = Bulk(book.advisor, {"how long": "days"})
    counted = answered_by_spark(str(tasks), str(advised), "local[2]", answering, lambda columns: None)
    with duckdb.connect() as database:
        database.execute(f"CREATE VIEW tasks AS FROM '{tasks}/*.parquet'")
        names = [name for name, *_ in database.execute("DESCRIBE tasks").fetchall()]
        statement = book.sql("duckdb", "tasks", names, facts={"how long": "days"})
        wanted = by_id(database, statement)
        assert by_id(database, f"FROM '{advised}/*.parquet'") == wanted
    refused = sum(row["error"] is not None for row in wanted.values())
    assert 0 < refused < 600
    assert counted == (600, refused)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["advised", "tasks"]


def by_id(database: duckdb.DuckDBPyConnection, query: str) -> dict[int, dict[str, Any]]:
    """The rows of a query, whatever their order."""
    read = database.execute(query)
    names = [name for name, *_ in read.description or ()]
    return {row["id"]: row for row in (dict(zip(names, values, strict=True)) for values in read.fetchall())}


@tabled(
    "arguments",
    [
        ("tasks", "-o", "advised", "--engine", "spark"),
        ("tasks", "-o", "advised", "--master", "local[2]"),
        ("tasks", "--engine", "spark", "--master", "local[2]"),
        ("-", "-o", "advised", "--engine", "spark", "--master", "local[2]"),
        ("tasks", "-o", "advised", "--engine", "spark", "--master", "local[2]", "--format", "csv"),
        ("tasks", "-o", "advised", "--engine", "spark", "--master", "local[2]", "--record", "advice.ledger"),
    ],
)
def test_spark_takes_a_master_and_goes_from_folder_to_folder(arguments: tuple[str, ...]) -> None:
    assert perform("bulk", *arguments).returncode == MISUSED


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    refused = perform("bulk", "tasks", "-o", tmp_path, "--engine", "spark", "--master", "local[2]")
    assert refused.returncode == PROBLEMS
    assert refused.stderr.endswith("cannot be written: file exists\n")
