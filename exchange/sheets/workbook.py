"""A workbook as values: sheets, each with columns and rows, and for each cell the place that it shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from whytune.engine.language.source import Items, KeyPath, Map, Node, Scalar, plain

from .yaml_edits import one_line

BETWEEN = " | "
"""The separator of several names in one cell."""

CellShape = Literal["text", "names", "list", "passage", "row"]
"""How a cell is written in YAML: a text; a name, or a list of several; always a list; a text in one of the languages;
a cell of a row."""

EMPTY = "[]"
"""Written in a cell for an empty list."""

Changes = Literal["nothing", "cells", "rows"]
"""What may be changed on a sheet: nothing, the content of cells, or also the rows."""

LISTS = "lists"
"""The hidden sheet that holds the items of lists."""


class SheetColumn(NamedTuple):
    """One column: its `name` for whytune, its `label` for readers, and the path from a row's part to its cell.

    `offers` are what its cells may say, for a list to choose from; `legend` explains them. A column for a text has it
    in one `language`. A `fixed` one only shows something.
    """

    name: str
    label: str
    path: KeyPath = ()
    shape: CellShape = "text"
    width: int = 16
    offers: tuple[str, ...] = ()
    legend: str = ""
    language: str | None = None
    languages: tuple[str, ...] = ()
    fixed: bool = False


class Row(NamedTuple):
    """The cells of one row, which shows the part of a rulebook at `path` in `file`.

    `paths` lead to what each cell shows; a cell whose path is None cannot be changed.
    """

    file: str
    path: KeyPath
    cells: tuple[str, ...]
    paths: tuple[KeyPath | None, ...]
    note: str = ""


class Worksheet(NamedTuple):
    """One sheet. The cells of the column `key`, if there is one, tell its rows apart.

    `list_at` are the file and the list in it that rows are added to; `in_order` says that their order means something.
    """

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[Row, ...]
    changes: Changes = "cells"
    key: int | None = None
    list_at: tuple[str, KeyPath] | None = None
    in_order: bool = False


class Workbook(NamedTuple):
    """A rulebook as sheets."""

    title: str
    sheets: tuple[Worksheet, ...]


def row_of(file: str, path: KeyPath, part: Node, columns: Iterable[SheetColumn], note: str = "") -> Row:
    """The row that shows a part of a file in these columns."""
    shown = [_shown(part, column) for column in columns]
    paths = tuple(None if inner is None else (*path, *inner) for _, inner in shown)
    return Row(file, path, tuple(text for text, _ in shown), paths, note)


def fixed_row(file: str, path: KeyPath, cells: Iterable[str], note: str = "") -> Row:
    """A row whose cells may not be changed."""
    texts = tuple(cells)
    return Row(file, path, texts, (None,) * len(texts), note)


def one_line_of(node: Node | None) -> str:
    """What is there, on one line: a list as its names with bars between them."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items) and all(isinstance(item, Scalar) for item in node.items):
        return BETWEEN.join(item.text for item in node.items if isinstance(item, Scalar)) or EMPTY
    return "" if node is None else one_line(plain(node))


def _shown(part: Node, column: SheetColumn) -> tuple[str, KeyPath | None]:
    """What a column shows of a part, and the path of that below it; None for what cannot be edited in one cell."""
    node, is_reached = _down(part, column.path)
    path: KeyPath = column.path
    if column.shape == "passage" and is_reached:
        if (spoken := _passage(node, column)) is None:
            return "", None
        path = spoken
        node, is_reached = _down(part, path)
    if not is_reached:
        return one_line_of(node), None
    is_list = isinstance(node, Items) and all(isinstance(item, Scalar) and not item.blank for item in node.items)
    is_shown = node is None or isinstance(node, Scalar) or (is_list and column.shape in ("names", "list", "row"))
    return one_line_of(node), path if is_shown and not column.fixed else None


def _passage(node: Node | None, column: SheetColumn) -> KeyPath | None:
    """The path of the text in a column's language; None if there is a text for all readers instead."""
    main, *others = column.languages
    if (isinstance(node, Scalar) and not node.blank) or (node is None and not others):
        return column.path if column.language == main else None
    return (*column.path, column.language or main)


def _down(part: Node, path: KeyPath) -> tuple[Node | None, bool]:
    """What is at the path, if anything, and whether something could be: not below a text or a list of maps."""
    node: Node | None = part
    for step in path:
        if isinstance(node, Map):
            node = node.get(str(step))
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        elif isinstance(node, Scalar) and node.blank:
            return None, True
        else:
            return None, node is None
    return node, True
