"""How the things of two rulebooks are called: by the new one what it has, by the old one what only that had."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from whytune.engine import Rulebook
from whytune.engine.difference import AdviceChange, PartChange
from whytune.engine.difference.parts import ValueChange
from whytune.engine.speaker import Speaker
from whytune.engine.vocabulary import Interval

MAX_SHOWN = 60
"""Letters of a value that are shown."""


class Voices(NamedTuple):
    """Speakers of the old and the new rulebook in one language, and the new one's name or path."""

    old: Speaker
    new: Speaker
    path: str

    def say(self, key: str, **parts: str) -> str:
        return self.new.say(key, **parts)

    def region(self, facts: Mapping[str, Iterable[str | Interval]]) -> str:
        """The facts of a region with their values."""
        return self.say("semicolon").join(self._of(name).region({name: tuple(cells)}) for name, cells in facts.items())

    def way(self, change: AdviceChange) -> tuple[str, str]:
        """What the advice was and what it is now."""
        return self._option(self.old, change.decision, change.before), self._option(
            self.new, change.decision, change.after
        )

    def part(self, kind: str, name: str) -> str:
        return f"{self.say(f'part_{kind}')} `{name}`"

    def change(self, part: PartChange) -> str:
        """A part, what became of it, and where it stands."""
        place = f"  {part.span}" if part.span else ""
        return f"{self.part(part.kind, part.name)} {self.say(f'part_{part.change}')}{place}"

    def values(self, changes: Iterable[ValueChange]) -> str:
        """Values with what they were and are."""
        return self.say("semicolon").join(self.value(change) for change in changes)

    def value(self, change: ValueChange) -> str:
        before, after = (self._plain(value) for value in (change.before, change.after))
        return self.new.pair(".".join(change.path), f"{before} → {after}")

    def _plain(self, value: object) -> str:
        if value is None:
            return self.say("nothing_there")
        text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"

    def _of(self, fact: str) -> Speaker:
        return self.new if fact in self.new.rulebook.vocabulary.by_name else self.old

    def _option(self, speaker: Speaker, decision: str, name: str | None) -> str:
        return self.say("not_decided_there") if name is None else speaker.option(decision, name)


def voices(old: Rulebook, new: Rulebook, path: str, language: str) -> Voices:
    """Both speakers; the old rulebook speaks its first language if it does not know this one."""
    return Voices(
        Speaker(old, language if language in old.languages else old.languages[0]), Speaker(new, language), path
    )
