"""What can be known about a task: facts, the bands of a number, the groups of a choice, and their cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from pydantic import Field, PrivateAttr, ValidationInfo, field_validator

from .bounds import Cuts, bound_at, start_of
from .brief import brief
from .citations import Sources
from .intervals import ANYTHING, OTHER, Interval, OtherText, PartlyKnown, cells_between
from .named import Named
from .numerals import MAX_PLACES
from .text import EXACT, Conditions, Name, Number, Text, Values, Written

YES_NO = ("yes", "no")

FactKind = Literal["yes_no", "choice", "choices", "whole_number", "number"]


class Group(Written):
    """A named set of values of one choice."""

    group: Name
    values: Values
    label: Text


class Band(Written):
    """A number line cut into named half-open pieces, `values` from low to high, each cut the start of a piece."""

    band: Name
    cut_at: Cuts
    values: tuple[Name, ...]
    labels: dict[str, Text] = {}
    ask: Text | None = None
    label: Text | None = None
    sources: Sources = Field((), alias="source")
    _of_table: bool = PrivateAttr(default=False)

    @classmethod
    def of_table(cls, name: str, cuts: Sequence[Decimal], sources: Sources) -> Band:
        """The band that the numbers in a column of a table cut; its pieces are counted, for nobody named them."""
        pieces = [f"p{index}" for index in range(len(cuts) + 1)]
        band = cls.model_validate({"band": name, "cut_at": [*cuts], "values": pieces, "source": [*sources]})
        band._of_table = True
        return band

    @property
    def is_named(self) -> bool:
        """Did an author name its pieces? Those of tables have no names that a case may say."""
        return not self._of_table

    def piece(self, number: Decimal) -> str:
        return self.values[bisect_right(self.cut_at, number)]

    def interval(self, value: str) -> Interval:
        position = self.values.index(value)
        cuts = (None, *self.cut_at, None)
        return Interval(cuts[position], cuts[position + 1])


class Range(Written):
    """The least and greatest number that a fact can be, both included."""

    min: Number | None = None
    max: Number | None = None


class Fact(Written):
    """Something known about a task. `ask` is the interview's question, `label` the short name readers see.

    `help` says what the fact means, `evidence` what would prove an answer. A fact that is `used_for` something other
    than advice is tested by no rule and not listed as unknown. A record keeps out the value of a `sensitive` fact.
    `at_most` and `at_least` name another number that this one never passes. A choice that is
    `open` has the value `other`, which a case may say in its own words.
    """

    fact: Name
    kind: FactKind
    ask: Text
    label: Text
    help: Text | None = None
    evidence: Text | None = None
    values: tuple[Name, ...] = ()
    labels: dict[str, Text] = {}
    groups: tuple[Group, ...] = ()
    open: Literal["yes", "no"] = "no"
    unit: Text | None = None
    range: Range | None = None
    at_most: Name | None = None
    at_least: Name | None = None
    bands: tuple[Band, ...] = ()
    assume: Values | None = None
    only_if: Conditions = {}
    changeable: Literal["yes", "no", "with_effort"] = "yes"
    used_for: Literal["costs"] | None = None
    sensitive: Literal["yes", "no"] = "no"

    @field_validator("bands")
    @classmethod
    def _cut_at_its_numbers(cls, bands: tuple[Band, ...], info: ValidationInfo) -> tuple[Band, ...]:
        """Makes the cut just above 130 one at 131 if numbers are whole."""
        if info.data.get("kind") != "whole_number":
            return bands
        cuts = [tuple(start_of(bound_at(cut), whole=True) for cut in band.cut_at) for band in bands]
        return tuple(band.model_copy(update={"cut_at": at}) for band, at in zip(bands, cuts, strict=True))

    @property
    def is_number(self) -> bool:
        return self.kind in ("whole_number", "number")

    @property
    def is_open(self) -> bool:
        """May a case give a text that is none of the values?"""
        return self.open == "yes"

    @property
    def step(self) -> Decimal:
        """The smallest difference between two numbers of this kind."""
        return Decimal(1) if self.kind == "whole_number" else Decimal(1).scaleb(-MAX_PLACES)

    @property
    def least(self) -> Decimal | None:
        """The least number; a whole number counts from 0 unless its range says otherwise."""
        if self.range and self.range.min is not None:
            return self.range.min
        return Decimal(0) if self.kind == "whole_number" else None

    @property
    def greatest(self) -> Decimal | None:
        return self.range.max if self.range else None

    @property
    def whole(self) -> Interval:
        """All numbers that the fact may be."""
        return Interval(self.least, None if self.greatest is None else EXACT.add(self.greatest, self.step))

    def some_number(self, band: str, piece: str) -> Decimal:
        """A number in this piece of a band."""
        low, high = next(candidate for candidate in self.bands if candidate.band == band).interval(piece)
        return low if low is not None else EXACT.subtract(high, self.step) if high is not None else Decimal(0)


class Cut(NamedTuple):
    """A threshold: the number at which a band of a fact passes from the piece below to the piece above."""

    fact: str
    band: str
    at: Decimal
    below: str
    above: str

    @property
    def name(self) -> str:
        bound = bound_at(self.at)
        return f"{self.band}.above_{bound.number:f}" if bound.above else f"{self.band}.{self.at}"


class Subject(NamedTuple):
    """What a condition may test: a fact, a band, a conclusion or a decision, with its values in order."""

    name: str
    kind: Literal["fact", "band", "conclusion", "decision"]
    values: tuple[str, ...]
    groups: Mapping[str, frozenset[str]] = {}

    def __repr__(self) -> str:
        return brief(self)

    def accepts(self, named: Iterable[str]) -> frozenset[str]:
        """The values that these names (each a value or a group) stand for."""
        return frozenset().union(*(self.groups.get(name) or {name} for name in named))

    @property
    def named(self) -> tuple[str, ...]:
        """All names that a condition may write: values, then groups that are not also values."""
        return (*self.values, *(group for group in self.groups if group not in self.values))


class Domain(NamedTuple):
    """The cells into which rules cut one fact: each value, or each interval between two cuts.

    `subjects` gives, for each subject that rests on this fact, its value in each cell.
    """

    fact: Fact
    cells: tuple[str | Interval, ...]
    subjects: Mapping[str, tuple[str, ...]]

    def __repr__(self) -> str:
        return brief(self)

    @property
    def cuts(self) -> list[Decimal]:
        """The numbers at which a cell ends and the next begins; none of a fact that is no number."""
        return [cell.low for cell in self.cells[1:] if isinstance(cell, Interval) and cell.low is not None]

    def cell_of(self, value: str | Decimal) -> int:
        """The index of the cell that holds this value of the fact."""
        if isinstance(value, Decimal):
            return next(i for i, cell in enumerate(self.cells) if isinstance(cell, Interval) and cell.holds(value))
        return self.cells.index(value)

    def cells_of(self, value: str | Decimal | PartlyKnown | OtherText, limit: Interval = ANYTHING) -> frozenset[int]:
        """The indices of the cells that the fact may be in when this is known about it; a number within the limit."""
        if not isinstance(value, PartlyKnown):
            return frozenset((self.cell_of(OTHER if isinstance(value, OtherText) else value),))
        if self.fact.is_number:
            return frozenset().union(*(self.cells_within(stretch.common(limit)) for stretch in value.intervals))
        return frozenset(index for index, cell in enumerate(self.cells) if cell in value.values)

    def place_of(
        self, value: str | Decimal | PartlyKnown | OtherText, limit: Interval = ANYTHING
    ) -> int | frozenset[int]:
        """The cell that the fact is in when this is known about it, or the cells if it may be in several."""
        if not isinstance(value, PartlyKnown):
            return self.cell_of(OTHER if isinstance(value, OtherText) else value)
        cells = self.cells_of(value, limit)
        return next(iter(cells)) if len(cells) == 1 else cells

    def cells_within(self, interval: Interval) -> frozenset[int]:
        """The indices of the cells that have a number in the interval."""
        cells = enumerate(self.cells)
        return frozenset(index for index, cell in cells if isinstance(cell, Interval) and cell.meets(interval))


class Vocabulary:
    """The checked facts of a rulebook, with a `choices` fact as one yes_no fact for each value.

    `facts` is in the order of the questions: as declared, but a conditional fact after those it depends on.
    """

    def __init__(self, declared: Iterable[Fact]) -> None:
        self.declared = tuple(declared)
        self.facts = tuple(_in_question_order([part for fact in self.declared for part in _split(fact)]))

    def __repr__(self) -> str:
        return f"<Vocabulary: {len(self.declared)} facts>"

    @cached_property
    def by_name(self) -> Mapping[str, Fact]:
        """Every fact that a case may give: those declared, and the members of `choices`."""
        return Named("fact", {fact.fact: fact for fact in (*self.declared, *self.facts)})

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each fact in question order, counted from 0."""
        return {fact.fact: place for place, fact in enumerate(self.facts)}

    @cached_property
    def domains(self) -> Mapping[str, Domain]:
        """The domain of each fact, in question order."""
        return Named("fact", {fact.fact: _domain(fact) for fact in self.facts})

    @cached_property
    def subjects(self) -> Mapping[str, Subject]:
        """Everything that a condition may test here: every fact that is not a number, and every band."""
        return {subject.name: subject for fact in self.facts for subject in subjects_of(fact)}

    @cached_property
    def fact_of(self) -> Mapping[str, Fact]:
        """The fact that each subject rests on."""
        return {name: domain.fact for domain in self.domains.values() for name in domain.subjects}

    @cached_property
    def list_of(self) -> Mapping[str, Fact]:
        """The `choices` fact that each member stands for a value of."""
        lists = (fact for fact in self.declared if fact.kind == "choices")
        return {name: fact for fact in lists for name in members(fact)}

    @cached_property
    def bands(self) -> Mapping[str, Band]:
        return Named("band", {band.band: band for fact in self.facts for band in fact.bands})

    @cached_property
    def orders(self) -> tuple[tuple[str, str], ...]:
        """Every two numbers whose first is never greater than the second, in question order."""
        above: dict[str, set[str]] = {fact.fact: set() for fact in self.facts}
        for fact in self.facts:
            if fact.at_most in above:
                above[fact.fact].add(fact.at_most)
            if fact.at_least in above:
                above[fact.at_least].add(fact.fact)
        reached = {name: _reached(above, name) for name in above}
        return tuple((low, high) for low in above for high in above if high in reached[low])

    @cached_property
    def deciders(self) -> frozenset[str]:
        """The facts on which it depends whether others apply."""
        conditions = (condition for several in self.applies_if.values() for condition in several)
        return frozenset(self.fact_of[subject].fact for subject, _ in conditions)

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """Every threshold, in question order."""
        return tuple(
            Cut(self.fact_of[band.band].fact, band.band, at, below, above)
            for band in self.bands.values()
            for at, below, above in zip(band.cut_at, band.values, band.values[1:], strict=False)
        )

    @cached_property
    def applies_if(self) -> Mapping[str, tuple[tuple[str, frozenset[str]], ...]]:
        """For each fact, all conditions for it to apply, including those of the facts it depends on."""
        conditions: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {}
        for fact in self.facts:
            needed: dict[tuple[str, frozenset[str]], None] = {}
            for name, named in sorted(fact.only_if.items()):
                needed.update(dict.fromkeys(conditions[self.fact_of[name].fact]))
                needed[name, self.subjects[name].accepts(named)] = None
            conditions[fact.fact] = tuple(needed)
        return conditions


