"""A command ends with its own exit code and whole output, whatever happens to its streams and to itself."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import pytest
from click.testing import CliRunner

from whytune.cli import cli, output

from .ledgers import RULEBOOK, opened_up, recorded
from .machine import UNMEASURED

ROOT = Path(__file__).parent.parent
WHYTUNE = (sys.executable, "-m", "whytune.cli")
UNBUFFERED: tuple[dict[str, str], ...] = ({"PYTHONUNBUFFERED": ""}, {"PYTHONUNBUFFERED": "1"})
buffered_or_not = pytest.mark.parametrize(
    "environment", [UNBUFFERED[0], pytest.param(UNBUFFERED[1], marks=pytest.mark.slow)], ids=["buffered", "unbuffered"]
)


def run(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A shell script in which `whytune` stands for "$@"."""
    return subprocess.run(
        ["sh", "-c", script.replace("whytune", '"$@"'), "sh", *WHYTUNE],
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.slow
@buffered_or_not
def test_output_that_does_not_fit_on_the_disk_fails(tmp_path: Path, environment: dict[str, str]) -> None:
    """The limit of a file's size stands for the disk: a write is cut short before one fails.

    Python must not write its own files under it: they would be cut short and fail every later start.
    """
    limited = environment | UNMEASURED | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = run(f"ulimit -f 2; whytune schema > {tmp_path / 'o'}", **limited)
    assert (done.returncode, done.stderr) == (3, "standard output cannot be written: file too large\n")


@buffered_or_not
def test_a_reader_who_has_enough_is_no_mistake(tmp_path: Path, environment: dict[str, str]) -> None:
    done = run(f"{{ whytune schema; echo $? > {tmp_path / 'code'}; }} | head -1", **environment)
    assert (done.stdout, done.stderr, (tmp_path / "code").read_text()) == ("{\n", "", "0\n")


@pytest.mark.slow
def test_what_is_written_as_bytes_is_whole() -> None:
    written = [run("whytune graph --format svg", **environment).stdout for environment in UNBUFFERED]
    assert written[0] == written[1]
    assert written[0].endswith("</svg>")


@buffered_or_not
def test_a_question_is_seen_before_it_is_answered(environment: dict[str, str]) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*WHYTUNE, "ask"], stdin=theirs, stdout=theirs, stderr=theirs, env=os.environ | environment
    ) as asking:
        os.close(theirs)
        seen = b""
        while not seen.endswith(b"> "):
            seen += os.read(ours, 1000)
        os.write(ours, b"quit\n")
        while b"given:" not in seen:
            seen += os.read(ours, 1000)
    os.close(ours)
    assert asking.returncode == 0


UNDECIDED = ROOT / "tests" / "checks" / "undecided.yaml"
ENDS: dict[tuple[str, ...], int] = {
    ("facts",): 0,
    ("check", str(UNDECIDED)): 1,
    ("test", "RULEBOOK"): 1,
    ("schema", "--nothing"): 2,
    ("rules", "nowhere"): 3,
    ("audit", "verify", "--ledger", "LEDGER"): 4,
}
"""Commands, and the exit codes that say how they went."""


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A rulebook of which a case fails, and a ledger of which a record was changed."""
    folder = tmp_path_factory.mktemp("ends")
    rules, ledger = folder / "rules", folder / "advice.ledger"
    (rules / "cases").mkdir(parents=True)
    shutil.copy(RULEBOOK, rules)
    (rules / "cases" / "wrong.yaml").write_text("given: {member: no}\nexpect: {lending: lend}\n")
    recorded(ledger, 1)
    with opened_up(ledger) as connection:
        connection.execute("UPDATE records SET body = replace(body, 'Ada', 'Bob')")
    return {"RULEBOOK": str(rules), "LEDGER": str(ledger)}


def nowhere() -> IO[bytes]:
    """The end of a pipe of which nobody has the other."""
    theirs, ours = os.pipe()
    os.close(theirs)
    return open(ours, "wb")


def full() -> IO[bytes]:
    """A file on a disk that is full."""
    return open("/dev/full", "wb")


WAYS: dict[str, tuple[Callable[[], IO[bytes]] | None, ...]] = {
    "closed": (None, None),
    "no reader": (nowhere, nowhere),
    "full disk": (full, full),
}
"""What standard output, and standard error, may be."""


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("command", ENDS, ids=lambda command: command[0])
def test_a_command_ends_with_its_own_code(command: tuple[str, ...], way: str, places: dict[str, str]) -> None:
    """One that went well cannot say so where its output is lost on a full disk."""
    if way == "full disk" and not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full")
    words = [*WHYTUNE, *(places.get(word, word) for word in command)]
    with ExitStack() as stack:
        output, errors = (stack.enter_context(opened()) if opened else None for opened in WAYS[way])
        closing = [] if output else ["sh", "-c", '"$@" >&- 2>&-', "sh"]
        done = subprocess.run([*closing, *words], stdout=output, stderr=errors, timeout=60, check=False)
    assert done.returncode == (ENDS[command] or (3 if way == "full disk" else 0))


@pytest.mark.slow
def test_an_interview_that_nobody_sees_ends() -> None:
    """Its questions go to a pipe without a reader; standard input would never end."""
    ours, theirs = pty.openpty()
    with nowhere() as lost, os.fdopen(ours), os.fdopen(theirs):
        done = subprocess.run([*WHYTUNE, "ask"], stdin=theirs, stdout=lost, stderr=lost, timeout=60, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize(("lines", "times"), [(10, 2), (2, 1), (2000, 1), (None, 1)])
def test_a_verdict_that_scrolls_off_a_terminal_stands_below_the_text_too(
    lines: int | None, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "height", lambda: lines)
    text = CliRunner().invoke(cli, ["diff", "tests/edits/old", "tests/edits/fact", "--any-version"]).stdout
    verdict = "\n".join(text.splitlines()[:4])
    assert "\nVersion: 1.2.0, but" in verdict
    assert text.count(verdict) == times
    assert text.endswith(f"\n{verdict}\n") is (times == 2)


BREAKS = {
    "raise ValueError('one\\nand two')": "ValueError: one\\nand two",
    "raise MemoryError": "MemoryError",
    "endless = lambda: endless(); globals()['endless'] = endless; endless()": "RecursionError: ",
    "'\\udcff'.encode()": "UnicodeEncodeError: ",
    "raise BrokenPipeError(32, 'Broken pipe')": "BrokenPipeError: ",
    "raise OSError(5, 'Input/output error', 'somewhere')": "OSError: ",
    "from whytune.engine import EngineDisagreement as E; raise E('both')": "EngineDisagreement: both",
    "raise type('PanicException', (BaseException,), {})('a panic')": "PanicException: a panic",
}
"""Ways in which a command may fail unforeseen, and what is told of each."""


def broken(statement: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command, instead of which this statement is run."""
    script = (
        "from whytune import cli\n"
        f"def broken(*_):\n    exec({statement!r}, globals())\n"
        "cli.cli.get_command = broken\ncli.main()\n"
    )
    return subprocess.run(
        [sys.executable, "-c", script, "facts"],
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("statement", "message"),
    [pytest.param(*way, marks=[pytest.mark.slow] if place else []) for place, way in enumerate(BREAKS.items())],
)
def test_a_defect_is_told_in_one_line(statement: str, message: str) -> None:
    done = broken(statement)
    assert (done.returncode, done.stdout) == (70, "")
    assert done.stderr.startswith(f"whytune is in error and gives no answer: {message}")
    assert "please report" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.slow
