"""What `whytune test` tells of a case that fails, of one yet to be filled in, and of changes that it did not try."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from whytune.engine import Rulebook, load
from whytune.engine.language.casefile import read_cases
from whytune.engine.language.source import decode
from whytune.engine.review.casebook import CheckedCase, mutation, run_all
from whytune.engine.review.casebook.reading import checked_cases
from whytune.engine.words.catalogue import LANGUAGES
from whytune.engine.words.speaker import Speaker
from whytune.prose import casebook, terminal
from whytune.prose.casebook import CasebookReport

from .generated import decision, fact, framed, rule, written

PARCEL = load(Path(__file__).parent / "data" / "parcel")
TODAY = date(2026, 11, 22)
FAILURES: tuple[tuple[str, str, str, str], ...] = (
    (
        "weight: 1, abroad: no",
        "ruled_out: van",
        "expected Our van (van) to be ruled out; it is not proposed",
        "应被排除：自有货车（van）；实际：未被提议",
    ),
    (
        "weight: 1, abroad: no",
        "flips: [{given: {urgent: yes}, to: post}]",
        "flip to Urgent: yes: expected Post (post), got Courier (courier)",
        "若改为“紧急：是”，建议应为：邮局（post）；实际为：快递（courier）",
    ),
    (
        "weight: 1, abroad: no",
        "carrier: open",
        "expected not decided yet (open), got Post (post) (decided by post_for_light)",
        "应为：尚未确定（open）；实际为：邮局（post）（决定者：post_for_light）",
    ),
    (
        "",
        "because: post_for_light",
        "“The post takes what is light” (post_for_light); the reasons are: none",
        "应包括：“轻件走邮局”（post_for_light）；实际为：无",
    ),
    (
        "weight: 30, abroad: yes",
        "not_because: carrier.if_none_stands",
        "reasons: `carrier.if_none_stands`; the reasons are: `carrier.if_none_stands`, “Our van stays at home”",
        "不应包括：`carrier.if_none_stands`；实际为：`carrier.if_none_stands`、“自有货车不出境”",
    ),
)
"""What is given, what is expected, and what is told of that in English and Chinese."""


def read(rulebook: Rulebook, given: str, expect: str) -> tuple[CheckedCase, ...]:
    text = f"given: {{{given}}}\nexpect: {{{expect}}}\n"
    return checked_cases(rulebook, read_cases(decode(text.encode(), "case.yaml")))


def lines(rulebook: Rulebook, cases: tuple[CheckedCase, ...], language: str) -> str:
    (result,) = run_all(rulebook, cases, TODAY)
    return " ".join(casebook.failures(result, Speaker(rulebook, language)))


def test_each_failure_is_told_in_both_languages() -> None:
    for given, expect, *told in FAILURES:
        cases = read(PARCEL, given, expect)
        for language, words in zip(LANGUAGES, told, strict=True):
            assert words in lines(PARCEL, cases, language)


def test_a_failure_names_the_decision_among_several_and_a_caution_that_was_not_told() -> None:
    rulebook = written(
        framed(
            facts=[fact("f", "yes_no")],
            decisions=[decision(name, ["x", "y"], "x", "refer") for name in ("first", "last")],
            rules=[rule("leaks", **{"if": {"f": "yes"}}, caution={"last": "x"})],
        )
    )
    cases = read(rulebook, "f: no", "first: y, cautions: leaks")
    told = lines(rulebook, cases, "en")
    assert "first: advice: expected y, got x" in told
    assert "last: cautions: expected “leaks” (leaks) to be told; got none" in told
    assert "last：提醒应包括：“leaks”（leaks）；实际为：无" in lines(rulebook, cases, "zh")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("not filled in yet, and not run", "; the rulebook is too large to tell", "there are too many rules")),
        ("zh", ("：尚未填写，未运行", "规则库太大，无法判定", "规则和案例太多，未能全部尝试")),
    ],
)
def test_what_was_not_run_decided_or_tried_is_told(language: str, words: tuple[str, str, str]) -> None:
    cases = read(PARCEL, "weight: 1", "carrier: post")
    undecided, untried = mutation(PARCEL, [], TODAY, max_work=1), mutation(PARCEL, cases, TODAY, max_trial=0)
    reports = (CasebookReport(PARCEL, TODAY, (), cases, (), None, tried) for tried in (None, undecided, untried))
    for report, said in zip(reports, words, strict=True):
        text = terminal.text(casebook.tests(report, Speaker(PARCEL, language)), 200)
        assert said in text
