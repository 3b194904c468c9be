"""Words as a shell takes them, to be pasted."""

from __future__ import annotations

import os
import shlex

LEDGER = "LEDGER"
"""What stands in a command for a ledger whose file is not known."""


def verifying(is_ledger: bool = True) -> tuple[str, ...]:
    """The command that verifies a ledger, or an export of one."""
    return ("whytune", "audit", *(("verify", "--ledger", LEDGER) if is_ledger else ("verify-export", "FILE")))


def quoted(word: str) -> str:
    """The word for a shell, in one piece; with escapes, `$'…'`, where a terminal would not show a letter of it."""
    return shlex.quote(word) if word.isprintable() else f"$'{''.join(map(_escaped, word))}'"


def _escaped(letter: str) -> str:
    if letter in "\\'":
        return f"\\{letter}"
    return letter if letter.isprintable() else "".join(f"\\x{byte:02x}" for byte in os.fsencode(letter))
