"""Price lists: which price holds on a day, who can buy, what a digest covers; and the numbers that users write."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from whytune.engine import WhytuneError, load
from whytune.engine.costs.money import Money
from whytune.engine.costs.price_file import load_prices, prices
from whytune.engine.costs.price_list import PriceList
from whytune.engine.costs.quantities import MOST_CALLS, MOST_EPOCHS, MOST_EXAMPLES, MOST_TOKENS, Quantities, size_in
from whytune.engine.costs.serving import (
    MonthlyCalls,
    Prompt,
    Served,
    self_hosted,
    serving_estimate,
    with_prompt,
    with_tuned,
)
from whytune.engine.costs.tuning import TrainingData, tuning_estimate
from whytune.engine.language.source import parse

from .looks import tabled

GUIDE = load_prices("guide")
TODAY, EARLIEST = date(2026, 11, 22), date(2023, 1, 1)
MINI, LARGE = "gpt-4o-mini-2024-07-18", "gpt-4o-2024-08-06"
A_MILLION, SHORT = MonthlyCalls(1_000_000, 200), Prompt(300)


def money(amount: str) -> Money:
    return Money.exact(Decimal(amount), "USD")


def refused(code: str, action: Any) -> str:
    with pytest.raises(WhytuneError) as caught:
        action()
    assert code in {problem.code for problem in caught.value.problems}
    return str(caught.value)


def priced(rows: str, currencies: str = "[USD, EUR]") -> PriceList:
    head = (
        f"prices: {{name: p, edition: '1', title: P, languages: [en], currencies: {currencies}}}\n"
        "documents: [{document: d, title: D}]\n"
        "availability: [{availability: a, stages: [{from: 2020-01-01, state: open}]}]\n"
    )
    return prices(parse(head + rows, "p.yaml"))


def tuned(model: str, training: str, valid: str, currency: str = "USD") -> str:
    return (
        f"  - {{model: {model}, provider: P, currency: {currency}, unit: million_tokens, training: {training}, "
        f"valid: {valid}, checked_on: 2026-01-01, availability: a, source: {{document: d, place: '1'}}}}\n"
    )


def test_the_newest_price_that_holds_on_the_day_is_taken() -> None:
    found = priced(
        "tuning:\n" + tuned("m", "3", "{from: 2024-01-01}") + tuned("m", "2", "{from: 2025-01-01, until: 2025-06-30}")
    )
    days = {date(2024, 12, 31): 3, date(2025, 1, 1): 2, date(2025, 6, 30): 2, date(2025, 7, 1): 3}
    assert {day: found.tuned("m", day).training for day in days} == days
    assert "holds from 2024-01-01" in refused("no-price", lambda: found.tuned("m", date(2023, 12, 31)))


def test_a_day_after_the_last_price_names_the_last() -> None:
    found = priced("tuning:\n" + tuned("m", "3", "{from: 2024-01-01, until: 2024-12-31}"))
    assert "held until 2024-12-31" in refused("no-price", lambda: found.tuned("M", TODAY))


def test_every_price_of_the_guide_is_refused_before_its_first_day() -> None:
    for row in GUIDE.tuning:
        refused("no-price", lambda row=row: GUIDE.tuned(row.model, EARLIEST))
    for gpu in GUIDE.gpus:
        refused("no-price", lambda gpu=gpu: GUIDE.rented(gpu, EARLIEST))


def test_the_digest_is_of_what_is_written_not_of_its_order() -> None:
    rows = [tuned("m", "3", "{from: 2024-01-01}"), tuned("n", "2", "{from: 2024-01-01}")]
    one, other = (priced("tuning:\n" + "".join(each)) for each in (rows, rows[::-1]))
    assert one.digest == other.digest
    assert priced("tuning:\n" + rows[0]).digest != one.digest
    assert (
        priced("tuning:\n" + rows[0].replace("training: 3", "training: 4")).digest
        != priced("tuning:\n" + rows[0]).digest
    )


def test_rows_in_several_currencies_cannot_be_put_side_by_side() -> None:
    def way(currency: str) -> Served:
        return self_hosted("m", SHORT, A_MILLION, Money.exact(Decimal(1), currency))

    refused("mixed-currency", lambda: serving_estimate(GUIDE, TODAY, A_MILLION, (way("USD"), way("EUR"))))


def test_the_tuned_model_as_it_is_is_left_out_where_its_price_is_in_another_currency() -> None:
    row = (
        "{{model: {model}, provider: P, currency: {currency}, unit: million_tokens, {training}input: 1, output: 1, "
        "valid: {{from: 2024-01-01}}, checked_on: 2026-01-01, availability: a, source: {{document: d, place: '1'}}}}"
    ).format
    prompted = row(model="prompted", currency="USD", training="")
    learner = row(model="learner", currency="USD", training="training: 1, ")

    def same_model(currency: str) -> tuple[Served, ...]:
        as_it_is = row(model="learner", currency=currency, training="")
        prices = priced(f"tuning: [{learner}]\nserving: [{prompted}, {as_it_is}]\n")
        base = with_prompt(prices, "prompted", TODAY, SHORT, A_MILLION)
        tuned = with_tuned(prices, "learner", TODAY, SHORT, A_MILLION)
        return serving_estimate(prices, TODAY, A_MILLION, (base, tuned)).same_model

    assert [way.model for way in same_model("USD")] == ["learner"]
    assert same_model("EUR") == ()


@tabled(
    ("day", "state"),
    [
        ("2024-10-01", "open"),
        ("2026-05-07", "existing_customers"),
        ("2026-11-22", "existing_customers"),
        ("2027-01-06", "closed"),
    ],
)
def test_who_can_buy_depends_on_the_day(day: str, state: str) -> None:
    stage = tuning_estimate(GUIDE, MINI, date.fromisoformat(day), TrainingData(1, 1)).stage
    assert stage is not None
    assert stage.state == state
    assert (stage.text is None) == (state == "open")


def test_a_retired_model_cannot_be_bought_any_more() -> None:
    served = with_prompt(GUIDE, "gpt-4.1-nano", TODAY, SHORT, A_MILLION)
    for stage in (served.stage, tuning_estimate(GUIDE, "gpt-4.1-nano", TODAY, TrainingData(1, 1)).stage):
        assert stage is not None
        assert stage.state == "closed"


@pytest.mark.parametrize("name", ["", "gude", "nowhere"])
def test_the_rulebook_of_a_price_list_that_is_not_there_is_missed_as_any_other(name: str) -> None:
    said = refused("unknown-rulebook", lambda: load_prices(name))
    assert said == refused("unknown-rulebook", lambda: load(name))
    assert ("did you mean `guide`?" if name == "gude" else "shipped: guide") in said


def test_a_price_list_that_is_not_there_is_said() -> None:
    assert refused("missing-file", lambda: load_prices("nowhere.yaml")).startswith("nowhere.yaml: no such file")


def test_the_price_list_in_the_manual_is_one() -> None:
    manual = (Path(__file__).parent.parent / "docs" / "costs.md").read_text()
    (written,) = re.findall(r"```yaml\n(.*?)```", manual, re.DOTALL)
    found = prices(parse(written, "ours.yaml"))
    estimate = tuning_estimate(found, "small", TODAY, TrainingData(1_000, 500))
    assert estimate.cost.shown() == "€3.75"
    ended = tuning_estimate(found, "small-1", date(2027, 1, 1), TrainingData(1, 1)).stage
    assert ended is not None
    assert ended.state == "closed"


# What users write.


@tabled("text", ["0", "-1", "0.5", "1e9", "NaN", "inf", "", "1,000", "९", "9" * 50, str(MOST_EXAMPLES + 1)])
def test_a_count_that_is_none_is_refused(text: str) -> None:
    quantities = Quantities()
    quantities.count("--examples", text, MOST_EXAMPLES)
    said = refused(quantities.problems[0].code, quantities.stop_if_wrong)
    assert said.startswith("--examples")
    assert quantities.problems[0].code in {"wrong-type", "outside-range"}


@tabled(
    ("text", "code"),
    [
        ("5 EUR", "unknown-currency"),
        ("abc", "wrong-type"),
        ("-5", "outside-range"),
        ("$5", "wrong-type"),
        ("1e3", "wrong-type"),
    ],
)
def test_an_amount_that_is_none_is_refused(text: str, code: str) -> None:
    quantities = Quantities()
    quantities.money("--data", text, "USD", GUIDE)
    refused(code, quantities.stop_if_wrong)


@tabled("text", ["5", "5 USD", "USD 5", "5usd", "5.00"])
def test_an_amount_may_name_its_currency(text: str) -> None:
    quantities = Quantities()
    assert quantities.money("--data", text, "USD", GUIDE) == money("5")
    assert not quantities.problems


def test_an_amount_in_another_declared_currency_is_not_converted() -> None:
    quantities = Quantities()
    quantities.money("--data", "5 EUR", "USD", priced("tuning:\n" + tuned("m", "3", "{from: 2024-01-01}")))
    refused("mixed-currency", quantities.stop_if_wrong)


@tabled(
    ("model", "size"),
    [
        ("Llama-3-8B", "8"),
        ("Qwen2.5-0.5B-Instruct", "0.5"),
        ("mistral_7b", "7"),
        ("Mixtral-8x7B", None),
        ("gpt-4o-mini", None),
        ("Llama-4-17B-16E-109B", None),
        ("70bn", None),
    ],
)
def test_a_size_is_read_from_a_name_that_says_one(model: str, size: str | None) -> None:
    assert size_in(model) == (None if size is None else Decimal(size))


def test_the_largest_numbers_are_counted_to_the_cent() -> None:
    estimate = tuning_estimate(GUIDE, LARGE, TODAY, TrainingData(MOST_EXAMPLES, MOST_TOKENS, MOST_EPOCHS))
    assert estimate.cost.low == Decimal(25) * MOST_EXAMPLES * MOST_TOKENS * MOST_EPOCHS / 10**6
    assert "e" not in estimate.cost.shown().lower()
    base = with_prompt(GUIDE, LARGE, TODAY, Prompt(MOST_TOKENS), MonthlyCalls(MOST_CALLS, MOST_TOKENS))
    assert "e" not in base.month.shown().lower()
