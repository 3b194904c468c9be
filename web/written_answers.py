"""A recommendation -> its JSON text; what the recommendations to cases of one kind share is written once.

They share their decisions, and the steps of their traces that show no number of their own (`advice/recall.py`): these
are the same objects, and so the same text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from whytune import Recommendation

MOST = 2_000
"""Steps, and decisions, that are kept with their texts until there are so many."""

_DATA = TypeAdapter(Any)
_END = '  "decisions": {},\n  "trace": []\n}'
"""How the text of a recommendation without decisions and steps ends."""


def as_json(data: Any) -> str:
    """The data as JSON, laid out as `write` does, by pydantic, which is several times as fast."""
    return _DATA.dump_json(data, indent=2).decode()


class WrittenAnswers:
    """Writes recommendations as `as_json` writes their data. Safe to use from several threads."""

    def __init__(self) -> None:
        self._texts: dict[int, tuple[object, str]] = {}

    def text(self, answer: Recommendation, **above: Any) -> str:
        """The recommendation as JSON, below these members."""
        frame = as_json({**above, **replace(answer, decisions={}, trace=()).to_dict()}).removesuffix(_END)
        outcomes = answer.decisions
        decisions = self._part(outcomes, 1, lambda: {name: outcome.to_dict() for name, outcome in outcomes.items()})
        steps = ",\n    ".join([self._part(firing, 2, firing.to_dict) for firing in answer.trace])
        trace = f"[\n    {steps}\n  ]" if steps else "[]"
        return f'{frame}  "decisions": {decisions},\n  "trace": {trace}\n}}'

    def _part(self, part: object, depth: int, to_dict: Callable[[], Any]) -> str:
        """The text of a part so deep within the whole; what is kept is not freed, so that no other has its number."""
        if (kept := self._texts.get(id(part))) is None:
            if len(self._texts) >= MOST:
                self._texts.clear()
            text = as_json(to_dict()).replace("\n", "\n" + depth * "  ")
            kept = self._texts[id(part)] = part, text
        return kept[1]
