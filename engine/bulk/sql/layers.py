"""Expressions that rest on others -> a chain of queries, with each column in the first that can compute it.

A query cannot use a column that it makes itself. So a column is one layer above those that it uses, and each layer
passes on only what a later one needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ...language.problems import Problem, Sentence, WhytuneError
from .dialects import Dialect


class SqlText(NamedTuple):
    """A piece of SQL, and the columns that it uses."""

    text: str
    columns: frozenset[str] = frozenset()


TRUE, FALSE, NULL = SqlText("TRUE"), SqlText("FALSE"), SqlText("NULL")


def sql(template: str, *parts: SqlText) -> SqlText:
    """The template with an expression in each of its `{}`."""
    return SqlText(template.format(*(part.text for part in parts)), using(parts))


def using(parts: Iterable[SqlText]) -> frozenset[str]:
    """The columns that these use."""
    return frozenset[str]().union(*(part.columns for part in parts))


def both(parts: Iterable[SqlText]) -> SqlText:
    """All of these hold, or unknown, as in SQL."""
    return _joined("AND", parts, TRUE, FALSE)


def either(parts: Iterable[SqlText]) -> SqlText:
    """One of these holds, or unknown, as in SQL."""
    return _joined("OR", parts, FALSE, TRUE)


def negated(part: SqlText) -> SqlText:
    """The opposite, or unknown, as in SQL."""
    return FALSE if part == TRUE else TRUE if part == FALSE else sql("NOT ({})", part)


def is_unknown(part: SqlText) -> SqlText:
    """Is it NULL?"""
    return sql("{} IS NULL", part) if part.columns else FALSE


def among(part: SqlText, numbers: Iterable[int]) -> SqlText:
    """Is it one of these numbers?"""
    listed = sorted(numbers)
    if not listed:
        return FALSE
    text = f"= {listed[0]}" if len(listed) == 1 else f"IN ({', '.join(map(str, listed))})"
    return SqlText(f"{part.text} {text}", part.columns)


def case(ways: Iterable[tuple[SqlText, SqlText]], otherwise: SqlText = NULL) -> SqlText:
    """The value of the first of these conditions that holds."""
    pairs = [(condition, value) for condition, value in ways if condition != FALSE]
    if not pairs or pairs[0][0] == TRUE:
        return pairs[0][1] if pairs else otherwise
    whens = " ".join(f"WHEN {condition.text} THEN {value.text}" for condition, value in pairs)
    text = f"CASE {whens}{'' if otherwise == NULL else f' ELSE {otherwise.text}'} END"
    return SqlText(text, using((*(part for pair in pairs for part in pair), otherwise)))


def number(value: int) -> SqlText:
    return SqlText(str(value))


def text(value: str) -> SqlText:
    """A name of a rulebook, or another text without quotes and backslashes, as SQL writes it."""
    return SqlText(f"'{value}'")


def listed(names: Mapping[str, SqlText]) -> SqlText:
    """The names whose conditions hold, in order, with `|` between them; empty if none does."""
    pieces = [case([(condition, text(f"|{name}"))], text("")) for name, condition in names.items()]
    pieces = pieces or [text("")]
    return sql(f"SUBSTR({' || '.join('{}' for _ in pieces)}, 2)", *pieces)


LAYER = "whytune_layer_"
"""The name of each query, with its number."""


class Layers:
    """Columns built on those of a first query, `base`, all of which every row has."""

    def __init__(self, base: Iterable[str]) -> None:
        self._depth = dict.fromkeys(base, 0)
        self._made: dict[str, SqlText] = {}  # name -> what it is
        self._names: dict[str, str] = {}  # text -> name
        self._floor = 0

    def column(self, expression: SqlText) -> SqlText:
        """A column that holds this; what is already a column, or the same in every row, stays as it is."""
        if not expression.columns or expression.text in expression.columns:
            return expression
        name = self._names.get(expression.text)
        if name is None:
            name = self._names[expression.text] = f"v{len(self._made)}"
            self._made[name] = expression
            self._depth[name] = 1 + max((self._depth[used] for used in expression.columns), default=0)
            self._depth[name] = max(self._floor, self._depth[name])
        return SqlText(name, frozenset((name,)))

    def raise_floor(self) -> None:
        """Puts what is made from here on above everything made before: more layers, each with fewer columns."""
        self._floor = 1 + max(self._depth.values(), default=0)

    def queries(
        self, dialect: Dialect, first: str, kept: Mapping[str, SqlText], last: str, after: str = ""
    ) -> Iterator[str]:
        """The common table expressions after that called `first`; the `last` has the columns `kept`, and ends `after`.

        Raises WhytuneError: diagram-too-large, if one would have more columns than the database allows.
        """
        top = 1 + max((self._depth[used] for used in using(kept.values())), default=0)
        until = self._last_uses(kept, top)
        source = first
        for depth in range(1, top):
            handed_on = [name for name in self._depth if self._depth[name] < depth < until.get(name, 0)]
            new = [name for name in self._made if self._depth[name] == depth and name in until]
            columns = [*handed_on, *(f"{self._made[name].text} AS {name}" for name in new)]
            if len(columns) > dialect.most_columns:
                raise _too_wide(dialect, len(columns))
            query = f"{LAYER}{depth}"
            yield f"{query} AS {dialect.kept}(SELECT {', '.join(columns)} FROM {source})"
            source = query
        columns = [f"{expression.text} AS {name}" for name, expression in kept.items()]
        yield f"{last} AS {dialect.kept}(SELECT {', '.join(columns)} FROM {source}{after})"

    def _last_uses(self, kept: Mapping[str, SqlText], top: int) -> dict[str, int]:
        """The last layer that needs each column; columns that nothing needs are left out."""
        until = dict.fromkeys(using(kept.values()), top)
        for name in sorted(self._made, key=self._depth.__getitem__, reverse=True):
            if name in until:
                for used in self._made[name].columns:
                    until[used] = max(until.get(used, 0), self._depth[name])
        return until


def _too_wide(dialect: Dialect, count: int) -> WhytuneError:
    message = Sentence(
        "the statement has a query of {count:,} columns, and {database} takes {most:,}",
        count=count,
        database=dialect.name,
        most=dialect.most_columns,
    )
    hint = Sentence("write it for another database, or split the rulebook")
    return WhytuneError([Problem("diagram-too-large", message, None, hint)])


def _joined(word: str, parts: Iterable[SqlText], neutral: SqlText, absorbing: SqlText) -> SqlText:
    left = [part for part in dict.fromkeys(parts) if part != neutral]
    if absorbing in left or not left:
        return absorbing if left else neutral
    return left[0] if len(left) == 1 else sql(f" {word} ".join("({})" for _ in left), *left)
