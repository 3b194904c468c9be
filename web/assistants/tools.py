"""The routes -> tools; a call -> what it asks, and the answer in words and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from whytune import Problem, Span, WhytuneError
from whytune.engine.authoring.schema.forms import JsonSchema
from whytune.engine.language.letters import composed
from whytune.engine.language.problems import Sentence, did_you_mean, listing, short

from ..asking import RULEBOOK, Query
from ..library import Bookcase
from ..routes import ESTIMATES, ROUTES, Endpoint, identity, level_of
from .arguments import MAPS, named, parameters, schema


class Tool(NamedTuple):
    """A route as a tool: when to call it, which of its data only a proof needs, and the name of its list."""

    name: str
    route: Endpoint
    purpose: str = ""
    proof: tuple[str, ...] = ()
    listed: str = ""

    @property
    def description(self) -> str:
        return f"{self.route.meaning} {self.purpose}".strip()

    def takes(self, library: Bookcase) -> JsonSchema:
        """What it takes, as JSON Schema; the tool to begin with describes each fact."""
        return schema(self.route, library, described=self.name == "advise")


class ToolAnswer(NamedTuple):
    """What a tool answers: Markdown, data, and the rulebook that it rests on."""

    text: str
    data: dict[str, Any]
    rulebook: str | None = None


_ALL = (
    Tool("list_rulebooks", ROUTES["rulebooks"], "Call it to see which rulebook fits, and for whom each is."),
    Tool(
        "list_facts", ROUTES["facts"], "Call it before facts of another rulebook than the first are given.", (), "facts"
    ),
    Tool(
        "advise",
        ROUTES["advise"],
        "Call it first with what is known, and again with each answer. An advice that is `provisional` rests on "
        "assumptions, one that is `open` waits for answers: ask the person the next question.",
        proof=("trace",),
    ),
    Tool("next_question", ROUTES["next"], "Put it to the person in its own words; never answer it for them."),
    Tool("why", ROUTES["why"], proof=("proof", "not_in_force")),
    Tool("why_not", ROUTES["why-not"], "Call it when somebody asks for another option than the one advised."),
    Tool("what_if", ROUTES["what-if"]),
    Tool("flip", ROUTES["flip"]),
    Tool("reason", ROUTES["reason"]),
    Tool("compare", ROUTES["compare"], "Only the guide and rulebooks with a comparison of their own have one."),
    Tool("cost", ROUTES["cost"]),
    *(Tool(f"cost_{kind.replace('-', '_')}", ROUTES[f"cost/{kind}"]) for kind in ESTIMATES),
    Tool(
        "record",
        ROUTES["record"],
        "Call it only when the person wants the advice kept; pass the words that each fact is taken from as evidence.",
        proof=("trace",),
    ),
)

TOOLS = {tool.name: tool for tool in _ALL}


def offered(may_record: bool) -> Iterator[Tool]:
    """The tools of an assistant, including those that write only if it may record."""
    return (tool for tool in TOOLS.values() if may_record or not tool.route.writes)


def called(name: str, arguments: Mapping[str, Any], library: Bookcase, may_record: bool = False) -> ToolAnswer:
    """The answer to a call; raises WhytuneError."""
    tool = _tool(name, may_record)
    asked = query(tool, arguments, library)
    asked.check(parameters(tool.route), tool.route.prefixes)
    level = level_of(asked)
    telling = tool.route.answer(asked)
    assert not isinstance(telling, str), "a picture is a resource"
    whole = telling.to_dict()
    data = {tool.listed: whole} if tool.listed else dict(whole)
    if level == "short":
        data = {key: part for key, part in data.items() if key not in tool.proof}
    return ToolAnswer(
        telling.written("markdown", level), data, identity(asked) if RULEBOOK in tool.route.wants else None
    )


def query(tool: Tool, arguments: Mapping[str, Any], library: Bookcase) -> Query:
    """The query that the arguments of a tool make, as an address would; raises WhytuneError: wrong-type."""
    prefixes = {named(prefix): prefix for prefix in MAPS if prefix in tool.route.prefixes}
    values: dict[str, tuple[str, ...]] = {}
    maps: dict[str, Mapping[str, Any]] = {}
    for name, argument in arguments.items():
        if argument is None:
            continue
        if name in prefixes:
            maps[prefixes[name]] = _facts(name, argument)
        else:
            values[composed(name)] = _texts(name, argument)
    return Query(library, values, maps=maps)


def _facts(name: str, argument: object) -> Mapping[str, Any]:
    if not isinstance(argument, Mapping):
        raise WhytuneError([Problem("wrong-type", Sentence("`{key}` is a map", key=name), Span(name))])
    return argument


def _texts(name: str, argument: object) -> tuple[str, ...]:
    texts = argument if isinstance(argument, list) else [argument]
    if not all(isinstance(text, str) for text in texts):
        message = Sentence("`{key}` is a text", key=short(name))
        raise WhytuneError([Problem("wrong-type", message, Span(short(name)))])
    return tuple(map(composed, texts))


def _tool(name: str, may_record: bool) -> Tool:
    tools = {tool.name: tool for tool in offered(may_record)}
    if name not in tools:
        hint = did_you_mean(name, tools) or Sentence("it may be {names}", names=listing(tools))
        raise WhytuneError([Problem("unknown-address", Sentence("no tool `{name}`", name=short(name)), None, hint)])
    return tools[name]
