"""What the service replied is kept for those who ask the same: as long as the answer is, and in little memory."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="needs whytune[web]")
from starlette.testclient import TestClient

from whytune.web import kept_replies, service
from whytune.web.asking import Query
from whytune.web.guard import Rules
from whytune.web.kept_replies import KeptReplies
from whytune.web.library import Bookcase, shelved
from whytune.web.routes import Reply, answered
from whytune.web.service import Limits, Service

from .stage import ROOT

CASE = {"facts.prompt_enough": "yes", "facts.examples": "3200", "as_of": "2026-11-25"}


class Asked:
    """A client of a service of the guide, and the questions that had to be worked out."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, bookcase: Bookcase) -> None:
        self.bookcase, self.answered = bookcase, list[str]()
        self.meanwhile: Callable[[], None] = lambda: None

        def counted(name: str, asked: Query) -> Reply:
            self.answered.append(name)
            reply = answered(name, asked)
            self.meanwhile()
            return reply

        monkeypatch.setattr(service, "answered", counted)
        application = Service(bookcase, Rules(), Limits()).application()
        self.client = TestClient(application, base_url="http://127.0.0.1:8020", raise_server_exceptions=False)

    def get(self, name: str, **more: str) -> Any:
        return self.client.get(f"/v1/{name}", params={**CASE, **more})


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    return Asked(monkeypatch, shelved(["guide"], None))


def test_the_same_question_is_worked_out_once_and_answered_alike(asked: Asked) -> None:
    for name, about in (("advise", {}), ("why", {}), ("advise", {"format": "text"}), ("graph.svg", {"view": "rules"})):
        first, again = asked.get(name, **about), asked.get(name, **about)
        assert (first.status_code, first.content) == (200, again.content)
        assert {**first.headers, "date": ""} == {**again.headers, "date": ""}
    assert asked.answered == ["advise", "why", "advise", "graph.svg"]
    assert 'whytune_advice_total{option="prompt"} 4' in asked.client.get("/metrics").text


def test_another_question_or_day_is_worked_out(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    for more in ({}, {"facts.examples": "3201"}, {"as_of": "2026-11-24"}, {"language": "zh"}):
        assert asked.get("advise", **more).status_code == 200
    monkeypatch.setattr(kept_replies, "today_or", lambda day: "tomorrow")
    asked.get("advise")
    assert asked.answered == ["advise"] * 5


def test_what_may_change_or_is_refused_is_never_kept(asked: Asked) -> None:
    for _ in range(2):
        assert asked.client.get("/v1/cost/gpu").status_code == 422
        assert asked.client.get("/v1/cases").status_code == 200
        assert asked.get("advise", **{"facts.exmaples": "1"}).status_code == 422
    assert asked.answered.count("cases") == asked.answered.count("advise") == 2


@pytest.mark.slow
def test_an_answer_across_an_edit_is_not_kept_for_either_rulebook(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = shutil.copytree(ROOT / "rules" / "guide", tmp_path / "own")
    file = folder / "rulebook.yaml"
    before = file.read_text("utf-8")
    asked = Asked(monkeypatch, shelved([str(folder)], None))
    (book,) = asked.bookcase.books.values()

    def edit(text: str) -> None:
        file.write_text(text, "utf-8")
        asked.bookcase.reload(book)

    asked.meanwhile = lambda: edit(before.replace("version: ", "version: 9"))
    asked.get("advise")
    asked.meanwhile = lambda: None
    edit(before)
    assert asked.get("advise").json()["rulebook"]["version"] == book.content.version
    assert len(asked.answered) == 2


def test_where_rules_stand_is_told_as_it_is_after_an_edit_that_changes_no_rule(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = shutil.copytree(ROOT / "rules" / "guide", tmp_path / "own")
    asked = Asked(monkeypatch, shelved([str(folder)], None))
    (book,) = asked.bookcase.books.values()
    file = folder / "framework.yaml"
    before = asked.client.get("/v1/rules").text
    assert asked.client.get("/v1/rules").text == before
    file.write_text("# a line more\n" + file.read_text("utf-8"), "utf-8")
    asked.bookcase.reload(book)
    assert asked.client.get("/v1/rules").text != before
    assert asked.answered == ["rules"] * 2


def test_what_is_kept_stays_within_its_bound_and_the_last_to_be_asked_for_stay() -> None:
    kept = KeptReplies(10_000)
    for number in range(50):
        kept.keep(f"{number}", Reply("x" * 900, "text/plain"))
        assert kept.get("0") is not None
    assert kept.get("49") is not None
    there = [number for number in range(50) if kept.get(f"{number}")]
    assert len(there) == 10
    assert there == [0, *range(41, 50)]
    kept.keep("large", Reply("x" * 5_000, "text/plain"))
    assert kept.get("large") is None
    assert len([number for number in range(50) if kept.get(f"{number}")]) == 10
