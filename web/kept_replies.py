"""The replies to the questions asked last, by the tag that all requests with the same answer share."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import sha256
from sys import getsizeof

from whytune import __version__
from whytune.days import today_or

from .asking import Query
from .routes import Reply

MOST = 16 * 1024 * 1024
"""The most bytes that all texts take which are kept."""


def tag_of(route: str, asked: Query) -> str:
    """A tag that all requests with the same answer share: whytune, its rulebooks, the question, the facts, the day."""
    pairs = sorted((key, *values) for key, values in asked.values.items())
    whole = (__version__, route, asked.library.edition, pairs, asked.body, str(today_or(None)))
    return f'"{sha256(repr(whole).encode()).hexdigest()[:32]}"'


class KeptReplies:
    """Replies by their tags; the one that was asked for longest ago is dropped first. For a single thread."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._size = most, 0
        self._kept: OrderedDict[str, Reply] = OrderedDict()

    def get(self, tag: str) -> Reply | None:
        """The reply with this tag, if it is kept."""
        if tag in self._kept:
            self._kept.move_to_end(tag)
        return self._kept.get(tag)

    def keep(self, tag: str, reply: Reply) -> None:
        """Keeps a reply, unless it is kept or would leave no room for others."""
        if tag in self._kept or getsizeof(reply.text) > self._most // 8:
            return
        self._kept[tag] = reply
        self._size += getsizeof(reply.text)
        while self._size > self._most:
            _, dropped = self._kept.popitem(last=False)
            self._size -= getsizeof(dropped.text)