def member(fact: Fact, value: str) -> str:
    """The name of the yes_no fact that says whether a `choices` fact includes this value."""
    return f"{fact.fact}.{value}"


def members(fact: Fact) -> tuple[str, ...]:
    """The names of these facts for all values of a `choices` fact."""
    return tuple(member(fact, value) for value in fact.values)


def subjects_of(fact: Fact) -> Iterator[Subject]:
    """What a condition may test about this fact: the bands of a number, the members of `choices`, else itself."""
    if fact.is_number:
        yield from (Subject(band.band, "band", band.values) for band in fact.bands)
    elif fact.kind == "choices":
        yield from (Subject(member(fact, value), "fact", YES_NO) for value in fact.values)
    else:
        values = YES_NO if fact.kind == "yes_no" else fact.values
        yield Subject(fact.fact, "fact", values, {group.group: frozenset(group.values) for group in fact.groups})


def _split(fact: Fact) -> Iterator[Fact]:
    """A `choices` fact as one yes_no fact for each value, any other fact as it is."""
    if fact.kind != "choices":
        yield fact
        return
    for value in fact.values:
        assumed = None if fact.assume is None else ("yes" if value in fact.assume else "no",)
        question = {language: f"{asked} — {fact.labels[value][language]}" for language, asked in fact.ask.items()}
        yield fact.model_copy(
            update={
                "fact": member(fact, value),
                "kind": "yes_no",
                "values": (),
                "labels": {},
                "groups": (),
                "assume": assumed,
                "ask": question,
                "label": fact.labels[value],
            }
        )


