"""What each command prints, word for word; `pytest --record` writes it anew, to be read in review."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from whytune.cli import COMMANDS, cli
from whytune.cli.commands.audit import COMMANDS as AUDITS
from whytune.cli.commands.audit import audit
from whytune.cli.commands.cost import COMMANDS as COSTS
from whytune.cli.commands.cost import cost

from . import pages, transcript
from .looks import tabled
from .stage import ROOT, perform

FILES = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))
LATER = {"practice", "practice_exported", "mistakes_in_chinese", "audit_mistakes", "compare", "costs", "editing"}
LATER |= {"exchange", "graph", "rulebook", "sheets", "test"}
"""What a slow run alone makes sure of: what takes long, what is told in the other language, and commands of which other
tests of every run look at what they print."""
MANUAL = "\n".join(page.read_text() for page in pages.WRITTEN)


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=path.stem, marks=[pytest.mark.slow] if path.stem in LATER else []) for path in FILES]
)
def test_transcript(path: Path, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--record"):
        path.write_text(transcript.recorded(path.read_text()))
    exchanges = transcript.read(path.read_text())
    assert exchanges
    assert "Traceback" not in path.read_text()
    for exchange, output in transcript.played(exchanges):
        assert output == exchange.output, exchange.command


@tabled("name", COMMANDS)
def test_every_command_has_an_example_and_a_transcript(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert "Example" in (command.help or "")
    assert any(re.search(rf"^\$ (.*\| )?whytune {name}\b", path.read_text(), re.MULTILINE) for path in FILES)
    assert f"whytune {name}" in MANUAL


@tabled("name", COSTS)
def test_every_cost_command_has_an_example_a_transcript_and_a_place_in_the_manual(name: str) -> None:
    command = cost.get_command(click.Context(cost), name)
    assert command is not None
    assert "Example" in (command.help or "")
    assert any(f"$ whytune cost {name}" in path.read_text() for path in FILES)
    assert f"whytune cost {name}" in MANUAL


@tabled("name", AUDITS)
def test_every_command_of_an_auditor_has_an_example_and_a_transcript_too(name: str) -> None:
    command = audit.get_command(click.Context(audit), name)
    assert command is not None
    assert "Example" in (command.help or "")
    assert any(f"\n$ whytune audit {name} " in path.read_text() for path in FILES)
    assert f"`{name}" in MANUAL


def groups_below(command: click.Command, path: str = "whytune") -> Iterator[tuple[str, click.Group]]:
    """A group of commands and those below it, each with what is typed to reach it."""
    if isinstance(command, click.Group):
        yield path, command
        for name in command.list_commands(click.Context(command)):
            inner = command.get_command(click.Context(command), name)
            assert inner is not None
            yield from groups_below(inner, f"{path} {name}")


CASE = "rules/guide/cases/clinic_terms_100_examples.yaml"
DRAWN = ("graph", "-f", "svg")


def slow(*commands: tuple[str, ...]) -> list[Any]:
    """Commands that a slow run alone makes sure of."""
    return [pytest.param(command, marks=pytest.mark.slow) for command in commands]


def run(redirection: str, *arguments: str) -> tuple[int, str]:
    """The exit code of a command whose streams a shell redirects so, and what it says on standard error.

    No library is loaded before it: that by which `faketime` sets a clock opens a file in the place of a closed stream.
    """
    shell = ["env", "-u", "LD_PRELOAD", "sh", "-c", f'exec "$@" {redirection}', "sh"]
    done = subprocess.run(
        [*shell, sys.executable, "-m", "whytune.cli", *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stderr.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.parametrize("arguments", [("advise", CASE), *slow(("rules", "--format", "json"), DRAWN, ("--help",))])
def test_an_output_that_cannot_be_written_is_a_problem(arguments: tuple[str, ...]) -> None:
    assert run(">/dev/full", *arguments) == (3, "standard output cannot be written: no space left on device\n")
    assert run("2>/dev/full", "advise", "nowhere.yaml") == (3, "")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_an_output_that_cannot_be_written_is_told_of_in_the_language_asked_for() -> None:
    assert run(">/dev/full", "advise", CASE, "-l", "zh") == (3, "无法写入标准输出：no space left on device\n")


@pytest.mark.slow
def test_a_closed_stream_holds_nothing_and_takes_everything() -> None:
    assert run(">&-", "advise", CASE) == (0, "")
    assert run(">&-", "graph", "-f", "svg") == (0, "")
    assert run("<&-", "advise", "-") == (3, "stdin: the file says nothing\n")
    assert run("2>&-", "advise", "nowhere.yaml") == (3, "")


@pytest.mark.parametrize("arguments", [("advise", CASE), *slow(DRAWN, ("--help",))])
def test_a_reader_who_has_gone_is_no_problem(arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "whytune.cli", *arguments],
        cwd=ROOT,
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_path_is_shown_on_one_line_and_in_letters_that_can_be_seen() -> None:
    done = perform("advise", "a\nb\x1b[31m.yaml")
    message, hint = done.stderr.splitlines()
    assert (done.returncode, message) == (3, "a\\nb\\x1b[31m.yaml: no such file")
    assert (hint + message).isprintable()


def test_a_rulebook_that_decides_nothing_cannot_be_asked_why(tmp_path: Path) -> None:
    (tmp_path / "none.yaml").write_text(
        "rulebook: {name: x, version: 1.0.0, title: {en: X}, languages: [en]}\n"
        "facts: [{fact: a, ask: {en: A?}, label: {en: A}, kind: yes_no}]\n"
    )
    why, advise = (perform(command, "-r", tmp_path / "none.yaml") for command in ("why", "advise"))
    assert (why.returncode, why.stderr) == (3, "the rulebook makes no decision\n")
    assert (advise.returncode, advise.stderr) == (0, "")


@tabled(("path", "group"), [*groups_below(cli)])
def test_the_help_tells_what_each_command_does_in_a_whole_sentence(path: str, group: click.Group) -> None:
    run = CliRunner().invoke(cli, [*path.split()[1:], "--help"], terminal_width=80)
    shown = "".join(run.output.split())
    assert group.list_commands(click.Context(group))
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command
        sentence, _, _ = cleandoc(command.help or "").partition("\n\n")[0].partition(". ")
        assert name + "".join(sentence.split()).removesuffix(".") in shown


PROGRAMS = frozenset(
    {"schema", "graph", "export", "keygen", "checkpoint", "report", "new", "serve", "mcp", "bulk", "sql", "import"}
)
"""Commands that make a file or a table for a program, or a picture, and answer nobody."""


@pytest.mark.parametrize("group", [cli, audit, cost], ids=lambda group: group.name)
def test_every_command_that_answers_people_writes_text_a_page_markdown_and_json(group: click.Group) -> None:
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command
        if isinstance(command, click.Group) or name in PROGRAMS:
            continue
        kinds = [option.type for option in command.params if "--format" in option.opts]
        formats = [{*kind.choices} for kind in kinds if isinstance(kind, click.Choice)]
        assert [{"text", "html", "markdown", "json"} <= names for names in formats] == [True], name
