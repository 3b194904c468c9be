"""What a request sends: its body, or the fields and the files of a form; all of it within limits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from typing import NamedTuple
from urllib.parse import parse_qsl

import python_multipart  # noqa: F401  without it, starlette would only assert that it is there
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from whytune.engine.language.problems import Sentence

from .asking import SentFile
from .guard import MAX_BODY
from .refusal import Refused

MAX_FIELDS = 20
"""The most fields of a form with files, and the most files."""

MAX_TEXTS = 500
"""The most fields of a form without files, which holds the texts of those that an edit changes."""


class SentForm(NamedTuple):
    """The fields of a form, and its files."""

    pairs: list[tuple[str, str]]
    files: tuple[SentFile, ...]

    def needed(self, field: str) -> SentFile:
        """The file in this field; raises Refused if there is none."""
        for file in self.files:
            if file.field == field:
                return file
        raise _no_form()


async def body(request: Request, seconds: float, most: int = MAX_BODY) -> bytes:
    """The body; raises Refused for one that is too large or does not come."""
    return b"".join([chunk async for chunk in chunks(request, seconds, most)])


async def chunks(
    request: Request, seconds: float, most: int, hint: Sentence | None = None
) -> AsyncGenerator[bytes, None]:
    """The body, part by part; raises Refused for one of more bytes, with this hint, or that does not come in time."""
    length = 0
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                length += len(chunk)
                if length > most:
                    message = Sentence("the body is larger than {most:,} bytes", most=most)
                    raise Refused(413, "refused-request", message, hint)
                yield chunk
    except TimeoutError:
        message = Sentence("the body did not come within {seconds:g} seconds", seconds=seconds)
        raise Refused(408, "refused-request", message) from None


def fields(request: Request, body: bytes) -> list[tuple[str, str]]:
    """The fields of a form without files; raises Refused for what is not a form."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    try:
        if kind != "application/x-www-form-urlencoded":
            raise ValueError(kind)
        if body.count(b"&") >= MAX_TEXTS:
            message = Sentence("a form without files has no more than {most} fields", most=MAX_TEXTS)
            raise Refused(413, "refused-request", message)
        return parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict")
    except ValueError:
        raise _no_form() from None


async def form(request: Request, seconds: float, most: int = 0, hint: Sentence | None = None) -> SentForm:
    """A form with files of at most so many bytes beside its fields; raises Refused for anything else.

    The `hint` says what to do with larger ones.

    A field in which no file was chosen, which a browser sends without a name, holds none.
    """
    stream = chunks(request, seconds, most + MAX_BODY, hint)
    parser = _FormParser(request.headers, stream, most + MAX_BODY)
    try:
        parsed = await parser.parse()
    except (MultiPartException, KeyError, ValueError):
        raise _no_form() from None
    async with AsyncExitStack() as stack:
        stack.push_async_callback(parsed.close)
        pairs, files = [], []
        for name, value in parsed.multi_items():
            if isinstance(value, UploadFile):
                file = SentFile(name, value.filename or "", await value.read())
                files += [file] if file.name or file.data else []
            else:
                pairs.append((name, value))
        return SentForm(pairs, tuple(files))


class _FormParser(MultiPartParser):
    """Reads a form; raises Refused for one whose end does not come, or of more than MAX_FIELDS fields, or files."""

    def __init__(self, headers: Headers, stream: AsyncGenerator[bytes, None], most: int) -> None:
        """No part is larger than `most` bytes."""
        super().__init__(headers, self._to_its_end(stream), max_part_size=most)
        self.is_whole = False

    async def _to_its_end(self, stream: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
        async for chunk in stream:
            yield chunk
        if not self.is_whole:
            raise Refused(400, "refused-request", Sentence("the form breaks off: its last boundary is missing"))

    def on_end(self) -> None:
        self.is_whole = True

    def on_part_end(self) -> None:
        super().on_part_end()
        files = sum(isinstance(value, UploadFile) for _, value in self.items)
        if max(files, len(self.items) - files) > MAX_FIELDS:
            raise _too_many()


def _no_form() -> Refused:
    return Refused(415, "refused-request", Sentence("a form is expected here, as a page sends it"))


def _too_many() -> Refused:
    message = Sentence("a form has no more than {most} fields and {most} files", most=MAX_FIELDS)
    return Refused(413, "refused-request", message)
