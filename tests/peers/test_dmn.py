"""Decision models that nobody of this project wrote: the TCK's results come out, and KIE's findings are found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest

from whytune.engine import Rulebook, WhytuneError
from whytune.engine.language.case import fitting
from whytune.engine.language.intervals import Interval
from whytune.engine.language.loading import loads
from whytune.engine.language.vocabulary import Domain, Fact
from whytune.engine.meaning.diagram import DecisionDiagram
from whytune.engine.meaning.semantics import meaning
from whytune.engine.review.checks import examine
from whytune.engine.review.examination import Examination
from whytune.exchange.dmn.domains import EPOCH
from whytune.exchange.dmn.feel import FeelValue, read_tests
from whytune.exchange.dmn.model import DecisionTable, read_model
from whytune.exchange.file_kinds import imported

from ..looks import tabled
from . import PEERS, published

TCK = published("dmn-tck/*.dmn")
KIE = published("kie/*.dmn")
EXPECTED = json.loads((PEERS / "kie" / "expected.json").read_text())
NO_TABLE = {"AgeKittenItemDef", "tVowelDefinition"}
"""Models that hold types alone."""

REFUSED = {
    "0004-lending": ['decision "Pre-bureauAffordability"', 'table "ApplicationRiskScore"'],
    "0017-tableTests": ['table "priceInRange", row 1, "structA.price"', 'table "dateCompare2", row 2, "dateD"'],
    "0020-vacation-days": ['decision "Total Vacation Days"'],
    "0036-dt-variable-input": ['table "Compare Number", row 2, "Another number"'],
    "0040-singlenestedcontext": ['decision "Boxed Context"'],
    "0088-no-decision-logic": ['decision "Graduation result"'],
    "0109-ruleOrder-hitpolicy": ['table "Approval": hit policy RULE ORDER'],
    "0110-outputOrder-hitpolicy": ['table "Approval Status": hit policy OUTPUT ORDER'],
    "0115-sum-collect-hitpolicy": ['table "Salary": hit policy COLLECT SUM'],
    "DT1stNFViolation": ['table "hitpolicy R": hit policy RULE ORDER'],
    "DT1stNFViolationCollect": ['table "Determine loan SLAs"'],
    "FailingOutputConstraints": ['table "risk category", row 1, "risk category": `lowa` is not among the allowed'],
    "SymbolInDT": ['table "Decision-1", row 1, "x": `>=my threshold` compares with another input'],
    "complexDTdates": ['table "my decision", row 2, "my date"'],
    "dtInBKM": ['table "Result", row 2, "Result": its result `-1 * input` is computed'],
    "notnulltest": ['table "hassomerule", row 2, "somedatetime"'],
    "posDoubleNegHalf": ['table "posDoubleNegHalf", row 1'],
    "problemLtGtNumber": ['table "out1", row 2, "in1": `<> 47` is not a test of FEEL'],
    "weirdYMduration": ['table "my decision", row 1, "my duration"'],
}
"""Models that say what a rulebook cannot, and where."""

OF_RESULTS = {"FailingOutputConstraints"}
"""Of these, results alone are refused: their conditions are whole."""

TABLELESS = {path for path in REFUSED if path.startswith(("0040", "0109", "0110", "0115"))} | {
    "DT1stNFViolationCollect",
    "dtInBKM",
    "posDoubleNegHalf",
}
"""Of these no table is left."""

SPACE = {"t": "http://www.omg.org/spec/DMN/20160719/testcase"}


@cache
def book(path: Path) -> Rulebook:
    files = imported(path, partial=path.stem in REFUSED).files
    return loads({name: text.encode() for name, text in files.items()})


def stems(paths: list[Path]) -> list[Any]:
    return [pytest.param(path, id=path.stem) for path in paths]


@pytest.mark.parametrize("path", stems([*TCK, *KIE]))
def test_a_model_is_taken_over_whole_or_refused_at_each_of_its_places(path: Path) -> None:
    if path.stem in NO_TABLE:
        with pytest.raises(WhytuneError, match="no decision table"):
            imported(path)
    elif path.stem not in REFUSED:
        assert book(path).rules
    else:
        with pytest.raises(WhytuneError) as caught:
            imported(path)
        assert {problem.code for problem in caught.value.problems} == {"unsayable"}
        for words in REFUSED[path.stem]:
            assert words in str(caught.value)


class Trial(NamedTuple):
    """The inputs of a test of the TCK by their paths, and the results that it expects of decisions."""

    given: Mapping[str, str]
    expected: Mapping[str, str]


def flat(node: ElementTree.Element, path: str) -> Iterator[tuple[str, str]]:
    """The values in a node, each by the path that leads to it."""
    for child in node:
        tag = child.tag.rpartition("}")[2]
        if tag == "component":
            yield from flat(child, f"{path}.{child.get('name')}")
        elif tag in ("expected", "computed"):
            yield from flat(child, path)
        elif tag == "value":
            yield path, (child.text or "").strip()


def cases(path: Path) -> Iterator[Trial]:
    root = ElementTree.parse(path.with_name(f"{path.stem}-test-01.xml")).getroot()
    for case in root.iterfind(".//t:testCase", SPACE):
        given, expected = (
            {
                name: value
                for node in case.iterfind(f"t:{kind}", SPACE)
                for name, value in flat(node, node.get("name", ""))
            }
            for kind in ("inputNode", "resultNode")
        )
        yield Trial(given, expected)


def in_words(fact: Fact, text: str) -> str | Decimal | None:
    """A value of the TCK as the fact has it."""
    if fact.kind == "yes_no":
        return {"true": "yes", "false": "no"}.get(text)
    if fact.is_number:
        day = re.fullmatch(r"\d{4}-\d\d-\d\d", text)
        return Decimal(date.fromisoformat(text).toordinal() - EPOCH) if day else Decimal(text)
    labels = {label["en"]: name for name, label in fact.labels.items()}
    return labels.get(text, "something_else")


def results(rulebook: Rulebook, case: Trial) -> Iterator[tuple[str, str, str | None]]:
    """Each result expected of a decision that was taken over, with what comes out; None where that is open."""
    diagram = DecisionDiagram(rulebook)
    known = {**case.given, **case.expected}  # a decision that is left to be given is given as it should come out
    facts = {
        fact.fact: value
        for fact in rulebook.facts
        if (text := known.get(fact.label["en"])) is not None and (value := in_words(fact, text)) is not None
    }
    places = fitting(rulebook.vocabulary, facts).places
    for name, text in case.expected.items():
        if (subject := decided(rulebook).get(name)) is not None:
            outcome = diagram.within(diagram.advice[subject], places)
            yield name, text, labelled(rulebook, subject, outcome)


def labelled(rulebook: Rulebook, decision: str, outcome: Any) -> str | None:
    if not outcome.is_constant:
        return None
    options = {option.option: option.label["en"] for option in rulebook.decision[decision].options}
    return options.get(str(outcome.value), "")


def decided(rulebook: Rulebook) -> dict[str, str]:
    """The decisions by the names that the model has for them, with the output where there are several."""
    names = {}
    for table in rulebook.tables:
        model_name = str(table.sources[0].place).removeprefix("decision table ")
        heads = [column for column in table.columns if column.startswith("propose")]
        for head in heads:
            subject = head.partition(".")[2] or table.decision or ""
            output = rulebook.decision[subject].ask["en"].rpartition(": ")[2].rstrip("?")
            names[model_name if len(heads) == 1 else f"{model_name}.{output}"] = subject
    return names


@tabled("path", stems([path for path in TCK if path.stem not in TABLELESS]))
def test_the_results_that_the_tck_expects_come_out(path: Path) -> None:
    rulebook = book(path)
    outcomes = [outcome for case in cases(path) for outcome in results(rulebook, case)]
    assert [outcome for outcome in outcomes if outcome[2] not in (None, outcome[1])] == []
    assert path.stem in REFUSED or (outcomes and all(came_out is not None for _, _, came_out in outcomes))
    if path.stem == "0004-lending":
        assert sum(came_out is not None for _, _, came_out in outcomes) >= 6


def points(fact: Fact, domain: Domain) -> list[tuple[str, FeelValue]]:
    """A value in each cell of a fact, with the name of the cell's value where it has one."""
    if not fact.is_number:
        truths = {"yes": True, "no": False, "true": True, "false": False}
        texts = {name: fact.labels[name]["en"] for name in fact.values} or {"yes": "", "no": ""}
        values: dict[str, FeelValue] = {name: truths.get(name, text) for name, text in texts.items()}
        if all(re.fullmatch(r"-?[\d.]+", text) for text in texts.values()):
            values = {name: Decimal(text) for name, text in texts.items()}
        return [(name, value) for name, value in values.items() if name != "nothing"]
    clipped = [cell.common(_range(fact)) for cell in domain.cells if isinstance(cell, Interval)]
    numbers = [_inside(low, high) for low, high in clipped if low is None or high is None or low < high]
    return [("", number) for number in numbers]


