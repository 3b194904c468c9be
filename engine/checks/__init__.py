"""What is wrong with a rulebook that loads: one file a check, each with its page as docstring.

A page has two halves, English and Chinese, between them a line of three dashes. Every check is exact: it looks at
all tasks through the decision diagram, never at a sample. Its `look` yields what it found; here waivers are laid
over that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import ModuleType

from ..diagram import Node
from ..examination import Examination, Finding, Found
from ..phrases import LANGUAGES
from ..rulebook import Waiver
from ..text import clean
from . import (
    assumption_matters,
    contradictory_condition,
    dead_option,
    expired_rule,
    idle_waiver,
    invariant_broken,
    masked_veto,
    missing_translation,
    never_decisive,
    never_in_force,
    overlapping_exception,
    review_overdue,
    several_stand,
    stale_label,
    stale_translation,
    uncited,
    undecided,
    untested_boundary,
    untested_rule,
    unused_band_cut,
    unused_fact,
)

CHECKS: tuple[ModuleType, ...] = (
    contradictory_condition,
    never_in_force,
    invariant_broken,
    undecided,
    several_stand,
    never_decisive,
    masked_veto,
    overlapping_exception,
    dead_option,
    unused_fact,
    unused_band_cut,
    assumption_matters,
    untested_rule,
    untested_boundary,
    stale_label,
    missing_translation,
    stale_translation,
    uncited,
    review_overdue,
    expired_rule,
    idle_waiver,
)
"""In the order in which their pages are best read; the last looks at what the others' waivers were good for."""


def code_of(check: ModuleType) -> str:
    """What a check is called: `never-in-force` stands in never_in_force.py."""
    return check.__name__.rpartition(".")[2].replace("_", "-")


def pages(check: ModuleType) -> Mapping[str, str]:
    """The page of a check in each language."""
    halves = (check.__doc__ or "").split("\n---\n")
    return {language: _unfolded(half) for language, half in zip(LANGUAGES, halves, strict=True)}


def _unfolded(page: str) -> str:
    """Each paragraph on one line."""
    return "\n\n".join(clean(paragraph) for paragraph in page.strip().split("\n\n"))


def examine(examined: Examination, started: Callable[[str], None] = lambda code: None) -> list[Finding]:
    """All findings of all checks, in the order of their places; `started` hears which check is next.

    Those that a waiver covers are among them, with its name. Raises WhytuneError: diagram-too-large, where an exact
    answer would take a larger diagram than is allowed.
    """
    waived = _Waived(examined)
    findings: list[Finding] = []
    for check in CHECKS:
        started(code_of(check))
        found = idle_waiver.look(examined, waived.used) if check is idle_waiver else check.look(examined)
        for each in found:
            findings.extend(waived.findings(check, each))
    return sorted(findings, key=_order)


class _Waived:
    """Lays the waivers of a rulebook over what checks found, and remembers which were good for something."""

    def __init__(self, examined: Examination) -> None:
        self.examined = examined
        self.used: set[str] = set()

    def findings(self, check: ModuleType, found: Found) -> Iterator[Finding]:
        """What is left of a find, and what each waiver covers of it."""
        code = code_of(check)
        about = [each for each in self.examined.whole.waivers if (each.finding, each.about) == (code, found.about)]
        left: Node | None = found.where
        for waiver in (each for each in about if each.holds_on(self.examined.day)):
            covered = self._covered(waiver, found.where)
            if covered is not None and not self.examined.is_ever(covered):
                continue
            self.used.add(waiver.waiver)
            yield self._finding(check, found, covered, waiver=waiver.waiver)
            if left is None or not waiver.where:
                return
            store = self.examined.diagram.store
            left = store.all_of((left, store.negate(self._where(waiver))))
        expired = [each for each in about if not each.holds_on(self.examined.day)]
        self.used.update(each.waiver for each in expired)
        if left is None or self.examined.is_ever(left):
            yield self._finding(check, found, left, expired=next((each.waiver for each in expired), None))

    def _covered(self, waiver: Waiver, where: Node | None) -> Node | None:
        """Of the cases concerned those that the waiver is for; None if it is about no cases."""
        if where is None or not waiver.where:
            return where
        return self.examined.diagram.store.all_of((where, self._where(waiver)))

    def _where(self, waiver: Waiver) -> Node:
        return self.examined.diagram.all_hold(self.examined.rulebook.conditions(waiver.where))

    def _finding(
        self, check: ModuleType, found: Found, where: Node | None, waiver: str | None = None, expired: str | None = None
    ) -> Finding:
        regions = None if where is None else self.examined.atlas.regions(where, most=MAX_REGIONS)
        return Finding(
            code_of(check), check.SEVERITY, found.about, found.span, found.message, found.hint, regions, waiver, expired
        )


MAX_REGIONS = 12
"""Regions of one finding that are told; the rest is told as a share."""


def failing(findings: Iterable[Finding], least: str) -> list[Finding]:
    """The findings, not waived, that are at least as grave: `error`, or `warning` too."""
    grave = ("error",) if least == "error" else ("error", "warning")
    return [finding for finding in findings if finding.waiver is None and finding.severity in grave]


def _order(finding: Finding) -> tuple[object, ...]:
    span = finding.span
    return (span.source, span.line or 0, span.column or 0, finding.code) if span else ("", 0, 0, finding.code)
