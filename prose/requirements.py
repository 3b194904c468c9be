"""What an edit requires elsewhere before it can land -> blocks: where, and exactly what to write there; and which texts
to look at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from whytune.engine.language.text import pick
from whytune.engine.review.casebook.amendments import Amendment
from whytune.engine.review.difference.case_changes import Misfit
from whytune.engine.review.difference.lost_edges import LostEdge
from whytune.engine.review.difference.requirements import Requirements
from whytune.engine.review.difference.support import Unsupported
from whytune.engine.review.examination import Finding
from whytune.engine.words.catalogue import translated

from .casebook import failed
from .document import Block, Heading, Listed, Paragraph
from .shell import quoted
from .two_speakers import TwoSpeakers
from .written_changes import mention_entries

MOST_TITLES = 3
"""How many of the cases that share an expectation are named."""


def left(requirements: Requirements, both: TwoSpeakers, is_asked: bool) -> Iterator[Paragraph]:
    """How much is left to adapt and to look at; that nothing is, if cases were asked, too."""
    if requirements:
        count = both.say("listed_by_kind", count=str(len(requirements.to_dict())))
        yield Paragraph(both.new.pair(both.say("to_adapt"), count), tone="doubtful")
    elif is_asked:
        yield Paragraph(both.say("nothing_to_adapt"), tone="good")
    if namesake := requirements.namesake:
        name = both.new.pair(both.say("name"), both.say("name_of_shipped", name=namesake.name))
        yield Paragraph(_placed(name, namesake.span))
    if places := sum(len(entries) for _, entries in to_look_at(requirements, both)):
        count = both.say("old_numbers", count=str(places))
        yield Paragraph(both.new.pair(both.say("to_look_at"), count))


def listed(requirements: Requirements, both: TwoSpeakers, above: Collection[Finding] = ()) -> Iterator[Block]:
    """All that must be adapted before the edit can land, and what is to be looked at; findings `above` it in short."""
    if requirements:
        yield Heading(both.say("to_adapt"), tone="doubtful")
        yield from _titled(required(requirements, both, above))
    if requirements.sources or requirements.texts:
        yield Heading(both.say("to_look_at"))
        yield Paragraph(both.say("look_at"), tone="quiet")
        yield from _titled(to_look_at(requirements, both))


def _titled(kinds: Iterator[tuple[str, list[Listed]]]) -> Iterator[Block]:
    """All of each kind below its title: nothing is cut off that has to be done."""
    for title, entries in kinds:
        if entries:
            yield Heading(title, 2)
            yield from entries


def to_look_at(requirements: Requirements, both: TwoSpeakers) -> Iterator[tuple[str, list[Listed]]]:
    """The sources and texts that name an old number, by number and part."""
    for key, texts in (("sources_say", requirements.sources), ("still_said", requirements.texts)):
        for number, mentions in groupby(texts, lambda mention: mention.number):
            yield both.say(key, number=number), list(mention_entries(mentions, both))


def required(
    requirements: Requirements, both: TwoSpeakers, above: Collection[Finding] = ()
) -> Iterator[tuple[str, list[Listed]]]:
    """What must follow, by kind: a title and what is to be done, each with its place; findings `above` it in short."""
    if not requirements.version.follows:
        yield both.say("version"), [_version(requirements, both)]
    cases = [*(_misfit(misfit, both) for misfit in requirements.misfits)]
    cases += [_amended(amendment, both) for amendment in requirements.amendments]
    cases += [_edge(edge, both) for edge in requirements.edges]
    yield both.say("cases_to_adapt"), cases
    yield both.say("found_since"), [_found(finding, both, above) for finding in requirements.findings]
    yield both.say("sources_to_adapt"), [_unsupported(cut, both) for cut in requirements.cuts]
    command = f"whytune schema --rulebook {quoted(both.path)} --write"
    yield both.say("generated_to_adapt"), [Listed(file, (), 1, "plain", command) for file in requirements.generated]


def _first(cases: Iterable[str], both: TwoSpeakers) -> tuple[str, ...]:
    """The first cases, and how many more there are."""
    every = tuple(cases)
    first, more = every[:MOST_TITLES], len(every) - MOST_TITLES
    return (*first, both.say("more_of_these", count=f"{more:,}")) if more > 0 else first


def _placed(text: str, place: object) -> str:
    return f"{text}  {place}" if place else text


def _version(requirements: Requirements, both: TwoSpeakers) -> Listed:
    version = requirements.version
    written = f"version: {version.least or version.before}"
    return Listed(_placed(both.say("write_this", written=written), requirements.place))


def _misfit(misfit: Misfit, both: TwoSpeakers) -> Listed:
    problems = (_placed(translated(one.message, both.new.language), one.span) for one in misfit.problems)
    return Listed(both.new.pair(misfit.case, both.say("case_unread")), tuple(problems))


def _amended(amendment: Amendment, both: TwoSpeakers) -> Listed:
    """What to write in place of an expectation, in which case, and what it gets."""
    titles = (both.say("quoted", text=title) for title in amendment.cases)
    detail = both.new.pair(both.new.listed(_first(titles, both)), failed(amendment.failure, both.new))
    return Listed(_placed(_to_write(amendment, both), amendment.span), (detail,))


def _to_write(amendment: Amendment, both: TwoSpeakers) -> str:
    expected, written = amendment.expected, amendment.written
    if amendment.is_shared:
        return both.say("write_apart", old=", ".join(expected.wanted))
    if written is None:
        return both.say("flip_out") if amendment.failure.stays else both.say("take_out", old=expected.wanted[0])
    if expected.kind == "possible":
        return both.say("write_list", written=written)
    return both.say("write_instead", written=written, old=expected.wanted[0])


def _edge(edge: LostEdge, both: TwoSpeakers) -> Listed:
    """A cut that no case tests closely any more, and the cases that tested the old one."""
    numbers = both.new.one_of(f"{number:,f}" for number in edge.missing)
    text = both.say("edge_lost", band=edge.band, number=f"{edge.number:,f}", numbers=numbers)
    cases = (_placed(both.say("quoted", text=case.title), case.span) for case in edge.cases)
    return Listed(_placed(text, edge.span), _first(cases, both))


def _found(finding: Finding, both: TwoSpeakers, above: Collection[Finding]) -> Listed:
    is_above = (finding.code, finding.about, finding.message) in [(one.code, one.about, one.message) for one in above]
    message = both.say("found_above") if is_above else pick(finding.message, both.new.language)
    text = both.new.pair(f"[{finding.code}: {finding.about}]", message)
    return Listed(_placed(text, finding.span))


def _unsupported(cut: Unsupported, both: TwoSpeakers) -> Listed:
    """A cut that its source, or that of a rule, does not say, and what may be done about that."""
    quotes = both.new.listed(both.say("quoted", text=pick(quote, both.new.language)) for quote in cut.quotes)
    parts = {"band": cut.band, "number": f"{cut.number:,f}", "quotes": quotes}
    documents = both.new.listed(f"`{document}`" for document in cut.documents)
    silent = both.say("source_silent", **parts, documents=documents)
    text = silent if cut.rule is None else both.say("rule_source_silent", rule=cut.rule, **parts, documents=documents)
    return Listed(_placed(text, cut.span), (both.say("quote_stays" if cut.rule is None else "rule_quote_cited"),))
