"""The part that all modules that advise by themselves share: facts are read, and the way down a diagram is found.

Its text is copied into each, after the three-valued logic of `semantics`, so it needs nothing but Python. A fact is
known to be in one of some cells, each called as a case would write it; None says that nothing is known of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import count
from typing import Any, NamedTuple
from unicodedata import normalize

from ...language.letters import UNFIT
from ...language.open_list import LIKE, MOST_LETTERS, ON_PURPOSE, is_one_slip, letters_of
from ...meaning.semantics import Truth

CellsLeft = frozenset[str] | None
Stated = frozenset[str] | Decimal | None
"""The cells given for a fact, or its number if it bounds others; None if it is given as unknown."""
LEFT_OUT: frozenset[str] = frozenset()
"""Nothing is given."""

PROPOSING: Mapping[tuple[str, str], Sequence[str]] = {}
COMBINING: Mapping[tuple[str, str], Sequence[Sequence[str]]] = {}


class FactReading(NamedTuple):
    """One fact: its cells, from low to high, and other words that stand for some of them, or the cuts of its line.

    For a number, `pattern` is what a text must match to write it, and `most` how large it may be; `at_least` and
    `at_most` name others that bound it. `assumed` are the cells that it is assumed to be in, `stretches` the numbers.
    A text that is not a word of an open list means its cell `other`, unless it is like one of `looks`.
    It applies unless one of the facts of `applies_if` is known to be in other cells than these.
    """

    cells: Sequence[str]
    words: Mapping[str, frozenset[str]] = {}
    looks: Collection[str] = ()
    cuts: Sequence[Decimal] = ()
    pattern: str = ""
    whole: bool = False
    most: int = 0
    least: Decimal | None = None
    greatest: Decimal | None = None
    at_least: Sequence[str] = ()
    at_most: Sequence[str] = ()
    assumed: CellsLeft = None
    stretches: Sequence[tuple[Decimal | None, Decimal | None]] = ()
    applies_if: Sequence[tuple[str, frozenset[str]]] = ()

    @property
    def is_number(self) -> bool:
        return self.most > 0

    def cell(self, number: Decimal) -> int:
        """The place of the cell that this number is in."""
        return bisect_right(self.cuts, number)


Readings = Mapping[str, FactReading]


class KnownCells(NamedTuple):
    """The cells that each fact is known to be in by what is given, and by what is given or assumed."""

    given: Mapping[str, CellsLeft]
    assumed: Mapping[str, CellsLeft]


class _Mistake(ValueError):
    """A value that a fact cannot have; the text is the code of what is wrong with it."""


def stated(
    facts: Mapping[str, FactReading], several: Mapping[str, Sequence[str]], task: Mapping[str, Any]
) -> dict[str, Stated]:
    """What a task says about each fact; `several` has the values of facts that take several.

    Raises ValueError with every mistake, as `examples: outside-range`, with `|` between them.
    """
    result: dict[str, Stated] = {}
    mistakes = []
    for key, value in task.items():
        try:
            for name, one in _members(several[key], key, value) if key in several else [(key, value)]:
                if name not in facts:
                    raise _Mistake("unknown-fact")
                if (cells := meant(facts[name], one)) != LEFT_OUT and result.setdefault(name, cells) != cells:
                    raise _Mistake("contradiction")
        except _Mistake as mistake:
            mistakes.append(f"{key}: {mistake}")
    if mistakes:
        raise ValueError("|".join(mistakes))
    return result


def meant(fact: FactReading, value: Any) -> Stated:
    """What a value says about a fact; raises ValueError with the code of what is wrong with it."""
    if value is None or value != value or (isinstance(value, str) and not value.strip()):
        return LEFT_OUT
    if value == "unknown":
        return None
    if not fact.is_number:
        return _word(fact, value)
    number = _number(fact, value)
    return number if fact.at_least or fact.at_most else frozenset([fact.cells[fact.cell(number)]])


def snapped(stated: Stated, grid: Sequence[Decimal]) -> Stated:
    """The same, but for a number the greatest of the grid that is not above it, or one below the grid if all are."""
    if not isinstance(stated, Decimal) or not grid:
        return stated
    place = bisect_right(grid, stated)
    return grid[place - 1] if place else grid[0] - 1


def known(facts: Readings, stated: Mapping[str, Stated]) -> KnownCells:
    """What is known about each fact if this is stated.

    Raises ValueError with every mistake: numbers that contradict each other, or else facts that do not apply.
    """
    numbers = {name: value for name, value in stated.items() if isinstance(value, Decimal)}
    mistakes = [
        f"{name}: contradiction"
        for name in numbers
        if any(numbers[name] > numbers[other] for other in facts[name].at_most if other in numbers)
    ]
    given: dict[str, CellsLeft] = {}
    assumed: dict[str, CellsLeft] = {}
    for name, fact in facts.items() if not mistakes else ():
        if any((assumed[owner] or cells).isdisjoint(cells) for owner, cells in fact.applies_if):
            given[name] = assumed[name] = None
            if stated.get(name) is not None:
                mistakes.append(f"{name}: not-applicable")
        else:
            given[name], assumed[name] = _places(fact, name in stated, stated.get(name), numbers)
    if mistakes:
        raise ValueError("|".join(mistakes))
    return KnownCells(given, assumed)


def _members(values: Sequence[str], key: str, value: Any) -> Iterator[tuple[str, str]]:
    """What a list of some of these values, or a text with commas, says about each of them."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return
    if isinstance(value, Mapping):
        raise _Mistake("wrong-type")
    if not isinstance(value, list | tuple | set | frozenset):
        if value == "unknown":
            yield from ((f"{key}.{member}", "unknown") for member in values)
            return
        value = [part.strip() for part in _as_text(value).split(",") if part.strip()]
    if not all(isinstance(member, str) and member in values for member in value):
        raise _Mistake("unknown-value")
    yield from ((f"{key}.{member}", "yes" if member in value else "no") for member in values)


