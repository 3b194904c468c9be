"""What the parts of two rulebooks are called: by the new one, or by the old one if only that had them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, NamedTuple, cast

from whytune.engine import Rulebook
from whytune.engine.language.bounds import bound_at
from whytune.engine.language.brief import brief
from whytune.engine.language.intervals import Interval
from whytune.engine.language.rulebook import KindName
from whytune.engine.language.text import pick
from whytune.engine.meaning.regions import Region
from whytune.engine.review.difference import AdviceChange, Difference, OmissionChange, PartChange
from whytune.engine.review.difference.case_changes import Outcome
from whytune.engine.review.difference.case_edits import CaseEdit
from whytune.engine.review.difference.part_changes import ValueChange
from whytune.engine.review.difference.row_pairs import RowKind
from whytune.engine.review.difference.versions import Version, VersionStep, is_version
from whytune.engine.words.catalogue import Family
from whytune.engine.words.speaker import Speaker, language_or_first

from .conditions import policy
from .regions import MOST_SHOWN
from .states import STATUS

MAX_SHOWN = 60
"""Letters of a value that a terminal shows."""
MAX_WHOLE = 400
"""Letters of a value that is new or gone, and of any in a comment."""
MAX_BLAMED = 6
"""The most parts that are named as the cause of one change; JSON has all."""

ShownCells = Iterable[str | Interval]

ToldKind = KindName | Literal["rulebook", "option"]
"""The kinds of part of a rulebook, as readers are told."""

_KIND = Family[ToldKind]("part")
_CHANGE = Family[Literal["added", "removed", "changed"]]("part")
_STEP = Family[VersionStep]("step")
_ROWS = Family[RowKind]("rows")


class TwoSpeakers(NamedTuple):
    """Speakers of the old and the new rulebook in one language, the new one's name or path, how many letters of a value
    they tell, the commit in which the new rulebook stands, if it does, and how many regions of tasks they tell of one
    change (None: all).
    """

    old: Speaker
    new: Speaker
    path: str
    most: int = MAX_SHOWN
    revision: str = ""
    regions: int | None = MOST_SHOWN

    def __repr__(self) -> str:
        return brief(self)

    def in_language(self, language: str) -> TwoSpeakers:
        """The same in another language; a rulebook that does not have it speaks as before."""
        old, new = (
            Speaker(one.rulebook, language if language in one.rulebook.languages else one.language)
            for one in (self.old, self.new)
        )
        return self._replace(old=old, new=new)

    def say(self, key: str, **parts: str) -> str:
        return self.new.say(key, **parts)

    def region(self, facts: Mapping[str, ShownCells]) -> str:
        """The facts of a region with their values; all tasks if there are none."""
        pairs = (self._of(name).region({name: tuple(cells)}) for name, cells in facts.items())
        return self.say("semicolon").join(pairs) or self.say("all_tasks")

    def way(self, change: AdviceChange | OmissionChange) -> tuple[str, str]:
        """What the advice was and what it is now."""
        nothing = self.say("advice_open" if isinstance(change, OmissionChange) else "not_decided_there")
        return (
            self._option(self.old, change.decision, change.before, nothing),
            self._option(self.new, change.decision, change.after, nothing),
        )

    def left_out(self, change: OmissionChange) -> str:
        """Says that the fact is left out, and what was and is assumed about it, if that changed."""
        if not change.is_assumed_otherwise:
            return self.say("left_out_as_before", fact=self.new.fact(change.fact))
        before, after = (
            self._plain(list(speaker.rulebook.vocabulary.by_name[change.fact].assume or ()) or None)
            for speaker in (self.old, self.new)
        )
        return self.say("left_out", fact=self.new.fact(change.fact), before=before, after=after)

    def outcome(self, decision: str, outcome: Outcome | None, is_new: bool) -> str:
        """What a case is advised, with its status."""
        if outcome is None:
            return self.say("not_decided_there")
        advice = self._option(self.new if is_new else self.old, decision, outcome.advice, self.say("advice_open"))
        status = self.say(STATUS[outcome.status])
        return advice if outcome.advice is None else self.say("within", value=advice, bounds=status)

    def part(self, kind: str, name: str) -> str:
        return f"{self.say(_KIND[cast(ToldKind, kind)])} `{name}`"

    def case_edit(self, edit: CaseEdit) -> str:
        """What a case said in one place and says now, or what it was called."""
        if edit.change == "renamed":
            return self.new.pair(self.say("case_called_before"), edit.before)
        before, after = (self._plain(value) for value in (edit.before, edit.after))
        return self.new.pair(".".join(edit.place), f"{before} → {after}")

    def named(self, rule: str) -> str:
        """A rule by its id and title, or a policy by its name and in words."""
        speaker = next((speaker for speaker in (self.new, self.old) if rule in speaker.rulebook.rule), None)
        title = speaker.rule(rule) if speaker else policy(rule, self.new) or policy(rule, self.old)
        return self.say("within", value=f"`{rule}`", bounds=title) if title else f"`{rule}`"

    def change(self, part: PartChange) -> str:
        """A part, what it is called, and what became of it."""
        sentence = f"{self.part(part.kind, part.name)} {self.say(_CHANGE[part.change])}"
        title = self._title(part) if part.change != "changed" else ""
        return self.new.pair(sentence, title) if title else sentence

    def values(self, part: PartChange) -> Iterator[str]:
        """What differs in a part, value by value; for one added or removed, everything but its name."""
        if part.change == "changed":
            yield from self.changes(part.values)
            yield from (self.say("unrevised", path=".".join(path)) for path in part.unrevised)
            return
        whole = self._replace(most=MAX_WHOLE)
        called = part.name.rpartition(".")[2] if part.kind == "option" else part.name
        for value in part.values:
            wording = value.before if value.after is None else value.after
            if value.path[0] == "rows":
                yield self.new.pair("rows", whole._rows(value))
            elif value.path[0] not in ("title", "label") and wording != called:
                yield self.new.pair(".".join(value.path), whole._written(wording))

    def changes(self, values: Iterable[ValueChange]) -> Iterator[str]:
        """The old and the new values, one by one; for a text, language by language."""
        for value in values:
            if value.path[0] == "rows":
                yield self.new.pair(self.say(_ROWS[cast(RowKind, value.path[1])]), self._rows(value))
                continue
            for path, before, after in self._sides(".".join(value.path), value):
                yield self.new.pair(path, f"{before} → {after}")

    def _rows(self, change: ValueChange) -> str:
        """The rows that came or went, or each as it was and as it is, with their numbers."""
        if change.before and change.after:
            rows = [f"{before} → {after}" for before, after in zip(change.before, change.after, strict=True)]
        else:
            rows = change.before or change.after
        return self.say("semicolon").join(rows[:MAX_BLAMED]) + ("…" if len(rows) > MAX_BLAMED else "")

    def _sides(self, path: str, change: ValueChange) -> Iterator[tuple[str, str, str]]:
        """The path, what was there and what is; of a text each language in which it is other."""
        texts = [text for text in (change.before, change.after) if isinstance(text, dict)]
        if not texts:
            sides = (_cuts(side) if change.path[-1] == "cut_at" else side for side in (change.before, change.after))
            yield path, *self._excerpts(*map(self._written, sides))
        for language in dict.fromkeys(language for text in texts for language in text):
            one, other = ((text or {}).get(language) for text in (change.before, change.after))
            shown = iter(self._excerpts(one or "", other or ""))
            before, after = (self._quoted(text, excerpt) for text, excerpt in zip((one, other), shown, strict=True))
            yield f"{path}.{language}", before, after

    def _quoted(self, text: str | None, excerpt: str) -> str:
        return self.say("nothing_there") if text is None else self.say("quoted", text=excerpt)

    def _excerpts(self, one: str, other: str) -> tuple[str, str]:
        """Both as far as there is room, so that their first difference is shown."""
        start = _first_shown(one, other, self.most)
        return _excerpt(one, start, self.most), _excerpt(other, start, self.most)

    def around(self, place: int, text: str) -> str:
        """As much of a text as there is room for, around the character at this place."""
        start = max(place - self.most // 2, 0) if len(text) > self.most else 0
        return self.say("quoted", text=_excerpt(text, start, self.most))

    def blame(self, parts: Iterable[tuple[str, str]], difference: Difference) -> str:
        """The parts because of which advice changed, with what is other in them."""
        changes = {(part.kind, part.name): part for part in difference.parts}
        blamed = []
        parts = tuple(parts)
        for part in parts[:MAX_BLAMED]:
            meant = [value for value in changes[part].values if not value.is_wording]
            values = self.changes(meant) if changes[part].change == "changed" else ()
            change = self.say("semicolon").join(values) or self.say(_CHANGE[changes[part].change])
            blamed.append(self.say("within", value=self.part(*part), bounds=change))
        if len(parts) > MAX_BLAMED:
            blamed.append(self.say("more_of_these", count=str(len(parts) - MAX_BLAMED)))
        return self.say("semicolon").join(blamed)

    def version(self, version: Version) -> str:
        """The versions, or the one that stays, and what the new one should be if it is too low."""
        versions = version.after if version.before == version.after else f"{version.before} → {version.after}"
        if version.follows and version.is_other:
            old, new = (f"{one.rulebook.name} {one.rulebook.version}" for one in (self.old, self.new))
            return self.say("versions_apart", old=old, new=new)
        if version.follows:
            return versions
        if not is_version(version.after):
            return self.say("version_malformed", versions=versions, least=version.least or "1.0.0")
        if version.step is None:
            return self.say("version_goes_back", versions=versions, before=version.before)
        step = self.say(_STEP[version.step])
        return self.say("version_too_low", versions=versions, step=step, least=version.least or "")

    def uncompared(self, fact: str, cells: ShownCells) -> str:
        """Says that tasks with these values of the fact are known to one rulebook only."""
        own = [str(cell) for cell in cells if not isinstance(cell, Interval)]
        values = self.new.listed(f"`{value}`" for value in own) if own else self._of(fact).cells(fact, cells)
        return self.say("uncompared", fact=self._of(fact).fact(fact), values=values)

    def _title(self, part: PartChange) -> str:
        speaker = self.old if part.change == "removed" else self.new
        if part.kind == "rule":
            return speaker.rule(part.name)
        if part.kind == "fact":
            return speaker.fact(part.name)
        return speaker.option(*part.name.split(".", 1)) if part.kind == "option" else ""

    def _plain(self, value: Any) -> str:
        """A value of a part as one line."""
        return _excerpt(self._written(value), 0, self.most)

    def _written(self, value: Any) -> str:
        if value is None or value in ([], {}):
            return self.say("nothing_there")
        if isinstance(value, list):
            return " | ".join(map(self._written, value)) if isinstance(value[0], dict) else ", ".join(map(str, value))
        if isinstance(value, dict):
            if self._is_text(value):
                return self.say("quoted", text=_excerpt(pick(value, self.new.language), 0, self.most))
            return "; ".join(f"{name}: {self._inner(named)}" for name, named in value.items())
        return str(value)

    def _inner(self, value: Any) -> str:
        """A value of a part within another; of a map, the names with their values, as they may be written in YAML."""
        if isinstance(value, dict) and value and not self._is_text(value):
            return f"{{{', '.join(f'{name}: {self._inner(named)}' for name, named in value.items())}}}"
        return self._written(value)

    def _is_text(self, value: Mapping[str, Any]) -> bool:
        """Is it a text by language, and not facts by name?"""
        languages = {*self.old.rulebook.languages, *self.new.rulebook.languages}
        return languages.issuperset(value) and all(isinstance(wording, str) for wording in value.values())

    def decision(self, name: str) -> str:
        """What a decision is about, as the new rulebook says if it has it."""
        return (self.new if name in self.new.rulebook.decision else self.old).subject(name)

    def _of(self, fact: str) -> Speaker:
        return self.new if fact in self.new.rulebook.vocabulary.by_name else self.old

    def _option(self, speaker: Speaker, decision: str, name: str | None, nothing: str) -> str:
        return nothing if name is None else speaker.option(decision, name)


def _first_shown(one: str, other: str, most: int) -> int:
    """The letter with which excerpts of both begin, so that their first difference is in the middle; 0 if it fits."""
    if max(len(one), len(other)) <= most:
        return 0
    pairs = enumerate(zip(one, other, strict=False))
    same = next((place for place, (letter, instead) in pairs if letter != instead), min(len(one), len(other)))
    return 0 if same < most * 2 // 3 else same - most // 2


def _excerpt(text: str, start: int, most: int) -> str:
    """At most this many characters of the text from this one on, with a mark where some are left out."""
    text = text if start == 0 else f"…{text[start + 1 :]}"
    return text if len(text) <= most else f"{text[: most - 1]}…"


def two_speakers(old: Rulebook, new: Rulebook, path: str, language: str) -> TwoSpeakers:
    """Both speakers; the old rulebook speaks its first language if it does not know this one."""
    return TwoSpeakers(Speaker(old, language_or_first(old.languages, language)), Speaker(new, language), path)


def apart(regions: Sequence[Region]) -> tuple[dict[str, ShownCells], list[dict[str, ShownCells]]]:
    """What several regions have in common, and what else each has; a single region has nothing in common."""
    if len(regions) < 2:
        return {}, [dict(region.facts) for region in regions]
    first = regions[0].facts
    common: dict[str, ShownCells] = {
        name: cells for name, cells in first.items() if all(region.facts.get(name) == cells for region in regions)
    }
    return common, [{name: cells for name, cells in region.facts.items() if name not in common} for region in regions]


def _cuts(written: list[str] | None) -> list[str] | None:
    """Cuts as people write them: `> 130` for one just above 130."""
    return written and [str(bound_at(Decimal(cut))) for cut in written]
