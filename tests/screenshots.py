"""Takes the pictures of pages that the manual shows anew: `python -m tests.screenshots`; needs Chromium and Pillow."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

import whytune

from .bench_service import serving
from .stage import CHROMIUM, ROOT

FOLDER = ROOT / "docs" / "screenshots"
DAY = "2026-11-25"
COLOURS = 96
"""Of a picture: pages have few, and a file of few is small."""
CASE = "facts.prompt_enough=no&facts.external_knowledge=no&facts.need=domain_terms&facts.examples=3200"
CUT = "cut_at: [100, 10000]"


class View(NamedTuple):
    """A page as somebody sees it: its address, and the screen; for an edit, what a line has and will have."""

    name: str
    path: str
    width: int = 1440
    height: int = 900
    scheme: Literal["light", "dark"] = "light"
    edited: str = ""
    written: str = ""


VIEWS = (
    View("advise", f"/advise?language=en&as_of={DAY}&{CASE}"),
    View("interview", f"/next?language=zh&as_of={DAY}&facts.prompt_enough=no", 390, 800, "dark"),
    View(
        "edit",
        f"/edit?language=en&as_of={DAY}&rulebook=guide&file=facts.yaml",
        edited=CUT,
        written="cut_at: [150, 10000]",
    ),
    View("statistics", "/stats?language=en", 1200, 1300),
)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        ledger = Path(folder) / "advice.ledger"
        kept(ledger)
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with serving(ledger) as service:
            for view in VIEWS:
                small(taken(browser, f"http://127.0.0.1:{service.port}", view), FOLDER / f"{view.name}.png")
        browser.close()


def kept(ledger: Path) -> None:
    """A ledger with the cases of the guide."""
    guide, book = whytune.load("guide", as_of=DAY), whytune.Ledger(ledger)
    for file in sorted((ROOT / "rules" / "guide" / "cases").glob("*.yaml")):
        book.record(guide.read_case(file), by="Ada", purpose="triage of tasks")


def taken(browser: Browser, service: str, view: View) -> bytes:
    with opened(browser, view) as page:
        page.goto(f"{service}{view.path}")
        if view.edited:
            page.goto(f"{service}{view.path}#line-{line_of(view.edited)}")
            page.reload()  # the first page was there already, and the editor goes to a line as it begins
            page.locator(".cm-activeLine", has_text=view.edited).wait_for()
            for key in ("Home", "Shift+End"):
                page.keyboard.press(key)
            page.keyboard.insert_text(view.written)
            page.locator("#file button").first.click()
            page.locator("#review h1, #review h2").first.wait_for()
            page.evaluate("scrollTo(0, 0)")
        picture: bytes = page.screenshot()
        return picture


def line_of(text: str) -> int:
    """The line of the guide's facts in which this stands."""
    lines = (ROOT / "rules" / "guide" / "facts.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


@contextmanager
def opened(browser: Browser, view: View) -> Iterator[Any]:
    context = browser.new_context(
        viewport={"width": view.width, "height": view.height}, color_scheme=view.scheme, locale="en-GB"
    )
    context.set_default_timeout(120_000)
    yield context.new_page()
    context.close()


def small(picture: bytes, file: Path) -> None:
    """Writes a picture with few colours."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS).save(file, optimize=True)
    print(file.relative_to(ROOT), file.stat().st_size)


if __name__ == "__main__":
    main()
