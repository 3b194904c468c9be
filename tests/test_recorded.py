"""What is recorded over HTTP and by assistants: on disk when it is acknowledged, with evidence, by those who may."""

from __future__ import annotations

import json
import pickle
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="needs whytune[web]")
from starlette.testclient import TestClient

import whytune
from whytune import WhytuneError
from whytune.engine.ledger import store
from whytune.engine.ledger.record import Circumstances
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import verify
from whytune.web.guard import Rules, Token
from whytune.web.library import shelved
from whytune.web.service import Limits, Service

from .stage import ROOT

FACTS = {"prompt_enough": "no", "external_knowledge": "no", "need": "domain_terms", "examples": 3200}
CASE = {
    "case": "A clinic",
    "given": FACTS,
    "evidence": {"examples": "we have 3,200\n  of them", "need": "in our terms"},
}


def asks(ledger: Path | None, *tokens: Token) -> TestClient:
    library = shelved(["guide"], str(ledger) if ledger else None)
    application = Service(library, Rules(tokens=tokens), Limits()).application()
    return TestClient(application, base_url="http://127.0.0.1:8020", raise_server_exceptions=False)


def problem(answer: Any) -> dict[str, Any]:
    (first,) = answer.json()["problems"]
    assert answer.headers["content-type"] == "application/problem+json"
    return dict(first)


def test_what_is_recorded_is_the_advice_with_its_evidence(tmp_path: Path) -> None:
    client = asks(tmp_path / "l")
    about = {"by": "Ada", "purpose": "Pilot", "evidence.prompt_enough": "TICKET-7"}
    answer = client.post("/v1/record", params=about, json=CASE)
    assert answer.status_code == 201
    data = answer.json()
    record = client.get("/v1/records", params={"name": data.pop("record")}).json()
    assert (record["by"], record["purpose"], record["case"]) == ("Ada", "Pilot", "A clinic")
    assert record["evidence"] == {
        "examples": "we have 3,200 of them",
        "need": "in our terms",
        "prompt_enough": "TICKET-7",
    }
    assert data == {"kept_out": [], "given_away": [], **client.post("/v1/advise", json=CASE).json()}
    told = client.post("/v1/record", params={"format": "text", "language": "zh"}, json=CASE).text
    assert told.startswith("已记录为 2-")
    with Ledger.to_read(tmp_path / "l") as ledger:
        assert verify(ledger).fault is None


def test_many_at_once_are_recorded_each_once(tmp_path: Path) -> None:
    client = asks(tmp_path / "l")
    with ThreadPoolExecutor(4) as pool:
        answers = [*pool.map(lambda number: client.post("/v1/record", json={"examples": number}), range(12))]
    identities = {answer.json()["record"] for answer in answers}
    assert sorted(int(identity.partition("-")[0]) for identity in identities) == [*range(1, 13)]


def test_a_full_disk_is_told_and_leaves_nothing_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = asks(tmp_path / "l")
    assert client.post("/v1/record", json=FACTS).status_code == 201
    to_append = Ledger.to_append

    def full(path: str | Path, seconds: float = store.SECONDS) -> Ledger:
        ledger = to_append(path, seconds)
        ledger._database.rows("PRAGMA max_page_count = 1")  # as many as there are: no page more
        return ledger

    monkeypatch.setattr(Ledger, "to_append", full)
    answer = client.post("/v1/record", json=CASE)
    assert answer.status_code == 507
    assert problem(answer)["code"] == "disk-failure"
    monkeypatch.undo()
    assert [record["id"].partition("-")[0] for record in client.get("/v1/records").json()] == ["1"]
    assert client.post("/v1/record", json=FACTS).status_code == 201


def test_what_answers_in_another_process_reads_no_files(tmp_path: Path) -> None:
    own = shutil.copytree(ROOT / "rules" / "guide", tmp_path / "own")
    bookcase = shelved([str(own)], str(tmp_path / "l"))
    sent = pickle.dumps(bookcase)
    shutil.rmtree(own)
    assert [*pickle.loads(sent).books] == [*bookcase.books]


def test_a_case_with_other_facts_keeps_the_evidence_of_those_that_stay(tmp_path: Path) -> None:
    (tmp_path / "case.json").write_text(json.dumps(CASE))
    case = whytune.load("guide").read_case(tmp_path / "case.json")
    assert case.but(examples=50).evidence == {"need": "in our terms"}


def test_without_a_ledger_nothing_is_recorded_and_advice_is_given() -> None:
    client = asks(None)
    refused = client.post("/v1/record", json=FACTS)
    assert (refused.status_code, problem(refused)["code"]) == (422, "not-a-ledger")
    assert client.post("/v1/advise", json=FACTS).status_code == 200


def test_what_is_wrong_is_told_and_not_recorded(tmp_path: Path) -> None:
    client = asks(tmp_path / "l")
    wrong = client.post("/v1/record", json={"given": FACTS, "evidence": {"exmaples": "x"}})
    assert problem(wrong)["hint"] == "did you mean `examples`?"
    assert client.post("/v1/record", params={"by": "a\u202eb"}, json=FACTS).status_code == 422
    assert not (tmp_path / "l").exists()


def test_an_address_alone_records_nothing(tmp_path: Path) -> None:
    client = asks(tmp_path / "l")
    for address in ("/v1/record", "/record", "/record.json"):
        assert client.get(address).status_code in (404, 405)
    foreign = client.post("/v1/record", json=FACTS, headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
    assert not (tmp_path / "l").exists()


def test_who_may_read_may_not_record(tmp_path: Path) -> None:
    reader, writer = Token("0123456789-reader", "read"), Token("0123456789-writer")
    client = asks(tmp_path / "l", reader, writer)

    def status(address: str, token: Token) -> int:
        return client.post(address, json=FACTS, headers={"Authorization": f"Bearer {token.text}"}).status_code

    assert [status("/v1/advise", token) for token in (reader, writer)] == [200, 200]
    assert [status("/v1/record", token) for token in (reader, writer)] == [403, 201]


@pytest.mark.slow
def test_an_assistant_records_where_it_may(tmp_path: Path) -> None:
    pytest.importorskip("mcp", reason="needs whytune[mcp]")
    from whytune.web.assistants import tools

    library = shelved(["guide"], str(tmp_path / "l"))
    arguments = {"facts": FACTS, "evidence": CASE["evidence"], "by": "Ada"}
    answer = tools.called("record", arguments, library, may_record=True)
    assert answer.text.startswith(f"Recorded as {answer.data['record']}")
    assert json.loads(json.dumps(answer.data))["decisions"]["approach"]["advice"] == "lora"
    with Ledger.to_read(tmp_path / "l") as ledger:
        assert len(ledger) == 1
    assert "record" not in {tool.name for tool in tools.offered(may_record=False)}
    with pytest.raises(WhytuneError, match="no tool `record`"):
        tools.called("record", arguments, library)


def test_a_rulebook_that_is_edited_meanwhile_is_recorded_as_it_is_served(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    text = (Path(__file__).parent / "broken/cases/_rulebook.yaml").read_text()
    file.write_text(text)
    library = shelved([str(file)], str(tmp_path / "l"))
    file.write_text(text.replace("version: ", "version: 9"))
    (book,) = library.books.values()
    identity = library.keep(book.as_of("2026-11-25").case().recommendation, Circumstances())
    with Ledger.to_read(tmp_path / "l") as ledger:
        assert identity.startswith("1-")
        assert verify(ledger).fault is None
