"""A rulebook -> a decision model, with what DMN cannot say kept in it and remarked on."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from whytune.engine.language.problems import Sentence, listing

from ..crossing import Exported, Outgoing, rulebook_part
from ..markup import parse_xml
from .growing_model import MODEL, PICTURES, GrowingModel
from .kept_rulebook import KEPT, kept
from .table_forms import formed


def write(outgoing: Outgoing) -> Exported:
    """The rulebook as a model of DMN 1.3, with its own files kept in it; what DMN cannot say is remarked on."""
    rulebook = outgoing.rulebook.as_of(outgoing.day)
    tables, remarks = formed(rulebook, outgoing.as_rules)
    growing = GrowingModel(rulebook, outgoing.language, tables)
    root = growing.model()
    extension = Element(f"{{{MODEL}}}extensionElements")
    extension.append(kept(rulebook_part(outgoing.files), parse_xml(_text(root), rulebook.name)))
    root.insert(1, extension)
    return Exported({"": _text(root)}, (*remarks, *_unsaid(growing), *_left_out(outgoing)))


def _text(root: Element) -> bytes:
    for prefix, space in {"": MODEL, "whytune": KEPT, **PICTURES}.items():
        ElementTree.register_namespace(prefix, space)
    ElementTree.indent(root)
    data: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return data + b"\n"


def _unsaid(growing: GrowingModel) -> Iterator[Sentence]:
    """Says what the model itself does not hold, although the files kept in it do."""
    rulebook = growing.rulebook
    yield Sentence("where a fact is unknown, a table of DMN answers null: give every fact")
    if assumed := [name for name, fact in growing.inputs.items() if fact.assume is not None]:
        yield Sentence("nothing is assumed in DMN, so these must be given: {names}", names=listing(assumed))
    if cautions := sorted({rule for _, rule in rulebook.cautioning}):
        yield Sentence("DMN has no cautions, so these are not told: {names}", names=listing(cautions))
    if rulebook.vocabulary.orders:
        pairs = listing(f"{low} <= {high}" for low, high in rulebook.vocabulary.orders)
        yield Sentence("DMN does not check that numbers go together: {names}", names=pairs)


def _left_out(outgoing: Outgoing) -> Iterator[Sentence]:
    """Says which day's rules the model has, if rules have days, and which files do not cross."""
    if any(rule.valid for rule in outgoing.rulebook.rules):
        every = Sentence("the model has the rules of every day, those that have ended and those yet to begin too")
        yield Sentence("the model has the rules of {day}", day=outgoing.day) if outgoing.day else every
    if outgoing.files.keys() - rulebook_part(outgoing.files):
        yield Sentence("cases, prices and translations are not in the model")
