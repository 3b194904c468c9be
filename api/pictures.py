"""What a rulebook or a case looks like: its flowchart, the network of its rules or its decisions, its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, get_args

from whytune.diagrams.decision_graph import decisions
from whytune.diagrams.flowchart import Link, flowchart
from whytune.diagrams.formats import fits
from whytune.diagrams.graph import Box, DrawnTable, Graph
from whytune.diagrams.inference import inference
from whytune.engine import Advisor, Problem, Recommendation, WhytuneError
from whytune.engine.language.problems import Sentence, listing, short
from whytune.engine.language.rulebook import Rulebook, RuleTable
from whytune.engine.words.speaker import Speaker
from whytune.prose import rule_table

from .shown import check_among

View = Literal["flow", "rules", "decisions", "table"]
"""What follows from each answer; what rules test and argue for; how decisions rest on each other; rows of rules."""


def picture_of(
    view: View,
    advisor: Advisor,
    speaker: Speaker,
    decision: str,
    answer: Recommendation | None = None,
    *,
    link: Link = lambda place: None,
    expand: bool = False,
) -> Graph:
    """The picture of one decision (of all for `decisions`); if it is too large to read, only the way of the case.

    Raises WhytuneError: unknown-value for a view that there is not; no-table, diagram-too-large.
    """
    check_among(get_args(View), view, "unknown-value", Sentence("`{view}` is not a view", view=short(str(view))))
    match view:
        case "flow":
            picture = flowchart(advisor.inquiry(decision, expand=expand), speaker, answer, link)
        case "rules":
            picture = inference(speaker, decision, answer, link)
        case "decisions":
            picture = decisions(speaker, answer, link)
        case "table":
            picture = _tables(speaker, decision, answer, link)
    return picture.only_way() if answer and not fits(picture) else picture


def _tables(speaker: Speaker, decision: str, answer: Recommendation | None, link: Link) -> Graph:
    """The tables whose rows bear on a decision; the rows in force in a case are marked."""
    rulebook = speaker.rulebook
    boxes = tuple(_box(table, answer, speaker, link) for table in tables_about(rulebook, decision))
    title = speaker.text(rulebook.decision[decision].ask)
    return Graph(
        title, speaker.say("tables_of", title=speaker.text(rulebook.title)), speaker.language, boxes, (), across=True
    )


def tables_about(rulebook: Rulebook, decision: str) -> tuple[RuleTable, ...]:
    """The tables whose rows bear on a decision; raises WhytuneError: no-table."""
    tables = tuple(_bearing(rulebook, decision))
    if not tables:
        others = [name for name in rulebook.decision if any(_bearing(rulebook, name))]
        others_have = Sentence("there are tables about {names}", names=listing(others))
        hint = others_have if others else Sentence("the view `rules` draws its rules")
        raise WhytuneError(
            [Problem("no-table", Sentence("no table is about `{decision}`", decision=decision), None, hint)]
        )
    return tables


def _bearing(rulebook: Rulebook, decision: str) -> Iterator[RuleTable]:
    """The tables of which a row is a rule behind the decision, or that say that they are about it."""
    rules = {name for kind, name in rulebook.own_steps[decision] if kind == "rule"}
    return (table for table in rulebook.tables if table.decision == decision or rules.intersection(table.rules))


def _box(table: RuleTable, answer: Recommendation | None, speaker: Speaker, link: Link) -> Box:
    grid = rule_table.grid(table, answer, speaker)
    rows = DrawnTable(grid.head, grid.rows, tuple(_in_force((row[0] for row in grid.rows), answer)))
    title, because = rule_table.title_of(table, speaker), speaker.text(table.because)
    return Box(f"table:{table.table}", title, "table", tooltip=because, link=link(("table", table.table)), table=rows)


def _in_force(rules: Iterable[str], answer: Recommendation | None) -> Iterator[int]:
    """The places of those rules that are in force in a case."""
    states = rule_table.states_on(answer) if answer else {}
    return (place for place, rule in enumerate(rules) if states.get(rule) == "in_force")
