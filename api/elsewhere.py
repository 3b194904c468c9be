"""A name that is not here but elsewhere -> the hint that says where: in another rulebook, or another decision."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from whytune.engine import Problem, Rulebook, WhytuneError
from whytune.engine.language.case import LISTED
from whytune.engine.language.loading import load, shipped
from whytune.engine.language.named import unknown
from whytune.engine.language.problems import Sentence, Span
from whytune.engine.language.source import Map, Scalar
from whytune.prose.regions import rulebook_option

WHERE_LOADED = {
    "as_of": Sentence("name the day beside the facts, as `as_of` or --as-of"),
    "language": Sentence("name the language beside the facts, as `language` or --language"),
}
"""What a rulebook is loaded with, and no fact of a case: where it is said."""

BLANK = Sentence("leave it out where nothing is known")


def check_option(rulebook: Rulebook, decision: str, option: str) -> None:
    """Raises WhytuneError, unknown-option, for an option of another decision; says which one."""
    other = next((name for name, one in rulebook.decision.items() if option in one.outcomes), None)
    if other is not None and option not in rulebook.decision[decision].outcomes:
        hint = Sentence("the decision `{other}` has an option of that name (--decision {other})", other=other)
        raise WhytuneError([unknown("option", option, ())._replace(hint=hint)])


def hinted(error: WhytuneError, place: str, given: Iterable[Map] = ()) -> WhytuneError:
    """The same problems with hints at the facts of the rulebook of this name or path; no such hint stands twice.

    What is `given` as a blank text has a hint to leave it out.
    """
    values = (value for layer in given for _, value in layer.entries if isinstance(value, Scalar))
    blanks = {value.span for value in values if not value.text.strip()}
    return WhytuneError(_hinted(error, place, blanks))


def _hinted(error: WhytuneError, place: str, blanks: Container[Span | None]) -> Iterator[Problem]:
    command = " ".join(("whytune facts", *rulebook_option(place)))
    listed = Sentence("`{command}` lists the facts", command=command)
    hints: set[Sentence | None] = set()
    for problem in error.problems:
        if problem.code == "unknown-fact":
            name = str(problem.message.parts.get("name"))
            hint = WHERE_LOADED.get(name) or _of_another(name, place, command) or problem.hint
            hint = listed if hint == LISTED else hint
            problem = problem._replace(hint=None if hint in hints else hint)
            hints.add(hint)
        elif problem.span in blanks:
            problem = problem._replace(hint=None if BLANK in hints else BLANK)
            hints.add(BLANK)
        yield problem


def _of_another(fact: str, place: str, command: str) -> Sentence | None:
    """The hint that another shipped rulebook has a fact of this name; None if none has."""
    other = next((name for name in shipped() if name != place and fact in load(name).vocabulary.by_name), None)
    if other is None:
        return None
    return Sentence(
        "the rulebook `{other}` has a fact of that name (--rulebook {other}); `{command}` lists those of this one",
        other=other,
        command=command,
    )
