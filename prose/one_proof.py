"""The proof of one record -> a short answer: its place, its hash, who signed it, and whether it is given again."""

from __future__ import annotations

from collections.abc import Iterator

from whytune.engine.language.problems import visible
from whytune.engine.ledger.one_proof import RecordProof
from whytune.engine.words.catalogue import phrase

from .document import Block, Document, Paragraph, Rows, document
from .ledger_verdict import SHORT_KEY
from .record import minute
from .records import as_it_stands, deviation

_VERIFYING = {True: "verify --ledger LEDGER", False: "verify-export FILE"}
"""What verifies a ledger, and what an export."""


def one_proof(proof: RecordProof, language: str, is_ledger: bool = True) -> Document:
    """Whether a record of a ledger, or else of an export, is as it was written, first in a sentence, then what that
    rests on.
    """
    title = phrase("proof_title", language, id=visible(proof.record.id))
    alone = document(title, language, _blocks(proof, language, _VERIFYING[is_ledger]))
    return as_it_stands(alone, proof.record.id, proof.chain, language) if proof.chain else alone


def _blocks(proof: RecordProof, language: str, command: str) -> Iterator[Block]:
    if proof.is_doubtful:
        yield Paragraph(phrase("proof_doubtful", language, id=proof.record.id), tone="bad")
    elif proof.is_proven:
        yield Paragraph(phrase("proof_proven", language, id=proof.record.id), tone="good")
    else:
        yield Paragraph(phrase("proof_unsigned", language, id=proof.record.id), tone="doubtful")
    rows = [
        (phrase("proof_hash", language), proof.record.hash),
        (phrase("proof_place", language), _place(proof, language)),
        (phrase("proof_signed", language), _signed(proof, language)),
        (phrase("replay_title", language), _replay(proof, language)),
    ]
    yield Rows(tuple(rows))
    if proof.replayed.deviation:
        yield from deviation(proof.replayed, language)
    for one in proof.unmet:
        parts = {"file": visible(one.file), "time": minute(one.time), "count": str(one.records)}
        key = "proof_cut" if one.records > proof.of else "proof_unmet"
        yield Paragraph(phrase(key, language, **parts, of=str(proof.of), linked=str(proof.linked)), tone="bad")
    offer = phrase("proof_offer", language, command=command, id=proof.record.id) if not proof.is_proven else ""
    yield Paragraph(phrase("proof_of_one", language), tone="quiet", to_type=offer)


def _place(proof: RecordProof, language: str) -> str:
    """Where it stands in the chain, and whether its neighbours fit it."""
    seq = proof.record.seq
    place = phrase("proof_number", language, seq=str(seq), of=str(proof.of))
    before = "proof_first" if seq == 1 else "proof_follows"
    after = "proof_last" if seq == proof.of else "proof_followed"
    links = [
        phrase(before if proof.follows else "proof_follows_not", language),
        phrase(after if proof.is_followed else "proof_followed_not", language),
    ]
    return phrase("semicolon", language).join([place, *links])


def _signed(proof: RecordProof, language: str) -> str:
    """Which checkpoints cover the record, or why none does."""
    if proof.covering:
        covering = (
            phrase(
                "verified_by",
                language,
                file=visible(one.file),
                time=minute(one.time),
                count=str(one.records),
                key=one.key[:SHORT_KEY],
            )
            for one in proof.covering
        )
        return phrase("semicolon", language).join(covering)
    if proof.before and not proof.unmet:
        return phrase("proof_signed_before", language, count=str(max(one.records for one in proof.before)))
    return phrase("proof_not_signed", language)


def _replay(proof: RecordProof, language: str) -> str:
    if proof.replayed.kept_out:
        facts = phrase("comma", language).join(map(visible, proof.replayed.kept_out))
        return phrase("proof_kept_out", language, facts=facts)
    return phrase("proof_differs" if proof.replayed.deviation else "proof_same", language)
