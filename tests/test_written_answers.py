"""A recommendation as JSON: written in parts, which are kept, it is the very text of its data."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

pytest.importorskip("starlette", reason="needs whytune[web]")

import whytune
from whytune import Recommendation
from whytune.web import written_answers
from whytune.web.written_answers import WrittenAnswers, as_json

from .ledgers import ADVISOR, CASES

GUIDE = whytune.load("guide")
NUMBERS: list[dict[str, Any]] = [
    {"member": True, "days": f"{days}", "debt": debt} for days, debt in product((1, "1.0", "7.5", "8"), (5, 6))
]


def answers() -> list[Recommendation]:
    given = ({"prompt_enough": False, "examples": number, "need": "domain_terms"} for number in (99, 3200, 3201))
    return [*(GUIDE.case(facts).recommendation for facts in given), *map(ADVISOR.advise, (*CASES, *NUMBERS))]


def test_what_is_written_in_parts_is_the_text_of_the_whole() -> None:
    writer = WrittenAnswers()
    for answer in [*answers(), *answers()]:
        assert writer.text(answer) == as_json(answer.to_dict())
        assert writer.text(answer, record="1-a") == as_json({"record": "1-a", **answer.to_dict()})
    empty = replace(answers()[0], trace=(), decisions={}, facts={})
    assert writer.text(empty) == as_json(empty.to_dict())


def test_what_is_dropped_is_written_again_also_while_others_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written_answers, "MOST", 3)
    writer, asked = WrittenAnswers(), answers() * 4
    with ThreadPoolExecutor(8) as pool:
        assert [*pool.map(writer.text, asked)] == [as_json(answer.to_dict()) for answer in asked]
    assert len(writer._texts) <= 3 + 8


def test_the_cases_of_a_kind_share_the_steps_that_show_no_number_of_their_own() -> None:
    first, second = (
        GUIDE.case(need="".join(("domain", "_terms")), examples=number).recommendation for number in (50, 51)
    )
    fresh = [step for step, other in zip(first.trace, second.trace, strict=True) if step is not other]
    assert {step.kind for step in fresh} == {"band"}
    assert {step.kind for step in first.trace} > {"band", "rule"}
