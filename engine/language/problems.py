"""What can be wrong with an input, as values: where, what, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copyreg import __newobj__  # type: ignore[attr-defined]
from functools import lru_cache, reduce
from typing import Any, NamedTuple, Self

from .python_hints import AT_A_TERMINAL, IN_PYTHON, PLACES

CODES: dict[str, str] = {
    # the text of a file
    "missing-file": "a file or folder that is not there",
    "unreadable-file": "a file that cannot be read",
    "too-large": "a file or a record of more than 1 MiB",
    "not-utf8": "a file that is not UTF-8 text",
    "yaml-syntax": "a text that is not YAML",
    "csv-syntax": "a file of rows that is not written as CSV",
    "empty-file": "a file that says nothing",
    "several-documents": "more than one YAML document in one file",
    "alias": "a YAML anchor, alias or merge, with which a small file can mean a huge one",
    "tag": "a YAML tag; values take their type from the vocabulary",
    "too-deep": "a text nested, or facts that depend on each other, more than 50 deep",
    "duplicate-key": "a key that appears twice in one map",
    # the shape of a rulebook
    "unknown-key": "a key that means nothing here",
    "missing-key": "a key that must be there",
    "wrong-type": "a value of another type than the key takes",
    "bad-name": "a name that is not lower-case letters, digits and `_`, or is reserved",
    "bad-text": "a text that is blank, too long or holds letters that readers do not see",
    "missing-text": "a text that lacks one of the rulebook's languages",
    "unknown-language": "a text in a language that the rulebook does not declare",
    "missing-source": "a rule that does not say where it comes from",
    "unknown-document": "a source that names an undeclared document",
    "duplicate-id": "one name given to two things",
    "said-twice": "a part that belongs in one file, found in two",
    "misplaced-key": "a key that does not belong where it stands",
    # facts, bands, groups
    "unknown-fact": "a name that is not a fact",
    "unknown-value": "a value that the fact cannot have",
    "unknown-band": "a name that is not a band of this number",
    "unknown-group": "a name that is not a group of this choice",
    "no-bands": "a condition on a bare number instead of one of its bands",
    "cuts-not-increasing": "cuts that do not increase from left to right",
    "cut-outside-range": "a cut at which the fact's range leaves nothing on one side",
    "bad-range": "a range that ends before it begins",
    "bad-bound": "a number that cannot bound another",
    "assume-outside": "an assumed value that the fact cannot have",
    "only-if-cycle": "facts that apply only if each other apply",
    # rules and decisions
    "unknown-decision": "a name that is not a decision",
    "unknown-option": "a name that is not an option of this decision",
    "unknown-conclusion": "a name that is not a conclusion",
    "never-concluded": "a conclusion that no rule draws",
    "unfit-not": "all but some values, of which nothing is left or no names say the rest",
    "uneven-row": "a row of a table with more or fewer cells than there are columns",
    "no-condition": "a rule that does not say when it holds",
    "no-effect": "a rule that does nothing",
    "too-many-options": "a decision with more options than are supported",
    "conclusion-cycle": "conclusions or decisions that rest on themselves",
    "unfit-combination": "an option that cannot combine what it says, or a proposal of a combination",
    "kind-cycle": "options that are kinds of each other",
    "unfit-policy": "a policy that names an option twice or prefers a single one",
    "unfit-invariant": "an invariant that says nothing, or several things at once",
    # size
    "diagram-too-large": "a rulebook whose decision diagram passes the node limit",
    "too-many-rules": "a rulebook that durable-rules cannot hold",
    "too-many-problems": "an input with more mistakes than are listed",
    "incomparable-fact": "a fact that is of another kind in each of two rulebooks",
    "no-solver": "no solver to ask where a decision diagram would be too large",
    "search-too-large": "a question whose exact answer takes too many steps",
    # the facts of a case
    "not-applicable": "a fact given although its `only_if` is false",
    "outside-range": "a number outside the fact's range",
    "contradiction": "one fact given twice with different values",
    "unknown-case-key": "a key of a case file that means nothing",
    # the cases of a rulebook
    "several-cases": "a table of cases where one case is wanted",
    "nothing-expected": "a case of a rulebook that expects nothing, and so tests nothing",
    "no-cases": "a rulebook without cases, or none that was asked for",
    # pictures
    "unknown-section": "a section that no rule bears",
    "unknown-format": "a file ending that names no format",
    "too-large-to-draw": "a picture with more nodes than anybody can read",
    "no-table": "a decision that no table is about",
    "no-graphviz": "no Graphviz to draw with",
    "not-drawn": "a picture that Graphviz could not draw",
    "no-terminal": "a binary picture about to be written to a terminal",
    "unwritable-file": "a file that cannot be written",
    "file-exists": "a file to be written that exists already",
    # comparison and costs
    "unknown-name": "a name that the file does not declare",
    "unknown-approach": "a name that is not an approach of the comparison",
    "unknown-dimension": "a name that is not a row of the comparison",
    "unknown-currency": "a currency that the price list does not declare, or that is none",
    "mixed-currency": "amounts of several currencies that would have to be added",
    "contradictory-prices": "two prices of one thing for one day",
    "unknown-model": "a model that the price list does not hold",
    "unknown-method": "a way of fine-tuning that is none",
    "unknown-gpu": "a GPU that the price list does not hold",
    "unknown-provider": "a provider that the price list does not hold for this GPU",
    "unknown-hosting": "a hosting that the price list does not hold",
    "no-price": "a day, or a part of the bill, for which the price list holds no price",
    "missing-quantity": "a number without which the estimate cannot be made",
    "unfit-quantity": "a number that does not go with what is estimated",
    "no-plotting": "no plotting library to draw a chart with",
    # the ledger
    "not-a-ledger": "a file that is not a ledger of whytune",
    "newer-ledger": "a ledger or export that a newer whytune has written",
    "ledger-busy": "a ledger that another program keeps locked",
    "ledger-damaged": "a ledger, or a record in it, that is not as it was written",
    "disk-failure": "a disk that is full or fails",
    "clock-backwards": "a time before that of the last record",
    "bad-time": "a text that is not a time, or names no zone",
    "day-to-come": "a day on which something was looked at that is in the future",
    "no-day": "a rulebook with dates of which something is asked, but on no day",
    "rulebook-changed": "a rulebook whose files were edited while a command was at work on them",
    "unknown-record": "an id of no record",
    "facts-kept-out": "a record without the values of its sensitive facts",
    "wrong-value": "a value that is not the one whose hash was recorded",
    "wrong-key": "a key of another kind, or one that did not sign this",
    "bad-checkpoint": "a file that is not a checkpoint",
    "bad-export": "a file that is not an export of a ledger",
    "another-rulebook": "a ledger without records by this rulebook",
    # the service
    "no-web": "no packages to serve pages with",
    "no-mcp": "no package to talk with assistants with",
    "no-duckdb": "no package to read frames and Parquet with",
    "no-spark": "no package to run Spark with",
    "spark-failure": "Spark could not answer the rows",
    "unknown-address": "an address at which the service has nothing",
    "defect": "a question at which whytune itself failed",
    "refused-request": "a request that the service does not take: its method, host, origin, token or size",
    "too-busy": "a request that came while the service was at work on as many as it takes",
    "too-slow": "a question whose answer takes longer than the service waits",
    # files of other tools
    "xml-syntax": "a file that is not XML, or that declares a DOCTYPE",
    "not-dmn": "a file that is not a decision model, or one without a decision table that can be taken over",
    "unsayable": "a part of a model of another tool that no rulebook can say",
    # what other programs wrote
    "no-sheets": "no packages to read or write workbooks with",
    "bad-workbook": "a file that is no workbook",
    "refused-content": "a workbook that holds more than sheets: macros, links, entities",
    "not-a-table": "a sheet of another program that holds no table of rules",
    "unfit-sheet": "a sheet that is not as it was exported, or changed where it only tells",
    # the machine
    "unknown-rulebook": "a name that is neither a shipped rulebook nor a path",
    "no-git": "no git to read a commit with",
    "unknown-revision": "a commit, or a path in it, that git does not know",
    "unsound-revision": "a rulebook that was committed with mistakes",
    "unknown-check": "a code that is that of no check",
    "unknown-rule": "a rule id that the rulebook does not hold",
    "clock-unset": "a clock of the machine at which durable-rules would fail: before 1970, or in its first day",
    "engine-missing": "durable-rules is not installed or was built for another Python",
}
"""Every problem code with the mistake it stands for; the only list of them."""

MAX_PROBLEMS = 200
"""The most that are listed for one input: nobody reads more, and a malicious file gets no endless answer."""
MAX_WORD = 60
"""The longest word that is compared, in characters, and"""
MAX_KNOWN = 5_000
"""the most words that it is compared with: the search takes time for each."""


class Span(NamedTuple):
    """A place in an input: a file or option and, if known, a line and column counted from 1.

    In a CSV file, `line` is the record, counted from 1, and `field` the name of the column, if known.
    """

    source: str
    line: int | None = None
    column: int | None = None
    field: str | None = None

    def __str__(self) -> str:
        place = ":".join(visible(str(part)) for part in (self.source, self.line, self.column) if part is not None)
        return f"{place}, {visible(self.field)}" if self.field else place

    def to_dict(self) -> dict[str, str | int | None]:
        place: dict[str, str | int | None] = {"file": self.source, "line": self.line, "column": self.column}
        return {**place, "field": self.field} if self.field else place


class Sentence(str):
    """A sentence in English, or a part of one, that knows how it was made, so that it can be said in another language.

    The pattern is one of `str.format`. A part may be a sentence itself; anything else is the user's own words, none of
    which breaks a line or controls a terminal.
    """

    pattern: str
    parts: Mapping[str, object]

    def __new__(cls, pattern: str, /, **parts: object) -> Self:
        shown = {
            name: visible(part) if isinstance(part, str) and not isinstance(part, Sentence) else part
            for name, part in parts.items()
        }
        sentence = super().__new__(cls, pattern.format(**shown))
        sentence.pattern, sentence.parts = pattern, shown
        return sentence

    def __str__(self) -> Self:
        return self  # as `str` would make of it, too: an exception that holds a sentence gives it back whole


class Problem(NamedTuple):
    """One mistake of a user: a code from CODES, a one-line message, its place, and a hint at the cure."""

    code: str
    message: Sentence
    span: Span | None = None
    hint: Sentence | None = None

    def __str__(self) -> str:
        return str(self.sentence())

    def sentence(self) -> Sentence:
        """The problem as people read it: its place, what is wrong and, below that, the cure."""
        where = Sentence("{place}: ", place=str(self.span)) if self.span else ""
        if self.hint is None:
            return Sentence("{where}{message}", where=where, message=self.message)
        return Sentence("{where}{message}\n  hint: {hint}", where=where, message=self.message, hint=self.hint)

    def in_python(self) -> Sentence:
        """The problem as people read it who are at no terminal."""
        span = self.span._replace(source=PLACES.get(self.span.source, self.span.source)) if self.span else None
        return self._replace(span=span, hint=self._hint(IN_PYTHON)).sentence()

    def at_a_terminal(self) -> Sentence:
        """The problem as people read it who type commands."""
        return self._replace(hint=self._hint(AT_A_TERMINAL)).sentence()

    def _hint(self, here: Mapping[str, str]) -> Sentence | None:
        """The hint in the pattern that is said here in place of its own."""
        pattern = here.get(self.hint.pattern) if self.hint else None
        return type(self.hint)(pattern, **self.hint.parts) if self.hint and pattern else self.hint


class WhytuneError(Exception):
    """The problems found in one input, in the order of their places: all of them, or the first MAX_PROBLEMS."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        more = Problem(
            "too-many-problems",
            Sentence("more than {count} problems", count=MAX_PROBLEMS),
            None,
            Sentence("here are the first; mend them, then look again"),
        )
        unique = dict.fromkeys(problems)
        has_more = more in unique
        shown = sorted((problem for problem in unique if problem != more), key=lambda problem: _order(problem.span))
        if has_more or len(shown) > MAX_PROBLEMS:
            shown = [more, *shown[:MAX_PROBLEMS]]
        self.problems = tuple(shown)
        super().__init__("\n".join(str(problem.in_python()) for problem in self.problems))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickles the problems themselves, so that a failing worker can hand them to the process that waits for it."""
        return __newobj__, (type(self), *self.args), {"problems": self.problems}

    def _render_traceback_(self) -> list[str]:
        """What IPython shows of it in a notebook: the problems, without the frames through which they came."""
        return [f"{type(self).__name__}: {self}"]

    @property
    def is_too_large(self) -> bool:
        """Is the only thing wrong that the exact answer would take too long?"""
        return all(problem.code in ("diagram-too-large", "search-too-large") for problem in self.problems)


class EngineDisagreement(Exception):
    """durable-rules, the reference meaning and the diagram differ: a defect of whytune, never an answer."""


def did_you_mean(word: str, words: Iterable[str]) -> Sentence | None:
    """The hint that names the known word closest to this one, or None when none is close."""
    close = closest(word, words)
    return Sentence("did you mean `{close}`?", close=close) if close else None


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The known word most like this one, if any is close enough."""
    words = frozenset(candidate for candidate in candidates if len(candidate) <= MAX_WORD)
    return None if len(word) > MAX_WORD or len(words) > MAX_KNOWN else _most_like(word.lower(), words)


