"""Rows in a frame of another package are decided as the same rows in a list."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

import whytune
from whytune import frames
from whytune.engine import Advisor, WhytuneError
from whytune.engine.bulk.row_answers import Bulk
from whytune.frames import AT_ONCE, rows_of

from .looks import sampled, tabled

TASKS = """
    SELECT i AS id,
           CASE i % 3 WHEN 0 THEN true WHEN 1 THEN false END AS prompt_enough,
           CASE i % 4 WHEN 0 THEN 'domain_terms' WHEN 1 THEN ' ' WHEN 2 THEN 'no such need' END AS need,
           CASE WHEN i % 7 <> 0 THEN i % 5 * 40 END AS "how many",
           CASE i % 5 WHEN 0 THEN 'NaN'::DOUBLE WHEN 1 THEN 0.25 WHEN 2 THEN 2 END AS cached_share
    FROM range(1100) AS rows (i)
"""


class Streaming:
    """Another package's frame, of which nothing is known but that it speaks Arrow."""

    def __init__(self, relation: duckdb.DuckDBPyRelation) -> None:
        self._relation = relation

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._relation.__arrow_c_stream__(requested_schema)


def rows_in(relation: duckdb.DuckDBPyRelation) -> list[dict[str, Any]]:
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


@pytest.mark.parametrize("frame", sampled([Streaming, lambda relation: relation], 2), ids=["frame", "relation"])
def test_a_frame_is_decided_as_its_rows_are(frame: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    guide, facts = whytune.load("guide"), {"how many": "examples"}
    monkeypatch.setattr(frames, "AT_ONCE", 1_000)
    with duckdb.connect() as connection:
        wanted = list(guide.decide(rows_in(connection.sql(TASKS)), facts=facts))
        assert list(guide.decide(frame(connection.sql(TASKS)), facts=facts)) == wanted
    assert len(wanted) == 1_100
    assert {row["advice"] for row in wanted} >= {"prompt", None}
    assert sum(row["error"] is not None for row in wanted) > 100


class Closed:
    """A frame that gives no rows any more."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        raise RuntimeError("the file is closed")


class Lacking:
    """A frame that gives a stream only where another package is installed, and that DuckDB does not read by itself."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        raise ImportError("another package is needed")


def a_frame_without_facts() -> object:
    return duckdb.sql("SELECT 1 AS exampels")


def a_frame_with_the_name_of_an_answer() -> object:
    return duckdb.sql("SELECT 1 AS examples, 2 AS advice")


class Broken:
    """A frame that breaks off after its first rows."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        rows = (
            f"SELECT CASE WHEN i < {AT_ONCE * 100} THEN i ELSE error('boom') END AS examples FROM range(2000000) t(i)"
        )
        relation = duckdb.sql(rows)
        assert relation
        return relation.__arrow_c_stream__(requested_schema)


def test_a_frame_that_breaks_off_says_so() -> None:
    with pytest.raises(WhytuneError, match="the rows of this Broken cannot be read: "):
        for _ in rows_of(Broken(), Bulk(Advisor.load("guide"))):
            pass


REFUSED = (
    (a_frame_without_facts, "unknown-fact", "no column is a fact: exampels"),
    (a_frame_with_the_name_of_an_answer, "contradiction", "`advice` is a column of the table and of the answers"),
    (Closed, "unreadable-file", "the rows of this Closed cannot be read: "),
    (Lacking, "unreadable-file", "the rows of this Lacking cannot be read: "),
)


@tabled(("frame", "code", "message"), REFUSED)
def test_a_frame_that_cannot_be_decided_says_why(frame: Any, code: str, message: str) -> None:
    with pytest.raises(WhytuneError) as raised:
        whytune.load("guide").decide(frame())
    assert [problem.code for problem in raised.value.problems] == [code]
    assert str(raised.value).startswith(message)