def _in_question_order(facts: list[Fact]) -> list[Fact]:
    owner = {subject.name: fact for fact in facts for subject in subjects_of(fact)}
    ordered: dict[str, Fact] = {}
    for fact in facts:
        waiting = [fact]
        while waiting:
            first = [owner[name] for name in waiting[-1].only_if if owner[name].fact not in ordered]
            if first:
                waiting.append(first[0])
            else:
                ordered.setdefault(waiting[-1].fact, waiting.pop())
    return list(ordered.values())


def _reached(above: Mapping[str, Collection[str]], name: str) -> set[str]:
    """All names that these steps lead to from this one, in one step or more."""
    reached: set[str] = set()
    waiting = list(above[name])
    while waiting:
        if (other := waiting.pop()) not in reached:
            reached.add(other)
            waiting.extend(above[other])
    return reached


def _domain(fact: Fact) -> Domain:
    if not fact.is_number:
        values = YES_NO if fact.kind == "yes_no" else fact.values
        return Domain(fact, values, {fact.fact: values})
    cuts = sorted({cut for band in fact.bands for cut in band.cut_at})
    cells = cells_between(cuts)
    starts = (EXACT.subtract(cuts[0], Decimal(1)), *cuts) if cuts else ()  # one number in each cell
    return Domain(fact, cells, {band.band: tuple(band.piece(start) for start in starts) for band in fact.bands})
