"""What a command writes is whole or not there, and never over what it reads; what it reads is a file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from whytune.cli.outside.files import save
from whytune.engine import WhytuneError, load
from whytune.engine.language import source
from whytune.engine.ledger.export import Export
from whytune.engine.ledger.store import Ledger
from whytune.saving import save_below

from .ledgers import CASES, RULEBOOK, at, drafted, recorded
from .looks import sampled
from .stage import perform as whytune


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger, a pair of keys, a case and a rulebook."""
    folder = tmp_path_factory.mktemp("made")
    recorded(folder / "l")
    assert whytune("audit", "keygen", folder / "k").returncode == 0
    (folder / "case.yaml").write_text("member: yes\ndays: 3\n")
    shutil.copy(RULEBOOK, folder / "rules.yaml")
    (folder / "old.json").write_text("evidence")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """Files like those, and a link to the ledger."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    (tmp_path / "link").symlink_to(tmp_path / "l")
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize(
    "command",
    [
        "audit checkpoint --ledger l --key k.key -o l",
        "audit checkpoint --ledger l --key k.key -o k.key",
        "audit checkpoint --ledger l --key k.key -o old.json",
        "audit report 1 --ledger l -o l",
        "audit report 1 --ledger l -o link",
        "audit report 1 --ledger l -o l-wal",
        "audit export --ledger l -o ./l",
        "audit keygen k",
        "graph -r rules.yaml --ledger l -o l -f svg",
        "graph -r rules.yaml case.yaml -o case.yaml -f svg",
        "graph -r rules.yaml -o rules.yaml -f svg",
        "graph -r rules.yaml -o l -f svg",
    ],
)
def test_nothing_is_written_over_what_is_read_or_is_evidence(folder: Path, command: str) -> None:
    before = contents(folder)
    words = [str(folder / word) if (folder / word).exists() or word == "l-wal" else word for word in command.split()]
    words = [str(folder / "k") if word == "k" else word for word in words]
    done = whytune(*words)
    assert (done.returncode, done.stdout) == (3, ""), done.stderr
    assert "cannot be written" in done.stderr
    assert contents(folder) == before


def failing() -> Iterator[bytes]:
    yield b"half"
    raise OSError(28, "No space left on device")


def test_a_file_that_cannot_be_whole_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("old")
    (tmp_path / "f").chmod(0o640)
    for name, private in (("f", False), ("g", False), ("h", True)):
        with pytest.raises(WhytuneError, match="no space left"):
            save(str(tmp_path / name), failing(), private=private)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"f": "old"}
    save(str(tmp_path / "f"), b"new")
    assert ((tmp_path / "f").read_text(), (tmp_path / "f").stat().st_mode & 0o777) == ("new", 0o640)


def test_a_link_is_replaced_and_a_device_is_written(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "f")
    save(str(tmp_path / "link"), b"new")
    assert ((tmp_path / "f").read_text(), (tmp_path / "link").read_text()) == ("old", "new")
    assert not (tmp_path / "link").is_symlink()
    save("/dev/null", b"new")
    assert not Path("/dev/null").is_file()


def test_all_files_are_written_or_none(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(WhytuneError, match="is a directory"):
        save_below(tmp_path, {str(tmp_path / "new" / "deep" / "a"): "a", str(tmp_path / "there"): "b"})
    assert [path.name for path in tmp_path.iterdir()] == ["there"]
    save_below(tmp_path, {str(tmp_path / "new" / "deep" / "a"): "a", str(tmp_path / "b"): "b"})
    assert (tmp_path / "new" / "deep" / "a").read_text() == "a"


@pytest.mark.parametrize(("found", "before", "code"), [("b", b"a", "rulebook-changed"), ("b", None, "file-exists")])
def test_what_another_process_wrote_meanwhile_is_kept(
    tmp_path: Path, found: str, before: bytes | None, code: str
) -> None:
    file, other = tmp_path / "rules.yaml", tmp_path / "facts.yaml"
    file.write_text(found)
    other.write_text("o")
    texts = {str(tmp_path / "new"): "n", str(other): "O", str(file): "c"}
    with pytest.raises(WhytuneError) as caught:
        save_below(tmp_path, texts, {str(other): b"o", str(file): before})
    assert [problem.code for problem in caught.value.problems] == [code]
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"rules.yaml": found, "facts.yaml": "o"}


def at_once(*commands: tuple[str | Path, ...]) -> list[int]:
    """The exit codes of commands that run together."""
    begin, nowhere = (sys.executable, "-m", "whytune.cli"), subprocess.DEVNULL
    running = [subprocess.Popen([*begin, *map(str, each)], stdout=nowhere, stderr=nowhere) for each in commands]
    return [process.wait(60) for process in running]


@pytest.mark.slow
def test_rules_that_are_added_at_once_are_all_there(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    assert whytune("new", "rulebook", rules).returncode == 0
    names = [f"rule_{number}" for number in range(6)]
    assert at_once(*(("new", "rule", name, "-r", rules) for name in names)) == [0] * 6
    assert {rule.id for rule in load(str(rules)).rules} >= set(names)


@pytest.mark.slow
def test_of_rulebooks_that_are_made_at_once_one_is_made(tmp_path: Path) -> None:
    codes = at_once(*(("new", "rulebook", tmp_path / "rules", "-l", language) for language in ("en", "zh", "fr", "de")))
    assert sorted(codes) == [0, 3, 3, 3]
    assert load(str(tmp_path / "rules")).languages == (("en",), ("zh",), ("fr",), ("de",))[codes.index(0)]


def test_a_link_that_leads_out_of_a_rulebook_is_not_followed(tmp_path: Path) -> None:
    rules, outside = tmp_path / "rules", tmp_path / "outside"
    assert whytune("new", "rulebook", rules).returncode == 0
    outside.mkdir()
    shutil.rmtree(rules / "schema")
    (rules / "schema").symlink_to(outside)
    (rules / "extra.yaml").symlink_to(tmp_path / "nowhere")
    for command in (("schema", "--write", "-r", rules), ("new", "case", "another", "-r", rules)):
        assert whytune(*command).returncode == 3
    (rules / "extra.yaml").unlink()
    before = contents(tmp_path)
    done = whytune("new", "case", "another", "-r", rules)
    assert (done.returncode, "a link leads out" in done.stderr) == (3, True)
    assert (contents(tmp_path), [*outside.iterdir()]) == (before, [])
    (rules / "cases" / "lost.yaml").symlink_to(tmp_path / "nowhere")
    assert "already there" in whytune("new", "case", "lost", "-r", rules).stderr


@pytest.mark.slow
def test_a_pipe_or_device_is_no_file(tmp_path: Path) -> None:
    """Whoever opened one would wait for ever, or write beside it."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/null")):
        for action in (source.read, Export, Ledger.to_read, Ledger.to_append):
            with pytest.raises(WhytuneError, match="not a regular file"):
                action(path)
    assert not Path("/dev/null-journal").exists()
    piped = subprocess.run(
        ["sh", "-c", 'cat | "$0" -m whytune.cli advise /dev/stdin', sys.executable],
        input=b"prompt_enough: yes",
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert piped.returncode == 0, piped.stderr


@pytest.mark.parametrize("device", [None, "/dev/zero", "/dev/null"])
@pytest.mark.parametrize("command", ["check {rules} --confirm-translations", "check {rules}"])
def test_no_confirmation_is_read_from_or_written_to_a_pipe_or_device(
    tmp_path: Path, device: str | None, command: str
) -> None:
    shutil.copy(RULEBOOK, tmp_path / "rules.yaml")
    place = tmp_path / "translations.json"
    place.symlink_to(device) if device else os.mkfifo(place)
    refused = whytune(*command.format(rules=tmp_path).split())
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "translations.json: cannot be read: not a regular file" in refused.stderr


@pytest.mark.parametrize("device", sampled([None, "/dev/zero"], 2))
def test_a_pipe_or_device_in_the_place_of_what_an_auditor_names_is_refused(tmp_path: Path, device: str | None) -> None:
    recorded(tmp_path / "l", 1)
    place = tmp_path / "place"
    place.symlink_to(device) if device else os.mkfifo(place)
    signed = ("--checkpoint", place, "--public-key", place)
    for command in (
        ("audit", "verify", "--ledger", place),
        ("audit", "verify", "--ledger", tmp_path / "l", *signed),
        ("audit", "verify-export", place),
        ("audit", "checkpoint", "--ledger", tmp_path / "l", "--key", place),
        ("audit", "impact", place, "--ledger", tmp_path / "l"),
        ("advise", "--set", "prompt_enough=yes", "--record", place),
    ):
        refused = whytune(*command)
        assert (refused.returncode, refused.stdout) == (3, ""), command
        assert "not a regular file" in refused.stderr, refused.stderr


@pytest.mark.parametrize("size", [1, 50, 99, 100, 511, 513])
def test_a_short_file_is_no_ledger(tmp_path: Path, size: int) -> None:
    (tmp_path / "f").write_bytes(b"a" * size)
    with pytest.raises(WhytuneError, match="not a ledger"):
        Ledger.to_append(tmp_path / "f")
    assert (tmp_path / "f").read_bytes() == b"a" * size


@pytest.mark.parametrize("option", ["--page", "--size"])
def test_a_page_beyond_all_is_misuse(tmp_path: Path, option: str) -> None:
    recorded(tmp_path / "l", 1)
    assert whytune("audit", "list", "--ledger", tmp_path / "l", option, str(10**30)).returncode == 2
    assert whytune("audit", "list", "--ledger", tmp_path / "l", option, str(10**6)).returncode == 0


def test_evidence_for_a_fact_that_nobody_knows_is_shown_by_its_name(tmp_path: Path) -> None:
    with Ledger.to_append(tmp_path / "l") as ledger:
        ledger.append(drafted(CASES[0], evidence={"stranger": "TICKET-7"}), lambda: at(0))
    shown = whytune("audit", "show", "1", "--ledger", tmp_path / "l")
    assert (shown.returncode, "stranger" in shown.stdout) == (0, True)
