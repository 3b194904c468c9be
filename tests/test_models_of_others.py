"""Decision models as other modelers write them: each entry is read as it is meant, or refused with what to write."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest

from whytune.engine import WhytuneError
from whytune.exchange.crossing import Imported, Incoming
from whytune.exchange.dmn import read

from .decision_models import decision, given, model, table
from .looks import tabled


def made(data: bytes) -> Imported:
    return read(Incoming({"": data}, "trial.dmn", "en"))


def column(type_name: str, *entries: str, asked: str = "x") -> bytes:
    """A model as Camunda writes it: no inputs, a type at the column, a row for each of these entries."""
    head = f'<input label="X"><inputExpression typeRef="{type_name}"><text>{asked}</text></inputExpression></input>'
    rows = "".join(
        f"<rule><inputEntry><text>{escape(entry)}</text></inputEntry>"
        f'<outputEntry><text>"r{number}"</text></outputEntry></rule>'
        for number, entry in enumerate(entries)
    )
    return model(decision("It", f'<decisionTable>{head}<output name="res"/>{rows}</decisionTable>'))


def rows(imported: Imported) -> list[str]:
    return [line.strip() for line in imported.files["tables.yaml"].splitlines() if line.strip().startswith("- [")]


@tabled(
    ("type_name", "entry", "cell"),
    [
        *((name, "> 5", "'> 5'") for name in ("integer", "long", "double", "feel:number", "Number", "xsd:integer", "")),
        *((name, "true", "yes") for name in ("boolean", "Boolean", "feel:boolean")),
        ("date", 'date and time("1970-01-02T00:00:00")', "1"),
        ("date", '>= date and time("1970-01-02T00:00")', "'>= 1'"),
        ("date", '[date("1970-01-02")..date("1970-02-01")]', "'[1..31]'"),
        ("number", "x > 5", "'> 5'"),
        ("number", "x in [1..3]", "'[1..3]'"),
        ("string", 'x = "a"', "a"),
        ("string", 'x in ("a", "b")', "a | b"),
        ("string", '"a",\n"b"', "a | b"),
        ("string", 'not("a", "b")', "not a | b"),
        ("string", "!= null", "not nothing"),
        ("string", "not(!= null)", "nothing"),
    ],
)
def test_an_entry_of_another_modeler_is_read_as_it_is_meant(type_name: str, entry: str, cell: str) -> None:
    others = ['"a"', '"b"', "null"] if type_name == "string" and "null" in entry else []
    assert rows(made(column(type_name, entry, *others)))[0] == f"- [{cell}, r0]"


@tabled(
    ("type_name", "entry", "hint"),
    [
        ("string", "“a”", "put texts in straight double quotes"),
        ("string", "„a“", "put texts in straight double quotes"),
        ("string", "'a'", "put texts in straight double quotes"),
        ("string", "Gold", "put a text in double quotes"),
        ("string", "–", "write `-` for anything"),
        ("number", "*", "write `-` for anything"),
        ("boolean", "TRUE", "write `true` and `false` in small letters"),
        *(("number", f"{sign} 5", "FEEL writes `=`") for sign in ("==", "=<", "=>", "<>", "≤", "≠")),
        ("number", "1..5", "write a range in brackets"),
        *(("number", number, "write numbers in plain digits") for number in ("5%", "5 %", "1e3", "+5", "> +5")),
        ("number", "${x > 3}", "write it in FEEL"),
        ("number", "#{x > 3}", "write it in FEEL"),
        ("number", "y > 5", "give the comparison as a yes/no fact"),
        ("number", "xy > 5", "give the comparison as a yes/no fact"),
        ("string", 'contains(?, "a")', "give what it comes to as a fact"),
        ("date", '< date and time("2026-01-01T10:00:00")', "give what the table asks as a yes/no fact"),
        ("dateTime", '< date and time("2026-01-01T00:00:00")', "give what the table asks as yes/no facts"),
        ("date and time", 'date("2026-01-01")', "give what the table asks as yes/no facts"),
    ],
)
def test_an_entry_that_is_not_feel_is_refused_with_what_to_write(type_name: str, entry: str, hint: str) -> None:
    with pytest.raises(WhytuneError) as caught:
        made(column(type_name, entry))
    (problem,) = caught.value.problems
    assert problem.message.startswith('table "It", row 1, "X": ')
    assert str(problem.hint).startswith(hint)


def test_a_result_that_is_a_bare_word_is_refused_with_what_to_write() -> None:
    with pytest.raises(WhytuneError, match="put a text in double quotes"):
        made(model(given("N", "number"), decision("It", table(["N"], [["1", "approve"]]))))


def chain(asked: str, *, requires: bool = True, outputs: int = 1, variable: str = "") -> bytes:
    """Two decisions, the second of which asks for this and, as a modeler draws it, requires the first."""
    named = [("res", ""), ("why", "")][:outputs]
    first = decision("First", table(["N"], [["1", '"a"', '"b"'][: outputs + 1]], outputs=named))
    first = first.replace("<decision ", '<decision id="first" ').replace("<variable ", f'<variable name="{variable}" ')
    needs = '<informationRequirement><requiredDecision href="#first"/></informationRequirement>' if requires else ""
    wanted = '"b"' if "why" in asked else '"a"'
    return model(given("N", "number"), first, decision("Second", needs + table([asked], [[wanted, '"c"']])))


@tabled(
    ("data", "heads"),
    [
        (chain("First"), "[first, propose]"),
        (chain("res"), "[first, propose]"),
        (chain("verdict", variable="verdict"), "[first, propose]"),
        (chain("why", outputs=2), "[first_why, propose]"),
        (chain("First.why", outputs=2), "[first_why, propose]"),
        (chain("verdict.why", outputs=2, variable="verdict"), "[first_why, propose]"),
        (chain("res", requires=False), "[res, propose]"),
        (chain("other"), "[other, propose]"),
        (chain("First", requires=False), "[first, propose]"),
    ],
)
def test_a_required_decision_is_asked_by_its_name_its_variable_or_its_output(data: bytes, heads: str) -> None:
    columns = [line for line in made(data).files["tables.yaml"].splitlines() if "columns:" in line]
    assert columns[1].strip() == f"columns: {heads}"


def test_an_input_that_nothing_declares_may_have_a_name_of_several_words() -> None:
    assert rows(made(column("number", "> 5", asked="customer age"))) == ["- ['> 5', r0]"]
    for asked in ("a and b", "if a", "age + 1", "count(items)"):
        with pytest.raises(WhytuneError, match="is computed"):
            made(column("number", "> 5", asked=asked))
    with pytest.raises(WhytuneError, match="it asks about nothing\n  hint: write in its head"):
        made(column("number", "> 5", asked=""))


def test_a_decision_without_a_name_is_called_by_its_label_or_id() -> None:
    logic = table(["N"], [["1", '"a"']])
    for called, name in (('id="d1" name=""', "d1"), ('id="d1" name="" label="Price"', "price")):
        nameless = decision("It", logic).replace('name="It"', called)
        assert f"- decision: {name}\n" in made(model(given("N", "number"), nameless)).files["decisions.yaml"]
