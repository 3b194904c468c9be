"""The command line: read, call the engine, present. `main` is the one place where errors become exit codes.

streams      standard input, output and error as commands may rely on them
progress     how far long work is
junit        results as JUnit XML
interviewed  commands that ask about the answers of an interview
replies      what a reader types at a question -> a value or a command
expression   which cases an expression means
recording    keeping a recommendation in a ledger
own_ledger   a document about a ledger -> the same, whose commands name the ledger that was asked
output       an answer as text, a page, Markdown or JSON
given_file   CASE -> the case as written
of_record    --of-record ID, a record in place of CASE
recorded_case
             such a record -> its case
options      what commands share: arguments, options, reading a case, writing an answer
interchange  findings as other programs read them
outside      the world around a command: files, commits, pictures
commands     one file a command
"""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from errno import EPIPE
from importlib import import_module
from inspect import cleandoc
from keyword import iskeyword
from pathlib import Path
from typing import Any

import click

from . import streams

DONE, FAILED, MISUSED, PROBLEMS, UNVERIFIED, DEFECT, INTERRUPTED = 0, 1, 2, 3, 4, 70, 130
"""Exit codes: done, the checked thing failed, misuse, problems in the rulebook or the facts, a ledger that does not
verify, a defect of whytune, ended by Ctrl-C."""

MAX_MESSAGE = 200
"""How much of an exception's message is shown, in characters."""

GROUPS = {
    "For product teams": (
        *("advise", "ask", "why", "why-not", "what-if", "flip", "reason", "next"),
        *("bulk", "sql", "rulebooks", "facts", "graph", "compare", "cost"),
    ),
    "For governance teams": ("rules", "check", "explain-check", "test", "diff", "new", "schema", "export", "import"),
    "For auditors": ("audit",),
    "For those without a terminal": ("serve", "mcp"),
}
"""The commands, grouped by who uses them."""

COMMANDS = tuple(name for names in GROUPS.values() for name in names)


HELP_LINES = Path(__file__).with_name("help_lines.json")
"""The first sentence of the help of each command; a test keeps it so."""

MAY_BE_EMPTY = frozenset({"link_template"})
"""The parameters for which an empty text means something."""


class Voice:
    """The language of messages about problems: the reader's own until a command knows which one is asked for."""

    def __init__(self) -> None:
        self.language = os.environ.get("WHYTUNE_LANGUAGE") or "en"


class Filled:
    """The callback of an option or argument that refuses an empty text, such as an unset shell variable leaves."""

    def __init__(self, then: Callable[[click.Context, click.Parameter, Any], Any] | None) -> None:
        self.then = then

    def __call__(self, ctx: click.Context, parameter: click.Parameter, value: Any) -> Any:
        texts = value if isinstance(value, tuple) else (value,)
        if any(isinstance(text, str) and not text.strip() for text in texts):
            raise click.BadParameter("nothing is given here: give a value, or leave it out", ctx, parameter)
        return value if self.then is None else self.then(ctx, parameter, value)


def refuse_empty_texts(command: click.Command) -> None:
    """Makes every option and argument of a command and its subcommands refuse an empty text."""
    for parameter in command.params:
        if parameter.name not in MAY_BE_EMPTY and not isinstance(parameter.callback, Filled):
            parameter.callback = Filled(parameter.callback)
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            refuse_empty_texts(inner)


def first_sentence(text: str) -> str:
    """The first sentence of a help text."""
    paragraph = " ".join(cleandoc(text).partition("\n\n")[0].split())
    return re.split(r"(?<=\.)\s", paragraph, maxsplit=1)[0]


def module_of(command: str) -> str:
    """The name of the module that holds a command, and of its function."""
    name = command.replace("-", "_")
    return f"{name}_" if iskeyword(name) else name


class CommandList(click.Group):
    """Commands that the help lists, each with the whole first sentence of its own help."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.write_names("Commands", self.list_commands(ctx), ctx, formatter)

    def write_names(self, title: str, names: Iterable[str], ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes these commands below a title."""
        commands = ((name, self.get_command(ctx, name)) for name in names)
        rows = [(name, first_sentence(command.help or "")) for name, command in commands if command]
        with formatter.section(title):
            formatter.write_dl(rows)


