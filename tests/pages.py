"""The pages that people read, and what stands in them: blocks of code, commands, links."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click

from whytune.cli import cli

ROOT = Path(__file__).parent.parent
FRONT = (ROOT / "README.md", ROOT / "README.zh.md")
MANUAL = sorted((ROOT / "docs").rglob("*.md"))
WRITTEN = [page for page in MANUAL if page.parent.name != "reference"]
"""The pages of the manual that are not generated from what they tell of."""

PAGES = (*FRONT, ROOT / "CONTRIBUTING.md", ROOT / "diagrams" / "gallery" / "README.md", *MANUAL)


def name(page: Path) -> str:
    """What a page is called from the root of the repository."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a page that are in this language, without their fences."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def prose(page: Path) -> str:
    """The text of a page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def commands(page: Path) -> Iterator[list[str]]:
    """Every whytune command that a page names, in a block or in a line, word by word, up to a pipe."""
    lines = [" ".join(text.split()) for text in re.findall(r"`(whytune [^`]+)`", prose(page))]
    for block in blocks(page, "sh"):
        lines += re.findall(r"^(whytune .+)$", block.replace("\\\n", " "), re.MULTILINE)
    for block in blocks(page, "text"):
        lines += re.findall(r"^ *(whytune .+)$", re.sub(r"\\\n *", " ", block), re.MULTILINE)
    for block in blocks(page, "console"):
        lines += re.findall(r"^\$ (whytune .+)$", block, re.MULTILINE)
    yield from (shlex.split(re.split(r" [|>] ", line)[0], comments=True) for line in lines)


def strange(words: list[str]) -> list[str]:
    """The words of a command that are no command and no option of it."""
    command: click.Command | None = cli
    wrong = []
    for word in words[1:]:
        if isinstance(command, click.Group) and not word.startswith("-"):
            context = click.Context(command)
            command = command.get_command(context, word) if word in command.list_commands(context) else None
        if command is None:
            return [word]
        options = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
        wrong += [word] if word.startswith("-") and word.partition("=")[0] not in {*options, "-", "--help"} else []
    return wrong


def links(page: Path) -> list[str]:
    """Where the links and pictures of a page lead, but for those that leave the repository."""
    targets = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", prose(page)))
    return [target for target in targets if not re.match(r"[a-z]+:", target)]


def reached(page: Path) -> set[Path]:
    """All pages to which a page leads, over others too, itself included."""
    pages, to_read = {page}, [page]
    while to_read:
        here = to_read.pop()
        there = {(here.parent / target.partition("#")[0]).resolve() for target in links(here)} & set(PAGES) - pages
        pages |= there
        to_read += there
    return pages


def anchors(page: Path) -> set[str]:
    """The names under which the headings of a page are found."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
