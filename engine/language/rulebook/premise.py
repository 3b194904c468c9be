"""What a rule asks for, its groups resolved: conditions on facts, bands, conclusions and advice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from ..brief import brief


class Condition(NamedTuple):
    """A condition: the subject has one of these values; `named` is how the rule writes them."""

    subject: str
    accepts: frozenset[str]
    named: tuple[str, ...]

    def __repr__(self) -> str:
        return brief(self)


class Premise(NamedTuple):
    """What a rule asks for.

    All of `all_of` must hold, an alternative from each group in `any_of`, and no exception of `except_if`; and no rule
    that it yields to may be in force.
    """

    all_of: tuple[Condition, ...]
    any_of: tuple[tuple[tuple[Condition, ...], ...], ...]
    except_if: tuple[tuple[Condition, ...], ...]
    yields_to: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return brief(self)

    def conditions(self) -> Iterator[Condition]:
        yield from self.all_of
        yield from chain.from_iterable(chain.from_iterable(self.any_of))
        yield from chain.from_iterable(self.except_if)
