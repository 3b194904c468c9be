"""The list of a damaged ledger: all that is whole, where the chain breaks, and what proves nothing after that."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from sqlite3 import Connection

import pytest
from click.testing import CliRunner

from whytune import Ledger as Kept
from whytune import WhytuneError
from whytune.cli import cli
from whytune.engine.ledger.record import Head, Record
from whytune.engine.ledger.selection import Selection, chosen, examined
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import Fault, Verification, verify
from whytune.engine.words.catalogue import LANGUAGES, phrase
from whytune.kept import listed, page
from whytune.prose.document import Paragraph
from whytune.prose.records import Page, listing

from . import ledgers
from .ledgers import opened_up
from .looks import sampled

COUNT = 5
Change = Callable[[Connection], object]


def replaced(connection: Connection) -> None:
    """A copy of record 2 in the place of record 3."""
    ((text,),) = connection.execute("SELECT body FROM records WHERE seq = 2").fetchall()
    connection.execute("UPDATE records SET body = ? WHERE seq = 3", [text])


DAMAGE: dict[str, Change] = {
    "changed": lambda file: file.execute("UPDATE records SET body = replace(body, 'Ada', 'Bob') WHERE seq = 3"),
    "strange": lambda file: file.execute("UPDATE records SET body = 'x' WHERE seq = 3"),
    "missing": lambda file: file.execute("DELETE FROM records WHERE seq = 3"),
    "moved": replaced,
}
OTHER_DAMAGE = DAMAGE | {
    "rulebook": lambda file: file.execute("UPDATE files SET content = CAST(content || ' ' AS BLOB)"),
    "cut short": lambda file: file.execute("DELETE FROM records WHERE seq = 1"),
}
"""The same, and damage of which the very first record suffers."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "advice.ledger"
    ledgers.recorded(path, COUNT)
    return path


