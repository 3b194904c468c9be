"""Whatever is done to the file of a ledger, verification names the first bad place, or nothing of a record changed."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from whytune.engine import WhytuneError
from whytune.engine.ledger.canonical import canonical
from whytune.engine.ledger.checkpoint import EIGHTH, Checkpoint, Keys, keys, read, sign
from whytune.engine.ledger.export import Export, export
from whytune.engine.ledger.record import BEGINNING, Entry, Head, Record
from whytune.engine.ledger.record_reading import MAX_BYTES
from whytune.engine.ledger.selection import Selection, chosen
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import FAULTS, Fault, verify

from . import ledgers
from .ledgers import RULEBOOK, at, opened_up, recorded
from .looks import sampled

COUNT = 5
Connection = sqlite3.Connection


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "advice.ledger"
    recorded(path, COUNT)
    return path


@pytest.fixture
def path(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sound, tmp_path / "advice.ledger"))


@pytest.fixture(scope="module")
def pair() -> Keys:
    return keys(b"s" * 32)


def checked(path: Path, *checkpoints: Checkpoint) -> Fault | None:
    with Ledger.to_read(path) as ledger:
        return verify(ledger, checkpoints).fault


def checkpoint_of(path: Path, pair: Keys) -> Checkpoint:
    """Signed and read again, as an auditor would keep it."""
    with Ledger.to_read(path) as ledger:
        return read(sign(verify(ledger).end, at(99).time, pair.private, "k.key"), "c.json", pair.public, "k.pub")


def bodies(path: Path) -> list[bytes]:
    with Ledger.to_read(path) as ledger:
        return [body for _, body in ledger.records()]


class InMemory:
    """Contents that a test makes up, so that a change costs no file."""

    announced = None

    def __init__(self, rows: list[tuple[int, bytes]], files: dict[str, bytes]) -> None:
        self.rows, self.stored = rows, files

    def records(self) -> Any:
        return iter(self.rows)

    def file(self, digest: str) -> bytes | None:
        return self.stored.get(digest)

    def files(self) -> tuple[str, ...]:
        return tuple(self.stored)

    def is_guarded(self) -> bool:
        return True


STORED = {hashlib.sha256(text).hexdigest(): text for text in ledgers.FILES.values()}


@pytest.mark.slow
@pytest.mark.parametrize(("seq", "stride"), [(1, 1), (2, 7)])
def test_every_byte_of_a_record_counts(sound: Path, seq: int, stride: int) -> None:
    """Each byte of the first record (and each seventh of the second) as another: that record is named."""
    whole = list(enumerate(bodies(sound)[:2], start=1))
    body = dict(whole)[seq]
    for position in range(0, len(body), stride):
        changed = body[:position] + bytes([body[position] ^ 1]) + body[position + 1 :]
        fault = verify(InMemory([(n, changed if n == seq else other) for n, other in whole], STORED)).fault
        assert fault in (Fault("changed", seq), Fault("strange", seq)), position


@pytest.mark.slow
def test_every_byte_of_a_stored_rulebook_counts(sound: Path) -> None:
    rows = list(enumerate(bodies(sound)[:1], start=1))
    ((digest, text),) = STORED.items()
    for position in range(len(text)):
        changed = bytearray(text)
        changed[position] ^= 1
        assert verify(InMemory(rows, {digest: bytes(changed)})).fault == Fault("rulebook_changed", 1, RULEBOOK.name)


@pytest.mark.parametrize("seq", range(1, COUNT + 1))
def test_a_changed_record_is_named(path: Path, seq: int) -> None:
    with opened_up(path) as connection:
        connection.execute("UPDATE records SET body = replace(body, 'Ada', 'Bob') WHERE seq = ?", [seq])
    assert checked(path) == Fault("changed", seq)


@pytest.mark.parametrize("seq", range(1, COUNT))
def test_a_deleted_record_is_named(path: Path, seq: int) -> None:
    with opened_up(path) as connection:
        connection.execute("DELETE FROM records WHERE seq = ?", [seq])
    assert checked(path) == Fault("missing", seq)


@pytest.mark.parametrize("seq", range(1, COUNT))
def test_a_deleted_record_is_named_where_the_others_move_up(path: Path, seq: int) -> None:
    with opened_up(path) as connection:
        connection.execute("DELETE FROM records WHERE seq = ?", [seq])
        connection.execute("UPDATE records SET seq = seq - 1 WHERE seq > ?", [seq])
    fault = checked(path)
    assert fault is not None
    assert fault[:2] == ("moved", seq)


def move_up(connection: Connection, after: int) -> None:
    """Makes room after this record."""
    for seq in range(COUNT, after, -1):
        connection.execute("UPDATE records SET seq = ? WHERE seq = ?", [seq + 1, seq])


@pytest.mark.parametrize(("source", "after"), sampled(product(range(1, COUNT + 1), range(COUNT + 1)), 4))
def test_a_duplicated_record_is_named(path: Path, after: int, source: int) -> None:
    with opened_up(path) as connection:
        (body,) = connection.execute("SELECT body FROM records WHERE seq = ?", [source]).fetchone()
        move_up(connection, after)
        connection.execute("INSERT INTO records VALUES (?, ?)", [after + 1, body])
    fault = checked(path)
    assert fault is not None
    assert fault.kind == "moved"
    assert fault.seq == (after + 2 if source == after + 1 else after + 1)  # before its original it is where it belongs


@pytest.mark.parametrize("after", range(COUNT + 1))
def test_an_inserted_record_is_named(path: Path, after: int) -> None:
    """One made for its place, linked to what stands before it: what follows no longer does."""
    made = [Record.read(body) for body in bodies(path)]
    place = made[after - 1].end if after else Head()
    forged = ledgers.drafted({"member": True, "days": 1}, by="Mallory").sealed(place, at(after))
    with opened_up(path) as connection:
        move_up(connection, after)
        connection.execute("INSERT INTO records VALUES (?, ?)", [after + 1, forged.body.decode()])
    fault = checked(path)
    if after == COUNT:  # at the end it is an append like any other: only those who may append can be trusted with that
        assert fault is None
    else:
        assert fault is not None
        assert fault[:2] == ("moved", after + 2)


@pytest.mark.parametrize(("one", "other"), sampled(combinations(range(1, COUNT + 1), 2), 3))
def test_swapped_records_are_named(path: Path, one: int, other: int) -> None:
    with opened_up(path) as connection:
        for before, after in ((one, -1), (other, one), (-1, other)):
            connection.execute("UPDATE records SET seq = ? WHERE seq = ?", [after, before])
    fault = checked(path)
    assert fault is not None
    assert fault[:2] == ("moved", one)


def rewritten(path: Path, seq: int, change: Callable[[dict[str, Any]], object], on: bool = True) -> None:
    """Changes a record and computes its hash anew; `on` also the links and hashes of all that follow."""
    previous = None
    with opened_up(path) as connection:
        for number, body in connection.execute("SELECT seq, body FROM records ORDER BY seq").fetchall():
            data = json.loads(body)
            if number == seq:
                change(data)
            elif number < seq or not on:
                continue
            else:
                data["previous"] = previous
            del data["hash"]
            data["hash"] = previous = hashlib.sha256(rfc8785.dumps(data)).hexdigest()
            connection.execute("UPDATE records SET body = ? WHERE seq = ?", [rfc8785.dumps(data).decode(), number])


@pytest.mark.parametrize("time", ["2026-99-99T99:99:99.000000Z", "2027-02-29T00:00:00.000000Z"])
def test_a_time_that_never_was_is_named(path: Path, time: str) -> None:
    rewritten(path, COUNT, lambda data: data.update(time=time))
    assert checked(path) == Fault("strange", COUNT)


@pytest.mark.parametrize("seq", range(1, COUNT))
def test_a_record_with_a_recomputed_hash_breaks_the_next_link(path: Path, seq: int) -> None:
    rewritten(path, seq, lambda data: data.update(by="Mallory"), on=False)
    assert checked(path) == Fault("unlinked", seq + 1)


@pytest.mark.parametrize("seq", range(1, COUNT + 1))
def test_a_rewritten_chain_needs_a_checkpoint(path: Path, pair: Keys, seq: int) -> None:
    signed = checkpoint_of(path, pair)
    rewritten(path, seq, lambda data: data.update(by="Mallory"))
    assert checked(path) is None  # nothing within the file can show it
    assert checked(path, signed) == Fault("rewritten", COUNT)


@pytest.mark.parametrize("left", range(COUNT))
def test_a_cut_tail_needs_a_checkpoint(path: Path, pair: Keys, left: int) -> None:
    signed = checkpoint_of(path, pair)
    with opened_up(path) as connection:
        connection.execute("DELETE FROM records WHERE seq > ?", [left])
        if not left:
            connection.execute("DELETE FROM files")
    assert checked(path) is None
    assert checked(path, signed) == Fault("cut", left + 1, str(COUNT))


def test_an_earlier_checkpoint_tells_where_a_rewritten_chain_begins(path: Path, pair: Keys) -> None:
    with Ledger.to_read(path) as ledger:
        ends = [Record.read(body).end for _, body in ledger.records()]
    signed = [read(sign(end, at(9).time, pair.private, "k"), "c", pair.public, "k") for end in ends]
    rewritten(path, 3, lambda data: data.update(by="Mallory"))
    assert checked(path, *signed[:2]) is None
    assert checked(path, *reversed(signed)) == Fault("rewritten", 3)


def test_a_grown_ledger_meets_its_earlier_checkpoint(path: Path, pair: Keys) -> None:
    signed = checkpoint_of(path, pair)
    with Ledger.to_append(path) as ledger:
        ledger.append(ledgers.drafted({"member": False}), lambda: at(60))
    with Ledger.to_read(path) as ledger:
        found = verify(ledger, [signed])
    assert (found.fault, found.checkpoints, found.end.length) == (None, 1, COUNT + 1)


def edit(text: bytes) -> Callable[[Connection], object]:
    return lambda connection: connection.execute("UPDATE files SET content = ?", [text])


FILE = RULEBOOK.name
LATER = b"INSERT INTO files VALUES ('%s', x'00')" % (b"0" * 64)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (edit(RULEBOOK.read_bytes().replace(b"cut_at: [20]", b"cut_at: [90]")), Fault("rulebook_changed", 1, FILE)),
        (edit(RULEBOOK.read_bytes() + b"# a comment\n"), Fault("rulebook_changed", 1, FILE)),
        (lambda connection: connection.execute("DELETE FROM files"), Fault("rulebook_missing", 1, FILE)),
        (lambda connection: connection.execute(LATER.decode()), Fault("unowned", None, "0" * 64)),
    ],
)
def test_an_edited_rulebook_is_named(path: Path, change: Callable[[Connection], object], fault: Fault) -> None:
    with opened_up(path) as connection:
        change(connection)
    assert checked(path) == fault


def swapped_rulebook(path: Path, text: bytes) -> None:
    """Puts another file in the rulebook's place, with all hashes recomputed."""
    digest = hashlib.sha256(text).hexdigest()
    with opened_up(path) as connection:
        connection.execute("DELETE FROM files")
        connection.execute("INSERT INTO files VALUES (?, ?)", [digest, text])
        for number in range(2, COUNT + 1):
            connection.execute("DELETE FROM records WHERE seq = ?", [number])
    rewritten(path, 1, lambda data: data["rulebook"]["files"].update({FILE: digest}))


