"""What rests on an assumption says so wherever it is told, though the answer would stand without it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from whytune.engine import Advisor, Rulebook, load
from whytune.engine.advice.recommendation import Recommendation
from whytune.engine.language.loading import loads
from whytune.engine.words.speaker import Speaker
from whytune.prose import firings

from .generated import decision, fact, framed, rule
from .looks import tabled
from .stage import perform

GUIDE = load("guide")
ASSUMED = {"en": "(assumed: ", "zh": "（假设："}


def document(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Two rules for one option, of which one is in force whatever the assumed fact is."""
    facts = [fact("vip", "yes_no", assume="no"), fact("old", "yes_no")]
    ways = decision("way", ["go", "stay"], "refer", "refer")
    return framed(facts=facts, decisions=[ways], rules=[first, second])


BOTH_WAYS = document(
    rule("for_vips", **{"if": {"vip": "yes"}}, propose={"way": "go"}),
    rule("for_others", **{"if": {"vip": "no"}}, propose={"way": "go"}),
)
BY_A_RULE_OUT = document(
    rule("for_old", **{"if": {"old": "yes"}}, propose={"way": "stay"}),
    rule("not_for_others", **{"if": {"vip": "no"}}, rule_out={"way": "stay"}),
)


def answered(rulebook: Rulebook, given: dict[str, str]) -> Recommendation:
    return Advisor(rulebook).advise(given)


def written(tmp_path: Path, content: dict[str, Any]) -> str:
    path = tmp_path / "rules.yaml"
    path.write_text(json.dumps(content))
    return str(path)


@pytest.mark.parametrize("command", ["advise", "why"])
def test_a_settled_answer_says_which_reason_rests_on_an_assumption(command: str, tmp_path: Path) -> None:
    book = written(tmp_path, BOTH_WAYS)
    assert answered(load(book), {}).decisions["way"].status == "settled"
    assumed = perform(command, "-r", book).stdout
    assert ASSUMED["en"] in " ".join(assumed.split())
    assert ASSUMED["en"] not in " ".join(perform(command, "-r", book, "--set", "vip=no").stdout.split())


def test_what_rules_out_says_that_it_rests_on_an_assumption(tmp_path: Path) -> None:
    book = written(tmp_path, BY_A_RULE_OUT)
    said = " ".join(perform("advise", "-r", book, "--set", "old=yes").stdout.split())
    assert "Why: not_for_others says so (assumed: vip: no)" in said
    assert "Assumed, and able to change the advice: vip: no" in said
    full = " ".join(perform("advise", "-r", book, "--set", "old=yes", "--level", "full").stdout.split())
    assert ASSUMED["en"] in full.partition("Trace")[0]
    given = " ".join(perform("advise", "-r", book, "--set", "old=yes", "--set", "vip=no").stdout.split())
    assert "assumed" not in given.partition("Trace")[0]


def test_the_page_of_a_record_says_it_too(tmp_path: Path) -> None:
    book, ledger, page = written(tmp_path, BOTH_WAYS), tmp_path / "l", tmp_path / "page.html"
    perform("advise", "-r", book, "--record", str(ledger))
    perform("audit", "report", "1", "--ledger", str(ledger), "-o", str(page))
    assert ASSUMED["en"] in page.read_text()


@tabled("language", ["en", "zh"])
@tabled("given", [{}, {"prompt_enough": "no"}, {"need": "domain_terms", "examples": "3200"}])
def test_every_reason_says_what_it_rests_on_and_no_other_does(language: str, given: dict[str, str]) -> None:
    answer, speaker = answered(GUIDE, given), Speaker(GUIDE, language)
    numbered = {firing.number: firing for firing in answer.trace}
    for firing in answer.trace:
        below = [numbered[use.step] for use in firing.used if use.step is not None]
        own = {use.fact for use in firing.used if use.fact and answer.facts[use.fact].state == "assumed"}
        expected = own.union(*(answer.assumed_behind(step) for step in below))
        assert set(answer.assumed_behind(firing)) == expected
        text = speaker.text(firing.text)
        said = firings.reason(speaker, text, firing, answer)
        assert (ASSUMED[language] in said) is bool(expected)
        assert (said == text) is not bool(expected)


def test_a_reason_stays_one_sentence() -> None:
    rulebook = loads({"rules.yaml": json.dumps(BOTH_WAYS).encode()})
    answer = answered(rulebook, {})
    firing = next(each for each in answer.trace if each.name == "for_others")
    assert firings.reason(Speaker(rulebook, "en"), "It is so.", firing, answer) == "It is so (assumed: vip: no)."
