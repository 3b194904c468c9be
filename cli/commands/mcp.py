"""`whytune mcp`: the questions of the terminal as tools of an assistant."""

from __future__ import annotations

import click

from whytune.engine import Problem, WhytuneError
from whytune.engine.language.loading import DEFAULT
from whytune.engine.language.problems import Sentence


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
@click.option("--ledger", metavar="LEDGER", envvar="WHYTUNE_LEDGER", show_envvar=True, help="Let it record here.")
@click.option(
    "--seconds", type=click.FloatRange(0.1, 3600), default=30, show_default=True, help="How long an answer may take."
)
def mcp(rulebooks: tuple[str, ...], ledger: str | None, seconds: float) -> None:
    """Answer an assistant over standard input and output, in the Model Context Protocol: it starts this by itself.

    The assistant finds tools that advise, ask the next question, explain and compare; rules, cases
    and pictures to read; and a prompt that turns a description into facts. docs/assistants.md shows
    what to write into the settings of an assistant.

    \b
    Examples:
      whytune mcp
      whytune mcp --rulebook practice --rulebook my-rules
    """
    try:
        from whytune.web.assistants.protocol import run
    except ModuleNotFoundError as error:
        raise _lacking(error) from None
    from whytune.web.library import shelved

    run(shelved(rulebooks, ledger), seconds)


def _lacking(error: ModuleNotFoundError) -> Exception:
    """The problem that the package is not installed; the error itself where it is another one."""
    if (error.name or "").partition(".")[0] not in ("mcp", "mcp_types", "starlette", "anyio"):
        return error
    message = Sentence("`mcp`, which talks with assistants, is not installed")
    return WhytuneError([Problem("no-mcp", message, None, Sentence("pip install 'whytune[mcp]'"))])
