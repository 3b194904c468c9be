"""What the front pages and the manual show is what happens: their commands run, their links lead somewhere."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from . import pages, transcript
from .pages import ROOT
from .stage import ONE_DAY

CLOCK = f"""#!{sys.executable}
from datetime import datetime
import time_machine
from whytune.cli import main
with time_machine.travel(datetime.fromisoformat("{ONE_DAY.isoformat()}")):
    main()
"""
"""`whytune` on a day that is always the same."""

INSTALLERS = {"make", "pip", "pipx", "uv"}
"""Programs that change the machine: tests of the setting up and of the packages run them."""


VERIFIER = "import hashlib, json, sys"
"""How the program begins that verifies an export; `test_audit` runs it."""


def with_blocks(language: str) -> list[Path]:
    return [page for page in pages.PAGES if pages.blocks(page, language)]


def by_reader(some: list[Path]) -> list[Any]:
    """Pages as parameters of a test: those that are read first for every run, the others for a slow one."""
    first = {*pages.FRONT, ROOT / "docs" / "start.md", ROOT / "docs" / "python.md"}
    return [pytest.param(page, id=pages.name(page), marks=[] if page in first else [pytest.mark.slow]) for page in some]


def sessions(page: Path) -> list[str]:
    """The blocks of Python on a page: all are typed at a prompt, but for one program."""
    return [block for block in pages.blocks(page, "python") if not block.startswith(VERIFIER)]


@pytest.mark.parametrize("page", by_reader(with_blocks("console")))
def test_a_page_shows_what_commands_print(page: Path) -> None:
    exchanges = [exchange for block in pages.blocks(page, "console") for exchange in transcript.read(block)]
    assert exchanges
    with TemporaryDirectory() as scratch:
        for exchange in exchanges:
            command = exchange.command.replace("advice.ledger", "SCRATCH/advice.ledger")
            output = transcript.run(command, scratch)
            assert transcript.matches(exchange.output, output), f"{exchange.command}\n{output}"


@pytest.mark.slow
@pytest.mark.parametrize("page", with_blocks("sh"), ids=pages.name)
def test_the_scripts_of_a_page_run_one_after_the_other(page: Path, tmp_path: Path) -> None:
    scripts = [block for block in pages.blocks(page, "sh") if not programs(block) & INSTALLERS]
    if any("openssl" in programs(script) for script in scripts) and not shutil.which("openssl"):
        pytest.skip("no openssl here")
    for folder in ("rules", "tests"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "whytune").write_text(CLOCK)
    (tmp_path / "bin" / "whytune").chmod(0o755)
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("WHYTUNE", "GIT_"))}
    environment = {**kept, "HOME": str(tmp_path), "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    for script in scripts:
        done = subprocess.run(
            ["bash", "-e", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{script}{done.stdout}{done.stderr}"


def programs(script: str) -> set[str]:
    """The programs that a script calls, one at the beginning of a line."""
    return {line.split()[0] for line in re.sub(r"'[^']*'", "''", script).splitlines() if line}


def test_the_manual_calls_programs_that_a_test_runs() -> None:
    called = {program for page in pages.PAGES for block in pages.blocks(page, "sh") for program in programs(block)}
    assert called - INSTALLERS == {"openssl", "printf", "python3", "whytune"}


@pytest.mark.parametrize("page", by_reader([page for page in (*pages.FRONT, *pages.WRITTEN) if sessions(page)]))
def test_what_a_page_types_into_python_answers_so(page: Path) -> None:
    lines = "\n".join(sessions(page))
    session = doctest.DocTestParser().get_doctest(lines, {}, pages.name(page), None, None)
    assert session.examples
    assert all(block.startswith(">>> ") for block in sessions(page))
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(session).failed == 0


def test_the_targets_of_make_and_the_files_that_pages_name_are_there() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in pages.PAGES:
        text = page.read_text(encoding="utf-8")
        called = re.findall(r"^make ([\w-]+)", text, re.MULTILINE) + re.findall(r"`make ([\w-]+)", text)
        assert not set(called) - targets, page
        files = re.findall(r"`((?:engine|prose|diagrams|cli|api|tests|rules)/[\w./-]+)`", text)
        assert not [file for file in files if "my" not in re.split(r"[/_-]", file) and not (ROOT / file).exists()], page


def test_a_command_takes_the_options_with_which_a_page_shows_it() -> None:
    shown = [(pages.name(page), words) for page in pages.PAGES for words in pages.commands(page)]
    assert len({words[1] for _, words in shown}) > 15
    wrong = [(page, shlex.join(words), word) for page, words in shown for word in pages.strange(words)]
    assert not wrong


def test_the_links_of_each_page_lead_somewhere() -> None:
    for page, target in [(path, target) for path in pages.PAGES for target in pages.links(path)]:
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.is_file(), (page, target)  # folders are not on the site
        assert ROOT in there.parents, (page, target)
        assert not anchor or anchor in pages.anchors(there), (page, target)


@pytest.mark.parametrize("page", pages.FRONT, ids=pages.name)
def test_a_front_page_is_short_and_leads_to_the_whole_manual(page: Path) -> None:
    assert len(page.read_text(encoding="utf-8").splitlines()) <= 120
    assert not set(pages.MANUAL) - pages.reached(page)


def test_the_front_pages_say_the_same() -> None:
    english, chinese = pages.FRONT
    apart = {"diagrams/gallery/framework_en.svg", "diagrams/gallery/framework_zh.svg", "README.md", "README.zh.md"}
    assert set(pages.links(english)) - apart == set(pages.links(chinese)) - apart
    assert pages.blocks(english, "python") == pages.blocks(chinese, "python")
    shells = [[re.sub(" +#.*", "", block) for block in pages.blocks(page, "sh")] for page in pages.FRONT]
    assert shells[0] == shells[1]
