"""`whytune mcp`: the questions of the terminal as tools of an assistant."""

from __future__ import annotations

import click

from whytune.engine.language.loading import DEFAULT
from whytune.web.extras import assisting

from ..of_record import LEDGER_VARIABLE


@click.command()
@click.option(
    "--rulebook",
    "-r",
    "rulebooks",
    multiple=True,
    default=(DEFAULT,),
    show_default=True,
    metavar="NAME|PATH",
    envvar="WHYTUNE_RULEBOOK",
    help="A shipped rulebook, or the path of a folder or YAML file; the first is the default. Repeatable.",
)
@click.option(
    "--ledger", metavar="LEDGER", envvar=LEDGER_VARIABLE, show_envvar=True, help="The ledger that it may record in."
)
@click.option(
    "--seconds", type=click.FloatRange(0.1, 3600), default=30, show_default=True, help="How long an answer may take."
)
def mcp(rulebooks: tuple[str, ...], ledger: str | None, seconds: float) -> None:
    """Answer an assistant over standard input and output (Model Context Protocol); the assistant starts it itself.

    The assistant finds tools that advise, ask the next question, explain and compare; rules, cases
    and pictures to read; and a prompt that turns a description into facts. docs/assistants.md shows
    what to write into the settings of an assistant.

    \b
    Examples:
      whytune mcp
      whytune mcp --rulebook practice --rulebook my-rules
    """
    with assisting():
        from whytune.web.library import shelved
    books = shelved(rulebooks, ledger)  # first, for the protocol takes a second to import
    with assisting():
        from whytune.web.assistants.protocol import run

    run(books, seconds)
