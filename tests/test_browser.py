"""The pages in a real browser: what people do on them, with and without scripts, by keyboard, on a phone, on paper.

They need Chromium (Debian: `apt-get install chromium`); without it they are skipped and say so.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

pytest.importorskip("starlette", reason="needs whytune[web]")
pytest.importorskip("playwright.sync_api", reason="needs playwright")

import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, expect, sync_playwright

import whytune
from whytune.engine.words.catalogue import LANGUAGES, phrase
from whytune.web.guard import Rules
from whytune.web.library import library
from whytune.web.service import Limits, Service

from .laws import is_thorough
from .ledgers import opened_up, recorded
from .stage import CHROMIUM, ROOT
from .test_service import IN_ADDRESS
from .test_web_pages import NEEDS, SHOWN

AXE = (Path(__file__).parent / "data" / "axe" / "axe.min.js").read_text("utf-8")
"""Deque's checker of accessibility: https://github.com/dequelabs/axe-core (MPL-2.0, its licence beside it)."""

DAY = "2026-11-25"
FACTS = "&".join(f"{name}={value}" for name, value in IN_ADDRESS.items())
PAGES = {name: FACTS if route.is_about_a_case else "" for name, route in SHOWN.items()}
PAGES |= {"edit": "", "rules?name=lora_for_moderate_domain_data": "", "edit?file=facts.yaml": "", "": ""}
PAGES |= {
    "api": "",
    "nothing": "",
    "rules?text=latency": "",
    "check?rule=prompt_is_enough": "",
    "test?coverage=yes": "",
    "records?name=1": "",
}
PAGES |= {
    "impact?new=guide": "",
    "diff?old=guide&new=guide": "",
    "stats?advice=grant": "",
    "advise?facts.examples=x": "",
}
A4_PAGES = re.compile(rb"/Type\s*/Page\b")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.long,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]

Opens = Callable[..., Page]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the service is, with a ledger in which somebody changed a record."""
    ledger = tmp_path_factory.mktemp("ledger") / "l"
    recorded(ledger)
    with opened_up(ledger) as connection:
        connection.execute("UPDATE records SET body = replace(body, 'Ada', 'Bob') WHERE seq = 2")
    application = Service(library((), str(ledger)), Rules(), Limits(120, patience=120)).application()
    server = uvicorn.Server(uvicorn.Config(application, port=0, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def complains(message: ConsoleMessage) -> bool:
    """Is something wrong with a page, other than that it tells of a mistake?"""
    return message.type == "error" and not message.text.startswith("Failed to load resource")


def lacks(answer: Response) -> bool:
    """Does a page lack something that it wants, or want something from elsewhere?"""
    is_part = answer.request.resource_type not in ("document", "xhr")  # of which a mistake may be told
    return (is_part and answer.status >= 400) or "//127.0.0.1:" not in answer.url


@pytest.fixture
def opens(browser: Browser, service: str) -> Iterator[Opens]:
    """Opens a page of the service; whatever a page logs as an error, or fetches from elsewhere, fails the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opened(path: str, **settings: Any) -> Page:
        context = browser.new_context(base_url=service, **{"locale": "en-GB", **settings})
        context.set_default_timeout(30_000)
        expect.set_options(timeout=30_000)  # as patient on a busy machine
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text) if complains(message) else None)
        page.on("response", lambda answer: wrong.append(answer.url) if lacks(answer) else None)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


class Way(NamedTuple):
    """How somebody uses the pages: in which language, with scripts or without, on how wide a screen."""

    language: str
    script: bool
    width: int

    def opens(self, opens: Opens, path: str, about: str = f"&as_of={DAY}") -> Page:
        """A page of the service, opened this way."""
        joined = "&" if "?" in path else "?"
        viewport = {"width": self.width, "height": 800}
        address = f"{path}{joined}language={self.language}{about}"
        return opens(address, java_script_enabled=self.script, viewport=viewport)

    def __call__(self, key: str, **parts: str) -> str:
        """A phrase as the reader sees it."""
        return phrase(key, self.language, **parts)

    @property
    def book(self) -> whytune.Rulebook:
        return whytune.load("guide", as_of=DAY, language=self.language)


