"""The service: every question of the terminal over HTTP, with the same data, and what it refuses."""

from __future__ import annotations

import asyncio
import fcntl
import gc
import json
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

pytest.importorskip("starlette", reason="needs whytune[web]")
from starlette.testclient import TestClient

import whytune
from whytune import WhytuneError
from whytune.cli import COMMANDS, cli
from whytune.cli.commands.cost import COMMANDS as COSTS
from whytune.engine.language.problems import CODES
from whytune.engine.words.catalogue import LANGUAGES
from whytune.web import server, service
from whytune.web.apart import Made, Workshop, too_slow
from whytune.web.asking import asking
from whytune.web.examiner import Examiner
from whytune.web.guard import MAX_ADDRESS, MAX_BODY, Rules
from whytune.web.library import library, shelved
from whytune.web.refusal import Refused
from whytune.web.routes import ROUTES
from whytune.web.server import rules, serve, tokens_in
from whytune.web.service import Limits, Service

from .looks import sampled
from .machine import UNMEASURED
from .pages import strange
from .stage import ROOT

CASE = ROOT / "rules/guide/cases/clinic_terms_100_examples.yaml"
DAY = "2026-11-25"
FACTS = {"prompt_enough": "no", "external_knowledge": "no", "need": "domain_terms", "examples": "3200"}
IN_ADDRESS = {f"facts.{name}": value for name, value in FACTS.items()}
IN_TERMINAL = [part for name, value in FACTS.items() for part in ("--set", f"{name}={value}")]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger with one record."""
    file = str(tmp_path_factory.mktemp("ledger") / "l")
    terminal("advise", *IN_TERMINAL, "--as-of", DAY, "--record", file, "--by", "Ada")
    return file


@pytest.fixture(scope="module")
def client(kept: str) -> Iterator[TestClient]:
    with asks(ledger=kept) as client:
        yield client


OPEN = Rules()
"""Who may ask a service of this machine."""


def asks(rules: Rules = OPEN, ledger: str | None = None) -> TestClient:
    application = Service(library((), ledger), rules, Limits()).application()
    return TestClient(application, base_url="http://127.0.0.1:8020", raise_server_exceptions=False)


def terminal(*arguments: str) -> str:
    done = CliRunner().invoke(cli, [*arguments])
    assert done.exit_code in (0, 1), done.output
    return done.stdout


IN_OTHER_WORDS = {
    "ask": "next, again and again",
    "bulk": "bulk, whose body is no case",
    "graph": "graph.svg",
    "audit": "records, stats, impact, replay, verify and export; what signs is for those who hold the keys",
    "new": "nothing is written over HTTP",
    "import": "import-rulebook, whose body is a file",
    "export": "export-rulebook, which answers with a file",
    "serve": "this",
    "mcp": "/mcp",
}
"""Commands that have no route of their name, each with what stands for them."""


def test_every_question_of_the_terminal_has_its_route() -> None:
    assert {*COMMANDS} - {*ROUTES} == {*IN_OTHER_WORDS}
    estimates = {f"cost/{command}" for command in COSTS}
    beside = {"graph.svg", "summary", "cases", "record", "codebook"}
    beside |= {"records", "stats", "stats.svg", "impact", "replay", "verify"}
    assert {*ROUTES} - {*COMMANDS} == beside | estimates


ASKED: dict[str, tuple[dict[str, str], list[str]]] = {
    "facts": ({"name": "examples"}, ["examples"]),
    "rules": ({"name": "prompt_is_enough"}, ["prompt_is_enough"]),
    "compare": ({"approach": "rag", "dimension": "data_need"}, ["rag", "--dimension", "data_need"]),
    "schema": ({"rulebook": "guide"}, ["--rulebook", "guide", "--cases"]),
    "explain-check": ({"name": "never-decisive"}, ["never-decisive", "--format", "json"]),
    "check": ({}, ["--as-of", DAY]),
    "test": ({}, ["--as-of", DAY]),
    "why-not": ({"option": "full"}, ["full"]),
    "flip": ({"to": "prompt"}, ["--to", "prompt"]),
}


@pytest.mark.parametrize("name", ["advise", "why", "reason", "next", "why-not", "flip"])
def test_a_question_about_a_case_is_answered_as_in_the_terminal(client: TestClient, name: str) -> None:
    more, options = ASKED.get(name, ({}, []))
    answer = client.get(f"/v1/{name}", params={**IN_ADDRESS, **more, "as_of": DAY})
    case = [str(CASE), *IN_TERMINAL] if name == "why-not" else IN_TERMINAL
    assert answer.status_code == 200, answer.text
    asked = client.post(f"/v1/{name}", params={**more, "as_of": DAY}, json=FACTS)
    assert asked.text == answer.text
    printed = terminal(name, *case, *options, "--as-of", DAY, "--format", "json")
    assert json.loads(printed) == answer.json()


@pytest.mark.parametrize(
    "name", sampled(["facts", "rules", "compare", "check", "test", "rulebooks", "explain-check"], 3)
)
def test_a_question_about_a_rulebook_is_answered_as_in_the_terminal(client: TestClient, name: str) -> None:
    more, options = ASKED.get(name, ({}, []))
    day = {} if name in ("rulebooks", "explain-check") else {"as_of": DAY}
    answer = client.get(f"/v1/{name}", params={**more, **day})
    printed = json.loads(terminal(name, *options, "--format", "json"))
    data = answer.json()
    if name == "rulebooks":
        for volume in data["rulebooks"]:
            assert len(volume.pop("digest")) == 64
    if name == "rules":
        printed.pop("holds", None), data.pop("holds", None)
    assert data == printed
    assert answer.status_code == 200


def test_a_statement_is_the_one_that_the_terminal_writes(client: TestClient) -> None:
    asked = {"dialect": "spark", "table": "tasks", "column": ["how many", "need"], "map": "how many=examples"}
    answer = client.get("/v1/sql", params={**asked, "assume": "no", "as_of": DAY})
    options = ["--dialect", "spark", "--table", "tasks", "--columns", "how many,need", "--map", "how many=examples"]
    assert answer.json() == {"sql": terminal("sql", *options, "--assume", "no", "--as-of", DAY)}
    wrong = client.get("/v1/sql", params={**asked, "map": "examples", "as_of": DAY})
    assert [problem["code"] for problem in wrong.json()["problems"]] == ["wrong-type"]


def test_what_if_and_costs_are_answered_as_in_the_terminal(client: TestClient) -> None:
    answer = client.get("/v1/what-if", params={**IN_ADDRESS, "changes.examples": "50", "as_of": DAY})
    before = whytune.load("guide", as_of=DAY).case(FACTS)
    assert answer.json().keys() == before.what_if(examples=50).to_dict().keys()
    assert answer.json() == before.what_if(examples=50).to_dict()
    cost = client.get("/v1/cost", params={**IN_ADDRESS, "as_of": DAY})
    printed = terminal("advise", *IN_TERMINAL, "--costs", "--as-of", DAY, "--format", "json")
    assert cost.json() == json.loads(printed)["costs"]


TRAFFIC = {"model": "gpt-4o-mini", "calls": "100000", "output_tokens": "200"}
PROMPTS = {"prompt_tokens": "2000", "tuned_prompt_tokens": "300"}
ESTIMATED: dict[str, dict[str, str]] = {
    "tune": {"model": "gpt-4o-mini", "examples": "1000", "tokens": "500"},
    "gpu": {"model": "Llama-3-8B", "method": "lora"},
    "serve": {**TRAFFIC, **PROMPTS, "hosting": "20", "self_hosted": "yes"},
    "break-even": {**TRAFFIC, **PROMPTS, "training": "4.50"},
}
"""An order of each estimate."""


@pytest.mark.parametrize("kind", COSTS)
def test_an_estimate_is_the_one_of_the_terminal_in_every_language(client: TestClient, kind: str) -> None:
    options = [part for name, text in ESTIMATED[kind].items() for part in (f"--{name.replace('_', '-')}", text)]
    if "self_hosted" in ESTIMATED[kind]:
        options.remove("yes")
    asked = {**ESTIMATED[kind], "as_of": DAY}
    printed = terminal("cost", kind, *options, "--as-of", DAY, "--format", "json")
    assert client.get(f"/v1/cost/{kind}", params=asked).json() == json.loads(printed)
    told = client.get(f"/v1/cost/{kind}", params={**asked, "format": "markdown", "language": "zh"}).text
    assert told == terminal("cost", kind, *options, "--as-of", DAY, "--format", "markdown", "--language", "zh")


def test_a_case_file_is_the_body_of_a_question(client: TestClient) -> None:
    answer = client.post("/v1/advise", params={"as_of": DAY}, content=CASE.read_bytes())
    printed = terminal("advise", str(CASE), "--as-of", DAY, "--format", "json")
    assert answer.text == printed
    assert answer.headers["whytune-rulebook"].startswith("guide 1.")


def test_records_and_their_proof_are_answered_as_in_the_terminal(client: TestClient, kept: str) -> None:
    listed = client.get("/v1/records")
    assert listed.json() == json.loads(terminal("audit", "list", "--ledger", kept, "--format", "json"))
    name = listed.json()[0]["id"]
    shown = json.loads(terminal("audit", "show", name, "--ledger", kept, "--format", "json"))
    assert client.get("/v1/records", params={"name": name}).json() == shown
    assert client.get("/v1/records", params={"since": "2999-01-01"}).json() == []
    proof = json.loads(terminal("audit", "verify", "--ledger", kept, "--format", "json"))
    assert client.get("/v1/verify").json() == proof


def test_records_are_counted_as_in_the_terminal(client: TestClient, kept: str) -> None:
    for asked, options in (({}, []), ({"advice": "prompt"}, ["--advice", "prompt"])):
        counted = client.get("/v1/stats", params=asked)
        printed = terminal("audit", "stats", "--ledger", kept, *options, "--format", "json")
        assert counted.json() == json.loads(printed)
    wrong = client.get("/v1/stats", params={"since": "soon", "page": "1"})
    assert [problem["code"] for problem in wrong.json()["problems"]] == ["unknown-key"]


def test_two_rulebooks_are_compared_over_all_tasks(client: TestClient) -> None:
    same = client.get("/v1/diff", params={"old": "guide", "new": "guide", "as_of": DAY}).json()
    assert same["advice"] == []
    printed = json.loads(terminal("diff", "guide", "guide", "--as-of", DAY, "--format", "json"))
    assert same == printed


def test_the_flowchart_is_a_picture_with_the_way_of_the_case(client: TestClient) -> None:
    whole = client.get("/v1/graph.svg")
    way = client.get("/v1/graph.svg", params=IN_ADDRESS)
    assert whole.headers["content-type"] == way.headers["content-type"] == "image/svg+xml"
    assert "<svg" in whole.text
    assert "taken" in way.text.partition("</style>")[2]
    assert "taken" not in whole.text.partition("</style>")[2]


@pytest.mark.slow
def test_every_view_is_drawn_over_http_as_in_python(client: TestClient) -> None:
    about = {"rulebook": "practice", "as_of": DAY, "language": "en"}
    case = whytune.load("practice", as_of=DAY).case(output_is_label=True)
    for view in ("flow", "rules", "decisions"):
        asked = {**about, "view": view, "decision": "hosting", "facts.output_is_label": "yes"}
        assert client.get("/v1/graph.svg", params=asked).text.endswith(case.picture(view, "hosting").svg())
    expanded = client.get("/v1/graph.svg", params={**about, "decision": "knowledge", "expand": "yes"})
    assert expanded.status_code == 200
    refusal = client.get("/v1/graph.svg", params={**about, "view": "table"})
    assert refusal.status_code == 422
    assert "no table is about `approach`" in refusal.text


@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
def test_an_answer_comes_in_every_format_and_language(client: TestClient, format_: str) -> None:
    for language in LANGUAGES:
        answer = client.get("/v1/advise", params={**IN_ADDRESS, "format": format_, "language": language})
        assert answer.status_code == 200
        assert ("建议" in answer.text) == (language == "zh")


WRONG: list[tuple[str, dict[str, str], str]] = [
    ("advise", {"facts.exmaples": "1"}, "unknown-fact"),
    ("advise", {"facts.examples": "many"}, "wrong-type"),
    ("advise", {"facts.prompt_enough": "maybe"}, "unknown-value"),
    ("advise", {"exmaples": "1"}, "unknown-key"),
    ("advise", {"as_of": "yesterday"}, "wrong-type"),
    ("advise", {"language": "xx"}, "unknown-language"),
    ("advise", {"rulebook": "../guide"}, "unknown-rulebook"),
    ("advise", {"rulebook": "/etc"}, "unknown-rulebook"),
    ("advise", {"format": "pdf"}, "unknown-format"),
    ("advise", {"level": "deep"}, "unknown-value"),
    ("advise", {"facts.examples": "1\u202e2"}, "bad-text"),
    ("why", {"decision": "nothing"}, "unknown-decision"),
    ("why-not", {}, "missing-key"),
    ("why-not", {"option": "ful"}, "unknown-option"),
    ("flip", {"to": "ful"}, "unknown-option"),
    ("facts", {"name": "exmaples"}, "unknown-fact"),
    ("rules", {"name": "x"}, "unknown-rule"),
    ("compare", {"approach": "x"}, "unknown-approach"),
    ("explain-check", {"name": "x"}, "unknown-check"),
    ("records", {"page": "0"}, "wrong-type"),
    ("records", {"page": "9" * 5000}, "wrong-type"),
    ("records", {"name": "7-00000000"}, "unknown-record"),
    ("diff", {"old": "guide"}, "missing-key"),
    ("diff", {"old": "guide", "new": "x"}, "unknown-rulebook"),
]


@pytest.mark.parametrize(("name", "parameters", "code"), WRONG)
def test_what_is_wrong_is_a_problem_with_its_code_in_the_language_of_the_reader(
    client: TestClient, name: str, parameters: dict[str, str], code: str
) -> None:
    answers = [
        client.get(f"/v1/{name}", params=parameters, headers={"Accept-Language": f"{language}-XX,de;q=0.3"})
        for language in LANGUAGES
    ]
    for answer in answers:
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
        problems = answer.json()["problems"]
        assert [problem["code"] for problem in problems] == [code]
        assert {"code", "message", "place", "hint"} == {*problems[0]}
        assert code in CODES
    english, chinese = (answer.json()["detail"] for answer in answers)
    assert english != chinese


def test_all_that_is_wrong_is_told_at_once_with_the_places_in_the_body(client: TestClient) -> None:
    answer = client.post("/v1/advise", content=b"exmaples: 3\nprompt_enough: maybe\n")
    problems = answer.json()["problems"]
    assert [problem["code"] for problem in problems] == ["unknown-fact", "unknown-value"]
    assert [problem["place"] for problem in problems] == [
        {"file": "body", "line": 1, "column": 1},
        {"file": "body", "line": 2, "column": 16},
    ]
    assert "examples" in problems[0]["hint"]
    for body in (b"\xff", b"{", b"&a [*a]", b"[" * 5000, b"!!python/object:os.system {}"):
        assert client.post("/v1/advise", content=body).status_code == 422


def test_an_answer_that_is_still_the_same_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/v1/advise", params=IN_ADDRESS)
    tag = first.headers["etag"]
    again = client.get("/v1/advise", params=IN_ADDRESS, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/v1/advise", params={**IN_ADDRESS, "facts.examples": "1"}, headers={"If-None-Match": tag})
    assert other.status_code == 200
    for read_anew in ("records", "cases", "compare", "cost", "summary"):
        assert "etag" not in client.get(f"/v1/{read_anew}").headers


def test_the_description_names_every_route_and_what_a_case_may_hold(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    assert described["openapi"] == "3.1.0"
    assert {*described["paths"]} == {
        f"/v1/{name}" for name in (*ROUTES, "bulk", "export", "export-rulebook", "import-rulebook")
    }
    assert described["paths"].pop("/v1/export").keys() == {"get"}
    bulk = described["paths"].pop("/v1/bulk")["post"]
    assert {*bulk["requestBody"]["content"]} == {"text/csv", "application/x-ndjson"}
    for name in ("export-rulebook", "import-rulebook"):
        described["paths"].pop(f"/v1/{name}")
    for name, path in described["paths"].items():
        route = ROUTES[name.removeprefix("/v1/")]
        assert all(method["summary"] for method in path.values()), name
        assert ("get" in path, "post" in path) == (not route.writes, route.is_about_a_case or bool(route.files))
    assert "examples" in json.dumps(described["components"]["schemas"]["Case"])
    for place in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(described)):
        part = described
        for name in place.split("/"):
            part = part[name]


def test_each_value_that_the_description_lists_is_taken(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["paths"]
    listed = 0
    for name in ("facts", "records", "compare"):
        for parameter in described[f"/v1/{name}"]["get"]["parameters"]:
            for value in parameter["schema"].get("enum", ()):
                answer = client.get(f"/v1/{name}", params={parameter["name"]: value})
                assert answer.status_code == 200, (name, parameter["name"], value)
                listed += 1
    assert listed > 15
    of_need = next(part for part in described["/v1/advise"]["get"]["parameters"] if part["name"] == "facts.need")
    values, in_words = of_need["schema"]["anyOf"]
    assert {"domain_terms", "unknown"} <= {*values.get("enum", values.get("examples"))}
    assert in_words["type"] == "string"


class Held(Workshop):
    """A workshop of this process that begins when it is told to."""

    def __init__(self) -> None:
        super().__init__(1, 30)
        self.go = threading.Event()

    def run(self, function: Callable[..., Made], *arguments: Any) -> Made:
        self.go.wait()
        return function(*arguments)


LETTERS = str(ROOT / "tests" / "edits" / "old")


def test_a_page_says_that_checks_are_at_work_until_what_they_find_is_there() -> None:
    service, held = Service(library([LETTERS], None), Rules(), Limits(patience=0)), Held()
    service.examiner = Examiner(held)
    with TestClient(service.application(), base_url="http://127.0.0.1:8020") as client:
        about = {"rulebook": "letters", "as_of": DAY, "language": "en"}
        for more in ({}, {"rule": "faults_to_a_clerk"}):
            page = client.get("/check", params={**about, **more})
            assert "The checks are at work" in page.text
            assert "refresh" in page.headers
        held.go.set()
        data = client.get("/v1/check", params=about).json()  # which waits
        page = client.get("/check", params=about)
        assert "refresh" not in page.headers
        assert data
        shown = unescape(re.sub("</?code>", "`", page.text))
        assert all(finding["message"]["en"] in shown for finding in data)


class Late(Held):
    """A workshop of this process that hands out what it made when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.is_made = threading.Event()

    def run(self, function: Callable[..., Made], *arguments: Any) -> Made:
        made = function(*arguments)
        self.is_made.set()
        self.go.wait()
        return made


