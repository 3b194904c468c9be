"""The reference of the manual is what the commands and `import whytune` say of themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

import whytune

from . import reference


@pytest.mark.parametrize("path", dict(reference.files()), ids=lambda path: path.stem)
def test_the_reference_is_not_stale(path: Path, record: bool) -> None:
    text = dict(reference.files())[path]
    if record:
        path.write_text(text)
    assert path.read_text() == text, "run `pytest --record tests/test_reference.py` and read the page"


def test_there_is_no_other_reference() -> None:
    assert sorted(reference.FOLDER.iterdir()) == sorted(
        path for path, _ in reference.files() if path.parent == reference.FOLDER
    )


def test_every_command_and_every_name_of_the_face_is_in_it() -> None:
    commands, python, _ = (text for _, text in reference.files())
    assert {"whytune advise", "whytune audit verify", "whytune cost tune"} <= set(
        commands.replace("## ", "").split("\n")
    )
    assert all(f"\n## {name}\n" in python for name in whytune.__all__ if name != "__version__")
    assert "### Case.why_not\n\n```text\nCase.why_not(option: str" in python
    assert "\b" not in commands + python