def _word(fact: FactReading, value: Any) -> frozenset[str] | None:
    """The cells that a word or a truth value stands for."""
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, list | tuple | set | frozenset | Mapping):
        raise _Mistake("wrong-type")
    word = _as_text(value).lower() if "yes" in fact.cells else _as_text(value).strip()
    if word in fact.cells:
        return frozenset([word])
    if word not in fact.words:
        return _other(fact, word)
    return None if len(fact.words[word]) == len(fact.cells) else fact.words[word]


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else str(value)  # a text of an Enum would be written with its name


def _other(fact: FactReading, text: str) -> frozenset[str]:
    """The cell for a text that is not a word of an open list."""
    if not fact.looks:
        raise _Mistake("unknown-value")
    on_purpose = ON_PURPOSE.fullmatch(text.strip())
    words = normalize("NFC", " ".join((on_purpose[1] if on_purpose else text).split()))
    letters = letters_of(words)
    if not letters or len(words) > MOST_LETTERS or re.search(UNFIT, words):
        raise _Mistake("bad-text")
    if not on_purpose and ("|" in words or words.startswith("not ") or _is_like(fact.looks, letters)):
        raise _Mistake("unknown-value")
    return frozenset(["other"])


def _is_like(looks: Collection[str], letters: str) -> bool:
    """Does a text look like a word, or is it a word misspelt?"""
    return letters in looks or any(len(word) >= LIKE and is_one_slip(word, letters) for word in looks)


