"""A decision as its authors write it: its options, how they rest on each other, and what decides if rules do not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import cached_property
from graphlib import TopologicalSorter
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from ..brief import as_many_as_fit
from ..citations import Sources
from ..named import Named, unknown
from ..numerals import PLAIN
from ..problems import Sentence, WhytuneError
from ..text import BadValue, Conditions, Count, Name, Text, Written, check_line, read_number
from ..value import TRUTH, json_value
from ..vocabulary import YES_NO, Subject

REFER = "refer"
"""The outcome that leaves the decision to a person."""
NOT_APPLICABLE = "not_applicable"
"""The outcome if the `only_if` of the decision does not hold."""
POLICIES = ("if_none_stands", "if_several_stand", "every_completion", "only_if")
"""What can decide besides rules, as `DECISION.POLICY`: `every_completion` if all completions of a case agree, `only_if`
if the decision does not apply."""


class Style(Written):
    """How pictures draw an option; colours as `#rrggbb`, width in pixels."""

    fill: str | None = Field(None, pattern=r"^#[0-9a-fA-F]{6}$")
    stroke: str | None = Field(None, pattern=r"^#[0-9a-fA-F]{6}$")
    stroke_width: Count | None = Field(None, ge=1, le=10)


def _as_value(written: Any) -> Any:
    if not isinstance(written, str):
        raise BadValue("wrong-type", Sentence("a number, yes or no, or a text is expected here"))
    return read_number(written, whole=False) if PLAIN.fullmatch(written) else check_line(TRUTH.get(written, written))


OptionValue = Annotated[Decimal | str, BeforeValidator(_as_value)]
"""What programs read from an option: a number, yes or no, or a text."""
OptionJson = bool | int | float | str | None
"""The same as JSON data."""


class Option(Written):
    """One answer to a decision, perhaps a kind of another or a combination of several.

    Programs find its `value` beside the advice.
    """

    option: Name
    label: Text
    kind_of: Name | None = None
    combines: tuple[Name, ...] = ()
    value: OptionValue | None = None
    style: Style | None = None


def _single(advised: Any) -> Any:
    if isinstance(advised, list):
        hint = Sentence("an order of preference is written `prefer: [one, another]`")
        raise BadValue("unfit-policy", Sentence("`advise` names one option"), hint)
    return advised


class Policy(Written):
    """What decides if rules do not: `advise` one option (or `refer`), or `prefer` in this order."""

    advise: Annotated[str | None, BeforeValidator(_single)] = None
    prefer: tuple[str, ...] = ()
    because: Text | None = None
    sources: Sources = Field((), alias="source")


def _long_form(policy: Any) -> Any:
    """`prompt` is short for `{advise: prompt}`, `[rag, prompt]` for `{prefer: [rag, prompt]}`."""
    if isinstance(policy, str):
        return {"advise": policy}
    return {"prefer": policy} if isinstance(policy, list) else policy


class Decision(Written):
    """A question with options, which applies if `only_if` holds.

    `opening` and `closing` are the first and last box of its flowchart.
    """

    decision: Name
    ask: Text
    options: tuple[Option, ...]
    if_none_stands: Annotated[Policy, BeforeValidator(_long_form)]
    if_several_stand: Annotated[Policy, BeforeValidator(_long_form)]
    only_if: Conditions = {}
    opening: Text | None = None
    closing: Text | None = None

    def __repr__(self) -> str:
        """The name, and as many options with their titles as a line holds."""
        titled = [f"{option.option} ({next(iter(option.label.values()))})" for option in self.options]
        return as_many_as_fit(f"Decision {self.decision}", titled)

    __str__ = __repr__

    @cached_property
    def kinds(self) -> Mapping[str, frozenset[str]]:
        """For each option, all kinds and combinations of it, at any depth: advising one of them is advising it."""
        above = {option.option: self.above(option.option) for option in self.options}
        return {name: frozenset(other for other in above if name in above[other]) for name in above}

    def above(self, option: str) -> tuple[str, ...]:
        """Everything that the option is a kind of or combines, at any depth, nearest first."""
        above = {o.option: (*filter(None, [o.kind_of]), *o.combines) for o in self.options}
        reached: dict[str, None] = dict.fromkeys(above[option])
        waiting = list(reached)
        while waiting:
            further = [name for name in above.get(waiting.pop(0), ()) if name not in reached]
            reached.update(dict.fromkeys(further))
            waiting += further
        return tuple(reached)

    def lineage(self, option: str) -> tuple[str, ...]:
        """The option, then what it is a kind of, nearest first, without what it combines."""
        parents = {o.option: o.kind_of for o in self.options}
        line = [option]
        while (parent := parents.get(line[-1])) is not None:
            line.append(parent)
        return tuple(line)

    @cached_property
    def forms(self) -> Mapping[str, tuple[str, ...]]:
        """For each option, itself and its kinds at any depth: if one of them stands, the option stands in some form."""
        lines = {o.option: self.lineage(o.option) for o in self.options}
        return {name: tuple(other for other, line in lines.items() if name in line) for name in lines}

    @cached_property
    def combining(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """For each combination, the forms of each of its parts; it stands if one form of each part stands."""
        return {o.option: tuple(self.forms[part] for part in o.combines) for o in self.options if o.combines}

    def missing(self, option: str, standing: Collection[str]) -> tuple[str, ...]:
        """The parts of a combination of which no form stands; none for an option that combines nothing."""
        parts = zip(self.option(option).combines, self.combining.get(option, ()), strict=True)
        return tuple(part for part, forms in parts if not any(form in standing for form in forms))

    @cached_property
    def gives_way(self) -> Mapping[str, frozenset[str]]:
        """For each option, those that displace it if both stand: kinds of it, combinations of it or of its parent."""
        displacing = {name: set(kinds) for name, kinds in self.kinds.items()}
        for combination, parts in self.combining.items():
            for form in (form for forms in parts for form in forms):
                displacing[form] |= {combination, *self.kinds[combination]}
        return {name: frozenset(others) for name, others in displacing.items()}

    @cached_property
    def parts_first(self) -> tuple[str, ...]:
        """The options, each combination after all the forms of its parts."""
        rests_on = {
            o.option: [form for forms in self.combining.get(o.option, ()) for form in forms] for o in self.options
        }
        return tuple(TopologicalSorter(rests_on).static_order())

    def option(self, name: str) -> Option:
        """The option of this name; raises WhytuneError: unknown-option."""
        return Named("option", {option.option: option for option in self.options})[name]

    def value_of(self, outcome: str | None) -> OptionJson:
        """The value of this option as JSON data; None if it has none, or is not an option."""
        value = next((option.value for option in self.options if option.option == outcome), None)
        return value == YES_NO[0] if value in YES_NO else json_value(value)

    @property
    def option_names(self) -> tuple[str, ...]:
        """Every option, as declared."""
        return tuple(o.option for o in self.options)

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Every option, then `refer`, then `not_applicable` if the decision may not apply."""
        return (*self.option_names, REFER, *((NOT_APPLICABLE,) if self.only_if else ()))

    def outcome(self, name: str) -> str:
        """The outcome of this name; raises WhytuneError: unknown-option."""
        if name not in self.outcomes:
            raise WhytuneError([unknown("option", name, self.outcomes)])
        return name

    @property
    def subject(self) -> Subject:
        """A condition may test the advice; naming an option accepts its kinds too."""
        groups = {name: kinds | {name} for name, kinds in self.kinds.items() if kinds}
        return Subject(self.decision, "decision", self.outcomes, groups)
