"""What the checks of a rulebook find, and how its cases come out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any

from whytune.engine import Problem, WhytuneError
from whytune.engine import Rulebook as Content
from whytune.engine.language.loading import files_of, folder_of
from whytune.engine.language.source import read_bytes
from whytune.engine.language.translations import confirmed_of
from whytune.engine.review.casebook import CheckedCase, Result, cases_of, covered_by, every_case_of, run_all
from whytune.engine.review.casebook import coverage as covered_parts
from whytune.engine.review.casebook import mutation as mutated
from whytune.engine.review.casebook.coverage import Coverage
from whytune.engine.review.casebook.mutants import Mutant
from whytune.engine.review.casebook.mutation import Mutation
from whytune.engine.review.casebook.reading import case_files, checked_cases
from whytune.engine.review.checks import examine
from whytune.engine.review.examination import SEVERITIES, Examination, Finding
from whytune.engine.words.speaker import Speaker
from whytune.prose.casebook import CasebookReport, tests
from whytune.prose.document import Document
from whytune.prose.findings import Examined, findings
from whytune.prose.levels import Level

from .named_cases import named_cases
from .shown import Telling


@dataclass(frozen=True, eq=False, repr=False)
class Checked(Telling):
    """The `findings` of the checks, each with its code, severity, place, message, and the tasks it is about."""

    findings: tuple[Finding, ...]
    place: str
    day: date
    speaker: Speaker

    def __repr__(self) -> str:
        counts = Counter(finding.severity for finding in self.findings if finding.waiver is None)
        counted = ", ".join(
            f"{counts[severity] or 'no'} {severity}{'' if counts[severity] == 1 else 's'}" for severity in SEVERITIES
        )
        book = self.speaker.rulebook
        return f"<Checked {book.name} {book.version}: {counted}>"

    def __len__(self) -> int:
        return len(self.findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def concerning(self, rule: str) -> Checked:
        """Only what is found about this rule, or about it together with others."""
        return replace(self, findings=tuple(finding for finding in self.findings if rule in self._rules_of(finding)))

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that something is found about, each once."""
        return tuple(dict.fromkeys(rule for finding in self.findings for rule in self._rules_of(finding)))

    def _rules_of(self, finding: Finding) -> tuple[str, ...]:
        """The rule, or the rules together, that a finding is about; none where it is about anything else."""
        names = tuple(finding.about.split("+"))
        return names if self.speaker.rulebook.rule.keys() >= {*names} else ()

    def document(self, level: Level = "short") -> Document:
        """The findings, the gravest first; at the "full" level also waived ones, and all regions of tasks."""
        day = None if self.day == date.max else self.day
        return findings(Examined(self.findings, self.speaker, self.place, day, level == "full", level == "full"))

    def to_dict(self) -> dict[str, Any]:
        """The findings as data."""
        return {"findings": [finding.to_dict() for finding in self.findings]}


def checked(
    content: Content,
    place: str,
    day: date,
    speaker: Speaker,
    watch: Callable[[str], None] = lambda check: None,
    every: Sequence[CheckedCase] | None = None,
) -> Checked:
    """Everything that the checks find on this day, with the cases beside the rulebook or, in their place, `every` one
    of these; raises WhytuneError.
    """
    cases = cases_of(place, content) if every is None else tuple(case for case in every if case.is_filled_in)
    covered = covered_by(content, cases, day) if cases or folder_of(place) else None  # nobody expects any of a file
    examination = Examination(content, day, covered, confirmed_of(place), cases)
    return Checked(tuple(examine(examination, watch)), place, day, speaker)


def digest_of_checked(content: Content, place: str, day: date, language: str) -> str:
    """A digest of all that `checked` looks at: rules, cases, confirmed translations. Raises WhytuneError."""
    cases = [(label, read_bytes(path, label)) for path, label in case_files(place)]
    parts = (content.digest, place, day, language, files_of(place), cases, confirmed_of(place))
    return sha256(repr(parts).encode()).hexdigest()


@dataclass(frozen=True, eq=False, repr=False)
class Tested(Telling):
    """How a rulebook's own cases come out: their `results`, in order, and what else was measured."""

    report: CasebookReport
    speaker: Speaker

    def __repr__(self) -> str:
        failed = len(self.failed)
        return f"<Tested {len(self)} cases: {len(self) - failed} passed, {failed} failed>"

    def __len__(self) -> int:
        return len(self.report.results)

    def __iter__(self) -> Iterator[Result]:
        return iter(self.report.results)

    @property
    def results(self) -> tuple[Result, ...]:
        """The result of each case."""
        return tuple(self.report.results)

    @property
    def failed(self) -> tuple[Result, ...]:
        """The results of the cases that do not come out as expected."""
        return tuple(result for result in self.results if result.failures)

    @property
    def coverage(self) -> Coverage | None:
        """Which rules, cuts, paths and tasks the cases reach, if asked for."""
        return self.report.coverage

    @property
    def mutation(self) -> Mutation | None:
        """Which changes of the rules the cases do not notice, if asked for and all cases pass."""
        return self.report.mutation

    def document(self, level: Level = "short") -> Document:
        """What failed and why, then what was measured."""
        return tests(self.report, self.speaker)

    def to_dict(self) -> dict[str, Any]:
        """The results as data; `as_of` is None if no day was asked about."""
        data = self.report.to_dict()
        return data if self.report.today != date.max else {**data, "as_of": None}


def run_cases(
    content: Content,
    place: str,
    day: date,
    speaker: Speaker,
    *,
    coverage: bool = False,
    mutation: bool = False,
    chosen: Callable[[CheckedCase], bool] = lambda case: True,
    fail_fast: bool = False,
    of_green: bool = False,
    watch: Callable[[int, int], None] = lambda number, of: None,
    named: Sequence[str] = (),
    there: Sequence[CheckedCase] | None = None,
) -> Tested:
    """How the chosen cases beside a rulebook, or in the `named` folders and files, or `there`, come out, on this day
    unless they have a day of their own.

    Mutants are tried only once all of them pass, or, with `of_green`, on those that do; `watch` is told of each mutant.
    Raises WhytuneError.
    """
    if there is None:
        there = _cases_in(named, content) if named else every_case_of(place, content)
    every = [case for case in there if chosen(case)]
    cases = [case for case in every if case.is_filled_in]
    results = list(_until_failure(run_all(content, cases, day), fail_fast))
    green = [result.case for result in results if not result.failures]
    mutates = mutation and (of_green or len(green) == len(cases))
    report = CasebookReport(
        content,
        day,
        cases,
        [case for case in every if not case.is_filled_in],
        results,
        covered_parts(content, cases, day) if coverage else None,
        mutated(content, green, day, partial(_watched, watch)) if mutates else None,
        mutation,
    )
    return Tested(report, speaker)


def _cases_in(named: Sequence[str], content: Content) -> Sequence[CheckedCase]:
    """The cases in these folders and files; raises WhytuneError with every mistake in all of them."""
    problems: list[Problem] = []
    cases: list[CheckedCase] = []
    for place in named:
        try:
            cases += checked_cases(content, named_cases(place))
        except WhytuneError as error:
            problems += error.problems
    if problems:
        raise WhytuneError(problems)
    return cases


def _until_failure(results: Iterator[Result], fail_fast: bool) -> Iterator[Result]:
    for result in results:
        yield result
        if fail_fast and result.failures:
            return


def _watched(watch: Callable[[int, int], None], every: Sequence[Mutant]) -> Iterator[Mutant]:
    """The mutants, reporting progress."""
    for number, mutant in enumerate(every, 1):
        watch(number, len(every))
        yield mutant
