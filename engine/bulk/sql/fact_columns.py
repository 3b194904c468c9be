"""The columns of a table -> for every fact, an expression for the number of the situation that a row is in.

A yes_no fact is a truth value or a text, a choice a text, a number a number or a text of one; a member of `choices` has
a column of its own, such as `needs.speed`. In an open list, every text that is not a value is `other`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from ...language.intervals import OTHER
from ...language.open_list import looks
from ...language.problems import Problem, Sentence, WhytuneError, listing
from ...language.vocabulary import YES_NO, Fact, Vocabulary, member
from ..row_answers import Bulk
from .dialects import Dialect
from .layers import FALSE, SqlText, case, number, sql
from .number_columns import CaseWay, NumberColumns
from .situations import FactSituations

TASK = "task"
"""The name of a row of the table in the statement."""


def column_of_facts(bulk: Bulk, dialect: Dialect, columns: Iterable[str] | None) -> dict[str, str]:
    """The column of every fact that a table with these columns gives; by default, of every one that may matter.

    Raises WhytuneError: unknown-fact, contradiction, wrong-type, duplicate-key.
    """
    vocabulary = bulk.vocabulary
    mapped = {fact: column for column, fact in bulk.named.items()}
    if columns is None:
        plain = [fact.fact for fact in vocabulary.facts if fact.used_for is None and fact.fact not in mapped]
        named = [*mapped.values(), *plain]
    else:
        named = [*columns]
        bulk.check_columns(named)
    given = {fact: column for column in named if (fact := bulk.fact_of(column)) is not None}
    for fact in given:
        if fact not in vocabulary.domains:
            members = listing(member(vocabulary.by_name[fact], value) for value in vocabulary.by_name[fact].values)
            message = Sentence("`{fact}` takes several values, of which SQL reads each in a column", fact=fact)
            hint = Sentence("give it as {columns}", columns=members)
            raise WhytuneError([Problem("wrong-type", message, None, hint)])
    _check_apart(dialect, [*(named if columns is not None else given.values()), *bulk.columns])
    return given


def _check_apart(dialect: Dialect, columns: Iterable[str]) -> None:
    """Raises WhytuneError: duplicate-key, if two columns have one name in the database; many read `A` like `a`."""
    written: dict[str, str] = {}
    for column in columns:
        if written.setdefault(dialect.column(column).lower(), column) != column:
            raise WhytuneError([Problem("duplicate-key", Sentence("two columns are called `{name}`", name=column))])


class FactColumns:
    """How the facts of a vocabulary are read: `columns` has the column of every fact that has one.

    `numbers` has, for every fact, an expression for the number of one of its `situations`; `contradictions`, for every
    two numbers that may contradict each other, an expression that is 1 if they do, else 0. A fact that is not among
    those `tested` is read for its mistakes alone.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        dialect: Dialect,
        columns: Mapping[str, str],
        tested: Collection[str],
        *,
        assume: bool,
    ) -> None:
        self.dialect, self._columns = dialect, columns
        self._numbers = NumberColumns(vocabulary, dialect, self._column)
        self.situations = {
            name: FactSituations(domain, assume, is_tested=name in tested)
            for name, domain in vocabulary.domains.items()
        }
        self.numbers = {name: self._number(vocabulary.by_name[name]) for name in vocabulary.domains}
        pairs = {pair: self._numbers.is_beyond(*pair) for pair in vocabulary.orders}
        self.contradictions = {
            pair: case([(beyond, number(1))], number(0)) for pair, beyond in pairs.items() if beyond != FALSE
        }

    def _column(self, fact: str) -> SqlText | None:
        name = self._columns.get(fact)
        return None if name is None else SqlText(f"{TASK}.{self.dialect.column(name)}")

    def _number(self, fact: Fact) -> SqlText:
        situations = self.situations[fact.fact]
        if fact.is_number:
            return self._numbers.situation(situations)
        column = self._column(fact.fact)
        return number(situations.nothing()) if column is None else self._read_text(situations, column)

    def _read_text(self, situations: FactSituations, column: SqlText) -> SqlText:
        fact, written = situations.domain.fact, sql(f"CAST({{}} AS {self.dialect.text})", column)
        trimmed = sql(self.dialect.trimmed, written)
        compared = sql("LOWER({})", written) if fact.kind == "yes_no" else trimmed
        blank = sql("{} IS NULL OR {} = ''", column, trimmed)
        return case(
            [
                *(self._at_once(situations, column, written) if self.dialect.tries else ()),
                *((_is_one(compared, words), number(at)) for at, words in self._words(situations).items()),
                (blank, number(situations.nothing())),
                (sql("{} = 'unknown'", written), number(situations.unsaid)),
                *(self._other_texts(situations, trimmed) if fact.is_open else ()),
            ],
            number(situations.mistake("unknown-value")),
        )

    def _at_once(self, situations: FactSituations, column: SqlText, written: SqlText) -> Iterator[CaseWay]:
        """What most rows say of a fact, found without a change to any letter."""
        yield sql("{} IS NULL", column), number(situations.nothing())
        for word in situations.domain.fact.values or YES_NO:
            yield sql(f"{{}} = '{word}'", written), number(situations.saying(word))

    def _other_texts(self, situations: FactSituations, written: SqlText) -> Iterator[tuple[SqlText, SqlText]]:
        """Every other text says `other`, except one that looks like a value and one that may name several."""
        plain = written
        for between in (" ", "_", "-"):
            plain = sql(f"REPLACE({{}}, '{between}', '')", plain)
        alike = _is_one(sql("LOWER({})", plain), looks(situations.domain.fact))
        on_purpose = sql(f"SUBSTR({{}}, 1, {len(OTHER) + 1}) = '{OTHER}:'", written)
        several = sql("({} LIKE '%|%' OR SUBSTR({}, 1, 4) = 'not ')", written, written)
        other = number(situations.saying(OTHER))
        yield on_purpose, other
        yield sql("NOT ({} OR {})", alike, several), other

    def _words(self, situations: FactSituations) -> dict[int, list[str]]:
        """Every text that says something about the fact, by the number of the situation that it leads to."""
        fact = situations.domain.fact
        truths = self.dialect.truths if fact.kind == "yes_no" else {}
        names = [*fact.values, *(group.group for group in fact.groups)]
        words: dict[int, list[str]] = {}
        for word, value in (truths or dict(zip(names, names, strict=True))).items():
            words.setdefault(situations.saying(value), []).append(word)
        return words


def _is_one(column: SqlText, words: Iterable[str]) -> SqlText:
    """Is the text one of these?"""
    listed = [f"'{word}'" for word in words]
    return sql(f"{{}} = {listed[0]}" if len(listed) == 1 else f"{{}} IN ({', '.join(listed)})", column)