@lru_cache(maxsize=256)
def _most_like(word: str, words: frozenset[str]) -> str | None:
    """Remembered, since rows and records repeat a mistake thousands of times."""
    import difflib  # here, so that only a mistake pays for it

    matches = difflib.get_close_matches(word, sorted(words), n=1, cutoff=0.6)
    return matches[0] if matches else None


def short(text: str) -> str:
    """The text in a form fit for a message: on one line, visible, at most 40 characters."""
    return visible(text if len(text) <= 40 else text[:37] + "...")


def visible(text: str) -> str:
    """The text on one line, with an escape for each character that a terminal would not show."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text)


def listing(words: Iterable[str]) -> str:
    """The words as a list in a message: at most the first twenty."""
    shown = list(words)
    return ", ".join(map(short, shown[:20])) + (", ..." if len(shown) > 20 else "")


def together(words: Iterable[str]) -> Sentence:
    """The words joined in a message that means all of them: at most the first twenty."""
    first, *others = _begun(words)
    return reduce(lambda so_far, word: Sentence("{so_far} and {word}", so_far=so_far, word=word), others, first)


def either(words: Iterable[str]) -> Sentence:
    """The words joined in a message that means any one of them: at most the first twenty."""
    first, *others = _begun(words)
    return reduce(lambda so_far, word: Sentence("{so_far} or {word}", so_far=so_far, word=word), others, first)


def _begun(words: Iterable[str]) -> list[Sentence]:
    return [Sentence("{word}", word=word) for word in listing(words).split(", ")]


def _order(span: Span | None) -> tuple[str, int, int]:
    return (span.source, span.line or 0, span.column or 0) if span else ("", 0, 0)
