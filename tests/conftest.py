"""Options of the test run, and the settings under which Hypothesis looks for counterexamples."""

import pytest
from hypothesis import settings

settings.register_profile("whytune", deadline=None)  # a busy machine is no counterexample
settings.load_profile("whytune")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", action="store_true", help="write what comes out as what is expected; review the diff")


@pytest.fixture
def record(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--record"))
