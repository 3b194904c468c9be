"""The tables of a model -> decisions and tables of a rulebook, and the facts that their rows ask about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from whytune.engine.language.problems import Sentence
from whytune.engine.language.rulebook import REFER
from whytune.engine.words.catalogue import phrase

from ..fresh_names import FreshNames, as_question, readable
from ..yaml_text import Inline, InlineMap
from .domains import ListedValues, Possible
from .entry_texts import tests_in
from .feel import NULL, Tests, Unsayable
from .given_facts import GivenFact, domain_of
from .model import InputClause, ItemType, ModelText
from .naming import value_label, value_name
from .refusals import Refusals, Spot, in_cell
from .wiring import DecisionAsked, FactAsked, WiredTable

YES_NO = ItemType("boolean", "boolean", "", False, {})


@dataclass
class RulebookTables:
    """Wired tables, being rewritten as tables of a rulebook."""

    tables: tuple[WiredTable, ...]
    refusals: Refusals
    language: str
    names: FreshNames = field(default_factory=FreshNames)
    facts: dict[str, GivenFact] = field(default_factory=dict)
    domains: dict[str, Possible] = field(default_factory=dict)
    outcomes: dict[tuple[str, int], ListedValues] = field(default_factory=dict)
    no_domain: dict[str, Unsayable] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for table in self.tables:
            self._name_outcomes(table)
        for table in self.tables:
            self._gather(table)
        for path, fact in list(self.facts.items()):
            self._settle(path, fact)

    def _name_outcomes(self, table: WiredTable) -> None:
        for index, values in enumerate(table.options):
            clause = table.table.outputs[index]
            text = table.part.name if len(table.options) == 1 else f"{table.part.name} {clause.name or index + 1}"
            own = FreshNames()
            named = {value: own.new(value_name(value), "option") for value in values}
            kind = next((type(value) for value in values if value is not NULL), str)
            self.outcomes[table.part.name, index] = ListedValues(self.names.new(text, "decision"), kind, named)

    def _gather(self, table: WiredTable) -> None:
        """Notes what the entries of each column ask about its fact."""
        for index, asked in enumerate(table.asked):
            if not isinstance(asked, FactAsked):
                continue
            clause = table.table.inputs[index]
            read = (_readable_tests(row.asks[index], clause) for row in table.table.rows)
            fact = self.facts.setdefault(asked.path, GivenFact(asked.path, asked.item_type))
            fact.clauses.append(clause)
            fact.asked += [tests for tests in read if tests is not None]

    def _settle(self, path: str, fact: GivenFact) -> None:
        try:
            self.domains[path] = domain_of(fact, self.names, self.refusals)
        except Unsayable as unsayable:
            self.no_domain[path] = unsayable
            del self.facts[path]

    def decisions(self) -> Iterator[Mapping[str, Any]]:
        """The decisions as a rulebook writes them: one for each output."""
        for table in self.tables:
            for index, values in enumerate(table.options):
                outcome = self.outcomes[table.part.name, index]
                names = [outcome.names[value] for value in values]
                default = table.defaults[index]
                ranked = table.ranked and len(table.options) == 1 and len(names) > 1
                none = {"advise": REFER if default is None else outcome.names[default]}
                several = {"prefer": Inline(names)} if ranked else {"advise": REFER}
                yield {
                    "decision": outcome.subject,
                    "ask": _question(table, index),
                    "options": [
                        {"option": name, "label": value_label(value)} for value, name in zip(values, names, strict=True)
                    ],
                    "if_none_stands": {**none, **self._why(table, "no_row_fits" if default is None else "the_default")},
                    "if_several_stand": {**several, **self._why(table, "several_rows_fit")},
                }

    def written(self) -> Iterator[Mapping[str, Any]]:
        """The tables as a rulebook writes them."""
        for table in self.tables:
            outcomes = [self.outcomes[table.part.name, index] for index in range(len(table.options))]
            columns, rows = self._grid(table)
            single = len(outcomes) == 1
            explained = any(row.annotations for row in table.table.rows)
            effects = ["propose"] if single else [f"propose.{outcome.subject}" for outcome in outcomes]
            yield {
                "table": self._table_name(table, outcomes),
                "title": readable(table.title) or outcomes[0].subject,
                **({"decision": outcomes[0].subject} if single else {}),
                "hit": _hit(table),
                "because": readable(table.part.description) or phrase("table_says_so", self.language),
                "source": self._source(table),
                "columns": Inline([*columns, *effects, *(["because"] if explained else [])]),
                "rows": [
                    Inline([*rows[number], *self._results(table, number), *_because(table, number, explained)])
                    for number in table.order
                ],
            }

    def _why(self, table: WiredTable, key: str) -> Mapping[str, Any]:
        """The reason for a policy of a decision: the hit policy of its table."""
        because = phrase(key, self.language, policy=f"{table.table.hit_policy} {table.table.aggregation}".strip())
        return {"because": because, "source": self._source(table)}

    def _source(self, table: WiredTable) -> InlineMap:
        place = phrase("in_decision_table", self.language, table=readable(table.part.name))
        return InlineMap(document="model", place=place)

    def _table_name(self, table: WiredTable, outcomes: list[ListedValues]) -> str:
        """The name of a table: that of the decision that it makes or, if it makes several, its own in the model."""
        names = [outcome.subject for outcome in outcomes]
        name = names[0] if len(names) == 1 else self.names.new(table.part.name, "table")
        bands = {f"{name}_{domain.subject}" for domain in self.domains.values()}
        return self.names.new(f"{name} rows", "rows") if bands & self.names.taken else name

    def _results(self, table: WiredTable, number: int) -> Iterator[str]:
        for index, value in enumerate(table.results[number]):
            yield self.outcomes[table.part.name, index].names[value]

    def _grid(self, table: WiredTable) -> tuple[list[str], list[list[str]]]:
        """The columns of conditions, and the cells of each row."""
        cells: list[dict[str, str]] = []
        columns: dict[str, None] = {}
        for number, row in enumerate(table.table.rows, 1):
            asks = dict(self._cells(table, number, row.asks))
            cells.append(asks)
            columns |= dict.fromkeys(asks)
        return list(columns), [[asks.get(column, "-") for column in columns] for asks in cells]

    def _cells(self, table: WiredTable, number: int, entries: tuple[ModelText, ...]) -> Iterator[tuple[str, str]]:
        """The conditions of one row: subjects, and what is asked about each."""
        subjects: set[str] = set()
        for index, entry in enumerate(entries):
            try:
                asks = self._asks(table.asked[index], tests_in(entry, table.table.inputs[index].expression.text))
                if repeated := subjects & {subject for subject, _ in asks}:
                    what = Sentence("two columns ask about `{name}`", name=min(repeated))
                    raise Unsayable(what, Sentence("put both conditions into one column"))
            except Unsayable as unsayable:
                clause = table.table.inputs[index]
                column = clause.label or clause.expression.text
                self.refusals.refuse(Spot(in_cell(table.part.name, number, column), entry.span), unsayable)
                asks = [(self._fact_for(f"{clause.expression.text or column} {entry.text}"), "yes")]
            subjects |= {subject for subject, _ in asks}
            yield from asks

    def _asks(self, asked: FactAsked | DecisionAsked, tests: Tests) -> list[tuple[str, str]]:
        """What these tests ask, by subject; raises Unsayable."""
        if not tests.some:
            return []
        if isinstance(asked, DecisionAsked):
            outcome = self.outcomes[asked.decision, asked.output]
            names = {NULL: REFER, **outcome.names}
            return [(outcome.subject, ListedValues("", outcome.kind, names).cell(tests))]
        if asked.path in self.no_domain:
            raise self.no_domain[asked.path]
        domain = self.domains[asked.path]
        given = None if isinstance(domain, ListedValues) else domain.given
        if given and tests.some == Tests.of(NULL).some:
            return [(given, "yes" if tests.negated else "no")]
        if given and tests.negated:
            raise Unsayable(
                Sentence("it also holds for null"), Sentence("say for null what holds, in a row of its own")
            )
        cell = domain.cell(tests)
        return [(domain.subject, cell)] if cell != "-" or not given else [(given, "yes")]

    def _fact_for(self, text: str) -> str:
        """The yes/no fact that stands for an entry that a rulebook cannot express."""
        text = " ".join(text.split())
        if text not in self.facts:
            self.facts[text] = GivenFact(text, YES_NO, [], [])
            self.domains[text] = domain_of(self.facts[text], self.names, self.refusals)
        return self.domains[text].subject


def _readable_tests(entry: ModelText, clause: InputClause) -> Tests | None:
    try:
        return tests_in(entry, clause.expression.text)
    except Unsayable:
        return None


def _question(table: WiredTable, index: int) -> str:
    question = readable(table.part.question)
    if question and len(table.options) == 1:
        return question
    clause = table.table.outputs[index]
    more = "" if len(table.options) == 1 else f": {readable(clause.label or clause.name)}"
    return as_question(f"{readable(table.title)}{more}")


def _hit(table: WiredTable) -> str:
    if table.table.hit_policy in ("UNIQUE", "ANY"):
        return "one"
    return "any" if table.ranked and len(table.options) == 1 else "first"


def _because(table: WiredTable, number: int, explained: bool) -> list[str]:
    text = readable("; ".join(table.table.rows[number].annotations))
    return [text or "-"] if explained else []
