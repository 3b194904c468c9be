"""What differs from database to database: names, types, and how a query is kept from being copied into another."""

from __future__ import annotations

import re
from typing import NamedTuple

from ...language.problems import Problem, Sentence, WhytuneError, did_you_mean, listing, short
from ...language.vocabulary import YES_NO

_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")
_TABLE = re.compile(r"[^\W\d][\w$-]*(\.[^\W\d][\w$-]*){0,3}")


class Dialect(NamedTuple):
    """How one kind of database writes what others write differently.

    `kept` follows `AS` if a query would otherwise be copied into every place that uses it. A database that
    `folds_up` stores a name in lower case in upper case; in one that is `undotted`, no column's name has a dot. One
    without truth values writes them 1 and 0; one with escapes reads a backslash in a text as the beginning of one; one
    that `groups` finds an answer without reading all of them only if they are grouped. `most_columns` is the most
    columns of a query.

    `as_number` makes a number of a value that is or writes one; if it `tries`, NULL of any other, else it may fail.
    `is_number` asks whether the type of a value is one of numbers, `matches` whether a text matches a regular
    expression; it is empty if the database has none. `trimmed` is a text without blanks, tabs and breaks at its ends.
    """

    name: str
    quote: str
    text: str
    whole: str
    as_number: str
    is_number: str
    trimmed: str
    matches: str = ""
    tries: bool = False
    kept: str = ""
    folds_up: bool = False
    undotted: bool = False
    has_truths: bool = True
    has_escapes: bool = False
    groups: bool = False
    most_columns: int = 100_000

    def column(self, name: str) -> str:
        """A column's name in quotes, so that it is not taken for a word of the language."""
        plain = name.replace(".", "_") if self.undotted else name
        written = plain.upper() if self.folds_up and _PLAIN.fullmatch(plain) else plain
        return f"{self.quote}{written.replace(self.quote, self.quote * 2)}{self.quote}"

    def quoted(self, text: str) -> str:
        """Any text as a literal."""
        if self.has_escapes:
            return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
        return "'" + text.replace("'", "''") + "'"

    def table(self, name: str) -> str:
        """The name of a table, also as `schema.table`; raises WhytuneError: bad-name."""
        if not _TABLE.fullmatch(name):
            message = Sentence("`{name}` is not a name of a table", name=short(name))
            raise WhytuneError([Problem("bad-name", message, None, Sentence("for example: --table work.tasks"))])
        return ".".join(self.column(part) for part in name.split("."))

    @property
    def is_narrow(self) -> bool:
        """Does it allow fewer columns than decisions side by side may need?"""
        return self.most_columns <= 2_000

    @property
    def truths(self) -> dict[str, str]:
        """The texts, in lower case, that say yes or no."""
        words = {"yes": "yes", "true": "yes", "no": "no", "false": "no"}
        return words if self.has_truths else {**words, "1": YES_NO[0], "0": YES_NO[1]}


def dialect_of(name: str) -> Dialect:
    """The dialect with this name; raises WhytuneError: unknown-value."""
    if name not in DIALECTS:
        message = Sentence("no statement can be written for `{name}`", name=short(name))
        hint = did_you_mean(name, DIALECTS) or Sentence("it may be {names}", names=listing(DIALECTS))
        raise WhytuneError([Problem("unknown-value", message, None, hint)])
    return DIALECTS[name]


DIALECTS = {
    dialect.name: dialect
    for dialect in (
        Dialect(
            "sqlite",
            '"',
            "TEXT",
            "INTEGER",
            as_number="CAST({} AS NUMERIC)",
            is_number="TYPEOF({}) IN ('integer', 'real')",
            trimmed="TRIM({}, CHAR(32, 9, 10, 13))",
            kept="MATERIALIZED ",
            has_truths=False,
            groups=True,
            most_columns=2_000,
        ),
        Dialect(
            "duckdb",
            '"',
            "VARCHAR",
            "BIGINT",
            as_number="TRY_CAST({} AS DOUBLE)",
            is_number="REGEXP_MATCHES(TYPEOF({}), '^(U?(TINY|SMALL|BIG|HUGE)?INT|FLOAT|DOUBLE|DECIMAL)')",
            trimmed="TRIM({}, ' ' || CHR(9) || CHR(10) || CHR(13))",
            matches="REGEXP_MATCHES({}, {})",
            tries=True,
            kept="MATERIALIZED ",
        ),
        Dialect(
            "spark",
            "`",
            "STRING",
            "BIGINT",
            as_number="TRY_CAST({} AS DOUBLE)",
            is_number="TYPEOF({}) RLIKE '^((tiny|small|big)?int|float|double|decimal)'",
            trimmed="TRIM(BOTH ' \\t\\n\\r' FROM {})",
            matches="{} RLIKE {}",
            tries=True,
            has_escapes=True,
        ),
        Dialect(
            "postgres",
            '"',
            "TEXT",
            "BIGINT",
            as_number="CAST({} AS DOUBLE PRECISION)",
            is_number="CAST(PG_TYPEOF({}) AS TEXT) ~ '^(smallint|integer|bigint|real|double|numeric)'",
            trimmed="BTRIM({}, ' ' || CHR(9) || CHR(10) || CHR(13))",
            matches="{} ~ {}",
            kept="MATERIALIZED ",
            most_columns=1_600,
        ),
        Dialect(
            "bigquery",
            "`",
            "STRING",
            "INT64",
            as_number="SAFE_CAST({} AS FLOAT64)",
            is_number="JSON_TYPE(TO_JSON({})) = 'number'",
            trimmed="TRIM({}, ' \\t\\n\\r')",
            matches="REGEXP_CONTAINS({}, {})",
            tries=True,
            undotted=True,
            has_escapes=True,
            most_columns=10_000,
        ),
        Dialect(
            "snowflake",
            '"',
            "VARCHAR",
            "BIGINT",
            as_number="CAST({} AS DOUBLE)",
            is_number="TYPEOF(TO_VARIANT({})) IN ('INTEGER', 'DECIMAL', 'DOUBLE')",
            trimmed="TRIM({}, ' ' || CHR(9) || CHR(10) || CHR(13))",
            matches="REGEXP_LIKE({}, {})",
            folds_up=True,
            has_escapes=True,
        ),
    )
}
"""The databases for which a statement can be written, by name."""
