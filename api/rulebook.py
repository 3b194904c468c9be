"""A rulebook for Python, on a day and in a language: its cases, and all that can be asked about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whytune.engine import Advisor
from whytune.engine import Rulebook as Content
from whytune.engine import load as load_content
from whytune.engine.language import source
from whytune.engine.language.case import from_python
from whytune.engine.language.casefile import read_case
from whytune.engine.language.evidence import evidence_of
from whytune.engine.language.loading import DEFAULT
from whytune.engine.language.named import decision_among
from whytune.engine.language.problems import Sentence
from whytune.engine.language.rulebook import Decision, Rule
from whytune.engine.language.vocabulary import Fact
from whytune.engine.words.catalogue import translated
from whytune.engine.words.speaker import Speaker, language_among

from .case import Case
from .days import AnyDay, as_day, no_day, no_day_for_prices
from .keywords import checking_keywords
from .named_parts import ToldByName
from .shown import Suggesting

if TYPE_CHECKING:  # each is for those who ask for it
    from whytune.diagrams.flowchart import Link
    from whytune.diagrams.picture import Picture
    from whytune.engine.costs.estimators import Estimate
    from whytune.exchange.crossing import Exported

    from .answered_rows import AnsweredRows
    from .edits import Edited
    from .frames import TaskRows
    from .pictures import View
    from .shown import Shown
    from .verdicts import Checked, Tested


@checking_keywords
def load(rulebook: str | PathLike[str] = DEFAULT, *, as_of: AnyDay = None, language: str | None = None) -> Rulebook:
    """The rulebook of this name (shipped with whytune) or at this path (a folder, or one YAML file).

    >>> load("guide")
    <Rulebook guide 1.1.0: 10 facts, 1 decision, 18 rules>

    `as_of` is the day whose rules hold: a date, "2026-03-31", or "today"; only "today" reads the clock. Without it
    there is no day, which will do until something depends on one: then `no-day` is raised; no day is guessed.
    `language` is the language of all texts, "en" or "zh"; by default the rulebook's first.

    Raises WhytuneError with every problem of the rulebook; unknown-language; wrong-type if `as_of` is not a day.
    """
    place = fspath(rulebook)
    content = load_content(place)
    spoken = language_among(Sentence("the rulebook"), content.languages, language)
    return Rulebook(content, place, as_day(as_of), spoken)


@dataclass(frozen=True, eq=False, repr=False)
class Rulebook(Suggesting):
    """A rulebook: its `content`, the `place` it was loaded from, the `day` whose rules hold, and a language.

    It is a value: its methods return new values and change nothing.
    """

    content: Content
    place: str
    day: date | None
    language: str

    def __repr__(self) -> str:
        facts = _counted(sum(fact.used_for is None for fact in self.facts.values()), "fact")
        counts = (facts, _counted(len(self.decisions), "decision"), _counted(len(self.rules), "rule"))
        day = f" on {self.day}" if self.day else ""
        return f"<Rulebook {self.content.name} {self.content.version}{day}: {', '.join(counts)}>"

    # what it holds

    @property
    def facts(self) -> ToldByName[Fact]:
        """What can be known about a task, by name, in the order of the questions; print it to see what can be said."""
        named = {fact.fact: fact for fact in self.content.vocabulary.declared}
        return ToldByName("fact", named, self.speaker, self.day)

    @property
    def decisions(self) -> ToldByName[Decision]:
        """The questions that it decides, by name, the main one last."""
        named = {name: self.content.decision[name] for name in self.content.decision_order}
        return ToldByName("decision", named, self.speaker, self.day)

    @property
    def rules(self) -> ToldByName[Rule]:
        """The rules that hold on the day, or all of them if there is none, by id.

        >>> load("guide").rules["prompt_is_enuogh"]
        Traceback (most recent call last):
        ...
        whytune.engine.language.problems.WhytuneError: unknown rule `prompt_is_enuogh`
          hint: did you mean `prompt_is_enough`?
        """
        return ToldByName("rule", self.content.as_of(self.day).rule, self.speaker, self.day)

    # on which day, in which language

    def as_of(self, day: AnyDay) -> Rulebook:
        """This rulebook with the rules that hold on this day; "today" reads the clock.

        >>> load("guide").as_of("2026-03-31")
        <Rulebook guide 1.1.0 on 2026-03-31: 10 facts, 1 decision, 18 rules>

        Raises WhytuneError: wrong-type, for what is not a day.
        """
        return replace(self, day=as_day(day))

    def in_language(self, language: str) -> Rulebook:
        """This rulebook with everything told in this language; raises WhytuneError: unknown-language."""
        return replace(self, language=language_among(Sentence("the rulebook"), self.content.languages, language))

    # the cases that it advises on

    @cached_property
    def advisor(self) -> Advisor:
        """The rules of the day, ready to advise; raises WhytuneError: no-day."""
        if self.day is None and any(rule.valid for rule in self.content.rules):
            raise no_day(self.place)
        return Advisor(self.content, self.day)

    @property
    def speaker(self) -> Speaker:
        """The names of its parts in its language."""
        return Speaker(self.content.as_of(self.day), self.language)

    def case(self, given: Mapping[str, Any] | None = None, /, **facts: Any) -> Case:
        """The case of a task with these facts: booleans, numbers, names of values, or lists of names.

        >>> guide = load("guide")
        >>> guide.case(prompt_enough=True)
        <Case prompt (settled), 1 fact given, by guide 1.1.0>

        Names that are not Python identifiers go into a mapping: `guide.case({"examples": 100})`. A fact left out (or
        None) is assumed if the rulebook says what to assume, and otherwise unknown; "unknown" makes it unknown.

        Raises WhytuneError with every mistake in the facts; no-day.
        """
        return self.case_of(from_python({**(given or {}), **facts}))

    def read_case(self, file: str | PathLike[str]) -> Case:
        """The case in a YAML or JSON file, on the day that the file names if the rulebook is on none.

        Raises WhytuneError with every mistake in the file; no-day.
        """
        path = fspath(file)
        written = read_case(source.read(Path(path), path))
        book = self if self.day else self.as_of(written.day)
        return book.case_of(written.given, evidence=written.evidence)

    def case_of(self, *given: source.Map, evidence: source.Map | None = None) -> Case:
        """The case with these facts, as written, where later maps override earlier ones; raises WhytuneError."""
        taken_from = evidence_of(evidence, self.content.vocabulary) if evidence else {}
        return Case(self.advisor, given, self.language, self.place, taken_from)

    def decide(self, rows: TaskRows, *, facts: Mapping[str, str] | None = None, assume: bool = True) -> AnsweredRows:
        """The answers to many tasks, each a row of facts by name; like rows are answered once. Keys that are no facts
        are left out (with a warning if one may be a misspelt fact, or none is one); `taken` and `left_out` name both.

        >>> guide = load("guide")
        >>> [(row["advice"], row["error"]) for row in guide.decide([{"prompt_enough": True}, {"prompt_enough": "?"}])]
        [('prompt', None), (None, '`prompt_enough` is yes or no, not `?`; give yes, no or unknown')]

        Each answer has advice, status, possible, decided_by, rests_on, next_question and cautions (with several
        decisions `approach.advice`, and so on); `error` says why a row has no answer. None, blanks and NaN are unknown;
        with `assume` false, nothing is assumed; `facts` says which fact a column of another name gives. The rows may be
        a DuckDB relation or a frame of Polars, PyArrow or pandas, which DuckDB reads (`whytune[bulk]`). `case(row)` of
        the answers is the case of a row.

        Raises WhytuneError: no-day, diagram-too-large, too-many-rules, engine-missing, unknown-fact; no-duckdb,
        unreadable-file, contradiction; wrong-type for what holds no rows, such as the name of a file.
        """
        from whytune.engine.bulk.row_answers import Bulk

        from .answered_rows import decided

        return decided(Bulk(self.advisor, facts, assume=assume), rows, self.case_of, self.language)

    def sql(
        self,
        dialect: str,
        table: str,
        columns: Iterable[str] | None = None,
        *,
        facts: Mapping[str, str] | None = None,
        assume: bool = True,
        prefix: str = "",
    ) -> str:
        """One SQL statement that answers every row of a table inside its database, exactly as `decide` does.

        >>> load("guide").sql("duckdb", "tasks", ["id", "need", "examples"]).splitlines()[1]
        'WITH'

        `dialect` is sqlite, duckdb, spark, postgres, bigquery or snowflake. `columns` names the table's columns, by
        default one per fact with the fact's name; `facts` says which fact a column of another name gives. Each row
        comes back with advice, status, possible, decided_by and cautions (several names are joined by `|`); `error`
        says why a row has no answer. `prefix` is put before the names of these columns.

        Raises WhytuneError: unknown-value, unknown-fact, bad-name, wrong-type, contradiction, duplicate-key, no-day,
        diagram-too-large.
        """
        from whytune.engine.bulk.row_answers import Bulk
        from whytune.engine.bulk.sql.dialects import dialect_of
        from whytune.engine.bulk.sql.statement import statement

        bulk = Bulk(self.advisor, facts, assume=assume, prefix=prefix)
        return statement(bulk, dialect_of(dialect), table, columns)

    def estimate(
        self, kind: str, /, *, prices: str | PathLike[str] | None = None, **quantities: object
    ) -> Shown[Estimate]:
        """What tuning or answering costs at the prices beside the rulebook, on its day: `kind` is "tune", "gpu",
        "serve" or "break-even", and the quantities are those of `whytune cost`.

        >>> guide = load("guide", as_of="2026-11-22")
        >>> guide.estimate("tune", model="gpt-4o-mini", examples=1000, tokens=500).cost.shown()
        '$4.50'

        `prices` is the file of other prices. Raises WhytuneError: no-day, unknown-name, unknown-key, missing-quantity;
        all that is wrong with the quantities; what the prices do not hold.
        """
        from .estimates import estimate_of, prices_at

        if self.day is None:
            raise no_day_for_prices(self.place)
        listed = prices_at(self.place if prices is None else fspath(prices), self.day, is_beside=prices is None)
        return estimate_of(kind, quantities, listed, self.day, self.language)

    def export(self, file: str | PathLike[str], *, as_rules: bool = False) -> tuple[str, ...]:
        """Writes it for another program, and returns what that cannot say: a workbook (`.xlsx`), a folder of CSV
        (`sheets/`), a decision model (`.dmn`) or a module of Python (`.py`), by the name of the file, which is new.

        A decision model has disjoint rows or, with `as_rules`, the rules as they stand, those of the day if there is
        one.

        Raises WhytuneError: unknown-format, file-exists, unwritable-file, rulebook-changed; no-sheets.
        """
        from .exports import save

        made = self.exported(fspath(file), as_rules=as_rules)
        save(fspath(file), made)
        return tuple(translated(remark, self.language) for remark in made.remarks)

    def exported(self, file: str, *, as_rules: bool = False) -> Exported:
        """What `export` writes to a file of this name, as bytes; raises WhytuneError."""
        from whytune.exchange.crossing import Outgoing

        from .exports import exported, with_kept_files

        outgoing = Outgoing(self.content, {}, self.language, self.day, as_rules)
        return exported(file, with_kept_files(outgoing, self.place), self.module)

    def function(self, *, assume: bool = True, columns: bool = False) -> Callable[[Mapping[str, Any]], Any]:
        """A plain Python function that answers a task, or with `columns` a list of values for each fact of many tasks.

        >>> load("guide").function()({"prompt_enough": False, "examples": 3200, "need": "domain_terms"})["possible"]
        ('lora', 'prompt', 'rag')

        It gives the advice, status, possible, decided_by and cautions of `decide`; a mistake is a ValueError, or its
        text in the column `error`, as `examples: outside-range`. What is known in part it does not take.

        Raises WhytuneError: no-day, diagram-too-large.
        """
        from whytune.engine.bulk.function.compiled import function_of
        from whytune.engine.bulk.row_answers import Bulk

        return function_of(Bulk(self.advisor, assume=assume), self.language, columns=columns)

    def module(self, *, assume: bool = True) -> str:
        """The text of the Python module with its `function`, `advise` or `advise_columns`; raises as that does."""
        from whytune.engine.bulk.function.module import module
        from whytune.engine.bulk.row_answers import Bulk

        return module(Bulk(self.advisor, assume=assume), self.language)

    # what can be asked about itself

    def check(self, watch: Callable[[str], None] = lambda check: None) -> Checked:
        """What is wrong with it although it loads, proved over all tasks, not a sample; `watch` is told of each check.

        >>> [finding for finding in load("guide").check() if finding.severity == "error"]
        []

        Raises WhytuneError: no-solver, no-day, and every mistake in its cases or confirmed translations.
        """
        from .verdicts import checked

        return checked(self.content, self.place, self.asked_day, whole_speaker(self), watch)

    def test(
        self, *, coverage: bool = False, mutation: bool = False, cases: str | PathLike[str] | None = None
    ) -> Tested:
        """How the cases beside it come out; with `coverage` also what they reach, with `mutation` which edits they
        miss.

        `cases` is a folder, or a file of YAML, CSV or XLSX, whose cases are run instead.

        >>> load("guide").test().failed
        ()

        Raises WhytuneError: no-solver, diagram-too-large, search-too-large, no-day, and every mistake in a case.
        """
        from .verdicts import run_cases

        day, speaker = self.asked_day, whole_speaker(self)
        named = () if cases is None else (fspath(cases),)
        return run_cases(self.content, self.place, day, speaker, coverage=coverage, mutation=mutation, named=named)

    def difference(
        self,
        new: Rulebook | str | PathLike[str],
        *,
        allow: str | PathLike[str] | None = None,
        cases: str | PathLike[str] | None = None,
    ) -> Edited:
        """How its advice, reasons and words differ from those of another rulebook, over all tasks.

        `allow` is a file that declares what the edit is meant to do: the answer tells what goes beyond it. `cases` is a
        file or a folder of cases, by default those beside the other rulebook: the answer tells which of them come out
        differently, and `requirements` what must be adapted before the edit can land.

        >>> load("guide").difference("guide").level
        'nothing'

        Raises WhytuneError: incomparable-fact, no-solver, search-too-large, no-day, and every mistake in a file.
        """
        from .edits import difference_to, sound_cases_beside

        after = new if isinstance(new, Rulebook) else load(new)
        if self.day is None and any(rule.valid for rule in (*self.content.rules, *after.content.rules)):
            raise no_day(self.place)
        language = self.language if self.language in after.content.languages else after.language
        asked = (self.content, after.content, after.place, self.day, language)
        return difference_to(*asked, allow=allow, cases=cases, old_cases=sound_cases_beside(self.place))

    def flowchart(self, section: str | None = None, decision: str | None = None, *, expand: bool = False) -> Picture:
        """Its flowchart, computed from all its rules or those of one section.

        Other decisions on which it rests are one question each; to `expand` it asks for the facts behind them.

        Raises WhytuneError: unknown-section, unknown-decision, diagram-too-large, no-day.
        """
        book = replace(self, content=self.content.only(section)) if section is not None else self
        return book.picture("flow", decision, expand=expand)

    def picture(
        self, view: View, decision: str | None = None, *, expand: bool = False, link: Link = lambda place: None
    ) -> Picture:
        """The rulebook in one view: its flowchart ("flow"), the network of its "rules" or "decisions", or its "table".

        `link` says where a reader finds what stands at a place of the rulebook, such as ("rule", "prompt_is_enough").

        Raises WhytuneError as `flowchart` does; no-table.
        """
        from whytune.diagrams.picture import Picture

        from .pictures import picture_of

        name = decision_among(self.content.decision_order, decision)
        return Picture(picture_of(view, self.advisor, self.speaker, name, link=link, expand=expand))

    @property
    def asked_day(self) -> date:
        """The day asked about; any day will do if nothing is dated. Raises WhytuneError: no-day."""
        if self.day is None and self.content.is_dated:
            raise no_day(self.place)
        return self.day or date.max

    def _repr_html_(self) -> str:
        from whytune.prose import page
        from whytune.prose.rulebook import summary

        return page.in_notebook(summary(self.day, self.speaker))


def whole_speaker(rulebook: Rulebook) -> Speaker:
    """A speaker for all parts of a rulebook, including those that do not hold on the day."""
    return Speaker(rulebook.content, rulebook.language)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
