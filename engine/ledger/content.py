"""A recommendation -> what a record says about it: every number exact, sensitive facts as salted hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from ..advice.recommendation import Firing, Recommendation
from ..language.case import FactState
from ..language.rulebook import Rulebook
from ..language.value import Value
from .canonical import canonical


def content(answer: Recommendation, rulebook: Rulebook, salt: bytes | None) -> dict[str, Any]:
    """The facts and the recommendation as a record holds them: JSON whose only numbers are small integers.

    The number of a fact is a string of plain digits, since JSON's numbers are binary. With a salt, every sensitive fact
    that was given is kept out: its value is a hash, and no step of the trace reveals it.
    """
    hidden = kept_out(answer, rulebook, salt)
    return {
        "as_of": day_in(answer),
        "facts": {name: fact_content(name, state, hidden, salt) for name, state in answer.facts.items()},
        "recommendation": {
            "decisions": decisions_content(answer),
            "trace": [step_content(firing, hidden, rulebook) for firing in answer.trace],
        },
        "salt": salt_content(hidden, salt),
    }


def day_in(answer: Recommendation) -> str | None:
    """The day whose rules held."""
    return answer.as_of.isoformat() if answer.as_of else None


def salt_content(hidden: Collection[str], salt: bytes | None) -> str | None:
    """The salt, if a fact was kept out with it."""
    return salt.hex() if salt is not None and hidden else None


def kept_out(answer: Recommendation, rulebook: Rulebook, salt: bytes | None) -> frozenset[str]:
    """The facts that a record with this salt keeps out."""
    return concealed(answer, rulebook) if salt is not None else frozenset()


def decisions_content(answer: Recommendation) -> dict[str, Any]:
    """The decisions without empty lists of cautions, and without values, which are in the record's rulebook."""
    return {
        name: {key: part for key, part in decision.to_dict().items() if key != "value" and (key != "cautions" or part)}
        for name, decision in answer.decisions.items()
    }


def concealed(answer: Recommendation, rulebook: Rulebook) -> frozenset[str]:
    """The sensitive facts that the case gave; what the rulebook assumes is no secret."""
    facts = rulebook.vocabulary.by_name
    return frozenset(
        name for name, state in answer.facts.items() if state.state == "given" and facts[name].sensitive == "yes"
    )


def fingerprint(salt: bytes, fact: str, value: Value) -> str:
    """SHA-256 in hexadecimal over the canonical JSON of [salt in hexadecimal, name, value]."""
    return hashlib.sha256(canonical([salt.hex(), fact, written(value)])).hexdigest()


def written(value: Value | None) -> str | None:
    """The value as it stands in a record: a number in plain digits, exactly."""
    return format(value, "f") if isinstance(value, Decimal) else None if value is None else str(value)


def fact_content(name: str, state: FactState, hidden: Collection[str], salt: bytes | None) -> dict[str, str | None]:
    """A fact as a record has it: a hash instead of the value of one that is kept out."""
    if name in hidden and salt is not None and state.value is not None:
        return {"origin": state.state, "hash": fingerprint(salt, name, state.value)}
    return {"origin": state.state, "value": written(state.value)}


def step_content(firing: Firing, hidden: Collection[str], rulebook: Rulebook) -> dict[str, Any]:
    """A step as a record has it: unlike in the trace, numbers are texts, and a hidden value is left out."""
    content = firing.to_dict()
    content["used"] = [
        {
            "fact": use.fact,
            "step": use.step,
            **{
                name: None if use.fact in hidden else written(value)
                for name, value in (("value", use.value), ("at_least", use.at_least), ("below", use.below))
            },
        }
        for use in firing.used
    ]
    if firing.kind == "band" and rulebook.vocabulary.fact_of[firing.name].fact in hidden:
        content["state"] = None
        content["text"] = firing.without_value(rulebook.languages)
    return content
