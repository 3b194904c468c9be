"""What to ask next: the first question that can change the outcome, why, and what each answer leads to."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from ...language.brief import brief
from ...language.case import CaseFacts
from ...language.intervals import Interval, PartlyKnown, joined_intervals
from ...language.value import UNKNOWN, Value, json_value, limit_text, read_value
from ...language.vocabulary import Fact
from ...meaning.diagram import Function
from ...meaning.regions import cells_json
from ..advisor import Advisor


class Answer(NamedTuple):
    """Cells of a fact that lead to the same outcomes.

    For a fact known in part, `narrowed` is what is then known about it; None if no case can say that in one text.
    """

    cells: tuple[str | Interval, ...]
    outcomes: tuple[str, ...]
    narrowed: Value | None = None

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        narrowed = json_value(self.narrowed)
        return {"answers": cells_json(self.cells), "outcomes": list(self.outcomes), "narrowed": narrowed}


class NextQuestion(NamedTuple):
    """The fact to ask for (None: nothing can change the outcome), the rules that wait for it, what answers lead to.

    `confirms` is true if the answer is assumed so far. `remaining` is the most questions that may still come. `idle`
    holds the facts, neither given nor asked for, that can no longer matter. `so_far` is what is known about a fact
    known in part: the question narrows it. `to_find_out` holds the facts that nobody could tell, though they can still
    change the outcome: they are asked no more.
    """

    decision: str
    fact: str | None
    confirms: bool
    waiting: tuple[str, ...]
    answers: tuple[Answer, ...]
    remaining: int
    idle: tuple[str, ...]
    so_far: PartlyKnown | None = None
    to_find_out: tuple[str, ...] = ()

    @property
    def asks_whether(self) -> Answer | None:
        """The answer to ask for as a yes-or-no question; None unless there are exactly two, with no more to say."""
        is_enough = self.so_far and len(self.answers) == 2 and all(one.narrowed is not None for one in self.answers)
        return self.answers[-1] if is_enough else None

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {
            "decision": self.decision,
            "fact": self.fact,
            "confirms": self.confirms,
            "waiting": list(self.waiting),
            "answers": [answer.to_dict() for answer in self.answers],
            "remaining": self.remaining,
            "idle": list(self.idle),
            "so_far": json_value(self.so_far),
            "to_find_out": list(self.to_find_out),
        }


def next_question(
    advisor: Advisor, facts: CaseFacts, decision: str, unanswerable: Collection[str] = ()
) -> NextQuestion:
    """The next question: an unknown fact while the decision is open, then the assumptions that could still change it.

    Facts that are `unanswerable`, or said to be unknown, are not asked.
    """
    advisor.begin()
    unanswerable = unanswered(facts).union(unanswerable)
    advice = advisor.exact.advice[decision]
    outlook = advisor.exact.outlook(decision, facts.given_places, facts.places)
    urgent = advisor.exact.within(advice, facts.places).facts
    left = [name for name in outlook.matters if name not in unanswerable]
    to_find_out = tuple(name for name in outlook.matters if name in unanswerable)
    fact = next((name for name in left if name in urgent), next(iter(left), None))
    idle = tuple(
        fact.fact
        for fact in facts.vocabulary.facts
        if facts.states[fact.fact].state != "given" and fact.fact not in outlook.matters and not fact.used_for
    )
    if fact is None:
        return NextQuestion(decision, None, False, (), (), 0, idle, None, to_find_out)
    confirms = facts.states[fact].state == "assumed"
    value = facts.states[fact].value
    so_far = value if isinstance(value, PartlyKnown) and not confirms else None
    answers = _answers(advisor, facts, decision, fact)
    remaining = len(left)  # where nothing asks in question order, every fact that matters may be asked
    if advisor.exact.ground.asks_in_question_order:
        remaining = _depth(advisor.exact.within(advice, facts.given_places), frozenset(unanswerable))
    if so_far:
        declared = facts.vocabulary.by_name[fact]
        answers = tuple(one._replace(narrowed=_narrowed(declared, so_far, one.cells)) for one in answers)
    waiting = _waiting(advisor, facts, decision, fact)
    return NextQuestion(decision, fact, confirms, waiting, answers, remaining, idle, so_far, to_find_out)


def unanswered(facts: CaseFacts) -> frozenset[str]:
    """The facts that were said to be unknown."""
    return frozenset(name for name, value in facts.stated.items() if value == UNKNOWN)


def _narrowed(fact: Fact, so_far: PartlyKnown, cells: Collection[str | Interval]) -> Value | None:
    """What is known about the fact if it is also in these cells; None if that is several stretches of a number line."""
    if not fact.is_number:
        return read_value(fact, "|".join(value for value in fact.values if value in cells and so_far.holds(value)))
    stretches = joined_intervals(
        known.common(cell)
        for known in so_far.intervals
        for cell in cells
        if isinstance(cell, Interval) and known.meets(cell)
    )
    return read_value(fact, limit_text(fact, stretches[0])) if len(stretches) == 1 else None


def _waiting(advisor: Advisor, facts: CaseFacts, decision: str, fact: str) -> tuple[str, ...]:
    """The rules behind the decision whose state can still depend on the fact, given what is known."""
    rules = advisor.exact.rules
    behind = sorted(name for kind, name in advisor.rulebook.behind[decision] if kind == "rule")
    return tuple(rule for rule in behind if advisor.exact.within(rules[rule], facts.given_places).depends_on(fact))


def _answers(advisor: Advisor, facts: CaseFacts, decision: str, fact: str) -> tuple[Answer, ...]:
    advice = advisor.exact.possible_advice[decision]
    domain = advisor.exact.domains[fact]
    place = facts.given_places.get(fact, facts.bounded(domain))  # what is assumed of it may turn out otherwise
    possible = [place] if isinstance(place, int) else sorted(place)
    others = {name: place for name, place in facts.places.items() if name != fact}
    groups: dict[tuple[str, ...], list[str | Interval]] = {}
    for index in possible:
        outcomes = tuple(sorted(outcome for outcome in advice.values({**others, fact: index}) if outcome is not None))
        if outcomes:
            groups.setdefault(outcomes, []).append(domain.cells[index])
    return tuple(Answer(tuple(cells), outcomes) for outcomes, cells in groups.items())


def _depth(advice: Function[str], unanswerable: frozenset[str]) -> int:
    """The most questions on any path down; below a question that nobody answers, all paths are still open."""
    depth: dict[Function[str], int] = {}
    for part in advice.upward():
        if not part.is_constant and part.fact in unanswerable:
            depth[part] = len(part.facts - unanswerable)
        else:
            depth[part] = 1 + max((depth[below] for below in part.parts), default=-1)
    return depth[advice]
