"""A record as a document: who asked and what for, the recommendation as it was given, and what proves the record."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from whytune.engine import Recommendation
from whytune.engine.advice.explanations import Flips
from whytune.engine.advice.recommendation import DecisionOutcome
from whytune.engine.language.case import Origin
from whytune.engine.language.problems import visible
from whytune.engine.ledger.chain_near import ChainNear
from whytune.engine.ledger.inferable import inferable
from whytune.engine.ledger.record import Record
from whytune.engine.words.catalogue import Family
from whytune.engine.words.speaker import Speaker

from .answer import TONES, answer, outlook, reasons, rows_of, ruled_out
from .changes import leads_to
from .document import (
    Block,
    Command,
    Drawing,
    Folded,
    Foot,
    Gap,
    Grid,
    Heading,
    Illustration,
    Item,
    Paragraph,
    Rows,
    Title,
)
from .firings import steps
from .levels import Level
from .python_calls import arguments
from .shell import LEDGER, verifying
from .short import in_a_line
from .states import STATUS_EXPLAINED

CHECKPOINT, KEY = "CHECKPOINT", "KEY"
"""What a reader puts into the commands that verify a record, beside the ledger."""


_ORIGIN = Family[Origin]("origin")


def record(
    kept: Record, recommendation: Recommendation, speaker: Speaker, chain: ChainNear, level: Level = "short"
) -> Iterator[Block]:
    """The record as an auditor reads it in a terminal: the facts given, and the answer at this level."""
    yield Title(speaker.say("record_head", id=kept.id))
    yield Rows(tuple(circumstances(kept, speaker)))
    given = [name for name, state in recommendation.facts.items() if state.state == "given"]
    if level == "short" and given:
        yield Heading(speaker.say("facts"))
        yield Rows(rows_of(given, recommendation, speaker))
    yield from _kept_out(kept, recommendation, speaker)
    for block in answer(recommendation, speaker, level):
        yield Heading(block.text, 1, block.tone) if isinstance(block, Title) else block
    yield Heading(speaker.say("proof"))
    yield Rows(tuple(proof(kept, speaker, chain)))
    yield Gap()
    if chain.fault is None:
        yield Paragraph("", 0, "quiet", to_type=speaker.say("verify_all_by", command=" ".join(verifying())))
    yield from _why_not(kept, speaker)


def report(
    kept: Record,
    recommendation: Recommendation,
    speaker: Speaker,
    chain: ChainNear,
    pictures: Mapping[str, Sequence[Drawing]],
    flips: Mapping[str, Flips | None],
) -> Iterator[Block]:
    """The record for people who read a page: with its pictures, and what would flip each decision.

    Of each decision `pictures` hold its way and then the whole chart; no flips are known where the search was too
    large, or values were kept out of the record.
    """
    yield Title(speaker.say("record_head", id=kept.id))
    *others, main = speaker.rulebook.decision_order or ("",)
    if main:
        decided = recommendation.decisions[main]
        yield Paragraph(speaker.subject(main), 0, "quiet")
        yield Title(speaker.outcome(main, decided.outcome), TONES[decided.status])
        yield Paragraph(speaker.say(STATUS_EXPLAINED[decided.status]), 0, TONES[decided.status])
    if others:
        yield Heading(speaker.say("other_decisions"))
        yield Rows(tuple(in_a_line(name, recommendation.decisions[name], speaker) for name in others))
    yield Heading(speaker.say("who_and_what_for"))
    yield Rows(tuple(circumstances(kept, speaker, evidence=False)))
    if others:
        yield Heading(speaker.subject(main))
    if main:
        yield from _about(main, kept, recommendation, speaker, pictures[main], flips[main])
    for name in reversed(others):
        about = _about(name, kept, recommendation, speaker, pictures[name], flips[name])
        yield Folded(speaker.subject(name), tuple(about))
    yield from _facts(kept, recommendation, speaker)
    yield Heading(speaker.say("trace"))
    yield from steps(recommendation.trace, recommendation, speaker)
    yield from _how_to_verify(kept, speaker, chain)


def _about(
    name: str,
    kept: Record,
    recommendation: Recommendation,
    speaker: Speaker,
    pictures: Sequence[Drawing],
    flips: Flips | None,
) -> Iterator[Block]:
    """All that is told of one decision: its reasons, its pictures, and what would flip it."""
    yield from _decided(name, recommendation.decisions[name], recommendation, speaker)
    yield from _pictures(kept, pictures, speaker)
    yield Heading(speaker.say("what_flips"), 2)
    yield from _flips(kept, flips, name, speaker)


def _decided(name: str, decision: DecisionOutcome, recommendation: Recommendation, speaker: Speaker) -> Iterator[Block]:
    if not recommendation.deciding(name):
        yield Heading(speaker.say("why"))
        yield Paragraph(speaker.say("advice_open"))
    yield from reasons(name, recommendation, speaker, level="full")
    yield from ruled_out(name, decision, recommendation, speaker)
    yield from outlook(name, decision, speaker)


def _pictures(kept: Record, pictures: Sequence[Drawing], speaker: Speaker) -> Iterator[Block]:
    for place, drawing in enumerate(pictures):
        title = speaker.say("picture_whole" if place else "picture_way")
        hidden = f" {speaker.say('picture_hidden')}" if kept.hidden and not place else ""
        yield Illustration(drawing, title + hidden)


def _flips(kept: Record, flips: Flips | None, name: str, speaker: Speaker) -> Iterator[Block]:
    """The smallest changes that lead elsewhere, in sentences; or why none are told."""
    if kept.hidden:
        yield Paragraph(speaker.say("flips_hidden"))
    elif flips is None:
        yield Paragraph(speaker.say("flips_too_many"))
    elif not flips.worthwhile:
        yield Paragraph(speaker.say("no_flip"))
    else:
        yield from map(Item, leads_to(speaker, name, flips.worthwhile))


def _facts(kept: Record, recommendation: Recommendation, speaker: Speaker) -> Iterator[Block]:
    """Each fact that a rule asked for, where it came from, and the evidence for it, if any."""
    evidence = kept.data["evidence"]
    head = [speaker.say(title) for title in ("fact", "value", "origin", *(["evidence"] if evidence else []))]
    rows = []
    for name, state in recommendation.facts.items():
        if state.state != "given" and speaker.rulebook.vocabulary.by_name[name].used_for:
            continue
        value = speaker.stated(name, state.value) if state.value is not None else "—"
        proved = evidence.get(name) or evidence.get(name.partition(".")[0], "")
        row = (speaker.fact(name), value, speaker.say(_ORIGIN[state.state]), proved)
        rows.append(row[: len(head)])
    yield Heading(speaker.say("facts"))
    yield Grid(tuple(head), tuple(rows))
    yield from _kept_out(kept, recommendation, speaker)


def _kept_out(kept: Record, recommendation: Recommendation, speaker: Speaker) -> Iterator[Block]:
    """What the hashes of values that a record keeps out hide, and what they do not; nothing if it keeps none out."""
    if kept.hidden:
        yield Paragraph(speaker.say("hidden_said"), 0, "quiet")
        for line in _given_away(inferable(recommendation, speaker.rulebook, kept.hidden), speaker):
            yield Paragraph(line, 0, "quiet")


def about_sensitive(
    facts: Collection[str], is_kept: bool, speaker: Speaker, given_away: Collection[str] = ()
) -> Iterator[str]:
    """What became of these sensitive facts in a record, and what that does not hide, `given_away` by the rest of the
    record; `is_kept`: all were to be kept.
    """
    if facts:
        yield speaker.say("kept_as_is" if is_kept else "kept_out", facts=speaker.listed(sorted(facts)))
        yield from () if is_kept else _given_away(given_away, speaker)
    elif is_kept and all(fact.sensitive == "no" for fact in speaker.rulebook.vocabulary.declared):
        yield speaker.say("none_sensitive")


def _given_away(facts: Collection[str], speaker: Speaker) -> Iterator[str]:
    known = speaker.rulebook.vocabulary.by_name
    named = [speaker.say("given_away_band", fact=name) if known[name].is_number else name for name in sorted(facts)]
    if named:
        yield speaker.say("given_away", facts=speaker.listed(named))


def _how_to_verify(kept: Record, speaker: Speaker, chain: ChainNear) -> Iterator[Block]:
    yield Heading(speaker.say("proof"))
    yield Rows(tuple(proof(kept, speaker, chain)))
    yield Heading(speaker.say("how_to_verify"), 2)
    yield Paragraph(speaker.say("verify_said"))
    yield Command(verifying_signed(KEY))
    yield Command(("whytune", "audit", "show", kept.id, "--ledger", LEDGER))
    yield Command(("whytune", "audit", "replay", kept.id, *given(kept), "--ledger", LEDGER))
    yield Heading(speaker.say("how_to_ask"), 2)
    yield Paragraph(speaker.say("record_answers"))
    for option in _rivals(kept, speaker)[:1]:
        yield _asking(kept, ("why-not", option), f'why_not("{option}")')
    yield _asking(kept, ("flip",), "flips()")
    yield Foot(speaker.say("page_proves_nothing"))


def _why_not(kept: Record, speaker: Speaker) -> Iterator[Block]:
    """The options that are not the advice of a record, and the command that asks why not the first of them."""
    for option in _rivals(kept, speaker)[:1]:
        parts = {"id": kept.id, "option": option, "given": "".join(f" {word}" for word in given(kept))}
        options = speaker.listed(_rivals(kept, speaker))
        yield Paragraph("", 0, "quiet", to_type=speaker.say("record_asks", **parts, options=options))


def _rivals(kept: Record, speaker: Speaker) -> list[str]:
    """The options of the main decision that are not the advice."""
    *_, main = speaker.rulebook.decision_order or ("",)
    decision = speaker.rulebook.decision.get(main)
    return [option.option for option in decision.options if option.option != kept.outcomes[main]] if decision else []


def given(kept: Record) -> tuple[str, ...]:
    """The options of a command that give what a record keeps out."""
    return tuple(word for fact in kept.hidden for word in ("--set", f"{fact}=…"))


def _asking(kept: Record, words: tuple[str, ...], question: str) -> Command:
    """The command, and the call in Python, that asks the case of a record."""
    call = f"whytune.Ledger({LEDGER}).case({arguments(kept.id, kept.hidden)}).{question}"
    return Command(("whytune", *words, "--of-record", kept.id, *given(kept), "--ledger", LEDGER), call=call)


def verifying_signed(key: str, is_ledger: bool = True) -> tuple[str, ...]:
    """The command that verifies a ledger, or an export of one, with a checkpoint and this public key."""
    return (*verifying(is_ledger), "--checkpoint", CHECKPOINT, "--public-key", key)


def minute(time: str) -> str:
    """The time of a record to the second, as people read it: 2026-03-03 09:15:02 UTC."""
    return f"{time[:10]} {time[11:19]} UTC"


def circumstances(record: Record, speaker: Speaker, evidence: bool = True) -> list[tuple[str, str]]:
    """When, who, what for, which case, and with `evidence` what proves each fact, in rows of a table."""
    data = record.data
    when = minute(record.time)
    if data["clock"] == "given":
        when = speaker.say("within", value=when, bounds=speaker.say("time_given"))
    rows = [
        (speaker.say("recorded_at"), when),
        (speaker.say("recorded_by"), data["by"] or speaker.say("not_said")),
        (speaker.say("recorded_for"), data["purpose"] or speaker.say("not_said")),
    ]
    rows += [(speaker.say("recorded_case"), data["case"])] if data["case"] else []
    for name, reference in data["evidence"].items() if evidence else ():
        label = speaker.fact(name) if name in speaker.rulebook.vocabulary.by_name else name
        rows.append((speaker.say("evidence_for", fact=label), reference))
    return [(visible(left), visible(right)) for left, right in rows]


def proof(record: Record, speaker: Speaker, chain: ChainNear) -> list[tuple[str, str]]:
    """What was checked, the hashes by which a record is verified, and what computed it, in rows of a table."""
    data = record.data
    rulebook = data["rulebook"]
    software = speaker.listed(f"{name} {version}" for name, version in sorted(data["software"].items()))
    return [
        (visible(left), visible(right))
        for left, right in (
            (speaker.say("record_checked"), _checked(chain, speaker)),
            (speaker.say("hash"), record.hash),
            (speaker.say("previous_hash"), data["previous"]),
            (speaker.say("rulebook"), f"{rulebook['name']} {rulebook['version']}, {rulebook['digest']}"),
            (speaker.say("rules_day"), data["as_of"] or speaker.say("every_day")),
            (speaker.say("software"), software),
        )
    ]


def _checked(chain: ChainNear, speaker: Speaker) -> str:
    """Of which records the hashes and links were looked at, if they hold."""
    if chain.fault:
        return speaker.say("record_chain_broken")
    if chain.first == chain.last:
        return speaker.say("record_holds_alone")
    return speaker.say("record_chain_holds", first=str(chain.first), last=str(chain.last))
