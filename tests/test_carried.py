"""A case on its way from page to page: kept in every link, and fitted to the rulebook that is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

pytest.importorskip("starlette", reason="needs whytune[web]")
from starlette.testclient import TestClient

import whytune
from whytune.engine.words.catalogue import LANGUAGES

from .looks import sampled
from .test_service import DAY, asks

CASE = {"facts.examples": "500", "facts.prompt_enough": "no", "facts.calls_per_month": "9000"}
GOES_ALONG = ("advise", "next", "what-if", "compare", "cost/tune", "rules", "facts")
SETTING = {"as_of": DAY, "language": "en"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with asks() as client:
        yield client


def links(page: str) -> dict[str, str]:
    """The links of the menu, by the page that each leads to."""
    menu = page.partition("</nav>")[0]
    return {link.partition("?")[0][1:]: link for link in map(unescape, re.findall(r'<a href="([^"]*)"', menu))}


def facts_in(address: str) -> dict[str, str]:
    return {key: value for key, value in parse_qsl(address.partition("?")[2]) if key.startswith("facts.")}


def test_every_page_about_rules_and_costs_passes_the_case_on(client: TestClient) -> None:
    for name in GOES_ALONG:
        answer = client.get(f"/{name}", params={**CASE, **SETTING})
        assert answer.status_code == 200, answer.text
        menu = links(answer.text)
        assert {there: facts_in(menu[there]) for there in GOES_ALONG} == dict.fromkeys(GOES_ALONG, CASE)
        hidden = dict(re.findall(r'type="hidden" name="(facts[^"]*)" value="([^"]*)"', answer.text))
        assert hidden == (CASE if name in ("next", "what-if", "cost/tune", "rules") else {})
        data = re.search(r'href="(/[^"]*\.json[^"]*)"', answer.text)
        assert data
        assert client.get(unescape(data[1])).status_code == (422 if name == "cost/tune" else 200)  # it asks first


@pytest.mark.slow
@pytest.mark.parametrize("language", sampled(LANGUAGES, 2))
def test_another_rulebook_is_told_the_case_and_says_what_of_it_is_unknown_there(
    client: TestClient, language: str
) -> None:
    page = client.get("/advise", params={**CASE, "as_of": DAY, "language": language}).text
    address = next(link for link in map(unescape, re.findall(r'href="([^"]*)"', page)) if "rulebook=practice" in link)
    other = client.get(address)
    assert other.status_code == 200
    notice = other.text.partition('<p class="notice">')[2].partition("</p>")[0]
    speaker = whytune.load("guide", language=language).speaker
    assert [speaker.fact(name) in notice for name in ("prompt_enough", "calls_per_month")] == [True, False]
    assert 'name="facts.calls_per_month" value="9000"' in other.text
    assert f"as_of={DAY}" in address
    back = next(link for link in map(unescape, re.findall(r'href="([^"]*)"', other.text)) if "rulebook=guide" in link)
    assert facts_in(back) == CASE
    assert "from=" not in back
    assert '<p class="notice">' not in client.get(back).text
    data = re.search(r'href="(/advise\.json[^"]*)"', other.text)
    assert data
    assert facts_in(unescape(data[1])) == {"facts.calls_per_month": "9000"}


SHARED = ("facts.examples", "facts.calls_per_month")
"""What both rulebooks ask; that there are examples does not apply by default in the second."""


@pytest.mark.parametrize("number", ["9000", "abc"])
def test_a_form_sent_to_another_rulebook_and_back_keeps_what_only_the_first_asks(
    client: TestClient, number: str
) -> None:
    here = {**SETTING, **CASE, "rulebook": "practice", "from": "guide", "facts.calls_per_month": number}
    page = client.get("/advise", params=here).text
    hidden = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', page))
    assert hidden == {key: text for key, text in here.items() if key not in SHARED}
    assert 'name="facts.examples" value="500"' in page
    sent = {**hidden, "facts.examples": "500", "facts.calls_per_month": "9000", "facts.goals": "style"}
    answer = client.get("/advise", params=sent)
    assert answer.status_code == 200
    back = next(link for link in map(unescape, re.findall(r'href="([^"]*)"', answer.text)) if "rulebook=guide" in link)
    assert facts_in(back) == {**CASE, "facts.goals": "style"}
    again = client.get(back)
    assert again.status_code == 200
    assert "style" in again.text.partition('<p class="notice">')[2].partition("</p>")[0].lower()
    forth = (link for link in map(unescape, re.findall(r'href="([^"]*)"', again.text)) if "rulebook=practice" in link)
    assert facts_in(next(forth)) == {**CASE, "facts.goals": "style"}


def test_another_rulebook_reads_a_number_as_people_write_it_and_tells_a_mistake(client: TestClient) -> None:
    here = {**SETTING, "rulebook": "practice", "from": "guide"}
    typed = client.get("/advise", params={**here, "facts.calls_per_month": "100,000"})
    assert typed.status_code == 200
    assert 'name="facts.calls_per_month" value="100000"' in typed.text
    assert '<p class="notice">' not in typed.text
    data = re.search(r'href="(/advise\.json[^"]*)"', typed.text)
    assert data
    assert facts_in(unescape(data[1])) == {"facts.calls_per_month": "100000"}
    wrong = client.get("/advise", params={**here, "facts.calls_per_month": "abc", "facts.prompt_enough": "no"})
    assert wrong.status_code == 422
    assert "`abc`" in re.sub("</?code>", "`", wrong.text)
    assert "asks other things" not in wrong.text


def test_a_fact_that_nobody_knows_stays_a_mistake_where_the_case_comes_from_no_other_rulebook(
    client: TestClient,
) -> None:
    assert client.get("/advise", params={**SETTING, "facts.exmaples": "5"}).status_code == 422
    assert client.get("/advise", params={**SETTING, **CASE, "from": "nobody"}).status_code == 422
    assert client.get("/v1/rules", params={**SETTING, **CASE}).status_code == 422


@pytest.mark.parametrize("language", sampled([*LANGUAGES][::-1], 2))
def test_a_comparison_leads_to_the_estimates_that_it_names_and_shows_no_command(
    client: TestClient, language: str
) -> None:
    page = client.get("/compare", params={**CASE, "as_of": DAY, "language": language}).text
    main = page.partition("<main>")[2].partition("</main>")[0]
    assert "whytune cost" not in main
    leads = [link for link in map(unescape, re.findall(r'href="([^"]*)"', main)) if link.startswith("/cost/")]
    assert [facts_in(link) for link in leads] == [CASE, CASE]
    assert [client.get(link).status_code for link in leads] == [200, 200]


@pytest.mark.parametrize("language", sampled(LANGUAGES, 2))
def test_the_page_to_print_shows_the_estimate_from_which_it_is_asked_for(client: TestClient, language: str) -> None:
    chosen = {"model": "gpt-4o-mini", "calls": "9000", "prompt_tokens": "2000", "output_tokens": "100"}
    asked = {
        "as_of": DAY,
        "language": language,
        **CASE,
        **chosen,
        "tuned_prompt_tokens": "300",
        "data": "5000",
        "training": "7",
    }
    estimate = client.get("/cost/break-even", params=asked)
    assert estimate.status_code == 200, estimate.text
    address = next(link for link in map(unescape, re.findall(r'href="([^"]*)"', estimate.text)) if "estimate." in link)
    page = client.get(address)
    assert page.status_code == 200, page.text
    headline = re.search("<h1>(.*?)</h1>", estimate.text)
    assert headline
    assert f"<h2>{headline[1]}</h2>" in page.text
    hidden = dict(re.findall(r'type="hidden" name="(estimate[^"]*)" value="([^"]*)"', page.text))
    assert hidden["estimate.data"] == "5000"
    for wrong in ({"estimate.of": "nothing"}, {"estimate.prices": "/dev/null"}, {"estimate.calls": ""}):
        sent = {**dict(parse_qsl(urlsplit(address).query)), **wrong}
        assert client.get("/summary", params=sent).status_code == 422, wrong
    (link,) = re.findall(r'<a href="(/summary\.json[^"]*)"', page.text)
    told = client.get(
        "/cost/break-even.json", params={key: text for key, text in asked.items() if key not in CASE}
    ).json()
    for data in (link, address.replace("/summary", "/v1/summary")):
        assert client.get(unescape(data)).json()["estimate"] == told
