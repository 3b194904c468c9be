"""A row of facts -> its answer as columns, or what is wrong with it; rows of the same kind are answered once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from ..advice.advisor import Advisor
from ..advice.alike import AnsweredKinds
from ..advice.recommendation import DecisionOutcome, Recommendation
from ..language import source
from ..language.case import CaseFacts, from_python, resolve, unknown_fact
from ..language.problems import Problem, Sentence, Span, WhytuneError, did_you_mean, listing, short
from ..language.rulebook import REFER, Decision
from ..language.value import UNKNOWN
from ..words.catalogue import phrase, translated

ColumnValue = str | tuple[str, ...] | None
"""An answer in one column: a name, several names, or none."""

ANSWERS = ("advice", "status", "possible", "decided_by", "rests_on", "next_question", "cautions")
"""The columns of answers for each decision; `advice` is `refer` if a person is to decide, None while it is open."""

VALUE = "value"
"""The column for the value of the advised option, if the options of a decision have values."""

LISTED = frozenset({"possible", "decided_by", "rests_on", "cautions"})
"""The columns that hold several names."""

RECORD = "record"
"""The column for the id of the record that keeps an answer in a ledger, if it is kept."""

ERROR = "error"
"""The column that says what is wrong with a row; all others are then empty."""


class RowAnswer(NamedTuple):
    """The answer to one row, by column; or the problems that left it without one."""

    columns: Mapping[str, ColumnValue]
    problems: tuple[Problem, ...] = ()


class Bulk:
    """Answers rows of facts by one advisor. A column gives the fact of its name, or the one that `facts` maps it to.

    Without `assume`, a fact that a row does not give is unknown, whatever the rulebook assumes. `prefix` comes before
    the name of each column of answers. If answers are `recorded`, a column has the ids of the records. Raises
    WhytuneError: unknown-fact, contradiction.
    """

    def __init__(
        self,
        advisor: Advisor,
        facts: Mapping[str, str] | None = None,
        *,
        assume: bool = True,
        prefix: str = "",
        recorded: bool = False,
    ) -> None:
        self.advisor = advisor
        self.vocabulary = advisor.rulebook.vocabulary
        self.named = dict(facts or {})
        self._facts: dict[str, str | None] = {}
        self._check_named()
        self.assumes = assume
        self._unknown = {} if assume else {fact.fact: UNKNOWN for fact in self.vocabulary.facts}
        decisions = advisor.rulebook.decision_order
        self.answer_columns = {
            (name, answer): f"{prefix}{answer}" if len(decisions) == 1 else f"{prefix}{name}.{answer}"
            for name in decisions
            for answer in (*ANSWERS, *([VALUE] if has_values(advisor.rulebook.decision[name]) else []))
        }
        self.record = f"{prefix}{RECORD}" if recorded else None
        self.error = f"{prefix}{ERROR}"
        self._alike = AnsweredKinds(self.vocabulary, self._resolved, self._advise, _refused)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of an answer, in order; the last says what is wrong with a row."""
        return (*self.answer_columns.values(), *([self.record] if self.record else ()), self.error)

    @property
    def identity(self) -> str:
        """The rulebook that answers, in one line; the digest is that of all its rules."""
        rulebook, day = self.advisor.identity, self.advisor.as_of
        holding = f", the rules of {day}" if day else ""
        return f"{rulebook.name} {rulebook.version}{holding}, sha-256 {rulebook.digest}"

    @property
    def kinds(self) -> int:
        """How many different kinds of rows have been advised on."""
        return self._alike.kinds

    def fact_of(self, column: str) -> str | None:
        """The fact that a column gives; None for a column that is only passed on."""
        if column not in self._facts:
            self._facts[column] = self.named.get(column) or (column if column in self.vocabulary.by_name else None)
        return self._facts[column]

    @property
    def taken(self) -> dict[str, str]:
        """The columns met so far that give a fact, each with that fact."""
        return {column: fact for column, fact in self._facts.items() if fact is not None}

    @property
    def passed_on(self) -> tuple[str, ...]:
        """The columns met so far that give no fact."""
        return tuple(column for column, fact in self._facts.items() if fact is None)

    @property
    def absent(self) -> tuple[str, ...]:
        """The columns that are said to give a fact, and have not been met."""
        return tuple(column for column in self.named if column not in self._facts)

    def check_columns(self, columns: Iterable[str]) -> None:
        """Looks at the columns of a table before its rows are read.

        Raises WhytuneError: unknown-fact if none of them gives a fact; contradiction if two give the same one, or one
        has the name of a column of answers.
        """
        names = list(columns)
        given = [fact for column in names if (fact := self.fact_of(column)) is not None]
        if not given:
            hint = did_you_mean(names[0], self.vocabulary.by_name) if len(names) == 1 else None
            problem = no_facts(names)
            raise WhytuneError([problem._replace(hint=hint or problem.hint)])
        for fact in given:
            if given.count(fact) > 1:
                message = Sentence("`{fact}` is given by several columns", fact=fact)
                raise WhytuneError([Problem("contradiction", message, None, Sentence("keep one of them"))])
        self.check_apart(names)

    def check_apart(self, names: Collection[str]) -> None:
        """Raises WhytuneError: contradiction, if one of these columns has the name of a column of answers."""
        for taken in self.columns:
            if taken in names:
                message = Sentence("`{column}` is a column of the table and of the answers", column=short(taken))
                hint = Sentence("put something before the answers: --prefix whytune_")
                raise WhytuneError([Problem("contradiction", message, None, hint)])

    def idle(self, columns: Iterable[str]) -> dict[str, Sentence | None]:
        """The columns that give no fact, each with the fact that may have been meant."""
        return {
            column: did_you_mean(str(column), self.vocabulary.by_name)
            for column in columns
            if self.fact_of(column) is None
        }

    def answer(self, row: Mapping[str, Any]) -> RowAnswer:
        """The answer to one row; a blank value, or None, leaves its fact out."""
        return self._alike.answer(self.given(row))

    def given(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The facts that a row gives."""
        return {
            fact: value
            for column, value in row.items()
            if (fact := self.fact_of(column)) is not None and not _is_blank(value)
        }

    def written(self, given: Mapping[str, Any]) -> source.Map:
        """These facts as a case has them, with those that are not given as unknown where nothing is assumed."""
        left_out = {
            name: value
            for name, value in self._unknown.items()
            if name not in given and name.partition(".")[0] not in given  # the member of a fact that takes several
        }
        return from_python({**left_out, **given})

    def recommendation(self, row: Mapping[str, Any]) -> Recommendation:
        """The recommendation for a row that has an answer, with its own values."""
        return self.advisor.recommend(self._resolved(self.given(row)))

    def columns_in(self, answer: RowAnswer, language: str, record: str | None = None) -> dict[str, ColumnValue]:
        """All columns of an answer, with what is wrong in this language, and the id of its record."""
        sentences = [part for problem in answer.problems for part in (problem.message, problem.hint) if part]
        wrong = phrase("semicolon", language).join(translated(sentence, language) for sentence in sentences)
        kept = {self.record: record} if self.record else {}
        return {**dict.fromkeys(self.columns), **answer.columns, **kept, self.error: wrong or None}

    def _resolved(self, given: Mapping[str, Any]) -> CaseFacts:
        """Raises WhytuneError with every mistake."""
        return resolve(self.vocabulary, self.written(given))

    def _advise(self, facts: CaseFacts) -> RowAnswer:
        answer = self.advisor.recommend(facts)
        decision = self.advisor.rulebook.decision
        columns = {name: _columns_of(outcome, decision[name]) for name, outcome in answer.decisions.items()}
        return RowAnswer({column: columns[name][part] for (name, part), column in self.answer_columns.items()})

    def _check_named(self) -> None:
        for fact in self.named.values():
            if fact not in self.vocabulary.by_name:
                unknown = unknown_fact(self.vocabulary, fact)
                raise WhytuneError([Problem(unknown.code, unknown.message, Span("--map"), unknown.hint)])


def _refused(error: WhytuneError) -> RowAnswer:
    return RowAnswer({}, error.problems)


def has_values(decision: Decision) -> bool:
    """Does one of its options have a value, so that there is a column for it?"""
    return any(option.value is not None for option in decision.options)


def value_text(decision: Decision, outcome: str | None) -> str | None:
    """The value of this option as a table has it; None if it has none."""
    value = next((option.value for option in decision.options if option.option == outcome), None)
    return f"{value:f}" if isinstance(value, Decimal) else value


def _columns_of(outcome: DecisionOutcome, decision: Decision) -> dict[str, ColumnValue]:
    return {
        "advice": REFER if outcome.referred else outcome.advice,
        "status": outcome.status,
        "possible": outcome.possible,
        "decided_by": outcome.decided_by,
        "rests_on": outcome.rests_on,
        "next_question": outcome.next_question,
        "cautions": outcome.cautions,
        VALUE: value_text(decision, outcome.advice),
    }


def _is_blank(value: Any) -> bool:
    """Is nothing given here: None, an empty text, or the number that other libraries write for a missing one?"""
    return value is None or (isinstance(value, str) and not value.strip()) or value != value


def no_facts(columns: Iterable[str]) -> Problem:
    """The problem of a table of which no column gives a fact."""
    message = Sentence("no column is a fact: {columns}", columns=listing(map(str, columns)))
    hint = Sentence("name the columns as facts (`whytune facts` lists them), or say which is which: --map column=fact")
    return Problem("unknown-fact", message, None, hint)