def test_what_checks_found_before_an_edit_is_not_told_of_what_came_after(tmp_path: Path) -> None:
    folder = shutil.copytree(LETTERS, tmp_path / "letters")
    file = folder / "rulebook.yaml"
    bookcase, late = library([str(folder)], None), Late()
    service = Service(bookcase, Rules(), Limits(patience=0))
    service.examiner = Examiner(late)
    with TestClient(service.application(), base_url="http://127.0.0.1:8020") as client:
        about = {"rulebook": "letters", "as_of": DAY, "language": "en"}
        assert "The checks are at work" in client.get("/check", params=about).text
        late.is_made.wait()
        file.write_text(file.read_text("utf-8").replace("来信备忘录", "Memo on letters"), "utf-8")
        bookcase.reload(bookcase.books["letters"])
        late.go.set()
        for _ in range(2):  # worked out, and kept
            codes = [finding["code"] for finding in client.get("/v1/check", params=about).json()]
            assert "missing-translation" in codes


class Tired(Workshop):
    """A workshop in which all takes too long."""

    def run(self, function: Callable[..., Made], *arguments: Any) -> Made:
        raise too_slow(self.seconds)


def test_checks_that_end_without_an_answer_are_told_once_and_tried_again() -> None:
    asked = asking(library([LETTERS], None), [("as_of", DAY)])

    async def tells() -> None:
        examiner = Examiner(Tired(1, 1))
        for _ in range(2):
            lacking = await examiner.lacks(asked)
            assert not await examiner.has(lacking, asked, 0)
            with pytest.raises(Refused) as refused:
                await examiner.has(lacking, asked, 30)
            assert refused.value.problems[0].code == "too-slow"

    asyncio.run(tells())


