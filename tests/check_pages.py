"""The pages of the checks in `docs/checks/`, from the page beside each check and the rulebook in which it fires."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from whytune.engine.review.checks import CHECKS, code_of, pages
from whytune.engine.words.catalogue import phrase

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "checks"
FIRING = ROOT / "tests" / "checks"


def files() -> Iterator[tuple[Path, str]]:
    """Every file of the folder, and what it should hold."""
    yield FOLDER / "README.md", _index()
    for check in CHECKS:
        yield FOLDER / f"{code_of(check)}.md", _page(check)


def _index() -> str:
    english, chinese = ("\n".join(_row(check, language) for check in CHECKS) for language in ("en", "zh"))
    return f"""# What `whytune check` finds

Every check looks at all tasks, not at a sample. An **error** is a mistake, a **warning** a loose end that somebody
should decide on or accept by name, a **note** something to know. `whytune explain-check CODE` prints these pages.

A [waiver](../language.md#what-governs-the-rules) accepts a finding: `[undecided: approach]` is `finding: undecided` and
`about: approach`.

| check | | |
|---|---|---|
{english}

## `whytune check` 查什么

每项检查都覆盖全部任务，而非抽样。**错误**必须改正；**警告**需要有人决定，或写明理由予以接受；**提示**仅供了解。

[豁免](../language.md#what-governs-the-rules)用来接受一项发现：`[undecided: approach]` 即
`finding: undecided`、`about: approach`。

| 检查 | | |
|---|---|---|
{chinese}
"""


def _row(check: ModuleType, language: str) -> str:
    code = code_of(check)
    return f"| [`{code}`]({code}.md) | {_severity(check, language)} | {_title(check, language)} |"


def _page(check: ModuleType) -> str:
    code = code_of(check)
    english, chinese = (pages(check)[language].partition("\n\n")[2] for language in ("en", "zh"))
    said = (FIRING / f"{code}.expected").read_text().rstrip("\n")
    return f"""# {code}

**{_title(check, "en")}** Severity: {_severity(check, "en")}. [All checks](README.md). [中文](#中文).

{english}

## Example

In [this rulebook]({_link(code)}), and not in [this one]({_link(code + "-clean")}):

```text
{said}
```

## 中文

**{_title(check, "zh")}** 级别：{_severity(check, "zh")}。

{chinese}
"""


def _link(name: str) -> str:
    """The way from a page to a rulebook, a file or a folder."""
    return f"../../tests/checks/{name}/rulebook.yaml" if (FIRING / name).is_dir() else f"../../tests/checks/{name}.yaml"


def _title(check: ModuleType, language: str) -> str:
    return pages(check)[language].partition("\n")[0]


def _severity(check: ModuleType, language: str) -> str:
    return phrase(check.SEVERITY, language)
