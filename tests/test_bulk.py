"""Many cases at once: each row is answered as its case would be, and what is wrong with one stays its own."""

from __future__ import annotations

import csv
import io
import json
import os
from decimal import Decimal
from itertools import count
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

import whytune
from whytune.cli import DONE, MISUSED, PROBLEMS, cli
from whytune.engine import Advisor, Rulebook, WhytuneError, load
from whytune.engine.bulk.row_answers import ANSWERS, Bulk
from whytune.engine.language.intervals import Interval, PartlyKnown
from whytune.engine.ledger.canonical import canonical
from whytune.engine.ledger.content import content
from whytune.engine.ledger.drafting import Drafting
from whytune.engine.ledger.record import Circumstances
from whytune.engine.ledger.replay import Replayer, Tally
from whytune.engine.ledger.selection import Selection, chosen
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import verify
from whytune.engine.words.catalogue import translated

from .generated import bounded, partial_facts, rulebooks
from .laws import tries
from .looks import tabled
from .stage import perform

HEADER = "id,prompt_enough,external_knowledge,need,examples\n"


@pytest.fixture(scope="module")
def guide() -> Advisor:
    return Advisor.load("guide")


def run(*arguments: str, text: str = "") -> CompletedProcess[str]:
    return perform("bulk", *arguments, given=text)


def rows_of(result: CompletedProcess[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.stdout)))


def expected(advisor: Advisor, row: dict[str, Any]) -> dict[str, Any]:
    """The columns of a row by its recommendation, as JSON has them."""
    try:
        answers = advisor.advise(row).to_dict()["decisions"]
    except WhytuneError as error:
        parts = [part for problem in error.problems for part in (problem.message, problem.hint) if part]
        return {"error": "; ".join(translated(part, "en") for part in parts)}
    single = len(answers) == 1
    columns = {
        name if single else f"{decision}.{name}": "refer" if name == "advice" and answer["referred"] else answer[name]
        for decision, answer in answers.items()
        for name in ANSWERS
    }
    return {**columns, "error": None}


def columns_of(bulk: Bulk, row: dict[str, Any]) -> dict[str, Any]:
    columns = bulk.columns_in(bulk.answer(row), "en")
    return {name: list(cell) if isinstance(cell, tuple) else cell for name, cell in columns.items()}


def plain(value: Any) -> Any:
    """A fact's value as a table may hold it."""
    return value.text if isinstance(value, PartlyKnown) else str(value) if isinstance(value, Decimal) else value


@tries(60)
@given(rulebook=rulebooks, data=st.data())
def test_every_row_is_answered_as_its_case(rulebook: Rulebook, data: st.DataObject) -> None:
    bulk, advisor = Bulk(Advisor(rulebook)), Advisor(rulebook, remember=0)
    for _ in range(4):
        facts = data.draw(partial_facts(rulebook.vocabulary))
        row = {name: plain(value) for name, value in facts.stated.items()}
        assert columns_of(bulk, row) == {**dict.fromkeys(bulk.columns), **expected(advisor, row)}
        unknown = {fact.fact: "unknown" for fact in rulebook.vocabulary.facts}
        assert columns_of(Bulk(advisor, assume=False), row) == {
            **dict.fromkeys(bulk.columns),
            **expected(advisor, {**unknown, **row}),
        }


