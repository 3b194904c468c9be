"""A recommendation as a document: the advice and why on one screen; with its proof; or with every step."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from whytune.engine import Recommendation
from whytune.engine.advice.explanations import Flips
from whytune.engine.advice.explanations.flips import Flip
from whytune.engine.advice.recommendation import DecisionOutcome
from whytune.engine.language.vocabulary import Fact, member, members
from whytune.engine.words.speaker import Speaker
from whytune.engine.words.values import shown_digest

from .changes import alike, leads_to
from .conditions import quoted_rules
from .document import Block, Foot, Gap, Heading, Item, Paragraph, Rows, Title, Tone
from .firings import MOST_ASSUMED, assuming, assumptions, cited, origin, reason, reason_of_rule, steps
from .levels import Level
from .short import beside, in_a_line, others_in_brief, parts_besides, to_mind_in_brief
from .states import STATUS_EXPLAINED

TONES: dict[str, Tone] = {"settled": "good", "provisional": "doubtful", "open": "open"}


def answer(
    recommendation: Recommendation,
    speaker: Speaker,
    level: Level = "full",
    flips: Flips | None = None,
    unanswerable: Collection[str] = (),
) -> Iterator[Block]:
    """What a recommendation says about the main decision, and in one line about each other one.

    It is told in short, where other decisions share lines, with the facts and the proof, or with every step; all but
    `full` name the nearest of the `flips`, which are None where finding them takes too long. What nobody could answer
    is to be found out, and no question.
    """
    *others, main = speaker.rulebook.decision_order or ("",)
    if others:
        yield Heading(speaker.subject(main))
    if main:
        yield from decided(main, recommendation, speaker, level, flips, unanswerable)
    if others and level == "short":
        yield from others_in_brief(others, main, recommendation, speaker)
    elif others:
        yield Heading(speaker.say("other_decisions"))
        yield Rows(tuple(in_a_line(name, recommendation.decisions[name], speaker) for name in others))
    if level != "short":
        yield from _facts(recommendation, speaker)
        is_whole = level == "full" or not main
        yield Heading(speaker.say("trace" if is_whole else "proof_steps"))
        firings = recommendation.trace if is_whole else recommendation.proof(main)
        yield from steps(firings, recommendation, speaker, level)
    yield Foot(identity(recommendation, speaker))


def decided(
    name: str,
    recommendation: Recommendation,
    speaker: Speaker,
    level: Level,
    flips: Flips | None,
    unanswerable: Collection[str],
) -> Iterator[Block]:
    """The advice on a decision, its status and reasons, and what else could come out."""
    decision = recommendation.decisions[name]
    yield from verdict(name, recommendation, speaker, flips)
    if level == "full":
        yield from _to_mind(decision, recommendation, speaker)
        yield from reasons(name, recommendation, speaker, level)
        yield from ruled_out(name, decision, recommendation, speaker)
        yield from outlook(name, decision, speaker, unanswerable)
    else:
        yield Gap()
        yield from grounds(name, recommendation, speaker, level, flips=flips)
        if flips and flips.nearest and not recommendation.fell_back(name):
            nearness = _nearness(flips.nearest, decision)
            has_room = level != "short" or len(recommendation.decisions) == 1
            yield _labelled(nearness, next(leads_to(speaker, name, [flips.nearest], why=has_room)), speaker)
        if asked := decision.next_question:
            question = speaker.pair(_to_ask(asked, unanswerable, speaker), speaker.question(asked))
            yield Paragraph(question, to_type=set_option(asked))
        yield from (to_mind_in_brief if level == "short" else cautions)(decision, speaker)


def outcome(
    name: str, recommendation: Recommendation, speaker: Speaker, level: Level, flips: Flips | None
) -> Iterator[Block]:
    """The answer to one decision: what `decided` tells, and at each level what else is possible if assumptions fail."""
    yield from decided(name, recommendation, speaker, level, flips, ())
    if level != "full" and (otherwise := recommendation.decisions[name].possible_otherwise):
        yield _labelled("also_possible", speaker.outcomes(name, otherwise), speaker)


def verdict(name: str, recommendation: Recommendation, speaker: Speaker, flips: Flips | None) -> Iterator[Block]:
    """The advice on a decision with what other parts add to the main one, and its status; if only the fallback decided,
    that fact and what would change it.
    """
    decision = recommendation.decisions[name]
    yield Title(speaker.pair(speaker.say("advice"), speaker.outcome(name, decision.outcome)), TONES[decision.status])
    if name == speaker.rulebook.decision_order[-1]:
        parts = parts_besides(name, recommendation, speaker)
        yield from (Paragraph(beside(part, name, recommendation, speaker)) for part in parts)
    yield Paragraph(speaker.pair(speaker.say("status"), speaker.say(_status(decision, recommendation, speaker))))
    if recommendation.fell_back(name) and decision.advice:
        yield Paragraph(_only_the_fallback(name, decision, flips, speaker), 0, "doubtful")


def cautions(decision: DecisionOutcome, speaker: Speaker) -> Iterator[Block]:
    """What to mind along with the advice, each in a paragraph."""
    for rule in decision.cautions:
        yield _labelled("to_mind", speaker.text(speaker.rulebook.rule[rule].because), speaker)


def _to_mind(decision: DecisionOutcome, recommendation: Recommendation, speaker: Speaker) -> Iterator[Block]:
    """The cautions that go with the advice, each with its source."""
    for rule in decision.cautions:
        yield _labelled("to_mind", reason_of_rule(speaker, rule, recommendation), speaker)
        yield Paragraph(cited(rule, speaker.rulebook.rule[rule].sources, speaker), 1, "quiet")


def _only_the_fallback(name: str, decision: DecisionOutcome, flips: Flips | None, speaker: Speaker) -> str:
    """Says that only the fallback decided, and what would change that."""
    advice = speaker.outcome(name, decision.outcome)
    if overruled := _last_kinds(name, decision, speaker):
        rules = dict.fromkeys(rule for option in overruled for rule in decision.options[option].speaks_against)
        options = speaker.options(name, overruled)
        left = speaker.say("fallback_overruled", options=options, rules=quoted_rules(speaker, rules), advice=advice)
    else:
        left = speaker.say("fallback_unproposed", advice=advice)
    if flips is None:
        return left
    nearest = next(alike(speaker, [flips.nearest] if flips.nearest else []), None)
    if nearest is None:
        return left + speaker.say("space") + speaker.say("fallback_for_good")
    option = speaker.outcome(name, nearest.first.outcome)
    return left + speaker.say("space") + speaker.say("fallback_until", changes=nearest.sentence(speaker), option=option)


def _last_kinds(name: str, decision: DecisionOutcome, speaker: Speaker) -> tuple[str, ...]:
    """The options that are proposed and ruled out, but for those of which a kind is among them."""
    kinds = speaker.rulebook.decision[name].kinds
    return tuple(option for option in decision.overruled if not kinds[option] & decision.overruled.keys())


def grounds(
    name: str,
    recommendation: Recommendation,
    speaker: Speaker,
    level: Level = "normal",
    *,
    flips: Flips | None = None,
    on_paper: bool = False,
) -> Iterator[Block]:
    """Why, what is still possible, what is ruled out, what is assumed: each in a paragraph.

    Of what is assumed, the facts that change the advice alone come first, then those behind the reasons. All of it
    stands `on_paper`, and no id of a rule.
    """
    decision = recommendation.decisions[name]
    alone = {flip.facts[0] for flip in flips.flips if len(flip.facts) == 1} if flips else set()
    yield from _first_reasons(name, recommendation, speaker, level, alone, on_paper=on_paper)
    if decision.status == "open":
        yield _labelled("possible", speaker.outcomes(name, decision.possible_as_assumed), speaker)
    if decision.overruled and not recommendation.fell_back(name):
        yield _labelled("ruled_out_by", _overruled(name, decision, speaker), speaker)
    if decision.rests_on:
        most = None if on_paper else MOST_ASSUMED
        facts = _to_check_first(name, recommendation, alone)
        yield _labelled("assumed_here", assumptions(facts, recommendation, speaker, most), speaker)


def _to_check_first(name: str, recommendation: Recommendation, alone: Collection[str]) -> tuple[str, ...]:
    """The assumptions that can change the advice: those that do `alone`, those behind its reasons, and others."""
    behind = {fact for firing in recommendation.all_grounds(name) for fact in recommendation.facts_behind(firing)}
    rests_on = recommendation.decisions[name].rests_on
    return tuple(sorted(rests_on, key=lambda fact: (fact not in alone, fact not in behind)))


def _to_ask(fact: str, unanswerable: Collection[str], speaker: Speaker) -> str:
    """What stands before a question: that it comes next or, if nobody could answer, is to be found out."""
    return speaker.say("find_out" if fact in unanswerable else "next")


def _nearness(nearest: Flip, decision: DecisionOutcome) -> str:
    """The name of the phrase before a change: one of what is given is not nearer than an assumption that fails."""
    if decision.status == "open":
        return "nearest_decides"
    if nearest.group == "no":
        return "nearest_out_of_hand"
    is_given = nearest.group in ("yes", "with_effort") and all(change.before is not None for change in nearest.changes)
    return "nearest_given" if is_given else "nearest"


def set_option(*facts: str) -> str:
    """The options that tell a command these facts, of which there is one at least."""
    return f"({' '.join(f'--set {fact}=…' for fact in facts)})"


def _labelled(key: str, text: str, speaker: Speaker) -> Paragraph:
    return Paragraph(speaker.pair(speaker.say(key), text))


def _first_reasons(
    name: str, recommendation: Recommendation, speaker: Speaker, level: Level, alone: Collection[str], *, on_paper: bool
) -> Iterator[Block]:
    """What decided, in one sentence with its source; if only the fallback did, what ruled out the rest.

    Of several such sentences a short answer gives the source of the first. The sentence names the assumptions that it
    rests on; in short, if assumptions are listed below, those that change the advice `alone`, else its label says so.
    """
    in_brief = level == "short" and recommendation.decisions[name].rests_on
    firsts = recommendation.first_grounds(name)
    others = sum(map(len, recommendation.grounds(name).values())) - len(firsts)
    parts = _parts_reasoned(name, recommendation, speaker)
    for place, first in enumerate(firsts):
        assumed = recommendation.assumed_behind(first)
        named = [fact for fact in assumed if fact in alone] if in_brief else assumed
        text = assuming(speaker, speaker.text(first.text), named, recommendation)
        yield Paragraph(speaker.pair(_why(parts[place] if parts else "", bool(assumed and not named), speaker), text))
        source = origin(first, recommendation, speaker, is_named=not on_paper) if level != "short" or not place else ""
        more = speaker.say("reasons_more", count=str(others)) if others and not place else ""
        if source or more:
            yield Paragraph(speaker.say("semicolon").join(filter(None, (source, more))), 1, "quiet")


def _parts_reasoned(name: str, recommendation: Recommendation, speaker: Speaker) -> list[str]:
    """What each of the first reasons of a combination leads to, where each is that of another decision's advice."""
    grounds, advice = recommendation.grounds(name), recommendation.decisions[name].advice
    if name in grounds or len(grounds) < 2 or advice not in speaker.rulebook.decision[name].combining:
        return []
    return [speaker.outcome(beneath, recommendation.decisions[beneath].outcome) for beneath in grounds]


