"""Tools and resources as an MCP server, over standard input and output or over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

import anyio
import mcp_types as wire
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError
from starlette.types import Receive, Scope, Send

from whytune import WhytuneError, __version__
from whytune.engine.words.catalogue import LANGUAGES, translated

from ..apart import Made, too_slow
from ..guard import MAX_BODY
from ..library import Bookcase
from ..refusal import as_data
from . import prompts, resources, tools

INSTRUCTIONS = (
    "whytune decides by rules whether a task for a language model needs a better prompt, retrieval or fine-tuning, and "
    "proves why. Describe the task in facts (`advise`), never decide yourself; give only facts that the person has "
    "stated, ask for what is missing (`next_question`), and pass on what an advice rests on and assumes."
)

Context = ServerRequestContext[Any, Any]
Paged = wire.PaginatedRequestParams | None


def server(library: Bookcase, seconds: float, may_record: bool = True) -> Server[Any]:
    """The server of these rulebooks, and of their ledger if it may record; an answer may take so many seconds."""
    may_record = may_record and library.ledger is not None

    async def list_tools(context: Context, page: Paged) -> wire.ListToolsResult:
        return wire.ListToolsResult(tools=[_tool(tool, library) for tool in tools.offered(may_record)])

    async def call_tool(context: Context, call: wire.CallToolRequestParams) -> wire.CallToolResult:
        arguments = call.arguments or {}
        try:
            answer = await _worked(seconds, partial(tools.called, call.name, arguments, library, may_record))
        except WhytuneError as error:
            return _refused(error, arguments.get("language"))
        meta = {"whytune/rulebook": answer.rulebook} if answer.rulebook else None
        return wire.CallToolResult(content=[_text(answer.text)], structured_content=answer.data, _meta=meta)

    async def list_resources(context: Context, page: Paged) -> wire.ListResourcesResult:
        standing = [
            wire.Resource(uri=address, name=address, title=what.title, mime_type=what.media)
            for address, what in resources.standing(library)
        ]
        return wire.ListResourcesResult(resources=standing)

    async def list_templates(context: Context, page: Paged) -> wire.ListResourceTemplatesResult:
        parts = [
            wire.ResourceTemplate(
                uri_template=part.address("{rulebook}"), name=part.route, title=part.title, mime_type=part.media
            )
            for part in resources.PARTS
        ]
        return wire.ListResourceTemplatesResult(resource_templates=parts)

    async def read_resource(context: Context, wanted: wire.ReadResourceRequestParams) -> wire.ReadResourceResult:
        address = str(wanted.uri)
        try:
            reply = await _worked(seconds, partial(resources.read, address, library))
        except WhytuneError as error:
            raise _protocol_error(error, None) from None
        content = wire.TextResourceContents(uri=address, mime_type=reply.media.partition(";")[0], text=reply.text)
        return wire.ReadResourceResult(contents=[content])

    async def list_prompts(context: Context, page: Paged) -> wire.ListPromptsResult:
        return wire.ListPromptsResult(prompts=[_prompt(prompts.FACTS_OF_DESCRIPTION)])

    async def get_prompt(context: Context, wanted: wire.GetPromptRequestParams) -> wire.GetPromptResult:
        arguments = wanted.arguments or {}
        try:
            text = await _worked(seconds, partial(prompts.written, wanted.name, arguments, library))
        except WhytuneError as error:
            raise _protocol_error(error, arguments.get("language")) from None
        return wire.GetPromptResult(messages=[wire.PromptMessage(role="user", content=_text(text))])

    return Server(
        "whytune",
        version=__version__,
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
        on_list_prompts=list_prompts,
        on_get_prompt=get_prompt,
    )


def run(library: Bookcase, seconds: float) -> None:
    """Answers over standard input and output until the assistant stops."""
    anyio.run(_over_stdio, server(library, seconds))


async def _over_stdio(made: Server[Any]) -> None:
    async with stdio_server() as (reading, writing):
        await made.run(reading, writing, made.create_initialization_options())


async def over_http(made: Server[Any], scope: Scope, receive: Receive, send: Send) -> None:
    """Answers one request; nothing is kept between requests."""
    manager = StreamableHTTPSessionManager(made, json_response=True, stateless=True, max_request_body_size=MAX_BODY)
    async with manager.run():
        await manager.handle_request(scope, receive, send)


async def _worked(seconds: float, function: Callable[[], Made]) -> Made:
    """What the function returns, from a thread; raises WhytuneError."""
    try:
        async with asyncio.timeout(seconds):
            return await anyio.to_thread.run_sync(function, abandon_on_cancel=True)
    except TimeoutError:
        raise too_slow(seconds) from None


def _tool(tool: tools.Tool, library: Bookcase) -> wire.Tool:
    return wire.Tool(
        name=tool.name,
        description=tool.description,
        input_schema=tool.takes(library),
        annotations=wire.ToolAnnotations(read_only_hint=not tool.route.writes, open_world_hint=False),
    )


def _prompt(prompt: prompts.PromptTemplate) -> wire.Prompt:
    arguments = [
        wire.PromptArgument(name=wish.name, description=wish.meaning, required=wish.required) for wish in prompt.wants
    ]
    return wire.Prompt(name=prompt.name, description=prompt.purpose, arguments=arguments)


def _text(text: str) -> wire.TextContent:
    return wire.TextContent(type="text", text=text)


def _refused(error: WhytuneError, language: object) -> wire.CallToolResult:
    """Everything that is wrong, with places and hints, which the SDK would drop from an exception."""
    words, data = _in_words(error, language), _as_data(error, language)
    return wire.CallToolResult(content=[_text(words)], structured_content=data, is_error=True)


def _protocol_error(error: WhytuneError, language: object) -> MCPError:
    """Everything that is wrong with a request that is not a call of a tool."""
    return MCPError(wire.INVALID_PARAMS, _in_words(error, language), _as_data(error, language))


def _in_words(error: WhytuneError, language: object) -> str:
    return "\n".join(translated(problem.sentence(), _spoken(language)) for problem in error.problems)


def _as_data(error: WhytuneError, language: object) -> dict[str, Any]:
    return {"problems": [as_data(problem, _spoken(language)) for problem in error.problems]}


def _spoken(language: object) -> str:
    return language if isinstance(language, str) and language in LANGUAGES else LANGUAGES[0]