class Commands(CommandList):
    """The commands of a package, each imported only when it is called, so that starting up stays quick.

    `groups` maps titles to the names listed below them in the help, whose lines stand in `help_lines.json`; `elsewhere`
    says where to find what people look for here in vain.
    """

    def __init__(
        self, *, groups: Mapping[str, tuple[str, ...]], package: str, elsewhere: str = "", **settings: Any
    ) -> None:
        super().__init__(**settings)
        self.groups, self.package, self.elsewhere = groups, package, elsewhere
        self.names = tuple(name for names in groups.values() for name in names)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as unknown:
            if ctx.parent is None:
                raise
            takes = f"{unknown.message.rstrip('.')}: options follow one of the commands {', '.join(self.names)}"
            raise click.UsageError("; ".join(filter(None, (takes, self.elsewhere))), ctx) from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.names:
            return None
        name = module_of(cmd_name)
        command: click.Command = getattr(import_module(f"{self.package}.{name}"), name)
        refuse_empty_texts(command)
        return command

    def write_names(self, title: str, names: Iterable[str], ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes these commands below a title, without importing them."""
        import json

        lines = json.loads(HELP_LINES.read_text(encoding="utf-8"))
        words = self.package.removeprefix(f"{__name__}.commands").split(".")[1:]
        with formatter.section(title):
            formatter.write_dl([(name, lines[" ".join((*words, name))]) for name in names])

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, names in self.groups.items():
            self.write_names(title, names, ctx, formatter)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from whytune.engine.language.problems import did_you_mean, short

        if args and not args[0].startswith("-") and args[0] not in self.names:
            hint = did_you_mean(args[0], self.names) or f"the commands are {', '.join(self.names)}"
            beside = f"; {self.elsewhere}" if self.elsewhere else ""
            raise click.UsageError(f"no command `{short(args[0])}`: {hint}{beside}", ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=Commands,
    groups=GROUPS,
    package=f"{__name__}.commands",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="whytune", prog_name="whytune")
def cli() -> None:
    """Should we fine-tune, or will a better prompt or retrieval do? whytune answers from facts, and shows why.

    \b
    Example:
      whytune advise --set prompt_enough=no --set external_knowledge=no \\
                     --set need=domain_terms --set examples=3200
    """


def main() -> None:
    """Runs the command line and ends the process with the exit code that says how it went."""
    gc.set_threshold(200_000)  # a short command makes little garbage; looking for it took a tenth of its time
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # to look for some reads a file of every package there is
    streams.mend()
    voice = Voice()
    try:
        code = _ended(_run(voice), voice)
    except BaseException as error:  # whatever it is, and be it memory that is wanting while something is told
        code = _defect(error, voice)
    gc.freeze()  # or the interpreter, on its way out, would look through all objects once more
    sys.exit(code)


def _run(voice: Voice) -> int:
    """The exit code of the command; what went wrong is written to standard error."""
    output = sys.stdout
    try:
        color = None if streams.takes_escapes() else False
        code = cli.main(prog_name="whytune", standalone_mode=False, color=color, obj=voice)
    except SystemExit as ending:  # of completion; or click's way to swallow what some pipe of ours met
        if sys.stdout is not output:
            sys.stdout = output
            return _defect(BrokenPipeError(EPIPE, os.strerror(EPIPE)), voice)
        code = ending.code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except Exception as error:
        return _explain(error, voice)
    return code if isinstance(code, int) else DONE


def _ended(code: int, voice: Voice) -> int:
    """The exit code for a command that ended with `code`: the same, or that of lost output if all else went well."""
    if (failure := streams.failure(sys.stdout)) is None:
        return code
    from whytune.engine.language.problems import Sentence
    from whytune.engine.words.catalogue import translated

    reason = failure.strerror.lower() if failure.strerror else Sentence("unknown error")
    _say(translated(Sentence("standard output cannot be written: {reason}", reason=reason), voice.language))
    return code or PROBLEMS


def _explain(error: Exception, voice: Voice) -> int:
    """Writes what went wrong to standard error and returns the exit code for it."""
    from whytune.engine.language.problems import WhytuneError
    from whytune.engine.words.catalogue import translated

    if isinstance(error, WhytuneError):
        _say("\n".join(translated(problem.at_a_terminal(), voice.language) for problem in error.problems))
        damaged = any(problem.code == "ledger-damaged" for problem in error.problems)
        return UNVERIFIED if damaged else PROBLEMS
    if isinstance(error, click.ClickException):
        error.show()
        return MISUSED
    return _defect(error, voice)


def _defect(error: BaseException, voice: Voice) -> int:
    """Says in one line that whytune failed (with WHYTUNE_TRACEBACK set, also where); memory may be short."""
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    try:
        import traceback

        from whytune.engine.language.problems import Sentence, visible
        from whytune.engine.words.catalogue import translated

        if os.environ.get("WHYTUNE_TRACEBACK"):
            _say("".join(traceback.format_exception(error)).rstrip())
        message = f"{type(error).__name__}: {error}".removesuffix(": ")[:MAX_MESSAGE]
        sentence = Sentence(
            "whytune is in error and gives no answer: {error}; please report this line with the command and its files "
            "(WHYTUNE_TRACEBACK=1 shows where it failed)",
            error=visible(message),
        )
        _say(translated(sentence, voice.language))
    except BaseException:
        _say("whytune is in error and gives no answer")
    return DEFECT


def _say(text: str) -> None:
    click.echo(text, err=True)
