"""The parts of a list, `needs.speed`, are names of facts at every door, as `ask --save` writes them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="needs whytune[web]")
pytest.importorskip("mcp", reason="needs whytune[mcp]")

from starlette.testclient import TestClient

import whytune
from whytune.engine.language.casetable import decode_case_table
from whytune.web.assistants import tools
from whytune.web.library import shelved
from whytune.web.service import Limits, Service

from .looks import tabled
from .stage import perform
from .test_case_tables import NEEDS
from .test_service import OPEN

PARTS = {"needs.speed": "yes", "needs.price": "no"}
"""What is given: of `needs.trust` nothing is known."""
ADDRESS = {f"facts.{name}": value for name, value in PARTS.items()}
ROW = ",".join(PARTS), ",".join(PARTS.values())


class Doors:
    """A rulebook with a list, asked by every door."""

    def __init__(self, folder: Path) -> None:
        (folder / "needs").mkdir()
        (folder / "needs" / "rulebook.yaml").write_bytes(NEEDS)
        self.folder, self.path = folder, str(folder / "needs")
        self.book = whytune.load(self.path)
        self.ledger = whytune.Ledger(folder / "a.ledger")
        self.identity = self.ledger.record(self.book.case(PARTS))
        self.library = shelved([self.path], self.ledger.file)
        self.client = TestClient(Service(self.library, OPEN, Limits()).application(), base_url="http://127.0.0.1:8020")

    def typed(self, *words: str, typed: str = "") -> str:
        done = perform(*words, "--rulebook", self.path, given=typed)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def written(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text)
        return str(self.folder / name)

    def posted(self, address: str, **sent: Any) -> Any:
        return self.client.post(f"/v1/{address}", params={"rulebook": "needs"}, **sent).json()


def given(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that an answer says were given."""
    assert "facts" in answer, answer
    return {name: fact["value"] for name, fact in answer["facts"].items() if fact["state"] == "given"}


def saved(doors: Doors) -> str:
    """What `ask --save` writes, read again."""
    file = doors.written("part.yaml", json.dumps(PARTS))
    kept = str(doors.folder / "kept.yaml")
    doors.typed("ask", file, "--save", kept, typed="unknown\n" * 9 + "\n")
    assert "needs.speed: yes" in Path(kept).read_text()
    return doors.typed("advise", kept, "--format", "json")


OF_CASE: Mapping[str, Callable[[Doors], Any]] = {
    "--set": lambda doors: json.loads(
        doors.typed("advise", *(f"--set={name}={value}" for name, value in PARTS.items()), "--format", "json")
    ),
    "a case file": lambda doors: json.loads(
        doors.typed("advise", doors.written("case.yaml", json.dumps(PARTS)), "--format", "json")
    ),
    "ask --save": lambda doors: json.loads(saved(doors)),
    "Python": lambda doors: doors.book.case(PARTS).to_dict(),
    "an address": lambda doors: doors.client.get("/v1/advise", params={"rulebook": "needs", **ADDRESS}).json(),
    "a body": lambda doors: doors.posted("advise", json=PARTS),
    "an assistant": lambda doors: tools.called("advise", {"facts": PARTS}, doors.library).data,
    "a record": lambda doors: doors.ledger.case(doors.identity).to_dict(),
    "a record over HTTP": lambda doors: doors.client.get("/v1/advise", params={"of_record": 1}).json(),
}
OF_ROWS: Mapping[str, Callable[[Doors], str | None]] = {
    "bulk": lambda doors: doors.typed("bulk", doors.written("rows.csv", "\n".join(ROW) + "\n")),
    "bulk of JSON": lambda doors: doors.typed("bulk", doors.written("rows.jsonl", json.dumps(PARTS) + "\n")),
    "decide": lambda doors: str(next(iter(doors.book.decide([PARTS])))["advice"]),
    "bulk over HTTP": lambda doors: (
        doors.client.post(
            "/v1/bulk?rulebook=needs", content="\n".join(ROW) + "\n", headers={"Content-Type": "text/csv"}
        ).text
    ),
}


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Doors:
    return Doors(tmp_path_factory.mktemp("doors"))


@pytest.mark.slow
@tabled("door", OF_CASE)
def test_a_case_gives_parts_of_a_list_by_every_door(doors: Doors, door: str) -> None:
    assert {**given(OF_CASE[door](doors))} == PARTS


@pytest.mark.slow
@tabled("door", OF_ROWS)
def test_a_row_gives_parts_of_a_list_by_every_door(doors: Doors, door: str) -> None:
    told = OF_ROWS[door](doors)
    assert told is not None
    assert "b" in told.replace(",", " ").replace('"', " ").split()


def test_tables_of_cases_take_parts_of_a_list(doors: Doors) -> None:
    table = "\n".join(ROW).encode()
    (case,) = decode_case_table(table, "cases.csv")
    assert doors.book.case_of(*case.facts).recommendation.decisions["pick"].advice == "b"


def test_records_that_give_parts_of_a_list_are_replayed_and_put_to_other_rulebooks(doors: Doors) -> None:
    assert doors.ledger.replay(doors.identity).same == 1
    assert doors.ledger.proof(doors.identity, **PARTS).replayed.to_dict()["same"]
    effect = doors.ledger.impact(doors.book)
    assert (effect.looked_at, effect.changed, effect.unfit) == (1, 0, ())