def test_the_service_tells_how_it_is_and_what_it_did(client: TestClient) -> None:
    assert client.get("/health").json()["status"] == "ok"
    client.get("/v1/advise", params=IN_ADDRESS)
    counts = client.get("/metrics").text
    assert 'whytune_requests_total{route="advise",status="200"}' in counts
    assert 'whytune_advice_total{option="lora"}' in counts
    assert 'le="+Inf"' in counts


def refusal(answer: Any) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    (problem,) = answer.json()["problems"]
    assert problem["message"]
    return answer.status_code, problem["code"]


def test_addresses_methods_hosts_origins_and_sizes_are_refused_with_a_problem(client: TestClient) -> None:
    assert refusal(client.get("/v1/nothing")) == (404, "unknown-address")
    assert refusal(client.get("/v1/../../etc/passwd")) == (404, "unknown-address")
    assert refusal(client.delete("/v1/advise")) == (405, "refused-request")
    assert refusal(client.get("/health", headers={"Host": "evil.example"})) == (421, "refused-request")
    assert refusal(client.get("/health", headers={"Host": "["})) == (421, "refused-request")
    for headers in (
        {"Origin": "http://evil.example"},
        {"Origin": "http://[x"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
    ):
        assert refusal(client.post("/v1/advise", headers=headers)) == (403, "refused-request")
    assert client.post("/v1/advise", headers={"Origin": "http://127.0.0.1:8020"}).status_code == 200
    assert refusal(client.get("/v1/advise?" + "x" * MAX_ADDRESS)) == (414, "refused-request")
    assert refusal(client.post("/v1/advise", content=b" " * (MAX_BODY + 1))) == (413, "refused-request")


def test_every_answer_forbids_what_a_page_of_this_kind_never_needs(client: TestClient) -> None:
    for address in ("/health", "/v1/nothing", "/v1/advise"):
        headers = client.get(address).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_a_token_is_demanded_where_others_can_ask(client: TestClient) -> None:
    with pytest.raises(Exception, match="no token is demanded"):
        rules("0.0.0.0", (), ())
    token = "a-token-long-enough"
    with asks(rules("0.0.0.0", ("127.0.0.1",), tokens_in(f"\n{token}\n", "f"))) as strict:
        for header in ("", "Bearer nonsense", f"Digest {token}", "Basic ?", "Basic " + b64encode(b"x:y").decode()):
            assert refusal(strict.get("/health", headers={"Authorization": header})) == (401, "refused-request")
        basic = "Basic " + b64encode(f"me:{token}".encode()).decode()
        for header in (f"Bearer {token}", basic):
            assert strict.get("/health", headers={"Authorization": header}).status_code == 200


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\n", "f: no token stands"),
        ("secret", "f:1: the token is shorter"),
        ("\nwrite 0123456789abcdef", "f:2: this line"),
    ],
)
def test_a_file_of_tokens_holds_one_a_line(text: str, words: str) -> None:
    with pytest.raises(WhytuneError, match=words):
        tokens_in(text, "f")