def test_a_rulebook_in_the_place_of_another_has_another_digest(path: Path) -> None:
    swapped_rulebook(path, RULEBOOK.read_bytes().replace(b"cut_at: [20]", b"cut_at: [90]"))
    fault = checked(path)
    assert fault is not None
    assert fault[:2] == ("rulebook_other", 1)


def test_a_rulebook_that_cannot_be_read_is_a_fault(path: Path) -> None:
    swapped_rulebook(path, b"rulebook: [")
    fault = checked(path)
    assert fault is not None
    assert fault[:2] == ("rulebook_unread", 1)


def test_a_time_before_the_last_is_a_fault(path: Path) -> None:
    rewritten(path, 2, lambda data: data.update(time="2020-01-01T00:00:00.000000Z"))
    assert checked(path) == Fault("earlier", 2, "2020-01-01T00:00:00.000000Z")


@pytest.mark.parametrize("statement", ["DROP TRIGGER records_stay", "CREATE TABLE x (a)", "CREATE VIEW x AS SELECT 1"])
def test_a_file_without_its_guards_is_a_fault(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
    assert checked(path) == Fault("unguarded", None)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER x AFTER INSERT ON records BEGIN UPDATE records SET body = 'x' WHERE seq = 1; END",
        "CREATE TRIGGER x BEFORE INSERT ON files BEGIN SELECT RAISE(IGNORE); END",
        "DROP TRIGGER records_keep",
        "CREATE INDEX x ON records (body)",
        "CREATE TABLE x (a)",
    ],
)
def test_nothing_is_appended_to_a_file_without_its_guards(path: Path, statement: str) -> None:
    """Also where they were taken away while the ledger was open."""
    before = bodies(path)
    entry = ledgers.drafted({"member": False})
    with Ledger.to_append(path) as opened:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(statement)
        assert ledgers.problem(lambda: opened.append(entry, lambda: at(60))) == "ledger-damaged"
    with Ledger.to_append(path) as opened:
        assert ledgers.problem(lambda: opened.append(entry, lambda: at(60))) == "ledger-damaged"
    assert bodies(path) == before


