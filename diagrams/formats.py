"""A graph -> bytes in any format."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path

from whytune.engine.language.problems import Problem, Sentence, WhytuneError, closest, short

from .dot import beaded, dot
from .fonts import spelled
from .graph import Graph
from .mermaid import mermaid
from .outline import COLUMNS, outline
from .render import render
from .svg import svg

TEXTS = ("dot", "mermaid", "json", "text")
PICTURES = ("svg", "png", "pdf")
FORMATS = (*PICTURES, *TEXTS)
ENDINGS = {
    "svg": "svg",
    "png": "png",
    "pdf": "pdf",
    "dot": "dot",
    "gv": "dot",
    "mmd": "mermaid",
    "mermaid": "mermaid",
    "json": "json",
    "txt": "text",
}

MAX_DRAWN, MAX_EDGES = 500, 1_000
"""The most nodes and edges of a picture; nobody reads a larger one, and Graphviz would take minutes."""

MAX_MERMAID_EDGES, MAX_MERMAID_TEXT = 500, 50_000
"""The most that Mermaid itself accepts, unless a page raises its `maxEdges` and `maxTextSize`."""

_RESOLUTION = 144


def draw(graph: Graph, format_: str, columns: int = COLUMNS) -> bytes:
    """The graph in one of FORMATS, as text this many columns wide; raises WhytuneError: too-large-to-draw, and
    whatever `render` raises."""
    if format_ in PICTURES and not fits(graph):
        message = Sentence(
            "the picture would have {nodes:,} nodes and {edges:,} edges, more than {most_nodes} or {most_edges:,}",
            nodes=len(graph.nodes),
            edges=len(graph.edges),
            most_nodes=MAX_DRAWN,
            most_edges=MAX_EDGES,
        )
        raise _too_large(message)
    if format_ == "mermaid" and graph.has_tables:
        hint = Sentence("use one of {known}", known=", ".join(name for name in FORMATS if name != "mermaid"))
        raise WhytuneError([Problem("unknown-format", Sentence("Mermaid draws no tables"), None, hint)])
    if format_ == "svg":
        return svg(graph)
    if format_ in PICTURES:
        return render(beaded(graph.labelled(spelled), _RESOLUTION), format_)
    if format_ == "json":
        return (json.dumps(graph.to_dict(), ensure_ascii=False, indent=2) + "\n").encode()
    if format_ == "text":
        return outline(graph, columns).encode()
    text = {"dot": dot, "mermaid": mermaid}[format_](graph)
    if format_ == "mermaid" and (len(graph.edges) > MAX_MERMAID_EDGES or _length(text) > MAX_MERMAID_TEXT):
        message = Sentence(
            "Mermaid draws no more than {edges} edges and {letters:,} characters",
            edges=MAX_MERMAID_EDGES,
            letters=MAX_MERMAID_TEXT,
        )
        raise _too_large(message)
    return text.encode()


def fits(graph: Graph) -> bool:
    """Is the graph small enough for a picture?"""
    return len(graph.nodes) <= MAX_DRAWN and len(graph.edges) <= MAX_EDGES


def named_by(file: str, formats: Mapping[str, str] = ENDINGS) -> str:
    """The format that a file's suffix names; raises WhytuneError: unknown-format."""
    ending = Path(file).suffix.lstrip(".").lower()
    if ending not in formats:
        message = Sentence("`{file}` does not end in a known format", file=short(file))
        raise no_format(message, ending, formats)
    return formats[ending]


def no_format(message: Sentence, ending: str, formats: Collection[str]) -> WhytuneError:
    """The error for a suffix that names no format, with the format that may be meant."""
    near = closest(ending, formats)
    among = Sentence("use one of {known}", known=", ".join(f".{name}" for name in formats))
    hint = Sentence("did you mean `{close}`?", close=f".{near}") if near else among
    return WhytuneError([Problem("unknown-format", message, None, hint)])


def _too_large(message: Sentence) -> WhytuneError:
    hint = Sentence("choose a section (--section), or a case (--case) to see only its way; --format text has it all")
    return WhytuneError([Problem("too-large-to-draw", message, None, hint)])


def _length(text: str) -> int:
    """The length in UTF-16 code units, as JavaScript counts."""
    return len(text.encode("utf-16-le")) // 2
