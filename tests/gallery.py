"""Draws the pictures of `diagrams/gallery/` anew: `python -m tests.gallery`, or `make gallery`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import whytune
from whytune.diagrams.difference import difference
from whytune.diagrams.flowchart import flowchart
from whytune.diagrams.formats import draw
from whytune.diagrams.graph import Graph
from whytune.diagrams.inference import inference
from whytune.diagrams.links import Links
from whytune.engine import Advisor, load
from whytune.engine.language import source
from whytune.engine.language.case import resolve
from whytune.engine.language.casefile import read_case
from whytune.engine.language.loading import files_of, loads
from whytune.engine.review.difference import compare
from whytune.engine.words.speaker import Speaker

ROOT = Path(__file__).parent.parent
GALLERY = ROOT / "diagrams" / "gallery"
CASE = ROOT / "rules" / "guide" / "cases" / "clinic_terms_100_examples.yaml"
DESK = ROOT / "tests" / "data" / "desk"
DAY = date(2026, 11, 1)
"""On which the rules of the evidence edition are drawn."""
EDIT = (b"cut_at: [100, 10000]", b"cut_at: [200, 10000]")
LINK = "../../rules/{file}#L{line}"


def pictures() -> Iterator[tuple[str, Graph]]:
    """The name of each picture, and its graph as the rules have it now."""
    guide = load("guide")
    whole, framework = Advisor(guide), Advisor(guide.only("framework"))
    links = Links(guide.places, LINK)
    for language in guide.languages:
        yield (
            f"framework_{language}",
            flowchart(framework.inquiry("approach"), Speaker(framework.rulebook, language), None, links),
        )
    speaker = Speaker(guide, "en")
    answer = whole.recommend(resolve(guide.vocabulary, read_case(source.read(CASE)).given))
    yield "guide_en", flowchart(whole.inquiry("approach"), speaker, None, links)
    yield "case_en", flowchart(whole.inquiry("approach"), speaker, answer, links)
    yield "case_rules_en", inference(speaker, "approach", answer, links)
    evidence = Advisor(load("practice"), DAY)
    yield "practice_en", flowchart(evidence.inquiry("approach"), Speaker(evidence.rulebook, "en"))
    desk = whytune.load(DESK, language="en").case(topic="outage", users=500)
    yield "table_en", desk.picture("table").graph
    edited = loads({name: text.replace(*EDIT) for name, text in files_of("guide").items()})
    yield "difference_en", difference(compare(guide, edited), "approach", speaker, Speaker(edited, "en"))


def main() -> None:
    GALLERY.mkdir(exist_ok=True)
    for name, graph in pictures():
        for format_ in ("svg", "json"):
            (GALLERY / f"{name}.{format_}").write_bytes(draw(graph, format_))
        sys.stdout.write(f"{(GALLERY / name).relative_to(ROOT)}.svg\n")


if __name__ == "__main__":
    main()
