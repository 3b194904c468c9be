"""A workbook that whytune wrote -> damaged or edited workbooks, each determined by a number."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import NamedTuple
from warnings import catch_warnings, simplefilter

from whytune.engine import WhytuneError, load
from whytune.exchange.crossing import Incoming, Outgoing
from whytune.exchange.folder import crossing_files
from whytune.exchange.sheets.both_ways import read_xlsx, rows_as_csv, write_xlsx
from whytune.exchange.sheets.case_sheet import cases_in_workbook

from .memory import peak

Parts = dict[str, bytes]

SHEETS = re.compile(r"xl/worksheets/sheet\d+\.xml")
STRINGS, BOOK, STYLES = "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"
PIECES = (b"", b"\0", b"<", b">", b'"', b"&", b"&#0;", b"9" * 12, b"</c>", b"<c/>", b"\xff", b"A1", b"<!--", b"]]>")
TYPES = ("s", "str", "b", "n", "e", "d", "inlineStr", "", "x")
NUMBERS = (
    "",
    "-1",
    "1e400",
    "nan",
    "inf",
    "99999999999999999999",
    "0.1",
    "1.7976931348623157e308",
    "2958466",
    "x",
    "1,5",
)
NAMES = ("", "cover", "files", "lists", "COVER", "a/b", "x" * 300, "&#x1F600;", "'", "facts ", "../facts")
FORMULAS = ("1+2", 'HYPERLINK("http://x.example")', "[1]Sheet1!A1", "cmd|' /C calc'!A0", "A1", "x" * 9_000)
STRING_ITEMS = (b"", b"<si>", b"</si>", b"<si/>", b"<si><t/></si>" * 3, b"<si><r><t>a</t></r><rPh><t>b</t></rPh></si>")
FILLINGS = (b" ", b"<si><t>x</t></si>", b"<c/>", b'<c r="A3" t="s"><v>0</v></c>', b"<xf/>", b"<row/>", b"x")
STRANGERS = (
    "xl/vbaProject.bin",
    "xl/externalLinks/externalLink1.xml",
    "xl/connections.xml",
    "xl/embeddings/oleObject1.bin",
    "xl/activeX/activeX1.xml",
    "xl/worksheets/sheet999.xml",
    "../../outside.xml",
    "/xl/workbook.xml",
    "xl/media/image1.png",
)


class MutatedWorkbook(NamedTuple):
    """The bytes of a file, and what has befallen it."""

    mutation: str
    data: bytes


def parts_of(data: bytes) -> Parts:
    """The parts of a workbook, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(parts: list[tuple[str, bytes]]) -> bytes:
    """A packed file of these parts; a name may stand twice."""
    stream = io.BytesIO()
    with catch_warnings(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as written:
        simplefilter("ignore")  # of names that stand twice
        for name, content in parts:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(info, content)
    return stream.getvalue()


def mutated_workbook(parts: Parts, number: int) -> MutatedWorkbook:
    """The mutant of this number."""
    draw = Random(number)
    mutation = draw.choice(MUTATIONS)
    return MutatedWorkbook(mutation.__name__, mutation(dict(parts), draw))


def _with(parts: Parts, name: str, content: bytes) -> bytes:
    return packed(list({**parts, name: content}.items()))


def _sheet(parts: Parts, draw: Random) -> str:
    return draw.choice(sorted(filter(SHEETS.fullmatch, parts)))


def _some(content: bytes, pattern: bytes, draw: Random, new: Callable[[re.Match[bytes]], bytes]) -> bytes:
    """The content with some of what fits the pattern made anew, one at least."""
    chosen = draw.choice((1, 1, 3, 10_000))
    places = list(re.finditer(pattern, content))
    for place in sorted(draw.sample(places, min(chosen, len(places))), key=lambda place: -place.start()):
        content = content[: place.start()] + new(place) + content[place.end() :]
    return content


def bytes_flipped(parts: Parts, draw: Random) -> bytes:
    data = bytearray(packed(list(parts.items())))
    for _ in range(draw.choice((1, 2, 50))):
        data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    return bytes(data)


def cut_short(parts: Parts, draw: Random) -> bytes:
    data = packed(list(parts.items()))
    return data[: draw.randrange(len(data))]


def pieces_put_in(parts: Parts, draw: Random) -> bytes:
    name = draw.choice(sorted(parts))
    content = bytearray(parts[name])
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(content) + 1)
        content[at : at + draw.randint(0, 30)] = draw.choice(PIECES)
    return _with(parts, name, bytes(content))


def parts_removed(parts: Parts, draw: Random) -> bytes:
    gone = set(draw.sample(sorted(parts), draw.choice((1, 1, 2, 5))))
    return packed([(name, content) for name, content in parts.items() if name not in gone])


def parts_doubled(parts: Parts, draw: Random) -> bytes:
    name = draw.choice(sorted(parts))
    return packed([*parts.items(), (name, draw.choice([parts[name], b"", b"<a/>"]))])


