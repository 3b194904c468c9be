"""What whytune answers: advice with its status, the trace of firings that led to it, and what it was based on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated, Any, Literal, NotRequired  # pydantic reads these on Python 3.11, but not its TypedDict

from pydantic import Field, PlainSerializer, TypeAdapter
from typing_extensions import TypedDict

from ..language.brief import MOST, brief
from ..language.case import FactState, Origin
from ..language.casefile import Status
from ..language.citations import Source, Strength
from ..language.problems import listing
from ..language.rulebook import NOT_APPLICABLE, REFER, OptionJson
from ..language.value import JsonValue, json_value
from ..meaning.semantics import OptionState
from ..words.catalogue import in_each

OPEN = "open"
"""What stands for the advice of an undecided decision."""


class OriginalOutcome(TypedDict):
    """The place and words in the document's own language, as JSON data."""

    place: str | None
    quote: str | None


class SourceOutcome(TypedDict):
    """A source as JSON data; `original` and `strength` only if the rulebook gives them."""

    document: str
    place: str | dict[str, str]
    quote: str | dict[str, str] | None
    original: NotRequired[OriginalOutcome]
    strength: NotRequired[Strength]


def _as_cited(sources: tuple[Source, ...]) -> SourceOutcome | list[SourceOutcome] | None:
    cited: list[SourceOutcome] = []
    for source in sources:
        cited.append({"document": source.document, "place": source.place, "quote": source.quote})
        if source.original:
            cited[-1]["original"] = {"place": source.original.place, "quote": source.original.quote}
        if source.strength:
            cited[-1]["strength"] = source.strength
    return cited[0] if len(cited) == 1 else cited or None


@dataclass(frozen=True, slots=True)
class Use:
    """What a firing rests on: a fact with its value (and the cuts around it, for a band), or an earlier step."""

    fact: str | None = None
    value: JsonValue = None
    at_least: JsonValue = None
    below: JsonValue = None
    step: int | None = None

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        value, at_least, below = map(json_value, (self.value, self.at_least, self.below))
        return {"fact": self.fact, "value": value, "at_least": at_least, "below": below, "step": self.step}


@dataclass(frozen=True, slots=True)
class Firing:
    """One step of a trace: what fired, a band, rule, conclusion, option, decision or caution, and what it gave.

    `state` is the piece of a band, in_force or not_in_force for a rule, yes or no for a conclusion, stands, ruled_out
    or not_proposed for an option, the outcome of a decision, and told for a caution, whose name is DECISION.RULE.
    `policy` names the policy that decided, if one did.
    """

    number: int
    kind: Literal["band", "rule", "conclusion", "option", "decision", "caution"]
    name: str
    state: str
    used: tuple[Use, ...]
    title: Mapping[str, str]
    text: Mapping[str, str]
    sources: Annotated[tuple[Source, ...], PlainSerializer(_as_cited), Field(alias="source")] = ()
    policy: str | None = None

    def __repr__(self) -> str:
        return f"<Firing {self.number}: {self.kind} {self.name} {self.state}>"

    def without_value(self, languages: Iterable[str]) -> dict[str, str]:
        """What it says, in each language, where the value that it is about is kept out."""
        return in_each(languages, "concealed_step", label=self.title)

    def to_dict(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "kind": self.kind,
            "name": self.name,
            "state": self.state,
            "used": [use.to_dict() for use in self.used],
            "title": dict(self.title),
            "text": dict(self.text),
            "source": _as_cited(self.sources),
            "policy": self.policy,
        }


@dataclass(frozen=True, slots=True)
class OptionOutcome:
    """The state of an option, with the rules in force that propose it and those that rule it out."""

    state: OptionState
    speaks_for: Annotated[tuple[str, ...], Field(alias="for")]
    speaks_against: Annotated[tuple[str, ...], Field(alias="against")]

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {"state": self.state, "for": list(self.speaks_for), "against": list(self.speaks_against)}


