"""What whytune prints is the same on every machine, for every user, on any day and in any zone."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from . import peers
from .stage import ANOTHER_DAY, ONE_DAY, ROOT, perform

CASE = "rules/guide/cases/clinic_terms_100_examples.yaml"
DAY = ("--as-of", "2026-11-22")
COMMANDS = (
    ("advise", CASE, *DAY),
    ("why", CASE, *DAY, "--language", "zh"),
    ("graph", CASE, *DAY, "--format", "svg", "--language", "zh"),
    ("graph", CASE, *DAY, "--format", "mermaid"),
    ("check", *DAY, "--format", "json"),
    ("compare", "--format", "html"),
    ("cost", "tune", "--model", "gpt-4o-mini", "--examples", "1000", "--tokens", "500", *DAY),
    ("advise", "nowhere.yaml"),
)
ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "LANGUAGE": "zh",
    "HOME": "/nowhere",
    "TERM": "dumb",
    "LINES": "5",
    "PYTHONHASHSEED": "7",
}


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(command, id=" ".join(command), marks=[pytest.mark.slow] if place else [])
        for place, command in enumerate(COMMANDS)
    ],
)
def test_a_command_prints_the_same_elsewhere_and_at_another_time(command: tuple[str, ...]) -> None:
    here = perform(*command, day=ONE_DAY)
    assert here.stdout or here.returncode
    later = perform(*command, day=ANOTHER_DAY, TZ="America/Los_Angeles")
    elsewhere = subprocess.run(
        [sys.executable, "-m", "whytune.cli", *command],
        cwd=ROOT,
        env=ELSEWHERE | {"COLUMNS": "100", "PATH": os.environ["PATH"]},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    for there in (later, elsewhere):
        assert (there.returncode, there.stdout, there.stderr) == (here.returncode, here.stdout, here.stderr)


def test_tables_of_others_are_not_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "PEERS", tmp_path)
    for name in ("test_dmn", "test_ssvc"):
        monkeypatch.delitem(sys.modules, f"{peers.__name__}.{name}", raising=False)
        with pytest.raises(pytest.skip.Exception, match="of others in"):
            import_module(f"{peers.__name__}.{name}")
