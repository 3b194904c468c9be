"""A graph -> DOT, the language of Graphviz."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import NamedTuple

import graphviz

from whytune.engine.words.lettering import PITCH, even, width

from .graph import Box, DrawnTable, Edge, Graph

FONTS = "Trebuchet MS,Noto Sans CJK SC,Noto Sans SC,PingFang SC,Microsoft YaHei,WenQuanYi Micro Hei,sans-serif"

TYPE, EDGE_TYPE = 12, 10
"""The size of the type in nodes and on edges, in points."""
COLUMN = 0.534
"""The width of a column, in heights of the type."""
_INCH = 72

_INK, _WHITE, _FADED, _FAINT, _LINE_COLOUR = "#1f2933", "#ffffff", "#66727f", "#c3ccd5", "#52606d"
_GREEN, _RED, _BLUE = "#1b7f4b", "#c0392b", "#2563a8"


class Lettering(NamedTuple):
    """How DOT has the lines of a label, whose type has a size in points, and how it has any other text."""

    label: Callable[[Sequence[str], int], str]
    text: Callable[[str], str]


class Look(NamedTuple):
    """How a shape is drawn: Graphviz's shape and style, its fill, and how many columns a line may have.

    At its upper and lower border it is narrower than at its middle by the part `narrows` of its width.
    """

    shape: str
    style: str
    fill: str
    columns: int
    narrows: float = 0


_LOOKS = {
    "question": Look("diamond", "filled", "#f4f6f8", 22, narrows=1),
    "decision": Look("box", "filled", "#e9eff8", 26),
    "outcome": Look("box", "filled,rounded", "#ffffff", 24),
    "terminal": Look("box", "filled,rounded", "#eceff3", 28),
    "fact": Look("box", "filled,rounded", "#f4f6f8", 26),
    "band": Look("box", "filled", "#eef3fb", 26),
    "conclusion": Look("hexagon", "filled", "#f7f2fb", 26, narrows=0.5),
    "rule": Look("note", "filled", "#fffdf4", 30),
    "option": Look("box", "filled,rounded", "#ffffff", 24),
    "note": Look("box", "filled", "#fdf3f2", 34),
}
_EDGE_COLUMNS = 26
_CELL = 22
"""The most columns of a line in a cell of a grid."""
_WIDEST = 9
"""What is added to the usual width of a line that all recorded cases took."""
_RUN = re.compile("(?<= ) ")
"""A blank after another, of which a page would make one."""


def dot(graph: Graph) -> str:
    """The graph in DOT, its nodes and edges one to one."""
    picture = _page(graph)
    names, states = graph.names, {node.id: node.state for node in graph.nodes}
    for node in graph.nodes:
        _add_node(picture, names[node.id], _node(node, _PLAIN))
    for edge in graph.edges:
        label = {"label": _lines(even(edge.label, _EDGE_COLUMNS))} if edge.label else {}
        look = _edge(edge, states[edge.target]) | _behind(edge, _PLAIN)
        _add_edge(picture, names[edge.source], names[edge.target], label | look)
    _row(picture, graph)
    return str(picture.source)


def beaded(graph: Graph, resolution: int) -> str:
    """The graph in DOT for rendering: each edge label stands on its line, as a small node of its own.

    So no label lies on a line or a node. `resolution` is in dots per inch.
    """
    return _beaded(_page(graph, {"dpi": str(resolution)}), graph, Lettering(_rows, _text))


def wordless(graph: Graph, set_aside: Callable[[str], str]) -> str:
    """The same for a picture whose lines `svg` spaces, with what stands in the place of each text that is set aside.

    These are all texts but those of tables, whose grids grow with them.
    """

    def text(words: str) -> str:
        return set_aside(words) if words.strip() else words

    def label(lines: Sequence[str], points: int) -> str:
        return _lines(text(_RUN.sub("\u00a0", line)) for line in lines)

    return _beaded(_page(graph), graph, Lettering(label, text))


def _beaded(picture: graphviz.Digraph, graph: Graph, lettering: Lettering) -> str:
    names, states = graph.names, {node.id: node.state for node in graph.nodes}
    for node in graph.nodes:
        _add_node(picture, names[node.id], _node(node, lettering))
    edges = list(enumerate(graph.edges))
    for index, edge in reversed(edges) if graph.across else edges:  # in this order Graphviz finds few crossings
        source, target, look = names[edge.source], names[edge.target], _edge(edge, states[edge.target])
        behind = _behind(edge, lettering)
        if edge.label:
            enter, leave = ("w", "e") if graph.across else ("n", "s")
            _add_node(picture, f"label{index}", _bead(edge, look["fontcolor"], lettering))
            _add_edge(picture, source, f"label{index}:{enter}", look | {"arrowhead": "none"} | behind)
            source = f"label{index}:{leave}"
        _add_edge(picture, source, target, look | behind)
    _row(picture, graph)
    return str(picture.source)


def _page(graph: Graph, more: dict[str, str] | None = None) -> graphviz.Digraph:
    frame = {
        "rankdir": "LR" if graph.across else "TB",
        "splines": "spline",
        "nodesep": "0.35",
        "ranksep": "0.36",
        "bgcolor": "transparent",
        "outputorder": "edgesfirst",
        "pad": "0.16",
        **(more or {}),
    }
    type_ = {"fontname": FONTS, "fontcolor": _INK, "color": _LINE_COLOUR}
    return graphviz.Digraph(
        "whytune",
        graph_attr=frame,
        node_attr={**type_, "fontsize": str(TYPE)},
        edge_attr={**type_, "fontsize": str(EDGE_TYPE)},
    )


def _add_node(picture: graphviz.Digraph, name: str, attributes: Mapping[str, str]) -> None:
    picture.body.append(f"\t{name} [{_listed(attributes)}]\n")


def _add_edge(picture: graphviz.Digraph, source: str, target: str, attributes: Mapping[str, str]) -> None:
    """Adds an edge between two nodes, each perhaps with the side that it meets: `label3:n`."""
    picture.body.append(f"\t{source} -> {target} [{_listed(attributes)}]\n")


def _listed(attributes: Mapping[str, str]) -> str:
    """Attributes as `graphviz` lists them, the label first, in a quarter of its time."""
    return " ".join(
        f"{name}={_quoted(attributes[name])}" for name in sorted(attributes, key=lambda name: (name != "label", name))
    )


@lru_cache(maxsize=4_096, typed=True)  # by type, too: of texts that look alike, one may be markup
def _quoted(text: str) -> str:
    quoted: str = graphviz.quoting.quote(text)
    return quoted


def _row(picture: graphviz.Digraph, graph: Graph) -> None:
    """All outcomes side by side, with the notes that belong to none of them."""
    hanging = {edge.target for edge in graph.edges}
    names = [
        graph.names[node.id]
        for node in graph.nodes
        if node.shape == "outcome" or (node.shape == "note" and node.id not in hanging)
    ]
    if len(names) > 1 and not graph.across:
        with picture.subgraph(graph_attr={"rank": "same"}) as row:
            for name in names:
                row.node(name)


def _room(lines: Sequence[str], narrows: float) -> tuple[float, float]:
    """Width and height, in inches, of a shape that holds these lines; the narrower its ends, the wider it is made."""
    block = len(lines) * PITCH * TYPE / _INCH
    high = block * (1 + 0.6 * narrows) + 0.24 + 0.16 * narrows
    wide = 0.0
    for index, line in enumerate(lines):
        edge = abs(index + 0.5 - len(lines) / 2) + 0.5  # the distance of this line from the middle, in lines
        wide = max(wide, width([line]) * COLUMN * TYPE / _INCH / (1 - narrows * 2 * edge / len(lines) * block / high))
    return wide + 0.36, high


def _node(node: Box, lettering: Lettering) -> dict[str, str]:
    if node.table:
        frame = {"label": _table(node.label, node.table), "shape": "plain", "class": "table filled stroked"}
        return frame | _behind(node, lettering)
    look, style = _LOOKS[node.shape], node.style
    lines = even(node.label, look.columns)
    wide, high = _room(lines, look.narrows)
    fill = style.fill if style and node.state != "passed_by" else None
    stroke = style.stroke if style and node.state in ("plain", "taken") else None
    attributes = {
        "label": lettering.label(lines, TYPE),
        "shape": look.shape,
        "style": look.style,
        "fixedsize": "true",
        "width": f"{max(wide, 0.8):.2f}",
        "height": f"{high:.2f}",
        "fillcolor": fill or look.fill,
        "peripheries": "2" if node.shape == "decision" else "1",
        "penwidth": str(style.stroke_width) if style and style.stroke_width else "1",
        **({"ordering": "out"} if node.is_scale else {}),
        "class": " ".join(filter(None, (node.shape, node.state, fill and "filled", stroke and "stroked"))),
    }
    attributes |= {"fontcolor": _WHITE} if fill and _is_dark(fill) else {}
    return attributes | _node_state(node) | ({"color": stroke} if stroke else {}) | _behind(node, lettering)


def _node_state(node: Box) -> dict[str, str]:
    if node.state == "passed_by":
        return {"fontcolor": _FADED, "color": _FAINT, "fillcolor": "#fbfcfd", "penwidth": "1"}
    if node.state == "taken":
        return {"penwidth": "3.2", "color": _GREEN}
    if node.state == "open":
        return {"penwidth": "2", "color": _BLUE, "style": _LOOKS[node.shape].style + ",dashed"}
    return {"color": _RED, "penwidth": "1.4"} if node.state == "ruled_out" else {}


def _is_dark(colour: str) -> bool:
    """Does this `#rrggbb` need white type? (Relative luminance, WCAG 2, with the gamma taken as 2.)"""
    red, green, blue = ((int(colour[at : at + 2], 16) / 255) ** 2 for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.2


def _edge(edge: Edge, target: str) -> dict[str, str]:
    """How an edge is drawn; if it is taken but its target is passed by, it is a condition that held, not the way."""
    colour, pen = {
        "taken": (_GREEN, "2.8"),
        "open": (_BLUE, "1.6"),
        "passed_by": (_FAINT, "1"),
        "ruled_out": (_RED, "1.3"),
    }.get(edge.state, (_LINE_COLOUR, "1.1"))
    if edge.share:
        pen = f"{1 + _WIDEST * edge.share:.1f}"
    if edge.state == "taken" and target == "passed_by":
        pen = "1.2"
    if edge.barred and edge.state != "passed_by":
        colour = _RED
    line = "dashed" if edge.assumed or edge.state == "open" else "solid"
    head = "tee" if edge.barred else "normal"
    if edge.state == "ruled_out":  # not marked by its colour alone
        line, head = "dotted", "onormal"
    return {
        "color": colour,
        "penwidth": pen,
        "style": line,
        "arrowhead": head,
        "arrowsize": "0.7",
        "fontcolor": _FADED if edge.state == "passed_by" else _INK,
        "class": f"{edge.state} barred" if edge.barred else edge.state,
    }


def _bead(edge: Edge, colour: str, lettering: Lettering) -> dict[str, str]:
    lines = even(edge.label, _EDGE_COLUMNS)
    return {
        "label": lettering.label(lines, EDGE_TYPE),
        "shape": "plaintext",
        "fixedsize": "true",
        "fontsize": str(EDGE_TYPE),
        "fontcolor": colour,
        "width": f"{width(lines) * COLUMN * EDGE_TYPE / _INCH + 0.1:.2f}",
        "height": f"{len(lines) * PITCH * EDGE_TYPE / _INCH + 0.04:.2f}",
        "class": f"label {edge.state}",
        **_behind(edge, lettering),
    }


def _table(title: str, table: DrawnTable) -> str:
    """A grid below its title, a line for each row; marked rows are bold on green, with an arrowhead before them."""
    marks = [row in table.marked for row in range(len(table.rows))]
    rows = "".join(_line(row, marked=marked) for row, marked in zip(table.rows, marks, strict=True))
    top = f'<tr><td border="0" colspan="{len(table.head)}" align="left"><b>{_cell(title, 3 * _CELL)}</b></td></tr>'
    frame = f'border="0" cellborder="1" cellspacing="0" cellpadding="6" color="{_FAINT}" bgcolor="{_WHITE}"'
    return f"<<table {frame}>{top}{_line(table.head, head=True)}{rows}</table>>"


def _line(cells: Sequence[str], *, head: bool = False, marked: bool = False) -> str:
    """A row of a grid, in the markup of Graphviz."""
    fill = "#e9eff8" if head else "#dff3e6" if marked else _WHITE
    frame = f'align="left" bgcolor="{fill}"'
    row = ""
    for text in [f"➤ {cells[0]}", *cells[1:]] if marked else cells:
        letters = _cell(text, _CELL)
        room = width(even(text, _CELL)) * COLUMN * TYPE + 12
        row += f'<td {frame} width="{room:.0f}">{f"<b>{letters}</b>" if head or marked else letters}</td>'
    return f"<tr>{row}</tr>"


def _cell(text: str, columns: int) -> str:
    """The lines of a cell of a grid."""
    return "".join(f'{_markup(line)}<br align="left"/>' for line in even(text, columns))


def _behind(part: Box | Edge, lettering: Lettering) -> dict[str, str]:
    attributes = {"tooltip": lettering.text(part.tooltip)} if part.tooltip else {}
    return attributes | ({"URL": lettering.text(part.link)} if part.link else {})


def _rows(lines: Iterable[str], points: int) -> str:
    """Lines of a text, each in a row of a planned height, since a font's own line height differs between machines."""
    cell = f'<td fixedsize="true" width="1" height="{int(PITCH * points)}">'
    rows = "".join(f"<tr>{cell}{_markup(line)}</td></tr>" for line in lines)
    return f'<<table border="0" cellborder="0" cellspacing="0" cellpadding="0">{rows}</table>>'


def _markup(line: str) -> str:
    """A line of text as Graphviz's markup."""
    return escape(line).replace("\\", "\\\\") or " "


def _lines(lines: Iterable[str], points: int = TYPE) -> str:
    """The lines of a text, without anything that Graphviz would read as a command, an entity or markup."""
    escaped = (line.replace("\\", "\\\\").replace("&", "&amp;") for line in lines)
    quoted: str = graphviz.nohtml("\\n".join(escaped))
    return quoted


def _text(text: str) -> str:
    """A text of any number of lines, likewise."""
    return _lines(text.split("\n"))


_PLAIN = Lettering(_lines, _text)
