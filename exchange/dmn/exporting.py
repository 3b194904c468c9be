"""A rulebook -> a decision model: each decision a table of which one row holds, what it rests on, and a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from whytune.engine import Rulebook, WhytuneError
from whytune.engine.language.problems import Sentence, listing
from whytune.engine.language.rulebook import Decision
from whytune.engine.language.text import pick
from whytune.engine.language.vocabulary import Fact
from whytune.engine.words.speaker import Speaker

from ..crossing import Exported, Outgoing, rulebook_part
from ..markup import parse_xml
from .box_places import HEIGHT, WIDTH, places
from .disjoint_rows import DisjointRow, DisjointTable, disjoint_table
from .kept_rulebook import KEPT, kept

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
_PICTURES = {
    "dmndi": "https://www.omg.org/spec/DMN/20191111/DMNDI/",
    "dc": "http://www.omg.org/spec/DMN/20180521/DC/",
    "di": "http://www.omg.org/spec/DMN/20180521/DI/",
}
_FEEL_WORDS = frozenset(
    {"and", "or", "not", "in", "if", "then", "else", "for", "return", "some", "every", "satisfies", "between"}
    | {"function", "external", "instance", "of", "true", "false", "null", "date", "time", "duration"}
)


def write(outgoing: Outgoing) -> Exported:
    """The rulebook as a model of DMN 1.3, with its own files kept in it; what DMN cannot say is remarked."""
    writing = _GrowingModel(outgoing.rulebook.as_of(outgoing.day), outgoing.language)
    root = writing.model()
    extension = Element(f"{{{MODEL}}}extensionElements")
    extension.append(kept(rulebook_part(outgoing.files), parse_xml(_text(root), outgoing.rulebook.name)))
    root.insert(1, extension)
    return Exported({"": _text(root)}, (*writing.remarks, *_left_out(outgoing)))


def _left_out(outgoing: Outgoing) -> Iterator[Sentence]:
    """Says so where files that stand beside the rulebook do not cross."""
    if outgoing.files.keys() - rulebook_part(outgoing.files):
        yield Sentence("cases, prices and translations are not in the model")


def _text(root: Element) -> bytes:
    for prefix, space in {"": MODEL, "whytune": KEPT, **_PICTURES}.items():
        ElementTree.register_namespace(prefix, space)
    ElementTree.indent(root)
    data: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return data + b"\n"


@dataclass
class _GrowingModel:
    """A model while it is being written."""

    rulebook: Rulebook
    language: str
    remarks: list[Sentence] = field(default_factory=list)

    @cached_property
    def speaker(self) -> Speaker:
        return Speaker(self.rulebook, self.language)

    @cached_property
    def tables(self) -> Mapping[str, DisjointTable | None]:
        """The table of each decision; None, and a remark, for one that would be too large."""
        tables: dict[str, DisjointTable | None] = {}
        for decision in self._in_order():
            try:
                tables[decision.decision] = disjoint_table(self.rulebook, decision)
            except WhytuneError as error:
                tables[decision.decision] = None
                self.remarks += [
                    Sentence("{problem}: it stands in the model without its logic", problem=problem.message)
                    for problem in error.problems
                ]
        return tables

    def _in_order(self) -> Iterator[Decision]:
        """The decisions, each after those on which it rests."""
        return (self.rulebook.decision[name] for kind, name in self.rulebook.steps if kind == "decision")

    @cached_property
    def inputs(self) -> Sequence[Fact]:
        """The facts that some table asks about, in the order of the questions."""
        asked = {subject for table in self.tables.values() if table for subject in table.subjects}
        return [fact for fact in self.rulebook.vocabulary.facts if fact.fact in asked]

    def model(self) -> Element:
        root = Element(
            f"{{{MODEL}}}definitions",
            {
                "id": f"rulebook_{self.rulebook.name}",
                "name": self.rulebook.name,
                "namespace": f"urn:whytune:{self.rulebook.name}",
                "exporter": "whytune",
            },
        )
        self._add(root, "description").text = pick(self.rulebook.title, self.language)
        for fact in self.inputs:
            self._item_type(root, fact.fact, *_allowed(fact))
        for decision in self.rulebook.decisions:
            self._item_type(root, decision.decision, "string", _listed(decision.outcomes))
        for fact in self.inputs:
            self._input(root, fact)
        for decision in self.rulebook.decisions:
            self._decision(root, decision)
        self._picture(root)
        self._remark()
        return root

    def _add(self, parent: Element, tag: str, /, **attributes: str) -> Element:
        return SubElement(parent, f"{{{MODEL}}}{tag}", attributes)

    def _text_in(self, parent: Element, tag: str, text: str, /, **attributes: str) -> None:
        self._add(self._add(parent, tag, **attributes), "text").text = text

    def _item_type(self, root: Element, name: str, base: str, allowed: str) -> None:
        if base != "boolean":
            element = self._add(root, "itemDefinition", id=f"type_{name}", name=_type(name))
            self._add(element, "typeRef").text = base
            if allowed:
                self._text_in(element, "allowedValues", allowed)

    def _input(self, root: Element, fact: Fact) -> None:
        label = self.speaker.fact(fact.fact)
        element = self._add(root, "inputData", id=f"input_{fact.fact}", name=feel_name(fact.fact), label=label)
        self._add(element, "description").text = pick(fact.ask, self.language)
        self._variable(element, fact.fact, _type_of(fact))

    def _variable(self, element: Element, name: str, type_name: str) -> None:
        self._add(element, "variable", id=f"variable_{name}", name=feel_name(name), typeRef=type_name)

    def _decision(self, root: Element, decision: Decision) -> None:
        name, table = decision.decision, self.tables[decision.decision]
        element = self._add(root, "decision", id=f"decision_{name}", name=feel_name(name))
        self._add(element, "description").text = "; ".join(
            f"{option.option}: {pick(option.label, self.language)}" for option in decision.options
        )
        self._add(element, "question").text = pick(decision.ask, self.language)
        self._variable(element, name, _type(name))
        for subject in table.subjects if table else ():
            required = self._add(element, "informationRequirement", id=_requirement(name, subject))
            kind = "requiredDecision" if subject in self.rulebook.decision else "requiredInput"
            self._add(required, kind, href=f"#{self._id(subject)}")
        if table:
            self._table(element, table)

    def _id(self, name: str) -> str:
        return f"{'decision' if name in self.rulebook.decision else 'input'}_{name}"

    def _table(self, element: Element, table: DisjointTable) -> None:
        name = table.decision.decision
        grid = self._add(element, "decisionTable", id=f"table_{name}", hitPolicy="UNIQUE")
        facts = {fact.fact: fact for fact in self.inputs}
        for subject in table.subjects:
            column = self._add(grid, "input", id=f"column_{name}_{subject}", label=self._called(subject))
            type_name = _type_of(facts[subject]) if subject in facts else _type(subject)
            self._text_in(
                column, "inputExpression", feel_name(subject), id=f"asked_{name}_{subject}", typeRef=type_name
            )
        self._add(grid, "output", id=f"output_{name}", name=feel_name(name), typeRef=_type(name))
        self._add(grid, "annotation", name="rules")
        for number, row in enumerate(table.rows, 1):
            self._row(grid, f"{name}_{number}", row, table.decision)

    def _called(self, subject: str) -> str:
        if subject in self.rulebook.decision:
            return pick(self.rulebook.decision[subject].ask, self.language)
        return self.speaker.fact(subject)

    def _row(self, grid: Element, number: str, row: DisjointRow, decision: Decision) -> None:
        element = self._add(grid, "rule", id=f"row_{number}")
        reasons = (pick(self.rulebook.rule[rule].because, self.language) for rule in row.rules)
        self._add(element, "description").text = " ".join(dict.fromkeys(reasons))
        for index, entry in enumerate(row.entries):
            self._text_in(element, "inputEntry", entry, id=f"asks_{number}_{index}")
        self._text_in(element, "outputEntry", f'"{row.outcome}"', id=f"result_{number}")
        self._text_in(element, "annotationEntry", ", ".join(row.rules))

    def _picture(self, root: Element) -> None:
        """The boxes of inputs and decisions, and a line for each requirement."""
        rests_on: dict[str, tuple[str, ...]] = {fact.fact: () for fact in self.inputs}
        rests_on |= {decision: table.subjects if table else () for decision, table in self.tables.items()}
        corners = places(rests_on)
        picture = SubElement(root, _tag("dmndi", "DMNDI"))
        diagram = SubElement(picture, _tag("dmndi", "DMNDiagram"), {"id": "picture"})
        for name, corner in corners.items():
            shape = SubElement(
                diagram, _tag("dmndi", "DMNShape"), {"id": f"box_{name}", "dmnElementRef": self._id(name)}
            )
            SubElement(
                shape,
                _tag("dc", "Bounds"),
                {"x": str(corner.x), "y": str(corner.y), "width": str(WIDTH), "height": str(HEIGHT)},
            )
        for name, others in rests_on.items():
            for other in others:
                edge = SubElement(
                    diagram,
                    _tag("dmndi", "DMNEdge"),
                    {"id": f"line_{name}_{other}", "dmnElementRef": _requirement(name, other)},
                )
                for x, y in (corners[other].top, corners[name].bottom):
                    SubElement(edge, _tag("di", "waypoint"), {"x": str(x), "y": str(y)})

    def _remark(self) -> None:
        """Says what the model does not hold as a model, though the files kept in it do."""
        vocabulary = self.rulebook.vocabulary
        self.remarks.append(Sentence("where a fact is unknown, a table of DMN answers null: give every fact"))
        if assumed := [fact.fact for fact in self.inputs if fact.assume is not None]:
            names = listing(assumed)
            self.remarks.append(Sentence("nothing is assumed in DMN, so these must be given: {names}", names=names))
        if cautions := sorted({rule for _, rule in self.rulebook.cautioning}):
            self.remarks.append(
                Sentence("DMN has no cautions, so these are not told: {names}", names=listing(cautions))
            )
        if vocabulary.orders:
            pairs = listing(f"{low} <= {high}" for low, high in vocabulary.orders)
            self.remarks.append(Sentence("DMN does not check that numbers go together: {names}", names=pairs))
        if any(rule.valid for rule in self.rulebook.rules):
            self.remarks.append(Sentence("rules are in the model as of the day on which it was written"))


def feel_name(name: str) -> str:
    """The name as FEEL takes it: a point would lead into a structure, and some words are its own."""
    plain = re.sub(r"\W", "_", name)
    return f"{plain}_" if plain in _FEEL_WORDS else plain


def _type(name: str) -> str:
    return f"t_{feel_name(name)}"


def _type_of(fact: Fact) -> str:
    return "boolean" if fact.kind == "yes_no" else _type(fact.fact)


def _requirement(name: str, subject: str) -> str:
    return f"needs_{name}_{subject}"


def _allowed(fact: Fact) -> tuple[str, str]:
    """The type of FEEL that a fact has, and the values that it may have."""
    if fact.kind == "yes_no":
        return "boolean", ""
    if not fact.is_number:
        return "string", _listed(fact.values)
    low, high = fact.least, fact.greatest
    if low is not None and high is not None:
        return "number", f"[{low:f}..{high:f}]"
    return "number", f">= {low:f}" if low is not None else f"<= {high:f}" if high is not None else ""


def _listed(values: Sequence[str]) -> str:
    return ", ".join(f'"{value}"' for value in values)


def _tag(prefix: str, name: str) -> str:
    return f"{{{_PICTURES[prefix]}}}{name}"