def parts_renamed(parts: Parts, draw: Random) -> bytes:
    old = draw.choice(sorted(parts))
    new = draw.choice(
        (old.upper(), old.replace("/", "\\"), f"/{old}", f"x/{old}", old[:-1], draw.choice(sorted(parts)))
    )
    return packed([(new if name == old else name, content) for name, content in parts.items()])


def parts_exchanged(parts: Parts, draw: Random) -> bytes:
    one, other = draw.sample(sorted(parts), 2)
    return packed(list({**parts, one: parts[other], other: parts[one]}.items()))


def strangers_among_parts(parts: Parts, draw: Random) -> bytes:
    return _with(parts, draw.choice(STRANGERS), draw.choice((b"", b"\0" * 100, b"<a/>")))


def cells_of_other_types(parts: Parts, draw: Random) -> bytes:
    name = _sheet(parts, draw)
    return _with(parts, name, _some(parts[name], rb' t="s"', draw, lambda _: f' t="{draw.choice(TYPES)}"'.encode()))


def cells_of_other_numbers(parts: Parts, draw: Random) -> bytes:
    name = _sheet(parts, draw)
    return _with(
        parts, name, _some(parts[name], rb"<v>\d+</v>", draw, lambda _: f"<v>{draw.choice(NUMBERS)}</v>".encode())
    )


def cells_of_formulas(parts: Parts, draw: Random) -> bytes:
    formula = draw.choice(FORMULAS)
    name = _sheet(parts, draw)
    return _with(parts, name, _some(parts[name], rb"<v>", draw, lambda _: f"<f>{formula}</f><v>".encode()))


def cells_elsewhere(parts: Parts, draw: Random) -> bytes:
    name = _sheet(parts, draw)
    place = draw.choice(("A1", "A3", "KN50000", "XFD1048576", "A0", "", "1", "AAAA1", "A99999999999", "a3", "KN2"))
    return _with(parts, name, _some(parts[name], rb' r="[A-Z]+\d+"', draw, lambda _: f' r="{place}"'.encode()))


def rows_elsewhere(parts: Parts, draw: Random) -> bytes:
    name = _sheet(parts, draw)
    row = draw.choice(("1", "50000", "1048576", "0", "-1", "", "x", "9" * 30))
    return _with(parts, name, _some(parts[name], rb'<row r="\d+"', draw, lambda _: f'<row r="{row}"'.encode()))


def rows_doubled(parts: Parts, draw: Random) -> bytes:
    name = _sheet(parts, draw)
    return _with(
        parts, name, _some(parts[name], rb"<row .*?</row>", draw, lambda row: row[0] * draw.choice((2, 2, 40)))
    )


def rows_removed(parts: Parts, draw: Random) -> bytes:
    name = _sheet(parts, draw)
    return _with(parts, name, _some(parts[name], rb"<row .*?</row>", draw, lambda _: b""))