@dataclass(frozen=True, slots=True)
class DecisionOutcome:
    """The answer to one decision.

    `advice` is None if the decision is open, `referred` to a person, or does not apply: then only `not_applicable` is
    possible, as far as assumptions hold. `possible` holds every outcome that some completion of the facts not given
    leads to, `possible_as_assumed` those that remain while assumptions hold.
    `rests_on` names the assumptions that can change the outcome, `next_question` the fact to ask for next: an unknown
    one, else an assumed one.
    `decided_by` holds the ids of rules and policies, `cautions` those of the rules that caution about the advice.
    `value` is the value of the advised option for programs, if it has one.
    """

    advice: str | None
    status: Status
    referred: bool
    possible: tuple[str, ...]
    possible_as_assumed: tuple[str, ...]
    decided_by: tuple[str, ...]
    rests_on: tuple[str, ...]
    next_question: str | None
    options: Mapping[str, OptionOutcome]
    cautions: tuple[str, ...] = ()
    value: OptionJson = None

    def __repr__(self) -> str:
        parts = ", ".join(part.name for part in fields(self) if part.name != "status")
        shown = f"<DecisionOutcome {self.outcome or OPEN} ({self.status}): {parts}>"
        return shown if len(shown) <= MOST else f"{shown[: MOST - 4]}...>"

    def to_dict(self) -> dict[str, Any]:
        return {
            "advice": self.advice,
            "status": self.status,
            "referred": self.referred,
            "possible": list(self.possible),
            "possible_as_assumed": list(self.possible_as_assumed),
            "decided_by": list(self.decided_by),
            "rests_on": list(self.rests_on),
            "next_question": self.next_question,
            "options": {name: option.to_dict() for name, option in self.options.items()},
            "cautions": list(self.cautions),
            "value": self.value,
        }

    @property
    def outcome(self) -> str | None:
        """The advice, `refer`, or `not_applicable`; None when the decision is open."""
        if self.advice is None and not self.referred and self.status != "open":
            return NOT_APPLICABLE
        return REFER if self.referred else self.advice

    @property
    def applies(self) -> bool:
        """Does the decision apply, as far as it is decided?"""
        return self.outcome != NOT_APPLICABLE

    @property
    def standing(self) -> frozenset[str]:
        """The options that stand."""
        return frozenset(name for name, option in self.options.items() if option.state == "stands")

    @property
    def reasons(self) -> tuple[str, ...]:
        """The ids of the rules and policies that decided, and of those in force that rule out what others propose."""
        proposed = (option for option in self.options.values() if option.speaks_for and self.applies)
        against = {rule for option in proposed for rule in option.speaks_against}
        return (*self.decided_by, *sorted(against.difference(self.decided_by)))

    @property
    def passed_over(self) -> frozenset[str]:
        """The rules that argue only for options over which the advice was preferred."""
        advised = self.options.get(self.advice) if self.advice else None
        own = advised.speaks_for if advised else ()
        others = {rule for option in self.options.values() for rule in option.speaks_for}
        return frozenset(others.difference(own)) if own else frozenset()

    @property
    def overruled(self) -> Mapping[str, OptionOutcome]:
        """The options that are proposed (or a kind of them is) and yet ruled out; none if nothing is decided."""
        options = self.options.items() if self.applies else ()
        return {name: option for name, option in options if option.state == "ruled_out" and option.speaks_for}

    @property
    def possible_otherwise(self) -> tuple[str, ...]:
        """The outcomes that are possible only if an assumption fails."""
        return tuple(outcome for outcome in self.possible if outcome not in self.possible_as_assumed)


@dataclass(frozen=True, slots=True)
class RulebookIdentity:
    """Which rules were asked; `digest` is SHA-256 in hexadecimal."""

    name: str
    version: str
    digest: str

    def __repr__(self) -> str:
        return brief(self)


