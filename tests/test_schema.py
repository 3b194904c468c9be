"""The schema takes what whytune takes, refuses what it can see to be wrong, and explains every key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from whytune import rulebooks
from whytune.engine import Rulebook, load
from whytune.engine.authoring.schema import CASE_MODELINE, FOLDER, RULEBOOK_MODELINE, case_schema, schema, schema_files
from whytune.engine.authoring.schema.descriptions import KEYS, TOP
from whytune.engine.authoring.schema.forms import all_but, forms
from whytune.engine.language.letters import unfit
from whytune.engine.language.loading import loads, rulebook_files
from whytune.engine.language.loading.draft import Identity
from whytune.engine.language.loading.shape import TOP_KEYS
from whytune.engine.language.rulebook import PART_KINDS
from whytune.engine.language.text import Written
from whytune.engine.language.value import UNKNOWN

from . import editor
from .generated import documents, maps_of, written
from .laws import tries
from .looks import tabled

ROOT = Path(__file__).parent.parent
SHIPPED = {book.name: ROOT / "rules" / book.name for book in rulebooks().volumes}
CASES = {name: sorted((folder / "cases").glob("*.yaml")) for name, folder in SHIPPED.items()}
BROKEN = Path(__file__).parent / "broken"
SMALL = load(BROKEN / "cases" / "_rulebook.yaml")
NAMELESS = schema()

NOT_YAML = re.compile("(alias|duplicate-key|empty-file|several-documents|tag|too-deep|yaml-syntax)(-.*)?")
"""What no schema is asked about: the file is refused, or says nothing, before."""
BEYOND = {
    # sums and comparisons
    *("assume-outside", "assume-outside-range", "assume-outside-unknown", "bad-range", "bad-range-valid"),
    *(
        "cut-outside-range",
        "cuts-not-increasing",
        "cuts-not-increasing-above",
        "wrong-type-number",
        "wrong-type-pieces",
        "wrong-type-places",
    ),
    "wrong-type-cuts-comma",
    *("wrong-type-range", "wrong-type-whole-number", "bad-text-long"),
    *(
        "assume-outside-any",
        "assume-outside-bound",
        "assume-outside-open",
        "bad-bound",
        "bad-bound-circle",
        "unknown-fact-bound",
    ),
    # what one part says of itself
    *("missing-text-label", "unknown-value-group", "unknown-value-label", "wrong-type-assume", "wrong-type-choices"),
    # what the cells of a table mean, and the file beside it that holds them
    *("csv-syntax", "csv-syntax-semicolons", "missing-file-rows", "several-cells", "several-cells-of-a-file"),
    *("misplaced-key-rows", "missing-key-decision-column", "missing-key-rows", "missing-text-table"),
    *("no-effect-table", "uneven-row", "unfit-not"),
    # the whole rulebook
    *("conclusion-cycle", "conclusion-cycle-itself", "conclusion-cycle-yields"),
    *("unknown-rule", "duplicate-id", "duplicate-id-option", "duplicate-id-subject", "duplicate-id-value"),
    *(
        "kind-cycle",
        "missing-key-facts",
        "missing-key-rulebook",
        "contradiction-not",
        "wrong-type-value",
        "never-concluded",
        "only-if-cycle",
    ),
}
BEYOND_CASES = {
    *("contradiction", "contradiction-not", "contradiction-part", "outside-range-part"),
    *("not-applicable", "not-applicable-assumed", "several-cases"),
    *("wrong-type-digits", "wrong-type-dotted-thousands", "wrong-type-huge"),
    *("bad-text-open", "unknown-value-open", "unknown-value-open-label"),
    *("unknown-value-open-not", "unknown-value-open-part"),
}
"""Mistakes that take more than a schema to see."""
NEAR = {"misplaced-key", "misplaced-key-bound", "misplaced-key-open", "misplaced-key-used-for", "missing-key-group"}
"""Marked in the same part, on another line than whytune names."""

RULEBOOKS = [path for path in sorted((BROKEN / "rulebooks").glob("*.yaml")) if not NOT_YAML.fullmatch(path.stem)]
BROKEN_CASES = [path for path in sorted((BROKEN / "cases").glob("[!_]*.yaml")) if not NOT_YAML.fullmatch(path.stem)]


def named_lines(path: Path) -> set[int]:
    """The lines that whytune names when it refuses this file."""
    found = re.findall(rf"^{path.name}:(\d+)", path.with_suffix(".expected").read_text(), re.MULTILINE)
    return {int(line) for line in found}


def names_for(text: str) -> Rulebook:
    """A sound rulebook with the names of the one that this broken file was made from."""
    if "languages: [en, zh]" not in text:
        return SMALL
    mended = (BROKEN / "rulebooks" / "missing-text.yaml").read_text().replace("{en: Urgent}", "{en: Urgent, zh: 中文}")
    return loads({"mended.yaml": mended.encode()})


@tabled("made", [schema(), schema(SMALL), case_schema(), case_schema(SMALL)])
def test_a_schema_is_one_and_names_the_draft_that_editors_follow(made: dict[str, Any]) -> None:
    Draft7Validator.check_schema(made)
    assert made["$schema"] == Draft7Validator.META_SCHEMA["$schema"]
    assert set(references(made)) <= {f"#/definitions/{name}" for name in made["definitions"]}


def test_a_rulebook_without_conclusions_numbers_or_documents_has_a_schema_that_editors_take() -> None:
    bare = loads(
        {
            "bare.yaml": b"rulebook: {name: bare, version: 1, title: Bare, languages: [en]}\n"
            b"facts: [{fact: a, kind: yes_no, ask: a?, label: a}]\n"
        }
    )
    for made in (schema(bare), case_schema(bare)):
        assert '"enum": []' not in json.dumps(made), "VS Code refuses the whole schema"
    assert editor.refused_lines(schema(bare), "rules:\n  - id: x\n    conclude: y\n")
    assert editor.refused_lines(case_schema(bare), "given: {a: yes}\nexpect: {because: x}") == {2}


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for value in part.values():
            yield from references(value)
    elif isinstance(part, list):
        for item in part:
            yield from references(item)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] if name == "practice" else []) for name in SHIPPED]
)
def test_the_files_and_cases_of_a_shipped_rulebook_fit(name: str) -> None:
    rulebook = load(name)
    for make, paths in ((schema, rulebook_files(SHIPPED[name])), (case_schema, CASES[name])):
        assert len(paths) > 5
        for made, path in product((make(), make(rulebook), make(rulebook, "zh")), paths):
            assert editor.refused_lines(made, path.read_text()) == set(), path


@tries(30)
@given(documents())
def test_whatever_whytune_loads_fits_with_its_own_names_and_without(document: dict[str, Any]) -> None:
    for made in (NAMELESS, schema(written(document))):
        assert list(Draft7Validator(made).iter_errors(document)) == []


@tries(30)
@given(documents(), st.data())
def test_a_name_that_a_rulebook_does_not_declare_is_refused_with_its_names_only(
    document: dict[str, Any], data: st.DataObject
) -> None:
    made = schema(written(document))
    rule = data.draw(st.sampled_from(document["rules"]))
    maps = [rule[key] for key in ("if", "except_if", "propose", "rule_out") if isinstance(rule.get(key), dict)]
    maps += maps_of({key: rule.get(key) for key in ("any_of", "except_if") if isinstance(rule.get(key), list)})
    assume(maps)  # a rule of a table may test nothing itself
    written_there = data.draw(st.sampled_from(maps))
    name = data.draw(st.sampled_from(sorted(written_there)))
    if data.draw(st.booleans()):
        written_there["misspelt"] = written_there.pop(name)
    else:
        written_there[name] = "misspelt"
    assert Draft7Validator(NAMELESS).is_valid(document)
    assert not Draft7Validator(made).is_valid(document)


@pytest.mark.parametrize("stride", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_a_mistake_of_shape_or_name_is_marked_where_whytune_names_it(stride: int) -> None:
    for path in RULEBOOKS[::stride]:
        text = path.read_text()
        marked = editor.refused_lines(schema(names_for(text)), text)
        assert bool(marked) == (path.stem not in BEYOND), path
        assert not marked or path.stem in NEAR or marked & named_lines(path), path


def test_a_mistake_in_a_case_is_marked_where_whytune_names_it() -> None:
    for path in BROKEN_CASES:
        marked = editor.refused_lines(case_schema(SMALL), path.read_text())
        assert bool(marked) == (path.stem not in BEYOND_CASES), path
        assert not marked or marked & named_lines(path), path


def test_most_mistakes_are_marked_while_one_types() -> None:
    stems = {path.stem for path in RULEBOOKS}
    assert stems >= BEYOND | NEAR
    assert len(stems - BEYOND) > 60
    assert {path.stem for path in BROKEN_CASES} > BEYOND_CASES


def test_conditions_complete_every_subject_with_its_values_and_groups() -> None:
    conditions = schema(SMALL)["definitions"]["conditions"]["properties"]
    assert set(conditions) == set(SMALL.subjects)
    for name, subject in SMALL.subjects.items():
        one, several, *others = conditions[name]["anyOf"]
        assert one["enum"] == several["items"]["enum"] == list(subject.named)
        assert all_but(one) in others
    facts = schema(SMALL)["definitions"]["fact_conditions"]["properties"]
    assert set(facts) == set(SMALL.subjects) - {"in_danger", "approach"}


def test_only_an_invariant_may_speak_of_a_referral() -> None:
    definitions = schema(SMALL)["definitions"]
    assert definitions["effects"]["properties"]["approach"]["anyOf"][0]["enum"] == ["walk", "drive"]
    assert definitions["outcomes"]["properties"]["approach"]["anyOf"][0]["enum"] == ["walk", "drive", "refer"]


def test_names_are_explained_in_the_language_asked_for() -> None:
    guide = load("guide")
    for language, said in (("en", "fewer than 100"), ("zh", "少于100条")):
        volume = schema(guide, language)["definitions"]["conditions"]["properties"]["data_volume"]
        assert volume["anyOf"][0]["enumDescriptions"][0] == said


def test_a_case_completes_every_fact_that_it_may_give_with_its_values() -> None:
    facts = case_schema(SMALL)["definitions"]["facts"]["properties"]
    assert set(facts) == set(SMALL.vocabulary.by_name)
    assert facts["colour"]["anyOf"][0]["enum"] == ["red", "blue", "green", "cold", UNKNOWN]


EXPECTING = "given: {urgent: yes, needs: [water]}\nexpect:\n  %s\n"


@tabled(
    "expected",
    [
        *("approach: walk", "approach: refer", "approach: null", "status: open", "possible: [walk, drive]"),
        *("because: danger", "because: [danger, hurry]", "not_because: hurry", "ruled_out: walk", "because: "),
        *("possible: {approach: [walk, refer]}", "ruled_out: {approach: walk}", "status: {approach: open}"),
        *("approach: open", "because: [approach.if_none_stands]", "not_because: {approach: danger}"),
        *("flips: [{given: {urgent: no}, to: walk}]", "flips: {approach: [{given: {examples: 3}, to: open}]}"),
    ],
)
def test_a_case_may_expect_all_this(expected: str) -> None:
    assert editor.refused_lines(case_schema(SMALL), EXPECTING % expected) == set()


@tabled(
    "expected",
    [
        "approach: swim",
        "aproach: walk",
        "status: sure",
        "because: dangr",
        "possible: swim",
        "ruled_out: {approach: x}",
        "flips: []",
    ],
)
def test_a_misspelt_expectation_is_marked(expected: str) -> None:
    assert editor.refused_lines(case_schema(SMALL), EXPECTING % expected) == {3}


@pytest.mark.parametrize(
    "text",
    [
        "urgent: true\nneeds.water: no\nexamples: '12'\nweight: 0.5\n",
        "case: One\nas_of: 2026-01-31\ngiven: {urgent: unknown, examples: unknown, needs: water}\n",
        "cases:\n  - case: One\n    given: {urgent: yes}\n    expect: {approach: walk}\n  - given: {urgent: no}\n",
    ],
)
def test_a_case_may_be_written_in_all_these_ways(text: str) -> None:
    assert editor.refused_lines(case_schema(SMALL), text) == set()


def test_a_table_of_cases_is_looked_into() -> None:
    text = "cases:\n  - given:\n      urgnt: yes\n  - expect:\n      approach: swim\n"
    assert editor.refused_lines(case_schema(SMALL), text) == {3, 5}


def test_every_key_of_every_part_is_described_and_nothing_else() -> None:
    tops: list[type[Written]] = [Identity, *(kind.model for kind in PART_KINDS)]
    names = {name for top in tops for name in (top.__name__, *top.model_json_schema().get("$defs", ()))}
    models = {model for model in Written.__subclasses__() if model.__name__ in names}
    assert len(models) > 12
    for model in models:
        keys = {field.alias or name for name, field in model.model_fields.items()}
        assert keys == set(KEYS.get(model, ())), f"describe the keys of {model.__name__} in schema/descriptions.py"
    assert models == set(KEYS)
    assert set(TOP) == set(TOP_KEYS), "describe it in schema/descriptions.py"


def test_an_editor_shows_a_sentence_beside_every_key() -> None:
    for made in (NAMELESS, schema(SMALL)):
        for part in (made, *(made["definitions"][model.__name__] for model in KEYS)):
            assert all(shape["description"].endswith(".") for shape in part["properties"].values())


@pytest.mark.slow
def test_a_text_may_hold_just_the_letters_that_whytune_reads() -> None:
    line = forms(())["line"]["pattern"]
    joining = {0x200C, 0x200D, 0xFE0E, 0xFE0F}  # refused here, but not everywhere
    for code in {*range(0xD800), *range(0xE000, 0x10000), 0x1F600} - joining:
        text = f"a{chr(code)}b"
        assert bool(re.search(line, text)) == (unfit(text) is None), hex(code)
    assert not re.search(line, " \n ")


@pytest.mark.parametrize("name", SHIPPED)
def test_the_schemas_beside_a_shipped_rulebook_are_fresh(name: str, record: bool) -> None:
    folder = SHIPPED[name] / FOLDER
    for file, text in schema_files(load(name)).items():
        if record:
            (folder / file).write_text(text)
        assert (folder / file).read_text() == text, f"whytune schema --rulebook rules/{name} --write"
    assert {path.name for path in folder.iterdir()} == set(schema_files(SMALL))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_file_of_a_shipped_rulebook_leads_an_editor_to_its_schema(name: str) -> None:
    for path in (*rulebook_files(SHIPPED[name]), *CASES[name]):
        first = path.read_text().partition("\n")[0] + "\n"
        assert first == (CASE_MODELINE if path in CASES[name] else RULEBOOK_MODELINE), path
        led = path.parent / first.strip().partition("$schema=")[2]
        assert led.resolve().parent == SHIPPED[name] / FOLDER
        assert led.exists()
