"""Requests as they come in, read by httptools, which takes headers of any size: a limit to what precedes a body."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD = 32 * 1024
"""The most bytes of an address and headers."""


class LimitedHeads(HttpToolsProtocol):
    """A connection that is closed, with a 400, once the head of a request is longer than `MAX_HEAD`.

    What has come in since the last head was complete is counted, whether the parser has told it yet or not; so is each
    part that the parser tells, as a whole head may come in at once.
    """

    _come_in = 0
    _told = 0
    _is_complete = True

    def data_received(self, data: bytes) -> None:
        self._come_in += len(data)
        super().data_received(data)
        if self._is_complete:
            self._come_in = 0
        elif self._come_in > MAX_HEAD:
            self._refuse()

    def on_message_begin(self) -> None:
        self._told, self._is_complete = 0, False
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self._told += len(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._told += len(name) + len(value)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._is_complete = True
        if self._told > MAX_HEAD:
            self._refuse()
        else:
            super().on_headers_complete()

    def _refuse(self) -> None:
        if not self.transport.is_closing():
            self.send_400_response("The headers are too long.")
