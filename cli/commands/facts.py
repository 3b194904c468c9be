"""`whytune facts`: what can be known of a task."""

from __future__ import annotations

from collections.abc import Iterator

import click

from whytune.engine import Problem, WhytuneError, load
from whytune.engine.language.problems import Sentence, did_you_mean, short
from whytune.engine.language.vocabulary import YES_NO, Fact
from whytune.engine.words.speaker import Speaker

from ..layout import heading, table, wrap
from ..options import language_of, language_option, lines_format_option, rulebook_option, show_lines


@click.command()
@click.argument("name", required=False)
@rulebook_option
@language_option
@lines_format_option
def facts(name: str | None, rulebook: str, language: str | None, format_: str) -> None:
    """List the facts that a case may give, in the order of the questions; or show the one called NAME.

    \b
    Examples:
      whytune facts
      whytune facts examples --language zh
    """
    loaded = load(rulebook)
    speaker = Speaker(loaded, language_of(loaded, language))
    known = {fact.fact: fact for fact in loaded.vocabulary.declared}
    if name is not None and name not in known:
        hint = did_you_mean(name, known) or Sentence("`whytune facts` lists them")
        raise WhytuneError([Problem("unknown-fact", Sentence("unknown fact `{name}`", name=short(name)), None, hint)])
    shown = [known[name]] if name else list(known.values())
    data = [fact.model_dump(mode="json", exclude_none=True, exclude_defaults=True) for fact in shown]
    show_lines(format_, lambda: data[0] if name else data, _one(shown[0], speaker) if name else _list(shown, speaker))


def _list(facts: list[Fact], speaker: Speaker) -> Iterator[str]:
    rest = [fact for fact in facts if fact.used_for]
    yield from _listed([fact for fact in facts if fact not in rest], speaker)
    if rest:
        yield heading(speaker.say("facts_for_costs"))
        yield from _listed(rest, speaker)


def _listed(facts: list[Fact], speaker: Speaker) -> Iterator[str]:
    for fact in facts:
        yield click.style(fact.fact, bold=True) + "  " + speaker.say(f"kind_{fact.kind}")
        yield wrap(speaker.text(fact.ask), 4)
        if fact.values:
            yield wrap(_labelled(fact, speaker), 4)
        if fact.assume is not None:
            yield wrap(speaker.pair(speaker.say("assume"), speaker.assumption(fact)), 4)
        if fact.only_if:
            yield wrap(speaker.pair(speaker.say("only_if"), _conditions(fact, speaker)), 4)


def _one(fact: Fact, speaker: Speaker) -> Iterator[str]:
    yield click.style(f"{fact.fact}: {speaker.text(fact.label)}", bold=True)
    place = speaker.rulebook.places["fact", fact.fact]
    rows = [
        (speaker.say("question"), speaker.text(fact.ask)),
        (speaker.say("help"), speaker.text(fact.help)),
        (speaker.say("evidence"), speaker.text(fact.evidence)),
        (speaker.say("values"), _values(fact, speaker)),
    ]
    if fact.sensitive == "yes":
        rows.append((speaker.say("sensitive"), speaker.say("sensitive_said")))
    if fact.assume is not None:
        rows.append((speaker.say("assume"), speaker.assumption(fact)))
    if fact.only_if:
        rows.append((speaker.say("only_if"), _conditions(fact, speaker)))
    if fact.used_for:
        rows.append((speaker.say("used_for"), speaker.say(f"used_for_{fact.used_for}")))
    rows.append((speaker.say("used_by"), speaker.listed(speaker.rulebook.testing(fact.fact))))
    rows.append((speaker.say("place"), str(place)))
    yield from table([row for row in rows if row[1]])
    for band in fact.bands:
        yield heading(speaker.subject(band.band))
        yield from table([(value, speaker.subject_value(band.band, value)) for value in band.values])
    for group in fact.groups:
        yield heading(speaker.text(group.label))
        yield from table([(value, speaker.value(fact.fact, value)) for value in group.values])


def _values(fact: Fact, speaker: Speaker) -> str:
    said = speaker.say(f"kind_{fact.kind}")
    if fact.is_number:
        counted = speaker.listed(part for part in (said, speaker.bounds(fact)) if part)
        return speaker.say("within", value=counted, bounds=speaker.text(fact.unit)) if fact.unit else counted
    return speaker.pair(said, _labelled(fact, speaker))


def _labelled(fact: Fact, speaker: Speaker) -> str:
    """The values of a fact, each with its label."""
    return speaker.listed(
        speaker.say("within", value=value, bounds=speaker.value(fact.fact, value)) for value in fact.values or YES_NO
    )


def _conditions(fact: Fact, speaker: Speaker) -> str:
    return speaker.listed(speaker.condition(name, named) for name, named in fact.only_if.items())
