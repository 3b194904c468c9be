"""Data -> its only canonical JSON text (RFC 8785); the only file that imports the library for that."""

from __future__ import annotations

import json
import re
from typing import Any

_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_BEYOND = re.compile("[\ud800-\udfff\U00010000-\U0010ffff]")
"""The letters that RFC 8785 puts elsewhere in the order of keys than Python does, or refuses."""


def canonical(data: Any) -> bytes:
    """The canonical JSON of this data (RFC 8785), as UTF-8."""
    import rfc8785  # here, so that only those who keep records pay for the import

    return rfc8785.dumps(data)


def canonical_without_floats(data: Any) -> bytes:
    """The same for data whose only numbers are integers within 2**53, as those of records are; ten times as fast."""
    text = _ENCODE(data)
    return canonical(data) if _BEYOND.search(text) else text.encode()
