"""What an edit requires elsewhere before it can land: version, cases, findings, sources, generated files; and which
other sources and texts are to be looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, NamedTuple

from ...language.brief import brief
from ...language.problems import Span
from ..casebook.amendments import Amendment, amendments
from ..checks import broken_by_edits, code_of, stale_label
from ..examination import Examination, Finding
from . import Compared, Difference
from .case_changes import CaseChanges, Misfit
from .lost_edges import LostEdge, lost_edges
from .mentions import Mention
from .moved_cuts import moved_cuts
from .support import Unsupported, unsupported
from .versions import Version

SOURCE = "source"
"""The key of what documents say and where, which is not the author's to change."""


class Namesake(NamedTuple):
    """The name that a rulebook has in common with another one, and where it stands."""

    name: str
    span: Span | None

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "place": str(self.span) if self.span else None}


class Requirements(NamedTuple):
    """All that must follow an edit: the version and its place, if it is too low; cases that do not fit, what others
    expect in vain, and moved cuts that they no longer test closely; what checks find since; new cuts that their sources
    or those of the rules that test them do not say; and generated files that are out of date. It is true if something
    is left of that.

    Other `sources` and `texts` that name a number which is no cut any more may be true, so they are only to look at.
    So is the name of a copy that still calls itself as the shipped rulebook does.
    """

    version: Version
    place: Span | None = None
    misfits: tuple[Misfit, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    edges: tuple[LostEdge, ...] = ()
    findings: tuple[Finding, ...] = ()
    cuts: tuple[Unsupported, ...] = ()
    generated: tuple[str, ...] = ()
    sources: tuple[Mention, ...] = ()
    texts: tuple[Mention, ...] = ()
    namesake: Namesake | None = None

    def __repr__(self) -> str:
        return brief(self)

    def __bool__(self) -> bool:
        return not self.version.follows or self.is_left_beside_version

    @property
    def is_left_beside_version(self) -> bool:
        """Is anything but the version to be adapted?"""
        return any((self.misfits, self.amendments, self.edges, self.findings, self.cuts, self.generated))

    def to_dict(self) -> list[dict[str, Any]]:
        """Each thing to adapt, in the order in which they are told."""
        return list(self._listed())

    def looked_at(self) -> list[dict[str, Any]]:
        """The name, and each source and text, to look at, as JSON data."""
        kinds = (("name", filter(None, [self.namesake])), ("source", self.sources), ("text", self.texts))
        return [{"what": what, **entry.to_dict()} for what, entries in kinds for entry in entries]

    def _listed(self) -> Iterator[dict[str, Any]]:
        if not self.version.follows:
            place = str(self.place) if self.place else None
            yield {"what": "version", "write": self.version.least, "place": place, "step": self.version.step}
        yield from ({"what": "case", **misfit.to_dict()} for misfit in self.misfits)
        for amendment in self.amendments:
            yield {"what": "expectation", **amendment.to_dict(), "place": str(amendment.span)}
        yield from ({"what": "edge", **edge.to_dict()} for edge in self.edges)
        for finding in self.findings:
            place = str(finding.span) if finding.span else None
            about = {"code": finding.code, "about": finding.about, "message": dict(finding.message)}
            yield {"what": "finding", **about, "place": place}
        yield from ({"what": "cut", **cut.to_dict()} for cut in self.cuts)
        yield from ({"what": "generated", "file": file} for file in self.generated)


def requirements(
    compared: Compared,
    edit: Difference,
    cases: CaseChanges | None,
    generated: tuple[str, ...],
    day: date | None,
    is_copy: bool = False,
) -> Requirements:
    """What this edit requires on a day (None: by all rules); checks run if it changes more than words.

    `is_copy` says that the new rulebook bears the name of a shipped one and is another.

    Raises WhytuneError: no-solver.
    """
    new = compared.new.whole
    is_meant = edit.level not in ("nothing", "wording")
    cuts = tuple(unsupported(edit.parts, compared.old.whole, new))
    bands = {("bands", cut.band) for cut in cuts}
    rules = {cut.rule for cut in cuts}
    findings = tuple(_newly_broken(compared, day or date.min)) if is_meant else ()
    labels = {("bands", one.about, "labels") for one in findings if one.code == code_of(stale_label)}
    return Requirements(
        edit.version,
        new.places.get(("rulebook", new.name, "version")),
        cases.misfits if cases else (),
        tuple(amendments(cases.results)) if cases else (),
        tuple(lost_edges(moved_cuts(edit.parts), [result.case for result in cases.results], new)) if cases else (),
        findings,
        cuts,
        generated,
        tuple(
            text
            for text in edit.mentions
            if SOURCE in text.path and not (text.path[:2] in bands or _is_of(text, rules))
        ),
        tuple(text for text in edit.mentions if SOURCE not in text.path and text.path[:3] not in labels),
        Namesake(new.name, new.places.get(("rulebook", new.name, "name"))) if is_copy else None,
    )


def _is_of(mention: Mention, rules: Collection[str | None]) -> bool:
    return mention.kind == "rule" and mention.name in rules


def _newly_broken(compared: Compared, day: date) -> Iterator[Finding]:
    """What checks find in the new rulebook and did not find in the old one."""
    old, new = compared
    if findings := broken_by_edits(Examination(new.whole, day)):
        before = {(one.code, one.about, *one.message.items()) for one in broken_by_edits(Examination(old.whole, day))}
        yield from (one for one in findings if (one.code, one.about, *one.message.items()) not in before)
