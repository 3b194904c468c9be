"""Records that arrive at the same time share a turn at the ledger, and each is answered as if it had been alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import sleep

import pytest

from whytune import WhytuneError, kept_together
from whytune.engine.ledger import record
from whytune.engine.ledger.record import Entry, Record
from whytune.engine.ledger.store import SECONDS, Ledger
from whytune.engine.ledger.verification import verify
from whytune.kept_together import JointRecorder

from .ledgers import CASES, drafted

THREADS = 16
Keep = Callable[[Entry], Future[str]]


class Turns:
    """The turns at a ledger: counted, and the first of them held up until it is `released`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count, self.begun, self.released = 0, Event(), Event()
        to_append = Ledger.to_append

        def opened(path: str | Path, seconds: float = SECONDS) -> Ledger:
            self.count += 1
            self.begun.set()
            assert self.released.wait(60)
            return to_append(path, seconds)

        monkeypatch.setattr(Ledger, "to_append", opened)


@contextmanager
def crowded(recorder: JointRecorder, turns: Turns) -> Iterator[Keep]:
    """While the turn of a first record is held up, whatever is kept waits; all go on afterwards."""
    with ThreadPoolExecutor(THREADS) as pool:
        first = pool.submit(recorder.keep, drafted(CASES[0], purpose="first"))
        assert turns.begun.wait(60)
        waiting: list[Future[str]] = []

        def keep(entry: Entry) -> Future[str]:
            waiting.append(pool.submit(recorder.keep, entry))
            return waiting[-1]

        try:
            yield keep
            while len(recorder._waiting) < len(waiting):
                sleep(0.001)
        finally:
            turns.released.set()
    assert first.result().startswith("1-")


def kept(ledger: Path) -> dict[str, str]:
    """The purpose of each record, by its id, in a chain that holds."""
    with Ledger.to_read(ledger) as opened:
        assert verify(opened).fault is None
        records = [Record.read(body) for _, body in opened.records()]
    return {one.id: str(one.data["purpose"]) for one in records}


@pytest.mark.slow
def test_whatever_many_threads_record_at_once_is_there_once_it_is_acknowledged(tmp_path: Path) -> None:
    recorder = JointRecorder(str(tmp_path / "l"))
    purposes = [f"task {number}" for number in range(6 * THREADS)]

    def acknowledged(purpose: str) -> tuple[str, str]:
        identity = recorder.keep(drafted(CASES[0], purpose=purpose))
        with Ledger.to_read(tmp_path / "l") as opened:
            body = opened.body(int(identity.partition("-")[0]))
        assert body is not None
        return Record.read(body).id, purpose

    with ThreadPoolExecutor(THREADS) as pool:
        identities = dict(pool.map(acknowledged, purposes))
    assert identities == kept(tmp_path / "l")
    assert sorted(identities.values()) == sorted(purposes)


def test_those_who_come_during_a_turn_share_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns(monkeypatch)
    with crowded(JointRecorder(str(tmp_path / "l")), turns) as keep:
        others = {keep(drafted(CASES[1], purpose=f"{number}")): f"{number}" for number in range(THREADS - 1)}
    assert turns.count == 2
    assert kept(tmp_path / "l").items() >= {other.result(): purpose for other, purpose in others.items()}.items()


def test_a_record_that_cannot_be_kept_is_no_matter_to_those_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "MAX_BYTES", 20_000)
    entry = drafted(CASES[1], purpose="small")
    too_large = entry._replace(members={**entry.members, "purpose": b'"%s"' % (b"x" * 20_000)})
    turns = Turns(monkeypatch)
    with crowded(JointRecorder(str(tmp_path / "l")), turns) as keep:
        small, large, also = keep(entry), keep(too_large), keep(entry)
    with pytest.raises(WhytuneError, match="larger than 1 MiB"):
        large.result()
    records = kept(tmp_path / "l")
    assert [*records.values()] == ["first", "small", "small"]
    assert {small.result(), also.result()} == {*records} - {next(iter(records))}


def test_what_hinders_all_is_told_to_all_and_leaves_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = Turns(monkeypatch)
    recorder = JointRecorder(str(tmp_path / "l"))
    append_all = Ledger.append_all

    def full(ledger: Ledger, *given: object) -> object:
        if turns.count > 1:
            ledger._database.rows("PRAGMA max_page_count = 1")  # as many as there are: no page more
        return append_all(ledger, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Ledger, "append_all", full)
    with crowded(recorder, turns) as keep:
        refused = [keep(drafted(CASES[1])) for _ in range(3)]
    assert turns.count == 2
    for one in refused:
        with pytest.raises(WhytuneError, match="the disk fails"):
            one.result()
    assert [*kept(tmp_path / "l").values()] == ["first"]


def test_whoever_is_kept_goes_on_while_others_take_their_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = JointRecorder(str(tmp_path / "l"))
    is_answered: dict[str, Event] = {}
    keep_all = recorder._appended

    def appended(entries: Sequence[Entry]) -> list[str]:
        assert all(answered.wait(20) for answered in is_answered.values())
        identities = keep_all(entries)
        is_answered.update((identity, Event()) for identity in identities)
        return identities

    def keep_some(number: int) -> None:
        for again in range(4):
            is_answered[recorder.keep(drafted(CASES[0], purpose=f"{number}.{again}"))].set()

    monkeypatch.setattr(recorder, "_appended", appended)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(keep_some, range(4))) == [None] * 4
    assert len(is_answered) == 16


class Impatient(Future[bool]):
    """What nobody waits for without being interrupted."""

    def result(self, timeout: float | None = None) -> bool:
        raise KeyboardInterrupt


def test_whoever_is_interrupted_leaves_the_line_and_all_others_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder, turns = JointRecorder(str(tmp_path / "l")), Turns(monkeypatch)
    with crowded(recorder, turns) as keep:
        with monkeypatch.context() as patch:
            patch.setattr(kept_together, "Future", Impatient)
            with pytest.raises(KeyboardInterrupt):
                recorder.keep(drafted(CASES[0], purpose="interrupted"))
        others = [keep(drafted(CASES[0], purpose=f"other {number}")) for number in range(3)]
    assert len({other.result(60) for other in others}) == 3
    assert sorted(kept(tmp_path / "l").values()) == ["first", "other 0", "other 1", "other 2"]
