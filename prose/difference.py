"""What an edit of a rulebook changes -> a document: the verdict, then advice, cases, reasons, and last what was written
otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from whytune.engine.language.brief import brief
from whytune.engine.language.problems import visible
from whytune.engine.language.rulebook import Rulebook
from whytune.engine.language.value import Value
from whytune.engine.meaning.regions import Regions, Share
from whytune.engine.review.difference import AdviceChange, Difference, EditLevel, OmissionChange
from whytune.engine.review.difference.case_changes import CaseChanges
from whytune.engine.review.difference.case_edits import CaseEdit
from whytune.engine.review.difference.intent import Excess
from whytune.engine.review.difference.requirements import Requirements
from whytune.engine.review.difference.witnesses import Witness
from whytune.engine.review.examination import Finding
from whytune.engine.words.catalogue import Family

from . import reaches, requirements, written_changes
from .document import Block, Command, Document, Folded, Heading, Illustration, Item, Listed, Paragraph, Tone, document
from .python_calls import call_for_one
from .regions import advise_command, asked_by, more_regions, share, share_of_part
from .two_speakers import TwoSpeakers, apart
from .written_changes import MOST_LISTED, first_entries, part_entry

_TONES: Mapping[str, Tone] = {"advice": "doubtful", "safeguards": "doubtful", "cautions": "open", "reasons": "open"}

AnyChange = AdviceChange | OmissionChange


_LEVEL = Family[EditLevel]("level")


class EditReport(NamedTuple):
    """All that is told: what changes, beyond which intent, which cases, in whose words, on the day asked about; what
    became of the cases of the rulebook; and what the edit requires elsewhere, where that was asked.

    `later` tells what advice changes from later days on, each of these being the day of its report. `pictures` are
    for readers who did not ask themselves. `findings` are those that are told above the report, and in short in it.
    """

    difference: Difference
    beyond: Excess | None
    cases: CaseChanges | None
    both: TwoSpeakers
    day: date | None
    case_edits: tuple[CaseEdit, ...] = ()
    is_later: bool = False
    later: tuple[EditReport, ...] = ()
    unseen: date | None = None
    pictures: tuple[Illustration, ...] | None = None
    requirements: Requirements | None = None
    findings: tuple[Finding, ...] = ()

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON data."""
        return {
            "old": _identity(self.both.old.rulebook),
            "new": _identity(self.both.new.rulebook),
            **self.difference.to_dict(),
            "to_adapt": self.requirements.to_dict() if self.requirements else [],
            "to_look_at": self.requirements.looked_at() if self.requirements is not None else [],
            "cases": self.cases.to_dict() if self.cases else None,
            "rewritten_cases": [edit.to_dict() for edit in self.case_edits],
            "beyond_intent": self.beyond.to_dict() if self.beyond is not None else None,
            "later": [report.told_later() for report in self.later],
            "unseen_from": str(self.unseen) if self.unseen else None,
        }

    def told_later(self) -> dict[str, Any]:
        """The report of a later day as JSON data."""
        content = self.difference.to_dict()
        beyond = self.beyond.to_dict()["advice"] if self.beyond else []
        return {
            "day": str(self.day),
            "advice": content["advice"],
            "omissions": content["omissions"],
            "beyond_intent": beyond,
        }

    def command(self, case: Mapping[str, Value]) -> tuple[str, ...]:
        """The command that advises on this case by the new rulebook; of a commit, once that is checked out."""
        words, revision = advise_command(case, self.both.path, self.day), visible(self.both.revision)
        return (*words, f"# {self.both.say('checked_out', revision=revision)}") if revision else words

    def sections(self) -> Iterator[tuple[str, list[Listed]]]:
        """The titles and entries of what is told in lists, below what is told first: cases, reasons, parts, words."""
        both, parts = self.both, [part for part in self.difference.parts if not part.is_safeguard]
        if self.cases and self.cases.changed:
            yield both.say("case_changes"), list(map(Listed, written_changes.changed_cases(self.cases, both)))
        yield from written_changes.edited_cases(self.case_edits, both)
        yield (
            both.say("caution_changes"),
            [reaches.entry(reaches.caution(change, both), change, both) for change in self.difference.cautions],
        )
        changed = self.difference.reasons
        reasons = [reaches.entry(reaches.reason(change, both), change, both) for change in changed]
        yield both.say("reason_changes_overlap" if len(reasons) > 1 else "reason_changes"), reasons
        yield both.say("part_changes"), [part_entry(part, both) for part in parts if not part.is_wording]
        yield both.say("wording_changes"), [part_entry(part, both) for part in parts if part.is_wording]

    def safeguards(self) -> list[Listed]:
        """Invariants and waivers that come, go, or change their meaning: nobody should have to look for them."""
        return [part_entry(part, self.both) for part in self.difference.parts if part.is_safeguard]

    def advised(self) -> Iterator[tuple[str, tuple[AnyChange, ...]]]:
        """The changes of advice below their titles, which name the day if it is a later one."""
        for key, changes in (
            ("advice_changes", self.difference.advice),
            ("omission_changes", self.difference.omissions),
        ):
            if changes:
                yield self.titled(self.both.say(key)), changes

    @property
    def is_beyond(self) -> bool:
        """Does the edit do more than was declared, on this day or a later one?"""
        return any(report.beyond for report in (self, *self.later))

    def titled(self, title: str) -> str:
        return self.both.say("from_day", said=title, day=str(self.day)) if self.is_later else title

    def ahead(self) -> Iterator[Paragraph]:
        """Says that advice also changes on later days, and from which day on nobody has looked."""
        for later in self.later:
            does = "changes_from_day" if later.difference.level == "advice" else "no_changes_from_day"
            yield Paragraph(self.both.say(does, day=str(later.day)), tone="doubtful")
        if self.unseen:
            unseen = self.both.say("unseen_from_day", day=str(self.unseen))
            yield Paragraph(unseen, tone="doubtful", to_type=self.both.say("another_day_offer"))

    def known(self) -> Iterator[Listed]:
        """Facts, options and decisions added or removed, values that one rulebook does not know, rules not valid."""
        difference, both = self.difference, self.both
        kinds = ("fact", "option", "decision")
        yield from (
            Listed(both.change(part)) for part in difference.parts if part.kind in kinds and part.change != "changed"
        )
        yield from (Listed(both.uncompared(fact, cells)) for fact, cells in difference.uncompared.items())
        if difference.dormant:
            rules = both.new.listed(f"`{rule}`" for rule in difference.dormant)
            yield Listed(both.say("dormant", rules=rules), to_type=both.say("another_day_offer"))


