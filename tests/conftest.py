"""Options of the test run, and the settings under which Hypothesis looks for counterexamples."""

import pytest
from hypothesis import settings

settings.register_profile("laws", deadline=None)  # how long an example takes says more about the machine
settings.load_profile("laws")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", action="store_true", help="write what comes out as what is expected; review the diff")


@pytest.fixture
def record(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--record"))
