"""Counts the rooms of the house, its storeys, and the arrows between them: `python -m tests.rooms`."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent

ORDER = (
    *(
        f"engine/{room}"
        for room in ["language", "meaning", "words", "advice", "bulk", "authoring", "review", "costs", "ledger"]
    ),
    *("exchange", "prose", "diagrams", "api", "web", "cli"),
)
"""The rooms from the ground up: a room imports only rooms that stand before it."""

LATER = ("engine/bulk", "exchange", "web")
"""The rooms that were built onto the house: many cases at once, other tools' files, the page and the service."""

TOPS = tuple(dict.fromkeys(room.split("/")[0] for room in ORDER))


@cache
def parsed(path: Path) -> ast.Module:
    """The code of a file, parsed once."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    """What stands in a piece of code, itself first; gone through once, for a whole file has thousands."""
    return tuple(ast.walk(tree))


@cache
def imports(path: Path) -> tuple[str, ...]:
    """What a file imports, as absolute names below `whytune`."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    package = ("whytune", *path.relative_to(ROOT).with_suffix("").parts)[:-1]
    for node in nodes(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            stem = ".".join((*base, *((node.module,) if node.module else ())))
            yield from (f"{stem}.{alias.name}" for alias in node.names)


def room_of(name: str) -> str | None:
    """The room that an absolute name leads into; None of what is not ours, and of the face of the engine."""
    first, *parts = name.split(".")
    if first != "whytune":
        return None
    if not parts or parts[0] not in TOPS:
        return None if parts[:1] == ["rules"] else "api"  # `whytune` itself
    room = "/".join(parts[:2]) if parts[0] == "engine" else parts[0]
    return room if room in ORDER else None


def plan() -> dict[str, set[str]]:
    """Each room, from the ground up, with the rooms that it imports."""
    arrows: dict[str, set[str]] = {}
    for room in ORDER:
        names = (name for path in sorted((ROOT / room).rglob("*.py")) for name in imports(path))
        arrows[room] = {other for name in names if (other := room_of(name)) and other != room}
    return arrows


def first_built(arrows: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """The rooms and arrows of the house before anything was built onto it."""
    return {room: others.difference(LATER) for room, others in arrows.items() if room not in LATER}


def counts(arrows: Mapping[str, set[str]]) -> str:
    """How many rooms, storeys and arrows there are, in words."""
    return f"{len(arrows)} rooms, {storeys(arrows)} storeys, {sum(map(len, arrows.values()))} arrows"


def storeys(arrows: Mapping[str, set[str]]) -> int:
    """The number of rooms on the longest way of arrows; the plan must have no circle."""
    heights: dict[str, int] = {}
    for room in arrows:
        heights[room] = 1 + max((heights.get(other, 0) for other in arrows[room]), default=0)
    return max(heights.values())


def lines(room: str) -> tuple[int, int]:
    """The files of a room, and their lines."""
    files = sorted((ROOT / room).rglob("*.py"))
    return len(files), sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files)


def main() -> None:
    arrows = plan()
    for room, others in arrows.items():
        files, length = lines(room)
        print(f"{room:18} {files:4} files {length:6} lines   imports {', '.join(o for o in ORDER if o in others)}")
    print(counts(arrows))
    print(f"without {', '.join(LATER)}: {counts(first_built(arrows))}")


if __name__ == "__main__":
    main()
