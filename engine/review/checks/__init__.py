"""What is wrong with a rulebook that loads: one file per check, and beside it the check's page in every language.

Every check is exact: it looks at all tasks, through the decision diagram or a solver, never at a sample. Its `look`
yields what it finds; waivers are applied to that here. The page of `masked_veto.py` is `masked_veto.en.md`, in Chinese
`masked_veto.zh.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from importlib import resources
from types import ModuleType

from ...language.problems import WhytuneError
from ...language.rulebook import Waiver
from ...language.text import clean
from ...meaning.diagram import Where
from ...meaning.regions import FEW_REGIONS, MAX_REGIONS, most_each
from ...words.catalogue import LANGUAGES
from ..examination import Examination, Finding, Found, Severity
from . import (
    assumption_matters,
    coming_change,
    contradictory_condition,
    dead_option,
    expired_rule,
    expires_soon,
    idle_caution,
    idle_only_if,
    idle_waiver,
    idle_yield,
    invariant_broken,
    masked_veto,
    missing_translation,
    never_decisive,
    never_in_force,
    no_main,
    overlapping_exception,
    overlapping_rows,
    placeholder,
    referred,
    review_overdue,
    several_stand,
    shorter_table,
    stale_label,
    stale_source,
    stale_translation,
    uncited,
    undecided,
    untested_boundary,
    untested_rule,
    unused_band_cut,
    unused_fact,
    weak_source,
)

CHECKS: tuple[ModuleType, ...] = (
    placeholder,
    contradictory_condition,
    never_in_force,
    invariant_broken,
    undecided,
    several_stand,
    referred,
    never_decisive,
    masked_veto,
    idle_caution,
    overlapping_exception,
    idle_yield,
    idle_only_if,
    overlapping_rows,
    shorter_table,
    dead_option,
    no_main,
    unused_fact,
    unused_band_cut,
    assumption_matters,
    untested_rule,
    untested_boundary,
    stale_label,
    missing_translation,
    stale_translation,
    uncited,
    weak_source,
    stale_source,
    review_overdue,
    expired_rule,
    expires_soon,
    coming_change,
    idle_waiver,
)
"""The checks, in the order in which their pages are best read; the last looks at how the others used waivers."""

ON_CASES = (untested_rule, untested_boundary)
"""The checks that look at the rulebook's own cases, and find nothing if none were read."""

_AFTER_AN_EDIT = (invariant_broken, undecided, several_stand, stale_label, idle_waiver)
"""The checks whose findings no edit may bring."""


def code_of(check: ModuleType) -> str:
    """The code of a check: that of never_in_force.py is `never-in-force`."""
    return check.__name__.rpartition(".")[2].replace("_", "-")


WAIVABLE = tuple(code_of(check) for check in CHECKS if check is not idle_waiver)
"""What a waiver may name as its `finding`."""


def pages(check: ModuleType) -> Mapping[str, str]:
    """The page of a check in every language: its title, then its paragraphs."""
    name = check.__name__.rpartition(".")[2]
    folder = resources.files(__name__)
    return {
        language: _unfolded(folder.joinpath(f"{name}.{language}.md").read_text("utf-8").removeprefix("# "))
        for language in LANGUAGES
    }


def _unfolded(page: str) -> str:
    """The text with every paragraph on one line."""
    return "\n\n".join(clean(paragraph) for paragraph in page.strip().split("\n\n"))


def examine(
    examined: Examination, started: Callable[[str], None] = lambda code: None, checks: Collection[ModuleType] = CHECKS
) -> list[Finding]:
    """All findings of these checks, in order of their places; `started` is told which check is next.

    They include those that a waiver covers, with its name, and what was not decided within the bound of search. From
    the first check on for which there is no room in diagrams, a solver is asked. Raises WhytuneError: no-solver.
    """
    waived = _Waived(examined)
    findings: list[Finding] = []
    for check in (check for check in checks if code_of(check) in WAIVABLE):
        started(code_of(check))
        try:
            findings.extend(waived.all_findings(check))
        except WhytuneError as error:
            if waived.examined.ground.is_in_clauses or not error.is_too_large:
                raise
            waived.examined = waived.examined.in_clauses()
            findings.extend(waived.all_findings(check))
    if idle_waiver not in checks:
        return sorted(findings, key=_order)
    idle = idle_waiver.look(examined, waived.used, WAIVABLE)
    findings.extend(waived.finding(idle_waiver, find, find.where) for find in idle)
    return sorted(findings, key=_order)


