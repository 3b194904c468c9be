"""A text that is still to be written.

**What it finds.** A text in which the `TODO` of `whytune new` still stands.

**Why it matters.** Readers of a recommendation would be shown it.

**What to do.** Write the text, in every language.

---

尚未填写的文字。

**查什么。** 仍保留 `whytune new` 所写 `TODO` 的文字。

**为什么重要。** 阅读建议的人会看到它。

**怎么办。** 补写这段文字，每种语言都要写。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..examination import Examination, Found
from ..phrases import in_both
from ..scaffold import PLACEHOLDER
from ..translations import parts_of

SEVERITY = "error"


def look(examined: Examination) -> Iterator[Found]:
    for place, part in parts_of(examined.whole):
        for path in dict.fromkeys(_unwritten(part.model_dump(by_alias=True), examined.whole.languages)):
            message = in_both("found_placeholder", text=".".join((*place, *path)))
            yield Found(".".join((*place, *path)), examined.place(*place, *path), message)


def _unwritten(part: Any, languages: tuple[str, ...], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path to every text that begins with the placeholder; a text in several languages is one."""
    if isinstance(part, dict):
        for key, inner in part.items():
            is_text = isinstance(inner, str) and key in languages
            yield from _unwritten(inner, languages, path if is_text else (*path, str(key)))
    elif isinstance(part, list | tuple):
        for index, inner in enumerate(part):
            yield from _unwritten(inner, languages, (*path, str(index)))
    elif isinstance(part, str) and part.startswith(PLACEHOLDER):
        yield path
