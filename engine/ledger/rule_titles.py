"""A record -> what the rules that decided it are called: as it says itself, or else as the rulebook stored with it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from ..language.problems import WhytuneError
from ..language.rulebook import POLICIES
from .record import Record, reasons_of
from .record_shape import PlainTexts
from .recorded import Library
from .verification import whole_rulebook


class RuleTitles:
    """The titles of rules in the records of one ledger; each rulebook is read once, and only if it is needed."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._stored: dict[tuple[object, ...], Mapping[str, PlainTexts]] = {}

    def of(self, record: Record) -> Mapping[str, PlainTexts]:
        """The titles, by the names of the rules.

        A record tells the steps that were taken; what decides whatever is still unknown needs no step by every rule.
        """
        titles = record.rule_titles
        decisions = record.data["recommendation"]["decisions"].values()
        reasons = {name for decision in decisions for name in reasons_of(decision)}
        untitled = (name for name in reasons - titles.keys() if name.partition(".")[2] not in POLICIES)
        return {**self._by_rulebook(record), **titles} if any(untitled) else titles

    def _by_rulebook(self, record: Record) -> Mapping[str, PlainTexts]:
        """What the stored rulebook calls its rules; nothing if it is damaged.

        A record that is not as it was written says nothing of the rulebook of others.
        """
        key = record.made_by
        if key not in self._stored and record.is_whole():
            self._stored[key] = {}
            with suppress(WhytuneError):
                rules = whole_rulebook(record, self.library).rules
                self._stored[key] = {rule.id: dict(rule.title) for rule in rules}
        return self._stored.get(key, {})
