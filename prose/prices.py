"""What every estimate says about itself: its prices with day and source, what it includes, and how it comes about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from itertools import chain
from typing import Literal, NamedTuple

from whytune.engine.costs.break_even import BreakEven
from whytune.engine.costs.money import Money
from whytune.engine.costs.price_list import Included, LeftOut, PriceList, Scope, checked_long_ago
from whytune.engine.costs.quantities import MOST_MONTHS
from whytune.engine.costs.rows import Hosting, PriceRow, Stage, Tuning
from whytune.engine.costs.serving import HOURS_A_MONTH, Prompt, Served, ServingShape
from whytune.engine.costs.tuning import TuningEstimate
from whytune.engine.language.citations import Source
from whytune.engine.language.text import pick
from whytune.engine.words.catalogue import Family, phrase
from whytune.engine.words.values import cited, shown_digest

from .document import Block, Paragraph, Rows

Precision = Literal["rounded", "whole", "estimated"]
"""How amounts are shown."""

Narrowed = Literal["existing_customers", "closed"]
"""Who can still buy something that not everybody can."""

ModelOption = Literal["model", "tuned_model"]
"""The option of a command that names the model to tune."""

DAYS_A_WEEK, DAYS_A_MONTH, MONTHS_A_YEAR = 7, 30, 12
"""As in the 720 hours that a month of hosting is billed for."""

BUYABLE = Family[Narrowed]("buyable")
STANDING = Family[ServingShape]("standing")
WAY = Family[ServingShape]("way")
_BUT = Family[Narrowed]("but")
_CHOOSING = Family[ModelOption]("costs_with")
_INCLUDED = Family[Included]("included")
_NOT_INCLUDED = Family[LeftOut]("not_included")
_CURRENCY = Family[Precision]("currency")


class Pricing(NamedTuple):
    """Speaks of the prices of one list, as of one day, in one language."""

    prices: PriceList
    day: date
    language: str

    def say(self, key: str, **parts: str) -> str:
        return phrase(key, self.language, **parts)

    def listed(self, parts: Iterable[str]) -> str:
        return self.say("comma").join(parts)

    def source(self, source: Source) -> str:
        """The document, its edition, and the place in it."""
        return cited(source, self.prices.documents, self.language)

    def price(self, name: str, row: PriceRow) -> Iterator[tuple[str, str]]:
        """What a price is of, on which days it holds and when it was checked; where it comes from; a note."""
        days = {"first": str(row.valid.first), "last": str(row.valid.last), "checked": str(row.checked_on)}
        held = self.say("price_until" if row.valid.last else "price_from", **days)
        yield self.say("cost_price"), self.say("within", value=name, bounds=held)
        yield self.say("source"), self.source(row.source)
        if row.note:
            yield self.say("cost_note"), pick(row.note, self.language)

    def warning(
        self, stage: Stage | None, *, is_said: bool = False, choose: ModelOption | None = None
    ) -> Iterator[Block]:
        """A warning that not everybody can buy at a price, or nobody any longer; nothing if anyone can.

        Where that `is_said` directly above, only what the price list adds to it. For a model that is tuned, `choose` is
        the option that names another: then which one anybody can have tuned instead.
        """
        if stage is None or stage.state == "open":
            return
        state, more = self.say(BUYABLE[stage.state]), pick(stage.text, self.language) if stage.text else ""
        text = more if more and is_said else f"{state}{self.say('sentence_gap')}{more}" if more else state
        text = self.say("within", value=text, bounds=self.source(stage.source)) if stage.source else text
        yield Paragraph(text, level=1, tone="doubtful")
        if choose and (model := self.prices.sold_to_all(self.day)):
            yield Paragraph(self.say("sold_instead", model=model), 1, to_type=self.say(_CHOOSING[choose], model=model))

    def age(self, rows: Iterable[PriceRow | None]) -> Iterator[Block]:
        """Says that a price was checked too long ago to be relied on; nothing if none was."""
        if checked := checked_long_ago(rows, self.day):
            text = self.say("prices_old", checked=str(checked), day=str(self.day))
            yield Paragraph(text, level=1, tone="doubtful")

    def left_out(self, scope: Scope) -> str:
        """What an estimate leaves out."""
        return self.say("semicolon").join(self.say(_NOT_INCLUDED[part]) for part in scope.not_included)

    def closing(self, currency: str, scope: Scope, shown: Precision = "rounded") -> Iterator[tuple[str, str]]:
        """The last rows of every estimate; `shown` says how its amounts appear: rounded, whole or estimated."""
        yield self.say("cost_currency"), self.say(_CURRENCY[shown], currency=currency)
        yield (
            self.say("cost_included"),
            self.say("semicolon").join(self.say(_INCLUDED[part]) for part in scope.included),
        )
        yield (self.say("cost_not_included"), self.left_out(scope))
        identity = self.prices.identity
        yield (
            self.say("price_list"),
            self.say(
                "price_list_cited",
                name=identity.name,
                edition=identity.edition,
                digest=shown_digest(self.prices.digest),
                day=str(self.day),
            ),
        )


def rows(pairs: Iterable[tuple[str, str]]) -> Rows:
    """Names with their values; a name that is in the row above is not repeated."""
    shown, last = [], ""
    for name, text in pairs:
        shown.append(("" if name == last else name, text))
        last = name
    return Rows(tuple(shown))


def computed(estimate: TuningEstimate, pricing: Pricing) -> str:
    """How the cost comes about: tokens or hours, and the price of each."""
    price = Money.exact(estimate.row.training, estimate.row.currency).shown_rate()
    if estimate.hours is not None:
        return pricing.say("by_hours", hours=f"{estimate.hours:,f}", price=price)
    return pricing.say(
        "by_tokens",
        examples=f"{estimate.data.examples:,}",
        tokens=f"{estimate.data.tokens:,}",
        epochs=f"{estimate.data.epochs:,}",
        total=f"{estimate.data.training_tokens:,}",
        price=price,
    )


def way_named(way: Served, pricing: Pricing) -> str:
    """A way of answering, and its model."""
    return pricing.say("way_of", way=pricing.say(WAY[way.shape]), model=way.model)


def call_of(way: Served, pricing: Pricing) -> str:
    """What a call costs, and its prompt."""
    return pricing.say("call_of", cost=way.call.shown_rate(), prompt=_prompt(way.prompt, pricing))


def month_of(way: Served, pricing: Pricing) -> Iterator[tuple[str, str]]:
    """What the calls of a month cost, and what is due whatever their number."""
    calls = {"calls": f"{way.traffic.calls:,}", "cost": way.call.shown_rate(), "month": way.month_of_calls.shown()}
    yield pricing.say("calls"), pricing.say("calls_of", **calls, prompt=_prompt(way.prompt, pricing))
    if way.standing.high:
        yield pricing.say(STANDING[way.shape]), pricing.say("amount_a_month", cost=way.standing.shown())


def _prompt(prompt: Prompt, pricing: Pricing) -> str:
    tokens = f"{prompt.tokens:,}"
    if prompt.cached_share:
        return pricing.say("prompt_cached", tokens=tokens, share=f"{(prompt.cached_share * 100).normalize():f}")
    return pricing.say("prompt_of", tokens=tokens)


def _rates(way: Served, pricing: Pricing) -> str:
    """The prices of a million tokens that were used."""
    row = way.row
    if row is None or row.input is None or row.output is None:
        return ""
    priced = {"input": row.input, "output": row.output}
    if way.prompt.cached_share and row.cached_input is not None:
        priced["cached"] = row.cached_input
    shown = {name: Money.exact(price, row.currency).shown_rate() for name, price in priced.items()}
    return pricing.say("rates_cached" if "cached" in shown else "rates", **shown)


def prices_of(ways: Iterable[Served], pricing: Pricing) -> Iterator[tuple[str, str]]:
    """Where the amounts of these ways come from, tokens and what stands whatever the traffic: each price once."""
    prices = (price for way in ways for price in (_token_price(way, pricing), _standing_price(way, pricing)))
    return chain.from_iterable(dict.fromkeys(map(tuple, prices)))


def _token_price(way: Served, pricing: Pricing) -> Iterator[tuple[str, str]]:
    """Where the amount of a call comes from, if a token has a price."""
    if way.row:
        key = "tuned_of_provider" if isinstance(way.row, Tuning) else "untuned_of_provider"
        provider = pricing.say(key, model=way.row.model, provider=way.row.provider)
        yield from pricing.price(f"{provider}{pricing.say('semicolon')}{_rates(way, pricing)}", way.row)


def _standing_price(way: Served, pricing: Pricing) -> Iterator[tuple[str, str]]:
    """Where the amount comes from that stands whatever the traffic, if it is from the price list."""
    row = way.standing_row
    if row is None:
        return
    name = pricing.say(STANDING[way.shape])
    if isinstance(row, Hosting):
        name = pricing.say("of_provider", model=name, provider=row.provider)
    if isinstance(row, Hosting) and row.unit == "hour":
        price = Money.exact(row.price, row.currency).shown_rate()
        name = pricing.say("by_the_hour", what=name, hours=str(HOURS_A_MONTH), price=price)
    else:
        name = pricing.say("by_the_month", what=name, price=way.standing.shown())
    yield from pricing.price(name, row)


def headline(answer: BreakEven, pricing: Pricing) -> str:
    """After how many calls and months it pays for itself, and who can still buy it; or that it never does, and why."""
    if answer.point.calls is None or answer.point.months is None:
        return _never(answer, pricing)
    sentence, stage = _pays_back(answer, pricing), answer.tuned.stage
    if not answer.spent.data.high:
        sentence = pricing.say("without_people", said=sentence)
    if answer.tuned.model != answer.base.model:
        sentence = pricing.say("if_good_enough", said=sentence, tuned=answer.tuned.model)
    return sentence if stage is None or stage.state == "open" else pricing.say(_BUT[stage.state], said=sentence)


def says_who_can_buy(answer: BreakEven) -> bool:
    """Does the headline say that not everybody can buy, if so it is?"""
    return answer.point.calls is not None


def _pays_back(answer: BreakEven, pricing: Pricing) -> str:
    calls, taken = answer.point.calls or 0, answer.point.months or Decimal(0)
    if calls == 0:
        return pricing.say("pays_back_at_once")
    if taken > MOST_MONTHS:
        return pricing.say("pays_back_late", calls=f"{calls:,}", years=str(MOST_MONTHS // 12))
    return pricing.say("pays_back", calls=f"{calls:,}", time=lasting(taken, pricing))


def _never(answer: BreakEven, pricing: Pricing) -> str:
    point = answer.point
    if point.reason == "no_saving":
        more = answer.tuned.call - answer.base.call
        return pricing.say("never_no_saving", saving=more.shown_rate()) if more.low else pricing.say("never_equal")
    needed = f"{(point.calls_needed or 1) - 1:,}"
    saved = answer.saving.times(answer.traffic.calls).shown()
    return pricing.say("never_standing", needed=needed, saved=saved, monthly=answer.monthly.shown())


def lasting(months: Decimal, pricing: Pricing) -> str:
    """So many months as one says it: in days for two weeks, in weeks for two months, in months for three years."""
    days = months * DAYS_A_MONTH
    if days <= 1:
        return pricing.say("less_than_a_day")
    if days < 2 * DAYS_A_WEEK:
        return pricing.say("about_days", count=f"{days.to_integral_value(ROUND_CEILING):f}")
    if months < 2:
        return pricing.say("about_weeks", count=f"{(days / DAYS_A_WEEK).to_integral_value(ROUND_HALF_UP):f}")
    if months < 3 * MONTHS_A_YEAR:
        return pricing.say("about_months", count=f"{months.to_integral_value(ROUND_HALF_UP):f}")
    return pricing.say("about_years", count=f"{(months / MONTHS_A_YEAR).to_integral_value(ROUND_HALF_UP):f}")
