"""A new case: every fact of the rulebook as a comment, with its question and the possible answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from ...language.casefile import Status
from ...language.rulebook import Rulebook
from ...language.value import UNKNOWN
from ...language.vocabulary import YES_NO, Fact
from ...words.speaker import Speaker
from ..schema import CASE_MODELINE
from .templates import comment, quoted


def new_case(rulebook: Rulebook, language: str) -> str:
    """A case file that gives no facts and expects nothing yet."""
    speaker = Speaker(rulebook, language)
    lines = [
        *comment(speaker.say("about_case")),
        "",
        f"case: {quoted(speaker.say('todo_case'))}",
        "",
        "given:",
        *(line for fact in rulebook.vocabulary.declared for line in _fact(speaker, fact)),
        *comment(speaker.say("about_expect")),
        "expect:",
        *(f"  # {one.decision}: {' | '.join(one.outcomes)}" for one in rulebook.decisions),
        f"  # status: {' | '.join(get_args(Status))}",
    ]
    return CASE_MODELINE + "".join(f"{line}\n" for line in lines)


def _fact(speaker: Speaker, fact: Fact) -> Iterator[str]:
    yield from comment(speaker.question(fact.fact), "  ")
    if fact.only_if:
        conditions = speaker.listed(speaker.condition(name, named) for name, named in fact.only_if.items())
        yield from comment(speaker.pair(speaker.say("only_if"), conditions), "  ")
    yield f"  # {fact.fact}: {_answers(speaker, fact)}"
    yield ""


def _answers(speaker: Speaker, fact: Fact) -> str:
    """The values that may be given for the fact."""
    if fact.is_number:
        meaning = speaker.listed(part for part in (speaker.kind(fact), speaker.bounds(fact)) if part)
        return f"{meaning} | {UNKNOWN}"
    values = fact.values or YES_NO
    return f"[{', '.join(values)}] | {UNKNOWN}" if fact.kind == "choices" else " | ".join((*values, UNKNOWN))
