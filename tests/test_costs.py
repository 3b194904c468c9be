"""Estimates of costs: the guide's numbers to the cent, each formula on a worked example, and laws on any numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

import whytune
from whytune.cli.commands.cost import cost
from whytune.engine import Advisor, WhytuneError
from whytune.engine.costs.break_even import BreakEven, Spent, break_even, cumulative, shown_months, solve
from whytune.engine.costs.estimate_request import EstimateRequest
from whytune.engine.costs.estimators import ESTIMATORS, EstimateKind, estimate
from whytune.engine.costs.gpu import gigabytes, gpu_estimate, gpu_hours
from whytune.engine.costs.money import Money, plain_digits, significant
from whytune.engine.costs.option_costs import AdviceCosts, advice_costs
from whytune.engine.costs.option_ways import NEEDED, WITH_TEXT, priced_apart, shape_of, shapes_with_text
from whytune.engine.costs.price_file import load_prices
from whytune.engine.costs.price_list import Reference
from whytune.engine.costs.rows import METHODS, Tuning
from whytune.engine.costs.serving import (
    MonthlyCalls,
    Prompt,
    Served,
    ServingEstimate,
    self_hosted,
    with_prompt,
    with_retrieval,
    with_tuned,
)
from whytune.engine.costs.tuning import TrainingData, TuningEstimate, tuning_estimate
from whytune.engine.language.case import CaseFacts, from_python, resolve
from whytune.engine.language.loading import PRICES
from whytune.engine.language.loading.sheet import standing_beside

from .looks import tabled

GUIDE = load_prices("guide")
IN_2024, TODAY = date(2024, 10, 1), date(2026, 11, 22)
MINI, LARGE = "gpt-4o-mini-2024-07-18", "gpt-4o-2024-08-06"
A_MILLION = MonthlyCalls(1_000_000, 200)
LONG, SHORT = Prompt(2_000), Prompt(300)
CALLED: dict[str, Any] = {"model": "gpt-4o-mini", "calls": 100_000, "output_tokens": 200}
BOTH_PROMPTS: dict[str, Any] = {**CALLED, "prompt_tokens": 2_000, "tuned_prompt_tokens": 300}
EARLIEST = date(2023, 1, 1)

counts = st.integers(1, 10**6)
amounts = st.decimals(0, 10**6, places=6)


def money(amount: str) -> Money:
    return Money.exact(Decimal(amount), "USD")


def refused(code: str, action: Any) -> str:
    with pytest.raises(WhytuneError) as caught:
        action()
    assert code in {problem.code for problem in caught.value.problems}
    return str(caught.value)


# The guide's numbers.


@tabled("day", [IN_2024, TODAY])
@tabled(("model", "cost"), [(MINI, "4.50"), (LARGE, "37.50"), ("gpt-4o-mini", "4.50")])
def test_the_guides_estimator(model: str, cost: str, day: date) -> None:
    estimate = tuning_estimate(GUIDE, model, day, TrainingData(1_000, 500, 3))
    assert estimate.data.training_tokens == 1_500_000
    assert estimate.cost == money(cost)
    assert estimate.cost.shown() == f"${cost}"
    assert estimate.data.epochs == TrainingData(1, 1).epochs == 3


@pytest.mark.parametrize(
    ("model", "training", "into", "out"), [(MINI, "3.00", "0.30", "1.20"), (LARGE, "25.00", "3.75", "15.00")]
)
def test_the_guides_prices(model: str, training: str, into: str, out: str) -> None:
    row = GUIDE.tuned(model, IN_2024)
    assert (row.training, row.input, row.output) == tuple(map(Decimal, (training, into, out)))
    assert row.source.document == "guide"
    assert row.currency == "USD"


@pytest.mark.parametrize(
    ("model", "method", "gpus", "hours", "cost", "examples"),
    [
        ("Llama-3-8B", "lora", 1, (2, 4), (4, 8), (1000, 5000)),
        ("Llama-3-70B", "qlora", 1, (8, 16), (16, 32), (1000, 5000)),
        ("Qwen-72B", "lora", 2, (12, 24), (48, 96), (5000, 20000)),
    ],
)
def test_the_guides_runs(model: str, method: Any, gpus: int, hours: Any, cost: Any, examples: Any) -> None:
    run = GUIDE.run(model, method, TODAY)
    assert run is not None
    assert (run.gpus, run.gpu) == (gpus, "A100-80GB")
    found = ((each.low, each.high) for each in (run.hours, run.price, run.examples))
    assert tuple(found) == (hours, cost, examples)
    hourly = GUIDE.rented(GUIDE.gpu("A100"), IN_2024)[0].price
    assert (run.price.low, run.price.high) == tuple(hour * gpus * hourly.low for hour in hours)


def test_the_guides_refusal_of_an_unknown_model() -> None:
    said = refused("unknown-model", lambda: tuning_estimate(GUIDE, "gpt4o-mini", TODAY, TrainingData(1, 1)))
    assert "did you mean `gpt-4o-mini`?" in said
    assert MINI in said


# Each formula on the worked example of its source.


def test_gpu_hours_of_a_worked_example() -> None:
    lora, qlora = (next(row for row in GUIDE.compute if row.method == method) for method in ("lora", "qlora"))
    hours = gpu_hours(lora, Decimal(8), 7_500_000, Decimal(312))
    assert [round(float(each), 1) for each in hours] == [0.5, 1.4]
    for tokens, stated in ((7_500_000, (6.5, 17)), (1_500_000, (1.3, 3.5))):
        low, high = gpu_hours(qlora, Decimal(70), tokens, Decimal(312))
        assert low < stated[0] < stated[1] < high


def test_serving_costs_of_the_worked_examples() -> None:
    def month(way: Served) -> Money:
        return way.month

    assert month(with_prompt(GUIDE, MINI, TODAY, LONG, A_MILLION)) == money("420")
    assert month(with_tuned(GUIDE, MINI, TODAY, SHORT, A_MILLION)) == money("330")
    assert month(with_prompt(GUIDE, LARGE, TODAY, LONG, A_MILLION)) == money("7000")
    cached = Prompt(2_000, Decimal(1_664) / 2_000)
    assert month(with_prompt(GUIDE, MINI, TODAY, cached, A_MILLION)) == money("295.20")


def meet(base: Served, tuned: Served, training: str, traffic: MonthlyCalls, **spent: Any) -> Any:
    paid = Spent(money(training), money("0"), money("0"), **spent)
    return break_even(base, tuned, paid, traffic, TODAY, GUIDE)


def test_break_even_of_the_worked_examples() -> None:
    base = with_prompt(GUIDE, MINI, TODAY, LONG, A_MILLION)
    tuned = with_tuned(GUIDE, MINI, TODAY, SHORT, A_MILLION)
    assert meet(base, tuned, "4.50", A_MILLION).point.calls == 50_000
    large = with_prompt(GUIDE, LARGE, TODAY, LONG, A_MILLION)
    assert 600 < meet(large, tuned, "4.50", A_MILLION).point.calls < 700
    cached = with_prompt(GUIDE, MINI, TODAY, Prompt(2_000, Decimal("0.832")), A_MILLION)
    assert meet(cached, tuned, "4.50", A_MILLION).point.reason == "no_saving"
    hosted = with_tuned(GUIDE, MINI, TODAY, SHORT, A_MILLION, GUIDE.hosted("azure-openai", TODAY))
    assert hosted.standing == money("1224")
    point = meet(base, hosted, "4.50", A_MILLION).point
    assert point.reason == "standing"
    assert point.calls_needed == 13_600_001


def test_self_hosting_against_a_price_for_each_call() -> None:
    """1,000 a month on machines of one's own, against 0.10 for each call: 10,000 calls a month make no difference."""
    point = solve(Decimal(0), Decimal(1_000), Decimal("0.1"), 10_000)
    assert point.reason == "standing"
    assert point.calls_needed == 10_001
    assert solve(Decimal(0), Decimal(1_000), Decimal("0.1"), 10_001).calls == 0
    own = self_hosted("mine", SHORT, MonthlyCalls(10_000, 200), money("1000"))
    assert own.month == money("1000")
    assert own.call == money("0")


