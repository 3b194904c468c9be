"""Editing a rule file on a page: what is wrong with it, what it does, what is taken away, and when it is saved."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from pathlib import Path
from shutil import copytree, which
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("starlette", reason="needs whytune[web]")
from starlette.testclient import TestClient

import whytune
from whytune.engine.words.catalogue import LANGUAGES
from whytune.review import FileEdit, file_edit
from whytune.saving import save_below
from whytune.web import editor
from whytune.web.apart import Workshop
from whytune.web.asking import asking
from whytune.web.guard import Rules
from whytune.web.library import Desk, library
from whytune.web.pages import EDITOR, SCRIPT
from whytune.web.service import Limits, Service

from .laws import tries
from .looks import sampled
from .stage import ROOT
from .test_web_pages import Outline

OLD = Path(__file__).parent / "edits" / "old"
NAME = "rulebook.yaml"
KEPT = f"kept.{NAME}"
TEXT = (OLD / NAME).read_text()
MOVED = TEXT.replace("cut_at: [100]", "cut_at: [200]")
CASE = "given: {topic: bill, amount: 150}\nexpect: {answer: clerk}\n"
SHARING = """\
given: {topic: bill}
expect: {answer: clerk}
cases:
  - given: {amount: 150}
  - given: {amount: 300}
