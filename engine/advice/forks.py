"""A process that forks while one of its threads holds a lock -> a child in which that lock is free.

The thread that would have to release it does not exist in the child, which would wait for ever. What a lock guards must
survive such a child: whatever was half done is abandoned there, never continued.
"""

from __future__ import annotations

import os
import sys
from functools import cached_property
from threading import RLock
from types import TracebackType
from weakref import WeakSet


class Turns:
    """A reentrant lock for `with`: one thread at a time."""

    def __init__(self) -> None:
        self._lock = RLock()
        _every.add(self)

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._lock.release()

    def renew(self) -> None:
        """Frees the lock, in a child whose parent may have held it."""
        self._lock = RLock()


_every: WeakSet[Turns] = WeakSet()


def _renew_all() -> None:
    for turns in _every:
        turns.renew()
    if sys.version_info < (3, 12):  # where each cached property has a lock of its own
        for value in _cached_properties():
            vars(value)["lock"] = RLock()


def _cached_properties() -> list[cached_property[object]]:
    """Every cached property of whytune's classes that have been imported."""
    modules = [module for name, module in list(sys.modules.items()) if name.startswith("whytune.")]
    classes = {part for module in modules for part in vars(module).values() if isinstance(part, type)}
    return [value for part in classes for value in vars(part).values() if isinstance(value, cached_property)]


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_all)
