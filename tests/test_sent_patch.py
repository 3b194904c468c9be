"""An edit that is handed over as a patch: read back to the letter, shown as its author saw it, or refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("starlette", reason="needs whytune[web]")
from starlette.testclient import TestClient

import whytune
from whytune.engine.authoring.schema import schemas_below
from whytune.engine.words.catalogue import LANGUAGES
from whytune.patches import patch_of, read_patch
from whytune.review import file_edit, patched
from whytune.saving import save_below
from whytune.web.apart import Workshop
from whytune.web.library import Desk

from .laws import tries
from .looks import sampled
from .test_editor import CASE, DAY, MOVED, NAME, TEXT, form_of, letters, served, two_bills

LINES = st.lists(st.sampled_from(["a", "b", "", "甲", "\\ No newline", "-- a", "++ a", "\x85"]), max_size=8)
ENDS = st.sampled_from(["", "\n"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return letters(tmp_path)


@pytest.fixture
def client(folder: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A service that works in this process and may save the letters."""
    monkeypatch.setattr(Workshop, "run", lambda shop, function, *arguments: function(*arguments))
    return served(folder, Desk(str(folder), save_below))


@tries(40)
@given(LINES, LINES, ENDS, ENDS, st.booleans())
def test_what_a_patch_makes_of_a_text_is_what_it_was_made_from(
    old: list[str], new: list[str], end: str, other_end: str, is_from_windows: bool
) -> None:
    before, after = "\n".join(old) + end, "\n".join(new) + other_end
    patch = patch_of(NAME, before.encode(), after.encode())
    if patch:
        (part,) = read_patch(patch.replace("\n", "\r\n") if is_from_windows else patch)
        assert (part.name, part.applied(before)) == (NAME, after)


PIECES = ["--- a/x\n", "+++ b/x\n", "@@ -1,2 +1 @@\n", "@@ -0,0 +1,9 @@\n", "-a\n", " a", "\\", "+"]


@tries(40)
@given(st.lists(st.sampled_from(PIECES)))
def test_whatever_is_no_patch_is_refused_and_nothing_else_happens(pieces: list[str]) -> None:
    codes = set()
    try:
        for part in read_patch("".join(pieces)):
            part.applied("a\n")
    except whytune.WhytuneError as error:
        codes = {problem.code for problem in error.problems}
    assert codes <= {"wrong-type", "rulebook-changed"}


@pytest.mark.parametrize("ending", ["", "@@ -1 +1 @@\n-a\n+b\n@@ nonsense\n", "@@ -1 +1,2 @@\n a\n"])
def test_a_patch_that_was_damaged_is_refused(ending: str) -> None:
    with pytest.raises(whytune.WhytuneError):
        list(read_patch(f"--- a/x\n+++ b/x\n{ending}"))


def test_a_patch_whose_own_last_line_lost_its_end_is_read_as_it_was() -> None:
    for before, after in (("a\nb", "a\nc"), ("a\n", "a\n\n"), ("a\n", "b\n")):
        (part,) = read_patch(patch_of("x", before.encode(), after.encode()).removesuffix("\n"))
        assert part.applied(before) == after


def sent(client: TestClient, patch: str, **form: str) -> tuple[int, str]:
    """The page of an edit that is handed over."""
    setting = {"rulebook": "letters", **DAY, "language": "en", **form}
    answer = client.post("/edit/patch", data=setting, files={"file": ("letters-2.0.0.patch", patch.encode())})
    return answer.status_code, answer.text


def reviewed(page: str) -> str:
    """What a page tells of an edit."""
    return page.partition('<div id="review">')[2].partition("</main>")[0]


@pytest.mark.parametrize("language", sampled(LANGUAGES, 2))
def test_whoever_is_sent_a_patch_sees_the_review_that_its_author_saw_and_may_save_it(
    folder: Path, client: TestClient, language: str
) -> None:
    form = {"rulebook": "letters", **DAY, "language": language, "file": NAME, "text": MOVED}
    written = client.post("/edit", data=form).text
    patch = client.post("/edit.patch", data=form)
    assert patch.headers["content-disposition"] == 'attachment; filename="letters-1.2.0.patch"'
    status, page = sent(client, patch.text, language=language)
    assert (status, reviewed(page), form_of(page)) == (200, reviewed(written), MOVED)
    assert page.count('<button class="switch"') == 1
    fields = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page))
    saved = client.post("/edit/save", data={**fields, "text": form_of(page)})
    assert (saved.status_code, (folder / NAME).read_text()) == (303, MOVED)


def test_the_schemas_in_a_patch_follow_by_themselves(folder: Path) -> None:
    book = whytune.load(folder, as_of=DAY["as_of"])
    save_below(folder, schemas_below(folder, book.content))
    edit = file_edit(book, NAME).written(TEXT.replace("en: a bill", "en: an invoice"))
    assert "+++ b/schema/rulebook.json" in edit.patch()
    again = patched(book, edit.patch())
    assert (again.text, again.others, again.schemas) == (edit.text, {}, edit.schemas)


def test_a_patch_of_a_repository_is_read_by_the_names_of_its_files(folder: Path) -> None:
    book = whytune.load(folder, as_of=DAY["as_of"])
    patch = file_edit(book, NAME).written(MOVED, {"cases/bill.yaml": CASE.replace("clerk", "board")}).patch()
    of_git = re.sub(r"(---|\+\+\+) ([ab])/(\S+)", r"\1 \2/rules/letters/\3\tby git", f"diff --git a/x b/x\n{patch}")
    edit = patched(book, of_git)
    assert (edit.name, edit.text, edit.others) == (NAME, MOVED, {"cases/bill.yaml": CASE.replace("clerk", "board")})


@pytest.mark.parametrize(
    ("patch", "message"),
    [
        (patch_of(NAME, TEXT.replace("1.2.0", "1.1.0").encode(), MOVED.encode()), "the patch does not fit this file"),
        (patch_of("gone.yaml", b"a\n", b"b\n"), "the rulebook has no file <code>gone.yaml</code>"),
        ("PK\x03\x04", "this is no patch"),
        (patch_of(NAME, TEXT.encode(), MOVED.encode())[:-60], "this is no patch"),
    ],
)
def test_a_patch_that_does_not_fit_is_refused_with_what_is_wrong_and_its_form(
    client: TestClient, patch: str, message: str
) -> None:
    status, page = sent(client, patch)
    assert (status, message in page, page.count('action="/edit/patch"')) == (422, True, 1)


def test_the_review_that_is_handed_over_says_which_records_would_come_out_otherwise(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workshop, "run", lambda shop, function, *arguments: function(*arguments))
    changed, _ = two_bills(folder, tmp_path / "l")
    with served(folder, ledger=str(tmp_path / "l")) as client:
        form = {**DAY, "language": "en", "file": NAME, "text": MOVED}
        data = client.post("/edit.json", data=form).json()
    assert (data["records"]["changed"], data["records"]["moved"][0]["ids"]) == (1, [changed])
    assert "1 of 2" in data["pull_request"]
    assert changed in data["pull_request"]
