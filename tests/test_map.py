"""The maps are the law: each room lists its files in reading order, and a file imports only what stands above it."""

from __future__ import annotations

import ast
import collections.abc
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from whytune import cli
from whytune.cli.commands import audit, cost

from . import rooms

ROOT = Path(__file__).parent.parent
FAMILIES = ("engine/advice/explanations", "engine/review/checks")
"""Siblings of one signature, which never import each other."""

UNMAPPED = (*FAMILIES, "cli/commands")
"""Folders whose files need no order."""

BANNED = {"utils", "util", "helpers", "helper", "common", "misc", "types", "base", "manager", "handler", "processor"}


def folders() -> list[Path]:
    """Every folder of code with a map of its own."""
    return [path.parent for top in rooms.TOPS for path in sorted((ROOT / top).rglob("__init__.py"))]


def listed(folder: Path) -> list[str]:
    """The names that the map of a folder lists, in its order."""
    docstring = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    return re.findall(r"^(?:    )?(\w+)(?:  | ?$)", docstring, re.MULTILINE)


def standing(folder: Path) -> list[str]:
    """The files and folders of code that stand in a folder."""
    files = [path.stem for path in folder.glob("*.py") if path.stem not in ("__init__", "__main__")]
    return files + [path.name for path in folder.iterdir() if (path / "__init__.py").exists()]


def named(folder: Path) -> str:
    return str(folder.relative_to(ROOT))


def mapped_folders() -> list[Path]:
    return [folder for folder in folders() if named(folder) not in UNMAPPED]


def test_every_file_is_on_the_map_of_its_folder_once() -> None:
    assert len(mapped_folders()) > 10
    wrong = {named(folder): (listed(folder), standing(folder)) for folder in mapped_folders()}
    assert not {name: both for name, both in wrong.items() if sorted(both[0]) != sorted(both[1])}


def test_a_file_imports_only_siblings_that_stand_above_it() -> None:
    wrong = []
    for folder in mapped_folders():
        order = listed(folder)
        for module, names in imports_below(folder):
            for name in names & {*order}:
                if order.index(name) >= order.index(module):
                    wrong.append(f"{named(folder)}: {module} imports {name}")
    assert not wrong


def imports_below(folder: Path) -> Iterator[tuple[str, set[str]]]:
    """Each name of a folder, with its siblings that anything in it imports."""
    package = ".".join(("whytune", *folder.relative_to(ROOT).parts, ""))
    for path in sorted(folder.rglob("*.py")):
        module = path.relative_to(folder).with_suffix("").parts[0]
        if module not in ("__init__", "__main__"):
            inner = (name.removeprefix(package) for name in rooms.imports(path) if name.startswith(package))
            yield module, {name.split(".")[0] for name in inner} - {module}


def test_siblings_of_a_family_do_not_import_each_other() -> None:
    for family in FAMILIES:
        folder = ROOT / family
        assert standing(folder)
        for module, siblings in imports_below(folder):
            assert not siblings & {*standing(folder)}, f"{family}: {module} imports {siblings}"


def test_the_house_has_few_rooms_and_few_arrows_and_none_of_them_upward() -> None:
    plan = rooms.plan()
    assert len(plan) <= 12
    assert rooms.storeys(plan) <= 8
    assert sum(map(len, plan.values())) <= 50
    order = [*plan]
    assert not [
        (room, other) for room, others in plan.items() for other in others if order.index(other) >= order.index(room)
    ]


