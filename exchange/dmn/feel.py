"""The entries of decision tables, written in FEEL -> the tests that they are; anything else is refused.

These are S-FEEL's unary tests, with lists, either bound of a range open, `not(...)`, `null`, `? > 5` and `? in (1, 2)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Literal, NamedTuple

from whytune.engine.language.problems import Sentence, short
from whytune.engine.language.text import BadValue, read_number


class Nothing(Enum):
    """FEEL's `null`."""

    NULL = "null"

    def __repr__(self) -> str:
        return "null"


NULL = Nothing.NULL
FeelValue = str | Decimal | bool | date | Nothing

ComparisonSign = Literal["<", "<=", ">", ">=", "=", "!="]


class Compare(NamedTuple):
    """A comparison with a value; a value alone is one with `=`."""

    operator: ComparisonSign
    value: FeelValue


class Within(NamedTuple):
    """A range, with or without each of its ends."""

    low: FeelValue
    takes_low: bool
    high: FeelValue
    takes_high: bool


class Tests(NamedTuple):
    """What an entry asks: one of these tests or, if `negated`, none of them. Without tests, it asks nothing."""

    some: tuple[Compare | Within, ...] = ()
    negated: bool = False

    @classmethod
    def of(cls, value: FeelValue) -> Tests:
        """The test of a value alone."""
        return cls((Compare("=", value),))

    def values(self) -> Iterator[FeelValue]:
        """Every value that occurs in it."""
        for test in self.some:
            yield from (test.value,) if isinstance(test, Compare) else (test.low, test.high)

    def exact_values(self) -> Iterator[FeelValue]:
        """The values that it names by themselves, not as the end of a stretch."""
        exact = ("=", "!=")
        return (test.value for test in self.some if isinstance(test, Compare) and test.operator in exact)

    def holds(self, value: FeelValue) -> bool:
        """Does it hold for this value? For values of another type, no test does."""
        return not self.some or any(_holds(test, value) for test in self.some) is not self.negated


class Unsayable(Exception):
    """Something that a rulebook cannot say: what it is, and what to do instead."""

    def __init__(self, what: Sentence, cure: Sentence) -> None:
        super().__init__(what)
        self.what, self.cure = what, cure


