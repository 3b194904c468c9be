"""Nothing of a set of tasks is cut for programs, and people are told how much is left out and how to see it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .generated import decision, fact, framed, rule
from .stage import perform

MANY = 7
DAY = ("--as-of", "2026-03-03")


def with_gaps(odd: str) -> dict[str, Any]:
    """A rulebook of which `MANY` separate values lead to no advice, or to that of the rule for odd ones."""
    values = [f"v{index}" for index in range(2 * MANY)]
    facts = [fact("kind", "choice", values=values, labels={value: value for value in values})]
    facts += [fact(f"f{index}", "yes_no") for index in range(MANY)]
    even = [rule(f"r{index}", **{"if": {"kind": f"v{2 * index}"}}, propose={"way": "go"}) for index in range(MANY)]
    gaps = [
        rule(f"g{index}", **{"if": {"kind": f"v{2 * index + 1}", f"f{index}": "yes"}}, propose={"way": odd})
        for index in range(MANY)
    ]
    return framed(facts=facts, decisions=[decision("way", ["go", "stay"], "refer", "refer")], rules=[*even, *gaps])


@pytest.fixture
def books(tmp_path: Path) -> tuple[str, str]:
    for name, odd in (("a", "go"), ("b", "stay")):
        (tmp_path / f"{name}.yaml").write_text(json.dumps(with_gaps(odd)))
    return str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml")


def in_regions(data: Any) -> Iterator[dict[str, Any]]:
    """Every set of tasks in the data."""
    if isinstance(data, dict):
        if {"regions", "rest", "share"} <= data.keys():
            yield data
        data = list(data.values())
    for each in data if isinstance(data, list) else ():
        yield from in_regions(each)


@pytest.mark.parametrize("format_", ["json", pytest.param("sarif", marks=pytest.mark.slow)])
def test_json_and_sarif_hold_all_regions_of_a_finding(books: tuple[str, str], format_: str) -> None:
    held = list(in_regions(json.loads(perform("check", books[0], *DAY, "-f", format_).stdout)))
    assert max(len(each["regions"]) for each in held) == MANY
    assert all(each["rest"]["tasks"] == 0 for each in held)


def test_json_holds_all_regions_of_a_change(books: tuple[str, str]) -> None:
    held = list(in_regions(json.loads(perform("diff", *books, *DAY, "-f", "json").stdout)))
    assert max(len(each["regions"]) for each in held) == MANY
    assert all(each["rest"]["tasks"] == 0 for each in held)


@pytest.mark.parametrize("command", ["check", "diff"])
def test_a_text_says_how_many_regions_it_leaves_out_and_how_to_see_them(command: str, books: tuple[str, str]) -> None:
    asked = (command, *(books[:1] if command == "check" else books), *DAY)
    text = perform(*asked).stdout
    (more,) = {int(count) for count in re.findall(r"and (\d+) more  \(--all-regions lists them\)", text)}
    assert more == MANY - 4
    whole = perform(*asked, "--all-regions").stdout
    assert "--all-regions" not in whole
    assert whole.count("\n") > text.count("\n")
    for index in range(MANY):
        assert f"v{2 * index + 1}" in whole
