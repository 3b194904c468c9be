"""What a question is about: rules, the facts of a case, and the words in which it is answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from whytune.engine import Advisor, Recommendation
from whytune.engine.advice.explanations import Flips, flips_or_none, unanswered
from whytune.engine.language.case import CaseFacts
from whytune.engine.words.speaker import Speaker
from whytune.prose.answer import answer
from whytune.prose.document import Block, Document, Title, document
from whytune.prose.levels import Level

if TYPE_CHECKING:
    from whytune.engine.ledger.replay import Replayed


class Asked(NamedTuple):
    """What a question is about: the rules, the facts of a case, and the words in which it is answered.

    Where the case is that of a record, each answer begins with which one, and whether the same came out again.
    """

    advisor: Advisor
    facts: CaseFacts
    speaker: Speaker
    replayed: Replayed | None = None

    def about(self, decision: str, blocks: Iterable[Block]) -> Document:
        """An answer about one decision, headed by its name where the rulebook has several."""
        subject = self.speaker.subject(decision)
        above = [Title(subject)] if len(self.advisor.rulebook.decisions) > 1 else []
        return document(subject, self.speaker.language, (*self._record(), *above, *blocks))

    def about_all(self, blocks: Iterable[Block]) -> Document:
        """An answer about all decisions."""
        return document(
            self.speaker.text(self.advisor.rulebook.title), self.speaker.language, (*self._record(), *blocks)
        )

    @property
    def origin(self) -> dict[str, Any]:
        """Of which record the case is, and whether the same came out again, as data; empty if it is of none."""
        return {"of_record": self.replayed.to_dict()} if self.replayed else {}

    def _record(self) -> Iterator[Block]:
        """The same as blocks."""
        if self.replayed:
            from whytune.prose.records import asked_again  # for those who ask a record

            yield from asked_again(self.replayed, self.speaker)

    def answer(
        self, recommendation: Recommendation, level: Level, unanswerable: Collection[str] = ()
    ) -> Iterator[Block]:
        """The recommendation at this level of detail, with the nearest change that would lead to another outcome.

        The facts that are `unanswerable`, or said to be unknown, are to be found out, and no question.
        """
        declined = unanswered(self.facts).union(unanswerable)
        return answer(recommendation, self.speaker, level, self.flips_or_none(), declined)

    def flips_or_none(self) -> Flips | None:
        """All the smallest flips of the main decision; None if there is none, or if the search would take too long."""
        main = next(reversed(self.advisor.rulebook.decision_order), None)
        return flips_or_none(self.advisor, self.facts, main) if main else None
