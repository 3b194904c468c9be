"""Numbers as people type them into a form: read where they can mean only one number, as at a question."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from whytune.engine.language.numerals import in_plain_digits

pytest.importorskip("starlette", reason="needs whytune[web]")
from starlette.testclient import TestClient

from .test_service import DAY, ESTIMATED, asks

SETTING = {"as_of": DAY, "language": "en", "rulebook": "guide"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with asks() as client:
        yield client


def test_each_number_that_can_mean_only_one_is_written_in_plain_digits() -> None:
    meant = {
        "4,000": "4000",
        "10k": "10000",
        "4千": "4000",
        "1.2万": "12000",
        "约 1.2万": "约 1.2万",
        "4,000..10k": "4000..10000",
        ">= 4 000": ">=4000",
        "4000": "4000",
        "10.000": "10.000",
        "lots": "lots",
        "unknown": "unknown",
        "": "",
    }
    assert {text: in_plain_digits(text, {}, whole=True) for text in meant} == meant
    assert in_plain_digits("0,5", {}, whole=False) == "0.5"
    for text in ("4k..10,000", "10,000..40k", "4k | 10,000", "4k..lots"):
        assert in_plain_digits(text, {}, whole=False) == text
    assert in_plain_digits("1,234.5 USD", {"en": "USD"}, whole=False) == "1234.5"


def test_a_form_of_facts_takes_a_number_as_the_interview_does_and_shows_how_it_was_read(client: TestClient) -> None:
    for text, plain in (("4,000", "4000"), ("10k", "10000"), ("4千", "4000"), ("4,000..10k", "4000..10000")):
        for name in ("advise", "next", "what-if"):
            about = {"facts.prompt_enough": "no", "facts.examples": text}
            about = {"facts.examples": "1", "changes.examples": text} if name == "what-if" else about
            answer = client.get(f"/{name}", params={**SETTING, **about})
            assert answer.status_code == 200, answer.text
            assert plain in answer.text
    for text in ("10.000", "about 100"):
        wrong = client.get("/advise", params={**SETTING, "facts.examples": text})
        assert (wrong.status_code, f'value="{text}"' in wrong.text) == (422, True)
    assert client.get("/v1/advise", params={**SETTING, "facts.examples": "4,000"}).status_code == 422


def test_a_form_of_costs_takes_them_too(client: TestClient) -> None:
    for kind, quantities in ESTIMATED.items():
        typed = {name: f"{int(text):,}" if text.isdigit() else text for name, text in quantities.items()}
        answer = client.get(f"/cost/{kind}", params={**SETTING, **typed})
        assert answer.status_code == 200, answer.text