@pytest.fixture(params=DAMAGE)
def damaged(sound: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / "advice.ledger"
    shutil.copy(sound, path)
    with opened_up(path) as connection:
        DAMAGE[request.param](connection)
    return path


@pytest.mark.parametrize("newest_first", [False, True])
def test_what_is_examined_is_every_whole_record_and_the_fault_that_verification_finds(
    damaged: Path, newest_first: bool
) -> None:
    with Ledger.to_read(damaged) as ledger:
        entries = [*examined(ledger, Selection(), newest_first)]
        fault = verify(ledger).fault
        assert entries == sorted(entries, key=lambda entry: entry.seq or 0, reverse=newest_first)
        whole = [entry.seq for entry in entries if isinstance(entry, Record)]
        assert whole == sorted({1, 2, 4, 5}, reverse=newest_first)
        assert fault in entries
        with pytest.raises(WhytuneError, match="record 3"):
            [*chosen(ledger, Selection(), newest_first)]


@pytest.mark.parametrize("gap", [{1}, {1, 2}, {2, 3}, {2, 3, 4}, {1, 2, 4}])
@pytest.mark.parametrize("newest_first", [False, True])
def test_records_missing_in_one_place_are_told_at_the_lowest_of_their_numbers(
    sound: Path, tmp_path: Path, gap: set[int], newest_first: bool
) -> None:
    path = tmp_path / "advice.ledger"
    shutil.copy(sound, path)
    with opened_up(path) as connection:
        connection.executemany("DELETE FROM records WHERE seq = ?", [(seq,) for seq in gap])
    lowest = sorted(seq for seq in gap if seq - 1 not in gap)
    with Ledger.to_read(path) as ledger:
        entries = [*examined(ledger, Selection(), newest_first)]
        faults = [entry for entry in entries if isinstance(entry, Fault)]
        assert faults == [Fault("missing", seq) for seq in sorted(lowest, reverse=newest_first)]
        assert verify(ledger).fault in faults
        assert entries == sorted(entries, key=lambda entry: entry.seq or 0, reverse=newest_first)
        with pytest.raises(WhytuneError, match="is missing"):
            [*chosen(ledger, Selection(), newest_first)]


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_first_record_that_names_another_before_it_is_told(sound: Path, tmp_path: Path, newest_first: bool) -> None:
    path = tmp_path / "advice.ledger"
    shutil.copy(sound, path)
    with Ledger.to_read(path) as ledger:
        end = next(chosen(ledger, Selection()))
    stray = ledgers.drafted({"member": True}).sealed(Head(0, end.hash, end.time), ledgers.at(0))
    with opened_up(path) as connection:
        connection.execute("DELETE FROM records WHERE seq > 1")
        connection.execute("UPDATE records SET body = ?", [stray.body.decode()])
    with Ledger.to_read(path) as ledger:
        assert verify(ledger).fault == Fault("unlinked", 1)
        assert Fault("unlinked", 1) in [*examined(ledger, Selection(), newest_first)]


def test_a_link_that_does_not_hold_stands_between_the_records_that_it_joins(sound: Path, tmp_path: Path) -> None:
    others = ledgers.recorded(tmp_path / "others", 3)
    path = tmp_path / "advice.ledger"
    shutil.copy(sound, path)
    with Ledger.to_append(tmp_path / "others") as ledger:
        other = ledger.append(ledgers.drafted({"member": False}), lambda: ledgers.at(60))
    with opened_up(path) as connection:
        connection.execute("UPDATE records SET body = ? WHERE seq = 4", [other.body.decode()])
    assert len(others) == 3
    with Ledger.to_read(path) as ledger:
        for newest_first in (False, True):
            entries = [*examined(ledger, Selection(), newest_first)]
            assert verify(ledger).fault in entries
            assert sum(isinstance(entry, Record) for entry in entries) == COUNT


def test_pages_and_counts_are_of_records_and_each_fault_stays_beside_its_record(damaged: Path) -> None:
    with Ledger.to_read(damaged) as ledger:
        whole, everything = [5, 4, 2, 1], page(ledger, Selection(), 1, COUNT).entries
        for size in range(1, COUNT + 1):
            pages = [page(ledger, Selection(), number, size) for number in range(1, len(whole) // size + 2)]
            seqs = [[record.seq for record in one.records] for one in pages]
            assert seqs == [whole[at : at + size] for at in range(0, len(pages) * size, size)], size
            assert [entry for one in pages for entry in one.entries] == [*everything]
            for one in pages:
                if one.verification:
                    assert (one.total, one.has_more) == (4, one.number * size < 4)
        nothing = page(ledger, Selection(advice="nothing"), 1, COUNT)
        assert (nothing.total, nothing.records, len(nothing.entries)) == (0, [], len(everything) - 4)
    for language in LANGUAGES:
        assert Paragraph(phrase("no_records", language), tone="strong") in listing(nothing, language).blocks


def test_a_file_that_cannot_be_read_further_is_a_fault_without_an_id() -> None:
    fault = Fault("damaged", None, "disk image is malformed")
    (entry,) = listed(Page([fault], 1, 20, 0, {}, Verification(Head(), fault, ())))
    assert (entry["id"], entry["verified"]) == (None, False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_begins_with_the_fault_and_says_of_each_record_whether_it_proves_anything(
    damaged: Path, language: str
) -> None:
    done = CliRunner().invoke(cli, ["audit", "list", "--ledger", str(damaged), "--language", language])
    verdict = CliRunner().invoke(cli, ["audit", "verify", "--ledger", str(damaged), "--language", language])
    assert done.exit_code == 4, done.output
    assert done.stdout.splitlines()[0] == verdict.stdout.splitlines()[0]
    assert done.stdout.count(phrase("record_unproven", language)[:5]) >= 1
    assert "2-" in done.stdout


def test_data_says_the_same_with_the_same_exit_code_and_the_fault_beside_it(damaged: Path) -> None:
    done = CliRunner().invoke(cli, ["audit", "list", "--ledger", str(damaged), "--format", "json"])
    entries = json.loads(done.stdout)
    assert (done.exit_code, done.stderr.startswith("Not verified, at record 3: ")) == (4, True)
    assert [(entry["id"].partition("-")[0], entry["verified"], "fault" in entry) for entry in entries] == [
        *(("5", False, False), ("4", False, False)),
        *(("3", False, True), ("2", True, False), ("1", True, False)),
    ]
    sheet = CliRunner().invoke(cli, ["audit", "list", "--ledger", str(damaged), "--format", "csv"])
    assert (sheet.exit_code, len(sheet.stdout.splitlines())) == (4, 1 + sum("fault" not in one for one in entries))
    shown = Kept(damaged).records()
    assert shown.wrong
    assert shown.to_dict() == entries
    newest = Kept(damaged).records(size=1)
    assert newest.wrong is None  # a list reads no further than it shows; to verify is another question


def test_a_page_and_a_program_are_told_the_same(damaged: Path) -> None:
    pytest.importorskip("starlette", reason="needs whytune[web]")
    from .test_service import asks

    with asks(ledger=str(damaged)) as client:
        answer = client.get("/v1/records")
        assert answer.status_code == client.get("/records").status_code == 200
        assert answer.json() == Kept(damaged).records().to_dict()
        shown = client.get("/records", params={"language": "en"}).text
        above, _, table = shown.partition("<main>")[2].partition("<form")
        assert "Not verified, at record 3" in above
        assert 'href="/verify?' in table
        assert sum(f">{record['id']}</a>" in table for record in answer.json() if "fault" not in record) == 4


@pytest.mark.parametrize("harm", sampled([*DAMAGE, "rulebook", "cut short"], 2))
def test_whatever_is_asked_of_a_damaged_ledger_is_told_as_far_as_the_chain_proves(
    sound: Path, tmp_path: Path, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("starlette", reason="needs whytune[web]")
    from whytune.web.apart import Workshop
    from whytune.web.routes import ROUTES

    from .test_service import asks

    monkeypatch.setattr(Workshop, "run", lambda shop, function, *arguments: function(*arguments))
    path = tmp_path / "advice.ledger"
    shutil.copy(sound, path)
    with opened_up(path) as connection:
        OTHER_DAMAGE[harm](connection)
    with Ledger.to_read(path) as ledger:
        verification = verify(ledger)
    assert verification.fault
    asking = [name for name, route in ROUTES.items() if route.subject == "ledger" and not route.writes]
    assert {"records", "stats", "stats.svg", "impact", "replay", "verify"} <= {*asking}
    with asks(ledger=str(path)) as client:
        for name in asking:
            asked = {"language": "en", **({"new": "guide"} if name == "impact" else {})}
            answer = client.get(f"/v1/{name}", params=asked)
            if name == "stats.svg":  # a picture of the ways of records that the chain proves, if there are any
                assert answer.status_code == (200 if verification.end.length else 422), (name, answer.text)
                continue
            shown = client.get(f"/{name}", params=asked)
            assert (answer.status_code, shown.status_code) == (200, 200), (name, answer.text)
            if harm == "rulebook" and name not in ("replay", "verify"):
                continue  # what no rulebook is read for is told of all records
            assert "Not verified, at record" in shown.text, name
            if name != "records":
                assert answer.json()["fault"] == verification.fault.to_dict(), name
                assert name != "stats" or answer.json()["records"] == verification.end.length
            if name not in ("records", "verify"):
                assert 'href="/verify?' in shown.text.partition("<main>")[2], name
                assert f"that the chain of hashes proves: {verification.end.length}" in shown.text, name


def test_of_a_whole_ledger_nothing_is_said_to_be_wrong(sound: Path) -> None:
    kept = Kept(sound)
    for answer in (kept.statistics(), kept.replay()):
        assert (answer.wrong, answer.to_dict()["fault"]) == (None, None)
        assert phrase("fault_in_file", "en") not in str(answer)


def test_in_python_the_first_fault_is_at_hand(damaged: Path) -> None:
    kept = Kept(damaged)
    for answer in (kept.statistics(), kept.replay()):
        assert answer.wrong
        assert "Not verified, at record 3" in str(answer)


def test_a_damaged_ledger_counts_the_records_that_can_be_read(sound: Path, tmp_path: Path) -> None:
    path = tmp_path / "advice.ledger"
    shutil.copy(sound, path)
    with opened_up(path) as connection:
        DAMAGE["strange"](connection)
    shown = CliRunner().invoke(cli, ["audit", "list", "--ledger", str(path)]).output
    assert "Records that can be read: 4" in shown
    assert "Records: " not in shown.splitlines()[-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stored_file_of_no_record_does_not_speak_of_records_before_it(
    sound: Path, tmp_path: Path, language: str
) -> None:
    path = tmp_path / "advice.ledger"
    shutil.copy(sound, path)
    with opened_up(path) as connection:
        connection.execute("INSERT INTO files VALUES (?, CAST('x' AS BLOB))", [sha256(b"x").hexdigest()])
    shown = CliRunner().invoke(cli, ["audit", "verify", "--ledger", str(path), "--language", language]).output
    said = "".join(shown.split())
    assert "".join(phrase("fault_beside", language, count=str(COUNT)).split()) in said
    assert "".join(phrase("fault_before", language, count=str(COUNT)).split()) not in said
