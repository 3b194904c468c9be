"""A document -> one HTML page, self-contained: nothing in it is fetched, run, or taken as it is.

page.html is the frame of every page, page.css its style; notebook.css is that of a part of a notebook.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from itertools import groupby

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from whytune.engine.language.problems import visible

from .document import (
    CODE,
    Block,
    Command,
    Document,
    Folded,
    Foot,
    Gap,
    Grid,
    Heading,
    Illustration,
    Item,
    Listed,
    Listing,
    Notice,
    Paragraph,
    Rows,
    Step,
    Title,
    numeric,
)

HASHES = "STYLE-HASHES"
"""Holds the place of the hashes of the page's styles until they are known."""


_NUMERIC = Markup(' class="number"')


def text(document: Document) -> str:
    """The document as a whole page."""
    template = resources.files(__package__).joinpath("page.html").read_text("utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    body = Markup("\n").join(elements(document.headed))
    page = environment.from_string(template).render(
        language=document.language,
        title=visible(CODE.sub(r"\1", document.title)),
        style_hashes=HASHES,
        style=Markup(style()),
        body=body,
    )
    return _with_style_hashes(page)


def style() -> str:
    """What every page looks like, light and dark, on a screen and on paper."""
    return resources.files(__package__).joinpath("page.css").read_text("utf-8")


def fragment(document: Document) -> str:
    """The document as elements that stand in another page, such as a notebook, below the headings of that page."""
    return str(Markup("\n").join(elements(document.blocks, highest=3)))


def in_notebook(document: Document) -> str:
    """The document as a part of a notebook, whose own style would set texts flush right and break commands in words.

    JupyterLab's rules for tables name two classes, and outweigh any that name one.
    """
    style = resources.files(__package__).joinpath("notebook.css").read_text("utf-8")
    return f'<div class="whytune"><style>{style}</style>\n{fragment(document)}\n</div>'


def elements(blocks: Iterable[Block], highest: int = 1) -> Iterator[Markup]:
    """The blocks as elements: neighbouring items, entries and steps make one list; a title is a heading of the
    `highest` level."""
    for kind, together in groupby(blocks, key=type):
        if kind is Item:
            yield _items([block for block in together if isinstance(block, Item)])
        elif kind is Listed:
            entries = (_entry(block) for block in together if isinstance(block, Listed))
            yield Markup("<ul>{}</ul>").format(Markup("").join(entries))
        elif kind is Step:
            steps = (_step(block) for block in together if isinstance(block, Step))
            yield Markup('<ol class="trace">{}</ol>').format(Markup("").join(steps))
        else:
            yield from (_element(block, highest) for block in together)


def _entry(entry: Listed) -> Markup:
    details = Markup("").join(Markup("<li>{}</li>").format(_text(detail)) for detail in entry.details)
    inner = Markup("<ul>{}</ul>").format(details) if details else ""
    text = _tag("strong" if entry.tone == "strong" else "span", entry.text, entry.tone)
    return Markup("<li>{}{}</li>").format(text, inner)


def _element(block: Block, highest: int) -> Markup:
    match block:
        case Title(text, tone):
            return _tag(f"h{highest}", text, tone)
        case Heading(text, level, tone):
            return _tag(f"h{highest + level}", text, tone)
        case Paragraph("", _, _):
            return Markup("")
        case Paragraph(text, _, "strong"):
            return Markup("<p>{}</p>").format(_tag("strong", text))
        case Paragraph(text, _, tone):
            return _tag("p", text, tone)
        case Notice(text, label, place, tone):
            marked = Markup("{} ").format(_tag("b", label, tone)) if label else ""
            return Markup('<p class="notice">{}{}{}</p>').format(marked, _text(text), _source(place, "span"))
        case Gap():
            return Markup("")
        case Rows(rows):
            return _rows(rows)
        case Grid():
            return _grid(block)
        case Command(words):
            return _code(" ".join(words))
        case Listing(text):
            return _code(text)
        case Illustration(drawing, title):
            caption = _tag("figcaption", title) if title else ""
            return Markup("<figure>{}{}</figure>").format(Markup(drawing.svg()), caption)  # its texts are escaped
        case Folded(title, blocks, count):
            inner = Markup("").join(elements(blocks, highest))
            counted = f"{title} ({count:,})" if count else title
            return Markup("<details><summary>{}</summary>{}</details>").format(_text(counted), inner)
        case Foot(text):
            return _tag("footer", text, "quiet")
    raise TypeError(block)


def _text(text: str) -> Markup:
    """The text with an escape for each letter that cannot be seen, names and commands set as code as they are, and
    elsewhere as much room between its parts as a page has where a terminal has two blanks."""
    parts = enumerate(CODE.split(visible(text)))
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else part.replace("  ", "\u2003") for number, part in parts
    )