def _why(part: str, is_assumed: bool, speaker: Speaker) -> str:
    """What stands before a reason: whether it is assumed, and what it leads to if that is to be told."""
    if part:
        return speaker.say("why_part_assumed" if is_assumed else "why_part", option=part)
    return speaker.say("why_assumed" if is_assumed else "why")


def _overruled(name: str, decision: DecisionOutcome, speaker: Speaker) -> str:
    """The options that are proposed and ruled out, with the rules against them."""
    return speaker.say("semicolon").join(
        speaker.say("within", value=speaker.option(name, option), bounds=quoted_rules(speaker, state.speaks_against))
        for option in _last_kinds(name, decision, speaker)
        for state in [decision.options[option]]
    )


def _status(decision: DecisionOutcome, recommendation: Recommendation, speaker: Speaker) -> str:
    """The name of the phrase for a status: settled because every fact is given is a status of its own."""
    facts = (fact for fact in speaker.rulebook.vocabulary.facts if not fact.used_for)
    full = all(recommendation.facts[fact.fact].state in ("given", "not_applicable") for fact in facts)
    return "settled_full" if decision.status == "settled" and full else STATUS_EXPLAINED[decision.status]


def reasons(name: str, recommendation: Recommendation, speaker: Speaker, level: Level = "normal") -> Iterator[Block]:
    """What decided, each with where it is written; in full, with what is written there."""
    deciding = recommendation.all_grounds(name)
    if deciding:
        yield Heading(speaker.say("why"))
    for firing in deciding:
        text = reason(speaker, speaker.text(firing.text), firing, recommendation)
        yield Item(text, 1, origin(firing, recommendation, speaker, level))