AT_A_DESK = Way("en", True, 1280)
WAYS = (Way("en", False, 1280), Way("zh", True, 390))
"""Between them, each language, with scripts and without, at a desk and on a phone."""
ways = pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.language}-{'script' if way.script else 'plain'}")


def answers(page: Page, way: Way, label: str) -> None:
    page.get_by_label(label, exact=True).check()
    page.get_by_role("button", name=way("page_go_on")).click()


@ways
def test_an_interview_leads_to_the_page_for_whoever_decides_and_back(opens: Opens, way: Way) -> None:
    speaker, page = way.book.speaker, way.opens(opens, "/next")
    answers(page, way, speaker.value("prompt_enough", "no"))
    answers(page, way, speaker.value("external_knowledge", "yes"))
    advice = speaker.outcome("approach", "rag")
    expect(page.get_by_role("heading", level=1)).to_contain_text(advice)
    page.get_by_role("link", name=way("page_summary")).click()
    expect(page.get_by_role("heading", name=way("way"))).to_be_visible()
    page.get_by_label(way("page_purpose")).fill("<Letters>")
    page.get_by_role("button", name=way("page_purpose_show")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(speaker.pair("<Letters>", advice))
    for _ in range(3):
        page.go_back()
    expect(page.locator("fieldset")).to_contain_text(speaker.question("external_knowledge"))
    answers(page, way, speaker.value("external_knowledge", "no"))
    expect(page.locator("fieldset")).not_to_contain_text(speaker.question("external_knowledge"))
    expect(page.get_by_role("heading", name=advice)).to_have_count(0)
    page.get_by_role("link", name=way("page_take_back")).first.click()
    expect(page.locator("fieldset")).to_contain_text(speaker.question("prompt_enough"))


def test_where_scripts_run_the_advice_follows_each_answer_in_its_place(opens: Opens) -> None:
    way = AT_A_DESK
    page = way.opens(opens, "/advise")
    page.evaluate("window.isTheSamePage = true")
    page.evaluate("document.querySelector('#news').isTheSame = true")
    page.locator('[name="facts.prompt_enough"]').select_option("yes")
    expect(page.get_by_role("heading", level=1)).to_have_text("Advice: Prompt engineering")
    expect(page.get_by_role("status")).to_have_text("Advice: Prompt engineering")
    assert page.evaluate("document.querySelector('#news').isTheSame")  # or nobody would hear of it
    assert "facts.prompt_enough=yes" in page.url
    assert "facts.prompt_enough=yes" in (page.locator(".switch").get_attribute("href") or "")
    page.locator('[name="facts.examples"]').fill("lots")
    page.keyboard.press("Tab")
    expect(page.locator(".notice")).to_contain_text("lots")
    expect(page.locator('[name="facts.examples"]')).to_have_value("lots")
    assert page.evaluate("window.isTheSamePage")
    page.goto(f"/what-if?as_of={DAY}&facts.prompt_enough=yes")
    page.locator('[name="changes.prompt_enough"]').select_option("no")
    expect(page.locator(".two")).to_be_visible()


def types(page: Page, way: Way, text: str) -> None:
    """Puts a text in place of that of the file: in the editor, or in the text field where no scripts run."""
    field = page.get_by_label(way("page_edit_text", file="facts.yaml"))
    if not way.script:
        field.fill(text)
        return
    field.click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(text)


def test_the_editor_completes_marks_mistakes_and_is_left_by_keyboard_alone(opens: Opens) -> None:
    page = AT_A_DESK.opens(opens, "/rules?rulebook=guide&name=prompt_is_enough")
    page.get_by_role("link", name="Edit it in framework.yaml").click()
    expect(page.locator(".cm-activeLine")).to_contain_text("prompt_is_enough")
    page.goto("/edit?rulebook=guide&file=facts.yaml&language=en")
    field = page.locator("textarea")
    text = field.input_value()
    page.get_by_label("The text of facts.yaml").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("  - fact: new\nki")
    expect(page.locator(".cm-tooltip-autocomplete")).to_contain_text("kind")
    expect(page.locator(".cm-completionInfo")).to_contain_text("What kind of answer")
    taken_late = 300  # milliseconds: what comes up under a hand that types is not taken at once
    page.wait_for_timeout(taken_late)
    page.keyboard.press("Enter")
    page.keyboard.type("yes")
    expect(page.locator(".cm-tooltip-autocomplete")).to_contain_text("yes_no")
    page.wait_for_timeout(taken_late)
    page.keyboard.press("Enter")
    expect(page.locator(".cm-lint-marker-error")).to_have_count(1)
    page.keyboard.press("F8")
    expect(page.locator(".cm-tooltip .cm-diagnostic").first).to_contain_text("no `ask`")
    assert field.input_value() == f"{text}  - fact: new\n    kind: yes_no"
    page.keyboard.press("Control+End")
    page.keyboard.type("  # [1] {2} 'three'")  # what is typed, and no second bracket
    assert field.input_value().endswith("yes_no  # [1] {2} 'three'")
    for _ in range(len("  # [1] {2} 'three'")):
        page.keyboard.press("Backspace")
    page.evaluate(AXE)
    assert [rule["id"] for rule in page.evaluate("axe.run()")["violations"]] == []
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show what the edit does")).to_be_focused()


@ways
def test_a_mistake_is_told_at_its_line_and_a_moved_threshold_shows_whose_advice_changes(opens: Opens, way: Way) -> None:
    page = way.opens(opens, "/edit?rulebook=guide")
    page.get_by_role("link", name="facts.yaml").click()
    text = (ROOT / "rules" / "guide" / "facts.yaml").read_text("utf-8")
    show = page.get_by_role("button", name=way("page_edit_review"))
    types(page, way, text.replace("cut_at: [100, 10000]", "cuts_at: [100, 10000]"))
    show.click()
    expect(page.locator("mark").last).to_contain_text("cuts_at")
    if way.script:  # the editor draws the lines alone that it shows
        expect(page.locator(".cm-line", has_text="band: data_volume")).to_be_attached()
    types(page, way, text.replace("cut_at: [100, 10000]", "cut_at: [150, 10000]"))
    show.click()
    expect(page.locator("#review figure svg").first).to_be_visible()
    if way.script:  # the editor is where it was left
        expect(page.locator("textarea")).to_have_attribute("data-at", str(text.count("\n") + 1))
    with page.expect_download() as download:
        page.get_by_role("button", name=way("page_edit_patch"), exact=True).click()
    assert "cut_at: [150, 10000]" in Path(download.value.path()).read_text("utf-8")
    page.get_by_role("link", name=way("page_try_case")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(way.book.speaker.option("approach", "lora"))


@ways
def test_a_rule_is_found_with_its_source_and_its_cases(opens: Opens, way: Way) -> None:
    rule, page = way.book.content.rule["prompt_is_enough"], way.opens(opens, "/")
    page.get_by_role("link", name=way("page_rules"), exact=True).click()
    page.get_by_label(way("page_search_rules")).fill(rule.id)
    page.get_by_role("button", name=way("page_search")).click()
    page.get_by_role("link", name=way.book.speaker.rule(rule.id)).click()
    expect(page.get_by_role("main")).to_contain_text(way.book.speaker.text(rule.because))
    page.get_by_role("heading", name=way("page_rule_cases")).locator("xpath=..").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name=way("case_gives"))).to_be_visible()


