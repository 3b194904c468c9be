"""Every case and every file of a rulebook is read, or refused by name; none is left out."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from whytune.cli import cli
from whytune.engine import WhytuneError
from whytune.engine.language.folders import file_at, files_in
from whytune.engine.language.loading import COMPARISON, PRICES
from whytune.engine.language.loading.sheet import standing_beside

LOANS = Path(__file__).parent / "data" / "loans.yaml"
RIGHT = "given: {member: no}\nexpect: {lending: refuse}\n"
WRONG = "given: {member: no}\nexpect: {lending: lend}\n"
NOBODY = 65534


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A rulebook with one case, which passes, in the folder we are in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules" / "cases").mkdir(parents=True)
    shutil.copy(LOANS, "rules/rulebook.yaml")
    Path("rules/cases/right.yaml").write_text(RIGHT)
    return Path("rules")


def called(*words: str) -> Result:
    return CliRunner().invoke(cli, words, standalone_mode=True, catch_exceptions=True)


def refusal(action: Callable[[], object]) -> list[str]:
    with pytest.raises(WhytuneError) as caught:
        action()
    assert {problem.code for problem in caught.value.problems} == {"unreadable-file"}
    return [str(problem) for problem in caught.value.problems]


def tried(rules: Path) -> tuple[int, str]:
    """The exit code of the tests, and the last line that they print."""
    done = called("test", str(rules), "--as-of", "2026-11-22")
    if isinstance(done.exception, WhytuneError):
        return 3, str(done.exception)
    return done.exit_code, done.output.splitlines()[-1]


def linked_file(cases: Path) -> None:
    (cases.parent / "elsewhere.txt").write_text(WRONG)
    (cases / "link.yaml").symlink_to("../elsewhere.txt")


def linked_folder(cases: Path) -> None:
    (cases.parent / "elsewhere").mkdir()
    (cases.parent / "elsewhere" / "wrong.yaml").write_text(WRONG)
    (cases / "later").symlink_to("../elsewhere")


def linked_cases(cases: Path) -> None:
    (cases / "wrong.yaml").write_text(WRONG)
    cases.rename(cases.parent / "elsewhere")
    cases.symlink_to("elsewhere")


def named(name: str) -> Callable[[Path], None]:
    def write(cases: Path) -> None:
        (cases / name).parent.mkdir(parents=True, exist_ok=True)
        (cases / name).write_text(WRONG)

    return write


NAMES = ("x.YAML", "x.Yml", "x.JSON", "a/b/c.yml", "v1.0/x.yaml", "x.yaml/y.yaml", "a.b.yaml")
LINKED = (linked_file, linked_folder, linked_cases)
NAMED = tuple(map(named, NAMES))


@pytest.mark.parametrize("hide", [*LINKED, *NAMED])
def test_a_case_is_read_wherever_it_stands(hide: Callable[[Path], None], rules: Path) -> None:
    hide(rules / "cases")
    assert tried(rules) == (1, "1 failed, 1 passed")


@pytest.mark.parametrize("name", [".hidden.yaml", ".hidden/x.yaml", "notes.md", "x.yaml.bak", "yaml"])
def test_what_is_no_case_is_left_out(name: str, rules: Path) -> None:
    named(name)(rules / "cases")
    assert tried(rules) == (0, "1 passed")


@pytest.mark.parametrize(
    ("name", "target"), [("later", "nowhere"), ("later", "later"), ("x.yaml", "nowhere"), ("x.yaml", "x.yaml")]
)
def test_a_link_that_leads_nowhere_is_refused(name: str, target: str, rules: Path) -> None:
    """Also one that leads to itself."""
    (rules / "cases" / name).symlink_to(target)
    code, message = tried(rules)
    assert (code, message.partition(":")[0]) == (3, f"rules/cases/{name}")


@pytest.mark.parametrize("target", ["nowhere", "cases"])
def test_a_folder_of_cases_that_leads_nowhere_is_refused(target: str, rules: Path) -> None:
    shutil.rmtree(rules / "cases")
    (rules / "cases").symlink_to(target)
    for command in ("test", "check"):
        done = called(command, str(rules))
        assert [problem.code for problem in done.exception.problems] == ["unreadable-file"]  # type: ignore[union-attr]


def test_a_folder_is_read_once_by_whatever_ways_it_is_reached(rules: Path) -> None:
    """Two links in each of thirty folders to the next would be a thousand million ways; one leads back up, too."""
    last = rules / "cases"
    for depth in range(30):
        (rules / f"deep{depth}").mkdir()
        for name in ("a", "b"):
            (last / name).symlink_to(f"../deep{depth}")
        last = rules / f"deep{depth}"
    (last / "up").symlink_to("../cases")
    (last / "wrong.yaml").write_text(WRONG)
    assert tried(rules) == (1, "1 failed, 1 passed")


def refusing(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    """From here on the system will not list this folder."""
    listing: Callable[..., Any] = os.scandir

    def scandir(path: Any = ".") -> Any:
        if Path(os.fspath(path)).name == folder:
            raise PermissionError(13, "Permission denied", path)
        return listing(path)

    monkeypatch.setattr(os, "scandir", scandir)


COMMANDS = (
    ("test", "rules"),
    ("check", "rules"),
    ("diff", "rules", "rules"),
    ("diff", "guide", "guide", "--cases", "rules/cases"),
)


@pytest.mark.parametrize("folder", ["cases", "later"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_folder_that_may_not_be_listed_is_refused(
    command: tuple[str, ...], folder: str, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named("later/wrong.yaml")(rules / "cases")
    refusing(monkeypatch, folder)
    done = called(*command)
    place = "rules/cases" if folder == "cases" else "rules/cases/later"
    assert refusal(lambda: raised(done)) == [f"{place}: cannot be read: permission denied"]


def raised(done: Result) -> None:
    if done.exception:
        raise done.exception


def test_a_folder_of_rules_that_may_not_be_listed_is_refused(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, "rules")
    done = called("facts", "--rulebook", "rules")
    assert refusal(lambda: raised(done)) == ["rules: cannot be read: permission denied"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("closed", ["cases", "cases/later", "cases/later/wrong.yaml"])
def test_what_nobody_may_read_is_refused(closed: str, rules: Path) -> None:
    """As the system has it: in a child that has given up being root."""
    named("later/wrong.yaml")(rules / "cases")
    for folder in (rules.absolute(), *rules.absolute().parents[:3]):
        folder.chmod(0o755)
    (rules / closed).chmod(0)
    child = os.fork()
    if child == 0:
        try:
            os.setuid(NOBODY)
            messages = refusal(lambda: files_in(rules / "cases", "cases", (".yaml",), deep=True))
            os._exit(0 if messages == [f"{closed}: cannot be read: permission denied"] else 1)
        except BaseException:  # a file in it is listed, and refused when it is read
            os._exit(0 if closed.endswith(".yaml") and not os.access(rules / closed, os.R_OK) else 2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    (rules / closed).chmod(0o755)


def test_a_rulebook_is_read_whatever_the_case_of_its_endings(rules: Path) -> None:
    (rules / "rulebook.yaml").rename(rules / "rulebook.YAML")
    assert tried(rules) == (0, "1 passed")
    assert tried(rules / "rulebook.YAML") == (0, "1 passed")
    (rules / "more.Yml").symlink_to("nowhere")
    code, message = tried(rules)
    assert (code, message) == (3, "rules/more.Yml: no such file")


@pytest.mark.parametrize("file", [PRICES, COMPARISON])
def test_a_file_beside_a_rulebook_that_leads_nowhere_is_meant(file: str, rules: Path) -> None:
    """It is never as if there were none, and that of the guide held."""
    assert standing_beside("rules", file) == "guide"
    (rules / file).symlink_to("nowhere")
    assert standing_beside("rules", file) == "rules"


def test_a_file_of_translations_that_leads_nowhere_is_refused(rules: Path) -> None:
    (rules / "translations.json").symlink_to("nowhere")
    with pytest.raises(WhytuneError, match=r"rules/translations\.json: no such file"):
        raised(called("check", "rules"))


@pytest.fixture
def commit(rules: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Commits all that stands in the folder we are in."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")

    def run(*words: str) -> None:
        identity = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")
        subprocess.run(["git", *identity, *words], capture_output=True, check=True)

    def commit() -> None:
        run("add", "-A")
        run("commit", "-q", "-m", "An edit")

    run("init", "-q", "-b", "trunk")
    return commit


@pytest.mark.parametrize("hide", [NAMED[0], *(pytest.param(hide, marks=pytest.mark.slow) for hide in NAMED[1:])])
def test_a_case_in_a_commit_is_read_wherever_it_stands(
    hide: Callable[[Path], None], rules: Path, commit: Callable[[], None]
) -> None:
    hide(rules / "cases")
    commit()
    shutil.rmtree(rules / "cases")
    for name in ("rules", "rules/rulebook.yaml"):
        done = called("diff", "guide", f"git:HEAD:{name}", "--format", "json")
        assert '"of": 2' in done.output or "no task to compare" in str(done.exception)


@pytest.mark.parametrize("hide", LINKED)
def test_a_link_in_a_commit_is_refused(hide: Callable[[Path], None], rules: Path, commit: Callable[[], None]) -> None:
    hide(rules / "cases")
    commit()
    done = called("diff", "rules", "git:HEAD:rules")
    (message,) = refusal(lambda: raised(done))
    assert message.startswith("HEAD:rules/cases")
    assert "is a symbolic link there, not a file" in message


def test_a_place_means_the_file_with_the_longest_path() -> None:
    files = ["facts.yaml", "cases/facts.yaml"]
    assert file_at("my-rules/cases/facts.yaml", files) == "cases/facts.yaml"
    assert file_at("my-rules/facts.yaml", files) == "facts.yaml"
    assert file_at("my-rules/other.yaml", files) is None