def ruled_out(
    name: str, decision: DecisionOutcome, recommendation: Recommendation, speaker: Speaker
) -> Iterator[Block]:
    """Options that were proposed and are ruled out, or whose kinds were, each with the rules against it."""
    if decision.overruled:
        yield Heading(speaker.say("ruled_out_by"))
    for option, state in decision.overruled.items():
        titles = speaker.listed(speaker.say("quoted", text=speaker.rule(rule)) for rule in state.speaks_for)
        yield Paragraph(speaker.say("proposed_and_out", label=speaker.option(name, option), rules=titles), 1)
        for rule in state.speaks_against:
            source = cited(rule, speaker.rulebook.rule[rule].sources, speaker)
            yield Item(reason_of_rule(speaker, rule, recommendation), 1, source)


def outlook(
    name: str, decision: DecisionOutcome, speaker: Speaker, unanswerable: Collection[str] = ()
) -> Iterator[Block]:
    """What could still come out, what else could if an assumption fails, and what to ask next or to find out."""
    if decision.status == "open":
        yield Heading(speaker.say("possible"))
        yield Paragraph(speaker.outcomes(name, decision.possible_as_assumed), 1)
    if decision.possible_otherwise:
        yield Heading(speaker.say("also_possible"))
        yield Paragraph(speaker.outcomes(name, decision.possible_otherwise), 1)
    if asked := decision.next_question:
        yield Heading(_to_ask(asked, unanswerable, speaker))
        yield Paragraph(speaker.question(asked), 1, to_type=set_option(asked))


