"""A package that is not installed -> the problem that says which extra brings it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from .problems import Problem, Sentence, WhytuneError


@contextmanager
def needing(packages: Collection[str], problem: Callable[[str], Problem]) -> Iterator[None]:
    """A context for imports: raises the problem if one of these packages is missing; any other is a defect."""
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in packages:
            raise
        raise WhytuneError([problem(package)]) from None


def installing(extra: str) -> Sentence:
    """The hint that says how to install what is missing: one of the extras of setup.cfg."""
    return Sentence("pip install 'whytune[{extra}]'", extra=extra)
