"""What is asked in Python: a document for somebody there, and the calls in it.

Readers at no terminal are not told what can be typed, and for a command they get the call that asks the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from keyword import iskeyword

from whytune.engine.language.value import Value
from whytune.engine.words.catalogue import phrase

from .document import Block, Command, Document, Folded, Item, Listed, Listing, Notice, Paragraph, Title

WIDTH = 88
"""How many letters a line of a call has at most, unless one word has more."""

_ASKED = re.compile(r"--set (\S+)=…")
"""A fact for which an option of a command asks."""

_WAYS = re.compile(r"whytune flip --to (\S+)(?: --decision (\S+))?")
"""A command that lists the smallest changes that lead to an option."""

_SHOWING = re.compile(r"--(all|all-regions|waived)\b")
"""An option that shows what is only counted without it."""

_CALLS = {
    "whytune test --coverage": ".test(coverage=True)",
    "whytune test --mutate": ".test(mutation=True)",
    "whytune audit replay ID --set FACT=VALUE --ledger LEDGER": ".replay(ID, FACT=VALUE)",
}
"""Commands that texts name, and what asks the same of a rulebook or a ledger."""

_ASKING_RECORD = re.compile(r"whytune why-not (\S+) --of-record (\S+)")
_REPLAYING = re.compile(r"whytune audit replay (\d\S*)")
_PROVING = re.compile(r"whytune audit verify(?: --ledger|-export) \S+ --record (\S+)")
"""Commands that ask a ledger about one record."""

_TRUTHS = {"yes": "True", "no": "False"}


def in_python(document: Document) -> Document:
    """The document for a reader in Python."""
    return replace(document, blocks=tuple(_blocks(document.blocks)))


def _blocks(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Title() | Paragraph() | Item() | Listed() | Notice():
                text = "  ".join(filter(None, (_with_calls(block.text), _call_for(block.to_type))))
                yield block._replace(text=text, to_type="")
            case Command(call=call, level=level) if call:
                yield Listing(call, "python", level)
            case Folded():
                yield block._replace(blocks=tuple(_blocks(block.blocks)))
            case _:
                yield block


def _with_calls(text: str) -> str:
    """The text with calls in place of the commands that it names."""
    for command, call in _CALLS.items():
        text = text.replace(f"`{command}`", f"`{call}`")
    return text


def _call_for(to_type: str) -> str:
    """The method that takes the facts for which these options of a command ask, shows what they show, or asks what a
    command asks that is named; empty if there is none."""
    if call := next((call for command, call in _CALLS.items() if f"`{command}`" in to_type), ""):
        return f"(`{call}`)"
    if of_record := _of_record(to_type):
        return f"(`{of_record}`)"
    if ways := _WAYS.search(to_type):
        option, decision = ways.groups()
        return f"(`.flips({_quoted(option)}{f', {_quoted(decision)}' if decision else ''})`)"
    if _SHOWING.search(to_type):
        return '(`.write(level="full")`)'
    facts = _ASKED.findall(to_type)
    if not all(map(_is_keyword, facts)):
        return f"(`.but({{{', '.join(f'{_quoted(fact)}: …' for fact in facts)}}})`)"
    return f"(`.but({', '.join(f'{fact}=…' for fact in facts)})`)" if facts else ""


def _of_record(to_type: str) -> str:
    """The method of a ledger that asks what this command asks about one record; empty if it is no such command."""
    facts = _ASKED.findall(to_type)
    if asking := _ASKING_RECORD.search(to_type):
        return f".case({arguments(asking[2], facts)}).why_not({_quoted(asking[1])})"
    if replaying := _REPLAYING.search(to_type):
        return f".replay({arguments(replaying[1], facts)})"
    if proving := _PROVING.search(to_type):
        return f".proof({_quoted(proving[1])}, CHECKPOINT, public_key=KEY)"
    return ""


def arguments(record: str, facts: Collection[str]) -> str:
    """The arguments of a call that name a record and give what it keeps out."""
    named = [f"{fact}=…" for fact in facts if _is_keyword(fact)]
    others = ", ".join(f"{_quoted(fact)}: …" for fact in facts if not _is_keyword(fact))
    return ", ".join((_quoted(record), *named, *([f"**{{{others}}}"] if others else [])))


def _is_keyword(name: str) -> bool:
    """Can an argument of a call be called so?"""
    return name.isidentifier() and not iskeyword(name)


def call_for_one(case: Mapping[str, Value], rulebook: str, as_of: date | None, language: str) -> str:
    """The call that makes this case, one of many, under the rulebook of this name or path, on this day."""
    return f"# {phrase('one_such_task', language)}\n{_case_call(case, rulebook, as_of)}"


def _case_call(case: Mapping[str, Value], rulebook: str, as_of: date | None) -> str:
    loaded = ", ".join((_quoted(rulebook), *([f'as_of="{as_of}"'] if as_of else [])))
    asked = {name: _literal(value) for name, value in case.items()}
    if all(map(_is_keyword, asked)):
        return _folded(f"whytune.load({loaded}).case(", [f"{name}={value}" for name, value in asked.items()], ")")
    return _folded(
        f"whytune.load({loaded}).case({{", [f"{_quoted(name)}: {value}" for name, value in asked.items()], "})"
    )


def _literal(value: Value) -> str:
    """The value as Python has it."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return _TRUTHS.get(str(value)) or _quoted(str(value))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _folded(opening: str, arguments: list[str], closing: str) -> str:
    """The call on one line if it fits there, else its arguments on lines of their own, as many as each holds."""
    if len(line := opening + ", ".join(arguments) + closing) <= WIDTH:
        return line
    lines = [""]
    for argument in arguments:
        if lines[-1] and len(lines[-1]) + len(argument) + 6 > WIDTH:
            lines.append("")
        lines[-1] += f"{' ' if lines[-1] else '    '}{argument},"
    return "\n".join((opening, *lines, closing))