NO_TESTS = Tests()

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<text>"(?:[^"\\]|\\.)*")
    | date\s*\(\s*"(?P<day>[^"]*)"\s*\)
    | date\ and\ time\s*\(\s*"(?P<midnight>\d{4}-\d\d-\d\d)T00:00(?::00)?"\s*\)
    | date\s*\(\s*(?P<numbers>\d{1,4}\s*,\s*\d{1,2}\s*,\s*\d{1,2})\s*\)
    | @"(?P<at>\d{4}-\d\d-\d\d)"
    | (?P<number>-?\s*(?:\d+(?:\.(?!\.)\d+)?|\.\d+))
    | (?P<word>(?:true|false|null|not|in|-)(?![\w.]))
    | (?P<sign><=|>=|!=|\.\.|[<>=()\[\],?])
    )""",
    re.VERBOSE,
)
_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_WORDS: dict[str, FeelValue] = {"true": True, "false": False, "null": NULL}
MAX_ENTRY = 4_000
"""The most characters of an entry."""


@lru_cache(maxsize=1024)  # an output's allowed values are read for each of its results
def read_tests(text: str) -> Tests:
    """The tests of an input entry; raises Unsayable."""
    text = _uncommented(text)
    if text in ("", "-"):
        return NO_TESTS
    tokens = _Tokens(text)
    negated = tokens.take("not") is not None
    if negated:
        tokens.need("(")
    tests = [*_alternatives(tokens)]
    if negated:
        tokens.need(")")
    tokens.end()
    if tests == [Compare("!=", NULL)]:  # the only test of null that is no value
        return Tests(Tests.of(NULL).some, not negated)
    return Tests(tuple(tests), negated)


def read_value(text: str) -> FeelValue:
    """The value of an output entry; raises Unsayable."""
    tokens = _Tokens(_uncommented(text))
    value = tokens.value()
    tokens.end()
    return value


def _uncommented(text: str) -> str:
    """The text without what FEEL takes for comments."""
    return _COMMENT.sub(lambda match: match[1] or " ", text[: MAX_ENTRY + 1]).strip()


def read_values(text: str) -> tuple[FeelValue, ...]:
    """The values that a list of allowed values names; raises Unsayable if it has ranges."""
    tests = read_tests(text).some
    if not all(isinstance(test, Compare) and test.operator == "=" for test in tests):
        raise beyond(text)
    return tuple(value for value in Tests(tests).values() if value is not NULL)


_SPELLINGS = (
    (r"[“”„‟«»‘’']", Sentence("put texts in straight double quotes")),
    (r"^[–—*]+$", Sentence("write `-` for anything")),
    (r"^(?i:true|false)$", Sentence("write `true` and `false` in small letters")),
    (r"==|=<|=>|<>|≤|≥|≠", Sentence("FEEL writes `=`, `<=`, `>=` and `!=`")),
    (r"^-?[\d.]+?\s*\.\.\s*-?[\d.]+$", Sentence("write a range in brackets: `[1..5]`")),
    (r"\d\s*%|\d[eE][-+]?\d|(?:^|[<>=,])\s*\+\s*\d", Sentence("write numbers in plain digits, a share as `0.05`")),
    (r"[$#]\{", Sentence("write it in FEEL")),
)
"""How people and other languages write what FEEL writes otherwise, and how that is."""


def beyond(text: str) -> Unsayable:
    """The message about an expression that is not a test of values."""
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)
    if re.search(r"\b(?:time|duration)\b|@\"", bare):
        cure = Sentence("give what the table asks as a yes/no fact")
        return Unsayable(Sentence("`{text}` is about a time or a duration", text=short(text)), cure)
    joined = re.sub(r"\b(?:and|or|in|between|not)\b", "?", bare)
    if re.search(r"[\w)\"]\s*(?:[-+*/(]|\*\*)|\bif\b|\bfor\b|\bsome\b|\bevery\b", joined):
        cure = Sentence("give what it comes to as a fact, or whether it holds as a yes/no fact")
        return Unsayable(Sentence("`{text}` is computed", text=short(text)), cure)
    if "?" in joined:
        cure = Sentence("write tests of which one must hold, without such words: `[5..10]`, `< 5, > 10`, `not(5)`")
        return Unsayable(Sentence("`{text}` combines tests in words", text=short(text)), cure)
    if (spelling := next((cure for pattern, cure in _SPELLINGS if re.search(pattern, bare)), None)) is not None:
        return Unsayable(Sentence("`{text}` is not a test of FEEL", text=short(text)), spelling)
    cure = Sentence("give the comparison as a yes/no fact")
    if re.search(r"(?<!\w)[^\W\d]", bare):
        if re.fullmatch(r"[\w ]+", bare):
            cure = Sentence("put a text in double quotes; give a comparison as a yes/no fact")
        return Unsayable(Sentence("`{text}` compares with another input", text=short(text)), cure)
    return Unsayable(Sentence("`{text}` is not a test of FEEL", text=short(text)), cure)


def _alternatives(tokens: _Tokens) -> Iterator[Compare | Within]:
    yield from _test(tokens)
    while tokens.take(","):
        yield from _test(tokens)


def _test(tokens: _Tokens) -> Iterator[Compare | Within]:
    """One test of what the column asks about; FEEL may name that as `?`, and say that it is `in` something."""
    is_named = tokens.take("?") is not None
    is_in = is_named and tokens.take("in") is not None
    if is_in and not tokens.are_ahead("(", ..., "..") and tokens.take("("):
        yield from _alternatives(tokens)
        tokens.need(")")
        return
    for operator in ("<=", ">=", "!=", "<", ">", "="):
        if tokens.take(operator):
            yield Compare(operator, tokens.value())
            return
    opening = next((bracket for bracket in ("[", "(", "]") if tokens.take(bracket)), None)
    if is_named and not (is_in and opening):
        raise beyond(tokens.text)
    first = tokens.value()
    if opening is None:
        yield Compare("=", first)
    elif tokens.take(".."):
        last = tokens.value()
        closing = next((bracket for bracket in ("]", ")", "[") if tokens.take(bracket)), None)
        if closing is None:
            raise beyond(tokens.text)
        yield Within(first, opening == "[", last, closing == "]")
    else:
        yield Compare("=", first)
        while opening == "[" and tokens.take(","):
            yield Compare("=", tokens.value())
        tokens.need("]" if opening == "[" else ")")


class _Tokens:
    """The words of an entry, taken from left to right; raises Unsayable for one that is not ours."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_ENTRY:
            cure = Sentence("divide it into several rows")
            raise Unsayable(Sentence("an entry of more than {most:,} letters", most=MAX_ENTRY), cure)
        self.text, self.at = text, 0
        self.words: list[str | tuple[FeelValue]] = []
        while self.at < len(text):
            match = _TOKEN.match(text, self.at)
            if match is None:
                raise beyond(text)
            self.at = match.end()
            self.words.append(_word(match, text))
        self.at = 0

    def take(self, word: str) -> str | None:
        """The next word, if it is this one."""
        if self.at < len(self.words) and self.words[self.at] == word:
            self.at += 1
            return word
        return None

    def are_ahead(self, *words: object) -> bool:
        """Are these the next words? `...` stands for any word."""
        ahead = self.words[self.at : self.at + len(words)]
        return len(ahead) == len(words) and all(word in (..., other) for word, other in zip(words, ahead, strict=True))

    def need(self, word: str) -> None:
        if self.take(word) is None:
            raise beyond(self.text)

    def value(self) -> FeelValue:
        word = self.words[self.at] if self.at < len(self.words) else ""
        if isinstance(word, str):
            raise beyond(self.text)
        self.at += 1
        return word[0]

    def end(self) -> None:
        if self.at < len(self.words):
            raise beyond(self.text)


