"""What an edit requires elsewhere before it can land: version, cases, safeguards, sources, texts, generated files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from ...language.brief import brief
from ...language.problems import Span
from ..casebook.amendments import Amendment, amendments
from ..checks import broken_safeguards
from ..examination import Examination, Finding
from . import Compared, Difference
from .case_changes import CaseChanges, Misfit
from .mentions import Mention
from .support import Unsupported, unsupported
from .versions import Version

SOURCE = "source"
"""The key of what documents say and where, which is not the author's to change."""


class Requirements(NamedTuple):
    """All that must follow an edit: the version and its place, if it is too low; cases that do not fit, and what others
    expect in vain; what the checks of safeguards find; new cuts that their sources do not say; other sources, and
    texts, that name a number that is no cut any more; and generated files that are out of date.
    """

    version: Version
    place: Span | None
    misfits: tuple[Misfit, ...]
    amendments: tuple[Amendment, ...]
    findings: tuple[Finding, ...]
    cuts: tuple[Unsupported, ...]
    sources: tuple[Mention, ...]
    texts: tuple[Mention, ...]
    generated: tuple[str, ...]

    def __repr__(self) -> str:
        return brief(self)

    def __bool__(self) -> bool:
        return not self.version.follows or any(self[2:])

    def to_dict(self) -> list[dict[str, Any]]:
        """Each thing to adapt, in the order in which they are told."""
        return list(self._listed())

    def _listed(self) -> Iterator[dict[str, Any]]:
        if not self.version.follows:
            place = str(self.place) if self.place else None
            yield {"what": "version", "write": self.version.least, "place": place, "step": self.version.step}
        yield from ({"what": "case", **misfit.to_dict()} for misfit in self.misfits)
        for amendment in self.amendments:
            yield {"what": "expectation", **amendment.to_dict(), "place": str(amendment.span)}
        for finding in self.findings:
            place = str(finding.span) if finding.span else None
            about = {"code": finding.code, "about": finding.about, "message": dict(finding.message)}
            yield {"what": "safeguard", **about, "place": place}
        yield from ({"what": "cut", **cut.to_dict()} for cut in self.cuts)
        yield from ({"what": "source", **source.to_dict()} for source in self.sources)
        yield from ({"what": "text", **text.to_dict()} for text in self.texts)
        yield from ({"what": "generated", "file": file} for file in self.generated)


def requirements(
    compared: Compared, edit: Difference, cases: CaseChanges | None, generated: tuple[str, ...], day: date | None
) -> Requirements:
    """What this edit requires on a day (None: by all rules); safeguards are looked at if it changes more than words.

    Raises WhytuneError: no-solver.
    """
    new = compared.new.whole
    is_meant = edit.level not in ("nothing", "wording")
    cuts = tuple(unsupported(edit.parts, new))
    bands = {("bands", cut.band) for cut in cuts}
    return Requirements(
        edit.version,
        new.places.get(("rulebook", new.name, "version")),
        cases.misfits if cases else (),
        tuple(amendments(cases.results)) if cases else (),
        tuple(_newly_broken(compared, day or date.max)) if is_meant else (),
        cuts,
        tuple(text for text in edit.mentions if SOURCE in text.path and text.path[:2] not in bands),
        tuple(text for text in edit.mentions if SOURCE not in text.path),
        generated,
    )


def _newly_broken(compared: Compared, day: date) -> Iterator[Finding]:
    """What the checks of safeguards find in the new rulebook and did not find in the old one."""
    old, new = compared
    if findings := broken_safeguards(Examination(new.whole, day)):
        before = {(one.code, one.about, *one.message.items()) for one in broken_safeguards(Examination(old.whole, day))}
        yield from (one for one in findings if (one.code, one.about, *one.message.items()) not in before)
