"""The rulebook `practice`: its cases, what they reach, and that its promises hold."""

from __future__ import annotations

from datetime import date

import pytest

from whytune.engine import Advisor, Rulebook, WhytuneError
from whytune.engine.review.casebook import cases_of, covered_by, mutation, run_all
from whytune.engine.review.checks import examine, failing
from whytune.engine.review.examination import Examination

TODAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Advisor.load("practice").rulebook


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


@pytest.mark.slow
@pytest.mark.xfail(raises=WhytuneError, reason="the checks pass the limit of nodes")
def test_check_shows_nothing_that_is_not_waived(rulebook: Rulebook) -> None:
    """So every rule is in force in some case, and every cut has one on either side."""
    cases = cases_of("practice", rulebook)
    examined = Examination(rulebook, TODAY, covered_by(rulebook, cases, TODAY), cases=cases)
    assert [(finding.code, finding.about) for finding in failing(examine(examined), "warning")] == []


@pytest.mark.slow
def test_the_cases_notice_nearly_every_change(rulebook: Rulebook) -> None:
    assert mutation(rulebook, cases_of("practice", rulebook), TODAY).score >= 95
