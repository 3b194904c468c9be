"""Parquet folders of tasks -> the same rows with their answers, worked out by Spark (the extra `spark`).

Spark runs the statement that `whytune sql` writes, on the machines of its master; whytune itself sees no row.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from whytune.engine import Problem, Span, WhytuneError
from whytune.engine.bulk.row_answers import Bulk
from whytune.engine.bulk.sql.dialects import dialect_of
from whytune.engine.bulk.sql.statement import statement
from whytune.engine.language.extras import installing, needing
from whytune.engine.language.problems import Sentence, short
from whytune.saving import refuse_to_overwrite

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

VIEW = "whytune_tasks"
"""What the tasks are called within the session."""


class SparkCounts(NamedTuple):
    """How many rows were written, and how many of them were refused."""

    rows: int
    refused: int


def answered_by_spark(
    rows: str, output: str, master: str, answering: Bulk, idle: Callable[[list[str]], None]
) -> SparkCounts:
    """Answers the rows of a Parquet file or folder, and writes a folder that must be new; all of it or nothing.

    `idle` hears the columns of the table. Raises WhytuneError: no-spark, spark-failure, unwritable-file; unknown-fact,
    contradiction and what `statement` raises.
    """
    if "://" not in output:
        refuse_to_overwrite(output)
    with _session(master, rows) as session, _beside(output) as place:
        tasks = session.read.parquet(rows)
        answering.check_columns(tasks.columns)
        idle(tasks.columns)
        tasks.createOrReplaceTempView(VIEW)
        session.sql(statement(answering, dialect_of("spark"), VIEW, tasks.columns)).write.parquet(place)
        return _counted(session.read.parquet(place), answering.error)


def _counted(advised: DataFrame, error: str) -> SparkCounts:
    quoted = dialect_of("spark").column(error)
    counted = advised.selectExpr("count(*)", f"count({quoted})").first()
    assert counted is not None
    return SparkCounts(counted[0], counted[1])


@contextmanager
def _beside(output: str) -> Iterator[str]:
    """A new folder that becomes the output once all is written; a store that has no folders takes it as it is."""
    if "://" in output:
        yield output
        return
    target = os.path.abspath(output)
    place = os.path.join(os.path.dirname(target), f".whytune-{secrets.token_hex(8)}")
    try:
        yield place
        os.rename(place, target)
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _session(master: str, rows: str) -> Iterator[SparkSession]:
    """A session with this master; raises WhytuneError: no-spark, spark-failure."""
    pyspark, failures = _pyspark()
    session = None
    try:
        builder = pyspark.sql.SparkSession.builder.master(master).appName("whytune")
        quiet = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
        session = builder.config(map=quiet).getOrCreate()
        yield session
    except failures as error:
        message = Sentence("the rows cannot be answered by Spark: {reason}", reason=short(_reason(error)))
        hint = Sentence(
            "it takes Java 17; `{master}` must be there, and the rows must be Parquet", master=short(master)
        )
        raise WhytuneError([Problem("spark-failure", message, Span(rows), hint)]) from None
    finally:
        if session is not None:
            session.stop()


def _reason(error: Exception) -> str:
    """The first line of what Spark says; of an error in Java, what that says itself."""
    java = getattr(error, "java_exception", None)
    lines = str(error if java is None else java.getMessage() or java).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _pyspark() -> tuple[Any, tuple[type[Exception], ...]]:
    """PySpark, and the errors that it and Java raise; raises WhytuneError, no-spark, where it is not installed."""
    with needing({"pyspark", "py4j"}, _no_spark):
        import py4j.protocol
        import pyspark.errors
        import pyspark.sql
    return pyspark, (pyspark.errors.PySparkException, py4j.protocol.Py4JError)


def _no_spark(package: str) -> Problem:
    message = Sentence("`pyspark`, which runs Spark, is not installed")
    return Problem("no-spark", message, None, installing("spark"))
