"""A rulebook -> the module: its facts and rules as code, its diagram as a table, and `advise` as the door.

What is in force comes from the rules, three-valued as in `semantics`, and what can still come out from the diagram,
as in the SQL statement, which is its sibling.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import chain
from typing import Any

from ...language import orders
from ...language.intervals import Interval, PartlyKnown
from ...language.numerals import MAX_NUMBER, MAX_PLACES
from ...language.open_list import looks
from ...language.rulebook import NOT_APPLICABLE, REFER, Condition, Decision, Premise
from ...language.text import EXACT
from ...language.value import UNKNOWN, assumed, limit_text, read_value
from ...language.vocabulary import Domain, Vocabulary
from ...meaning.diagram import Function
from ...meaning.semantics import ranked
from ..row_answers import VALUE, Bulk, has_values, value_text
from ..sql.number_texts import DECIMAL, WHOLE
from .frame import DOOR, HEAD, runtime_text

WIDTH = 110
"""The most characters of a line of code, after which it is broken."""


def module(bulk: Bulk, language: str) -> str:
    """The text of a Python module whose `advise` answers a task as `bulk` would; the titles of rules in this language.

    Raises WhytuneError: diagram-too-large.
    """
    rulebook, diagram = bulk.advisor.rulebook, bulk.advisor.diagram
    cells = {name: _cell_names(domain) for name, domain in bulk.vocabulary.domains.items()}
    code = CodeWriter(bulk, cells, language)
    ways = (f"{_quoted(name)}: {_ways(advice, cells)}," for name, advice in diagram.possible_advice.items())
    parts = [
        f"# {bulk.identity}\n{HEAD.strip()}\n\n{runtime_text()}",
        _patterns(),
        _mapping("FACTS", (f"{_quoted(name)}: {_fact(bulk, name, cells)}," for name in cells)),
        _mapping("SEVERAL", code.choices()),
        _orders(bulk.vocabulary),
        _mapping("WAYS", ways),
        _mapping("PROPOSING", code.proposing()),
        _mapping("COMBINING", code.combining()),
        "\n".join(code.answer(rulebook.steps)),
        code.door,
    ]
    return "\n\n\n".join(parts) + "\n"


def _orders(vocabulary: Vocabulary) -> str:
    """Pairs of numbers, the first never greater than the second, with the points where their size matters."""
    pairs = _list(f"({_quoted(low)}, {_quoted(high)})" for low, high in vocabulary.orders)
    pieces = (piece for fact in {*chain(*vocabulary.orders)} for _, piece in orders.pieces(vocabulary, fact))
    grid = sorted({end for piece in pieces for end in piece if end is not None})
    return f"ORDERS = {pairs}\nGRID = {_list(map(_number, grid))}"


def _patterns() -> str:
    """The patterns that a text must match to be a number."""
    return f"WHOLE = r{_quoted(WHOLE)}\nDECIMAL = r{_quoted(DECIMAL)}"


def _cell_names(domain: Domain) -> tuple[str, ...]:
    """The name of each cell of a fact: a value, or numbers as a case would write them."""
    return tuple(
        limit_text(domain.fact, cell) or "any" if isinstance(cell, Interval) else cell for cell in domain.cells
    )


def _fact(bulk: Bulk, name: str, cells: Mapping[str, tuple[str, ...]]) -> str:
    """How a fact is read."""
    domain, own = bulk.vocabulary.domains[name], cells[name]
    fact = domain.fact

    def among(places: Iterable[int]) -> str:
        return f"frozenset({_set([own[place] for place in places])})"

    parts = [f"cells=({' '.join(f'{_quoted(cell)},' for cell in own)})"]
    if fact.is_number:
        is_whole = fact.kind == "whole_number"
        parts += [
            f"cuts=({' '.join(f'{_number(cut)},' for cut in domain.cuts)})",
            f"pattern={'WHOLE' if is_whole else 'DECIMAL'}",
            f"whole={is_whole}",
            f"most={MAX_NUMBER if is_whole else MAX_NUMBER // 10**MAX_PLACES}",
        ]
        parts += [
            f"{end}={_number(at)}" for end, at in (("least", fact.least), ("greatest", fact.greatest)) if at is not None
        ]
        pairs = bulk.vocabulary.orders
        bounds = {"at_least": [low for low, high in pairs if high == name]}
        bounds["at_most"] = [high for low, high in pairs if low == name]
        parts += [f"{end}={_list(map(_quoted, names))}" for end, names in bounds.items() if names]
    else:
        words = [f"{_quoted(word)}: {among(places)}" for word, places in _words(domain)]
        parts += [f"words={{{', '.join(words)}}}"] if words else []
        parts += [f"looks={_set(looks(fact))}"] if fact.is_open else []
    if bulk.assumes and (value := assumed(fact)) is not None:
        parts.append(f"assumed={among(domain.cells_of(value))}")
        if stretches := _stretches(value, fact.step):
            parts.append(f"stretches={_list(f'({_number(low)}, {_number(high)})' for low, high in stretches)}")
    if conditions := bulk.vocabulary.applies_if[name]:
        tests = (_owned(bulk, subject, accepts, cells) for subject, accepts in conditions)
        parts.append(f"applies_if={_list(f'({_quoted(owner)}, {accepting})' for owner, accepting in tests)}")
    return _broken("FactReading(", parts, ")", 1)


def _words(domain: Domain) -> Iterator[tuple[str, frozenset[int]]]:
    """Every word that says something about a fact and is not a value of it, with the cells that it stands for."""
    fact = domain.fact
    for word in ("true", "false") if fact.kind == "yes_no" else [group.group for group in fact.groups]:
        value = read_value(fact, word)
        yield word, frozenset(range(len(domain.cells))) if value == UNKNOWN else domain.cells_of(value)


def _stretches(value: Any, step: Decimal) -> Iterable[Interval]:
    """The numbers that are assumed."""
    if isinstance(value, Decimal):
        return [Interval(value, EXACT.add(value, step))]
    return value.intervals if isinstance(value, PartlyKnown) else ()


def _owned(bulk: Bulk, subject: str, accepts: frozenset[str], cells: Mapping[str, tuple[str, ...]]) -> tuple[str, str]:
    """The fact that a subject rests on, and the set of its cells in which the subject has one of these values."""
    owner = bulk.vocabulary.fact_of[subject].fact
    values = bulk.vocabulary.domains[owner].subjects[subject]
    return owner, _set([cell for cell, value in zip(cells[owner], values, strict=True) if value in accepts])


def _ways(advice: Function[str | None], cells: Mapping[str, tuple[str, ...]]) -> str:
    """The diagram of a decision as a table; one that asks nothing still has one node."""
    nodes = [node for node in reversed([*advice.upward()]) if not node.is_constant]
    if not nodes:
        fact = next(iter(cells))
        return f"[({_quoted(fact)}, dict.fromkeys(FACTS[{_quoted(fact)}].cells, {_quoted(advice.value)}))]"
    number = {node: str(place) for place, node in enumerate(nodes)}
    rows = []
    for node in nodes:
        ends = (_quoted(part.value) if part.is_constant else number[part] for part in node.parts)
        leads = ", ".join(f"{_quoted(cell)}: {end}" for cell, end in zip(cells[node.fact], ends, strict=True))
        rows.append(f"({_quoted(node.fact)}, {{{leads}}}),  # {number[node]}")
    return "[\n" + "\n".join(f"        {row}" for row in rows) + "\n    ]"


class CodeWriter:
    """Writes what a rulebook means for one task: a line of Python for each rule, conclusion and option."""

    def __init__(self, bulk: Bulk, cells: Mapping[str, tuple[str, ...]], language: str) -> None:
        self._bulk, self._cells, self._language = bulk, cells, language
        self._rulebook = bulk.advisor.rulebook

    def choices(self) -> Iterator[str]:
        """The values of every fact that takes several."""
        for fact in self._bulk.vocabulary.declared:
            if fact.kind == "choices":
                yield f"{_quoted(fact.fact)}: {_list(map(_quoted, fact.values))},"

    def proposing(self) -> Iterator[str]:
        """The rules that propose an option, by decision and option."""
        for (decision, option), rules in self._rulebook.proposing.items():
            yield f"({_quoted(decision)}, {_quoted(option)}): {_list(map(_quoted, rules))},"

    def combining(self) -> Iterator[str]:
        """The forms of every part of every combination, by decision and option."""
        for name, decision in self._rulebook.decision.items():
            for option, parts in decision.combining.items():
                forms = (_list(map(_quoted, part)) for part in parts)
                yield f"({_quoted(name)}, {_quoted(option)}): {_list(forms)},"

    def answer(self, steps: Iterable[tuple[str, str]]) -> Iterator[str]:
        """The function that answers one kind of task."""
        yield from (
            "@lru_cache(maxsize=100_000)",
            "def _answered(kind: tuple[tuple[str, Stated], ...]) -> dict[str, Any]:",
            "    certain, fact = known(FACTS, {name: cells for name, cells in kind if cells != LEFT_OUT})",
            "    rule: dict[str, Truth] = {}",
            "    conclusion: dict[str, Truth] = {}",
            "    stands: dict[str, Truth]",
            "    options: dict[str, Options] = {}",
            "    advice: dict[str, str | None] = {}",
            "    answer: dict[str, Any] = {}",
        )
        write = {"rule": self._rule, "conclusion": self._conclusion, "decision": self._decide}
        for kind, name in steps:
            yield from (f"    {line}" for line in write[kind](name))
        for name in self._rulebook.decision_order:
            yield from (f"    {line}" for line in self._told(name))
        yield "    return answer"

    @property
    def door(self) -> str:
        """The function that others call."""
        columns = ", ".join(f"`{column}`" for column in self._columns())
        return DOOR.format(columns=columns)

    def _columns(self) -> Iterator[str]:
        for name in self._rulebook.decision_order:
            for part in ("advice", "status", "possible", "decided_by", "cautions", VALUE):
                if (name, part) in self._bulk.answer_columns:
                    yield self._bulk.answer_columns[name, part]

    def _rule(self, name: str) -> Iterator[str]:
        title = " ".join(self._rulebook.rule[name].title.get(self._language, "").split())
        yield f"# {title}"
        yield f"rule[{_quoted(name)}] = {self._premise(self._rulebook.premises[name])}"

    def _conclusion(self, name: str) -> Iterator[str]:
        yield f"conclusion[{_quoted(name)}] = {_any(self._in_force(self._rulebook.concluding[name]))}"

    def _in_force(self, rules: Iterable[str]) -> list[str]:
        return [f"rule[{_quoted(rule)}]" for rule in rules]

    def _premise(self, premise: Premise) -> str:
        parts = [self._test(condition) for condition in premise.all_of]
        parts += [_any(self._all(alternative) for alternative in group) for group in premise.any_of]
        parts += [f"negate({self._all(exception)})" for exception in premise.except_if]
        parts += [f"negate({rule})" for rule in self._in_force(premise.yields_to)]
        return _broken("all_of([", parts, "])", 1)

    def _all(self, conditions: Iterable[Condition]) -> str:
        return _all(self._test(condition) for condition in conditions)

    def _test(self, condition: Condition) -> str:
        """The code that asks whether a condition holds."""
        subject, accepts = condition.subject, condition.accepts
        if subject in self._rulebook.conclusion:
            drawn = f"conclusion[{_quoted(subject)}]"
            ways = [drawn if value == "yes" else f"negate({drawn})" for value in sorted(accepts)]
            return ways[0] if len(ways) == 1 else _any(ways)
        if subject in self._rulebook.decision:
            return f"is_one(advice[{_quoted(subject)}], {_set(accepts)})"
        owner, accepting = _owned(self._bulk, subject, accepts, self._cells)
        return f"holds(fact[{_quoted(owner)}], {accepting})"

    def _decide(self, name: str) -> Iterator[str]:
        """What is known about the options of a decision, and its advice as far as the rules alone decide it."""
        decision, quoted = self._rulebook.decision[name], _quoted(name)
        yield "stands = {}"
        for option in decision.parts_first:
            yield f"stands[{_quoted(option)}] = {self._stands(decision, option)}"
        applies = self._all(self._rulebook.applies_if[name])
        remains = (f"{_quoted(option)}: {_remains(decision, option)}" for option in ranked(decision))
        yield f"left = first_two({_broken('{', remains, '}', 1)})"
        yield f"options[{quoted}] = Options({applies}, stands, left)"
        prefer = _list(map(_quoted, decision.if_several_stand.prefer))
        fallback = _quoted(decision.if_none_stands.advise or REFER)
        yield f"advice[{quoted}] = options[{quoted}].advised({prefer}, {fallback})"

    def _told(self, name: str) -> Iterator[str]:
        """The columns of the answer to a decision."""
        decision, quoted = self._rulebook.decision[name], _quoted(name)
        column = {
            part: f"answer[{_quoted(text)}]" for (of, part), text in self._bulk.answer_columns.items() if of == name
        }
        yield f"possible, likely = outcomes(WAYS[{quoted}], certain), outcomes(WAYS[{quoted}], fact)"
        yield "outcome = likely[0] if len(likely) == 1 else None"
        yield f"{column['advice']} = None if outcome == {_quoted(NOT_APPLICABLE)} else outcome"
        yield f'{column["status"]} = "settled" if len(possible) == 1 else "provisional" if len(likely) == 1 else "open"'
        yield f"{column['possible']} = possible"
        yield f"{column['decided_by']} = decided_by({quoted}, options[{quoted}], outcome, rule)"
        cautions = (
            f"{_quoted(rule)}: rule[{_quoted(rule)}] and outcome in {_set(advised.accepts)}"
            for (of, rule), advised in self._rulebook.cautioning.items()
            if of == name
        )
        yield f"{column['cautions']} = those_of({_broken('{', cautions, '}', 1)})"
        if has_values(decision):
            values = (f"{_quoted(o.option)}: {_quoted(value_text(decision, o.option))}" for o in decision.options)
            yield f"{column[VALUE]} = {_broken('{', values, '}', 1)}.get(outcome)"

    def _stands(self, decision: Decision, option: str) -> str:
        name = decision.decision
        proposed = _any(self._in_force(self._rulebook.proposing[name, option]))
        if option in decision.combining:
            proposed = _all(_any(f"stands[{_quoted(f)}]" for f in forms) for forms in decision.combining[option])
        against = self._in_force(self._rulebook.ruling_out[name, option])
        return _broken("all_of([", [proposed, *([f"negate({_any(against)})"] if against else [])], "])", 1)


def _remains(decision: Decision, option: str) -> str:
    others = [f"stands[{_quoted(other)}]" for other in sorted(decision.gives_way[option])]
    stands = f"stands[{_quoted(option)}]"
    return f"all_of([{stands}, negate({_any(others)})])" if others else stands


def _all(parts: Iterable[str]) -> str:
    return f"all_of([{', '.join(parts)}])"


def _any(parts: Iterable[str]) -> str:
    return f"any_of([{', '.join(parts)}])"


def _set(names: Collection[str]) -> str:
    """A set of names, in alphabetical order."""
    return f"{{{', '.join(map(_quoted, sorted(names)))}}}" if names else "set()"


def _list(parts: Iterable[str]) -> str:
    return f"[{', '.join(parts)}]"


def _quoted(text: str | None) -> str:
    return "None" if text is None else json.dumps(text, ensure_ascii=False)


def _number(number: Decimal | None) -> str:
    return "None" if number is None else f'Decimal("{number:f}")'


def _mapping(name: str, entries: Iterable[str]) -> str:
    return "\n".join((f"{name} = {{", *(f"    {entry}" for entry in entries), "}"))


def _broken(opening: str, parts: Iterable[str], closing: str, depth: int) -> str:
    """The parts on one line, or each on a line of its own if that would be too long."""
    listed = [*parts]
    line = f"{opening}{', '.join(listed)}{closing}"
    if len(line) <= WIDTH - 4 * depth or not listed:
        return line
    indent = "    " * (depth + 1)
    return "\n".join((opening, *(f"{indent}{part}," for part in listed), "    " * depth + closing))
