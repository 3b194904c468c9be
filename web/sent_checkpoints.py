"""The files of checkpoints and of a public key that come with a question -> what the ledger has to meet."""

from __future__ import annotations

from whytune import Problem, Span, WhytuneError
from whytune.engine.language.problems import Sentence, short
from whytune.engine.ledger.checkpoint import Checkpoint, read

from .asking import Parameter, Query, missing
from .sent_proofs import check_fields

CHECKPOINT = Parameter(
    "checkpoint", "A file with a checkpoint that the ledger has to meet.", several=True, example="march.json"
)
PUBLIC_KEY = Parameter(
    "public_key", "The file with the public key of whoever signed the checkpoints.", example="auditor.pub"
)


def signed(asking: Query) -> tuple[Checkpoint, ...]:
    """The checkpoints that were sent, each signed with the key that was sent.

    Raises WhytuneError: missing-key for one without the other, contradiction, bad-checkpoint, wrong-key.
    """
    check_fields(asking.files)
    checkpoints, keys = asking.sent(CHECKPOINT.name), asking.sent(PUBLIC_KEY.name)
    if not checkpoints and not keys:
        return ()
    if not (checkpoints and keys):
        raise WhytuneError([_half(PUBLIC_KEY.name if checkpoints else CHECKPOINT.name)])
    if len(keys) > 1:
        message = Sentence("`{fact}` is sent {count} times", fact=PUBLIC_KEY.name, count=len(keys))
        hint = Sentence("send one; the checkpoints signed with another key go with a request of their own")
        raise WhytuneError([Problem("contradiction", message, Span(PUBLIC_KEY.name), hint)])
    (key,) = keys
    return tuple(read(file.data, short(file.name), key.data, short(key.name)) for file in checkpoints)


def _half(name: str) -> Problem:
    """That checkpoints came without the key, or the key without checkpoints."""
    hint = Sentence("a checkpoint is verified with the public key of whoever signed it: send both together")
    return missing(name)._replace(hint=hint)
