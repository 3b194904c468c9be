"""The address at which assistants ask; what answers them is imported when the first of them does."""

from __future__ import annotations

from functools import partial

import anyio.to_thread
from starlette.types import ASGIApp, Receive, Scope, Send

from ..extras import assisting
from ..guard import Role
from ..library import Bookcase


class Assistants:
    """Answers assistants over MCP; its package is imported when the first of them asks."""

    def __init__(self, library: Bookcase, seconds: float) -> None:
        self.library, self.seconds = library, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["whytune.route"] = "mcp"
        answer = await anyio.to_thread.run_sync(self._answering, scope["whytune.role"])
        await answer(scope, receive, send)

    def _answering(self, role: Role) -> ASGIApp:
        """What answers an assistant with this role; raises WhytuneError: no-mcp."""
        with assisting():
            from .protocol import over_http, server

        return partial(over_http, server(self.library, self.seconds, may_record=role == "record"))
