"""`whytune test`: a rulebook's own cases, what they cover, and which changes of the rules they notice."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from whytune.days import today_or
from whytune.engine import Problem, WhytuneError
from whytune.engine.language.csvfile import ENDING as TABLES
from whytune.engine.language.folders import has_ending
from whytune.engine.language.letters import typed
from whytune.engine.language.loading import DEFAULT
from whytune.engine.language.problems import Sentence, short
from whytune.engine.review.casebook import Suggestion, cases_folder, every_case_of, suggestions
from whytune.engine.review.casebook.suggestion import once
from whytune.engine.words.speaker import Speaker
from whytune.named_cases import WORKBOOK
from whytune.prose import casebook as prose
from whytune.prose import terminal
from whytune.prose.casebook import CasebookReport, failures
from whytune.prose.suggested import case_file
from whytune.verdicts import run_cases

from .. import FAILED, junit
from ..expression import selection
from ..options import as_of_option, book_on, end, language_option, rulebook_argument
from ..output import answer, format_option_with, is_told
from ..progress import following
from ..streams import width


@click.command()
@rulebook_argument
@click.argument("cases", nargs=-1, metavar="[CASES]...")
@format_option_with("junit")
@click.option("-k", "only", metavar="WORDS", help="Only cases whose title or file contains these words (and, or, not).")
@click.option("--fail-fast", "-x", is_flag=True, help="Stop at the first case that fails.")
@click.option("--coverage", "covers", is_flag=True, help="Also say what the cases reach: rules, cuts, paths, tasks.")
@click.option("--mutate", is_flag=True, help="Also change the rules one by one, and say what the cases do not notice.")
@click.option("--suggest", is_flag=True, help="Only print YAML: cases for what is not covered (or not noticed).")
@as_of_option(default="today; a case may name its own")
@language_option
def test(
    rulebook: str,
    cases: tuple[str, ...],
    format_: str,
    only: str | None,
    fail_fast: bool,
    covers: bool,
    mutate: bool,
    suggest: bool,
    as_of: date | None,
    language: str | None,
) -> None:
    """Run the cases of RULEBOOK: the files in the folder `cases` beside its own. Exit code 1: at least one case failed.

    CASES are run instead: folders, or files of YAML, CSV or XLSX. In a table each row is a case; its columns are
    called case, given.FACT, expect.DECISION, as those of the sheet `cases` that `whytune export` writes.

    \b
    Examples:
      whytune test
      whytune test my-rules --coverage --mutate
      whytune test my-rules -k "terms and not clinic" --fail-fast
      whytune test my-rules --suggest > suggested.yaml
      whytune test my-rules cases.xlsx
    """
    if suggest and format_ != "text":
        raise click.UsageError("--suggest prints YAML: leave --format out")
    if has_ending(Path(rulebook).name, (TABLES, WORKBOOK)):  # no rulebook, so cases of the one that goes without saying
        rulebook, cases = os.environ.get("WHYTUNE_RULEBOOK") or DEFAULT, (rulebook, *cases)
    book = book_on(rulebook, today_or(as_of), language)
    speaker = Speaker(book.content, book.language)
    is_wanted = selection(only) if only is not None else lambda text: True
    with following() as report:
        tested = run_cases(
            book.content,
            rulebook,
            book.asked_day,
            speaker,
            coverage=covers or suggest,
            mutation=mutate,
            chosen=lambda case: is_wanted(f"{case.title}\0{Path(case.span.source).name}"),
            fail_fast=fail_fast,
            of_green=suggest,
            named=cases,
            watch=lambda number, of: report(speaker.say("trying_mutants"), number, of, number),
        )
    if not (tested.report.cases or suggest):
        raise _no_cases(rulebook, tested.report, only, bool(cases))
    if suggest:
        _suggest(tested.report, speaker)
    elif is_told(format_):
        answer(format_, tested)
    else:
        click.echo(_junit(tested.report, speaker))
    if tested.failed:
        end(FAILED)


def _no_cases(rulebook: str, report: CasebookReport, only: str | None, are_named: bool) -> WhytuneError:
    """The error if there is no case to run: none is filled in, none is chosen, or none exists."""
    if report.unfilled:
        message = Sentence("no case is filled in yet")
        hint = Sentence("write below `given:` what is known, and below `expect:` what should come out")
        return WhytuneError([Problem("no-cases", message, report.unfilled[0].span, hint)])
    if only is not None and (are_named or every_case_of(rulebook, report.rulebook)):
        message = Sentence("no case matches `{words}`", words=short(typed(only)))
        hint = Sentence("the words are searched for in the titles and file names of cases")
        return WhytuneError([Problem("no-cases", message, None, hint)])
    message = Sentence("no cases in `{folder}`", folder=cases_folder(rulebook)[1])
    hint = Sentence(
        "put case files there; `whytune test {rulebook} --suggest` prints some to begin with", rulebook=rulebook
    )
    return WhytuneError([Problem("no-cases", message, None, hint)])


def _suggest(tested: CasebookReport, speaker: Speaker) -> None:
    """Writes cases for what is not covered or noticed; what is wrong with the present ones goes to standard error."""
    has_more = tested.coverage is not None and any(paths.has_more for paths in tested.coverage.paths.values())
    click.echo("\n".join(case_file(_suggested(tested), has_more, speaker)))
    for line in terminal.lines(prose.problems(tested.results, tested.unfilled, speaker), width()):
        click.echo(line, err=True)


def _suggested(tested: CasebookReport) -> Iterator[Suggestion]:
    """Cases for what is not covered, then for what is not noticed, each once."""
    suggested: list[Suggestion] = []
    if tested.coverage:
        suggested += suggestions(tested.rulebook, tested.cases, tested.coverage, tested.today)
    if tested.mutation:
        suggested += (survivor.case for survivor in tested.mutation.survivors)
    return once(suggested)


def _junit(tested: CasebookReport, speaker: Speaker) -> str:
    results = [
        junit.TestResult(result.case.title, result.case.span.source, "\n".join(failures(result, speaker)) or None)
        for result in tested.results
    ]
    results += [
        junit.TestResult(case.title, case.span.source, skipped=speaker.say("case_unfilled")) for case in tested.unfilled
    ]
    return junit.junit_xml(f"{tested.rulebook.name} {tested.rulebook.version}", results)
