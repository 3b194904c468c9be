"""Every phrase stands in one table, in English and Chinese, with the same parts in both."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from string import Formatter

from whytune.engine.words.phrases import TABLES

from . import rooms

ROOT = Path(__file__).parent.parent
PHRASES = {
    (table, key): texts
    for table in TABLES
    for key, texts in import_module(f"whytune.engine.words.phrases.{table}").PHRASES.items()
}


def parts(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_table_is_listed_and_every_phrase_stands_in_one() -> None:
    files = {path.stem for path in (ROOT / "engine" / "words" / "phrases").glob("*.py")} - {"__init__"}
    assert set(TABLES) == files
    keys = [key for _, key in PHRASES]
    assert len(set(keys)) == len(keys) > 100


def test_a_phrase_says_the_same_in_both_languages() -> None:
    assert [key for (_, key), texts in PHRASES.items() if list(texts) != ["en", "zh"]] == []
    assert [key for (_, key), texts in PHRASES.items() if parts(texts["en"]) != parts(texts["zh"])] == []


def test_every_phrase_is_said_somewhere() -> None:
    files = [path for top in rooms.TOPS for path in (ROOT / top).rglob("*")]
    code = [
        path
        for path in files
        if path.suffix in (".py", ".html") and (path.parent.name, path.stem in TABLES) != ("phrases", True)
    ]
    text = "\n".join(path.read_text() for path in code)
    named = set(re.findall(r"""["'<]([a-z_0-9]+)["'>]""", text))
    begun = (*re.findall(r"([a-z][a-z_]*_)\{", text), *(f"{each}_" for each in re.findall(r'named\("(\w+)"', text)))
    assert [key for _, key in PHRASES if key not in named and not key.startswith(begun)] == []
