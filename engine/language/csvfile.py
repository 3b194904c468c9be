"""A CSV file -> its records, with the place of every cell: the record, and the name of the column."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, NamedTuple

from .letters import composed, unfit
from .problems import Problem, Sentence, Span, WhytuneError
from .source import Items, Scalar, decoded_text

if TYPE_CHECKING:
    import csv

ENDING = ".csv"

MAX_CELL = 131_072
"""How many characters of a cell Python's CSV reader takes."""

RISKY = re.compile(r"['=+\-@\t\r]")
"""How a text begins that a spreadsheet might take for a formula."""

_DELIMITERS = ",;\t"


class Records(NamedTuple):
    """The first record, which names the columns, and the others, each with as many cells as were written."""

    columns: Items
    rows: tuple[Items, ...]

    @property
    def span(self) -> Span:
        return self.columns.span

    @property
    def cells(self) -> list[list[Scalar]]:
        """The cells of every record, the first one's among them."""
        return [[cell for cell in row.items if isinstance(cell, Scalar)] for row in (self.columns, *self.rows)]


def decode_csv(data: bytes, source: str, as_kept: bool = False, of_sheets: bool = False) -> Records:
    """The records of these bytes, blank lines left out; raises WhytuneError: too-large, not-utf8, csv-syntax, bad-text.

    Text is read as in a rulebook's other files. A file `of_sheets` may have semicolons or tabs between its cells, and
    apostrophes before texts that begin like formulas.
    """
    import csv  # most rulebooks have no such file

    text = decoded_text(data, source)
    records: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text) if of_sheets else ",", strict=True)
    try:
        records = [(row, cells) for row, cells in enumerate(reader, 1) if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise unreadable_record(Span(source, reader.line_num), error) from None
    if not records:
        raise WhytuneError([Problem("empty-file", Sentence("the file says nothing"), Span(source))])
    if of_sheets:
        records = [(row, [as_said(cell) for cell in cells]) for row, cells in records]
    (first, header), *others = records
    names = [name.strip() for name in header]
    _refuse_semicolons(names, Span(source, first))
    problems: list[Problem] = []
    columns = _items(header, names, first, source, as_kept, problems)
    rows = tuple(_items(cells, names, row, source, as_kept, problems) for row, cells in others)
    if problems:
        raise WhytuneError(problems)
    return Records(columns, rows)


def delimiter_of(text: str) -> str:
    """What stands between the cells: where decimals have a comma, spreadsheets write semicolons.

    The first line that has any of these tells; a title may stand above.
    """
    line = next((line for line in text.splitlines() if any(sign in line for sign in _DELIMITERS)), "")
    return max(_DELIMITERS, key=line.count)


def as_said(cell: str) -> str:
    """The text of a cell without the apostrophe that keeps it from being a formula."""
    return cell[1:] if cell.startswith("'") and RISKY.match(cell[1:]) else cell


def unreadable_record(span: Span, error: csv.Error) -> WhytuneError:
    """The error for a record whose cell is too large, or that cannot be told from the next."""
    if str(error).startswith("field larger"):
        message = Sentence("a cell of more than {most:,} letters", most=MAX_CELL)
        return WhytuneError([Problem("too-large", message, span, Sentence("is a quote not closed?"))])
    hint = Sentence("a quote inside a text in quotes is written twice")
    return WhytuneError([Problem("csv-syntax", Sentence("a quote is not closed, or stands inside a text"), span, hint)])


def _refuse_semicolons(names: list[str], span: Span) -> None:
    if len(names) == 1 and (";" in names[0] or "\t" in names[0]):
        message = Sentence("the columns are not separated by commas")
        raise WhytuneError([Problem("csv-syntax", message, span, Sentence("save the file as CSV with commas"))])


def _items(cells: list[str], names: list[str], row: int, source: str, as_kept: bool, problems: list[Problem]) -> Items:
    """The cells of one record; notes what is wrong with their characters."""
    scalars = []
    for index, cell in enumerate(cells):
        span = Span(source, row, None, names[index] if index < len(names) else None)
        text = cell.strip() if as_kept else composed(cell.strip())
        if not as_kept and (wrong := unfit(text)):
            problems.append(Problem("bad-text", wrong.message, span, wrong.hint))
        scalars.append(Scalar(text, not text, span))
    return Items(tuple(scalars), Span(source, row))
