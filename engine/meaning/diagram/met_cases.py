"""Cases drawn at random, and those that a solver came upon: what one of them shows need not be asked.

Each formula has a number whose bits say in which of the cases it is true, so that all cases are looked at together.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import shake_256

from .formulas import Formulas
from .solving import Literal

DRAWN = 1_024
"""How many cases are drawn at random."""
MET_TOGETHER = 64
MOST_MET = 16 * MET_TOGETHER
"""How many cases that were met are looked at together, and how many are kept."""


class MetCases:
    """Cases in which formulas are true or false. They are the same for the same formulas in the same order."""

    def __init__(self, formulas: Formulas) -> None:
        self.formulas = formulas
        self._blocks = [_Block(formulas, DRAWN, {})]
        self._waiting: list[Sequence[bool]] = []

    def show(self, literals: Sequence[Literal]) -> bool:
        """Are all of these true in one of the cases?"""
        return any(block.cases_of(literals) for block in self._blocks)

    def meet(self, model: Sequence[Literal]) -> None:
        """Keeps the case in which these literals, by the number of their variables, are true."""
        self._waiting.append([literal > 0 for literal in model])
        if len(self._waiting) == MET_TOGETHER:
            self._blocks.append(_Block(self.formulas, MET_TOGETHER, self._columns()))
            self._waiting.clear()
            if len(self._blocks) > MOST_MET // MET_TOGETHER:
                del self._blocks[1]

    def _columns(self) -> dict[Literal, int]:
        """In which of the cases each variable of a group is true, for the groups that all of them know."""
        known = min(map(len, self._waiting))
        return {
            variable: sum(case[variable] << index for index, case in enumerate(self._waiting))
            for group in self.formulas.groups
            if group[-1] < known
            for variable in group
        }


class _Block:
    """Some cases, as many as `of`, with the variables of groups that are `known`; the others are drawn at random."""

    def __init__(self, formulas: Formulas, of: int, known: dict[Literal, int]) -> None:
        self.formulas, self.of = formulas, of
        self.all = (1 << of) - 1
        self._true_in = {formulas.true: self.all, **known}

    def cases_of(self, literals: Sequence[Literal]) -> int:
        """The cases in which all of these are true, as bits."""
        cases = self.all
        for literal in literals:
            cases &= self._where(literal)
            if not cases:
                break
        return cases

    def _where(self, literal: Literal) -> int:
        variable = abs(literal)
        if variable not in self._true_in:
            self._work_out(variable)
        return self._true_in[variable] if literal > 0 else self.all ^ self._true_in[variable]

    def _work_out(self, variable: Literal) -> None:
        """Works out what this variable rests on, then the variable itself."""
        known, waiting = self._true_in, [variable]
        while waiting:
            gate = self.formulas.gate(waiting[-1])
            if not gate:
                self._draw(self.formulas.group(waiting[-1]))
            elif unknown := [abs(literal) for literal in gate if abs(literal) not in known]:
                waiting += unknown
                continue
            else:
                known[waiting[-1]] = self.cases_of(gate)
            waiting.pop()

    def _draw(self, group: Sequence[Literal]) -> None:
        """Draws which variable of the group is true in each of the cases."""
        drawn = shake_256(str(group[0]).encode()).digest(2 * self.of)
        columns = [0] * len(group)
        for case in range(self.of):
            columns[int.from_bytes(drawn[2 * case : 2 * case + 2], "big") % len(group)] |= 1 << case
        self._true_in.update(zip(group, columns, strict=True))
