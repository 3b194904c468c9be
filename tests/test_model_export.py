"""A rulebook becomes a decision model in which one row holds in every case, and comes back from it as it was."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whytune.engine import Rulebook, load
from whytune.engine.language.loading import files_of, loads
from whytune.engine.meaning.diagram import DecisionDiagram
from whytune.exchange.crossing import Exported, Imported, Incoming, Outgoing
from whytune.exchange.dmn import disjoint_rows, read, rules_as_rows, write
from whytune.exchange.dmn.feel import NULL, FeelValue, read_tests, read_value, read_values
from whytune.exchange.dmn.growing_model import feel_name
from whytune.exchange.dmn.model import DecisionTable, Model, ModelRow, read_model
from whytune.exchange.file_kinds import exported, imported
from whytune.exchange.folder import crossing_files

from . import generated
from .decision_models import OF_MODELS, problems_in
from .laws import tries

ROOT = Path(__file__).parent.parent
LOAN = ROOT / "docs" / "examples" / "loan.dmn"


@pytest.fixture(scope="module")
def guide() -> bytes:
    return model_of("guide").files[""]


@pytest.fixture(scope="module")
def practice() -> Exported:
    return model_of("practice")


@pytest.fixture(scope="module")
def practice_rules() -> bytes:
    return model_of("practice", as_rules=True).files[""]


def model_of(name: str | Path, as_rules: bool = False) -> Exported:
    rulebook = load(name)
    files = crossing_files(str(name))
    return exported("a.dmn", Outgoing(rulebook, files, rulebook.languages[0], as_rules=as_rules))


def back(data: bytes) -> Imported:
    return read(Incoming({"": data}, "trial.dmn", "en"))


def book(made: Imported) -> Rulebook:
    return loads({name: text.encode() for name, text in made.files.items()})


def results(model: Model, facts: Mapping[str, FeelValue]) -> dict[str, FeelValue]:
    """What comes out of each decision, those that it rests on first; null where no row holds, nor a default is."""
    came_out: dict[str, FeelValue] = {}

    def value(name: str) -> FeelValue:
        if name not in model.decisions:
            return facts.get(name, NULL)
        if name not in came_out:
            table = model.decisions[name].logic
            assert isinstance(table, DecisionTable)
            given = [value(clause.expression.text) for clause in table.inputs]
            came_out[name] = outcome(table, [row for row in table.rows if fits(row, given)])
        return came_out[name]

    return {name: value(name) for name in model.decisions}


def fits(row: ModelRow, given: list[FeelValue]) -> bool:
    return all(asked(entry.text).holds(one) for entry, one in zip(row.asks, given, strict=True))


asked = cache(read_tests)


def outcome(table: DecisionTable, rows: list[ModelRow]) -> FeelValue:
    """What DMN says comes out where these rows hold; they must be such as the hit policy allows."""
    values = [read_value(row.results[0].text) for row in rows]
    (output,) = table.outputs
    if not values:
        return NULL if output.default is None else read_value(output.default.text)
    match table.hit_policy:
        case "UNIQUE":
            assert len(rows) == 1
        case "ANY":
            assert len({*values}) == 1
        case "PRIORITY":
            return min(values, key=read_values(output.allowed).index)
        case other:
            assert other == "FIRST"
    return values[0]


def as_feel(value: str | Decimal, kind: str) -> FeelValue:
    return value == "yes" if kind == "yes_no" else value


def tasks(rulebook: Rulebook, most: int, seed: int = 0) -> Iterator[dict[str, str | Decimal]]:
    """Some cases in which every fact that applies is given."""
    chance = random.Random(seed)
    domains = rulebook.vocabulary.domains
    for _ in range(most):
        cells = {name: chance.randrange(len(domain.cells)) for name, domain in domains.items()}
        yield generated.applicable(rulebook.vocabulary, cells)


def advised(diagram: DecisionDiagram, case: Mapping[str, str | Decimal]) -> dict[str, FeelValue]:
    cells = {name: diagram.domains[name].cell_of(value) for name, value in case.items()}
    return {feel_name(name): advice.given(cells).value for name, advice in diagram.advice.items()}


def agree(rulebook: Rulebook, data: bytes, most: int) -> None:
    """In each of some cases the tables come to what the rulebook advises."""
    model, diagram = read_model(data, "trial.dmn"), DecisionDiagram(rulebook)
    kinds = {fact.fact: fact.kind for fact in rulebook.vocabulary.facts}
    for case in tasks(rulebook, most):
        facts = {feel_name(name): as_feel(value, kinds[name]) for name, value in case.items()}
        expected = advised(diagram, case)
        came_out = results(model, facts)
        assert {name: came_out[name] for name in expected} == expected, case


def tables(data: bytes) -> dict[str, DecisionTable]:
    """The tables of a model by the names of their decisions, of which none is without logic."""
    by_name = {name: part.logic for name, part in read_model(data, "trial.dmn").decisions.items()}
    return {name: table for name, table in by_name.items() if isinstance(table, DecisionTable)}


def test_one_row_holds_in_every_case_of_the_guide_and_says_the_advice(guide: bytes) -> None:
    (table,) = tables(guide).values()
    assert table.hit_policy == "UNIQUE"
    assert table.outputs[0].default is None
    agree(load("guide"), guide, 200)


@tries(40)
@given(generated.documents(), st.booleans())
def test_the_tables_of_any_rulebook_come_to_its_advice(document: dict[str, Any], as_rules: bool) -> None:
    rulebook = generated.written(document)
    files = {"rulebook.yaml": json.dumps(document).encode()}
    made = write(Outgoing(rulebook, files, "en", as_rules=as_rules))
    agree(rulebook, made.files[""], 6)
    ids = re.findall(rb' id="([^"]*)"', made.files[""])
    assert len({*ids}) == len(ids)
    assert book(back(made.files[""])).digest == rulebook.digest


@pytest.mark.slow
def test_rules_as_they_stand_come_to_the_advice_under_their_hit_policies(practice_rules: bytes) -> None:
    guide = model_of("guide", as_rules=True)
    assert {name: table.hit_policy for name, table in tables(guide.files[""]).items()} == {
        "approach_not_fine_tune": "ANY",
        "approach": "PRIORITY",
    }
    assert len(tables(guide.files[""])["approach"].rows) < 20
    agree(load("guide"), guide.files[""], 100)
    agree(load("practice"), practice_rules, 25)
    practice = tables(practice_rules)
    assert {table.hit_policy for table in practice.values()} >= {"FIRST", "ANY", "PRIORITY"}


@pytest.mark.slow
def test_every_decision_of_a_shipped_rulebook_has_its_logic(guide: bytes, practice: Exported) -> None:
    assert [*tables(guide)] == ["approach"]
    practice_tables = tables(practice.files[""])
    assert {*practice_tables} == {*load("practice").decision, "adaptation_not_fine_tune"}
    remark = re.fullmatch(r"`adaptation` would be a table of ([\d,]+) rows, (.*)", str(practice.remarks[0]))
    assert remark
    assert remark[2] == "more than 1,000: its rules stand in the model instead, under a hit policy"
    rules = sum(len(table.rows) for name, table in practice_tables.items() if name.startswith("adaptation"))
    others = sum(len(table.rows) for table in practice_tables.values()) - rules
    page = (ROOT / "docs" / "exchange.md").read_text(encoding="utf-8")
    assert f"({remark[1]} rows, or {rules} as rules)" in page
    assert f"| {others}, and {rules} of rules for `adaptation` |" in page
    assert {name: table.hit_policy for name, table in practice_tables.items() if table.hit_policy != "UNIQUE"} == {
        "adaptation_not_fine_tune": "ANY",
        "adaptation": "PRIORITY",
    }
    agree(load("practice"), practice.files[""], 25)


@pytest.mark.parametrize("name", ["guide", pytest.param("practice", marks=pytest.mark.slow)])
def test_a_shipped_rulebook_comes_back_letter_for_letter(name: str, guide: bytes, practice: Exported) -> None:
    made = back({"guide": guide, "practice": practice.files[""]}[name])
    assert {file: text.encode() for file, text in made.files.items()} == files_of(name)
    assert book(made).digest == load(name).digest


def test_a_model_that_was_changed_since_is_taken_at_its_tables(guide: bytes) -> None:
    changed = guide.replace(b"<text>&lt; 100</text>", b"<text>&lt; 90</text>").replace(b"[100..", b"[90..")
    assert changed != guide
    made = back(changed)
    assert [str(remark) for remark in made.remarks] == [
        "the model was changed since whytune wrote it: its tables are taken over"
    ]
    assert "because" in made.files["tables.yaml"]
    unlikely = ("prompt_enough", "external_knowledge", "latest_knowledge", "general_chat", "fast_iteration")
    known: dict[str, str | Decimal] = dict.fromkeys((*unlikely, "private_data"), "no")
    known |= {"need": "domain_terms", "good_examples": Decimal(95), "examples": Decimal(95)}
    diagram = DecisionDiagram(book(made))
    cells = {name: diagram.domains[name].cell_of(value) for name, value in known.items()}
    before = DecisionDiagram(load("guide"))
    old = {name: before.domains[name].cell_of(value) for name, value in known.items()}
    assert diagram.advice["approach"].given(cells).values() == {"lora"}
    assert before.advice["approach"].given(old).values() == {"prompt"}


def test_white_space_and_the_picture_are_no_change(guide: bytes) -> None:
    moved = guide.replace(b'x="40"', b'x="41"').replace(b"\n  <decision ", b"\n\n\n  <decision ")
    assert moved != guide
    assert not back(moved).remarks


def test_a_kept_file_with_a_name_that_leads_elsewhere_is_not_taken(guide: bytes) -> None:
    for name in (b"../facts.yaml", b"/tmp/facts.yaml", b"facts.sh", b".facts.yaml"):
        made = back(guide.replace(b'file name="facts.yaml"', b'file name="' + name + b'"'))
        assert set(made.files) == {"rulebook.yaml", "facts.yaml", "decisions.yaml", "tables.yaml"}
        assert "framework.yaml" not in made.files


ALIKE = """
rulebook: {name: alike, version: 1.0.0, title: Names, languages: [en]}
documents: [{document: us, title: Us}]
facts:
  - {fact: goals, kind: choices, values: [speed, cost], label: Goals, ask: "Which?", labels: {speed: Speed, cost: Cost}}
  - {fact: goals_speed, kind: yes_no, label: Measured, ask: "Is it measured?"}
