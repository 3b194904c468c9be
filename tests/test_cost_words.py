"""What a reader of an estimate is told: amounts with their units, each price once, times as one says them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

import whytune
from whytune import Problem, WhytuneError
from whytune.engine.costs.estimate_request import EstimateRequest
from whytune.engine.costs.estimators import EstimateKind
from whytune.engine.costs.option_costs import advice_costs
from whytune.engine.costs.price_file import load_prices, prices
from whytune.engine.language.problems import Sentence
from whytune.engine.language.source import parse
from whytune.engine.words.catalogue import phrase, translated
from whytune.estimates import estimated, written
from whytune.prose.document import Document, Paragraph, Rows
from whytune.prose.prices import Pricing, lasting

from .looks import sampled, tabled

DAY = date(2026, 11, 30)
PRICES = load_prices("guide")
TRAFFIC: dict[str, Any] = {"model": "gpt-4o-mini", "calls": 4_000_000, "output_tokens": 200}
PROMPTS: dict[str, Any] = {"prompt_tokens": 2_000, "tuned_prompt_tokens": 300}
DATA: dict[str, Any] = {"examples": 1_000, "tokens": 500}
CASE: dict[str, Any] = {
    "calls_per_month": 4_000_000,
    "tokens_per_example": 500,
    "examples": 1_000,
    "rag_prompt_tokens": 1_500,
    "output_tokens": 200,
    **PROMPTS,
}
ESTIMATES: dict[str, tuple[EstimateKind, dict[str, Any]]] = {
    "training": ("tune", {"model": "gpt-4o-mini", **DATA}),
    "rented": ("gpu", {"model": "Llama-3-8B", "method": "lora", **DATA}),
    "three ways": ("serve", {**TRAFFIC, **PROMPTS, "rag_prompt_tokens": 1_500}),
    "by the hour": ("serve", {**TRAFFIC, "tuned_prompt_tokens": 300, "hosting": "azure-openai"}),
    "by the month": ("serve", {**TRAFFIC, "tuned_prompt_tokens": 300, "hosting": "mistral-storage"}),
    "pays back": ("break-even", {**TRAFFIC, **PROMPTS, **DATA}),
    "never": ("break-even", {**TRAFFIC, **PROMPTS, "training": 5, "hosting": "azure-openai", "retrain_every": 6}),
}
UNITS = {
    "en": r"a call|a month|once|one run|million|an hour|per GPU-hour|on calls|each month",
    "zh": r"每次|每月|一次|每百万|每小时|每 GPU 小时",
}


@cache
def documents(language: str) -> dict[str, Document]:
    """Every kind of estimate, and the costs of a case by each price list, in this language."""
    case = whytune.load("guide", as_of=DAY, language=language).case(CASE)
    estimates = {
        name: estimated(kind, EstimateRequest(written(kind, quantities), PRICES, DAY), language).document()
        for name, (kind, quantities) in ESTIMATES.items()
    }
    return estimates | {f"a case by {prices}": case.costs(prices=prices).document() for prices in ("guide", "practice")}


def lines(document: Document) -> Iterator[str]:
    """What each block says, a row after the other, with its name."""
    for block in document.blocks:
        if isinstance(block, Rows):
            name = ""
            for own_name, text in block.rows:
                name = own_name or name
                yield f"{name}: {text}"
        else:
            yield getattr(block, "text", "")


@pytest.mark.parametrize("language", UNITS)
def test_every_amount_says_what_it_is_for(language: str) -> None:
    bare = [
        f"{name}: {line}"
        for name, document in documents(language).items()
        for line in lines(document)
        if "$" in line and not re.search(UNITS[language], line, re.IGNORECASE)
    ]
    assert not bare


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            [
                "hosted models, to which they may not go",
                "the range is that of one part",
                "which is assumed",
                "Not counted: ",
                "another rulebook",
            ],
        ),
        pytest.param(
            "zh", ["数据并不能送到那里", "区间来自", "篇幅按假设", "未计入：", "其他规则库"], marks=pytest.mark.slow
        ),
    ],
)
def test_whoever_decides_is_told_what_the_amounts_rest_on(language: str, words: list[str]) -> None:
    prompts = ("prompt_tokens", "rag_prompt_tokens", "output_tokens")
    given = {name: CASE[name] for name in prompts} | {
        "lookup": True,
        "must_stay_inside": True,
        "calls_per_month": 9_000,
    }
    summary = whytune.load("practice", as_of=DAY, language=language).case(given).summary()
    page = " ".join(lines(summary.document()))
    assert [text for text in words if text not in page] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Prompt engineering: cheaper only if the text of 50,000 tokens need not be in each call"),
        pytest.param("zh", "提示工程：只有每次调用不必带上 50,000 Token 的全文时才更便宜", marks=pytest.mark.slow),
    ],
)
def test_a_way_without_the_text_that_another_hands_over_is_not_told_as_cheaper(language: str, words: str) -> None:
    given = CASE | {
        "lookup": True,
        "knowledge_tokens": 50_000,
        "calls_per_month": 9_000,
        "goals": "style",
        "signal": "demonstrations",
        "examples": 4_000,
        "output_is_label": False,
        "eval_set": True,
    }
    case = whytune.load("practice", as_of=DAY, language=language).case(given)
    assert words in lines(case.costs().document())
    longer = case.but(prompt_tokens=60_000, tuned_prompt_tokens=60_000)
    assert words.partition("50,000")[0] not in " ".join(lines(longer.costs().document()))


@pytest.mark.parametrize("language", sampled(UNITS, 2))
def test_what_an_estimate_lacks_is_told_in_the_readers_words(language: str) -> None:
    case = whytune.load("practice", as_of=DAY, language=language).case({"signal": "demonstrations"})
    told = " ".join(lines(case.costs().document()))
    assert "prompt_tokens" not in told


@pytest.mark.parametrize("language", UNITS)
def test_another_way_without_a_price_says_so_and_the_others_keep_their_amounts(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking = Sentence("the price list has no price for cached tokens of `{model}`", model="m")

    def unpriced(*_: object) -> None:
        raise WhytuneError([Problem("no-price", lacking)])

    given = {**CASE, "prompt_enough": False, "external_knowledge": False, "need": "domain_terms"}
    case = whytune.load("guide", as_of=DAY, language=language).case(given)
    priced = case.costs().to_dict()["options"]
    assert all(option["unpriced"] is None for option in priced)
    monkeypatch.setitem(advice_costs.__globals__, "with_retrieval", unpriced)
    costs = case.costs()
    rag = next(option for option in costs.to_dict()["options"] if option["approach"] == "rag")
    assert (rag["serving"], rag["unpriced"]) == (None, lacking)
    assert [option for option in costs.to_dict()["options"] if option["approach"] != "rag"] == [
        option for option in priced if option["approach"] != "rag"
    ]
    assert phrase("costs_unpriced", language, why=translated(lacking, language)) in " ".join(lines(costs.document()))


@pytest.mark.parametrize("language", UNITS)
def test_what_is_assumed_is_told_without_names_of_facts(language: str) -> None:
    case = whytune.load("guide", as_of=DAY, language=language).case({**CASE, "prompt_enough": False})
    text = " ".join(lines(case.costs().document()))
    assert phrase("costs_epochs", language) in text
    assert not re.search(
        r"[(（]([^()（）]* )?(epochs|cached_share|knowledge_tokens)[)）]", text.replace("× epochs", "")
    )


@pytest.mark.parametrize("language", UNITS)
def test_no_price_and_no_warning_is_told_twice(language: str) -> None:
    cannot_buy = {"en": "can no longer buy", "zh": "新客户已无法购买"}[language]
    for name, document in documents(language).items():
        told = list(lines(document))
        prices = Counter(line for line in told if line.startswith(("Price: ", "价格: ")))
        assert max(prices.values()) == 1, name
        models = Counter(re.split("; |；|（自| \\(valid", line)[0] for line in prices)
        assert max(models.values()) == 1, name
        assert sum(cannot_buy in line for line in told) <= 1, name


def test_another_model_to_tune_is_offered_by_the_option_that_names_it_and_for_no_model_as_it_is() -> None:
    offered = {
        name: {
            block.to_type for block in documents("en")[name].blocks if isinstance(block, Paragraph) and block.to_type
        }
        for name in ("training", "three ways", "pays back")
    }
    one, other = {"(--model qwen3.5-9b)"}, {"(--tuned-model qwen3.5-9b)"}
    assert offered == {"training": one, "three ways": other, "pays back": other}
    retired = EstimateRequest(written("serve", {**TRAFFIC, "model": "gpt-4.1-nano", "prompt_tokens": 300}), PRICES, DAY)
    told = " ".join(lines(estimated("serve", retired, "en").document()))
    assert "This can no longer be bought" in told
    assert "Anybody can buy" not in told


def test_what_goes_on_from_the_headline_stands_directly_below_it() -> None:
    quantities = {**TRAFFIC, **PROMPTS, **DATA, "model": "gpt-4o", "tuned_model": "gpt-4o-mini"}
    two_models = estimated("break-even", EstimateRequest(written("break-even", quantities), PRICES, DAY), "en")
    _, first, *rest = lines(two_models.document())
    assert first.startswith("OpenAI closed fine-tuning to them")
    assert any(line.startswith("Two models are compared") for line in rest)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "no amount can be given for learner itself"), ("zh", "learner 本身不微调时的费用无法给出")],
)
def test_a_price_that_the_list_has_is_not_said_to_be_missing(language: str, words: str) -> None:
    """The model to tune has a price not tuned, too, but none for the cached tokens of this prompt."""
    row = (
        "provider: P, currency: USD, unit: million_tokens, input: 1, output: 1, valid: {from: 2024-01-01}, "
        "checked_on: 2026-01-01, availability: a, source: {document: d, place: '1'}"
    )
    listed = prices(
        parse(
            "prices: {name: p, edition: '1', title: P, languages: [en], currencies: [USD]}\n"
            "documents: [{document: d, title: D}]\n"
            "availability: [{availability: a, stages: [{from: 2020-01-01, state: open}]}]\n"
            f"tuning: [{{model: learner, training: 1, {row}}}]\n"
            f"serving: [{{model: prompted, cached_input: 0.5, {row}}}, {{model: learner, {row}}}]\n",
            "p.yaml",
        )
    )
    quantities = {**TRAFFIC, **PROMPTS, "model": "prompted", "tuned_model": "learner", "cached_share": "0.5"}
    asked = EstimateRequest(written("serve", quantities), listed, DAY)
    assert words in " ".join(lines(estimated("serve", asked, language).document()))


@tabled(
    ("months", "en", "zh"),
    [
        ("0.0125", "less than a day", "不到一天"),
        ("0.04", "about 2 days", "约 2 天"),
        ("0.4", "about 12 days", "约 12 天"),
        ("0.5", "about 2 weeks", "约 2 周"),
        ("0.7", "about 3 weeks", "约 3 周"),
        ("1.99", "about 9 weeks", "约 9 周"),
        ("2", "about 2 months", "约 2 个月"),
        ("15.4", "about 15 months", "约 15 个月"),
        ("27.6", "about 28 months", "约 28 个月"),
        ("40", "about 3 years", "约 3 年"),
        ("1200", "about 100 years", "约 100 年"),
    ],
)
def test_a_time_is_told_in_the_unit_that_one_would_use(months: str, en: str, zh: str) -> None:
    assert [lasting(Decimal(months), Pricing(PRICES, DAY, language)) for language in ("en", "zh")] == [en, zh]
