"""Answers of the service are as its description says: nothing is missing in them, and nothing stands there besides."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="needs whytune[web]")
from jsonschema import Draft202012Validator

import whytune
from whytune.web import exchanged
from whytune.web.answers.described import TYPES, schemas
from whytune.web.asking import asking
from whytune.web.library import Bookcase, library
from whytune.web.openapi import openapi
from whytune.web.routes import ROUTES, answered

from .ledgers import opened_up, recorded
from .stage import ROOT
from .test_service import DAY, ESTIMATED, IN_ADDRESS
from .test_web_pages import NEEDS, PRICED

PLACE = "#/$defs/{model}"
TASK = {**IN_ADDRESS, **PRICED}
DESK = str(ROOT / "tests" / "data" / "desk")
EDITS = ROOT / "tests" / "edits"
ASKED: list[tuple[str, Mapping[str, str]]] = [
    *((name, {**TASK, **NEEDS.get(name, {})}) for name, route in ROUTES.items() if route.is_about_a_case),
    *((name, {}) for name, route in ROUTES.items() if route.is_about_a_case and name not in NEEDS),
    *((f"cost/{kind}", order) for kind, order in ESTIMATED.items()),
    ("cost/gpu", {"model": "Llama-3-8B", "method": "full", "examples": "1000", "tokens": "500"}),
    ("what-if", {**TASK, "changes.good_examples": "3"}),
    ("why-not", {"option": "lora"}),
    ("flip", {**TASK, "to": "prompt"}),
    *((name, {}) for name in ("rulebooks", "codebook", "schema", "compare")),
    *((name, about) for name in ("facts", "rules", "cases") for about in ({}, {"rulebook": "desk"})),
    ("explain-check", {}),
    ("facts", {"name": "examples"}),
    ("rules", {"name": "prompt_is_enough"}),
    ("rules", {"name": "approach.if_none_stands"}),
    ("rules", {"text": "latency"}),
    ("cases", {"name": "clinic_terms_99_examples"}),
    ("cases", {"rule": "prompt_is_enough"}),
    ("explain-check", {"name": "never-decisive"}),
    ("sql", NEEDS["sql"]),
    ("check", {"rulebook": "desk"}),
    ("test", {}),
    ("test", {"rulebook": "desk", "coverage": "yes"}),
    ("diff", {"old": "guide", "new": "guide"}),
    *((name, {}) for name in ("records", "stats", "replay", "verify")),
    ("records", {"name": "1"}),
    ("impact", {"new": "desk"}),
]
"""Questions, each of which must be here."""


def closed(part: Any) -> Any:
    """A schema that allows no members but those that it names."""
    if isinstance(part, list):
        return [closed(one) for one in part]
    if not isinstance(part, dict):
        return part
    inner = {key: closed(one) for key, one in part.items()}
    return {"additionalProperties": False, **inner} if isinstance(part.get("properties"), dict) else inner


DEFINITIONS = closed(schemas(PLACE).definitions)


@cache
def held(name: str) -> Draft202012Validator:
    """What holds an answer to the description of its route."""
    made = schemas(PLACE)
    return Draft202012Validator({**closed(made.answers[name]), "$defs": DEFINITIONS})


def asked_of(bookcase: Bookcase, name: str, about: Mapping[str, str]) -> Any:
    day = {"as_of": DAY} if any(wanted.name == "as_of" for wanted in ROUTES[name].wants) else {}
    return json.loads(answered(name, asking(bookcase, {**day, **about}.items())).text)


@pytest.fixture(scope="module")
def bookcase(tmp_path_factory: pytest.TempPathFactory) -> Bookcase:
    ledger = tmp_path_factory.mktemp("ledger") / "l"
    recorded(ledger)
    places = ("guide", DESK)
    return library(places, str(ledger))


def wrong(data: Any, name: str) -> Iterator[str]:
    yield from (f"{name}: {error.json_path}: {error.message[:200]}" for error in held(name).iter_errors(data))


@pytest.mark.slow
def test_every_answer_with_data_is_described_and_is_as_described(bookcase: Bookcase) -> None:
    data = {name for name, route in ROUTES.items() if not route.draws}
    assert {*TYPES} == data | {"import-rulebook"}
    assert {name for name, _ in ASKED if not ROUTES[name].draws} == data
    mistakes: list[str] = []
    for name, about in ASKED:
        if not ROUTES[name].draws:
            mistakes += wrong(asked_of(bookcase, name, about), name)
    assert mistakes == []


def test_what_an_edit_changes_and_what_a_file_makes_is_as_described(bookcase: Bookcase) -> None:
    old = whytune.load(EDITS / "old", as_of=DAY)
    mistakes: list[str] = []
    edits = sorted(file.parent for file in EDITS.glob("*/rulebook.yaml"))
    for edit in edits:
        mistakes += wrong(old.difference(whytune.load(edit, as_of=DAY)).to_dict(), "diff")
    file = asking(bookcase, {"file": "loan.dmn"}.items(), (ROOT / "docs" / "examples" / "loan.dmn").read_bytes())
    workbook = exchanged.made(asking(bookcase, {"rulebook": "desk", "to": "xlsx"}.items())).data
    edited = asking(bookcase, {"file": "desk.xlsx", "into": "desk"}.items(), workbook)
    for query in (file, edited):
        mistakes += wrong(json.loads(exchanged.sent(query).text), "import-rulebook")
    assert len(edits) > 4
    assert mistakes == []


def test_what_is_wrong_with_a_ledger_is_as_described(tmp_path: Path) -> None:
    recorded(tmp_path / "l")
    with opened_up(tmp_path / "l") as connection:
        connection.execute("UPDATE records SET body = replace(body, 'Ada', 'Bob') WHERE seq = 2")
    verdict = asked_of(library((), str(tmp_path / "l")), "verify", {})
    assert verdict["fault"]["seq"] == 2
    assert [*wrong(verdict, "verify")] == []


def test_the_description_sends_each_answer_to_its_schema(bookcase: Bookcase) -> None:
    described = openapi(bookcase)
    known = described["components"]["schemas"]
    assert {"Case", "Problem"}.isdisjoint(schemas(PLACE).definitions)
    for path, methods in described["paths"].items():
        for method in methods.values():
            for status, answer in method["responses"].items():
                content = answer.get("content", {})
                assert all(one["schema"] for one in content.values()), path
                assert content or status == "304", path
    for place in re.findall(r'"\$ref": "([^"]+)"', json.dumps(described)):
        assert place.startswith("#/components/schemas/")
        assert place.split("/")[3] in known
    for pattern in re.findall(r'"pattern": ("[^"]*")', json.dumps(described)):
        re.compile(json.loads(pattern))  # in the words that all dialects share
