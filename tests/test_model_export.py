"""A rulebook becomes a decision model in which one row holds in every case, and comes back from it as it was."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whytune.engine import Rulebook, WhytuneError, load
from whytune.engine.language.loading import files_of, loads
from whytune.engine.meaning.diagram import DecisionDiagram
from whytune.exchange.crossing import Exported, Imported, Incoming, Outgoing
from whytune.exchange.dmn import disjoint_rows, read, write
from whytune.exchange.dmn.exporting import feel_name
from whytune.exchange.dmn.feel import NULL, FeelValue, read_tests, read_value
from whytune.exchange.dmn.model import DecisionTable, Model, read_model
from whytune.exchange.file_kinds import exported, imported
from whytune.exchange.folder import crossing_files

from . import generated
from .laws import tries
from .machine import MACHINE

LOAN = Path(__file__).parent.parent / "docs" / "examples" / "loan.dmn"


@pytest.fixture(scope="module")
def guide() -> bytes:
    return model_of("guide").files[""]


def model_of(name: str | Path) -> Exported:
    rulebook = load(name)
    return exported("a.dmn", Outgoing(rulebook, crossing_files(str(name)), rulebook.languages[0]))


def back(data: bytes) -> Imported:
    return read(Incoming({"": data}, "trial.dmn", "en"))


def book(made: Imported) -> Rulebook:
    return loads({name: text.encode() for name, text in made.files.items()})


def hits(model: Model, facts: Mapping[str, FeelValue]) -> dict[str, list[FeelValue]]:
    """What the rows come to that hold, by decision: those that it rests on first."""
    results: dict[str, list[FeelValue]] = {}

    def value(name: str) -> FeelValue:
        if name not in model.decisions:
            return facts.get(name, NULL)
        decide(name)
        return results[name][0] if len(results[name]) == 1 else NULL

    def decide(name: str) -> None:
        table = model.decisions[name].logic
        assert isinstance(table, DecisionTable)
        if name not in results:
            given = [value(clause.expression.text) for clause in table.inputs]
            results[name] = [
                read_value(row.results[0].text)
                for row in table.rows
                if all(read_tests(entry.text).holds(one) for entry, one in zip(row.asks, given, strict=True))
            ]

    for name in model.decisions:
        decide(name)
    return results


def as_feel(value: str | Decimal, kind: str) -> FeelValue:
    return value == "yes" if kind == "yes_no" else value


def tasks(rulebook: Rulebook, most: int, seed: int = 0) -> Iterator[dict[str, str | Decimal]]:
    """Some cases in which every fact that applies is given."""
    chance = random.Random(seed)
    domains = rulebook.vocabulary.domains
    for _ in range(most):
        cells = {name: chance.randrange(len(domain.cells)) for name, domain in domains.items()}
        yield generated.applicable(rulebook.vocabulary, cells)


def advised(diagram: DecisionDiagram, case: Mapping[str, str | Decimal]) -> dict[str, list[FeelValue]]:
    cells = {name: diagram.domains[name].cell_of(value) for name, value in case.items()}
    return {feel_name(name): [advice.given(cells).value] for name, advice in diagram.advice.items()}


def agree(rulebook: Rulebook, data: bytes, most: int) -> None:
    """In each of some cases exactly one row of each table holds, and says what the rulebook advises."""
    model, diagram = read_model(data, "trial.dmn"), DecisionDiagram(rulebook)
    kinds = {fact.fact: fact.kind for fact in rulebook.vocabulary.facts}
    for case in tasks(rulebook, most):
        facts = {feel_name(name): as_feel(value, kinds[name]) for name, value in case.items()}
        assert hits(model, facts) == advised(diagram, case), case


def test_one_row_holds_in_every_case_of_the_guide_and_says_the_advice(guide: bytes) -> None:
    agree(load("guide"), guide, 200)


@tries(60)
@given(generated.documents())
def test_one_row_holds_in_every_case_of_any_rulebook_and_says_the_advice(document: dict[str, Any]) -> None:
    rulebook = generated.written(document)
    files = {"rulebook.yaml": json.dumps(document).encode()}
    made = write(Outgoing(rulebook, files, "en"))
    agree(rulebook, made.files[""], 6)
    assert book(back(made.files[""])).digest == rulebook.digest


@pytest.mark.parametrize("name", ["guide", "practice"])
def test_a_shipped_rulebook_comes_back_letter_for_letter(name: str) -> None:
    made = back(model_of(name).files[""])
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


def test_a_decision_that_would_be_too_large_stands_without_its_logic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disjoint_rows, "MAX_TABLE", 3)
    made = model_of("guide")
    assert str(made.remarks[0]) == (
        "`approach` would be a table of 28 rows, more than 3: it stands in the model without its logic"
    )
    assert read_model(made.files[""], "guide.dmn").decisions["approach"].logic is None
    assert book(back(made.files[""])).digest == load("guide").digest


def test_what_dmn_cannot_say_is_remarked() -> None:
    remarks = "\n".join(map(str, model_of("practice").remarks))
    for words in ("answers null: give every fact", "nothing is assumed in DMN", "DMN has no cautions", "as of the day"):
        assert words in remarks
    assert "cases, prices and translations are not in the model" in remarks
    assert "good_examples <= examples" in "\n".join(map(str, model_of("guide").remarks))


def test_what_stands_beside_a_rulebook_is_remarked_only_where_something_does() -> None:
    guide = Outgoing(load("guide"), files_of("guide"), "en")
    lost = "cases, prices and translations are not in the model"
    assert lost not in write(guide).remarks
    assert lost in write(guide._replace(files={**guide.files, "prices.yaml": b"currency: EUR\n"})).remarks


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


FEELIN = """
import {readFileSync} from 'fs';
import {unaryTest} from 'feelin';
const tables = JSON.parse(readFileSync(0));
console.log(JSON.stringify(tables.map(([text, value]) => {
  const answer = unaryTest(text, {'?': value});
  return (answer && typeof answer === 'object' && 'value' in answer ? answer.value : answer) === true;
})));
"""


@pytest.mark.slow
def test_another_reader_of_feel_agrees_entry_by_entry(tmp_path: Path, guide: bytes) -> None:
    modules = MACHINE.get("NODE_PATH", "")
    if shutil.which("node") is None or not Path(modules, "feelin").is_dir():
        pytest.skip("no node with feelin: npm install feelin, and name the folder node_modules in NODE_PATH")
    (tmp_path / "node_modules").symlink_to(modules)
    (tmp_path / "ask.mjs").write_text(FEELIN)
    questions: list[tuple[str, Any]] = []
    answers: list[bool] = []
    rulebook = load("guide")
    kinds = {fact.fact: fact.kind for fact in rulebook.vocabulary.facts}
    table = read_model(guide, "guide.dmn").decisions["approach"].logic
    assert isinstance(table, DecisionTable)
    for case in tasks(rulebook, 1_000):
        for index, clause in enumerate(table.inputs):
            name = clause.expression.text
            if name in case:
                value = as_feel(case[name], kinds[name])
                plain = float(value) if isinstance(value, Decimal) else value
                texts = [row.asks[index].text for row in table.rows if row.asks[index].text != "-"]
                questions += [(text, plain) for text in texts]
                answers += [read_tests(text).holds(value) for text in texts]
    node = subprocess.run(
        ["node", "ask.mjs"], cwd=tmp_path, input=json.dumps(questions), capture_output=True, text=True, check=True
    )
    assert len(answers) > 10_000
    assert json.loads(node.stdout) == answers


@tries(20)
@given(seed=st.integers(0, 10_000))
def test_a_spoilt_export_is_read_or_refused(guide: bytes, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(guide)
    for _ in range(3):
        start = chance.randrange(len(data))
        data[start : start + chance.choice([0, 1, 40])] = chance.choice([b"", b"<", b'"', b"null", b"9" * 30])
    with suppress(WhytuneError):
        assert back(bytes(data)).files