def broken_by_edits(examined: Examination) -> list[Finding]:
    """What needs mending of what invariants promise, of labels beside other cuts, of the tasks that a waiver
    accepts, and of the waivers: those that are idle, and what none of them covers.

    Raises WhytuneError: no-solver.
    """
    named = {waiver.finding for waiver in examined.whole.waivers}
    checks = [check for check in CHECKS if check in _AFTER_AN_EDIT or code_of(check) in named]
    return failing(examine(examined, checks=checks), "warning")


class _Waived:
    """Applies the waivers of a rulebook to what checks found, and remembers which were used."""

    def __init__(self, examined: Examination) -> None:
        self.examined = examined
        untested = {code_of(check) for check in ON_CASES if examined.covered is None}
        self.used = {waiver.waiver for waiver in examined.whole.waivers if waiver.finding in untested}

    def all_findings(self, check: ModuleType) -> list[Finding]:
        """What a check finds, the more the fewer regions each; that it is not decided, where that takes too long."""
        findings: list[Finding] = []
        finds = list(self.examined.looked(code_of(check), None, check.look(self.examined)))
        most = most_each(len(finds))
        for find in finds:
            try:
                findings += list(self.findings(check, find, most))
            except WhytuneError as error:
                if not self.examined.is_given_up(error):
                    raise
                findings += self.findings(check, self.examined.undecided(find.about, find.span), most)
        return findings

    def findings(self, check: ModuleType, find: Found, most: int) -> Iterator[Finding]:
        """What each waiver covers of something found, and what is left of it; nothing for what is true of no task.

        What is not decided is covered by no waiver, and makes none idle.
        """
        if not find.is_decided:
            self.used.update(self._perhaps_covering(check, find))
            yield self.finding(check, find, None)
            return
        ground, atlas = self.examined.ground, self.examined.atlas
        left = everywhere = ground.everywhere if find.where is None else atlas.among_tasks(find.where)
        expired: list[tuple[str, Where]] = []
        for waiver in self._about(check, find):
            covered = everywhere & self._where(waiver)
            if not covered:
                continue
            self.used.add(waiver.waiver)
            if waiver.holds_on(self.examined.day):
                yield self.finding(check, find, covered, most, waiver=waiver.waiver)
                left -= covered
            else:
                expired.append((waiver.waiver, covered))
        if left:
            lapsed = (name for name, covered in expired if left & covered)
            yield self.finding(check, find, left, most, expired=next(lapsed, None))

    def _about(self, check: ModuleType, find: Found) -> Iterator[Waiver]:
        """The waivers for this, by name; one limited to some cases does not apply to what is not about cases."""
        for waiver in sorted(self.examined.whole.waivers, key=lambda waiver: waiver.waiver):
            is_narrower = bool(waiver.where) and find.where is None
            if (waiver.finding, waiver.about) == (code_of(check), find.about) and not is_narrower:
                yield waiver

    def _perhaps_covering(self, check: ModuleType, find: Found) -> Iterator[str]:
        """The waivers for this, or for all that the check may find if it is not decided as a whole."""
        code = code_of(check)
        for waiver in self.examined.whole.waivers:
            if waiver.finding == code and find.about in (waiver.about, code):
                yield waiver.waiver

    def _where(self, waiver: Waiver) -> Where:
        return self.examined.diagram.all_hold(self.examined.rulebook.conditions(waiver.where))

    def finding(
        self,
        check: ModuleType,
        find: Found,
        where: Where | None,
        most: int = MAX_REGIONS,
        waiver: str | None = None,
        expired: str | None = None,
    ) -> Finding:
        """The finding in these cases, if it is about cases at all; in a few regions if there is nothing to mend."""
        regions = None
        if find.where is not None and where is not None:
            needs_no_mending = check.SEVERITY == "note" or bool(waiver)
            regions = self.examined.atlas.regions(where, FEW_REGIONS if needs_no_mending else most)
        severity = _severity(check, find)
        return Finding(
            code_of(check), severity, find.about, find.span, find.message, regions, waiver, expired, find.day
        )


def _severity(check: ModuleType, find: Found) -> Severity:
    """That of the check; a step less for what is not decided."""
    severity: Severity = check.SEVERITY
    if find.is_decided:
        return severity
    return "warning" if severity == "error" else "note"


def failing(findings: Iterable[Finding], least: str) -> list[Finding]:
    """The findings that are not waived and at least this severe: `error`, or also `warning`."""
    grave = ("error",) if least == "error" else ("error", "warning")
    return [finding for finding in findings if finding.waiver is None and finding.severity in grave]


def _order(finding: Finding) -> tuple[object, ...]:
    span = finding.span
    place = (span.source, span.line or 0, span.column or 0) if span else ("", 0, 0)
    return (*place, finding.code, finding.about, finding.waiver or "")
