"""What comes before the body of a request is limited, however it is sent, and nothing else is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import closing, suppress

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from uvicorn import Config
from uvicorn.server import ServerState

from whytune.web.limited_heads import MAX_HEAD, LimitedHeads

LINE = b"POST / HTTP/1.1\r\nHost: here\r\n"
BODY = b"x" * 4 * MAX_HEAD


async def _length(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


def answer(pieces: Iterable[bytes]) -> bytes:
    """All that a server sends to whoever sends these pieces one after the other; nothing if that was lost."""
    return asyncio.run(_answer(pieces))


async def _answer(pieces: Iterable[bytes]) -> bytes:
    config = Config(Starlette(routes=[Route("/", _length, methods=["POST"])]), log_config=None)
    config.load()
    state = ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: LimitedHeads(config, state, {}, loop), "127.0.0.1")
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        with suppress(ConnectionError), closing(writer):  # closed while more was on its way
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.005)  # so that it comes in by itself
                if reader.at_eof():
                    break
            return await asyncio.wait_for(reader.read(), 5)  # to the end of the connection
        return b""


def posted(body: bytes, *headers: bytes) -> bytes:
    return LINE + b"".join(headers) + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body


def test_a_body_and_what_follows_it_do_not_count() -> None:
    kept_open = LINE + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY
    last = posted(BODY, b"Other: %s\r\n" % (b"y" * (MAX_HEAD // 2)))
    assert answer([kept_open, kept_open, last]).count(b"200 OK") == 3


def test_what_is_sent_beside_the_end_of_a_body_counts_from_where_it_begins() -> None:
    first = LINE + b"Content-Length: %d\r\n\r\n" % (2 * MAX_HEAD - 100) + BODY[: 2 * MAX_HEAD - 100]
    second = posted(b"ab", b"Other: y\r\n")
    assert answer([first + second[:20], second[20:]]).count(b"200 OK") == 2


def test_what_follows_a_refused_head_is_part_of_no_request() -> None:
    first = LINE + b"Content-Length: 1\r\n\r\na"
    told = answer([first + posted(b"bbbb", b"Long: %s\r\n" % (b"y" * MAX_HEAD))])
    assert b"400 Bad Request" in told
    assert b"\r\n\r\n5" not in told


def test_trailers_are_dropped_and_limited() -> None:
    chunked = LINE + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n1\r\na\r\n0\r\n"
    assert answer([chunked + b"Late: y\r\n\r\n"]).startswith(b"HTTP/1.1 200 ")
    endless = [b"Late%d: %s\r\n" % (number, b"y" * 4_000) for number in range(100)]
    assert b"200 OK" not in answer([chunked, *endless])
    assert b"200 OK" not in answer([chunked, b"Late: ", *[b"y" * 4_000] * 100])


@pytest.mark.parametrize(
    "headers",
    [[b"Long: %s\r\n" % (b"y" * MAX_HEAD)], [b"Short%d: y\r\n" % number for number in range(MAX_HEAD // 8)]],
    ids=["one", "many"],
)
def test_headers_that_come_in_at_once_are_refused_where_they_are_too_long(headers: list[bytes]) -> None:
    assert answer([posted(b"", *headers)]).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("begun", [b"POST /", LINE + b"Endless: ", LINE + b"Name"], ids=["address", "value", "name"])
def test_what_never_ends_is_refused_before_much_has_come_in(begun: bytes) -> None:
    sent = []

    def pieces() -> Iterable[bytes]:
        yield begun
        for _ in range(100):
            sent.append(1)
            yield b"y" * 4_096

    assert answer(pieces()).partition(b" ")[2][:3] in (b"400", b"")  # lost where more was on its way
    assert len(sent) < 20


def test_an_address_that_is_too_long_is_refused() -> None:
    assert answer([posted(b"").replace(b"/", b"/" + b"y" * MAX_HEAD, 1)]).startswith(b"HTTP/1.1 400 ")