decisions:
  - decision: way
    ask: "Which way?"
    options: [{option: fast, label: Fast}, {option: cheap, label: Cheap}]
    if_none_stands: {advise: cheap, because: It costs least., source: {document: us, place: here}}
    if_several_stand: {prefer: [fast, cheap], because: Speed counts., source: {document: us, place: here}}
rules:
  - id: fast_if_measured
    title: Fast
    if: {goals.speed: "yes", goals_speed: "yes"}
    propose: {way: fast}
    because: It is a goal, and measured.
    source: {document: us, place: here}
"""


@pytest.mark.parametrize("as_rules", [False, True])
def test_names_that_differ_by_a_point_alone_are_told_apart(as_rules: bool) -> None:
    files = {"rulebook.yaml": ALIKE.encode()}
    model = read_model(write(Outgoing(loads(files), files, "en", as_rules=as_rules)).files[""], "alike.dmn")
    first, second = model.inputs
    for speed, measured in product([True, False], repeat=2):
        came_out = results(model, {first: speed, second: measured})
        assert came_out == {"way": "fast" if speed and measured else "cheap"}


def test_a_decision_that_would_be_too_large_stands_without_its_logic(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (disjoint_rows, rules_as_rows):
        monkeypatch.setattr(module, "MAX_TABLE", 3)
    made = model_of("guide")
    assert [str(remark) for remark in made.remarks[:2]] == [
        "`approach` would be a table of 28 rows, more than 3: its rules stand in the model instead, under a hit policy",
        "`approach` would be a table of 15 rows, more than 3: it stands in the model without its logic",
    ]
    assert read_model(made.files[""], "guide.dmn").decisions["approach"].logic is None
    assert book(back(made.files[""])).digest == load("guide").digest


def test_what_dmn_cannot_say_is_remarked(practice: Exported) -> None:
    remarks = "\n".join(map(str, practice.remarks))
    for words in (
        "answers null: give every fact",
        "nothing is assumed in DMN",
        "DMN has no cautions",
        "the rules of every day",
    ):
        assert words in remarks
    assert "cases, prices and translations are not in the model" in remarks
    book, day = ROOT / "tests" / "checks" / "coming-change.yaml", date(2026, 12, 1)
    dated = exported("a.dmn", Outgoing(load(book), crossing_files(book), "en", day))
    assert "the model has the rules of 2026-12-01" in map(str, dated.remarks)
    assert "good_examples <= examples" in "\n".join(map(str, model_of("guide").remarks))


def test_what_stands_beside_a_rulebook_is_remarked_only_where_something_does() -> None:
    guide = Outgoing(load("guide"), files_of("guide"), "en")
    lost = "cases, prices and translations are not in the model"
    assert lost not in write(guide).remarks
    assert lost in write(guide._replace(files={**guide.files, "prices.yaml": b"currency: EUR\n"})).remarks


def test_a_kept_file_that_was_changed_does_not_count(guide: bytes) -> None:
    for old, new in (
        (b"The guide", b"A guide"),
        (b"kind: yes_no", b"kind: : :"),
        (b"<whytune:file name=", b"<whytune:file n="),
    ):
        changed = guide.replace(old, new)
        assert changed != guide
        assert "the model was changed since" in str(back(changed).remarks[0])


def test_an_imported_model_can_be_exported_again(tmp_path: Path) -> None:
    for name, text in imported(LOAN).files.items():
        (tmp_path / name).write_text(text)
    rulebook = load(tmp_path)
    data = model_of(tmp_path).files[""]
    agree(rulebook, data, 60)
    assert book(back(data)).digest == rulebook.digest


def test_the_picture_has_a_box_for_each_part_and_a_line_for_each_requirement(guide: bytes) -> None:
    root = read_model(guide, "guide.dmn").root
    diagram = next(child for child in root.children if child.name == "DMNDI").children[0]
    parts = {child.get("id") for child in root.children if child.name in ("inputData", "decision")}
    needs = {
        one.get("id")
        for child in root.all("decision")
        for one in child.children
        if one.name == "informationRequirement"
    }
    drawn: dict[str, set[str]] = {"DMNShape": set(), "DMNEdge": set()}
    for one in diagram.children:
        drawn[one.name].add(one.get("dmnElementRef"))
    assert drawn == {"DMNShape": parts, "DMNEdge": needs}
    assert len(needs) == 10


@tries(20)
@given(seed=st.integers(0, 10_000))
def test_a_spoilt_export_is_read_or_refused(guide: bytes, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(guide)
    for _ in range(3):
        start = chance.randrange(len(data))
        data[start : start + chance.choice([0, 1, 40])] = chance.choice([b"", b"<", b'"', b"null", b"9" * 30])
    assert problems_in(Incoming({"": bytes(data)}, "trial.dmn", "en")) <= OF_MODELS
