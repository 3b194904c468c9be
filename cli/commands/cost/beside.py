"""What stands beside an advice: its nearest rival in the comparison, and what both would cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import click

from whytune.engine import Advisor, Recommendation
from whytune.engine.costs.comparison import (
    Comparison,
    Line,
    check_subjects,
    load_comparison,
    rows_that_matter,
    side_by_side,
)
from whytune.engine.language.case import CaseFacts
from whytune.engine.language.loading import COMPARISON, PRICES
from whytune.engine.language.loading.sheet import standing_beside
from whytune.engine.language.text import pick
from whytune.engine.words.phrases import shown_digest
from whytune.engine.words.speaker import Speaker

from ...layout import grid, heading, wrap
from ...options import decision_of


class Part(NamedTuple):
    """What is added to an answer: data for JSON, lines for text."""

    data: dict[str, Any]
    lines: list[str]


class Beside:
    """An advice beside its nearest rival: of the rulebook's last decision."""

    def __init__(
        self, advisor: Advisor, facts: CaseFacts, answer: Recommendation, speaker: Speaker, rulebook: str
    ) -> None:
        self.advisor, self.facts, self.answer, self.speaker, self.rulebook = advisor, facts, answer, speaker, rulebook
        self.decision = decision_of(advisor.rulebook, None)
        self.options = side_by_side(advisor, facts, self.decision, answer)

    def comparison(self) -> Part:
        """The rows that matter for these two; raises WhytuneError."""
        place = standing_beside(self.rulebook, COMPARISON)
        known = load_comparison(place)
        if place == self.rulebook:
            check_subjects(known, self.advisor.rulebook)
        approaches = {each.approach for each in known.approaches}
        unknown = [name for name in self.options if name not in approaches]
        lines: tuple[Line, ...] = ()
        if len(self.options) == 2 and not unknown:
            pair = (self.options[0], self.options[1])
            lines = rows_that_matter(known, self.facts, self.decision, pair, self.advisor.rulebook)
        data = {
            "options": list(self.options),
            "rows": [{"dimension": line.row.row, "label": line.row.label, "cells": line.cells} for line in lines],
            "comparison": {"name": known.identity.name, "edition": known.identity.edition, "digest": known.digest},
        }
        return Part({"comparison": data}, list(self._compared(known, lines, unknown)))

    def _compared(self, known: Comparison, lines: tuple[Line, ...], unknown: list[str]) -> Iterator[str]:
        say, language = self.speaker.say, self.speaker.language
        names = [self.speaker.option(self.decision, name) for name in self.options]
        advised = self.answer.decisions[self.decision].advice is not None
        if len(names) < 2 or not (advised or lines or unknown):
            yield heading(say("compared_alone" if advised else "compare_open"))
            return
        yield heading(say("compared_with" if advised else "compared_open", advice=names[0], rival=names[1]))
        for name in unknown:
            yield wrap(say("compare_unknown", option=self.speaker.option(self.decision, name)), 2)
        if not lines:
            return
        body = [
            [pick(line.row.label, language), *(pick(cell, language) if cell else "" for cell in line.cells.values())]
            for line in lines
        ]
        yield grid([say("dimension"), *names], body)
        identity = known.identity
        cited = say("comparison_cited", name=identity.name, edition=identity.edition, digest=shown_digest(known.digest))
        yield click.style(wrap(self.speaker.pair(say("comparison"), cited), 2), dim=True)

    def costs(self, prices: str | None, model: str | None, day: date) -> Part:
        """The estimate for these two, or which facts it lacks; raises WhytuneError."""
        from .advised import advised  # prices are for those who ask for them

        place = prices or standing_beside(self.rulebook, PRICES)
        answer, lines = advised(self.speaker, self.facts, self.decision, self.options, place, model, day)
        return Part({"costs": answer.to_dict()}, lines)
