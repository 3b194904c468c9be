"""The names that a reader asks records for -> a problem for one that neither records nor their rulebooks know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from ..language.named import NameKind, unknown
from ..language.problems import Problem, Sentence, WhytuneError, did_you_mean, short
from ..language.rulebook import Rulebook
from .selection import OUTCOMES, Selection, Stranger, recorded_names
from .store import Ledger
from .verification import whole_rulebook

_KINDS: dict[str, NameKind] = {"advice": "option", "rule": "rule"}


def check_names(ledger: Ledger, selection: Selection) -> None:
    """Raises WhytuneError: unknown-option, unknown-rule, for what no rulebook of the records has; unknown-rulebook, for
    what is like the name of one that has records.

    Of a damaged ledger it says nothing: whoever reads the records does.
    """
    if not selection.names_something:
        return
    strange: list[Stranger] = []
    books: list[Rulebook] = []
    with suppress(WhytuneError):
        names = recorded_names(ledger)
        strange = list(names.strange(selection))
        books = [whole_rulebook(record, ledger) for record in names.of_rulebooks] if strange else []
    if problems := [problem for stranger in strange for problem in _problem(stranger, books)]:
        raise WhytuneError(problems)


def _problem(stranger: Stranger, books: list[Rulebook]) -> Iterator[Problem]:
    if stranger.asked == "rulebook":
        if hint := did_you_mean(stranger.name, stranger.known):
            message = Sentence("unknown rulebook `{name}`", name=short(stranger.name))
            yield Problem("unknown-rulebook", message, None, hint)
    elif stranger.name not in (names := _names(stranger, books)) and books:
        yield unknown(_KINDS[stranger.asked], stranger.name, names)


def _names(stranger: Stranger, books: list[Rulebook]) -> tuple[str, ...]:
    """The options of these rulebooks, or their rules and policies."""
    decisions = [decision for book in books for decision in book.decisions]
    if stranger.asked == "advice":
        names = {outcome for decision in decisions for outcome in decision.outcomes}.difference(OUTCOMES)
    else:
        names = {rule.id for book in books for rule in book.rules}
        names |= {f"{one.decision}.{end}" for one in decisions for end in ("if_none_stands", "if_several_stand")}
    return tuple(sorted({*names, *stranger.known}))