def _word(match: re.Match[str], text: str) -> str | tuple[FeelValue]:
    """A sign as it is, or a value in a tuple."""
    if (written := match["text"]) is not None:
        return (re.sub(r"\\(u[0-9a-fA-F]{4}|.)", _unescaped, written[1:-1], flags=re.DOTALL),)
    for day in (match["day"], match["midnight"], match["numbers"], match["at"]):
        if day is not None:
            return (_day(day),)
    if match["number"] is not None:
        return (_number(match["number"]),)
    word = match["word"] or match["sign"]
    return (_WORDS[word],) if word in _WORDS else word


def _day(text: str) -> date:
    """The day written as `2026-03-31` or `2026, 3, 31`; raises Unsayable."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return date.fromisoformat(text)
        year, month, day = map(int, text.split(","))
        return date(year, month, day)
    except ValueError:
        cure = Sentence('write a day that there is, as `date("2026-03-31")`')
        raise Unsayable(Sentence("`{text}` is not a day of the calendar", text=short(text)), cure) from None


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    return chr(int(code[1:], 16)) if len(code) > 1 else _ESCAPES.get(code, code)


def _number(text: str) -> Decimal:
    text = "".join(text.split())
    plain = re.sub(r"^(-?)\.", r"\g<1>0.", text)
    try:
        return read_number(plain, whole=False)
    except BadValue as bad:
        raise Unsayable(bad.message, Sentence("round it, or give the comparison as a yes/no fact")) from None


def _holds(test: Compare | Within, value: FeelValue) -> bool:
    if isinstance(test, Within):
        low = ">=" if test.takes_low else ">"
        high = "<=" if test.takes_high else "<"
        return _compares(value, low, test.low) and _compares(value, high, test.high)
    return _compares(value, test.operator, test.value)


def _compares(value: FeelValue, operator: str, other: FeelValue) -> bool:
    if operator in ("=", "!="):
        return (type(value) is type(other) and value == other) is (operator == "=")
    if isinstance(value, bool | Nothing) or type(value) is not type(other):
        return False
    less, equal = value < other, value == other  # type: ignore[operator]
    return {"<": less, "<=": less or equal, ">": not less and not equal, ">=": not less}[operator]
