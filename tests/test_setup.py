"""What `make` says on a machine that lacks something: one line, before anything is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PYTHON = "python{}.{}".format(*sys.version_info)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    for name in ("Makefile", "setup.cfg", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def refusal(clone: Path, python: str | Path, **env: str) -> str:
    done = subprocess.run(
        ["make", "-s", "setup", f"PYTHON={python}"],
        cwd=clone,
        env=os.environ | env,
        text=True,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
    )
    assert done.returncode
    assert not (clone / ".venv").exists()
    assert done.stdout == ""
    return "\n".join(line for line in done.stderr.splitlines() if not line.startswith("make"))


def wrapper(clone: Path, script: str) -> Path:
    path = clone / "python"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_no_python(clone: Path) -> None:
    assert refusal(clone, "no-such-python") == (
        "whytune: no Python found as `no-such-python`: apt-get install python3, "
        "or name one: make PYTHON=/path/to/python3.12"
    )


def test_too_old_a_python(clone: Path) -> None:
    old = wrapper(clone, "printf 'old\\n3.9.2\\n/usr/bin/python3.9\\n'")
    assert refusal(clone, old) == (
        "whytune: Python 3.9.2 is too old, 3.11 is the oldest that will do: make PYTHON=/path/to/python3.12"
    )


def test_no_compiler(clone: Path) -> None:
    assert refusal(clone, sys.executable, CC="no-such-cc -O2") == (
        "whytune: no C compiler (`no-such-cc`), with which durable-rules is built: apt-get install build-essential"
    )


def test_no_compiler_is_needed_where_the_wheel_is_at_hand(tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    command = [sys.executable, str(ROOT / ".ci/lacking.py")]
    without = os.environ | {"CC": "no-such-cc"}
    assert subprocess.run(command, cwd=tmp_path, env=without, capture_output=True, timeout=60).returncode == 1
    (tmp_path / "dist/durable_rules-2.0.28-cp311-abi3-linux_x86_64.whl").touch()
    assert subprocess.run(command, cwd=tmp_path, env=without, capture_output=True, timeout=60).returncode == 0


@pytest.mark.parametrize(
    ("missing", "line"),
    [
        ("import sys; sys.modules['ensurepip'] = None", f"has no venv module: apt-get install {PYTHON}-venv"),
        (
            "import sysconfig; sysconfig.get_path = lambda name: '/nowhere'",
            f"has no C headers, with which durable-rules is built: apt-get install {PYTHON}-dev",
        ),
    ],
    ids=["venv", "headers"],
)
def test_no_part_of_python(clone: Path, missing: str, line: str) -> None:
    code = f"{missing}; import runpy; runpy.run_path('.ci/lacking.py')"
    done = subprocess.run([sys.executable, "-c", code], cwd=clone, text=True, capture_output=True, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"whytune: {PYTHON} {line}\n"
