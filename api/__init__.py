"""`import whytune`: the face for people who write Python.

days        the days that a question is asked on
saving      files below a folder: all of them are written, or none
exports     a rulebook for another program
keywords    a keyword that a call does not take -> a problem
shown       a value with what is told about it, in every format
contents    what a rulebook holds
approaches  the approaches side by side
record_report
            a record as a page to read, with pictures
ways        the flowchart of a rulebook with how many records took each way
kept        what a ledger keeps
keeping     keeping a recommendation in a ledger
kept_rows   keeping those for the rows of a table, many together
kept_together
            keeping those that arrive at the same time
asked       what a question is about, and how its answer is framed
elsewhere   a name that is not here but elsewhere -> the hint that says where
questions   the questions that a case answers
estimates   what tuning and answering cost, apart from any case
pictures    what a rulebook looks like: flowchart, networks, tables
beside      an advice beside its main rival, and what both would cost
case        the facts of one task, and all that can be asked about it
reopening   a record -> its case, as it was asked then
named_cases
            a folder or file of cases -> the cases as written
verdicts    what the checks found, and how the cases come out
frames      a frame of another package -> its rows
task_rows   many tasks as a program has them -> the rows of facts in them
answered_rows
            the answers to many tasks, and which columns gave a fact
signing     checkpoints of a ledger, and the keys that sign them
edits       what an edit of a rulebook changes
named_parts
            facts, decisions and rules by name, and told as lists
rulebook    a rulebook on a day and in a language: its cases, and all that can be asked about it
patches     two contents of a file -> a patch that makes the one of the other; and back
copies      a rulebook -> the files of a copy of one's own
amended     the text of a case file and an amendment -> the text that says so
called_for  what an edit does -> what it calls for in other places
book_and_cases
            a rulebook with the files of its cases, saved or not: what the checks find, how the cases come out
review      a rulebook with some of its files edited
imports     a file of another tool -> the rulebook that it makes, or what it changes in one
shelf       the rulebooks that come with whytune
ledger      a file of records: kept, found, counted, verified, replayed

    >>> import whytune
    >>> guide = whytune.load("guide")
    >>> guide
    <Rulebook guide 1.1.0: 10 facts, 1 decision, 18 rules>
    >>> case = guide.case(prompt_enough=False, external_knowledge=False, need="domain_terms", examples=100)
    >>> case
    <Case lora (provisional), 4 facts given, by guide 1.1.0>
    >>> case.advice, case.status
    ('lora', 'provisional')
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # each is imported when it is asked for: a start should not pay for what it does not use
    from whytune.engine import EngineDisagreement, Problem, Recommendation, Span, WhytuneError, __version__

    from .case import Case
    from .imports import Import, import_rulebook
    from .ledger import Ledger
    from .rulebook import Rulebook, load
    from .shelf import rulebooks
    from .signing import keygen

__all__ = [
    "Case",
    "EngineDisagreement",
    "Import",
    "Ledger",
    "Problem",
    "Recommendation",
    "Rulebook",
    "Span",
    "WhytuneError",
    "__version__",
    "import_rulebook",
    "keygen",
    "load",
    "rulebooks",
]

_HOMES = {
    "Case": ".case",
    "Import": ".imports",
    "Ledger": ".ledger",
    "Rulebook": ".rulebook",
    "import_rulebook": ".imports",
    "keygen": ".signing",
    "load": ".rulebook",
    "rulebooks": ".shelf",
}

if not TYPE_CHECKING:  # or a type checker would believe that every name is there

    def __getattr__(name: str) -> Any:
        """What the face shows, from where it lives."""
        if name in __all__:
            return getattr(import_module(_HOMES.get(name, ".engine"), __name__), name)
        from .shown import no_attribute

        raise no_attribute(f"module {__name__!r}", name, __all__)


def __dir__() -> list[str]:
    return sorted({*filter(lambda name: name.startswith("__"), globals()), *__all__})
