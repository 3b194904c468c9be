"""The map in `engine/__init__.py` is the law: every file is on it, and imports only what stands above it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from whytune import cli
from whytune.cli.commands import audit, cost

ROOT = Path(__file__).parent.parent
ENGINE = ROOT / "engine"
FAMILIES = ("explanations", "checks")
BANNED = {"utils", "helpers", "common", "misc", "types", "base", "manager", "handler", "processor"}


def mapped() -> list[str]:
    docstring = ast.get_docstring(ast.parse((ENGINE / "__init__.py").read_text()))
    return re.findall(r"^    (\w+)  ", docstring or "", re.MULTILINE)


def modules() -> list[str]:
    found = [path.stem for path in ENGINE.glob("*.py") if path.stem != "__init__"]
    return found + [path.name for path in ENGINE.iterdir() if (path / "__init__.py").exists()]


def inner(folder: Path) -> list[str]:
    """The files that the map of a folder lists."""
    docstring = ast.get_docstring(ast.parse((folder / "__init__.py").read_text()))
    return re.findall(r"^(\w+)(?:  | ?$)", docstring or "", re.MULTILINE)


FOLDERS = [
    folder for folder in sorted(ENGINE.iterdir()) if folder.name not in FAMILIES and (folder / "__init__.py").exists()
]


def sources(top: str) -> list[Path]:
    return sorted(path for path in (ROOT / top).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """What a file imports, as absolute names below `whytune`."""
    package = ("whytune", *path.relative_to(ROOT).with_suffix("").parts)[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            stem = ".".join((*base, *((node.module,) if node.module else ())))
            yield from (f"{stem}.{alias.name}" for alias in node.names)


def test_every_file_of_the_engine_is_on_the_map_once() -> None:
    assert mapped()
    assert sorted(mapped()) == sorted(modules())


@pytest.mark.parametrize("path", sources("engine"), ids=lambda path: str(path.relative_to(ENGINE)))
def test_a_file_imports_only_what_stands_above_it(path: Path) -> None:
    order = mapped()
    own = path.relative_to(ENGINE).parts[0].removesuffix(".py")
    if own == "__init__":
        return
    for name in imports(path):
        if name.startswith("whytune.engine."):
            other = name.split(".")[2]
            assert other == own or other not in order or order.index(other) < order.index(own), f"{own} imports {other}"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_map_of_a_folder_is_in_order(folder: Path) -> None:
    """A folder that is no family lists each of its files once, below the siblings that it imports."""
    order = inner(folder)
    assert sorted(order) == sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
    package = f"whytune.engine.{folder.name}."
    for path in (folder / f"{name}.py" for name in order):
        siblings = {name.removeprefix(package).split(".")[0] for name in imports(path) if name.startswith(package)}
        above = order[: order.index(path.stem)]
        assert siblings & {*order} <= {*above}, f"{path.stem} imports {siblings & {*order} - {*above}}"


@pytest.mark.parametrize("path", sources("engine"), ids=lambda path: str(path.relative_to(ENGINE)))
def test_the_engine_is_silent_and_alone(path: Path) -> None:
    assert not [
        name
        for name in imports(path)
        if name.startswith(("whytune.cli", "whytune.diagrams", "random", "logging", "os.", "time"))
    ]
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not calls & {"print", "input"}


@pytest.mark.parametrize("path", sources("diagrams"), ids=lambda path: path.name)
def test_diagrams_do_not_import_the_command_line(path: Path) -> None:
    assert not [name for name in imports(path) if name.startswith("whytune.cli")]


@pytest.mark.parametrize("family", [name for name in FAMILIES if (ENGINE / name).exists()])
def test_siblings_of_a_family_do_not_import_each_other(family: str) -> None:
    for path in (ENGINE / family).glob("*.py"):
        if path.stem != "__init__":
            assert not [name for name in imports(path) if name.startswith(f"whytune.engine.{family}.")]


GROUPS = [("", cli.COMMANDS), ("cost", cost.COMMANDS), ("audit", audit.COMMANDS)]


@pytest.mark.parametrize(("folder", "commands"), GROUPS)
def test_nothing_imports_a_command(folder: str, commands: tuple[str, ...]) -> None:
    place, package = ROOT / "cli" / folder, ".".join(filter(None, ("whytune.cli", folder)))
    names = {command.replace("-", "_") for command in commands if command not in dict(GROUPS)}
    files = [path for path in place.glob("*.py") if path.stem != "__init__"]
    assert names <= {path.stem for path in files}
    for path in files:
        inner = (name.removeprefix(f"{package}.") for name in imports(path) if name.startswith(f"{package}."))
        assert not names & {name.split(".")[0] for name in inner}, path


@pytest.mark.parametrize("top", ["engine", "cli", "diagrams"])
def test_files_are_named_after_nouns_and_stay_below_the_wall(top: str) -> None:
    assert sources(top)
    for path in sources(top):
        assert path.stem not in BANNED
        assert len(path.read_text().splitlines()) < 400, path