def test_training_again_is_spread_over_its_months() -> None:
    base = with_prompt(GUIDE, MINI, TODAY, LONG, A_MILLION)
    tuned = with_tuned(GUIDE, MINI, TODAY, SHORT, A_MILLION)
    every_six = meet(base, tuned, "300", A_MILLION, every=6)
    assert every_six.spent.retraining == money("50")
    assert every_six.point.months == Decimal(300) / 40
    assert meet(base, tuned, "600", A_MILLION, every=6).point.reason == "standing"


def test_a_size_without_the_cached_price_is_refused() -> None:
    refused("no-price", lambda: with_prompt(GUIDE, LARGE, TODAY, Prompt(2_000, Decimal("0.5")), A_MILLION))


@tabled(
    ("method", "size", "low", "high"),
    [("lora", 7, "16", "21"), ("qlora", 70, "48", "56"), ("full", 7, "60", "60"), ("lora", 70, "160", "170")],
)
def test_memory_follows_the_table_and_what_was_measured(method: str, size: int, low: str, high: str) -> None:
    row = next(each for each in GUIDE.memory if each.method == method)
    needed = gigabytes(row, Decimal(size))
    assert (significant(needed.low), significant(needed.high)) == (low, high)


@tabled(
    ("model", "method", "gpus", "fits"),
    [
        ("Llama-3-8B", "lora", 1, "fits"),
        ("Llama-3-70B", "qlora", 1, "fits"),
        ("Qwen-72B", "lora", 2, "does_not_fit"),
        ("Llama-2-70B", "lora", 2, "may_not_fit"),
        ("Llama-3-70B", "full", 1, "does_not_fit"),
    ],
)
def test_whether_a_model_fits(model: str, method: Any, gpus: int, fits: str) -> None:
    found = gpu_estimate(GUIDE, model, method, TODAY, gpu="A100-80GB", gpus=gpus, tokens=10**6)
    assert found.need is not None
    assert found.need.fits == fits


# Laws.


@given(counts, counts, st.integers(1, 1_000), st.sampled_from([row for row in GUIDE.tuning if row.unit != "hour"]))
def test_training_costs_grow_with_examples_tokens_and_epochs(
    examples: int, tokens: int, epochs: int, row: Tuning
) -> None:
    def cost(examples: int, tokens: int, epochs: int) -> Decimal:
        return tuning_estimate(GUIDE, row.model, row.valid.first, TrainingData(examples, tokens, epochs)).cost.low

    once = cost(examples, tokens, epochs)
    assert once > 0
    assert cost(2 * examples, tokens, epochs) == cost(examples, 2 * tokens, epochs) == 2 * once
    assert cost(examples, tokens, epochs + 1) > once


