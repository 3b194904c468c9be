"""A decision model as DMN writes it -> its inputs, decisions and tables, every text with its place, none judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from whytune.engine import Problem, Span, WhytuneError
from whytune.engine.language.problems import Sentence, short

from ..markup import XmlElement, parse_xml

VERSIONS = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
    "https://www.omg.org/spec/DMN/20240513/MODEL/": "1.6",
}
"""The version of DMN that each namespace of a model stands for."""


class ModelText(NamedTuple):
    """A text of the model, its place, and the language that it is written in: "" for FEEL."""

    text: str
    span: Span
    language: str = ""


@dataclass(frozen=True)
class ItemType:
    """A type: what it restricts, its allowed values and, for a structure, its components."""

    name: str
    restricts: str
    allowed: str
    is_list: bool
    components: Mapping[str, ItemType]


class InputClause(NamedTuple):
    """A column of conditions: what it asks about, and what that can be."""

    label: str
    expression: ModelText
    type_name: str
    allowed: str


class OutputClause(NamedTuple):
    """A column of results, with the default if no row fits."""

    name: str
    label: str
    type_name: str
    allowed: str
    default: ModelText | None


class ModelRow(NamedTuple):
    """A row: its entries, and the annotations beside it."""

    asks: tuple[ModelText, ...]
    results: tuple[ModelText, ...]
    annotations: tuple[str, ...]

    def is_below(self, table: DecisionTable) -> bool:
        """Does it have an entry for every column of the table?"""
        return len(self.asks) == len(table.inputs) and len(self.results) == len(table.outputs)


@dataclass(frozen=True)
class DecisionTable:
    """A decision table as it is written."""

    hit_policy: str
    aggregation: str
    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rows: tuple[ModelRow, ...]
    span: Span


class LiteralExpression(NamedTuple):
    """A literal expression."""

    entry: ModelText


class Invocation(NamedTuple):
    """A call of a business knowledge model, with the expression for each of its parameters."""

    callee: str
    bindings: Mapping[str, ModelText]


class OtherLogic(NamedTuple):
    """Logic of another kind, by the name of its element."""

    kind: str
    span: Span


Logic = DecisionTable | LiteralExpression | Invocation | OtherLogic


@dataclass(frozen=True)
class ModelPart:
    """An input, a decision or a business knowledge model: its name, its type, and its logic if it has any.

    Others may know it by its `variable`; it `requires` parts of these ids.
    """

    id: str
    name: str
    label: str
    question: str
    description: str
    type_name: str
    span: Span
    logic: Logic | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    variable: str = ""
    requires: frozenset[str] = frozenset()


class Elsewhere(NamedTuple):
    """A part of a model that rests on something in another file: its name, and the address of the other file."""

    part: str
    href: str
    span: Span


@dataclass(frozen=True)
class Model:
    """A whole model: the parts of each kind by name, and those whose names others had taken before."""

    name: str
    description: str
    namespace: str
    types: Mapping[str, ItemType]
    inputs: Mapping[str, ModelPart]
    decisions: Mapping[str, ModelPart]
    knowledge: Mapping[str, ModelPart]
    doubled: tuple[ModelPart, ...]
    elsewhere: tuple[Elsewhere, ...]
    root: XmlElement


def read_model(data: bytes, label: str) -> Model:
    """The model in a file; raises WhytuneError: what `parse_xml` raises, and not-dmn."""
    root = parse_xml(data, label)
    if root.name != "definitions" or root.space not in VERSIONS:
        hint = Sentence("whytune reads models of DMN 1.1 to 1.6: export one from your modeler")
        message = Sentence("`{name}` is not a decision model of DMN", name=short(root.name))
        raise WhytuneError([Problem("not-dmn", message, root.span, hint)])
    types = [_item_type(element) for element in root.all("itemDefinition")]
    inputs, decisions, knowledge = (
        [_part(element) for element in root.all(kind)] for kind in ("inputData", "decision", "businessKnowledgeModel")
    )
    return Model(
        one_line(root.get("name")) or "model",
        root.text_of("description"),
        root.get("namespace"),
        {one.name: one for one in types},
        _by_name(inputs),
        _by_name(decisions),
        _by_name(knowledge),
        tuple(_doubled([*inputs, *decisions, *knowledge])),
        tuple(_elsewhere(root)),
        root,
    )


def _elsewhere(root: XmlElement) -> Iterator[Elsewhere]:
    """The parts of a model that require something at the address of another."""
    for kind in ("decision", "businessKnowledgeModel"):
        for part in root.all(kind):
            for required in _required(part):
                namespace, _, _ = required.get("href").rpartition("#")
                if namespace not in ("", root.get("namespace")):
                    yield Elsewhere(_called(part), required.get("href"), required.span)


def one_line(text: str) -> str:
    """The text with one space in place of any white space, as FEEL compares names."""
    return " ".join(text.split())


def _called(part: XmlElement) -> str:
    """What a part is called: by its name, or else its label or its id."""
    return one_line(part.get("name") or part.get("label") or part.get("id"))


def _by_name(parts: Iterable[ModelPart]) -> dict[str, ModelPart]:
    named: dict[str, ModelPart] = {}
    for part in parts:
        named.setdefault(part.name, part)
    return named


def _doubled(parts: Iterable[ModelPart]) -> Iterator[ModelPart]:
    names: set[str] = set()
    for part in parts:
        if part.name in names:
            yield part
        names.add(part.name)


def _part(element: XmlElement) -> ModelPart:
    typed = element.first("variable")
    logic = element.first("encapsulatedLogic") if element.name == "businessKnowledgeModel" else element
    parameters = logic.all("formalParameter") if logic else ()
    return ModelPart(
        element.get("id"),
        _called(element),
        one_line(element.get("label")),
        element.text_of("question"),
        element.text_of("description"),
        _type_name(typed.get("typeRef")) if typed else "",
        element.span,
        _logic(logic) if logic else None,
        {one_line(one.get("name")): _type_name(one.get("typeRef")) for one in parameters},
        one_line(typed.get("name")) if typed else "",
        frozenset(required.get("href").rpartition("#")[2] for required in _required(element)),
    )


def _required(part: XmlElement) -> Iterator[XmlElement]:
    """Where a part says that it rests on another, by the address of that."""
    for requirement in ("informationRequirement", "knowledgeRequirement"):
        yield from (child for one in part.all(requirement) for child in one.children)


_LOGIC = ("context", "list", "relation", "functionDefinition", "conditional", "filter", "for", "every", "some")


def _logic(element: XmlElement) -> Logic | None:
    if table := element.first("decisionTable"):
        return _table(table)
    if literal := element.first("literalExpression"):
        return LiteralExpression(_entry(literal))
    if call := element.first("invocation"):
        bindings = (
            (one_line(parameter.get("name")), _entry(literal))
            for binding in call.all("binding")
            if (parameter := binding.first("parameter")) and (literal := binding.first("literalExpression"))
        )
        return Invocation(one_line(call.text_of("literalExpression", "text")), dict(bindings))
    other = next((child for child in element.children if child.space == element.space and child.name in _LOGIC), None)
    return OtherLogic(other.name, other.span) if other else None


def _table(element: XmlElement) -> DecisionTable:
    return DecisionTable(
        element.get("hitPolicy").upper() or "UNIQUE",
        element.get("aggregation").upper(),
        tuple(map(_input, element.all("input"))),
        tuple(map(_output, element.all("output"))),
        tuple(map(_row, element.all("rule"))),
        element.span,
    )


def _input(element: XmlElement) -> InputClause:
    asked = element.first("inputExpression")
    expression = _entry(asked) if asked else ModelText("", element.span)
    return InputClause(
        one_line(element.get("label")),
        expression._replace(text=one_line(expression.text)),
        _type_name(asked.get("typeRef")) if asked else "",
        element.text_of("inputValues", "text"),
    )


def _output(element: XmlElement) -> OutputClause:
    default = element.first("defaultOutputEntry")
    return OutputClause(
        one_line(element.get("name")),
        one_line(element.get("label")),
        _type_name(element.get("typeRef")),
        element.text_of("outputValues", "text"),
        _entry(default) if default else None,
    )


def _row(element: XmlElement) -> ModelRow:
    annotations = (one_line(one.text_of("text")) for one in element.all("annotationEntry"))
    described = one_line(element.text_of("description"))
    return ModelRow(
        tuple(map(_entry, element.all("inputEntry"))),
        tuple(map(_entry, element.all("outputEntry"))),
        tuple(text for text in (described, *annotations) if text),
    )


def _entry(element: XmlElement) -> ModelText:
    language = element.get("expressionLanguage")
    return ModelText(element.text_of("text"), element.span, "" if "feel" in language.lower() else language)


def _type_name(written: str) -> str:
    """The name of a type without the prefix of a namespace."""
    return written.rpartition(":")[2].strip()


def _item_type(element: XmlElement) -> ItemType:
    components = [_item_type(one) for one in element.all("itemComponent")]
    return ItemType(
        one_line(element.get("name")),
        _type_name(element.text_of("typeRef")),
        element.text_of("allowedValues", "text") or element.text_of("typeConstraint", "text"),
        element.get("isCollection") == "true",
        {one.name: one for one in components},
    )
