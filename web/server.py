"""The application on a port, until it is told to stop: what is under way is finished first."""

from __future__ import annotations

import gc
import logging
import os
import sys
from ipaddress import ip_address
from multiprocessing import set_forkserver_preload

import uvicorn

from whytune import Problem, Span, WhytuneError
from whytune.engine.language.problems import Sentence, short

from .guard import LOCAL, LOG, Role, Rules, Token
from .library import Bookcase
from .limited_heads import LimitedHeads
from .service import Limits, Service

MIN_TOKEN = 16
"""The fewest characters of a token."""
ENDING = 10
"""How many seconds what is under way has once the service is told to stop."""


def rules(host: str, allowed: tuple[str, ...], tokens: tuple[Token, ...]) -> Rules:
    """Who may ask a service on this host; raises WhytuneError if others could ask without a token."""
    if not tokens and not is_local(host):
        message = Sentence("on `{host}` others can ask, and no token is demanded of them", host=short(host))
        hint = Sentence("give the file of one: --token-file FILE; or serve on 127.0.0.1")
        raise WhytuneError([Problem("refused-request", message, None, hint)])
    return Rules((*LOCAL, host, *allowed), tokens)


def tokens_in(text: str, file: str) -> tuple[Token, ...]:
    """The tokens in a file, one per line, with `read` before one that only lets read; raises WhytuneError."""
    tokens = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        if not words:
            continue
        role: Role = "read" if words[:-1] == ["read"] else "record"
        if words[:-1] not in ([], ["read"], ["record"]):
            hint = Sentence("write one token a line, before it `read` or `record`")
            message = Sentence("this line is no token")
            raise WhytuneError([Problem("refused-request", message, Span(file, number), hint)])
        if len(words[-1]) < MIN_TOKEN:
            message = Sentence("the token is shorter than {least} letters", least=MIN_TOKEN)
            raise WhytuneError([Problem("refused-request", message, Span(file, number))])
        tokens.append(Token(words[-1], role))
    if not tokens:
        raise WhytuneError([Problem("refused-request", Sentence("no token stands in this file"), Span(file))])
    return tuple(tokens)


def is_local(host: str) -> bool:
    """Can only this machine reach the host?"""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def serve(library: Bookcase, host: str, port: int, allowed: Rules, seconds: float) -> None:
    """Serves until SIGTERM or Ctrl-C; the log goes to standard error, one JSON object per line."""
    LOG.setLevel(logging.INFO)
    LOG.addHandler(logging.StreamHandler(sys.stderr))
    LOG.propagate = False
    library.book(None, None, None).advisor.engine  # noqa: B018  so that the first to ask need not wait for it
    os.environ["PYTHONSAFEPATH"] = "1"  # else what does long work looks for whytune in the folder of the user's
    set_forkserver_preload([Service.__module__])  # what long work needs is imported once, not by each of its processes
    application = Service(library, allowed, Limits(seconds)).application()
    gc.freeze()  # what stays until the end is never garbage, and looking through it would hold up all who ask
    uvicorn.run(
        application,
        host=host,
        port=port,
        http=LimitedHeads,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=ENDING,
    )
