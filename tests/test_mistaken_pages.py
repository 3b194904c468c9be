"""A page on which something is wrong keeps all that was filled in, and leads on."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

pytest.importorskip("starlette", reason="needs whytune[web]")

from starlette.testclient import TestClient

from .test_service import asks


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with asks() as asked:
        yield asked


@pytest.mark.parametrize(
    ("facts", "changes"), [("3200", "abc"), ("abc", "50"), ("3200", "12 000 or so 1"), ("abc", "def")]
)
def test_a_what_if_keeps_its_facts_and_its_changes_where_one_of_them_is_wrong(
    client: TestClient, facts: str, changes: str
) -> None:
    asked = {"facts.examples": facts, "changes.examples": changes, "changes.need": "speed", "language": "en"}
    answer = client.get("/what-if", params=asked)
    assert answer.status_code == 422
    typed, hidden = ("changes", "facts") if facts == "3200" else ("facts", "changes")
    values = {"facts": facts, "changes": changes}
    assert f'name="{typed}.examples" value="{values[typed]}"' in answer.text
    assert f'<input type="hidden" name="{hidden}.examples" value="{values[hidden]}">' in answer.text
    kept = '<option value="speed" selected>' if typed == "changes" else 'name="changes.need" value="speed"'
    assert kept in answer.text


def test_a_page_of_costs_leads_back_to_the_case_also_where_something_is_wrong(client: TestClient) -> None:
    for model in ("gpt-4o-mini", "no-such-model"):
        asked = {"facts.examples": "abc", "model": model, "calls": "100", "language": "en"}
        answer = client.get("/cost/serve", params=asked)
        assert answer.status_code == 422
        assert '<a href="/advise?language=en&amp;facts.examples=abc">' in answer.text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_fact_named_in_a_mistake_leads_to_its_field_where_the_mistake_is_told(
    client: TestClient, language: str
) -> None:
    asked = {"rulebook": "practice", "facts.examples": "500", "facts.goals": "nonsense", "language": language}
    text = client.get("/advise", params=asked).text
    links = {*re.findall(r'<a href="#([^"]+)">', text)}
    assert links == {"facts.goals"}
    assert '<fieldset class="field" id="facts.goals">' in text
    assert invalid(text) == {"facts.goals"}
    text = client.get("/what-if", params={"rulebook": "practice", "changes.examples": "500", "language": language}).text
    assert {*re.findall(r'<a href="#([^"]+)">', text)} == {"changes.examples", "changes.signal"}
    assert invalid(text) == {"changes.examples"}
    assert re.search(r'<p id="changes.examples-wrong" class="bad">[^<]+', text)


def invalid(text: str) -> set[str]:
    """The facts whose fields are marked, by the ids of their fields."""
    marked = re.findall(r'aria-invalid="true" aria-describedby="(.*?)-wrong"', text)
    assert all(f'id="{name}-wrong"' in text for name in marked)
    return set(marked)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_fact_that_an_estimate_lacks_leads_to_its_field(client: TestClient, language: str) -> None:
    asked = {"rulebook": "practice", "facts.goals": "style", "language": language}
    links = re.findall(r'<a href="(/advise[^"#]*)#([^"]+)">', client.get("/cost", params=asked).text)
    form = client.get(links[0][0].replace("&amp;", "&")).text
    assert {"facts.examples", "facts.calls_per_month"} <= {field for _, field in links}
    assert all(f'id="{field}"' in form for _, field in links)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_interview_asks_again_what_cannot_be_read_with_what_was_typed(client: TestClient, language: str) -> None:
    asked = {"rulebook": "practice", "facts.lookup": "yes", "facts.knowledge_tokens": "2,000 pages"}
    answer = client.get("/next", params={**asked, "language": language})
    assert answer.status_code == 422
    assert invalid(answer.text) == {"facts.knowledge_tokens"}
    assert re.findall(r'<label for="(facts[^"]*)">', answer.text) == ["facts.knowledge_tokens"]
    assert 'name="facts.knowledge_tokens" value="2,000 pages"' in answer.text
    assert '<input type="hidden" name="facts.lookup" value="yes">' in answer.text
    assert "<code>100..499</code>" in answer.text
    assert "at_least" not in answer.text


def test_a_form_shows_the_numbers_that_are_assumed_and_an_interview_none(client: TestClient) -> None:
    form = client.get("/advise", params={"rulebook": "practice", "language": "en"}).text
    assert 'placeholder="not given: 200,000 tokens assumed; a range: 1000..5000"' in form
    asked = {"rulebook": "practice", "facts.lookup": "yes", "facts.knowledge_tokens": "x"}
    question = client.get("/next", params=asked)
    assert "assumed" not in "".join(re.findall('placeholder="([^"]*)"', question.text))
