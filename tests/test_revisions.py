"""A rulebook as it was in a commit, in a repository made for the test."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from whytune.cli import cli
from whytune.cli.outside.git import cases_of, load_either, path_of
from whytune.engine import WhytuneError
from whytune.engine.review.difference.case_edits import case_edits

from .looks import tabled

EDITS = Path(__file__).parent / "edits"
OLD = EDITS / "old" / "rulebook.yaml"
NEW = EDITS / "threshold" / "rulebook.yaml"

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Git in an empty repository, in which we then are, with no settings but its own."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    repository = tmp_path / "repository"
    repository.mkdir()
    monkeypatch.chdir(repository)

    def run(*words: str) -> str:
        identity = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")
        done = subprocess.run(["git", *identity, *words], cwd=repository, capture_output=True, check=True, text=True)
        return done.stdout.strip()

    run("init", "-q", "-b", "trunk")
    return run


def committed(git: Git, text: Path, name: str, folder: str = "my-rules") -> str:
    """The commit in which the rulebook of this folder holds this text in a file of this name, and nothing else."""
    shutil.rmtree(folder, ignore_errors=True)
    Path(folder).mkdir(parents=True)
    (Path(folder) / name).write_text(text.read_text())
    git("add", "-A")
    git("commit", "-q", "-m", "An edit")
    return git("rev-parse", "HEAD")


def said(name: str, other: str = "my-rules") -> str:
    with pytest.raises(WhytuneError) as caught:
        load_either(name, other)
    return str(caught.value)


def test_a_commit_a_branch_and_a_tag_name_a_revision(git: Git) -> None:
    first = committed(git, OLD, "rules.yaml")
    git("tag", "v1")
    git("branch", "feature/old")
    committed(git, NEW, "other.yaml")
    for revision in (first, first[:10], "v1", "feature/old", "HEAD~1", "HEAD^"):
        assert load_either(f"git:{revision}:my-rules", "").version == "1.2.0"
        assert load_either(f"git:{revision}", "my-rules").version == "1.2.0"
        assert load_either(f"git:{revision}", "git:HEAD:my-rules/").version == "1.2.0"
    assert load_either("git:HEAD:my-rules", "").version == load_either("my-rules", "").version == "2.0.0"


def test_a_path_is_one_from_where_we_are_or_from_the_root_of_the_machine(
    git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed(git, OLD, "rules.yaml", "deep/down/my-rules")
    whole = Path("deep/down/my-rules").resolve()
    for folder, path in ((".", "deep/down/my-rules"), ("deep", "down/my-rules"), ("deep/down/my-rules", "../my-rules")):
        monkeypatch.chdir(whole.parent.parent.parent / folder)
        assert load_either(f"git:HEAD:{path}", "").version == "1.2.0"
        assert load_either("git:HEAD", str(whole)).version == "1.2.0"
    monkeypatch.chdir("/")
    assert load_either("git:HEAD", str(whole)).version == "1.2.0"


@pytest.mark.parametrize(
    ("inside", "name", "other"),
    [
        ("my-rules", "git:HEAD", "."),
        ("my-rules", "git:HEAD:.", ""),
        ("my-rules", "git:HEAD:my-rules", ""),
        ("my-rules", "git:HEAD", "rules.yaml"),
        ("elsewhere", "git:HEAD", "../my-rules"),
        ("elsewhere", "git:HEAD:my-rules", ""),
    ],
)
def test_a_path_is_one_from_where_we_are_or_else_from_the_top_of_the_repository(
    git: Git, monkeypatch: pytest.MonkeyPatch, inside: str, name: str, other: str
) -> None:
    committed(git, OLD, "rules.yaml")
    Path("elsewhere").mkdir()
    monkeypatch.chdir(inside)
    assert load_either(name, other).version == "1.2.0"


def test_the_rulebook_may_be_the_whole_repository(git: Git) -> None:
    Path("rules.yaml").write_text(OLD.read_text())
    git("add", "-A")
    git("commit", "-q", "-m", "A rulebook")
    assert load_either("git:HEAD", ".").version == load_either("git:HEAD", str(Path().resolve())).version == "1.2.0"


@pytest.mark.parametrize(
    ("mode", "said_of_it"), [("120000", "is a symbolic link there"), ("160000", "is a submodule there")]
)
@pytest.mark.parametrize("entry", ["my-rules/more.yaml", "linked"])
def test_links_and_submodules_are_named_as_such(git: Git, mode: str, said_of_it: str, entry: str) -> None:
    commit = committed(git, OLD, "rules.yaml")
    target = commit if mode == "160000" else git("rev-parse", "HEAD:my-rules/rules.yaml")
    git("update-index", "--add", "--cacheinfo", f"{mode},{target},{entry}")
    git("commit", "-q", "-m", "Another entry")
    assert said_of_it in said("git:HEAD:linked" if entry == "linked" else "git:HEAD:my-rules")


def test_a_file_that_is_too_large_is_not_read(git: Git) -> None:
    large = Path("large")
    large.write_text("#" * (1024 * 1024 + 1))
    committed(git, large, "rules.yaml")
    assert said("git:HEAD").startswith("HEAD:my-rules/rules.yaml: larger than 1 MiB")


def test_file_names_may_be_in_no_letters_at_all(git: Git) -> None:
    committed(git, OLD, "rules.yaml")
    git("update-index", "--add", "--cacheinfo", f"100644,{git('rev-parse', 'HEAD:my-rules/rules.yaml')},b\udcff/r.yaml")
    git("commit", "-q", "-m", "A name in Latin 1")
    assert load_either("git:HEAD:b\udcff", "").version == "1.2.0"


def test_what_git_says_is_not_cut(git: Git) -> None:
    committed(git, OLD, "rules.yaml")
    assert f"path '{'long/' * 20}rules' does not exist in 'HEAD'" in said(f"git:HEAD:{'long/' * 20}rules")


def test_the_rulebook_may_be_one_file_and_a_folder_that_is_no_longer_there(git: Git) -> None:
    committed(git, OLD, "rules.yaml", "gone/my-rules")
    committed(git, NEW, "rules.yaml", "kept")
    shutil.rmtree("gone")
    assert load_either("git:HEAD:kept/rules.yaml", "").version == "2.0.0"
    assert load_either("git:HEAD:gone/my-rules", "").version == "1.2.0"


def test_file_names_may_be_in_any_letters_and_places_say_the_revision(git: Git) -> None:
    committed(git, OLD, "规则 of é.yaml", "règles")
    rulebook = load_either("git:HEAD:règles", "")
    assert str(rulebook.places["rule", "faults_to_a_clerk"]).startswith("HEAD:règles/规则 of é.yaml:")


def test_the_cases_of_a_rulebook_are_read_as_they_stood(git: Git) -> None:
    committed(git, OLD, "rulebook.yaml")
    assert cases_of("git:HEAD", "my-rules") == cases_of("my-rules", "git:HEAD") == []
    for name, text in (("praise", "{topic: praise}"), ("bills/large", "cases: [{given: {topic: bill}}, {case: B}]")):
        path = Path("my-rules", "cases", f"{name}.yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    git("add", "-A")
    git("commit", "-q", "-m", "Cases")
    now = cases_of("my-rules", "git:HEAD")
    assert [case.called for case in now] == ["bills/large #1", "bills/large #2 (B)", "praise"]
    assert list(case_edits(cases_of("git:HEAD", "my-rules"), now)) == []
    Path("my-rules", "cases", "bills", "large.yaml").write_text(
        "cases: [{given: {topic: fault}, expect: {answer: clerk}}, {case: Other}]"
    )
    Path("my-rules", "cases", "praise.yaml").unlink()
    bent = case_edits(cases_of("git:HEAD", "my-rules"), cases_of("my-rules", "git:HEAD"))
    assert [tuple(each) for each in bent] == [
        ("bills/large #1", "changed", ("given", "topic"), "bill", "fault"),
        ("bills/large #1", "changed", ("expect", "answer"), None, "clerk"),
        ("bills/large #2 (Other)", "renamed", (), "bills/large #2 (B)", "bills/large #2 (Other)"),
        ("praise", "removed", (), {}, None),
    ]
    assert list(case_edits(cases_of("guide", ""), now, is_other=True)) == []
    Path("my-rules", "cases", "torn.yaml").write_text("{")
    git("add", "-A")
    git("commit", "-q", "-m", "Torn")
    for name, other, place in (
        ("git:HEAD", "my-rules", "HEAD:my-rules/cases/torn.yaml:2:1"),
        ("my-rules", "", "my-rules/cases/torn.yaml:2:1"),
    ):
        with pytest.raises(WhytuneError, match=f"^{place}: "):
            cases_of(name, other)


def test_an_edit_that_mends_a_broken_case_can_be_compared(git: Git) -> None:
    committed(git, OLD, "rulebook.yaml")
    torn = Path("my-rules", "cases", "torn.yaml")
    torn.parent.mkdir()
    torn.write_text("{")
    git("add", "-A")
    git("commit", "-q", "-m", "Torn")
    words = ["diff", "git:HEAD", "my-rules"]
    assert isinstance(CliRunner().invoke(cli, words).exception, WhytuneError)
    assert CliRunner().invoke(cli, [*words, "--cases", str(EDITS / "cases")]).exit_code == 0
    torn.write_text("{topic: praise}")
    assert CliRunner().invoke(cli, words).exit_code == 0


def test_what_git_does_not_know_is_said(git: Git) -> None:
    committed(git, OLD, "rules.yaml")
    assert said("git:nowhere").startswith("git knows no `nowhere`\n  hint: name a commit, branch or tag")
    assert said("git:HEAD:elsewhere").startswith("git knows no `HEAD:elsewhere`\n  hint: git says: ")
    assert said("git:HEAD:my-rules/rules.yml").startswith("git knows no `HEAD:my-rules/rules.yml`")
    for name in ("git:", "git::my-rules", "git:--output=x:my-rules", "git:-h"):
        assert said(name).startswith(f"`{name}` does not name a rulebook in a commit")
    assert said("git:HEAD", "").startswith("`git:HEAD` does not name a rulebook")
    Path("empty").mkdir()
    Path("empty/readme.txt").write_text("nothing")
    git("add", "-A")
    git("commit", "-q", "-m", "An empty folder")
    assert said("git:HEAD:empty") == "no YAML files in `empty` as of `HEAD`"


def test_mistakes_in_an_old_rulebook_have_their_place(git: Git) -> None:
    committed(git, OLD, "rules.yaml")
    broken = Path("broken.yaml")
    broken.write_text(OLD.read_text().replace("kind: choice", "kind: choose"))
    committed(git, broken, "rules.yaml")
    assert "\nHEAD:my-rules/rules.yaml:15:11: " in said("git:HEAD")


@tabled(
    ("name", "other", "path"),
    [
        ("my-rules", "git:HEAD", "my-rules"),
        ("git:HEAD", "my-rules", "my-rules"),
        ("git:HEAD:a", "my-rules", "a"),
        ("git:v1", "git:v2:b", "b"),
        ("git:v1", "git:v2", ""),
    ],
)
def test_a_revision_without_a_path_takes_that_of_the_other_rulebook(name: str, other: str, path: str) -> None:
    assert path_of(name, other) == path
