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
    docstring = ast.get_docstring(rooms.parsed(folder / "__init__.py")) or ""
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
    assert len(plan) <= 15
    assert rooms.storeys(plan) <= 8
    assert sum(map(len, plan.values())) <= 70
    house = rooms.first_built(plan)
    assert len(house) <= 12
    assert sum(map(len, house.values())) <= 50
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
        called = (node.func for node in rooms.nodes(rooms.parsed(path)) if isinstance(node, ast.Call))
        assert not {func.id for func in called if isinstance(func, ast.Name)} & {"print", "input"}, path


def test_nothing_imports_a_command() -> None:
    groups = {"": cli.COMMANDS, "cost": cost.COMMANDS, "audit": audit.COMMANDS}
    for folder, commands in groups.items():
        place = ROOT / "cli" / "commands" / folder
        names = {cli.module_of(command) for command in commands}
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
    stores = ("whytune.engine.meaning.diagram.nodes", "whytune.engine.meaning.diagram.node_store")
    holding = [
        named(path)
        for top in rooms.TOPS
        for path in (ROOT / top).rglob("*.py")
        if any(name.startswith(stores) for name in rooms.imports(path))
    ]
    assert "engine/meaning/diagram/where.py" in holding
    assert not [name for name in holding if not name.startswith("engine/meaning/")]


def test_no_class_bears_the_name_of_a_collection() -> None:
    classes = {
        node.name: named(path)
        for top in rooms.TOPS
        for path in (ROOT / top).rglob("*.py")
        for node in rooms.nodes(rooms.parsed(path))
        if isinstance(node, ast.ClassDef)
    }
    assert len(classes) > 100
    assert not {name: path for name, path in classes.items() if name in collections.abc.__all__}


def test_each_room_is_listed_in_the_order_of_its_storey() -> None:
    """The order of rooms that the script counts by is the one that the maps give."""
    engine = [room.removeprefix("engine/") for room in rooms.ORDER if room.startswith("engine/")]
    assert engine == listed(ROOT / "engine")
    assert all(rooms.ORDER.index(low) < rooms.ORDER.index(high) for low, high in pairwise(rooms.ORDER))


SHARED_NAMES = {
    "Ledger": "an open ledger, and what Python asks of the file",
    "Rulebook": "what is loaded, and what Python asks of it",
}
"""Names of types that may stand twice, each with the reason: one thing on two floors."""


def test_a_type_name_has_one_meaning() -> None:
    places: dict[str, set[str]] = defaultdict(set)
    for path in code():
        for name in types_in(path):
            places[name].add(named(path))
    assert len(places) > 300
    twice = {name: paths for name, paths in places.items() if len(paths) > 1}
    assert twice.keys() == SHARED_NAMES.keys(), twice


def test_a_file_name_stands_twice_only_where_the_upper_floor_shows_what_stands_on_the_lower() -> None:
    """A file of a command bears the command's name; any other takes what it shows from its namesake below."""
    floors: dict[str, list[Path]] = defaultdict(list)
    for path in code():
        if path.parent.parent != ROOT / "engine" / "words":  # there files are named after the rooms that say the words
            place = path.parent if path.stem == "__init__" else path
            floors[place.stem].append(place)
    assert len(floors) > 200
    pairs = [(places[0], high) for places in floors.values() for high in places[1:]]
    assert len(pairs) > 10
    assert not [(named(low), named(high)) for low, high in pairs if not (is_command(high) or shows(high, low))]


def is_command(path: Path) -> bool:
    names = map(cli.module_of, (*cli.COMMANDS, *cost.COMMANDS, *audit.COMMANDS))
    return path.is_relative_to(ROOT / "cli" / "commands") and path.stem in names


def shows(high: Path, low: Path) -> bool:
    """Does the one import from the other, or from the package whose face that is part of?"""
    module = ".".join(("whytune", *low.relative_to(ROOT).with_suffix("").parts))
    faces = (module, f"whytune.{named(low.parent).replace('/', '.')}")
    imported = rooms.imports(high / "__init__.py" if high.is_dir() else high)
    return any(name == module or name.rpartition(".")[0] in faces for name in imported)


NAMELESS = {"each", "found", "said", "told"}
"""Names that say no more than `result`: what they hold has a name of its own."""


def test_nothing_is_called_by_a_name_that_says_nothing_of_what_it_holds() -> None:
    example = ast.parse("def each(said):\n match said:\n  case [told]: found = told")
    assert bindings_in(example) == NAMELESS
    nameless = {named(path): bindings_in(rooms.parsed(path)) & NAMELESS for path in code()}
    assert not {path: names for path, names in nameless.items() if names}


def bindings_in(tree: ast.AST) -> set[str]:
    """The names that code gives to values: variables, parameters, patterns, imports, functions, fields."""
    names: set[str] = set()
    for node in rooms.nodes(tree):
        match node:
            case ast.Name(name, ast.Store()) | ast.arg(name) | ast.FunctionDef(name) | ast.alias(_, str(name)):
                names.add(name)
            case ast.MatchAs(_, str(name)) | ast.MatchStar(str(name)) | ast.ExceptHandler(_, str(name)):
                names.add(name)
            case ast.Attribute(_, name, ast.Store()):
                names.add(name)
    return names


def types_in(path: Path) -> Iterator[str]:
    """The classes, type variables and names of types that a file defines."""
    tree = rooms.parsed(path)
    for node in rooms.nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield node.name
    for node in tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        if isinstance(target, ast.Name) and re.fullmatch(r"_?[A-Z]\w*[a-z]\w*", target.id):
            yield target.id


def code() -> list[Path]:
    """Every file of code, from the ground floor up."""
    floors = (sorted((ROOT / room).rglob("*.py")) for room in (*rooms.ORDER, *rooms.TOPS))
    return list(dict.fromkeys(path for files in floors for path in files))
