"""What an edit changes, as text: the verdict, then advice, cases, reasons, and last what was written otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import click

from whytune.engine.case import Value
from whytune.engine.difference import AdviceChange, AssumptionChange, Difference, PartChange, ReasonChange
from whytune.engine.difference.cases import CaseChanges
from whytune.engine.difference.intent import Excess
from whytune.engine.difference.witnesses import Witness
from whytune.engine.regions import Regions
from whytune.engine.sentences import say

from .layout import heading, wrap
from .regions import MOST_SHOWN, advise_command, command_lines, percent, share
from .voices import Voices, apart

MOST_LISTED = 20
"""Parts, values of a part, reasons or cases that a text lists."""


class Report(NamedTuple):
    """All that is told: what changes, beyond which intent, which cases, in whose words, on the day asked about."""

    found: Difference
    beyond: Excess | None
    cases: CaseChanges | None
    both: Voices
    day: date | None

    def command(self, case: Mapping[str, Value]) -> list[str]:
        """The command that advises on this case by the new rulebook."""
        return advise_command(case, self.both.path, self.day)

    def sections(self) -> Iterator[tuple[str, list[str]]]:
        """The titles and lines of what is told in lists: cases, reasons, parts, safeguards, words."""
        both, parts = self.both, self.found.parts
        if self.cases and (self.cases.changed or self.cases.misfits):
            yield both.say("case_changes"), list(_cases(self.cases, both))
        yield both.say("reason_changes"), [_reason(reason, both) for reason in self.found.reasons]
        yield both.say("part_changes"), [line for part in parts if not part.is_wording for line in _part(part, both)]
        guards = [part for part in parts if part.is_wording and part.kind in ("invariant", "waiver")]
        yield both.say("safeguard_changes"), [line for part in guards for line in _part(part, both)]
        words = [part for part in parts if part.is_wording and part not in guards]
        yield both.say("wording_changes"), [line for part in words for line in _part(part, both)]

    def known(self) -> Iterator[str]:
        """Facts, options and decisions added or removed, values that one rulebook does not know, rules not valid."""
        found, both = self.found, self.both
        kinds = ("fact", "option", "decision")
        yield from (both.change(part) for part in found.parts if part.kind in kinds and part.change != "changed")
        yield from (both.uncompared(fact, cells) for fact, cells in found.uncompared.items())
        if found.dormant:
            yield both.say("dormant", rules=both.new.listed(f"`{rule}`" for rule in found.dormant))


def lines(report: Report) -> Iterator[str]:
    """The report for a terminal."""
    found, both = report.found, report.both
    colour = {"advice": "yellow", "reasons": "cyan"}.get(found.level, "green")
    yield click.style(wrap(both.say(f"level_{found.level}")), bold=True, fg=colour)
    said = wrap(both.new.pair(both.say("version"), both.version(found.version)))
    yield said if found.version.follows else click.style(said, fg="red")
    if report.beyond is not None:
        yield from _beyond(report.beyond, report)
    yield from _listed(both.say("known_changes"), list(report.known()), both)
    if found.advice:
        yield heading(both.say("advice_changes"))
    for change in found.advice:
        yield from _advice(change, report)
    if found.assumptions:
        yield heading(both.say("assumption_changes"))
    for assumption in found.assumptions:
        yield from _assumption(assumption, report)
    if report.cases and not (report.cases.changed or report.cases.misfits):
        yield heading(both.say("no_case_changes", count=f"{report.cases.of:,}"))
    for title, listed in report.sections():
        yield from _listed(title, listed, both)


def way(change: AdviceChange | AssumptionChange, where: Regions, both: Voices) -> str:
    """From what to what the advice of how many tasks goes."""
    before, after = both.way(change)
    said = both.say("goes_to", before=before, after=after, share=share(where.share, both.new))
    return both.new.pair(both.left_out(change), said) if isinstance(change, AssumptionChange) else said


def regions(found: Regions, both: Voices) -> Iterator[str]:
    """Which tasks these are: what all have in common, then each region with its share."""
    shown = found.found[:MOST_SHOWN]
    common, beside = apart(shown)
    if common:
        yield both.new.pair(both.say("in_all"), both.region(common))
    for region, facts in zip(shown, beside, strict=True):
        said = both.region(facts)
        yield f"{said}  ({percent(region.share)})" if len(shown) > 1 else said
    if len(found.found) > MOST_SHOWN or found.rest.tasks:
        yield both.say("more_regions")


def blamed(change: AdviceChange, report: Report) -> str:
    """The parts because of which the advice changed."""
    parts = dict.fromkeys(part for region in change.regions for part in region.blame)
    return report.both.new.pair(report.both.say("blamed_on"), report.both.blame(parts, report.found))


def _advice(change: AdviceChange, report: Report) -> Iterator[str]:
    yield click.style(wrap(way(change, change.where, report.both), 2), bold=True)
    yield from (wrap(line, 6, "    -") for line in regions(change.where, report.both))
    yield wrap(blamed(change, report), 4)
    yield from _command(change.regions[0].witness, report)


def _assumption(change: AssumptionChange, report: Report) -> Iterator[str]:
    yield click.style(wrap(way(change, change.where, report.both), 2), bold=True)
    yield from (wrap(line, 6, "    -") for line in regions(change.where, report.both))
    yield from _command(change.witnesses[0], report)


def _command(witness: Witness, report: Report) -> Iterator[str]:
    """The command that tries this case; none where the new rulebook can be told nothing of it."""
    if witness.new:
        yield from command_lines(report.command(witness.new), 4)


def _beyond(beyond: Excess, report: Report) -> Iterator[str]:
    both = report.both
    if not beyond:
        yield click.style(wrap(both.say("within_intent")), fg="green")
        return
    yield click.style(heading(both.say("beyond_intent")), fg="red")
    for each in beyond.advice:
        yield wrap(way(each.change, each.where, both), 2)
        yield from (wrap(line, 6, "    -") for line in regions(each.where, both))
        yield from _command(each.witnesses[0], report)
    for title, listed in undeclared(beyond, both):
        yield wrap(both.new.pair(title, ""), 2).rstrip()
        yield from (wrap(line, 6, "    -") for line in listed[:MOST_LISTED])
        if len(listed) > MOST_LISTED:
            yield wrap(both.say("more_of_these", count=str(len(listed) - MOST_LISTED)), 6, "    -")


def undeclared(beyond: Excess, both: Voices) -> Iterator[tuple[str, list[str]]]:
    """The reasons and parts that change without being declared to, below what allows them."""
    if beyond.reasons:
        yield both.say("undeclared_reasons"), [_reason(reason, both) for reason in beyond.reasons]
    if beyond.parts:
        yield both.say("undeclared_parts"), [both.change(part) for part in beyond.parts]


def _reason(reason: ReasonChange, both: Voices) -> str:
    counts = [
        both.say(key, tasks=f"{of.tasks:,}", percent=percent(of))
        for key, of in (("decides_more", reason.gained), ("decides_less", reason.lost))
        if of.tasks
    ]
    return both.new.pair(f"`{reason.name}`", both.say("semicolon").join(counts))


def _cases(cases: CaseChanges, both: Voices) -> Iterator[str]:
    for case in cases.changed:
        before = both.outcome(case.decision, case.before, is_new=False)
        after = both.outcome(case.decision, case.after, is_new=True)
        yield both.new.pair(case.case, f"{before} → {after}")
    for misfit in cases.misfits:
        why = both.say("semicolon").join(say(problem.message, both.new.language) for problem in misfit.problems)
        yield both.new.pair(misfit.case, both.say("within", value=both.say("case_unread"), bounds=why))


def _part(part: PartChange, both: Voices) -> Iterator[str]:
    yield f"{both.change(part)}  {part.span}" if part.span else both.change(part)
    yield from (f"    {both.value(value)}" for value in part.values[:MOST_LISTED])


def _listed(title: str, listed: Sequence[str], both: Voices) -> Iterator[str]:
    """The lines below their title, the first of them if they are many; nothing if there are none."""
    if listed:
        yield heading(title)
    yield from (wrap(line.strip(), 2 + len(line) - len(line.lstrip())) for line in listed[:MOST_LISTED])
    if len(listed) > MOST_LISTED:
        yield wrap(both.say("more_of_these", count=str(len(listed) - MOST_LISTED)), 2)