@given(st.integers(1, 500), counts, st.sampled_from(METHODS), st.integers(1, 64))
def test_gpu_estimates_are_ranges_that_grow(size: int, tokens: int, method: Any, gpus: int) -> None:
    def estimate(size: int, tokens: int) -> Any:
        parameters = Decimal(size)
        return gpu_estimate(GUIDE, "any", method, TODAY, gpu="H100", gpus=gpus, parameters=parameters, tokens=tokens)

    found, larger, longer = estimate(size, tokens), estimate(size + 1, tokens), estimate(size, tokens + 1)
    for each in (found.work.hours, found.work.cost, found.need.gigabytes):
        assert 0 < each.low <= each.high
    for more in (larger, longer):
        assert more.work.cost.low > found.work.cost.low
        assert more.work.cost.high > found.work.cost.high
    assert found.work.hours.low * gpus == pytest.approx(found.work.gpu_hours.low)


@given(counts, counts, st.integers(0, 10**6), st.decimals(0, 1, places=3))
def test_serving_costs_grow_with_traffic_and_shrink_with_the_cache(
    calls: int, prompt: int, output: int, share: Decimal
) -> None:
    def month(calls: int, prompt: int, output: int, share: Decimal = Decimal(0)) -> Decimal:
        return with_prompt(GUIDE, MINI, TODAY, Prompt(prompt, share), MonthlyCalls(calls, output)).month.low

    plain = month(calls, prompt, output)
    assert month(calls + 1, prompt, output) > plain
    assert month(calls, prompt + 1, output) > plain
    assert month(calls, prompt, output + 1) > plain
    assert month(calls, prompt, output, share) <= plain
    assert month(calls, prompt, output, share) >= plain / 2


@given(amounts, amounts, st.decimals("-0.01", "0.01", places=9), st.integers(1, 10**9))
def test_break_even_solves_the_equation(first: Decimal, monthly: Decimal, saving: Decimal, calls: int) -> None:
    point = solve(first, monthly, saving, calls)
    if point.months is None:
        assert saving * calls <= monthly or saving <= 0
        assert (point.reason == "no_saving") == (saving <= 0)
        if point.calls_needed is not None:
            assert point.calls_needed > calls
            assert saving * point.calls_needed > monthly >= saving * (point.calls_needed - 1)
            assert solve(first, monthly, saving, point.calls_needed).months is not None
        return
    assert point.calls is not None
    spent, saved = first + monthly * point.months, saving * calls * point.months
    assert abs(spent - saved) <= Decimal("1e-12") * max(spent, Decimal(1))
    assert shown_months(point.months) >= point.months
    assert 0 <= point.calls - point.months * calls < 1 + Decimal("1e-9")


@given(st.integers(1, 10**8), st.integers(400, 10**5), amounts, st.integers(1, 36))
def test_the_lines_of_the_chart_meet_where_it_is_marked(calls: int, prompt: int, training: Decimal, every: int) -> None:
    traffic = MonthlyCalls(calls, 50)
    base = with_prompt(GUIDE, LARGE, TODAY, Prompt(prompt), traffic)
    tuned = with_tuned(GUIDE, MINI, TODAY, SHORT, traffic)
    answer = meet(base, tuned, str(training), traffic, every=every)
    if answer.point.months is not None:
        one, other = cumulative(answer, answer.point.months)
        assert abs(one - other) <= Decimal("1e-12") * max(one, Decimal(1))


@given(amounts, amounts, st.sampled_from(["USD", "EUR"]), st.sampled_from(["USD", "EUR"]))
def test_currencies_are_never_mixed(one: Decimal, other: Decimal, first: str, second: str) -> None:
    here, there = Money.exact(one, first), Money.exact(other, second)
    if first == second:
        assert (here + there).low == one + other
        assert (here - there).low == one - other
    else:
        refused("mixed-currency", lambda: here + there)
        refused("mixed-currency", lambda: here - there)


@given(st.decimals("0.000001", 10**12, places=6), st.integers(1, 4))
def test_an_estimate_shows_no_more_digits_than_it_has(number: Decimal, digits: int) -> None:
    shown = significant(number, digits).replace(",", "")
    assert len(shown.replace(".", "").strip("0")) <= digits
    assert abs(Decimal(shown) - number) <= number / 2


@tabled(
    ("amount", "shown"),
    [("4.5", "$4.50"), ("0.005", "$0.01"), ("0.0049", "$0.00"), ("1234567.891", "$1,234,567.89"), ("-2", "-$2.00")],
)
def test_money_is_rounded_only_when_shown(amount: str, shown: str) -> None:
    assert money(amount).shown() == shown
    assert money(amount).to_dict()["amount"] == plain_digits(Decimal(amount))


def test_a_range_is_shown_in_whole_units_and_an_estimate_in_two_digits() -> None:
    found = Money(Decimal("394.6"), Decimal("845.2"), "USD")
    assert found.shown() == "$395–$845"
    assert found.shown_estimate() == "$390–$850"
    assert Money.exact(Decimal("0.00042"), "CHF").shown_rate() == "CHF 0.00042"


# With an advice.


def case(**given: Any) -> CaseFacts:
    return resolve(Advisor.load().rulebook.vocabulary, from_python(given))


