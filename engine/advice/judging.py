"""What holds in one case, and what can still come out of it -> the answer to each decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..language.case import CaseFacts
from ..language.casefile import Status
from ..language.named import Named
from ..language.problems import EngineDisagreement
from ..language.rulebook import NOT_APPLICABLE, REFER, Rulebook
from ..meaning.diagram import DecisionDiagram, Restriction
from ..meaning.semantics import Meaning, bearers, does_stand, remaining
from .recommendation import DecisionOutcome, OptionOutcome


def judge(diagram: DecisionDiagram, facts: CaseFacts, means: Meaning) -> Mapping[str, DecisionOutcome]:
    """The answer to each decision, each after those that it rests on; the diagram may be on any ground.

    Raises EngineDisagreement if meaning and diagram differ.
    """
    given, placed = _placed(diagram, facts)
    answers = {
        name: _answer(diagram, facts, means, name, given, placed)
        for kind, name in diagram.rulebook.steps
        if kind == "decision"
    }
    return Named("decision", answers)


def _placed(diagram: DecisionDiagram, facts: CaseFacts) -> tuple[Restriction, Restriction]:
    """The cells, on the diagram's ground, of the given facts, and of those given or assumed."""
    if diagram.domains is facts.vocabulary.domains:
        return facts.given_places, facts.places
    places = facts.placed(diagram.domains)
    return {name: place for name, place in places.items() if facts.states[name].state != "assumed"}, places


def _answer(
    diagram: DecisionDiagram, facts: CaseFacts, means: Meaning, name: str, given: Restriction, placed: Restriction
) -> DecisionOutcome:
    outlook = diagram.outlook(name, given, placed)
    status: Status = (
        "settled" if len(outlook.possible) == 1 else "provisional" if len(outlook.as_assumed) == 1 else "open"
    )
    outcome = None if status == "open" else outlook.as_assumed[0]
    if means.advice[name] not in (None, outcome):
        raise EngineDisagreement(f"{name}: {means.advice[name]} by the rules, {outcome} by the diagram")
    return DecisionOutcome(
        advice=None if outcome in (REFER, NOT_APPLICABLE) else outcome,
        status=status,
        referred=outcome == REFER,
        possible=outlook.possible,
        possible_as_assumed=outlook.as_assumed,
        decided_by=_decided_by(diagram.rulebook, name, outcome, means),
        rests_on=tuple(fact for fact in outlook.matters if facts.states[fact].state == "assumed"),
        next_question=outlook.next_question or next(iter(outlook.matters), None),
        options=_options(diagram.rulebook, name, means),
        cautions=tuple(
            rule
            for (decision, rule), advised in diagram.rulebook.cautioning.items()
            if decision == name and means.rules[rule] and outcome in advised.accepts
        ),
        value=diagram.rulebook.decision[name].value_of(outcome),
    )


def _decided_by(rulebook: Rulebook, name: str, outcome: str | None, means: Meaning) -> tuple[str, ...]:
    """The policy that decided, if one did, and the rules in force (or open) for the options that it chose among."""
    if outcome is None:
        return ()
    policy = _policy(rulebook, name, means)
    if policy == "if_several_stand":
        chosen = [
            option for (decision, option), state in means.options.items() if decision == name and state == "stands"
        ]
    else:
        chosen = [outcome] if outcome not in (REFER, NOT_APPLICABLE) and policy != "if_none_stands" else []
    decision = rulebook.decision[name]
    may_stand = {o.option for o in decision.options if does_stand(means.options[name, o.option]) is not False}
    borne = {form for option in chosen for form in bearers(decision, option, may_stand)}
    rules = {rule for option in borne for rule in rulebook.proposing[name, option] if means.rules[rule] is not False}
    return (*([f"{name}.{policy}"] if policy else []), *sorted(rules))


def _policy(rulebook: Rulebook, name: str, means: Meaning) -> str | None:
    """The policy that decided, unless simply one option remains."""
    stands = {option: does_stand(state) for (decision, option), state in means.options.items() if decision == name}
    left = remaining(rulebook.decision[name], stands, means.applies[name])
    if left == (NOT_APPLICABLE,):
        return "only_if"
    if left is None:
        return "every_completion"
    return "if_none_stands" if not left else "if_several_stand" if len(left) > 1 else None


def _options(rulebook: Rulebook, name: str, means: Meaning) -> Mapping[str, OptionOutcome]:
    decision = rulebook.decision[name]
    states = {option: means.options[name, option] for option in decision.parts_first}
    standing = {option for option, state in states.items() if state == "stands"}

    def in_force(rules: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(rule for rule in rules if means.rules[rule]))

    def speak_for(option: str) -> tuple[str, ...]:
        is_proposed = all(standing.intersection(forms) for forms in decision.combining.get(option, ()))
        by = bearers(decision, option, standing) if is_proposed else ()
        return in_force({rule for form in by for rule in rulebook.proposing[name, form]})

    outcomes = {
        option.option: OptionOutcome(
            states[option.option], speak_for(option.option), in_force(rulebook.ruling_out[name, option.option])
        )
        for option in decision.options
    }
    return Named("option", outcomes)
