"""A graph -> an SVG that people can use: readable titles, a description, light and dark, self-contained.

Graphviz draws it without its words, once for all graphs that differ in these alone and give each as much room, as the
way of cases does that differ in the numbers on it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zlib import crc32

from whytune.engine.words.catalogue import phrase
from whytune.engine.words.lettering import PITCH

from .dot import wordless
from .graph import Graph
from .outline import steps
from .placeholders import Placeholders, Template, mark
from .render import render

_SVG = "http://www.w3.org/2000/svg"
_LINK = "http://www.w3.org/1999/xlink"

STYLE = """
.whytune { color-scheme: light dark; max-width: 100%; height: auto }
.whytune a:hover text, .whytune a:focus-visible text { text-decoration: underline }
.whytune a:focus-visible { outline: 2px solid #2563a8 }
@media (prefers-color-scheme: dark) {
  .whytune .node:not(.filled) text { fill: #e4e7eb }
  .whytune .node:not(.filled) :is(polygon, path, polyline) { fill: #22303c }
  .whytune .node.note:not(.filled) polygon { fill: #3a2424 }
  .whytune .node:not(.stroked) :is(polygon, path, polyline) { stroke: #9fb3c8 }
  .whytune .node.taken:not(.stroked) :is(polygon, path, polyline) { stroke: #5fd39a }
  .whytune .node.open :is(polygon, path, polyline) { stroke: #7fb2ea }
  .whytune .node.ruled_out :is(polygon, path, polyline) { stroke: #e88a80 }
  .whytune .node.passed_by :is(polygon, path, polyline) { fill: #1a232c; stroke: #4a5b6b }
  .whytune .node.passed_by text { fill: #95a3b1 }
  .whytune .edge path { stroke: #9fb3c8 }
  .whytune .edge :is(polygon, polyline) { fill: #9fb3c8; stroke: #9fb3c8 }
  .whytune .edge.taken path { stroke: #5fd39a }
  .whytune .edge.taken :is(polygon, polyline) { fill: #5fd39a; stroke: #5fd39a }
  .whytune .edge.open path { stroke: #7fb2ea }
  .whytune .edge.open :is(polygon, polyline) { fill: #7fb2ea; stroke: #7fb2ea }
  .whytune .edge.barred path { stroke: #e88a80 }
  .whytune .edge.barred :is(polygon, polyline) { fill: #e88a80; stroke: #e88a80 }
  .whytune .edge.ruled_out path { stroke: #e88a80 }
  .whytune .edge.ruled_out :is(polygon, polyline) { fill: none; stroke: #e88a80 }
  .whytune .edge.passed_by path { stroke: #4a5b6b }
  .whytune .edge.passed_by :is(polygon, polyline) { fill: #4a5b6b; stroke: #4a5b6b }
}
"""
"""Colours for dark pages, keeping the fill and stroke that options declare; under a class, for pages with several."""


MOST = 64
"""Pictures that are kept without their words."""


def svg(graph: Graph) -> bytes:
    """The picture of this graph for people, screen readers and dark pages; raises whatever `render` raises."""
    aside, names = Placeholders(), graph.names
    dot = wordless(_with_own_tooltips(graph), aside.set_aside)
    texts = {
        **aside.texts,
        **{names[node.id]: node.label for node in graph.nodes},
        "title": graph.title,
        "desc": description(graph),
        "lang": graph.language,
    }
    texts["id"] = f"{crc32(f'{dot}{texts}'.encode()):08x}"  # one page may hold several pictures
    return _drawn(dot).filled(texts).encode()


def _with_own_tooltips(graph: Graph) -> Graph:
    """The graph with blank tooltips behind links that have none, where Graphviz would repeat the label."""
    nodes = (node._replace(tooltip=" ") if node.link and not node.tooltip else node for node in graph.nodes)
    edges = (edge._replace(tooltip=" ") if edge.link and not edge.tooltip else edge for edge in graph.edges)
    return graph._replace(nodes=tuple(nodes), edges=tuple(edges))


@lru_cache(MOST)
def _drawn(dot: str) -> Template:
    """A picture without its words, as Graphviz draws it, made readable."""
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _LINK)
    root = ElementTree.fromstring(render(dot, "svg"))
    for group in root.iter(f"{{{_SVG}}}g"):
        _retitle(group)
        classes = group.get("class", "").split()
        if "node" in classes and "table" not in classes:
            _space(group)
        if "edge" in classes or "label" in classes:
            _pass_over(group)
    for position, (tag, text) in enumerate((("title", mark("title")), ("desc", mark("desc")), ("style", STYLE))):
        element = ElementTree.Element(f"{{{_SVG}}}{tag}")
        element.text = text
        if tag != "style":
            element.set("id", f"{tag}-{mark('id')}")
        root.insert(position, element)
    for name, value in (
        ("class", "whytune"),
        ("role", "group"),
        ("lang", mark("lang")),
        ("aria-labelledby", f"title-{mark('id')}"),
        ("aria-describedby", f"desc-{mark('id')}"),
    ):
        root.set(name, value)
    return Template("<?xml version='1.0' encoding='utf-8'?>\n" + ElementTree.tostring(root, encoding="unicode"))


def description(graph: Graph) -> str:
    """What the picture shows, edge by edge, in sentences."""
    labels = {node.id: node.label for node in graph.nodes}
    sentences = [graph.description]
    sentences += [f"{'  ' * depth}{line}" for depth, line in steps(graph) if line] if graph.has_tables else []
    for edge in graph.edges:
        ends = {"source": labels[edge.source], "target": labels[edge.target]}
        sentences.append(
            phrase("edge_labelled", graph.language, label=edge.label, **ends)
            if edge.label
            else phrase("edge", graph.language, **ends)
        )
    return "\n".join(sentences)


def _pass_over(group: Element) -> None:
    """Takes the links of lines and their labels out of the tab order: with a keyboard one goes from box to box."""
    for anchor in group.iter(f"{{{_SVG}}}a"):
        anchor.set("tabindex", "-1")


def _space(group: Element) -> None:
    """Spaces the lines of a label as planned, around the middle where they are."""
    lines = list(group.iter(f"{{{_SVG}}}text"))
    baselines = [float(line.get("y", 0)) for line in lines]
    for index, line in enumerate(lines):
        pitch = PITCH * float(line.get("font-size", 0))
        middle = (baselines[0] + baselines[-1]) / 2
        line.set("y", f"{middle + (index - (len(lines) - 1) / 2) * pitch:.2f}")


def _retitle(group: Element) -> None:
    """Makes a node's label its title, with the tooltip below it; Graphviz's names for edges are removed."""
    title = group.find(f"{{{_SVG}}}title")
    if title is not None:
        name = "title" if group.get("class") == "graph" else title.text or ""
        if name == "title" or re.fullmatch(r"n\d+", name):
            title.text = mark(name)
        else:
            group.remove(title)
    for anchor in group.iter(f"{{{_SVG}}}a"):
        tooltip = anchor.attrib.pop(f"{{{_LINK}}}title", "")
        if tooltip.strip():
            shown = ElementTree.Element(f"{{{_SVG}}}title")
            shown.text = tooltip
            anchor.insert(0, shown)
