"""What a decision means in every cell -> the rows of a decision table, exactly one of which holds."""

from __future__ import annotations

from whytune.engine import Problem, Rulebook, WhytuneError
from whytune.engine.language.problems import Sentence
from whytune.engine.language.rulebook import Decision
from whytune.engine.meaning.deciding import Deciding
from whytune.engine.meaning.diagram import DecisionDiagram

from .alone import alone
from .entries import MAX_TABLE, DiagramWay, ModelTable, WrittenRow, count_ways, entries, literal, ways


def disjoint_table(rulebook: Rulebook, decision: Decision) -> ModelTable:
    """The decision as a table; raises WhytuneError: unsayable, for more rows than anybody can read."""
    diagram = DecisionDiagram(alone(rulebook, decision))
    advice = diagram.advice[decision.decision]
    if (count := count_ways(advice)) > MAX_TABLE:
        raise too_many_rows(decision, count)
    subjects = diagram.ground.in_question_order(advice.facts)
    deciding = Deciding(diagram, decision.decision)
    rows = (
        WrittenRow(tuple(entries(way, subjects, diagram.domains)), literal(outcome), _reasons(deciding, way))
        for way, outcome in ways(advice)
    )
    return ModelTable(decision.decision, tuple(subjects), tuple(rows))


def too_many_rows(decision: Decision, count: int) -> WhytuneError:
    """The message about a decision that would be a table of so many rows."""
    parts = {"decision": decision.decision, "count": count, "most": MAX_TABLE}
    message = Sentence("`{decision}` would be a table of {count:,} rows, more than {most:,}", **parts)
    hint = Sentence("divide the decision: let it rest on others that stand for a part of its rules")
    return WhytuneError([Problem("unsayable", message, None, hint)])


def _reasons(deciding: Deciding, way: DiagramWay) -> tuple[str, ...]:
    """The rules that are reasons all along the way."""
    return tuple(sorted(rule for rule, where in deciding.rules.items() if where.holds(way)))
