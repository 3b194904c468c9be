"""The pages of rules: searched, with the cases in which each is in force, and what the checks find about it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

pytest.importorskip("starlette", reason="needs whytune[web]")
from markupsafe import Markup

import whytune
from whytune.engine.words.catalogue import LANGUAGES
from whytune.review import file_edit
from whytune.web import places
from whytune.web.asking import asking
from whytune.web.examinations import Examinations
from whytune.web.library import Bookcase
from whytune.web.pages import page
from whytune.web.places import to_editor
from whytune.web.routes import ROUTES

from .generated import decision, fact, framed
from .stage import ROOT

DAY = "2026-11-25"
_OF_BOTH = """title: {en: Some more, zh: 另一条}
    because: {en: Because, zh: 因为}
    source: {document: guide, place: nowhere}
    propose: {approach: prompt}"""
RULES = f"""rules:
  - id: idle
    if: {{prompt_enough: yes, need: latency}}
    {_OF_BOTH}
  - id: unused
    if: {{prompt_enough: yes, need: latency, general_chat: yes}}
    {_OF_BOTH}
  - id: gone
    if: {{prompt_enough: yes, need: latency}}
    valid: {{until: 2025-12-31}}
    {_OF_BOTH}
"""
CASE = """case: Of another day
as_of: 2025-06-01
given: {prompt_enough: yes, need: latency}
expect: {approach: prompt, because: [gone, idle, prompt_is_enough]}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide with a rule that never decides, and one that no longer holds, with a case of its day."""
    folder = tmp_path_factory.mktemp("rules") / "mine"
    shutil.copytree(ROOT / "rules" / "guide", folder)
    (folder / "more.yaml").write_text(RULES, "utf-8")
    (folder / "cases" / "old.yaml").write_text(CASE, "utf-8")
    return folder


@pytest.fixture(scope="module")
def bookcase(folder: Path) -> Bookcase:
    """The same, with what the checks find of it kept as a service does."""
    bookcase = Bookcase([whytune.load(folder)])
    for language in LANGUAGES:
        book = bookcase.book(None, whytune.load(folder).as_of(DAY).day, language)
        keep(bookcase.examinations, book)
    return bookcase


def keep(examinations: Examinations, book: whytune.Rulebook) -> None:
    if (name := examinations.lacks(book)) is not None:
        examinations.keep(name, book.check())


def shown(bookcase: Bookcase, page_name: str, /, **asked: str) -> str:
    frame = page(page_name, asking(bookcase, {"as_of": DAY, "language": "en", **asked}.items()))
    assert frame.error is None, frame.error
    return frame.text


def data(bookcase: Bookcase, route: str, /, **asked: str) -> Any:
    answer = ROUTES[route].answer(asking(bookcase, {"as_of": DAY, "language": "en", **asked}.items()))
    assert not isinstance(answer, str)
    return answer.to_dict()


def listed(bookcase: Bookcase, route: str, /, **asked: str) -> list[dict[str, str]]:
    return [*data(bookcase, route, **asked)]


def linked_rules(text: str) -> list[str]:
    return re.findall(r'href="/rules\?[^"]*name=([\w.]+)"', text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_search_finds_the_rules_in_whose_words_the_text_stands(bookcase: Bookcase, language: str) -> None:
    book = whytune.load(bookcase.books["guide"].place, as_of=DAY, language=language)
    shelf = {
        rule: ROUTES["rules"].answer(asking(bookcase, [("name", rule), ("language", language)])) for rule in book.rules
    }
    words = {rule: str(answer).casefold() for rule, answer in shelf.items()}
    for text in ("idle", "LATENCY", book.speaker.option("approach", "rag"), "nobody wrote this"):
        holding = {rule for rule, told in words.items() if text.casefold() in " ".join(told.split())}
        found = linked_rules(shown(bookcase, "rules", text=text, language=language).partition("<main>")[2])
        assert holding <= {*found}
        assert [rule["id"] for rule in data(bookcase, "rules", text=text, language=language)["rules"]] == found
    assert not found


@pytest.mark.slow
def test_the_page_of_a_rule_leads_to_the_cases_in_which_it_is_in_force(bookcase: Bookcase) -> None:
    book = bookcase.books["guide"].as_of(DAY)
    states: dict[str, set[str]] = {rule.id: set() for rule in book.content.rules}
    for result in book.test():
        written = result.case.written
        given = book.as_of(written.day or DAY).case_of(*written.facts)
        for step in given.recommendation.trace:
            if step.kind == "rule" and step.state == "in_force":
                states[step.name].add(written.name)
    assert (states["unused"], states["gone"]) == (set(), {"old"})
    assert sum(map(bool, states.values())) > 10
    for rule, names in [*states.items()][::3]:
        listed = {*re.findall(r'href="/cases\?[^"]*name=([^"&]+)"', shown(bookcase, "rules", name=rule))}
        assert len(listed) == len(names), rule
    assert "in none of the rulebook" in shown(bookcase, "rules", name="unused")


@pytest.mark.slow
def test_the_page_of_a_rule_or_a_fact_leads_to_its_line_in_the_editor(bookcase: Bookcase) -> None:
    book = bookcase.books["guide"].as_of(DAY)
    parts = [("rules", rule.id) for rule in book.content.rules] + [("facts", name) for name in book.facts]
    for page_name, name in parts:
        page = shown(bookcase, page_name, name=name, language="en")
        place, *_, button = re.findall(r'<a href="/edit\?[^"]*file=([^"&#]+)#line-(\d+)">([^<]+)</a>', page)
        assert place[:2] == button[:2]
        file, line = unquote(place[0]), place[1]
        text = file_edit(bookcase.book(None, book.day, "en"), file).text.splitlines()
        assert name in text[int(line) - 1]
        assert button[2] == f"Edit it in {file}, line {line}"


def test_each_band_of_a_fact_leads_to_the_line_where_it_is_cut(bookcase: Bookcase) -> None:
    content = next(iter(bookcase.books.values())).content
    fact = next(fact for fact in content.vocabulary.declared if fact.bands)
    text = shown(bookcase, "facts", name=fact.fact)
    for band in fact.bands:
        line = content.places["fact", fact.fact, "bands", band.band, "cut_at"].line
        assert re.search(rf"{re.escape(band.values[-1])}.*?#line-{line}\"", text, re.DOTALL), band.band


def test_every_place_in_a_file_leads_to_the_editor_but_not_within_a_link_or_a_picture(bookcase: Bookcase) -> None:
    findings = shown(bookcase, "check", language="en")
    assert re.search(r'#line-(\d+)">[^<]*more\.yaml:\1:', findings)
    query = asking(bookcase, [("rulebook", "guide")])
    for still in (
        '<a href="/x">more.yaml:3:1</a>',
        "<svg><text>more.yaml:3</text></svg>",
        "<p>others.yaml:3:1</p>",
        '<p title="more.yaml:3:1">more.yaml</p>',
    ):
        assert [*to_editor([Markup(still)], query)] == [still]
    (placed,) = to_editor([Markup("<p>mine/more.yaml:3:1 &lt;b&gt;</p>")], query)
    assert placed == '<p><a href="/edit?rulebook=guide&amp;file=more.yaml#line-3">mine/more.yaml:3:1</a> &lt;b&gt;</p>'


def test_a_long_text_is_searched_for_places_once(bookcase: Bookcase) -> None:
    query, letters = asking(bookcase, [("rulebook", "guide")]), "a" * 200_000
    (placed,) = to_editor([Markup(f'<p title="{letters}">{letters}</p> more.yaml:3')], query)
    assert placed.count(letters) == 2
    assert placed.endswith('#line-3">more.yaml:3</a>')


def test_no_file_is_looked_for_on_account_of_a_page_that_names_none(
    monkeypatch: pytest.MonkeyPatch, bookcase: Bookcase
) -> None:
    asked: list[whytune.Rulebook] = []

    def names(book: whytune.Rulebook) -> tuple[str, ...]:
        asked.append(book)
        return ()

    monkeypatch.setattr(places, "file_names", names)
    query = asking(bookcase, [("rulebook", "guide")])
    parts = [Markup("<p>the yaml of more.yml, and 3:1</p>"), Markup("<p>b</p>")]
    assert [*to_editor(parts, query)] == parts
    assert not asked
    assert [*to_editor([*parts, Markup("more.yml:3")], query)] == [*parts, "more.yml:3"]
    assert len(asked) == 1


def test_findings_are_told_with_the_rule_that_they_concern(bookcase: Bookcase) -> None:
    everything = bookcase.examinations.of(bookcase.book(None, whytune.load("guide", as_of=DAY).day, "en"))
    assert "idle" in everything.rules
    for rule in ("idle", "prompt_is_enough"):
        about = [finding.code for finding in everything if rule in finding.about.split("+")]
        found = data(bookcase, "check", rule=rule)
        assert [finding["code"] for finding in found] == about
    whole = shown(bookcase, "check")
    assert {*everything.rules} <= {*linked_rules(whole)}
    assert "/check?" in shown(bookcase, "rules", name="idle")
    assert page("check", asking(bookcase, [("rule", "nothing")])).error


def test_what_was_found_is_looked_for_again_once_a_file_is_another(folder: Path) -> None:
    book = whytune.load(folder, as_of=DAY)
    examinations = Bookcase([book]).examinations
    keep(examinations, book)
    assert examinations.lacks(book) is None
    assert examinations.lacks(book.as_of("2026-11-26")) is not None
    case = next((folder / "cases").glob("*.yaml"))
    text = case.read_text("utf-8")
    try:
        case.write_text(text + "\n# another\n", "utf-8")
        assert examinations.lacks(book) is not None
    finally:
        case.write_text(text, "utf-8")
    assert examinations.lacks(book) is None


def test_what_was_found_in_a_single_file_is_looked_for_again_once_its_cases_are_others(tmp_path: Path) -> None:
    rulebook = framed(facts=[fact("f", "yes_no")], decisions=[decision("d", ["a", "b"], "a", "refer")], rules=[])
    (tmp_path / "r.yaml").write_text(json.dumps(rulebook), "utf-8")
    case = tmp_path / "cases" / "deep" / "c.yaml"
    case.parent.mkdir(parents=True)
    case.write_text("case: C\ngiven: {f: yes}\nexpect: {d: a}\n", "utf-8")
    book = whytune.load(tmp_path / "r.yaml", as_of=DAY)
    examinations = Bookcase([book]).examinations
    keep(examinations, book)
    (tmp_path / ".hidden").write_text("of no matter", "utf-8")
    assert examinations.lacks(book) is None
    case.unlink()
    assert examinations.lacks(book) is not None


def test_what_the_cases_reach_is_told_where_it_is_asked_for(bookcase: Bookcase) -> None:
    plain, covering = (shown(bookcase, "test", **more) for more in ({}, {"coverage": "yes"}))
    assert "coverage=yes" in plain
    assert "coverage=yes" not in covering.partition("<main>")[2].partition("</main>")[0]
    assert len(covering) > len(plain)


def test_a_case_of_another_day_is_listed_and_found_by_the_rules_of_its_day(bookcase: Bookcase) -> None:
    assert "gone" not in bookcase.books["guide"].as_of(DAY).rules
    (case,) = (case for case in listed(bookcase, "cases") if case["title"] == "Of another day")
    assert listed(bookcase, "cases", rule="gone") == [case]
    assert case in listed(bookcase, "cases", rule="idle")


def test_a_case_is_told_as_a_document_with_a_link_that_asks_about_it() -> None:
    served = Bookcase([whytune.load("guide", as_of=DAY)])
    case = shown(served, "cases", name="clinic_terms_100_examples").partition("<main>")[2]
    told = ("What it gives", "100 examples", "LoRA fine-tuning (lora)", "Advice if changed to Training examples: 99")
    assert [part for part in told if part not in case] == []
    assert "{&#34;" not in case
    assert "&amp;facts.prompt_enough=no&amp;" in case
    assert "&amp;name=clinic_terms_100_examples" in shown(served, "cases")
