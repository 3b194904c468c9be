"""Decision tables of others, read where they stand; nothing of them is part of whytune.

The folder is `../shared/peers` from the project's root; where it is missing, all that needs it is skipped.
"""

from __future__ import annotations

from pathlib import Path

import pytest

PEERS = Path(__file__).parents[3] / "shared" / "peers"


def published(pattern: str) -> list[Path]:
    """The files of others that the pattern means; without any, the module that asks for them is skipped."""
    files = sorted(PEERS.glob(pattern))
    if not files:
        pytest.skip(f"no {pattern} of others in {PEERS}", allow_module_level=True)
    return files
