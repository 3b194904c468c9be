"""Tables of a rulebook -> a document: their grids as readers see them, and the state of each row on a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, cast

from whytune.engine.advice.recommendation import Recommendation
from whytune.engine.language.rulebook import Rule, RuleTable
from whytune.engine.meaning.semantics import RuleState
from whytune.engine.words.catalogue import Family
from whytune.engine.words.speaker import Speaker

from .document import Block, Document, Grid, Heading, Paragraph, Rows, Title, document
from .states import STATE

_HIT = Family[Literal["one", "first", "any"]]("hit")
_ANYTHING = "-"


def table(shown: RuleTable, answer: Recommendation | None, speaker: Speaker) -> Document:
    """What each row asks and does, and where the table comes from; with an answer, which rows are in force."""
    title = title_of(shown, speaker)
    return document(title, speaker.language, [Title(title), *_body(shown, answer, speaker)])


def tables(
    shown: Iterable[RuleTable], answer: Recommendation | None, speaker: Speaker, title: str, description: str
) -> Document:
    """The same of several tables, one after the other, below what they are about."""
    blocks: list[Block] = [Title(title), Paragraph(description)]
    for one in shown:
        blocks += [Heading(title_of(one, speaker)), *_body(one, answer, speaker)]
    return document(title, speaker.language, blocks)


def _body(shown: RuleTable, answer: Recommendation | None, speaker: Speaker) -> Iterator[Block]:
    yield Paragraph(speaker.say(_HIT[shown.hit]))
    yield grid(shown, answer, speaker)
    yield Rows(tuple(_grounds(shown, speaker)))


def title_of(shown: RuleTable, speaker: Speaker) -> str:
    """The name of a table, with its title where it has one."""
    return f"{shown.table}: {speaker.text(shown.title)}" if shown.title else shown.table


def grid(shown: RuleTable, answer: Recommendation | None, speaker: Speaker) -> Grid:
    """What each row asks and does, with an answer also its state; a row begins with the id of its rule."""
    columns = [column for column in shown.columns if _heading(shown, column, speaker)]
    rules = [speaker.rulebook.rule[name] for name in shown.rules if name in speaker.rulebook.rule]
    head = [speaker.say("row"), *(_heading(shown, column, speaker) for column in columns)]
    rows = [[rule.id, *(_cell(shown, column, rule, speaker) for column in columns)] for rule in rules]
    if answer is not None:
        states = states_on(answer)
        head.append(speaker.say("state"))
        rows = [[*row, speaker.say(STATE[states.get(row[0], "open")])] for row in rows]
    return Grid(tuple(head), tuple(map(tuple, rows)))


def states_on(answer: Recommendation) -> dict[str, RuleState]:
    """The state of each rule that fired; any other is open."""
    return {step.name: cast(RuleState, step.state) for step in answer.trace if step.kind == "rule"}


def _heading(table: RuleTable, column: str, speaker: Speaker) -> str:
    """The heading of a column that asks or does something; empty for what a row says about itself."""
    subject = _subject(table, column, speaker)
    if subject in speaker.rulebook.subjects:
        return speaker.subject(subject)
    head, _, decision = column.partition(".")
    match head:
        case "propose" | "rule_out" | "caution":
            effect = speaker.say(_EFFECT[head])
            return speaker.pair(effect, speaker.subject(decision)) if decision else effect
        case "conclude":
            return speaker.say("conclude")
    return ""


def _subject(table: RuleTable, column: str, speaker: Speaker) -> str:
    """What the cells of a column test; for a number, the band that they cut."""
    return column if column in speaker.rulebook.subjects else table.band(column)


_EFFECT = Family[Literal["propose", "rule_out", "caution"]]()


def _cell(table: RuleTable, column: str, rule: Rule, speaker: Speaker) -> str:
    subject = _subject(table, column, speaker)
    if subject in speaker.rulebook.subjects:
        named = rule.all_of.get(subject)
        return speaker.values(subject, named) if named else _ANYTHING
    head, _, decision = column.partition(".")
    if head == "conclude":
        return speaker.subject(rule.conclude) if rule.conclude else _ANYTHING
    effects = {"propose": rule.propose, "rule_out": rule.rule_out, "caution": rule.caution}[head]
    about = decision or table.decision or ""
    return speaker.options(about, effects[about]) if about in effects else _ANYTHING


def _grounds(table: RuleTable, speaker: Speaker) -> Iterator[tuple[str, str]]:
    if table.because:
        yield speaker.say("because"), speaker.text(table.because)
    for source in table.sources:
        yield speaker.say("source"), speaker.source(source)
    yield speaker.say("place"), str(speaker.rulebook.places["table", table.table])
