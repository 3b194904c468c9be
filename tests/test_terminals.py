"""What reaches a terminal, standard output, and those who read paths: no escapes, no file called `-`, no crash."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from whytune.diagrams.links import Links
from whytune.engine import Span
from whytune.prose import terminal

ROOT = Path(__file__).parent.parent
WHYTUNE = (sys.executable, "-m", "whytune.cli")
ASKED = ("advise", "--set", "prompt_enough=yes")


def ran(*words: str, folder: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    """The command, in another folder, with nothing of the reader's own settings."""
    done = subprocess.run([*WHYTUNE, *words], cwd=folder, capture_output=True, timeout=120, check=False)
    assert b"Traceback" not in done.stderr
    assert b"in error" not in done.stderr
    return done


def on_a_terminal(*words: str, **environment: str) -> bytes:
    """What a command writes to a terminal."""
    ours, theirs = pty.openpty()
    own = {name: value for name, value in os.environ.items() if name not in ("TERM", "NO_COLOR")}
    with subprocess.Popen([*WHYTUNE, *words], stdin=theirs, stdout=theirs, stderr=theirs, env=own | environment) as run:
        os.close(theirs)
        written = b""
        try:
            while part := os.read(ours, 65_536):
                written += part
        except OSError:  # the last one to hold the terminal has left
            pass
        os.close(ours)
    assert run.returncode == 0
    return written


@pytest.mark.parametrize(
    ("environment", "escapes"),
    [
        ({"TERM": "xterm"}, True),
        pytest.param({"TERM": "dumb"}, False, marks=pytest.mark.slow),
        pytest.param({"TERM": ""}, False, marks=pytest.mark.slow),
        pytest.param({}, False, marks=pytest.mark.slow),
        pytest.param({"TERM": "xterm", "NO_COLOR": "1"}, False, marks=pytest.mark.slow),
    ],
)
def test_only_a_terminal_that_takes_escapes_gets_them(environment: dict[str, str], escapes: bool) -> None:
    assert (b"\x1b" in on_a_terminal(*ASKED, **environment)) is escapes
    checked = on_a_terminal("check", "tests/checks/undecided.yaml", "--fail-on", "error", **environment)
    assert b"\x1b" not in checked or escapes


@pytest.mark.parametrize(
    ("words", "language", "said"),
    [
        (("graph", "-o", "way.txt"), "en", "Written to way.txt"),
        pytest.param(
            ("sql", "--dialect", "sqlite", "--table", "tasks", "-o", "advice.sql"),
            "zh",
            "已写入 advice.sql",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_where_a_file_was_written_is_said_at_a_terminal_alone(
    words: tuple[str, ...], language: str, said: str, tmp_path: Path
) -> None:
    file = str(tmp_path / words[-1])
    shown = on_a_terminal(*words[:-1], file, "--language", language, TERM="dumb").decode()
    assert said.replace(words[-1], file) in shown.replace("\r\n", "\n")
    assert ran(*words[:-1], file, "--language", language).stderr == b""


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [("graph", "-o"), ("graph", "-f", "dot", "-o"), ("graph", "-f", "svg", "-o"), ("graph", "-f", "png", "-o")],
    ids=lambda words: words[-2],
)
def test_a_dash_is_standard_output_and_never_a_file(words: tuple[str, ...], tmp_path: Path) -> None:
    written = ran(*words, "-", folder=tmp_path)
    assert (written.returncode, written.stdout) == (0, ran(*words[:-1]).stdout)
    assert written.stdout
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize(
    "picture", [(*ASKED, "--graph"), ("diff", "guide", "guide", "--graph")], ids=lambda words: words[0]
)
def test_a_picture_beside_an_answer_never_makes_a_file_called_dash(picture: tuple[str, ...], tmp_path: Path) -> None:
    ran(*picture, "-", folder=tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.fixture
def strange(tmp_path: Path) -> str:
    """A rulebook with a finding, in a file whose name is not UTF-8."""
    path = tmp_path / os.fsdecode(b"x\xffy.yaml")
    try:
        path.write_bytes((ROOT / "tests" / "checks" / "undecided.yaml").read_bytes())
    except OSError:
        pytest.skip("the file system takes no such name")
    return str(path)


@pytest.mark.slow
@pytest.mark.parametrize("format_", ["text", "json", "sarif", "junit", "github"])
def test_findings_of_a_file_whose_name_is_not_utf8_are_told_in_every_format(format_: str, strange: str) -> None:
    told = ran("check", strange, "--format", format_).stdout.decode()
    assert ("x%FFy.yaml" if format_ == "sarif" else "x\\udcffy.yaml") in told
    if format_ in ("json", "sarif"):
        json.loads(told)


@pytest.mark.slow
@pytest.mark.parametrize("format_", ["svg", "png", "pdf", "dot", "mermaid", "json", "text"])
def test_a_rulebook_whose_name_is_not_utf8_is_drawn_in_every_format(format_: str, strange: str) -> None:
    drawn = ran("graph", "-r", strange, "-f", format_)
    assert drawn.returncode == 0
    assert (b"x%FFy.yaml#L" in drawn.stdout) is (format_ in ("svg", "dot", "json"))


def test_links_hold_the_bytes_of_a_path() -> None:
    places: dict[tuple[str, ...], Span] = {("rule", "r"): Span(os.fsdecode(b"\xff/\xc3\xbc.yaml"), 3)}
    assert Links(places)(("rule", "r")) == "%FF/%C3%BC.yaml#L3"


def test_a_table_is_text_in_a_notebook_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where rich finds itself in a notebook, it shows what it prints by itself, and the text would be empty."""
    monkeypatch.setattr("rich.console._is_jupyter", lambda: True)
    assert "one" in terminal.grid(["one", "two"], [["three", "four"]], 80)