@tries(40)
@given(rulebook=bounded(), data=st.data())
def test_numbers_that_bound_each_other_are_alike_only_where_answers_and_mistakes_are(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    """One after the other, so that each may be taken for an earlier one that is alike."""
    bulk, advisor = Bulk(Advisor(rulebook)), Advisor(rulebook)
    numbers = [fact.fact for fact in rulebook.vocabulary.facts if fact.is_number]
    cells = (cell for name in numbers for cell in rulebook.vocabulary.domains[name].cells)
    ends = {cell.low for cell in cells if isinstance(cell, Interval) and cell.low is not None}
    near = sorted({str(end + step) for end in ends for step in (-1, 0, 1)} | {"0", "1000000"})
    rows = st.dictionaries(st.sampled_from(numbers), st.sampled_from([*near, "unknown", "3..70", "many"]), max_size=3)
    for row in data.draw(st.lists(rows, min_size=20, max_size=20)):
        assert columns_of(bulk, row) == {**dict.fromkeys(bulk.columns), **expected(advisor, row)}


BOUNDED = {"examples": ("", "40", "60", "10.000", "3000", "30000"), "good_examples": ("", "30", "90", "12,0", "abc")}


@pytest.mark.parametrize("examples", BOUNDED["examples"])
def test_rows_are_alike_only_where_their_mistakes_are(guide: Advisor, examples: str) -> None:
    bulk = Bulk(guide)
    for good in BOUNDED["good_examples"]:
        for private in ("", "yes", "no", "maybe"):
            for anonymised in ("", "no"):
                row = {"examples": examples, "good_examples": good}
                row |= {"private_data": private, "can_anonymise": anonymised}
                given_facts = {name: value for name, value in row.items() if value}
                assert columns_of(bulk, row) == {**dict.fromkeys(bulk.columns), **expected(guide, given_facts)}


def test_python_rows_hold_what_python_has(guide: Advisor) -> None:
    bulk = Bulk(guide)
    same: list[dict[str, Any]] = [
        {"prompt_enough": True, "examples": 3200},
        {"prompt_enough": "yes", "examples": "3200", "other": [1]},
        {"prompt_enough": True, "examples": 3300.0, "need": None},
        {"prompt_enough": True, "examples": {"at_least": 3000, "below": 3100}, "need": float("nan")},
    ]
    answers = [columns_of(bulk, row) for row in same]
    assert answers == [answers[0]] * len(same)
    assert "yes or no" in columns_of(bulk, {"prompt_enough": 1})["error"]  # equal to True, and yet not the same


def test_a_rulebook_decides_rows_in_its_language() -> None:
    rows: list[dict[str, Any]] = [{"prompt_enough": True}, {"prompt_enough": "?"}]
    first, second = whytune.load("guide", language="zh").decide(rows)
    assert (first["advice"], first["status"], first["error"]) == ("prompt", "settled", None)
    assert second["advice"] is None
    assert "只能是" in second["error"] or "是或否" in second["error"]


def test_a_table_comes_back_with_its_answers() -> None:
    result = run("-", text=HEADER + '1,no,no,domain_terms,3200\n2,yes,,,\n"a, ""b""",,,,\n')
    assert result.returncode == DONE
    assert result.stderr.splitlines() == [
        "Columns read as facts: prompt_enough, external_knowledge, need, examples",
        "Other columns, kept as they are: id",
        "Rows answered: 3; different cases among them: 3",
    ]
    rows = rows_of(result)
    assert [(row["id"], row["advice"], row["status"]) for row in rows] == [
        ("1", "lora", "provisional"),
        ("2", "prompt", "settled"),
        ('a, "b"', "", "open"),
    ]
    assert rows[0]["possible"] == "lora|prompt|rag"


def test_a_row_with_a_mistake_gets_its_words_and_the_others_their_answers() -> None:
    text = HEADER + "1,maybe,,,10.000\n2,yes,,,\n3,no\n4,no,no,domain_terms,300,x,y\n"
    result = run("-", text=text)
    assert result.returncode == PROBLEMS
    assert "Rows answered: 1; refused: 3, see the column `error`; different cases among them: 1" in result.stderr
    first, second, third, fourth = rows_of(result)
    assert "`prompt_enough` is yes or no, not `maybe`" in first["error"]
    assert "can be read as two numbers" in first["error"]
    assert not first["advice"]
    assert (second["advice"], second["error"]) == ("prompt", "")
    assert third["error"] == "2 values for 5 columns"
    assert fourth["error"] == "7 values for 5 columns; beyond them: x, y"


def test_a_column_is_not_told_to_be_its_own_place() -> None:
    (row,) = rows_of(run("-", text="examples,good_examples\n10,50\n"))
    assert row["error"] == "`good_examples` is 50, more than `examples`, which is 10"


def test_columns_may_be_called_otherwise() -> None:
    text = "How many?;prompt_enough;advice\n20;no;mine\n"
    refused = run("-", "--map", "How many?=examples", text=text)
    assert refused.returncode == PROBLEMS
    assert "`advice` is a column of the table and of the answers" in refused.stderr
    result = run("-", "--map", "How many?=examples", "--prefix", "whytune_", text=text)
    assert result.returncode == DONE
    assert result.stdout.startswith("How many?;prompt_enough;advice;whytune_advice;whytune_status;")


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("", (), "a table without columns"),
        ("\n\n", (), "a table without columns"),
        ("exampels\n3\n", (), "did you mean `examples`?"),
        ("a,b\n1,2\n", (), "no column is a fact: a, b"),
        ("examples,examples\n1,2\n", (), "two columns are called `examples`"),
        ("n,examples\n1,2\n", ("--map", "n=examples"), "`examples` is given by several columns"),
        ("n\n1\n", ("--map", "n=exampels"), "unknown fact `exampels`"),
        ('examples\n"1\n', (), "a quote is not closed, or stands inside a text"),
        (b"examples\n\xff\n", (), "not UTF-8 text"),
        ("examples\n" + "1" * 200_000, (), "a cell of more than 131,072 letters"),
        ("examples\n" + "1" * 2**20, (), "a line of more than 1,048,576 letters"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, text: str | bytes, options: tuple[str, ...], message: str) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_bytes(text.encode() if isinstance(text, str) else text)
    result = run(str(rows), *options)
    assert result.returncode == PROBLEMS
    assert message in result.stderr


def test_misspelt_columns_are_pointed_out() -> None:
    result = run("-", text="prompt_enough,exampels,note\nyes,3,x\n")
    assert result.returncode == DONE
    assert "The column `exampels` is not a fact and is kept as it is: did you mean `examples`?" in result.stderr
    assert "The column `note`" not in result.stderr


def test_the_columns_that_gave_facts_are_told_apart_from_those_that_did_not() -> None:
    table = "prompt_enough,how many,note\nyes,3,x\n"
    result = run("-", "--map", "how many=examples", "--map", "how mny=examples", text=table)
    assert result.stderr.splitlines()[:3] == [
        "Columns read as facts: prompt_enough, how many (as examples)",
        "Other columns, kept as they are: note",
        "Columns named by --map that no row has: how mny",
    ]
    result = run("-", "--format", "jsonl", "--language", "zh", text='{"how many": 3}\n')
    assert result.stderr.startswith("没有一列是事实：how many\n  提示：请以事实的名称命名各列")


def test_json_lines_keep_every_letter() -> None:
    lines = ['{"examples": 1e2, "x": 0.10, "y": {"a": [1]}}', "{}", "[1]", "nope", '{"a": 1, "a": 2}', '{"x": NaN}']
    result = run("-", "--format", "jsonl", text="\n".join(lines) + "\n\n")
    assert result.returncode == PROBLEMS
    written = result.stdout.splitlines()
    assert written[0].startswith(lines[0][:-1] + ', "advice": null, "status": "open"')
    answers = [json.loads(line) for line in written]
    assert [answer["error"] for answer in answers] == [
        *(None, None),
        *("not a JSON object", "not JSON", "`a` appears twice", "not JSON"),
    ]
    assert [answer.get("row") for answer in answers] == [None, None, [1], *lines[3:]]


def test_keys_that_are_called_like_answers_are_refused() -> None:
    result = run("-", "-f", "jsonl", text='{"examples": 3, "advice": "mine"}\n')
    assert result.returncode == PROBLEMS
    assert "`advice` is a column of the table and of the answers" in result.stderr


def test_rows_are_known_in_part_as_in_a_case(guide: Advisor) -> None:
    result = run("-", text=HEADER + "1,no,no,domain_terms,1000..5000\n2,no,no,domain_terms,>= 100\n")
    assert [row["error"] for row in rows_of(result)] == ["", ""]
    assert [row["advice"] for row in rows_of(result)] == ["lora", ""]


def test_nothing_is_assumed_where_that_is_asked_for() -> None:
    text = HEADER + "1,no,no,domain_terms,3200\n"
    (row,) = rows_of(run("-", "--assume", "no", text=text))
    assert (row["status"], row["rests_on"]) == ("open", "")


def test_half_a_file_is_never_written(tmp_path: Path) -> None:
    rows, answers = tmp_path / "rows.csv", tmp_path / "answers.csv"
    rows.write_bytes(b"examples\n1\n\xff\n")
    assert run(str(rows), "-o", str(answers)).returncode == PROBLEMS
    assert sorted(os.listdir(tmp_path)) == ["rows.csv"]
    rows.write_bytes("\ufeffexamples\r\n1\r\n".encode())
    assert run(str(rows), "-o", str(answers)).returncode == DONE
    assert answers.read_bytes().startswith(b"examples,advice,")
    assert answers.read_bytes().count(b"\r\n") == 2
    assert "the command reads it" in run(str(rows), "-o", str(rows)).stderr


@tabled(
    ("arguments", "code", "message"),
    [
        (("missing.csv",), PROBLEMS, "no such file"),
        (("missing.ods",), PROBLEMS, "is not a table that whytune reads"),
        (("-", "-o", "answers.xlsx"), MISUSED, "answered as CSV"),
        (("missing.xlsx", "-f", "jsonl"), MISUSED, "answered as CSV"),
        (("missing.xlsx",), PROBLEMS, "missing.xlsx: no such file"),
        (("-", "--map", "examples"), MISUSED, "COLUMN=FACT"),
    ],
)
def test_what_cannot_be_read_is_said(arguments: tuple[str, ...], code: int, message: str) -> None:
    result = run(*arguments)
    assert result.returncode == code
    assert message in result.stderr


def test_alike_rows_are_answered_once() -> None:
    bulk = Bulk(Advisor(load("guide")))
    for examples in range(200, 400):
        bulk.answer({"prompt_enough": "no", "examples": str(examples)})
    assert bulk.kinds == 1


def test_each_answer_is_recorded_and_its_row_names_the_record(tmp_path: Path) -> None:
    ledger, rows = tmp_path / "l", tmp_path / "tasks.csv"
    rows.write_text(HEADER + "1,no,no,domain_terms,3200\n2,maybe,,,\n3,no,no,domain_terms,3200.0\n4,yes,,,\n")
    done = run(str(rows), "--record", str(ledger), "--by", "Ada", "--prefix", "w_", "--keep-sensitive")
    assert done.returncode == PROBLEMS
    answers = rows_of(done)
    with Ledger.to_read(ledger) as opened:
        records = list(chosen(opened, Selection()))
        assert verify(opened).fault is None
        assert Tally(Replayer(opened).replay(record) for record in records).same == 3
    assert [answer["w_record"] for answer in answers] == [records[0].id, "", records[1].id, records[2].id]
    assert [record.data["case"] for record in records] == [f"{rows}:{number}" for number in (1, 3, 4)]
    assert {record.data["by"] for record in records} == {"Ada"}
    assert [record.data["facts"]["examples"].get("value") for record in records] == ["3200", "3200", None]
    assert f"Records kept: 3, from {records[0].id} to {records[2].id}, in {ledger}\n" in done.stderr


@tries(20)
@given(rulebook=rulebooks, data=st.data())
def test_records_of_many_are_those_of_each_by_itself(rulebook: Rulebook, data: st.DataObject) -> None:
    """With what was written for one case used for the next, nothing of the one stands in the record of the other."""
    advisor = Advisor(rulebook)
    drafting, salts = Drafting(rulebook, {"r.yaml": b"r"}, {}), (None, b"s" * 32)
    for _ in range(6):
        answer = advisor.recommend(data.draw(partial_facts(rulebook.vocabulary)))
        for salt in salts:
            whole = {name: canonical(part) for name, part in content(answer, rulebook, salt).items()}
            members = drafting.entry(answer, Circumstances(), salt).members
            assert {name: members[name] for name in whole} == whole


def test_no_step_is_kept_that_shows_the_number_of_one_case() -> None:
    guide = whytune.load("guide")
    drafting, kept = Drafting(guide.content, {}, {}), []
    for number in range(200, 210):
        answer = guide.case(prompt_enough=False, examples=number).recommendation
        drafting.entry(answer, Circumstances(), None)
        kept.append(len(drafting._steps))
    assert 0 < kept[1] == kept[-1]


def test_a_batch_is_recorded_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A full disk, Ctrl-C: whatever ends a batch, those before it are kept and told, and no table is written."""
    monkeypatch.setattr("whytune.engine.bulk.answered_table.TOGETHER", 2)
    written, ledger, rows = tmp_path / "advised.csv", tmp_path / "l", tmp_path / "tasks.csv"
    rows.write_text(HEADER + "".join(f"{number},yes,,,\n" for number in range(7)))
    following, turns = Ledger._following, count(1)

    def interrupted(*arguments: Any) -> Any:
        if next(turns) == 6:
            raise KeyboardInterrupt
        return following(*arguments)

    monkeypatch.setattr(Ledger, "_following", interrupted)
    with pytest.raises((KeyboardInterrupt, click.Abort)):
        cli.main(["bulk", str(rows), "-o", str(written), "--record", str(ledger)], standalone_mode=False)
    assert "Records kept: 4, from 1-" in capsys.readouterr().err
    assert not written.exists()
    with Ledger.to_read(ledger) as opened:
        assert (len(opened), verify(opened).fault) == (4, None)


def test_what_cannot_be_recorded_is_refused(tmp_path: Path) -> None:
    assert "--record" in run("-", "--by", "Ada", text=HEADER).stderr
    refused = run("tasks.parquet", "-o", "advised.parquet", "--record", str(tmp_path / "l"))
    assert (refused.returncode, refused.stdout) == (MISUSED, "")
    taken = run("-", "--record", str(tmp_path / "l"), text=HEADER.replace("id", "record"))
    assert "`record` is a column of the table and of the answers" in taken.stderr
    assert not (tmp_path / "l").exists()
