"""One record is proved by itself: its hash, its neighbours, the checkpoints that cover it, and replay."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import whytune
from whytune.cli import DONE, UNVERIFIED, cli
from whytune.engine.ledger import resting
from whytune.engine.ledger.changed_record import changed_record
from whytune.engine.ledger.checkpoint import Checkpoint
from whytune.engine.ledger.export import Export, export
from whytune.engine.ledger.one_proof import RecordProof, proof_of
from whytune.engine.ledger.record import Head, Record
from whytune.engine.ledger.selection import Selection, examined, find
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import verify
from whytune.engine.words.catalogue import LANGUAGES, phrase
from whytune.prose import terminal
from whytune.prose.ledger_verdict import verdict
from whytune.prose.one_proof import one_proof

from .ledgers import CASES, at, drafted, opened_up, problem, recorded

COUNT = 5


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger of five records."""
    recorded(tmp_path / "advice.ledger", COUNT)
    return tmp_path / "advice.ledger"


def records(path: Path) -> list[Record]:
    with Ledger.to_read(path) as ledger:
        return [Record.read(body) for _, body in ledger.records()]


def signed_at(record: Record, head: str | None = None) -> Checkpoint:
    return Checkpoint(record.seq, head or record.hash, "2026-04-01T00:00:00.000000Z", f"{record.seq}.json", "k" * 64)


def proof(path: Path, identity: str, *signed: Checkpoint) -> RecordProof:
    with Ledger.to_read(path) as ledger:
        return proof_of(find(ledger, identity), ledger, signed)


def damaged(path: Path, seq: int) -> None:
    with opened_up(path) as file:
        file.execute("UPDATE records SET body = replace(body, 'Ada', 'Eve') WHERE seq = ?", [seq])


def test_a_record_is_proved_by_a_checkpoint_from_it_on_and_by_none_before_it(path: Path) -> None:
    kept = records(path)
    for record in kept:
        for signed in kept:
            found = proof(path, record.id, signed_at(signed))
            assert (found.is_proven, bool(found.before)) == (signed.seq >= record.seq, signed.seq < record.seq)
            assert (found.follows, found.is_followed, found.is_doubtful) == (True, True, False)
    alone = proof(path, f"3-{kept[2].hash}")
    assert (alone.is_proven, alone.is_doubtful, alone.of, alone.replayed.deviation) == (False, False, COUNT, None)


def test_a_checkpoint_proves_a_record_though_one_before_it_is_damaged_and_not_across_one_after_it(path: Path) -> None:
    last = records(path)[-1]
    damaged(path, 2)
    after, before = proof(path, "3", signed_at(last)), proof(path, "1", signed_at(last))
    assert (after.is_proven, after.follows, after.is_doubtful) == (True, False, False)
    assert (before.is_proven, before.is_followed, before.is_doubtful) == (False, False, True)
    alone = proof(path, "1")
    assert (alone.is_followed, alone.is_doubtful) == (False, False)
    for sound, key in ((before, "proof_unheld"), (alone, "proof_unsigned")):
        told = terminal.text(one_proof(sound, "en"), 1000)
        assert told.splitlines()[:2] == [phrase("proof_holds_alone", "en", id=sound.record.id), phrase(key, "en")]
    assert "the chain breaks at record 2" in terminal.text(one_proof(before, "en"), 1000)
    assert problem(lambda: proof(path, "2", signed_at(last))) == "ledger-damaged"


def rewritten(path: Path, seq: int) -> None:
    """The record with this number made anew, for its place, by somebody else."""
    before = records(path)[seq - 2].end if seq > 1 else Head()
    body = drafted(CASES[0], by="Eve").sealed(before, at(seq - 1)).body.decode()
    with opened_up(path) as file:
        file.execute("UPDATE records SET body = ? WHERE seq = ?", [body, seq])


def deleted(path: Path, seq: int) -> None:
    with opened_up(path) as file:
        file.execute("DELETE FROM records WHERE seq = ?", [seq])


@pytest.mark.parametrize("harm", [damaged, rewritten, deleted])
@pytest.mark.parametrize("places", [(1,), (2,), (4,), (1, 3), (5,)])
def test_the_whole_and_each_record_say_the_same_of_what_a_checkpoint_proves(
    path: Path, harm: Callable[[Path, int], None], places: tuple[int, ...]
) -> None:
    signed = [signed_at(record) for record in records(path)]
    for seq in places:
        harm(path, seq)
    with Ledger.to_read(path) as ledger:
        verification = verify(ledger, signed)
        by_whole = {seq for met in verification.met for seq in range(1, met.records + 1)}
        by_whole |= {seq for one in verification.still_signed for seq in range(one.first, one.last + 1)}
        whole = [record for record in examined(ledger, Selection()) if isinstance(record, Record)]
        by_one = {record.seq for record in whole if proof_of(record, ledger, signed).is_proven}
    assert by_whole == by_one
    assert max(by_one, default=0) == (COUNT if 5 not in places else 4)


