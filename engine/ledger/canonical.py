"""Data -> the one text that JSON has for it (RFC 8785); the only file that imports the library for that."""

from __future__ import annotations

from typing import Any


def canonical(data: Any) -> bytes:
    """The canonical JSON of this data in UTF-8, by RFC 8785."""
    import rfc8785  # here, for only those who keep records should pay for it

    return rfc8785.dumps(data)
