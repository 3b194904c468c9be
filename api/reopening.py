"""A record of a ledger -> its case as it was asked then, by the rulebook that the ledger keeps."""

from __future__ import annotations

from collections.abc import Callable, Collection

from whytune.engine import Rulebook
from whytune.engine.language.case import from_python
from whytune.engine.ledger.chain_near import chain_near
from whytune.engine.ledger.content import written
from whytune.engine.ledger.replay import Ready, Replayer
from whytune.engine.ledger.selection import find
from whytune.engine.ledger.store import Ledger
from whytune.engine.words.speaker import Speaker

from .case import Case
from .kept import Revealed, values_of

IN_LEDGER = ""
"""The place of a rulebook that was loaded from a ledger."""


def reopened(
    ledger: Ledger,
    identity: str,
    language_of: Callable[[Rulebook], str],
    revealed: Revealed,
    ready: Ready | None = None,
) -> Case:
    """The case of the record with this id, in the language chosen for its rulebook.

    `revealed` gives what the record keeps out. Raises WhytuneError: unknown-record,
    facts-kept-out, wrong-value, ledger-damaged, and every mistake in the facts.
    """
    kept, replayer = find(ledger, identity), Replayer(ledger, ready)
    rulebook = replayer.rulebook(kept)
    question = replayer.reopen(kept, values_of(rulebook, revealed))
    facts = from_python({name: written(value) for name, value in question.facts.stated.items()})
    language = language_of(rulebook)
    replayed = question.replayed._replace(chain=chain_near(ledger, kept))
    return Case(question.advisor, (facts,), language, IN_LEDGER, kept.data["evidence"], replayed)


def kept_out(
    ledger: Ledger, identity: str, language_of: Callable[[Rulebook], str], ready: Ready | None = None
) -> tuple[Collection[str], Speaker]:
    """The facts whose values this record keeps out, and the words of its rulebook; raises WhytuneError."""
    kept = find(ledger, identity)
    rulebook = Replayer(ledger, ready).rulebook(kept)
    return kept.hidden, Speaker(rulebook, language_of(rulebook))
