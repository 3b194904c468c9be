"""What the checks of a rulebook found, and how its cases come out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from whytune.engine import Rulebook as Content
from whytune.engine.language.loading import folder_of
from whytune.engine.language.translations import confirmed_of
from whytune.engine.review.casebook import Result, cases_of, covered_by, run_all
from whytune.engine.review.checks import examine
from whytune.engine.review.examination import SEVERITIES, Examination, Finding
from whytune.engine.words.speaker import Speaker
from whytune.prose.document import Document
from whytune.prose.findings import Examined, findings
from whytune.prose.levels import Level

from .shown import Telling


@dataclass(frozen=True, eq=False, repr=False)
class Checked(Telling):
    """The `findings` of the checks: each with its code, severity, place, message, and the tasks that it is about."""

    findings: tuple[Finding, ...]
    place: str
    day: date
    speaker: Speaker

    def __repr__(self) -> str:
        counts = Counter(finding.severity for finding in self.findings if finding.waiver is None)
        counted = ", ".join(
            f"{counts[severity] or 'no'} {severity}{'' if counts[severity] == 1 else 's'}" for severity in SEVERITIES
        )
        book = self.speaker.rulebook
        return f"<Checked {book.name} {book.version}: {counted}>"

    def __len__(self) -> int:
        return len(self.findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def document(self, level: Level = "short") -> Document:
        """The findings, the gravest first; in "full" those that waivers cover, and all regions of tasks."""
        day = None if self.day == date.max else self.day
        return findings(Examined(self.findings, self.speaker, self.place, day, level == "full", level == "full"))

    def to_dict(self) -> dict[str, Any]:
        """The findings as data."""
        return {"findings": [finding.to_dict() for finding in self.findings]}


def checked(content: Content, place: str, day: date, speaker: Speaker, watch: Callable[[str], None]) -> Checked:
    """All that the checks find on this day; raises WhytuneError."""
    cases = cases_of(place, content)
    covered = covered_by(content, cases, day) if cases or folder_of(place) else None  # nobody expects any of a file
    examination = Examination(content, day, covered, confirmed_of(place), cases)
    return Checked(tuple(examine(examination, watch)), place, day, speaker)


@dataclass(frozen=True, eq=False, repr=False)
class Tested:
    """The `results` of a rulebook's own cases, in their order."""

    results: tuple[Result, ...]

    def __repr__(self) -> str:
        failed = len(self.failed)
        return f"<Tested {len(self.results)} cases: {len(self.results) - failed} passed, {failed} failed>"

    @property
    def failed(self) -> tuple[Result, ...]:
        """The results of the cases of which something was expected that does not come out."""
        return tuple(result for result in self.results if result.failures)

    def to_dict(self) -> dict[str, Any]:
        """The results as data."""
        return {"cases": [result.to_dict() for result in self.results]}


def tested(content: Content, place: str, day: date) -> Tested:
    """How the cases beside a rulebook come out on this day, those without a day of their own; raises WhytuneError."""
    return Tested(tuple(run_all(content, cases_of(place, content), day)))
