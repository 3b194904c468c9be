"""The case files of a rulebook -> its cases, or every mistake in them at once, at file:line:column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path, PurePath, PurePosixPath
from typing import NamedTuple

from ...language import source
from ...language.brief import brief
from ...language.case import CaseFacts, resolve
from ...language.casefile import NUMBERED, WrittenCase, read_cases
from ...language.casetable import decode_case_table
from ...language.csvfile import ENDING as TABLES
from ...language.evidence import evidence_of
from ...language.folders import files_in, has_ending, is_there
from ...language.loading import located
from ...language.problems import Problem, Sentence, Span, WhytuneError
from ...language.rulebook import Rulebook
from ...language.text import PLACEHOLDER
from .expectations import Expectation, expectations

FOLDER = "cases"
"""The folder of cases, beside the files of a rulebook."""
ENDINGS = (".yaml", ".yml", ".json", TABLES)


class CheckedCase(NamedTuple):
    """A case that fits the rulebook: as written, the facts that it gives, and what it expects."""

    written: WrittenCase
    facts: CaseFacts
    expects: tuple[Expectation, ...]

    @property
    def title(self) -> str:
        """The title that people see: by default, the name of its file."""
        return self.written.title or self.written.name

    @property
    def span(self) -> Span:
        """The place where it begins."""
        return self.written.span

    @property
    def day(self) -> date | None:
        """The day whose rules it is judged by, if it names one."""
        return self.written.day

    def __repr__(self) -> str:
        return brief(self)

    @property
    def is_filled_in(self) -> bool:
        """Does it test something? A case that `whytune new case` wrote does not until somebody says what."""
        return bool(self.expects)


def cases_of(where: str | Path, rulebook: Rulebook) -> tuple[CheckedCase, ...]:
    """The cases beside the rulebook of this name or path, except those still to be filled in.

    Raises WhytuneError as `every_case_of` does.
    """
    return tuple(case for case in every_case_of(where, rulebook) if case.is_filled_in)


def every_case_of(where: str | Path, rulebook: Rulebook) -> tuple[CheckedCase, ...]:
    """The cases beside the rulebook of this name or path, in order of their files' names.

    All files under its folder `cases` are read, including those still to be filled in. Raises WhytuneError with every
    mistake in any of them.
    """
    return _cases_of_files(case_files(where), rulebook)


def case_called(name: str, where: str | Path, rulebook: Rulebook) -> CheckedCase | None:
    """The case of this name beside the rulebook of this name or path; None if there is none.

    Only files that may hold it are read: those called so, and tables. Raises WhytuneError with every mistake in these.
    """
    files = [
        (path, label)
        for path, label in case_files(where)
        if path.stem in (name, name.rpartition(NUMBERED)[0]) or has_ending(path.name, (TABLES,))
    ]
    return {case.written.name: case for case in _cases_of_files(files, rulebook)}.get(name)


def cases_in(files: Mapping[str, bytes], rulebook: Rulebook) -> tuple[CheckedCase, ...]:
    """The cases in these files, by their names in messages; raises WhytuneError with every mistake in any of them."""
    return _checked_in_turn(rulebook, (partial(cases_in_file, data, label) for label, data in files.items()))


def _cases_of_files(files: Iterable[tuple[Path, str]], rulebook: Rulebook) -> tuple[CheckedCase, ...]:
    """The cases in these files, each with its name in messages; raises WhytuneError with every mistake in any."""
    return _checked_in_turn(rulebook, (partial(_read_from, path, label) for path, label in files))


def _read_from(path: Path, label: str) -> tuple[WrittenCase, ...]:
    return cases_in_file(source.read_bytes(path, label), label)


def _checked_in_turn(
    rulebook: Rulebook, files: Iterable[Callable[[], tuple[WrittenCase, ...]]]
) -> tuple[CheckedCase, ...]:
    """The cases of all files, each of which is read when it is called; raises WhytuneError with every mistake."""
    cases: list[CheckedCase] = []
    problems: list[Problem] = []
    for read in files:
        try:
            cases.extend(checked_cases(rulebook, read()))
        except WhytuneError as error:
            problems.extend(error.problems)
    if problems:
        raise WhytuneError(problems)
    return tuple(cases)


class CaseSource(NamedTuple):
    """A file of cases: its path in its folder, what messages call it, and how its bytes are read."""

    below: str
    label: str
    read: Callable[[], bytes]


def sources_beside(where: str | Path) -> Iterator[CaseSource]:
    """The case files beside the rulebook of this name or path; raises WhytuneError."""
    folder, _ = cases_folder(where)
    for path, label in case_files(where):
        yield CaseSource(path.relative_to(folder).as_posix(), label, partial(source.read_bytes, path, label))


def sound_cases(files: Iterable[CaseSource]) -> tuple[list[WrittenCase], list[Problem]]:
    """The cases in every file that is sound, named by their paths, and the mistakes in the other files."""
    cases: list[WrittenCase] = []
    problems: list[Problem] = []
    try:
        for file in files:
            try:
                cases.extend(cases_in_file(file.read(), file.label, str(PurePosixPath(file.below).with_suffix(""))))
            except WhytuneError as error:
                problems.extend(error.problems)
    except WhytuneError as error:  # of a folder that cannot be listed
        problems.extend(error.problems)
    return cases, problems


def case_files(where: str | Path) -> list[tuple[Path, str]]:
    """The case files of the rulebook of this name or path, each with its name in messages; raises WhytuneError."""
    folder, label = cases_folder(where)
    if not is_there(folder, label):
        return []
    if folder.exists() and not folder.is_dir():
        raise no_folder(label)
    return case_files_in(folder, label)


def case_files_in(folder: Path, label: str) -> list[tuple[Path, str]]:
    """The case files under a folder, at any depth, in order of their names, each with its name in messages.

    Raises WhytuneError: unreadable-file.
    """
    return files_in(folder, label, ENDINGS, deep=True)


def written_cases_in(folder: Path) -> list[WrittenCase]:
    """The cases in the files under a folder, or in a file, whatever rulebook they are for; raises WhytuneError."""
    files = case_files_in(folder, str(folder)) if folder.is_dir() else [(folder, str(folder))]
    cases = [case for path, label in files for case in cases_in_file(source.read_bytes(path, label), label, path.stem)]
    if not cases:
        hint = Sentence("cases are .yaml, .json or .csv files")
        raise WhytuneError([Problem("empty-file", Sentence("no cases in this folder"), Span(str(folder)), hint)])
    return cases


def cases_in_file(data: bytes, label: str, name: str | None = None) -> tuple[WrittenCase, ...]:
    """The cases in these bytes of a file, read by its suffix; raises WhytuneError with every mistake in its shape."""
    if has_ending(PurePath(label).name, (TABLES,)):
        return decode_case_table(data, label, name)
    return read_cases(source.decode(data, label), name)


def no_folder(label: str) -> WhytuneError:
    """The error if something other than a folder is where the folder of cases should be."""
    hint = Sentence("the cases of a rulebook are files in a folder of this name")
    return WhytuneError([Problem("wrong-type", Sentence("this is not a folder"), Span(label), hint)])


def cases_folder(where: str | Path) -> tuple[Path, str]:
    """Where the cases of the rulebook of this name or path belong, and the name of that folder in messages."""
    path, label = located(where)
    if not path.is_dir():
        path, label = path.parent, str(Path(label).parent)
    return path / FOLDER, str(Path(label) / FOLDER)


def checked_cases(rulebook: Rulebook, cases_written: Iterable[WrittenCase]) -> tuple[CheckedCase, ...]:
    """The cases, checked against the rulebook; raises WhytuneError with every mistake in them, each once."""
    cases: list[CheckedCase] = []
    problems: list[Problem] = []
    for written in cases_written:
        if (case := _expecting(rulebook, written, problems)) is not None:
            cases.append(case)
    if problems:
        raise WhytuneError(list(dict.fromkeys(problems)))
    return tuple(cases)


def _expecting(rulebook: Rulebook, case: WrittenCase, problems: list[Problem]) -> CheckedCase | None:
    """The same as `checked_case`, where it is a mistake, too, that a case which is filled in expects nothing."""
    before = len(problems)
    checked = checked_case(rulebook, case, problems)
    if checked and not checked.expects and len(problems) == before and not _is_blank(case, checked.facts):
        decision = rulebook.decisions[-1].decision
        hint = Sentence(
            "write what should come out, for example `expect: {{{decision}: ...}}`; in a table, in a column "
            "`expect.{decision}`",
            decision=decision,
        )
        problems.append(Problem("nothing-expected", Sentence("the case expects nothing"), case.span, hint))
    return checked


def checked_case(rulebook: Rulebook, case: WrittenCase, problems: list[Problem]) -> CheckedCase | None:
    """The case, or None if its facts are wrong; adds its mistakes to the problems."""
    try:
        facts = resolve(rulebook.vocabulary, *case.facts)
    except WhytuneError as error:
        problems.extend(error.problems)
        facts = None
    try:
        evidence_of(case.evidence, rulebook.vocabulary)
    except WhytuneError as error:
        problems.extend(error.problems)
    expects = expectations(rulebook, facts, case.expect, problems)
    return CheckedCase(case, facts, expects) if facts else None


def _is_blank(case: WrittenCase, facts: CaseFacts) -> bool:
    """Is this case, which expects nothing, still to be filled in, judging by its title or because it says nothing?"""
    return not facts.given or (case.title or "").startswith(PLACEHOLDER)


class CasesOfDay(NamedTuple):
    """A day with its rules, and the cases that they apply to."""

    date: date
    rulebook: Rulebook
    cases: tuple[CheckedCase, ...]


def by_day(rulebook: Rulebook, cases: Iterable[CheckedCase], today: date) -> tuple[CasesOfDay, ...]:
    """The days whose rules apply to some case, today first; days with the same rules are one."""
    groups: dict[frozenset[str], tuple[date, list[CheckedCase]]] = {frozenset(rulebook.as_of(today).rule): (today, [])}
    for case in cases:
        day = case.day or today
        groups.setdefault(frozenset(rulebook.as_of(day).rule), (day, []))[1].append(case)
    return tuple(CasesOfDay(day, rulebook.as_of(day), tuple(group)) for day, group in groups.values())
