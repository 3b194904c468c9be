"""The length and the last hash of a ledger, signed with Ed25519; the only file that imports cryptography."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from ..language.problems import Problem, Sentence, Span, WhytuneError
from .canonical import canonical
from .record import Head, stamp

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FORMAT = 1

PRIME = 2**255 - 19

EIGHTH = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
"""The y of a point of order 8 on edwards25519."""

SMALL_ORDER = frozenset({0, 1, PRIME - 1, EIGHTH, PRIME - EIGHTH})
"""The y of every point of an order that divides 8."""


class Checkpoint(NamedTuple):
    """What was signed: the number of records, the hash of the last, and the time; and where it was read.

    `file` is its name, `key` the SHA-256 of the public key that verified it (of its DER form, as OpenSSL writes it).
    """

    records: int
    head: str
    time: str
    file: str = ""
    key: str = ""

    def to_sign(self) -> bytes:
        """The bytes that are signed: the canonical JSON of the checkpoint without its signature."""
        return canonical({"checkpoint": FORMAT, "head": self.head, "records": self.records, "time": self.time})


class Keys(NamedTuple):
    """A pair of keys as the contents of PEM files."""

    private: bytes
    public: bytes


def keys(seed: bytes) -> Keys:
    """The pair of keys derived from 32 random bytes."""
    from cryptography.hazmat.primitives import serialization as forms
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.from_private_bytes(seed)
    pem = forms.Encoding.PEM
    return Keys(
        private.private_bytes(pem, forms.PrivateFormat.PKCS8, forms.NoEncryption()),
        private.public_key().public_bytes(pem, forms.PublicFormat.SubjectPublicKeyInfo),
    )


def sign(end: Head, time: datetime, key: bytes, name: str) -> bytes:
    """The checkpoint of a ledger with this end, signed with the private key in this PEM file, as JSON text.

    Raises WhytuneError: wrong-key.
    """
    checkpoint = Checkpoint(end.length, end.head, stamp(time))
    signature = _private(key, name).sign(checkpoint.to_sign()).hex()
    signed = {**json.loads(checkpoint.to_sign()), "signature": signature}
    return (json.dumps(signed, indent=2) + "\n").encode()


def read(text: bytes, name: str, key: bytes, key_name: str) -> Checkpoint:
    """The checkpoint in this file, if the public key in this PEM file verifies it.

    Raises WhytuneError: bad-checkpoint, wrong-key.
    """
    from cryptography.exceptions import InvalidSignature

    checkpoint, signature = _parsed(text, name)
    public = _public(key, key_name)
    try:
        public.verify(signature, checkpoint.to_sign())
    except InvalidSignature:
        hint = Sentence("it was changed, or signed with another key: ask whoever keeps the key")
        message = Sentence("the checkpoint was not signed with the key of `{file}`", file=key_name)
        raise WhytuneError([Problem("wrong-key", message, Span(name), hint)]) from None
    return checkpoint._replace(file=PurePath(name).name, key=_fingerprint(public))


def _parsed(text: bytes, name: str) -> tuple[Checkpoint, bytes]:
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    shape = {"checkpoint": "1", "records": "[0-9]{1,15}", "head": "[0-9a-f]{64}", "time": "[0-9TZ:.-]{27}"}
    shape["signature"] = "[0-9a-f]{128}"
    if (
        not isinstance(data, dict)
        or set(data) != set(shape)
        or not all(re.fullmatch(pattern, str(data[member])) for member, pattern in shape.items())
        or type(data["records"]) is not int
    ):
        hint = Sentence("name a file that `whytune audit checkpoint` has written")
        raise WhytuneError([Problem("bad-checkpoint", Sentence("not a checkpoint"), Span(name), hint)])
    return Checkpoint(data["records"], data["head"], data["time"]), bytes.fromhex(data["signature"])


def _private(pem: bytes, name: str) -> Ed25519PrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(pem, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):  # TypeError: for a key protected by a password
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(Sentence("not an Ed25519 private key in PEM"), name)
    return key


def _public(pem: bytes, name: str) -> Ed25519PublicKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise _no_key(Sentence("not an Ed25519 public key in PEM"), name)
    if _is_of_small_order(key.public_bytes_raw()):
        raise _no_key(Sentence("a public key that proves nothing: anything would verify under it"), name)
    return key


def _fingerprint(key: Ed25519PublicKey) -> str:
    """The SHA-256 of a public key: `openssl pkey -pubin -in FILE -outform DER | sha256sum`."""
    from cryptography.hazmat.primitives import serialization as forms

    return hashlib.sha256(key.public_bytes(forms.Encoding.DER, forms.PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def _is_of_small_order(key: bytes) -> bool:
    """Is this public key one of the eight points whose multiple by 8 is the neutral element, however written?

    The y of a point (RFC 8032, 5.1.2) is taken modulo the field's prime, since some points are also accepted in
    another spelling. A point is of small order if and only if y is one of five numbers: 1, -1, 0, and two roots.
    """
    y = (int.from_bytes(key, "little") & (2**255 - 1)) % PRIME
    return y in SMALL_ORDER


def _no_key(message: Sentence, name: str) -> WhytuneError:
    hint = Sentence("`whytune audit keygen` makes a pair: NAME.key is private, NAME.pub is public")
    return WhytuneError([Problem("wrong-key", message, Span(name), hint)])