TOLD = {
    "examples": 1_000,
    "tokens_per_example": 500,
    "calls_per_month": 1_000_000,
    "prompt_tokens": 2_000,
    "rag_prompt_tokens": 1_500,
    "tuned_prompt_tokens": 300,
    "output_tokens": 200,
}


def test_an_advice_is_estimated_from_the_facts_of_its_case() -> None:
    found = advice_costs(
        Advisor.load().rulebook, case(**TOLD), "approach", ("lora", "prompt", "rag"), GUIDE, TODAY, MINI
    )
    lora, prompt, rag = found.options
    assert lora.training is not None
    assert lora.training.cost == money("4.50")
    assert [cost.served.month.low for cost in (lora, prompt, rag) if cost.served] == [330, 420, 395]
    assert found.pays_back is not None
    assert found.pays_back.point.calls == 50_000
    assert found.assumed == ("epochs", "cached_share")


@tabled(
    ("options", "calls", "against"),
    [
        (("prompt", "lora"), 1_000_000, "tuning_is_cheaper"),
        (("prompt", "lora"), 4_166, None),  # 50,000 calls take a little more than a year
        (("prompt", "lora"), 4_167, "tuning_is_cheaper"),
        (("lora", "prompt"), 1_000_000, None),
        (("lora", "prompt"), 2_084, None),
        (("lora", "prompt"), 2_083, "tuning_is_dearer"),  # a little more than two years
        (("prompt", "rag"), 1_000_000, None),
        (("prompt",), 1_000_000, None),
    ],
)
def test_prices_speak_against_an_advice_where_tuning_would_pay_back_soon_or_too_late(
    options: tuple[str, ...], calls: int, against: str | None
) -> None:
    facts = case(**{**TOLD, "calls_per_month": calls})
    assert advice_costs(Advisor.load().rulebook, facts, "approach", options, GUIDE, TODAY, MINI).against == against


def test_the_first_reference_leads_that_anybody_can_have_tuned_on_the_day() -> None:
    in_2024, today, later = (GUIDE.reference(day) for day in (IN_2024, date(2026, 11, 30), date(2027, 2, 1)))
    assert in_2024 == Reference(MINI)
    assert today is not None
    assert later is not None
    assert [today.model, later.model] == ["qwen3.5-9b", "qwen3.5-9b"]
    assert [(model, stage.state) for model, stage in today.passed_over] == [(MINI, "existing_customers")]
    assert [(model, stage.state) for model, stage in later.passed_over] == [(MINI, "closed")]
    assert GUIDE.reference(date(2026, 6, 1)) == Reference(MINI), "nothing else could be bought then"
    asked = advice_costs(Advisor.load().rulebook, case(**TOLD), "approach", ("lora",), GUIDE, TODAY, MINI)
    assert (asked.model, asked.passed_over) == (MINI, ())


def test_where_two_models_are_compared_the_tuned_one_is_priced_as_it_is_too() -> None:
    """4,000,000 calls of 1,500 tokens at 0.20 a million and answers of 10 at 0.60 cost 1,200 + 24."""
    facts = case(**{**TOLD, "calls_per_month": 4_000_000, "prompt_tokens": 1_500, "output_tokens": 10})
    rulebook, day = Advisor.load().rulebook, date(2026, 12, 15)
    found = advice_costs(rulebook, facts, "approach", ("lora", "prompt", "rag"), load_prices("practice"), day)
    prompted, retrieval = found.same_model
    assert (prompted.shape, prompted.model, prompted.month) == ("prompt", found.model, money("1224"))
    assert retrieval.standing == Money(Decimal(50), Decimal(500), "USD")
    for options, model in ((("lora", "full"), None), (("prompt", "rag"), None), (("lora", "prompt"), "qwen3.5-9b")):
        assert not advice_costs(rulebook, facts, "approach", options, load_prices("practice"), day, model).same_model
    quantities = {**CALLED, "model": "gpt-4o", "tuned_model": "gpt-4o-mini", "prompt_tokens": 2_000}
    guide = whytune.load("guide", as_of=TODAY)
    (mini,) = guide.estimate("serve", **quantities, tuned_prompt_tokens=300).same_model
    assert (mini.model, mini.month) == (MINI, money("42"))
    assert guide.estimate("break-even", **quantities, tuned_prompt_tokens=300, training=5).same_model == (mini,)


def test_a_case_is_priced_with_a_model_to_tune_and_another_to_prompt_and_with_no_number_that_is_assumed() -> None:
    rulebook = Advisor.load("practice").rulebook
    prices = load_prices(standing_beside("practice", PRICES))
    given = {**TOLD, "signal": "demonstrations"}
    facts = resolve(rulebook.vocabulary, from_python(given))
    found = advice_costs(rulebook, facts, "approach", ("prompt", "fine_tune"), prices, date(2026, 12, 15))
    assert [cost.served.model for cost in found.options if cost.served] == [found.prompted, found.model]
    assert found.prompted != found.model
    without = from_python({name: value for name, value in given.items() if name != "calls_per_month"})
    facts = resolve(rulebook.vocabulary, without)
    assert facts.states["calls_per_month"].state == "assumed"
    (cost,) = advice_costs(rulebook, facts, "approach", ("prompt",), prices, date(2026, 12, 15)).options
    assert cost.missing == ("calls_per_month",)


