"""A fact that is known in part is asked about further if that decides; of a list, each value that decides is asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from whytune.cli import cli
from whytune.engine import Advisor, Rulebook, load
from whytune.engine.advice.explanations import next_question
from whytune.engine.language.case import complete, from_python, resolve
from whytune.engine.language.casefile import read_case
from whytune.engine.language.intervals import PartlyKnown
from whytune.engine.language.source import parse
from whytune.engine.words.speaker import Speaker
from whytune.prose.question import narrowing

from . import generated
from .generated import framed, partial_facts, rulebooks
from .laws import tries
from .looks import tabled

DOMAIN = ("--set", "prompt_enough=no", "--set", "external_knowledge=no", "--set", "need=domain_terms")


def run(*arguments: str, replies: str = "") -> Result:
    return CliRunner().invoke(cli, arguments, input=replies)


@tries(60)
@given(rulebook=rulebooks, data=st.data())
def test_what_an_answer_narrows_a_fact_to_leads_to_its_outcomes(rulebook: Rulebook, data: st.DataObject) -> None:
    advisor = Advisor(rulebook)
    facts = data.draw(partial_facts(rulebook.vocabulary))
    for decision in rulebook.decision:
        question = next_question(advisor, facts, decision)
        if question.fact is None or question.so_far is None:
            assert not any(answer.narrowed for answer in question.answers)
            continue
        domain = rulebook.vocabulary.domains[question.fact]
        for answer in question.answers:
            if answer.narrowed is not None:
                inside = domain.cells_of(answer.narrowed)
                assert inside == domain.cells_of(question.so_far) & {domain.cells.index(cell) for cell in answer.cells}
                narrower = complete(rulebook.vocabulary, {**facts.given, question.fact: answer.narrowed})
                assert advisor.recommend(narrower).decisions[decision].possible_as_assumed == answer.outcomes


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ("examples=1000..20000", "So far: 1,000 to 20,000 examples. Is it 10,000 or more?"),
        ("examples=<= 20000", "Which of these is it: below 100; 100 to below 10,000; 10,000 or more?"),
        ("need=not latency", "So far: anything but lower latency. Is it understanding of domain terms?"),
        ("need=not latency | brand_tone", "So far: neither brand voice and style nor lower latency. Is"),
    ],
)
def test_the_question_says_what_is_known_and_what_is_left_to_know(known: str, asked: str) -> None:
    output = " ".join(run("next", *(DOMAIN if known.startswith("e") else DOMAIN[:4]), "--set", known).stdout.split())
    assert asked in output


def test_a_question_about_what_is_settled_in_part_is_not_asked() -> None:
    assert "How many training examples" not in run("next", *DOMAIN, "--set", "examples=200..900").stdout


@tabled(
    ("replies", "kept"),
    [
        ("1000..20000\nyes", "examples: 10000..20000"),
        ("1000..20000\n不是", "examples: 1000..9999"),
        ("1000..20000\nunknown", "examples: 1000..20000"),
        ("1000..20000\n1000..20000", "examples: 1000..20000"),
        (">= 50\nmoderate", "examples: moderate"),
        (">= 50\n>= 60\nunknown", 'examples: ">= 60"'),
        ("> 50\n3k", "examples: 3000"),
    ],
)
def test_the_interview_narrows_what_it_was_told_in_part(replies: str, kept: str) -> None:
    done = run("ask", *DOMAIN, replies=f"{replies}\nquit\n")
    assert kept in done.stdout.splitlines()[-1].strip()
    assert done.stderr.count("Question 1 of at most 7") == len(replies.splitlines())
    facts = resolve(load("guide").vocabulary, read_case(parse(done.stdout, "case.yaml")).given)
    assert facts.states["examples"].state == "given"


def test_the_interview_takes_a_group_by_its_label_and_goes_on_from_there() -> None:
    done = run("ask", *DOMAIN[:4], replies="特定风格/格式\nquit\n")
    assert "need: style_format" in done.stdout


def test_a_fact_known_in_part_is_told_the_same_in_both_languages() -> None:
    rulebook = load("guide")
    advisor = Advisor(rulebook)
    given = {"prompt_enough": "no", "external_knowledge": "no", "need": "domain_terms"}
    facts = resolve(rulebook.vocabulary, from_python({**given, "examples": "1000..20000"}))
    question = next_question(advisor, facts, "approach")
    assert isinstance(question.so_far, PartlyKnown)
    assert narrowing(question, Speaker(rulebook, "en")) == "So far: 1,000 to 20,000 examples. Is it 10,000 or more?"
    assert narrowing(question, Speaker(rulebook, "zh")) == "目前所知：1,000 至 20,000 条。是否为10,000 及以上？"


def test_the_interview_tells_what_of_a_list_was_said_and_what_was_not_asked(tmp_path: Path) -> None:
    labels = {"a": "speed", "b": "price", "c": "tone"}
    goals = generated.fact("goals", "choices", values=list(labels), labels=labels, assume=[])
    facts = [goals, generated.fact("last", "yes_no", assume="no")]
    rules = [
        generated.rule(f"by_{name}", **{"if": {f"goals.{name}": "yes", "last": "yes"}}, propose={"way": "go"})
        for name in "ab"
    ]
    decisions = [generated.decision("way", ["go", "stay"], "stay", {"prefer": ["go", "stay"]})]
    place = tmp_path / "rulebook.yaml"
    place.write_text(json.dumps(framed(facts=facts, decisions=decisions, rules=rules)))
    told = run("ask", "--rulebook", str(place), replies="no\nyes\nyes\n").stderr
    assert told.count("Several may be so") == 1
    spaced = " ".join(told.split())
    assert spaced.count("goals — no: speed; yes: price; not asked, since no answer changes the advice: tone") == 1
    assert spaced.index(": tone") < spaced.index("last?")
    assert "2. goals: price  yes" in told
