"""What answers have in common: places, shares of tasks, the cells of facts, which rulebook was asked."""

from __future__ import annotations

from typing import Literal, NotRequired  # pydantic reads this on Python 3.11, but not its TypedDict

from typing_extensions import TypedDict

from whytune.engine.language.value import JsonValue
from whytune.engine.ledger.record_shape import Hash

TextByLanguage = dict[str, str]
"""A text in each language, by its code."""
StateOfRule = Literal["in_force", "not_in_force", "open"]


class AskedRulebook(TypedDict):
    """A rulebook, with the SHA-256 of what it says."""

    name: str
    version: str
    digest: Hash


class PlaceInFile(TypedDict):
    """Where something stands: a file, with line and column counted from 1 if they are known; in a table, the field."""

    file: str | None
    line: int | None
    column: int | None
    field: NotRequired[str]


class Stretch(TypedDict):
    """A stretch of a number line: from `at_least` on, up to but without `below`; None where it has no end."""

    at_least: JsonValue
    below: JsonValue


CellsAnswer = list[str | Stretch]
"""Values of one fact, or stretches of its number line."""
GivenFacts = dict[str, JsonValue]
"""The facts of one task."""


class ShareOfTasks(TypedDict):
    """How many of the tasks that can be told apart: a number, of how many, and as a percentage."""

    tasks: int
    of: int
    percent: float


class TaskRegion(TypedDict):
    """Tasks that have the facts in these cells, and one of them."""

    facts: dict[str, CellsAnswer]
    share: ShareOfTasks | None
    witness: GivenFacts


class TaskRegions(TypedDict):
    """All tasks of which something is so, the widest regions one by one, and the share of the rest.

    Shares are None, and only some regions are told, for a rulebook that is too large for its decision diagram.
    """

    share: ShareOfTasks | None
    regions: list[TaskRegion]
    rest: ShareOfTasks | None