@dataclass(frozen=True, slots=True)
class FactOutcome:
    """A FactState as JSON data, a map (a tuple would be a list); `value` is None when unknown or not applicable."""

    value: JsonValue
    state: Origin


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Advice on every decision of a rulebook for one case; `as_of` is the day whose rules held (None: all rules)."""

    rulebook: RulebookIdentity
    as_of: date | None
    facts: Mapping[str, Annotated[FactState, PlainSerializer(lambda fact: FactOutcome(*fact), return_type=FactOutcome)]]
    decisions: Mapping[str, DecisionOutcome]
    trace: tuple[Firing, ...]

    def __repr__(self) -> str:
        answers = (f"{name}: {answer.outcome or OPEN} ({answer.status})" for name, answer in self.decisions.items())
        return f"<Recommendation by {self.rulebook.name} {self.rulebook.version}: {listing(answers)}>"

    def deciding(self, decision: str) -> tuple[Firing, ...]:
        """The firings of the rules and of the policy that decided; those that rest on given facts alone come first.

        One that rests on fewer facts comes before one that rests on all of these and more. Last come the rules that
        argue for options over which another was preferred: they are no reason for it.
        """
        ids, others = self.decisions[decision].decided_by, self.decisions[decision].passed_over
        deciding = self._given_first(
            firing
            for firing in self.trace
            if (firing.kind == "rule" and firing.name in ids)
            or (firing.kind == "decision" and firing.name == decision and firing.policy in ids)
        )
        return tuple(sorted(deciding, key=lambda firing: firing.kind == "rule" and firing.name in others))

    def vetoes(self, decision: str) -> tuple[Firing, ...]:
        """The firings that rule out what is proposed; those that rest on given facts alone come first."""
        overruled = self.decisions[decision].overruled.values()
        ids = {rule for option in overruled for rule in option.speaks_against}
        return self._given_first(firing for firing in self.trace if firing.kind == "rule" and firing.name in ids)

    def _given_first(self, firings: Iterable[Firing]) -> tuple[Firing, ...]:
        behind = [(firing, self.facts_behind(firing)) for firing in firings]
        of_rules = [facts for firing, facts in behind if firing.kind == "rule"]

        def order(pair: tuple[Firing, frozenset[str]]) -> tuple[bool, bool, int]:
            firing, facts = pair
            is_assumed = any(self.facts[fact].state == "assumed" for fact in facts)
            return is_assumed, firing.kind != "rule", sum(others < facts for others in of_rules)

        return tuple(firing for firing, _ in sorted(behind, key=order))

    def fell_back(self, decision: str) -> bool:
        """Did the decision's fallback decide: does nothing stand that a rule proposes?"""
        return f"{decision}.if_none_stands" in self.decisions[decision].decided_by

    def grounds(self, decision: str) -> dict[str, tuple[Firing, ...]]:
        """What decided, down to the facts, by the decision that it is about; what tells most comes first.

        A rule that only follows from the advice on other decisions is left out for what decided these. If only the
        fallback decided, the grounds are what ruled out the rest.
        """
        against = self.vetoes(decision) if self.fell_back(decision) else ()
        grounds: dict[str, tuple[Firing, ...]] = {}
        for firing in against or self.deciding(decision):
            follows = self._advice_behind(firing) if firing.name not in self.decisions[decision].passed_over else ()
            if not follows or self._tests_facts(firing):
                grounds[decision] = (*grounds.get(decision, ()), firing)
            for name in follows:
                grounds |= self._grounds_beneath(name)
        return grounds

    def _grounds_beneath(self, decision: str) -> dict[str, tuple[Firing, ...]]:
        """The grounds of a decision on which another rests, without the rules for options that were passed over."""
        others = self.decisions[decision].passed_over
        return {
            name: tuple(firing for firing in firings if name != decision or firing.name not in others)
            for name, firings in self.grounds(decision).items()
        }

    def first_grounds(self, decision: str) -> tuple[Firing, ...]:
        """The ground that tells most; if advice only follows from other advice, that of each of these."""
        grounds = self.grounds(decision)
        return grounds[decision][:1] if decision in grounds else tuple(firings[0] for firings in grounds.values())

    def tell_most(self, decision: str) -> tuple[str, ...]:
        """The rules or policies of `first_grounds`."""
        return tuple(firing.policy or firing.name for firing in self.first_grounds(decision))

    def deciders(self, decision: str) -> frozenset[str]:
        """All rules and policies that decide, here and beneath, less those for options over which one is preferred."""
        outcomes = [self.decisions[name] for name in (decision, *self.grounds(decision))]
        deciding = (name for outcome in outcomes for name in outcome.decided_by if name not in outcome.passed_over)
        return frozenset((*deciding, *self.tell_most(decision)))

    def all_grounds(self, decision: str) -> tuple[Firing, ...]:
        """The grounds in a row; if only the fallback decided, that it did."""
        if self.fell_back(decision):
            return self.deciding(decision)
        return tuple(firing for firings in self.grounds(decision).values() for firing in firings)

    def _used_by(self, firing: Firing) -> Iterator[Firing]:
        by_number = {step.number: step for step in self.trace}
        return (by_number[use.step] for use in firing.used if use.step is not None)

    def _advice_behind(self, firing: Firing) -> tuple[str, ...]:
        """The decisions whose advice a rule that fired tests."""
        return tuple(step.name for step in self._used_by(firing) if firing.kind == "rule" and step.kind == "decision")

    def _tests_facts(self, firing: Firing) -> bool:
        """Does it test facts, or what is concluded from them?"""
        return any(use.fact for use in firing.used) or any(
            step.kind in ("band", "conclusion") for step in self._used_by(firing)
        )

    def proof(self, decision: str) -> tuple[Firing, ...]:
        """The steps that the last one rests on, each after those it uses."""
        steps = {firing.number: firing for firing in self.trace}
        waiting = [firing.number for firing in self.trace if firing.kind == "decision" and firing.name == decision][:1]
        needed: set[int] = set()
        while waiting:
            number = waiting.pop()
            if number not in needed:
                needed.add(number)
                waiting += [use.step for use in steps[number].used if use.step is not None]
        return tuple(firing for number, firing in steps.items() if number in needed)

    def facts_behind(self, firing: Firing) -> frozenset[str]:
        """The facts that a firing rests on, directly or through its steps."""
        below = {step.number: step.used for step in self.trace}
        uses, waiting = set(firing.used), list(firing.used)
        while waiting:
            new = set(below.get(waiting.pop().step or 0, ())) - uses
            uses |= new
            waiting += new
        return frozenset(use.fact for use in uses if use.fact is not None)

    def assumed_behind(self, firing: Firing) -> tuple[str, ...]:
        """The assumed facts that a firing rests on, directly or through its steps, in question order."""
        tested = self.facts_behind(firing)
        return tuple(name for name, state in self.facts.items() if name in tested and state.state == "assumed")

    def to_dict(self) -> dict[str, Any]:
        """This recommendation as JSON data: dicts, lists, strings, numbers, None.

        It is what pydantic would give by `json_schema`, five times as fast.
        """
        rulebook = self.rulebook
        return {
            "rulebook": {"name": rulebook.name, "version": rulebook.version, "digest": rulebook.digest},
            "as_of": self.as_of and self.as_of.isoformat(),
            "facts": {
                name: {"value": json_value(fact.value), "state": fact.state} for name, fact in self.facts.items()
            },
            "decisions": {name: answer.to_dict() for name, answer in self.decisions.items()},
            "trace": [firing.to_dict() for firing in self.trace],
        }

    @staticmethod
    def json_schema() -> dict[str, Any]:
        """The JSON Schema (draft 2020-12) of what `to_dict` returns."""
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **TypeAdapter(Recommendation).json_schema(mode="serialization", by_alias=True),
        }
