"""Cautions: told along with the advice, where the rule is in force and what it is about is advised."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from whytune.engine import Advisor, Recommendation, Rulebook
from whytune.engine.language.casefile import read_cases
from whytune.engine.language.source import parse
from whytune.engine.review.casebook.reading import checked_cases
from whytune.engine.review.casebook.running import by_advisor, run
from whytune.engine.review.difference import compare, difference
from whytune.engine.review.difference.intent import Excess
from whytune.engine.review.difference.versions import STEPS
from whytune.engine.words.speaker import Speaker
from whytune.prose import terminal
from whytune.prose.answer import answer
from whytune.prose.difference import EditReport
from whytune.prose.difference import difference as told_difference
from whytune.prose.levels import Level
from whytune.prose.two_speakers import two_speakers

from .counting import counted_share
from .generated import decision, fact, framed, rule, written
from .looks import tabled

OPTIONS: list[Any] = [
    "prompt",
    "rag",
    "tune",
    {"option": "lora", "kind_of": "tune"},
    {"option": "both", "combines": ["rag", "tune"]},
]
FACTS = ("rag", "tune", "lora", "old", "secret")


def book(about: Any = "tune", **premise: Any) -> Rulebook:
    rules = [rule(name, **{"if": {name: "yes"}}, propose={"approach": name}) for name in ("rag", "tune", "lora")]
    rules.append(rule("leaks", **(premise or {"if": {"secret": "yes"}}), caution={"approach": about}))
    row = decision("approach", OPTIONS, "prompt", "refer")
    return written(framed(facts=[fact(name, "yes_no") for name in FACTS], decisions=[row], rules=rules))


def advise(rulebook: Rulebook, *true: str, unknown: tuple[str, ...] = ()) -> Recommendation:
    given: dict[str, Any] = {name: name in true for name in FACTS}
    return Advisor(rulebook).advise({**given, **dict.fromkeys(unknown, "unknown")})


@tabled(
    ("true", "advice", "told"),
    [
        (["tune", "secret"], "tune", True),
        (["lora", "secret"], "lora", True),  # a kind of what it is about
        (["rag", "lora", "secret"], "both", True),  # a combination of what it is about
        (["rag", "secret"], "rag", False),
        (["tune"], "tune", False),
    ],
)
def test_a_caution_is_told_with_the_advice_that_it_is_about(true: list[str], advice: str, told: bool) -> None:
    recommendation = advise(book(), *true)
    outcome = recommendation.decisions["approach"]
    assert outcome.advice == advice
    assert outcome.cautions == (("leaks",) if told else ())
    assert [step.name for step in recommendation.trace if step.kind == "caution"] == ["approach.leaks"] * told
    assert "leaks" not in outcome.reasons


@pytest.mark.parametrize("unknown", ["secret", "lora"])
def test_a_caution_is_not_told_while_its_rule_or_the_advice_is_open(unknown: str) -> None:
    true = {"tune", "secret"} - {unknown}
    outcome = advise(book("lora"), *true, unknown=(unknown,)).decisions["approach"]
    assert outcome.cautions == ()


def test_a_caution_goes_with_an_advice_that_every_completion_leads_to() -> None:
    rules = [
        rule("a", **{"if": {"old": "yes"}}, propose={"approach": "tune"}),
        rule("b", **{"if": {"old": "no"}}, propose={"approach": "tune"}),
        rule("leaks", **{"if": {"secret": "yes"}}, caution={"approach": "tune"}),
    ]
    row = decision("approach", OPTIONS, "prompt", "refer")
    recommendation = advise(
        written(framed(facts=[fact(name, "yes_no") for name in FACTS], decisions=[row], rules=rules)),
        "secret",
        unknown=("old",),
    )
    assert recommendation.decisions["approach"].cautions == ("leaks",)
    assert recommendation.trace[-1].kind == "caution"


def test_readers_are_told_the_title_and_where_there_is_room_the_reason_and_its_source() -> None:
    rulebook = book()
    levels: dict[Level, str] = {"short": "leaks", "normal": "leaks says so", "full": "leaks says so"}
    for level, words in levels.items():
        blocks = list(answer(advise(rulebook, "tune", "secret"), Speaker(rulebook, "en"), level))
        texts = [getattr(block, "text", "") for block in blocks]
        below = texts[texts.index(f"Keep in mind: {words}") + 1]
        assert ("Rule: leaks; Source: “A memo”, page 1" in below) == (level == "full")


@tabled(
    ("edited", "level"),
    [
        (book(["tune", "rag"]), "cautions"),
        (book("rag"), "cautions"),
        (book(**{"if": {"secret": "yes", "old": "yes"}}), "cautions"),
        (book(["tune", "lora"]), "reasons"),  # written otherwise, told alike
        (book(), "nothing"),
    ],
)
def test_other_cautions_are_a_layer_of_their_own_below_advice(edited: Rulebook, level: str) -> None:
    found = difference(compare(book(), edited))
    assert found.level == level
    assert [change.name for change in found.cautions] == ["leaks"] * (level == "cautions")
    assert STEPS["cautions"] == "minor"


def test_an_edit_of_a_caution_counts_the_tasks_that_it_gains_and_loses() -> None:
    (change,) = difference(compare(book("rag"), book("lora"))).cautions
    gained, lost = counted_share(change.gained.share).tasks, counted_share(change.lost.share).tasks
    assert (lost, gained) == (2 + 6, 4), "RAG alone and in a combination; LoRA without it"
    assert change.gains
    assert change.loses


@pytest.mark.parametrize(
    ("language", "counted", "uncounted"),
    [
        (
            "en",
            "now also in 4 of 32 tasks (12.5 %); no longer in 8 of 32 tasks (25.0 %)",
            "now also in other tasks; no longer in some tasks",
        ),
        (
            "zh",
            "新增用于 32 种任务中的 4 种（12.5 %）；不再用于 32 种任务中的 8 种（25.0 %）",
            "新增用于一些任务；不再用于某些任务",
        ),
    ],
)
def test_where_a_caution_comes_and_goes_is_told_with_numbers_if_tasks_are_counted(
    language: str, counted: str, uncounted: str
) -> None:
    compared = compare(book("rag"), book("lora"))
    both = two_speakers(compared.old.whole, compared.new.whole, "new", language)
    for found, words in ((difference(compared), counted), (difference(compared.in_clauses()), uncounted)):
        for beyond in (None, Excess((), found.cautions)):
            text = terminal.text(told_difference(EditReport(found, beyond, None, both, None)), 200)
            assert text.count(words) == (2 if beyond else 1)


def test_a_caution_that_comes_to_be_told_everywhere_has_the_task_of_which_nothing_is_known_to_try() -> None:
    old, new = (
        written(
            framed(
                facts=[fact("sunny", "yes_no")],
                decisions=[decision("approach", ["walk"], "walk", "refer")],
                rules=[rule("mind", **condition, caution={"approach": "walk"})],
            )
        )
        for condition in ({"if": {"sunny": "yes"}, "except_if": {"sunny": "yes"}}, {"if": "always"})
    )
    (change,) = difference(compare(old, new)).cautions
    assert change.gains == ({}, {})
    assert change.loses is None


@tabled("wanted", ["leaks", "[leaks]", "{approach: leaks}"])
@tabled("secret", ["yes", "no"])
def test_a_case_may_expect_cautions(wanted: str, secret: str) -> None:
    rulebook = book()
    text = f"given: {{tune: yes, rag: no, lora: no, secret: {secret}}}\nexpect: {{cautions: {wanted}}}\n"
    (case,) = checked_cases(rulebook, read_cases(parse(text, "case.yaml")))
    failures = run(case, by_advisor(Advisor(rulebook, date(2026, 1, 1)))).failures
    assert (not failures) == (secret == "yes")