def _identity(rulebook: Rulebook) -> dict[str, str]:
    return {"name": rulebook.name, "version": rulebook.version, "digest": rulebook.digest}


def difference(report: EditReport) -> Document:
    """The whole report, the weightiest first."""
    title = report.both.say("diff_title", name=report.both.new.rulebook.name)
    return document(title, report.both.new.language, _blocks(report))


def _blocks(report: EditReport) -> Iterator[Block]:
    difference, both = report.difference, report.both
    shown: set[Sequence[Block]] = set()
    yield Paragraph(both.say(_LEVEL[difference.level]), tone=_TONES.get(difference.level, "good"))
    yield from _crossed(report)
    yield from _concerned(report)
    yield from report.ahead()
    version = both.new.pair(both.say("version"), both.version(difference.version))
    yield Paragraph(version, tone="plain" if difference.version.follows else "bad")
    if report.requirements is not None:
        is_asked = report.cases is not None and difference.level != "nothing"
        yield from requirements.left(report.requirements, both, is_asked)
    if report.beyond is not None:
        yield from _beyond(report.beyond, report, shown)
    for key, entries in (("safeguard_changes", report.safeguards()), ("known_changes", report.known())):
        if listed := list(first_entries(entries, both)):
            yield Heading(both.say(key))
            yield from listed
    yield from _advice(report, shown)
    if None in _shares(report):
        yield Paragraph(both.say("not_counted"))
    if report.requirements is not None:
        yield from requirements.listed(report.requirements, both, report.findings)
    if report.cases and not (report.cases.changed or report.cases.misfits):
        yield Heading(both.say("no_case_changes", count=f"{report.cases.of:,}"))
    for title, entries in report.sections():
        if entries:
            yield Folded(title, tuple(first_entries(entries, both)), len(entries))


