"""The committed pictures show the rules as they are; where they do not, `make gallery` draws them anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from whytune.diagrams.graph import Graph

from . import drawn, pages
from .gallery import GALLERY, ROOT, pictures

COMMITTED = sorted(path.stem for path in GALLERY.glob("*.svg"))


@pytest.fixture(scope="module")
def graphs() -> dict[str, Graph]:
    """Each picture as the rules have it now."""
    return dict(pictures())


def test_the_gallery_holds_these_pictures_and_no_others(graphs: dict[str, Graph]) -> None:
    assert len(graphs) == 8
    names = {path.name for path in GALLERY.iterdir()}
    assert names == {"README.md", *(f"{name}.{ending}" for name in graphs for ending in ("svg", "json"))}


@pytest.mark.parametrize("page", [GALLERY / "README.md", ROOT / "docs" / "gallery.md"], ids=pages.name)
def test_the_pages_of_the_gallery_show_every_picture(page: Path) -> None:
    shown = {(page.parent / link).resolve() for link in pages.links(page)}
    assert {GALLERY / f"{name}.svg" for name in COMMITTED} <= shown


@pytest.mark.parametrize("name", COMMITTED)
def test_a_picture_is_not_stale(name: str, graphs: dict[str, Graph]) -> None:
    graph = graphs[name]
    now = json.loads(json.dumps(graph.to_dict()))
    assert json.loads((GALLERY / f"{name}.json").read_text()) == now, "run `make gallery` and look at the pictures"
    svg = (GALLERY / f"{name}.svg").read_bytes()
    assert sorted(drawn.titles(svg)) == sorted(node.label for node in graph.nodes)
    assert str(ROOT) not in svg.decode()


def test_the_links_of_the_gallery_lead_to_files_that_are_there(graphs: dict[str, Graph]) -> None:
    links = {node.link for graph in graphs.values() for node in graph.nodes if node.link}
    assert links
    for link in links:
        path, _, line = link.partition("#L")
        assert int(line) <= len((GALLERY / path).read_text().splitlines())
