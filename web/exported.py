"""A ledger, or a record of it, to download: complete before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, NamedTuple

from whytune.engine.ledger.export import export
from whytune.engine.ledger.selection import find

from .asking import LANGUAGE, Parameter, Query
from .sent_tables import CHUNK, full, spooled

MEDIA = "application/x-ndjson"
WANTS = (LANGUAGE, Parameter("name", "Only the record of this id, as it is stored."))
"""What the address of an export may hold."""


class TakenAway(NamedTuple):
    """An export in a hidden file, and the name under which it is saved."""

    file: IO[bytes]
    name: str

    def chunks(self) -> Iterator[bytes]:
        """What is sent; the file is gone with the last of it."""
        with self.file:
            while chunk := self.file.read(CHUNK):
                yield chunk


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
        raise full(error) if isinstance(error, OSError) else error from None
    return TakenAway(file, f"{name}.jsonl")