def test_a_defect_is_told_in_the_language_of_the_reader_and_shows_where_on_request() -> None:
    done = broken("raise ValueError('one')", WHYTUNE_TRACEBACK="1", WHYTUNE_LANGUAGE="zh")
    *traceback, line = done.stderr.splitlines()
    assert done.returncode == 70
    assert traceback[0] == "Traceback (most recent call last):"
    assert line.startswith("whytune 自身出错，不给出结果：ValueError: one；")


def test_an_interruption_is_no_defect() -> None:
    done = broken("raise KeyboardInterrupt")
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "")


@pytest.mark.slow
def test_a_letter_that_is_not_utf8_is_no_answer() -> None:
    done = run("printf 'caf\\351\\n' | whytune ask")
    assert done.returncode == 0
    assert "caf\\xe9" in done.stderr


def test_an_answer_in_any_script_is_understood_in_any_locale() -> None:
    ascii_only = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run("printf '否\\nquit\\n' | whytune ask --language zh", **ascii_only)
    assert (done.returncode, done.stdout) == (0, "given:\n  prompt_enough: no\n")


@pytest.mark.slow
def test_the_words_of_an_option_are_understood_in_any_locale(places: dict[str, str], tmp_path: Path) -> None:
    """Whoever gave the facts, what for and by which proof; what is looked for; and what is set."""
    ascii_only = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "WHYTUNE_BY": "Zoë"}
    rules, ledger = places["RULEBOOK"], str(tmp_path / "advice.ledger")
    kept = run(
        f"whytune advise -r {rules} -s member=no --record {ledger} --purpose '给学生' --evidence member='für 1'",
        **ascii_only,
    )
    assert kept.returncode == 0, kept.stderr
    shown = run(f"whytune audit list --ledger {ledger} --text 'ZOË' --format json", PYTHONUTF8="1")
    (record,) = json.loads(shown.stdout)
    assert (record["by"], record["purpose"]) == ("Zoë", "给学生")
    assert (
        run(f"whytune audit list --ledger {ledger} --text '学生' --format json", **ascii_only).stdout.count('"id"') == 1
    )
    for words in (f"advise -r {rules} -s member=nö", f"test {rules} -k nö", f"advise -r {rules} -s größe=1"):
        done = run(f"whytune {words}", **ascii_only)
        assert "control character" not in done.stderr
        assert "ö" in done.stderr


@pytest.mark.slow
def test_an_option_that_is_not_utf8_is_refused_as_that() -> None:
    done = run("whytune advise --set prompt_enough=\"$(printf 'caf\\351')\"", PYTHONUTF8="1")
    assert (done.returncode, done.stderr.splitlines()[0].endswith("not UTF-8 text")) == (3, True)
