"""The models of a rulebook's parts -> JSON Schema: pydantic's own, with what only our validators know added."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, get_args

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

from ...language.citations import Source, Sources
from ...language.dates import PartialDate
from ...language.loading.decisions import MAX_OPTIONS
from ...language.loading.draft import Identity
from ...language.rulebook import ALWAYS, PART_KINDS
from ...language.text import Day, Line, Name, Number, Passage, Text, Values, Written
from .combinations import combinations, fallback, preference
from .descriptions import KEYS
from .forms import JsonSchema, closed, language, named, one_or_more, ref, whole

_VALUE: JsonSchema = {"type": ["string", "number", "boolean"]}
_FORMS = {
    get_args(alias)[1].func: shape
    for alias, shape in (
        (Name, ref("name")),
        (Line, ref("line")),
        (Text, ref("text")),
        (Passage, ref("passage")),
        (Day, ref("day")),
        (PartialDate, ref("date")),
        (Sources, one_or_more(ref("Source"))),
        (Number, ref("number")),
        (Values, one_or_more(_VALUE)),
    )
}
"""The form in which each type that one of our validators reads is written, by that validator."""


_FORM = "whytune:form"
_KINDS = (
    ("yes_no", "yes or no"),
    ("choice", "one of several values"),
    ("choices", "any number of several values"),
    ("whole_number", "a whole number"),
    ("number", "a number with at most six decimal places"),
)
_HITS = (
    ("one", "rows that hold together must say the same"),
    ("first", "each row yields to those above it"),
    ("any", "each row stands for itself"),
)
_STRENGTHS = (
    ("measured", "measurements that anybody may repeat"),
    ("vendor", "the word of who sells it"),
    ("practice", "what people have seen work"),
)


class _Generator(GenerateJsonSchema):
    """pydantic's generator, which takes the schema of a value that a validator reads from `_FORMS`."""

    def function_before_schema(self, schema: Any) -> JsonSchema:
        return self._form(schema) or super().function_before_schema(schema)

    def function_after_schema(self, schema: Any) -> JsonSchema:
        return self._form(schema) or super().function_after_schema(schema)

    def default_schema(self, schema: Any) -> JsonSchema:
        return self.generate_inner(schema["schema"])

    def nullable_schema(self, schema: Any) -> JsonSchema:
        """The schema without null: what is optional is left out, and a key with nothing after it is unfinished."""
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def _form(self, schema: Any) -> JsonSchema | None:
        """The form, hidden: pydantic follows every `$ref` that it sees, and ours lead to definitions it has not got."""
        form = _FORMS.get(schema["function"]["function"])
        return None if form is None else {_FORM: form}


def parts(options: Mapping[str, JsonSchema]) -> dict[str, JsonSchema]:
    """The definition of every part, by the name of its model; `options` are those of each decision, if known."""
    mended, combined = _mended(), combinations(options)
    described = {model.__name__: keys for model, keys in KEYS.items()}
    definitions: dict[str, JsonSchema] = {}
    for name, generated in _generated().items():
        properties = _shown(generated["properties"]) | mended.get(name, {})
        explained = {key: {"description": described[name][key], **shape} for key, shape in properties.items()}
        definitions[name] = {**closed(explained, generated.get("required", ())), **combined.get(name, {})}
    return definitions


@cache
def _generated() -> dict[str, JsonSchema]:
    """What pydantic makes of the models, by name."""
    tops: list[type[Written]] = [Identity, Source, *(kind.model for kind in PART_KINDS)]
    models: list[tuple[type[Written], JsonSchemaMode]] = [(model, "validation") for model in tops]
    _, made = models_json_schema(models, schema_generator=_Generator, ref_template="#/definitions/{model}")
    definitions: dict[str, JsonSchema] = made["$defs"]
    return definitions


def _shown(made: Any) -> Any:
    """What was generated, with the hidden forms restored."""
    if isinstance(made, dict):
        return made[_FORM] if _FORM in made else {key: _shown(value) for key, value in made.items()}
    return [_shown(item) for item in made] if isinstance(made, list) else made


def _mended() -> Mapping[str, dict[str, JsonSchema]]:
    """The keys whose types do not say all that may be written: which names, how many, in which short forms."""
    unlike = {"minItems": 1, "uniqueItems": True}
    alternatives = {"type": "array", "items": {"allOf": [ref("conditions")], "minProperties": 1}}
    premises = {"anyOf": [ref("conditions"), named([(ALWAYS, "in every case")])]}
    return {
        "Identity": {
            "languages": {"type": "array", "items": language(), **unlike},
            "main": ref("known_decision"),
            "documents_last_months": whole(minimum=1, maximum=1_200),
            "review_every_months": whole(minimum=1, maximum=1_200),
        },
        "Source": {"document": ref("known_document"), "strength": named(_STRENGTHS)},
        "Fact": {
            "kind": named(_KINDS),
            "assume": {"anyOf": [_VALUE, {"type": "array", "items": _VALUE}]},  # of several, none may be assumed
            "only_if": ref("fact_conditions"),
            "values": {"type": "array", "items": ref("name"), **unlike},
        },
        "Group": {"values": one_or_more(ref("name"))},
        "Band": {
            "cut_at": one_or_more(ref("cut")),
            "values": {"type": "array", "items": ref("name"), "minItems": 2, "uniqueItems": True},
        },
        "Decision": {
            "options": {"type": "array", "items": ref("Option"), "minItems": 1, "maxItems": MAX_OPTIONS},
            "if_none_stands": fallback(ref("name")),
            "if_several_stand": preference(ref("name")),
            "only_if": ref("conditions"),
        },
        "Option": {
            "value": _VALUE,
            "combines": {"type": "array", "items": ref("name"), "minItems": 2, "uniqueItems": True},
        },
        "Style": {"stroke_width": whole(minimum=1, maximum=10)},
        "Rule": {
            "if": premises,
            "any_of": {"anyOf": [alternatives, {"type": "array", "items": {**alternatives, "minItems": 1}}]},
            "except_if": {"anyOf": [ref("conditions"), alternatives]},
            "yields_to": one_or_more(ref("known_rule")),
            "conclude": ref("known_conclusion"),
            "propose": ref("effects"),
            "rule_out": ref("effects"),
            "caution": ref("effects"),
            "section": ref("known_section"),
        },
        "RuleTable": {
            "decision": ref("known_decision"),
            "hit": named(_HITS),
            "columns": {"type": "array", "items": ref("line"), **unlike},
            "rows": {"type": "array", "items": {"type": "array", "items": ref("cell"), "minItems": 1}, "minItems": 1},
            "section": ref("known_section"),
        },
        "Invariant": {
            "if": premises,
            "more": ref("known_number"),
            **dict.fromkeys(("always", "never", "leads_away_from", "to"), ref("outcomes")),
        },
        "Waiver": {"where": ref("conditions")},
    }
