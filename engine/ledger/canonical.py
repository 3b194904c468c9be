"""Data -> its only canonical JSON text (RFC 8785); the only file that imports the library for that."""

from __future__ import annotations

from typing import Any


def canonical(data: Any) -> bytes:
    """The canonical JSON of this data (RFC 8785), as UTF-8."""
    import rfc8785  # here, so that only those who keep records pay for the import

    return rfc8785.dumps(data)
