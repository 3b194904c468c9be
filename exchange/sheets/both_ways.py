"""A rulebook -> a workbook or a folder of CSV, packed or not, and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from whytune.engine import Rulebook
from whytune.engine.language.loading import loads
from whytune.engine.language.problems import Problem, Sentence, Span, WhytuneError, listing, short

from ..crossing import Exported, Imported, Incoming, Outgoing, crosses, rulebook_part
from .applied import with_edits
from .csv_edits import written
from .csv_folder import csv_files, grid_of, grids_in
from .csv_zip import packed, unpacked
from .grid import CellGrid
from .layout import COVER, FILES, workbook_of
from .returned import CellEdit, edits_between
from .single_table import rulebook_of_table
from .xlsx_reading import grids_of
from .xlsx_writing import xlsx


def write_xlsx(outgoing: Outgoing) -> Exported:
    """The rulebook as an XLSX file; raises WhytuneError: no-sheets, without XlsxWriter."""
    return Exported({"": xlsx(workbook_of(outgoing))})


def write_csv(outgoing: Outgoing) -> Exported:
    """The rulebook as a folder of CSV files."""
    return Exported(csv_files(workbook_of(outgoing)))


def write_zip(outgoing: Outgoing) -> Exported:
    """The same folder packed as a ZIP file."""
    return Exported({"": packed(csv_files(workbook_of(outgoing)))})


def read_xlsx(incoming: Incoming) -> Imported:
    """The rulebook in an XLSX file: one that `write_xlsx` wrote, with what was changed in it, or that of a table."""
    return _read(incoming, grids_of(incoming.files[""], incoming.label))


def read_csv(incoming: Incoming) -> Imported:
    """The rulebook in a folder of CSV: one that `write_csv` wrote, with what was changed in it, or that of a table."""
    return _read(incoming, grids_in(incoming.files, incoming.label))


def read_zip(incoming: Incoming) -> Imported:
    """The rulebook in a folder of CSV that is packed as a ZIP file; raises WhytuneError."""
    files = unpacked(incoming.files[""], incoming.label)
    return _read(incoming, grids_in(files, incoming.label))


def read_table(incoming: Incoming) -> Imported:
    """The rulebook of the one table in a CSV file; raises WhytuneError."""
    grid = grid_of(PurePath(incoming.label).name, incoming.files[""], incoming.label)
    return rulebook_of_table([grid], incoming.label, incoming.language)


def rows_as_csv(data: bytes, label: str) -> bytes:
    """The first sheet of a workbook that holds something, as CSV: the columns that it names; raises WhytuneError."""
    for grid in grids_of(data, label):
        head, *rows = [grid.rows[at] for at in grid.filled] or [()]
        named = [at for at, name in enumerate(head) if name.strip()]
        if named:
            return "".join(written([row[at] for at in named]) for row in (head, *rows)).encode()
    raise WhytuneError([Problem("empty-file", Sentence("no sheet holds anything"), Span(label))])


def _read(incoming: Incoming, grids: Sequence[CellGrid]) -> Imported:
    """The files of the rulebook with what the sheets changed, each change remarked on."""
    if not any(grid.name == COVER for grid in grids):
        return rulebook_of_table(grids, incoming.label, incoming.language)
    brought = {} if incoming.into else _files_in(grids)
    files = incoming.into or {name: data for name, data in brought.items() if crosses(name)}
    if not files:
        hint = Sentence("name with --into the folder of the rulebook from which it was exported")
        message = Sentence("it does not hold the files of its rulebook")
        raise WhytuneError([Problem("unfit-sheet", message, Span(incoming.label), hint)])
    rulebook = loads(rulebook_part(files))
    if incoming.into:
        _refuse_another(rulebook, grids, incoming.label)
    edits = edits_between(workbook_of(Outgoing(rulebook, files, rulebook.languages[0])), grids)
    new = with_edits(files, edits)
    texts = {name: data.decode() for name, data in new.items()}
    remarks = (*map(_told, edits.cells), *_left_out([name for name in brought if name not in files]))
    return Imported(texts, remarks, is_edit=bool(incoming.into))


def _left_out(names: Sequence[str]) -> Iterator[Sentence]:
    if names:
        yield Sentence("files that do not belong to a rulebook are left out: {names}", names=listing(map(short, names)))


def _files_in(grids: Sequence[CellGrid]) -> dict[str, bytes]:
    """The files that a workbook brings along, by name; none if it brings none."""
    lines: dict[str, dict[int, str]] = {}
    for grid in grids:
        if grid.name == FILES:
            for row in grid.rows:
                if len(row) == 3 and row[1].isdecimal():
                    before = lines.setdefault(row[0], {})
                    before[int(row[1][:9])] = before.get(int(row[1][:9]), "") + row[2]
    return {name: "\n".join(text for _, text in sorted(rows.items())).encode() for name, rows in lines.items()}


def _refuse_another(rulebook: Rulebook, grids: Sequence[CellGrid], label: str) -> None:
    """Raises WhytuneError if the workbook says that it was exported from another edition than the one there."""
    for grid in grids:
        for number in range(len(grid.rows) if grid.name == COVER else 0):
            if grid.cell(number, 0) == "digest" and grid.cell(number, 1) != rulebook.digest:
                message = Sentence("exported from another edition than is there now")
                hint = Sentence("import it into a new folder, and merge the two")
                raise WhytuneError([Problem("rulebook-changed", message, grid.at(number, 1), hint)])


def _told(edit: CellEdit) -> Sentence:
    """What a cell says now, and what it said before."""
    place, before, after = str(edit.span), short(edit.before), short(edit.after)
    if not edit.before:
        return Sentence("{place}: now `{after}`", place=place, after=after)
    if not edit.after:
        return Sentence("{place}: `{before}` is gone", place=place, before=before)
    return Sentence("{place}: `{before}` becomes `{after}`", place=place, before=before, after=after)
