"""Requests as they come in, read by httptools, which takes headers of any size: a limit to what surrounds a body."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD = 32 * 1024
"""The most bytes of an address and headers."""


class LimitedHeads(HttpToolsProtocol):
    """A connection that is closed, with a 400, once address, headers and trailers are longer than `MAX_HEAD`.

    Counted is what the parser tells of them, and what has come in since it last told anything: it keeps to itself what
    is not complete. Trailers, which follow a body in pieces, are dropped; after a refusal nothing is taken any more.
    """

    _told = 0
    _untold = 0
    _is_in_head = False
    _is_refused = False

    def data_received(self, data: bytes) -> None:
        if self._is_refused:
            return
        self._untold += len(data)
        super().data_received(data)
        if self._untold > MAX_HEAD:
            self._refuse()

    def on_message_begin(self) -> None:
        self._told = self._untold = 0
        self._is_in_head = True
        if not self._is_refused:
            super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        if self._has_room(len(url)):
            super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._has_room(len(name) + len(value)) and self._is_in_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._is_in_head = False
        if not self._is_refused:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._untold = 0
        if not self._is_refused:
            super().on_body(body)

    def on_message_complete(self) -> None:
        self._untold = 0
        if not self._is_refused:
            super().on_message_complete()

    def _has_room(self, more: int) -> bool:
        """Is there room for so many bytes more? If not, the request is refused."""
        self._told += more
        self._untold = 0
        if self._told > MAX_HEAD:
            self._refuse()
        return not self._is_refused

    def _refuse(self) -> None:
        if not self._is_refused:
            self._is_refused = True
            self.send_400_response("The headers are too long.")
