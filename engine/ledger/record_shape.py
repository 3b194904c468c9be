"""The shape of a record: its members, their members, and all their types; anything of another shape is not a record."""

from __future__ import annotations

from datetime import datetime
from typing import (
    Annotated,
    Literal,
    NotRequired,  # pydantic reads these on Python 3.11, but not typing's
)

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter
from typing_extensions import TypedDict

from ..language.citations import Strength
from ..meaning.semantics import OptionState


def _possible(time: str) -> str:
    """The time, if such a day and hour exist; raises ValueError."""
    datetime.fromisoformat(time)
    return time


Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Time = Annotated[
    str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$"), AfterValidator(_possible)
]
DayText = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
PlainLine = Annotated[str, Field(pattern="^[^\\x00-\\x1f\\x7f-\\x9f\u2028-\u202e\u2066-\u2069]*$")]
"""A text that does nothing to a terminal: a ledger may come from anybody."""
PlainTexts = dict[PlainLine, PlainLine]

_CLOSED = ConfigDict(extra="forbid", strict=True)


class FactShape(TypedDict):
    """A fact: its value, or the salted hash of one that is kept out."""

    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    origin: Literal["given", "implied", "assumed", "unknown", "not_applicable"]
    value: NotRequired[PlainLine | None]
    hash: NotRequired[Hash]


class OriginalShape(TypedDict):
    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    place: PlainLine | None
    quote: PlainLine | None


class SourceShape(TypedDict):
    """A source, its place and quote as they stand in the document or in each language of the rulebook."""

    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    document: PlainLine
    place: PlainLine | PlainTexts
    quote: PlainLine | PlainTexts | None
    original: NotRequired[OriginalShape]
    strength: NotRequired[Strength]


class UseShape(TypedDict):
    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    fact: PlainLine | None
    value: PlainLine | None
    at_least: PlainLine | None
    below: PlainLine | None
    step: int | None


class StepShape(TypedDict):
    """One step of the trace; a band of a fact that is kept out has no state."""

    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    number: int
    kind: Literal["band", "rule", "conclusion", "option", "decision", "caution"]
    name: PlainLine
    state: PlainLine | None
    used: list[UseShape]
    title: PlainTexts
    text: PlainTexts
    source: SourceShape | list[SourceShape] | None
    policy: PlainLine | None


OptionShape = TypedDict("OptionShape", {"state": OptionState, "for": list[PlainLine], "against": list[PlainLine]})


class DecisionShape(TypedDict):
    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    advice: PlainLine | None
    status: Literal["settled", "provisional", "open"]
    referred: bool
    possible: list[PlainLine]
    possible_as_assumed: list[PlainLine]
    decided_by: list[PlainLine]
    rests_on: list[PlainLine]
    next_question: PlainLine | None
    options: dict[PlainLine, OptionShape]
    cautions: NotRequired[list[PlainLine]]


class AnswerShape(TypedDict):
    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    decisions: dict[PlainLine, DecisionShape]
    trace: list[StepShape]


class RulebookShape(TypedDict):
    """Which rules were asked: the digest of what they say, and the SHA-256 of each file."""

    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    name: PlainLine
    version: PlainLine
    digest: Hash
    files: dict[PlainLine, Hash]


class FrameShape(TypedDict):
    """A record without what was recommended."""

    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    format: Literal[1]
    seq: Annotated[int, Field(ge=1)]
    time: Time
    clock: Literal["system", "given"]
    previous: Hash
    hash: Hash
    by: PlainLine | None
    purpose: PlainLine | None
    case: PlainLine | None
    evidence: PlainTexts
    as_of: DayText | None
    rulebook: RulebookShape
    software: PlainTexts
    salt: Hash | None
    facts: dict[PlainLine, FactShape]


class RecordShape(FrameShape):
    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    recommendation: AnswerShape


class EndShape(TypedDict):
    """The members of the last record that are needed to append another; the rest are not read."""

    seq: Annotated[int, Field(ge=1)]
    time: Time
    hash: Hash


RECORD: TypeAdapter[RecordShape] = TypeAdapter(RecordShape)
FRAME: TypeAdapter[FrameShape] = TypeAdapter(FrameShape)
DECISIONS: TypeAdapter[dict[str, DecisionShape]] = TypeAdapter(dict[PlainLine, DecisionShape])
STEP: TypeAdapter[StepShape] = TypeAdapter(StepShape)
END: TypeAdapter[EndShape] = TypeAdapter(EndShape)
