"""Whoever records, and whoever reads the record, is told which values were kept out, and what that does not hide."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import whytune
from whytune.cli import cli
from whytune.engine.words.catalogue import phrase

from .ledgers import RULEBOOK

LOANS = ("--rulebook", str(RULEBOOK), "--set", "member=yes", "--set", "trusted=no", "--set", "debt=3")


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
        (LOANS, [phrase("kept_out", "en", facts="debt, trusted")]),
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


def test_a_list_of_facts_marks_those_that_records_keep_out() -> None:
    listed = str(whytune.load(RULEBOOK).facts)
    assert listed.count(f"{phrase('sensitive', 'en')}: {phrase('sensitive_said', 'en')}") == 2
