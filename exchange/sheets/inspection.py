"""An XLSX file that anybody may have made -> one that holds only sheets, of a size that a machine can handle."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from xml.parsers import expat

from whytune.engine.language.problems import Problem, Sentence, Span, WhytuneError

MAX_FILE = 10 * 2**20
MAX_UNPACKED = 32 * 2**20
MAX_PARTS = 1_000
MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 50_000, 300, 300_000
MAX_AREA = 1_000_000
MAX_LETTERS = 20_000_000
MAX_ELEMENTS = 1_500_000
"""Bounds: bytes of a file, packed and unpacked, its parts, the rows, columns and cells of its sheets, these with the
blank ones between them, their letters, and the elements of its XML."""

_MAX_DEPTH = 30
_REFUSED = {
    "vbaproject": Sentence("macros"),
    "externallinks/": Sentence("links to other workbooks"),
    "activex": Sentence("controls that run programs"),
    "embeddings/": Sentence("other files"),
    "connections.xml": Sentence("connections to data elsewhere"),
    "querytables/": Sentence("connections to data elsewhere"),
}
"""What a workbook may hold besides sheets that this program will not touch, by a piece of the part's name."""

_READ = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|xl/(worksheets/)?(_rels/)?[\w.]+\.(xml|rels)")
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError, LookupError)
"""What the reader of packed files raises on a file that is not one; odd features and passwords are runtime errors."""

_STRINGS = "xl/sharedStrings.xml"
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ROW = re.compile(r"[1-9][0-9]{0,6}")


