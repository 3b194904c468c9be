"""A rulebook and its files -> a workbook: a cover, and a sheet for each kind of content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import PurePath

from whytune.engine.language import source
from whytune.engine.language.csvfile import ENDING as ROWS
from whytune.engine.language.csvfile import Records, decode_csv
from whytune.engine.language.folders import has_ending
from whytune.engine.language.rulebook import RuleTable
from whytune.engine.language.source import Items, KeyPath, Map, Node, Scalar
from whytune.engine.language.text import pick
from whytune.engine.words.speaker import Speaker

from ..crossing import Outgoing, is_case, rulebook_part
from .case_tables import CASES, CaseTable, called
from .columns import OPEN, Columns
from .workbook import LISTS, Row, SheetColumn, Workbook, Worksheet, fixed_row, one_line_of, row_of
from .yaml_edits import one_line

COVER = "cover"
"""The sheet that says which rulebook a workbook belongs to."""

FILES = "files"
"""The sheet that holds the files themselves, line by line, so that a workbook is a whole rulebook."""

MAX_NAME = 31
"""The most characters that spreadsheets allow in the name of a sheet."""

MAX_PIECE = 30_000
"""The most characters of a line that one cell holds; spreadsheets allow 32,767."""

LocatedPart = tuple[str, KeyPath, Map]
"""A part of a rulebook: its file, its path there, and what it says."""


def workbook_of(outgoing: Outgoing) -> Workbook:
    """The workbook of a rulebook; raises WhytuneError for files that are not those of a rulebook."""
    layout = _Sheets(outgoing)
    files, *shown = _with_names_apart([_files(outgoing.files), *layout.sheets()])
    title = pick(outgoing.rulebook.title, outgoing.language)
    return Workbook(title, (*shown, files))


class _Sheets:
    """The layout of one rulebook's parts on sheets."""

    def __init__(self, outgoing: Outgoing) -> None:
        self.rulebook = outgoing.rulebook
        self.speaker = Speaker(outgoing.rulebook, outgoing.language)
        self.columns = Columns(self.speaker)
        self.nodes: dict[str, Node] = {}
        self.records: dict[str, Records] = {}
        self.cases: dict[str, Node] = {}
        self.case_tables: dict[str, Records] = {}
        for name, data in rulebook_part(outgoing.files).items():
            if has_ending(name, (ROWS,)):
                self.records[name] = decode_csv(data, name)
            else:
                self.nodes[name] = source.decode(data, name)
        for name in filter(is_case, outgoing.files):
            if has_ending(PurePath(name).name, (ROWS,)):
                self.case_tables[name] = decode_csv(outgoing.files[name], name, of_sheets=True)
            else:
                self.cases[name] = source.decode(outgoing.files[name], name)

    def sheets(self) -> Iterator[Worksheet]:
        yield self._cover()
        yield self._parts("facts", "facts", self.columns.facts())
        yield from self._filled(
            Worksheet("labels", self.columns.labels(), tuple(self._labels())),
            Worksheet("bands", self.columns.bands(), tuple(self._bands()), key=1),
            Worksheet("options", self.columns.options(), tuple(self._options())),
        )
        yield from (self._table(part) for part in self._listed("tables"))
        yield from self._filled(*self._rules())
        yield from self._filled(self._parts("sources", "documents", self.columns.documents()))
        yield from self._filled(*self._cases())

    @staticmethod
    def _filled(*sheets: Worksheet) -> Iterator[Worksheet]:
        return (sheet for sheet in sheets if sheet.rows)

    def _listed(self, key: str) -> Iterator[LocatedPart]:
        """The parts under this key in all files."""
        for name, node in self.nodes.items():
            yield from self._below(name, (key,), node.get(key) if isinstance(node, Map) else None)

    @staticmethod
    def _below(file: str, path: KeyPath, items: Node | None) -> Iterator[LocatedPart]:
        for index, item in enumerate(items.items if isinstance(items, Items) else ()):
            if isinstance(item, Map):
                yield file, (*path, index), item

    def _parts(self, name: str, key: str, columns: Sequence[SheetColumn]) -> Worksheet:
        rows = tuple(row_of(file, path, part, columns) for file, path, part in self._listed(key))
        return Worksheet(name, tuple(columns), rows, key=0)

    def _cover(self) -> Worksheet:
        """What the rulebook is: its identity, whose version and title may be changed here, and its digest."""
        speaker, rulebook = self.speaker, self.rulebook
        whole = ((name, node.get("rulebook")) for name, node in self.nodes.items() if isinstance(node, Map))
        file, identity = next((name, part) for name, part in whole if part is not None)
        columns = (
            SheetColumn("what", speaker.say("sheet_key"), fixed=True),
            SheetColumn("value", speaker.say("sheet_how"), width=90),
        )
        rows = [fixed_row(file, (), ("name", rulebook.name)), self._single(file, identity, ("version",))]
        title = source.below(identity, ("title",))
        inner = [("title", one) for one in rulebook.languages] if isinstance(title, Map) else [("title",)]
        rows += (self._single(file, identity, path) for path in inner)
        rows.append(fixed_row(file, (), ("digest", rulebook.digest)))
        return Worksheet(COVER, columns, tuple(rows), key=0)

    @staticmethod
    def _single(file: str, identity: Node, path: tuple[str, ...]) -> Row:
        text = one_line_of(source.below(identity, path))
        whole: KeyPath = ("rulebook", *path)
        return Row(file, whole, (".".join(path), text), (None, whole))

    def _labels(self) -> Iterator[Row]:
        columns = self.columns.labels()
        for file, path, fact in self._listed("facts"):
            bands = self._below(file, (*path, "bands"), fact.get("bands"))
            for owner, where, part in chain([(file, path, fact)], bands):
                labels = part.get("labels")
                name = one_line_of(part.get("band") or part.get("fact"))
                for value, label in labels.entries if isinstance(labels, Map) else ():
                    row = row_of(owner, (*where, "labels", value.text), label, columns)
                    yield row._replace(cells=(name, value.text, *row.cells[2:]))

    def _bands(self) -> Iterator[Row]:
        for file, path, fact in self._listed("facts"):
            for owner, where, band in self._below(file, (*path, "bands"), fact.get("bands")):
                row = row_of(owner, where, band, self.columns.bands())
                yield row._replace(cells=(one_line_of(fact.get("fact")), *row.cells[1:]))

    def _options(self) -> Iterator[Row]:
        for file, path, decision in self._listed("decisions"):
            for owner, where, option in self._below(file, (*path, "options"), decision.get("options")):
                row = row_of(owner, where, option, self.columns.options())
                yield row._replace(cells=(one_line_of(decision.get("decision")), *row.cells[1:]))

    def _table(self, part: LocatedPart) -> Worksheet:
        """A table: its rows, from the file that declares it or the CSV file that it names."""
        file, path, node = part
        table = next(one for one in self.rulebook.tables if one.table == one_line_of(node.get("table")))
        columns = self.columns.of_table(table)
        owner, where, rows = self._rows_of(table, file, path, node)
        note = pick(table.because, self.speaker.language) if table.because else ""
        shown = (row_of(owner, (*where, index), row, columns, note) for index, row in enumerate(rows))
        return Worksheet(table.table, columns, tuple(shown), "rows", None, (owner, where), in_order=True)

    def _rows_of(self, table: RuleTable, file: str, path: KeyPath, node: Map) -> tuple[str, KeyPath, tuple[Node, ...]]:
        if table.rows_from in self.records:
            return table.rows_from, (), self.records[table.rows_from].rows
        rows = node.get("rows")
        return file, (*path, "rows"), rows.items if isinstance(rows, Items) else ()

    def _rules(self) -> Iterator[Worksheet]:
        """The rules outside tables, a sheet for every file that has some."""
        for file, node in self.nodes.items():
            parts = list(self._below(file, ("rules",), node.get("rules") if isinstance(node, Map) else None))
            section = one_line_of(node.get("section")) if isinstance(node, Map) else ""
            columns = self.columns.of_rules([plain_map for _, _, plain_map in parts])
            rows = tuple(self._rule(part, columns) for part in parts)
            yield Worksheet(f"rules {section}".strip(), columns, rows, "rows", 0, (file, ("rules",)))

    def _rule(self, part: LocatedPart, columns: Sequence[SheetColumn]) -> Row:
        file, path, node = part
        rule = self.rulebook.rule[one_line_of(node.get("id"))]
        row = row_of(file, path, node, columns, pick(rule.because, self.speaker.language))
        return row._replace(cells=(*row.cells[:-1], _besides(node)))

    def _cases(self) -> Iterator[Worksheet]:
        """All cases; those of a file with several follow each other, after what they share."""
        parts = [part for name, node in self.cases.items() for part in self._in_file(name, node)]
        tables = [CaseTable(name, records) for name, records in self.case_tables.items()]
        columns = self.columns.of_cases([*(node for _, _, node in parts), *(table.says for table in tables)])
        rows = [self._case(part, columns) for part in parts]
        yield Worksheet(CASES, columns, (*rows, *(row for table in tables for row in table.rows(columns))))

    def _case(self, part: LocatedPart, columns: Sequence[SheetColumn]) -> Row:
        """What a case says; if it expects nothing to be decided, that is written explicitly."""
        file, path, node = part
        row = row_of(file, path, node, columns)
        open_at = {("expect", name) for name in self.rulebook.decision if _is_blank(node, ("expect", name))}
        cells = [OPEN if column.path in open_at else cell for column, cell in zip(columns, row.cells, strict=True)]
        return row._replace(cells=(called(file), *cells[1:]))

    def _in_file(self, name: str, node: Node) -> Iterator[LocatedPart]:
        if isinstance(node, Map) and any(node.get(key) for key in ("given", "expect", "cases")):
            yield name, (), node
            yield from self._below(name, ("cases",), node.get("cases"))


