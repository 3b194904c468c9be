"""The content of the pages of rules, of what the checks find about them, and of the cases that test them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from markupsafe import Markup

from whytune.engine.language.problems import visible
from whytune.engine.words.catalogue import Family, phrase
from whytune.prose.document import Heading, Paragraph, Title
from whytune.prose.page import elements
from whytune.rulebook import whole_speaker

from . import fields
from .addresses import KeyValue, address_of, kept_of, language_of_page, others_than, setting_of
from .answering import cases, compared, findings
from .asking import RULEBOOK, Query
from .bodies import Body, asks_nothing, drawn, leading, linked, links, listed, plain, telling, unfolded
from .exchanged import KINDS, TO, ProgramFile
from .fields import NOTHING
from .places import editing
from .revisions import MARK

_FILE = Family[ProgramFile]("page_export")


def _rules(name: str, query: Query) -> Body:
    """One rule; or the rules, each a link, below a form that searches them, and the flowchart that follows."""
    title, parts = plain(name, query)
    book = query.book()
    if rule := query.text("name"):
        return title, [*parts, *(_of_rule(rule, query) if rule in book.content.rule else ())]
    form = fields.words(query, book.speaker, others_than(query, "text"))
    if query.all("text"):
        matching = (str(rule["id"]) for rule in telling(name, query).to_dict()["rules"])
        return title, [*elements([Title(title)]), form, _listed("page_listed", matching, query)]
    flowchart = book.picture("flow", link=leading(query))
    shown = [drawn(flowchart)] if flowchart.fits else []
    files = _files_for_others(query, book.language)
    return title, [form, *parts, *shown, files, _listed("page_listed", book.rules, query)]


def _files_for_others(query: Query, language: str) -> Markup:
    """Links that give the rulebook to other programs."""
    kept = setting_of(query)
    files = [
        (address_of("v1/export-rulebook", [*kept, (TO.name, kind)]), phrase(_FILE[kind], language)) for kind in KINDS
    ]
    return links(phrase("page_export", language), files)


def _of_rule(rule: str, query: Query) -> Iterator[Markup]:
    """The cases in which a rule is in force, and a link to what the checks find about it."""
    speaker, about = query.book().speaker, [*kept_of(query), ("rule", rule)]
    using: list[KeyValue] = [
        (address_of("cases", [*kept_of(query), ("name", case["name"])]), case["title"])
        for case in cases(query.narrowed(rule=rule)).to_dict()
    ]
    yield links(speaker.say("page_rule_cases"), using)
    if not using:
        title = Heading(speaker.say("page_rule_cases"))
        yield from elements([title, Paragraph(speaker.say("page_rule_no_cases"))])
    findings_of = (address_of("check", about), speaker.say("page_rule_findings"))
    yield links(speaker.say("page_rule_more"), [findings_of, *editing(("rule", rule), query)])


def _listed(title: str, rules: Iterable[str], query: Query) -> Markup:
    """Rules as links to their pages."""
    speaker = whole_speaker(query.book())
    named = ((address_of("rules", [*kept_of(query), ("name", rule)]), speaker.rule(rule)) for rule in rules)
    return links(speaker.say(title), named)


def _check(name: str, query: Query) -> Body:
    """What the checks find, with links to the rules that it is about."""
    title, parts = plain(name, query)
    return title, [*parts, _listed("page_rules_concerned", findings(query).rules, query)]


def _test(name: str, query: Query) -> Body:
    """How the cases come out, with links to what they reach and to each of them."""
    document = telling(name, query).document("normal")
    speaker, kept = query.book().speaker, kept_of(query)
    more: list[KeyValue] = [(address_of("cases", kept), speaker.say("page_listed"))]
    if not query.all("coverage"):
        more.append((address_of("test", [*kept, ("coverage", "yes")]), speaker.say("page_coverage")))
    shown = linked(document.headed, query, document.language)
    return document.title, [*shown, links(speaker.say("page_more_cases"), more)]


def _diff(name: str, query: Query) -> Body:
    """How the advice changes from one rulebook or revision to another, above a form that asks for both."""
    language = language_of_page(query)
    form, title = comparison(query, language), phrase("page_diff_title", language)
    if asks_nothing(name, query):
        return title, [*elements([Title(title)]), form]
    edit = compared(query)
    about = query.narrowed(rulebook=edit.report.both.new.rulebook.name)
    document = edit.pictured().document("normal")
    return document.title, [*linked(unfolded(document.headed), about, language), form]


def comparison(query: Query, language: str) -> Markup:
    """A form that asks for two rulebooks, or revisions of one; nothing if there is only one."""
    repository, names = query.library.repository, [*query.library.books]
    known: list[KeyValue] = [(name, "") for name in names]
    if repository is not None:
        known += [(MARK + one.commit, f"{one.day} {visible(one.subject)}") for one in repository.history()]
    likely = (MARK + "HEAD", names[0]) if repository else (names[0], names[-1])
    kept = [(key, value) for key, value in setting_of(query) if key != RULEBOOK.name]
    return fields.two_rulebooks(query, known, likely, kept, language) if len(known) > 1 else NOTHING


def _cases(name: str, query: Query) -> Body:
    """All cases, each a link; or one of them, with a link that asks about it."""
    answer = telling(name, query)
    document = answer.document("normal")
    if query.text("name"):
        return document.title, [*linked(document.headed, query, document.language)]
    pages = [
        (address_of(name, [*kept_of(query), ("name", case["name"])]), visible(case["title"]))
        for case in answer.to_dict()
    ]
    return document.title, [*elements([Title(document.title)]), listed(pages)]


RULES: dict[str, Callable[[str, Query], Body]] = {
    "rules": _rules,
    "check": _check,
    "cases": _cases,
    "test": _test,
    "diff": _diff,
}
"""The pages about rules that are more than their document, by their names."""
