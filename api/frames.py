"""A frame of another package that speaks Arrow's stream interface -> its rows, each as facts by name.

So does a relation of DuckDB, and so do frames of Polars, PyArrow and pandas. DuckDB reads them (the extra `bulk`), a
part at a time; whytune itself needs none of these packages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from whytune.engine import Problem, WhytuneError
from whytune.engine.bulk.row_answers import Bulk
from whytune.engine.language.extras import installing, needing
from whytune.engine.language.problems import Sentence, short

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

AT_ONCE = 10_000
"""How many rows are held at once."""


@runtime_checkable
class DataFrame(Protocol):
    """What speaks Arrow's stream interface."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...


TaskRows = Iterable[Mapping[str, Any]] | DataFrame


class _Stream:
    """A frame of which DuckDB sees nothing but its stream: by other ways it would need the package of the frame."""

    def __init__(self, frame: DataFrame) -> None:
        self._frame = frame
        self.lacks_package = False

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        try:
            return self._frame.__arrow_c_stream__(requested_schema)
        except ImportError:
            self.lacks_package = True
            raise


def rows_of(frame: DataFrame, bulk: Bulk) -> Iterator[Mapping[str, Any]]:
    """The rows of a frame, whose columns are looked at first.

    Raises WhytuneError: no-duckdb; unreadable-file, where the frame gives no rows; unknown-fact where no column is a
    fact, contradiction where two are the same.
    """
    duckdb = duckdb_package()
    database = duckdb.connect()
    try:
        columns = _opened(database, frame)
        bulk.check_columns(columns)
    except BaseException as error:
        database.close()
        raise _unreadable(frame, error) if isinstance(error, duckdb.Error) else error from None
    return _rows(database, columns, frame)


def _unreadable(frame: DataFrame, error: BaseException) -> WhytuneError:
    """The error for a frame that does not give its rows."""
    reason = short(str(error).splitlines()[0])
    message = Sentence("the rows of this {kind} cannot be read: {reason}", kind=type(frame).__name__, reason=reason)
    return WhytuneError([Problem("unreadable-file", message)])


def _opened(database: DuckDBPyConnection, frame: DataFrame) -> list[str]:
    """The columns of the frame, whose rows the database then gives."""
    stream = _Stream(frame)
    try:
        database.register("tasks", stream)
        database.execute("FROM tasks")
    except Exception:
        if not stream.lacks_package:
            raise
        database.register("tasks", frame)  # pandas gives a stream only with another package; DuckDB reads it as it is
        database.execute("FROM tasks")
    return [name for name, *_ in database.description or ()]


def _rows(database: DuckDBPyConnection, columns: list[str], frame: DataFrame) -> Iterator[Mapping[str, Any]]:
    with closing(database):
        while part := _part(database, frame):
            yield from (dict(zip(columns, row, strict=True)) for row in part)


def _part(database: DuckDBPyConnection, frame: DataFrame) -> list[Any]:
    """The next rows; raises WhytuneError: unreadable-file."""
    try:
        return database.fetchmany(AT_ONCE)
    except duckdb_package().Error as error:
        raise _unreadable(frame, error) from None


def duckdb_package() -> Any:
    """DuckDB; raises WhytuneError, no-duckdb, where it is not installed."""
    with needing({"duckdb"}, _no_duckdb):
        import duckdb
    return duckdb


def _no_duckdb(package: str) -> Problem:
    message = Sentence("`duckdb`, which reads frames and Parquet, is not installed")
    return Problem("no-duckdb", message, None, installing("bulk"))
