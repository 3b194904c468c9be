"""Days and times: whose rules hold, what may not be in the future, and texts that are empty by mistake."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import pytest
from click.testing import CliRunner, Result

from whytune.cli import MAY_BE_EMPTY, Commands, cli
from whytune.days import latest_day

from .looks import tabled
from .reference import commands

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "rules" / "guide"
REVIEWED = ROOT / "tests" / "checks" / "review-overdue.yaml"
LONG_PROMPT = ("--prompt-tokens", "9", "--training", "1")
FACTS = ("-s", "prompt_enough=yes")


def test_the_tests_are_in_the_zone_that_they_were_told() -> None:
    """Or `.ci/days` would be in no other."""
    now = datetime.now(UTC)
    assert now.astimezone().utcoffset() == now.astimezone(ZoneInfo(os.environ.get("PYTEST_ZONE", "UTC"))).utcoffset()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def problem_of(result: Result) -> str:
    """What the command was refused for; it prints no answer."""
    assert result.exception is not None
    assert result.stdout == ""
    return str(result.exception) if result.exit_code == 1 else result.stderr


# --- whose rules hold


def recorded_day(ledger: Path, *more: str) -> str:
    done = run("advise", *FACTS, "--record", str(ledger), "--format", "json", *more)
    assert done.exit_code == 0, done.exception
    record = run("audit", "show", "1", "--ledger", str(ledger), "--format", "json").stdout
    day: str = json.loads(done.stdout)["as_of"]
    assert f'"as_of": "{day}"' in record
    return day


@pytest.mark.parametrize(
    ("more", "day"),
    [
        (("--time", "2026-03-03T09:15:00Z"), "2026-03-03"),
        (("--time", "2026-03-03T23:30:00-05:00"), "2026-03-03"),
        (("--time", "2026-03-03T00:30:00+14:00"), "2026-03-03"),
        (("--time", "2026-03-03T09:15:00Z", "--as-of", "2026-05-01"), "2026-05-01"),
    ],
)
def test_the_rules_of_the_recorded_time_hold_unless_a_day_is_asked_for(
    tmp_path: Path, more: tuple[str, ...], day: str
) -> None:
    assert recorded_day(tmp_path / "a.ledger", *more) == day


def test_a_case_that_names_its_day_keeps_it(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("as_of: 2026-04-01\ngiven: {prompt_enough: yes}\n")
    assert recorded_day(tmp_path / "a.ledger", "--time", "2026-03-03T09:15:00Z", str(case)) == "2026-04-01"


@pytest.mark.parametrize("time", ["2026-03-03T09:15", "2026-03-03T09:15:00", "2026-03-03", "20260303T0915"])
@pytest.mark.parametrize("command", ["advise", "ask"])
def test_a_time_without_a_zone_is_refused(command: str, time: str, tmp_path: Path) -> None:
    done = run(command, *FACTS, "--record", str(tmp_path / "a.ledger"), "--time", time)
    assert "does not name a time zone\n  hint: add Z for UTC" in problem_of(done)
    assert not (tmp_path / "a.ledger").exists()


# --- days to come


def with_a_day_to_come(folder: Path, file: str, old: str, new: str) -> Path:
    shutil.copytree(GUIDE, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize("day", ["2062-11-25", "9999-12-31"])
@pytest.mark.parametrize("command", ["check", "test", "advise", "why", "next", "graph", "flip"])
def test_no_rule_was_reviewed_in_days_to_come(command: str, day: str, tmp_path: Path) -> None:
    book = tmp_path / "rulebook.yaml"
    book.write_text(REVIEWED.read_text(encoding="utf-8").replace("2026-03-31", day), encoding="utf-8")
    named = ["-r", str(book)] if command not in ("check", "test") else [str(book)]
    assert f"{day} is in the future" in problem_of(run(command, *named))


@pytest.mark.parametrize(
    "command",
    [
        ("tune", "--examples", "10", "--tokens", "10"),
        ("serve", "--calls", "10", "--output-tokens", "10", "--prompt-tokens", "10"),
        ("break-even", "--calls", "9", "--output-tokens", "9", "--tuned-prompt-tokens", "1", *LONG_PROMPT),
        ("gpu", "--method", "lora", "--parameters", "8B", "--examples", "10", "--tokens", "10"),
    ],
    ids=lambda command: command[0],
)
def test_no_price_was_checked_in_days_to_come(command: tuple[str, ...], tmp_path: Path) -> None:
    folder = with_a_day_to_come(tmp_path / "p", "prices.yaml", "checked_on: 2026", "checked_on: 2062")
    done = run("cost", *command, "--model", "gpt-4o-mini", "--prices", str(folder), "--as-of", "2026-11-22")
    assert "is in the future" in problem_of(done)
    assert "prices.yaml:" in problem_of(done)


def test_a_day_asked_about_in_the_past_makes_no_review_one_to_come() -> None:
    assert run("check", str(REVIEWED), "--as-of", "2025-01-01").exit_code in (0, 1)
    assert run("cost", "tune", "--model", "gpt-4o", "--examples", "9", "--tokens", "9", "--as-of", "2024-10-01").stdout


def test_today_is_where_the_earths_first_clocks_are_or_the_day_asked_about() -> None:
    assert latest_day(date(2106, 2, 7)) == date(2106, 2, 7)
    assert latest_day(date.min) - date.today() <= timedelta(days=2)
    assert latest_day(date.min) >= date.today()


# --- old prices

TUNE = ("cost", "tune", "--examples", "10", "--tokens", "10")
SERVE = ("cost", "serve", "--calls", "10", "--output-tokens", "10", "--prompt-tokens", "10")
EVEN = ("cost", "break-even", "--calls", "9", "--output-tokens", "9", "--tuned-prompt-tokens", "1", *LONG_PROMPT)
RENT = ("cost", "gpu", "--method", "lora", "--parameters", "8B", "--examples", "10", "--tokens", "10")
TRAFFIC = ("-s", "prompt_tokens=100", "-s", "calls_per_month=100", "-s", "output_tokens=10")
ESTIMATES = {"tune": TUNE, "serve": SERVE, "break-even": EVEN, "gpu": RENT, "advise": ("advise", *FACTS, *TRAFFIC)}


def guide_checked_on(folder: Path, day: str) -> Path:
    """The guide, all of its prices checked on one day."""
    shutil.copytree(GUIDE, folder)
    prices = folder / "prices.yaml"
    text = prices.read_text(encoding="utf-8")
    prices.write_text(re.sub("checked_on: [0-9-]+", f"checked_on: {day}", text), encoding="utf-8")
    return folder


AGES = [
    ("2026-08-05", "2026-08-05", False),
    ("2026-08-05", "2027-08-05", False),
    ("2026-08-05", "2027-08-06", True),
    ("2026-08-05", "2106-02-08", True),
    ("2028-02-29", "2029-02-28", False),
    ("2028-02-29", "2029-03-01", True),
    ("2024-12-01", "2024-11-01", False),
]
"""When prices were checked, a day on which they are asked for, and whether they are old by then."""
AT_ONCE = {("tune", age) for age in AGES} | {("advise", age) for age in AGES[1:3]}
"""What a quick run asks: on every day in one way, and in another on the two days between which prices become old."""


@pytest.mark.parametrize(
    ("name", "checked", "day", "is_old"),
    [
        pytest.param(name, *age, marks=[] if (name, age) in AT_ONCE else [pytest.mark.slow])
        for name, age in product(ESTIMATES, AGES)
    ],
)
def test_prices_checked_more_than_a_year_ago_are_told_as_old_at_once(
    name: str, checked: str, day: str, is_old: bool, tmp_path: Path
) -> None:
    more = ("--costs",) if name == "advise" else ()
    asked = (*ESTIMATES[name], *more, "--model", "gpt-4o-mini", "--as-of", day)
    asked = (*asked, "--prices", str(guide_checked_on(tmp_path / "p", checked)))
    done = run(*asked)
    assert done.exit_code == 0, done.exception
    estimate = done.stdout.partition("What it would cost")[2] if name == "advise" else done.stdout
    assert (f"Old prices: checked on {checked}" in "\n".join(estimate.splitlines()[:3])) == is_old
    data = json.loads(run(*asked, "--format", "json").stdout)
    data = data["costs"] if name == "advise" else data
    assert data["checked_long_ago"] == (checked if is_old else None)


# --- waiting


@pytest.mark.parametrize(
    "day", [*(pytest.param(day, marks=pytest.mark.slow) for day in ("2028-02-29", "2038-02-01")), "2106-02-08"]
)
@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("test",),
        ("advise", *FACTS),
        ("rules",),
        ("graph",),
        ("diff", "guide", "guide"),
        TUNE,
        SERVE,
        EVEN,
        RENT,
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_nothing_shipped_turns_into_an_error_by_waiting(command: tuple[str, ...], day: str) -> None:
    model = ("--model", "gpt-4o-mini") if command[0] == "cost" else ()
    done = run(*command, *model, "--as-of", day)
    assert done.exit_code == 0, done.exception
    assert done.stdout


# --- a clock that was never set


@pytest.mark.skipif(shutil.which("faketime") is None, reason="faketime is not installed")
@pytest.mark.parametrize(
    "clock",
    [
        "@1970-01-01 00:00:59",
        *(pytest.param(clock, marks=pytest.mark.slow) for clock in ("@1970-01-01 00:00:05", "@1969-03-01 12:00:00")),
    ],
)
def test_at_a_clock_that_was_never_set_durable_rules_is_not_asked(clock: str) -> None:
    command = ["faketime", "-f", clock, sys.executable, "-m", "whytune.cli", "advise", *FACTS]
    of_another = ("LD_PRELOAD", "FAKETIME")  # where the tests themselves run at another time
    environment = {name: value for name, value in os.environ.items() if not name.startswith(of_another)}
    done = subprocess.run(command, capture_output=True, text=True, env={**environment, "TZ": "UTC"}, check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("the clock of this machine says that it is 19")


# --- empty texts


def texts() -> list[tuple[tuple[str, ...], click.Parameter]]:
    """Every option and argument that takes a text, with the command."""
    assert isinstance(cli, Commands)
    return [
        (path, parameter)
        for path, command in commands(cli)
        for parameter in command.params
        if not getattr(parameter, "is_flag", False) and parameter.name not in MAY_BE_EMPTY
    ]


def test_no_command_takes_an_empty_text_for_none() -> None:
    assert len(texts()) > 100
    taken = []
    for (path, parameter), text in product(texts(), ("", " ")):
        given = [parameter.opts[0], text] if isinstance(parameter, click.Option) else [text]
        done = run(*path, *given)
        if done.exit_code == 0 or done.stdout:
            taken.append((*path, parameter.name, text))
    assert taken == []


@tabled("command", ["advise", "why", "flip", "next", "ask", "graph", "what-if", "reason"])
def test_a_fact_without_a_value_is_refused_and_not_left_out(command: str) -> None:
    for setting in ("examples=", "examples= ", "need=", "nonsense="):
        done = run(command, "-s", setting)
        assert "is given no value\n  hint: leave the option out" in problem_of(done), setting


def test_an_empty_variable_of_the_environment_is_one_that_is_not_set() -> None:
    done = CliRunner(env={"WHYTUNE_LEDGER": "", "WHYTUNE_BY": ""}).invoke(cli, ("advise", *FACTS))
    assert done.exit_code == 0
