"""Which tables of a model can be taken over, and what each of their columns is about: a fact or another decision."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from whytune.engine.language.problems import Sentence, listing, short

from .entry_texts import value_in
from .feel import NULL, FeelValue, Unsayable, read_tests, read_values
from .hit_policies import COMPUTED, in_order, mixed, policy_problems, row_order
from .item_types import ItemTypes
from .known_names import KnownAs, may_be_name, required_as
from .model import (
    DecisionTable,
    InputClause,
    Invocation,
    ItemType,
    LiteralExpression,
    Model,
    ModelPart,
    ModelRow,
    ModelText,
    OtherLogic,
    OutputClause,
)
from .naming import value_label
from .refusals import Refusals, Spot, in_cell, in_table

MAX_ALIASES = 50
"""How long a chain of names may be in which each stands for the next."""

_PATH = re.compile(r"(?:\.[\w ]+)*")
_CALL = re.compile(r"([^()]+)\((.*)\)", re.DOTALL)


class FactAsked(NamedTuple):
    """A column about something that is given: the path that leads to it, and its type."""

    path: str
    item_type: ItemType


class DecisionAsked(NamedTuple):
    """A column about what another table decides: its name and which of its outputs."""

    decision: str
    output: int


@dataclass(frozen=True)
class WiredTable:
    """A table that can be taken over: the decision that it makes, what its columns ask, the values of its outputs."""

    part: ModelPart
    table: DecisionTable
    asked: tuple[FactAsked | DecisionAsked, ...]
    results: tuple[tuple[FeelValue, ...], ...]
    defaults: tuple[FeelValue | None, ...]
    options: tuple[tuple[FeelValue, ...], ...]
    order: tuple[int, ...]

    @property
    def title(self) -> str:
        return self.part.label or self.part.name

    @property
    def ranked(self) -> bool:
        """Does the order of its results say which of several counts?"""
        return self.table.hit_policy in ("PRIORITY", "COLLECT")


class TableLogic(NamedTuple):
    """A table as the logic of a decision, with what an invocation binds its names to."""

    part: ModelPart
    table: DecisionTable
    bindings: Mapping[str, ModelText]
    callee: str


class Results(NamedTuple):
    """The outputs of a table: their values in each row, their defaults, and those that they may have."""

    rows: Sequence[tuple[FeelValue, ...]]
    defaults: tuple[FeelValue | None, ...]
    listed: tuple[tuple[FeelValue, ...], ...]


@dataclass
class Wiring:
    """A model being examined."""

    model: Model
    refusals: Refusals

    def __post_init__(self) -> None:
        self.types = ItemTypes(self.model.types)

    def tables(self) -> Iterator[WiredTable]:
        """The tables that can be taken over, in the order of the model; the others are refused."""
        for part in self.model.doubled:
            cure = Sentence("give each input, decision and business knowledge model a name of its own")
            self._cannot(part, ModelText("", part.span), Unsayable(Sentence("its name is taken already"), cure))
        for elsewhere in self.model.elsewhere:
            spot = Spot(Sentence('decision "{decision}"', decision=elsewhere.part), elsewhere.span)
            cure = Sentence("put both into one file, or give what stands there as an input")
            what = Sentence("it rests on `{href}` in another file, which is not read", href=short(elsewhere.href))
            self.refusals.refuse(spot, Unsayable(what, cure))
        self._break_circles()
        decided = {name: results for name, results in self.decided.items() if results}
        for name, results in decided.items():
            yield self._wired(self.logic[name], results)

    def _break_circles(self) -> None:
        """Refuses decisions that rest on themselves; in a partial import they become facts, as all refused ones do."""
        while circle := self._circle():
            names = " -> ".join(circle)
            for name in dict.fromkeys(circle):
                what = Sentence("it rests on itself: {names}", names=names)
                unsayable = Unsayable(what, Sentence("let one of these decisions rest on inputs alone"))
                part = self.logic[name].part
                self._cannot(part, ModelText("", part.span), unsayable)
                self.decided[name] = None

    def _circle(self) -> Sequence[str]:
        """Some decisions of which each rests on the next, and the last on the first."""
        rests_on = {name: set(self._decisions_asked(self.logic[name])) for name in self.decided if self.decided[name]}
        try:
            TopologicalSorter(rests_on).prepare()
        except CycleError as error:
            circle: Sequence[str] = error.args[1][::-1]
            return circle
        return ()

    def _decisions_asked(self, logic: TableLogic) -> Iterator[str]:
        for clause in logic.table.inputs:
            with suppress(Unsayable):
                asked = self.meant(clause.expression.text, clause.type_name, logic)
                if isinstance(asked, DecisionAsked):
                    yield asked.decision

    @cached_property
    def logic(self) -> Mapping[str, TableLogic]:
        """The tables by the names of their decisions: their own, or those of the knowledge that they invoke."""
        logic = {name: table for name, part in self.model.decisions.items() if (table := self._logic_of(part))}
        invoked = {table.callee for table in logic.values()}
        for name, part in self.model.knowledge.items():
            if name not in invoked and name not in logic and isinstance(part.logic, DecisionTable):
                logic[name] = TableLogic(part, part.logic, {}, "")
        return logic

    @cached_property
    def decided(self) -> dict[str, Results | None]:
        """The results of each table; None if a rulebook cannot express them."""
        return {name: self._results(table) for name, table in self.logic.items()}

    def _logic_of(self, part: ModelPart) -> TableLogic | None:
        match part.logic:
            case DecisionTable() as table:
                return TableLogic(part, table, {}, "")
            case LiteralExpression(entry) if self._call(entry) or self._stands_for(entry.text):
                call = self._call(entry)
                return self._invoked(part, call) if call else None
            case LiteralExpression(entry) if _is_value(entry):
                return TableLogic(part, _constant(entry, part), {}, "")
            case LiteralExpression(entry):
                what = Sentence("its value is computed, not looked up in a table")
                self._cannot(part, entry, Unsayable(what, COMPUTED))
            case Invocation() as call:
                return self._invoked(part, call)
            case OtherLogic(kind, span):
                what = Sentence("its logic is of the kind `{kind}`, not a table", kind=kind)
                self._cannot(part, ModelText("", span), Unsayable(what, COMPUTED))
            case None:
                remark = Sentence('decision "{decision}" has no logic and is taken as a fact', decision=part.name)
                self.refusals.remark(remark)
        return None

    def _cannot(self, part: ModelPart, entry: ModelText, unsayable: Unsayable) -> None:
        spot = Spot(Sentence('decision "{decision}"', decision=part.name), entry.span)
        self.refusals.refuse(spot, unsayable)

    def _call(self, entry: ModelText) -> Invocation | None:
        """The invocation that an expression is, `Score(Age, Income)`, of knowledge that is a table."""
        match = _CALL.fullmatch(entry.text.strip())
        callee = self.model.knowledge.get(" ".join(match[1].split())) if match else None
        if match is None or callee is None:
            return None
        arguments = [text.strip() for text in match[2].split(",")]
        named = (argument.partition(":")[::2] for argument in arguments if ":" in argument)
        bindings = {name.strip(): ModelText(text.strip(), entry.span) for name, text in named} or {
            name: ModelText(text, entry.span) for name, text in zip(callee.parameters, arguments, strict=False)
        }
        return Invocation(callee.name, bindings)

    def _invoked(self, part: ModelPart, call: Invocation) -> TableLogic | None:
        callee = self.model.knowledge.get(call.callee)
        if callee and isinstance(callee.logic, DecisionTable):
            return TableLogic(part, callee.logic, call.bindings, call.callee)
        what = Sentence("it invokes `{name}`, which is not a table", name=call.callee)
        self._cannot(part, ModelText("", part.span), Unsayable(what, COMPUTED))
        return None

    def _results(self, logic: TableLogic) -> Results | None:
        """The values of the outputs, row by row; None, with refusals, if a rulebook cannot have them."""
        table, spot = logic.table, Spot(in_table(logic.part.name), logic.table.span)
        if uneven := next((row for row in table.rows if not row.is_below(table)), None):
            place = next((entry.span for entry in (*uneven.asks, *uneven.results)), table.span)
            what = Sentence("a row with more or fewer entries than the table has columns")
            self.refusals.refuse(Spot(spot.words, place), Unsayable(what, Sentence("mend the row in your modeler")))
            return None
        listed = tuple(self._listed(logic, clause) for clause in table.outputs)
        problems = [*policy_problems(table, listed)]
        for problem in problems:
            self.refusals.refuse(spot, problem)
        rows = [tuple(self._row_values(logic, number)) for number in range(len(table.rows))]
        values = [tuple(value for value in row if value is not None) for row in rows]
        if problems or values != rows:
            return None
        if any(mixed(column, table) for column in zip(*values, strict=True)):
            cure = Sentence("write results of one type in each column")
            self.refusals.refuse(spot, Unsayable(Sentence("its results are of several types"), cure))
            return None
        return Results(values, tuple(self._default(logic, clause) for clause in table.outputs), listed)

    def _row_values(self, logic: TableLogic, number: int) -> Iterator[FeelValue | None]:
        """The results of a row; None, with a refusal, for each that is not a value."""
        for index, entry in enumerate(logic.table.rows[number].results):
            spot = Spot(in_cell(logic.part.name, number + 1, output_name(logic, index)), entry.span)
            try:
                value = value_in(entry)
            except Unsayable as unsayable:
                self.refusals.refuse(spot, _no_value(entry, unsayable))
                yield None
            else:
                self._check_allowed(value, logic, logic.table.outputs[index], spot)
                yield value

    def _check_allowed(self, value: FeelValue, logic: TableLogic, clause: OutputClause, spot: Spot) -> None:
        """Refuses a result that its output may not have; in a partial import it is taken over anyway."""
        with suppress(Unsayable):
            if value is not NULL and not read_tests(self._allowed(logic, clause)).holds(value):
                cure = Sentence("list it among the allowed values of the output, or write one of these")
                what = Sentence("`{value}` is not among the allowed values", value=value_label(value))
                self.refusals.refuse(spot, Unsayable(what, cure))

    def _default(self, logic: TableLogic, clause: OutputClause) -> FeelValue | None:
        """The default of an output; None if there is none, or it is null."""
        if clause.default is None or not clause.default.text:
            return None
        spot = Spot(in_table(logic.part.name), clause.default.span)
        try:
            value = value_in(clause.default)
        except Unsayable as unsayable:
            self.refusals.refuse(spot, _no_value(clause.default, unsayable))
            return None
        self._check_allowed(value, logic, clause, spot)
        return None if value is NULL else value

    def _listed(self, logic: TableLogic, clause: OutputClause) -> tuple[FeelValue, ...]:
        """The values that an output may have, in order; () if the model does not list them."""
        try:
            return read_values(self._allowed(logic, clause))
        except Unsayable:
            return ()

    def _allowed(self, logic: TableLogic, clause: OutputClause) -> str:
        """What an output may be according to the model: by its column, or else by its type."""
        single = len(logic.table.outputs) == 1
        described = self.types.of(logic.part.type_name, "" if single else clause.name, clause.type_name)
        return clause.allowed or self.types.named(clause.type_name).allowed or described.allowed

    def _wired(self, logic: TableLogic, results: Results) -> WiredTable:
        table = logic.table
        columns = zip(results.listed, zip(*results.rows, strict=True), results.defaults, strict=True)
        options = tuple(
            tuple(dict.fromkeys((*in_order(allowed, values, table), *([] if default is None else [default]))))
            for allowed, values, default in columns
        )
        order = tuple(row_order(results.rows, results.listed, table))
        asked = tuple(self._asked(logic, clause) for clause in table.inputs)
        return WiredTable(logic.part, table, asked, tuple(results.rows), results.defaults, options, order)

    def _asked(self, logic: TableLogic, clause: InputClause) -> FactAsked | DecisionAsked:
        """What a column is about; what is computed is refused or, in a partial import, becomes a fact of its own."""
        try:
            return self.meant(clause.expression.text, clause.type_name, logic)
        except Unsayable as unsayable:
            column = clause.label or clause.expression.text or "?"
            words = Sentence('table "{table}", "{column}"', table=logic.part.name, column=column)
            self.refusals.refuse(Spot(words, clause.expression.span), unsayable)
            return FactAsked(clause.expression.text or column, self.types.named(clause.type_name))

    def meant(self, text: str, type_name: str, logic: TableLogic, steps: int = 0) -> FactAsked | DecisionAsked:
        """What an expression names, through the bindings of an invocation; raises Unsayable if it is computed."""
        text = " ".join(text.split())
        if steps > MAX_ALIASES:
            raise Unsayable(Sentence("it stands for itself"), COMPUTED)
        head, path = self._divided(text, (*logic.bindings, *logic.part.parameters))
        if head in logic.bindings:
            inner = TableLogic(self.model.decisions.get(logic.part.name, logic.part), logic.table, {}, "")
            return self.meant(logic.bindings[head].text + path, type_name, inner, steps + 1)
        if head in self.model.decisions:
            return self._decided_by(self.model.decisions[head], path, type_name, logic, steps)
        if head in self.model.inputs:
            return FactAsked(text, self.types.of(self.model.inputs[head].type_name, path, type_name))
        if head in logic.part.parameters:
            return FactAsked(text, self.types.of(logic.part.parameters[head], path, type_name))
        if (asked := self._required_by(logic.part, text)) is not None:
            return self._decided_by(asked.part, asked.path, type_name, logic, steps)
        if may_be_name(text):
            return FactAsked(text, self.types.named(type_name))
        if not text:
            raise Unsayable(Sentence("it asks about nothing"), Sentence("write in its head which input it asks about"))
        raise Unsayable(Sentence("`{text}` is computed", text=text[:60]), COMPUTED)

    def _required_by(self, part: ModelPart, text: str) -> KnownAs | None:
        """The decision that a part requires and that an expression names otherwise than the model does."""
        required = (one for one in self.model.decisions.values() if one.id in part.requires)
        outputs = ((one, self.logic[one.name].table.outputs if one.name in self.logic else ()) for one in required)
        return required_as(text, outputs)

    def _decided_by(
        self, part: ModelPart, path: str, type_name: str, logic: TableLogic, steps: int
    ) -> FactAsked | DecisionAsked:
        if isinstance(part.logic, LiteralExpression) and self._stands_for(part.logic.entry.text):
            own = TableLogic(part, logic.table, {}, "")
            return self.meant(part.logic.entry.text + path, type_name, own, steps + 1)
        if self.decided.get(part.name):
            outputs = self.logic[part.name].table.outputs
            names = [clause.name for clause in outputs]
            if len(outputs) == 1:
                return DecisionAsked(part.name, 0)
            if path[1:] in names:
                return DecisionAsked(part.name, names.index(path[1:]))
            what = Sentence("`{name}` has the outputs {outputs}", name=part.name, outputs=listing(names))
            raise Unsayable(what, Sentence("ask for one of them, each in a column of its own"))
        return FactAsked(f"{part.name}{path}", self.types.of(part.type_name, path, type_name))

    def _stands_for(self, text: str) -> bool:
        """Does an expression only name an input or a decision?"""
        head, _ = self._divided(" ".join(text.split()), ())
        return head in self.model.decisions or head in self.model.inputs

    def _divided(self, text: str, more: tuple[str, ...]) -> tuple[str, str]:
        """The longest name that the text begins with, and the path after it; "" if it is not a name."""
        names = (*more, *self.model.decisions, *self.model.inputs)
        fitting = [name for name in names if text.startswith(name) and _PATH.fullmatch(text, len(name))]
        head = max(fitting, key=len, default="")
        return head, text[len(head) :]


def output_name(logic: TableLogic, index: int) -> str:
    """The name of a column of results."""
    clause = logic.table.outputs[index]
    return clause.label or clause.name or logic.part.name


def _is_value(entry: ModelText) -> bool:
    """Is an expression a value, which needs no computing?"""
    try:
        return value_in(entry) is not NULL
    except Unsayable:
        return False


def _constant(entry: ModelText, part: ModelPart) -> DecisionTable:
    """A table that always comes to this value."""
    output = OutputClause("", "", part.type_name, "", None)
    return DecisionTable("UNIQUE", "", (), (output,), (ModelRow((), (entry,), ()),), entry.span)


def _no_value(entry: ModelText, unsayable: Unsayable) -> Unsayable:
    """The message about a result that is not a value."""
    if entry.language:
        return unsayable
    if entry.text in ("", "-"):
        return Unsayable(Sentence("a result is missing here"), Sentence("write a value, or `null`"))
    if re.fullmatch(r"\w[\w ]*", entry.text):
        what = Sentence("its result `{text}` is no value", text=entry.text[:40])
        return Unsayable(what, Sentence("put a text in double quotes; give what is computed as a fact"))
    return Unsayable(Sentence("its result `{text}` is computed", text=entry.text[:40]), COMPUTED)
