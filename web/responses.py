"""A page or an answer -> what is sent, with what a page may do in a browser."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from whytune import WhytuneError
from whytune.diagrams.bars import STYLE as BARS
from whytune.diagrams.svg import STYLE
from whytune.prose.page import style_hashes

from .addresses import language_of_page
from .asking import Query
from .pages import Frame, declined
from .refusal import refused, status_of
from .routes import Reply

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' {hashes}; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may do: show its content, with the styles of the service and of pictures, and run the service's script.

The styles of pictures are allowed on every page: a part that is exchanged in place may bring one.
"""
PICTURES = "".join(f"<style>{style}</style>" for style in (STYLE, BARS))

OF_PROGRAMS = ("/v1/", "/mcp")
"""Where no pages are."""
NOT_LET_IN = (401, 421)
KEPT = ("cache-control", "retry-after")
"""The headers that a page has that tells what is wrong, as data about it have."""


def shown(frame: Frame, *, again: int = 0, is_kept: bool = True) -> Response:
    """A page, which a browser must not keep unless it `is_kept`; one that is not complete yet is asked for `again`
    after so many seconds.
    """
    policy = PAGE_POLICY.format(hashes=style_hashes(frame.text + PICTURES))
    headers = {"Content-Security-Policy": policy, "Vary": "Accept-Language"}
    headers |= {"Cache-Control": "no-cache" if is_kept and not again else "no-store"}
    headers |= {"Refresh": str(again)} if again else {}
    return HTMLResponse(frame.text, status_of(frame.error) if frame.error else 200, headers)


def reads_pages(request: Request) -> bool:
    """Does whoever asks read pages, or data?"""
    wanted = "text/html" in request.headers.get("accept", "") or "hx-request" in request.headers  # htmx accepts all
    return wanted and not request.url.path.startswith(OF_PROGRAMS)


def declining(error: WhytuneError, request: Request, query: Query, frame: Frame | None = None) -> Response:
    """All that is wrong: as a page, or this one, for whoever reads pages, else as data; whoever is not let in sees no
    page.
    """
    language = language_of_page(query)
    data = refused(error, language)
    if data.status_code in NOT_LET_IN or not reads_pages(request):
        return data
    page = shown(frame or declined("", query, error))
    page.headers.update({name: data.headers[name] for name in KEPT if name in data.headers})
    return page


def attached(reply: Reply, file: str = "") -> Response:
    """A reply that must not be shared; one with a name is saved as a file."""
    headers = {"Cache-Control": "no-store"}
    headers |= {"Content-Disposition": f'attachment; filename="{file}"'} if file else {}
    return Response(reply.text, headers=headers, media_type=reply.media)
