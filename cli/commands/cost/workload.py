"""The options -> training data, traffic, prompts and a tuned model for the engine to calculate with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from whytune.engine.costs.quantities import MOST_CALLS, MOST_EPOCHS, MOST_EXAMPLES, MOST_TOKENS, Quantities
from whytune.engine.costs.serving import MonthlyCalls, Prompt, Served, self_hosted, with_tuned
from whytune.engine.costs.tuning import TrainingData

from .priced import Asking, hosting_of


def data_of(given: Mapping[str, str], quantities: Quantities) -> TrainingData:
    """The training data that --examples, --tokens and --epochs give."""
    most = {"examples": MOST_EXAMPLES, "tokens": MOST_TOKENS, "epochs": MOST_EPOCHS}
    return TrainingData(*(quantities.count(f"--{name}", given[name], limit) for name, limit in most.items()))


def traffic_of(calls: str, output_tokens: str, quantities: Quantities) -> MonthlyCalls:
    return MonthlyCalls(
        quantities.count("--calls", calls, MOST_CALLS),
        quantities.count("--output-tokens", output_tokens, MOST_TOKENS, least=0),
    )


def prompt_of(kind: str, given: Mapping[str, Any], quantities: Quantities) -> Prompt:
    """The prompt of one way: "" for the long one, "rag_" for the one with passages, "tuned_" for the tuned model's."""
    tokens, share = f"{kind}prompt_tokens", f"{kind}cached_share"
    return Prompt(
        quantities.count(_option(tokens), given[tokens], MOST_TOKENS), quantities.share(_option(share), given[share])
    )


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def tuned_of(
    asked: Asking, model: str, prompt: Prompt, traffic: MonthlyCalls, hosting: str | None, own: bool
) -> Served:
    """The tuned model: with its provider's tokens and hosting, or on machines of one's own; raises WhytuneError."""
    quantities = Quantities()
    currency = asked.prices.identity.currencies[0] if own else asked.prices.tuned(model, asked.day).currency
    kept = hosting_of(hosting, quantities, asked, currency)
    quantities.stop_if_wrong()
    if own and kept is not None:
        return self_hosted(model, prompt, traffic, kept)
    return with_tuned(asked.prices, model, asked.day, prompt, traffic, kept)
