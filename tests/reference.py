"""The reference of the manual, from the commands and from `import whytune` as they are: `docs/reference/`."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path

import click

import whytune
from whytune.cli import HELP_LINES, Commands, cli, first_sentence

FOLDER = Path(__file__).parent.parent / "docs" / "reference"


def files() -> Iterator[tuple[Path, str]]:
    """Every file of the folder, and what it should hold; and the lines of the commands in the help."""
    yield FOLDER / "commands.md", _commands()
    yield FOLDER / "python.md", _python()
    yield HELP_LINES, json.dumps(_lines(cli), indent=2, ensure_ascii=False) + "\n"


def _lines(group: click.Group, *words: str) -> dict[str, str]:
    """The first sentence of the help of each command below a group, by the words that call it."""
    context, lines = click.Context(group), {}
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        lines[" ".join((*words, name))] = first_sentence(command.help or "")
        lines |= _lines(command, *words, name) if isinstance(command, Commands) else {}
    return lines


def _commands() -> str:
    sections = "\n".join(_section(("whytune", *words), command) for words, command in commands(cli))
    return f"""# Commands

What `--help` says of each command. [Ask](../ask.md), [Write rules](../rules.md), [Prove and
change](../prove.md), [Keep a record](../record.md) and [Costs](../costs.md) show them at work.

{sections}"""


def commands(group: click.Group, *words: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command below a group, with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, *words, name)
        else:
            yield (*words, name), command


def _section(words: tuple[str, ...], command: click.Command) -> str:
    name = " ".join(words)
    context = click.Context(command, info_name=name)
    help_ = inspect.cleandoc(command.help or "")
    text, _, examples = help_.partition("\b\n")
    usage = f"{name} {' '.join(command.collect_usage_pieces(context))}"
    records = (parameter.get_help_record(context) for parameter in command.params)
    rows = [record for record in records if record and record[1]]
    options = "\n".join(f"- `{option}`: {' '.join(help_.split())}" for option, help_ in rows)
    shown = _examples(examples)
    return f"## {name}\n\n{_prose(text)}\n\n```text\n{usage}\n```\n\n{shown}{options}\n"


def _prose(text: str) -> str:
    return text.replace("\b", "").strip()


def _examples(text: str) -> str:
    lines = inspect.cleandoc(text.replace("\b", "").partition(":\n")[2])
    return f"```text\n{lines}\n```\n\n" if lines else ""


def _python() -> str:
    sections = "\n".join(_thing(name, getattr(whytune, name)) for name in whytune.__all__ if name[0] != "_")
    return f"""# Names in Python

What `import whytune` gives. [From Python](../python.md) shows it at work.

{sections}"""


def _thing(name: str, thing: object) -> str:
    parts = [f"## {name}\n\n{_described(name, thing)}"]
    for member, value in vars(thing).items() if inspect.isclass(thing) else ():
        if not member.startswith("_") and (described := _member(f"{name}.{member}", value)):
            parts.append(described)
    return "\n".join(parts)


def _member(name: str, value: object) -> str:
    """A method or property that says what it is for; fields are told of by their class."""
    inner = getattr(value, "fget", None) or getattr(value, "func", None) or getattr(value, "__func__", value)
    if not inspect.isfunction(inner) or not inner.__doc__:
        return ""
    call = "" if inner is not value and not isinstance(value, classmethod | staticmethod) else _signature(inner)
    return f"### {name}\n\n```text\n{name}{call}\n```\n\n{_sessions(inspect.cleandoc(inner.__doc__))}\n"


def _described(name: str, thing: object) -> str:
    signature = f"```text\n{name}{_signature(thing)}\n```\n\n" if inspect.isfunction(thing) else ""
    return f"{signature}{_sessions(inspect.getdoc(thing) or '')}\n"


def _signature(function: object) -> str:
    assert callable(function)
    signature = inspect.signature(function)
    kept = [parameter for parameter in signature.parameters.values() if parameter.name not in ("self", "cls")]
    text = str(signature.replace(parameters=kept)).replace("'", "")
    return re.sub(r"<function .*? at 0x\w+>", "...", text)


def _sessions(text: str) -> str:
    """A docstring as Markdown: what is typed into Python stands in blocks of its own."""
    session = re.compile(r"(?:^>>> .*\n?(?:^(?!>>>)\S.*\n?|^ +.*\n?)*)+", re.MULTILINE)
    return session.sub(lambda typed: f"```python\n{typed.group().rstrip()}\n```\n", text).strip()
