"""What an edit changes, as text: the verdict, then advice, cases, reasons, and last what was written otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, islice
from typing import Any, NamedTuple

import click

from whytune.engine.language.case import Value
from whytune.engine.language.problems import visible
from whytune.engine.meaning.regions import Regions
from whytune.engine.review.difference import AdviceChange, Difference, OmissionChange, PartChange, ReasonChange
from whytune.engine.review.difference.cases import CaseChanges, Rewritten
from whytune.engine.review.difference.intent import Excess
from whytune.engine.review.difference.mentions import Mention
from whytune.engine.review.difference.witnesses import Witness
from whytune.engine.words.catalogue import translated
from whytune.prose.regions import advise_command, more_regions, percent, share
from whytune.prose.terminal import command as lines_of_command

from .layout import heading, width, wrap
from .voices import Voices, apart

MOST_LISTED = 40
"""Parts, values of a part, reasons or cases that a text lists."""


class Report(NamedTuple):
    """All that is told: what changes, beyond which intent, which cases, in whose words, on the day asked about; and
    which cases of the rulebook say something else now.

    `later` tells what advice changes from later days on, each of these being the day of its report.
    """

    found: Difference
    beyond: Excess | None
    cases: CaseChanges | None
    both: Voices
    day: date | None
    rewritten: tuple[Rewritten, ...] = ()
    is_later: bool = False
    later: tuple[Report, ...] = ()
    unseen: date | None = None

    def told_later(self) -> dict[str, Any]:
        """The report of a later day as JSON has it."""
        told = self.found.to_dict()
        beyond = self.beyond.to_dict()["advice"] if self.beyond else []
        return {"day": str(self.day), "advice": told["advice"], "omissions": told["omissions"], "beyond_intent": beyond}

    def command(self, case: Mapping[str, Value]) -> tuple[str, ...]:
        """The command that advises on this case by the new rulebook; of a commit, once that is checked out."""
        words, revision = advise_command(case, self.both.path, self.day), visible(self.both.revision)
        return (*words, f"# {self.both.say('checked_out', revision=revision)}") if revision else words

    def sections(self) -> Iterator[tuple[str, list[str]]]:
        """The titles and lines of what is told in lists, below what is told first: cases, reasons, parts, words."""
        both, parts = self.both, [part for part in self.found.parts if not part.is_safeguard]
        if self.cases and (self.cases.changed or self.cases.misfits):
            yield both.say("case_changes"), list(_cases(self.cases, both))
        yield both.say("rewritten_cases"), list(_rewritten(self.rewritten, both))
        yield both.say("reason_changes"), [_reason(reason, both) for reason in self.found.reasons]
        yield both.say("part_changes"), [line for part in parts if not part.is_wording for line in _part(part, both)]
        for number, found in groupby(self.found.mentions, lambda mention: mention.number):
            yield both.say("still_said", number=number), list(_mentions(found, both))
        yield both.say("wording_changes"), [line for part in parts if part.is_wording for line in _part(part, both)]

    def safeguards(self) -> list[str]:
        """Invariants and waivers that come, go, or mean something else: nobody should have to look for them."""
        return [line for part in self.found.parts if part.is_safeguard for line in _part(part, self.both)]

    def advised(self) -> Iterator[tuple[str, tuple[AdviceChange | OmissionChange, ...]]]:
        """The changes of advice below their titles, which name the day if it is a later one."""
        for key, changes in (("advice_changes", self.found.advice), ("omission_changes", self.found.omissions)):
            if changes:
                yield self.titled(self.both.say(key)), changes

    @property
    def is_beyond(self) -> bool:
        """Does the edit do more than was declared, on this day or a later one?"""
        return any(each.beyond for each in (self, *self.later))

    def titled(self, title: str) -> str:
        return self.both.say("from_day", said=title, day=str(self.day)) if self.is_later else title

    def ahead(self) -> Iterator[str]:
        """That advice changes on later days, too, and from which day on nobody looked."""
        for each in self.later:
            does = "changes_from_day" if each.found.level == "advice" else "no_changes_from_day"
            yield self.both.say(does, day=str(each.day))
        if self.unseen:
            yield self.both.say("unseen_from_day", day=str(self.unseen))

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
    colour = {"advice": "yellow", "safeguards": "yellow", "reasons": "cyan"}.get(found.level, "green")
    yield click.style(wrap(both.say(f"level_{found.level}")), bold=True, fg=colour)
    yield from (click.style(wrap(ahead), bold=True, fg="yellow") for ahead in report.ahead())
    said = wrap(both.new.pair(both.say("version"), both.version(found.version)))
    yield said if found.version.follows else click.style(said, fg="red")
    if report.beyond is not None:
        yield from _beyond(report.beyond, report)
    yield from _listed(both.say("safeguard_changes"), report.safeguards(), both)
    yield from _listed(both.say("known_changes"), list(report.known()), both)
    for each in (report, *report.later):
        for title, changes in each.advised():
            yield heading(title)
            for change in changes:
                yield from _change(change, each)
    if report.cases and not (report.cases.changed or report.cases.misfits):
        yield heading(both.say("no_case_changes", count=f"{report.cases.of:,}"))
    for title, listed in report.sections():
        yield from _listed(title, listed, both)


def way(change: AdviceChange | OmissionChange, where: Regions, both: Voices) -> str:
    """From what to what the advice of how many tasks goes."""
    before, after = both.way(change)
    said = both.say("goes_to", before=before, after=after, share=share(where.share, both.new))
    return both.new.pair(both.left_out(change), said) if isinstance(change, OmissionChange) else said


def regions(found: Regions, both: Voices, more: str = "more_regions") -> tuple[str, list[str]]:
    """Which tasks these are: what all regions have in common, if they do, and each region with its share.

    `more` is the key of the phrase that says how many are not told.
    """
    shown = found.found[: both.regions]
    common, beside = apart(shown)
    said = [both.region(facts) for facts in beside]
    if len(shown) > 1:
        said = [f"{each}  ({percent(region.share)})" for each, region in zip(said, shown, strict=True)]
    if left := more_regions(found, both.new, both.regions, more):
        said.append(left)
    return both.new.pair(both.say("in_all"), both.region(common)) if common else "", said


def _regions(found: Regions, both: Voices) -> Iterator[str]:
    common, said = regions(found, both, "more_regions_option")
    if common:
        yield wrap(common, 4)
    yield from (wrap(line, 6, "    -") for line in said)


def blamed(change: AdviceChange | OmissionChange) -> tuple[tuple[str, str], ...]:
    """The parts because of which the advice changed."""
    if isinstance(change, OmissionChange):
        return (("fact", change.fact),) if change.is_assumed_otherwise else ()
    return tuple(dict.fromkeys(part for region in change.regions for part in region.blame))


def _change(change: AdviceChange | OmissionChange, report: Report) -> Iterator[str]:
    both = report.both
    yield click.style(wrap(way(change, change.where, both), 2), bold=True)
    if isinstance(change, AdviceChange) or change.is_assumed_otherwise:  # else it follows from what is told of advice
        yield from _regions(change.where, both)
        yield wrap(both.new.pair(both.say("blamed_on"), both.blame(blamed(change), report.found)), 4)
    yield from _command(first_witness(change), report)


def first_witness(change: AdviceChange | OmissionChange) -> Witness:
    """A case to try, of the largest region."""
    return change.witnesses[0] if isinstance(change, OmissionChange) else change.regions[0].witness


def _command(witness: Witness, report: Report) -> Iterator[str]:
    """The command that tries this case; none where the new rulebook can be told nothing of it."""
    if witness.new:
        yield from lines_of_command(report.command(witness.new), width(), 4)


def _beyond(beyond: Excess, report: Report) -> Iterator[str]:
    both = report.both
    if not report.is_beyond:
        yield click.style(wrap(both.say("within_intent")), fg="green")
        return
    yield click.style(heading(both.say("beyond_intent")), fg="red")
    for each in (report, *report.later):
        for one in each.beyond.advice if each.beyond else ():
            yield wrap(each.titled(way(one.change, one.where, both)), 2)
            yield from _regions(one.where, both)
            yield from _command(one.witnesses[0], each)
    for title, listed in undeclared(beyond, both):
        yield wrap(both.new.pair(title, ""), 2).rstrip()
        yield from (wrap(line, 6, "    -") for line in listed[:MOST_LISTED])
        if len(listed) > MOST_LISTED:
            yield wrap(both.say("more_of_these", count=str(len(listed) - MOST_LISTED)), 6, "    -")


def undeclared(beyond: Excess, both: Voices) -> Iterator[tuple[str, list[str]]]:
    """The reasons, parts and safeguards that change without being declared to, below what allows them."""
    if beyond.reasons:
        yield both.say("undeclared_reasons"), [_reason(reason, both) for reason in beyond.reasons]
    for key, parts in (("undeclared_parts", beyond.parts), ("undeclared_safeguards", beyond.safeguards)):
        if parts:
            yield both.say(key), [both.change(part) for part in parts]


def _reason(reason: ReasonChange, both: Voices) -> str:
    counts = [
        both.say(key, tasks=f"{of.tasks:,}", percent=percent(of))
        for key, of in (("decides_more", reason.gained), ("decides_less", reason.lost))
        if of.tasks
    ]
    return both.new.pair(both.named(reason.name), both.say("semicolon").join(counts))


def _cases(cases: CaseChanges, both: Voices) -> Iterator[str]:
    for case in cases.changed:
        before = both.outcome(case.decision, case.before, is_new=False)
        after = both.outcome(case.decision, case.after, is_new=True)
        yield both.new.pair(case.case, f"{before} → {after}")
    for misfit in cases.misfits:
        why = both.say("semicolon").join(translated(problem.message, both.new.language) for problem in misfit.problems)
        yield both.new.pair(misfit.case, both.say("within", value=both.say("case_unread"), bounds=why))


def _rewritten(cases: Iterable[Rewritten], both: Voices) -> Iterator[str]:
    for case, found in groupby(cases, lambda each: each.case):
        yield case
        for each in found:
            yield f"    {both.rewritten(each)}"


def _part(part: PartChange, both: Voices) -> Iterator[str]:
    yield f"{both.change(part)}  {part.span}" if part.span else both.change(part)
    yield from islice((f"    {line}" for line in both.values(part)), MOST_LISTED)


def _mentions(mentions: Iterable[Mention], both: Voices) -> Iterator[str]:
    """Each part with the paths below which it has such texts, and the first of these."""
    for (kind, name), found in groupby(mentions, lambda mention: (mention.kind, mention.name)):
        first, *others = found
        paths = dict.fromkeys(".".join(each.path) for each in (first, *others))
        said = both.new.pair(both.part(kind, name), both.new.listed(paths))
        yield f"{said}  {first.span}" if first.span else said
        yield f"    {both.around(first.at, first.text)}"


def _listed(title: str, listed: Sequence[str], both: Voices) -> Iterator[str]:
    """The lines below their title, the first of them if they are many; nothing if there are none."""
    if listed:
        yield heading(title)
    yield from (wrap(line.strip(), 2 + len(line) - len(line.lstrip())) for line in listed[:MOST_LISTED])
    if len(listed) > MOST_LISTED:
        yield wrap(both.say("more_of_these", count=str(len(listed) - MOST_LISTED)), 2)