def _concerned(report: EditReport) -> Iterator[Paragraph]:
    """How many tasks have other advice on each decision, and the same for other reasons; the main decision first."""
    both, concerned = report.both, {affected.decision: affected for affected in report.difference.affected}
    for name in reversed(both.new.rulebook.decision_order):
        if affected := concerned.get(name):
            shares = (("affected_advice", affected.advice), ("affected_reasons", affected.reasons))
            counts = [both.say(key, share=share(of, both.new)) for key, of in shares if of.tasks]
            yield Paragraph(both.new.pair(both.decision(name), both.say("semicolon").join(counts)))


def _crossed(report: EditReport) -> Iterator[Paragraph]:
    """The assumptions that count otherwise now."""
    speaker = report.both.new
    for fact, value in report.difference.crossings:
        yield Paragraph(
            speaker.say("crossed", fact=speaker.fact(fact), value=speaker.value(fact, value)), tone="doubtful"
        )


def _shares(report: EditReport) -> list[Share | None]:
    """Of how many tasks each change is told, on the day asked about and on later ones; None where nobody counted."""
    reached = (*report.difference.reasons, *report.difference.cautions)
    return [*_advised_shares(report), *(change.gained.share for change in reached)]


def _advised_shares(report: EditReport) -> list[Share | None]:
    """The shares of the changes of advice alone."""
    dated = [changes for day in (report, *report.later) for _, changes in day.advised()]
    return [change.where.share for changes in dated for change in changes]


def _advice(report: EditReport, shown: set[Sequence[Block]]) -> Iterator[Block]:
    """Whose advice changes, on the day asked about and on later ones, and the pictures of that.

    `shown` holds the tasks that are already told, and gains those that are told here.
    """
    earlier: set[tuple[Block, ...]] = set()
    for dated in (report, *report.later):
        for title, changes in dated.advised():
            yield Heading(title)
            blame = _shared_blame(changes, dated)
            yield from [Paragraph(report.both.new.pair(report.both.say("blamed_on"), blame), level=1)] if blame else []
            for decision, own in _by_decision(changes, report.both):
                yield from [Heading(decision, 2)] if decision else []
                for change in own:
                    words = tuple(_change(change, dated, set(), blame))
                    yield from _once(words, _change(change, dated, shown, blame), earlier, report.both)
    if any(_advised_shares(report)):
        yield Paragraph(report.both.say("share_is_no_frequency"), tone="quiet")
    yield from (Folded(picture.title, (picture._replace(title=""),)) for picture in report.pictures or ())


def _shared_blame(changes: Sequence[AnyChange], report: EditReport) -> str:
    """What all of several changes are due to; empty if they differ in that, or there is only one."""
    causes = {_blame(change, report) for change in changes}
    return causes.pop() if len(causes) == 1 and len(changes) > 1 else ""


def _blame(change: AnyChange, report: EditReport) -> str:
    """The parts because of which the advice changed; empty where that follows from what is told of advice."""
    parts = blamed(change)
    return report.both.blame(parts, report.difference) if parts else ""


def _by_decision(changes: Sequence[AnyChange], both: TwoSpeakers) -> Iterator[tuple[str, list[AnyChange]]]:
    """The changes of each decision below its name, the main one first; without a name where there is only one."""
    names = dict.fromkeys((*reversed(both.new.rulebook.decision_order), *both.old.rulebook.decision))
    for name in names:
        if own := [change for change in changes if change.decision == name]:
            yield both.decision(name) if len(names) > 1 else "", own


def _once(
    words: tuple[Block, ...], blocks: Iterator[Block], earlier: set[tuple[Block, ...]], both: TwoSpeakers
) -> Iterator[Block]:
    """The blocks that tell of a change; where all `words` but its command were told `earlier`, in short."""
    words = tuple(block for block in words if not isinstance(block, Command))
    if words in earlier:
        yield from (words[0], Paragraph(both.say("told_above"), level=2, tone="quiet"))
    else:
        earlier.add(words)
        yield from blocks


def _tasks(
    regions: Regions, witnesses: Sequence[Witness], report: EditReport, shown: set[Sequence[Block]]
) -> Iterator[Block]:
    """Which tasks these are and a case to try; in short if they are already `shown`."""
    blocks = tuple(_regions(regions, report.both))
    if blocks and blocks in shown:
        yield Paragraph(report.both.say("same_tasks"), level=2, tone="quiet")
        return
    shown.add(blocks)
    yield from (*blocks, *_to_try(witnesses, report))


