"""What is built, and what a user who installs it gets: the files, the command, the import, outside the repository."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import pytest

from whytune.engine import __version__

from . import rooms
from .machine import MACHINE
from .stage import ROOT

pytestmark = [pytest.mark.packaging, pytest.mark.long]

CASE = ROOT / "rules/guide/cases/contract_terms_9999_examples.yaml"


class Built(NamedTuple):
    source: Path
    sdist: Path
    wheel: Path
    engine: Path


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in MACHINE.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=kept | (env or {}),
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=300,
    )


def output_of(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = run(*command, cwd=cwd, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """What `make wheels` makes; built in a copy, for a build leaves files behind."""
    source = tmp_path_factory.mktemp("built") / "source"
    leavings = shutil.ignore_patterns(
        ".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "*.egg-info", "build", "dist"
    )
    shutil.copytree(ROOT, source, symlinks=True, ignore=leavings)
    (source / "dist").mkdir()
    for wheel in (ROOT / "dist").glob("durable_rules-*-linux_*.whl"):  # as the setting up has built it just now
        shutil.copy(wheel, source / "dist")
    output_of(source / ".ci/wheels", sys.executable, cwd=source)
    dist = source / "dist"
    return Built(source, *dist.glob("whytune-*.tar.gz"), *dist.glob("whytune-*.whl"), *dist.glob("durable_rules-*.whl"))


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a clean virtual environment, made from the wheels by a pip that has no compiler."""
    folder, empty = tmp_path_factory.mktemp("installed"), tmp_path_factory.mktemp("empty")
    output_of(sys.executable, "-m", "venv", folder, cwd=folder)
    wheels = ("--find-links", built.wheel.parent, "-c", ROOT / "constraints.txt", "whytune")
    nothing = {"PATH": str(empty), "CC": str(empty / "cc")}
    output_of(folder / "bin/python", "-m", "pip", "install", *wheels, cwd=folder, env=nothing)
    return folder / "bin"


def test_one_wheel_of_durable_rules_is_for_every_python_from_3_11_on(built: Built) -> None:
    assert "-cp311-abi3-" in built.engine.name
    with ZipFile(built.engine) as wheel:
        assert [name for name in wheel.namelist() if name.startswith("durable_rules_engine.")] == [
            "durable_rules_engine.abi3.so"
        ]


@pytest.mark.skipif(sys.platform != "linux", reason="manylinux is a name of Linux")
def test_the_wheel_of_durable_rules_is_for_every_linux_of_the_last_ten_years(built: Built) -> None:
    assert "manylinux2014" in built.engine.name


def test_wheel_and_sdist_carry_every_file_of_the_package(built: Built) -> None:
    shipped = {
        path.relative_to(built.source).as_posix()
        for folder in (*rooms.TOPS, "rules")
        for path in (built.source / folder).rglob("*")
        if path.is_file() and "gallery" not in path.parts  # pictures for those who read the repository
    }
    assert {
        "cli/__main__.py",
        "rules/guide/rulebook.yaml",
        *(f"{top}/py.typed" for top in (*rooms.TOPS, "rules")),
    } <= shipped
    assert CASE.relative_to(ROOT).as_posix() in shipped

    with ZipFile(built.wheel) as wheel:
        packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert packed == {f"whytune/{path.removeprefix('api/')}" for path in shipped}

    with tarfile.open(built.sdist) as sdist:
        assert {f"whytune-{__version__}/{path}" for path in shipped} <= set(sdist.getnames())


def test_the_installed_command_advises_from_options(installed: Path, tmp_path: Path) -> None:
    facts = ("prompt_enough=no", "external_knowledge=no", "need=domain_terms", "examples=3200")
    options = [part for fact in facts for part in ("--set", fact)]
    answer = json.loads(output_of(installed / "whytune", "advise", *options, "--format", "json", cwd=tmp_path))
    assert answer["decisions"]["approach"]["advice"] == "lora"
    assert answer["trace"]


def test_the_installed_command_advises_from_a_case_file(installed: Path, tmp_path: Path) -> None:
    shutil.copy(CASE, tmp_path / "case.yaml")
    shown = output_of(installed / "whytune", "advise", "case.yaml", cwd=tmp_path)
    assert "LoRA" in shown.splitlines()[0]