def test_the_verdict_names_the_records_after_a_fault_that_a_checkpoint_proves(path: Path) -> None:
    last = signed_at(records(path)[-1])
    damaged(path, 2)
    offer = phrase("fault_after_signed", "en")
    with Ledger.to_read(path) as ledger:
        signed, alone = verify(ledger, [last]), verify(ledger)
    told = [terminal.text(verdict(verification, "en"), 1000) for verification in (signed, alone)]
    assert phrase("unmet_still", "en", first="3", last="5") in told[0]
    assert [offer in text for text in told] == [False, True]
    assert signed.to_dict()["still_signed"] == [{"first": 3, "last": 5, "file": "5.json"}]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_record_that_was_changed_is_told_as_the_first_fault_of_the_whole_is(path: Path, language: str) -> None:
    kept = records(path)
    damaged(path, 2)
    ledger = whytune.Ledger(path, language=language)
    proof, whole = ledger.proof(2), ledger.verify()
    told, stands = (answer.write(width=1000).splitlines() for answer in (proof, whole))
    end = told.index(phrase("fault_unknowable", language))
    assert told[0] == stands[0]
    assert told[1 : end + 1] == stands[2 : end + 2]
    assert (proof.is_proven, proof.is_doubtful) == (False, True)
    data = proof.to_dict()
    assert (data["hash"], data["fault"]["kind"]) == (kept[1].hash, "changed")
    assert {data["hash"], data["recomputed"]} <= set(" ".join(told).split())
    result = CliRunner().invoke(cli, ["audit", "verify", "--ledger", str(path), "--record", "2", "--format", "json"])
    assert (result.exit_code, json.loads(result.stdout)) == (UNVERIFIED, data)
    with Ledger.to_read(path) as opened:
        signed = [signed_at(kept[0]), signed_at(kept[3])]
        changed = changed_record(opened, "2", signed)
        assert changed
        assert changed.unmet == (signed[1],)
        assert changed_record(opened, "3") is None
    with pytest.raises(whytune.WhytuneError, match=r"`ledger.proof\(2\)`") as refused:
        ledger.find(2)
    assert "`whytune audit verify --record 2`" in refused.value.problems[0].at_a_terminal()


def test_the_page_tells_what_stands_in_place_of_a_changed_record(path: Path) -> None:
    pytest.importorskip("starlette", reason="needs whytune[web]")
    from whytune.web.asking import asking
    from whytune.web.library import library
    from whytune.web.pages import page

    damaged(path, 2)
    shown = page("verify", asking(library(["guide"], str(path)), {"name": "2"}.items())).text
    assert phrase("fault_unknowable", "en") in shown


def test_a_checkpoint_over_other_records_or_a_longer_ledger_is_told(path: Path) -> None:
    last = records(path)[-1]
    for signed, says in (
        (signed_at(last, "0" * 64), "is not the one that was signed"),
        (signed_at(last)._replace(records=9), "the end is missing"),
    ):
        found = proof(path, "2", signed)
        assert (found.is_doubtful, found.unmet) == (True, (signed,))
        assert says in " ".join(terminal.text(one_proof(found, "en")).split())


def test_the_proof_of_a_record_is_the_same_by_every_door(path: Path) -> None:
    identity = records(path)[1].id
    proved = whytune.Ledger(path).proof(identity)
    arguments = ["audit", "verify", "--ledger", str(path), "--record", identity, "--format"]
    data, text = (CliRunner().invoke(cli, [*arguments, format_]) for format_ in ("json", "text"))
    assert (data.exit_code, text.exit_code) == (DONE, DONE)
    assert json.loads(data.stdout) == proved.to_dict()
    assert records(path)[1].hash in text.stdout
    damaged(path, 1)
    assert CliRunner().invoke(cli, [*arguments, "text"]).exit_code == UNVERIFIED
    assert CliRunner().invoke(cli, [*arguments, "text", "--beside", str(path)]).exit_code == 2


def exported(path: Path) -> Path:
    """The export of a ledger."""
    with Ledger.to_read(path) as ledger:
        path.with_suffix(".jsonl").write_bytes(b"".join(export(ledger)))
    return path.with_suffix(".jsonl")


