"""How the options of a decision answer, and for which ways of answering a case gives all that an estimate needs."""

from __future__ import annotations

from collections.abc import Collection, KeysView, Mapping
from decimal import Decimal

from ..advice.recommendation import Recommendation
from ..language.case import CaseFacts
from ..language.rulebook import REFER, Rulebook
from .serving import SHAPES, ServingShape

_TRAFFIC = ("calls_per_month", "output_tokens")
_TRAINING = ("examples", "tokens_per_example")
TEXT = "knowledge_tokens"
"""The size of a text that is looked up: a prompt that holds the whole of it is that much longer."""
NEEDED: Mapping[ServingShape, tuple[str, ...]] = {
    "prompt": ("prompt_tokens", *_TRAFFIC),
    "in_context": ("prompt_tokens", TEXT, *_TRAFFIC),
    "rag": ("rag_prompt_tokens", *_TRAFFIC),
    "fine_tune": (*_TRAINING, "tuned_prompt_tokens", *_TRAFFIC),
    "rag_and_fine_tune": (*_TRAINING, "rag_prompt_tokens", *_TRAFFIC),
}
"""The facts that the estimate of an approach needs; `epochs` and `cached_share` have defaults."""
WITH_TEXT: tuple[ServingShape, ...] = ("in_context",)
"""The ways of answering that have the whole text in the prompt, where no other decision says how it gets there."""


def shape_of(rulebook: Rulebook, decision: str, option: str) -> ServingShape | None:
    """How an option answers: one of `SHAPES` by its own name or by what it is a kind of; None for any other."""
    line = rulebook.decision[decision].lineage(option)
    return next((shape for name in line for shape in SHAPES if name == shape), None)


def needed(shape: ServingShape, with_text: Collection[ServingShape] = WITH_TEXT) -> KeysView[str]:
    """The facts that the estimate of this approach needs, the size of the text too where the prompt has it."""
    return dict.fromkeys((*NEEDED[shape], TEXT) if shape in with_text else NEEDED[shape]).keys()


def shapes_with_text(rulebook: Rulebook, answer: Recommendation, decision: str) -> tuple[ServingShape, ...]:
    """The ways of answering that have the whole text in the prompt: tuned too, where another decision hands it over so.

    So has a prompt, unless the decision has an option of its own for one with the text.
    """
    advised = ((name, outcome.advice) for name, outcome in answer.decisions.items() if name != decision)
    if not any(option and shape_of(rulebook, name, option) == "in_context" for name, option in advised):
        return WITH_TEXT
    shapes = {shape_of(rulebook, decision, option) for option in rulebook.decision[decision].option_names}
    return ("in_context", "fine_tune") if "in_context" in shapes else ("prompt", "fine_tune")


def priced_apart(
    rulebook: Rulebook,
    facts: CaseFacts,
    decision: str,
    advice: str | None,
    with_text: Collection[ServingShape] = WITH_TEXT,
) -> tuple[str, ...]:
    """The options that answer in a different way from this one, so that prices can tell them apart.

    If there are any for which the case gives everything that an estimate needs, only these.
    """
    numbers, own = counted_numbers(facts), shape_of(rulebook, decision, advice) if advice else None
    options = (option for option in rulebook.decision[decision].outcomes if option != REFER)
    shapes = {option: shape for option in options if (shape := shape_of(rulebook, decision, option))}
    apart = {option: shape for option, shape in shapes.items() if shape != own}
    return tuple(option for option, shape in apart.items() if numbers.keys() >= needed(shape, with_text)) or tuple(
        apart
    )


def with_other_ways(
    rulebook: Rulebook,
    facts: CaseFacts,
    decision: str,
    options: tuple[str, ...],
    with_text: Collection[ServingShape] = WITH_TEXT,
) -> tuple[str, ...]:
    """These options, and one for each other way of answering for which the case gives all that an estimate needs."""
    numbers = counted_numbers(facts)
    ways = {shape_of(rulebook, decision, option): option for option in reversed(rulebook.decision[decision].outcomes)}
    covered = {shape_of(rulebook, decision, option) for option in options}
    others = {shape: option for shape, option in ways.items() if shape and shape not in covered}
    priced = (shape for shape in SHAPES if shape in others and numbers.keys() >= needed(shape, with_text))
    return (*options, *(others[shape] for shape in priced))


def counted_numbers(facts: CaseFacts) -> dict[str, Decimal]:
    """The numbers that are given, and the size of the text even where it is assumed."""
    text = facts.states.get(TEXT)
    sized = {TEXT: text.value} if text and isinstance(text.value, Decimal) else {}
    return {**sized, **given_numbers(facts)}


def given_numbers(facts: CaseFacts) -> dict[str, Decimal]:
    """The numbers that are given, not assumed."""
    return {
        name: state.value
        for name, state in facts.states.items()
        if isinstance(state.value, Decimal) and state.state != "assumed"
    }