"""
"""Two cases that expect the same, one of which a moved threshold makes fail."""
DAY = {"as_of": "2026-11-25"}


def letters(tmp_path: Path) -> Path:
    """A rulebook with one case, which a moved threshold makes fail."""
    place = Path(copytree(OLD, tmp_path / "letters"))
    (place / "cases").mkdir()
    (place / "cases" / "bill.yaml").write_text(CASE)
    return place


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return letters(tmp_path)


def served(folder: Path, desk: Desk | None = None, ledger: str | None = None) -> TestClient:
    shelf = library([str(folder)], ledger, desk)
    application = Service(shelf, Rules(), Limits()).application()
    return TestClient(application, base_url="http://127.0.0.1:8020", follow_redirects=False)


@pytest.fixture
def client(folder: Path) -> Iterator[TestClient]:
    with served(folder) as client:
        yield client


def shown(folder: Path, text: str, **more: str) -> str:
    """The page of an edit, made in this process."""
    query = asking(library([str(folder)], None), {"file": NAME, **DAY, **more}.items(), text.encode())
    return editor.page(query, True).text


def form_of(page: str) -> str:
    """The text in the form of a page, as a browser would send it back."""
    inside = page.partition("<textarea")[2].partition(">\n")[2].partition("</textarea>")[0]
    return unescape(inside)


def test_the_files_of_a_rulebook_are_listed_and_shown_as_they_are_kept(client: TestClient) -> None:
    files = client.get("/edit", params={"language": "en"}).text
    links = [link for link in Outline(files).links if "file=" in link]
    assert [form_of(client.get(link).text) for link in links] == [TEXT, CASE]
    assert client.get("/edit.json").json() == {"files": [NAME, "cases/bill.yaml"]}
    assert client.get("/edit.json", params={"file": NAME}).json() == {"file": NAME, "text": TEXT}
    for path in ("rulebok.yaml", "../old/rulebook.yaml", "/etc/passwd", "cases/bills.yaml"):
        assert client.get("/edit.json", params={"file": path}).json()["problems"][0]["code"] == "missing-file"
        assert client.get("/edit", params={"file": path}).status_code == 422


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_is_told_with_the_line_where_it_stands_and_the_form_keeps_the_text(
    folder: Path, language: str
) -> None:
    wrong = "\n<script>\r\n" + TEXT.replace("\n", "\r\n").replace("cut_at: [100]", "cuts_at: [100]")
    page = shown(folder, wrong, language=language)
    assert form_of(page) == wrong
    assert "<script>" not in page
    mistaken = shown(folder, TEXT.replace("cut_at: [100]", "cuts_at: [100]"), language=language)
    line = 1 + TEXT[: TEXT.index("cut_at")].count("\n")
    assert f"{NAME}:{line}:9" in mistaken
    assert f" {line} |         <mark>cuts_at: [100]</mark>" in mistaken
    assert "<code>cut_at</code>" in mistaken
    assert Outline(mistaken).open == []


def test_a_moved_threshold_shows_the_cases_that_fail_and_whose_advice_changes(client: TestClient) -> None:
    answer = client.post("/edit", data={**DAY, "file": NAME, "language": "en", "text": MOVED.replace("\n", "\r\n")})
    assert answer.status_code == 200
    page = answer.text
    assert Outline(page).open == []
    assert "Cases that fail: 1 of 1" in page
    (added,) = re.findall("<h2[^>]*>What else belongs in the patch</h2>.*?</pre>", page, re.DOTALL)
    assert ("+  version: 2.0.0" in unescape(added), "by hand" in page) == (True, False)
    assert page.count("by the rulebook without the edit") == page.count('<p class="try">') > 0
    assert "A clerk → A template" in page
    assert "<svg" in page
    written = page.partition("What is written differently")[2]
    assert ("cut_at: [200]" in written, "git apply --directory=letters letters-1.2.0.patch" in written) == (True, True)
    witness = next(link for link in Outline(page).links if link.startswith("/advise") and "facts.amount" in link)
    assert "Advice: A clerk" in client.get(witness).text


def test_the_patch_takes_along_the_version_and_the_expectations_that_the_edit_calls_for(
    folder: Path, client: TestClient
) -> None:
    (folder / "cases" / "table.yaml").write_text(SHARING)
    form = {**DAY, "file": NAME, "language": "en", "text": MOVED}
    page = client.post("/edit", data=form).text
    (button,) = re.findall('<button class="other" form="file"[^>]*>', page)
    sent = dict(re.findall('(\\w+)="([^"]*)"', button))
    assert "Cases that fail even so: 1." in page
    patch = client.post(sent["formaction"], data={**form, sent["name"]: sent["value"]}).text
    subprocess.run(["git", "apply", "-"], cwd=folder, input=patch.encode(), check=True)
    assert (folder / "cases" / "bill.yaml").read_text() == CASE.replace("clerk", "template")
    assert (folder / "cases" / "table.yaml").read_text() == SHARING
    assert (folder / NAME).read_text() == MOVED.replace("version: 1.2.0", "version: 2.0.0")


@pytest.mark.slow
def test_what_was_written_goes_along_to_the_other_language(client: TestClient) -> None:
    form = {**DAY, "file": NAME, "language": "en", "text": MOVED}
    for page in (
        client.get("/edit", params={"file": NAME, "language": "en"}).text,
        client.post("/edit", data=form).text,
    ):
        (button,) = re.findall('<button class="switch"[^>]*>', page)
        sent = dict(re.findall('(\\w+)="([^"]*)"', button))
        assert (sent["form"], sent["formaction"]) == ("file", "/edit")
        assert f'<form id="{sent["form"]}" method="post"' in page
        switched = client.post(sent["formaction"], data={**form, "line": "7", sent["name"]: sent["value"]}).text
        assert '<html lang="zh">' in switched
        assert ('name="line" value="7"' in switched, 'data-at="7"' in switched) == (True, True)
        assert "cut_at: [200]" in switched
    assert 'class="switch" href=' in client.get("/edit", params={"language": "en"}).text


def test_findings_are_those_that_the_edit_makes_and_mends(folder: Path) -> None:
    worse = file_edit(whytune.load(folder), NAME).written(TEXT.replace("{sum: large}", "{sum: large, topic: praise}"))
    made = {finding.code for finding in worse.review().new}
    (folder / NAME).write_text(worse.text)
    mended = file_edit(whytune.load(folder), NAME).written(TEXT).review()
    assert "contradictory-condition" in made
    assert {finding.code for finding in mended.gone} == made
    assert mended.new == ()


def test_a_case_that_no_longer_fits_is_told_and_nothing_is_run(folder: Path) -> None:
    (folder / "cases" / "bill.yaml").write_text(CASE.replace("bill, amount: 150", "praise"))
    review = (
        file_edit(whytune.load(folder, as_of="2026-11-25"), NAME).written(TEXT.replace("praise", "thanks")).review()
    )
    assert [problem.code for problem in review.misfits] == ["unknown-value"]
    assert (review.new, review.gone, review.tested) == ((), (), None)
    assert "no longer fit" in review.write()
    assert review.to_dict()["difference"]["level"] == "reasons"


def test_what_is_as_it_was_changes_nothing(folder: Path) -> None:
    assert "Nothing has been changed" in shown(folder, TEXT.replace("\n", "\r\n"), language="en")
    assert file_edit(whytune.load(folder), NAME).written(TEXT.replace("\n", "\r\n")).patch() == ""


LINES = st.lists(st.sampled_from(["a", "b", "", "甲", "\\ No newline", "--- a", "x\r", "\x85"]), max_size=6)


@tries(10)
@given(LINES, LINES, st.sampled_from(["", "\n"]), st.sampled_from(["", "\n"]))
def test_the_patch_makes_the_one_of_the_other(
    tmp_path_factory: pytest.TempPathFactory, old: list[str], new: list[str], end: str, ending: str
) -> None:
    folder = tmp_path_factory.mktemp("patched")
    before, after = "\n".join(old) + end, "\n".join(new) + ending
    (folder / NAME).write_bytes(before.encode())
    edit = FileEdit(whytune.load(OLD), {NAME: before.encode()}, NAME, after)
    patch = edit.patch()
    assert bool(patch) == (edit.content != before.encode())
    if patch:
        command = ["git", "apply", "--whitespace=nowarn", "-"]
        subprocess.run(command, cwd=folder, input=patch.encode(), check=True)
    assert (folder / NAME).read_bytes() == edit.content


def test_patch_pull_request_and_data_are_taken_away_as_files(folder: Path, client: TestClient) -> None:
    form = {**DAY, "file": NAME, "language": "en"}
    patch = client.post("/edit.patch", data={**form, "text": MOVED})
    assert "+        cut_at: [200]" in patch.text
    assert patch.headers["content-disposition"] == 'attachment; filename="letters-1.2.0.patch"'
    query = asking(library([str(folder)], None), form.items(), MOVED.encode())
    request, data = (editor.taken(ending, query).reply.text for ending in ("md", "json"))
    assert "```mermaid" in request
    assert "Cases that fail: 1 of 1" in request
    assert {"patch": patch.text, "pull_request": request}.items() <= json.loads(data).items()
    told = json.loads(data)
    assert (told["cases"]["failed"], told["called_for"]["failing"]) == (1, 0)
    assert "+expect: {answer: template}" in told["called_for"]["additions"]


def test_what_an_edit_calls_for_leaves_tables_of_cases_as_they_are(folder: Path) -> None:
    rows = "".join(f"bill {number},bill,150,clerk\n" for number in range(6))
    (folder / "cases" / "zz.csv").write_text(f"case,given.topic,given.amount,expect.answer\n{rows}")
    edit = file_edit(whytune.load(folder), NAME).written(MOVED)
    called_for = edit.called_for(edit.review())
    assert (called_for.failing, "zz.csv" in called_for.additions) == (6, False)
    assert "+expect: {answer: template}" in called_for.additions


def test_the_folder_of_a_patch_has_its_name_from_within_too_and_is_quoted_for_a_shell(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = folder.rename(folder.with_name("our letters"))
    assert "git apply --directory='our letters' letters-1.2.0.patch" in unescape(shown(place, MOVED, language="en"))
    monkeypatch.chdir(place)
    assert file_edit(whytune.load("."), NAME).folder == "our letters"


def test_a_rulebook_is_saved_only_where_the_service_was_started_to(folder: Path, client: TestClient) -> None:
    form = {**DAY, "file": NAME, "text": MOVED}
    assert client.post("/edit/save", data=form).status_code == 403
    assert (folder / NAME).read_text() == TEXT


def test_what_is_saved_is_what_is_served_from_then_on(folder: Path) -> None:
    task = {**DAY, "facts.topic": "bill", "facts.amount": "150"}
    with served(folder, Desk(str(folder), save_below)) as client:
        form = {**DAY, "file": NAME, KEPT: kept(client), "text": MOVED.replace("\n", "\r\n")}
        assert client.post("/edit/save", data={**form, "text": "rulebook:"}).status_code == 422
        assert client.get("/v1/advise", params=task).json()["decisions"]["answer"]["advice"] == "clerk"
        answer = client.post("/edit/save", data=form)
        assert answer.status_code == 303
        assert form_of(client.get(answer.headers["location"]).text) == MOVED
        assert (folder / NAME).read_bytes() == MOVED.encode()
        assert client.get("/v1/advise", params=task).json()["decisions"]["answer"]["advice"] == "template"
        review = client.post("/edit", data={**form, "text": TEXT}).text
        assert review.partition(f'name="{KEPT}" value="')[2].startswith(form[KEPT])  # a look at it makes it no fresher
        late = client.post("/edit/save", data={**form, "text": TEXT})
        assert [problem["code"] for problem in late.json()["problems"]] == ["rulebook-changed"]
        assert (folder / NAME).read_text() == MOVED
        renamed = {**form, KEPT: kept(client), "text": MOVED.replace("name: letters", "name: mail")}
        assert client.get(client.post("/edit/save", data=renamed).headers["location"]).status_code == 200


@pytest.mark.parametrize("button", sampled(["/edit", "/edit.patch", "/edit.md", "/edit.json", "/edit/save"], 5))
def test_whatever_is_asked_of_an_edit_with_a_mistake_its_text_is_kept_and_the_line_shown(
    folder: Path, button: str
) -> None:
    wrong = TEXT.replace("cut_at: [100]", "cuts_at: [100]")
    with served(folder, Desk(str(folder), save_below)) as client:
        form = {**DAY, "language": "en", "file": NAME, KEPT: kept(client), "text": wrong}
        asked = client.post(button, data=form, headers={"Accept": "text/html"})
        assert asked.status_code == 422
        assert form_of(asked.text) == wrong
        assert "<mark>cuts_at: [100]</mark>" in asked.text
        first = re.search(r'<pre class="line"><code> *(\d+) ', asked.text)
        assert first
        assert f' data-line="{first[1]}"' in asked.text  # where the editor opens
        late = client.post(button, data={**form, "text": MOVED, KEPT: "0"}, headers={"Accept": "text/html"})
        assert form_of(late.text) == MOVED or button != "/edit/save"


@pytest.mark.parametrize("line", ["abc", "0", "-1"])
def test_a_line_that_cannot_be_read_does_not_cost_the_text(folder: Path, line: str) -> None:
    page = shown(folder, MOVED, line=line)
    assert form_of(page) == MOVED
    assert 'name="line" value="1"' in page


def kept(client: TestClient) -> str:
    page = client.get("/edit", params={"file": NAME}).text
    return page.partition(f'name="{KEPT}" value="')[2].partition('"')[0]


def test_each_file_says_what_it_holds(client: TestClient) -> None:
    shown = client.get("/edit", params={"language": "en"}).text
    assert re.search(rf">{re.escape(NAME)} [(][^<]*facts: [0-9]+[^<]*rules: [0-9]+", shown)


def two_bills(folder: Path, place: Path) -> list[str]:
    """The ids of two records in a new ledger, the first of which a moved threshold changes."""
    ledger, book = whytune.Ledger(place), whytune.load(folder, as_of=DAY["as_of"])
    return [str(ledger.record(book.case(topic="bill", amount=amount))) for amount in (150, 300)]


def test_what_an_edit_would_change_in_the_records_is_told_beside_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workshop, "run", lambda shop, function, *arguments: function(*arguments))
    two_bills(folder, tmp_path / "l")
    with served(folder, ledger=str(tmp_path / "l")) as client:
        assert "/edit/impact" in client.get("/edit", params={"file": NAME}).text
        form = {**DAY, "language": "en", "file": NAME, KEPT: kept(client)}
        moved = client.post("/edit/impact", data={**form, "text": MOVED})
        assert moved.status_code == 200, moved.text
        assert "1 of 2" in moved.text
        assert form_of(moved.text) == MOVED
        (button,) = re.findall('<button class="switch"[^>]*>', moved.text)
        sent = dict(re.findall('(\\w+)="([^"]*)"', button))
        switched = client.post(sent["formaction"], data={**form, "text": MOVED, sent["name"]: sent["value"]}).text
        assert ('<html lang="zh">' in switched, "2 条已记录的建议中，有 1 条会改变" in switched) == (True, True)
        wrong = client.post("/edit/impact", data={**form, "text": TEXT.replace("cut_at", "cuts_at")})
        assert (wrong.status_code, "cuts_at" in wrong.text) == (422, True)


def test_an_edit_of_another_site_or_of_no_form_is_refused(client: TestClient) -> None:
    form = urlencode({"file": NAME, "text": MOVED})
    headers = {"content-type": "application/x-www-form-urlencoded"}
    for foreign in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        assert client.post("/edit", content=form, headers={**headers, **foreign}).status_code == 403
    assert client.post("/edit", content=form, headers={"content-type": "text/plain"}).status_code == 415
    assert client.post("/edit", content=b"text=%ff", headers=headers).status_code == 415
    assert client.post("/edit", content="a=1&" * 600, headers=headers).status_code == 413


def test_a_copy_stands_in_place_of_the_rulebook_that_comes_with_whytune(tmp_path: Path) -> None:
    copied = tmp_path / "guide"
    copied.mkdir()
    (copied / NAME).write_text(TEXT.replace("name: letters", "name: guide"))
    assert library([str(copied)], None).books["guide"].place == str(copied)


def test_the_editor_asks_what_is_wrong_with_what_is_typed_and_what_may_stand_there(client: TestClient) -> None:
    about = {"rulebook": "letters", "file": NAME, **DAY}
    wrong = TEXT.replace("kind: choice", "kind: choise", 1)
    line = wrong.split("\n").index(next(one for one in wrong.split("\n") if "choise" in one)) + 1
    for language, words in (("en", "did you mean `choice`?"), ("zh", "您是不是想写 `choice`？")):
        told = client.post("/edit/mistakes.json", data={**about, "language": language, "text": wrong}).json()[
            "problems"
        ]
        assert [(one["place"]["file"], one["place"]["line"], one["hint"]) for one in told][:1] == [(NAME, line, words)]
    for right in (TEXT, MOVED):
        assert client.post("/edit/mistakes.json", data={**about, "text": right}).json() == {"problems": []}
    of_form = client.post("/edit/mistakes.json", data={**about, "file": "none.yaml", "text": ""})
    assert of_form.status_code == 422
    schema = client.get("/edit/schema.json", params={"rulebook": "letters", **DAY}).json()
    assert "topic" in schema["definitions"]["conditions"]["properties"]


def test_the_editor_is_the_one_that_its_readme_names_and_its_page_weighs_little(client: TestClient) -> None:
    readme = (ROOT / "web" / "codemirror" / "README.md").read_text("utf-8")
    script = client.get(f"/{EDITOR}", headers={"Accept-Encoding": "gzip"})
    digest = sha256(script.content).hexdigest()
    assert f"`{digest}`" in readme
    assert digest[:8] in EDITOR
    assert f"{len(script.content):,} bytes" in readme
    assert script.headers["content-encoding"] == "gzip"
    for codings, is_taken in (
        ("identity", False),
        ("br, gzip;q=0", False),
        ("gzip; q=0.0, br", False),
        ("br, gzip;q=0.5", True),
    ):
        other = client.get(f"/{EDITOR}", headers={"Accept-Encoding": codings})
        assert other.content == script.content
        assert ("content-encoding" in other.headers) == is_taken, codings
    assert not re.search(rb"\beval\(|new Function|data:image/svg\+xml,(?!<svg)", script.content)
    page = client.get("/edit", params={"file": NAME}).text
    assert [*re.findall(r'<script src="/([^"]+)" defer></script>', page)] == [SCRIPT, EDITOR]
    assert EDITOR not in client.get("/edit").text
    sent = (int(client.get(f"/{name}").headers["content-length"]) for name in (EDITOR, SCRIPT, "style.css"))
    assert sum(sent) + len(page.encode()) < 200_000


def test_the_editor_speaks_the_language_of_the_page(client: TestClient) -> None:
    words = {}
    for language in LANGUAGES:
        page = client.get("/edit", params={"file": NAME, "language": language}).text
        (told,) = re.findall(r'data-words="([^"]*)"', page)
        words[language] = json.loads(unescape(told))
    assert words["en"].keys() == words["zh"].keys()
    assert all(re.search("[\u4e00-\u9fff]", text) for text in words["zh"].values())
    script = (ROOT / "web" / "codemirror" / EDITOR).read_text("utf-8")
    assert [key for key in words["en"] if f'"{key}"' not in script] == []


PLACES = {
    "ru|": ("rules rulebook", "yes"),
    "rules:\n  - i|": ("id if", "kind"),
    "rules:\n- id: a\n  if:\n    to|": ("topic sum", "id"),
    "rules:\n  - id: a\n    if: {topic: b|": ("bill praise", "topic"),
    "rules:\n  - id: a\n    if: {topic: bill, a|": ("sum", "bill"),
    "rules:\n  - id: a\n    title:\n      en: A\n\n    # why\n    be|": ("because", "en"),
    "rules:\n  - id: a\n    if:\n      topic: [bill, |": ("praise", "topic"),
    "facts:\n  - fact: x\n    kind: |": ("yes_no choice", "fact"),
    "facts:\n  - fact: x\n    bands:\n      - |": ("band cut_at", "kind"),
    "decisions:\n  - decision: d\n    options:\n      - option: x\n      - |": ("option label", "decision"),
    "'rules':\n  - \"id\": a\n    prop|": ("propose", "en"),
}
"""Texts with the place of the cursor, each with what may stand there, and what may not."""
AT_PLACES = """
import { suggestions } from "./suggestions.js";
let input = "";
for await (const part of process.stdin) input += part;
const { texts, schema } = JSON.parse(input);
const doc = (text) => {
  const lines = text.split("\\n");
  const starts = lines.map((_, number) => lines.slice(0, number).join("\\n").length + (number ? 1 : 0));
  const line = (number) => ({ number, text: lines[number - 1], from: starts[number - 1] });
  return { line, lineAt: (at) => line(starts.findLastIndex((start) => start <= at) + 1) };
};
const made = (text) => suggestions(doc(text.replace("|", "")), text.indexOf("|"), schema);
console.log(JSON.stringify(texts.map((text) => (made(text)?.options ?? []).map((one) => one.label))));
"""


@pytest.mark.skipif(which("node") is None, reason="needs node")
def test_the_editor_completes_keys_facts_and_values_where_they_may_stand(client: TestClient) -> None:
    schema = client.get("/edit/schema.json", params={"rulebook": "letters", **DAY}).json()
    command = ["node", "--input-type=module", "--eval", AT_PLACES]
    asked = json.dumps({"texts": [*PLACES], "schema": schema})
    folder = ROOT / "web" / "codemirror"
    done = subprocess.run(
        command, input=asked, cwd=folder, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    for (text, (may, may_not)), labels in zip(PLACES.items(), json.loads(done.stdout), strict=True):
        assert {*may.split()} <= {*labels}, text
        assert may_not not in labels, text