def test_more_requests_than_are_taken_at_once_are_refused() -> None:
    with asks(Rules(at_once=0)) as busy:
        answer = busy.get("/v1/rulebooks")
        assert refusal(answer) == (503, "too-busy")
        assert answer.headers["retry-after"] == "1"
        assert busy.get("/health").status_code == 200


@pytest.mark.slow
@pytest.mark.skipif("FAKETIME" in os.environ, reason="who waits by a faked clock is not woken")
def test_long_work_is_ended_when_its_time_is_over_and_others_go_on() -> None:
    shop = Workshop(1, 20)
    assert shop.run(sorted, [2, 1]) == [1, 2]
    shop.seconds = 0.5
    began = time.monotonic()
    with pytest.raises(Refused, match="no answer within") as refused:
        shop.run(signal.pause)
    assert refused.value.__context__ is None  # it would keep the pipe's buffer
    assert time.monotonic() - began < 30
    shop.seconds = 20
    assert shop.run(sorted, [2, 1]) == [1, 2]
    with pytest.raises(Refused):
        shop.run(_refusing)
    with pytest.raises(RuntimeError, match="without an answer"):
        shop.run(os._exit, 3)


HOLDS = """
import fcntl, time
file = open({lock!r}, "w")
fcntl.flock(file, fcntl.LOCK_EX)
print(file=open({there!r}, "w"))
time.sleep(600)
"""


