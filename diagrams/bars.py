"""Counts -> bars side by side with their names, as SVG, as Mermaid, or as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from whytune.engine.language.problems import visible
from whytune.engine.words.lettering import columns_of, fold

from .mermaid import quoted

WIDTH, PITCH, LINE = 360, 18, 14
"""The room of the picture, and of a line and a bar in it, in pixels: as wide as a phone, so that it need not shrink."""
COLUMNS = 44
"""Letters of a line."""
LENGTH = 290
"""The longest bar, in pixels; the number stands beyond it."""
BLOCKS = 30
"""The longest bar, in letters."""

STYLE = """
.bars { color-scheme: light dark; max-width: 100%; height: auto; font: 13px system-ui, sans-serif }
.bars text { fill: #1f2933 } .bars rect { fill: #2563a8 }
@media (prefers-color-scheme: dark) { .bars text { fill: #e4e7eb } .bars rect { fill: #7fb2ea } }
@media print { .bars text { fill: #000 } .bars rect { fill: #555 } }
"""


@dataclass(frozen=True, slots=True)
class Bars:
    """How often each of several things occurs, to be looked at: a bar for each, with its name and its number."""

    title: str
    counts: tuple[tuple[str, int], ...]
    language: str

    def svg(self) -> str:
        """The picture as an SVG element, to stand in a page; its texts are escaped."""
        drawn, height = [], 0.0
        for name, count in self.counts:
            lines = fold(visible(name), COLUMNS)
            drawn += [_text(0, height + LINE + PITCH * number, line) for number, line in enumerate(lines)]
            height += PITCH * len(lines) + 2
            drawn.append(f'<rect y="{height:g}" width="{self._share(count) * LENGTH:.1f}" height="{LINE}" rx="2"/>')
            drawn.append(_text(self._share(count) * LENGTH + 6, height + LINE - 2, f"{count:,}"))
            height += LINE + 8
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="bars" role="img" lang="{self.language}" '
            f'width="{WIDTH}" height="{height:g}" viewBox="0 0 {WIDTH} {height:g}">'
            f"<title>{escape(visible(self.title))}</title><desc>{escape(self.outline())}</desc>"
            f"<style>{STYLE}</style>{''.join(drawn)}</svg>"
        )

    def mermaid(self) -> str:
        """The picture as Mermaid's text."""
        names = ", ".join(quoted(visible(name)) for name, _ in self.counts)
        numbers = ", ".join(str(count) for _, count in self.counts)
        return f"xychart-beta horizontal\n  title {quoted(self.title)}\n  x-axis [{names}]\n  bar [{numbers}]\n"

    def outline(self, columns: int = 80) -> str:
        """The picture as lines of text, so many columns wide at most: half of them for the names."""
        return "\n".join(self._lines(columns))

    def _lines(self, columns: int) -> Iterator[str]:
        names = max((columns_of(visible(name)) for name, _ in self.counts), default=0)
        widest = max(1, min(names, columns // 2))
        longest = min(BLOCKS, columns - widest - 3 - max((len(f"{count:,}") for _, count in self.counts), default=0))
        for name, count in self.counts:
            *above, last = fold(visible(name), widest)
            yield from above
            room = " " * (widest - columns_of(last))
            yield f"{last}{room}  {'█' * max(1, round(self._share(count) * longest))} {count:,}"

    def _share(self, count: int) -> float:
        """The length of a bar, the longest being 1."""
        return count / max(1, *(other for _, other in self.counts))


def _text(across: float, down: float, text: str) -> str:
    return f'<text x="{across:.1f}" y="{down:g}">{escape(text)}</text>'
