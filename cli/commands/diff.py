"""`whytune diff`: what an edit of a rulebook changes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

import click

from whytune.days import check_reviews, today_or
from whytune.edits import Edited, edited
from whytune.engine.language.problems import visible
from whytune.engine.review.difference import compare
from whytune.engine.review.difference.intent import intent_file, read_intent
from whytune.named_cases import named_cases
from whytune.prose.two_speakers import two_speakers
from whytune.shown import Format

from .. import DONE, FAILED
from ..options import all_regions_option, as_of_option, end, language_of, language_option
from ..output import answer_with_verdict, format_option, refuse_to_mix
from ..outside.git import cases_of, load_either, path_of, revision_of, sound_cases_of
from ..progress import following


@click.command()
@click.argument("old")
@click.argument("new")
@format_option
@click.option("--allow", metavar="FILE", help="A declaration of what the edit does; doing more ends with exit code 1.")
@click.option("--cases", metavar="DIR|FILE", help="Run these cases, not NEW's own, under both and tell which change.")
@click.option("--any-version", is_flag=True, help="Do not check that the version number matches what changed.")
@click.option("--adapted", is_flag=True, help="End with exit code 1, too, while anything is left to adapt.")
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
    adapted: bool,
    graph: str | None,
    decision: str | None,
    all_regions: bool,
    as_of: date | None,
    language: str | None,
) -> None:
    """Show exactly what an edit changes: whose advice, whose reasons, which words.

    OLD and NEW are rulebooks: a name, a path, or `git:REVISION[:PATH]` for a rulebook as it stood in a commit. All
    tasks are compared, not a sample. Exit code 1: the edit does more than --allow declares, the new version number does
    not match it (major if advice changes, before 1.0.0 minor; minor for reasons, facts and safeguards; patch for
    wording), or, with --adapted, anything else is left of what it lists to adapt.

    \b
    Examples:
      whytune diff guide my-rules
      whytune diff git:HEAD my-rules --format markdown
      whytune diff git:HEAD my-rules --adapted
      whytune diff git:HEAD my-rules --graph changes.svg
      whytune diff git:v1.2:my-rules git:main:my-rules --allow intent.yaml
    """
    refuse_to_mix("--graph", graph, format_)
    day = today_or(as_of)
    before, after = load_either(old, new), load_either(new, old)
    check_reviews(after, day)
    both = two_speakers(before, after, path_of(new, old), language_of(after, language))
    both = both._replace(revision=revision_of(new))
    intent = read_intent(intent_file(Path(allow), allow), before, after) if allow else None
    own_cases = list(named_cases(cases)) if cases else cases_of(new, old)
    old_cases = () if cases else sound_cases_of(old, new)
    with following() as report:
        report(both.new.say("comparing"))
        compared, is_kept = compare(before, after, day), not both.revision
        edit = edited(compared, both, day, as_of, intent, own_cases, old_cases, is_kept=is_kept)
    if graph:
        _draw(edit, decision, graph, [old, new, allow, cases])
    telling = edit.pictured() if format_ in ("html", "markdown") else edit
    answer_with_verdict(format_, telling, "full" if all_regions else "short")
    is_left = adapted and edit.requirements.is_left_beside_version
    is_version_wrong = not (any_version or edit.difference.version.follows)
    end(FAILED if edit.report.is_beyond or is_version_wrong or is_left else DONE)


def _draw(edit: Edited, decision: str | None, file: str, reads: Collection[str | None]) -> None:
    from ..outside.picture_output import format_of, write  # pictures are for those who ask for them

    format_, speaker = format_of(None, file), edit.report.both.new
    write(edit.flowchart(decision).graph, format_, file, speaker.language, reads)
    click.echo(speaker.say("changes_drawn", file=visible(file)), err=True)
