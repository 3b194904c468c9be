"""A record of a broken chain is never told as if it were proven, by whatever door it is asked for."""

from __future__ import annotations

import json
from pathlib import Path
from sqlite3 import Connection

import pytest
from click.testing import CliRunner

import whytune
from whytune.cli import cli
from whytune.engine.ledger import chain_near as looked_at
from whytune.engine.ledger.chain_near import chain_near
from whytune.engine.ledger.record import Record
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import verify
from whytune.engine.words.catalogue import phrase
from whytune.kept import one
from whytune.prose.levels import LEVELS

from . import ledgers
from .ledgers import opened_up

COUNT = 5
CHANGE = "UPDATE records SET body = replace(body, 'Ada', 'Bob') WHERE seq = 2"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    ledgers.recorded(tmp_path / "advice.ledger", COUNT)
    return tmp_path / "advice.ledger"


def faults(path: Path) -> list[tuple[str, int | None] | None]:
    """The fault that is met at each record that is whole."""
    with Ledger.to_read(path) as ledger:
        records = (Record.read(body) for _, body in ledger.records())
        met = [chain_near(ledger, record).fault for record in records if record.is_whole()]
    return [(fault.kind, fault.seq) if fault else None for fault in met]


def rewrite(connection: Connection) -> None:
    """Record 3 by somebody else, its hash computed anew."""
    ((body,),) = connection.execute("SELECT CAST(body AS BLOB) FROM records WHERE seq = 2").fetchall()
    entry = ledgers.drafted(ledgers.CASES[2], by="Eve").sealed(Record.read(body).end, ledgers.at(2))
    connection.execute("UPDATE records SET body = ? WHERE seq = 3", [entry.body.decode()])


def test_each_record_knows_the_fault_before_it_that_verification_finds(path: Path) -> None:
    assert faults(path) == [None] * COUNT
    with opened_up(path) as connection:
        connection.execute(CHANGE)
    assert faults(path) == [None, *[("changed", 2)] * 3]
    with Ledger.to_read(path) as ledger:
        assert (fault := verify(ledger).fault)
        assert (fault.kind, fault.seq) == ("changed", 2)
    with opened_up(path) as connection:
        connection.execute("DELETE FROM records WHERE seq = 2")
    assert faults(path) == [None, *[("missing", 2)] * 3]


def test_a_record_that_was_rewritten_is_betrayed_by_the_next(path: Path) -> None:
    with opened_up(path) as connection:
        rewrite(connection)
    assert faults(path) == [None, None, *[("unlinked", 4)] * 3]


def test_only_some_records_before_one_are_looked_at(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looked_at, "LOOKED_BACK", 2)
    with opened_up(path) as connection:
        connection.execute(CHANGE)
    assert faults(path) == [None, ("changed", 2), ("changed", 2), None]
    with Ledger.to_read(path) as ledger:
        told = one(ledger, "5", lambda rulebook: "en").write(width=200)
    assert "the hash and the link of each record from 3 to 5; no signature" in told


def test_changed_triggers_leave_every_record_unproven(path: Path) -> None:
    with opened_up(path) as connection:
        connection.execute("CREATE TABLE notes (text)")
    assert faults(path) == [("unguarded", None)] * COUNT


def run(path: Path, *words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, [*words, "--ledger", str(path)])
    return result.exit_code, result.stdout, result.stderr


def test_every_door_says_first_that_the_chain_is_broken(path: Path, tmp_path: Path) -> None:
    case = whytune.load(ledgers.RULEBOOK).case(member=True)
    identity = whytune.Ledger(path).record(case)
    with opened_up(path) as connection:
        connection.execute(CHANGE)
    reason = phrase("chain_broken", "en", seq="2") + phrase("fault_changed", "en", detail="")
    doubt = phrase("record_in_doubt", "en", fault=reason, id=identity)
    ledger = whytune.Ledger(path)
    for told in (ledger.find(identity), ledger.replay(identity), ledger.case(identity).why()):
        for level in LEVELS:
            assert doubt in told.write(level=level, width=1000).splitlines()[:2]
    assert str(ledger.find(identity).wrong) == str(ledger.replay(identity).wrong)
    assert ledger.find(identity).to_dict()["fault"] == {"kind": "changed", "seq": 2, "detail": ""}
    assert ledger.case(identity).why().to_dict()["of_record"]["chain"]["fault"]["seq"] == 2
    code, out, _ = run(path, "audit", "verify", "--record", identity)
    assert (code, doubt in " ".join(out.split())) == (4, True)
    code, out, _ = run(path, "audit", "verify", "--record", identity, "--format", "json")
    assert (code, json.loads(out)["chain"]["fault"]["seq"]) == (4, 2)
    for words in (("audit", "show", identity), ("audit", "replay", identity)):
        assert run(path, *words)[0] == 4
        code, out, err = run(path, *words, "--format", "json")
        assert (code, json.loads(out)["fault"]["seq"]) == (4, 2)
        assert " ".join(err.split()).startswith(doubt)
    code, _, err = run(path, "audit", "report", identity, "-o", str(tmp_path / "page.html"))
    assert (code, doubt in " ".join(err.split())) == (4, True)
    code, out, err = run(path, "graph", "--of-record", identity, "-o", str(tmp_path / "way.svg"))
    assert (code, doubt in " ".join(err.split())) == (0, True)


def test_a_hash_is_never_broken_in_two(path: Path) -> None:
    kept = whytune.Ledger(path).find(2)
    hashes = {kept.to_dict()["hash"], kept.to_dict()["previous"], kept.to_dict()["rulebook"]["digest"]}
    for width in (70, 80, 100):
        words = kept.write(width=width).split()
        assert hashes <= {*words}, width


def test_a_list_says_what_is_wrong_at_each_place_in_lines_of_their_own(path: Path) -> None:
    with opened_up(path) as connection:
        connection.execute("UPDATE records SET body = replace(body, 'Ada', 'Bob') WHERE seq IN (2, 4)")
    told = whytune.Ledger(path).records().write(width=80)
    reason = phrase("fault_changed", "en", detail="")
    for seq in "24":
        assert told.replace("\n", " ").count(phrase("fault_at", "en", seq=seq) + reason) == 1
        assert [line.split() for line in told.splitlines() if line.startswith(f"{seq} ")] == [[seq, "no"]]
