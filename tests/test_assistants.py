"""Assistants: every question of the other doors as a tool, with the same data, in memory, over a pipe and over HTTP."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

if find_spec("mcp") is None:
    pytest.skip("needs whytune[mcp]", allow_module_level=True)
import anyio
import httpx2
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

import whytune
from whytune import WhytuneError
from whytune.cli import cli
from whytune.web.assistants import prompts, resources, tools
from whytune.web.guard import Rules, Token
from whytune.web.library import Bookcase, library, shelved
from whytune.web.routes import ROUTES
from whytune.web.service import Limits, Service
from whytune.web.shapes import value

from .looks import sampled
from .stage import ROOT
from .test_service import ESTIMATED

if TYPE_CHECKING:  # else imported where it is used, for it takes a second
    from mcp import Client
    from mcp.shared.exceptions import MCPError

Pair = tuple[str, str | int | float | bool | None]

DAY = "2026-11-25"
FACTS = {"prompt_enough": "no", "external_knowledge": "no", "need": "domain_terms", "examples": 3200}
ANSWERED: dict[str, dict[str, Any]] = {
    "list_rulebooks": {},
    "list_facts": {"name": "examples"},
    "advise": {"facts": FACTS},
    "next_question": {"facts": FACTS},
    "why": {"facts": FACTS},
    "why_not": {"facts": FACTS, "option": "full"},
    "what_if": {"facts": FACTS, "changes": {"examples": 50}},
    "flip": {"facts": FACTS, "to": "prompt"},
    "reason": {"facts": FACTS},
    "compare": {"approach": ["rag"], "dimension": ["data_need"]},
    "cost": {"facts": FACTS},
    **{f"cost_{kind.replace('-', '_')}": quantities for kind, quantities in ESTIMATED.items()},
}
"""A call of each tool."""

READ = {
    "rules": "a resource",
    "codebook": "a resource, and a prompt",
    "cases": "a resource",
    "graph.svg": "a resource",
    "sql": "for who has a database",
    "summary": "one page for people to print",
    "schema": "the schemas of the tools",
    "check": "takes long, and is for those who edit rules",
    "test": "takes long, and is for those who edit rules",
    "diff": "takes long, and is for those who edit rules",
    "explain-check": "for those who edit rules",
    "stats": "for auditors, who hold the ledger",
    "stats.svg": "for auditors, who hold the ledger",
    "records": "for auditors, who hold the ledger",
    "replay": "for auditors, who hold the ledger",
    "impact": "for auditors, who hold the ledger",
    "verify": "for auditors, who hold the ledger",
}
"""The questions of HTTP that no tool asks, each with the reason."""


@pytest.fixture(scope="module")
def books() -> Bookcase:
    return library((), None)


@pytest.fixture(scope="module")
def http(books: Bookcase) -> Iterator[TestClient]:
    application = Service(books, Rules(), Limits()).application()
    with TestClient(application, base_url="http://127.0.0.1:8020") as client:
        yield client


def asked(connection: Any, question: Callable[[Client], Awaitable[Any]]) -> Any:
    """What an assistant that is connected so hears."""

    from mcp import Client

    async def whole() -> Any:
        async with Client(connection) as client:
            return await question(client)

    return anyio.run(whole)


def server(books: Bookcase, seconds: float) -> Any:
    """What an assistant may be connected to in memory."""
    from whytune.web.assistants import protocol

    return protocol.server(books, seconds)


def called(books: Bookcase, name: str, /, **arguments: Any) -> Any:
    return asked(server(books, 30), lambda client: client.call_tool(name, arguments))


def of_day(name: str) -> dict[str, Any]:
    """The arguments of a call, on a day where days matter."""
    return ANSWERED[name] if name == "list_rulebooks" else {**ANSWERED[name], "as_of": DAY}


def as_request(arguments: dict[str, Any]) -> list[Pair]:
    """The arguments of a tool as the parameters of an address."""
    pairs: list[Pair] = []
    for name, argument in arguments.items():
        if isinstance(argument, dict):
            pairs += [(f"{name}.{fact}", str(value)) for fact, value in argument.items()]
        else:
            pairs += [(name, one) for one in (argument if isinstance(argument, list) else [argument])]
    return pairs


def test_every_question_over_http_is_a_tool_or_can_be_read() -> None:
    asked_by_tools = {tool.route.name for tool in tools.TOOLS.values()}
    assert [tool.name for tool in tools.TOOLS.values() if tool.route.writes] == ["record"]
    assert {*ROUTES} - asked_by_tools == {*READ}
    readable = {what.route for what in (*resources.WHOLE, *resources.PARTS)}
    assert {name for name, why in READ.items() if why.startswith("a resource")} <= readable <= {*ROUTES}
    assert {*ANSWERED, "record"} == {*tools.TOOLS}


@pytest.mark.parametrize("name", sampled(ANSWERED, 3))
def test_a_tool_answers_with_the_data_and_the_words_of_the_same_question_over_http(
    books: Bookcase, http: TestClient, name: str
) -> None:
    tool, arguments = tools.TOOLS[name], of_day(name)
    whole = called(books, name, **arguments, level="full")
    address = f"/v1/{tool.route.name}"
    answer = http.get(address, params=as_request(arguments))
    data = answer.json()
    assert whole.structured_content == ({tool.listed: data} if tool.listed else data)
    words = http.get(address, params=[*as_request(arguments), ("format", "markdown"), ("level", "full")])
    assert whole.content[0].text == words.text
    brief = called(books, name, **arguments)
    kept = {key: part for key, part in whole.structured_content.items() if key not in tool.proof}
    assert brief.structured_content == kept
    assert {*tool.proof} <= {*whole.structured_content}
    assert len(json.dumps(kept)) < 8_000
    assert (whole.meta or {}).get("whytune/rulebook") == answer.headers.get("whytune-rulebook")


def test_the_schema_of_each_tool_is_one_and_takes_its_call(books: Bookcase) -> None:
    for tool in tools.offered(may_record=False):
        shape = tool.takes(books)
        Draft202012Validator.check_schema(shape)
        Draft202012Validator(shape).validate(ANSWERED[tool.name])


@pytest.mark.parametrize("name", ["guide", "practice"])
def test_each_fact_is_described_with_values_that_whytune_takes(books: Bookcase, name: str) -> None:
    book = books.books[name].as_of(DAY)
    described = tools.TOOLS["advise"].takes(books)["properties"]["facts"]["properties"]
    for fact, declared in book.facts.items():
        assert book.speaker.text(declared.ask) in json.dumps(described[fact], ensure_ascii=False)
        shape = value(declared)
        values = shape.get("enum") or [[one] for one in shape.get("items", {}).get("enum", [])] or [3, "2..4", ">= 2"]
        for one in values:
            Draft202012Validator(shape).validate(one)
            assert accepts(book, fact, one), (fact, one)


def accepts(book: whytune.Rulebook, fact: str, value: Any) -> bool:
    """Is this a value of the fact? That it may not apply, or lie outside its range, is another question."""
    try:
        book.case({fact: value})
    except WhytuneError as error:
        return {problem.code for problem in error.problems} <= {"not-applicable", "outside-range", "contradiction"}
    return True


WRONG: dict[str, tuple[str, dict[str, Any], str]] = {
    "a fact misspelt": ("advise", {"facts": {"exmaples": 3}}, "exmaples: unknown fact `exmaples`\n  hint: did you"),
    "a number beyond": ("why", {"facts": {"examples": -5}}, "examples: `examples` is at least 0, not -5"),
    "no map": ("advise", {"facts": ["need"]}, "facts: `facts` is a map"),
    "no text": ("why_not", {"option": {"a": 1}}, "option: `option` is a text"),
    "no option": ("why_not", {"facts": FACTS}, "option: `option` is missing"),
    "an argument misspelt": ("flip", {"too": "rag"}, "too: `too` means nothing here\n  hint: did you mean `to`?"),
    "no such level": ("advise", {"level": "long"}, "level: unknown value `long`\n  hint: it may be short, normal"),
    "no such tool": ("advice", {}, "no tool `advice`\n  hint: did you mean `advise`?"),
    "no such rulebook": ("advise", {"rulebook": "gide"}, "unknown rulebook `gide`\n  hint: did you mean `guide`?"),
    "letters unseen": ("advise", {"facts": {"need": "\u202elatency"}}, ""),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_reaches_the_assistant_with_place_and_hint(books: Bookcase, wrong: str) -> None:
    name, arguments, words = WRONG[wrong]
    answer = called(books, name, **arguments)
    assert answer.is_error
    assert answer.content[0].text.startswith(words)
    problem = answer.structured_content["problems"][0]
    assert problem.keys() == {"code", "message", "place", "hint"}
    assert problem["message"] in answer.content[0].text


def test_problems_and_answers_are_told_in_the_language_asked_for(books: Bookcase) -> None:
    wrong = called(books, "advise", facts={"exmaples": 3}, language="zh")
    assert "没有" in wrong.content[0].text
    assert "建议" in called(books, "advise", facts=FACTS, language="zh").content[0].text


def test_a_tool_that_takes_too_long_is_ended(books: Bookcase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "called", lambda *call: anyio.run(partial(anyio.sleep, 0.5)))
    answer = asked(server(books, 0.05), lambda client: client.call_tool("advise", {}))
    assert answer.is_error
    assert answer.structured_content["problems"][0]["code"] == "too-slow"


def test_a_prompt_turns_a_description_into_facts_with_its_words(books: Bookcase) -> None:
    description = "Our clinic writes letters.\nWe have about 3,200 of them; a prompt was not enough."
    (prompt,) = asked(server(books, 30), lambda client: client.list_prompts()).prompts
    arguments = {"description": description, "rulebook": "practice", "language": "zh"}
    text = asked(server(books, 30), lambda client: client.get_prompt(prompt.name, arguments)).messages[0].content.text
    assert text.endswith(f"```\n{description}\n```\n")
    book = books.books["practice"]
    for name, fact in book.facts.items():
        assert f"`{name}`" in text
        assert fact.ask["zh"] in text.replace("&#95;", "_")
    for arguments in ({}, {"description": " "}, {"description": "x", "rulebok": "guide"}):
        with pytest.raises(WhytuneError):
            prompts.written(prompt.name, arguments, books)
    with pytest.raises(WhytuneError, match="no prompt `facts_of_descriptions`"):
        prompts.written("facts_of_descriptions", {}, books)


@pytest.mark.parametrize(
    ("address", "media", "holds"),
    [
        ("whytune://guide/rules", "text/markdown", "prompt_is_enough"),
        ("whytune://guide/rules?name=prompt_is_enough", "text/markdown", "A prompt is enough"),
        ("whytune://practice/facts?name=goals", "text/markdown", "accuracy"),
        ("whytune://guide/cases?name=json_invoices", "text/markdown", "--set need=output_format"),
        ("whytune://guide/graph.svg", "image/svg+xml", "<svg"),
        ("whytune://guide/graph.svg?facts.prompt_enough=yes", "image/svg+xml", "<svg"),
    ],
)
def test_rulebooks_rules_cases_and_pictures_can_be_read(books: Bookcase, address: str, media: str, holds: str) -> None:
    content = asked(server(books, 30), lambda client: client.read_resource(address)).contents[0]
    assert content.mime_type == media
    assert holds in content.text


def test_all_that_is_listed_can_be_read_and_all_else_is_refused(books: Bookcase) -> None:
    listed = asked(server(books, 30), lambda client: client.list_resources()).resources
    assert len(listed) == len(books.books) * len(resources.WHOLE)
    for resource in listed:
        assert resources.read(str(resource.uri), books).text
    templates = asked(server(books, 30), lambda client: client.list_resource_templates()).resource_templates
    assert {one.uri_template for one in templates} == {part.address("{rulebook}") for part in resources.PARTS}
    for address in ("whytune://guide/verify", "whytune://guide/advise", "https://guide/rules", "whytune://gide/rules"):
        refusal = asked(server(books, 30), partial(refusal_of, address))
        assert "hint: the list of resources" in str(refusal) or "did you mean `guide`" in str(refusal)


@pytest.mark.parametrize("address", ["whytune://[guide/rules", "whytune://guide]/rules", "whytune://gu\u2100ide/rules"])
def test_what_cannot_be_an_address_is_refused_like_one_that_is_not_there(books: Bookcase, address: str) -> None:
    with pytest.raises(WhytuneError, match="the list of resources") as error:
        resources.read(address, books)
    assert [problem.code for problem in error.value.problems] == ["unknown-address"]


async def refusal_of(address: str, client: Client) -> MCPError:
    from mcp.shared.exceptions import MCPError

    with pytest.raises(MCPError) as caught:
        await client.read_resource(address)
    return caught.value


def test_a_case_that_is_not_there_is_refused() -> None:
    with pytest.raises(WhytuneError, match=r"unknown case `json_invoice`\n  hint: did you mean `json_invoices`"):
        resources.read("whytune://guide/cases?name=json_invoice", shelved(["guide"], None))


EXCHANGE = re.compile(r"(?<=^`)(\w+)`\n\n```json\n(.*?)\n```\n\n```markdown\n(.*?)(?=^```$)", re.DOTALL | re.MULTILINE)
"""A call in the manual: the name of the tool, its arguments, and the words of the answer."""


def test_the_conversation_in_the_manual_is_what_is_said(record: bool) -> None:
    page = ROOT / "docs/assistants.md"
    guide = shelved(["guide"], None)

    def replayed(exchange: re.Match[str]) -> str:
        name, arguments, _ = exchange.groups()
        answer = called(guide, name, **json.loads(arguments)).content[0].text.rstrip("\n")
        return f"{name}`\n\n```json\n{arguments}\n```\n\n```markdown\n{answer}\n"

    whole, count = EXCHANGE.subn(replayed, page.read_text())
    assert count == 4
    if record:
        page.write_text(whole)
    assert page.read_text() == whole


@pytest.mark.slow
def test_the_command_answers_over_standard_input_and_output() -> None:
    from mcp import StdioServerParameters
    from mcp.client.stdio import stdio_client

    started = StdioServerParameters(command=sys.executable, args=["-m", "whytune.cli", "mcp"])
    answer = asked(stdio_client(started), lambda client: client.call_tool("advise", {"facts": FACTS, "as_of": DAY}))
    expected = whytune.load("guide", as_of=DAY).case(FACTS).to_dict()
    del expected["trace"]
    assert answer.structured_content == expected


def over_http(books: Bookcase, question: Callable[[Client], Awaitable[Any]], *tokens: Token, **headers: str) -> Any:
    """What an assistant hears from the service."""
    from mcp.client.streamable_http import streamable_http_client

    application = Service(books, Rules(tokens=tokens), Limits()).application()
    transport = httpx2.ASGITransport(application)
    client = httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8020", headers=headers)
    return asked(streamable_http_client("http://127.0.0.1:8020/mcp", http_client=client), question)


def test_the_service_answers_assistants_at_its_own_address(books: Bookcase) -> None:
    answer = over_http(books, lambda client: client.call_tool("advise", {"facts": FACTS, "as_of": DAY}))
    assert answer.structured_content == called(books, "advise", facts=FACTS, as_of=DAY).structured_content
    names = over_http(books, lambda client: client.list_tools()).tools
    assert [tool.name for tool in names] == [*ANSWERED]


def test_assistants_show_the_token_that_the_service_demands(books: Bookcase) -> None:
    token = Token("a-token-of-letters")
    shown = over_http(books, lambda client: client.list_tools(), token, authorization=f"Bearer {token.text}")
    assert shown.tools
    service = Service(books, Rules(tokens=(token,)), Limits()).application()
    assert TestClient(service, base_url="http://127.0.0.1:8020").post("/mcp", json={}).status_code == 401


def test_a_page_of_another_site_may_not_call_tools(http: TestClient) -> None:
    assert http.post("/mcp", json={}, headers={"Origin": "https://elsewhere.example"}).status_code == 403


def test_what_is_no_message_is_refused_and_no_defect(http: TestClient) -> None:
    for content in (b"", b"{", b"[]", b'{"jsonrpc": "2.0"}', b"\xff"):
        answer = http.post("/mcp", content=content, headers={"Accept": "application/json, text/event-stream"})
        assert 400 <= answer.status_code < 500


def test_an_address_of_messages_takes_no_request_that_never_ends(http: TestClient) -> None:
    for method in ("PUT", "DELETE", "GET"):
        answer = http.request(method, "/mcp", headers={"Accept": "text/event-stream"})
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


def test_a_missing_part_of_whytune_is_a_defect_and_not_a_package_to_install(
    http: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "whytune.web.apart", None)
    monkeypatch.delitem(sys.modules, "whytune.web.assistants.protocol")
    with pytest.raises(ModuleNotFoundError, match="apart"):
        http.post("/mcp", json={})
    with pytest.raises(ModuleNotFoundError, match="apart"):
        CliRunner().invoke(cli, ["mcp"], catch_exceptions=False)


def test_a_service_without_the_package_says_what_to_install(http: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    monkeypatch.delitem(sys.modules, "whytune.web.assistants.protocol")
    answer = http.post("/mcp", json={})
    assert answer.status_code == 501
    assert answer.json()["problems"][0]["hint"] == "pip install 'whytune[mcp]'"
