"""Options of the test run, and what it keeps out of the tests."""

import gc

import pytest

import whytune

from . import laws, machine

machine.settle()

if whytune.__spec__ is None or whytune.__spec__.origin is None:  # an editable install that knows no package `whytune`
    raise pytest.UsageError("whytune was installed before it was laid out as it is now: run `make setup-dev`")

laws.settle()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", action="store_true", help="write what comes out as what is expected; review the diff")


def pytest_collection_finish() -> None:
    gc.freeze()  # what is there for the whole run: looking through it again and again takes seconds


@pytest.fixture
def record(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--record"))
