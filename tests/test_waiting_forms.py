"""A form of facts says what may be typed, that an answer is awaited, and that none came."""

from __future__ import annotations

import re
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest

pytest.importorskip("starlette", reason="needs whytune[web]")

from whytune.engine.language.vocabulary import Fact, Range
from whytune.web.apart import Workshop, too_slow
from whytune.web.shapes import example_range

from .looks import tabled
from .test_service import asks


@tabled(
    ("kind", "bounds", "example"),
    [
        ("whole_number", {}, "1000..5000"),
        ("number", {"min": 0, "max": 1}, "0.25..0.5"),
        ("whole_number", {"min": 1, "max": 1000}, "2..4"),
        ("whole_number", {"min": 0, "max": 3}, "1..2"),
        ("whole_number", {"min": 1, "max": 100}, "26..51"),
        ("number", {"min": 6000}, "7000..8000"),
        ("number", {"max": 0}, "-3000..-2000"),
        ("number", {"min": -10, "max": 0}, "-7.5..-5"),
    ],
)
def test_the_range_that_a_field_shows_lies_within_the_bounds_of_its_fact(
    kind: Any, bounds: dict[str, int], example: str
) -> None:
    numbers = {name: Decimal(number) for name, number in bounds.items()}
    bound = Range.model_construct(None, **numbers) if numbers else None
    fact = Fact.model_construct(fact="share", kind=kind, range=bound)
    assert example_range(fact) == example


def test_a_form_says_that_it_works_and_its_page_has_a_place_for_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    with asks() as client:
        text = client.get("/advise?language=en").text
        assert re.search(r'<button data-working="[^"]+">', text)
        assert "503" in re.findall(r'"code": "([^"]+)", "swap": true', text)[0]

        def slow(*_: object) -> None:
            raise too_slow(30)

        monkeypatch.setattr(import_module("whytune.web.service"), "page", slow)
        monkeypatch.setattr(Workshop, "run", lambda shop, function, *arguments: function(*arguments))
        answer = client.get("/advise?language=en", headers={"Accept": "*/*", "HX-Request": "true"})
        browser = {"Accept": "text/html"}
        kept = client.get("/what-if?language=en&facts.examples=3200&changes.examples=50", headers=browser)
        two = client.get("/diff?language=en&old=guide&new=practice", headers=browser)
    assert (kept.status_code, 'name="changes.examples" value="50"' in kept.text) == (503, True)
    assert (two.status_code, 'name="new" value="practice"' in two.text) == (503, True)
    assert two.headers["retry-after"]
    assert answer.status_code == 503
    assert re.search(r'<div id="answer" tabindex="-1">.*no answer within 30 seconds', answer.text, re.DOTALL)
