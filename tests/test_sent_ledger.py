"""A ledger that somebody hands over is verified on a page and over HTTP, whatever it is, and nothing of it is kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="needs whytune[web]")

from starlette.testclient import TestClient

from whytune.engine.ledger.checkpoint import Keys, keys, sign
from whytune.engine.ledger.export import export
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import verify
from whytune.web import sent_ledger
from whytune.web.apart import Workshop

from .ledgers import opened_up, recorded
from .test_service import asks

COUNT = 3
MADE: Keys = keys(bytes(32))
Sent = list[tuple[str, tuple[str, bytes]]]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """A service without a ledger of its own, which works in this process."""
    with pytest.MonkeyPatch.context() as patched, asks() as asked:
        patched.setattr(Workshop, "run", lambda shop, function, *arguments: function(*arguments))
        yield asked


@pytest.fixture
def path(tmp_path: Path) -> Path:
    recorded(tmp_path / "advice.ledger", COUNT)
    return tmp_path / "advice.ledger"


def sent(field: str, data: bytes, name: str = "given") -> Sent:
    return [(field, (name, data))]


def answered(client: TestClient, files: Sent) -> Any:
    return client.post("/v1/verify?language=en", files=files).json()


def forged(path: Path, *statements: str) -> bytes:
    """The file after these changes, each made in a connection of its own, which SQLite would not make by itself."""
    for statement in statements:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute(statement)
    return path.read_bytes()


def test_a_ledger_and_its_export_are_verified_as_they_are_sent(client: TestClient, path: Path) -> None:
    with Ledger.to_read(path) as opened:
        end, lines = verify(opened).end, b"".join(export(opened))
    signed = sign(end, datetime(2026, 3, 4, tzinfo=UTC), MADE.private, "k")
    proofs = [*sent("checkpoint", signed, "march.json"), *sent("public_key", MADE.public)]
    for data in (path.read_bytes(), lines):
        answer = answered(client, [*sent("ledger", data), *proofs])
        assert (answer["verified"], answer["records"], answer["head"]) == (True, COUNT, end.head)
        (met,) = answer["met"]
        assert (met["file"], met["records"], met["time"][:10], len(met["key"])) == ("march.json", 3, "2026-03-04", 64)
        page = client.post("/verify?language=en", files=[*sent("ledger", data), *proofs]).text
        assert "march.json: records 1 to 3, signed 2026-03-04" in page
        assert '<details lang="zh"><summary>中文</summary>' in page
        assert "验证通过" in page


def test_a_ledger_that_was_changed_is_told_with_where_it_breaks(client: TestClient, path: Path) -> None:
    with opened_up(path) as connection:
        connection.execute("UPDATE records SET body = replace(body, 'yes', 'no') WHERE seq = 2")
    page = client.post("/verify?language=en", files=sent("ledger", path.read_bytes())).text
    assert "Not verified, at record 2" in page
    assert "Records before it that verify: 1" in page


def test_a_service_without_a_ledger_asks_for_one(client: TestClient) -> None:
    page = client.get("/verify?language=en").text
    assert 'type="file" id="ledger" name="ledger" required' in page
    assert 'href="/verify?' in client.get("/facts?language=en").text
    assert "missing" in client.post("/verify?language=en", files=sent("public_key", MADE.public)).text


def test_a_file_in_the_wrong_field_is_told_where_it_belongs(client: TestClient, path: Path) -> None:
    ledger, signed = path.read_bytes(), b'{"checkpoint": 1}'
    wrong = {
        ("checkpoint", ledger): "choose it in the field for a ledger: `ledger`",
        ("public_key", b'{"export":1}'): "choose it in the field for an export of a ledger: `ledger`",
        ("ledger", signed): "choose it in the field for a checkpoint: `checkpoint`",
        ("checkpoint", MADE.public): "choose it in the field for a public key: `public_key`",
        ("public_key", MADE.private): "choose the public key that belongs to it, and keep the private one to yourself",
    }
    for (field, data), hint in wrong.items():
        assert answered(client, sent(field, data))["problems"][0]["hint"] == hint
    page = client.post("/verify?language=en", files=sent("ledger", signed)).text
    assert "One or more checkpoints" in page
    assert "`checkpoint`" not in page


ENDLESS = (
    "CREATE VIEW records AS WITH RECURSIVE n(seq, body) AS (SELECT 1, 0 UNION ALL SELECT seq + 1, 0 FROM n) "
    "SELECT * FROM n"
)
TO_A_VIEW = f"UPDATE sqlite_master SET type = 'view', rootpage = 0, sql = '{ENDLESS}' WHERE name = 'records'"
HIDDEN = (
    "INSERT INTO sqlite_master SELECT 'index', 'sqlite_autoindex_files_1', 'files', 0, char(10) || sql "
    "FROM sqlite_master WHERE name = 'records'"
)
"""The statement of the table under which a view is hidden: SQLite takes it for that of an index that it knows."""
UNGUARDED = "DELETE FROM sqlite_master WHERE type = 'trigger'"
BOUND = "NOT NULL CHECK (typeof(body) = ''text'')"
LOOSE = f"UPDATE sqlite_master SET sql = replace(sql, '{BOUND}', 'DEFAULT 0') WHERE name = 'records'"
BARE = "UPDATE records SET body = NULL WHERE seq = 2"
STRICT = f"UPDATE sqlite_master SET sql = replace(sql, 'DEFAULT 0', '{BOUND}') WHERE name = 'records'"


def test_a_hostile_file_is_refused_or_not_verified(client: TestClient, path: Path, tmp_path: Path) -> None:
    whole = path.read_bytes()

    def changed(*statements: str) -> bytes:
        copy = tmp_path / "copy"
        copy.write_bytes(whole)
        return forged(copy, *statements)

    files = {
        "garbage": b"SQLite format 3\0" + bytes(range(256)) * 40,
        "short": whole[:60],
        "truncated": whole[: len(whole) // 2],
        "a view in place of the table": changed(UNGUARDED, TO_A_VIEW),
        "a view under the statement of the table": changed(UNGUARDED, HIDDEN, TO_A_VIEW),
        "a row without a body": changed(UNGUARDED, LOOSE, BARE, STRICT),
        "pages that are not there": whole[:28] + b"\x7f\xff\xff\xff" + whole[32 : len(whole) - 4096],
        "no ledger": b"{}",
    }
    codes = {}
    for name, data in files.items():
        answer = answered(client, sent("ledger", data))
        codes[name] = answer["fault"]["kind"] if "fault" in answer else answer["problems"][0]["code"]
    assert codes == {
        "garbage": "not-a-ledger",
        "short": "not-a-ledger",
        "truncated": "ledger-damaged",
        "a view in place of the table": "ledger-damaged",
        "a view under the statement of the table": "ledger-damaged",
        "a row without a body": "unguarded",
        "pages that are not there": "ledger-damaged",
        "no ledger": "not-a-ledger",
    }


def test_a_ledger_that_is_too_large_is_refused_with_what_to_do(
    client: TestClient, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sent_ledger, "MOST", -(2**20))
    (problem,) = answered(client, sent("ledger", path.read_bytes()))["problems"]
    assert "larger than" in problem["message"]
    assert "whytune audit verify" in problem["hint"]