def inspected(data: bytes, label: str) -> bytes:
    """The sheets of this file in a file of their own; raises WhytuneError: bad-workbook, too-large, refused-content."""
    if len(data) > MAX_FILE:
        raise too_large(label, Sentence("larger than {most} MiB", most=MAX_FILE // 2**20))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = _unpacked(packed, label)
    except UNREADABLE:
        raise bad_workbook(label) from None
    _Inspection(label).look(parts)
    clean = io.BytesIO()
    with zipfile.ZipFile(clean, "w") as written:
        for name, content in parts.items():
            written.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 1)
    return clean.getvalue()


def _unpacked(packed: zipfile.ZipFile, label: str) -> Mapping[str, bytes]:
    """The parts that sheets need, unpacked only as far as their total size is allowed."""
    names = packed.namelist()
    if len(names) > MAX_PARTS:
        raise too_large(label, Sentence("more than {most} parts", most=MAX_PARTS))
    for name in names:
        for part, what in _REFUSED.items():
            if part in name.lower():
                hint = Sentence("save a copy without them, as .xlsx")
                message = Sentence("it holds {what}, which are refused", what=what)
                raise WhytuneError([Problem("refused-content", message, Span(label), hint)])
    if len(set(names)) < len(names):
        raise bad_workbook(label)
    left = MAX_UNPACKED
    parts: dict[str, bytes] = {}
    for name in filter(_READ.fullmatch, names):
        with packed.open(name) as stream:
            parts[name] = stream.read(left + 1)
        left -= len(parts[name])
        if left < 0:
            raise too_large(label, Sentence("more than {most} MiB unpacked", most=MAX_UNPACKED // 2**20))
    return parts


class _Inspection:
    """Reads the XML of a workbook without keeping it, and counts what it would take to keep it."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.lengths: list[int] = []
        self.cells = self.letters = self.area = self.elements = 0

    def look(self, parts: Mapping[str, bytes]) -> None:
        """Raises WhytuneError unless all parts are plain XML, and together small enough to be read."""
        for name in sorted(parts, key=lambda name: name != _STRINGS):
            self._parse(parts[name], _TextLengths(self) if name == _STRINGS else _SheetCount(self))

    def count(self, cells: int, letters: int) -> None:
        self.cells += cells
        self.letters += letters
        if self.cells > MAX_CELLS:
            raise too_large(self.label, Sentence("more than {most:,} cells", most=MAX_CELLS))
        if self.letters > MAX_LETTERS:
            raise too_large(self.label, Sentence("more than {most:,} letters in its cells", most=MAX_LETTERS))

    def reach(self, rows: int, columns: int) -> None:
        """Counts the cells from the first to the last of a sheet, since blank ones between them also take room."""
        self.area += rows * columns
        if self.area > MAX_AREA:
            raise too_large(self.label, Sentence("more than {most:,} cells with the blank ones between", most=MAX_AREA))

    def _parse(self, content: bytes, reader: _PartCount) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        depth = 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            self.elements += 1
            if depth > _MAX_DEPTH:
                raise bad_workbook(self.label)
            if self.elements > MAX_ELEMENTS:
                raise too_large(self.label, Sentence("more than {most:,} elements of XML", most=MAX_ELEMENTS))
            reader.start(name.rpartition(" ")[2], attributes)

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1
            reader.end(name.rpartition(" ")[2])

        def refuse(*_: object) -> None:
            message = Sentence("its XML declares a document type, which is refused")
            raise WhytuneError([Problem("refused-content", message, Span(self.label))])

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
        parser.CharacterDataHandler = reader.text
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, ValueError, LookupError):
            raise bad_workbook(self.label) from None


class _PartCount:
    """Counts in one part."""

    def __init__(self, inspection: _Inspection) -> None:
        self.inspection = inspection

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        raise NotImplementedError

    def end(self, name: str) -> None:
        raise NotImplementedError

    def text(self, text: str) -> None:
        raise NotImplementedError


class _TextLengths(_PartCount):
    """The length of each text that cells may refer to by number."""

    length = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "si":
            self.length = 0

    def text(self, text: str) -> None:
        self.length += len(text)

    def end(self, name: str) -> None:
        if name == "si":
            self.inspection.lengths.append(self.length)
            self.inspection.count(0, self.length)


class _SheetCount(_PartCount):
    """How many cells a sheet has, how far out they are, and how many characters they hold."""

    names_a_text = False
    value = ""
    row = column = 0
    rows = columns = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self.names_a_text, self.value = attributes.get("t") == "s", ""
            self.inspection.count(1, 0)
            self._stand(*self._place(attributes.get("r")))
        elif name == "row":
            self._stand(0, self._number(attributes.get("r")))

    def text(self, text: str) -> None:
        self.inspection.count(0, len(text))
        self.value += text if len(self.value) < 20 else ""

    def end(self, name: str) -> None:
        if name == "c" and self.names_a_text and self.value.isdecimal():
            number = int(self.value)
            self.inspection.count(0, self.inspection.lengths[number] if number < len(self.inspection.lengths) else 0)
        elif name == "sheetData":
            self.inspection.reach(self.rows, self.columns)

    def _place(self, written: str | None) -> tuple[int, int]:
        """The column and row of a cell; one that does not say follows the last one."""
        if written is None:
            return self.column + 1, self.row
        if (place := _PLACE.fullmatch(written)) is None:
            raise bad_workbook(self.inspection.label)
        return _number(place[1]), int(place[2])

    def _number(self, written: str | None) -> int:
        """The number of a row; one that does not say follows the last one."""
        if written is None:
            return self.row + 1
        if not _ROW.fullmatch(written):
            raise bad_workbook(self.inspection.label)
        return int(written)

    def _stand(self, column: int, row: int) -> None:
        if column > MAX_COLUMNS or row > MAX_ROWS:
            most = {"rows": MAX_ROWS, "columns": MAX_COLUMNS}
            message = Sentence("a sheet of more than {rows:,} rows or {columns} columns", **most)
            raise too_large(self.inspection.label, message)
        self.row, self.column = row, column
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def bad_workbook(label: str) -> WhytuneError:
    """The error for a file that is not a workbook, or a broken one."""
    message = Sentence("not a workbook that can be read")
    return WhytuneError([Problem("bad-workbook", message, Span(label), Sentence("save it anew as .xlsx"))])


def too_large(label: str, what: Sentence) -> WhytuneError:
    """The error for a file that is larger than is read, and in what."""
    hint = Sentence("keep in it what is to be read, or save sheets as CSV")
    return WhytuneError([Problem("too-large", what, Span(label), hint)])
