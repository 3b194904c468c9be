"""Pictures in every format: well-formed, readable, silent, and safe from whatever a label holds."""

from __future__ import annotations

import html
import json
import os
import re
import stat
import sys
import warnings
from collections.abc import Callable
from functools import cache
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import graphviz
import mermaidx
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from whytune.cli import cli
from whytune.diagrams import fonts, render
from whytune.diagrams.dot import COLUMN, EDGE_TYPE, TYPE, _listed, beaded, dot, wordless
from whytune.diagrams.flowchart import flowchart
from whytune.diagrams.formats import ENDINGS, FORMATS, MAX_DRAWN, MAX_MERMAID_EDGES, PICTURES, draw
from whytune.diagrams.graph import Box, BoxShape, Edge, Graph
from whytune.diagrams.inference import inference
from whytune.diagrams.links import Links
from whytune.diagrams.mermaid import mermaid
from whytune.diagrams.outline import outline
from whytune.diagrams.picture import Picture
from whytune.engine import Advisor, Rulebook, Span, WhytuneError, load
from whytune.engine.language.problems import CODES
from whytune.engine.language.rulebook import Style
from whytune.engine.words.lettering import _PIECES, PITCH, _is_all_words, columns_of, even, fold, signs, width
from whytune.engine.words.speaker import Speaker

from . import drawn
from .generated import decision, fact, framed, rule, written
from .looks import sampled, tabled

FAMILY, FLAG, KEYCAP, HAND, ACCENT = "👩\u200d👩\u200d👧", "🇩🇪", "1\ufe0f\u20e3", "👍🏽", "e\u0301"
XLINK = "{http://www.w3.org/1999/xlink}"
CLINIC = {"prompt_enough": False, "external_knowledge": False, "need": "domain_terms", "examples": 100}


@cache
def guide() -> Advisor:
    return Advisor(load("guide"))


@cache
def chart(language: str = "en", *, case: bool = False, template: str = "{file}#L{line}") -> Graph:
    advisor = guide()
    links = Links(advisor.rulebook.places, template)
    answer = advisor.advise(CLINIC) if case else None
    return flowchart(advisor.inquiry("approach"), Speaker(advisor.rulebook, language), answer, links)


def parts(svg: bytes, tag: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter(f"{drawn.SVG}{tag}"))


def small(*nodes: Box, **more: Any) -> Graph:
    edges = tuple(Edge(a.id, b.id, "so") for a, b in pairwise(nodes))
    return Graph("A title", "A description", "en", nodes, edges)._replace(**more)


def refused(action: Callable[[], object]) -> WhytuneError:
    with pytest.raises(WhytuneError) as caught:
        action()
    assert caught.value.problems[0].code in CODES
    return caught.value


# SVG


@pytest.mark.parametrize(("case", "language"), sampled(product([False, True], ["en", "zh"]), 3))
def test_an_svg_can_be_read_by_everyone(language: str, case: bool) -> None:
    graph = chart(language, case=case)
    svg = draw(graph, "svg")
    root = ElementTree.fromstring(svg)
    assert [child.tag.removeprefix(drawn.SVG) for child in root][:3] == ["title", "desc", "style"]
    assert (root.get("role"), root.get("lang"), root[0].text) == ("group", language, graph.title)
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (root[0].get("id"), root[1].get("id"))
    described = root[1].text or ""
    assert described.count("\n") == len(graph.edges)
    assert all(node.label in described for node in graph.nodes)
    assert "@media (prefers-color-scheme: dark)" in (root[2].text or "")
    assert "color-scheme: light dark" in (root[2].text or "")
    assert sorted(drawn.titles(svg)) == sorted(node.label for node in graph.nodes)
    assert sorted(drawn.texts(svg)) == sorted(drawn.letters(node.label) for node in graph.nodes)


def test_an_option_is_not_separated_from_what_it_sets() -> None:
    for before in ("Ask", "为什么问"):
        for columns in range(20, 60):
            lines = fold(f"{before} which one it is  (--set knowledge=… --set size=…)", columns)
            assert any("--set knowledge=…" in line for line in lines)
            assert any("--set size=…)" in line for line in lines)


