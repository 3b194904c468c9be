"""The form of an estimate: what there is to choose from, tokens explained, and what the case says filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

pytest.importorskip("starlette", reason="needs whytune[web]")
from starlette.testclient import TestClient

from whytune.engine.costs.estimators import ESTIMATORS
from whytune.engine.costs.offers import offers
from whytune.engine.costs.price_file import load_prices

from .test_service import asks

DAY = "2026-11-25"
CASE = {"facts.calls_per_month": "4000000", "facts.prompt_tokens": "2000", "facts.tokens_per_example": "500"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with asks() as client:
        yield client


def options(page: str, name: str) -> list[str]:
    """The values that the field of this name offers, the first of them chosen."""
    field = re.search(rf'<select id="{name}".*?</select>|<datalist id="{name}-names">.*?</datalist>', page)
    assert field, name
    return re.findall(r'<option value="([^"]*)"', field[0])


def value(page: str, name: str) -> str:
    field = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert field, name
    return field[1]


@pytest.mark.parametrize(
    ("language", "closed", "token"),
    [("en", "not open to new customers", "60 to 80 English words"), ("zh", "不对新客户开放", "0.6 个 Token")],
)
def test_the_form_has_models_to_choose_from_and_says_what_a_token_is(
    client: TestClient, language: str, closed: str, token: str
) -> None:
    page = client.get("/cost/tune", params={"as_of": DAY, "language": language}).text
    first, *others = options(page, "model")
    assert first == "qwen3.5-9b"
    assert "gpt-4o-mini-2024-07-18" in others
    assert closed in page
    assert token in page


@pytest.mark.slow
def test_every_name_that_is_offered_can_be_estimated(client: TestClient) -> None:
    asked = {"as_of": DAY, "calls": "1000", "output_tokens": "10", "prompt_tokens": "100", "tuned_prompt_tokens": "50"}
    page = client.get("/cost/serve", params=asked).text
    models, tuned = options(page, "model"), [name for name in options(page, "tuned_model") if name]
    assert "together-lora-16b" not in tuned, "nothing is known of what it costs to answer"
    for model in models:
        assert client.get("/v1/cost/serve", params={**asked, "model": model, "tuned_model": tuned[0]}).is_success, model
    for model in tuned:
        assert client.get("/v1/cost/serve", params={**asked, "model": models[0], "tuned_model": model}).is_success, (
            model
        )


def test_what_the_case_says_stands_in_the_form(client: TestClient) -> None:
    page = client.get("/cost/break-even", params={**CASE, "as_of": DAY}).text
    assert [value(page, name) for name in ("calls", "prompt_tokens", "tokens")] == ["4000000", "2000", "500"]
    page = client.get("/cost/break-even", params={**CASE, "calls": "10", "as_of": DAY}).text
    assert value(page, "calls") == "10"


def test_what_anybody_can_buy_comes_first_and_nothing_without_a_price_on_the_day() -> None:
    prices = load_prices("guide")
    for kind in ESTIMATORS:
        for name, choice in offers(kind, prices, date(2026, 11, 30)).items():
            assert choice.offers, (kind, name)
            is_open = [offer.is_open for offer in choice.offers]
            assert is_open == sorted(is_open, reverse=True), (kind, name)
    in_2024 = {offer.name for offer in offers("tune", prices, date(2024, 10, 1))["model"].offers}
    assert {"gpt-4o-mini-2024-07-18", "fireworks-16b"} <= in_2024
    assert "qwen3.5-9b" not in in_2024
    assert not offers("gpu", prices, date(2020, 1, 1))["gpu"].offers


def test_costs_say_that_the_price_list_names_both_models_unless_another_is_asked_for(client: TestClient) -> None:
    case = {"rulebook": "practice", "facts.signal": "demonstrations", "facts.examples": "500", "facts.goals": "style"}
    amounts = {"facts.output_tokens": "100", "facts.tuned_prompt_tokens": "300", "as_of": "2026-12-15"}
    asked = {**CASE, **case, **amounts, "language": "en"}
    of_list = "Both models are those of the price list: qwen3.5-9b as the one to tune, gpt-5.6-terra as the one"
    numbers = {"calls": "9000", "prompt_tokens": "900", "output_tokens": "100", "tuned_prompt_tokens": "300"}
    for page in (
        client.get("/cost", params=asked).text,
        client.get("/cost/break-even", params={**asked, **numbers, "training": "9"}).text,
    ):
        assert of_list in re.sub("<[^>]+>", "", page)
        assert "Those of another vendor are priced by a price list of your own." in page
        links = dict(re.findall(r'<a href="/cost/break-even[?][^"]*#([a-z_]+)">([^<]+)</a>', page))
        assert links == {"tuned_model": "qwen3.5-9b", "model": "gpt-5.6-terra"}
    another = client.get("/cost", params={**asked, "model": "qwen3.5-35b-a3b"}).text
    assert "Both models" not in another