def _number(fact: FactReading, value: Any) -> Decimal:
    """The number that is given, as such or in plain digits."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise _Mistake("wrong-type")
    if isinstance(value, str) and (len(value.strip()) > 40 or not re.fullmatch(fact.pattern, value.strip())):
        raise _Mistake("wrong-type")
    number = Decimal(repr(value) if isinstance(value, float) else value)
    if not number.is_finite() or abs(number) > fact.most or number != round(number, 0 if fact.whole else 6):
        raise _Mistake("wrong-type")
    if (fact.least is not None and number < fact.least) or (fact.greatest is not None and number > fact.greatest):
        raise _Mistake("outside-range")
    return number


def _places(
    fact: FactReading, is_given: bool, value: Stated, numbers: Mapping[str, Decimal]
) -> tuple[CellsLeft, CellsLeft]:
    """The cells of a fact that applies, by what is given and by what is given or assumed."""
    if isinstance(value, Decimal):
        value = frozenset([fact.cells[fact.cell(value)]])
    if value is not None:
        return value, value
    low = max((numbers[other] for other in fact.at_least if other in numbers), default=None)
    high = min((numbers[other] for other in fact.at_most if other in numbers), default=None)
    first = 0 if low is None else fact.cell(low)
    last = len(fact.cells) - 1 if high is None else fact.cell(high)
    within = frozenset(fact.cells[first : last + 1])
    if not is_given and fact.assumed is not None and ((low is None and high is None) or _meets(fact, low, high)):
        return None, fact.assumed & within
    lowest = 0 if fact.least is None else fact.cell(fact.least)
    highest = len(fact.cells) - 1 if fact.greatest is None else fact.cell(fact.greatest)
    return (None, None) if within.issuperset(fact.cells[lowest : highest + 1]) else (within, within)


def _meets(fact: FactReading, low: Decimal | None, high: Decimal | None) -> bool:
    """Can what is assumed about a number be true between these two?"""
    return any(
        (low is None or end is None or low < end) and (high is None or start is None or start <= high)
        for start, end in fact.stretches
    )


TaskKind = tuple[Hashable, ...]
_PLAIN = frozenset({bool, int, float, str, Decimal, type(None)})


class _Places(dict[Any, int]):
    """What each value of a number says, by the value, found when it is first met: the number of its cell or mistake."""

    def __init__(self, read: Callable[[type, Any], Hashable]) -> None:
        super().__init__()
        self._read = read
        self._numbers: dict[Hashable, int] = {}
        self._next = count()  # two threads never get the same

    def __missing__(self, value: Any) -> int:
        try:
            means = self._read(value.__class__, value)
        except ValueError as mistake:
            means = str(mistake)
        if len(self) > 100_000:
            self.clear()
        self[value] = place = self._numbers.setdefault(means, next(self._next))
        return place


class ColumnKinds:
    """Tells which of many tasks are alike, given as a list of values for each fact."""

    def __init__(
        self,
        facts: Readings,
        orders: Sequence[tuple[str, str]],
        read: Callable[[str, type, Any], Hashable],
        in_order: Callable[[str, str, Any, Any], bool],
    ) -> None:
        self._orders, self._in_order = orders, in_order
        self._places = {name: _Places(partial(read, name)) for name, fact in facts.items() if fact.is_number}

    def placed(self, tasks: Mapping[str, Sequence[Any]]) -> list[Sequence[Hashable]]:
        """Columns that together tell each task from those that are answered otherwise."""
        columns = [self._column(name, values) for name, values in tasks.items()]
        pairs = [pair for pair in self._orders if tasks.keys() >= {*pair}]
        return columns + [self._ordered(low, high, tasks[low], tasks[high]) for low, high in pairs]

    def _column(self, name: str, values: Sequence[Any]) -> Sequence[Hashable]:
        """The values, or the places of numbers; True and 1 are told apart, and what cannot be looked up is written."""
        if name not in self._places and _are_texts(values):
            return values
        classes = {*map(type, values)}
        equal_to_others = {bool} if name in self._places else {int, float, Decimal}
        if not classes <= _PLAIN or classes & equal_to_others:
            return [(value.__class__, repr(value)) for value in values]
        return [*map(self._places[name].__getitem__, values)] if name in self._places else values

    def _ordered(self, low: str, high: str, lows: Sequence[Any], highs: Sequence[Any]) -> list[bool]:
        return [
            less is None
            or more is None
            or (less <= more if less.__class__ is more.__class__ is int else self._is_ordered(low, high, less, more))
            for less, more in zip(lows, highs, strict=True)
        ]

    def _is_ordered(self, low: str, high: str, less: Any, more: Any) -> bool:
        try:
            return self._in_order(low, high, less, more)
        except (LookupError, TypeError, ValueError):  # a list, or a mistake
            return False


def _are_texts(values: Sequence[Any]) -> bool:
    """Is each a text, or None? Texts that are equal say the same, whatever their class."""
    try:
        return all(value is None or isinstance(value, str) for value in {*values})
    except TypeError:  # a list
        return False


def holds(cells: CellsLeft, accepts: Collection[str]) -> Truth:
    """Is a fact in one of the accepted cells?"""
    if cells is None:
        return None
    return True if cells.issubset(accepts) else False if cells.isdisjoint(accepts) else None


def is_one(outcome: str | None, accepts: Collection[str]) -> Truth:
    """Is the outcome of a decision, None while it is open, one of these?"""
    return None if outcome is None else outcome in accepts


def first_two(remains: Mapping[str, Truth]) -> tuple[str, ...] | None:
    """The first two options that remain; None while they are not known."""
    left: tuple[str, ...] = ()
    for option, truth in remains.items():
        if truth is None:
            return None
        left += (option,) if truth else ()
        if len(left) == 2:
            break
    return left


WayTable = Sequence[tuple[str, Mapping[str, int | str | None]]]
"""The nodes of a diagram, each above those that it leads to: its fact, and for each cell a node or an outcome."""


def outcomes(ways: WayTable, known: Mapping[str, CellsLeft]) -> tuple[str, ...]:
    """Everything that can come out, down every way that is left open; None stands for facts that cannot be together."""
    reached: set[int | str | None] = {0}
    for node, (fact, leads) in enumerate(ways):
        if node in reached:
            reached.update(leads[cell] for cell in known.get(fact) or leads)
    return tuple(sorted(end for end in reached if isinstance(end, str)))


class Options(NamedTuple):
    """What is known about a decision's options before it is decided: which stand, and the first two that remain."""

    applies: Truth
    stands: Mapping[str, Truth]
    left: tuple[str, ...] | None

    @property
    def policy(self) -> str | None:
        """What decides, if not simply the one option that remains."""
        if self.applies is False:
            return "only_if"
        if self.applies is None or self.left is None:
            return "every_completion"
        return "if_none_stands" if not self.left else "if_several_stand" if len(self.left) > 1 else None

    def advised(self, prefer: Sequence[str], fallback: str) -> str | None:
        """The outcome; None while it is not known."""
        if self.policy == "only_if":
            return "not_applicable"
        if self.applies is None or self.left is None:
            return None
        if len(self.left) < 2:
            return self.left[0] if self.left else fallback
        return min(self.left, key=prefer.index) if set(self.left) <= set(prefer) else "refer"


def decided_by(decision: str, options: Options, outcome: str | None, rules: Mapping[str, Truth]) -> tuple[str, ...]:
    """The policy and the rules that decided."""
    if outcome is None:
        return ()
    policy, stands = options.policy, options.stands
    bearing = [option for option, truth in stands.items() if truth]
    if policy != "if_several_stand":
        bearing = [outcome] if outcome in stands and policy != "if_none_stands" else []
    for option in bearing:  # grows by the forms of what a combination combines
        parts = COMBINING.get((decision, option), ())
        bearing += [form for forms in parts for form in forms if stands[form] is not False]
    deciding = {rule for option in bearing for rule in PROPOSING[decision, option] if rules[rule] is not False}
    return (*([f"{decision}.{policy}"] if policy else []), *sorted(deciding))


def those_of(holding: Mapping[str, Any]) -> tuple[str, ...]:
    """The names that are mapped to true."""
    return tuple(name for name, is_so in holding.items() if is_so)
