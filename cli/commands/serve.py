"""`whytune serve`: pages, and every question over HTTP, for people and programs without a terminal."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from whytune.engine.language import source
from whytune.engine.language.problems import short
from whytune.saving import save_below
from whytune.web.extras import serving

from ..of_record import LEDGER_VARIABLE
from ..outside.git import cases_at, history_of, load_at
from .audit.verdict import checkpoint_options, read_checkpoints

MAX_PORT = 2**16 - 1


@click.command()
@click.option(
    "--rulebook",
    "-r",
    "rulebooks",
    multiple=True,
    metavar="PATH",
    help="Also serve the rulebook at this path; the first is the default. Repeatable.",
)
@click.option("--edit", metavar="FOLDER", help="Also serve the rulebook in this folder, and let pages write its files.")
@click.option("--repo", metavar="FOLDER", help="Also serve the rulebook in this folder, and compare its git revisions.")
@click.option(
    "--ledger", metavar="LEDGER", envvar=LEDGER_VARIABLE, show_envvar=True, help="The ledger to show and to record in."
)
@checkpoint_options
@click.option("--host", default="127.0.0.1", show_default=True, metavar="HOST", help="The address to serve on.")
@click.option("--port", type=click.IntRange(0, MAX_PORT), default=8020, show_default=True, help="The port.")
@click.option(
    "--token-file",
    metavar="FILE",
    help="Clients must present a token from this file: one per line, with `read` before one that may not record.",
)
@click.option(
    "--allow-host", "names", multiple=True, metavar="NAME", help="Another host name of the service. Repeatable."
)
@click.option(
    "--seconds", type=click.FloatRange(0.1, 3600), default=30, show_default=True, help="How long an answer may take."
)
def serve(
    rulebooks: tuple[str, ...],
    edit: str | None,
    repo: str | None,
    ledger: str | None,
    signed: tuple[str, ...],
    public_key: str | None,
    host: str,
    port: int,
    token_file: str | None,
    names: tuple[str, ...],
    seconds: float,
) -> None:
    """Serve pages for a browser, and every question over HTTP as JSON: /v1/advise, /v1/why, /v1/check and others.

    On any address but this machine's own, a token is required. The rulebooks that come with whytune are served as well.

    \b
    Examples:
      whytune serve
      whytune serve --rulebook my-rules --ledger advice.ledger --port 8021
      whytune serve --edit my-rules
      whytune serve --repo my-rules
      whytune serve --host 0.0.0.0 --allow-host advice.example.org --token-file token.txt
    """
    with serving():
        from whytune.web.library import Desk, library
        from whytune.web.revisions import Repository
        from whytune.web.server import rules, tokens_in
        from whytune.web.server import serve as run
    allowed = rules(host, names, tokens_in(_text(token_file), short(token_file)) if token_file else ())
    desk = Desk(edit, save_below) if edit else None
    if repo:
        history_of(repo)  # or it is not in git
    repository = (
        Repository(repo, partial(load_at, repo), partial(history_of, repo), partial(cases_at, repo)) if repo else None
    )
    shelf = library(rulebooks, ledger, desk, read_checkpoints(signed, public_key), repository)
    click.echo(f"http://{f'[{host}]' if ':' in host else host}:{port}/", err=True)
    run(shelf, host, port, allowed, seconds)


def _text(file: str) -> str:
    """The content of a token file; raises WhytuneError."""
    return source.read_bytes(Path(file), short(file)).decode("utf-8", "replace")
