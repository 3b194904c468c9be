"""What a request asks: a rulebook on a day and in a language, the facts of a case, names and numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal, NamedTuple

from whytune import Case, Problem, Rulebook, Span, WhytuneError
from whytune.engine.language import source
from whytune.engine.language.case import from_python
from whytune.engine.language.casefile import WrittenCase, of_facts, read_case
from whytune.engine.language.letters import composed, unfit
from whytune.engine.language.problems import Sentence, did_you_mean, listing, short
from whytune.engine.language.text import read_day, read_line
from whytune.engine.language.vocabulary import YES_NO
from whytune.engine.words.catalogue import LANGUAGES
from whytune.prose.levels import LEVELS
from whytune.shown import FORMATS

from .library import Bookcase

FACTS, CHANGES, EVIDENCE = "facts.", "changes.", "evidence."
"""What precedes the name of a fact: its value, its changed value, and its evidence."""

MOST = 10**6
"""The most pages, and records of a page."""


Form = Literal["text", "day", "count", "served"]
"""How a parameter is written: a text, a day, or a whole number from 1."""


class Parameter(NamedTuple):
    """What an address may hold: a name, its meaning, and whether it is required, or allowed several times.

    It is one of its `values` if they are listed; with `example` as one of several parameters, a question is answered.
    """

    name: str
    meaning: str
    required: bool = False
    several: bool = False
    values: tuple[str, ...] = ()
    form: Form = "text"
    example: str = ""


RULEBOOK = Parameter("rulebook", "The rulebook, by its name; by default the first that is served.", form="served")
AS_OF = Parameter("as_of", "The day whose rules hold (YYYY-MM-DD); by default the case's, else today.", form="day")
LANGUAGE = Parameter("language", "The language of texts and problems, `en` or `zh`.", values=LANGUAGES)
FORMAT = Parameter("format", "`json` (by default), `text`, `markdown` or `html`.", values=FORMATS)
LEVEL = Parameter("level", "How much is told: `short`, `normal` or `full`; JSON tells everything.", values=LEVELS)
DECISION = Parameter(
    "decision", "Which decision, where the rulebook makes several; by default the main one.", form="served"
)
OF_RECORD = Parameter(
    "of_record",
    "The record of the ledger whose case is asked, by its id: its facts, by the rules kept with it, on its day.",
)
FROM = Parameter("from", "The rulebook for which the case was described, where another is asked.", form="served")
"""What only pages take: they say what of such a case is left out."""
ESTIMATE = "estimate."
"""What precedes the kind of an estimate (`of`) and its quantities, on the page to print that shows it."""
TEXTS = "text."
"""What precedes the name of a file in the field of a form that holds its text."""
OF_COLUMNS = (
    Parameter("map", "Which fact a column gives: `COLUMN=FACT`.", several=True),
    Parameter("assume", "`no`: nothing is assumed of what a row leaves out.", values=YES_NO),
    Parameter("prefix", "Stands before the name of each column of answers."),
)
"""How a table of tasks is read and answered."""


class SentFile(NamedTuple):
    """A file that a form sends: the field that it is in, its name, and its content."""

    field: str
    name: str
    data: bytes


@dataclass(frozen=True)
class Query:
    """The parameters of a request, each with its values in order, its body or its files, and what is served.

    What goes `along` is no part of the question, and is passed on by the forms and links of its page.
    `maps` are facts as a program sends them, by the prefix that they would have in an address; `texts` those of files
    beside the one in the body, by name. What `is_posted` as a form of files has to bring some.
    """

    library: Bookcase
    values: Mapping[str, tuple[str, ...]]
    body: bytes = b""
    maps: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    files: tuple[SentFile, ...] = ()
    is_posted: bool = False
    along: tuple[tuple[str, str], ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)

    def all(self, name: str) -> tuple[str, ...]:
        """The values of a parameter; a blank counts as left out."""
        return tuple(filter(None, (value.strip() for value in self.values.get(name, ()))))

    def text(self, name: str) -> str | None:
        """The value of a parameter that may occur once; raises WhytuneError: contradiction."""
        values = set(self.all(name))
        if len(values) > 1:
            message, hint = Sentence("`{fact}` is set twice", fact=short(name)), Sentence("keep one of the two")
            raise WhytuneError([Problem("contradiction", message, Span(name), hint)])
        return values.pop() if values else None

    def sent(self, name: str) -> tuple[SentFile, ...]:
        """The files in the field of this name."""
        return tuple(file for file in self.files if file.field == name)

    def needed(self, name: str) -> str:
        """The value of a parameter that must be there; raises WhytuneError: missing-key, contradiction."""
        text = self.text(name)
        if text is None:
            raise WhytuneError([missing(name)])
        return text

    def one_of(self, name: str, values: Sequence[str]) -> Any:
        """The value of a parameter, by default the first of these; raises WhytuneError: unknown-value."""
        value = self.text(name) or values[0]
        if value not in values:
            hint = did_you_mean(value, values) or Sentence("it may be {names}", names=listing(values))
            message = Sentence("unknown value `{name}`", name=short(value))
            raise WhytuneError([Problem("unknown-value", message, Span(name), hint)])
        return value

    def columns(self, name: str) -> dict[str, str]:
        """The fact of each column, by parameters like `how many=examples`; raises WhytuneError: wrong-type."""
        facts = {}
        for pair in self.all(name):
            column, equals, fact = pair.rpartition("=")
            if not equals or not column.strip():
                message = Sentence("`{pair}` is not of the form COLUMN=FACT", pair=short(pair))
                raise WhytuneError([Problem("wrong-type", message, Span(name))])
            facts[column.strip()] = fact.strip()
        return facts

    def number(self, name: str, default: int) -> int:
        """The value of a parameter that counts from 1; raises WhytuneError: wrong-type."""
        text = self.text(name)
        if text is None:
            return default
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:8]) <= MOST):
            message = Sentence("`{name}` is a whole number from 1 to {most:,}", name=name, most=MOST)
            raise WhytuneError([Problem("wrong-type", message, Span(name))])
        return int(text)

    def day(self, name: str = "as_of") -> date | None:
        """The day that a parameter names; raises WhytuneError: wrong-type."""
        text = self.text(name)
        try:
            return read_day(text) if text else None
        except ValueError:
            message = Sentence("`{text}` is not a date like 2026-03-31", text=short(text or ""))
            raise WhytuneError([Problem("wrong-type", message, Span(name))]) from None

    def book(self, day: date | None = None) -> Rulebook:
        """The rulebook asked about, on the day asked about, or else on this day, or else today; raises WhytuneError.

        Where a record is asked, it is the one kept with it.
        """
        if case := self.recorded:
            return Rulebook(case.advisor.whole, case.place, case.advisor.as_of, case.language)
        return self.library.book(self.text("rulebook"), self.day() or day, self.text("language"))

    def case(self) -> Case:
        """The case that the body writes, with the facts in the address over it, or of a record; raises WhytuneError."""
        return self.advised()[0]

    def advised(self) -> tuple[Case, str | None]:
        """The same, with the title of the case if the body, or the record, names it."""
        if (case := self.recorded) and case.replayed:
            return case, case.replayed.record.data["case"]
        written, given = self._written(), self.given(FACTS)
        evidence = source.Map((*written.evidence.entries, *self.given(EVIDENCE).entries), given.span)
        return self.book(written.day).case_of(*written.facts, given, evidence=evidence), written.title

    @cached_property
    def recorded(self) -> Case | None:
        """The case of the record that is asked, facts in the address being what it keeps out; None if none is asked.

        Raises WhytuneError.
        """
        identity = self.text(OF_RECORD.name)
        if identity is None:
            return None
        others = [name for name in (RULEBOOK.name, AS_OF.name) if self.all(name)]
        if others or self.body.strip():
            hint = Sentence("a record is asked by the rules kept with it, on its day")
            message = Sentence("`{other}` does not go with `of_record`", other=others[0] if others else "body")
            raise WhytuneError([Problem("contradiction", message, Span(OF_RECORD.name), hint)])
        return self.library.recorded(identity, self.text("language"), lambda vocabulary: self.given(FACTS))

    def one_record(self) -> str | None:
        """The id of the record that a ledger is asked about; None if it is asked about all.

        Raises WhytuneError: missing-key for facts of all.
        """
        identity = self.text("name")
        if identity is None and self.given(FACTS).entries:
            raise WhytuneError([missing("name")])
        return identity

    def narrowed(self, **values: str) -> Query:
        """The same rulebook, day and language, with these parameters and no others."""
        kept = {key: self.values[key] for key in ("rulebook", "as_of", "language") if key in self.values}
        return replace(self, values={**kept, **{key: (value,) for key, value in values.items()}})

    def line(self, name: str) -> str | None:
        """A text of one line; raises WhytuneError: bad-text, contradiction."""
        text = self.text(name)
        return None if text is None else read_line(text, Span(name))

    def _written(self) -> WrittenCase:
        if not self.body.strip():
            return of_facts(source.Map((), Span("facts")))
        return read_case(source.decode(self.body, "body"))

    def given(self, before: str) -> source.Map:
        """The facts whose parameters begin with this; those left blank are not given."""
        named = ((key, self.all(key)) for key in self.values if key.startswith(before))
        given = {key.removeprefix(before): values if len(values) > 1 else values[0] for key, values in named if values}
        return from_python({**given, **self.maps.get(before, {})})

    def check(self, wanted: Iterable[Parameter], prefixes: Collection[str], files: Iterable[Parameter] = ()) -> None:
        """Raises WhytuneError for every parameter or file that means nothing here, is missing, or cannot be read."""
        wanted = tuple(wanted)
        names = [parameter.name for parameter in wanted]
        strange = [key for key in self.values if key not in names and not key.startswith(tuple(prefixes) or ("\0",))]
        problems = [_strange(key, [*names, *prefixes]) for key in strange]
        fields = [parameter.name for parameter in files]
        problems += [_strange(file.field, fields) for file in self.files if file.field not in fields]
        if self.is_posted and not self.files:
            cure = Sentence("choose what it asks for: {names}", names=listing(fields))
            problems.append(Problem("missing-key", Sentence("no file came with the form"), None, cure))
        problems += [missing(wish.name) for wish in wanted if wish.required and not self.all(wish.name)]
        for key, values in self.values.items():
            problems += [
                Problem("bad-text", wrong.message, Span(short(key)), wrong.hint)
                for text in (key, *values)
                if (wrong := unfit(text))
            ]
        if problems:
            raise WhytuneError(problems)


def asking(library: Bookcase, pairs: Iterable[tuple[str, str]], body: bytes = b"") -> Query:
    """The query that these pairs of an address make."""
    values: dict[str, tuple[str, ...]] = {}
    for key, value in pairs:
        values[composed(key)] = (*values.get(composed(key), ()), composed(value))
    return Query(library, values, body)


def in_language(query: Query, wish: str) -> Query:
    """The same in the reader's language, if none is asked for and the rulebook, unless a record's, has it."""
    name = query.text("rulebook") or query.library.default
    speaks = (
        query.all(OF_RECORD.name)
        or name not in query.library.books
        or wish in query.library.books[name].content.languages
    )
    if query.all("language") or not speaks:
        return query
    return replace(query, values={**query.values, "language": (wish,)})


def missing(name: str) -> Problem:
    """That something is to be given and is not."""
    return Problem("missing-key", Sentence("`{key}` is missing", key=name), Span(name))


def _strange(key: str, names: Collection[str]) -> Problem:
    hint = did_you_mean(key, names) or Sentence("it may be {names}", names=listing(names))
    return Problem("unknown-key", Sentence("`{key}` means nothing here", key=short(key)), Span(short(key)), hint)