@pytest.mark.slow
@pytest.mark.skipif("FAKETIME" in os.environ, reason="who waits by a faked clock is not woken")
def test_long_work_ends_with_the_service_that_wanted_it(tmp_path: Path) -> None:
    lock, there = tmp_path / "lock", tmp_path / "there"
    work = HOLDS.format(lock=str(lock), there=str(there))
    script = f"from whytune.web.apart import Workshop; Workshop(1, 600).run(exec, {work!r})"
    with subprocess.Popen([sys.executable, "-c", script]) as process:
        while not there.exists():
            assert process.poll() is None
            time.sleep(0.05)
        process.kill()
    with lock.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # which waits for ever while the work goes on


def _refusing() -> None:
    from whytune.web.apart import too_busy

    raise too_busy()


@pytest.mark.slow
def test_the_command_serves_until_it_is_told_to_end(tmp_path: Path) -> None:
    """Also from a folder that holds another of its name, as whoever has cloned it there does."""
    (tmp_path / "whytune").mkdir()
    command = [sys.executable, "-P", "-m", "whytune.cli", "serve", "--port", "18020"]
    environment = os.environ | UNMEASURED
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env=environment) as served:
        assert served.stderr
        address = served.stderr.readline().strip().removesuffix("/")
        for _ in range(100):
            try:
                with urlopen(f"{address}/v1/advise?facts.prompt_enough=yes", timeout=10) as answer:
                    assert json.load(answer)["decisions"]["approach"]["advice"] == "prompt"
                break
            except (ConnectionError, HTTPError, OSError):
                time.sleep(0.2)
        with urlopen(f"{address}/v1/check?rulebook=guide", timeout=60) as answer:  # in a process of its own
            assert json.load(answer)
        served.send_signal(signal.SIGTERM)
        assert served.wait(20) in (0, -signal.SIGTERM)
        lines = [json.loads(line) for line in served.stderr]
    asked = [(line["route"], line["status"]) for line in lines[-2:]]
    assert asked == [("advise", 200), ("check", 200)]