def test_the_rival_of_an_estimate_answers_in_another_way_and_can_be_estimated() -> None:
    rulebook = Advisor.load("practice").rulebook
    given = {name: value for name, value in TOLD.items() if name != "rag_prompt_tokens"}
    facts = resolve(rulebook.vocabulary, from_python({**given, "signal": "demonstrations"}))
    assert set(priced_apart(rulebook, facts, "approach", "prompt")) == {"fine_tune", "encoder"}
    assert set(priced_apart(rulebook, facts, "approach", "encoder")) == {"prompt"}
    bare = resolve(rulebook.vocabulary, from_python({}))
    assert "rag" in priced_apart(rulebook, bare, "approach", "prompt")


def practised(*options: str, **given: Any) -> AdviceCosts:
    """What these options cost at the prices of practice, in a case with a text to look something up in."""
    rulebook = Advisor.load("practice").rulebook
    facts = resolve(rulebook.vocabulary, from_python({**TOLD, "signal": "demonstrations", "lookup": True, **given}))
    return advice_costs(rulebook, facts, "approach", options, load_prices("practice"), date(2026, 12, 15))


@pytest.mark.parametrize(
    ("given", "prompt", "assumed"),
    [
        ({}, 202_000, True),
        ({"knowledge_tokens": 30_000}, 32_000, False),
        ({"knowledge_tokens": 30_000, "prompt_tokens": 30_000}, 30_000, False),
    ],
)
def test_a_prompt_with_the_whole_text_is_longer_by_the_text(given: dict[str, int], prompt: int, assumed: bool) -> None:
    found = practised("in_context", **given)
    (cost,) = found.options
    assert cost.served is not None
    assert (cost.served.prompt.tokens, "knowledge_tokens" in found.assumed) == (prompt, assumed)
    assert cost.text_tokens == given.get("knowledge_tokens", 200_000)


def test_a_text_that_another_decision_hands_over_whole_is_in_the_prompt_of_the_tuned_model_too() -> None:
    practice = whytune.load("practice", as_of=date(2026, 12, 15))
    tuned = {"lookup": True, "goals": ["style"], "signal": "demonstrations", "examples": 3_000}
    quantities = {name: value for name, value in TOLD.items() if name not in ("examples", "rag_prompt_tokens")}
    case = practice.case({**tuned, **quantities, "knowledge_tokens": 20_000})

    def priced(other: whytune.Case) -> dict[str, Any]:
        return {cost["option"]: cost for cost in other.costs().to_dict()["options"]}

    prompts = {option: cost["serving"]["prompt_tokens"] for option, cost in priced(case).items()}
    assert prompts == {"fine_tune": 20_300, "in_context": 22_000, "prompt": 2_000}
    meeting = case.costs().to_dict()["break_even"]
    assert (meeting["base"]["approach"], meeting["tuned"]["prompt_tokens"]) == ("in_context", 20_300)
    assert "Prompt engineering: cheaper only if the text" in " ".join(str(case.costs()).split())
    with_text = case.but(tuned_prompt_tokens=20_300)
    assert priced(with_text)["fine_tune"]["serving"]["prompt_tokens"] == 20_300, "it was counted already"
    prompted = priced(case.but(prompt_result="meets"))
    assert next(iter(prompted)) == "in_context"
    assert prompted["fine_tune"]["text_tokens"] == 20_000
    assert priced(case.but(knowledge_tokens=500_000))["fine_tune"]["text_tokens"] is None


def test_where_no_option_has_the_text_a_prompt_and_a_tuned_model_are_priced_with_it() -> None:
    advisor = Advisor.load("practice")
    whole = advisor.advise({"lookup": True, "knowledge_tokens": 20_000})
    assert set(shapes_with_text(advisor.rulebook, whole, "approach")) == {"in_context", "fine_tune"}
    assert set(shapes_with_text(advisor.rulebook, whole, "adaptation")) == {"prompt", "fine_tune"}
    assert shapes_with_text(advisor.rulebook, advisor.advise({}), "approach") == WITH_TEXT


def test_a_prompt_with_the_whole_text_is_also_priced_with_the_text_in_the_cache() -> None:
    text = 30_000
    (cost,) = practised("in_context", knowledge_tokens=text).options
    assert cost.served is not None
    saving = Decimal(text * TOLD["calls_per_month"]) * (Decimal("2.00") - Decimal("0.20")) / 1_000_000
    assert cost.from_cache == cost.served.month - Money.exact(saving, "USD")
    (shared,) = practised("in_context", knowledge_tokens=text, cached_share=0.5).options
    assert shared.from_cache is None
    assert practised("prompt").options[0].from_cache is None


def test_a_text_that_the_model_cannot_read_at_once_has_no_amount() -> None:
    whole = {"knowledge_tokens": 1_050_000 - TOLD["prompt_tokens"] - TOLD["output_tokens"]}
    assert practised("in_context", **whole).options[0].served
    found = practised("in_context", knowledge_tokens=whole["knowledge_tokens"] + 1)
    assert (found.options[0].served, found.options[0].beyond) == (None, 1_050_000)
    assert found.prompted_model == found.prompted


