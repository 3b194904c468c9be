"""What pages are sent besides themselves: their style, an icon, and the script that replaces parts of them in place."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib import resources

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .pages import SCRIPT, icon, stylesheet

FOR_A_YEAR = {"Cache-Control": "public, max-age=31536000, immutable"}
"""The caching of a file whose name has its version."""


def routes() -> list[Route]:
    """A route for each of the files."""
    return [
        Route("/style.css", _sends("style.css", stylesheet, "text/css")),
        Route("/icon.svg", _sends("icon.svg", icon, "image/svg+xml")),
        Route(f"/{SCRIPT}", _sends("script", script, "text/javascript", FOR_A_YEAR)),
    ]


def script() -> str:
    """htmx, as htmx/README.md says."""
    return resources.files(__package__).joinpath("htmx", SCRIPT).read_text("utf-8")


def _sends(
    name: str, text: Callable[[], str], media: str, headers: dict[str, str] | None = None
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        request.scope["whytune.route"] = name
        return Response(text(), media_type=media, headers=headers)

    return endpoint