def _range(fact: Fact) -> Interval:
    return Interval(fact.least, None if fact.greatest is None else fact.greatest + fact.step)


def _inside(low: Decimal | None, high: Decimal | None) -> Decimal:
    return low if low is not None else Decimal(0) if high is None else high - 1


class Grid(NamedTuple):
    """A table of a model over all cells: their values by column, and the rows that hold there."""

    cells: list[tuple[tuple[FeelValue, ...], frozenset[int]]]


def grid(path: Path) -> Grid:
    rulebook = book(path)
    table = next(
        part.logic
        for part in read_model(path.read_bytes(), path.name).decisions.values()
        if isinstance(part.logic, DecisionTable)
    )
    by_label = {fact.label["en"]: fact for fact in rulebook.facts}
    facts = [by_label[clause.expression.text] for clause in table.inputs]
    rules = {rule: number for number, rule in enumerate(rulebook.tables[0].rules, 1)}
    choices = [points(fact, rulebook.vocabulary.domains[fact.fact]) for fact in facts]
    cells = []
    for chosen in product(*choices):
        given = {
            fact.fact: value if fact.is_number else name for fact, (name, value) in zip(facts, chosen, strict=True)
        }
        given |= dict.fromkeys((f.fact for f in rulebook.facts if f.fact.endswith("_given")), "yes")
        holds = meaning(rulebook, subjects(rulebook, given)).rules
        values = tuple(value for _, value in chosen)
        cells.append((values, frozenset(rules[rule] for rule, holding in holds.items() if holding)))
    return Grid(cells)


