"""Tables of tasks over HTTP: as the terminal answers them, whole or not at all, within bounds."""

from __future__ import annotations

import errno
import json
import os
import re
from itertools import count
from tempfile import SpooledTemporaryFile
from typing import Any

import pytest

pytest.importorskip("starlette", reason="needs whytune[web]")
from starlette.testclient import TestClient

from whytune.engine.bulk.row_formats import FORMATS
from whytune.web import sent_tables
from whytune.web.guard import Rules
from whytune.web.library import shelved
from whytune.web.service import Limits, Service

from .stage import perform

DAY = "2026-11-25"
CSV = "id,prompt_enough,external_knowledge,need,how many\na,no,no,domain_terms,3200\nb,yes,,,\nc,no,no,speed,\n"
JSONL = '{"id": 1, "prompt_enough": true}\n{"id": 2, "exmaples": 3}\nnonsense\n'


@pytest.fixture(scope="module")
def client() -> TestClient:
    return asks(30)


def asks(seconds: float) -> TestClient:
    application = Service(shelved(["guide"], None), Rules(), Limits(seconds)).application()
    return TestClient(application, base_url="http://127.0.0.1:8020", raise_server_exceptions=False)


def refusal(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["problems"][0]["code"]


@pytest.mark.parametrize(
    ("table", "form", "options"),
    [(CSV, "csv", {"map": "how many=examples", "prefix": "x_", "assume": "no"}), (JSONL, "jsonl", {})],
)
def test_a_table_is_answered_as_in_the_terminal(
    client: TestClient, table: str, form: str, options: dict[str, str]
) -> None:
    asked = {**options, "format": form, "as_of": DAY}
    answer = client.post("/v1/bulk", params=asked, content=table.encode())
    words = [word for name, value in asked.items() for word in (f"--{name.replace('_', '-')}", value)]
    printed = perform("bulk", "-", *words, given=table)
    assert answer.status_code == 200
    assert answer.text == printed.stdout
    assert answer.headers["content-type"].partition(";")[0] == sent_tables.MEDIA[form].partition(";")[0]
    assert answer.headers["whytune-refused"] == "1"
    assert answer.headers["whytune-rows"] == "2"
    columns, remarks = (json.loads(answer.headers[f"whytune-{name}"]) for name in ("columns", "remarks"))
    facts = {"prompt_enough": "prompt_enough", "external_knowledge": "external_knowledge", "need": "need"}
    if form == "csv":
        assert columns == {**facts, "how many": "examples", "id": None}
        assert remarks == []
    else:
        assert columns == {"prompt_enough": "prompt_enough", "id": None, "exmaples": None}
        assert "did you mean `examples`?" in remarks[0]
    assert all(remark in printed.stderr for remark in remarks)


def test_columns_that_are_not_there_are_told_and_many_of_long_names_fit_into_a_head(client: TestClient) -> None:
    names = [f"{'长' * 100}{number}" for number in range(300)]
    table = ",".join(["need", *names]) + "\nspeed" + "," * 300 + "\n"
    asked = {"map": ["how many=examples", "of it=prompt_enough"], "as_of": DAY, "language": "zh"}
    answer = client.post("/v1/bulk", params=asked, content=table.encode())
    assert json.loads(answer.headers["whytune-columns"])["need"] == "need"
    assert sum(map(len, answer.headers.values())) < 8 * 1024
    remarks = json.loads(answer.headers["whytune-remarks"])
    assert [re.sub(".*[一-鿿：]", "", remark).strip() for remark in remarks] == ["how many", "of it"]


def test_what_is_told_of_columns_fits_into_4_kib_and_says_how_many_are_left_out(client: TestClient) -> None:
    columns = ["need", *(f"{number}号列名称" for number in range(300))]
    table = ",".join(columns) + "\nspeed" + "," * 300 + "\n"
    absent = [f"{number}号" + "长" * 30 for number in range(30)]
    asked = {"map": [f"{name}=examples" for name in absent], "as_of": DAY, "language": "zh"}
    told = client.post("/v1/bulk", params=asked, content=table.encode()).headers
    assert len(told["whytune-columns"]) + len(told["whytune-remarks"]) <= 4096
    for name, there in (("columns", columns), ("remarks", absent)):
        shown = json.loads(told[f"whytune-{name}"])
        assert len(shown) + int(told[f"whytune-{name}-left-out"]) == len(there)
        assert shown


@pytest.mark.parametrize(
    ("content", "params", "code"),
    [
        (b"", {}, "empty-file"),
        (b"a,b\n1,2\n", {}, "unknown-fact"),
        (b"examples\n\xff\n", {}, "not-utf8"),
        (b'examples\n1\n"2\n', {}, "csv-syntax"),
        *(
            (b"examples\n1\n", {"format": form}, "unknown-value")
            for form in (*{*FORMATS} - {*sent_tables.MEDIA}, "xlsx")
        ),
        (b"examples\n1\n", {"map": "examples"}, "wrong-type"),
        (b"examples\n1\n", {"rulebook": "gide"}, "unknown-rulebook"),
        (b"examples\n1\n", {"rows": "1"}, "unknown-key"),
    ],
)
def test_what_is_no_table_is_refused_as_a_whole(
    client: TestClient, content: bytes, params: dict[str, str], code: str
) -> None:
    assert refusal(client.post("/v1/bulk", params=params, content=content)) == (422, code)


def test_a_table_that_is_too_large_takes_too_long_or_finds_no_room_is_refused(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sent_tables, "monotonic", count(0, 60).__next__)
    assert refusal(client.post("/v1/bulk", content=CSV.encode())) == (503, "too-slow")
    monkeypatch.undo()
    monkeypatch.setattr(sent_tables, "MOST", 20)
    assert refusal(client.post("/v1/bulk", content=CSV.encode())) == (413, "refused-request")
    monkeypatch.undo()
    monkeypatch.setattr(sent_tables, "spooled", Full)
    assert refusal(client.post("/v1/bulk", content=CSV.encode())) == (507, "disk-failure")


class Full(SpooledTemporaryFile[bytes]):
    """A file on a disk that is full."""

    def write(self, part: Any) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_table_is_sent_and_not_asked_for(client: TestClient) -> None:
    assert client.get("/v1/bulk").status_code == 405
    foreign = client.post("/v1/bulk", content=CSV.encode(), headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
