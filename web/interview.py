"""The interview: one question a page, always the one that matters most next, and at its end the advice."""

from __future__ import annotations

from markupsafe import Markup

from whytune import Case
from whytune.engine.language.intervals import PartlyKnown
from whytune.engine.language.problems import visible
from whytune.engine.words.speaker import Speaker
from whytune.prose.document import Heading, Paragraph, Title
from whytune.prose.page import elements
from whytune.prose.question import not_asked, to_find_out
from whytune.questions import next_question

from . import fields
from .addresses import address_of, given_of, kept_of, others_than
from .asking import FACTS, Query
from .bodies import Body, advise, plain, possible
from .to_fields import field_of


def interview(name: str, query: Query) -> Body:
    """The next question as a form; if none is left, the advice and what nobody could answer."""
    case = query.case()
    if case.replayed:
        return plain(name, query)
    known_in_part = [fact for fact, value in case.facts.stated.items() if isinstance(value, PartlyKnown)]
    question = next_question(case.asked, case.decision(), known_in_part)
    if question.value.fact is None:
        several = len(question.value.to_find_out) > 1  # one is told with the advice
        unanswered = to_find_out(question.value, case.speaker) if several else ()
        idle = not_asked(question.value, case.facts, case.speaker)
        return advise(name, query, (*unanswered, *([Paragraph(idle, tone="quiet")] if idle else ())))
    fact = case.advisor.rulebook.vocabulary.by_name[question.value.fact]
    kept = [pair for pair in kept_of(query) if pair not in query.along or not _asks_again(fact.fact, pair[0])]
    form = fields.one_fact(fact, case.speaker, kept, case.speaker.say("page_go_on"))
    title = case.speaker.say("page_next")
    reasons = (block for block in question.document().blocks if not isinstance(block, Title))
    parts = [*elements([Title(title)]), form, _enough(case, query), _so_far(case, query), *elements(reasons)]
    return title, [fields.IN_PLACE.format(Markup("\n").join(parts))]


def asked_again(name: str, wrong: str, query: Query, speaker: Speaker) -> Body:
    """The question about a fact, with what was typed and what is `wrong` with that; other answers stay."""
    fact, key = speaker.rulebook.vocabulary.by_name[name], FACTS + name
    kept = [pair for pair in kept_of(query) if pair[0] != key]
    form = fields.one_fact(fact, speaker, kept, speaker.say("page_go_on"), query.all(key), wrong)
    title = speaker.say("page_next")
    return title, [fields.IN_PLACE.format(Markup("\n").join([*elements([Title(title)]), form]))]


def _asks_again(fact: str, key: str) -> bool:
    """Does a question about this fact ask for what a parameter that only goes along says?"""
    return key.startswith(FACTS) and field_of(key.removeprefix(FACTS)) == field_of(fact)


def _enough(case: Case, query: Query) -> Markup:
    """A link to the advice by what was answered so far; nothing before the first answer."""
    if not given_of(query, FACTS):
        return Markup("")
    address = address_of("advise", kept_of(query))
    return Markup('<p class="try"><a href="{}">{}</a></p>').format(address, case.speaker.say("page_enough"))


def _so_far(case: Case, query: Query) -> Markup:
    """What can still come out, and what was answered, each with a link that takes it back."""
    speaker = case.speaker
    keys = dict.fromkeys(key for key, _ in given_of(query, FACTS))
    rows = Markup("").join(_answered(key, case, query) for key in keys)
    title = Heading(speaker.say("page_so_far"))
    known = Markup('<table class="rows"><tbody>{}</tbody></table>').format(rows) if rows else Markup("")
    return Markup("").join([*elements([title, *possible(case)]), known])


def _answered(key: str, case: Case, query: Query) -> Markup:
    """The answer to one question, as a row."""
    speaker, name = case.speaker, key.removeprefix(FACTS)
    state = case.facts.states.get(name)
    if state is None:
        label, value = name, ", ".join(query.all(key))
    else:
        label = speaker.fact(name)
        value = speaker.say("unknown") if state.value is None else speaker.value(name, state.value)
    back = speaker.say("page_take_back")
    link = Markup('<a href="{}" aria-label="{}">{}</a>').format(
        address_of("next", [*others_than(query, key), *query.along]), visible(speaker.pair(back, label)), back
    )
    return Markup('<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>').format(visible(label), visible(value), link)
