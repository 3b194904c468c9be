"""A graph -> Mermaid, a language that web pages and wikis draw."""

from __future__ import annotations

import re

from .graph import Box, Edge, Graph

_BRACKETS = {"question": ("{", "}"), "decision": ("[[", "]]"), "conclusion": ("{{", "}}"), "fact": ("([", "])")}

_ACTS = re.compile(
    r"""[#"&<>`\\$:%*_~+=|@!^{}\[\]]"""  # $$ begins a formula, fa: an icon, %%{ a directive, ://, @ and www. a link
    r"|(?<=www)\."
    r"|^-|(?<=\d)[.)]",  # lists
    re.IGNORECASE,
)


def mermaid(graph: Graph) -> str:
    """The graph as a Mermaid flowchart; every label is quoted and escaped, and every id is our own."""
    names = graph.names
    lines = ["graph LR" if graph.across else "graph TD"]
    for node in graph.nodes:
        left, right = _BRACKETS.get(node.shape, ("[", "]"))
        lines.append(f"  {names[node.id]}{left}{quoted(node.label)}{right}")
    for edge in graph.edges:
        label = f"|{quoted(edge.label)}|" if edge.label else ""
        lines.append(f"  {names[edge.source]} {_arrow(edge)}{label} {names[edge.target]}")
    passed_by = [str(index) for index, edge in enumerate(graph.edges) if edge.state == "passed_by"]
    lines += [f"  linkStyle {','.join(passed_by)} opacity:0.4"] if passed_by else []
    widths = ((index, edge.share) for index, edge in enumerate(graph.edges) if edge.share)
    lines += [f"  linkStyle {index} stroke-width:{1 + 9 * share:.1f}px" for index, share in widths]
    lines += [f"  style {names[node.id]} {style}" for node in graph.nodes if (style := _style(node))]
    return "\n".join(lines) + "\n"


def _arrow(edge: Edge) -> str:
    if edge.barred:
        return "--x"
    if edge.assumed or edge.state in ("open", "ruled_out"):
        return "-.->"
    return "==>" if edge.state == "taken" else "-->"


def _style(node: Box) -> str:
    parts = []
    if node.style:
        width = f"{node.style.stroke_width}px" if node.style.stroke_width else None
        parts = [
            f"{name}:{value}"
            for name, value in (("fill", node.style.fill), ("stroke", node.style.stroke), ("stroke-width", width))
            if value
        ]
    if node.state == "taken":
        parts = [part for part in parts if not part.startswith("stroke-width")] + ["stroke-width:4px"]
    elif node.state == "passed_by":
        parts.append("opacity:0.4")
    elif node.state == "open":
        parts.append("stroke-dasharray:5 3")
    elif node.state == "ruled_out":
        parts.append("stroke-dasharray:2 2")
    return ",".join(parts)


def quoted(text: str) -> str:
    """The text in quotes, with Mermaid's own entity codes for whatever it or Markdown would read as markup."""
    return '"' + _ACTS.sub(lambda acting: f"#{ord(acting[0])};", " ".join(text.split("\n")).strip()) + '"'
