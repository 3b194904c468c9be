"""The facts of one case, from a file, options or Python: validated, and completed by what is assumed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, NamedTuple

from . import source
from .brief import brief
from .intervals import ANYTHING, Interval, PartlyKnown
from .named import Named
from .orders import contradictions, implied, limits
from .problems import Problem, Sentence, Span, WhytuneError, did_you_mean, either, listing, short
from .source import Items, Node, Scalar
from .text import BadValue, hint_of_a_comma
from .value import UNKNOWN, JsonValue, Value, assumptions, read_value, written_in
from .vocabulary import YES_NO, Domain, Fact, Vocabulary, member, members

Given = Mapping[str, Value]
Origin = Literal["given", "implied", "assumed", "unknown", "not_applicable"]
"""How a fact is known; a number is implied if given numbers that bound it, or that it bounds, leave only some cells."""

LISTED = Sentence("`{command}` lists the facts", command="whytune facts")
"""The hint at a name that no fact has, if none is like it."""


class FactState(NamedTuple):
    """What is known of one fact; `value` is None when unknown or not applicable, PartlyKnown if in part."""

    value: JsonValue
    state: Origin


@dataclass(frozen=True)
class CaseFacts:
    """What is known of every fact of a vocabulary, in question order.

    `stated` is what was given or said to be unknown; `limits` are the intervals that this leaves to numbers that bound
    each other.
    """

    vocabulary: Vocabulary
    states: Mapping[str, FactState]
    stated: Given
    limits: Mapping[str, Interval]

    @cached_property
    def places(self) -> Mapping[str, int | frozenset[int]]:
        """The cell, or the possible cells, of each fact that is known at least in part."""
        return self.placed(self.vocabulary.domains)

    @cached_property
    def given_places(self) -> Mapping[str, int | frozenset[int]]:
        """The places that follow from what is given alone, without what is assumed."""
        follow = {fact: place for fact, place in self.places.items() if self.states[fact].state != "assumed"}
        for fact in self.limits.keys() & self.places.keys() - follow.keys():
            domain = self.vocabulary.domains[fact]
            if len(left := self.bounded(domain)) < len(domain.cells):
                follow[fact] = next(iter(left)) if len(left) == 1 else left
        return follow

    def placed(self, domains: Mapping[str, Domain]) -> dict[str, int | frozenset[int]]:
        """The places in the cells of these domains."""
        placed: dict[str, int | frozenset[int]] = {}
        for fact, state in self.states.items():
            if state.value is not None:
                placed[fact] = domains[fact].place_of(state.value, self.limits.get(fact, ANYTHING))
        return placed

    def bounded(self, domain: Domain) -> frozenset[int]:
        """The cells of a fact that what is given about others leaves."""
        limit = self.limits.get(domain.fact.fact)
        return frozenset(range(len(domain.cells))) if limit is None else domain.cells_within(limit)

    def __repr__(self) -> str:
        return brief(self)

    @cached_property
    def cells(self) -> Mapping[str, int]:
        """The cell of each fact that is known to be in one."""
        return {fact: place for fact, place in self.places.items() if isinstance(place, int)}

    @cached_property
    def given(self) -> Mapping[str, Value]:
        """The value of each fact whose value is given."""
        return {
            fact: state.value
            for fact, state in self.states.items()
            if state.state == "given" and state.value is not None
        }

    @cached_property
    def given_cells(self) -> Mapping[str, int]:
        """The cell of each fact that is put into one by what is given."""
        return {fact: cell for fact, cell in self.cells.items() if self.states[fact].state != "assumed"}

    @cached_property
    def values(self) -> Mapping[str, str]:
        """The value of each subject that is known (a band instead of its number)."""
        domains = self.vocabulary.domains
        return {
            subject: values[cell]
            for fact, cell in self.cells.items()
            for subject, values in domains[fact].subjects.items()
        }

    @cached_property
    def knowledge(self) -> Mapping[str, str | frozenset[str]]:
        """The value of each known subject, or its possible values if its fact is known in part."""
        knowledge: dict[str, str | frozenset[str]] = {}
        for fact, place in self.places.items():
            knowledge.update(_values_at(self.vocabulary.domains[fact], place))
        return knowledge


def from_python(given: Mapping[str, Any]) -> source.Map:
    """Facts given as Python values (bool, int, float, Decimal, str, None, lists of str), as a file would give them.

    Raises WhytuneError, wrong-type, if these are not facts with values at all.
    """
    if not isinstance(given, Mapping):
        raise WhytuneError([Problem("wrong-type", Sentence("a case is a map of facts"), Span("facts"))])
    entries = []
    for name, value in given.items():
        span = Span(str(name))
        entries.append((Scalar(str(name), False, span), _node(value, span)))
    return source.Map(tuple(entries), Span("facts"))


def resolve(vocabulary: Vocabulary, *layers: source.Map) -> CaseFacts:
    """The state of every fact, from layers of given facts of which later ones override earlier ones.

    Raises WhytuneError with every mistake: those of `values_given`, not-applicable, contradiction.
    """
    given, spans, problems = _read(vocabulary, layers)
    if not problems:
        return complete(vocabulary, given, spans)
    unassumed = {**dict.fromkeys(vocabulary.domains, UNKNOWN), **given}  # what cannot be read is not assumed, either
    try:
        complete(vocabulary, unassumed, spans)
    except WhytuneError as error:
        problems += error.problems
    raise WhytuneError(problems)


def overlaid(vocabulary: Vocabulary, layers: tuple[source.Map, ...], changes: source.Map) -> tuple[source.Map, ...]:
    """These layers with changes laid over them, without given facts that then no longer apply.

    Raises WhytuneError with every mistake, as `resolve` does.
    """
    while True:
        try:
            resolve(vocabulary, *layers, changes)
        except WhytuneError as error:
            idle = {problem.span for problem in error.problems if problem.code == "not-applicable"}
            kept = tuple(_without(layer, idle) for layer in layers)
            if kept == layers:
                raise
            layers = kept
        else:
            return *layers, changes


def _without(layer: source.Map, spans: Container[Span | None]) -> source.Map:
    return source.Map(tuple(entry for entry in layer.entries if entry[1].span not in spans), layer.span)


def values_given(vocabulary: Vocabulary, *layers: source.Map) -> tuple[dict[str, Value], dict[str, Span]]:
    """The value of each fact that the layers give (the last one wins), and where it stands.

    Raises WhytuneError with every mistake: unknown-fact, unknown-value, wrong-type, outside-range, contradiction.
    """
    given, spans, problems = _read(vocabulary, layers)
    if problems:
        raise WhytuneError(problems)
    return given, spans


def _read(
    vocabulary: Vocabulary, layers: Iterable[source.Map]
) -> tuple[dict[str, Value], dict[str, Span], list[Problem]]:
    """The same with the mistakes; a fact that is given by mistake is as good as unknown."""
    given: dict[str, Value] = {}
    spans: dict[str, Span] = {}
    problems: list[Problem] = []
    for layer in layers:
        own: dict[str, Value] = {}
        misread: list[str] = []
        for key, node in layer.entries:
            try:
                for name, value in _facts_given(vocabulary, key, node):
                    if (first := own.setdefault(name, value)) != value:
                        message = Sentence(
                            "`{fact}` is given twice, as {first} and {second}", fact=name, first=first, second=value
                        )
                        raise BadValue("contradiction", message)
                    spans[name] = node.span
            except BadValue as bad:
                span = key.span if bad.code == "unknown-fact" else node.span
                problems.append(Problem(bad.code, bad.message, span, bad.hint))
                misread += _named_by(vocabulary, key)
        given.update({**own, **dict.fromkeys(misread, UNKNOWN)})
    return given, spans, problems


def complete(vocabulary: Vocabulary, given: Given, spans: Mapping[str, Span] | None = None) -> CaseFacts:
    """The state of every fact when these are given (values as `read_value` returns them, or UNKNOWN).

    Raises WhytuneError: not-applicable, contradiction.
    """
    states: dict[str, FactState] = {}
    bounds = limits(vocabulary, given)
    problems = list(contradictions(vocabulary, given, bounds, spans or {}))
    for fact, state, failing in () if problems else _states(vocabulary, given, bounds):
        if failing and given.get(fact.fact, UNKNOWN) != UNKNOWN:
            assumed = states[vocabulary.fact_of[failing.subject].fact].state == "assumed"
            problems.append(_not_applicable(vocabulary, fact, failing, assumed, (spans or {}).get(fact.fact)))
        states[fact.fact] = state
    if problems:
        raise WhytuneError(problems)
    return CaseFacts(vocabulary, Named("fact", states), dict(given), bounds)


def fitting(vocabulary: Vocabulary, wanted: Given) -> CaseFacts:
    """The case with these values, except those of facts that are not declared here or do not apply.

    Raises WhytuneError: contradiction.
    """
    declared = {name: wanted[name] for name in vocabulary.domains if name in wanted}
    bounds = limits(vocabulary, declared)
    states = {fact.fact: state for fact, state, _ in _states(vocabulary, declared, bounds)}
    fits = {name: value for name, value in declared.items() if states[name].state != "not_applicable"}
    if len(fits) == len(declared) and not any(contradictions(vocabulary, fits, bounds, {})):
        return CaseFacts(vocabulary, Named("fact", states), fits, bounds)
    return complete(vocabulary, fits)  # says what contradicts itself; what is left out no longer bounds others


def _states(
    vocabulary: Vocabulary, given: Given, bounds: Mapping[str, Interval]
) -> Iterator[tuple[Fact, FactState, _Failing | None]]:
    """The state of each fact, and why it does not apply, in question order: what a fact depends on comes before it."""
    so_far: dict[str, frozenset[str]] = {}
    for fact in vocabulary.facts:
        failing = _failing(vocabulary, fact, so_far)
        state = FactState(None, "not_applicable") if failing else _state(vocabulary, fact, given, bounds)
        if fact.fact in vocabulary.deciders:
            _learn(so_far, vocabulary.domains[fact.fact], state, bounds)
        yield fact, state, failing


def _named_by(vocabulary: Vocabulary, key: Scalar) -> tuple[str, ...]:
    """The facts that an entry with this key gives, if it can be read."""
    fact = vocabulary.by_name.get(key.text)
    if fact is None:
        return ()
    return members(fact) if fact.kind == "choices" else (fact.fact,)


def _facts_given(vocabulary: Vocabulary, key: Scalar, node: Node) -> Iterable[tuple[str, Value]]:
    """The facts that one entry gives, with their values; none for a blank, which counts as left out."""
    fact = vocabulary.by_name.get(key.text)
    if fact is None:
        raise unknown_fact(vocabulary, key.text)
    if isinstance(node, Scalar) and node.blank and fact.kind != "choices":
        return []
    if fact.kind == "choices":
        return _members(fact, node)
    text = written_in(fact, node)
    return [(fact.fact, UNKNOWN if text == UNKNOWN else read_value(fact, text))]


def _members(fact: Fact, node: Node) -> Iterable[tuple[str, Value]]:
    match node:
        case Scalar(text, blank, span):
            if text == UNKNOWN:
                return [(member(fact, value), UNKNOWN) for value in fact.values]
            if blank and not span.source.startswith("--set"):
                return []
            chosen = [part.strip() for part in text.split(",") if part.strip()]
        case Items(items) if all(isinstance(item, Scalar) for item in items):
            chosen = [item.text for item in items if isinstance(item, Scalar)]
        case _:
            raise BadValue("wrong-type", Sentence("`{fact}` takes a list of values", fact=fact.fact))
    for text in chosen:
        read_value(fact, text)
    return [(member(fact, value), YES_NO[value not in chosen]) for value in fact.values]


def unknown_fact(vocabulary: Vocabulary, name: str) -> BadValue:
    """The error for a name that no fact has, with what may be meant."""
    if band := vocabulary.bands.get(name):
        owner = vocabulary.fact_of[band.band].fact
        message = Sentence("`{band}` is a band of `{fact}`", band=name, fact=owner)
        hint = Sentence("give `{fact}` a number, or one of {names}", fact=owner, names=listing(band.values))
        return BadValue("unknown-fact", message, hint)
    hint = did_you_mean(name, vocabulary.by_name) or hint_of_a_comma(name) or LISTED
    return BadValue("unknown-fact", Sentence("unknown fact `{name}`", name=short(name)), hint)


class _Failing(NamedTuple):
    """A condition for a fact to apply that is known to be false."""

    subject: str
    values: frozenset[str]
    accepts: frozenset[str]


def _failing(vocabulary: Vocabulary, fact: Fact, values: Mapping[str, frozenset[str]]) -> _Failing | None:
    for subject, accepts in vocabulary.applies_if[fact.fact]:
        if subject in values and values[subject].isdisjoint(accepts):
            return _Failing(subject, values[subject], accepts)
    return None


def _state(vocabulary: Vocabulary, fact: Fact, given: Given, bounds: Mapping[str, Interval]) -> FactState:
    """The state of a fact that applies as far as is known; an assumption never stands against what is given."""
    value, limit = given.get(fact.fact), bounds.get(fact.fact)
    if value is not None and value != UNKNOWN:
        return FactState(value, "given")
    assumption = assumptions(vocabulary)[fact.fact] if value is None else None
    if assumption is not None and _stands(assumption, limit):
        return FactState(assumption, "assumed")
    value = None if limit is None else implied(vocabulary, fact.fact, limit)
    return FactState(value, "unknown" if value is None else "implied")


def _stands(assumption: Value, limit: Interval | None) -> bool:
    """Is what is assumed still possible within this limit?"""
    if limit is None:
        return True
    if isinstance(assumption, PartlyKnown):
        return any(interval.meets(limit) for interval in assumption.intervals)
    return isinstance(assumption, Decimal) and limit.holds(assumption)


def _learn(known: dict[str, frozenset[str]], domain: Domain, state: FactState, bounds: Mapping[str, Interval]) -> None:
    """Adds the values that the subjects of this fact may have."""
    if state.value is None:
        return
    cells = domain.cells_of(state.value, bounds.get(domain.fact.fact, ANYTHING))
    known.update((subject, frozenset(values[cell] for cell in cells)) for subject, values in domain.subjects.items())


def _values_at(domain: Domain, place: int | frozenset[int]) -> Iterator[tuple[str, str | frozenset[str]]]:
    """The value of each subject of a fact that is in this cell, or its possible values in these cells."""
    for subject, values in domain.subjects.items():
        if isinstance(place, int):
            yield subject, values[place]
        else:
            some = frozenset(values[cell] for cell in place)
            yield subject, next(iter(some)) if len(some) == 1 else some


def _not_applicable(vocabulary: Vocabulary, fact: Fact, failing: _Failing, assumed: bool, span: Span | None) -> Problem:
    subject, values, accepts = failing
    value = either(map("`{}`".format, sorted(values)))
    shown = Sentence("{value} (assumed)", value=value) if assumed else value
    message = Sentence("`{fact}` does not apply: `{subject}` is {known}", fact=fact.fact, subject=subject, known=shown)
    hint = Sentence(
        "it applies only if `{subject}` is {wanted}: leave it out, or give `{fact}` too",
        subject=subject,
        wanted=either(map("`{}`".format, sorted(accepts))),
        fact=vocabulary.fact_of[subject].fact,
    )
    return Problem("not-applicable", message, span, hint)


def _node(value: Any, span: Span) -> Node:
    match value:
        case str():
            return Scalar(value, False, span)
        case None:
            return Scalar("", True, span)
        case bool():
            return Scalar(YES_NO[not value], False, span)
        case int() | float() | Decimal():
            return Scalar(_plain_digits(value), False, span)
        case list() | tuple() | set() | frozenset():
            items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
            return Items(tuple(_node(item, span) for item in items), span)
        case Mapping():
            entries = ((Scalar(str(name), False, span), _node(part, span)) for name, part in value.items())
            return source.Map(tuple(entries), span)
        case _:  # what is known in part, another library's number or truth, or nothing that a fact can be
            return Scalar(str(value), False, span)


def _plain_digits(number: float | Decimal) -> str:
    """The number as text without zeros at its end: a number from Python has no spelling that could be misread."""
    exact = Decimal(repr(float(number))) if isinstance(number, float) else Decimal(number)
    if not (exact.is_finite() and abs(exact.adjusted()) < 40):
        return str(exact)
    whole, _, places = format(exact, "f").partition(".")
    return f"{whole}.{places.rstrip('0')}".rstrip(".")