def test_what_a_service_starts_with_is_never_looked_through_for_garbage(monkeypatch: pytest.MonkeyPatch) -> None:
    bookcase = shelved([str(LETTERS)], None)
    looked_through: list[bool] = []

    def run(*_: object, **__: object) -> None:
        looked_through.append(any(part is bookcase for part in gc.get_objects()))

    monkeypatch.setattr(server, "LOG", logging.getLogger("whytune.web.tested"))
    monkeypatch.setattr(server, "set_forkserver_preload", lambda modules: None)
    monkeypatch.setenv("PYTHONSAFEPATH", "")  # and so put back
    monkeypatch.setattr("uvicorn.run", run)
    serve(bookcase, "127.0.0.1", 8020, OPEN, 30)
    assert looked_through == [False]


def test_the_examples_start_the_service_with_options_that_it_has() -> None:
    folder = ROOT / "docs/examples"
    unit = re.search(r"^ExecStart=(.+)$", (folder / "whytune.service").read_text(), re.MULTILINE)
    image = (folder / "Containerfile").read_text().replace("\\\n", "")
    container = re.search(r"^ENTRYPOINT (\[.+\])$", image, re.MULTILINE)
    assert unit is not None
    assert container is not None
    for program, *words in (unit[1].split(), json.loads(container[1])):
        assert program.endswith("/bin/whytune")
        assert not strange(["whytune", *words])
        assert words[0] == "serve"
        assert {"--ledger", "--token-file"} <= {*words}


def test_what_whytune_fails_at_is_a_page_for_people_and_a_problem_for_programs(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(service, "answered", fails)
    problem = client.get("/v1/facts", params={"rulebook": "guide", "as_of": "2026-01-07"})
    assert problem.status_code == 500
    assert [each["code"] for each in problem.json()["problems"]] == ["defect"]
    monkeypatch.setattr(service, "shown", fails)
    page = client.get(
        "/facts", params={"as_of": "2026-01-07"}, headers={"accept": "text/html", "accept-language": "zh"}
    )
    assert page.status_code == 500
    assert "whytune 自身出错" in page.text
    assert "ZeroDivisionError" not in page.text
    assert "<nav" in page.text
