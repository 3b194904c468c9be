"""The comment on a pull request: nothing that users wrote acts in it, and it fits."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from whytune.edits import pictures_of
from whytune.engine import Rulebook, load
from whytune.engine.language.loading import loads
from whytune.engine.review.difference import compare, difference
from whytune.prose import difference as prose
from whytune.prose import markdown
from whytune.prose.difference import EditReport
from whytune.prose.markdown import MAX_CELL, MAX_LETTERS, plain
from whytune.prose.two_speakers import MAX_WHOLE, two_speakers

from .looks import tabled

EDITS = Path(__file__).parent / "edits"
HOSTILE = (
    "<script>alert(1)</script> | a | b | `code` ```fence``` @everybody #12 **bold** _it_ [a](https://x.example) "
    "![i](http://y.example/z.png) </details> <!-- &lt; www.z.example $x^2$ ~~gone~~ C:\\\\temp"
)

TAGS = {"h3", "h4", "p", "strong", "code", "pre", "ul", "li", "br", "details", "summary"}


def told(old: Rulebook, new: Rulebook) -> str:
    compared = compare(old, new)
    found = difference(compared)
    both = two_speakers(old, new, "my-rules", "en")._replace(most=MAX_WHOLE)
    report = EditReport(found, None, None, both, None, pictures=pictures_of(found, compared, both))
    return markdown.text(prose.difference(report))


def edited(**texts: str) -> Rulebook:
    """The rulebook `fact` with these labels in place of its own."""
    text = (EDITS / "fact" / "rulebook.yaml").read_text()
    for said, other in texts.items():
        assert f"en: {said}" in text
        text = text.replace(f"en: {said}", "en: '" + other.replace("'", "''") + "'")
    return loads({"rules|`@x`\n.yaml": text.encode()})


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)


def rendered(text: str) -> tuple[str, set[str]]:
    html = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text)
    tags = Tags()
    tags.feed(html)
    return html, set(tags.seen)


def test_nothing_that_users_wrote_acts() -> None:
    text = told(load(EDITS / "old"), edited(Nobody=HOSTILE, Topic=HOSTILE))
    html, tags = rendered(text)
    assert {"ul", "details", "code"} <= tags <= TAGS
    prose = re.sub(r"^```mermaid\n.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)  # there nobody is called
    assert prose != text
    assert not re.search(r"@\w|#\d", re.sub(r"&#\d+;", "", prose))
    assert html.count("<details>") == html.count("</details>") == html.count("<summary>")


@tabled("text", [HOSTILE, "a\nb", "- a", "a_b *c*", "`x`", "`<b>`", "1 < 2 & 3"])
def test_a_text_is_read_as_it_was_written(text: str) -> None:
    html, _ = rendered(plain(text))
    shown = re.sub(r"<[^>]*>", "", html) if "<code>x</code>" in html else html
    letters = "".join(HTMLText.of(shown)).strip().replace("\u200b", "")
    assert letters.replace("`", "") == " ".join(text.split()).removeprefix("- ").replace("`", "")


class HTMLText(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    @classmethod
    def of(cls, html: str) -> list[str]:
        parser = cls()
        parser.feed(html)
        return parser.said


@pytest.mark.slow
def test_a_comment_is_cut_politely_below_what_github_takes() -> None:
    old = load(EDITS / "old")
    long = "long text " * 190
    rules = "\n".join(
        f"  - id: added_{index}\n    title: {{en: {long}, zh: 长}}\n    if: {{topic: fault}}\n"
        f"    propose: {{answer: clerk}}\n    because: {{en: Because., zh: 因为。}}\n"
        f"    source: {{document: memo, place: page 9}}"
        for index in range(200)
    )
    text = told(old, loads({"rules.yaml": f"{(EDITS / 'old' / 'rulebook.yaml').read_text()}{rules}\n".encode()}))
    assert 10_000 < len(text) <= MAX_LETTERS
    assert re.search(r"^- and [0-9]+ more$", text, re.MULTILINE)
    assert text.count("<details>") == text.count("</details>")
    assert len(plain(long)) == MAX_CELL
