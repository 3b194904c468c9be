"""Keeps the machine out of the tests: one zone, language, width and home for everything that they start."""

from __future__ import annotations

import atexit
import os
import time
from tempfile import TemporaryDirectory

MACHINE = dict(os.environ)
"""The environment as the machine has it, for a test that installs something on it."""
ZONE = MACHINE.get("PYTEST_ZONE", "UTC")
"""The zone of all tests; `.ci/days` names another."""
UNMEASURED = {"COVERAGE_PROCESS_START": "", "COVERAGE_PROCESS_CONFIG": ""}
"""Keeps `make coverage` out of a process that cannot write what it measured, or whose errors are read to the end."""
_KEPT = ("PATH", "TMPDIR", "LD_LIBRARY_PATH", "LD_PRELOAD")
_KEPT_PREFIXES = ("PYTEST_", "COVERAGE_", "COV_", "FAKETIME")


def settle() -> None:
    """Leaves in this process nothing of the machine's zone, language, width, home and settings."""
    home = TemporaryDirectory(prefix="home")
    atexit.register(home.cleanup)
    settled = _settled(home.name)
    os.environ.clear()
    os.environ.update(settled)
    time.tzset()


def _settled(home: str) -> dict[str, str]:
    kept = {name: value for name, value in MACHINE.items() if name in _KEPT or name.startswith(_KEPT_PREFIXES)}
    return kept | {"HOME": home, "TZ": ZONE, "LC_ALL": "C.UTF-8", "TERM": "xterm", "COLUMNS": "100", "LINES": "24"}
