"""A ledger, or a record of it, to download: complete before anything is sent."""

from __future__ import annotations

from typing import IO, NamedTuple

from whytune.engine.language.problems import Sentence
from whytune.engine.ledger.export import export
from whytune.engine.ledger.selection import find

from .asking import LANGUAGE, Parameter, Query
from .sent_tables import full, spooled

MEDIA = "application/x-ndjson"
WANTS = (LANGUAGE, Parameter("name", "Only the record of this id, as it is stored."))
"""What the address of an export may hold."""


class TakenAway(NamedTuple):
    """An export in a hidden file, and the name under which it is saved."""

    file: IO[bytes]
    name: str


def exported(asked: Query) -> TakenAway:
    """All records with their rulebooks, as `whytune audit export` writes them; or one record as it is stored.

    Raises WhytuneError: unknown-record, ledger-damaged, disk-failure.
    """
    file = spooled()
    try:
        with asked.library.opened() as ledger:
            if (name := asked.text("name")) is None:
                file.writelines(export(ledger))
                name = "ledger"
            else:
                record = find(ledger, name)
                file.write(record.body + b"\n")
                name = record.id
        file.seek(0)
    except BaseException as error:
        file.close()
        raise _no_room(error) if isinstance(error, OSError) else error from None
    return TakenAway(file, f"{name}.jsonl")


def _no_room(error: OSError) -> Exception:
    hint = Sentence("make room on the disk, or have it looked at, and try again")
    return full(error, Sentence("there is no room for the export"), hint)
