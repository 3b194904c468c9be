"""What fired and what is meant -> nothing, or the first thing on which the two differ."""

from __future__ import annotations

from collections.abc import Iterator

from ..language.problems import EngineDisagreement
from ..language.rulebook import Rulebook
from ..meaning.semantics import Meaning, Truth, does_stand
from .durable import SessionRun
from .durable.productions import Element, caution_element

_WORDS: dict[Truth, str | None] = {True: "yes", False: "no", None: None}


class Agreement:
    """Holds what durable-rules gave against the reference meaning of one rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rules = {rule: Element("rule", rule) for rule in rulebook.premises}
        self._subjects = {name: Element("subject", name) for name in (*rulebook.concluding, *rulebook.decision)}
        self._options = {
            (decision.decision, option): Element("option", f"{decision.decision}.{option}")
            for decision in rulebook.decision.values()
            for option in decision.option_names
        }
        self._cautions = {caution: caution_element(*caution) for caution in rulebook.cautioning}

    def check(self, means: Meaning, run: SessionRun) -> None:
        """Raises EngineDisagreement unless durable-rules and the reference meaning agree on everything."""
        values = run.values
        for element, wanted in self._wanted(means):
            if values.get(element) != wanted:
                raise EngineDisagreement(
                    f"{element}: {values.get(element)} by durable-rules, {wanted} by the reference"
                )

    def _wanted(self, means: Meaning) -> Iterator[tuple[Element, str | None]]:
        """Everything that the meaning says, as elements with their values."""
        for rule, truth in means.rules.items():
            yield self._rules[rule], _WORDS[truth]
        for conclusion, truth in means.conclusions.items():
            yield self._subjects[conclusion], _WORDS[truth]
        for option, state in means.options.items():
            yield self._options[option], _WORDS[does_stand(state)]
        for decision, advice in means.advice.items():
            yield self._subjects[decision], advice
        for caution, truth in means.cautions.items():
            yield self._cautions[caution], _WORDS[truth]
