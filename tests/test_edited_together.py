"""Editing several files of a rulebook in one go: what goes along, what it calls for, and what is saved together."""

from __future__ import annotations

import re
import subprocess
from html import unescape
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="needs whytune[web]")
from starlette.testclient import TestClient

import whytune
from whytune.review import file_edit
from whytune.saving import save_below
from whytune.web.apart import Workshop
from whytune.web.library import Desk

from .test_editor import CASE, DAY, MOVED, NAME, TEXT, form_of, letters, served, shown

OF_CASES = "cases/bill.yaml"
ADAPTED = CASE.replace("clerk", "template")


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Workshop, "run", lambda shop, function, *arguments: function(*arguments))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return letters(tmp_path)


@pytest.fixture
def client(folder: Path) -> TestClient:
    return served(folder, Desk(str(folder), save_below))


def fields_of(page: str) -> dict[str, str]:
    """What the form of a page sends, apart from what its buttons and lists say."""
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page))
    return {**{name: unescape(value) for name, value in hidden.items()}, "text": form_of(page)}


def test_whoever_moves_a_bound_adapts_the_cases_that_fail_then_and_takes_away_one_patch(
    folder: Path, client: TestClient
) -> None:
    begun = fields_of(client.get("/edit", params={**DAY, "file": NAME, "language": "en"}).text)
    review = client.post("/edit", data={**begun, "text": MOVED}).text
    (place,) = {*re.findall(rf'<button class="place" [^>]*value="({OF_CASES}:[0-9]+)"', review)}
    case = client.post("/edit/open", data={**fields_of(review), "open": place}).text
    assert (form_of(case), 'data-at="2"' in case) == (CASE, True)
    assert fields_of(case)[f"text.{NAME}"] == MOVED
    sent = {**fields_of(case), "text": ADAPTED}
    assert "All 1 cases come out" in client.post("/edit", data=sent).text
    back = client.post("/edit/open", data={**sent, "chosen": NAME}).text
    assert (form_of(back), fields_of(back)[f"text.{OF_CASES}"]) == (MOVED, ADAPTED)
    patch = client.post("/edit.patch", data=fields_of(back)).text
    subprocess.run(["git", "apply", "-"], cwd=folder, input=patch.encode(), check=True)
    assert [(folder / name).read_text() for name in (NAME, OF_CASES)] == [MOVED, ADAPTED]


def test_what_an_edit_calls_for_is_taken_into_it_and_saved_with_it(folder: Path, client: TestClient) -> None:
    begun = fields_of(client.get("/edit", params={**DAY, "file": NAME, "language": "en"}).text)
    taken = client.post("/edit", data={**begun, "text": MOVED, "along": "yes"}).text
    assert (fields_of(taken)[f"text.{OF_CASES}"], "version: 2.0.0" in form_of(taken)) == (ADAPTED, True)
    assert ("All 1 cases come out" in taken, "What else belongs in the patch" in taken) == (True, False)
    at_once = client.post("/edit/save", data={**begun, "text": MOVED, "along": "yes"})
    assert at_once.status_code == 303
    assert "Saved: cases/bill.yaml, rulebook.yaml." in client.get(at_once.headers["location"]).text
    assert (folder / OF_CASES).read_text() == ADAPTED
    assert (folder / NAME).read_text() == form_of(taken)


def test_nothing_is_saved_where_one_of_the_files_was_changed_meanwhile(folder: Path, client: TestClient) -> None:
    begun = fields_of(client.get("/edit", params={**DAY, "file": NAME, "language": "en"}).text)
    opened = client.post("/edit/open", data={**begun, "text": MOVED, "open": OF_CASES}).text
    (folder / NAME).write_text(TEXT + "# by somebody else\n")
    late = client.post("/edit/save", data={**fields_of(opened), "text": ADAPTED}, headers={"Accept": "text/html"})
    assert (late.status_code, "<code>rulebook.yaml</code> was changed meanwhile" in late.text) == (422, True)
    assert (form_of(late.text), fields_of(late.text)[f"text.{NAME}"]) == (ADAPTED, MOVED)
    assert (folder / OF_CASES).read_text() == CASE


def test_a_mistake_in_a_file_that_is_not_open_is_shown_with_its_line_and_leads_there(folder: Path) -> None:
    edit = file_edit(whytune.load(folder, as_of=DAY["as_of"]), NAME).written(
        TEXT, {OF_CASES: CASE.replace("expect", "expct")}
    )
    with pytest.raises(whytune.WhytuneError, match="did you mean `expect`"):
        edit.edited()
    page = served(folder).post(
        "/edit", data={**DAY, "language": "en", "file": NAME, "text": TEXT, f"text.{OF_CASES}": edit.text_of(OF_CASES)}
    )
    assert page.status_code == 422
    assert f"What is wrong with {OF_CASES}" in page.text
    assert re.search(r"<mark>expct: \{answer: clerk\}</mark>", page.text)
    assert re.search(rf'<button class="place" [^>]*value="{OF_CASES}:2"', page.text)


@pytest.mark.parametrize("wrong", [{"as_of": "soon"}, {"rulebook": "none"}, {"file": "gone.yaml"}, {"open": "gone"}])
def test_a_text_outlives_what_cannot_be_read_beside_it(folder: Path, wrong: dict[str, str]) -> None:
    form = {**DAY, "language": "en", "file": NAME, "text": MOVED, f"text.{OF_CASES}": ADAPTED, **wrong}
    page = served(folder).post("/edit/open" if "open" in wrong else "/edit", data=form)
    assert page.status_code == 422
    assert ("cut_at: [200]" in unescape(page.text), "answer: template" in unescape(page.text)) == (True, True)
    if "as_of" in wrong:
        assert (form_of(page.text), "as_of" in fields_of(page.text)) == (MOVED, False)


def test_files_that_are_as_they_were_do_not_go_along(folder: Path) -> None:
    edit = file_edit(whytune.load(folder), NAME).opened(OF_CASES)
    assert (edit.name, edit.others) == (OF_CASES, {})
    assert edit.written(ADAPTED).opened(NAME).others == {OF_CASES: ADAPTED}
    assert "text." not in shown(folder, TEXT, language="en").partition("<textarea")[0]
    completed = served(folder).get("/edit/schema.json", params={"rulebook": "letters", "file": OF_CASES, **DAY})
    assert {"given", "expect"} <= {*completed.json()["properties"]}
