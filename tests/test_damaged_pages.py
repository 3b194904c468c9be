"""Whatever is damaged in a ledger, each of its pages and questions answers, or says that it is the ledger's fault."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="needs whytune[web]")

from starlette.testclient import TestClient

from whytune.web.apart import Workshop
from whytune.web.guard import Rules
from whytune.web.library import shelved
from whytune.web.routes import ROUTES
from whytune.web.service import Limits, Service

from .ledgers import RULEBOOK, opened_up, recorded

COUNT = 4
Harm = Callable[[Path], object]


def by(*statements: str) -> Harm:
    """Damage that these statements do, with no trigger in their way."""

    def harm(path: Path) -> None:
        with opened_up(path) as connection:
            for statement in statements:
                connection.execute(statement)

    return harm


def unguarded(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER records_stay")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def overwritten(path: Path) -> None:
    """The pages of the file after its first are no pages."""
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))


HARMS: dict[str, Harm] = {
    "changed": by("UPDATE records SET body = replace(body, 'Ada', 'Bob') WHERE seq = 2"),
    "strange": by("UPDATE records SET body = 'nothing' WHERE seq = 2"),
    "missing": by("DELETE FROM records WHERE seq = 2"),
    "moved": by("DELETE FROM records WHERE seq = 1", "UPDATE records SET seq = seq - 1"),
    "last": by(f"UPDATE records SET body = 'nothing' WHERE seq = {COUNT}"),
    "every": by("UPDATE records SET body = ''"),
    "numbered": by("UPDATE records SET seq = -seq"),
    "rulebook_changed": by("UPDATE files SET content = x'7b'"),
    "rulebook_missing": by("DELETE FROM files"),
    "unowned": by(f"INSERT INTO files VALUES ('{'0' * 64}', x'ff')"),
    "unguarded": unguarded,
    "cut": cut,
    "overwritten": overwritten,
    "no database": lambda path: path.write_bytes(b"nothing"),
    "gone": lambda path: path.unlink(),
}
NAMED = ("records", "replay")
OF_LEDGER = [name for name, route in ROUTES.items() if route.subject == "ledger" and not route.writes]
QUESTIONS = [
    *((name, {"new": "loans"} if name == "impact" else {}) for name in OF_LEDGER),
    ("impact", {}),
    *((name, {"name": str(number)}) for name in NAMED for number in (1, 2, COUNT)),
    *(("records", asked) for asked in ({"text": "Ada"}, {"page": "2", "size": "2"}, {"rule": "no_such"})),
]
OF_RECORD = [name for name, route in ROUTES.items() if route.is_about_a_case and not (route.draws or route.writes)]
QUESTIONS += [(name, {"of_record": "2", **({"option": "deposit"} if name == "why-not" else {})}) for name in OF_RECORD]
EXPORTS = [("export.jsonl", {}), ("export.jsonl", {"name": "2"}), ("v1/export", {}), ("v1/export", {"name": "2"})]
BESIDE_THE_CHAIN = {"rulebook_changed", "rulebook_missing", "unowned", "unguarded"}
"""Harms that leave each record whole and in its place: what asks for records alone does not meet them."""
TOLD = ("ledger-damaged", "not-a-ledger", "missing-file", "unknown-record", "facts-kept-out", "missing-key")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "l"
    recorded(path, COUNT)
    return path


@pytest.fixture
def client(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A service whose ledger is damaged after it was started."""
    monkeypatch.setattr(Workshop, "run", lambda shop, function, *arguments: function(*arguments))
    shutil.copy(sound, tmp_path / "l")
    application = Service(shelved([str(RULEBOOK)], str(tmp_path / "l")), Rules(), Limits()).application()
    with TestClient(application, base_url="http://127.0.0.1:8020", raise_server_exceptions=False) as client:
        yield client


@pytest.mark.slow
@pytest.mark.parametrize("harm", HARMS)
def test_every_question_about_a_damaged_ledger_has_an_answer(client: TestClient, tmp_path: Path, harm: str) -> None:
    HARMS[harm](tmp_path / "l")
    wrong = []
    for name, asked in (*QUESTIONS, *EXPORTS):
        for page in (name, *(() if (name, asked) in EXPORTS or "." in name else (f"{name}.json",))):
            reads = "application/json" if page.endswith(".json") else "text/html"
            answer = client.get(f"/{page}", params={**asked, "language": "en"}, headers={"accept": reads})
            is_silent = reads == "text/html" and must_show(harm, name, asked) and not shows_a_fault(answer)
            if answer.status_code >= 500 or set(codes_of(answer)) - set(TOLD) or is_silent:
                wrong.append((page, asked, answer.status_code, codes_of(answer), answer.text[-300:]))
    assert wrong == []


@pytest.mark.parametrize(
    ("harm", "place", "asked"),
    [("changed", "records.json", {"name": "2"}), ("unowned", "v1/export", {}), ("changed", "v1/export", {"name": "2"})],
)
def test_one_record_and_an_export_that_are_not_whole_are_refused_as_damaged(
    client: TestClient, tmp_path: Path, harm: str, place: str, asked: dict[str, str]
) -> None:
    HARMS[harm](tmp_path / "l")
    answer = client.get(f"/{place}", params=asked)
    assert (answer.status_code, codes_of(answer)) == (409, ["ledger-damaged"])


@pytest.mark.parametrize("harm", ["changed", "unowned", "cut"])
def test_a_page_about_a_damaged_ledger_shows_the_fault(client: TestClient, tmp_path: Path, harm: str) -> None:
    HARMS[harm](tmp_path / "l")
    for name, asked in (("verify", {}), ("records", {}), ("records", {"text": "Ada"})):
        answer = client.get(f"/{name}", params={**asked, "language": "en"})
        assert shows_a_fault(answer) or not must_show(harm, name, asked), (name, asked)


def must_show(harm: str, name: str, asked: dict[str, str]) -> bool:
    """Must a page show the harm: one about the whole ledger, and not only the form in which `impact` is asked?"""
    is_about_all = name in OF_LEDGER and "." not in name and "name" not in asked and (name != "impact" or bool(asked))
    return name == "verify" or (is_about_all and harm not in BESIDE_THE_CHAIN)


def shows_a_fault(answer: Any) -> bool:
    """Is a page refused as that of a damaged or missing ledger, or does it say in words where the fault is?"""
    return answer.status_code in (409, 422) or "Not verified" in answer.text


def codes_of(answer: Any) -> list[str]:
    """The codes of what is wrong, where they are told as data."""
    is_data = "problem+json" in answer.headers["content-type"]
    return [problem["code"] for problem in answer.json()["problems"]] if is_data else []
