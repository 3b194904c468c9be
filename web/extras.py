"""A missing package of the extras `web` and `mcp` -> the problem that says which extra to install."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager

from whytune.engine import Problem, WhytuneError
from whytune.engine.language.problems import Sentence, installing

_SERVING = frozenset({"starlette", "uvicorn", "anyio", "python_multipart"})
_ASSISTING = frozenset({"mcp", "mcp_types", "starlette", "anyio"})


@contextmanager
def _installed(packages: Collection[str], problem: Callable[[str], Problem]) -> Iterator[None]:
    """Raises the problem if an import lacks one of these packages; if any other is missing, that is a defect."""
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in packages:
            raise
        raise WhytuneError([problem(package)]) from None


def serving() -> AbstractContextManager[None]:
    """A context for imports of what serves pages; raises WhytuneError: no-web."""
    return _installed(_SERVING, _no_web)


def assisting() -> AbstractContextManager[None]:
    """A context for imports of what talks with assistants; raises WhytuneError: no-mcp."""
    return _installed(_ASSISTING, _no_mcp)


def _no_web(package: str) -> Problem:
    message = Sentence("`{package}`, which serves pages, is not installed", package=package)
    return Problem("no-web", message, None, installing("web"))


def _no_mcp(package: str) -> Problem:
    message = Sentence("`mcp`, which talks with assistants, is not installed")
    return Problem("no-mcp", message, None, installing("mcp"))