def way(change: AnyChange, where: Regions, both: TwoSpeakers) -> str:
    """From what to what the advice changes, and for how many tasks."""
    before, after = both.way(change)
    goes = both.say("goes_over", before=before, after=after)
    if where.share:
        goes = both.say("goes_to", before=before, after=after, share=share(where.share, both.new))
    return both.new.pair(both.left_out(change), goes) if isinstance(change, OmissionChange) else goes


def _regions(regions: Regions, both: TwoSpeakers) -> Iterator[Block]:
    """Which tasks these are: what all regions have in common, if they do, and each region with its share."""
    shown = regions.listed[: both.regions]
    common, beside = apart(shown)
    if common:
        yield Paragraph(both.new.pair(both.say("in_all"), both.region(common)), level=2)
    for region, facts in zip(shown, map(both.region, beside), strict=True):
        yield Item(
            f"{facts}  ({share_of_part(region.share, both.new)})" if len(shown) > 1 and region.share else facts, level=2
        )
    if any(left := more_regions(regions, both.new, both.regions)):
        yield Item(left[0], level=2, to_type=left[1])


def blamed(change: AnyChange) -> tuple[tuple[str, str], ...]:
    """The parts because of which the advice changed."""
    if isinstance(change, OmissionChange):
        return (("fact", change.fact),) if change.is_assumed_otherwise else ()
    return tuple(dict.fromkeys(part for region in change.regions for part in region.blame))


def _change(
    change: AnyChange, report: EditReport, shown: set[Sequence[Block]], shared_blame: str = ""
) -> Iterator[Block]:
    both = report.both
    yield Paragraph(way(change, change.where, both), level=1, tone="strong")
    blame = _blame(change, report)
    if blame and blame != shared_blame:
        yield Paragraph(both.new.pair(both.say("blamed_on"), blame), level=2)
    if isinstance(change, AdviceChange):
        yield from reaches.deciders(change, both)
    if isinstance(change, AdviceChange) or change.is_assumed_otherwise:  # else it follows from what is told of advice
        yield from _tasks(change.where, _witnesses(change), report, shown)
    else:
        yield from _to_try(_witnesses(change), report)


def _witnesses(change: AnyChange) -> Sequence[Witness]:
    """Cases to try, those of the largest region first."""
    return change.witnesses if isinstance(change, OmissionChange) else [region.witness for region in change.regions]


def _to_try(witnesses: Sequence[Witness], report: EditReport) -> Iterator[Block]:
    """The command that tries the first of these cases, if the new rulebook can be told anything of it."""
    for witness in filter(lambda witness: witness.new, witnesses[:1]):
        call = call_for_one(witness.new, report.both.path, report.day, report.both.new.language)
        yield Command(report.command(witness.new), asks=asked_by(witness.new), call=call)


def _beyond(beyond: Excess, report: EditReport, shown: set[Sequence[Block]]) -> Iterator[Block]:
    both = report.both
    if not report.is_beyond:
        yield Paragraph(both.say("within_intent"), tone="good")
        return
    yield Heading(both.say("beyond_intent"), tone="bad")
    for dated in (report, *report.later):
        for excess in dated.beyond.advice if dated.beyond else ():
            yield Paragraph(dated.titled(way(excess.change, excess.where, both)), level=1)
            yield from _tasks(excess.where, excess.witnesses, dated, shown)
    for title, listed in _undeclared(beyond, both):
        yield Paragraph(both.new.pair(title, "").rstrip(), level=1)
        yield from (Item(line, level=2) for line in listed[:MOST_LISTED])
        if len(listed) > MOST_LISTED:
            yield Item(both.say("more_of_these", count=str(len(listed) - MOST_LISTED)), level=2)


def _undeclared(beyond: Excess, both: TwoSpeakers) -> Iterator[tuple[str, list[str]]]:
    """The reasons, parts and safeguards that change without being declared to, below what allows them."""
    if beyond.cautions:
        yield both.say("caution_changes"), [reaches.caution(caution, both) for caution in beyond.cautions]
    if beyond.reasons:
        yield both.say("undeclared_reasons"), [reaches.reason(reason, both) for reason in beyond.reasons]
    for key, parts in (("undeclared_parts", beyond.parts), ("undeclared_safeguards", beyond.safeguards)):
        if parts:
            yield both.say(key), [both.change(part) for part in parts]