@pytest.mark.parametrize("tokens", ["prompt_tokens", "rag_prompt_tokens"])
def test_a_prompt_that_the_model_cannot_read_at_once_has_no_estimate(tokens: str) -> None:
    practice = whytune.load("practice", as_of=date(2026, 12, 15))
    called: dict[str, Any] = {"calls": 1_000, "output_tokens": 200, "tuned_prompt_tokens": 300}
    longest = 1_050_000 - 200
    fitting, too_long = {**called, tokens: longest}, {**called, tokens: longest + 1}
    assert practice.estimate("serve", **fitting).ways[0].prompt.tokens == longest
    estimates: dict[str, dict[str, Any]] = {"serve": too_long, "break-even": {**too_long, "training": 5}}
    for kind in ("serve", "break-even") if tokens == "prompt_tokens" else ("serve",):
        message = refused("unfit-quantity", lambda kind=kind: practice.estimate(kind, **estimates[kind]))
        assert f"reads at most 1,050,000 tokens in one call, fewer than `{tokens}` and `output_tokens`" in message


def test_an_estimate_names_the_models_of_its_amounts_and_no_others() -> None:
    models = {
        options: (found.tuned_model, found.prompted_model)
        for options in (("rag", "in_context"), ("fine_tune",), ("fine_tune", "prompt"))
        for found in [practised(*options)]
    }
    assert list(models.values()) == [(None, "gpt-5.6-terra"), ("qwen3.5-9b", None), ("qwen3.5-9b", "gpt-5.6-terra")]


def test_no_hosted_price_speaks_against_an_advice_for_data_that_may_not_leave() -> None:
    assert practised("prompt", "fine_tune").against == "tuning_is_cheaper"
    inside = practised("prompt", "fine_tune", must_stay_inside=True)
    assert (inside.against, inside.must_stay_inside) == (None, True)


def test_each_way_whose_numbers_are_given_is_priced_after_the_advice_and_its_rival() -> None:
    practice = whytune.load("practice", as_of=date(2026, 12, 15))
    given = {**TOLD, "signal": "demonstrations", "prompt_result": "meets"}
    costs = practice.case(given).costs().to_dict()
    assert {option["approach"] for option in costs["options"][:2]} == {"prompt", "rag"}
    assert [option["option"] for option in costs["options"][2:]] == ["fine_tune", "rag_and_fine_tune"]
    assert costs["break_even"]
    without = {name: value for name, value in given.items() if name != "tuned_prompt_tokens"}
    costs = practice.case(without).costs().to_dict()
    assert [option["option"] for option in costs["options"][2:]] == ["rag_and_fine_tune"]
    assert practised("rag", "prompt", "fine_tune").pays_back is None
    never_tuned = practice.case(given).costs("gpt-5.6-terra").to_dict()
    priced = [option["approach"] for option in never_tuned["options"] if not option.get("unpriced")]
    assert priced == ["prompt", "rag"]


def test_a_part_that_two_ways_share_is_no_range_between_them() -> None:
    """A million calls of 1,500 tokens and answers of 200: at 2 and 12 a million $5,400, at 0.20 and 0.60 $420."""
    found = practised("rag", "rag_and_fine_tune")
    assert [cost.served.month.is_exact for cost in found.options if cost.served] == [False, False]
    (part,) = found.shared
    assert (part.cheaper.option, part.dearer.option) == ("rag_and_fine_tune", "rag")
    assert (part.difference, part.standing.is_exact) == (money("4980"), False)
    assert found.pays_back is not None
    assert found.pays_back.monthly == money("0")
    assert found.against == "tuning_is_cheaper"
    assert practised("rag_and_fine_tune", "rag").against is None
    assert practised("rag_and_fine_tune", "rag", calls_per_month=1).against == "tuning_is_dearer"
    assert not practised("rag", "prompt").shared


def test_only_a_small_classifier_is_overstated() -> None:
    assert [cost.is_overstated for cost in practised("fine_tune", "encoder").options] == [False, True]


def test_a_model_that_anybody_can_buy_is_named_for_one_that_not_everybody_can() -> None:
    assert GUIDE.sold_to_all(date(2026, 11, 30)) == "qwen3.5-9b"
    assert GUIDE.sold_to_all(date(2026, 6, 1)) is None


def test_retrieval_and_tuning_at_once_cost_the_training_the_passages_at_the_tuned_price_and_the_store() -> None:
    rulebook = Advisor.load("practice").rulebook
    facts = resolve(rulebook.vocabulary, from_python({**TOLD, "signal": "demonstrations"}))
    options = ("rag_and_fine_tune", "rag", "fine_tune")
    costs = advice_costs(rulebook, facts, "approach", options, GUIDE, TODAY).options
    both, rag, tuned = (cost.served for cost in costs if cost.served)
    assert costs[0].training == costs[2].training
    assert (both.standing, both.prompt) == (rag.standing, rag.prompt)
    assert both.row == tuned.row
    assert both.call.low > tuned.call.low
    assert both.month == both.call.times(TOLD["calls_per_month"]) + both.standing


@tabled(
    ("name", "option"), [("guide", "prompt"), ("guide", "rag"), ("guide", "lora"), ("practice", "rag_and_fine_tune")]
)
def test_an_estimate_names_each_fact_that_it_lacks(name: str, option: str) -> None:
    rulebook = Advisor.load(name).rulebook
    shape = shape_of(rulebook, "approach", option)
    assert shape is not None
    told = TOLD if name == "guide" else {**TOLD, "signal": "demonstrations"}
    for lacking in NEEDED[shape]:
        given = {fact: value for fact, value in told.items() if fact != lacking}
        facts = resolve(rulebook.vocabulary, from_python(given))
        (cost,) = advice_costs(rulebook, facts, "approach", (option,), GUIDE, TODAY).options
        assert cost.missing == (lacking,)
        assert cost.served is None


