"""The tables of a rulebook -> the elements of a decision model: inputs, decisions, requirements, and a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element, SubElement

from whytune.engine import Rulebook
from whytune.engine.language.rulebook import Decision
from whytune.engine.language.text import pick
from whytune.engine.language.vocabulary import Fact
from whytune.engine.words.catalogue import phrase
from whytune.engine.words.speaker import Speaker

from .box_places import HEIGHT, WIDTH, places
from .entries import ModelTable, WrittenRow, literal

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
PICTURES = {
    "dmndi": "https://www.omg.org/spec/DMN/20191111/DMNDI/",
    "dc": "http://www.omg.org/spec/DMN/20180521/DC/",
    "di": "http://www.omg.org/spec/DMN/20180521/DI/",
}
_FEEL_WORDS = frozenset(
    {"and", "or", "not", "in", "if", "then", "else", "for", "return", "some", "every", "satisfies", "between"}
    | {"function", "external", "instance", "of", "true", "false", "null", "date", "time", "duration"}
)


@dataclass(frozen=True)
class GrowingModel:
    """A model of these tables, by the decisions that they make, while it is being written."""

    rulebook: Rulebook
    language: str
    tables: Mapping[str, tuple[ModelTable, ...]]

    @cached_property
    def speaker(self) -> Speaker:
        return Speaker(self.rulebook, self.language)

    @cached_property
    def inputs(self) -> Mapping[str, Fact]:
        """The facts that some table asks about, in the order of the questions."""
        asked = {subject for tables in self.tables.values() for table in tables for subject in table.subjects}
        return {fact.fact: fact for fact in self.rulebook.vocabulary.facts if fact.fact in asked}

    @cached_property
    def vetoes(self) -> Mapping[str, tuple[Decision, tuple[str, ...]]]:
        """The tables that say whether options are ruled out, by their names: which options, of which decision."""
        decision = self.rulebook.decision
        return {
            table.name: (decision[name], table.rules_out)
            for name, tables in self.tables.items()
            for table in tables[:-1]
        }

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The names of facts, decisions and vetoes in FEEL, no two alike."""
        names: dict[str, str] = {}
        for name in (*self.inputs, *self.rulebook.decision, *self.vetoes):
            own = feel_name(name)
            while own in names.values():
                own += "_"
            names[name] = own
        return names

    def model(self) -> Element:
        rulebook = self.rulebook
        root = Element(
            f"{{{MODEL}}}definitions",
            {
                "id": f"rulebook-{rulebook.name}",
                "name": rulebook.name,
                "namespace": f"urn:whytune:{rulebook.name}",
                "exporter": "whytune",
            },
        )
        self._add(root, "description").text = pick(rulebook.title, self.language)
        for fact in self.inputs.values():
            self._item_type(root, fact.fact, *_allowed(fact))
        for decision in rulebook.decisions:
            self._item_type(root, decision.decision, "string", ", ".join(map(literal, decision.outcomes)))
        for fact in self.inputs.values():
            self._input(root, fact)
        for decision in rulebook.decisions:
            self._decision_with_vetoes(root, decision)
        self._picture(root)
        return root

    def _add(self, parent: Element, tag: str, /, **attributes: str) -> Element:
        return SubElement(parent, f"{{{MODEL}}}{tag}", attributes)

    def _text_in(self, parent: Element, tag: str, text: str, /, **attributes: str) -> None:
        self._add(self._add(parent, tag, **attributes), "text").text = text

    def _item_type(self, root: Element, name: str, base: str, allowed: str) -> None:
        if base != "boolean":
            element = self._add(root, "itemDefinition", id=f"type-{name}", name=self._type(name))
            self._add(element, "typeRef").text = base
            if allowed:
                self._text_in(element, "allowedValues", allowed)

    def _type(self, name: str) -> str:
        """The type of a fact, a decision or a veto, by its name in the model."""
        is_truth = name in self.vetoes or (name in self.inputs and self.inputs[name].kind == "yes_no")
        return "boolean" if is_truth else f"t_{self.names[name]}"

    def _input(self, root: Element, fact: Fact) -> None:
        label = self.speaker.fact(fact.fact)
        element = self._add(root, "inputData", id=self._id(fact.fact), name=self.names[fact.fact], label=label)
        self._add(element, "description").text = pick(fact.ask, self.language)
        self._variable(element, fact.fact)

    def _variable(self, element: Element, name: str) -> None:
        self._add(element, "variable", id=f"variable-{name}", name=self.names[name], typeRef=self._type(name))

    def _decision_with_vetoes(self, root: Element, decision: Decision) -> None:
        """A decision, after those that only its own table asks."""
        tables = self.tables[decision.decision]
        for veto in tables[:-1]:
            self._decision(root, veto.name, "", veto)
        described = "; ".join(f"{option.option}: {pick(option.label, self.language)}" for option in decision.options)
        self._decision(root, decision.decision, described, tables[-1] if tables else None)

    def _decision(self, root: Element, name: str, described: str, table: ModelTable | None) -> None:
        element = self._add(root, "decision", id=self._id(name), name=self.names[name])
        if described:
            self._add(element, "description").text = described
        self._add(element, "question").text = self._called(name)
        self._variable(element, name)
        if table:
            for subject in table.subjects:
                required = self._add(element, "informationRequirement", id=_requirement(name, subject))
                kind = "requiredInput" if subject in self.inputs else "requiredDecision"
                self._add(required, kind, href=f"#{self._id(subject)}")
            self._table(element, table)

    def _id(self, name: str) -> str:
        return f"{'input' if name in self.inputs else 'decision'}-{name}"

    def _table(self, element: Element, table: ModelTable) -> None:
        name = table.name
        grid = self._add(element, "decisionTable", id=f"table-{name}", hitPolicy=table.hit_policy)
        for subject in table.subjects:
            column = self._add(grid, "input", id=f"column-{name}-{subject}", label=self._called(subject))
            asked = {"id": f"asked-{name}-{subject}", "typeRef": self._type(subject)}
            self._text_in(column, "inputExpression", self.names[subject], **asked)
        output = self._add(grid, "output", id=f"output-{name}", name=self.names[name], typeRef=self._type(name))
        if table.hit_policy == "PRIORITY":
            self._text_in(output, "outputValues", ", ".join(table.results))
        if table.default:
            self._text_in(output, "defaultOutputEntry", table.default)
        self._add(grid, "annotation", name="rules")
        for number, row in enumerate(table.rows, 1):
            self._row(grid, f"{name}-{number}", row)

    def _called(self, name: str) -> str:
        """The label that readers see."""
        if name in self.inputs:
            return self.speaker.fact(name)
        if name in self.vetoes:
            return "; ".join(phrase("ruled_out", self.language, label=label) for label in self._ruled_out(name))
        return pick(self.rulebook.decision[name].ask, self.language)

    def _ruled_out(self, veto: str) -> Iterator[str]:
        """The options that it rules out, by their labels, without kinds of these."""
        decision, options = self.vetoes[veto]
        for option in options:
            if not {*options}.intersection(decision.lineage(option)[1:]):
                yield pick(decision.option(option).label, self.language)

    def _row(self, grid: Element, number: str, row: WrittenRow) -> None:
        element = self._add(grid, "rule", id=f"row-{number}")
        texts = row.because or tuple(self.rulebook.rule[rule].because for rule in row.rules)
        if texts:
            described = dict.fromkeys(pick(text, self.language) for text in texts)
            self._add(element, "description").text = " ".join(described)
        for index, entry in enumerate(row.entries):
            self._text_in(element, "inputEntry", entry, id=f"asks-{number}-{index}")
        self._text_in(element, "outputEntry", row.result, id=f"result-{number}")
        self._text_in(element, "annotationEntry", ", ".join(row.rules))

    def _picture(self, root: Element) -> None:
        """The boxes of inputs and decisions, and a line for each requirement."""
        rests_on: dict[str, tuple[str, ...]] = dict.fromkeys(self.inputs, ())
        for decision, tables in self.tables.items():
            rests_on |= {table.name: table.subjects for table in tables} or {decision: ()}
        corners = places(rests_on)
        diagram = SubElement(SubElement(root, _tag("dmndi", "DMNDI")), _tag("dmndi", "DMNDiagram"), {"id": "picture"})
        for name, corner in corners.items():
            drawn = {"id": f"box-{name}", "dmnElementRef": self._id(name)}
            shape = SubElement(diagram, _tag("dmndi", "DMNShape"), drawn)
            bounds = {"x": str(corner.x), "y": str(corner.y), "width": str(WIDTH), "height": str(HEIGHT)}
            SubElement(shape, _tag("dc", "Bounds"), bounds)
        for name, others in rests_on.items():
            for other in others:
                drawn = {"id": f"line-{name}-{other}", "dmnElementRef": _requirement(name, other)}
                edge = SubElement(diagram, _tag("dmndi", "DMNEdge"), drawn)
                for x, y in (corners[other].top, corners[name].bottom):
                    SubElement(edge, _tag("di", "waypoint"), {"x": str(x), "y": str(y)})


def feel_name(name: str) -> str:
    """The name as FEEL accepts it: a dot would lead into a structure, and some words are reserved."""
    plain = re.sub(r"\W", "_", name)
    return f"{plain}_" if plain in _FEEL_WORDS else plain


def _requirement(name: str, subject: str) -> str:
    return f"needs-{name}-{subject}"


def _allowed(fact: Fact) -> tuple[str, str]:
    """The type of FEEL that a fact has, and the values that it may have."""
    if fact.kind == "yes_no":
        return "boolean", ""
    if not fact.is_number:
        return "string", ", ".join(map(literal, fact.values))
    low, high = fact.least, fact.greatest
    if low is not None and high is not None:
        return "number", f"[{low:f}..{high:f}]"
    return "number", f">= {low:f}" if low is not None else f"<= {high:f}" if high is not None else ""


def _tag(prefix: str, name: str) -> str:
    return f"{{{PICTURES[prefix]}}}{name}"