def test_the_engine_is_silent_and_alone() -> None:
    alien = ("whytune.cli", "whytune.diagrams", "whytune.prose", "whytune.api", "random", "logging", "os.", "time")
    files = sorted((ROOT / "engine").rglob("*.py"))
    assert len(files) > 100
    for path in files:
        assert not [name for name in rooms.imports(path) if name.startswith(alien)], path
        called = (node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
        assert not {func.id for func in called if isinstance(func, ast.Name)} & {"print", "input"}, path


def test_nothing_imports_a_command() -> None:
    groups = {"": cli.COMMANDS, "cost": cost.COMMANDS, "audit": audit.COMMANDS}
    for folder, commands in groups.items():
        place = ROOT / "cli" / "commands" / folder
        names = {command.replace("-", "_") for command in commands}
        assert names <= {*standing(place)}
        for module, siblings in imports_below(place):
            assert not siblings & (names - {*groups}), f"{module} imports {siblings}"


def test_files_are_named_after_nouns_and_stay_below_the_wall() -> None:
    for top in rooms.TOPS:
        for path in sorted((ROOT / top).rglob("*.py")):
            assert path.stem not in BANNED
            assert len(path.read_text().splitlines()) < 400, path


def test_nobody_outside_what_rules_mean_handles_the_number_of_a_node() -> None:
    """Others hold sets of cells and functions of cells, which cannot be mixed up with those of another ground."""
    store = "whytune.engine.meaning.diagram.node_store"
    holding = [
        named(path)
        for top in rooms.TOPS
        for path in (ROOT / top).rglob("*.py")
        if any(name.startswith(store) for name in rooms.imports(path))
    ]
    assert "engine/meaning/diagram/where.py" in holding
    assert not [name for name in holding if not name.startswith("engine/meaning/")]


def test_no_class_bears_the_name_of_a_collection() -> None:
    classes = {
        node.name: named(path)
        for top in rooms.TOPS
        for path in (ROOT / top).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    assert len(classes) > 100
    assert not {name: path for name, path in classes.items() if name in collections.abc.__all__}


def test_each_room_is_listed_in_the_order_of_its_storey() -> None:
    """The order of rooms that the script counts by is the one that the maps give."""
    engine = [room.removeprefix("engine/") for room in rooms.ORDER if room.startswith("engine/")]
    assert engine == listed(ROOT / "engine")
    assert all(rooms.ORDER.index(low) < rooms.ORDER.index(high) for low, high in pairwise(rooms.ORDER))


def test_no_name_of_a_file_stands_twice_in_a_room_where_people_look_for_it() -> None:
    for top in ("api", "cli", "diagrams", "prose"):
        names = [path.stem for path in (ROOT / top).rglob("*.py") if path.stem != "__init__"]
        assert names
        assert {name for name in names if names.count(name) > 1} == set()


SHARED_NAMES: dict[str, str] = {}
"""Names of types that may stand twice in the engine and its pictures, each with the reason: one thing on two floors."""


def test_a_type_name_has_one_meaning() -> None:
    places: dict[str, set[str]] = defaultdict(set)
    for path in engine_and_pictures():
        for name in types_in(path):
            places[name].add(named(path))
    assert len(places) > 200
    twice = {name: paths for name, paths in places.items() if len(paths) > 1}
    assert twice.keys() == SHARED_NAMES.keys(), twice


SHARED_FILES = {
    "difference": "what an edit changes, and the picture of it",
    "orders": "numbers that bound each other, and whether they go together",
}
"""Names of files and folders that may stand twice there, each with the reason."""


def test_a_file_name_has_one_meaning() -> None:
    """The words of a language stand in files named after the rooms and families that say them."""
    places = defaultdict(set)
    for path in engine_and_pictures():
        if path.parent.parent != ROOT / "engine" / "words":
            place = path.parent if path.stem == "__init__" else path
            places[place.stem].add(named(place))
    assert len(places) > 100
    twice = {name: paths for name, paths in places.items() if len(paths) > 1}
    assert twice.keys() == SHARED_FILES.keys(), twice


def types_in(path: Path) -> Iterator[str]:
    """The classes, type variables and names of types that a file defines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield node.name
    for node in tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        if isinstance(target, ast.Name) and re.fullmatch(r"_?[A-Z]\w*[a-z]\w*", target.id):
            yield target.id


def engine_and_pictures() -> list[Path]:
    return [path for top in ("engine", "diagrams") for path in sorted((ROOT / top).rglob("*.py"))]
