"""What pages are sent besides themselves: their style, an icon, and the scripts that make more of them."""

from __future__ import annotations

import gzip
from collections.abc import Awaitable, Callable
from functools import lru_cache
from importlib import resources

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .pages import EDITOR, SCRIPT, icon, stylesheet

FOR_A_YEAR = {"Cache-Control": "public, max-age=31536000, immutable"}
"""The caching of a file whose name has its version."""

FileText = Callable[[], str]


def routes() -> list[Route]:
    """A route for each of the files."""
    return [
        Route("/style.css", _sends("style.css", stylesheet, "text/css")),
        Route("/icon.svg", _sends("icon.svg", icon, "image/svg+xml")),
        Route(f"/{SCRIPT}", _sends("script", script, "text/javascript", FOR_A_YEAR)),
        Route(f"/{EDITOR}", _sends("editor", editor, "text/javascript", FOR_A_YEAR)),
    ]


def script() -> str:
    """htmx, as htmx/README.md says."""
    return resources.files(__package__).joinpath("htmx", SCRIPT).read_text("utf-8")


def editor() -> str:
    """The editor, as codemirror/README.md says."""
    return resources.files(__package__).joinpath("codemirror", EDITOR).read_text("utf-8")


@lru_cache
def _compressed(text: FileText) -> bytes:
    return gzip.compress(text().encode(), mtime=0)


def _takes_gzip(codings: str) -> bool:
    """Is gzip one of the codings that are asked for, other than as one that is not wanted (`gzip;q=0`)?"""
    for coding in codings.split(","):
        name, _, weight = coding.replace(" ", "").partition(";q=")
        if name == "gzip":
            return weight.strip("0.") != "" or not weight
    return False


def _sends(
    name: str, text: FileText, media: str, headers: dict[str, str] | None = None
) -> Callable[[Request], Awaitable[Response]]:
    """Sends a file, compressed to whoever takes that."""

    async def endpoint(request: Request) -> Response:
        request.scope["whytune.route"] = name
        more = {"Vary": "Accept-Encoding", **(headers or {})}
        if _takes_gzip(request.headers.get("accept-encoding", "")):
            return Response(_compressed(text), media_type=media, headers={**more, "Content-Encoding": "gzip"})
        return Response(text(), media_type=media, headers=more)

    return endpoint