def subjects(rulebook: Rulebook, given: Mapping[str, Any]) -> dict[str, str]:
    """What conditions may test, where these facts are given."""
    return {
        subject: values[domain.cell_of(given[name])]
        for name, domain in rulebook.vocabulary.domains.items()
        if name in given
        for subject, values in domain.subjects.items()
    }


def lies_in(box: str, values: tuple[FeelValue, ...]) -> bool:
    return all(read_tests(text).holds(value) for text, value in zip(box.split(" | "), values, strict=True))


def analysed(what: str) -> list[Path]:
    """The models of KIE whose conditions are whole, and of which its tests say this."""
    whole = [path for path in KIE if path.stem not in {*REFUSED} - OF_RESULTS]
    return [path for path in whole if EXPECTED.get(path.stem, {}).get(what) is not None]


@tabled("path", stems(analysed("gaps")))
def test_kie_finds_the_same_gaps(path: Path) -> None:
    cells = grid(path).cells
    assert cells
    boxes = EXPECTED[path.stem]["gaps"]
    for values, rows in cells:
        if "something else" not in values:  # which KIE leaves out
            assert (not rows) is any(lies_in(box, values) for box in boxes), values


@tabled("path", stems(analysed("overlaps")))
def test_kie_finds_the_same_overlaps(path: Path) -> None:
    expected = EXPECTED[path.stem]["overlaps"]
    for values, rows in grid(path).cells:
        overlapping = len(rows) > 1
        assert overlapping is any({*pair} <= rows and lies_in(box, values) for pair, box in expected), values


CLASHES = {"referred", "several-stand"}
"""What a check calls an overlap of rows with different results."""


@pytest.mark.parametrize("path", stems(analysed("gaps")))
def test_a_check_tells_of_the_gaps_that_kie_finds(path: Path) -> None:
    codes = checked(path).keys()
    is_free_text = any("something_else" in fact.values for fact in book(path).facts)  # which KIE leaves out
    assert is_free_text or ("undecided" in codes) is bool(EXPECTED[path.stem]["gaps"])


@tabled("path", stems(analysed("overlaps")))
def test_a_check_tells_of_the_overlaps_that_kie_finds_where_results_differ_and_no_order_decides(path: Path) -> None:
    rulebook = book(path)
    (table,) = rulebook.tables
    results = {number: str(rulebook.rule[rule].propose) for number, rule in enumerate(table.rules, 1)}
    pairs = [rows for rows, _ in EXPECTED[path.stem]["overlaps"]]
    is_clash = table.hit != "first" and any(len({results[row] for row in rows}) > 1 for rows in pairs)
    assert bool(CLASHES & checked(path).keys()) is is_clash


@pytest.mark.parametrize("path", stems([path for path in KIE if "never" in EXPECTED.get(path.stem, {})]))
def test_a_check_tells_of_the_rows_that_kie_finds_needless(path: Path) -> None:
    (table,) = book(path).tables[:1]
    needless = [f"{table.table}.{number}" for number in EXPECTED[path.stem]["never"]]
    assert checked(path).get("never-decisive", []) == needless


@cache
def checked(path: Path) -> dict[str, list[str]]:
    """What each finding is about, by its code."""
    about: dict[str, list[str]] = {}
    for finding in examine(Examination(book(path), date(2026, 1, 1))):
        about.setdefault(finding.code, []).append(finding.about)
    return about
