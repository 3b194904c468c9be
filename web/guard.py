"""Who may ask, and how much at once: hosts, origins, the token, sizes; and a line in the log for each request."""

from __future__ import annotations

import json
import logging
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable
from hmac import compare_digest
from time import perf_counter
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from whytune import WhytuneError
from whytune.engine.language.problems import Sentence, short

from .apart import too_busy
from .measures import Measures
from .refusal import Refused

LOG = logging.getLogger("whytune.web")
LOCAL = ("127.0.0.1", "localhost", "::1")
MAX_BODY = 1024 * 1024
"""The most bytes of a body: as many as a case file may have."""
MAX_ADDRESS = 16 * 1024
"""The most bytes of an address with its parameters."""
SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # without any, a browser also hides the origin of forms
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""The headers of every answer; one that brings its own policy keeps it."""
_SAFE = [(name.lower().encode(), value.encode()) for name, value in SAFE.items()]


Role = Literal["read", "record"]
"""Whoever may read may ask everything; whoever may record may also have an answer kept."""


class Token(NamedTuple):
    """What a request presents, and what that lets it do."""

    text: str
    role: Role = "record"


class Rules(NamedTuple):
    """Which hosts a request may name, which tokens it must present, if any, and how many requests may run at once."""

    hosts: tuple[str, ...] = LOCAL
    tokens: tuple[Token, ...] = ()
    at_once: int = 64


Refuse = Callable[[Scope, WhytuneError], ASGIApp]
"""What is sent instead of an answer."""


class Guard:
    """Wraps an application: what the rules do not allow is answered here and goes no further."""

    def __init__(self, app: ASGIApp, rules: Rules, measures: Measures, refuse: Refuse) -> None:
        self.app, self.rules, self.measures, self.refuse = app, rules, measures, refuse
        self._under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = perf_counter(), 500

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                own = {name for name, _ in message["headers"]}
                message["headers"] += [header for header in _SAFE if header[0] not in own]
            await send(message)

        self._under_way += 1
        try:
            self._check(scope)
            await self.app(scope, receive, sent)
        except WhytuneError as error:
            await self.refuse(scope, error)(scope, receive, sent)
        finally:
            self._under_way -= 1
            self._note(scope, status, perf_counter() - began)

    def _check(self, scope: Scope) -> None:
        """Raises Refused for a request that the rules do not allow."""
        headers = Headers(scope=scope)
        if _name_of(headers.get("host", "")) not in self.rules.hosts:
            message = Sentence("the host `{host}` is not served here", host=short(headers.get("host", "")))
            raise Refused(421, "refused-request", message, Sentence("serve it: whytune serve --allow-host NAME"))
        if scope["method"] not in ("GET", "HEAD", "OPTIONS"):
            _check_origin(headers)
        scope["whytune.role"] = self._role(headers)
        if len(scope["query_string"]) + len(scope["raw_path"]) > MAX_ADDRESS:
            message = Sentence("the address is longer than {most:,} bytes", most=MAX_ADDRESS)
            raise Refused(414, "refused-request", message, Sentence("send the case as the body of a POST"))
        if self._under_way > self.rules.at_once and scope["path"] != "/health":
            raise too_busy()

    def _role(self, headers: Headers) -> Role:
        """What the request may do; raises Refused if it presents none of the tokens."""
        if not self.rules.tokens:
            return "record"
        shown = _shown(headers)
        roles = [token.role for token in self.rules.tokens if compare_digest(shown, token.text.encode())]
        if not roles:
            hint = Sentence("send it as a header, Authorization: Bearer TOKEN, or as the password a browser asks for")
            raise Refused(401, "refused-request", Sentence("the token is missing or wrong"), hint)
        return "record" if "record" in roles else "read"

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        """Counts the request and logs it without its parameters, since facts may be confidential."""
        route = scope.get("whytune.route", "other")
        self.measures.asked(route, status, seconds)
        line = {"method": scope["method"], "route": route, "status": status, "seconds": round(seconds, 6)}
        LOG.info(json.dumps(line))


def _name_of(host: str) -> str:
    """The name in a Host header, without its port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _site_of(origin: str) -> str:
    """The host and port of an Origin header; empty for what is not an address."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _check_origin(headers: Headers) -> None:
    """Raises Refused for a request that a page of another site makes."""
    origin = headers.get("origin")
    foreign = origin is not None and _site_of(origin) != headers.get("host")
    if foreign or headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        message = Sentence("a page of another site may not ask this")
        raise Refused(403, "refused-request", message, Sentence("ask from the pages of the service, or from a program"))


def check_role(scope: Scope) -> None:
    """Raises Refused for a request that would have something kept but may only read."""
    if scope["whytune.role"] != "record":
        message = Sentence("this token lets you read, not record")
        raise Refused(403, "refused-request", message, Sentence("ask with a token that may record"))


def _shown(headers: Headers) -> bytes:
    """The token that a request presents, as a bearer or as the password of any user; empty if there is none."""
    scheme, _, shown = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            shown = b64decode(shown, validate=True).decode().partition(":")[2]
        except (NotBase64, UnicodeError):
            return b""
    return shown.strip().encode() if scheme.lower() in ("basic", "bearer") else b""