@pytest.mark.parametrize("number", [2**63 - 1, 10**16, -1, -(2**63)])
def test_a_number_that_no_record_can_have_is_damage(path: Path, number: int) -> None:
    with opened_up(path) as connection:
        connection.execute("DELETE FROM records WHERE seq > 1")
        connection.execute("UPDATE records SET seq = ?", [number])
    with Ledger.to_read(path) as ledger:
        assert verify(ledger).fault == Fault("missing", 1)
        for question in (lambda: list(export(ledger)), lambda: list(chosen(ledger, Selection()))):
            assert ledgers.problem(question) == "ledger-damaged"
    with Ledger.to_append(path) as ledger:
        entry = ledgers.drafted({"member": False})
        assert ledgers.problem(lambda: ledger.append(entry, lambda: at(60))) == "ledger-damaged"


@pytest.mark.slow
def test_any_byte_of_the_file_may_change_and_no_record_unnoticed(sound: Path, tmp_path: Path) -> None:
    """Bytes of SQLite's own that carry nothing may change; a record or rulebook may not."""
    whole, expected = sound.read_bytes(), bodies(sound)
    path = tmp_path / "advice.ledger"
    noticed = 0
    for position in range(5, len(whole), 97):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 0x55]) + whole[position + 1 :])
        found = what_is_wrong(path)
        noticed += found is not None
        assert found is not None or bodies(path) == expected, position
    assert noticed > 100


