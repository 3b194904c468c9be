"""Two rulebooks, or two revisions of one in git, compared on a page: nothing is written, and no other place is read."""

from __future__ import annotations

import json
import re
import shutil
from functools import partial
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

pytest.importorskip("starlette", reason="needs whytune[web]")
from click.testing import CliRunner

import whytune
from whytune.cli import cli
from whytune.cli.outside.git import cases_at, history_of, load_at
from whytune.web.answering import compared
from whytune.web.asking import asking
from whytune.web.library import Bookcase
from whytune.web.openapi import openapi
from whytune.web.pages import Frame, page
from whytune.web.revisions import Repository

from .test_revisions import NEW, OLD, Git, committed, git

__all__ = ["git"]
DAY = "2026-11-25"

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def kept(place: str = "my-rules") -> Bookcase:
    loading, listing, reading = partial(load_at, place), partial(history_of, place), partial(cases_at, place)
    repository = Repository(place, loading, listing, reading)
    return Bookcase([whytune.load(place)], repository=repository)


def shown(bookcase: Bookcase, **asked: str) -> Frame:
    return page("diff", asking(bookcase, {"as_of": DAY, "language": "en", **asked}.items()))


def test_two_revisions_are_compared_as_in_the_terminal_and_each_commit_is_offered(git: Git) -> None:
    before, after = (committed(git, text, "rulebook.yaml") for text in (OLD, NEW))
    bookcase = kept()
    empty = shown(bookcase).text
    offered = re.findall(r'<option value="git:(\w+)">([^<]*)</option>', empty)
    assert [name for name, _ in offered] == [git("rev-parse", "--short", commit) for commit in (after, before)]
    assert all(label.endswith(" An edit") for _, label in offered)
    for old, new in ((before, after), (after, before), (before, before), ("HEAD~1", "trunk")):
        text = shown(bookcase, old=f"git:{old}", new=f"git:{new}").text
        arguments = ("diff", f"git:{old}:my-rules", f"git:{new}:my-rules", "--as-of", DAY, "--any-version")
        told = CliRunner().invoke(cli, [*arguments, "--format", "json"])
        data = json.loads(told.stdout)
        links = {unescape(link) for link in re.findall(r'href="(/advise\?[^"]*)"', text.partition("<main>")[2])}
        assert bool(links) == bool(data["advice"])
        for link in links:
            assert page("advise", asking(bookcase, parse_qsl(link.partition("?")[2]))).error is None


def test_a_revision_stands_beside_the_rulebook_as_it_is_now(git: Git) -> None:
    committed(git, OLD, "rulebook.yaml")
    (Path("my-rules") / "rulebook.yaml").write_bytes(NEW.read_bytes())
    bookcase = kept()
    name = next(iter(bookcase.books))
    changed, same = (shown(bookcase, old=old, new=name).text for old in ("git:HEAD", name))
    assert "/advise?" in changed.partition("<main>")[2]
    assert "/advise?" not in same.partition("<main>")[2]


def test_the_cases_that_are_run_are_those_of_the_commit(git: Git) -> None:
    committed(git, NEW, "rulebook.yaml")
    cases = Path("my-rules") / "cases"
    cases.mkdir()
    (cases / "bill.yaml").write_text("given: {topic: bill, amount: 120}\nexpect: {answer: clerk}\n")
    git("add", "-A")
    git("commit", "-q", "-m", "A case")
    (cases / "bill.yaml").write_text("given: {topic: bill, amount: 120}\nexpect: {answer: template}\n")
    bookcase = kept()
    name = next(iter(bookcase.books))
    asked = {"as_of": DAY, "old": name}
    committed_cases, now = (
        compared(asking(bookcase, {**asked, "new": new}.items())).report.cases for new in ("git:HEAD", name)
    )
    assert committed_cases
    assert now
    assert (len(committed_cases.failed), len(now.failed)) == (1, 0)


@pytest.mark.parametrize(
    "revision", ["", "-h", "--output=made", "HEAD:other", "HEAD:../outside", ":/An edit", "nowhere", "HEAD;touch made"]
)
def test_a_revision_names_no_other_place_and_does_nothing(git: Git, revision: str) -> None:
    committed(git, OLD, "rulebook.yaml")
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    for asked in ({"old": f"git:{revision}", "new": "git:HEAD"}, {"old": "git:HEAD", "new": f"git:{revision}"}):
        frame = shown(kept(), **asked)
        assert frame.error
        assert {problem.code for problem in frame.error.problems} <= {"unknown-revision", "bad-text"}
        assert 'name="old"' in frame.text
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before


@pytest.mark.slow
def test_without_a_repository_only_what_is_served_is_compared(git: Git) -> None:
    committed(git, OLD, "rulebook.yaml")
    alone = Bookcase([whytune.load("my-rules")])
    error = shown(alone, old="git:HEAD", new="git:HEAD").error
    assert error
    assert error.problems[0].code == "unknown-rulebook"
    described = openapi(alone)["paths"]["/v1/diff"]["get"]["parameters"]
    assert [one["schema"].get("enum") for one in described if one["name"] == "old"] == [[*alone.books]]
