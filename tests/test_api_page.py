"""The page for programs: every question with what it takes, an example that works, and the types of its answer."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="needs whytune[web]")
from starlette.testclient import TestClient

import whytune
from whytune.engine.words.catalogue import LANGUAGES
from whytune.web.library import Bookcase
from whytune.web.openapi import openapi
from whytune.web.routes import ROUTES

from .generated import decision, fact, framed
from .ledgers import recorded
from .test_service import asks
from .test_web_pages import LONG, Outline
from .words import texts

WORKED_APART = {"import-rulebook", *(name.removeprefix("v1/") for name in LONG)}
"""What works in processes of its own, which take long to make."""
HERE = "http://127.0.0.1:8020"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    ledger = tmp_path_factory.mktemp("ledger") / "l"
    recorded(ledger)
    with asks(ledger=str(ledger)) as client:
        yield client


@pytest.fixture(scope="module")
def pages(client: TestClient) -> dict[str, str]:
    return {language: client.get("/api", params={"language": language}).text for language in LANGUAGES}


def test_the_page_shows_every_question_in_either_language_and_its_links_lead_somewhere(pages: dict[str, str]) -> None:
    for language, text in pages.items():
        page = Outline(text)
        assert page.open == []
        assert f'<html lang="{language}">' in text
        addresses = re.findall(r"<h3><code>[A-Z ]+ /v1/([^<]+)</code></h3>", text)
        assert sorted(addresses) == sorted({*ROUTES, "bulk", "export", "export-rulebook", "import-rulebook"})
        for link in page.links:
            assert not link.startswith("#") or f' id="{link[1:]}"' in text, link
        assert len(text.encode()) < 300_000


@pytest.mark.slow
def test_each_command_on_the_page_is_answered(client: TestClient, pages: dict[str, str]) -> None:
    commands = [
        unescape(text) for text in re.findall(r'<pre class="whole"><code>(.*?)</code></pre>', pages["en"], re.DOTALL)
    ]
    assert len(commands) == len(ROUTES) + 4
    for command in commands:
        curl, *sent, address = shlex.split(command)
        assert curl == "curl"
        name = address.removeprefix(f"{HERE}/v1/").partition("?")[0]
        if name in WORKED_APART:
            continue
        answer = client.post(address, content=sent[1]) if sent else client.get(address)
        assert answer.status_code in (200, 201), (command, answer.text)


@pytest.mark.parametrize(
    ("form", "examples"),
    [
        ({"kind": "number", "range": {"min": 10, "max": 20}}, ("10", "11")),
        ({"kind": "number", "range": {"max": -3}}, ("-3", "-4")),
        ({"kind": "number", "range": {"min": 0.2, "max": 0.9}}, ("0.9", "0.2")),
        ({"kind": "whole_number"}, ("1", "2")),
    ],
    ids=str,
)
def test_the_example_of_a_fact_is_one_that_it_may_be(
    form: dict[str, Any], examples: tuple[str, str], tmp_path: Path
) -> None:
    rulebook = framed(
        facts=[{**fact("f", "yes_no"), **form}], decisions=[decision("d", ["a", "b"], "a", "refer")], rules=[]
    )
    file = tmp_path / "r.json"
    file.write_text(json.dumps(rulebook), "utf-8")
    book = whytune.load(file, as_of="2026-12-15")
    paths = openapi(Bookcase([book]))["paths"]
    body = paths["/v1/advise"]["post"]["requestBody"]["content"]["application/json"]["example"]
    parameters = paths["/v1/what-if"]["get"]["parameters"]
    other = next(part["example"] for part in parameters if part["name"] == "changes.f")
    assert (body["f"], other) == examples
    for value in examples:
        assert book.case(f=value).advice


def test_all_that_the_service_says_of_itself_is_said_in_chinese(client: TestClient) -> None:
    english, chinese = (client.get("/openapi.json", params={"language": language}).json() for language in LANGUAGES)
    told: dict[str, set[str]] = {"en": set(), "zh": set()}
    for language, described in (("en", english), ("zh", chinese)):
        for methods in described["paths"].values():
            for asked in methods.values():
                told[language] |= {asked["summary"], *(answer["description"] for answer in asked["responses"].values())}
                told[language] |= {one["description"] for one in asked["parameters"]}
                form = asked.get("requestBody", {}).get("content", {}).get("multipart/form-data", {"schema": {}})
                told[language] |= {file["description"] for file in form["schema"].get("properties", {}).values()}
        told[language] |= {*said_in(described["components"]["schemas"])}
    assert [text for text in told["zh"] if not re.search("[\u4e00-\u9fff]", text)] == []
    assert {text for _, text in texts("DESCRIPTIONS", "zh")} <= told["en"]


def said_in(schema: Any) -> Iterator[str]:
    """All descriptions in a schema."""
    if isinstance(schema, dict):
        for key, part in schema.items():
            yield from [part] if key == "description" and isinstance(part, str) else said_in(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from said_in(part)


def test_a_page_that_is_asked_for_more_than_a_language_says_what_is_wrong(client: TestClient) -> None:
    answer = client.get("/api", params={"option": "<lora>", "language": "en"})
    assert answer.status_code == 422
    assert "<code>option</code> means nothing here" in answer.text
    assert client.get("/api.json").json() == client.get("/openapi.json").json()
    assert 'href="/api?language=en"' in client.get("/advise", params={"language": "en"}).text
