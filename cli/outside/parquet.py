"""A Parquet file of tasks -> the same rows with their answers, through DuckDB (the extra `bulk`).

DuckDB finds the distinct kinds of rows (`parquet_keys` tells them apart), and joins the rows with their answers; one of
each kind is answered by `Bulk`, like a row of any other table.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from whytune.engine import Problem, Span, WhytuneError
from whytune.engine.bulk.row_answers import LISTED, Bulk, ColumnValue
from whytune.engine.language.problems import Sentence, short
from whytune.frames import duckdb_package

from .parquet_keys import RowKeys, quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

AT_ONCE = 10_000
"""How many distinct rows are answered between two reports of progress."""

PIECE = 2**20
"""How many bytes are passed on at once."""

ORDER = '"whytune: number of the row"'
"""The column that keeps the order of the rows, quoted."""

ANSWER = '"whytune: number of the answer"'
"""The column that tells answers apart, quoted; no rulebook or table uses this name."""


class ParquetTable:
    """A Parquet file while it is open; `rows` and `refused` count the rows answered and refused."""

    def __init__(self, database: DuckDBPyConnection, folder: str, answering: Bulk) -> None:
        self._database, self._folder, self._answering = database, folder, answering
        described = database.execute("DESCRIBE SELECT * FROM tasks").fetchall()
        self._types = {name: str(kind) for name, kind, *_ in described}
        self._check_names()
        self._keys = RowKeys(self._types, answering)
        self.rows = self.refused = 0

    def _check_names(self) -> None:
        """Raises WhytuneError, duplicate-key, if an answer has the name of a column; DuckDB reads `A` like `a`."""
        taken = {name.lower() for name in self._types}
        for answer in self._answering.columns:
            if answer.lower() in taken:
                message = Sentence("two columns are called `{name}`", name=answer)
                hint = Sentence("put something before the answers: --prefix whytune_")
                raise WhytuneError([Problem("duplicate-key", message, None, hint)])

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self._types)

    def answered(self, language: str, watch: Callable[[int, int], None]) -> Iterator[bytes]:
        """The file with the answers, piece by piece; `watch` hears how many distinct rows are answered, of how many."""
        self._find_kinds()
        self._answer(language, watch)
        result = os.path.join(self._folder, "advised.parquet")
        self._database.execute(f"COPY ({self._joined()}) TO {_text(result)} (FORMAT parquet)")
        counted = self._database.execute(
            f"SELECT count(*), count({quoted(self._answering.error)}) FROM read_parquet({_text(result)})"
        ).fetchone()
        assert counted
        self.rows, self.refused = counted
        with open(result, "rb") as stream:
            while piece := stream.read(PIECE):
                yield piece

    @property
    def _given(self) -> list[str]:
        """The columns that give facts."""
        return [column for column in self._types if self._answering.fact_of(column) is not None]

    def _find_kinds(self) -> None:
        keys = ", ".join(f"{self._keys.of(column)} AS k{at}" for at, column in enumerate(self._given))
        row = ", ".join(f"r{at} := tasks.{quoted(column)}" for at, column in enumerate(self._given))
        kinds = f"SELECT {keys}, any_value(struct_pack({row})) AS one FROM tasks GROUP BY ALL"  # one row of each kind
        self._database.execute(f"CREATE TABLE kinds AS SELECT row_number() OVER () AS kind, * FROM ({kinds})")

    def _answer(self, language: str, watch: Callable[[int, int], None]) -> None:
        """Fills the table of distinct answers, and the one that says which answer each kind of row has."""
        names = self._answering.columns
        self._create("answers", {ANSWER: "BIGINT"} | {quoted(name): _kind(name, self._answering) for name in names})
        self._create("answered", {"kind": "BIGINT", ANSWER: "BIGINT"})
        numbers: dict[tuple[ColumnValue, ...], int] = {}
        values = (f"one.r{at}" for at in range(len(self._given)))
        ((kinds,),) = self._database.execute("SELECT count(*) FROM kinds").fetchall()
        count = 0
        with self._database.cursor() as cursor:
            read = cursor.execute(f"SELECT kind, {', '.join(values)} FROM kinds")
            while chunk := read.fetchmany(AT_ONCE):
                answers = [self._columns(values, language) for _, *values in chunk]
                new = [answer for answer in dict.fromkeys(answers) if answer not in numbers]
                numbers |= {answer: len(numbers) + at for at, answer in enumerate(new)}
                self._insert("answers", [[numbers[answer] for answer in new], *_columns_of(new, len(names))])
                self._insert("answered", [[kind for kind, *_ in chunk], [numbers[answer] for answer in answers]])
                watch(count := count + len(chunk), kinds)

    def _create(self, table: str, columns: dict[str, str]) -> None:
        typed = (f"{name} {kind}" for name, kind in columns.items())
        self._database.execute(f"CREATE TABLE {table} ({', '.join(typed)})")

    def _insert(self, table: str, columns: list[list[Any]]) -> None:
        """Adds rows, given as columns, to a table."""
        described = self._database.execute(f"DESCRIBE {table}").fetchall()
        unnested = (f"unnest(CAST(? AS {kind}[]))" for _, kind, *_ in described)
        self._database.execute(f"INSERT INTO {table} SELECT {', '.join(unnested)}", columns)

    def _columns(self, values: list[Any], language: str) -> tuple[ColumnValue, ...]:
        answer = self._answering.answer(dict(zip(self._given, values, strict=True)))
        return tuple(self._answering.columns_in(answer, language).values())

    def _joined(self) -> str:
        """The rows in their original order, each with its answer."""
        alike = (f"{self._keys.of(column)} IS NOT DISTINCT FROM kinds.k{at}" for at, column in enumerate(self._given))
        numbered = f"(SELECT *, row_number() OVER () AS {ORDER} FROM tasks)"
        return f"""
            SELECT tasks.* EXCLUDE ({ORDER}), answers.* EXCLUDE ({ANSWER})
            FROM {numbered} AS tasks JOIN kinds ON {" AND ".join(alike)}
            JOIN answered ON answered.kind = kinds.kind
            JOIN answers ON answers.{ANSWER} = answered.{ANSWER} ORDER BY tasks.{ORDER}
        """


@contextmanager
def parquet_table(file: str, answering: Bulk) -> Iterator[ParquetTable]:
    """The table in this file, while it is open; nothing stays behind.

    Raises WhytuneError: no-duckdb, unreadable-file.
    """
    duckdb = duckdb_package()
    with TemporaryDirectory(prefix="whytune-") as folder:
        link = os.path.join(folder, "tasks.parquet")  # in the name of a file, `*` stands for itself
        os.symlink(os.path.abspath(file), link)
        try:
            with duckdb.connect(os.path.join(folder, "work.duckdb")) as database:
                database.execute(f"CREATE VIEW tasks AS SELECT * FROM read_parquet({_text(link)})")
                yield ParquetTable(database, folder, answering)
        except duckdb.InterruptException:
            raise KeyboardInterrupt from None
        except duckdb.Error as error:
            reason = str(error).splitlines()[0].replace(link, file)
            message = Sentence("it cannot be read as Parquet: {reason}", reason=short(reason))
            raise WhytuneError([Problem("unreadable-file", message, Span(file))]) from None


def _kind(column: str, answering: Bulk) -> str:
    """The type of a column of answers: a text, or a list of texts."""
    listed = {name for (_, part), name in answering.answer_columns.items() if part in LISTED}
    return "VARCHAR[]" if column in listed else "VARCHAR"


def _columns_of(answers: list[tuple[ColumnValue, ...]], count: int) -> list[list[ColumnValue]]:
    """This many columns of these answers."""
    return [[answer[at] for answer in answers] for at in range(count)]


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
