"""The rulebook `practice`: its cases, its promises and its texts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from whytune.engine import Advisor, Rulebook
from whytune.engine.advice.explanations import why
from whytune.engine.language.case import from_python, resolve
from whytune.engine.meaning.promises import broken
from whytune.engine.meaning.regions import FEW_REGIONS
from whytune.engine.review.casebook import cases_of, run_all
from whytune.engine.review.casebook.mutation import mutation
from whytune.engine.review.checks import examine, failing
from whytune.engine.review.examination import Examination
from whytune.engine.words.shelf import edition_and_audience
from whytune.engine.words.speaker import Speaker
from whytune.prose import terminal
from whytune.prose.document import document
from whytune.prose.why import why as said_why

from .counting import counted_share

TODAY = date(2026, 12, 15)
SIDE_BY_SIDE = Path(__file__).parent.parent / "docs" / "rulebooks.md"
EDITIONS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth")


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Advisor.load("practice").rulebook


@pytest.fixture(scope="module")
def today() -> Advisor:
    return Advisor.load("practice", TODAY)


@pytest.mark.slow
def test_every_case_gives_what_it_expects(rulebook: Rulebook) -> None:
    cases = cases_of("practice", rulebook)
    assert len(cases) >= 60
    assert [(result.case.title, result.failures) for result in run_all(rulebook, cases, TODAY) if result.failures] == []


def test_every_text_is_in_both_languages(rulebook: Rulebook) -> None:
    texts = [text for rule in rulebook.rules for text in (rule.title, rule.because)]
    texts += [text for fact in rulebook.vocabulary.declared for text in (fact.ask, fact.label, *fact.labels.values())]
    texts += [text for note in rulebook.notes for text in (note.title, note.text)]
    assert all(text["en"] and text["zh"] for text in texts)


def test_every_question_that_takes_a_judgement_says_when_the_answer_is_which(rulebook: Rulebook) -> None:
    kinds = {"yes_no", "choice"}
    judged = [fact for fact in rulebook.vocabulary.declared if fact.kind in kinds]
    assert [fact.fact for fact in judged if not fact.help] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_why_puts_no_brackets_in_brackets(today: Advisor, language: str) -> None:
    given = from_python({"prompt_result": "worked_short", "signal": "demonstrations", "goals.style": True})
    answer = why(today, resolve(today.rulebook.vocabulary, given), "approach")
    text = terminal.text(document("why", language, said_why(answer, Speaker(today.rulebook, language), "short")))
    assert not re.search(r"[(（][^()（）]*[(（]", text), text


def test_every_promise_is_kept(today: Advisor) -> None:
    assert today.rulebook.invariants
    assert list(broken(today.diagram)) == []


@pytest.mark.slow
def test_every_promise_is_kept_by_the_rules_of_all_days_together(rulebook: Rulebook) -> None:
    assert list(broken(Advisor(rulebook).diagram)) == []


@pytest.mark.slow
@pytest.mark.long
def test_a_check_comes_to_an_end_and_leaves_notes_only(rulebook: Rulebook) -> None:
    findings = examine(Examination(rulebook, TODAY))
    assert failing(findings, "warning") == []
    assert {finding.severity for finding in findings if finding.waiver is None} == {"note"}
    notes = [finding.regions for finding in findings if finding.severity == "note" and finding.regions]
    assert max(len(regions.listed) for regions in notes) == FEW_REGIONS
    assert any(counted_share(regions.rest).tasks for regions in notes)


@pytest.mark.slow
@pytest.mark.long
def test_cases_notice_what_changes_the_rules(rulebook: Rulebook) -> None:
    tried = mutation(rulebook, cases_of("practice", rulebook), TODAY)
    assert tried.changed > 500
    assert tried.undecided == 0
    assert tried.score >= 95, [(survivor.mutant.name, survivor.case) for survivor in tried.survivors]


def test_the_help_of_a_list_fits_each_of_its_values_where_it_is_asked_about_alone() -> None:
    facts = Advisor.load("practice").rulebook.vocabulary.facts
    texts = [text for fact in facts if fact.kind == "yes_no" for text in (fact.help or {}).values()]
    assert texts
    assert [text for text in texts if "all that apply" in text or "可多选" in text] == []


def test_the_edition_that_is_told_is_that_of_the_version(rulebook: Rulebook) -> None:
    edition, _ = edition_and_audience("practice")
    assert edition["en"].startswith(f"{EDITIONS[int(rulebook.version.split('.')[1]) - 1]} edition")


def test_the_page_of_the_two_rulebooks_names_the_facts_of_each_and_all_that_the_guide_asks(rulebook: Rulebook) -> None:
    guide = Advisor.load("guide").rulebook
    rows = [line.split("|")[2:4] for line in SIDE_BY_SIDE.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    by_guide, by_practice = ([name for row in rows[1:] for name in re.findall("`(.+?)`", row[side])] for side in (0, 1))
    assert {*by_guide} == {fact.fact for fact in guide.vocabulary.facts if not fact.used_for}
    assert [name for name in by_practice if name not in rulebook.vocabulary.by_name] == []
    assert len(by_practice) > 9
