"""The proof of one record -> a short answer: its place, its hash, who signed it, and whether it is given again."""

from __future__ import annotations

from collections.abc import Iterator

from whytune.engine.language.problems import visible
from whytune.engine.ledger.changed_record import ChangedRecord
from whytune.engine.ledger.checkpoint import Checkpoint
from whytune.engine.ledger.one_proof import RecordProof
from whytune.engine.words.catalogue import phrase

from .document import Block, Document, Paragraph, Rows, document
from .faults import doubt, fault_at, reason
from .ledger_verdict import SHORT_KEY, what_stands
from .record import given, minute
from .records import deviation
from .shell import LEDGER, verifying


def one_proof(proof: RecordProof | ChangedRecord, language: str, is_ledger: bool = True) -> Document:
    """Whether a record of a ledger, or else of an export, is as it was written, first in a sentence, then what that
    rests on.
    """
    title = phrase("proof_title", language, id=visible(proof.record.id))
    if isinstance(proof, ChangedRecord):
        return document(title, language, _changed(proof, language, is_ledger))
    return document(title, language, [*_verdict(proof, language), *_grounds(proof, language, is_ledger)])


def _changed(changed: ChangedRecord, language: str, is_ledger: bool) -> Iterator[Block]:
    """What is wrong with a record, what stands in its place, and which checkpoints were signed through it."""
    yield Paragraph(fault_at(changed.fault, language), tone="bad")
    yield from what_stands(changed.record, False, language)
    for one in changed.unmet:
        signed = {"file": visible(one.file), "time": minute(one.time), "count": str(one.records)}
        yield Paragraph(phrase("proof_changed", language, **signed), tone="bad")
    command = " ".join(verifying(is_ledger))
    yield Paragraph("", tone="quiet", to_type=phrase("verify_all_by", language, command=command))


def _verdict(proof: RecordProof, language: str) -> Iterator[Block]:
    """What is proved of the record, then what is not."""
    identity, chain = visible(proof.record.id), proof.chain
    if chain is None:
        yield Paragraph(phrase("proof_proven", language, id=identity), tone="good")
    elif chain.fault:
        yield doubt(identity, chain.fault, language, is_signed=bool(proof.unmet))
    elif proof.contradicting:
        yield Paragraph(phrase("proof_doubtful", language, id=identity), tone="bad")
    else:
        key = "proof_holds_alone" if chain.first == chain.last else "proof_holds"
        yield Paragraph(phrase(key, language, id=identity, first=str(chain.first), last=str(chain.last)), tone="good")
        yield Paragraph(phrase("proof_unheld" if proof.unmet else "proof_unsigned", language), tone="doubtful")


def _grounds(proof: RecordProof, language: str, is_ledger: bool) -> Iterator[Block]:
    """Its hash, its place, each checkpoint and what replay gives."""
    rows = [
        (phrase("proof_hash", language), proof.record.hash),
        (phrase("proof_place", language), _place(proof, language)),
        (phrase("proof_signed", language), _signed(proof, language)),
        (phrase("replay_title", language), _replay(proof, language)),
    ]
    yield Rows(tuple(rows))
    if proof.replayed.deviation:
        yield from deviation(proof.replayed, language)
    yield from _with_values(proof, is_ledger, language)
    yield from (Paragraph(_unmet(one, proof, language), tone="bad") for one in proof.unmet)
    is_offered = not (proof.is_proven or proof.unmet)
    command = " ".join(verifying(is_ledger))
    offer = phrase("proof_offer", language, command=command, id=proof.record.id) if is_offered else ""
    yield Paragraph(phrase("proof_of_one", language), tone="quiet", to_type=offer)


def _place(proof: RecordProof, language: str) -> str:
    """Where it stands in the chain, and whether its neighbours fit it."""
    seq = proof.record.seq
    place = phrase("proof_number", language, seq=str(seq), of=str(proof.of))
    links = [_link_before(proof, language), _link_after(proof, language)]
    return phrase("semicolon", language).join([place, *links])


def _link_before(proof: RecordProof, language: str) -> str:
    seq, broken = proof.record.seq, proof.broken_before
    if broken is None:
        return phrase("proof_first" if seq == 1 else "proof_follows", language)
    if broken.seq == seq:
        return phrase("proof_follows_not", language)
    return phrase("proof_before_faulty", language, seq=str(seq - 1))


def _link_after(proof: RecordProof, language: str) -> str:
    seq, broken = proof.record.seq, proof.broken_after
    if proof.is_followed:
        return phrase("proof_last" if seq == proof.of else "proof_followed", language)
    if broken and broken.kind == "unlinked":
        return phrase("proof_followed_not", language)
    return phrase("proof_after_faulty", language, seq=str(seq + 1))


def _unmet(one: Checkpoint, proof: RecordProof, language: str) -> str:
    """Why a checkpoint that should cover the record does not prove it."""
    parts = {"file": visible(one.file), "time": minute(one.time), "count": str(one.records)}
    if one in proof.contradicting:
        return phrase("proof_unmet", language, **parts)
    if one.records > proof.of or proof.broken_after is None:
        return phrase("proof_cut", language, **parts, of=str(proof.of))
    broken = proof.broken_after
    return phrase("proof_broken", language, **parts, seq=str(broken.seq), reason=reason(broken, language))


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
    if proof.unmet:
        return phrase("proof_signed_unmet", language)
    if proof.before:
        return phrase("proof_signed_before", language, count=str(max(one.records for one in proof.before)))
    return phrase("proof_not_signed", language)


def _with_values(proof: RecordProof, is_ledger: bool, language: str) -> Iterator[Paragraph]:
    """The command that replays the record with what it keeps out, where that was not given."""
    if proof.replayed.kept_out:
        name, values = proof.record.id, given(proof.record)
        words = ("whytune", "audit", "replay", name, *values, "--ledger", LEDGER)
        typed = words if is_ledger else (*verifying(is_ledger), "--record", name, *values)
        yield Paragraph("", tone="quiet", to_type=phrase("proof_with_values", language, command=" ".join(typed)))


def _replay(proof: RecordProof, language: str) -> str:
    if proof.replayed.kept_out:
        facts = phrase("comma", language).join(map(visible, proof.replayed.kept_out))
        return phrase("proof_kept_out", language, facts=facts)
    return phrase("proof_differs" if proof.replayed.deviation else "proof_same", language)
