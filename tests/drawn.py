"""Reads pictures back: what Mermaid's own parser, Graphviz's own parser and an SVG say is drawn."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from concurrent.futures import Executor
from functools import cache
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pygraphviz
from mermaidx.engines._common import run_event_loop
from mermaidx.engines.quickjs_engine import Engine

from whytune.diagrams.graph import Graph

SVG = "{http://www.w3.org/2000/svg}"


class Drawn(NamedTuple):
    """What a picture says, whatever its ids: labels with shapes and styles, and edges between labels, counted."""

    nodes: Counter[tuple[str, str, str]]
    edges: Counter[tuple[str, str, str]]


def letters(text: str) -> str:
    """The text without its spaces and line breaks, for a label may be folded."""
    return "".join(text.split())


def of_graph(graph: Graph) -> Drawn:
    labels = {node.id: letters(node.label) for node in graph.nodes}
    return Drawn(
        Counter(
            (letters(node.label), "diamond" if node.shape == "question" else "rect", _style(node.style))
            for node in graph.nodes
        ),
        Counter((labels[edge.source], letters(edge.label), labels[edge.target]) for edge in graph.edges),
    )


def of_fixture(chart: dict[str, Any]) -> Drawn:
    """The guide's own chart, as `data/flowchart.json` holds it."""
    labels = {node["id"]: letters(node["label"]) for node in chart["nodes"]}
    return Drawn(
        Counter((letters(node["label"]), node["shape"], _told(node["style"])) for node in chart["nodes"]),
        Counter((labels[edge["from"]], letters(edge["label"]), labels[edge["to"]]) for edge in chart["edges"]),
    )


def of_dot(text: str) -> Drawn:
    """The drawing as Graphviz reads it; a declared style is one that the class of the node says is declared."""
    read = pygraphviz.AGraph(string=text)
    found = {str(node): dict(node.attr) for node in read.nodes()}
    labels = {name: letters(_plain(node["label"])) for name, node in found.items()}
    nodes = Counter(
        (labels[name], "diamond" if node["shape"] == "diamond" else "rect", _declared(node))
        for name, node in found.items()
    )
    edges = Counter(
        (labels[edge[0]], letters(_plain(edge.attr["label"] or "")), labels[edge[1]]) for edge in read.edges()
    )
    return Drawn(nodes, edges)


def of_mermaid(text: str) -> Drawn:
    """The drawing as Mermaid's own parser reads it."""
    read = parse(text)
    labels = {node["id"]: letters(_decoded(node["label"])) for node in read["nodes"]}
    nodes = Counter(
        (
            labels[node["id"]],
            "diamond" if node["type"] == "diamond" else "rect",
            _told(dict(style.split(":") for style in node["styles"])),
        )
        for node in read["nodes"]
    )
    return Drawn(
        nodes,
        Counter(
            (labels[edge["start"]], letters(_decoded(edge["text"])), labels[edge["end"]]) for edge in read["edges"]
        ),
    )


def titles(svg: bytes) -> list[str]:
    """The titles of the nodes of an SVG, in the order in which they are drawn."""
    return [group.findtext(f"{SVG}title") or "" for group in _nodes(svg)]


def texts(svg: bytes) -> list[str]:
    """What stands on the nodes of an SVG, lines joined."""
    return [letters("".join("".join(text.itertext()) for text in group.iter(f"{SVG}text"))) for group in _nodes(svg)]


def _nodes(svg: bytes) -> list[ElementTree.Element]:
    groups = ElementTree.fromstring(svg).iter(f"{SVG}g")
    return [
        group
        for group in groups
        if {"node"} <= set(group.get("class", "").split()) and "label" not in group.get("class", "").split()
    ]


_READ = """
globalThis.__renderResult = null; globalThis.__renderError = null;
mermaid.initialize({startOnLoad: false});
mermaid.mermaidAPI.getDiagramFromText(%s).then(diagram => {
  const nodes = [...diagram.db.getVertices().values()].map(node => (
    {id: node.id, label: node.text, type: node.type, styles: node.styles, kind: node.labelType}));
  const edges = diagram.db.getEdges().map(edge => (
    {start: edge.start, end: edge.end, text: edge.text, type: edge.type, stroke: edge.stroke}));
  globalThis.__renderResult = JSON.stringify({nodes, edges});
}).catch(error => { globalThis.__renderError = String(error && error.message || error); });
"""


def parse(text: str) -> dict[str, Any]:
    """Nodes and edges as Mermaid's parser has them; raises ValueError with what it says against the text."""
    engine = _engine()
    context, executor = engine._ctx, engine._executor
    assert context is not None
    assert isinstance(executor, Executor)

    def run() -> str:
        context.eval(_READ % json.dumps(text))
        run_event_loop(context.eval, engine._run_job)
        error = context.eval("__flat(globalThis.__renderError)")
        if error:
            raise ValueError(error)
        return str(context.eval("__flat(globalThis.__renderResult)"))

    read: dict[str, Any] = json.loads(executor.submit(run).result())
    return read


@cache
def _engine() -> Engine:
    engine = Engine()
    engine.start()
    return engine


def _decoded(text: str) -> str:
    """Mermaid's parser keeps entity codes under marks of its own until it draws."""
    return html.unescape(text.replace("ﬂ°°", "&#").replace("ﬂ°", "&").replace("¶ß", ";"))


def _plain(label: str) -> str:
    """A label as Graphviz would draw it: entities and escapes read, lines joined."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nlr" else found[1], html.unescape(label))


def _told(style: dict[str, str]) -> str:
    return ",".join(f"{name}:{value}" for name, value in sorted(style.items()))


def _style(style: Any) -> str:
    if style is None:
        return ""
    width = style.stroke_width and f"{style.stroke_width}px"
    told = {"fill": style.fill, "stroke": style.stroke, "stroke-width": width}
    return _told({name: value for name, value in told.items() if value})


def _declared(node: dict[str, str]) -> str:
    if "filled" not in node["class"].split():
        return ""
    return _told({"fill": node["fillcolor"], "stroke": node["color"], "stroke-width": f"{node['penwidth']}px"})