def test_an_svg_fetches_nothing_and_runs_nothing() -> None:
    svg = draw(chart(case=True), "svg").decode()
    assert set(re.findall(r"https?://[^\s\"'<]+", svg)) == {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert not re.search(r"<script|\son\w+=|<image|<foreignObject|@import|url\(|javascript:", svg)


@pytest.mark.parametrize(
    ("book", "decision"), [("guide", "approach"), pytest.param("practice", "method", marks=pytest.mark.slow)]
)
def test_the_pieces_of_a_number_are_drawn_from_the_lowest_to_the_highest(book: str, decision: str) -> None:
    advisor = Advisor(load(book))
    graph = flowchart(advisor.inquiry(decision), Speaker(advisor.rulebook, "en"))
    plain = render.render(wordless(graph, str), "plain").decode()
    across = {name: float(place) for name, place in re.findall(r"(?m)^node (label\d+) (\S+) ", plain)}
    scales = [node.id for node in graph.nodes if node.is_scale]
    assert len(scales) > 1
    for scale in scales:
        places = [across[f"label{at}"] for at, edge in enumerate(graph.edges) if edge.source == scale]
        assert places == sorted(places)


def test_tooltips_hold_the_sentence_and_the_source_of_the_rules_and_links_lead_to_them() -> None:
    svg = draw(chart(), "svg")
    anchors = parts(svg, "a")
    tooltips = {anchor.findtext(f"{drawn.SVG}title") or "" for anchor in anchors}
    assert any(
        re.match("A well-designed prompt already solves the task.*Why fine-tuning is needed", each) for each in tooltips
    )
    links = {link for anchor in anchors if (link := anchor.get(f"{XLINK}href"))}
    assert links
    assert all(re.fullmatch(r"guide/\w+\.yaml#L\d+", link) for link in links)
    assert not [anchor for anchor in anchors if anchor.get(f"{XLINK}title")]


def test_a_link_template_is_filled_in_and_escaped() -> None:
    svg = draw(chart(template='/see?kind={kind}&name={name}&at={line}"<{other}'), "svg")
    links = {link for anchor in parts(svg, "a") if (link := anchor.get(f"{XLINK}href"))}
    assert any(re.fullmatch(r'/see\?kind=rule&name=prompt_is_enough&at=\d+"<\{other\}', link) for link in links)
    assert not [anchor for anchor in parts(draw(chart(template=""), "svg"), "a") if anchor.get(f"{XLINK}href")]
    places: dict[tuple[str, ...], Span] = {("rule", "r"): Span("my rules/ü#1.yaml", 3)}
    assert Links(places)(("rule", "r")) == "my%20rules/%C3%BC%231.yaml#L3"
    assert Links(places)(("rule", "other")) is None


def test_a_declared_fill_keeps_type_that_can_be_read_on_it_light_or_dark() -> None:
    pale, deep = (Style(fill=fill, stroke="#1976d2", stroke_width=2) for fill in ("#e3f2fd", "#0d1b4c"))
    graph = small(
        Box("a", "pale", "outcome", style=pale),
        Box("b", "deep", "outcome", style=deep),
        Box("c", "gone", "outcome", "passed_by", style=deep),
    )
    svg = draw(graph, "svg")
    groups = {
        group.findtext(f"{drawn.SVG}title"): group for group in parts(svg, "g") if "outcome" in group.get("class", "")
    }
    inks = {name: next(group.iter(f"{drawn.SVG}text")).get("fill") for name, group in groups.items()}
    assert inks == {"pale": "#1f2933", "deep": "#ffffff", "gone": "#66727f"}
    assert {name: "filled" in group.get("class", "") for name, group in groups.items()} == {
        "pale": True,
        "deep": True,
        "gone": False,
    }
    assert ".node:not(.filled) text" in svg.decode()


def test_what_a_case_did_is_told_by_width_and_dashes_too() -> None:
    for graph in (chart(case=True), inference(Speaker(guide().rulebook, "en"), "approach", guide().advise(CLINIC))):
        marks: dict[str, set[tuple[str | None, str | None]]] = {}
        for group in parts(draw(graph, "svg"), "g"):
            kind, *state = group.get("class", "none").split()
            path = group.find(f".//{drawn.SVG}path")
            if kind == "edge" and path is not None:
                marks.setdefault(" ".join(state), set()).add((path.get("stroke-width"), path.get("stroke-dasharray")))
        assert not marks["taken"] & marks["passed_by"]
        assert not marks["taken"] & marks.get("ruled_out", set())


# geometry: what a reader would see at once


def boxes(svg: bytes, kind: str) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of the nodes (or of the labels on edges)."""
    found = []
    for group in parts(svg, "g"):
        classes = group.get("class", "").split()
        if classes[:1] != ["node"] or ("label" in classes) != (kind == "label"):
            continue
        if kind == "label":
            texts = list(group.iter(f"{drawn.SVG}text"))
            x, ys = float(texts[0].get("x", 0)), [float(text.get("y", 0)) for text in texts]
            half = max(len(text.text or "") for text in texts) * 2.5
            found.append((x - half, min(ys) - 8, x + half, max(ys) + 2))
        else:
            shape = next(part for part in group.iter() if part.tag in (f"{drawn.SVG}polygon", f"{drawn.SVG}path"))
            numbers = [float(each) for each in re.findall(r"-?\d+\.?\d*", shape.get("points") or shape.get("d") or "")]
            found.append((min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])))
    return found


def overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@pytest.mark.parametrize(("case", "language"), sampled(product([False, True], ["en", "zh"]), 3))
def test_no_label_lies_on_a_node_and_nothing_touches_the_border(language: str, case: bool) -> None:
    svg = draw(chart(language, case=case), "svg")
    nodes, labels = boxes(svg, "node"), boxes(svg, "label")
    assert nodes
    assert labels
    assert not [(a, b) for a in labels for b in nodes if overlap(a, b)]
    assert not [(a, b) for index, a in enumerate(nodes) for b in nodes[:index] if overlap(a, b)]
    root = ElementTree.fromstring(svg)
    _, _, wide, high = (float(each) for each in root.get("viewBox", "").split())
    moved = re.search(r"translate\(([\d.]+)[ ,]([\d.]+)\)", parts(svg, "g")[0].get("transform", ""))
    assert moved
    left, top = float(moved[1]), float(moved[2])
    for box in (*nodes, *labels):
        assert box[0] + left > 5
        assert box[2] + left < wide - 5
        assert box[1] + top > 5
        assert box[3] + top < high - 5


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_two_lines_of_the_framework_cross(language: str) -> None:
    advisor = Advisor(load("guide").only("framework"))
    svg = draw(flowchart(advisor.inquiry("approach"), Speaker(advisor.rulebook, language)), "svg")
    lines = [
        curve(path.get("d") or "")
        for group in parts(svg, "g")
        if group.get("class", "").startswith("edge")
        for path in group.iter(f"{drawn.SVG}path")
    ]
    assert len(lines) == 16 + 10  # ten of the sixteen edges have a label, which parts their line in two
    assert not [(a, b) for a, b in combinations(lines, 2) if crosses(a, b)]


def curve(path: str) -> list[tuple[float, float]]:
    """Points along a path of cubic Bézier curves."""
    numbers = [float(each) for each in re.findall(r"-?\d+\.?\d*", path)]
    ends = list(zip(numbers[::2], numbers[1::2], strict=True))
    return [
        tuple(
            sum(
                weight * point[axis]
                for weight, point in zip(  # type: ignore[misc]
                    ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3), ends[at : at + 4], strict=True
                )
            )
            for axis in (0, 1)
        )
        for at in range(0, len(ends) - 3, 3)
        for t in (0, 0.25, 0.5, 0.75, 1)
    ]


def crosses(a: list[tuple[float, float]], b: list[tuple[float, float]]) -> bool:
    def side(p: tuple[float, float], q: tuple[float, float], r: tuple[float, float]) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return any(
        side(p, q, r) * side(p, q, s) < 0 and side(r, s, p) * side(r, s, q) < 0
        for p, q in pairwise(a)
        for r, s in pairwise(b)
    )


WORDS = {"en": "an application by a natural person ", "zh": "自然人提出的申请，"}
SHAPES: tuple[BoxShape, ...] = tuple(shape for shape in get_args(BoxShape) if shape != "table")
"""The shapes that bear a label; a table is drawn as its cells."""


def inside(point: tuple[float, float], corners: list[tuple[float, float]]) -> bool:
    """Does the point lie in this convex polygon?"""
    turns = [
        (q[0] - p[0]) * (point[1] - p[1]) - (q[1] - p[1]) * (point[0] - p[0])
        for p, q in pairwise([*corners, corners[0]])
    ]
    return min(turns) >= 0 or max(turns) <= 0


def corners_of(group: ElementTree.Element) -> list[tuple[float, float]]:
    """The corners of a polygon; of a rounded box, those of the box around it."""
    polygon = group.find(f".//{drawn.SVG}polygon")
    if polygon is not None:
        numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", polygon.get("points") or "")]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        return points[:-1] if points[0] == points[-1] else points
    path = next(group.iter(f"{drawn.SVG}path")).get("d") or ""
    numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", path)]
    (left, right), (top, bottom) = ((min(side), max(side)) for side in (numbers[::2], numbers[1::2]))
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def lettering_of(group: ElementTree.Element) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of each line of a label, as wide as it was planned."""
    found = []
    for text in group.iter(f"{drawn.SVG}text"):
        x, y, size = (float(text.get(name, 0)) for name in ("x", "y", "font-size"))
        half = width([text.text or ""]) * COLUMN * size / 2
        found.append((x - half, y - 0.8 * size, x + half, y + 0.2 * size))
    return found


def of_class(svg: bytes, name: str) -> list[ElementTree.Element]:
    return [group for group in parts(svg, "g") if name in group.get("class", "").split()]


@pytest.mark.parametrize(("shape", "language"), sampled(product(SHAPES, ["en", "zh"]), 3))
def test_every_line_of_a_label_stands_within_its_shape(shape: BoxShape, language: str) -> None:
    counts = set()
    for length in (1, *range(10, 260, 30)):
        label = (WORDS[language] * 60)[:length].strip()
        svg = draw(small(Box("a", label, shape), edges=()), "svg")
        (node,) = of_class(svg, "node")
        lines, corners = lettering_of(node), corners_of(node)
        counts.add(len(lines))
        assert all(inside(point, corners) for line in lines for point in product(line[::2], line[1::2]))
        assert all(upper[3] <= lower[1] + 0.01 for upper, lower in pairwise(lines))
    assert len(counts) > 5
    assert (min(counts), max(counts) >= 8) == (1, True)


@tabled("across", [False, True])
@tabled("language", ["en", "zh"])
def test_no_line_of_an_edge_runs_through_its_label(language: str, across: bool) -> None:
    for length in range(5, 260, 50):
        label = (WORDS[language] * 60)[:length].strip()
        nodes = (Box("a", "from", "fact"), Box("b", "to", "fact"))
        svg = draw(small(*nodes, edges=(Edge("a", "b", label),), across=across), "svg")
        (bead,) = of_class(svg, "label")
        points = [
            point
            for path in of_class(svg, "edge")
            for point in curve(next(path.iter(f"{drawn.SVG}path")).get("d") or "")
        ]
        assert len(of_class(svg, "edge")) == 2
        assert not [
            (x, y) for x, y in points for box in lettering_of(bead) if box[0] < x < box[2] and box[1] < y < box[3]
        ]


def test_the_lines_of_a_png_are_as_far_apart_as_they_were_planned_whatever_the_font() -> None:
    graph = small(Box("a", WORDS["en"] * 5, "fact"), Box("b", "b", "fact"))
    rows = re.findall(r'height="(\d+)"', beaded(graph, 144))
    assert set(rows) == {str(int(PITCH * EDGE_TYPE)), str(int(PITCH * TYPE))}
    assert not re.search(r'height="\d', wordless(graph, str))


# PNG and PDF


@pytest.mark.parametrize(("format_", "begins"), [("png", b"\x89PNG\r\n\x1a\n"), ("pdf", b"%PDF-"), ("svg", b"<?xml")])
def test_pictures_are_what_they_say_and_come_in_silence(
    format_: str, begins: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    assert draw(chart("zh"), format_).startswith(begins)
    assert capfd.readouterr() == ("", "")
    os.write(2, b"still here")
    assert capfd.readouterr().err == "still here"


def test_a_font_for_chinese_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fonts.needs_chinese("用 LLM")
    assert not fonts.needs_chinese("naïve – “quoted” 😀")
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(fonts, "_FOLDERS", (str(tmp_path), str(tmp_path / "none")))
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "DejaVuSans.ttf").touch()
    assert not fonts.has_chinese()
    (tmp_path / "deep" / "wqy-microhei.ttc").touch()
    assert fonts.has_chinese()


@pytest.mark.parametrize(("output", "found"), [("", False), ("WenQuanYi Micro Hei", True)])
def test_fontconfig_is_asked_where_there_is_one(
    output: str, found: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "fc-list", f'[ "$1" = ":lang=zh" ] && printf "%s" "{output}"')
    monkeypatch.setenv("PATH", str(tmp_path))
    assert fonts.has_chinese() is found


@pytest.mark.parametrize(
    ("sign", "name"),
    [
        ("🎉", "[party popper]"),
        (FAMILY, "[woman, woman, girl]"),
        (FLAG, "[DE]"),
        (KEYCAP, "[1]"),
        ("👍🏽", "[thumbs up sign]"),
        ("宽", "宽"),
        (ACCENT, ACCENT),
    ],
)
def test_an_emoji_that_no_font_has_is_drawn_by_its_name(sign: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for font, drawn_as in ((False, name), (True, sign)):
        monkeypatch.setattr(fonts, "_has_letter", lambda letter, font=font: font)
        assert fonts.spelled(f"a {sign} b") == f"a {drawn_as} b"
    monkeypatch.setattr(fonts, "_has_letter", lambda letter: False)
    graph = small(Box("a", sign, "outcome"), Box("b", sign, "question"))
    assert draw(graph, "png") == draw(graph.labelled(lambda label: name if label == sign else label), "png")
    assert drawn.texts(draw(graph, "svg")) == [drawn.letters(sign)] * 2


# where Graphviz comes from


def program(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)


@pytest.fixture
def no_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No pygraphviz, and a PATH that holds only this folder."""
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_without_the_wheel_a_dot_on_the_path_draws(no_wheel: Path) -> None:
    program(no_wheel / "dot", 'read -r first; echo "$1 $first"')
    assert render.render("digraph {}", "svg") == b"-Tsvg digraph {}\n"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            'echo "Error: syntax error in line 1" >&2; exit 1',
            "Graphviz could not draw this: Error: syntax error in line 1",
        ),
        ("exit 1", "Graphviz could not draw this: no reason given"),
        ("sleep 5", "Graphviz took more than 0.2 seconds"),
    ],
)
def test_a_dot_that_fails_is_reported(no_wheel: Path, monkeypatch: pytest.MonkeyPatch, body: str, said: str) -> None:
    monkeypatch.setattr(render, "SECONDS", 0.2)
    program(no_wheel / "dot", body.replace("sleep", "exec /bin/sleep"))
    assert str(refused(lambda: render.render("digraph {}", "svg"))) == said


def test_a_dot_that_cannot_be_run_is_reported(no_wheel: Path) -> None:
    (no_wheel / "dot").write_bytes(b"\x7fELF nonsense")
    (no_wheel / "dot").chmod(0o755)
    error = refused(lambda: render.render("digraph {}", "svg"))
    assert (error.problems[0].code, "cannot be run" in str(error)) == ("not-drawn", True)


def test_without_any_graphviz_the_cure_is_named_and_texts_still_come(no_wheel: Path) -> None:
    error = refused(lambda: draw(chart(), "svg"))
    assert str(error) == (
        "Graphviz is not installed\n  hint: pip install pygraphviz, or install Graphviz (Debian: apt "
        "install graphviz); dot, mermaid and text need neither"
    )
    assert error.problems[0].code == "no-graphviz"
    for format_ in ("dot", "mermaid", "text", "json"):
        assert draw(chart(), format_)


def test_what_graphviz_cannot_read_is_reported() -> None:
    error = refused(lambda: render.render("digraph {", "svg"))
    assert error.problems[0].code == "not-drawn"


def test_a_closed_standard_error_hinders_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(_: int) -> int:
        raise OSError

    monkeypatch.setattr("os.dup", closed)
    monkeypatch.setattr(sys, "stderr", None)
    assert render.render("digraph {}", "svg")


# size


def long(nodes: int) -> Graph:
    return small(*(Box(str(index), f"question {index}?", "question") for index in range(nodes)))


def test_a_picture_that_nobody_could_read_is_refused_but_not_its_text() -> None:
    graph = long(MAX_DRAWN + 1)
    for format_ in PICTURES:
        error = refused(lambda format_=format_: draw(graph, format_))  # type: ignore[misc]
        assert str(error) == (
            "the picture would have 501 nodes and 500 edges, more than 500 or 1,000\n  hint: choose "
            'a section: section="..."; or ask a case for its way; `outline()` of the picture has it all'
        )
        assert error.problems[0].code == "too-large-to-draw"
    for format_ in ("text", "json", "dot"):
        assert b"question 500?" in draw(graph, format_)


def test_too_many_edges_are_refused_too() -> None:
    a, b = Box("a", "a", "fact"), Box("b", "b", "fact")
    error = refused(lambda: draw(small(a, b, edges=(Edge("a", "b"),) * 1_001), "svg"))
    assert error.problems[0].code == "too-large-to-draw"


def test_mermaid_is_refused_where_mermaid_itself_would() -> None:
    assert draw(long(MAX_MERMAID_EDGES + 1), "mermaid")
    assert "no more than 500 edges" in str(refused(lambda: draw(long(MAX_MERMAID_EDGES + 2), "mermaid")))
    wordy = small(*(Box(str(index), "😀" * 900, "fact") for index in range(29)))
    assert "50,000 characters" in str(refused(lambda: draw(wordy, "mermaid")))


def test_every_ending_names_a_format() -> None:
    assert set(ENDINGS.values()) == set(FORMATS)


def test_a_picture_saves_itself_in_the_format_of_the_ending_and_shows_itself_in_a_notebook(tmp_path: Path) -> None:
    graph = small(Box("a", "A?", "question"), Box("b", "B", "outcome"))
    picture = Picture(graph)
    for ending, format_ in ENDINGS.items():
        picture.save(tmp_path / f"way.{ending}")
        saved = (tmp_path / f"way.{ending}").read_bytes()
        assert saved == draw(graph, format_) or format_ == "pdf"  # which holds the time of its making
    assert picture._repr_svg_() == picture.svg()
    ElementTree.fromstring(picture.svg())
    assert "\n" not in repr(picture)


@pytest.mark.parametrize(
    ("path", "code"), [("way.bmp", "unknown-format"), ("way", "unknown-format"), ("no/such/way.svg", "unwritable-file")]
)
def test_a_picture_that_cannot_be_saved_says_why(path: str, code: str, tmp_path: Path) -> None:
    error = refused(lambda: Picture(chart()).save(tmp_path / path))
    assert [problem.code for problem in error.problems] == [code]


# the same for the outline and JSON


def test_the_outline_names_each_node_once_and_refers_to_it_after() -> None:
    text = outline(chart())
    for node in chart().nodes:
        assert len([line for line in text.splitlines() if node.label in line]) >= 1
    numbers = re.findall(r"(\d+)\. ", text)
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert set(re.findall(r"see (\d+) above", text)) <= set(numbers)


def test_an_outline_is_as_wide_as_it_may_be_and_says_what_its_marks_mean() -> None:
    for columns in (60, 80):
        for graph in (chart(), chart(case=True)):
            assert max(map(columns_of, outline(graph, columns).splitlines())) <= columns
    assert "applies to this case" not in outline(chart())
    assert outline(chart(case=True)).splitlines()[2:5] == ["", "=> applies to this case; -> does not apply", ""]


def test_a_file_is_as_wide_whatever_terminal_it_is_written_at(tmp_path: Path) -> None:
    written = set()
    for columns in ("50", "100"):
        file = tmp_path / columns
        done = CliRunner(env={"COLUMNS": columns}).invoke(cli, ["graph", "--format", "text", "-o", str(file)])
        assert done.exit_code == 0, done.output
        written.add(file.read_text("utf-8"))
    assert len(written) == 1


def test_a_deep_chart_has_an_outline_too() -> None:
    assert len(outline(long(5_000), 20_000).splitlines()) == 5_003


def test_json_holds_nodes_and_edges_as_they_are() -> None:
    graph = chart(case=True)
    data = json.loads(draw(graph, "json"))
    assert [node["id"] for node in data["nodes"]] == [node.id for node in graph.nodes]
    assert [(edge["source"], edge["target"], edge.get("label", "")) for edge in data["edges"]] == [
        (edge.source, edge.target, edge.label) for edge in graph.edges
    ]
    assert next(node["style"] for node in data["nodes"] if node["id"] == "option:lora") == {
        "fill": "#e8f5e9",
        "stroke": "#388e3c",
        "stroke_width": 2,
    }


# lettering


def test_lines_are_even_and_lose_nothing() -> None:
    assert even("Is general conversation what you want?", 22) == ("Is general", "conversation", "what you want?")
    assert even("short", 22) == ("short",)
    assert "".join(even("x" * 300, 22)) == "x" * 300
    assert len(even("x" * 300, 22)[0]) < 35
    assert fold("特定风格（品牌语气）", 10) == ["特定风格", "（品牌语", "气）"]
    assert fold("a style” (“To learn it", 12) == ["a style”", "(“To learn", "it"]
    assert fold("被“需要最新”排除", 4) == ["被", "“需", "要最", "新”", "排除"]


@given(st.text("ab 0\t“‘”’—é·→…" + "宽，（🎉", max_size=12))
def test_a_text_without_wide_signs_breaks_as_any_text_does(text: str) -> None:
    if _is_all_words(text):
        assert re.findall(_PIECES, text) == re.findall(r"\s+|\S+", text)
    assert all(map(_is_all_words, ("a → b", "by “a b”, c")))
    assert not any(map(_is_all_words, ("(“a", "a‘b", "宽", "a，")))


@tabled("sign", [FAMILY, FLAG, KEYCAP, HAND, ACCENT, "🎉", "宽", "a"])
def test_a_sign_is_as_wide_as_it_is_drawn_and_never_parted(sign: str) -> None:
    wide = 1 if sign in (ACCENT, "a") else 2
    assert list(signs(sign * 5)) == [sign] * 5
    assert round(width([sign])) == wide
    for columns in (2, 4, 6):
        assert fold(sign * 9, columns)[0] == sign * (columns // wide)
        assert all(set(signs(line)) == {sign} for line in fold(sign * 9, columns))


# whatever a label holds


@given(st.dictionaries(st.sampled_from(["label", "class", "URL", "color"]), st.text('ab<>"\\ 0.-é\n')))
def test_attributes_are_listed_as_graphviz_lists_them(attributes: dict[str, str]) -> None:
    label, others = attributes.get("label"), {name: text for name, text in attributes.items() if name != "label"}
    with warnings.catch_warnings():  # our own texts never end in a single backslash
        warnings.simplefilter("ignore", graphviz.DotSyntaxWarning)
        assert _listed(attributes) == graphviz.quoting.a_list(label, kwargs=others)


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "quotes": "\"quotes\" and 'single'",
    "backslashes": "a\\b\\\\c\\",
    "escapes": "\\N \\l \\n \\G \\E",
    "percent": "%d %s %%",
    "braces": "{} {{}} [] () (( ]]",
    "pipe": "a|b||c",
    "hash": "#quot; #35; # x",
    "semicolon": "a;b;",
    "html": "<b>html</b>",
    "html-like": "<<b>html</b>>",
    "angle": "<plain>",
    "entity": "&amp; &lt; &#60; & &nbsp;",
    "emoji": "😀👩‍👩‍👧 🇫🇷",
    "long": "x" * 300,
    "wide": "宽" * 300,
    "hebrew": "שלום עולם (123) abc",
    "arabic": "مرحبا بالعالم",
    "end": "end",
    "graph": "graph",
    "subgraph": "subgraph",
    "node": "node",
    "style": "style n0 fill:#f00",
    "backticks": "`code` ```",
    "arrow": "a --> b -->|c| d",
    "dashes": "--- === -.->",
    "comment": "%% no // comment /* x */",
    "markdown": "**b** _i_ # h",
    "list": "1. first",
    "list in brackets": "2) *fragile* ~~old~~ letter",
    "bullet": "- a parcel",
    "star": "* star",
    "plus": "+ Keep it",
    "task": "- [ ] todo",
    "heading": "# heading",
    "quote": "> quote",
    "rule": "---",
    "stars": "***",
    "fence": "~~~ fence",
    "table": "| a | b |",
    "image": "![i](x)",
    "address": "https://example.com/a www.example.com",
    "mail": "mail a@b.example",
    "sums": "a_b_c + 1.5 = 2) ^x^",
    "formula": "$$x^2$$ $y$",
    "icon": "fa:fa-car fab:fa-x",
    "at": "n0@{shape: rect}",
    "link": "javascript:alert(1)",
    "click": "click n0 call x()",
    "cdata": "]]> <!-- -->",
    "directive": "%%{init: {}}%%",
    "class": ":::big",
    "template": "{file}{line}{label}",
}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=name, marks=[pytest.mark.slow] if place else [])
        for place, (name, text) in enumerate(HOSTILE.items())
    ],
)
def test_a_label_comes_back_as_it_was_in_every_format(text: str) -> None:
    speaker = Speaker(hostile(text), "en")
    graph = flowchart(Advisor(hostile(text)).inquiry("d"), speaker, None, lambda place: f"/{text}")
    network = inference(speaker, "d", None, lambda place: f"/{text}")
    assert any(edge.label == text for edge in graph.edges)
    for each in (graph, network):
        expected = drawn.of_graph(each)
        assert drawn.of_dot(dot(each)) == expected
        assert drawn.of_mermaid(mermaid(each)) == expected
        svg = draw(each, "svg")
        assert sorted(drawn.titles(svg)) == sorted(node.label for node in each.nodes)
        assert sorted(drawn.texts(svg)) == sorted(drawn.letters(node.label) for node in each.nodes)
        assert text in (parts(svg, "desc")[0].text or "")
        assert f"/{text}" in {anchor.get(f"{XLINK}href") for anchor in parts(svg, "a")}
        assert not parts(svg, "script")
        assert not parts(svg, "b")
        assert "".join(text.split()) in "".join(outline(each).split())  # which may be folded anywhere
        assert text in [node["label"] for node in json.loads(draw(each, "json"))["nodes"]]
    assert draw(graph, "png").startswith(b"\x89PNG")


@cache
def hostile(text: str) -> Rulebook:
    """A rulebook in which every text that a picture can show is this one."""
    known = fact("f", "choice", values=["a", "b"], labels={"a": text, "b": f"{text} b"}) | {"ask": text, "label": text}
    made = decision("d", ["x", "y"], "y", "refer") | {"ask": text, "opening": text, "closing": text}
    for option in made["options"]:
        option["label"] = text
    rules = [rule("r", propose={"d": "x"}, **{"if": {"f": "a"}}) | {"title": text, "because": text}]
    return written(framed(facts=[known], decisions=[made], rules=rules))


@pytest.mark.parametrize("text", ["a\u202eb", "a\x07b"])
def test_text_that_no_picture_could_hold_never_enters_a_rulebook(text: str) -> None:
    assert refused(lambda: hostile(text)).problems[0].code == "bad-text"


@pytest.mark.slow
@pytest.mark.long
def test_mermaid_itself_shows_each_label_as_it_was() -> None:
    texts = [text.replace("&nbsp;", "") for text in HOSTILE.values() if len(text) < 100]  # this it draws as a space
    nodes = (Box(str(index), text, "fact") for index, text in enumerate(texts))
    svg = mermaidx.render(mermaid(small(*nodes, edges=()))).svg()
    shown = re.findall(r"<foreignObject.*?</foreignObject>", svg, re.DOTALL)
    assert sorted(html.unescape(re.sub("<[^>]+>", "", each)).strip() for each in shown) == sorted(map(str.strip, texts))


def test_rendering_changes_no_label() -> None:
    graph = small(*(Box(name, text, "fact") for name, text in HOSTILE.items()))
    assert sorted(drawn.texts(draw(graph, "svg"))) == sorted(map(drawn.letters, HOSTILE.values()))
    assert wordless(graph, str) != dot(graph)
