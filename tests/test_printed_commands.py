"""The commands that are printed about a record work as they stand, once what it keeps out is filled in."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import whytune
from whytune.cli import DONE, UNVERIFIED, cli
from whytune.engine.words.catalogue import LANGUAGES, phrase
from whytune.prose.python_calls import arguments

from .ledgers import RULEBOOK, opened_up, recorded

VALUES = {"trusted": "no", "debt": "3"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger of one record that keeps out two values, below a folder whose name means something to a shell."""
    folder = tmp_path / "a&b"
    folder.mkdir()
    case = whytune.load(RULEBOOK).case(member=True, days="7.5", trusted=False, debt=3)
    whytune.Ledger(folder / "advice.ledger").record(case)
    return folder / "advice.ledger"


def run(path: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, [*words, "--ledger", str(path)])


def printed(text: str) -> list[list[str]]:
    """The words of each command in a text in which only the values of kept out facts are missing."""
    filled = re.sub(r"(\w+)=…", lambda fact: f"{fact[1]}={VALUES[fact[1]]}", " ".join(text.split()))
    commands = re.findall(r"whytune (?:why-not|audit replay) .*? --ledger \S+", filled)
    return [shlex.split(command)[1:] for command in commands]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_commands_about_a_record_that_keeps_values_out_can_be_typed(path: Path, language: str) -> None:
    shown = run(path, "audit", "show", "1", "--language", language).stdout
    proved = run(path, "audit", "verify", "--record", "1", "--language", language).stdout
    asking, replaying = printed(shown), printed(proved)
    assert [words[0] for words in (*asking, *replaying)] == ["why-not", "audit"]
    for words in (*asking, *replaying):
        assert CliRunner().invoke(cli, words).exit_code == DONE


def test_python_is_told_the_calls(path: Path) -> None:
    ledger = whytune.Ledger(path)
    kept = ledger.find(1)
    named = f'"{kept.identity}", debt=…, trusted=…'
    assert f'`.case({named}).why_not("lend")`' in kept.write(width=1000)
    assert f"`.replay({named})`" in ledger.proof(1).write(width=1000)
    assert arguments("1-ab", ["trusted", "needs.quick"]) == '"1-ab", trusted=…, **{"needs.quick": …}'


def test_what_is_told_of_a_damaged_ledger_stands_below_what_is_wrong(path: Path) -> None:
    recorded(path.with_name("other.ledger"), 3)
    other = path.with_name("other.ledger")
    with opened_up(other) as file:
        file.execute("UPDATE records SET body = replace(body, 'Ada', 'Eve') WHERE seq = 2")
    result = run(other, "audit", "stats")
    lines = result.stdout.splitlines()
    assert (result.exit_code, lines[0].startswith(phrase("fault_at", "en", seq="2"))) == (UNVERIFIED, True)
    assert phrase("records_counted", "en", count="1") in lines[2:]
    assert "\n\n\n" not in result.stdout


def test_a_report_ends_its_last_line(path: Path) -> None:
    assert run(path, "audit", "report", "1").stdout.endswith("</html>\n")
