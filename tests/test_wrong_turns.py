"""Wrong turns that people take, and what each is told: which way leads where they were going."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

import whytune
from whytune.engine.language.loading import shipped
from whytune.prose import terminal

from .stage import perform

PRACTICE = whytune.load("practice", as_of="2026-12-15")
MAILS = PRACTICE.case(prompt_result="worked_short", lookup=True, failures_show="both", signal="demonstrations")


def test_the_option_alone_is_asked_about_where_facts_come_by_options() -> None:
    alone = perform("why-not", "rag", "--set", "prompt_enough=no")
    assert (alone.returncode, alone.stdout.splitlines()[0]) == (0, "RAG (retrieval) is not the advice: open")
    for rest in ((), ("case.yaml",), ("-",)):
        missing = perform("why-not", *rest, "--set", "prompt_enough=no")
        assert (missing.returncode, "Missing argument 'OPTION'" in missing.stderr) == (2, True), rest


@pytest.mark.parametrize(
    ("language", "elsewhere", "listed"),
    [
        ("en", "the rulebook `{}` has a fact of that name (--rulebook {})", "`{}` lists the facts"),
        ("zh", "规则库 `{}` 有这个事实（--rulebook {}）", "`{}` 可列出所有事实"),
    ],
)
def test_facts_of_another_rulebook_are_told_with_its_name_and_a_hint_stands_once(
    language: str, elsewhere: str, listed: str
) -> None:
    facts = {name: {*whytune.load(name).facts} for name in shipped()}
    for asked, other in (("guide", "practice"), ("practice", "guide")):
        strange = sorted(facts[other] - facts[asked])[:4]
        settings = [part for name in strange for part in ("--set", f"{name}=1")]
        told = perform("advise", "--rulebook", asked, "--language", language, *settings)
        assert told.returncode == 3
        assert told.stderr.count(elsewhere.format(other, other)) == 1, told.stderr
        assert all(f"`{name}`" in told.stderr for name in strange)
        nowhere = perform("advise", "--rulebook", asked, "--language", language, "--set", "zzzz=1").stderr
        command = "whytune facts" if asked == "guide" else f"whytune facts --rulebook {asked}"
        assert listed.format(command) in nowhere
        assert perform(*command.split()[1:]).returncode == 0


@pytest.mark.parametrize(("group", "option"), [("cost", "--rulebook"), ("audit", "--ledger")])
def test_an_option_before_the_command_that_takes_it_is_told_to_follow_it(group: str, option: str) -> None:
    told = perform(group, option, "guide")
    assert told.returncode == 2
    assert f"No such option '{option}': options follow one of the commands " in told.stderr
    assert ("whytune advise CASE --costs" in told.stderr) is (group == "cost")


def test_an_option_of_another_decision_is_told_with_that_decision() -> None:
    for ask in (MAILS.why_not, lambda option: MAILS.flips(to=option)):
        with pytest.raises(whytune.WhytuneError) as error:
            ask("lora")
        (problem,) = error.value.problems
        assert (problem.code, problem.hint) == (
            "unknown-option",
            "the decision `method` has an option of that name (--decision method)",
        )
    assert MAILS.why_not("lora", "method").value.option == "lora"


def test_a_case_file_that_is_nearly_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "hotel.yaml").write_text("given: {}\n")
    (tmp_path / "hotel.txt").write_text("")
    for file in ("hotel.yml", "hotle.yaml", "Hotel.json"):
        assert f"did you mean `{tmp_path / 'hotel.yaml'}`?" in perform("advise", tmp_path / file).stderr, file
    for file in ("invoices.yaml", "none/hotel.yaml"):
        assert "whytune ask --save" in perform("advise", tmp_path / file).stderr, file


def test_nothing_is_told_to_change_into_itself() -> None:
    """Where the outcome stays and only what else is possible changes, that is what is told."""
    for case, changes in (
        (MAILS, {"failures_show": "facts"}),
        (MAILS, {"eval_set": True}),
        (MAILS, {"may_train": False}),
    ):
        text = str(case.what_if(changes))
        moves = re.findall(
            r"^ *(?:\S.*?: |.*?\?  +)?(.+) → (.+)$", terminal.text(case.what_if(changes).document("short"), 400), re.M
        )
        assert moves
        assert all(before != after for before, after in moves), text
    assert "as before; no longer possible: Train on 50" in terminal.text(
        MAILS.what_if(failures_show="facts").document("short"), 400
    )


def test_a_question_needs_no_colon_before_its_answer() -> None:
    for language in ("en", "zh"):
        case = PRACTICE.in_language(language).case(prompt_result="meets")
        texts = [str(case.why()), str(case.why_not("rag")), str(case.what_if(lookup=True)), str(case)]
        assert not [text for text in texts if "?:" in text or "?：" in text]


def test_a_choice_of_several_that_assumes_none_says_so() -> None:
    assert "Assumed if not given: none of these" in perform("facts", "--rulebook", "practice").stdout
    assert "一项都没有" in perform("facts", "--rulebook", "practice", "--language", "zh").stdout


def test_a_list_of_records_names_the_main_decision_alone(tmp_path: Path) -> None:
    ledger = whytune.Ledger(tmp_path / "advice.ledger")
    ledger.record(MAILS)
    advice = MAILS.speaker.outcome("approach", MAILS.outcome().outcome)
    (listed,) = [
        row for row in perform("audit", "list", "--ledger", str(ledger.file)).stdout.split("\n\n") if "Record " in row
    ]
    assert " ".join(re.findall(r"[\w()-]+", advice)).split()[0] in listed
    assert "other decisions: 6" in " ".join(listed.split())
    assert "hosting" not in listed


WORDS = (
    "Knowledge-intensive question answering",
    "(provisional); and 6 more",
    "RAG 检索增强（已定）；另有 6 项",
    "",
    "yes",
)


def test_a_table_is_as_wide_as_the_terminal_at_most_and_breaks_no_word_that_fits() -> None:
    for width in range(40, 121, 7):
        for columns in range(2, 6):
            cells = [WORDS[(column * 2 + width) % len(WORDS)] for column in range(columns)]
            drawn = terminal.grid([f"Head {column}" for column in range(columns)], [cells, cells[::-1]], width)
            assert max(map(cell_len, drawn.splitlines())) <= width, drawn
            assert all(word in drawn for cell in cells if cell.isascii() for word in cell.split()), drawn


def test_rows_of_two_columns_keep_to_the_width() -> None:
    for left in ("a", "word " * 9 + "word", "word " * 10, "word " * 30):
        for width in (60, 80, 100):
            assert (
                max(map(len, "\n".join(terminal.table([(left.strip(), "right " * 30)], width)).splitlines())) <= width
            )


def test_a_case_that_what_if_is_given_in_settings_is_told_where_it_belongs() -> None:
    told = perform("what-if", "--set", "examples=1", "--set", "examples=2")
    assert (told.returncode, told.stdout) == (2, "")
    assert "--of-record ID" in " ".join(told.stderr.split())
    assert "CASE.yaml" in told.stderr
