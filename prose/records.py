"""What a ledger holds, taken together -> documents: lists and counts of records, and verdicts on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, cast

from whytune.engine import __version__
from whytune.engine.advice.recommendation import OPEN
from whytune.engine.language.casefile import Status
from whytune.engine.language.problems import visible
from whytune.engine.language.rulebook import REFER
from whytune.engine.language.text import pick
from whytune.engine.ledger.chain_near import ChainNear
from whytune.engine.ledger.impact import NONE, Impact, Moved, MovedRecord
from whytune.engine.ledger.record import Record, reasons_of
from whytune.engine.ledger.record_shape import PlainTexts
from whytune.engine.ledger.replay import Replayed, Tally
from whytune.engine.ledger.statistics import Statistics
from whytune.engine.ledger.verification import Fault, Verification
from whytune.engine.words.catalogue import phrase, translated
from whytune.engine.words.speaker import Speaker

from .conditions import policy, policy_of
from .document import (
    Block,
    Document,
    Drawing,
    Gap,
    Grid,
    Heading,
    Illustration,
    Item,
    Notice,
    Paragraph,
    Rows,
    Title,
    document,
)
from .faults import fault_at, faults, in_doubt
from .record import minute
from .states import STATUS

_COLUMNS = ("record", "recorded_at", "advice", "rulebook", "recorded_by", "purpose_or_case")
"""The titles of the table of records."""

DIGITS_SHOWN = 12
"""How many digits of a rulebook's digest tell it from others of its name."""


Draw = Callable[[str, tuple[tuple[str, int], ...]], Drawing]
"""Draws how often each of several things occurs, below a title."""


class Page(NamedTuple):
    """Some of the records that were asked for: the number of the page, and how many records there are in all.

    `mains` holds the main decision of each rulebook that makes several, by its digest, as far as that is known. If a
    fault was met, it stands among the records, and `verification` says how far the chain holds. `rule_titles` tells by
    the id of a record what the rules that decided it are called.
    """

    entries: Sequence[Record | Fault]
    number: int
    size: int
    total: int
    mains: Mapping[str, str] = {}
    verification: Verification | None = None
    rule_titles: Mapping[str, Mapping[str, PlainTexts]] = {}

    @property
    def records(self) -> list[Record]:
        return [entry for entry in self.entries if isinstance(entry, Record)]

    def main_of(self, record: Record) -> str | None:
        """The main decision of the rulebook of a record, if that makes several and is known."""
        return self.mains.get(record.data["rulebook"]["digest"])

    @property
    def has_more(self) -> bool:
        return self.number * self.size < self.total


