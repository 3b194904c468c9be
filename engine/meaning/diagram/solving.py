"""Clauses, and whether they can all be met: the one file that speaks with the SAT solver (CaDiCaL, by python-sat)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...language.extras import installing, needing
from ...language.problems import Problem, Sentence, WhytuneError

MAX_CONFLICTS = 20_000
"""How often the solver may run into a contradiction for one question, about half a second; most need a few hundred."""

Literal = int
"""A variable that is true, or its negative: one that is false."""


class Solver:
    """Clauses that grow, and questions about them; `enough` is how much is worth knowing. Raises WhytuneError:
    no-solver.
    """

    def __init__(self) -> None:
        with needing({"pysat"}, _no_solver):
            from pysat.solvers import Cadical195
        self._new, self._before = Cadical195, 0
        self._clauses = self._new()
        self.enough = 0

    def add(self, clause: Iterable[Literal]) -> None:
        """From now on, one of these holds."""
        self._clauses.add_clause(list(clause))

    def can_be(self, assumed: Sequence[Literal]) -> bool:
        """Can all the clauses be met if these hold? Raises WhytuneError: search-too-large."""
        self._clauses.conf_budget(MAX_CONFLICTS)
        can_be: bool | None = self._clauses.solve_limited(list(assumed))
        if can_be is None:
            message = Sentence("not found within {most:,} steps of search", most=MAX_CONFLICTS)
            hint = Sentence("give more facts, or split the rulebook into decisions")
            raise WhytuneError([Problem("search-too-large", message, None, hint)])
        return can_be

    def needed(self) -> frozenset[Literal]:
        """Of what was assumed in the last question, which could not be, some that cannot hold together."""
        return frozenset(self._clauses.get_core())

    def forget(self) -> None:
        """Begins anew, without clauses."""
        self._before = self.conflicts
        self._clauses.delete()
        self._clauses = self._new()

    @property
    def conflicts(self) -> int:
        """How often it ran into a contradiction so far."""
        return self._before + int(self._clauses.accum_stats()["conflicts"])

    def model(self) -> Sequence[Literal]:
        """What holds of each variable, by its number, in the case that the last question came upon."""
        return (0, *self._clauses.get_model())


def _no_solver(package: str) -> Problem:
    message = Sentence("python-sat, which answers where a decision diagram would be too large, is not installed")
    return Problem("no-solver", message, None, installing("solver"))
