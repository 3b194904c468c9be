"""One case of a rulebook is told from the files that may hold it, whatever is wrong with others."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

import whytune
from whytune.contents import cases
from whytune.engine.review.casebook import every_case_of

PARCEL = Path(__file__).parent / "data" / "parcel"
NUMBERED = (
    "cases:\n  - {given: {weight: 1}, expect: {carrier: post}}\n  - {given: {weight: 3}, expect: {carrier: courier}}\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = Path(copytree(PARCEL, tmp_path / "parcel"))
    (place / "cases" / "by_weight.yaml").write_text(NUMBERED)
    (place / "cases" / "deep").mkdir()
    (place / "cases" / "deep" / "by #1.yaml").write_text("given: {weight: 2}\nexpect: {carrier: courier}\n")
    (place / "cases" / "rows.csv").write_text("weight,expect.carrier,file\n1,post,light.yaml\n")
    return place


def test_each_case_is_told_as_among_all_of_them(folder: Path) -> None:
    book = whytune.load(folder)
    every = every_case_of(str(folder), book.content)
    assert {"by_weight #2", "by #1", "light"} <= {case.written.name for case in every}
    for case in every:
        told = cases(case.written.name, str(folder), book.speaker).to_dict()
        assert told == {"case": case.title, **case.written.says}


def test_a_case_is_told_though_another_file_has_mistakes(folder: Path) -> None:
    (folder / "cases" / "broken.yaml").write_text("given: [")
    speaker = whytune.load(folder).speaker
    assert "courier" in cases("by_weight #2", str(folder), speaker).write()
    for name in ("broken", "by_wieght #2", None):
        with pytest.raises(whytune.WhytuneError, match=r"broken\.yaml"):
            cases(name, str(folder), speaker)
