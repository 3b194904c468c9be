"""A request that is not answered, and why: its problems in the form of RFC 9457, with codes, places and hints."""

from __future__ import annotations

from http import HTTPStatus
from http.client import responses
from typing import Any

from starlette.responses import JSONResponse

from whytune.engine import Problem, WhytuneError
from whytune.engine.language.problems import Sentence, short
from whytune.engine.words.catalogue import translated

MEDIA = "application/problem+json"

LISTED = Sentence("/openapi.json lists what is there")
"""Where to find what there is over HTTP."""

_STATUS = {
    "ledger-busy": 503,
    "disk-failure": 507,
    "ledger-damaged": 409,
    "engine-missing": 500,
    "no-mcp": 501,
    "no-sheets": 501,
}
"""The status of a problem that is not in what was asked; any other is a 422."""


class Refused(WhytuneError):
    """A request that the service does not accept, with the HTTP status for it."""

    def __init__(self, status: int, code: str, message: Sentence, hint: Sentence | None = None) -> None:
        super().__init__([Problem(code, message, None, hint)])
        self.status = status

    @property
    def is_too_slow(self) -> bool:
        """Did an answer take longer than the service waits?"""
        return any(problem.code == "too-slow" for problem in self.problems)

    def __reduce__(self) -> tuple[Any, ...]:
        (problem,) = self.problems
        return Refused, (self.status, problem.code, problem.message, problem.hint)


def no_such(path: str, hint: Sentence = LISTED) -> Refused:
    """The refusal of an address where there is nothing; `hint` says where to find what there is."""
    return Refused(404, "unknown-address", Sentence("nothing is at `{path}`", path=short(path)), hint)


def defect() -> Refused:
    """The refusal of what whytune itself fails at."""
    hint = Sentence("go back and ask otherwise; whoever runs the service finds what failed in its log")
    return Refused(500, "defect", Sentence("whytune is in error and gives no answer"), hint)


def refused(error: WhytuneError, language: str) -> JSONResponse:
    """All problems, in this language."""
    status = status_of(error)
    problems = [as_data(problem, language) for problem in error.problems]
    content = {
        "type": "about:blank",
        "title": responses[status],
        "status": status,
        "detail": "\n".join(translated(problem.sentence(), language) for problem in error.problems),
        "problems": problems,
    }
    headers = {"Cache-Control": "no-store"}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "1"
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Basic realm="whytune", charset="UTF-8"'  # so that a browser asks for the token
    return JSONResponse(content, status, headers, MEDIA)


def as_data(problem: Problem, language: str) -> dict[str, Any]:
    """One problem as data, in this language."""
    return {
        "code": problem.code,
        "message": translated(problem.message, language),
        "place": problem.span.to_dict() if problem.span else None,
        "hint": translated(problem.hint, language) if problem.hint is not None else None,
    }


def status_of(error: WhytuneError) -> int:
    """The HTTP status for these problems."""
    if isinstance(error, Refused):
        return error.status
    return max((_STATUS.get(problem.code, 422) for problem in error.problems), default=422)
