"""Requests made from the description of the service, fit and unfit: each is answered as described, none by a defect."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("starlette", reason="needs whytune[web]")
pytest.importorskip("schemathesis", reason="needs schemathesis")

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from whytune.web.guard import Rules
from whytune.web.library import library, shelved
from whytune.web.routes import ROUTES
from whytune.web.service import Limits, Service, methods_of

from .laws import is_thorough
from .ledgers import recorded
from .stage import ROOT

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
DESK = ROOT / "tests" / "data" / "desk"
"""A small rulebook, which is served beside the guide where a thorough run serves `practice`."""
LOCAL = {"Host": "127.0.0.1"}
OPERATIONS = [(route.name, method) for route in ROUTES.values() for method in methods_of(route)]
OPERATIONS += [("bulk", "POST"), ("export", "GET"), ("export-rulebook", "GET"), ("import-rulebook", "POST")]
LONG = {"export-rulebook", "import-rulebook", *(name for name, route in ROUTES.items() if route.takes_long)}
"""What works in processes of its own."""
MODES = list(schemathesis.GenerationMode)
REQUESTS = 28
"""In each mode, of each operation, in a thorough run: 2,000 in all."""
SOME = 5
"""In any other run."""
FEW = 2
"""Of LONG."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Any:
    ledger = tmp_path_factory.mktemp("ledger") / "l"
    recorded(ledger)
    books = library((), str(ledger)) if is_thorough() else shelved(("guide", str(DESK)), str(ledger))
    application = Service(books, Rules(), Limits(120)).application()
    return schemathesis.openapi.from_asgi("/openapi.json", application, headers=LOCAL, timeout=120)


def test_there_are_two_thousand_requests() -> None:
    quick = [name for name, _ in OPERATIONS if name not in LONG]
    assert {mode.name for mode in MODES} == {"POSITIVE", "NEGATIVE"}
    assert len(quick) * len(MODES) * REQUESTS >= 2_000


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name.lower())
@pytest.mark.parametrize(("name", "method"), OPERATIONS, ids=lambda text: text)
def test_every_request_is_answered_as_the_service_describes_it(
    described: Any, name: str, method: str, mode: Any
) -> None:
    operation = described[f"/v1/{name}"][method]

    @seed(0)
    @settings(
        max_examples=FEW if name in LONG else REQUESTS if is_thorough() else SOME,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def answers(case: Any) -> None:
        case.validate_response(case.call(headers=LOCAL, timeout=120), checks=CHECKS)

    answers()
