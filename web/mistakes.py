"""A question that cannot be answered -> what is wrong, above the form as it was filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from markupsafe import Markup

from whytune import Problem, WhytuneError
from whytune.engine.costs.estimators import ESTIMATORS
from whytune.engine.language.problems import Sentence
from whytune.engine.language.stretches import WAYS
from whytune.engine.words.catalogue import phrase, translated
from whytune.prose.called import called, labels
from whytune.prose.document import CODE, Notice, Paragraph, Title
from whytune.prose.page import elements

from . import fields
from .addresses import kept_of, others_than
from .asking import CHANGES, FACTS, OF_RECORD, Query
from .bodies import Body, beside, request
from .carried import put, without_field
from .interview import asked_again
from .revealing import is_mendable, revealing
from .routes import NAME, QUANTITY, ROUTES, Endpoint
from .to_fields import field_of, to_mend
from .typed import typed

IN_FORM = Sentence("type a number alone or, if only part of it is known, a range such as `100..499`")
"""How a number is typed into a field, in place of the ways that a file has."""


def notices(error: WhytuneError, language: str, labelled: Callable[[str], str] = str) -> Iterator[Markup]:
    """Everything that is wrong, with what can be done about it, once names are `labelled`."""
    for problem in error.problems:
        yield from _notice(problem, language, labelled)


def _notice(problem: Problem, language: str, labelled: Callable[[str], str]) -> Iterator[Markup]:
    first, *cure = labelled(translated(problem.sentence(), language)).split("\n")
    yield from elements([Notice(first, tone="bad"), *(Paragraph(line.strip(), tone="quiet") for line in cure)])


def wrong(name: str, query: Query, language: str, error: WhytuneError) -> Body:
    """Everything that is wrong; below it the form as it was filled in, if there is one, which says it at the fields.

    An interview asks again what it asked.
    """
    error = WhytuneError(_in_words(problem) for problem in error.problems)
    title = phrase("page_unverifiable" if name == "verify" else "page_wrong", language)
    labelled = _labelling(name, query, language)
    facts = _facts_named(error, query) if ROUTES[name].is_about_a_case else {}
    messages = _messages(error, facts, language, labelled)
    if name == "next" and (asked := next((fact for fact in messages if query.all(FACTS + fact)), None)):
        return asked_again(asked, messages[asked], query, query.book().speaker)
    form = _mendable(name, query, messages) if ROUTES[name].is_about_a_case else _revealing_one(name, query, error)
    mistakes = [*elements([Title(title)])]
    for problem in error.problems:
        in_form = _in_form(problem, facts, form)
        mistakes += (to_mend(part, in_form, language) for part in _notice(problem, language, labelled))
    return title, [beside(mistakes, form), request(name, query)]


def _in_words(problem: Problem) -> Problem:
    """The problem with a hint for whoever types into a form."""
    return problem._replace(hint=IN_FORM) if problem.hint == WAYS else problem


def _facts_named(error: WhytuneError, query: Query) -> dict[str, str]:
    """The facts that the problems name, in the order in which they do, each with its label."""
    try:
        speaker = query.book().speaker
    except WhytuneError:
        return {}
    known = speaker.rulebook.vocabulary.by_name
    named = (name for problem in error.problems for name in _names(problem))
    return {name: speaker.fact(name) for name in named if name in known}


def _names(problem: Problem) -> list[str]:
    """What may be a fact in what a problem says: its place, and names in its message and in its hint."""
    place = [problem.span.source] if problem.span else []
    return [*place, *CODE.findall(str(problem.message)), *CODE.findall(str(problem.hint or ""))]


def _messages(
    error: WhytuneError, facts: Mapping[str, str], language: str, labelled: Callable[[str], str]
) -> dict[str, str]:
    """What is wrong with each field of a form: a problem is that of the fact that it names first."""
    messages: dict[str, str] = {}
    for problem in error.problems:
        if concerned := next((name for name in _names(problem) if name in facts), None):
            text = labelled(translated(problem.message, language))
            if problem.hint == IN_FORM:
                text += phrase("semicolon", language) + translated(IN_FORM, language)
            messages.setdefault(field_of(concerned, ""), text)
    return messages


def _in_form(problem: Problem, facts: Mapping[str, str], form: Markup) -> dict[str, str]:
    """The labels of the facts that a problem names and the form asks for, each with the id of its field."""
    named = [name for name in _names(problem) if name in facts]
    ids = ((facts[name], field_of(name, prefix)) for prefix in (FACTS, CHANGES) for name in named)
    return {label: field for label, field in ids if f'id="{field}"' in form}


def _labelling(name: str, query: Query, language: str) -> Callable[[str], str]:
    """Puts what a form calls a fact, a value or a quantity in place of its name."""
    route = ROUTES[name]
    if route.estimates:
        quantities = {str(one.name): phrase(QUANTITY[one.name], language) for one in ESTIMATORS[route.estimates].takes}
        return lambda text: called(text, quantities.get, language)
    if name == "verify":
        return lambda text: called(text, fields.labels_of_files(language).get, language)
    try:
        speaker = query.book().speaker
    except WhytuneError:
        return str
    return lambda text: called(text, labels(text, speaker), language) if route.is_about_a_case else text


def _mendable(name: str, query: Query, messages: Mapping[str, str]) -> Markup:
    """The form of a page about a case as it was filled in: of its facts or, where these are right, of its changes;
    with these messages at its fields.
    """
    try:
        speaker = query.book().speaker
    except WhytuneError as error:
        return revealing(name, query.needed(OF_RECORD.name), query) if is_mendable(error) else Markup("")
    route, title, button = ROUTES[name], speaker.say("page_all_facts"), speaker.say("page_show")
    if CHANGES in route.prefixes and _is_case(route, query):
        title = speaker.say("page_changes")
        return fields.all_facts(name, title, CHANGES, query, speaker, kept_of(query), button, messages)
    if query.all(OF_RECORD.name):  # its facts are not changed
        return Markup("")
    wanted = {one.name for one in route.wants}
    kept = [(key, value) for key, value in others_than(query) if key in wanted or key.startswith(CHANGES)]
    kept += without_field(query)
    return fields.all_facts(name, title, FACTS, query, speaker, kept, button, messages)


def _revealing_one(name: str, query: Query, error: WhytuneError) -> Markup:
    """The form of what a record of the service keeps out, where a page about one by its name lacks it."""
    identity = query.text(NAME.name) if FACTS in ROUTES[name].prefixes else None
    return revealing(name, identity, query) if identity and is_mendable(error) and not query.files else fields.NOTHING


def _is_case(route: Endpoint, query: Query) -> bool:
    """Are the facts right, whatever they are to be changed to?"""
    unchanged = {key: values for key, values in query.values.items() if not key.startswith(CHANGES)}
    try:
        put(route, typed(route, replace(query, values=unchanged))).case()
    except WhytuneError:
        return False
    return True
