"""Options of the test run, and what it keeps out of the tests."""

import atexit
import gc
import os
import re
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from pathlib import Path

import pytest

import whytune
from whytune.engine.advice import advisor
from whytune.engine.language import loading, source

from . import laws, machine

machine.settle()
gc.disable()  # what is imported and collected is there for the whole run

if whytune.__spec__ is None or whytune.__spec__.origin is None:  # an editable install that knows no package `whytune`
    raise pytest.UsageError("whytune was installed before it was laid out as it is now: run `make setup-dev`")

laws.settle()

KEPT = 256
"""How many rulebooks and diagrams a run keeps: it asks for hundreds, and for the shipped ones again and again."""
for _module, _name in (loading, "_built"), (advisor, "_with_rules"), (advisor, "_diagram_of"):
    setattr(_module, _name, lru_cache(KEPT)(getattr(_module, _name).__wrapped__))
source.__dict__["parse"] = lru_cache(4 * KEPT)(source.parse)  # the same files again and again, too: nodes never change


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", action="store_true", help="write what comes out as what is expected; review the diff")


SLOW_FILE = re.compile(r"^pytestmark = \[?\s*pytest\.mark\.(slow|packaging)\b", re.MULTILINE)
"""How a file says that all its tests are slow."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A run without slow tests imports no file that holds nothing else, nor the packages that it needs."""
    is_quick = config.option.markexpr.startswith("not (slow")
    is_script = collection_path.suffix == ".py" and collection_path.is_file()
    return (is_quick and is_script and bool(SLOW_FILE.search(collection_path.read_text(encoding="utf-8")))) or None


def pytest_collection(session: pytest.Session) -> None:
    """Every second worker of a whole run imports the test files from the last on: two of them compile a fresh clone's
    files once between them, where both would compile each."""
    is_second = os.environ.get("PYTEST_XDIST_WORKER", "gw0")[-1] in "13579"
    if is_second and session.config.args == session.config.getini("testpaths"):
        for path in sorted(Path(__file__).parent.glob("test_*.py"), reverse=True):
            if not pytest_ignore_collect(path, session.config):
                with suppress(Exception, pytest.skip.Exception):  # what is wrong is told when the file is collected
                    import_module(f"{__package__}.{path.stem}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is long begins first: at the end of a run the other workers would wait for it."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_collection_finish() -> None:
    gc.freeze()
    atexit.register(gc.unfreeze)
    gc.set_threshold(200_000)  # looking through what the run keeps, again and again, would take a tenth of its time
    gc.enable()


@pytest.fixture
def record(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--record"))
