"""A ledger or an export that somebody sends to have it verified -> what can be read of it, in memory alone."""

from __future__ import annotations

from contextlib import AbstractContextManager

from whytune import Problem, Span, WhytuneError
from whytune.engine.language.problems import Sentence, short
from whytune.engine.ledger.export import Export
from whytune.engine.ledger.store import Ledger

from .asking import Parameter, Query, missing
from .sent_proofs import kind_of

LEDGER = Parameter(
    "ledger",
    "A ledger, or an export of one, to be verified in place of the one that is served; nothing of it is kept.",
    example="advice.ledger",
)
OF_SERVICE = ""
"""The name of the ledger that is served, as its verdict takes it."""
MOST = 64 * 1024 * 1024
"""The most bytes of a ledger that is sent."""
TOO_LARGE = Sentence("a larger ledger is verified where whytune is installed: `whytune audit verify`")


def is_about_a_ledger(asking: Query) -> bool:
    """Is a ledger asked about, that of the service or one that was sent, and no export of one?"""
    return not any(kind_of(file.data) == "export" for file in asking.sent(LEDGER.name))


def handed_over(asking: Query) -> AbstractContextManager[Ledger | Export] | None:
    """The ledger that was sent, to be read; None where the one that is served is asked about.

    Raises WhytuneError: missing-key where neither is there, contradiction, not-a-ledger, newer-ledger, ledger-damaged.
    """
    files = asking.sent(LEDGER.name)
    if len(files) > 1:
        message = Sentence("`{fact}` is sent {count} times", fact=LEDGER.name, count=len(files))
        raise WhytuneError([Problem("contradiction", message, Span(LEDGER.name), Sentence("send one"))])
    if not files:
        if asking.is_posted and asking.library.ledger is None:
            raise WhytuneError([missing(LEDGER.name)])
        return None
    (file,) = files
    name = name_of_sent(asking)
    try:
        return Export(name, file.data) if kind_of(file.data) == "export" else Ledger.of_bytes(name, file.data)
    except WhytuneError as error:
        if error.problems[0].code != "not-a-ledger":
            raise
        message = Sentence("neither a ledger nor an export of one")
        hint = Sentence("choose the file of a ledger, or the one that was saved as its export")
        raise WhytuneError([Problem("not-a-ledger", message, Span(name), hint)]) from None


def is_ledger_sent(asking: Query) -> bool:
    """Was the file of a ledger sent, of which records can be asked, and not its export?"""
    return any(kind_of(file.data) == "ledger" for file in asking.sent(LEDGER.name))


def name_of_sent(asking: Query) -> str:
    """What the ledger is called that was sent; where none was, OF_SERVICE."""
    return next((short(file.name) or LEDGER.name for file in asking.sent(LEDGER.name)), OF_SERVICE)
