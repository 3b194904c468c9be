"""Which columns each sheet has: their names, their labels, what they may hold and where that belongs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, cast, get_args

from whytune.engine.language.loading.cells import ANYTHING
from whytune.engine.language.rulebook import REFER, RuleTable
from whytune.engine.language.source import KeyPath, Map, Node, Scalar
from whytune.engine.language.vocabulary import Subject
from whytune.engine.words.catalogue import Family
from whytune.engine.words.speaker import Speaker

from .workbook import CellShape, SheetColumn

ColumnWord = Literal[
    "fact",
    "kind",
    "value",
    "band",
    "decision",
    "option",
    "document",
    "file",
    "besides",
    "label",
    "ask",
    "help",
    "evidence",
    "unit",
    "assume",
    "changeable",
    "cut_at",
    "values",
    "title",
    "edition",
    "link",
    "date",
    "seen_on",
    "id",
    "because",
    "conclude",
    "propose",
    "rule_out",
    "caution",
    "source",
    "source_document",
    "source_place",
    "source_quote",
    "case",
    "as_of",
    "example",
    "owner",
    "reviewed_on",
    "keep",
    "status",
    "possible",
    "not_because",
    "ruled_out",
    "cautions",
    "flips",
]
"""The columns that whytune has words for."""
_HEADINGS = Family[ColumnWord]("sheet")

MAX_OFFERS = 60
"""The most that a list to choose from offers; nobody scrolls through more."""

OPEN = "open"
"""How a case says that nothing is decided."""

_EFFECTS = ("propose", "rule_out", "caution")
_EXPECTED = ("status", "possible", "because", "not_because", "ruled_out", "cautions", "flips")
_WIDE = 48


class Columns:
    """The columns of sheets about one rulebook, for readers of one language."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        self.rulebook = speaker.rulebook
        self.languages = self.rulebook.languages

    def facts(self) -> tuple[SheetColumn, ...]:
        return (
            *(self._fixed(name) for name in ("fact", "kind")),
            *self._texts("label", 28),
            *self._texts("ask", _WIDE),
            *self._texts("help", _WIDE),
            *self._texts("evidence", _WIDE),
            *self._texts("unit", 12),
            self._plain("assume", "names"),
            self._plain("changeable", offers=("yes", "no", "with_effort")),
        )

    def labels(self) -> tuple[SheetColumn, ...]:
        return (self._fixed("fact"), self._fixed("value"), *self._texts("label", 40, ()))

    def bands(self) -> tuple[SheetColumn, ...]:
        return (
            *(self._fixed(name) for name in ("fact", "band")),
            self._plain("cut_at", "list", 24),
            self._fixed("values", 32),
            *self._texts("label", 28),
            *self._texts("ask", _WIDE),
        )

    def options(self) -> tuple[SheetColumn, ...]:
        return (self._fixed("decision"), self._fixed("option"), *self._texts("label", 40))

    def documents(self) -> tuple[SheetColumn, ...]:
        names = ("edition", "link", "date", "seen_on")
        return (self._fixed("document"), *self._texts("title", _WIDE), *(self._plain(name, width=20) for name in names))

    def of_table(self, table: RuleTable) -> tuple[SheetColumn, ...]:
        """The columns that a table has, in its order."""
        return tuple(self._cell(table, name, (index,)) for index, name in enumerate(table.columns))

    def of_rules(self, rules: Sequence[Map]) -> tuple[SheetColumn, ...]:
        """What the rules of one file say in cells, with what no cell can hold in the last."""
        tested = {name.text for rule in rules for name in _keys(rule.get("if"))}
        order = {name: number for number, name in enumerate(self.rulebook.subjects)}
        names = sorted(tested & set(order), key=lambda name: order[name])
        effects = [
            f"{effect}.{decision.decision}"
            for effect in _EFFECTS
            for decision in self.rulebook.decisions
            if any(decision.decision in {key.text for key in _keys(rule.get(effect))} for rule in rules)
        ]
        concluding = ["conclude"] if any(rule.get("conclude") for rule in rules) else []
        return (
            self._plain("id", width=28),
            *self._texts("title", 32),
            *(self.of_rule(f"if.{name}") for name in names),
            *(self.of_rule(name) for name in (*effects, *concluding)),
            *self._texts("because", _WIDE),
            self._plain("source.document", width=18, offers=tuple(one.document for one in self.rulebook.documents)),
            *self._texts("source.place", 28),
            *self._texts("source.quote", 28),
            self._fixed("besides", width=36),
        )

    def of_rule(self, name: str) -> SheetColumn:
        """The column of a rule by its name, for a condition or an effect."""
        head, _, rest = name.partition(".")
        if head == "if":
            return self._subject(name, self.rulebook.subjects[rest], ("if", rest))
        return self._effect(name, rest or None, (head, rest) if rest else (head,))

    def of_cases(self, cases: Iterable[Map]) -> tuple[SheetColumn, ...]:
        """What cases give and expect: the facts and decisions that any case names."""
        maps = list(cases)
        given = {key.text for case in maps for key in _keys(case.get("given"))}
        expected = {key.text for case in maps for key in _keys(case.get("expect"))}
        facts = [name for name in self.rulebook.vocabulary.by_name if name in given]
        decisions = [one for one in self.rulebook.decision if one in expected]
        return (
            self._fixed("file", width=28),
            self._plain("case", width=_WIDE),
            self._plain("as_of", width=12),
            *(self._given(name) for name in facts),
            *(self._expected(name) for name in decisions),
            *(self._expectation(name) for name in _EXPECTED if name in expected),
        )

    def _given(self, name: str) -> SheetColumn:
        fact = self.rulebook.vocabulary.by_name[name]
        subject = self.rulebook.subjects.get(name)
        shape_is_names = fact.kind == "choices"
        offers = (*(subject.values if subject else fact.values), *([] if shape_is_names else ["unknown"]))
        return SheetColumn(
            f"given.{name}",
            self.speaker.fact(name),
            ("given", name),
            "names" if shape_is_names else "text",
            18,
            () if fact.is_number else offers,
            self._legend(subject) if subject else "",
        )

    def _expected(self, decision: str) -> SheetColumn:
        known = self.rulebook.decision[decision]
        legend = self._legend(known.subject)
        path = ("expect", decision)
        return SheetColumn(
            f"expect.{decision}", self.speaker.subject(decision), path, "text", 22, known.outcomes, legend
        )

    def _expectation(self, key: str) -> SheetColumn:
        offers = ("settled", "provisional", OPEN) if key == "status" else ()
        return SheetColumn(f"expect.{key}", self._label(key), ("expect", key), "names", 22, offers)

    def _cell(self, table: RuleTable, name: str, path: KeyPath) -> SheetColumn:
        head, _, rest = name.partition(".")
        if name in self.rulebook.subjects:
            column = self._subject(name, self.rulebook.subjects[name], path)
            return column._replace(shape="row", offers=(ANYTHING, *column.offers))
        if head in (*_EFFECTS, "conclude"):
            return self._effect(name, rest or table.decision, path)._replace(shape="row")
        if name in self.rulebook.vocabulary.by_name:
            return SheetColumn(name, self.speaker.fact(name), path, "row", 18)
        return SheetColumn(name, self._label(name), path, "row", _WIDE if head in ("because", "title") else 18)

    def _subject(self, name: str, subject: Subject, path: KeyPath) -> SheetColumn:
        label = self.speaker.subject(subject.name)
        return SheetColumn(name, label, path, "names", 18, subject.named[:MAX_OFFERS], self._legend(subject))

    def _effect(self, name: str, decision: str | None, path: KeyPath) -> SheetColumn:
        """A column of options, or of conclusions."""
        if decision is None or decision not in self.rulebook.decision:
            offers = tuple(one.conclusion for one in self.rulebook.conclusions)
            return SheetColumn(name, self._label("conclude"), path, "text", 18, offers)
        known = self.rulebook.decision[decision]
        label = f"{self._label(name.partition('.')[0])}: {self.speaker.subject(decision)}"
        return SheetColumn(name, label, path, "names", 18, known.option_names[:MAX_OFFERS], self._legend(known.subject))

    def _legend(self, subject: Subject) -> str:
        """The label of each value, on a line of its own."""
        values = [value for value in subject.named if value != REFER][:MAX_OFFERS]
        return "\n".join(f"{value}: {self.speaker.subject_value(subject.name, value)}" for value in values)

    def _texts(self, name: str, width: int, path: KeyPath | None = None) -> Iterator[SheetColumn]:
        """A column for the text in every language of the rulebook."""
        for language in self.languages:
            called = f"{name}.{language}" if len(self.languages) > 1 else name
            label = self._label(name) if len(self.languages) == 1 else f"{self._label(name)} ({language})"
            where = tuple(name.split(".")) if path is None else path
            yield SheetColumn(called, label, where, "passage", width, language=language, languages=self.languages)

    def _plain(
        self, name: str, shape: CellShape = "text", width: int = 16, offers: tuple[str, ...] = ()
    ) -> SheetColumn:
        return SheetColumn(name, self._label(name), tuple(name.split(".")), shape, width, offers)

    def _fixed(self, name: str, width: int = 22) -> SheetColumn:
        """A column that only shows something."""
        return SheetColumn(name, self._label(name), (name,), "text", width, fixed=True)

    def _label(self, name: str) -> str:
        """The label of a column; its name, if whytune has no words for it."""
        key = name.replace(".", "_")
        return self.speaker.say(_HEADINGS[cast(ColumnWord, key)]) if key in get_args(ColumnWord) else name


def _keys(node: Node | None) -> tuple[Scalar, ...]:
    return tuple(key for key, _ in node.entries) if isinstance(node, Map) else ()