def _facts(recommendation: Recommendation, speaker: Speaker) -> Iterator[Block]:
    matter = {fact for decision in recommendation.decisions.values() for fact in decision.rests_on}
    sections = (
        ("given", "facts", None),
        ("implied", "implied_here", None),
        ("assumed", "assumed_in_all" if len(recommendation.decisions) > 1 else "assumed_here", matter),
        ("unknown", "unknown_here", None),
    )
    for state, title, only in sections:
        names = [
            name
            for name, fact in recommendation.facts.items()
            if fact.state == state and (only is None or name in only)
            if state == "given" or not speaker.rulebook.vocabulary.by_name[name].used_for
        ]
        if rows := rows_of(names, recommendation, speaker):
            yield Heading(speaker.say(title))
            yield Rows(rows)


def rows_of(names: Iterable[str], recommendation: Recommendation, speaker: Speaker) -> tuple[tuple[str, str], ...]:
    """These facts, each beside its value, or its question if it has none; a list that was given in one row."""
    given = {name for name, fact in recommendation.facts.items() if fact.state == "given"}
    choices = (fact for fact in speaker.rulebook.facts if fact.kind == "choices")
    lists = [fact for fact in choices if given.issuperset(members(fact))]  # whoever gives a list gives all of it
    by_first = {members(fact)[0]: fact for fact in lists}
    others = {name for fact in lists for name in members(fact)} - by_first.keys()
    return tuple(_row(name, by_first.get(name), recommendation, speaker) for name in names if name not in others)


def _row(name: str, whole: Fact | None, recommendation: Recommendation, speaker: Speaker) -> tuple[str, str]:
    """A fact beside its value, or its question if it has none; or the `whole` list that stands for it."""
    if whole:
        return speaker.fact(whole.fact), _among(whole, recommendation, speaker)
    value = recommendation.facts[name].value
    return speaker.fact(name), speaker.question(name) if value is None else speaker.stated(name, value)


def _among(fact: Fact, recommendation: Recommendation, speaker: Speaker) -> str:
    """The values of a `choices` fact that the case has, and that it has no others."""
    named = [value for value in fact.values if recommendation.facts[member(fact, value)].value == "yes"]
    if not named:
        return speaker.say("none_of_these")
    return speaker.say("only_these", values=speaker.listed(speaker.value(fact.fact, value) for value in named))


def identity(recommendation: Recommendation, speaker: Speaker) -> str:
    """Which rulebook answered, with the rules of which day."""
    rulebook = recommendation.rulebook
    named = f"{rulebook.name} {rulebook.version}, SHA-256 {shown_digest(rulebook.digest)}"
    dated = speaker.say("rules_on", day=str(recommendation.as_of)) if recommendation.as_of else ""
    return speaker.pair(speaker.say("rulebook"), speaker.say("semicolon").join(filter(None, (named, dated))))
