"""The type of each answer -> its schema, with the definitions that it refers to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode

from whytune.engine.authoring.schema.forms import JsonSchema
from whytune.engine.language.vocabulary import Fact

from . import case_answers, change_answers, cost_answers, ledger_answers, review_answers, rulebook_answers

TYPES: Mapping[str, Any] = {
    "rulebooks": rulebook_answers.RulebooksAnswer,
    "facts": list[Fact] | Fact,
    "codebook": list[Fact],
    "rules": rulebook_answers.RulesAnswer
    | rulebook_answers.RulesWithText
    | rulebook_answers.PlacedRule
    | rulebook_answers.PlacedTable
    | rulebook_answers.PlacedPolicy
    | rulebook_answers.PlacedNote,
    "cases": list[rulebook_answers.NamedCase] | rulebook_answers.WrittenCaseAnswer,
    "advise": case_answers.AdviseAnswer,
    "why": case_answers.WhyAnswer,
    "why-not": case_answers.WhyNotAnswer,
    "what-if": case_answers.WhatIfAnswer,
    "flip": case_answers.FlipsAnswer,
    "reason": case_answers.ReasonAnswer,
    "next": case_answers.NextAnswer,
    "cost": cost_answers.CostsAnswer,
    "cost/tune": cost_answers.TuningAnswer,
    "cost/gpu": cost_answers.GpuAnswer,
    "cost/serve": cost_answers.ServingAnswer,
    "cost/break-even": cost_answers.BreakEvenAnswer,
    "summary": case_answers.SummaryAnswer,
    "compare": cost_answers.ComparisonAnswer,
    "schema": dict[str, Any],
    "sql": rulebook_answers.StatementAnswer,
    "explain-check": list[rulebook_answers.CheckPage] | rulebook_answers.CheckPage,
    "check": list[review_answers.FindingAnswer],
    "test": review_answers.TestAnswer,
    "diff": change_answers.DifferenceAnswer,
    "record": case_answers.RecordedAnswer,
    "records": list[ledger_answers.ListedRecord | ledger_answers.ListedFault] | ledger_answers.ShownRecord,
    "stats": ledger_answers.StatisticsAnswer,
    "impact": ledger_answers.ImpactAnswer,
    "replay": ledger_answers.ReplayAnswer,
    "verify": ledger_answers.VerifyAnswer | ledger_answers.ProofAnswer | ledger_answers.ChangedAnswer,
    "import-rulebook": change_answers.ImportAnswer,
}
"""The type of the answer to each question that is answered with data."""


class Schemas(NamedTuple):
    """The schema of each answer, and the definitions that they refer to, by name."""

    answers: Mapping[str, JsonSchema]
    definitions: Mapping[str, JsonSchema]


class _Untitled(GenerateJsonSchema):
    """Schemas without the titles that only spell the names of members again."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


@cache
def schemas(place: str) -> Schemas:
    """The schemas of all answers; they refer to definitions at this `place`, such as `#/components/schemas/{model}`."""
    adapters: list[tuple[str, JsonSchemaMode, TypeAdapter[Any]]] = [
        (name, "serialization", TypeAdapter(kind)) for name, kind in TYPES.items()
    ]
    made, rest = TypeAdapter.json_schemas(adapters, ref_template=place, schema_generator=_Untitled)
    answers = {name: schema for (name, _), schema in made.items()}
    return Schemas(answers, dict(_referred([*answers.values()], rest["$defs"], place.partition("{")[0])))


def _referred(
    schemas: list[Any], definitions: Mapping[str, JsonSchema], place: str
) -> Iterator[tuple[str, JsonSchema]]:
    """The definitions that these schemas refer to, also through others, each once, in the order of their names."""
    reached: set[str] = set()
    waiting = [*schemas]
    while waiting:
        match waiting.pop():
            case {"$ref": str(ref)} if (name := ref.removeprefix(place)) not in reached:
                reached.add(name)
                waiting.append(definitions[name])
            case dict() as part:
                waiting += part.values()
            case list() as parts:
                waiting += parts
    yield from ((name, definitions[name]) for name in sorted(reached))
