"""Options of the test run, and the settings under which Hypothesis looks for counterexamples."""

import pytest
from hypothesis import settings

import whytune

from . import machine

machine.settle()

if whytune.__spec__ is None or whytune.__spec__.origin is None:  # an editable install that knows no package `whytune`
    raise pytest.UsageError("whytune was installed before it was laid out as it is now: run `make setup-dev`")

# The suite says the same on every run, whatever the machine; `pytest --hypothesis-profile explore` looks further.
# No deadlines: a busy machine is slow at any moment, and that is no counterexample.
settings.register_profile("whytune", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=500)
settings.load_profile("whytune")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", action="store_true", help="write what comes out as what is expected; review the diff")


@pytest.fixture
def record(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--record"))
