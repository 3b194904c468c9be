"""Pictures that differ in their words alone are laid out once, and come out as if each had been laid out for itself."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from whytune.diagrams import render, svg
from whytune.diagrams.decision_graph import decisions
from whytune.diagrams.flowchart import flowchart
from whytune.diagrams.formats import draw
from whytune.diagrams.graph import Box, Edge, Graph
from whytune.diagrams.placeholders import Placeholders, Template, mark
from whytune.engine import Advisor, load
from whytune.engine.words.speaker import Speaker

from . import drawn

CLINIC = {"prompt_enough": False, "external_knowledge": False, "need": "domain_terms"}


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What Graphviz was asked to draw, while nothing drawn before is kept."""
    asked: list[str] = []

    def counted(dot: str, format_: str) -> bytes:
        asked.append(dot)
        return render.render(dot, format_)

    monkeypatch.setattr(svg, "render", counted)
    svg._drawn.cache_clear()
    yield asked
    svg._drawn.cache_clear()


def way(advisor: Advisor, examples: int) -> Graph:
    answer = advisor.advise({**CLINIC, "examples": examples})
    return flowchart(
        advisor.inquiry("approach"), Speaker(advisor.rulebook, "en"), answer, lambda place: f"/{place[1]}?{examples}"
    )


def test_the_ways_of_cases_that_differ_in_a_number_are_laid_out_once(layouts: list[str]) -> None:
    advisor = Advisor(load("guide"))
    pictures = [draw(way(advisor, examples), "svg") for examples in (3200, 4711)]
    assert len(layouts) == 1
    svg._drawn.cache_clear()
    assert draw(way(advisor, 4711), "svg") == pictures[1]
    for picture, examples, shown in zip(pictures, (3200, 4711), ("3,200", "4,711"), strict=True):
        assert sorted(drawn.titles(picture)) == sorted(node.label for node in way(advisor, examples).nodes)
        text = picture.decode()
        assert (text.count(shown) > 1, f'?{examples}"' in text) == (True, True)
    identities = {picture.partition(b'aria-labelledby="')[2][:14] for picture in pictures}
    assert len(identities) == 2


@pytest.mark.slow
def test_another_way_or_a_longer_word_is_laid_out_for_itself(layouts: list[str]) -> None:
    advisor = Advisor(load("guide"))
    for examples in (3200, 32_000, 5):
        draw(way(advisor, examples), "svg")
    assert len(layouts) == 3


def test_a_link_without_a_tooltip_does_not_repeat_the_label() -> None:
    advisor = Advisor(load("guide"))
    graph = decisions(Speaker(advisor.rulebook, "en"), None, lambda place: f"/{place[1]}")
    picture = draw(graph, "svg")
    assert any(node.link and not node.tooltip for node in graph.nodes)
    titles = [title.text for title in ElementTree.fromstring(picture).iter(f"{drawn.SVG}title")]
    assert sorted(map(str, titles)) == sorted([graph.title, graph.title, *(node.label for node in graph.nodes)])


def test_blanks_that_stand_together_stay_apart() -> None:
    nodes = (Box("a", "one  two", "fact"), Box("b", "b", "fact"))
    picture = draw(Graph("t", "d", "en", nodes, (Edge("a", "b", "x   y"),)), "svg").decode()
    assert (">one \u00a0two</text>" in picture, ">x \u00a0\u00a0y</text>" in picture) == (True, True)


def test_texts_come_back_escaped_in_their_places_whatever_they_hold() -> None:
    aside = Placeholders()
    hostile = ["<b> & \"it\" 'is'", "a\nb\tc", mark("0"), ""]
    xml = "".join(f'<p title="{aside.set_aside(text)} >">{aside.set_aside(text)} "</p>' for text in hostile)
    root = ElementTree.fromstring(f"<r>{Template(xml).filled(aside.texts)}</r>")
    assert [(part.get("title"), part.text) for part in root] == [(f"{text} >", f'{text} "') for text in hostile]
