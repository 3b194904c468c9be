"""XML from others -> elements with their places; what could do more than say something is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from whytune.engine import Problem, Span, WhytuneError
from whytune.engine.language.problems import Sentence

MAX_XML = 4 << 20
"""The most bytes of a file."""
MAX_ELEMENTS = 100_000
"""The most elements in a file."""
MAX_NESTING = 100
"""How deep elements may be nested."""

_SEPARATOR = "\n"  # which stands in no address and no name


@dataclass(slots=True)
class XmlElement:
    """One element: its namespace and name, what it says, and where it begins."""

    space: str
    name: str
    attributes: Mapping[str, str]
    span: Span
    children: list[XmlElement] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text directly in it, without surrounding white space."""
        return "".join(self.pieces).strip()

    def get(self, attribute: str) -> str:
        return self.attributes.get(attribute, "").strip()

    def all(self, name: str) -> Iterator[XmlElement]:
        """The elements with this name directly in it, in its own namespace."""
        return (child for child in self.children if child.name == name and child.space == self.space)

    def first(self, *names: str) -> XmlElement | None:
        """The element that the names lead to, taking the first of each name."""
        element: XmlElement | None = self
        for name in names:
            element = next(element.all(name), None) if element else None
        return element

    def text_of(self, *names: str) -> str:
        """The text of the element that the names lead to; "" if there is none."""
        element = self.first(*names)
        return element.text if element else ""


def parse_xml(data: bytes, label: str) -> XmlElement:
    """The root of an XML document; raises WhytuneError: too-large, xml-syntax.

    A DOCTYPE is refused, and with it every entity of a file's own, which could make a small file huge, or read another.
    """
    if len(data) > MAX_XML:
        raise _too_large(Sentence("more than {most} MiB", most=MAX_XML >> 20), Span(label))
    builder = _Growing(label)
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as error:
        message = Sentence("not XML: {reason}", reason=expat.ErrorString(error.code))
        raise WhytuneError([Problem("xml-syntax", message, Span(label, error.lineno, error.offset + 1))]) from None
    except (LookupError, ValueError):  # an encoding that expat asks Python about, which does not know it either
        hint = Sentence("save it as UTF-8")
        raise WhytuneError([Problem("xml-syntax", Sentence("an unknown encoding"), Span(label), hint)]) from None
    assert builder.root is not None
    return builder.root


class _Growing:
    """The elements so far, and those that are still open."""

    def __init__(self, label: str) -> None:
        self.label, self.count = label, 0
        self.root: XmlElement | None = None
        self.open: list[XmlElement] = []
        self.parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.doctype

    @property
    def span(self) -> Span:
        return Span(self.label, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MAX_ELEMENTS:
            raise _too_large(Sentence("more than {most:,} elements", most=MAX_ELEMENTS), self.span)
        if len(self.open) >= MAX_NESTING:
            message = Sentence("nested more than {most} deep", most=MAX_NESTING)
            raise WhytuneError([Problem("too-deep", message, self.span)])
        space, _, local = name.rpartition(_SEPARATOR)
        element = XmlElement(space, local, attributes, self.span)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def end(self, name: str) -> None:
        self.open.pop()

    def characters(self, text: str) -> None:
        self.open[-1].pieces.append(text)

    def doctype(self, *declared: object) -> None:
        hint = Sentence("delete the line `<!DOCTYPE ...>`: no model needs one")
        raise WhytuneError([Problem("xml-syntax", Sentence("a DOCTYPE is refused"), self.span, hint)])


def _too_large(message: Sentence, span: Span) -> WhytuneError:
    return WhytuneError([Problem("too-large", message, span)])
