"""Whoever records, and whoever reads the record, is told which values were kept out, and what that does not hide."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner

import whytune
from whytune.cli import cli
from whytune.engine import Recommendation
from whytune.engine.ledger.inferable import inferable
from whytune.engine.words.catalogue import phrase

from .ledgers import RULEBOOK

LOANS = ("--rulebook", str(RULEBOOK), "--set", "member=yes", "--set", "trusted=no", "--set", "debt=3")


AWAY = "The rest of the record gives away: debt (which band), trusted"


def said(path: Path, *options: str) -> list[str]:
    """What recording says beside the answer, below the id."""
    result = CliRunner().invoke(cli, ["advise", "--record", str(path / "a.ledger"), *options])
    assert result.exit_code == 0, result.output
    first, *others = result.stderr.splitlines()
    assert first.startswith("Recorded as ")
    return others


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (LOANS, [phrase("kept_out", "en", facts="debt, trusted"), AWAY]),
        ((*LOANS, "--keep-sensitive"), [phrase("kept_as_is", "en", facts="debt, trusted")]),
        (("--set", "private_data=yes"), []),
        (("--set", "private_data=yes", "--keep-sensitive"), [phrase("none_sensitive", "en")]),
    ],
)
def test_recording_says_what_it_keeps_out(options: tuple[str, ...], told: list[str], tmp_path: Path) -> None:
    assert said(tmp_path, *options) == told


def test_a_record_says_that_its_rules_may_tell_what_it_keeps_out(tmp_path: Path) -> None:
    said(tmp_path, *LOANS)
    told = whytune.Ledger(tmp_path / "a.ledger").find(1)
    for level in ("short", "full"):
        assert phrase("hidden_said", "en") in told.write(level=level, width=1000)
        assert AWAY in told.write(level=level, width=1000)


VALUES = {"member": ("yes", "no"), "days": ("2", "9", None), "debt": ("3", "30", "10..30", None)}
HIDDEN = {"debt", "trusted"}


def test_what_a_record_gives_away_is_so_in_every_case_with_the_same_record() -> None:
    """By brute force: of cases that agree in what is kept, those that give a fact away have one value of it."""
    book = whytune.load(RULEBOOK)
    alike: dict[object, list[tuple[Recommendation, frozenset[str]]]] = {}
    for values in product(*VALUES.values(), ("yes", "no", None)):
        given = {name: value for name, value in zip((*VALUES, "trusted"), values, strict=True) if value}
        answer = book.case(**given).recommendation
        hidden = HIDDEN & given.keys()
        rules = frozenset((step.name, step.state) for step in answer.trace if step.kind == "rule")
        kept = tuple(state for name, state in answer.facts.items() if name not in hidden)
        told = inferable(answer, book.content, hidden)
        assert told <= hidden
        alike.setdefault((kept, rules, frozenset(hidden)), []).append((answer, told))
    for cases in alike.values():
        for fact in HIDDEN:
            recorded = {answer.facts[fact].value for answer, _ in cases}
            assert len(recorded) == 1 or not any(fact in told for _, told in cases), (fact, recorded)
    assert {fact for cases in alike.values() for _, told in cases for fact in told} == HIDDEN


def test_what_would_take_long_to_tell_is_not_looked_for() -> None:
    book = whytune.load("guide")
    answer = book.case(prompt_enough=False).recommendation
    assert inferable(answer, book.content, {*answer.facts}) == frozenset()


def test_a_list_of_facts_marks_those_that_records_keep_out() -> None:
    listed = str(whytune.load(RULEBOOK).facts)
    assert listed.count(f"{phrase('sensitive', 'en')}: {phrase('sensitive_said', 'en')}") == 2


@pytest.mark.parametrize("private", [True, False])
def test_whether_another_fact_applies_gives_away_the_one_that_it_hangs_on(private: bool) -> None:
    task = {"prompt_enough": False, "external_knowledge": False, "need": "domain_terms", "examples": 3000}
    case = whytune.load("guide", as_of="2026-12-15").case(task, private_data=private)
    assert "private_data" in inferable(case.recommendation, case.advisor.rulebook, ["private_data"])