def sizes_lied_about(parts: Parts, draw: Random) -> bytes:
    if draw.random() < 0.5:
        name = _sheet(parts, draw)
        size = draw.choice((b"A1:XFD1048576", b"A1", b"", b"Z9:A1", b"A1:A4294967296"))
        return _with(parts, name, re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="' + size + b'"', parts[name]))
    data = bytearray(packed(list(parts.items())))
    mark, beside = draw.choice(((b"PK\x01\x02", 20), (b"PK\x03\x04", 18), (b"PK\x05\x06", 8)))
    at = draw.choice([place.start() for place in re.finditer(re.escape(mark), data)]) + beside
    data[at : at + 8] = draw.choice((b"\xff" * 8, b"\0" * 8, draw.randbytes(8)))
    return bytes(data)


def strings_broken(parts: Parts, draw: Random) -> bytes:
    new = draw.choice(STRING_ITEMS)
    return _with(parts, STRINGS, _some(parts[STRINGS], rb"<si>.*?</si>", draw, lambda _: new))


def sheets_renamed(parts: Parts, draw: Random) -> bytes:
    new = f'sheet name="{draw.choice(NAMES)}"'.encode()
    return _with(parts, BOOK, _some(parts[BOOK], rb'sheet name="[^"]*"', draw, lambda _: new))


def sheets_hidden(parts: Parts, draw: Random) -> bytes:
    state = draw.choice((b"hidden", b"veryHidden", b"visible", b"x"))
    return _with(
        parts, BOOK, _some(parts[BOOK], rb"<sheet name", draw, lambda _: b'<sheet state="' + state + b'" name')
    )


def sheets_related_otherwise(parts: Parts, draw: Random) -> bytes:
    name = draw.choice([part for part in sorted(parts) if part.endswith(".rels")])
    new = draw.choice((b'Target="../../x"', b'Target="http://x.example/"', b'Target=""', b'Target="sharedStrings.xml"'))
    return _with(parts, name, _some(parts[name], rb'Target="[^"]*"', draw, lambda _: new))


def formats_of_dates(parts: Parts, draw: Random) -> bytes:
    new = f'numFmtId="{draw.choice((14, 22, 46, 9, 164, 999999))}"'.encode()
    numbers = _with(parts, STYLES, _some(parts[STYLES], rb'numFmtId="\d+"', draw, lambda _: new))
    return cells_of_other_numbers(parts_of(numbers), draw)


def types_declared(parts: Parts, draw: Random) -> bytes:
    name = draw.choice(sorted(part for part in parts if part.endswith((".xml", ".rels"))))
    body = parts[name].split(b"?>", 1)[-1]
    entities = b"".join(b'<!ENTITY e%d "%s">' % (at, b"&e%d;" % (at - 1) * 10 if at else b"lol") for at in range(12))
    head = draw.choice(
        (b"<!DOCTYPE a>", b'<!DOCTYPE a SYSTEM "file:///etc/passwd">', b"<!DOCTYPE a [" + entities + b"]>")
    )
    return _with(parts, name, head + body)


def encodings_changed(parts: Parts, draw: Random) -> bytes:
    name = draw.choice(sorted(part for part in parts if part.endswith((".xml", ".rels"))))
    text = (
        parts[name]
        .decode()
        .replace('encoding="UTF-8"', f'encoding="{draw.choice(("UTF-16", "latin-1", "x", "UTF-7"))}"')
    )
    return _with(parts, name, text.encode(draw.choice(("utf-16", "utf-8", "utf-8-sig", "utf-32"))))


def nested_deeply(parts: Parts, draw: Random) -> bytes:
    name = draw.choice((_sheet(parts, draw), STRINGS, BOOK))
    deep = draw.choice((40, 10_000, 200_000))
    return _with(parts, name, b"<a>" * deep + b"</a>" * deep)


def packed_tightly(parts: Parts, draw: Random) -> bytes:
    """A small file that is large once it is unpacked."""
    name = draw.choice((_sheet(parts, draw), STRINGS, STYLES, BOOK, "xl/media/a.bin"))
    piece = draw.choice(FILLINGS)
    chunk = piece * (2**20 // len(piece))
    content = parts.pop(name, b"<a></a>")
    at = content.rfind(draw.choice((b"</sheetData>", b"</sst>", b"</cellXfs>", b"</")))
    stream = io.BytesIO(packed(list(parts.items())))
    with (
        zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as written,
        written.open(name, "w") as part,
    ):
        part.write(content[:at])
        for _ in range(draw.choice((1, 16, 65))):  # and never holds it whole itself
            part.write(chunk)
        part.write(content[at:])
    return stream.getvalue()


def many_parts(parts: Parts, draw: Random) -> bytes:
    folder = draw.choice(("xl/worksheets/", "xl/", "x/"))
    return packed([*parts.items(), *((f"{folder}a{at}.xml", b"<a/>") for at in range(draw.choice((200, 2_000))))])


def wide_and_long(parts: Parts, draw: Random) -> bytes:
    """A sheet of few cells that stand far apart, or every sheet."""
    row = draw.choice((5_000, 50_000))
    far = f'<row r="{row}"><c r="{draw.choice(("A", "Z", "KN"))}{row}"><v>1</v></c></row></sheetData>'.encode()
    chosen = filter(SHEETS.fullmatch, parts) if draw.random() < 0.5 else [_sheet(parts, draw)]
    return packed(list({**parts, **{name: parts[name].replace(b"</sheetData>", far) for name in chosen}}.items()))


MUTATIONS: tuple[Callable[[Parts, Random], bytes], ...] = (
    *(bytes_flipped, cut_short, pieces_put_in, parts_removed, parts_doubled, parts_renamed, parts_exchanged),
    *(strangers_among_parts, cells_of_other_types, cells_of_other_numbers, cells_of_formulas, cells_elsewhere),
    *(rows_elsewhere, rows_doubled, rows_removed, sizes_lied_about, strings_broken, sheets_renamed, sheets_hidden),
    *(sheets_related_otherwise, formats_of_dates, types_declared, encodings_changed, nested_deeply, packed_tightly),
    *(many_parts, wide_and_long),
)
"""What may befall a workbook."""


def read_by_one_door(data: bytes, number: int) -> None:
    """Reads a workbook as a rulebook, as cases or as tasks; what is wrong with it is a problem that can be told."""
    doors: tuple[Callable[[], object], ...] = (
        lambda: read_xlsx(Incoming({"": data}, "x.xlsx", "en")),
        lambda: cases_in_workbook(data, "x.xlsx"),
        lambda: rows_as_csv(data, "x.xlsx"),
    )
    with suppress(WhytuneError):
        doors[number % len(doors)]()


def main() -> None:
    """Reads the mutants with these numbers, and prints how many MiB that took at most."""
    first, last = map(int, sys.argv[1:])
    desk = Path(__file__).parent / "data" / "desk"
    parts = parts_of(write_xlsx(Outgoing(load(str(desk)), crossing_files(desk), "en")).files[""])
    for number in range(first, last):
        read_by_one_door(mutated_workbook(parts, number).data, number)
    print(round(peak()))


if __name__ == "__main__":
    main()
