"""What an edit of a rulebook changes, told in the words of both rulebooks."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from whytune.diagrams.difference import difference as drawn
from whytune.diagrams.graph import Graph
from whytune.diagrams.picture import Picture
from whytune.engine.authoring.schema import stale_schemas
from whytune.engine.language.casefile import WrittenCase
from whytune.engine.language.loading import folder_of, located, shipped
from whytune.engine.language.named import decision_among
from whytune.engine.language.problems import WhytuneError
from whytune.engine.language.rulebook import Rulebook
from whytune.engine.review.casebook.reading import sound_cases, sources_beside
from whytune.engine.review.difference import Compared, Difference, compare, walked
from whytune.engine.review.difference.case_changes import case_changes
from whytune.engine.review.difference.case_edits import case_edits
from whytune.engine.review.difference.intent import Excess, Intent, excess, intent_file, read_intent
from whytune.engine.review.difference.later_days import Lasting, Later, lasting
from whytune.engine.review.difference.requirements import Requirements, requirements
from whytune.engine.review.examination import Finding
from whytune.engine.words.speaker import Speaker
from whytune.prose.difference import EditReport, difference
from whytune.prose.document import Document, Illustration
from whytune.prose.levels import Level
from whytune.prose.terminal import WIDTH
from whytune.prose.two_speakers import MAX_WHOLE, TwoSpeakers, two_speakers

from .named_cases import named_cases
from .shown import Format, Telling, as_it_is, attribute_of, check_own

MAX_DRAWN = 30
"""How many boxes a picture beside a text may have to be taken in."""


@dataclass(frozen=True, eq=False, repr=False)
class Edited(Telling):
    """What an edit changes: the `difference`, whose attributes can be read here too, and all that is told with it.

    >>> import whytune
    >>> edit = whytune.load("guide").difference("guide")
    >>> edit.level, edit.advice
    ('nothing', ())
    """

    report: EditReport
    compared: Compared

    def __repr__(self) -> str:
        return repr(self.difference)

    def __getattr__(self, name: str) -> Any:
        """A part of the difference."""
        if name.startswith("_") or name == "report":  # a copy asks before it has a report
            raise AttributeError(name)
        check_own(self, name)
        return attribute_of(self.report.difference, name, f"{type(self).__name__!r} object", dir(self))

    @property
    def difference(self) -> Difference:
        """How advice, cautions, reasons, safeguards and words differ on the day asked about."""
        return self.report.difference

    @property
    def requirements(self) -> Requirements:
        """All that must be adapted before the edit can land: the version alone, where nothing else was looked at."""
        required = self.report.requirements
        return required if required is not None else Requirements(self.difference.version)

    def document(self, level: Level = "short") -> Document:
        """What changes, the weightiest first; at the "full" level with all regions of tasks."""
        report = self.report
        return difference(report if level != "full" else report._replace(both=report.both._replace(regions=None)))

    def to_dict(self) -> dict[str, Any]:
        """The difference as data, with both rulebooks, later days, cases, and what goes beyond the intent."""
        return self.report.to_dict()

    def flowchart(self, decision: str | None = None) -> Picture:
        """A flowchart of the answers that lead to other advice on this decision, by default the last one whose advice
        changes.

        Raises WhytuneError: unknown-decision.
        """
        return Picture(changes(self.difference, self.compared, self.report.both, decision))

    def in_language(self, language: str) -> Edited:
        """The same without pictures, told in this language as far as the rulebooks have it."""
        return replace(self, report=_spoken(self.report, language))

    def below(self, findings: tuple[Finding, ...]) -> Edited:
        """The same, told below these findings."""
        return replace(self, report=self.report._replace(findings=findings))

    def pictured(self) -> Edited:
        """The document with pictures and whole texts, for a medium that has room for them."""
        both = self.report.both._replace(most=MAX_WHOLE)
        pictures = pictures_of(self.difference, self.compared, both)
        return replace(self, report=self.report._replace(both=both, pictures=pictures))

    def written(
        self, format: Format, level: Level, width: int = WIDTH, adapt: Callable[[Document], Document] = as_it_is
    ) -> str:
        """What changes, with pictures in a format that has room for them; raises WhytuneError: unknown-format."""
        edit = self.pictured() if format in ("html", "markdown") else self
        return super(Edited, edit).written(format, level, width, adapt)

    def _repr_html_(self) -> str:
        return super(Edited, self.pictured())._repr_html_()


def _spoken(report: EditReport, language: str) -> EditReport:
    """What is told without pictures, in this language."""
    later = tuple(_spoken(one, language) for one in report.later)
    return report._replace(both=report.both.in_language(language), later=later, pictures=None)


def edited(
    compared: Compared,
    both: TwoSpeakers,
    day: date | None,
    asked_day: date | None,
    intent: Intent | None = None,
    cases: Collection[WrittenCase] = (),
    old_cases: Collection[WrittenCase] = (),
    *,
    is_kept: bool = True,
    takes_schemas: bool = False,
) -> Edited:
    """What an edit changes on a day and later, what of that goes beyond the intent, how these cases then come out,
    what became of the `old_cases` in them, and what it requires elsewhere: also of generated files, if the edited
    rulebook `is_kept` at its place and the edit does not bring its schemas along.

    `asked_day` is the day that suggested commands name; None if they need none. Raises WhytuneError as `compare`
    and `case_changes` do.
    """
    both = both._replace(old=Speaker(compared.old.whole, both.old.language))
    compared, (now, later, unseen) = _lasting(compared, day)
    beyond = excess(intent, now, compared) if intent else None
    changed = case_changes(compared.old.whole, compared.new.whole, cases, day) if cases else None
    ahead = tuple(_ahead(change, intent, both) for change in later)
    folder = folder_of(both.path) if is_kept and not takes_schemas else None
    generated = stale_schemas(folder, compared.new.whole) if folder else ()
    is_copy = is_kept and now.level != "nothing" and _is_copy(compared.new.whole, both.path)
    required = requirements(compared, now, changed, generated, day, is_copy)
    of_cases = tuple(case_edits(old_cases, cases, is_other=compared.old.whole.name != compared.new.whole.name))
    report = EditReport(
        now, beyond, changed, both, asked_day, of_cases, later=ahead, unseen=unseen, requirements=required
    )
    return Edited(report, compared)


def _is_copy(rulebook: Rulebook, place: str) -> bool:
    """Does the rulebook at this place bear the name of a shipped one and stand elsewhere?"""
    name = rulebook.name
    return name in shipped() and located(place)[0].resolve() != located(name)[0].resolve()


def _lasting(compared: Compared, day: date | None) -> tuple[Compared, Lasting]:
    """What an edit changes, asked of a solver if there is no room for it in diagrams; and what was compared for it."""
    try:
        return compared, lasting(compared, day)
    except WhytuneError as error:
        if compared.new.ground.is_in_clauses or not error.is_too_large:
            raise
    return (asked := compared.in_clauses()), lasting(asked, day)


def difference_to(
    old: Rulebook,
    new: Rulebook,
    place: str,
    day: date | None,
    language: str,
    *,
    allow: str | PathLike[str] | None = None,
    cases: str | PathLike[str] | None = None,
    own: Collection[WrittenCase] | None = None,
    old_cases: Collection[WrittenCase] = (),
    is_kept: bool = True,
    takes_schemas: bool = False,
) -> Edited:
    """What changes on a day from one rulebook to another, which stands at this place, told in this language.

    `allow` is the file of an intent, `cases` a file or a folder of cases to be run in place of its `own`, which by
    default are those that stand beside it; `old_cases` are those of the old rulebook. Where the new one is not what
    `is_kept` there, or the edit `takes_schemas` along, no generated file is looked at.
    Raises WhytuneError.
    """
    declared = intent_file(Path(allow), fspath(allow)) if allow is not None else None
    intent = read_intent(declared, old, new) if declared else None
    written = named_cases(fspath(cases)) if cases is not None else _own_cases(place) if own is None else own
    both = two_speakers(old, new, place, language)
    earlier = old_cases if cases is None else ()
    return edited(
        *(compare(old, new, day), both, day, day, intent, written, earlier),
        is_kept=is_kept,
        takes_schemas=takes_schemas,
    )


def sound_cases_beside(place: str) -> Collection[WrittenCase]:
    """The cases beside the rulebook at this place, without the files that hold mistakes."""
    cases, _ = sound_cases(sources_beside(place))
    return cases


def _own_cases(place: str) -> Collection[WrittenCase]:
    """The cases beside the rulebook at this place; raises WhytuneError with every mistake in their files."""
    cases, problems = sound_cases(sources_beside(place))
    if problems:
        raise WhytuneError(problems)
    return cases


def _ahead(later: Later, intent: Intent | None, both: TwoSpeakers) -> EditReport:
    """What is told about a later day: the advice that changes from then on, and which changes were not declared."""
    beyond = excess(intent, later.difference, later.compared) if intent else None
    advice = Excess(beyond.advice) if beyond else None
    return EditReport(later.difference, advice, None, both, later.day, is_later=True)


def changes(edit: Difference, compared: Compared, both: TwoSpeakers, decision: str | None) -> Graph:
    """A flowchart of the answers that lead to other advice on this decision, by default the last one whose advice
    changes.

    Raises WhytuneError: unknown-decision, diagram-too-large.
    """
    decisions = tuple(dict.fromkeys((*compared.old.diagram.advice, *compared.new.diagram.advice)))
    changed = [change.decision for change in edit.advice]
    name = decision_among(decisions, decision or next(reversed(changed), None))
    return drawn(walked(compared), name, both.old, both.new)


def pictures_of(edit: Difference, compared: Compared, both: TwoSpeakers) -> tuple[Illustration, ...]:
    """A picture of each decision whose advice changes, if it is small enough to take in beside a text."""
    if compared.new.ground.is_in_clauses:
        return ()
    decisions = dict.fromkeys(change.decision for change in edit.advice)
    graphs = (drawn(compared, decision, both.old, both.new) for decision in decisions)
    return tuple(Illustration(Picture(graph), graph.title) for graph in graphs if len(graph.nodes) <= MAX_DRAWN)