def _tag(name: str, text: str, tone: str = "plain") -> Markup:
    """An element that holds this text."""
    marked = Markup(' class="{}"').format(tone) if tone not in ("plain", "strong") else ""
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), marked, _text(text))


def _items(items: list[Item]) -> Markup:
    """A list, with the deeper items in lists of their own."""
    made = [Markup("<ul>")]
    depth = items[0].level
    for item in items:
        made += [Markup("<ul>")] * max(0, item.level - depth) + [Markup("</ul>")] * max(0, depth - item.level)
        made.append(Markup("<li>{}{}</li>").format(_tag("span", item.text, item.tone), _source(item.source)))
        depth = item.level
    made += [Markup("</ul>")] * (1 + max(0, depth - items[0].level))
    return Markup("").join(made)


def _step(step: Step) -> Markup:
    reason = _tag("p", step.reason) if step.reason else ""
    return Markup('<li value="{}">{}{}{}</li>').format(step.number, _text(step.text), reason, _source(step.source))


def _source(source: str, name: str = "p") -> Markup:
    if not source:
        return Markup("")
    return Markup(' <{0} class="source">{1}</{0}>').format(Markup(name), _text(source))


def _grid(grid: Grid) -> Markup:
    """A table; each cell below a title bears it, too, for where the titles have no room above it."""
    sides = [_NUMERIC if is_numeric else Markup("") for is_numeric in numeric(grid)]
    titles = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(side, _text(title))
        for title, side in zip(grid.head, sides, strict=True)
    )
    rows = Markup("").join(_row(row, grid.head, sides) for row in grid.rows)
    head = Markup("<thead><tr>{}</tr></thead>").format(titles)
    return Markup('<table class="grid">{}<tbody>{}</tbody></table>').format(head, rows)


def _rows(rows: Iterable[tuple[str, str]]) -> Markup:
    """Names and their values, side by side."""
    made = Markup("").join(_row(row, ("", ""), (Markup(""), Markup(""))) for row in rows)
    return Markup('<table class="rows"><tbody>{}</tbody></table>').format(made)


def _row(row: Sequence[str], head: Sequence[str], sides: Sequence[Markup]) -> Markup:
    first = Markup('<th scope="row"{}>{}</th>').format(sides[0], _text(row[0])) if row[0] else Markup("<td></td>")
    cells = (_cell(*cell) for cell in zip(row[1:], head[1:], sides[1:], strict=True))
    return Markup("<tr>{}{}</tr>").format(first, Markup("").join(cells))


def _cell(text: str, title: str, side: Markup) -> Markup:
    label = Markup(' data-title="{}"').format(visible(title)) if title and text else ""
    return Markup("<td{}{}>{}</td>").format(side, label, _text(text))


def _code(code: str) -> Markup:
    return Markup("<pre><code>{}</code></pre>").format("\n".join(map(visible, code.split("\n"))))


def style_hashes(page: str) -> str:
    """The hashes of the styles in a page, as its policy names them (CSP Level 3)."""
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    hashes = dict.fromkeys(b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in styles)
    return " ".join(f"'sha256-{digest}'" for digest in hashes)


def _with_style_hashes(page: str) -> str:
    """The page with a policy by which a browser takes these styles and no others."""
    return page.replace(HASHES, style_hashes(page), 1)
