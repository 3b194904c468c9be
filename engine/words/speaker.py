"""What the parts of a rulebook are called in one language, for everything that writes prose or draws labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from ..language.citations import Source
from ..language.intervals import OTHER, Interval, OtherText, PartlyKnown, joined_intervals
from ..language.problems import Problem, Sentence, WhytuneError, did_you_mean, listing, short
from ..language.rulebook import NOT_APPLICABLE, REFER, Rulebook
from ..language.text import pick
from ..language.value import assumed
from ..language.vocabulary import YES_NO, Band, Fact, FactKind
from .catalogue import Family, phrase
from .values import cited, interval, number, piece, true_label, within
from .values import value as value_of_fact


def language_among(owner: Sentence, languages: Sequence[str], language: str | None) -> str:
    """The language asked for, or the first of these; raises WhytuneError, unknown-language, naming what has them."""
    if language is None:
        return languages[0]
    if language not in languages:
        hint = did_you_mean(language, languages) or Sentence("it speaks {known}", known=listing(languages))
        message = Sentence("{speaker} has no texts in `{language}`", speaker=owner, language=short(language))
        raise WhytuneError([Problem("unknown-language", message, None, hint)])
    return language


def language_or_first(languages: Sequence[str], language: str | None) -> str:
    """The language asked for if it is one of these, else the first of them."""
    return languages[0] if language is None or language not in languages else language


_KINDS = Family[FactKind]("kind")


class Speaker:
    """Names facts, values, options and rules of one rulebook by their titles in one language."""

    def __init__(self, rulebook: Rulebook, language: str) -> None:
        self.rulebook = rulebook
        self.language = language

    def __repr__(self) -> str:
        return f"<Speaker of {self.rulebook.name} in {self.language}>"

    def say(self, key: str, /, **parts: str) -> str:
        """One of whytune's own phrases."""
        return phrase(key, self.language, **parts)

    def text(self, text: Mapping[str, str] | None) -> str:
        return pick(text, self.language) if text else ""

    def fact(self, name: str) -> str:
        return self.text(self.rulebook.vocabulary.by_name[name].label)

    def fact_of_list(self, name: str) -> str:
        """A fact that stands alone: one of the values of a list is told with the name of the list."""
        whole = name.partition(".")[0]
        return self.fact(name) if whole == name else self.say("within", value=self.fact(name), bounds=self.fact(whole))

    def kind(self, fact: Fact) -> str:
        """What a fact may be: yes or no, one of several, a number."""
        return self.say("kind_open" if fact.is_open else _KINDS[fact.kind])

    def question(self, name: str) -> str:
        return self.text(self.rulebook.vocabulary.by_name[name].ask)

    def help(self, fact: Fact) -> str:
        """What the question of a fact means; of one value of a list nothing, since the help is about the whole list."""
        is_whole = any(fact.fact == declared.fact for declared in self.rulebook.vocabulary.declared)
        return self.text(fact.help) if is_whole else ""

    def value(self, fact: str, value: object) -> str:
        """A value of a fact, as a case gives it."""
        declared = self.rulebook.vocabulary.by_name[fact]
        if isinstance(value, PartlyKnown):
            return self.part(declared, value)
        if isinstance(value, OtherText):
            words = self.say("quoted", text=value.text)
            return self.say("within", value=self.value(fact, OTHER), bounds=words)
        return value_of_fact(declared, value if isinstance(value, Decimal) else str(value), self.language)

    def stated(self, fact: str, value: object) -> str:
        """A value of a fact where nothing asks for it: a yes or no that has a name of its own is told with it."""
        label = self.value(fact, value)
        if self.rulebook.vocabulary.by_name[fact].kind != "yes_no" or value not in YES_NO:
            return label
        bare = self.say("yes" if value == "yes" else "no")
        return label if label == bare else self.say("within", value=bare, bounds=label)

    def part(self, fact: Fact, part: PartlyKnown) -> str:
        """Partial knowledge of a fact: some values, or the least and greatest number of each stretch."""
        if part.intervals:
            return self.one_of(within(fact, interval, self.language) for interval in part.intervals)
        return self.cells(fact.fact, [value for value in fact.values if value in part.values])

    def assumption(self, fact: Fact) -> str:
        """What is assumed about a fact if a case does not give it; empty if nothing is."""
        if fact.kind == "choices":
            if fact.assume == ():
                return self.say("assume_none")
            return self.listed(self.value(fact.fact, text) for text in fact.assume or ())
        assumption = assumed(fact)
        return "" if assumption is None else self.value(fact.fact, assumption)

    def subject(self, name: str) -> str:
        """A fact, band, conclusion or decision."""
        vocabulary = self.rulebook.vocabulary
        if band := vocabulary.bands.get(name):
            return self.text(band.label or vocabulary.fact_of[name].label)
        if name in vocabulary.by_name:
            return self.fact(name)
        if name in self.rulebook.decision:
            return self.text(self.rulebook.decision[name].ask)
        return self.text(self.rulebook.conclusion[name].label)

    def subject_value(self, name: str, value: str) -> str:
        """A value, band, group, option or yes/no that a condition names."""
        vocabulary = self.rulebook.vocabulary
        if band := vocabulary.bands.get(name):
            return piece(vocabulary.fact_of[name], band, value, self.language)
        if name in self.rulebook.decision:
            return self.option(name, value)
        fact = vocabulary.fact_of.get(name)
        if fact is None:
            return self.say("yes" if value == "yes" else "no")
        group = next((group for group in fact.groups if group.group == value), None)
        return self.text(group.label) if group else self.value(name, value)

    def option(self, decision: str, name: str) -> str:
        """An option; or that a person decides, or that the decision does not apply."""
        if name == NOT_APPLICABLE:
            return self.say("outcome_not_applicable")
        return self.say("refer") if name == REFER else self.text(self.rulebook.decision[decision].option(name).label)

    def outcome(self, decision: str, name: str | None, status: str = "") -> str:
        """What comes out, with its status if given: an option, or that a person decides; for None, nothing yet.

        Where rules leave open which kind of the option it is, that is said; the fallback is meant as it stands.
        """
        option = self.option(decision, name) if name else self.say("advice_open")
        open_ = self.say("kind_not_said") if name and self._leaves_kind_open(decision, name) else ""
        bounds = self.say("semicolon").join(filter(None, (open_, status)))
        return self.say("within", value=option, bounds=bounds) if bounds else option

    def _leaves_kind_open(self, decision: str, option: str) -> bool:
        decided = self.rulebook.decision[decision]
        kinds = decided.kinds.get(option, frozenset()) - decided.combining.keys()
        return len(kinds) > 1 and option != decided.if_none_stands.advise

    def options(self, decision: str, names: Iterable[str]) -> str:
        return self.names(self.option(decision, name) for name in names)

    def outcomes(self, decision: str, names: Iterable[str]) -> str:
        """All that may come out."""
        return self.names(self.outcome(decision, name) for name in names)

    def rule(self, name: str) -> str:
        return self.text(self.rulebook.rule[name].title)

    def condition(self, subject: str, named: Iterable[str]) -> str:
        """One condition, as `subject: value or value`."""
        return self.pair(self.subject(subject), self.values(subject, named))

    def values(self, subject: str, named: Iterable[str]) -> str:
        """The values that a condition names; neighbouring pieces of a band without labels are joined."""
        named, vocabulary = tuple(named), self.rulebook.vocabulary
        band = vocabulary.bands.get(subject)
        bare = [value for value in named if band and not self._label(band, value)]
        texts = [self.subject_value(subject, value) for value in named if value not in bare]
        if band:
            stretches = joined_intervals(band.interval(value) for value in bare)
            texts += [interval(vocabulary.fact_of[subject], stretch, self.language) for stretch in stretches]
        return self.one_of(texts)

    def _label(self, band: Band, name: str) -> str | None:
        return true_label(self.rulebook.vocabulary.fact_of[band.band], band, name, self.language)

    def cells(self, fact: str, cells: Iterable[str | Interval]) -> str:
        """Some cells of a fact: neighbouring intervals joined, and a piece of a band or a group by its name."""
        declared, cells = self.rulebook.vocabulary.by_name[fact], tuple(cells)
        if all(isinstance(cell, Interval) for cell in cells):
            joined = joined_intervals(cell for cell in cells if isinstance(cell, Interval))
            return self.say("or_else").join(self._interval(declared, stretch) for stretch in joined)
        others = tuple(value for value in declared.values if value not in cells)
        if len(others) * 2 < len(declared.values):
            excepted = self._values(declared, others)
            if len(excepted) == 1:
                return self.say("anything_but", values=excepted[0])
            return self.say("neither", values=self.say("nor").join(excepted))
        return self.one_of(self._values(declared, cells))

    def _values(self, fact: Fact, values: Iterable[object]) -> tuple[str, ...]:
        """Some values of a choice, or the name of their group if they make up one."""
        values = tuple(values)
        group = next((group for group in fact.groups if set(group.values) == set(values)), None)
        return (self.text(group.label),) if group else tuple(self.value(fact.fact, value) for value in values)

    def _interval(self, fact: Fact, cell: Interval) -> str:
        """An interval by the name of the piece that it is, or by its bounds if bands have different names for it."""
        names = {
            piece(fact, band, name, self.language)
            for band in fact.bands
            for name in band.values
            if band.interval(name) == cell
        }
        return names.pop() if len(names) == 1 else interval(fact, cell, self.language)

    def region(self, facts: Mapping[str, Iterable[str | Interval]]) -> str:
        """The facts of a region with their values."""
        return self.say("semicolon").join(
            self.pair(self.fact(name), self.cells(name, cells)) for name, cells in facts.items()
        )

    def bounds(self, fact: Fact) -> str:
        """The range of a number in words, empty if it has none."""
        bounds = {
            name: number(bound) for name, bound in (("low", fact.least), ("high", fact.greatest)) if bound is not None
        }
        key = {("low", "high"): "from_to", ("low",): "from", ("high",): "at_most"}.get(tuple(bounds))
        return self.say(key, **bounds) if key else ""

    def source(self, source: Source) -> str:
        """The document and the place in it."""
        return cited(source, self.rulebook.documents, self.language, with_edition=False)

    def sources(self, sources: Iterable[Source]) -> str:
        """Every document with the place in it, in a row."""
        return self.say("semicolon").join(map(self.source, sources))

    def quote(self, source: Source) -> str:
        """The words of a source in quotation marks; empty if it quotes none."""
        return self.say("quoted", text=pick(source.quote, self.language)) if source.quote else ""

    def original(self, source: Source) -> str:
        """The place and the words as in the document itself; empty if the reader is shown exactly these."""
        if source.original is None:
            return ""
        shown = {pick(passage, self.language) for passage in (source.place, source.quote) if passage}
        place, quote = (text if text not in shown else None for text in (source.original.place, source.original.quote))
        words = self.say("quoted", text=quote) if quote else ""
        if place:
            words = self.say("within", value=place, bounds=words) if words else place
        return self.say("in_the_original", words=words) if words else ""

    def pair(self, name: str, value: str) -> str:
        """A name and its value; a question needs no colon before its answer."""
        if name.endswith("？"):  # as wide as a question mark and the blank after it
            return name + value
        if name.endswith("?"):
            return f"{name} {value}"
        return name + self.say("colon") + value

    def one_of(self, texts: Iterable[str]) -> str:
        """The texts in a row, of which one holds: `a, b or c`; semicolons part them if one of them holds a comma."""
        *others, last = texts = [*texts] or [""]
        if others and _holds_comma(texts):
            return self.say("or_at_last", texts=self.say("semicolon").join(others), last=last)
        return self.say("or").join(filter(None, (self.listed(others), last)))

    def listed(self, parts: Iterable[str]) -> str:
        return self.say("comma").join(parts)

    def names(self, names: Iterable[str]) -> str:
        """Names in a row; semicolons part them if one of them holds a comma."""
        names = tuple(names)
        return self.say("semicolon" if _holds_comma(names) else "comma").join(names)


def _holds_comma(texts: Iterable[str]) -> bool:
    """Is there a comma in one of the texts, in any language?"""
    return any(mark in text for text in texts for mark in (", ", "，", "、"))