def test_a_record_of_an_export_is_proved_as_one_of_its_ledger_by_every_door(path: Path) -> None:
    kept = records(path)
    file, signed = exported(path), signed_at(kept[-1])
    for record in kept:
        with Export(file) as lines:
            assert proof_of(find(lines, record.id), lines, [signed]) == proof(path, record.id, signed)
    proved = whytune.Ledger(file).proof(kept[3].id)
    asked = ["audit", "verify-export", str(file), "--record", kept[3].id, "--format"]
    data, text = (CliRunner().invoke(cli, [*asked, format_]).stdout for format_ in ("json", "text"))
    assert json.loads(data) == proved.to_dict() == whytune.Ledger(path).proof(kept[3].id).to_dict()
    assert f"verify-export FILE --record {kept[3].id}" in text.replace("\n", " ")
    assert whytune.Ledger(file).verify().to_dict() == whytune.Ledger(path).verify().to_dict()


def test_a_record_of_an_export_is_found_by_its_number_whatever_became_of_other_lines(path: Path) -> None:
    kept, file = records(path), exported(path)
    lines = file.read_bytes().splitlines(keepends=True)
    files = len(lines) - len(kept)

    def doubtful(missing: int, seq: int) -> bool | str:
        left = lines[: files + missing - 1] + lines[files + missing :]
        file.write_bytes(b"".join(left))
        with Export(file) as damaged:
            try:
                return proof_of(find(damaged, str(seq)), damaged).is_doubtful
            except whytune.WhytuneError as error:
                return error.problems[0].code

    found = {(missing, seq): doubtful(missing, seq) for missing in (2, COUNT) for seq in (1, 2, 3, 4, COUNT)}
    assert [found[2, seq] for seq in (1, 2, 3)] == [False, "unknown-record", True]
    assert [found[COUNT, seq] for seq in (1, 3, 4, COUNT)] == [False, False, False, "unknown-record"]


def test_a_number_that_was_altered_in_an_export_hides_no_other_record(path: Path) -> None:
    kept, file = records(path), exported(path)
    forged = kept[1].body.replace(b'"seq":2,', b'"seq":4,')
    file.write_bytes(file.read_bytes().replace(kept[1].body, forged))
    with Export(file) as lines:
        assert [lines.body(seq) for seq in (1, 2, 3, 4)] == [kept[0].body, forged, kept[2].body, kept[3].body]
        assert changed_record(lines, "4") is None
        assert changed_record(lines, "2") is not None


def test_what_is_offered_about_an_export_is_no_command_for_a_ledger(path: Path) -> None:
    kept, file = records(path), exported(path)
    changed = kept[1].body.replace(b'"time":"20', b'"time":"19')
    file.write_bytes(file.read_bytes().replace(kept[1].body, changed))
    for more in ([], ["--record", "2"]):
        text = CliRunner().invoke(cli, ["audit", "verify-export", str(file), *more]).stdout
        assert ("--ledger" in text, "audit verify-export" in " ".join(text.split())) == (False, True)


def test_the_page_of_a_record_leads_to_its_proof_to_which_a_checkpoint_can_be_sent(path: Path) -> None:
    pytest.importorskip("starlette", reason="needs whytune[web]")
    from whytune.web.asking import asking
    from whytune.web.library import library
    from whytune.web.pages import page

    served, identity = library(["guide"], str(path)), records(path)[1].id
    for language in LANGUAGES:
        about = {"language": language, "name": identity}
        assert (
            f'href="/verify?language={language}&amp;name={identity}"'
            in page("records", asking(served, about.items())).text
        )
        shown = page("verify", asking(served, about.items())).text
        assert records(path)[1].hash in shown
        assert f'<input type="hidden" name="name" value="{identity}">' in shown


@pytest.mark.parametrize(
    "change",
    ["UPDATE files SET content = CAST(content || x'20' AS BLOB)", "DELETE FROM files"],
    ids=["changed", "gone"],
)
def test_all_records_that_rest_on_a_faulty_rulebook_are_named(
    path: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resting, "MOST", 2)
    kept = records(path)
    with opened_up(path) as file:
        file.execute(change)
    with Ledger.to_read(path) as ledger:
        verification = verify(ledger)
    told = terminal.text(verdict(verification, "en"), 1000)
    assert verification.resting == resting.Resting(COUNT, (kept[0].id, kept[1].id))
    assert phrase("fault_resting", "en", count=str(COUNT), records=f"{kept[0].id}, {kept[1].id} …") in told
    assert phrase("fault_unknowable", "en") not in told
    assert phrase("fault_after_signed", "en") not in told
