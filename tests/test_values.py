"""The value of an option, for programs, comes with the advice: in JSON, in Python, in tables and in SQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlglot import tokenize

from whytune.engine import Advisor, Rulebook
from whytune.engine.bulk.row_answers import Bulk
from whytune.engine.bulk.sql.dialects import DIALECTS
from whytune.engine.bulk.sql.statement import statement
from whytune.engine.ledger.drafting import entry
from whytune.engine.ledger.record import Circumstances
from whytune.engine.ledger.recorded import answer_of
from whytune.engine.ledger.store import Ledger

from . import ledgers
from .generated import decision, fact, framed, rule, written
from .looks import tabled
from .test_sql import run

COLOURS = ["red", "blue", "green", "grey"]


def book(values: dict[str, Any]) -> Rulebook:
    """A rulebook that advises the option of each colour; some of them have these values."""
    facts = [fact("colour", "choice", values=COLOURS, labels={colour: colour for colour in COLOURS})]
    options = [{"option": name, **({"value": values[name]} if name in values else {})} for name in COLOURS]
    rules = [rule(f"on_{name}", propose={"d": name}, **{"if": {"colour": name}}) for name in COLOURS]
    return written(framed(facts=facts, decisions=[decision("d", options, "refer", "refer")], rules=rules))


VALUES = {"red": "0.90", "blue": "yes", "green": "top of the list"}


@tabled(
    ("colour", "value", "cell"),
    [
        ("red", 0.9, "0.9"),
        ("blue", True, "yes"),
        ("green", "top of the list", "top of the list"),
        ("grey", None, None),
        ("unknown", None, None),
    ],
)
def test_the_value_of_the_advised_option_is_told_to_programs(colour: str, value: Any, cell: str | None) -> None:
    rulebook = book(VALUES)
    advisor = Advisor(rulebook)
    answer = advisor.advise({"colour": colour})
    assert answer.to_dict()["decisions"]["d"]["value"] == answer.decisions["d"].value == value
    assert type(answer.decisions["d"].value) is type(value)
    bulk = Bulk(advisor)
    assert bulk.answer({"colour": colour}).columns["value"] == cell
    row = {"row_number": 0, "colour": colour}
    for name in ("sqlite", "duckdb"):
        text = statement(bulk, DIALECTS[name], "tasks", ["row_number", "colour"])
        results = run(DIALECTS[name], text, rulebook.vocabulary, [row])
        assert results[0]["value"] == cell


@tabled(("text", "value"), [("no", False), ("false", False), ("3", 3), ("-0.5", -0.5), ("n/a", "n/a")])
def test_a_value_is_a_number_a_truth_or_a_text(text: str, value: Any) -> None:
    read = book({"red": text}).decision["d"].value_of("red")
    assert (read, type(read)) == (value, type(value))


def test_no_text_ends_a_statement() -> None:
    worth = 'it\'s `\\` and "more"; DROP TABLE tasks --'
    rulebook = book({"red": worth})
    bulk = Bulk(Advisor(rulebook))
    for dialect in DIALECTS.values():
        text = statement(bulk, dialect, "tasks", ["row_number", "colour"])
        literals = [token.text for token in tokenize(text, read=dialect.name) if token.token_type.name == "STRING"]
        assert worth in literals, dialect.name
    for name in ("sqlite", "duckdb"):
        text = statement(bulk, DIALECTS[name], "tasks", ["row_number", "colour"])
        results = run(DIALECTS[name], text, rulebook.vocabulary, [{"row_number": 0, "colour": "red"}])
        assert results[0]["value"] == worth


def test_where_no_option_has_a_value_there_is_no_column_for_it() -> None:
    assert "value" not in Bulk(Advisor(book({}))).columns


def test_a_record_tells_the_value_that_its_rulebook_gives(tmp_path: Path) -> None:
    rulebook = book(VALUES)
    answer = Advisor(rulebook).advise({"colour": "red"})
    recorded = entry(answer, rulebook, {}, Circumstances(by="Ada"), ledgers.SOFTWARE, ledgers.SALT)
    with Ledger.to_append(tmp_path / "ledger") as ledger:
        record = ledger.append(recorded, lambda: ledgers.at(0))
    assert answer_of(record, rulebook).to_dict()["decisions"] == answer.to_dict()["decisions"]


def test_a_value_is_part_of_what_a_rulebook_says() -> None:
    assert book({"red": "1"}).digest != book({"red": "2"}).digest != book({}).digest
