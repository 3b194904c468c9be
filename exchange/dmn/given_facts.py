"""The facts that the tables of a model ask about: the kind of each, and what it can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from whytune.engine.language.problems import Sentence
from whytune.engine.words.catalogue import phrase

from ..fresh_names import FreshNames, as_question, readable, snake
from ..yaml_text import Inline, InlineMap
from .domains import KINDS, ListedValues, NumberLine, Possible, bounds, check_kind, have_hole, range_of
from .feel import NULL, Compare, FeelValue, Tests, Unsayable, read_tests
from .model import InputClause, ItemType
from .naming import value_label, value_name
from .refusals import Refusals, Spot

_TIMES = frozenset({"datetime", "dateandtime", "time", "duration"})
"""Types of moments, which are no days, and of how long something takes."""
NO_LISTS = Sentence("give what the table asks as yes/no facts")


@dataclass
class GivenFact:
    """One thing that is given: its type, and everything that columns ask about it."""

    path: str
    item_type: ItemType
    clauses: list[InputClause] = field(default_factory=list)
    asked: list[Tests] = field(default_factory=list)

    @property
    def values(self) -> list[FeelValue]:
        """Every value that an entry names."""
        return [value for tests in self.asked for value in tests.values()]

    @property
    def names_null(self) -> bool:
        return NULL in self.values

    def kind(self) -> type:
        """The type of its values, by the model or else by its entries; raises Unsayable."""
        if self.item_type.is_list:
            raise Unsayable(Sentence("it is a list"), NO_LISTS)
        names = (self.item_type.restricts, *(clause.type_name for clause in self.clauses))
        if timed := next((name for name in names if name.replace(" ", "").lower() in _TIMES), None):
            raise Unsayable(Sentence("it is of the type `{name}`", name=timed), NO_LISTS)
        declared = [KINDS[name] for name in names if name in KINDS]
        written = list(dict.fromkeys(type(value) for value in self.values if value is not NULL))
        if declared:
            return declared[0]
        if self.item_type.restricts not in ("", "Any") and not written:
            raise Unsayable(Sentence("it is of the type `{name}`", name=self.item_type.restricts), NO_LISTS)
        return written[0] if written else bool

    def leaves_out(self) -> bool:
        """Does the model allow all values but some?"""
        return any(read_tests(text).negated for text in self.allowed())

    def allowed(self) -> list[str]:
        """What it may be according to the model: by its type, or else by the columns about it."""
        written = [self.item_type.allowed] if self.item_type.allowed else [clause.allowed for clause in self.clauses]
        return [text for text in written if text]


def domain_of(fact: GivenFact, names: FreshNames, refusals: Refusals) -> Possible:
    """What the fact can be, under a name of its own; raises Unsayable."""
    kind = fact.kind()
    tests = [test for text in fact.allowed() for test in _allowed(text)]
    tests = [test for test in tests if not (isinstance(test, Compare) and test.value is NULL)]
    exact: list[FeelValue] = [test.value for test in tests if isinstance(test, Compare) and test.operator == "="]
    if kind in (Decimal, date) and not (tests and len(exact) == len(tests)):
        least, greatest = bounds(tests, kind) if tests else (None, None)
        name = names.new(fact.path, "fact")
        if kind is date:
            remark = Sentence("`{fact}` is a day and is given as a number of days since 1970-01-01", fact=name)
            refusals.remark(remark)
        given = names.new(f"{fact.path} given", "given") if fact.names_null else None
        line = NumberLine(name, kind, least, greatest, given)
        if have_hole(tests, line) or fact.leaves_out():
            refusals.refuse(Spot(Sentence('input "{input}"', input=fact.path), fact.clauses[0].expression.span), _HOLE)
        return line
    return _listed(fact, kind, exact, names, refusals)


_HOLE = Unsayable(
    Sentence("its allowed values leave out some in between"),
    Sentence("allow all from the least to the greatest, and say in a row what comes out in between"),
)


def _allowed(text: str) -> Iterable[Any]:
    tests = read_tests(text)
    return () if tests.negated else tests.some


def _listed(
    fact: GivenFact, kind: type, allowed: list[FeelValue], names: FreshNames, refusals: Refusals
) -> ListedValues:
    name = names.new(fact.path, "fact")
    written: list[FeelValue] = [value for value in fact.values if value is not NULL and type(value) is kind]
    others = None
    if kind is bool:
        allowed = [True, False]
    elif not allowed:
        allowed, others = written, "something_else"
        remark = Sentence("`{fact}` can be any text: those that no row names are `{others}`", fact=name, others=others)
        refusals.remark(remark)
    for value in allowed:
        check_kind(value, kind)
    values = [*dict.fromkeys(allowed), *([NULL] if fact.names_null else [])]
    if kind is bool and NULL not in values:
        return ListedValues(name, kind, {True: "yes", False: "no"})
    own = FreshNames([others] if others else [])
    return ListedValues(name, kind, {value: own.new(value_name(value), "value") for value in values}, others)


def written_facts(facts: Iterable[tuple[GivenFact, Possible]], language: str) -> Iterator[Mapping[str, Any]]:
    """The facts as a rulebook writes them."""
    for fact, domain in facts:
        if isinstance(domain, NumberLine):
            yield from _number(fact, domain, language)
        else:
            yield _choice(fact, domain, language)


def _number(fact: GivenFact, domain: NumberLine, language: str) -> Iterator[Mapping[str, Any]]:
    if domain.given:
        path = readable(fact.path)
        label, ask = phrase("given_label", language, fact=path), phrase("given_ask", language, fact=path)
        yield {"fact": domain.given, "kind": "yes_no", "label": label, "ask": ask}
    least = {"min": "-719162"} if domain.kind is date and domain.least is None else {}
    bounds = {**range_of(domain), **least}
    yield {
        "fact": domain.subject,
        "kind": "whole_number" if domain.kind is date else "number",
        **_texts(fact),
        **({"unit": phrase("days_since_1970", language)} if domain.kind is date else {}),
        **({"range": InlineMap(bounds)} if bounds else {}),
        **({"only_if": InlineMap({domain.given: "yes"})} if domain.given else {}),
    }


def _choice(fact: GivenFact, domain: ListedValues, language: str) -> Mapping[str, Any]:
    if set(domain.names.values()) == {"yes", "no"}:
        return {"fact": domain.subject, "kind": "yes_no", **_texts(fact)}
    labels = {name: value_label(value) for value, name in domain.names.items()}
    if domain.others:
        labels[domain.others] = phrase("something_else", language)
    return {"fact": domain.subject, "kind": "choice", **_texts(fact), "values": Inline(labels), "labels": labels}


def _texts(fact: GivenFact) -> Mapping[str, str]:
    path = readable(fact.path) or snake(fact.path) or "?"
    return {"label": path, "ask": as_question(path)}
