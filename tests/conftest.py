"""Options of the test run, and the settings under which Hypothesis looks for counterexamples."""

import pytest
from hypothesis import settings

from . import machine

machine.settle()

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
