"""The site has all pages in its navigation, and whatever they lead to in its source."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from . import pages, site
from .pages import ROOT


def listed(nav: object) -> Iterator[str]:
    """The pages of a navigation, level by level."""
    if isinstance(nav, str):
        yield nav
        return
    for entry in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from listed(entry)


def test_every_page_is_in_the_navigation_once() -> None:
    nav = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]["nav"]
    checks = {page for page in pages.MANUAL if page.parent.name == "checks" and page.name != "README.md"}
    gallery = ROOT / "diagrams" / "gallery" / "README.md"  # leads to the page of pictures
    wanted = {*pages.PAGES, site.CHANGES} - checks - {gallery}
    assert sorted(listed(nav)) == sorted(pages.name(page) for page in wanted)


def test_what_the_pages_lead_to_is_in_the_source_of_the_site() -> None:
    gathered = site.files()
    assert {ROOT / "diagrams/gallery/guide_en.svg", ROOT / "rules/guide/prices.yaml"} <= gathered
    assert set(pages.PAGES) <= gathered
    lost: list[Path] = [path for path in gathered if not path.is_file() or ROOT not in path.parents]
    assert not lost