@ways
def test_whoever_audits_is_told_which_record_is_not_as_it_was_written(opens: Opens, way: Way) -> None:
    page = way.opens(opens, "/records", about="")
    expect(page.get_by_role("main")).to_contain_text(way("fault_at", seq="2"))
    expect(page.get_by_role("table")).to_contain_text(way("record_holds"))
    page.get_by_role("link", name=way("page_verify"), exact=True).click()
    expect(page.get_by_role("main")).to_contain_text(way("fault_at", seq="2"))
    page.goto(f"/records?name=1&language={way.language}")
    expect(page.locator("figure svg").first).to_be_visible()
    expect(page.get_by_text("whytune audit replay")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_text("whytune audit replay")).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("link", name=way("page_replay_one")).click()
    expect(page.get_by_role("main")).to_contain_text(way("replayed_one", id="#").partition("#")[2])
    page.goto(f"/records?name=2&language={way.language}")
    expect(page.get_by_role("heading", level=1)).to_have_text(way("page_wrong"))
    page.get_by_role("link", name=way("page_verify_all")).click()
    expect(page.get_by_label(way("page_verify_checkpoint"))).to_be_visible()


def test_an_interview_is_answered_by_keyboard_alone(opens: Opens) -> None:
    page = AT_A_DESK.opens(opens, "/next")
    expect(page.locator("input:focus")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("fieldset")).to_contain_text("external knowledge")
    expect(page.locator("input:focus")).to_be_visible()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Advice: RAG (retrieval)")


