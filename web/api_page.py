"""The description of the service -> a page that reads it: each question with what it takes, an example, its answer."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args
from urllib.parse import urlencode

from markupsafe import Markup

from whytune import WhytuneError
from whytune.engine.words.catalogue import Family, phrase

from .addresses import language_of_page
from .asking import CHANGES, EVIDENCE, FACTS, LANGUAGE, Query
from .openapi import openapi
from .pages import Frame, declined, framed
from .routes import Topic

NAME = "api"
DESCRIPTION = "openapi.json"
METHODS = ("get", "post")

_ABOUT = Family[Topic]("page_api")
_OF_FACTS = (FACTS, CHANGES, EVIDENCE)

OpenApi = Mapping[str, Any]


def page(query: Query, address: str) -> Frame:
    """All that can be asked over HTTP of the service at this address."""
    language = language_of_page(query)
    try:
        query.check((LANGUAGE,), ())
    except WhytuneError as error:
        return declined(NAME, query, error)
    described = openapi(query.library, language)
    title = phrase("page_api", language)
    return Frame(framed(NAME, query, title, _parts(described, address, title, language)))


def _parts(described: OpenApi, address: str, title: str, language: str) -> Iterator[Markup]:
    paths: Mapping[str, OpenApi] = described["paths"]
    yield Markup('<h1>{}</h1><p>{}</p><p><a href="/{}?language={}">{}</a></p>').format(
        title, phrase("page_api_intro", language), DESCRIPTION, language, phrase("page_api_file", language)
    )
    yield _contents(language)
    for subject in get_args(Topic):
        yield Markup('<h2 id="{}">{}</h2>').format(f"about-{subject}", phrase(_ABOUT[subject], language))
        if subject == "case":
            yield _facts(paths, language)
        for path, methods in paths.items():
            if any(subject in asked["tags"] for asked in methods.values()):
                yield _question(path, methods, address, language)
    yield Markup('<h2 id="types">{}</h2>').format(phrase("page_api_types", language))
    yield from (_type(name, kind, language) for name, kind in described["components"]["schemas"].items())


def _contents(language: str) -> Markup:
    """Links to the parts of the page."""
    parts = [(f"about-{subject}", phrase(_ABOUT[subject], language)) for subject in get_args(Topic)]
    parts.append(("types", phrase("page_api_types", language)))
    links = Markup("").join(Markup('<li><a href="#{}">{}</a></li>').format(*part) for part in parts)
    return Markup('<ul class="contents">{}</ul>').format(links)


def _facts(paths: Mapping[str, OpenApi], language: str) -> Markup:
    """What a case may give."""
    parameters = paths["/v1/advise"]["get"]["parameters"]
    facts = [one for one in parameters if one["name"].startswith(FACTS)]
    return _folded(phrase("page_api_facts", language), _parameters(facts, language), len(facts))


def _question(path: str, methods: OpenApi, address: str, language: str) -> Markup:
    """A question: its address, what it is about, an example, what it takes, and its answer."""
    asked = methods.get("post") or methods["get"]
    own = [one for one in asked["parameters"] if not one["name"].startswith(_OF_FACTS)]
    own += ({"name": name, "schema": file, **file} for name, file in _files(asked).items())
    prefixes = [prefix for prefix in _OF_FACTS if any(one["name"].startswith(prefix) for one in asked["parameters"])]
    answer = next(response for status, response in asked["responses"].items() if status in ("200", "201"))
    return Markup('<section id="{}"><h3><code>{} {}</code></h3><p>{}</p>{}{}{}</section>').format(
        path.removeprefix("/v1/").replace("/", "-"),
        " ".join(method.upper() for method in METHODS if method in methods),
        path,
        _prose(asked["summary"]),
        _listing(curl(path, asked, address)),
        _folded(phrase("page_api_takes", language), _parameters(own, language, prefixes), len(own)),
        _answer(answer["content"], language),
    )


def curl(path: str, asked: OpenApi, address: str) -> str:
    """A command that asks the question, with the examples of what it takes."""
    pairs = [(one["name"], one["example"]) for one in asked["parameters"] if "example" in one]
    where = shlex.quote(f"{address}{path}" + (f"?{urlencode(pairs)}" if pairs else ""))
    return " ".join(["curl", *_sent(asked, dict(pairs)), where])


def _sent(asked: OpenApi, given: Mapping[str, str]) -> Iterator[str]:
    """What a command sends along as the body, if the question wants one: an example, or the file that is named."""
    for name, file in _files(asked).items():
        yield from ("-F", f"{name}=@{file['examples'][0]}")
    for kind in asked.get("requestBody", {}).get("content", {}).values():
        if "example" in kind:
            example = kind["example"]
            yield from ("--data-binary", shlex.quote(example if isinstance(example, str) else json.dumps(example)))
            return
    if "file" in given:
        yield from ("--data-binary", f"@{given['file']}")


def _files(asked: OpenApi) -> Mapping[str, OpenApi]:
    """The files that may be sent along, by the fields of a form."""
    form: OpenApi = asked.get("requestBody", {}).get("content", {}).get("multipart/form-data", {})
    files: Mapping[str, OpenApi] = form.get("schema", {}).get("properties", {})
    return files


def _answer(content: Mapping[str, OpenApi], language: str) -> Markup:
    """Each format of the answer, data with their type."""
    rows = ((Markup("<code>{}</code>").format(media), kind_of(of.get("schema", {}))) for media, of in content.items())
    return _folded(phrase("page_api_answer", language), _table(("page_api_format", "page_api_kind"), rows, language))


def _parameters(parameters: Iterable[OpenApi], language: str, prefixes: Iterable[str] = ()) -> Markup:
    """What stands in an address; facts by what precedes their names."""
    rows = [
        (
            Markup("<code>{}</code>").format(one["name"]),
            _prose(one["description"] + (phrase("page_api_required", language) if one.get("required") else "")),
            kind_of(one["schema"]),
        )
        for one in parameters
    ]
    about = Markup('<a href="#about-case">{}</a>').format(phrase("page_api_of_case", language))
    rows += [(Markup("<code>{}NAME</code>").format(prefix), about, Markup("")) for prefix in prefixes]
    return _table(("page_api_name", "page_api_meaning", "page_api_kind"), rows, language)


def _type(name: str, kind: OpenApi, language: str) -> Markup:
    """A type of data with its meaning and its members."""
    meaning = _prose(kind.get("description", ""))
    members = kind.get("properties", {})
    needed = kind.get("required", ())
    rows = (
        (Markup("<code>{}</code>").format(key if key in needed else f"{key}?"), kind_of(member))
        for key, member in members.items()
    )
    inner = _table(("page_api_name", "page_api_kind"), rows, language) if members else kind_of(kind)
    return Markup(
        '<details><summary><code>{0}</code></summary><div id="type-{0}"><p>{1}</p>{2}</div></details>'
    ).format(name, meaning, inner)


def kind_of(schema: Any) -> Markup:
    """What a value may be, in the notation of TypeScript, with links to the types that have names."""
    return Markup("<code>{}</code>").format(_notation(schema))


def _notation(schema: Any) -> Markup:
    match schema:
        case {"$ref": str(place)}:
            return Markup('<a href="#type-{0}">{0}</a>').format(place.split("/")[3])
        case {"const": value}:
            return _literal(value)
        case {"enum": list(values)}:
            return Markup(" | ").join(map(_literal, values))
        case {"anyOf": list(kinds)} | {"oneOf": list(kinds)}:
            return Markup(" | ").join(dict.fromkeys(map(_notation, kinds)))
        case {"type": "string", "contentMediaType": str()}:
            return Markup("file")
        case {"type": "array"}:
            return Markup("({})[]").format(_notation(schema.get("items", {})))
        case {"type": "object", "additionalProperties": dict(inner)}:
            return Markup("{{[name]: {}}}").format(_notation(inner))
        case {"type": list(names)}:
            return Markup(" | ").join(names)
        case {"type": str(name)}:
            return Markup("{}").format(schema.get("format", name))
    return Markup("any")


def _literal(value: Any) -> Markup:
    """A value as JSON writes it."""
    return Markup('"{}"').format(value) if isinstance(value, str) else Markup("{}").format(json.dumps(value))


def _code(text: str) -> Markup:
    return Markup("<code>{}</code>").format(text)


def _prose(text: str) -> Markup:
    """A text with what stands in backticks as code."""
    parts = text.split("`")
    return Markup("").join(
        _code(part) if number % 2 else Markup("{}").format(part) for number, part in enumerate(parts)
    )


def _listing(text: str) -> Markup:
    """A command that one click selects."""
    return Markup('<pre class="whole"><code>{}</code></pre>').format(text)


def _folded(title: str, inner: Markup, count: int = 0) -> Markup:
    counted = f"{title} ({count})" if count else title
    return Markup("<details><summary>{}</summary>{}</details>").format(counted, inner)


def _table(head: Iterable[str], rows: Iterable[Iterable[Markup]], language: str) -> Markup:
    """A table; the first cell of a row names it."""
    names = [phrase(key, language) for key in head]
    titles = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in names)
    body = Markup("").join(Markup("<tr>{}</tr>").format(_row(row, names[1:])) for row in rows)
    return Markup('<table class="grid kinds"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(titles, body)


def _row(row: Iterable[Markup], titles: Iterable[str]) -> Markup:
    first, *others = row
    cells = Markup("").join(map(Markup('<td data-title="{}">{}</td>').format, titles, others))
    return Markup('<th scope="row">{}</th>{}').format(first, cells)
