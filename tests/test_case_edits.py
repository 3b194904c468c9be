"""What an edit makes of the cases of a rulebook: new, gone, renamed, or saying something else."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

import whytune
from whytune.engine.language.casefile import WrittenCase, read_cases
from whytune.engine.language.source import parse
from whytune.engine.review.difference.case_edits import case_edits

NINETY_NINE = "{case: The last below, given: {topic: bill, sum: 99}, expect: {answer: template, because: small_bill}}"
PRAISE = "{given: {topic: praise}, expect: {answer: template}}"
FAULT = "{given: {topic: fault}, expect: {answer: clerk}}"
BILL = "{given: {topic: bill}, expect: {answer: clerk}}"


def cases(**files: str) -> list[WrittenCase]:
    """The cases of files with these names and texts."""
    return [case for name, text in files.items() for case in read_cases(parse(text, name), name)]


def told(old: list[WrittenCase], new: list[WrittenCase]) -> list[tuple[str, str, str]]:
    """Each edit: the case, what became of it, and the place."""
    return [(edit.case, edit.change, ".".join(edit.place)) for edit in case_edits(old, new)]


def test_a_case_that_was_renamed_and_moved_is_no_removed_one() -> None:
    moved = NINETY_NINE.replace("The last below", "The last below the new cut").replace("99", "199")
    assert told(cases(praise=PRAISE, bill_99=NINETY_NINE), cases(praise=PRAISE, bill_199=moved)) == [
        ("bill_199 (The last below the new cut)", "renamed", ""),
        ("bill_199 (The last below the new cut)", "changed", "given.sum"),
    ]


def test_a_new_case_and_one_that_is_gone_are_told_as_such() -> None:
    assert told(cases(praise=PRAISE, bill_99=NINETY_NINE), cases(praise=PRAISE, fault=FAULT)) == [
        ("fault", "added", ""),
        ("bill_99 (The last below)", "removed", ""),
    ]


def test_a_case_with_another_title_in_the_same_file_is_renamed() -> None:
    other = NINETY_NINE.replace("The last below", "The first above")
    assert told(cases(bill=NINETY_NINE), cases(bill=other)) == [("bill (The first above)", "renamed", "")]


def test_a_case_of_the_same_title_is_the_same_in_another_file() -> None:
    moved = NINETY_NINE.replace("{topic: bill, sum: 99}", "{topic: fault}").replace("template", "clerk")
    assert told(cases(praise=PRAISE, bill=NINETY_NINE), cases(praise=PRAISE, fault=moved))[0] == (
        "fault (The last below)",
        "renamed",
        "",
    )


def test_cases_of_one_file_are_not_renamed_as_their_numbers_shift() -> None:
    old = cases(letters=f"cases: [{PRAISE}, {FAULT}]")
    assert told(old, cases(letters=f"cases: [{BILL}, {PRAISE}, {FAULT}]")) == [("letters #1", "added", "")]
    assert told(old, old) == []


def test_rulebooks_without_a_common_name_or_case_are_not_compared_case_by_case() -> None:
    praise, fault = cases(praise=PRAISE), cases(fault=FAULT)
    assert list(case_edits(praise, fault, is_other=True)) == []
    assert told(praise, fault) == [("fault", "added", ""), ("praise", "removed", "")]


def test_an_edit_that_takes_out_all_cases_is_told() -> None:
    assert told(cases(praise=PRAISE, fault=FAULT), []) == [("praise", "removed", ""), ("fault", "removed", "")]


@pytest.fixture
def copies(tmp_path: Path) -> tuple[str, str]:
    """Two rulebooks, of which the second has one case under another name."""
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    edits = Path(__file__).parent / "edits"
    (old / "rulebook.yaml").write_text((edits / "old" / "rulebook.yaml").read_text())
    (old / "cases").mkdir()
    for name, text in (("praise", PRAISE), ("fault", FAULT)):
        (old / "cases" / f"{name}.yaml").write_text(text)
    copytree(old, new)
    (new / "cases" / "fault.yaml").rename(new / "cases" / "broken.yaml")
    return str(old), str(new)


def test_python_tells_what_became_of_the_cases_too(copies: tuple[str, str]) -> None:
    old, new = (whytune.load(place) for place in copies)
    edit = old.difference(new)
    assert [(case["case"], case["change"]) for case in edit.to_dict()["rewritten_cases"]] == [("broken", "renamed")]
    assert "called before: fault" in edit.written("text", "short")
