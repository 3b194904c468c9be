"""Recommendations by one rulebook -> the entries that record them; what many have in common is written once.

The recommendations to cases of one kind share their decisions and the steps that show no number (`advice/recall.py`):
they are the same objects, and so the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ..advice.given_places import make_room
from ..advice.recommendation import Firing, Recommendation, RulebookIdentity
from ..language.case import FactState, Origin
from ..language.rulebook import Rulebook
from .canonical import canonical_without_floats
from .content import day_in, decisions_content, fact_content, kept_out, salt_content, step_content, written
from .record import FORMAT, Circumstances, Entry, joined

MOST = 10_000
"""Steps, decisions and facts that are kept with their texts."""


class Drafting:
    """Drafts records of what a rulebook recommends; `software` names the programs that computed it, with versions.

    Safe to use from several threads.
    """

    def __init__(self, rulebook: Rulebook, files: Mapping[str, bytes], software: Mapping[str, str]) -> None:
        self._rulebook = rulebook
        self._files = {name: hashlib.sha256(text).hexdigest() for name, text in files.items()}
        self._by_hash = {hashlib.sha256(text).hexdigest(): text for text in files.values()}
        self._shared = {"format": canonical_without_floats(FORMAT), "software": canonical_without_floats(software)}
        self._identity = lru_cache(1)(self._written_identity)
        self._steps: dict[tuple[int, frozenset[str]], tuple[Firing, bytes]] = {}
        self._decisions: dict[int, tuple[Any, bytes]] = {}
        self._facts: dict[tuple[str, Origin, str | None], bytes] = {}

    def entry(self, answer: Recommendation, circumstances: Circumstances, salt: bytes | None) -> Entry:
        """The entry for this answer. With a salt (32 random bytes), sensitive facts are kept out."""
        hidden = kept_out(answer, self._rulebook, salt)
        members = {name: canonical_without_floats(member) for name, member in circumstances._asdict().items()}
        facts = {
            name: canonical_without_floats(fact_content(name, state, hidden, salt))
            if name in hidden
            else self._fact(name, state)
            for name, state in answer.facts.items()
        }
        return Entry(
            {
                **self._shared,
                **members,
                "rulebook": self._identity(answer.rulebook),
                "as_of": canonical_without_floats(day_in(answer)),
                "facts": joined(facts),
                "recommendation": joined({"decisions": self._decided(answer), "trace": self._trace(answer, hidden)}),
                "salt": canonical_without_floats(salt_content(hidden, salt)),
            },
            self._by_hash,
        )

    def _written_identity(self, identity: RulebookIdentity) -> bytes:
        """The rulebook and its files, written."""
        named = {"name": identity.name, "version": identity.version, "digest": identity.digest}
        return canonical_without_floats({**named, "files": self._files})

    def _fact(self, name: str, state: FactState) -> bytes:
        """A fact that is not kept out, written."""
        key = name, state.state, written(state.value)  # equal numbers may be written with more digits or fewer
        if (text := self._facts.get(key)) is None:
            make_room(self._facts, MOST)
            text = self._facts[key] = canonical_without_floats(fact_content(name, state, (), None))
        return text

    def _decided(self, answer: Recommendation) -> bytes:
        """The decisions of an answer, written."""
        key = id(answer.decisions)
        if (kept := self._decisions.get(key)) is None:
            make_room(self._decisions, MOST)
            kept = self._decisions[key] = answer.decisions, canonical_without_floats(decisions_content(answer))
        return kept[1]

    def _trace(self, answer: Recommendation, hidden: frozenset[str]) -> bytes:
        """The trace of an answer, written."""
        return b"[" + b",".join(self._step(firing, hidden) for firing in answer.trace) + b"]"

    def _step(self, firing: Firing, hidden: frozenset[str]) -> bytes:
        key = id(firing), hidden  # what is kept is not freed, so that no other has its number
        if (kept := self._steps.get(key)) is not None:
            return kept[1]
        text = canonical_without_floats(step_content(firing, hidden, self._rulebook))
        if not any(isinstance(use.value, Decimal) for use in firing.used):  # no other case has these that show a number
            make_room(self._steps, MOST)
            self._steps[key] = firing, text
        return text


def entry(
    answer: Recommendation,
    rulebook: Rulebook,
    files: Mapping[str, bytes],
    circumstances: Circumstances,
    software: Mapping[str, str],
    salt: bytes | None,
) -> Entry:
    """The entry for this answer by the rulebook in these files.

    `software` and `salt` are as for `Drafting`.
    """
    return Drafting(rulebook, files, software).entry(answer, circumstances, salt)
