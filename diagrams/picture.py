"""A picture as a value: it can be shown in a notebook or a document, and saved in a format by its file's suffix."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from os import PathLike, fspath
from pathlib import Path

from whytune.engine.language.problems import Problem, Sentence, WhytuneError, short
from whytune.engine.words.catalogue import translated

from .formats import draw, fits, named_by
from .graph import Graph
from .outline import COLUMNS


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """A graph to be looked at: `picture.save("way.svg")`; a notebook shows it without being asked.

    Every way to see it except `outline` raises WhytuneError: too-large-to-draw, or whatever Graphviz could not do.
    """

    graph: Graph

    def __repr__(self) -> str:
        return f"<Picture {self.graph.title!r}: {len(self.graph.nodes)} boxes, {len(self.graph.edges)} edges>"

    @property
    def fits(self) -> bool:
        """Is it small enough to be drawn?"""
        return fits(self.graph)

    def svg(self) -> str:
        """The picture as an SVG element for a page; its texts are escaped."""
        drawn = draw(self.graph, "svg").decode()
        return drawn[drawn.index("<svg") :]

    def mermaid(self) -> str:
        """The picture as Mermaid text."""
        return draw(self.graph, "mermaid").decode()

    def outline(self, columns: int = COLUMNS) -> str:
        """The picture as indented text, so many columns wide at most."""
        return draw(self.graph, "text", columns).decode()

    def save(self, path: str | PathLike[str]) -> None:
        """Writes the picture in the format of the path; raises WhytuneError: unknown-format, unwritable-file."""
        file = fspath(path)
        drawn = draw(self.graph, named_by(file))
        try:
            Path(file).write_bytes(drawn)
        except (OSError, ValueError) as error:
            reason = (error.strerror or "").lower() if isinstance(error, OSError) else Sentence("not a path")
            message = Sentence("`{file}` cannot be written: {reason}", file=short(file), reason=reason)
            raise WhytuneError([Problem("unwritable-file", message)]) from None

    def _repr_html_(self) -> str:
        """The picture for a notebook, which would cut off a plain SVG at the edge of its cell.

        Where it cannot be drawn, why, and its outline unless it is too large.
        """
        try:
            return self.svg().replace("<svg ", '<svg style="max-width: 100%; height: auto" ', 1)
        except WhytuneError as error:
            problems = [translated(problem.in_python(), self.graph.language) for problem in error.problems]
            lines = "\n".join([*problems, *([self.outline()] if self.fits else [])])
            return f"<pre>{escape(lines)}</pre>"

    def _repr_svg_(self) -> str | None:
        try:
            return self.svg()
        except WhytuneError:
            return None
