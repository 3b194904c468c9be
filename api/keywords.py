"""A keyword that a call of the face does not take -> a problem, with the one that may be meant."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import wraps
from inspect import CO_VARKEYWORDS
from types import FunctionType
from typing import ParamSpec, TypeVar, cast

from whytune.engine.language.problems import Problem, Sentence, WhytuneError, did_you_mean, listing, short

Parameters = ParamSpec("Parameters")
Returned = TypeVar("Returned")

OF_WRITING = ("format", "level", "width")
"""What is said where an answer is written, not where it is asked for."""


def checking_keywords(function: Callable[Parameters, Returned]) -> Callable[Parameters, Returned]:
    """The function, which raises WhytuneError, unknown-key, for a keyword that it does not take."""
    code, name = cast(FunctionType, function).__code__, cast(FunctionType, function).__qualname__
    name = name.removesuffix(".__init__").rpartition(".")[2]
    if code.co_flags & CO_VARKEYWORDS:
        return function
    taken = code.co_varnames[code.co_posonlyargcount : code.co_argcount + code.co_kwonlyargcount]
    allowed = tuple(keyword for keyword in taken if keyword != "self")

    @wraps(function)
    def checked(*arguments: Parameters.args, **keywords: Parameters.kwargs) -> Returned:
        check_keywords(name, keywords, allowed)
        return function(*arguments, **keywords)

    return checked


def check_methods(owner: type) -> None:
    """Lets each public method in the body of this class, and its `__init__`, check its keywords."""
    for name, method in [*vars(owner).items()]:
        if isinstance(method, FunctionType) and (name == "__init__" or not name.startswith("_")):
            setattr(owner, name, checking_keywords(method))


def check_keywords(function: str, given: Iterable[str], allowed: Collection[str]) -> None:
    """Raises WhytuneError, unknown-key, for each keyword that the function of this name does not take."""
    strange = [keyword for keyword in given if keyword not in allowed]
    if strange:
        raise WhytuneError(_unknown(function, keyword, allowed) for keyword in strange)


def _unknown(function: str, keyword: str, allowed: Collection[str]) -> Problem:
    message = Sentence("`{function}` takes no `{keyword}`", function=function, keyword=short(keyword))
    hint = did_you_mean(keyword, allowed)
    if hint is None and keyword in OF_WRITING:
        hint = Sentence("what it answers takes it: `.write({keyword}=...)`", keyword=keyword)
    elif hint is None and allowed:
        hint = Sentence("it may be {names}", names=listing(allowed))
    return Problem("unknown-key", message, None, hint)
