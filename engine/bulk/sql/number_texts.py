"""A column of any type -> the number of each row: one that the database holds, or a text as in a case file.

A table read from a file often has texts in all its columns. Comparing a text with a number is an error in some
databases; in sqlite every text is greater than every number.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...language.numerals import MAX_NUMBER, MAX_PLACES
from .dialects import Dialect
from .layers import SqlText, both, negated, sql, text

WHOLE = "^[+-]?(0[0-9]*([.]0+)?|[1-9][0-9]*([.](00?|0000+))?)$"
"""Whole numbers; not `10.000`, which can be read as two different ones."""
DECIMAL = f"^[+-]?[0-9]+([.][0-9]{{1,{MAX_PLACES}}}0*)?$"
_CASTABLE = "^[+-]?[0-9]{1,255}([.][0-9]+)?(e[+-][0-2]?[0-9]?[0-9])?$"
"""How a database writes a finite number that it holds, or a text that it can read as one."""
LARGEST = 9_000_000_000_000_000
"""Numbers beyond this are not asked whether they are whole: not all databases could say."""


class NumberColumn:
    """A column that gives a number, a whole one if `whole`."""

    def __init__(self, column: SqlText, dialect: Dialect, *, whole: bool) -> None:
        self._column, self._dialect, self._whole = column, dialect, whole
        self._text = sql(f"CAST({{}} AS {dialect.text})", column)
        self._trimmed = sql(dialect.trimmed, self._text)
        self.value = sql(dialect.as_number, column)
        """The number of a row with nothing wrong."""

    @property
    def is_null(self) -> SqlText:
        return sql("{} IS NULL", self._column)

    def is_sound(self, least: Decimal | None, greatest: Decimal | None) -> SqlText:
        """Does the database hold a number of ordinary size in this range? Most rows do, and need no other question."""
        largest = LARGEST if self._whole else MAX_NUMBER // 10**MAX_PLACES
        low, high = (
            max(Decimal(-largest) if least is None else least, -largest),
            min(Decimal(largest) if greatest is None else greatest, largest),
        )
        tests = [sql(self._dialect.is_number, self._column), sql(f"{{}} BETWEEN {low:f} AND {high:f}", self.value)]
        if self._whole:
            tests.append(sql("FLOOR({}) = {}", self.value, self.value))  # unlike a cast, it fails for no number
        return both(tests)

    @property
    def is_blank(self) -> SqlText:
        """Does the row give nothing: NULL, a blank, or the number that others write for a missing one?"""
        return sql("{} IS NULL OR LOWER({}) IN ('', 'nan')", self._column, self._trimmed)

    @property
    def is_unknown(self) -> SqlText:
        return sql("{} = 'unknown'", self._text)

    @property
    def mistakes(self) -> Iterator[SqlText]:
        """Why a row that says something gives no number; each applies only if those before it do not."""
        is_text = negated(sql(self._dialect.is_number, self._column))
        yield both([is_text, negated(self._is_plain)])
        yield sql("NOT COALESCE({}, FALSE)", self._is_finite)
        largest = MAX_NUMBER if self._whole else MAX_NUMBER // 10**MAX_PLACES
        yield both([is_text, sql(f"ABS({{}}) > {largest}", self.value)])

    @property
    def finite(self) -> SqlText:
        """The number of any row; NULL if it gives none, and anything if the row has a mistake."""
        return sql("CASE WHEN {} THEN {} END", self._is_finite, self.value)

    @property
    def _is_plain(self) -> SqlText:
        """Is the text a number as in a case file?"""
        if self._dialect.matches:
            return self._matches(WHOLE if self._whole else DECIMAL)
        own = _WHOLE_GLOBS if self._whole else _DECIMAL_GLOBS
        return both(sql(glob, self._trimmed) for glob in (*_GLOBS, *own))

    @property
    def _is_finite(self) -> SqlText:
        if self._dialect.tries:
            return sql("{} - {} = 0", self.value, self.value)
        return self._matches(_CASTABLE) if self._dialect.matches else sql("{} GLOB '*[0-9]*'", self._trimmed)

    def _matches(self, pattern: str) -> SqlText:
        return sql(self._dialect.matches, self._trimmed, text(pattern))


_GLOBS = (
    "{} GLOB '*[0-9]'",
    "{} NOT GLOB '*[^0-9.+-]*'",
    "SUBSTR({}, 2) NOT GLOB '*[+-]*'",
    "LTRIM({}, '+-') GLOB '[0-9]*'",
    "{} NOT GLOB '*.*.*'",
)
"""The same without regular expressions: what is true of every plain number, and of one of some kind."""
_WHOLE_GLOBS = ("RTRIM({}, '0') NOT GLOB '*.[0-9]*'", "NOT (LTRIM({0}, '+-') GLOB '[1-9]*' AND {0} GLOB '*.000')")
_DECIMAL_GLOBS = (f"RTRIM({{}}, '0') NOT GLOB '*.{'?' * (MAX_PLACES + 1)}*'",)