def listing(page: Page, language: str, *, reasons: bool = False) -> Document:
    """The records as a table, with `reasons` also what decided each, how many there are, and how to see the others.

    Of a damaged ledger it first says where the chain breaks, and marks what proves nothing.
    """
    verified = page.verification
    blocks: list[Block] = [*_breaks(verified, language)] if verified else []
    if page.entries:
        columns = (*_COLUMNS, *(["decided_by"] if reasons else []), *(["record_verifies"] if verified else []))
        rows = tuple(_entry(entry, page, columns, language) for entry in page.entries)
        blocks += [Grid(tuple(phrase(key, language) for key in columns), rows), Gap(), *_other_faults(page, language)]
    blocks.append(Paragraph(_total(page, language), tone="strong"))
    if page.has_more:
        following, last = page.number + 1, -(-page.total // page.size)
        more = phrase("more_records", language, page=f"{following:,}", pages=f"{last:,}")
        blocks.append(Paragraph(more, to_type=f"--page {following}"))
    return document(phrase("records_title", language), language, blocks)


def _breaks(verification: Verification, language: str) -> Iterator[Block]:
    """What is wrong with a damaged ledger, how far its chain holds, and what that means for the records after it."""
    yield from faults(verification, language)
    yield Paragraph(phrase("records_after_fault", language, count=f"{verification.end.length:,}"))
    yield Gap()


def _other_faults(page: Page, language: str) -> Iterator[Block]:
    """What is wrong at each place of a list of which that is not said above it."""
    first = page.verification.fault if page.verification else None
    others = [
        entry for entry in page.entries if isinstance(entry, Fault) and entry not in (first, first and first.first)
    ]
    for fault in others:
        yield Paragraph(fault_at(fault, language), tone="bad")
    if others:
        yield Gap()


def as_proven(whole: Document, verification: Verification, language: str) -> Document:
    """What is told of a damaged ledger, below what is wrong with it, and of how many records it is told."""
    before = phrase("records_before_fault", language, count=f"{verification.end.length:,}")
    return replace(whole, blocks=(*faults(verification, language), Paragraph(before), Gap(), *whole.blocks))


def as_it_stands(whole: Document, identity: str, chain: ChainNear, language: str) -> Document:
    """What is told of one record, below what is wrong with the chain around it."""
    doubts = (*in_doubt(identity, chain, language),)
    return _headed_by(whole, (*doubts, Gap())) if doubts else whole


def _headed_by(whole: Document, warning: tuple[Block, ...]) -> Document:
    """The document with a warning first, below its title."""
    titles = sum(isinstance(block, Title) for block in whole.blocks[:1])
    return replace(whole, blocks=(*whole.blocks[:titles], *warning, *whole.blocks[titles:]))


def _entry(entry: Record | Fault, page: Page, columns: Sequence[str], language: str) -> tuple[str, ...]:
    """A row for these columns: of a record, or of a fault in its place."""
    if isinstance(entry, Fault):
        return (str(entry.seq or ""), *([""] * (len(columns) - 2)), phrase("record_unproven", language))
    row = _row(entry, page.main_of(entry), language)
    if "decided_by" in columns:
        titles = page.rule_titles.get(entry.id, entry.rule_titles)
        row += (_reasons(entry, page.main_of(entry), titles, language),)
    if page.verification:
        holds = entry.seq <= page.verification.end.length
        row += (phrase("record_holds" if holds else "record_open", language),)
    return row


def _total(page: Page, language: str) -> str:
    if not page.total:
        return phrase("no_records", language)
    if len(page.records) < len(page.entries):
        return phrase("records_readable", language, count=f"{page.total:,}")
    if not page.records or page.total == len(page.records):
        return phrase("records_counted", language, count=f"{page.total:,}")
    first = (page.number - 1) * page.size + 1
    last = first + len(page.records) - 1
    return phrase("records_of", language, first=f"{first:,}", last=f"{last:,}", count=f"{page.total:,}")


def _row(record: Record, main: str | None, language: str) -> tuple[str, ...]:
    data = record.data
    rulebook = f"{data['rulebook']['name']} {data['rulebook']['version']}"
    purpose = data["purpose"] or data["case"] or ""
    advice = outcomes(record, language, main)
    cells = (record.id, minute(record.time), advice, rulebook, data["by"] or "", purpose)
    return tuple(map(visible, cells))


def _reasons(record: Record, main: str | None, titles: Mapping[str, PlainTexts], language: str) -> str:
    """The rules and policies that decided the main decision, also by ruling out; if nobody says which it is, any."""
    decisions = record.data["recommendation"]["decisions"]
    shown = [decisions[main]] if main in decisions else decisions.values()
    names = dict.fromkeys(name for decision in shown for name in reasons_of(decision))
    return visible(phrase("semicolon", language).join(_title(name, titles, language) or name for name in names))


def _titled(name: str, titles: Mapping[str, PlainTexts], language: str) -> str:
    """A rule or a policy by its title and, since records are chosen by it, its name."""
    title = _title(name, titles, language)
    return phrase("within", language, value=title, bounds=name) if title else name


def _title(name: str, titles: Mapping[str, PlainTexts], language: str) -> str:
    """What people call a rule or a policy; empty if nobody knows."""
    if name in titles:
        return pick(titles[name], language)
    return policy_of(name, name.partition(".")[0], language) or ""


def outcomes(record: Record, language: str, main: str | None = None) -> str:
    """The outcome with its status; of several decisions that of the main one and how many others there are.

    If nobody says which is the main one, all are told, by name.
    """
    decisions = record.data["recommendation"]["decisions"]
    texts = {
        name: phrase(
            "within",
            language,
            value=_outcome(record, name, language),
            bounds=phrase(STATUS[decision["status"]], language),
        )
        for name, decision in decisions.items()
    }
    if len(texts) == 1:
        return next(iter(texts.values()))
    if main in texts:
        return phrase("and_decisions", language, value=texts[main], count=str(len(texts) - 1))
    colon = phrase("colon", language)
    return phrase("semicolon", language).join(f"{visible(name)}{colon}{text}" for name, text in texts.items())


def _outcome(record: Record, decision: str, language: str) -> str:
    """The outcome of a decision in words, by the record's own texts."""
    titles = record.titles
    if record.outcomes[decision] == OPEN or decision not in titles:
        return phrase("advice_open", language)
    return visible(pick(titles[decision], language))


def counts(statistics: Statistics, language: str, draw: Draw | None = None) -> Document:
    """How often each outcome, status, deciding rule, ruling out, month and rulebook occurs; as rows, or drawn."""
    title = phrase("records_counted", language, count=str(statistics.records))
    status = {pair: phrase(STATUS[cast(Status, pair[1])], language) for pair in statistics.status}
    several = len({decision for decision, _ in statistics.advice}) > 1
    rules = {
        pair: _titled(pair[1], statistics.rule_titles, language) for pair in (*statistics.rules, *statistics.vetoes)
    }
    blocks: list[Block] = [Title(title, "plain")]
    for key, counted, names in (
        ("advice", statistics.advice, _outcomes(statistics, language)),
        ("status", statistics.status, status),
        ("decided_by", statistics.rules, rules),
        ("vetoed_by", statistics.vetoes, rules),
    ):
        colon = phrase("colon", language)
        rows = {
            (f"{decision}{colon}" if several else "") + names.get((decision, name), name): count
            for (decision, name), count in counted.items()
        }
        blocks += _counts(phrase(key, language), rows, draw)
    blocks += _counts(phrase("months", language), statistics.months, draw)
    blocks += _counts(phrase("rulebook", language), statistics.rulebooks, draw)
    return document(title, language, blocks)


def _outcomes(statistics: Statistics, language: str) -> dict[tuple[str, str], str]:
    """What the outcomes are called; an option by its label and, since records are chosen by it, its name."""
    names = {REFER: phrase("refer", language), OPEN: phrase("advice_open", language)}
    labels = {pair: pick(title, language) for pair, title in statistics.titles.items() if pair[1] not in names}
    options = {pair: phrase("within", language, value=label, bounds=pair[1]) for pair, label in labels.items()}
    return options | {pair: names[pair[1]] for pair in statistics.advice if pair[1] in names}


def _counts(title: str, counted: Mapping[str, int], draw: Draw | None) -> list[Block]:
    if not counted:
        return []
    rows = tuple((visible(name), str(count)) for name, count in counted.items())
    return [Heading(title), Illustration(draw(title, tuple(counted.items())), "") if draw else Rows(rows)]


def impact(effect: Impact, speaker: Speaker) -> Document:
    """What would come out differently, how often, and which rules are to blame; and what could not be asked again."""
    asked, left = effect.looked_at - effect.not_asked, effect.not_asked
    key = "impact_head_partly" if left else "impact_head"
    blocks: list[Block] = [Paragraph(speaker.say(key, changed=str(effect.changed), count=str(asked), left=str(left)))]
    if effect.same_version:
        identity = {"name": visible(speaker.rulebook.name), "version": visible(speaker.rulebook.version)}
        then, now = (speaker.listed(map(_brief, digests)) for digests in (effect.same_version, [effect.digest]))
        blocks.append(Paragraph(speaker.say("impact_same_version", **identity, then=then, now=now), tone="doubtful"))
    several = len({moved.move.decision for moved in effect.moved}) > 1
    for moved in effect.moved:
        blocks += _moved(moved, several, speaker)
    if effect.kept_out:
        blocks.append(Paragraph(speaker.say("impact_kept_out", count=str(effect.kept_out))))
    for why, count in effect.unfit:
        reason = visible(translated(why, speaker.language))
        blocks.append(Paragraph(speaker.say("impact_unfit", count=str(count), why=reason)))
    return document(speaker.say("impact_title", name=speaker.rulebook.name), speaker.language, blocks)


def _moved(moved: Moved, several: bool, speaker: Speaker) -> Iterator[Block]:
    """From what to what, in how many records, because of which rules, and in which records."""
    decision, before, after = moved.move
    then, now = (_outcome_there(decision, name, speaker) for name in (before, after))
    change = speaker.say("before_after", before=then, after=now)
    named = speaker.pair(visible(decision), change) if several else change
    yield Item(speaker.pair(named, str(moved.records)))
    for key, reasons in (("decided_before", moved.decided_before), ("decided_after", moved.decided_after)):
        if reasons:
            causes = speaker.listed(_reason_there(name, speaker) for name in reasons)
            yield Paragraph(speaker.pair(speaker.say(key), causes), level=2)
    more = " …" if moved.records > len(moved.ids) else ""
    yield Paragraph(speaker.listed(_named(record, speaker) for record in moved.first) + more, level=2)


def _brief(digest: str) -> str:
    return f"{digest[:DIGITS_SHOWN]}…"


def _named(record: MovedRecord, speaker: Speaker) -> str:
    """A record by its id and, if that is known, what it was for."""
    return speaker.say("within", value=record.id, bounds=visible(record.about)) if record.about else record.id


def _reason_there(name: str, speaker: Speaker) -> str:
    """A rule or a policy by its name and, if the other rulebook has that rule or decision, what it calls it."""
    rule = speaker.rulebook.rule.get(name)
    title = speaker.rule(name) if rule else policy(name, speaker) or _title(name, {}, speaker.language)
    return visible(speaker.say("within", value=title, bounds=name) if title else name)


def _outcome_there(decision: str, name: str, speaker: Speaker) -> str:
    """An outcome by the label that the other rulebook has for it, else by its name."""
    if name == OPEN:
        return speaker.say("advice_open")
    if name == NONE:
        return speaker.say("no_decision")
    there = speaker.rulebook.decision.get(decision)
    return speaker.option(decision, name) if there and name in (*there.outcomes, REFER) else visible(name)


def replays(tally: Tally, language: str) -> Document:
    """How many records came out the same again; each that did not with its first difference; each not replayed."""
    blocks: list[Block] = []
    if tally.record is None:
        blocks.append(Paragraph(phrase("replayed_same", language, count=str(tally.same))))
    elif tally.same:
        blocks.append(Paragraph(phrase("replayed_one", language, id=tally.record)))
    if tally.different_count:
        blocks.append(Paragraph(phrase("replayed_different", language, count=str(tally.different_count))))
    blocks += (block for replayed in tally.different for block in deviation(replayed, language))
    if tally.kept_out_count:
        left = phrase("replayed_kept_out", language, count=str(tally.kept_out_count))
        blocks.append(Paragraph(left, to_type=phrase("replayed_with_values", language)))
    for replayed in tally.kept_out:
        facts = phrase("comma", language).join(map(visible, replayed.kept_out))
        blocks.append(Paragraph(f"{replayed.record.id}{phrase('colon', language)}{facts}", level=1))
    return document(phrase("replay_title", language), language, blocks)


def asked_again(replayed: Replayed, speaker: Speaker) -> Iterator[Block]:
    """Which record an answer is about, whether something is wrong with the chain around it; and if it comes out
    otherwise than it was recorded, where that begins.
    """
    record = replayed.record
    by = visible(f"{record.data['rulebook']['name']} {record.data['rulebook']['version']}")
    which = speaker.say("asked_of_record", id=record.id, time=minute(record.time), rulebook=by)
    yield Paragraph(which, tone="quiet")
    if replayed.chain:
        yield from in_doubt(record.id, replayed.chain, speaker.language)
    if replayed.deviation:
        yield Notice(speaker.say("record_differs"), tone="bad")
        yield from deviation(replayed, speaker.language)
    yield Gap()


def deviation(replayed: Replayed, language: str) -> Iterator[Block]:
    """Where a record and what comes out now first differ, which they do."""
    first, record = replayed.deviation, replayed.record
    assert first, "they differ"
    key = "advice_differs" if first.advice else "advice_same"
    yield Paragraph(f"{record.id}{phrase('colon', language)}{phrase(key, language)}", level=1)
    yield Paragraph(phrase("first_difference", language, path=visible(first.path)), level=2)
    yield Paragraph(f"- {visible(first.recorded)}", level=2)
    yield Paragraph(f"+ {visible(first.now)}", level=2)
    if (then := record.data["software"].get("whytune")) != __version__:
        yield Paragraph(phrase("other_version", language, then=visible(str(then)), now=__version__), level=2)
