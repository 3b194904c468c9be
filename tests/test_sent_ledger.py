"""A ledger that somebody hands over is verified on a page and over HTTP, whatever it is, and nothing of it is kept."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="needs whytune[web]")

from click.testing import CliRunner
from starlette.testclient import TestClient

import whytune
from whytune.cli import cli
from whytune.engine.ledger.checkpoint import Keys, keys, sign
from whytune.engine.ledger.export import export
from whytune.engine.ledger.record import Head
from whytune.engine.ledger.selection import find
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.unproven import Unproven
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
        assert "What was verified: given, the file that was sent" in page
        assert switched(page) == "#in-zh"
        assert "验证对象：所发送的文件 given" in page.partition('<div id="in-zh">')[2]
        assert "验证通过" in page


def switched(page: str) -> str:
    """Where the switch of a page to the other language leads."""
    (address,) = re.findall('<a class="switch" href="([^"]*)"', page)
    return str(address)


def test_a_ledger_that_was_changed_is_told_with_where_it_breaks(client: TestClient, path: Path) -> None:
    with opened_up(path) as connection:
        connection.execute("UPDATE records SET body = replace(body, 'yes', 'no') WHERE seq = 2")
    page = client.post("/verify?language=en", files=sent("ledger", path.read_bytes())).text
    assert "Not verified, at record 2" in page
    assert "Records before it that verify: 1" in page
    shown = page.partition("without proof")[2]
    for told in ("2-", "2026-03-03 09:16:00 UTC", "Ada", "Advice", "Records after it: 1."):
        assert told in shown, told


def test_a_verdict_says_whose_ledger_it_is_about_and_leads_to_no_other(path: Path, tmp_path: Path) -> None:
    recorded(tmp_path / "own.ledger", 1)
    with pytest.MonkeyPatch.context() as patched, asks(ledger=str(tmp_path / "own.ledger")) as client:
        patched.setattr(Workshop, "run", lambda shop, function, *arguments: function(*arguments))
        own = client.get("/verify?language=en").text
        given = client.post("/verify?language=en", files=sent("ledger", path.read_bytes())).text
        text = client.get("/v1/verify?language=en&format=text").text
    assert "What was verified: the ledger of this service" in own
    assert text.startswith("What was verified: the ledger of this service")
    assert "What was verified: given" in given
    assert "What was verified: the ledger of this service" not in given
    assert ("/export.jsonl" in own, "/export.jsonl" in given) == (True, False)


def test_a_changed_record_stands_beside_the_one_of_its_name_in_the_ledger_of_the_service(path: Path) -> None:
    given = path.with_name("given.ledger")
    given.write_bytes(path.read_bytes())
    with opened_up(given) as connection:
        connection.execute("UPDATE records SET body = replace(body, '\"Ada\"', '\"Bob\"') WHERE seq = 2")
    with pytest.MonkeyPatch.context() as patched, asks(ledger=str(path)) as client:
        patched.setattr(Workshop, "run", lambda shop, function, *arguments: function(*arguments))
        page = client.post("/verify?language=en", files=sent("ledger", given.read_bytes())).text
        own = client.get("/verify?language=en").text
        data = client.post("/v1/verify", files=sent("ledger", given.read_bytes())).json()
    with Ledger.to_read(path) as opened:
        identity = find(opened, "2").id
    above, _, below = page.partition('<div id="in-zh">')
    *_, differing = re.findall("<tbody>(.*?)</tbody>", above, re.DOTALL)
    assert re.findall(">([^<>\\s][^<>]*)<", differing) == ["Facts given by", "Bob", "Ada"]
    assert "事实提供者" in below.rpartition("<tbody>")[2]
    assert "this file alone cannot tell" in above
    assert f"name={identity}" in above
    assert f"记录 {identity} 在两个账本中的内容" in below
    assert "in both ledgers" not in own
    member = {"member": "by", "given": "Bob", "own": "Ada"}
    assert data["beside"] == {"record": identity, "differing": [member]}
    python = whytune.Ledger(given).verify(beside=whytune.Ledger(path))
    assert python.to_dict()["beside"] == data["beside"]
    told = CliRunner().invoke(cli, ["audit", "verify", "--ledger", str(given), "--beside", str(path)])
    assert told.exit_code == 4
    _, _, both = told.stdout.partition(f"Record {identity} in both ledgers")
    assert [word for word in ("Facts given by", "Bob", "Ada") if word not in both] == []


def test_what_became_of_each_checkpoint_is_told_of_a_damaged_ledger(client: TestClient, path: Path) -> None:
    with Ledger.to_read(path) as opened:
        ends = [Head(1, find(opened, "1").hash), verify(opened).end]
    signed = [sign(end, datetime(2026, 3, 4, tzinfo=UTC), MADE.private, "k") for end in ends]
    with opened_up(path) as connection:
        connection.execute("UPDATE records SET body = replace(body, 'yes', 'no') WHERE seq = 2")
    files = [*sent("ledger", path.read_bytes()), *sent("public_key", MADE.public)]
    files += [("checkpoint", (name, data)) for name, data in zip(("one.json", "all.json"), signed, strict=True)]
    answer = answered(client, files)
    assert ([one["file"] for one in answer["met"]], [one["file"] for one in answer["unmet"]]) == (
        ["one.json"],
        ["all.json"],
    )
    page = client.post("/verify?language=en", files=files).text
    assert "one.json: records 1 to 1" in page
    assert "all.json is not met: it signs records 1 to 3" in page


def test_what_is_wrong_with_sent_files_is_told_in_both_languages_and_asks_for_all_of_them_again(
    client: TestClient, path: Path
) -> None:
    files = [*sent("ledger", path.read_bytes()), *sent("checkpoint", b"{}")]
    page = client.post("/verify?language=en", files=files).text
    above, _, below = page.partition('<div id="in-zh">')
    assert switched(page) == "#in-zh"
    assert "The public key that they were signed with" in above
    assert "send both together" in above
    assert "Choose all files again" in above
    assert "请重新选择所有文件" in below


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("DELETE FROM records WHERE seq = 2", Unproven(None, 1)),
        ("UPDATE records SET body = '{}' WHERE seq = 2", Unproven(None, 1)),
        ("UPDATE records SET body = '{}' WHERE seq > 1", Unproven(None, 0, 3)),
        ("UPDATE records SET body = '{}' WHERE seq = 3", Unproven(None, 0)),
    ],
)
def test_what_follows_a_fault_is_linked_up_to_the_next(path: Path, change: str, told: Unproven) -> None:
    with opened_up(path) as connection:
        connection.execute(change)
    with Ledger.to_read(path) as opened:
        assert verify(opened).unproven == told


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
    assert "<h1>This cannot be verified</h1>" in page
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


def test_one_record_of_an_empty_ledger_is_not_looked_for_in_that_of_the_service(tmp_path: Path) -> None:
    identity = recorded(tmp_path / "own.ledger", 1)[0].id
    with Ledger.to_append(tmp_path / "empty.ledger"):
        empty = sent("ledger", (tmp_path / "empty.ledger").read_bytes())
    with asks(ledger=str(tmp_path / "own.ledger")) as service:
        assert service.get(f"/v1/verify?name={identity}").status_code == 200
        answer = service.post(f"/v1/verify?language=en&name={identity}", files=empty)
    assert (answer.status_code // 100, "unknown-record" in answer.text) == (4, True)


def test_a_record_of_an_export_that_is_sent_is_proved(client: TestClient, path: Path) -> None:
    file = path.with_suffix(".jsonl")
    with Ledger.to_read(path) as ledger:
        file.write_bytes(b"".join(export(ledger)))
    address, files = "verify?language=en&name=2&facts.trusted=no", sent("ledger", file.read_bytes())
    assert client.post(f"/v1/{address}", files=files).json() == whytune.Ledger(path).proof(2, trusted=False).to_dict()
    assert "the bytes of record 2-" in client.post(f"/{address}", files=files).text
