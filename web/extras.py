"""A missing package of the extras `web` and `mcp` -> the problem that says which extra to install."""

from __future__ import annotations

from contextlib import AbstractContextManager

from whytune.engine import Problem
from whytune.engine.language.extras import installing, needing
from whytune.engine.language.problems import Sentence

_SERVING = frozenset({"anyio", "httptools", "python_multipart", "starlette", "uvicorn"})
_ASSISTING = frozenset({"mcp", "mcp_types", "starlette", "anyio"})


def serving() -> AbstractContextManager[None]:
    """A context for imports of what serves pages; raises WhytuneError: no-web."""
    return needing(_SERVING, _no_web)


def assisting() -> AbstractContextManager[None]:
    """A context for imports of what talks with assistants; raises WhytuneError: no-mcp."""
    return needing(_ASSISTING, _no_mcp)


def _no_web(package: str) -> Problem:
    message = Sentence("`{package}`, which serves pages, is not installed", package=package)
    return Problem("no-web", message, None, installing("web"))


def _no_mcp(package: str) -> Problem:
    message = Sentence("`mcp`, which talks with assistants, is not installed")
    return Problem("no-mcp", message, None, installing("mcp"))
