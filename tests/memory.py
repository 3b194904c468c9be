"""How much memory this process holds."""

from __future__ import annotations

import os
from pathlib import Path


def resident() -> float:
    """The resident memory of this process in MB; 0 where the system does not say."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20 if statm.exists() else 0.0
