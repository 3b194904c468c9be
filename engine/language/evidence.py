"""Where the facts of a case come from: the words of a description, a ticket, a file, a link."""

from __future__ import annotations

from .case import unknown_fact
from .problems import Problem, Sentence, WhytuneError
from .source import Map, Node, Scalar
from .text import read_line
from .vocabulary import Vocabulary


def evidence_of(written: Map, vocabulary: Vocabulary) -> dict[str, str]:
    """The evidence for each fact that has some, on one line; raises WhytuneError with every mistake in it."""
    evidence: dict[str, str] = {}
    problems: list[Problem] = []
    for key, node in written.entries:
        if key.text not in vocabulary.by_name:
            unknown = unknown_fact(vocabulary, key.text)
            problems.append(Problem(unknown.code, unknown.message, key.span, unknown.hint))
            continue
        try:
            evidence[key.text] = _line(key.text, node)
        except WhytuneError as error:
            problems += error.problems
    if problems:
        raise WhytuneError(problems)
    return evidence


def _line(fact: str, node: Node) -> str:
    """The text with its lines joined into one; raises WhytuneError: wrong-type, bad-text."""
    if not isinstance(node, Scalar) or node.blank:
        hint = Sentence("quote the words that say it, or name a ticket, a file or a link")
        message = Sentence("the evidence of `{fact}` is a text", fact=fact)
        raise WhytuneError([Problem("wrong-type", message, node.span, hint)])
    return read_line(" ".join(node.text.split()), node.span)
