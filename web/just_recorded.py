"""A case that was recorded -> what is answered: the id of its record, what that keeps out, and the recommendation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from whytune import Case
from whytune.engine.ledger.content import concealed
from whytune.engine.ledger.inferable import inferable
from whytune.prose.document import Document, Paragraph
from whytune.prose.levels import Level
from whytune.prose.record import about_sensitive
from whytune.shown import Telling


@dataclass(frozen=True, eq=False, repr=False)
class Recorded(Telling):
    """The recommendation for a case that was kept, with the id of its record."""

    case: Case
    identity: str

    def document(self, level: Level = "short") -> Document:
        first = Paragraph(self.case.speaker.say("recorded_as", id=self.identity))
        kept_out = map(Paragraph, about_sensitive(self.kept_out, False, self.case.speaker, self.given_away))
        return self.case.asked.about_all((first, *kept_out, *self.case.document(level).blocks))

    def to_dict(self) -> dict[str, Any]:
        return {**self.about, **self.case.to_dict()}

    @property
    def about(self) -> dict[str, Any]:
        """Its id, and what it keeps out."""
        return {"record": self.identity, "kept_out": self.kept_out, "given_away": self.given_away}

    @property
    def kept_out(self) -> list[str]:
        """The sensitive facts whose values the record does not hold."""
        return sorted(concealed(self.case.recommendation, self.case.advisor.rulebook))

    @property
    def given_away(self) -> list[str]:
        """Those of them that the rest of the record tells."""
        return sorted(inferable(self.case.recommendation, self.case.advisor.rulebook, self.kept_out))
