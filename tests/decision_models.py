"""Small decision models of DMN, as a modeler writes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from whytune.engine import WhytuneError
from whytune.exchange.crossing import Incoming
from whytune.exchange.dmn import read

Row = Sequence[str]


OF_MODELS = frozenset({"xml-syntax", "too-deep", "too-large", "too-many-rules", "not-dmn", "unsayable"})
"""The codes of what can be wrong with a model: none is about the YAML that would be made of it."""

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def problems_in(incoming: Incoming) -> set[str]:
    """The codes of what is wrong with a model; none where it becomes the files of a rulebook."""
    try:
        assert read(incoming).files
    except WhytuneError as error:
        return {problem.code for problem in error.problems}
    return set()


def model(*parts: str, space: str = MODEL) -> bytes:
    """A model of these parts."""
    head = f'<definitions xmlns="{space}" name="Trial" namespace="urn:trial">'
    return "\n".join([head, *parts, "</definitions>"]).encode()


def given(name: str, type_name: str) -> str:
    """An input of this type."""
    called = f"name={quoteattr(name)}"
    return f"<inputData {called}><variable {called} typeRef={quoteattr(type_name)}/></inputData>"


def item(name: str, restricts: str, allowed: str) -> str:
    """A type with its allowed values."""
    inner = f"<typeRef>{restricts}</typeRef><allowedValues><text>{escape(allowed)}</text></allowedValues>"
    return f"<itemDefinition name={quoteattr(name)}>{inner}</itemDefinition>"


def decision(name: str, logic: str, type_name: str = "string") -> str:
    """A decision with this logic."""
    return f'<decision name={quoteattr(name)}><variable typeRef="{type_name}"/>{logic}</decision>'


def table(
    asked: Iterable[str],
    rows: Iterable[Row],
    *,
    policy: str = "UNIQUE",
    outputs: Sequence[tuple[str, str]] = (("", ""),),
    default: str = "",
) -> str:
    """A decision table: what its columns ask, and its rows, of which the last entries are its results.

    Of each output its name and allowed values; `default` is that of each. A policy may be `COLLECT MIN`, with how it
    reckons.
    """
    hit, _, how = policy.partition(" ")
    heads = [f"<input><inputExpression><text>{escape(text)}</text></inputExpression></input>" for text in asked]
    tail = f"<defaultOutputEntry><text>{escape(default)}</text></defaultOutputEntry>" if default else ""
    heads += [
        f"<output name={quoteattr(name)}><outputValues><text>{escape(allowed)}</text></outputValues>{tail}</output>"
        for name, allowed in outputs
    ]
    aggregation = f' aggregation="{how}"' if how else ""
    lines = [_rule(row, len(row) - len(outputs)) for row in rows]
    return f'<decisionTable hitPolicy="{hit}"{aggregation}>{"".join(heads)}{"".join(lines)}</decisionTable>'


def _rule(row: Row, asked: int) -> str:
    entries = [
        f"<{'input' if index < asked else 'output'}Entry><text>{escape(text)}</text>"
        f"</{'input' if index < asked else 'output'}Entry>"
        for index, text in enumerate(row)
    ]
    return f"<rule>{''.join(entries)}</rule>"
