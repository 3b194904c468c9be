"""`fact=value` options of a command -> the facts that they give, with numbers read as people write them."""

from __future__ import annotations

from collections.abc import Iterable

from . import source
from .letters import typed, unfit
from .problems import Problem, Sentence, Span, WhytuneError, short
from .source import Node, Scalar
from .value import in_digits
from .vocabulary import Vocabulary


def from_settings(settings: Iterable[str], vocabulary: Vocabulary) -> source.Map:
    """Facts from `fact=value` options; a `choices` fact takes its values separated by commas. Raises WhytuneError.

    A number that can mean only one is taken: `10k` is 10000.
    """
    entries: dict[str, tuple[Scalar, Node]] = {}
    problems = []
    for setting in map(typed, settings):
        span = Span(f"--set {short(setting)}")
        name, equals, text = setting.partition("=")
        name = name.strip()
        fact = vocabulary.by_name.get(name)
        text = in_digits(fact, text.strip()) if fact else text.strip()
        if wrong := unfit(setting):
            problems.append(Problem("bad-text", wrong.message, span, wrong.hint))
        elif not equals or not name:
            hint = Sentence("for example: --set examples=3200")
            problems.append(Problem("wrong-type", Sentence("not of the form fact=value"), span, hint))
        elif not text:
            message = Sentence("`{fact}` is given no value", fact=short(name))
            hint = Sentence("leave the option out, or say that it is not known: --set {fact}=unknown", fact=short(name))
            problems.append(Problem("wrong-type", message, span, hint))
        elif name in entries and entries[name][1] != Scalar(text, False, entries[name][1].span):
            message = Sentence("`{fact}` is set twice", fact=short(name))
            problems.append(Problem("contradiction", message, span, Sentence("keep one of the two")))
        else:
            entries[name] = (Scalar(name, False, span), Scalar(text, False, span))
    if problems:
        raise WhytuneError(problems)
    return source.Map(tuple(entries.values()), Span("--set"))
