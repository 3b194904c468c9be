"""What is certain and what can come out -> the answer to every decision; and what is wrong with a row."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import NamedTuple

from ...language.rulebook import NOT_APPLICABLE, Decision
from ...language.vocabulary import Vocabulary
from ...meaning.diagram import DecisionDiagram
from ..row_answers import VALUE, has_values, value_text
from .fact_columns import FactColumns
from .kleene import NONE, UNKNOWN, Kleene
from .layers import (
    FALSE,
    NULL,
    Layers,
    SqlText,
    among,
    both,
    case,
    either,
    is_unknown,
    listed,
    negated,
    number,
    sql,
    text,
)
from .outcomes import reached
from .situations import Situation


class OutcomeReach(NamedTuple):
    """For each outcome, whether it is possible, and whether it is possible while the assumptions hold."""

    possible: Mapping[str, SqlText]
    as_assumed: Mapping[str, SqlText]


class Answers:
    """Adds the answers to the layers, over `codes`: the situation of every fact, and every contradiction, 1 or 0."""

    def __init__(
        self, diagram: DecisionDiagram, facts: FactColumns, codes: Mapping[Hashable, SqlText], layers: Layers
    ) -> None:
        self._diagram, self._facts, self._codes, self._layers = diagram, facts, codes, layers
        self._idle: dict[str, SqlText] = {}
        self._columns: dict[str, SqlText] = {}
        for fact in diagram.rulebook.vocabulary.domains:
            self._place(diagram.rulebook.vocabulary, fact)
        self._kleene = Kleene(diagram.rulebook, facts.situations, self._columns, layers)

    def _place(self, vocabulary: Vocabulary, fact: str) -> None:
        """The situation of a fact; for one that does not apply, that nothing is known."""
        fails = []
        for subject, accepts in vocabulary.applies_if[fact]:
            owner = vocabulary.fact_of[subject].fact
            fails.append(self._facts.situations[owner].fails(self._columns[owner], subject, accepts))
        self._idle[fact] = idle = self._layers.column(either(fails))
        unsaid = number(self._facts.situations[fact].unsaid)
        placed = case([(idle, unsaid)], self._codes[fact])
        self._columns[fact] = self._layers.column(placed)

    @property
    def error(self) -> SqlText:
        """The mistakes of a row, such as `examples: outside-range`, with `|` between them; empty if there are none.

        Contradictions are sought only if every fact can be read, and facts that do not apply only if there are none.
        """
        unread = {
            f"{fact}: {code}": among(self._codes[fact], [index])
            for fact, situations in self._facts.situations.items()
            for index, code in situations.mistakes.items()
        }
        beyond: dict[str, list[SqlText]] = {}
        for pair in self._facts.contradictions:  # one number may be beyond several others
            beyond.setdefault(f"{pair[0]}: contradiction", []).append(among(self._codes[pair], [1]))
        contradicting = {name: either(pairs) for name, pairs in beyond.items()}
        idle = {
            f"{fact}: not-applicable": both([self._idle[fact], situations.being(self._codes[fact], _is_stated)])
            for fact, situations in self._facts.situations.items()
        }
        stages = [
            {name: holds for name, holds in stage.items() if holds != FALSE} for stage in (unread, contradicting, idle)
        ]
        return case([(either(stage.values()), listed(stage)) for stage in stages], text(""))

    def of(self, decision: Decision) -> dict[str, SqlText]:
        """The columns of the answer to a decision."""
        advice = self._diagram.possible_advice[decision.decision]
        reach = OutcomeReach(
            *(
                reached(advice, self._facts.situations, self._columns, self._layers, as_assumed=as_assumed)
                for as_assumed in (False, True)
            )
        )
        status, outcome = self._judged(reach)
        return {
            "advice": case([(sql("{} <> {}", outcome, text(NOT_APPLICABLE)), outcome)]),
            "status": status,
            "possible": listed(reach.possible),
            "decided_by": listed(self._decided_by(decision, outcome)),
            "cautions": listed(self._cautions(decision, outcome)),
            **({VALUE: self._value(decision, outcome)} if has_values(decision) else {}),
        }

    def _value(self, decision: Decision, outcome: SqlText) -> SqlText:
        """The value of the advised option, NULL if it has none."""
        dialect = self._facts.dialect
        values = {name: value_text(decision, name) for name in decision.option_names}
        return case(
            [
                (sql("{} = {}", outcome, text(name)), SqlText(dialect.quoted(value)))
                for name, value in values.items()
                if value is not None
            ]
        )

    def _judged(self, reach: OutcomeReach) -> tuple[SqlText, SqlText]:
        """The status, and the outcome, which is NULL while the decision is open."""
        counts = [self._layers.column(_counted(outcomes)) for outcomes in reach]
        status = case(
            [(among(count, [1]), text(name)) for count, name in zip(counts, _STATUS, strict=True)], text("open")
        )
        status = self._layers.column(status)
        is_open = sql("{} = 'open'", status)
        ways = [(can, text(outcome)) for outcome, can in reach.as_assumed.items()]
        return status, self._layers.column(case([(is_open, NULL), *ways]))

    def _decided_by(self, decision: Decision, outcome: SqlText) -> dict[str, SqlText]:
        """Every policy and rule, and whether it decided; policies first."""
        name = decision.decision
        policies = self._policies(decision)
        is_decided = sql("{} IS NOT NULL", outcome)
        speaking: dict[str, list[SqlText]] = {}
        for option, bears in self._bearing(decision, outcome, policies).items():
            for rule in self._diagram.rulebook.proposing[name, option]:
                speaking.setdefault(rule, []).append(bears)
        rules = {
            rule: both([is_decided, _may(self._kleene.rules[rule]), either(speaking[rule])])
            for rule in sorted(speaking)
        }
        return {f"{name}.{policy}": both([is_decided, decides]) for policy, decides in policies.items()} | rules

    def _policies(self, decision: Decision) -> dict[str, SqlText]:
        """When each policy decides."""
        applies, first, second = self._kleene.remaining[decision.decision]
        is_open = either([is_unknown(applies), *(among(place, [UNKNOWN]) for place in (first, second))])
        policy = case(
            [
                *([(negated(applies), text("only_if"))] if decision.only_if else ()),
                (is_open, text("every_completion")),
                (among(first, [NONE]), text("if_none_stands")),
                (sql("{} > 0", second), text("if_several_stand")),
            ],
            text("none"),
        )
        column = self._layers.column(policy)
        return {name: sql("{} = {}", column, text(name)) for name in _POLICIES}

    def _bearing(self, decision: Decision, outcome: SqlText, policies: Mapping[str, SqlText]) -> dict[str, SqlText]:
        """Whether each option supports what came out: it is advised or, if several stand, stands; or it is a form of an
        option that is combined by one that does.
        """
        name, several = decision.decision, policies["if_several_stand"]
        bearing: dict[str, list[SqlText]] = {}
        for option in reversed(decision.parts_first):
            stands = self._kleene.stands[name, option]
            advised = both(
                [sql("{} = {}", outcome, text(option)), negated(policies["if_none_stands"]), negated(several)]
            )
            bears = either([both([several, _surely(stands)]), advised, *bearing.get(option, ())])
            bearing[option] = [column := self._layers.column(bears)]
            for form in (form for forms in decision.combining.get(option, ()) for form in forms):
                bearing.setdefault(form, []).append(both([column, _may(self._kleene.stands[name, form])]))
        return {option: bearing[option][0] for option in decision.option_names}

    def _cautions(self, decision: Decision, outcome: SqlText) -> dict[str, SqlText]:
        """Every rule that cautions about the decision, and whether its caution is told."""
        cautions: dict[str, SqlText] = {}
        for (name, rule), advised in self._diagram.rulebook.cautioning.items():
            if name == decision.decision:
                named = either(sql("{} = {}", outcome, text(option)) for option in sorted(advised.accepts))
                cautions[rule] = both([self._kleene.rules[rule], named])
        return cautions


_STATUS = ("settled", "provisional")
_POLICIES = ("only_if", "every_completion", "if_none_stands", "if_several_stand")


def _is_stated(situation: Situation) -> bool:
    return situation.stated


def _counted(truths: Mapping[str, SqlText]) -> SqlText:
    """How many of these hold."""
    return sql(" + ".join("CASE WHEN {} THEN 1 ELSE 0 END" for _ in truths), *truths.values())


def _surely(truth: SqlText) -> SqlText:
    return sql("COALESCE({}, FALSE)", truth)


def _may(truth: SqlText) -> SqlText:
    """Is it not false?"""
    return sql("COALESCE({}, TRUE)", truth)
