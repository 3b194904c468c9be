"""Rulebooks in the files of other tools over HTTP and on pages: as in Python, within the limits of the service."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="needs whytune[web]")
from starlette.testclient import TestClient

import whytune
from whytune.engine.words.catalogue import LANGUAGES
from whytune.exchange.file_kinds import FILE_KINDS
from whytune.exchange.sheets.csv_zip import packed, unpacked
from whytune.web import exchanged, received, workbook_edits
from whytune.web.asking import asking
from whytune.web.guard import Rules
from whytune.web.library import shelved
from whytune.web.service import Limits, Service

from .test_other_tools import SMALL
from .test_web_pages import Outline

DAY = {"as_of": "2026-11-25"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served") / "lanes"
    folder.mkdir()
    (folder / "rulebook.yaml").write_text(SMALL)
    return folder


@pytest.fixture(scope="module")
def client(place: Path) -> Iterator[TestClient]:
    """A service whose long work is done at once: that it may be sent to a process is tried in one test."""
    application = Service(shelved([str(place), "guide"], None), Rules(), Limits())
    application.workshop.run = lambda function, *arguments: function(*arguments)  # type: ignore[method-assign]
    with TestClient(application.application(), base_url="http://127.0.0.1:8020", raise_server_exceptions=False) as it:
        yield it


@pytest.fixture(scope="module")
def sheets(client: TestClient) -> dict[str, bytes]:
    return unpacked(client.get("/v1/export-rulebook", params={"to": "zip"}).content, "r.zip")


def with_cell(sheets: dict[str, bytes], old: bytes, new: bytes) -> bytes:
    return packed(sheets | {"by_weight.csv": sheets["by_weight.csv"].replace(old, new)})


@pytest.mark.parametrize(("to", "form"), [*((kind, "disjoint") for kind in exchanged.KINDS), ("dmn", "rules")])
def test_an_export_over_http_is_that_of_python(client: TestClient, place: Path, to: str, form: str) -> None:
    answer = client.get("/v1/export-rulebook", params={"to": to, **({"as": form} if form == "rules" else {}), **DAY})
    made = whytune.load(place, as_of=DAY["as_of"]).exported(f"lanes.{to}", as_rules=form == "rules")
    assert answer.status_code == 200
    assert answer.content == made.files[""]
    assert answer.headers["content-disposition"] == f'attachment; filename="lanes.{to}"'
    assert json.loads(answer.headers["whytune-remarks"]) == [str(remark) for remark in made.remarks]


def test_an_export_and_an_import_work_in_processes_of_their_own(place: Path, sheets: dict[str, bytes]) -> None:
    application = Service(shelved([str(place)], None), Rules(), Limits(120)).application()
    with TestClient(application, base_url="http://127.0.0.1:8020", raise_server_exceptions=False) as client:
        assert client.get("/v1/export-rulebook", params={"to": "py", **DAY}).text.startswith("# lanes 1.0.0")
        answer = client.post(
            "/v1/import-rulebook", params={"file": "r.zip", "into": "lanes", **DAY}, content=packed(sheets)
        )
        assert answer.json()["is_edit"]


def test_an_import_over_http_tells_what_python_tells_and_writes_nothing(
    client: TestClient, place: Path, sheets: dict[str, bytes], tmp_path: Path
) -> None:
    edited = with_cell(sheets, b">= 100", b">= 150")
    (tmp_path / "r.zip").write_bytes(edited)
    asked = {"file": "r.zip", "into": "lanes", **DAY}
    answer = client.post("/v1/import-rulebook", params=asked, content=edited).json()
    ours = whytune.import_rulebook(tmp_path / "r.zip", into=whytune.load(place, as_of=DAY["as_of"])).to_dict()
    assert answer["remarks"] == ["r.zip/by_weight.csv:2, weight: `>= 100` becomes `>= 150`"]
    assert {key: answer[key] for key in ("is_edit", "files", "patch")} == {
        key: ours[key] for key in ("is_edit", "files", "patch")
    }
    assert answer["difference"]["advice"] == json.loads(json.dumps(ours["difference"]["advice"]))
    text = client.post("/v1/import-rulebook", params={**asked, "format": "text", "language": "en"}, content=edited).text
    assert text.startswith("What r.zip changes\n")
    assert (place / "rulebook.yaml").read_text() == SMALL


def test_a_model_over_http_is_a_new_rulebook(client: TestClient) -> None:
    model = (Path(__file__).parent.parent / "docs" / "examples" / "loan.dmn").read_bytes()
    answer = client.post("/v1/import-rulebook", params={"file": "loan.dmn"}, content=model).json()
    assert (answer["is_edit"], answer["difference"]) == (False, None)
    assert {*answer["files"]} == {"rulebook.yaml", "facts.yaml", "decisions.yaml", "tables.yaml"}


def refusal(answer: Any) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["problems"][0]["code"]


def test_what_is_wrong_is_told_at_its_cell_and_limits_hold(client: TestClient, sheets: dict[str, bytes]) -> None:
    into = {"file": "r.zip", "into": "lanes", **DAY}
    answer = client.post("/v1/import-rulebook", params=into, content=with_cell(sheets, b"slow", b"slwo"))
    assert refusal(answer) == (422, "unknown-option")
    assert answer.json()["problems"][0]["place"] == {
        "file": "r.zip/by_weight.csv",
        "line": 2,
        "column": None,
        "field": "propose",
    }
    assert refusal(client.get("/v1/export-rulebook", params={"to": "pdf"})) == (422, "unknown-value")
    assert refusal(client.get("/v1/export-rulebook", params={"to": "xlsx", "as": "rules"})) == (422, "unknown-format")
    for asked, code in [
        ({}, "missing-key"),
        ({"file": "r"}, "unknown-format"),
        ({"file": "../r.xlsx"}, "bad-workbook"),
        ({**into, "into": "nobody"}, "unknown-rulebook"),
    ]:
        assert refusal(client.post("/v1/import-rulebook", params=asked, content=b"x")) == (422, code)
    assert refusal(client.get("/v1/import-rulebook")) == (405, "refused-request")


def test_a_file_may_be_as_large_as_its_kind_and_no_larger(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert max(kind.most for kind in FILE_KINDS) == exchanged.MOST
    monkeypatch.setattr(exchanged, "MOST", 1000)
    monkeypatch.setattr(received, "MAX_BODY", 1000)
    asked = {"file": "r.xlsx"}
    assert refusal(client.post("/v1/import-rulebook", params=asked, content=b" " * 1001)) == (413, "refused-request")
    assert refusal(client.post("/edit/import", files={"file": ("r.xlsx", b" " * 2001)})) == (413, "refused-request")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_asks_for_a_workbook(client: TestClient, language: str) -> None:
    page = client.get("/edit", params={"rulebook": "guide", "language": language}).text
    assert 'enctype="multipart/form-data"' in page
    assert Outline(page).open == []


def test_a_page_shows_what_a_workbook_edits(client: TestClient, sheets: dict[str, bytes]) -> None:
    kept = {"rulebook": "lanes", **DAY, "language": "en"}
    answer = client.post(
        "/edit/import", data=kept, files={"file": ("<b>.zip", with_cell(sheets, b">= 100", b">= 150"))}
    )
    assert answer.status_code == 200
    assert Outline(answer.text).open == []
    assert "<b>.zip" not in answer.text
    shown = unescape(answer.text)
    assert ">= 100" in shown
    assert ">= 150" in shown
    assert "+      - ['>= 150', slow]" in shown
    assert re.search('class="switch" href="#in-zh"', answer.text)
    told_again = shown.partition('<div id="in-zh">')[2]
    assert re.search("[一-鿿]", told_again.partition("</h1>")[0])
    assert "+      - ['>= 150', slow]" in told_again
    wrong = client.post("/edit/import", data=kept, files={"file": ("r.zip", b"nothing")})
    assert re.search('class="switch" href="#in-zh"', wrong.text)
    assert re.search("[一-鿿]", wrong.text.partition('<div id="in-zh">')[2].partition("</details>")[0])


def test_a_page_shows_what_the_checks_find_since_a_workbook_was_edited_and_which_cases_fail(tmp_path: Path) -> None:
    folder = tmp_path / "lanes"
    (folder / "cases").mkdir(parents=True)
    (folder / "rulebook.yaml").write_text(SMALL)
    (folder / "cases" / "heavy.yaml").write_text("case: Heavy\ngiven: {weight: 120}\nexpect: {lane: slow}\n")
    bookcase = shelved([str(folder)], None)
    about = {"rulebook": "lanes", **DAY, "language": "en"}
    sheets = unpacked(exchanged.made(asking(bookcase, {**about, "to": "zip"}.items())).data, "r.zip")

    def told(workbook: bytes) -> str:
        return unescape(workbook_edits.imported(asking(bookcase, about.items(), workbook), "r.zip").text)

    moved = told(with_cell(sheets, b">= 100", b">= 150"))
    assert "Cases that fail: 1 of 1" in moved
    assert "Heavy" in moved
    assert "New findings" in moved
    assert "All 1 cases come out" in told(with_cell(sheets, b">= 100", b">= 110"))
    cases = {name: data.replace(b"120", b"130") if name == "cases.csv" else data for name, data in sheets.items()}
    edited = told(packed(cases))
    assert "All 1 cases come out" in edited
    too_light = {name: data.replace(b"120", b"20") if name == "cases.csv" else data for name, data in sheets.items()}
    assert "Cases that fail: 1 of 1" in told(packed(too_light))


def test_a_page_tells_what_is_wrong_with_a_workbook_and_asks_again(client: TestClient) -> None:
    answer = client.post("/edit/import", data=DAY, files={"file": ("r.xlsx", b"nothing")})
    assert answer.status_code == 422
    assert "not a workbook that can be read" in answer.text
    assert 'type="file"' in answer.text
    for sent in ({"data": {"file": "text"}}, {"files": {"other": ("r.xlsx", b"x")}}, {"content": b"x"}):
        assert refusal(client.post("/edit/import", **sent)) == (415, "refused-request")


def test_the_page_of_rules_leads_to_every_file(client: TestClient) -> None:
    links = [link for link in Outline(client.get("/rules").text).links if link.startswith("/v1/export-rulebook?")]
    assert [link.rpartition("to=")[2] for link in links] == [*exchanged.KINDS]
    assert all(client.get(link).status_code == 200 for link in links)
