"""What each command prints, word for word; `pytest --record` writes it anew, to be read in review."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from whytune.cli import COMMANDS, cli

from . import transcript

FILES = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))
README = transcript.ROOT / "README.md"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_transcript(path: Path, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--record"):
        path.write_text(transcript.recorded(path.read_text()))
    exchanges = transcript.read(path.read_text())
    assert exchanges
    for exchange in exchanges:
        assert transcript.run(exchange.command) == exchange.output


def test_the_readme_shows_what_commands_print() -> None:
    blocks = re.findall(r"```console\n(.*?)```", README.read_text(), re.DOTALL)
    exchanges = [exchange for block in blocks for exchange in transcript.read(block)]
    shown = [exchange for exchange in exchanges if exchange.command.startswith("whytune")]
    assert shown
    for exchange in shown:
        assert transcript.matches(exchange.output, transcript.run(exchange.command)), exchange.command


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_and_a_transcript(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert "Example" in (command.help or "")
    assert any(re.search(rf"^\$ (.*\| )?whytune {name}\b", path.read_text(), re.MULTILINE) for path in FILES)
    assert f"whytune {name}" in README.read_text()
