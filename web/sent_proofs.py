"""What a file is by which a ledger is verified, and whether it was sent in the field for such files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Literal

from whytune import Problem, Span, WhytuneError
from whytune.engine.language.problems import Sentence, short
from whytune.engine.ledger.database import MAGIC
from whytune.engine.ledger.export import BEGINS

from .asking import SentFile

SentKind = Literal["ledger", "export", "checkpoint", "public_key", "private_key"]

KINDS: Mapping[SentKind, Sentence] = {
    "ledger": Sentence("a ledger"),
    "export": Sentence("an export of a ledger"),
    "checkpoint": Sentence("a checkpoint"),
    "public_key": Sentence("a public key"),
    "private_key": Sentence("a private key"),
}
FIELDS: Mapping[SentKind, str] = {
    "ledger": "ledger",
    "export": "ledger",
    "checkpoint": "checkpoint",
    "public_key": "public_key",
}
"""The field of each kind of file; there is none for a private key."""
CODES = {"ledger": "not-a-ledger", "checkpoint": "bad-checkpoint", "public_key": "wrong-key"}
MOST_CHECKPOINT = 4096
"""More bytes than a checkpoint has."""


def kind_of(data: bytes) -> SentKind | None:
    """What the file is by how it begins; None for what is none of these."""
    if data.startswith(MAGIC):
        return "ledger"
    if data.startswith(BEGINS):
        return "export"
    head = data[:MOST_CHECKPOINT].lstrip()
    if head.startswith(b"-----BEGIN"):
        return "private_key" if b"PRIVATE" in head.partition(b"\n")[0] else "public_key"
    try:
        content = json.loads(data) if len(data) <= MOST_CHECKPOINT else None
    except (ValueError, RecursionError):
        return None
    return "checkpoint" if isinstance(content, dict) and "checkpoint" in content else None


def check_fields(files: Iterable[SentFile]) -> None:
    """Raises WhytuneError for each file that belongs in another field, or in none."""
    if problems := [problem for file in files if (problem := _misplaced(file))]:
        raise WhytuneError(problems)


def _misplaced(file: SentFile) -> Problem | None:
    kind = kind_of(file.data)
    if kind is None or FIELDS.get(kind) == file.field or file.field not in CODES:
        return None
    message = Sentence("this is {kind}", kind=KINDS[kind])
    if kind == "private_key":
        hint = Sentence("choose the public key that belongs to it, and keep the private one to yourself")
    else:
        hint = Sentence("choose it in the field for {kind}: `{field}`", kind=KINDS[kind], field=FIELDS[kind])
    return Problem(CODES[file.field], message, Span(short(file.name)), hint)
