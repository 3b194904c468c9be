"""`whytune test`: a rulebook's own cases, what they cover, and which changes of the rules they notice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import click

from whytune.days import check_reviews, today_or
from whytune.engine import Problem, Rulebook, WhytuneError, load
from whytune.engine.language.letters import typed
from whytune.engine.language.problems import Sentence, short
from whytune.engine.review.casebook import (
    CheckedCase,
    Result,
    Suggestion,
    cases_folder,
    coverage,
    every_case_of,
    mutation,
    run_all,
    suggestions,
)
from whytune.engine.review.casebook.mutants import Mutant
from whytune.engine.review.casebook.suggestion import once
from whytune.engine.words.speaker import Speaker
from whytune.prose import casebook as prose
from whytune.prose import terminal
from whytune.prose.casebook import CasebookReport, failures
from whytune.prose.suggested import case_file

from .. import FAILED, junit
from ..expression import selection
from ..options import as_of_option, end, language_of, language_option, rulebook_argument
from ..output import format_option_with, is_told, show
from ..streams import progress, width


@click.command()
@rulebook_argument
@format_option_with("junit")
@click.option("-k", "only", metavar="WORDS", help="Only cases whose title or file holds these (and, or, not).")
@click.option("--fail-fast", "-x", is_flag=True, help="Stop at the first case that fails.")
@click.option("--coverage", "covers", is_flag=True, help="Also say what the cases reach: rules, cuts, paths, tasks.")
@click.option("--mutate", is_flag=True, help="Also change the rules one by one, and say what the cases do not notice.")
@click.option("--suggest", is_flag=True, help="Only print YAML: cases for what is not covered (or not noticed).")
@as_of_option(default="today; a case may name its own")
@language_option
def test(
    rulebook: str,
    format_: str,
    only: str | None,
    fail_fast: bool,
    covers: bool,
    mutate: bool,
    suggest: bool,
    as_of: date | None,
    language: str | None,
) -> None:
    """Run the cases of RULEBOOK: the files in the folder `cases` beside its own. Exit code 1: some case failed.

    \b
    Examples:
      whytune test
      whytune test my-rules --coverage --mutate
      whytune test my-rules -k "terms and not clinic" --fail-fast
      whytune test my-rules --suggest > suggested.yaml
    """
    if suggest and format_ != "text":
        raise click.UsageError("--suggest prints YAML: leave --format out")
    loaded, today = load(rulebook), today_or(as_of)
    speaker = Speaker(loaded, language_of(loaded, language))
    check_reviews(loaded, today)
    cases, unfilled = _chosen(rulebook, loaded, only, may_be_none=suggest)
    results = list(_until_failure(run_all(loaded, cases, today), fail_fast))
    green = [result.case for result in results if not result.failures]
    is_green = len(green) == len(cases)
    tested = CasebookReport(
        loaded,
        today,
        cases,
        unfilled,
        results,
        coverage(loaded, cases, today) if covers or suggest else None,
        mutation(loaded, green, today, partial(_watched, speaker)) if mutate and (suggest or is_green) else None,
        mutate,
    )
    if suggest:
        _suggest(tested, speaker)
    elif is_told(format_):
        show(format_, tested.to_dict, lambda: prose.tests(tested, speaker))
    else:
        click.echo(_junit(tested, speaker))
    if tested.failed:
        end(FAILED)


def _chosen(
    where: str, rulebook: Rulebook, only: str | None, may_be_none: bool
) -> tuple[list[CheckedCase], list[CheckedCase]]:
    """The cases asked for, and those of them yet to be filled in; raises WhytuneError: no-cases."""
    is_wanted = selection(only) if only is not None else lambda text: True
    every = every_case_of(where, rulebook)
    wanted = [case for case in every if is_wanted(f"{case.title}\0{Path(case.span.source).name}")]
    cases = [case for case in wanted if case.is_filled_in]
    unfilled = [case for case in wanted if not case.is_filled_in]
    if cases or may_be_none:
        return cases, unfilled
    if unfilled:
        message = Sentence("no case is filled in yet")
        hint = Sentence("write below `given:` what is known, and below `expect:` what should come out")
        raise WhytuneError([Problem("no-cases", message, unfilled[0].span, hint)])
    if every:
        message = Sentence("no case matches `{words}`", words=short(typed(only or "")))
        hint = Sentence("the words are looked for in the titles and file names of cases")
        raise WhytuneError([Problem("no-cases", message, None, hint)])
    message = Sentence("no cases in `{folder}`", folder=cases_folder(where)[1])
    hint = Sentence(
        "put case files there; `whytune test {rulebook} --suggest` prints some to begin with", rulebook=where
    )
    raise WhytuneError([Problem("no-cases", message, None, hint)])


def _until_failure(results: Iterator[Result], fail_fast: bool) -> Iterator[Result]:
    for result in results:
        yield result
        if fail_fast and result.failures:
            return


def _watched(speaker: Speaker, every: Sequence[Mutant]) -> Iterator[Mutant]:
    """The mutants, saying how far we are."""
    for number, mutant in enumerate(every, 1):
        progress(f"{speaker.say('trying_mutants')} {number:,}/{len(every):,}")
        yield mutant
    progress("")


def _suggest(tested: CasebookReport, speaker: Speaker) -> None:
    """Writes cases for what is not covered or noticed; on standard error, what is wrong with those that there are."""
    has_more = tested.coverage is not None and any(paths.has_more for paths in tested.coverage.paths.values())
    click.echo("\n".join(case_file(_suggested(tested), has_more, speaker)))
    for line in terminal.lines(prose.problems(tested.results, tested.unfilled, speaker), width()):
        click.echo(line, err=True)


def _suggested(tested: CasebookReport) -> Iterator[Suggestion]:
    """Cases for what is not covered, then for what is not noticed; each once."""
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