def _is_blank(node: Node, path: KeyPath) -> bool:
    written = source.below(node, path)
    return isinstance(written, Scalar) and written.blank


def _besides(rule: Map) -> str:
    """What a rule says that no column shows, on one line."""
    shown = ("any_of", "except_if", "yields_to", "valid", "keep")
    others = {key: value for key in shown if (value := rule.get(key)) is not None}
    return "; ".join(f"{key}: {one_line(source.plain(value), in_flow=False)}" for key, value in others.items())


def _files(files: Mapping[str, bytes]) -> Worksheet:
    """Every file, line by line, with a line in several pieces if it is longer than a cell may be."""
    columns = tuple(SheetColumn(name, name, width=width) for name, width in (("file", 24), ("line", 8), ("text", 120)))
    rows = [
        fixed_row(name, (number,), (name, str(number), piece))
        for name, data in files.items()
        for number, line in enumerate(data.decode().split("\n"), 1)
        for piece in _pieces(line)
    ]
    return Worksheet(FILES, columns, tuple(rows), "nothing")


def _pieces(line: str) -> list[str]:
    return [line[start : start + MAX_PIECE] for start in range(0, len(line), MAX_PIECE)] or [""]


def _with_names_apart(sheets: Iterable[Worksheet]) -> Iterator[Worksheet]:
    """The sheets with names that a spreadsheet allows, no two alike."""
    taken = {LISTS}
    for sheet in sheets:
        base, number = sheet.name[:MAX_NAME], 1
        name = base
        while name.lower() in taken:
            number += 1
            name = f"{base[: MAX_NAME - len(str(number)) - 1]}_{number}"
        taken.add(name.lower())
        yield sheet._replace(name=name)
