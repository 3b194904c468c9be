"""What stands beside an advice: its main rival in the comparison, and what both would cost."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from whytune.engine import Advisor, Problem, Recommendation, WhytuneError
from whytune.engine.costs.comparison import (
    ComparedRow,
    check_subjects,
    load_comparison,
    rows_that_matter,
    side_by_side,
    with_kinds,
)
from whytune.engine.costs.option_costs import AdviceCosts, advice_costs
from whytune.engine.costs.option_ways import priced_apart, shapes_with_text, with_other_ways
from whytune.engine.costs.price_file import load_prices
from whytune.engine.language.case import CaseFacts
from whytune.engine.language.loading import COMPARISON, PRICES
from whytune.engine.language.loading.sheet import standing_beside
from whytune.engine.language.named import decision_among
from whytune.engine.language.problems import Sentence
from whytune.engine.words.speaker import Speaker, language_or_first
from whytune.prose.comparison import Pair, beside
from whytune.prose.document import Block, Gap, Heading, Title
from whytune.prose.estimate import advised, advised_in_short
from whytune.prose.prices import Pricing

from .asked import Asked
from .days import latest_day, today_or
from .shown import Described, Telling


class Addition(NamedTuple):
    """What is added to an answer: data for JSON, blocks for its document."""

    data: dict[str, Any]
    blocks: tuple[Block, ...]

    def alone(self, asked: Asked) -> Described:
        """The same without the answer."""
        (data,) = self.data.values()
        return Described(lambda: {**asked.origin, **data}, lambda level: asked.about_all(self.blocks))


def estimated(estimate: Telling) -> Addition:
    """An estimate as a part of an answer, below a heading that says what it comes to."""
    document = estimate.document()
    return Addition(
        {"costs": None, "estimate": estimate.to_dict()}, (Heading(document.title), *map(_within, document.blocks))
    )


def _within(block: Block) -> Block:
    """The block of a part: its title is its heading already, and its headings are below that."""
    match block:
        case Title():
            return Gap()
        case Heading(text, level, tone):
            return Heading(text, level + 1, tone)
        case _:
            return block


class Beside:
    """An advice beside its main rival: of the last decision of the rulebook at this place (empty: in a ledger)."""

    def __init__(
        self, advisor: Advisor, facts: CaseFacts, answer: Recommendation, speaker: Speaker, rulebook: str
    ) -> None:
        self.advisor, self.facts, self.answer, self.speaker, self.rulebook = advisor, facts, answer, speaker, rulebook
        self.decision = decision_among(advisor.rulebook.decision_order)
        self.options = side_by_side(advisor, facts, self.decision, answer)

    def comparison(self) -> Addition:
        """The rows of the comparison that matter to these two; raises WhytuneError."""
        hint = Sentence("ask a rulebook about the same facts: `advise CASE --rulebook guide --compare`")
        place = self._place_of(COMPARISON, hint)
        whole = load_comparison(place, latest_day(today_or(self.advisor.as_of)))
        if place == self.rulebook:
            check_subjects(whole, self.advisor.rulebook)
        compared = with_kinds(whole, self.advisor.rulebook.decision[self.decision])
        approaches = {approach.approach for approach in compared.approaches}
        unknown = [name for name in self.options if name not in approaches]
        options = self._compared(approaches) if unknown else self.options
        columns = self._columns(options, approaches)
        lines: tuple[ComparedRow, ...] = ()
        if len(columns) > 1 and approaches.issuperset(columns):
            lines = rows_that_matter(compared, self.facts, self.decision, columns, self.advisor.rulebook)
        data = {
            "options": list(columns if lines else options),
            "rows": [{"dimension": line.row.row, "label": line.row.label, "cells": line.cells} for line in lines],
            "comparison": {"name": whole.identity.name, "edition": whole.identity.edition, "digest": whole.digest},
        }
        outcome = self.answer.decisions[self.decision]
        pair = Pair(self.decision, options, outcome, whole, lines, unknown, columns)
        return Addition({"comparison": data}, tuple(beside(pair, self.speaker)))

    def _columns(self, options: tuple[str, ...], approaches: Collection[str]) -> tuple[str, ...]:
        """The options, each combination that is none of these approaches by its parts."""
        decision = self.advisor.rulebook.decision[self.decision]
        parts = ((name,) if name in approaches else decision.option(name).combines or (name,) for name in options)
        return tuple(dict.fromkeys(chain.from_iterable(parts)))

    def _compared(self, approaches: Collection[str]) -> tuple[str, ...]:
        """These options, if their parts can stand side by side; else the advice and its nearest rival among the
        approaches, if there is one.
        """
        columns = self._columns(self.options, approaches)
        if len(columns) > 1 and set(columns) <= set(approaches):
            return self.options
        known = side_by_side(self.advisor, self.facts, self.decision, self.answer, approaches)
        return known if len(known) == 2 else self.options

    def costs(self, prices: str | None, model: str | None, day: date) -> Addition:
        """The estimate for these two and other ways whose numbers are given, or what it lacks; raises WhytuneError."""
        costs, pricing = self._priced(prices, model, day)
        return Addition({"costs": costs.to_dict()}, tuple(advised(costs, self.answer, self.speaker, pricing)))

    def known_costs(self, day: date) -> Addition:
        """The costs in a few lines, without what they rest on; nothing where no amount is known."""
        try:
            costs, pricing = self._priced(None, None, day)
        except WhytuneError:  # of prices, which whoever asks for the costs alone is told
            return Addition({"costs": None, "estimate": None}, ())
        blocks = advised_in_short(costs, self.answer, self.speaker, pricing)
        return Addition({"costs": costs.to_dict(), "estimate": None}, tuple(blocks))

    def _priced(self, prices: str | None, model: str | None, day: date) -> tuple[AdviceCosts, Pricing]:
        hint = Sentence("name a price list: --prices guide")
        price_list = load_prices(prices or self._place_of(PRICES, hint), latest_day(day))
        rulebook, decision = self.advisor.rulebook, self.decision
        with_text, advice = shapes_with_text(rulebook, self.answer, decision), self.answer.decisions[decision].advice
        apart = priced_apart(rulebook, self.facts, decision, advice, with_text)
        options = side_by_side(self.advisor, self.facts, decision, self.answer, apart)
        every = with_other_ways(rulebook, self.facts, decision, options, with_text)
        others = set(every) - set(options)
        costs = advice_costs(rulebook, self.facts, decision, every, price_list, day, model, others, with_text)
        languages, language = price_list.identity.languages, self.speaker.language
        return costs, Pricing(price_list, day, language_or_first(languages, language))

    def _place_of(self, file: str, hint: Sentence) -> str:
        """Where this file is read for the rulebook; raises WhytuneError, missing-file, for one that a ledger keeps."""
        if not self.rulebook:
            message = Sentence("a ledger keeps the rules of a record, and no {file}", file=file)
            raise WhytuneError([Problem("missing-file", message, None, hint)])
        return standing_beside(self.rulebook, file)
