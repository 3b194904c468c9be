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
_cached: set[cached_property[object]] = set()
"""The cached properties of whytune's classes, as far as their modules were looked through."""
_names_in: dict[str, int] = {}
"""How many names each module had when it was looked through."""


def _renew_all() -> None:
    for turns in _every:
        turns.renew()
    for value in _cached:
        vars(value)["lock"] = RLock()


def _look_through() -> None:
    """Finds the cached properties imported since: in the parent, as a child copies memory that it looks at."""
    for name, module in list(sys.modules.items()):
        if name.startswith("whytune.") and _names_in.get(name) != (names := len(vars(module))):
            classes = [value for value in list(vars(module).values()) if isinstance(value, type)]
            parts = [part for kind in classes for part in list(vars(kind).values())]
            _cached.update(part for part in parts if isinstance(part, cached_property))
            _names_in[name] = names


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_all)
    if sys.version_info < (3, 12):  # where each cached property has a lock of its own
        os.register_at_fork(before=_look_through)
