"""Rulebooks in the files of other tools, asked for in Python: as the commands write and read them."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

import whytune
from whytune.engine.language import source
from whytune.exchange.folder import load_to_cross
from whytune.exchange.sheets.csv_zip import packed, unpacked
from whytune.exchange.sheets.inspection import MAX_FILE

from .stage import ROOT, perform

SMALL = """\
rulebook: {name: lanes, version: 1.0.0, title: Lanes, languages: [en]}
documents: [{document: memo, title: Memo}]
facts:
  - {fact: weight, kind: whole_number, label: Weight, ask: Weight?, range: {min: 0}}
decisions:
  - decision: lane
    ask: Which lane?
    options: [{option: slow, label: Slow}, {option: fast, label: Fast}]
    if_none_stands: {advise: refer, because: No row fits., source: {document: memo, place: top}}
    if_several_stand: {advise: refer, because: Rows differ., source: {document: memo, place: top}}
tables:
  - table: by_weight
    title: By weight
    decision: lane
    hit: one
    because: The memo says so.
    source: {document: memo, place: top}
    columns: [weight, propose]
    rows:
      - ['>= 100', slow]
      - ['< 100', fast]
"""


@pytest.fixture
def lanes(tmp_path: Path) -> Path:
    folder = tmp_path / "lanes"
    folder.mkdir()
    (folder / "rulebook.yaml").write_text(SMALL)
    return folder


def edited_zip(lanes: Path, old: bytes, new: bytes) -> Path:
    """The rulebook as CSV files in a ZIP file, in which one text is another."""
    file = lanes.parent / "edited.zip"
    whytune.load(lanes).export(lanes.parent / "sheets.zip")
    sheets = unpacked((lanes.parent / "sheets.zip").read_bytes(), "sheets.zip")
    assert sum(old in data for name, data in sheets.items() if name != "files.csv") == 1
    file.write_bytes(
        packed({name: data if name == "files.csv" else data.replace(old, new) for name, data in sheets.items()})
    )
    return file


@pytest.mark.parametrize(
    ("name", "words"), [("r.dmn", ["--as", "rules"]), ("r.xlsx", []), ("r.zip", []), ("r.py", []), ("sheets/", [])]
)
def test_an_export_in_python_is_that_of_the_command(lanes: Path, tmp_path: Path, name: str, words: list[str]) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    theirs.mkdir()
    remarks = whytune.load(lanes, as_of="2026-11-25").export(f"{ours}/{name}", as_rules=bool(words))
    printed = perform("export", f"{theirs}/{name}", "--rulebook", lanes, "--as-of", "2026-11-25", *words)
    assert printed.returncode == 0
    assert [line[4:] for line in printed.stdout.splitlines() if line.startswith("  - ")] == list(remarks)
    written = {path.relative_to(ours): path.read_bytes() for path in ours.rglob("*") if path.is_file()}
    assert written
    assert written == {path.relative_to(theirs): path.read_bytes() for path in theirs.rglob("*") if path.is_file()}


def test_an_export_overwrites_nothing_and_is_of_the_rulebook_that_was_loaded(lanes: Path, tmp_path: Path) -> None:
    book = whytune.load(lanes)
    book.export(tmp_path / "r.xlsx")
    for file, rules, code in [("r.xlsx", False, "file-exists"), ("new.xlsx", True, "unknown-format")]:
        with pytest.raises(whytune.WhytuneError) as caught:
            book.export(tmp_path / file, as_rules=rules)
        assert [problem.code for problem in caught.value.problems] == [code]
    (lanes / "rulebook.yaml").write_text(SMALL.replace("100", "200"))
    with pytest.raises(whytune.WhytuneError, match="has changed since it was loaded"):
        book.export(tmp_path / "later.xlsx")
    assert not (tmp_path / "later.xlsx").exists()


def test_a_rulebook_is_read_once_to_be_exported(lanes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    reading = source.read_bytes

    def noted(path: Path, label: str, most: int = source.MAX_BYTES) -> bytes:
        read.append(path.name)
        return reading(path, label, most)

    monkeypatch.setattr(source, "read_bytes", noted)
    content, files = load_to_cross(lanes)
    assert (content.name, [*files], read) == ("lanes", ["rulebook.yaml"], ["rulebook.yaml"])


def test_an_import_is_looked_at_before_it_is_written(lanes: Path, tmp_path: Path) -> None:
    file = edited_zip(lanes, b">= 100", b">= 150")
    edit = whytune.import_rulebook(file, into=whytune.load(lanes))
    assert edit.is_edit
    assert edit.remarks == (f"{file}/by_weight.csv:2, weight: `>= 100` becomes `>= 150`",)
    assert edit.difference is not None
    assert edit.difference.level == "advice"
    assert "-      - ['>= 100', slow]\n+      - ['>= 150', slow]\n" in edit.patch
    assert "".join(edit.remarks[0].split()) in "".join(str(edit).split())  # however long the path, wherever it wraps
    assert (lanes / "rulebook.yaml").read_text() == SMALL
    assert edit.save(lanes) == (str(lanes / "rulebook.yaml"),)
    assert (lanes / "rulebook.yaml").read_text() == SMALL.replace(">= 100", ">= 150")


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_the_patch_of_an_import_is_one_that_git_applies(lanes: Path) -> None:
    edit = whytune.import_rulebook(edited_zip(lanes, b">= 100", b">= 150"), into=whytune.load(lanes))
    subprocess.run(["git", "apply", "-"], cwd=lanes, input=edit.patch.encode(), check=True)
    assert (lanes / "rulebook.yaml").read_text() == edit.files["rulebook.yaml"]


def test_a_new_rulebook_is_saved_where_none_is(lanes: Path, tmp_path: Path) -> None:
    made = whytune.import_rulebook(ROOT / "docs" / "examples" / "loan.dmn")
    assert (made.is_edit, made.difference, made.patch.count("--- /dev/null")) == (False, None, 4)
    made.save(tmp_path / "loans")
    assert whytune.load(tmp_path / "loans").content.name == "loan_strategy"
    with pytest.raises(whytune.WhytuneError, match="already there"):
        made.save(lanes)


def test_an_unedited_file_changes_nothing(lanes: Path, tmp_path: Path) -> None:
    whytune.load(lanes).export(tmp_path / "r.xlsx")
    edit = whytune.import_rulebook(tmp_path / "r.xlsx", into=whytune.load(lanes))
    assert (dict(edit.changed), edit.patch, edit.remarks) == ({}, "", ())
    assert "Nothing is changed" in str(edit)
    assert edit.save(lanes) == ()


def test_folders_of_csv_are_packed_the_same_wherever_they_stand() -> None:
    files = {"a.csv": b"x\n", "b.csv": b"y\n"}
    assert unpacked(packed(files), "r.zip") == files
    assert unpacked(packed({"sheets/a.csv": b"x\n", "__MACOSX/sheets/._a.csv": b"", "note.txt": b""}), "r.zip") == {
        "a.csv": b"x\n"
    }


@pytest.mark.slow
def test_a_file_that_is_no_folder_of_csv_is_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * 40_000_000)
    spoilt = {
        "bad-workbook": [b"", b"PK", packed({}), packed({"a.csv": b"x", "b/a.csv": b"y"}), packed({"a.txt": b""})],
        "too-large": [bomb.read_bytes(), b"0" * (MAX_FILE + 1), packed({f"{n}.csv": b"" for n in range(1001)})],
    }
    for code, files in spoilt.items():
        for data in files:
            with pytest.raises(whytune.WhytuneError) as caught:
                unpacked(data, "r.zip")
            assert [problem.code for problem in caught.value.problems] == [code]
