"""How much memory this process holds."""

from __future__ import annotations

import os
from pathlib import Path


def resident() -> float:
    """The resident memory of this process in MB; 0 where the system does not say."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20 if statm.exists() else 0.0


def peak() -> float:
    """The most resident memory that this process ever held, in MB; 0 where the system does not say.

    Not `getrusage`: what it tells of a process begins with the peak of the one that started it.
    """
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)
