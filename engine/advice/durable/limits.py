"""Productions -> productions that durable-rules can hold: within each of its measured limits, causes first.

Measured on durable-rules 2.0.28 (docs/durable-rules.md): 16 patterns joined in one rule; 64 conditions true of one
element at once; 255 rules on one identical pattern, then a crash; 511 values told apart at one node, then a hang;
4,096 rules in one ruleset, so that a large rulebook needs several.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...language.problems import Problem, Sentence, WhytuneError
from .productions import Element, Match, Production

MAX_JOIN = 12
"""The most patterns joined in one durable rule."""
MAX_USERS = 32
"""The most durable rules on one identical pattern, and the most intervals told apart at one node."""
MAX_VALUES = 1_000
"""The most values of one subject; each rule that tests it needs a production for each of them."""
MAX_RULES = 4_000
"""The most durable rules in one ruleset."""
FEW_RULES = 200
"""How many durable rules make a ruleset of a large rulebook: a session clears memory for each of them."""
FEWEST_RULES = 15
"""How many make one of a small rulebook: the fewer, the more often it is told what it was told before."""
SHARE = 10
"""A ruleset has about one in so many of the durable rules of its rulebook, within these bounds."""


class Fitted(NamedTuple):
    """Productions, each after those that it rests on, and the numbers of those of each ruleset, to be fed in turn."""

    productions: list[Production]
    rulesets: list[list[int]]


def fit(stages: Iterable[Iterable[Production]]) -> Fitted:
    """The same meaning within the limits, in rulesets of which each asks only for what it or one before it gives.

    The stages come each after those that it rests on. Raises WhytuneError: too-many-rules.
    """
    split = _Splitting()
    parts = [_share(part, number) for number, part in enumerate(_parted(map(split.joins, stages)))]
    for part in parts:
        _refuse_many_rules(part)
    together = [production for part in parts for production in part]
    _refuse_many_values(together)
    level = _levels(together)
    ruleset = [number for number, part in enumerate(parts) for _ in part]
    order = sorted(range(len(together)), key=lambda at: (level[together[at].element], together[at].element))
    rulesets: list[list[int]] = [[] for _ in parts]
    for index, at in enumerate(order):
        rulesets[ruleset[at]].append(index)
    return Fitted([together[at] for at in order], rulesets)


def _parted(stages: Iterable[list[Production]]) -> Iterator[list[Production]]:
    """The stages in parts of not more than so many durable rules, unless one stage alone needs more."""
    all_stages = list(stages)
    few = min(FEW_RULES, max(FEWEST_RULES, sum(map(len, all_stages)) // SHARE))
    part: list[Production] = []
    rules: set[tuple[Match, ...]] = set()
    for stage in all_stages:
        own = {production.when for production in stage}
        if part and len(rules) + len(own) > few:
            yield part
            part, rules = [], set()
        part += stage
        rules |= own
    yield part


def _refuse_many_rules(part: Iterable[Production]) -> None:
    rules = len({production.when for production in part})
    if rules > MAX_RULES:
        message = Sentence(
            "the rulebook needs {rules:,} durable rules, more than {most:,}", rules=rules, most=MAX_RULES
        )
        raise WhytuneError([Problem("too-many-rules", message, None, Sentence("split it into several rulebooks"))])


class _Splitting:
    """Splits long joins into steps: each chunk of matches is relayed as one, shared by all that have it."""

    def __init__(self) -> None:
        self._chunks: dict[tuple[Match, ...], Match] = {}

    def joins(self, productions: Iterable[Production]) -> list[Production]:
        parts: list[Production] = []
        for production in productions:
            when = production.when
            while len(when) > MAX_JOIN:
                chunk = when[:MAX_JOIN]
                if chunk not in self._chunks:
                    self._chunks[chunk] = Match(Element("join", f"{len(self._chunks):05}"), "yes")
                    parts.append(Production(chunk, self._chunks[chunk].element, "yes"))
                when = (*when[MAX_JOIN:], self._chunks[chunk])
            parts.append(production._replace(when=when))
        return parts


def _share(productions: list[Production], number: int) -> list[Production]:
    """Lets no match be used by more than MAX_USERS durable rules of the ruleset of this number.

    Each group of them shares a copy of the element.
    """
    users: dict[Match, dict[tuple[Match, ...], None]] = {}
    for production in productions:
        for match in production.when:
            users.setdefault(match, {})[production.when] = None
    copies: list[Production] = []
    instead: dict[tuple[tuple[Match, ...], Match], Match] = {}
    for match, sharing in users.items():
        for position, when in enumerate(sharing if len(sharing) > MAX_USERS else ()):
            element = match.element
            part = f"{element.part}={match.value}#{position // MAX_USERS:04}"
            copy = Match(Element("copy", f"{number}:{element.kind}:{element.name}", part), "yes")
            if position % MAX_USERS == 0:
                copies.append(Production((match,), copy.element, "yes"))
            instead[when, match] = copy
    return [
        production._replace(when=tuple(instead.get((production.when, match), match) for match in production.when))
        for production in productions
    ] + copies


def _refuse_many_values(productions: Iterable[Production]) -> None:
    values: dict[Element, set[object]] = {}
    for production in productions:
        for match in production.when:
            values.setdefault(match.element, set()).add(match.value)
    for element, tested in values.items():
        if len(tested) > MAX_VALUES:
            message = Sentence(
                "`{name}` has more than {most:,} values that rules tell apart", name=element.name, most=MAX_VALUES
            )
            hint = Sentence("test fewer of its values, or group them in a coarser fact")
            raise WhytuneError([Problem("too-many-rules", message, None, hint)])


def _levels(productions: list[Production]) -> dict[Element, int]:
    """How many steps each element is above the facts."""
    inputs: dict[Element, set[Element]] = {}
    for production in productions:
        inputs.setdefault(production.element, set()).update(match.element for match in production.when)
    level: dict[Element, int] = {}
    for start in inputs:
        waiting = [start]
        while waiting:
            element = waiting[-1]
            below = inputs.get(element, set())
            unknown = [lower for lower in below if lower not in level]
            if unknown:
                waiting.extend(unknown)
            else:
                level[element] = 1 + max((level[lower] for lower in below), default=-1)
                waiting.pop()
    return level
