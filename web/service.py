"""The routes -> an application: each at `/v1/NAME`, with their description, the state of the service, and counts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route as Address
from starlette.types import Scope

from whytune import WhytuneError, __version__
from whytune.engine.language.problems import Sentence, short
from whytune.engine.language.source import MAX_BYTES
from whytune.engine.words.catalogue import LANGUAGES

from . import editor, exchanged, exported, received, sent_files, sent_ledger, sent_tables, workbook_edits
from .addresses import language_of_page
from .apart import Made, Workshop, too_slow
from .asking import OF_RECORD, TEXTS, Query, asking, in_language
from .assistants.door import Assistants
from .bodies import asks_nothing
from .carried import put
from .editor_help import MISTAKES, SCHEMA, allowed
from .examiner import TIMES, Examiner
from .guard import Guard, Rules, check_role
from .kept_replies import KeptReplies, tag_of
from .library import Bookcase
from .measures import MEDIA, Measures
from .pages import Frame, mistaken, page, waiting
from .refusal import Refused, defect, no_such
from .responses import attached, declining, reads_pages, shown
from .routes import ROUTES, Endpoint, Reply, answered, identity
from .sent_patch import sent_edit
from .switched import spoken_next
from .uploads import PATCH, WORKBOOK

AGAIN = 3
"""The seconds after which a page that waits for its content is asked for again."""
EXAMINED = "check"
"""The question whose answer is what checks find in a whole rulebook, which is kept for those who ask next."""


class Limits(NamedTuple):
    """How many seconds an answer may take, how many processes work on long ones at once, and after how many seconds
    a page says that what it is about is still at work.
    """

    seconds: float = 30.0
    seats: int = 2
    patience: float = 3.0


class Service:
    """What is served, to whom, and within which limits."""

    def __init__(self, library: Bookcase, rules: Rules, limits: Limits) -> None:
        self.library, self.rules, self.limits = library, rules, limits
        self.measures, self.replies = Measures(), KeptReplies()
        self.workshop = Workshop(limits.seats, limits.seconds)
        self.examiner = Examiner(Workshop(1, limits.seconds * TIMES))

    def application(self) -> Starlette:
        """The application, which a server runs."""
        addresses = [
            Address(f"/v1/{route.name}", self._endpoint(route), methods=methods_of(route)) for route in ROUTES.values()
        ]
        for route in (route for route in ROUTES.values() if not route.writes):
            addresses.append(Address(f"/{route.name}.json", self._endpoint(route), methods=["GET"]))
            if not route.draws:
                addresses.append(Address(f"/{route.name}", self._page(route), methods=methods_of_page(route)))
        addresses += [
            Address("/", self._page(ROUTES["advise"]), methods=["GET"]),
            Address("/edit", self._editor, methods=["GET", "POST"]),
            Address("/edit.json", self._files, methods=["GET"]),
            *(Address(f"/edit.{ending}", self._taken(ending), methods=["POST"]) for ending in editor.TAKEN),
            Address("/edit/save", self._save, methods=["POST"]),
            Address("/edit/open", self._opened, methods=["POST"]),
            Address("/edit/impact", self._edited_records, methods=["POST"]),
            Address(f"/{MISTAKES}", self._mistakes, methods=["POST"]),
            Address(f"/{SCHEMA}", self._allowed, methods=["GET"]),
            *sent_files.routes(),
            Address(f"/{WORKBOOK}", self._imported, methods=["POST"]),
            Address(f"/{PATCH}", self._sent_edit, methods=["POST"]),
            Address("/v1/bulk", self._bulk, methods=["POST"]),
            *(Address(place, self._export, methods=["GET"]) for place in ("/v1/export", "/export.jsonl")),
            Address("/v1/export-rulebook", self._made_file, methods=["GET"]),
            Address("/v1/import-rulebook", self._sent_file, methods=["POST"]),
            *(Address(place, self._openapi) for place in ("/openapi.json", "/api.json")),
            Address("/api", self._api_page),
            Address("/health", self._health),
            Address("/metrics", self._metrics),
            Address("/mcp", Assistants(self.library, self.limits.seconds), methods=["POST"]),  # no stream stays open
        ]
        guard = Middleware(Guard, self.rules, self.measures, self._refuse)
        handlers = {WhytuneError: self._problems, HTTPException: self._no_such, Exception: self._failed}
        return Starlette(routes=addresses, middleware=[guard], exception_handlers=handlers)

    def _endpoint(self, route: Endpoint) -> Callable[[Request], object]:
        async def endpoint(request: Request) -> Response:
            request.scope["whytune.route"] = route.name
            if route.writes:
                check_role(request.scope)
            asked = await self._sent(request, route)
            tag = None if route.changes or asked.all(OF_RECORD.name) else tag_of(route.name, asked)
            if tag and tag in [part.strip() for part in request.headers.get("if-none-match", "").split(",")]:
                return Response(status_code=304, headers={"ETag": tag})
            answer = self.replies.get(tag) if tag else None
            if answer is None:
                answer = await self._answer(route, asked)
                if tag and tag == tag_of(route.name, asked):  # neither an edit nor midnight came between
                    self.replies.keep(tag, answer)
            if answer.advice:
                self.measures.advised(answer.advice)
            headers = {"Cache-Control": "no-cache" if tag else "no-store"}
            headers |= {"ETag": tag} if tag else {}
            headers |= {"Whytune-Rulebook": answer.rulebook} if answer.rulebook else {}
            status = 201 if route.writes else 200
            return Response(answer.text, status, headers, answer.media)

        return endpoint

    def _page(self, route: Endpoint) -> Callable[[Request], object]:
        async def endpoint(request: Request) -> Response:
            request.scope["whytune.route"] = f"page {route.name}"
            asked = in_language(await self._sent(request, route), language_of(request.scope))
            if not await self._is_examined(route, put(route, asked), self.limits.patience):
                return shown(waiting(route.name, asked), again=AGAIN)
            try:
                frame = await self._worked(_takes_long(route, asked), page, route.name, asked)
                return shown(frame, is_kept=not asked.all(OF_RECORD.name))
            except Refused as error:
                if not (error.is_too_slow and reads_pages(request)):
                    raise
                frame = await self._worked(False, mistaken, route.name, asked, error)
                return declining(error, request, asked, frame)

        return endpoint

    async def _editor(self, request: Request) -> Response:
        """The form of a file; for one that is sent, with what its edit does."""
        request.scope["whytune.route"] = "page edit"
        if request.method == "POST":
            form = await self._form(request)
            try:
                return shown(await self._worked(True, editor.page, form, True))
            except WhytuneError as error:
                return await self._unmade(request, form, error)
        return shown(await self._worked(False, editor.page, self._asked(request), False))

    async def _opened(self, request: Request) -> Response:
        """The form of another file of the edit that is sent."""
        request.scope["whytune.route"] = "edit open"
        return shown(await self._worked(False, editor.opened, await self._form(request)))

    async def _edited_records(self, request: Request) -> Response:
        """The form of a file that is sent, with what its edit would change in the records."""
        request.scope["whytune.route"] = "edit impact"
        form = await self._form(request)
        try:
            return shown(await self._worked(True, editor.on_records, form))
        except WhytuneError as error:
            return await self._unmade(request, form, error)

    async def _files(self, request: Request) -> Response:
        request.scope["whytune.route"] = "edit.json"
        return attached(await self._worked(False, editor.listed, self._asked(request)))

    async def _mistakes(self, request: Request) -> Response:
        """What is wrong with a file that is being typed."""
        request.scope["whytune.route"] = MISTAKES
        return attached(await self._worked(False, editor.mistakes, await self._form(request)))

    async def _allowed(self, request: Request) -> Response:
        """What may stand in a file."""
        request.scope["whytune.route"] = SCHEMA
        return attached(await self._worked(False, allowed, self._asked(request)))

    def _taken(self, ending: str) -> Callable[[Request], object]:
        async def endpoint(request: Request) -> Response:
            request.scope["whytune.route"] = f"edit.{ending}"
            form = await self._form(request)
            try:
                return attached(*await self._worked(True, editor.taken, ending, form))
            except WhytuneError as error:
                return await self._unmade(request, form, error)

        return endpoint

    async def _save(self, request: Request) -> Response:
        """Saves the file that is sent, and shows it."""
        request.scope["whytune.route"] = "edit save"
        check_role(request.scope)
        form = await self._form(request)
        try:
            return RedirectResponse(await self._worked(False, editor.saved, form), 303)
        except WhytuneError as error:
            return await self._unmade(request, form, error)

    async def _unmade(self, request: Request, form: Query, error: WhytuneError) -> Response:
        """Why nothing came of a file that was sent, beside the form that keeps it; raises the error for programs."""
        if not reads_pages(request):
            raise error
        return shown(await self._worked(False, editor.page, form, True, error))

    def _refuse(self, scope: Scope, error: WhytuneError) -> Response:
        """All that is wrong, in the language of whoever asks."""
        query = asking(self.library, [("language", language_of(scope))])
        return declining(error, Request(scope), query)

    async def _problems(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, WhytuneError)
        return self._refuse(request.scope, error)

    async def _failed(self, request: Request, error: Exception) -> Response:
        """The answer to a defect of whytune: without a word about its inside, which the log has."""
        return self._refuse(request.scope, defect())

    async def _no_such(self, request: Request, error: Exception) -> Response:
        """The answer to an address that does not exist, or not with this method."""
        assert isinstance(error, HTTPException)
        if error.status_code == 405:
            message = Sentence("`{method}` is not for this address", method=short(request.method))
            response = self._refuse(request.scope, Refused(405, "refused-request", message))
            response.headers.update(error.headers or {})
            return response
        return self._refuse(request.scope, no_such(request.url.path))

    async def _sent(self, request: Request, route: Endpoint) -> Query:
        """What is asked by an address, and by the body or the files that come with it."""
        pairs = request.query_params.multi_items()
        if request.method != "POST":
            return asking(self.library, pairs)
        if not route.files:
            return asking(self.library, pairs, await received.body(request, self.limits.seconds))
        form = await received.form(request, self.limits.seconds, sent_ledger.MOST, sent_ledger.TOO_LARGE)
        return replace(asking(self.library, [*pairs, *form.pairs]), files=form.files, is_posted=True)

    def _asked(self, request: Request) -> Query:
        return in_language(asking(self.library, request.query_params.multi_items()), language_of(request.scope))

    async def _form(self, request: Request) -> Query:
        """What the form of a file asks, with its text as the body; raises Refused for what is not a form."""
        body = await received.body(request, self.limits.seconds)
        pairs = spoken_next(received.fields(request, body))
        text = "".join(value for name, value in pairs if name == "text")
        texts = {name.removeprefix(TEXTS): value for name, value in pairs if name.startswith(TEXTS)}
        others = [(name, value) for name, value in pairs if name != "text" and not name.startswith(TEXTS)]
        query = replace(asking(self.library, others, text.encode()), texts=texts)
        return in_language(query, language_of(request.scope))

    async def _answer(self, route: Endpoint, asked: Query) -> Reply:
        """The answer; raises WhytuneError."""
        if route.takes_long:
            route.check(asked)  # before a process is made for it
        if not await self._is_examined(route, asked, self.limits.seconds):
            raise too_slow(self.limits.seconds)
        return await self._worked(_takes_long(route, asked), answered, route.name, asked)

    async def _is_examined(self, route: Endpoint, asked: Query, seconds: float) -> bool:
        """Is it known within this time what the checks find, if that is asked? Raises WhytuneError as they do."""
        if route.name != EXAMINED:
            return True
        try:
            route.check(asked)
            lacking = await self.examiner.lacks(asked)
        except Refused:
            raise
        except WhytuneError:  # the answer tells it
            return True
        return await self.examiner.has(lacking, asked, seconds)

    async def _bulk(self, request: Request) -> Response:
        """A table with its answers; one that is not wanted, or not whole, is refused before anything is sent."""
        request.scope["whytune.route"] = "bulk"
        asked = asking(self.library, request.query_params.multi_items())
        asked.check(sent_tables.WANTS, ())
        with sent_tables.spooled() as body:
            try:
                async for chunk in received.chunks(request, self.limits.seconds, sent_tables.MOST):
                    body.write(chunk)
                body.seek(0)
            except OSError as error:
                raise sent_tables.no_room(error) from None
            answer = await anyio.to_thread.run_sync(sent_tables.answered, asked, body, self.limits.seconds)
        headers = {"Cache-Control": "no-store", "Whytune-Rulebook": identity(asked), **answer.headers}
        return StreamingResponse(sent_tables.chunks(answer.file), headers=headers, media_type=answer.media)

    async def _export(self, request: Request) -> Response:
        request.scope["whytune.route"] = "export"
        asked = asking(self.library, request.query_params.multi_items())
        asked.check(exported.WANTS, ())
        export = await self._worked(False, exported.exported, asked)
        headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{export.name}"'}
        return StreamingResponse(sent_tables.chunks(export.file), headers=headers, media_type=exported.MEDIA)

    async def _made_file(self, request: Request) -> Response:
        """The rulebook as a file of another program."""
        request.scope["whytune.route"] = "export-rulebook"
        asked = asking(self.library, request.query_params.multi_items())
        asked.check(exchanged.OF_EXPORT, ())
        made = await self._worked(True, exchanged.made, asked)
        headers = {"Cache-Control": "no-store", "Whytune-Rulebook": identity(asked), **made.headers}
        return Response(made.data, headers=headers, media_type=exchanged.KINDS[made.kind])

    async def _sent_file(self, request: Request) -> Response:
        """What a file of another program makes, or edits."""
        request.scope["whytune.route"] = "import-rulebook"
        body = await received.body(request, self.limits.seconds, exchanged.MOST)
        asked = asking(self.library, request.query_params.multi_items(), body)
        asked.check(exchanged.OF_IMPORT, ())
        return attached(await self._worked(True, exchanged.sent, asked))

    async def _imported(self, request: Request) -> Response:
        return await self._uploaded(request, workbook_edits.imported, exchanged.MOST)

    async def _sent_edit(self, request: Request) -> Response:
        return await self._uploaded(request, sent_edit, MAX_BYTES)

    async def _uploaded(self, request: Request, page: Callable[[Query, str], Frame], most: int) -> Response:
        """The page of an edit that is sent as a file of at most so many bytes."""
        request.scope["whytune.route"] = "page import"
        form = await received.form(request, self.limits.seconds, most)
        file = form.needed("file")
        query = in_language(asking(self.library, form.pairs, file.data), language_of(request.scope))
        return shown(await self._worked(True, page, query, file.name))

    async def _worked(self, takes_long: bool, function: Callable[..., Made], *arguments: Any) -> Made:
        """What the function returns, from a thread, or from a process if it takes long; raises WhytuneError."""
        work = partial(self.workshop.run, function) if takes_long else function
        try:
            async with asyncio.timeout(None if takes_long else self.limits.seconds):
                return await anyio.to_thread.run_sync(work, *arguments, abandon_on_cancel=True)
        except TimeoutError:
            raise too_slow(self.limits.seconds) from None

    async def _openapi(self, request: Request) -> Response:
        request.scope["whytune.route"] = "openapi.json"
        return JSONResponse(await self._worked(False, self._described, language_of_page(self._asked(request))))

    def _described(self, language: str) -> dict[str, Any]:
        """The description of the service; what makes it is imported when somebody first asks for it."""
        from .openapi import openapi

        return openapi(self.library, language)

    async def _api_page(self, request: Request) -> Response:
        """The page that reads the description."""
        request.scope["whytune.route"] = "page api"
        return shown(await self._worked(False, self._read, self._asked(request), str(request.base_url).rstrip("/")))

    def _read(self, query: Query, address: str) -> Frame:
        from .api_page import page

        return page(query, address)

    async def _health(self, request: Request) -> Response:
        request.scope["whytune.route"] = "health"
        books = {name: book.content.digest for name, book in self.library.books.items()}
        return JSONResponse({"status": "ok", "version": __version__, "rulebooks": books})

    async def _metrics(self, request: Request) -> Response:
        request.scope["whytune.route"] = "metrics"
        return Response(self.measures.text(), media_type=MEDIA)


def _takes_long(route: Endpoint, asked: Query) -> bool:
    """Is the answer for a process?"""
    return route.takes_long and route.name != EXAMINED and not asks_nothing(route.name, asked)


def methods_of(route: Endpoint) -> list[str]:
    """The methods of a route: with a case as the body if it is about one; what writes is never only an address."""
    if route.writes:
        return ["POST"]
    return ["GET", "POST"] if route.is_about_a_case or route.files else ["GET"]


def methods_of_page(route: Endpoint) -> list[str]:
    """The methods of a route's page, which takes files, but a case by its address alone."""
    return ["GET", "POST"] if route.files else ["GET"]


def language_of(scope: Scope) -> str:
    """The language for problems: the one asked for, or else the reader's first preference."""
    request = Request(scope)
    wishes = (part.split(";")[0].strip()[:2].lower() for part in request.headers.get("accept-language", "").split(","))
    asked = request.query_params.get("language")
    return next((wish for wish in (asked, *wishes) if wish in LANGUAGES), LANGUAGES[0])