def what_is_wrong(path: Path) -> str | None:
    """The fault, or the problem that is there before anything can be verified."""
    try:
        fault = checked(path)
    except WhytuneError as error:
        return error.problems[0].code
    return fault.kind if fault else None


def test_a_file_cut_short_is_a_fault_or_a_problem(sound: Path, tmp_path: Path) -> None:
    path = tmp_path / "advice.ledger"
    for length in range(1, sound.stat().st_size, 4096):
        path.write_bytes(sound.read_bytes()[:length])
        assert what_is_wrong(path) in ("damaged", "ledger-damaged", "not-a-ledger", "unguarded")


def test_an_export_verifies_as_its_ledger_does(path: Path, pair: Keys, tmp_path: Path) -> None:
    file = tmp_path / "export.jsonl"
    signed = checkpoint_of(path, pair)
    with Ledger.to_read(path) as ledger:
        file.write_bytes(b"".join(export(ledger)))
        expected = verify(ledger, [signed])
    with Export(file) as exported:
        assert verify(exported, [signed]) == expected
    lines = file.read_bytes().splitlines(keepends=True)
    for change, fault in (
        (lines[:-1], Fault("cut", COUNT, str(COUNT))),
        ([*lines[:2], *lines[3:]], Fault("moved", 1)),
        ([*lines, lines[-1]], Fault("moved", COUNT + 1)),
        ([lines[0], lines[1].replace(b"20]", b"90]"), *lines[2:]], Fault("rulebook_changed", 1, FILE)),
        ([*lines[:3], lines[3].replace(b"Ada", b"Bob"), *lines[4:]], Fault("changed", 2)),
        ([*lines[:-1], lines[-1][:-40]], Fault("strange", COUNT)),
        ([lines[0].replace(b'"records":5', b'"records":4'), *lines[1:]], Fault("longer", 4)),
    ):
        file.write_bytes(b"".join(change))
        with Export(file) as exported:
            found = verify(exported).fault
        assert found is not None
        assert found[:2] == fault[:2]
        assert not fault.detail or found.detail == fault.detail


