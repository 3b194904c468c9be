"""The bytes of a record -> what they say; the parts that many records have in common are read once.

Records of one rulebook differ in their facts, and in the steps that show a number; what was decided and most steps are
the same bytes again and again. A record is cut where its canonical JSON has these parts. A part that is JSON by itself
means the same within the whole, so that it does not matter how often it was met before; bytes that are cut otherwise,
by whoever wrote them, are read as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import TypeAdapter

from .record_shape import (
    DECISIONS,
    END,
    FRAME,
    RECORD,
    STEP,
    AnswerShape,
    DecisionShape,
    EndShape,
    FrameShape,
    RecordShape,
    StepShape,
)

if TYPE_CHECKING:
    from functools import _lru_cache_wrapper

Shaped = TypeVar("Shaped")

MAX_BYTES = 2**20
"""Of a record: more are neither written nor read, for what is read of them takes some 25 times the memory."""

MAX_PART = 2**13
"""Bytes of a part that is kept, for records may come from anybody."""

KEPT = 1_000
"""Parts that are kept with what they say, so that they take at most some hundred megabytes, mostly one."""

_DECISIONS = b',"recommendation":{"decisions":'
_TRACE = b',"trace":[{"kind":'
_NEXT = b'},{"kind":'
_END = b'}]},"rulebook":'


class NotARecord(ValueError):
    """Bytes that are no record of this format."""


def record_in(body: bytes) -> RecordShape:
    """What these bytes say, if they have the shape of a record; raises NotARecord."""
    if len(body) > MAX_BYTES:
        raise NotARecord
    try:
        return _in_parts(body)
    except NotARecord:
        return _shaped(RECORD, body)


def end_in(body: bytes) -> EndShape:
    """What whoever appends must know of the last record; raises NotARecord."""
    if len(body) > MAX_BYTES:
        raise NotARecord
    return _shaped(END, body)


def _in_parts(body: bytes) -> RecordShape:
    """Raises NotARecord where the bytes are not cut as those of records are."""
    before, _, rest = body.partition(_DECISIONS)
    recommendation, end, after = rest.rpartition(_END)
    decisions, opening, steps = recommendation.partition(_TRACE)
    if not (end and opening):
        raise NotARecord
    frame = _loaded(b'%s,"recommendation":null,"rulebook":%s' % (before, after), _distinct)
    if not isinstance(frame, dict) or frame.pop("recommendation", ...) is not None:
        raise NotARecord
    trace = [_part(_step, step) for step in steps.split(_NEXT)]
    answer = cast(AnswerShape, {"decisions": _part(_decisions, decisions), "trace": trace})
    kept: FrameShape = _of_shape(FRAME, frame)
    return cast(RecordShape, {**kept, "recommendation": answer})


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; raises NotARecord where a key stands twice, for the last one counts, wherever the cut was."""
    members = dict(pairs)
    if len(members) < len(pairs):
        raise NotARecord
    return members


def _part(read: _lru_cache_wrapper[Shaped], text: bytes) -> Shaped:
    """What a part says, from what is kept unless it is too long for that."""
    return read(text) if len(text) <= MAX_PART else read.__wrapped__(text)


@lru_cache(KEPT)
def _decisions(text: bytes) -> dict[str, DecisionShape]:
    return _shaped(DECISIONS, text)


@lru_cache(KEPT)
def _step(text: bytes) -> StepShape:
    """A step of the trace, from the text between its first key and its end."""
    return _shaped(STEP, b'{"kind":%s}' % text)


def _shaped(shape: TypeAdapter[Shaped], text: bytes) -> Shaped:
    return _of_shape(shape, _loaded(text))


def _loaded(text: bytes, as_object: Callable[[list[tuple[str, Any]]], Any] | None = None) -> Any:
    """The JSON in this text; raises NotARecord. Pydantic's own reader of JSON takes 30 times the memory."""
    try:
        return json.loads(text.decode(), object_pairs_hook=as_object)
    except (ValueError, RecursionError):  # of UTF-8, of JSON
        raise NotARecord from None


def _of_shape(shape: TypeAdapter[Shaped], data: Any) -> Shaped:
    """The data, if it has this shape; raises NotARecord."""
    try:
        return shape.validate_python(data)
    except ValueError:
        raise NotARecord from None
