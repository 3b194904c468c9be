"""Reading a record by its parts says what reading it as a whole says, of bytes that somebody changed, too."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whytune.engine.ledger.record import Head, Record
from whytune.engine.ledger.record_reading import MAX_PART, NotARecord, record_in
from whytune.engine.ledger.record_shape import RECORD, RecordShape

from .laws import tries
from .ledgers import CASES, at, drafted
from .looks import tabled

SAID: dict[str, Any] = {
    "purpose": 'a ,"recommendation":{"decisions":{} and a "quote\\',
    "evidence": {"days": '}]},"rulebook":{'},
}
BODIES = [drafted(case, salt, **SAID).sealed(Head(), at(0)).body for case in CASES for salt in (None, b"s" * 32)]
TOKENS = (b"", b"{", b"}", b"[", b"]", b",", b'"', b"null", b'{"kind":"', b'},{"kind":"', b'"recommendation":null,')


def as_a_whole(body: bytes) -> RecordShape | None:
    try:
        return RECORD.validate_python(json.loads(body.decode()))
    except ValueError:
        return None


def by_parts(body: bytes) -> RecordShape | None:
    try:
        return record_in(body)
    except NotARecord:
        return None


def test_records_are_cut_where_their_parts_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whytune.engine.ledger.record_reading.RECORD", None)  # so that none is read as a whole
    for body in BODIES:
        assert by_parts(body) == as_a_whole(body)
        assert list(record_in(body)) == list(as_a_whole(body) or ())


@tries(40)
@given(body=st.sampled_from(BODIES), data=st.data())
def test_changed_bytes_say_the_same_however_they_are_read(body: bytes, data: st.DataObject) -> None:
    marks = [at for at in range(len(body)) if body[at : at + 1] in b'{}[],:"']
    for _ in range(12):
        first, last = sorted(data.draw(st.sampled_from(marks)) for _ in range(2))
        token = data.draw(st.sampled_from((*TOKENS, body[first : first + 40], body[first:last])))
        changed = body[:first] + token + body[data.draw(st.sampled_from((first, first + 1, last))) :]
        assert by_parts(changed) == as_a_whole(changed)


@tabled("key", ["recommendation", "\\u0072ecommendation"])
@tabled("value", ["null", "{}", "1"])
def test_of_a_member_that_stands_twice_the_last_counts(key: str, value: str) -> None:
    for body in (BODIES[0][:-1] + f',"{key}":{value}}}'.encode(), f'{{"{key}":{value},'.encode() + BODIES[0][1:]):
        assert by_parts(body) == as_a_whole(body)
        assert (by_parts(body) is None) is body.startswith(b'{"as_of"')


def test_a_long_part_is_read_and_not_kept() -> None:
    said = b"x" * MAX_PART
    body = BODIES[0].replace(b'"kind":"decision"', b'"kind":"decision","name":"%s","kind":"decision"' % said, 1)
    assert Record.read(body).data == as_a_whole(body)
