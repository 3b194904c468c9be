"""Ledgers for tests: cases of a small rulebook, recorded at fixed times, and ways to tamper with the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from whytune.engine import Advisor, WhytuneError
from whytune.engine.language.loading import files_of, loads
from whytune.engine.ledger.drafting import entry
from whytune.engine.ledger.record import Circumstances, Entry, Moment, Record
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.tables import SCHEMA

RULEBOOK = Path(__file__).parent / "data" / "loans.yaml"
FILES = files_of(RULEBOOK)
ADVISOR = Advisor(loads(FILES))
SOFTWARE = {"durable_rules": "2.0.28", "whytune": "0.1.0"}
BEGIN = datetime(2026, 3, 3, 9, 15, tzinfo=UTC)
SALT = bytes(range(32))

CASES: tuple[Mapping[str, Any], ...] = (
    {"member": True, "days": "3.5"},
    {"member": True, "days": "7.5", "trusted": False},
    {"member": True, "days": "0.500001", "debt": "9007199253.999999"},
    {"member": False},
    {"days": 2},
)


def drafted(
    given: Mapping[str, Any],
    salt: bytes | None = SALT,
    advisor: Advisor = ADVISOR,
    files: Mapping[str, bytes] = FILES,
    **said: Any,
) -> Entry:
    """The entry for a record of this case."""
    circumstances = Circumstances(**{"by": "Ada", **said})
    return entry(advisor.advise(given), advisor.rulebook, files, circumstances, SOFTWARE, salt)


def at(minutes: int) -> Moment:
    """So many minutes after the first record."""
    return Moment(BEGIN + timedelta(minutes=minutes))


def recorded(path: Path, count: int = len(CASES)) -> list[Record]:
    """A new ledger of so many records, a minute between them."""
    with Ledger.to_append(path) as ledger:
        return [ledger.append(drafted(CASES[index % len(CASES)]), partial(at, index)) for index in range(count)]


def problem(action: Callable[[], object]) -> str:
    """The code of the one problem that the action has."""
    with pytest.raises(WhytuneError) as caught:
        action()
    (only,) = caught.value.problems
    assert only.message[0].islower() or only.message.startswith("`")
    return only.code


@contextmanager
def opened_up(path: Path) -> Iterator[sqlite3.Connection]:
    """The file in the hands of somebody who may do all that SQLite can: no trigger is in the way."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = [statement for statement in SCHEMA if "TRIGGER" in statement]
        for statement in triggers:
            connection.execute(f"DROP TRIGGER {statement.split()[2]}")
        connection.execute("BEGIN")
        yield connection
        connection.execute("COMMIT")
        for statement in triggers:
            connection.execute(statement)