def test_the_installed_package_runs_as_a_module(installed: Path, tmp_path: Path) -> None:
    assert __version__ in output_of(installed / "python", "-m", "whytune.cli", "--version", cwd=tmp_path)


def test_the_installed_engine_is_imported_from_python(installed: Path, tmp_path: Path) -> None:
    code = (
        "import whytune.engine; from whytune.engine import Advisor; print(whytune.engine.__file__); "
        "print(Advisor.load('guide').advise({'prompt_enough': True}).decisions['approach'].advice)"
    )
    place, advice = output_of(installed / "python", "-c", code, cwd=tmp_path).splitlines()
    assert Path(place).is_relative_to(installed.parent)
    assert advice == "prompt"


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        (
            "ImportError('durable_rules_engine.so: undefined symbol: PyEval_CallObject')",
            "durable-rules was built for another Python",
        ),
        ("ModuleNotFoundError(\"No module named 'durable_rules_engine'\")", "durable-rules is not installed"),
    ],
    ids=["built for another Python", "not installed"],
)
def test_a_missing_engine_is_one_problem_with_its_cure(tmp_path: Path, failure: str, message: str) -> None:
    """As after a plain `pip install` on Python 3.13, where durable-rules builds but does not load."""
    (tmp_path / "durable_rules_engine.py").write_text(f"raise {failure}\n")
    done = run(sys.executable, "-m", "whytune.cli", "advise", CASE, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)})
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith(message)
    assert "run `make wheels`" in done.stderr
    assert "Traceback" not in done.stderr


FACE = """
import whytune
from whytune.engine import Advisor
print(whytune.__file__, whytune.engine.__file__, whytune.load("guide").case(prompt_enough=True).advice, sep="\\n")
"""


@pytest.fixture(scope="module")
def plain(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which pip installed whytune from its source, without what it needs."""
    folder = tmp_path_factory.mktemp("plain")
    output_of(
        *(sys.executable, "-m", "pip", "install", "--no-deps", "--target", folder, built.source), cwd=built.source
    )
    return folder


def test_the_face_is_imported_from_a_wheel(installed: Path, tmp_path: Path) -> None:
    face, engine, advice = output_of(installed / "python", "-c", FACE, cwd=tmp_path).splitlines()
    assert Path(face).parent == Path(engine).parent.parent
    assert Path(face).is_relative_to(installed.parent)
    assert advice == "prompt"


def test_the_face_is_imported_from_a_plain_installation(plain: Path, tmp_path: Path) -> None:
    face, engine, advice = output_of(
        sys.executable, "-c", FACE, cwd=tmp_path, env={"PYTHONPATH": str(plain)}
    ).splitlines()
    assert (Path(face), Path(engine)) == (plain / "whytune/__init__.py", plain / "whytune/engine/__init__.py")
    assert advice == "prompt"


def test_the_face_is_imported_from_an_editable_installation(tmp_path: Path) -> None:
    """As the tests themselves have it."""
    face, engine, advice = output_of(sys.executable, "-c", FACE, cwd=tmp_path).splitlines()
    assert (Path(face), Path(engine)) == (ROOT / "api/__init__.py", ROOT / "engine/__init__.py")
    assert advice == "prompt"


def test_a_type_checker_follows_what_is_installed(installed: Path, tmp_path: Path) -> None:
    """A user's mypy, strict, knows the face and the engine, and finds a name that is neither's (PEP 561)."""
    (tmp_path / "user.py").write_text(
        "import whytune\n"
        "from whytune.engine import Advisor\n"
        "reveal_type(whytune.load('guide').case(examples=1).status)\n"
        "reveal_type(Advisor.load('guide').rulebook.name)\n"
        "whytune.lode('guide')\n"
    )
    checker = (sys.executable, "-m", "mypy", "--strict", "--python-executable", installed / "python")
    lines = run(*checker, "--config-file=", "user.py", cwd=tmp_path).stdout.splitlines()
    assert len(lines) == 4
    assert all(f"'{status}'" in lines[0] for status in ("settled", "provisional", "open"))
    assert "str" in lines[1]
    assert 'user.py:5: error: Module has no attribute "lode"' in lines[2]
