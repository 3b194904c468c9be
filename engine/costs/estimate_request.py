"""An estimate as ordered, with the prices of a day: its quantities as written, read together, every mistake at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from ..language.numerals import PLAIN, in_plain_digits
from ..language.problems import Sentence, together
from .money import Money
from .price_list import PriceList
from .quantities import MOST_TOKENS, Quantities
from .serving import Prompt

QuantityName = Literal[
    "model",
    "examples",
    "tokens",
    "epochs",
    "hours",
    "method",
    "parameters",
    "gpu",
    "gpus",
    "provider",
    "calls",
    "output_tokens",
    "prompt_tokens",
    "cached_share",
    "rag_prompt_tokens",
    "rag_cached_share",
    "vector_store",
    "tuned_prompt_tokens",
    "tuned_cached_share",
    "tuned_model",
    "hosting",
    "self_hosted",
    "training",
    "data",
    "retrain_every",
    "refresh",
]

COUNTED: frozenset[QuantityName] = frozenset(
    {
        *("examples", "tokens", "epochs", "gpus", "calls", "output_tokens", "retrain_every"),
        *("prompt_tokens", "rag_prompt_tokens", "tuned_prompt_tokens"),
    }
)
"""The quantities that are whole numbers."""

OF_CASES: Mapping[QuantityName, str] = {
    **{name: name for name in ("examples", "epochs", "output_tokens", "prompt_tokens", "cached_share")},
    **{name: name for name in ("rag_prompt_tokens", "tuned_prompt_tokens")},
    "calls": "calls_per_month",
    "tokens": "tokens_per_example",
}
"""The quantities that a case may give, by the names of their facts."""

PromptKind = Literal["", "rag_", "tuned_"]
"""The long prompt, the one with passages in it, and that of the tuned model."""


PROMPTS: Mapping[PromptKind, tuple[QuantityName, QuantityName]] = {
    "": ("prompt_tokens", "cached_share"),
    "rag_": ("rag_prompt_tokens", "rag_cached_share"),
    "tuned_": ("tuned_prompt_tokens", "tuned_cached_share"),
}
"""For each prompt, the names of its tokens and of the share of them that is billed as cached."""


def typed_quantity(name: QuantityName, text: str) -> str:
    """What a person typed for a quantity, in plain digits if it is one number and can mean no other."""
    number = in_plain_digits(text, {}, whole=name in COUNTED)
    return number if PLAIN.fullmatch(number) else text


class Quantity(NamedTuple):
    """A quantity that an estimate takes: its name, its default, whether it is required, and the quantity without which
    it would have no effect.
    """

    name: QuantityName
    default: str | None = None
    required: bool = False
    goes_with: QuantityName | None = None


@dataclass(frozen=True)
class EstimateRequest:
    """An estimate as ordered: what is written for each quantity, by name; the prices, and their day.

    `spelt` gives a name as it is written where the request comes from, as an option or as it is.
    """

    texts: Mapping[str, str | None]
    prices: PriceList
    day: date
    spelt: Callable[[str], str] = str
    quantities: Quantities = field(default_factory=Quantities)

    def __contains__(self, name: str) -> bool:
        return self.texts.get(name) is not None

    def text(self, name: QuantityName) -> str:
        """What is written for a quantity that is there."""
        text = self.texts[name]
        assert text is not None, "it was asked for before"
        return text

    def count(self, name: QuantityName, most: int, least: int = 1) -> int:
        """A quantity that is a whole number; `stop_if_wrong` reports a mistake."""
        return self.quantities.count(self.spelt(name), self.text(name), most, least)

    def money(self, name: QuantityName, currency: str) -> Money:
        """A quantity that is an amount, 0 if nothing is written; `stop_if_wrong` reports a mistake."""
        return self.quantities.money(self.spelt(name), self.texts.get(name) or "0", currency, self.prices)

    def prompt(self, kind: PromptKind) -> Prompt:
        """One of the prompts; `stop_if_wrong` reports a mistake."""
        name, share = PROMPTS[kind]
        tokens = self.count(name, MOST_TOKENS)
        return Prompt(tokens, self.quantities.share(self.spelt(share), self.text(share)))

    @property
    def is_self_hosted(self) -> bool:
        return self.texts.get("self_hosted") == "yes"

    def stop_if_wrong(self) -> None:
        """Raises WhytuneError with everything that is wrong with the quantities read so far."""
        self.quantities.stop_if_wrong()

    def named(self, *names: QuantityName) -> Sentence:
        """The names of all these quantities, as the reader writes them."""
        return together(f"`{self.spelt(name)}`" for name in names)
