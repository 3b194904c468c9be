"""A ledger keeps what was advised, exactly and once, and gives it back; what cannot be kept is a problem."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from whytune.engine.language.loading import files_of, load, loads
from whytune.engine.ledger.canonical import canonical_without_floats
from whytune.engine.ledger.database import Database
from whytune.engine.ledger.record import BEGINNING, Head, Moment, Record, stamp
from whytune.engine.ledger.record_reading import NotARecord
from whytune.engine.ledger.recorded import answer_of, facts_of
from whytune.engine.ledger.selection import Selection, chosen, find
from whytune.engine.ledger.statistics import statistics
from whytune.engine.ledger.store import TOGETHER, Ledger
from whytune.engine.ledger.verification import Verification, rulebook_of, verify

from .laws import tries
from .ledgers import ADVISOR, BEGIN, CASES, RULEBOOK, at, drafted, opened_up, problem, recorded


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "advice.ledger"


def test_a_record_is_canonical_json_and_its_hash_covers_all_else(path: Path) -> None:
    for record in recorded(path):
        data = json.loads(record.body)
        assert rfc8785.dumps(data) == record.body
        assert record.is_whole()
        assert record.id == f"{record.seq}-{record.hash[:8]}"
    assert recorded(path.with_name("other"))[-1].body == record.body


TEXTS = st.text(st.sampled_from('ab\n\x07\x1f\x7f"\\/é中，\ue000\uffff\U00010000😀'), max_size=4)
WITHOUT_FLOATS = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(TEXTS, parts, max_size=3),
    max_leaves=8,
)


@tries(40)
@given(WITHOUT_FLOATS)
def test_what_holds_no_floats_is_written_in_the_canonical_form(data: object) -> None:
    assert canonical_without_floats(data) == rfc8785.dumps(data)  # type: ignore[arg-type]


def test_letters_that_python_orders_otherwise_or_no_text_may_hold_are_as_in_the_canonical_form() -> None:
    for pair in ("\uffff\U00010000", "😀，", "a😀"):
        assert canonical_without_floats(dict.fromkeys(pair, 1)) == rfc8785.dumps(dict.fromkeys(pair, 1))
    with pytest.raises(rfc8785.CanonicalizationError):
        canonical_without_floats({"a": "\ud800"})


def test_records_form_a_chain(path: Path) -> None:
    records = recorded(path)
    assert [record.seq for record in records] == [1, 2, 3, 4, 5]
    assert [record.data["previous"] for record in records] == [BEGINNING, *(record.hash for record in records[:-1])]
    with Ledger.to_read(path) as ledger:
        assert [body for _, body in ledger.records()] == [record.body for record in records]
        assert [seq for seq, _ in ledger.records(newest_first=True)] == [5, 4, 3, 2, 1]
        assert verify(ledger) == Verification(records[-1].end, None, ())


@pytest.mark.parametrize("case", CASES)
def test_facts_and_recommendation_come_back_as_they_were(path: Path, case: dict[str, object]) -> None:
    with Ledger.to_append(path) as ledger:
        record = ledger.append(drafted(case, salt=None), lambda: at(0))
        rulebook = rulebook_of(record, ledger)
    answer = ADVISOR.advise(case)
    assert facts_of(record, rulebook).states == answer.facts
    assert answer_of(record, rulebook) == answer


@given(st.decimals(min_value="0.5", max_value=9007199254, places=6))
def test_no_digit_of_a_number_is_lost(days: Decimal) -> None:
    record = drafted({"member": True, "days": days}).sealed(Head(), at(0))
    assert Decimal(record.data["facts"]["days"]["value"] or "") == days
    assert facts_of(record, ADVISOR.rulebook).states["days"].value == days


@pytest.mark.slow
def test_the_same_case_gives_the_same_bytes_but_for_time_and_links() -> None:
    """In another process with other hash seeds, too; CI runs this on every Python that is supported."""
    program = (
        "import json, sys; from tests.ledgers import CASES, drafted; "
        "sys.stdout.write(json.dumps([{k: v.decode() for k, v in drafted(c).members.items()} for c in CASES]))"
    )
    there = subprocess.run(
        [sys.executable, "-c", program],
        cwd=RULEBOOK.parent.parent.parent,
        env={**os.environ, "PYTHONHASHSEED": "2", "TZ": "Asia/Shanghai"},
        capture_output=True,
        check=True,
    ).stdout
    here = [{name: member.decode() for name, member in drafted(case).members.items()} for case in CASES]
    assert json.loads(there) == here
    first, other = (drafted(CASES[0]).sealed(Head(), at(minutes)).data for minutes in (0, 5))
    assert {name for name in first if first[name] != other[name]} == {"hash", "time"}  # type: ignore[literal-required]


def test_sensitive_facts_that_were_given_stand_nowhere_in_a_record() -> None:
    record = drafted({"member": True, "days": 1, "debt": "27182.8125", "trusted": False}).sealed(Head(), at(0))
    assert record.hidden == ("debt", "trusted")
    assert b"27182" not in record.body
    for name in record.hidden:
        assert set(record.data["facts"][name]) == {"origin", "hash"}
    uses = [use for step in record.data["recommendation"]["trace"] for use in step["used"]]
    assert {use["value"] for use in uses if use["fact"] in record.hidden} == {None}
    (band,) = [step for step in record.data["recommendation"]["trace"] if step["name"] == "debt_level"]
    assert band["state"] is None
    assert band["text"] == {"en": "Level of debt: kept out of the record", "zh": "欠款水平：未写入记录"}


def test_what_the_rulebook_assumes_is_no_secret() -> None:
    record = drafted({"member": True, "days": 1}).sealed(Head(), at(0))
    assert record.hidden == ()
    assert record.data["salt"] is None
    assert record.data["facts"]["debt"] == {"origin": "assumed", "value": "0"}


def test_sensitive_facts_are_kept_where_one_says_so() -> None:
    record = drafted({"debt": "27182.8125"}, salt=None).sealed(Head(), at(0))
    assert record.data["facts"]["debt"] == {"origin": "given", "value": "27182.8125"}


def test_another_salt_hides_the_same_value_otherwise() -> None:
    one, other = (drafted({"debt": 5}, salt=salt).sealed(Head(), at(0)) for salt in (b"1" * 32, b"2" * 32))
    assert one.data["facts"]["debt"]["hash"] != other.data["facts"]["debt"]["hash"]


def test_the_files_of_a_rulebook_are_stored_once(path: Path) -> None:
    recorded(path, 5)
    with Ledger.to_read(path) as ledger:
        assert [ledger.file(digest) for digest in ledger.files()] == [RULEBOOK.read_bytes()]


def test_a_comment_makes_another_file_of_the_same_rulebook(path: Path) -> None:
    commented = {"loans.yaml": RULEBOOK.read_bytes() + b"# reviewed\n"}
    assert loads(commented).digest == ADVISOR.identity.digest
    recorded(path, 1)
    with Ledger.to_append(path) as ledger:
        record = ledger.append(drafted(CASES[0], files=commented), lambda: at(9))
        assert len(ledger.files()) == 2
        assert rulebook_of(record, ledger).digest == ADVISOR.identity.digest
        assert verify(ledger).fault is None


def test_the_files_of_a_shipped_rulebook_make_the_same_rulebook() -> None:
    files = files_of("guide")
    assert "rulebook.yaml" in files
    assert loads(files).digest == load("guide").digest
    assert problem(lambda: files_of("gide")) == "unknown-rulebook"
    assert problem(lambda: files_of("nowhere/rules.yaml")) == "missing-file"


def test_nothing_but_an_append_is_possible(path: Path) -> None:
    recorded(path, 2)
    statements = (
        "UPDATE records SET body = '{}'",
        "DELETE FROM records WHERE seq = 2",
        "INSERT INTO records VALUES (9, '{}')",
        "INSERT OR REPLACE INTO records VALUES (2, '{}')",
        "UPDATE files SET content = x'00'",
        "DELETE FROM files",
        "INSERT OR REPLACE INTO files SELECT sha256, x'00' FROM files",
    )
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            with pytest.raises(sqlite3.IntegrityError, match=r"append-only|follows|once"):
                connection.execute(statement)


def test_a_time_before_the_last_is_refused_and_nothing_is_lost(path: Path) -> None:
    before = recorded(path, 2)
    with Ledger.to_append(path) as ledger:
        assert problem(lambda: ledger.append(drafted(CASES[0]), lambda: at(0))) == "clock-backwards"
        assert len(ledger) == 2
        after = ledger.append(drafted(CASES[0]), lambda: at(1))  # the same time is no step back
        assert after.data["previous"] == before[-1].hash


def test_a_chain_does_not_grow_on_a_broken_link(path: Path) -> None:
    recorded(path, 2)
    with opened_up(path) as connection:
        connection.execute("UPDATE records SET body = replace(body, 'Ada', 'Bob') WHERE seq = 2")
    with Ledger.to_append(path) as ledger:
        assert problem(lambda: ledger.append(drafted(CASES[0]), lambda: at(5))) == "ledger-damaged"
        assert len(ledger) == 2


def test_a_record_does_not_rest_on_a_changed_rulebook(path: Path) -> None:
    recorded(path, 1)
    with opened_up(path) as connection:
        connection.execute("UPDATE files SET content = x'00'")
    with Ledger.to_append(path) as ledger:
        assert problem(lambda: ledger.append(drafted(CASES[0]), lambda: at(5))) == "ledger-damaged"
        assert len(ledger) == 1


@pytest.mark.parametrize(
    "table",
    [
        "CREATE VIEW records AS WITH RECURSIVE r(n) AS (SELECT 1 UNION SELECT n+1 FROM r) SELECT n seq, n body FROM r",
        "CREATE TABLE records (seq TEXT, body TEXT)",
    ],
)
def test_other_tables_under_the_same_names_are_not_read(path: Path, table: str) -> None:
    recorded(path, 1)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE records")
        connection.execute(table)
    for opening in (Ledger.to_read, Ledger.to_append):
        assert problem(lambda opening=opening: opening(path)) == "ledger-damaged"  # type: ignore[misc]


def test_who_reads_sees_one_moment_while_others_write(path: Path) -> None:
    before = recorded(path, 2)
    with Ledger.to_read(path) as reader, Ledger.to_append(path) as writer:
        commented = {"loans.yaml": RULEBOOK.read_bytes() + b"# reviewed\n"}
        writer.append(drafted(CASES[0], files=commented), partial(at, 9))
        assert verify(reader) == Verification(before[-1].end, None, ())
        assert verify(writer).end.length == 3


def test_a_record_is_found_by_its_id(path: Path) -> None:
    records = recorded(path, 3)
    with Ledger.to_read(path) as ledger:
        for name in ("2", records[1].id, f"2-{records[1].hash}"):
            assert find(ledger, name) == records[1]
        for name in ("4", "0", "two", "2-00000000", records[1].hash, "", "-1", "2-"):
            assert problem(lambda name=name: find(ledger, name)) == "unknown-record"  # type: ignore[misc]


def test_records_are_chosen_by_what_they_say(path: Path) -> None:
    with Ledger.to_append(path) as ledger:
        for index, case in enumerate(CASES):
            evidence = {"days": "TICKET-7"} if index == 1 else {}
            ledger.append(drafted(case, purpose=f"Loan {index}", evidence=evidence), partial(at, 24 * 60 * index))

        def found(**asked: str) -> list[int]:
            return [record.seq for record in chosen(ledger, Selection(**asked))]

        assert found() == [1, 2, 3, 4, 5]
        assert found(since="2026-03-05") == [3, 4, 5]
        assert found(until="2026-03-05") == [1, 2, 3]
        assert found(since="2026-03-04", until="2026-03-04") == [2]
        assert found(advice="lend") == [1]
        assert found(advice="open") == [5]
        assert found(rule="debtors_do_not_borrow") == [3]  # it ruled out what `members_borrow` proposed
        assert found(rule="doubtful_borrowers_leave_a_deposit") == [2]
        assert found(rule="lending.if_none_stands") == [3, 4]
        assert found(rulebook="loans") == found(rulebook=ADVISOR.identity.digest[:8]) == [1, 2, 3, 4, 5]
        assert found(rulebook="guide") == found(rulebook=ADVISOR.identity.digest[:7]) == []
        assert found(text="loan 3") == [4]
        assert found(text="ticket") == [2]
        counts = statistics(chosen(ledger, Selection()))
    assert counts.advice == {
        ("lending", "refuse"): 2,
        ("lending", "deposit"): 1,
        ("lending", "lend"): 1,
        ("lending", "open"): 1,
    }
    assert counts.months == {"2026-03": 5}
    assert counts.rules["lending", "members_borrow"] == 1
    assert counts.vetoes == {("lending", "debtors_do_not_borrow"): 1}


NFC, NFD = "Jos\u00e9 \ud55c", "Jose\u0301 \u1112\u1161\u11ab"


@pytest.mark.parametrize("kept", [NFC, NFD])
@pytest.mark.parametrize("asked", [NFC, NFD, NFD.upper(), NFC.lower()])
def test_a_text_is_found_however_its_accents_were_typed(path: Path, kept: str, asked: str) -> None:
    with Ledger.to_append(path) as ledger:
        record = ledger.append(drafted(CASES[0], purpose=f"For {kept}"), lambda: at(0))
        assert record.data["purpose"] == f"For {kept}"
        assert [record.seq for record in chosen(ledger, Selection(text=asked))] == [1]
        assert not [*chosen(ledger, Selection(text="Jos\u00e8"))]


@given(st.binary(max_size=200))
def test_bytes_that_are_no_record_are_refused(body: bytes) -> None:
    with pytest.raises(NotARecord):
        Record.read(body)


def test_times_are_texts_that_sort_as_times_do() -> None:
    assert stamp(BEGIN) == "2026-03-03T09:15:00.000000Z"
    assert stamp(at(0).time) < stamp(at(1).time) < stamp(at(100_000).time)
    assert stamp(datetime(1, 1, 1, tzinfo=UTC)) == "0001-01-01T00:00:00.000000Z"


@pytest.mark.parametrize("year", [1, 999])
def test_an_early_year_can_be_read_again(path: Path, year: int) -> None:
    with Ledger.to_append(path) as ledger:
        ledger.append(drafted(CASES[0]), lambda: Moment(datetime(year, 1, 1, tzinfo=UTC), "given"))
        ledger.append(drafted(CASES[1]), lambda: at(0))
        assert verify(ledger).fault is None


def test_records_that_come_together_are_added_by_one_statement(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each statement lets the other threads of a service go first."""
    asked: list[str] = []
    rows = Database.rows

    def noted(database: Database, question: str, *keys: Any) -> Sequence[tuple[Any, ...]]:
        asked.append(question)
        return rows(database, question, *keys)

    monkeypatch.setattr(Database, "rows", noted)
    entries = [drafted(case, by=f"number {number}") for number in range(8) for case in CASES[:2]]
    counts = []
    with Ledger.to_append(path) as ledger:
        for some in (entries[:1], entries[1:2], entries[:TOGETHER]):
            asked.clear()
            ledger.append_all(some, lambda: at(0))
            counts.append(len(asked))
        assert counts[1] == counts[2] < counts[0]  # the first stored the rulebook
        assert len(ledger) == 2 + TOGETHER
        assert ledger.append_all([*entries, entries[0]], lambda: at(0))[-1].length == len(ledger)
        assert verify(ledger).fault is None


def test_what_could_not_be_read_again_is_not_added(path: Path) -> None:
    records = recorded(path, 2)
    draft = drafted(CASES[0])
    with Ledger.to_append(path) as ledger:
        unreadable = draft._replace(members={**draft.members, "as_of": b'"today"'}, files={"0" * 64: b""})
        assert problem(lambda: ledger.append(unreadable, lambda: at(9))) == "bad-text"
        assert (len(ledger), ledger.file("0" * 64)) == (2, None)
        assert verify(ledger) == Verification(records[-1].end, None, ())
