"""Draws the changes to the heart that `make mutation` tries: `python -m tests.mutation SESSION`.

cosmic-ray lists every change that it can make, some thousands, many of them at one place. From each file that
tests/mutation.toml names, so many places are drawn, and one of the changes possible there. Annotations are left out,
since nothing runs them.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

from cosmic_ray.work_db import WorkDB, use_db

ROOT = Path(__file__).parent.parent
SETTINGS = Path(__file__).with_suffix(".toml")

Position = tuple[int, int]
"""A line and a column."""


def main(session: str) -> None:
    """Leaves in a session of cosmic-ray the changes that are drawn."""
    sample = tomllib.loads(SETTINGS.read_text(encoding="utf-8"))["cosmic-ray"]["sample"]
    with use_db(session, WorkDB.Mode.open) as changes:
        chosen = list(drawn(changes.work_items, sample["places"], Random(sample["seed"])))
        changes.clear()
        changes.add_work_items(chosen)
    print(f"{len(chosen)} changes drawn")


def drawn(changes: Iterable[Any], wanted: Mapping[str, int], random: Random) -> Iterator[Any]:
    """So many of the changes to each file, no two at one place."""
    by_file = defaultdict(list)
    for change in changes:
        by_file[str(change.mutations[0].module_path)].append(change)
    for name, count in wanted.items():
        left_out = list(of_types(ROOT / name))
        at = defaultdict(list)
        for change in by_file[name]:
            start, end = (tuple(position) for position in (change.mutations[0].start_pos, change.mutations[0].end_pos))
            if not any(first <= start < last for first, last in left_out):
                at[start, end].append(change)
        for place in sorted(random.sample(sorted(at), min(count, len(at)))):
            yield random.choice(sorted(at[place], key=_operation))


def of_types(path: Path) -> Iterator[tuple[Position, Position]]:
    """Where the annotations of a file and its aliases of types begin and end."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        parts: list[Any] = [getattr(node, "annotation", None), getattr(node, "returns", None), _alias(node)]
        for part in parts:
            if part is not None:
                yield (part.lineno, part.col_offset), (part.end_lineno, part.end_col_offset)


def _alias(node: ast.AST) -> ast.Assign | None:
    """What stands for a type under a name of its own, as in `Truth = bool | None`."""
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.BinOp | ast.Subscript):
        return None
    name = node.targets[0]
    return node if isinstance(name, ast.Name) and name.id[0].isupper() else None


def _operation(change: Any) -> tuple[str, int]:
    return change.mutations[0].operator_name, change.mutations[0].occurrence


if __name__ == "__main__":
    main(sys.argv[1])