HOSTILE = {
    "objects": b'{"a":[' + b"{}," * 340_000 + b"{}]}",
    "facts": b'{"facts":{' + b",".join(b'"%d":{}' % number for number in range(70_000)) + b"}}",
    "numbers": b'{"seq":[' + b"1," * 500_000 + b"1]}",
    "deep": b"[" * 2**20,
}
"""Almost the most that is read of one record, made to take much memory; ten times of it is refused unread."""

WITH_LITTLE_MEMORY = """
import resource, sys
from whytune.cli import main
resource.setrlimit(resource.RLIMIT_AS, (600 * 2**20, resource.RLIM_INFINITY))
sys.argv = ["whytune", "audit", *sys.argv[1:]]
main()
"""


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 10])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_record_made_to_hurt_takes_little_memory(path: Path, tmp_path: Path, name: str, times: int) -> None:
    body = HOSTILE[name] + b" " * (times - 1) * len(HOSTILE[name])
    with Ledger.to_read(path) as ledger:
        lines = b"".join(export(ledger)).splitlines(keepends=True)
    (tmp_path / "e").write_bytes(b"".join([*lines[:2], body, b"\n"]))
    with opened_up(path) as connection:
        connection.execute("UPDATE records SET body = ? WHERE seq = 1", [body.decode()])
    for arguments in (["verify-export", str(tmp_path / "e")], ["verify", "--ledger", str(path)]):
        done = subprocess.run(
            [sys.executable, "-c", WITH_LITTLE_MEMORY, *arguments], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (4, "")
        assert done.stdout.startswith("Not verified, at record 1: ")


def test_no_record_is_written_that_would_not_be_read(path: Path) -> None:
    """The most that is read can be written; a byte more cannot."""
    draft = ledgers.drafted({"member": False})

    def with_purpose(letters: int) -> Entry:
        return draft._replace(members={**draft.members, "purpose": canonical("x" * letters)})

    with Ledger.to_append(path) as ledger:
        end = verify(ledger).end
        most = MAX_BYTES - len(with_purpose(0).sealed_body(end, at(60)))
        assert ledgers.problem(lambda: ledger.append(with_purpose(most + 1), lambda: at(60))) == "too-large"
        assert len(ledger.append(with_purpose(most), lambda: at(60)).body) == MAX_BYTES
        assert (verify(ledger).fault, len(ledger)) == (None, COUNT + 1)


HEAD = b'{"export":true,"files":0,"head":"","records":0}'


FORGED_HEADS = [
    b'{"export":%s,"files":%s,"head":"","records":%s}\n' % numbers
    for numbers in (
        (b"0", b"0", b"0"),
        (b"-5", b"0", b"0"),
        (b"1", b"-1", b"0"),
        (b"1", b"0", b"-1"),
        (b"1", b"0", b"1" + b"0" * 15),
        (b"1", b"0", b"9" * 5000),
        (b"1", b"9" * 14, b"0"),
        (b"1", b"0", b"0 "),
        (b"1", b"0", b'5,"records":0'),
    )
]


@pytest.mark.parametrize("text", [b"", b"{}", b"[" * 100_000, b"\xff", b'{"export":1}', HEAD, *FORGED_HEADS])
def test_a_file_that_is_no_export_is_a_problem(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "e").write_bytes(text)
    with pytest.raises(WhytuneError) as caught:
        Export(tmp_path / "e")
    assert caught.value.problems[0].code == "bad-export"


Y = (0, 1, 2**255 - 20, 2**255 - 19, 2**255 - 18, EIGHTH, 2**255 - 19 - EIGHTH)
"""Every spelling of the second coordinate of a point whose order divides 8."""


@pytest.mark.parametrize("sign_of_x", [0, 1])
@pytest.mark.parametrize("y", Y)
def test_a_public_key_of_small_order_is_refused(path: Path, pair: Keys, y: int, sign_of_x: int) -> None:
    raw = (y | sign_of_x << 255).to_bytes(32, "little")
    der = bytes.fromhex("302a300506032b6570032100") + raw
    pem = b"-----BEGIN PUBLIC KEY-----\n" + base64.b64encode(der) + b"\n-----END PUBLIC KEY-----\n"
    with Ledger.to_read(path) as ledger:
        text = sign(verify(ledger).end, at(9).time, pair.private, "k.key")
    with pytest.raises(WhytuneError, match="a public key that proves nothing") as caught:
        read(text, "c.json", pem, "k.pub")
    assert caught.value.problems[0].code == "wrong-key"


def test_a_checkpoint_holds_under_its_own_key_only(path: Path, pair: Keys) -> None:
    with Ledger.to_read(path) as ledger:
        text = sign(verify(ledger).end, at(9).time, pair.private, "k.key")
    other = keys(b"o" * 32)
    attempts: list[tuple[bytes, bytes, str]] = [
        (text, other.public, "wrong-key"),
        (text, pair.private, "wrong-key"),
        (text, b"", "wrong-key"),
        (text.replace(b'"records": 5', b'"records": 4'), pair.public, "wrong-key"),
        (text.replace(b"2026", b"2025"), pair.public, "wrong-key"),
        (re.sub(rb'"head": "."', b'"head": "z"', text), pair.public, "wrong-key"),
        (text[:-20], pair.public, "bad-checkpoint"),
        (text.replace(b": 5", b": 5.0"), pair.public, "bad-checkpoint"),
        (text.replace(b": 5", b': "5"'), pair.public, "bad-checkpoint"),
        (b"[]", pair.public, "bad-checkpoint"),
    ]
    head = json.loads(text)["head"].encode()
    attempts[5] = (text.replace(head, head[:-1] + (b"0" if head[-1:] != b"0" else b"1")), pair.public, "wrong-key")
    for changed, key, code in attempts:
        with pytest.raises(WhytuneError) as caught:
            read(changed, "c.json", key, "k.pub")
        assert caught.value.problems[0].code == code, changed
    with pytest.raises(WhytuneError, match="not an Ed25519 private key"):
        sign(Head(0, BEGINNING), at(9).time, pair.public, "k.pub")


def test_every_fault_is_found_by_some_test() -> None:
    shown = Path(__file__).read_text()
    assert [kind for kind in FAULTS if f'"{kind}"' not in shown] == []


def test_a_file_stands_in_an_export_once(path: Path, tmp_path: Path) -> None:
    with Ledger.to_read(path) as ledger:
        lines = b"".join(export(ledger)).splitlines(keepends=True)
    other = lines[1].replace(b"20]", b"90]")
    (tmp_path / "e").write_bytes(b"".join([lines[0].replace(b'"files":1', b'"files":2'), other, *lines[1:]]))
    with pytest.raises(WhytuneError, match="not an export"):
        Export(tmp_path / "e")


def test_without_triggers_the_first_bad_record_is_named_too(path: Path) -> None:
    with opened_up(path) as connection:
        connection.execute("UPDATE records SET body = replace(body, 'Ada', 'Bob') WHERE seq = 3")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER records_keep")
    assert checked(path) == Fault("unguarded", None, "", Fault("changed", 3))
