"""Expectations that fail -> what their files would have to say for the cases to expect what they get."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ...language.brief import brief
from ...language.problems import Span
from .expectations import Expectation
from .running import Failure, Result

_OF_ONE_WORD = ("advice", "status", "flips")
"""What a case expects by one word, which another can replace."""


class Amendment(NamedTuple):
    """Something expected that fails, what would have to stand in its place, and the cases that share it.

    `written` is None where nothing can stand there: it must be taken out or, if it `is_shared` by cases that do not
    all get the same, be expected by each of them apart.
    """

    failure: Failure
    cases: tuple[str, ...]
    written: str | None
    is_shared: bool = False

    def __repr__(self) -> str:
        return brief(self)

    @property
    def expected(self) -> Expectation:
        return self.failure.expectation

    @property
    def span(self) -> Span:
        return self.expected.span

    def to_dict(self) -> dict[str, Any]:
        return {"cases": list(self.cases), "write": self.written, "shared": self.is_shared, **self.failure.to_dict()}


def amendments(results: Iterable[Result]) -> Iterator[Amendment]:
    """What each expectation that fails would have to say, each place once, in the order of the cases."""
    places: dict[object, list[tuple[str, Failure | None, str | None]]] = {}
    for result in results:
        written = dict(_written(result))
        failures = {failure.expectation: failure for failure in result.failures}
        for expected in result.case.expects:
            failure = failures.get(expected)
            places.setdefault(_place(expected), []).append((result.case.title, failure, written.get(expected)))
    for sharing in places.values():
        failing = [(title, failure) for title, failure, _ in sharing if failure]
        if failing:
            words = {word for _, _, word in sharing}
            is_shared = len(words) > 1 or len(failing) < len(sharing)
            titles = tuple(dict.fromkeys(title for title, _ in failing))
            yield Amendment(failing[0][1], titles, None if is_shared else words.pop(), is_shared)


def _place(expected: Expectation) -> object:
    """What cases have in common that share the words of a file by which they expect this."""
    flipped = tuple((change.fact, str(change.after)) for change in expected.changes)
    return expected.span, expected.kind, expected.decision, expected.wanted, flipped


def _written(result: Result) -> Iterator[tuple[Expectation, str | None]]:
    """What to write in place of each expectation that fails; None if it is to be taken out."""
    named = {(expected.decision, expected.wanted) for expected in result.case.expects if expected.kind == "because"}
    for failure in result.failures:
        expected = failure.expectation
        word = None
        if expected.kind in _OF_ONE_WORD and not failure.stays:
            word = failure.got[0]
        elif expected.kind == "possible":
            word = f"[{', '.join(failure.got)}]"
        elif expected.kind == "because":
            word = next((reason for reason in failure.why if (expected.decision, (reason,)) not in named), None)
            named.add((expected.decision, (word or "",)))
        yield expected, word