def test_the_facts_for_costs_change_no_advice_and_are_never_asked() -> None:
    advisor = Advisor.load()
    bare, told = advisor.advise({}), advisor.advise({name: value for name, value in TOLD.items() if name != "examples"})
    assert bare.decisions == told.decisions
    assert [firing.text for firing in bare.trace] == [firing.text for firing in told.trace]
    for fact in advisor.rulebook.vocabulary.facts:
        assert (len(advisor.rulebook.vocabulary.domains[fact.fact].cells) == 1) == (fact.used_for == "costs")


def test_training_is_included_only_where_there_is_some() -> None:
    rulebook = Advisor.load().rulebook
    for options, trained in ((("lora", "prompt"), True), (("prompt", "rag"), False)):
        found = advice_costs(rulebook, case(**TOLD), "approach", options, GUIDE, TODAY)
        assert ("training" in found.scope.included) is trained


@tabled("model", ["0B", "0.0B", "99999999999999999B", "100001B"])
def test_a_size_that_no_model_has_is_refused(model: str) -> None:
    refused("outside-range", lambda: gpu_estimate(GUIDE, model, "lora", TODAY, gpu="A100-80GB", tokens=1_000))


def test_a_model_that_no_price_is_of_is_refused_even_where_facts_are_missing() -> None:
    rulebook = Advisor.load().rulebook
    refused("unknown-model", lambda: advice_costs(rulebook, case(), "approach", ("rag",), GUIDE, TODAY, "nonsense"))


def test_an_option_of_another_kind_costs_nobody_knows_what() -> None:
    rulebook = Advisor.load().rulebook
    assert shape_of(rulebook, "approach", "full") == "fine_tune"
    assert {shape_of(rulebook, "approach", each.option) for each in rulebook.decision["approach"].options} == {
        "prompt",
        "rag",
        "fine_tune",
    }


def test_retrieval_takes_the_stores_of_the_list_or_the_amount_given() -> None:
    listed = with_retrieval(GUIDE, MINI, TODAY, Prompt(1_500), A_MILLION)
    assert [int(each) for each in (listed.standing.low, listed.standing.high)] == [50, 500]
    assert with_retrieval(GUIDE, MINI, TODAY, Prompt(1_500), A_MILLION, money("70")).month == money("415")


# What is written of an estimate.


@tabled("kind", ESTIMATORS)
def test_the_terminal_takes_the_quantities_of_an_estimate_and_no_others(kind: EstimateKind) -> None:
    command = cost.get_command(click.Context(cost), kind)
    assert command is not None
    of_the_terminal = {"prices", "as_of", "language", "format_", "chart"}
    options = {option.name: option for option in command.params if option.name not in of_the_terminal}
    takes = {wanted.name: wanted for wanted in ESTIMATORS[kind].takes}
    assert {*options} == {*takes}
    for name, wanted in takes.items():
        assert options[name].required == wanted.required, name
        assert wanted.default is None or options[name].default == wanted.default, name


LACKING: dict[str, tuple[EstimateKind, dict[str, Any], str]] = {
    "nothing": ("tune", {}, "the estimate needs `examples` and `tokens`"),
    "no model to rent for": ("gpu", {"method": "lora"}, "the estimate needs `model`"),
    "no prompt": (
        "serve",
        {**CALLED},
        "the estimate needs `prompt_tokens` or `rag_prompt_tokens` or `tuned_prompt_tok",
    ),
    "half of the data": ("gpu", {"model": "m", "method": "lora", "examples": 5}, "`examples` and `tokens` go together"),
    "no training": ("break-even", {**BOTH_PROMPTS}, "either `training` or `examples` and `tokens` say what training"),
    "training twice": (
        "break-even",
        {**BOTH_PROMPTS, "training": 5, "examples": 5, "tokens": 5},
        "either `training` or `examples` and `tokens` say what training costs",
    ),
    "fresh data for nothing": (
        "break-even",
        {**BOTH_PROMPTS, "training": 5, "refresh": 1},
        "`refresh` goes with `retr",
    ),
    "machines for nothing": (
        "serve",
        {**CALLED, "tuned_prompt_tokens": 5, "self_hosted": True},
        "`self_hosted` goes with `hosting`\n  hint: it is what your machines cost a month",
    ),
    "neither yes nor no": ("serve", {**CALLED, "prompt_tokens": 5, "self_hosted": "maybe"}, "unknown value `maybe`"),
    "blanks": ("tune", {"model": "gpt-4o-mini", "examples": " ", "tokens": ""}, "the estimate needs `examples` and"),
    "a strange name": ("tune", {"exmaples": 5}, "exmaples: `exmaples` means nothing here\n  hint: did you mean `exa"),
    "all at once": (
        "tune",
        {"model": "gpt-4o-mini", "examples": 0, "tokens": "x", "epochs": "1.5"},
        "epochs 1.5: `1.5` is not a whole number",
    ),
}


@tabled("lacking", LACKING)
def test_what_an_estimate_lacks_is_told_by_the_names_of_its_quantities(lacking: str) -> None:
    kind, quantities, words = LACKING[lacking]
    with pytest.raises(WhytuneError) as caught:
        whytune.load("guide", as_of=TODAY).estimate(kind, **quantities)
    assert str(caught.value).startswith(words)
    assert len(caught.value.problems) == (3 if lacking == "all at once" else 1)


