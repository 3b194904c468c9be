"""`whytune diff`: what an edit of a rulebook changes."""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import date
from pathlib import Path

import click

from whytune.days import check_reviews, today_or
from whytune.engine import Problem, Span, WhytuneError
from whytune.engine.language import source
from whytune.engine.language.casefile import WrittenCase, read_cases
from whytune.engine.language.problems import Sentence, visible
from whytune.engine.review.casebook.reading import case_files_in
from whytune.engine.review.difference import Compared, Difference, compare
from whytune.engine.review.difference.case_changes import case_changes, rewritten
from whytune.engine.review.difference.intent import Excess, Intent, excess, intent_file, read_intent
from whytune.engine.review.difference.later_days import Later, lasting
from whytune.prose.difference import EditReport, difference
from whytune.prose.document import Illustration
from whytune.prose.two_speakers import MAX_SHOWN, MAX_WHOLE, TwoSpeakers, two_speakers
from whytune.shown import Format

from .. import DONE, FAILED
from ..options import all_regions_option, as_of_option, end, language_of, language_option
from ..output import format_option, refuse_to_mix, show
from ..outside.git import cases_of, load_either, path_of, revision_of, sound_cases_of
from ..streams import progress


@click.command()
@click.argument("old")
@click.argument("new")
@format_option
@click.option("--allow", metavar="FILE", help="What the edit is declared to do; doing more ends with exit code 1.")
@click.option("--cases", metavar="DIR", help="Run these cases under both, not NEW's own, and tell which change.")
@click.option("--any-version", is_flag=True, help="Do not ask whether the version follows from what changed.")
@click.option(
    "--graph", metavar="FILE", help="Also draw which answers lead to other advice: FILE.svg, .png, .pdf, .mmd or .txt."
)
@click.option(
    "--decision", "-d", metavar="NAME", help="For --graph: which decision; by default the last whose advice changes."
)
@all_regions_option
@as_of_option()
@language_option
def diff(
    old: str,
    new: str,
    format_: Format,
    allow: str | None,
    cases: str | None,
    any_version: bool,
    graph: str | None,
    decision: str | None,
    all_regions: bool,
    as_of: date | None,
    language: str | None,
) -> None:
    """Show exactly what an edit changes: whose advice, whose reasons, which words.

    OLD and NEW are rulebooks: a name, a path, or `git:REVISION[:PATH]` for a rulebook as it stood in a commit. All
    tasks are compared, not a sample. Exit code 1: the edit does more than --allow declares, or the version does not
    follow (major where advice changes, minor for reasons, facts and safeguards, patch for wording).

    \b
    Examples:
      whytune diff guide my-rules
      whytune diff git:HEAD my-rules --format markdown
      whytune diff git:HEAD my-rules --graph changes.svg
      whytune diff git:v1.2:my-rules git:main:my-rules --allow intent.yaml
    """
    refuse_to_mix("--graph", graph, format_)
    day = today_or(as_of)
    before, after = load_either(old, new), load_either(new, old)
    check_reviews(after, day)
    both = two_speakers(before, after, path_of(new, old), language_of(after, language))
    both = both._replace(revision=revision_of(new), most=MAX_SHOWN if format_ == "text" else MAX_WHOLE)
    both = both._replace(regions=None) if all_regions else both
    intent = read_intent(intent_file(Path(allow), allow), before, after) if allow else None
    own_cases = _cases_in(Path(cases)) if cases else cases_of(new, old)
    bent = () if cases else tuple(rewritten(sound_cases_of(old, new), own_cases))
    progress("diff")
    compared = compare(before, after, day)
    changes_now, later, unseen = lasting(compared, day)
    beyond = excess(intent, changes_now, compared) if intent else None
    changed = case_changes(before, after, own_cases, day) if own_cases else None
    progress("")
    ahead = tuple(_ahead(change, intent, both) for change in later)
    pictures = _pictures(changes_now, compared, both) if format_ in ("html", "markdown") else None
    report = EditReport(changes_now, beyond, changed, both, as_of, bent, later=ahead, unseen=unseen, pictures=pictures)
    if graph:
        _draw(report, compared, decision, graph, [old, new, allow, cases])
    show(format_, report.to_dict, lambda: difference(report))
    end(FAILED if report.is_beyond or not (any_version or changes_now.version.follows) else DONE)


def _ahead(later: Later, intent: Intent | None, both: TwoSpeakers) -> EditReport:
    """What is told of a later day: the advice that changes from then on, and what of that was not declared."""
    beyond = excess(intent, later.difference, later.compared) if intent else None
    advice = Excess(beyond.advice) if beyond else None
    return EditReport(later.difference, advice, None, both, later.day, is_later=True)


def _cases_in(folder: Path) -> list[WrittenCase]:
    """The cases in the files of this folder, or in this one file; raises WhytuneError."""
    files = case_files_in(folder, str(folder)) if os.path.isdir(folder) else [(folder, str(folder))]
    cases = [case for path, label in files for case in read_cases(source.read(path, label), path.stem)]
    if not cases:
        hint = Sentence("a case is a .yaml file with the facts of one task")
        raise WhytuneError([Problem("empty-file", Sentence("no cases in this folder"), Span(str(folder)), hint)])
    return cases


def _draw(
    report: EditReport, compared: Compared, decision: str | None, file: str, reads: Collection[str | None]
) -> None:
    from ..outside.picture_output import changes, format_of, write  # pictures are for those who ask for them

    format_ = format_of(None, file)
    both = report.both
    write(changes(report.difference, compared, both, decision), format_, file, both.new.language, reads)
    click.echo(both.say("changes_drawn", file=visible(file)), err=True)


def _pictures(difference: Difference, compared: Compared, both: TwoSpeakers) -> tuple[Illustration, ...]:
    from ..outside.picture_output import pictures_of  # pictures are for those who pass them on

    return pictures_of(difference, compared, both)
