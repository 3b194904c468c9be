"""What other programs make of an exported model: FEEL of feelin, the schema of DMN, and the pictures of dmn-js.

They are packages of npm: `npm ci --prefix tests/node`; without them these tests are skipped and say so.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from whytune.engine import Rulebook, load
from whytune.engine.meaning.diagram import DecisionDiagram
from whytune.exchange.crossing import Outgoing
from whytune.exchange.dmn import write
from whytune.exchange.dmn.growing_model import feel_name

from . import generated
from .laws import tries
from .stage import CHROMIUM
from .test_model_export import advised, as_feel, model_of, tables, tasks

NODE = Path(__file__).parent / "node"
MODULES = NODE / "node_modules"
SCHEMA = MODULES / "dmn-moddle" / "resources" / "dmn" / "xsd" / "DMN13.xsd"
VIEWER = MODULES / "dmn-js" / "dist"
STYLES = ("diagram-js.css", "dmn-js-shared.css", "dmn-js-drd.css", "dmn-js-decision-table.css", "dmn-font/css/dmn.css")

SHIPPED = [(name, as_rules) for name in ("guide", "practice") for as_rules in (False, True)]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("node") is None or not MODULES.is_dir(), reason="needs node: npm ci --prefix tests/node"
    ),
]


@pytest.fixture(scope="module")
def models() -> dict[tuple[str, bool], bytes]:
    """The models of the shipped rulebooks, of disjoint rows and of rules."""
    return {(name, as_rules): model_of(name, as_rules).files[""] for name, as_rules in SHIPPED}


@pytest.fixture(scope="module")
def schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(SCHEMA))


def evaluated(rulebook: Rulebook, model: bytes, cases: list[dict[str, str | Decimal]]) -> dict[str, Any]:
    """What dmn-moddle and feelin make of a model in these cases."""
    kinds = {fact.fact: fact.kind for fact in rulebook.vocabulary.facts}
    asked = [{feel_name(name): _plain(as_feel(value, kinds[name])) for name, value in case.items()} for case in cases]
    node = subprocess.run(
        ["node", "evaluate.mjs"],
        cwd=NODE,
        input=json.dumps({"model": model.decode(), "cases": asked}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert node.returncode == 0, node.stderr
    answers: dict[str, Any] = json.loads(node.stdout)
    return answers


def _plain(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value


def agrees(rulebook: Rulebook, model: bytes, most: int, seed: int = 0) -> None:
    """In each of some random cases every table has the hits that its policy allows, and comes to the advice."""
    cases = list(tasks(rulebook, most, seed))
    evaluation, diagram = evaluated(rulebook, model, cases), DecisionDiagram(rulebook)
    assert evaluation["warnings"] == []
    unique = {name for name, table in tables(model).items() if table.hit_policy == "UNIQUE"}
    with_default = {name for name, table in tables(model).items() if table.outputs[0].default}
    for case, answer in zip(cases, evaluation["answers"], strict=True):
        expected = advised(diagram, case)
        assert {name: answer["results"][name] for name in expected} == expected, case
        assert all(answer["hits"][name] == 1 for name in unique - with_default), case


@pytest.mark.parametrize(("name", "as_rules"), SHIPPED)
def test_another_engine_comes_to_the_advice_of_a_shipped_rulebook(
    name: str, as_rules: bool, models: dict[tuple[str, bool], bytes]
) -> None:
    agrees(load(name), models[name, as_rules], 1_000)


@tries(40)
@given(generated.documents(), st.booleans(), st.integers(0, 100))
def test_another_engine_comes_to_the_advice_of_any_rulebook(
    document: dict[str, Any], as_rules: bool, seed: int
) -> None:
    rulebook = generated.written(document)
    files = {"rulebook.yaml": json.dumps(document).encode()}
    agrees(rulebook, write(Outgoing(rulebook, files, "en", as_rules=as_rules)).files[""], 1_000, seed)


@pytest.mark.parametrize(("name", "as_rules"), SHIPPED)
def test_the_schema_of_dmn_accepts_a_shipped_rulebook(
    name: str, as_rules: bool, models: dict[tuple[str, bool], bytes], schema: xmlschema.XMLSchema
) -> None:
    assert [str(error) for error in schema.iter_errors(as_text(models[name, as_rules]))] == []


@tries(60)
@given(document=generated.documents(), as_rules=st.booleans())
def test_the_schema_of_dmn_accepts_any_rulebook(
    document: dict[str, Any], as_rules: bool, schema: xmlschema.XMLSchema
) -> None:
    rulebook = generated.written(document)
    files = {"rulebook.yaml": json.dumps(document).encode()}
    made = write(Outgoing(rulebook, files, "en", as_rules=as_rules)).files[""]
    assert [str(error) for error in schema.iter_errors(as_text(made))] == []
    spoilt = as_text(made).replace("<inputData", "<inputDatum").replace("</inputData", "</inputDatum")
    assert "<inputDatum" not in spoilt or not schema.is_valid(spoilt)


def as_text(model: bytes) -> str:
    """The XML without its declaration, which names an encoding that a text no longer has."""
    return model.decode().partition("?>")[2]


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    """A page of Chromium with dmn-js."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1600, "height": 1000})
        page.set_content('<div id="model" style="height: 980px"></div>')
        for style in STYLES:
            page.add_style_tag(path=VIEWER / "assets" / style)
        page.add_script_tag(path=VIEWER / "dmn-navigated-viewer.production.min.js")
        yield page
        browser.close()


SHOWN = """async (model) => {
  document.getElementById('model').innerHTML = '';
  window.viewer = new DmnJS({ container: '#model' });
  const { warnings } = await viewer.importXML(model);
  viewer.getActiveViewer().get('canvas').zoom('fit-viewport');
  const rows = {};
  const pictured = document.querySelectorAll('#model .djs-shape').length;
  for (const view of viewer.getViews().filter((view) => view.type === 'decisionTable')) {
    await viewer.open(view);
    rows[view.element.name] = document.querySelectorAll('#model tbody tr').length;
  }
  await viewer.open(viewer.getViews()[0]);
  return { warnings: warnings.map(String), rows, pictured };
}"""


@pytest.mark.parametrize(("name", "as_rules"), SHIPPED)
def test_dmn_js_shows_the_picture_and_every_row(
    name: str, as_rules: bool, models: dict[tuple[str, bool], bytes], page: Any
) -> None:
    model = models[name, as_rules]
    shown = page.evaluate(SHOWN, model.decode())
    assert shown["warnings"] == []
    assert shown["rows"] == {name: len(table.rows) for name, table in tables(model).items()}
    assert shown["pictured"] == model.count(b"<inputData ") + model.count(b"<decision ")
