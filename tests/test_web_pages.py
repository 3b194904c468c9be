"""The pages of the service: each is the document of its question, in a frame that leads on, and runs nothing."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="needs whytune[web]")
from starlette.testclient import TestClient

import whytune
from whytune import Problem, WhytuneError
from whytune.engine.advice.explanations import flips_or_none
from whytune.engine.language.problems import Sentence
from whytune.engine.words.catalogue import LANGUAGES, phrase
from whytune.engine.words.shelf import shelf
from whytune.prose.page import elements
from whytune.web.apart import Workshop, too_slow
from whytune.web.library import library
from whytune.web.pages import SCRIPT
from whytune.web.routes import ROUTES
from whytune.web.service import Limits, Service

from .generated import decision, fact, framed, rule
from .looks import sampled
from .stage import ROOT
from .test_service import DAY, ESTIMATED, FACTS, IN_ADDRESS, OPEN, asks, terminal

LONG = {"v1/export-rulebook", *(name for name, route in ROUTES.items() if route.takes_long)}
NEEDS = {
    "why-not": {"option": "full"},
    "what-if": {"changes.examples": "50"},
    "sql": {"dialect": "postgres", "table": "tasks"},
    **{f"cost/{kind}": quantities for kind, quantities in ESTIMATED.items()},
}
SHOWN = {name: route for name, route in ROUTES.items() if not (name.endswith(".svg") or route.writes)}
"""The questions that have a page: not a picture, nor what is written."""
PAGES = [name for name in SHOWN if name not in LONG]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    ledger = str(tmp_path_factory.mktemp("ledger") / "l")
    terminal("advise", "--set", "prompt_enough=yes", "--record", ledger, "--by", "<b>Ada</b>", "--purpose", "Pilot")
    with asks(ledger=ledger) as client:
        yield client


class Outline(HTMLParser):
    """The elements of a page, those left open, its links, and the ids that stand in it."""

    VOID = ("meta", "link", "input", "br")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.labelled: list[str] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.open += [] if tag in self.VOID else [tag]
        self.links += [given["href"] or ""] if tag == "a" and "href" in given else []
        self.ids += [given["id"] or ""] if "id" in given and tag in ("input", "select") else []
        self.labelled += [given["for"] or ""] if tag == "label" and "for" in given else []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize(
    ("name", "language"),
    [  # each in one language, and in the other where a slow run has the time
        pytest.param(name, language, marks=[pytest.mark.slow] if (place + other) % 2 else [])
        for place, name in enumerate(PAGES)
        for other, language in enumerate(LANGUAGES)
    ],
)
def test_every_question_has_a_page_that_is_whole_with_one_script(client: TestClient, name: str, language: str) -> None:
    about = IN_ADDRESS if ROUTES[name].is_about_a_case else {}
    answer = client.get(f"/{name}", params={**about, **NEEDS.get(name, {}), "language": language})
    assert answer.status_code == 200, answer.text
    page = Outline(answer.text)
    assert page.open == []
    assert not re.search("[(（]--set", answer.text)  # no page tells what to type at a terminal
    assert page.tags.count("h1") >= 1
    assert not {"iframe", "object"} & {*page.tags}
    assert re.findall(r"<script([^>]*)>(.*?)</script>", answer.text) == [(f' src="/{SCRIPT}" defer', "")]
    assert " style=" not in answer.text
    assert not re.search(r"\son\w+=", answer.text)
    assert sorted(page.ids) == sorted(page.labelled)
    assert f'<html lang="{language}">' in answer.text
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    styles = {*re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)}
    assert all(b64encode(sha256(style.encode()).digest()).decode() in policy for style in styles)


def test_the_script_is_the_one_that_its_readme_names_and_a_page_weighs_little(client: TestClient) -> None:
    script = client.get(f"/{SCRIPT}")
    assert sha256(script.content).hexdigest() in (ROOT / "web" / "htmx" / "README.md").read_text("utf-8")
    assert "immutable" in script.headers["cache-control"]
    beside = len(script.content) + len(client.get("/style.css").content)
    for name in ("next", "advise", "summary", "rules"):
        asked = {**IN_ADDRESS, "as_of": DAY} if ROUTES[name].is_about_a_case else {"as_of": DAY}
        assert len(client.get(f"/{name}", params=asked).content) + beside < 300_000


def test_a_part_that_is_exchanged_stands_on_the_page_that_it_comes_from(client: TestClient) -> None:
    for name, about in (("advise", {}), ("advise", IN_ADDRESS), ("what-if", IN_ADDRESS), ("next", {})):
        for wrong in ({}, {"facts.examples": "<lots>"}):
            text = client.get(f"/{name}", params={**about, **wrong, "as_of": DAY}).text
            targets = exchanged(text)
            assert targets or wrong
            for target in targets:
                assert text.count(element(target)) == 1, (name, target)


def test_a_form_of_facts_leads_to_a_page_that_has_what_it_exchanges_whatever_is_then_given(client: TestClient) -> None:
    wrong = {"facts.examples": "<lots>"}
    for name, about in (("next", {}), ("what-if", {}), ("advise", wrong), ("why", wrong)):
        text = client.get(f"/{name}", params={"facts.prompt_enough": "yes", **about, "as_of": DAY}).text
        [place] = re.findall(r'<form method="get" action="(/[^"]*)"', text)
        changed = client.get(place, params={"facts.prompt_enough": "no", "as_of": DAY}).text
        if live := re.search(r'hx-get="([^"]*)"', text):
            assert f"{live[1]}#answer" == place
            assert element("#answer") in changed
            assert all(element(target) in changed for target in exchanged(text)), (name, place)


def exchanged(page: str) -> set[str]:
    """What a page exchanges, by the selectors of its forms."""
    targets = {*re.findall(r'hx-(?:target|select)="([^"]*)"', page)}
    return targets.union(
        one.partition(":")[0] for pairs in re.findall(r'hx-select-oob="([^"]*)"', page) for one in pairs.split(",")
    )


def element(selector: str) -> str:
    """How the element of a selector is written."""
    return f' id="{selector[1:]}"' if selector.startswith("#") else f"<{selector}>"


@pytest.mark.parametrize("stride", [9, pytest.param(1, marks=pytest.mark.slow)])
def test_every_link_of_a_page_leads_somewhere(client: TestClient, stride: int) -> None:
    links: set[str] = set()
    for address in ("/", "/advise", "/rules", "/records"):
        about = IN_ADDRESS if address == "/advise" else {}
        links |= {link for link in Outline(client.get(address, params=about).text).links if link.startswith("/")}
    short = [link for link in sorted(links) if link.partition("?")[0].strip("/").partition(".")[0] not in LONG]
    assert len(short) > 30
    assert [link for link in short[::stride] if client.get(link).status_code != 200] == []


@pytest.mark.parametrize("book", ["guide", pytest.param("practice", marks=pytest.mark.slow)])
def test_the_boxes_of_a_picture_on_a_page_lead_to_rules_and_to_what_is_behind_a_decision(
    client: TestClient, book: str
) -> None:
    facts = IN_ADDRESS if book == "guide" else {"facts.output_is_label": "yes"}
    for page, about in (("/advise", facts), ("/rules", {})):
        asked = {"rulebook": book, "as_of": DAY, "language": "en", **about}
        figure = client.get(page, params=asked).text.partition("<figure>")[2].partition("</figure>")[0]
        anchors = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>\s*<title>', figure)
        links = {unescape(address) for address in anchors}
        assert len(links) > 3
        assert all("rulebook=" + book in link for link in links)
        few = links if book == "practice" else sorted(links)[::5]
        assert [link for link in few if client.get(link).status_code != 200] == []
        assert {link.partition("?")[0] for link in links} == {"/rules", *(["/why"] if book == "practice" else [])}
        for group in re.findall(r'<g id="edge.*?</g>', figure, re.DOTALL):
            assert all('tabindex="-1"' in anchor for anchor in re.findall(r"<a [^>]*>", group))


def test_the_answer_on_a_page_is_the_document_of_the_terminal(client: TestClient) -> None:
    page = client.get("/advise", params={**IN_ADDRESS, "as_of": DAY, "language": "en"}).text
    case = whytune.load("guide", as_of=DAY).case(FACTS)
    unlinked = re.sub(r"</?a\b[^>]*>", "", page)
    for element in elements(case.document().headed):
        assert re.sub(r"</?a\b[^>]*>", "", str(element)) in unlinked
    assert "taken" in page.partition("<figure>")[2]


def test_the_form_keeps_what_was_filled_in_also_where_it_is_wrong(client: TestClient) -> None:
    wrong = client.get("/advise", params={**IN_ADDRESS, "facts.examples": "<lots>", "language": "en"})
    assert wrong.status_code == 422
    assert 'value="&lt;lots&gt;"' in wrong.text
    assert '<option value="domain_terms" selected>' in wrong.text
    assert "is not a number" in wrong.text
    assert "<lots>" not in wrong.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_says_of_each_rulebook_how_much_it_holds_and_leads_to_what_can_be_done(
    client: TestClient, language: str
) -> None:
    shown = unescape(client.get("/", params={"language": language, "as_of": DAY}).text).partition("<form")[0]
    for name in ("guide", "practice"):
        book = whytune.load(name).as_of(DAY).speaker.rulebook
        numbers = {
            "facts": str(sum(fact.used_for is None for fact in book.vocabulary.declared)),
            "decisions": str(len(book.decisions)),
            "rules": str(len(book.rules)),
        }
        assert phrase("rulebook_counts", language, **numbers) in shown
        for page in ("rules", "edit", "next" if name == "guide" else "advise"):
            assert f'href="/{page}?rulebook={name}&as_of={DAY}&language={language}"' in shown, page
    assert shown.count(phrase("page_shelf_here", language, rulebook=f"guide {whytune.load('guide').content.version}"))
    for volume in shelf().volumes:
        assert volume.audience[language] in shown
    for page in ("records", "stats", "verify"):
        assert f'<a href="/{page}?language={language}">' in shown.partition(phrase("page_shelf_ledger", language))[2]


def test_the_interview_asks_until_nothing_matters_and_takes_no_answer_for_one(client: TestClient) -> None:
    answers = {"prompt_enough": "no", "external_knowledge": "yes"}
    given: dict[str, str] = {}
    for _ in range(20):
        page = client.get("/next", params={**given, "language": "en"}).text
        asked = re.search(r'(?:type="(?:radio|checkbox|text)" (?:id="[^"]*" )?name)="(facts\.\w+)"', page)
        if asked is None or "Advice:" in page:
            break
        assert asked[1] not in given
        given[asked[1]] = answers.get(asked[1].removeprefix("facts."), "unknown")
    assert "Advice: RAG" in page


def test_what_nobody_knows_ends_no_interview_and_is_told_at_its_end(client: TestClient) -> None:
    """Nor does a number that is known in part."""
    guide = whytune.load("guide", as_of=DAY)
    given: dict[str, str] = {}
    while (fact := guide.case(given).next_question().fact) is not None:
        page = client.get("/next", params={**in_address(given), "as_of": DAY, "language": "en"}).text
        assert f'name="facts.{fact}"' in page
        assert "Advice:" not in page
        given[fact] = "unknown"
    to_find_out = guide.case(given).next_question().to_find_out
    assert len(to_find_out) > 3
    page = unescape(client.get("/next", params={**in_address(given), "as_of": DAY, "language": "en"}).text)
    assert "Next question" not in page
    homework = page.partition("To find out, since this can change the advice")[2]
    assert all(guide.speaker.question(name) in homework for name in to_find_out)
    part = {"facts.prompt_enough": "no", "facts.external_knowledge": "no", "facts.examples": "100..5000"}
    assert "Advice:" not in client.get("/next", params={**part, "as_of": DAY, "language": "en"}).text


def in_address(facts: dict[str, str]) -> dict[str, str]:
    return {f"facts.{name}": value for name, value in facts.items()}


def test_the_interview_tells_what_is_known_and_possible_so_far_and_takes_an_answer_back(client: TestClient) -> None:
    given = {"facts.prompt_enough": "no", "facts.latest_knowledge": "unknown", "facts.examples": "100..500"}
    page = client.get("/next", params={**given, "as_of": DAY, "language": "en"}).text
    so_far = page.partition("<h2>So far</h2>")[2]
    case = whytune.load("guide", as_of=DAY).case({name.removeprefix("facts."): value for name, value in given.items()})
    assert case.speaker.outcomes("approach", case.outcome().possible_as_assumed) in so_far
    for name, value in (("prompt_enough", "not enough"), ("latest_knowledge", "not known"), ("examples", "100")):
        row = so_far.partition(f">{case.speaker.fact(name)}</th>")[2].partition("</tr>")[0]
        assert value in row
        back = unescape(row.partition('href="')[2].partition('"')[0])
        assert f"facts.{name}=" not in back
        assert back.count("facts.") == len(given) - 1
        assert "So far" in client.get(back).text


def test_an_interview_may_end_at_any_answer_and_says_at_the_first_question_nothing_of_answers(
    client: TestClient,
) -> None:
    for language in LANGUAGES:
        here = {"as_of": DAY, "language": language}
        first = client.get("/next", params=here).text
        enough, idle = (phrase(key, language) for key in ("page_enough", "idle"))
        assert enough not in first
        assert idle not in first
        page = unescape(client.get("/next", params={**here, "facts.prompt_enough": "no"}).text)
        [address] = re.findall(f'<a href="([^"]*)">{enough}</a>', page)
        assert address == f"/advise?as_of={DAY}&language={language}&facts.prompt_enough=no"


def test_an_interview_ends_with_what_it_did_not_ask_about(client: TestClient) -> None:
    here = {"as_of": DAY, "language": "en", "facts.prompt_enough": "no"}
    sentence = "Not asked, since no answer changes this advice: Training examples, "
    assert sentence not in client.get("/next", params=here).text
    settled = {"facts.external_knowledge": "yes", "facts.need": "brand_tone"}
    assert sentence in client.get("/next", params={**here, **settled}).text


def test_a_page_speaks_the_language_that_the_browser_wishes_and_switches(client: TestClient) -> None:
    chinese = client.get("/advise", headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}).text
    assert '<html lang="zh">' in chinese
    assert '<html lang="en">' in client.get("/advise", headers={"Accept-Language": "fr"}).text
    switch = re.search(r'class="switch" href="([^"]*)"', chinese)
    assert switch
    assert '<html lang="en">' in client.get(switch[1].replace("&amp;", "&")).text


@pytest.mark.parametrize("language", sampled(LANGUAGES, 2))
def test_a_page_of_costs_asks_for_what_it_wants_and_keeps_what_was_written(client: TestClient, language: str) -> None:
    for kind, quantities in ESTIMATED.items():
        empty = client.get(f"/cost/{kind}", params={"language": language, "rulebook": "guide"})
        assert empty.status_code == 200
        assert {*quantities} <= {*Outline(empty.text).ids}
        assert [f"/cost/{other}?" in empty.text for other in ESTIMATED] == [True] * 4
        first, *_ = (wanted.name for wanted in ROUTES[f"cost/{kind}"].wants if wanted.required)
        wrong = {**quantities, "rulebook": "guide", "language": language}
        wrong.pop(first)
        answer = client.get(f"/cost/{kind}", params=wrong)
        assert answer.status_code == 422
        label = phrase("quoted", language, text=phrase(f"quantity_{first}", language))
        assert label in answer.text.partition('<p class="notice">')[2].partition("</p>")[0]
        assert all(f'value="{text}"' in answer.text for text in wrong.values())


def test_records_are_found_by_words_and_shown_without_their_markup(client: TestClient) -> None:
    listed = client.get("/records", params={"text": "pilot"}).text
    assert "&lt;b&gt;Ada&lt;/b&gt;" in listed
    assert "<b>Ada" not in listed
    assert client.get("/records", params={"text": "nobody"}).text.count("/records?") < listed.count("/records?")


def test_beside_a_page_stands_its_data(client: TestClient) -> None:
    for name in ("advise", "rules", "records"):
        about = IN_ADDRESS if name == "advise" else {}
        assert client.get(f"/{name}.json", params=about).json() == client.get(f"/v1/{name}", params=about).json()
    assert "prefers-color-scheme: dark" in client.get("/style.css").text


def test_the_title_of_a_page_names_the_rulebook_that_it_is_about(client: TestClient) -> None:
    for name in ("advise", "rules", "edit"):
        for rulebook in ("guide", "practice"):
            page = client.get(f"/{name}", params={"rulebook": rulebook, "language": "en"}).text
            assert re.search(rf"<title>[^<]+ · {rulebook} · whytune</title>", page), name
    advised = client.get("/advise", params={**IN_ADDRESS, "as_of": DAY, "language": "en"}).text
    assert "<title>Advice: LoRA fine-tuning · guide · whytune</title>" in advised
    assert re.search("<title>[^<·]+ · whytune</title>", client.get("/records", params={"language": "en"}).text)


def test_each_cell_of_a_table_bears_the_title_of_its_column_for_a_screen_that_has_no_room_for_titles(
    client: TestClient,
) -> None:
    cells = 0
    for name, language in (("compare", "en"), ("compare", "zh"), ("records", "zh"), ("api", "en")):
        page = client.get(f"/{name}", params={"language": language}).text
        for table in re.findall(r'<table class="grid.*?</table>', page, re.DOTALL):
            titles = re.findall(r'<th scope="col">(.*?)</th>', table)
            for row in re.findall(r"<tr>(?!<th scope=.col)(.*?)</tr>", table):
                borne = re.findall(r'<td(?: data-title="([^"]*)")?>(.*?)</td>', row)
                assert [title for title, text in borne if text] == [
                    title for title, (_, text) in zip(titles[-len(borne) :], borne, strict=True) if text
                ]
                cells += len(borne)
    assert cells > 500


def test_whoever_reads_pages_is_told_on_a_page_what_is_refused_and_programs_are_told_as_before(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*arguments: object) -> None:
        raise too_slow(30)

    monkeypatch.setattr(Workshop, "run", slow)
    people, programs = {"Accept": "text/html,application/xhtml+xml"}, {"Accept": "*/*"}
    asked = [("GET", "/nothing", 404), ("POST", "/advise", 405), ("GET", "/test", 503), ("POST", "/edit", 415)]
    for method, path, status in asked:
        for language, title in (("en", "This cannot be answered"), ("zh", phrase("page_wrong", "zh"))):
            page = client.request(method, path, params={"language": language}, headers=people)
            assert page.status_code == status
            assert f"<h1>{title}</h1>" in page.text
            assert Outline(page.text).open == []
        data = client.request(method, path, headers=programs)
        assert data.status_code == status
        (problem,) = data.json()["problems"]
        assert problem["message"].partition("`")[0] in unescape(client.request(method, path, headers=people).text)
    assert "retry-after" in client.get("/test", headers=people).headers
    assert client.get("/v1/nothing", headers=people).json()["status"] == 404
    strange = client.get("/advise", headers={**people, "Host": "evil.example"})
    assert strange.json()["status"] == 421


def test_no_ledger_no_pages_of_one() -> None:
    with asks() as client:
        assert "/records?" not in client.get("/").text
        assert client.get("/records").status_code == 422


PRICED = {
    "facts.tokens_per_example": "500",
    "facts.tuned_prompt_tokens": "200",
    "facts.prompt_tokens": "2000",
    "facts.output_tokens": "200",
    "facts.calls_per_month": "100000",
}


def test_a_form_of_costs_is_filled_in_with_what_the_case_gives_as_one_number(client: TestClient) -> None:
    given = {"500": "500", "10,000": "10000", "?": "", "unknown": "", "100..500": "", ">= 500": "", "5|6": ""}
    for text, filled in given.items():
        form = client.get("/cost/tune", params={"rulebook": "guide", "facts.examples": text}).text
        assert f'name="examples" value="{filled}"' in form, text


def test_one_page_holds_what_a_decision_needs_and_costs_only_where_they_are_known(client: TestClient) -> None:
    about = {**IN_ADDRESS, "as_of": DAY, "language": "en"}
    page = client.get("/summary", params=about).text
    for part in ("Advice: LoRA", "Status: provisional", "Still to find out", "What would change it", "Rulebook: guide"):
        assert part in page
    assert re.search(r"The way to this advice</h2>.*Needs external knowledge\?</th><td>no</td>", page, re.DOTALL)
    assert "<svg" not in page  # whose words nobody could read on paper
    assert 'name="purpose"' in page.partition('class="sheet')[2]
    titled = client.get("/summary", params={**about, "purpose": "Triage of <letters>"}).text
    assert "<h1" in titled.partition("Triage of &lt;letters&gt;: LoRA fine-tuning</h1>")[0]
    assert "<title>Triage of &lt;letters&gt;: LoRA" in titled
    assert "What it would cost" not in page
    assert "--set" not in page
    assert "lora_for" not in page.partition("<footer")[0]  # a rule's id proves, and tells a reader nothing
    assert re.search(r"<footer[^<]*SHA-256 [^<]*; Rule: <a [^>]*>lora_for", page)
    priced = client.get("/summary", params={**about, **PRICED}).text
    assert re.search(r"training \$[\d.]+ once; \$[\d.]+ a month", priced)
    data = client.get("/summary.json", params={**about, **PRICED}).json()
    assert data["recommendation"] == client.get("/v1/advise", params={**about, **PRICED}).json()
    assert data["changes"] == client.get("/v1/flip", params={**about, **PRICED}).json()
    assert data["costs"] == client.get("/v1/cost", params={**about, **PRICED}).json()


def test_every_page_about_a_case_leads_to_the_form_that_is_filled_in_with_it(client: TestClient) -> None:
    about = [name for name in PAGES if ROUTES[name].is_about_a_case or ROUTES[name].estimates]
    assert {"advise", "cost", "cost/tune", "why", "summary"} <= {*about}
    for name in about:
        text = client.get(f"/{name}", params={**IN_ADDRESS, **NEEDS.get(name, {}), "language": "en"}).text
        main = text.partition("<main>")[2]
        has_form = 'name="facts.examples"' in main or 'name="changes.examples"' in main
        assert has_form or re.search('href="/advise[?][^"]*facts.examples=3200', main), name


def test_one_page_says_what_comes_first_and_names_a_list_of_facts_once(client: TestClient) -> None:
    known = {"lookup": "no", "output_is_label": "no", "signal": "demonstrations", "examples": "4000", "eval_set": "yes"}
    given = {f"facts.{name}": value for name, value in known.items()}
    asked = {"rulebook": "practice", "as_of": DAY, "language": "en", "facts.goals": ["style", "accuracy"]}
    page = unescape(client.get("/summary", params={**asked, **given}).text)
    assert "What comes first?</a> Measure the best prompt" in page
    assert "Must get better</th><td>accuracy on the job, voice and style, and nothing else</td>" in page
    assert page.count("Must get better</th>") == 1
    assert re.search("and [0-9]+ more", page) is None  # nothing can be opened on paper
    assert re.search(r"Still to find out</h2>\s*<p>[^<]* So far it is assumed: ", page)


def test_a_page_searches_once_for_what_would_change_the_advice_and_does_without_where_that_takes_too_long(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    search, searches = flips_or_none.__globals__["flips"], list[str]()

    def counted(advisor: object, facts: object, decision: str) -> object:
        searches.append(decision)
        if len(searches) > 1:
            raise WhytuneError([Problem("search-too-large", Sentence("not found within 3 steps of search"))])
        return search(advisor, facts, decision)

    monkeypatch.setitem(flips_or_none.__globals__, "flips", counted)
    whole, without = (client.get("/advise", params={**IN_ADDRESS, "language": "en"}) for _ in range(2))
    assert searches == ["approach"] * 2
    assert (whole.status_code, without.status_code) == (200, 200)
    assert "Try what would change it" in whole.text
    assert "Try what would change it" not in without.text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_comes_first_has_its_reason_and_leads_on_and_a_rule_that_decided_leads_to_its_page(
    client: TestClient, language: str
) -> None:
    facts = {"facts.lookup": "yes", "facts.knowledge_tokens": "800000", "facts.prompt_result": "plain_short"}
    asked = {"rulebook": "practice", "facts.goals": "style", "language": language, **facts}
    first = {"en": "an optimiser that reads failures improves it", "zh": "能读懂失败案例的优化器"}[language]
    for name in ("advise", "summary"):
        text = client.get(f"/{name}", params=asked).text
        assert first in text
        assert re.search(r'<a href="/why\?[^"]*&amp;decision=first_step">', text)
        assert re.search(r'<a href="/rules\?[^"]*name=retrieve_what_does_not_fit">retrieve_what_does_not_fit</a>', text)


def test_of_a_text_that_names_a_rule_its_name_alone_becomes_the_link(tmp_path: Path) -> None:
    """Whatever letters of it the words before it have."""
    book = framed(
        facts=[fact("known", "yes_no")],
        decisions=[decision("way", ["a", "b"], "b", "refer")],
        rules=[rule("le", **{"if": {"known": "yes"}}, propose={"way": "a"})],
    )
    (tmp_path / "short.yaml").write_text(json.dumps(book))
    application = Service(library((str(tmp_path / "short.yaml"),), None), OPEN, Limits()).application()
    page = TestClient(application, base_url="http://127.0.0.1:8020").get("/advise?language=en&facts.known=yes").text
    assert re.search(r'Rule: <a href="/rules[?][^"]*name=le">le</a>', page)
