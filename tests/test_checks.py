"""Every check has a rulebook in which it fires, beside it the exact text that a user reads, and a twin without it."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from whytune.cli import check as _  # noqa: F401  so that its names can be exchanged
from whytune.cli import cli
from whytune.engine import Rulebook, load
from whytune.engine.case import from_python, resolve
from whytune.engine.checks import CHECKS, ON_CASES, code_of, examine, failing, pages
from whytune.engine.examination import Examination
from whytune.engine.loading import loads

from . import pages as written_pages

FOLDER = Path(__file__).parent / "checks"
NAMES = sorted(path.stem for path in FOLDER.glob("*.expected"))
CODES = [code_of(check) for check in CHECKS]
DAY = "2026-11-22"
NEIGHBOURS = {
    "idle-waiver-where": {"undecided"},
    "never-in-force-unmet": {"expired-rule"},
    "overlapping-exception-no-effect": {"undecided", "never-decisive"},
}
"""What is found beside in some rulebooks, because the one brings the other with it."""

LIGHT, HEAVY = {"urgent": False, "weight": 3}, {"urgent": False, "weight": 20}
CASES = {
    "untested-rule": ([LIGHT, HEAVY], [LIGHT, HEAVY, {"urgent": True, "weight": 3}]),
    "untested-boundary": ([HEAVY, {"urgent": True, "weight": 30}], [LIGHT, HEAVY]),
}
"""The cases on which these checks look, and those with which they are content."""


def rulebook_of(name: str) -> str:
    """The path of a rulebook here, a file or a folder."""
    return name if (FOLDER / name).is_dir() else f"{name}.yaml"


@pytest.fixture
def whytune(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Commands run in the folder of these rulebooks, so that no path names more than the file."""
    monkeypatch.chdir(FOLDER)
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("WHYTUNE_LANGUAGE", "WHYTUNE_RULEBOOK"):
        monkeypatch.delenv(name, raising=False)
    return CliRunner()


def checked(whytune: CliRunner, name: str, *options: str) -> Result:
    result = whytune.invoke(cli, ["check", rulebook_of(name), "--as-of", DAY, *options])
    assert result.exit_code in (0, 1), result.output
    return result


def examined(name: str) -> Examination:
    """A rulebook here, with the cases that belong to it if its check looks at cases."""
    code, _, clean = name.partition("-clean")
    loaded = load(FOLDER / rulebook_of(name))
    cases = None
    if code in CASES:
        given = CASES[code][name.endswith("-clean")]
        cases = tuple(resolve(loaded.vocabulary, from_python(each)) for each in given)
    return Examination(loaded, date.fromisoformat(DAY), cases)