def test_an_estimate_is_the_same_however_it_is_ordered() -> None:
    guide = whytune.load("guide", as_of=TODAY)
    ordered = guide.estimate("tune", model="gpt-4o-mini", examples=1_000, tokens="500", hours=None)
    assert ordered.value == tuning_estimate(GUIDE, "gpt-4o-mini", TODAY, TrainingData(1_000, 500))
    own = guide.estimate("serve", **CALLED, tuned_prompt_tokens=5, self_hosted=True, hosting="1224 USD")
    assert own.ways[0].standing == money("1224")
    with pytest.raises(WhytuneError, match="did you mean `tune`"):
        guide.estimate("tun", model="m")
    with pytest.raises(WhytuneError, match="no day is asked about"):
        whytune.load("guide").estimate("tune", model="m")


def test_a_quantity_that_would_change_nothing_by_itself_is_not_dropped_in_silence() -> None:
    guide, needed = whytune.load("guide", as_of="2026-11-22"), {**BOTH_PROMPTS, "method": "lora"}
    alone = 0
    for kind, estimator in ESTIMATORS.items():
        required = {wanted.name for wanted in estimator.takes if wanted.required}
        for wanted in estimator.takes:
            if wanted.goes_with and wanted.goes_with not in required:
                text = "yes" if wanted.name == "self_hosted" else "1"
                given = {name: needed[name] for name in required} | {wanted.name: text}
                with pytest.raises(WhytuneError, match=f"`{wanted.name}` goes with `{wanted.goes_with}`"):
                    guide.estimate(kind, **given)
                alone += 1
    assert alone > 8


IN_ORDER_TO_GO_ON: dict[str, tuple[EstimateKind, dict[str, Any], tuple[str, ...]]] = {
    "hours of training": ("tune", {"model": "o4-mini", "examples": 5, "tokens": 5}, ("hours",)),
    "no hours": ("tune", {"model": "gpt-4o-mini", "examples": 5, "tokens": 5, "hours": 1}, ("hours",)),
    "hours that cannot be given": (
        "break-even",
        {**BOTH_PROMPTS, "model": "o4-mini", "examples": 5, "tokens": 5},
        ("training", "examples", "tokens"),
    ),
    "a run that nobody states": ("gpu", {"model": "Qwen-7B", "method": "lora"}, ("examples", "tokens")),
    "a size": ("gpu", {"model": "Qwen", "method": "lora"}, ("parameters",)),
}


def test_a_hint_names_quantities_as_they_are_written_where_the_estimate_is_ordered() -> None:
    for lacking, (kind, quantities, wanted) in IN_ORDER_TO_GO_ON.items():
        texts = {name: str(value) for name, value in quantities.items()}
        with pytest.raises(WhytuneError) as caught:
            estimate(kind, EstimateRequest(texts, GUIDE, TODAY, lambda name: f"<{name}>"))
        (problem,) = caught.value.problems
        assert all(f"`<{name}>`" in str(problem.hint) for name in wanted), lacking
        assert not re.search(r"--|`(hours|training|examples|tokens|parameters|hosting|self_hosted)`", str(problem)), (
            lacking
        )


def test_without_a_model_an_estimate_takes_those_that_a_case_is_priced_with() -> None:
    traffic = {name: value for name, value in BOTH_PROMPTS.items() if name != "model"}
    for name, tuned, prompted in (("guide", "qwen3.5-9b", "qwen3.5-9b"), ("practice", "qwen3.5-9b", "gpt-5.6-terra")):
        prices = load_prices(name)
        given = {quantity: str(value) for quantity, value in {**traffic, "training": 5}.items()}
        made = estimate("break-even", EstimateRequest(given, prices, date(2026, 11, 30)))
        assert isinstance(made, BreakEven)
        assert (made.tuned.model, made.base.model) == (tuned, prompted)
    given = {name: str(value) for name, value in traffic.items()} | {"model": "gpt-5.6-luna"}
    for tuned, asked in (("qwen3.5-9b", {}), ("gpt-5.6-luna", {"self_hosted": "yes", "hosting": "500"})):
        request = EstimateRequest({**given, **asked}, load_prices("practice"), date(2026, 11, 30))
        made = estimate("serve", request)
        assert isinstance(made, ServingEstimate)
        assert [way.model for way in made.ways] == ["gpt-5.6-luna", tuned]
    refused("unknown-model", lambda: estimate("serve", replace(request, texts={**given, "model": "nonsense"})))
    training = {"examples": "1000", "tokens": "500"}
    for day, model in ((IN_2024, MINI), (TODAY, "qwen3.5-9b")):
        made = estimate("tune", EstimateRequest(training, GUIDE, day))
        assert isinstance(made, TuningEstimate)
        assert made.row.model == model
    bare = replace(GUIDE, identity=GUIDE.identity.model_copy(update={"reference": ()}))
    refused("missing-quantity", lambda: estimate("tune", EstimateRequest(training, bare, TODAY)))


def test_prices_against_an_advice_stand_beside_the_bound_that_its_rule_goes_by() -> None:
    numbers = {"tokens_per_example": 500, "tuned_prompt_tokens": 300, "prompt_tokens": 2000, "output_tokens": 100}
    case = whytune.load("practice", as_of="2026-11-25").case(
        prompt_result="dear", lookup=False, signal="demonstrations", examples=2500, calls_per_month=30_000, **numbers
    )
    assert "(Calls a month: 30,000 calls (below 100,000))." in " ".join(str(case.costs()).split())