def test_the_form_is_filled_in_and_sent_by_keyboard_alone(opens: Opens) -> None:
    page = opens("/advise")
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.name || document.activeElement.tagName")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        if focused == "facts.prompt_enough":
            page.keyboard.type("yes")
        if focused == "BUTTON":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Advice: Prompt engineering")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rulebook", ["guide", "practice"])
def test_the_page_for_whoever_decides_prints_on_two_sheets_at_most(opens: Opens, rulebook: str, language: str) -> None:
    facts = FACTS if rulebook == "guide" else ""
    page = opens(f"/summary?rulebook={rulebook}&language={language}&{facts}")
    assert 1 <= len(A4_PAGES.findall(page.pdf(format="A4"))) <= 2


def test_a_case_with_costs_and_many_assumptions_prints_on_one_sheet(opens: Opens) -> None:
    asked = "goals=style&facts.goals=format&facts.examples=1500&facts.calls_per_month=200000&facts.prompt_tokens=3000"
    asked += "&facts.tuned_prompt_tokens=600&facts.output_tokens=250&facts.tokens_per_example=700"
    asked += "&facts.prompt_result=worked_short&facts.failures_show=behaviour&facts.signal=demonstrations"
    page = opens(f"/summary?rulebook=practice&as_of=2026-11-25&language=en&purpose=Replies&facts.{asked}")
    sheets = {paper: len(A4_PAGES.findall(page.pdf(format=paper))) for paper in ("A4", "Letter")}
    assert sheets == {"A4": 1, "Letter": 1}


def address(name: str, language: str) -> str:
    more = "&".join(f"{key}={value}" for key, value in NEEDS.get(name, {}).items())
    return f"/{name}{'&' if '?' in name else '?'}language={language}&{PAGES[name]}&{more}".rstrip("&").replace(
        "&&", "&"
    )


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("zh", "dark")])
def test_no_page_is_a_barrier_and_none_is_wider_than_a_phone(opens: Opens, language: str, scheme: str) -> None:
    page = opens("/", color_scheme=scheme, viewport={"width": 390, "height": 800})
    barriers: dict[str, list[tuple[str, str]]] = {}
    for name in PAGES if is_thorough() else [*PAGES][language == "zh" :: 2]:  # each in one of the two, or in both
        page.goto(address(name, language))
        page.evaluate(AXE)
        verdict = page.evaluate("axe.run()")
        assert len(verdict["passes"]) > 5
        barriers[name] = [(rule["id"], rule["nodes"][0]["html"][:160]) for rule in verdict["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            barriers[name].append(("wide", str(page.evaluate("document.documentElement.scrollWidth"))))
    assert {name: kinds for name, kinds in barriers.items() if kinds} == {}
