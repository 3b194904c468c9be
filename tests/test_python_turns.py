"""What somebody who tries things in Python gets wrong, and what says so."""

from __future__ import annotations

import html
import re
import sqlite3
import warnings
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

import whytune
from whytune.engine.language.python_hints import IN_PYTHON
from whytune.engine.words.catalogue import LANGUAGES
from whytune.prose.document import Document, Listing, Paragraph, document
from whytune.prose.page import fragment
from whytune.prose.python_calls import in_python
from whytune.shown import Shown, Suggesting

from .looks import tabled
from .words import parts, texts

AT_A_TERMINAL = (
    "it reads .csv, .tsv, .xlsx, .jsonl and .parquet; --format",
    "for example: --set",
    "for example: --evidence",
    "give what was kept out, each fact with --set",
    "leave the option out, or say that it is not known: --set",
    "name another file with --file",
    "name the rulebook and the day of the records: --rulebook, --as-of",
    "name the rulebook to ask; `whytune audit replay",
    "name a file that `whytune audit export`",
    "in a clone of whytune run `make wheels`",
    "`whytune explain-check`",
    "write it again with `whytune check --confirm-translations`",
    "the module tells advice",
)
"""How hints begin that name a command and that nobody meets in Python, or for which Python has no call."""

GUIDE = whytune.load("guide")
TASK = {"prompt_enough": "yes", "neeed": 3}
CASE = GUIDE.case(prompt_enough=False, external_knowledge=False, need="domain_terms", examples=100)


@tabled(
    ("ask", "meant"),
    [
        (lambda: CASE.picture("tables"), "table"),  # type: ignore[arg-type]
        (lambda: GUIDE.picture("flw"), "flow"),  # type: ignore[arg-type]
        (lambda: CASE.write("txt"), "text"),  # type: ignore[arg-type]
        (lambda: CASE.write(level="ful"), "full"),  # type: ignore[arg-type]
        (lambda: CASE.why().write(level="ful"), "full"),  # type: ignore[arg-type]
    ],
)
def test_a_misspelt_choice_is_told_with_the_one_that_may_be_meant(ask: Callable[[], object], meant: str) -> None:
    with pytest.raises(whytune.WhytuneError) as caught:
        ask()
    assert [problem.hint for problem in caught.value.problems] == [f"did you mean `{meant}`?"]


@tabled(
    ("owner", "name", "meant"),
    [
        (CASE, "cost", "costs"),
        (CASE, "next", "next_question"),
        (CASE.flips(), "flps", "flips"),
        (GUIDE, "flow_chart", "flowchart"),
        (GUIDE.facts, "to_dct", "to_dict"),
        (GUIDE.difference("guide"), "advces", "advice"),
        (whytune.Ledger("none.ledger"), "record_", "record"),
        (whytune, "rulebok", "rulebooks"),
    ],
)
def test_a_misspelt_attribute_says_which_one_may_be_meant(owner: Any, name: str, meant: str) -> None:
    with pytest.raises(AttributeError, match=f"did you mean '{meant}'"):
        getattr(owner, name)


@pytest.mark.parametrize(
    ("ask", "hint"),
    [
        (lambda: whytune.load("guide", langauge="zh"), "did you mean `language`?"),  # type: ignore[call-arg]
        (lambda: whytune.rulebooks(lang="zh"), "did you mean `language`?"),  # type: ignore[call-arg]
        (lambda: whytune.Ledger("a", langauge="zh"), "did you mean `language`?"),  # type: ignore[call-arg]
        (lambda: GUIDE.test(coverge=True), "did you mean `coverage`?"),  # type: ignore[call-arg]
        (lambda: GUIDE.facts.about(fact="need"), "it may be name"),  # type: ignore[call-arg]
        (lambda: CASE.write(fromat="html"), "did you mean `format`?"),  # type: ignore[call-arg]
        (lambda: CASE.why(level="full"), "what it answers takes it: `.write(level=...)`"),  # type: ignore[call-arg]
        (lambda: CASE.comparison(day=1), None),  # type: ignore[call-arg]
    ],
)
def test_a_keyword_that_a_call_does_not_take_is_told_with_what_may_be_meant(
    ask: Callable[[], object], hint: str | None
) -> None:
    with pytest.raises(whytune.WhytuneError, match="takes no `") as caught:
        ask()
    assert [(problem.code, problem.hint) for problem in caught.value.problems] == [("unknown-key", hint)]


def test_a_name_that_nothing_in_a_ledger_knows_is_told_with_what_may_be_meant(tmp_path: Path) -> None:
    ledger = whytune.Ledger(tmp_path / "advice.ledger")
    ledger.record(CASE)
    for wanted, meant in (({"advice": "lroa"}, "lora"), ({"rule": "prompt_is_enogh"}, "prompt_is_enough")):
        for ask in (ledger.records, ledger.statistics, lambda **wanted: ledger.impact(GUIDE, **wanted)):
            with pytest.raises(whytune.WhytuneError, match=f"did you mean `{meant}`"):
                ask(**wanted)  # type: ignore[arg-type]
    with pytest.raises(whytune.WhytuneError, match="`records` takes no `advce`\n  hint: did you mean `advice`"):
        ledger.records(advce="lora")  # type: ignore[call-arg]
    with pytest.raises(whytune.WhytuneError, match="unknown rulebook `gude`\n  hint: did you mean `guide`"):
        ledger.records(rulebook="gude")
    for nothing in (
        ledger.records(advice="full"),
        ledger.records(advice="refer"),
        ledger.records(advice="not_applicable"),
        ledger.records(rule="approach.if_none_stands"),
        ledger.records(rulebook="practice"),
    ):
        assert nothing.to_dict() == []


def test_a_property_that_fails_is_not_told_as_one_that_is_not_there() -> None:
    class Failing(Suggesting):
        @property
        def advisor(self) -> int:
            raise AttributeError("the cause")

    class FailingAnswer(Shown[Any]):
        @property
        def advisor(self) -> int:
            raise AttributeError("the cause")

    for owner in (Failing(), FailingAnswer(CASE.reason().value, CASE.reason().tell)):
        with pytest.raises(AttributeError, match="the cause"):
            _ = owner.advisor
        assert not hasattr(owner, "adviser")


@pytest.mark.parametrize("rows", ["tasks.csv", b"tasks", Path("tasks.csv"), None, {"examples": 3}, GUIDE])
def test_what_holds_no_rows_is_refused_before_any_answer(rows: Any, tmp_path: Path) -> None:
    ledger = whytune.Ledger(tmp_path / "advice.ledger")
    for decide in (GUIDE.decide, lambda rows: ledger.decide(GUIDE, rows)):
        with pytest.raises(whytune.WhytuneError, match="holds no rows") as caught:
            decide(rows)
        assert [problem.code for problem in caught.value.problems] == ["wrong-type"]


def test_a_row_that_names_no_facts_is_refused_with_its_place() -> None:
    with pytest.raises(whytune.WhytuneError, match=r"rows\[1\]: a row names a fact for each value"):
        list(GUIDE.decide([{"examples": 3}, 3]))  # type: ignore[list-item]


@pytest.mark.parametrize(("language", "says"), [("en", "`neeed` is not a fact"), ("zh", "`neeed` 不是事实")])
def test_a_column_that_may_be_a_misspelt_fact_is_warned_of_once(language: str, says: str) -> None:
    book = whytune.load("guide", language=language)
    with pytest.warns(UserWarning, match=says) as caught:
        answers = list(book.decide([{"examples": 3}, {"neeed": "latency", "id": 7}, {"neeed": "latency"}]))
    assert (len(answers), len(caught)) == (3, 1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        list(book.decide([{"how many": 3, "id": 7}], facts={"how many": "examples"}))


@pytest.mark.parametrize(
    ("language", "none", "absent"),
    [
        ("en", "no column is a fact: how many, id\n  hint: name the columns as facts (`facts` of", "no row has: hm"),
        ("zh", "没有一列是事实：how many, id\n  提示：请以事实的名称命名各列（规则库的 `facts`", "各行都没有的列：hm"),
    ],
)
def test_rows_of_which_nothing_was_read_are_told_at_their_end(language: str, none: str, absent: str) -> None:
    book = whytune.load("guide", language=language)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        list(book.decide([{"how many": 3}, {"id": 7}], facts={"hm": "examples"}))
    assert [str(warning.message).count(text) for warning, text in zip(caught, (none, absent), strict=True)] == [1, 1]


def test_answers_to_rows_tell_which_columns_gave_a_fact(tmp_path: Path) -> None:
    rows: list[dict[Any, Any]] = [{"how many": 3, "id": 7}, {"prompt_enough": True, "note": "", 3: 4}]
    ledger = whytune.Ledger(tmp_path / "advice.ledger")
    for answers in (
        GUIDE.decide(rows, facts={"how many": "examples"}),
        ledger.decide(GUIDE, rows, facts={"how many": "examples"}),
    ):
        assert repr(answers) == "<AnsweredRows by guide 1.1.0: 0 so far; a loop or list(...) asks for them>"
        assert "Answers given so far: 0." in answers._repr_html_()
        assert len(list(answers)) == 2
        assert answers.taken == {"how many": "examples", "prompt_enough": "prompt_enough"}
        assert [*map(str, answers.left_out)] == ["id", "note", "3"]
        facts = "facts from how many (examples), prompt_enough; left out: id, note, 3"
        assert repr(answers) == f"<AnsweredRows by guide 1.1.0: 2 in all, each given once; {facts}>"
        assert "Answers given so far: 2." in answers._repr_html_()
        assert "Other columns, left out: id, note, 3" in answers._repr_html_()


def test_a_row_becomes_the_case_that_its_answers_were_given_to(tmp_path: Path) -> None:
    rows = [{"id": "7", "enough": "no", "external_knowledge": " ", "need": "", "examples": "120"}, {"enough": "maybe"}]
    named = {"enough": "prompt_enough"}
    answers = GUIDE.decide(rows, facts=named)
    case = answers.case(rows[0])
    assert sorted(case.facts.given) == ["examples", "prompt_enough"]
    answer = next(answers)
    assert (answer["advice"], answer["status"], answer["next_question"]) == (
        case.advice,
        case.status,
        case.recommendation.decisions["approach"].next_question,
    )
    with pytest.raises(whytune.WhytuneError, match="maybe"):
        answers.case(rows[1])
    with pytest.raises(whytune.WhytuneError, match="a row names a fact"):
        answers.case(7)  # type: ignore[arg-type]
    kept = whytune.Ledger(tmp_path / "advice.ledger").decide(GUIDE, rows, facts=named)
    assert kept.case(rows[0]).recommendation == case.recommendation
    practice = whytune.load("practice", as_of="2026-11-30")
    bare, assumed = (practice.decide([], assume=assume).case({"lookup": "yes"}) for assume in (False, True))
    assert (bare.status, assumed.status) == ("open", "provisional")


def test_answers_are_given_once_and_say_so() -> None:
    answers = GUIDE.decide([{"prompt_enough": True}, {"prompt_enough": False}])
    assert bool(answers)
    with pytest.raises(TypeError, match=r"list\(answers\) first"):
        answers[0]
    with pytest.raises(TypeError, match=r"list\(answers\) first"):
        len(answers)
    assert next(answers)["advice"] == "prompt"
    assert [answer["status"] for answer in answers] == ["open"]
    assert "2 in all, each given once" in repr(answers)
    assert list(answers) == []
    batches = GUIDE.decide([{"prompt_enough": True}] * 3)
    assert [len(batch) for batch in iter(lambda: list(islice(batches, 2)), [])] == [2, 1]


def test_a_blank_among_facts_has_the_hint_to_leave_it_out() -> None:
    with pytest.raises(whytune.WhytuneError, match=r"`decide\(rows\).case\(row\)`") as caught:
        GUIDE.case({"examples": "", "need": " ", "id": 7})
    assert str(caught.value).count("leave it out where nothing is known") == 1


def test_a_warning_of_a_column_points_at_the_line_that_takes_the_answers(tmp_path: Path) -> None:
    ledger = whytune.Ledger(tmp_path / "advice.ledger")
    for answers in (GUIDE.decide([{"neeed": 1}]), ledger.decide(GUIDE, [{"neeed": 1}])):
        with pytest.warns(UserWarning, match="neeed") as caught:
            next(answers)
        assert [warning.filename for warning in caught] == [__file__]


def test_a_row_is_whatever_has_keys_and_their_values() -> None:
    class Series:
        """As of pandas: iterating gives the values."""

        keys, __getitem__ = TASK.keys, TASK.__getitem__

        def __iter__(self) -> Iterator[Any]:
            return iter(TASK.values())

    database = sqlite3.connect(":memory:")
    database.row_factory = sqlite3.Row
    rows: list[Any] = [Series(), *database.execute("SELECT 'yes' AS prompt_enough, 3 AS neeed")]
    database.close()
    for row in rows:
        with pytest.warns(UserWarning, match="neeed"):
            (answer,) = GUIDE.decide([row])
        assert answer["advice"] == "prompt"


def test_each_part_by_name_is_told_as_data_of_one_thing() -> None:
    parts_by_name: list[tuple[Any, str]] = [(GUIDE.facts, "need"), (GUIDE.decisions, "approach")]
    for named, name in (*parts_by_name, (GUIDE.rules, "prompt_is_enough")):
        assert isinstance(named.about(name).to_dict(), dict), name


def test_an_attribute_of_an_answer_is_computed_once_and_fails_as_it_does_itself() -> None:
    asked: list[str] = []

    class Answer:
        @property
        def counted(self) -> int:
            asked.append("counted")
            return 1

        @property
        def broken(self) -> int:
            raise AttributeError("the cause")

        def to_dict(self) -> dict[str, Any]:
            return {}

    shown = Shown(Answer(), lambda level: Document("", "en", ()))
    assert (shown.counted, asked) == (1, ["counted"])
    with pytest.raises(AttributeError, match="the cause"):
        _ = shown.broken
    with pytest.raises(AttributeError, match="did you mean 'counted'"):
        _ = shown.countd


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_part_of_a_rulebook_is_told_in_its_language(language: str) -> None:
    book = whytune.load("guide", language=language)
    assert book.facts["need"].label[language] in str(book.facts.about("need"))
    assert book.decisions["approach"].ask[language] in str(book.decisions.about("approach"))
    assert book.rules["prompt_is_enough"].title[language] in str(book.rules.about("prompt_is_enough"))
    for named, meant in ((book.facts, "need"), (book.decisions, "approach"), (book.rules, "prompt_is_enough")):
        with pytest.raises(whytune.WhytuneError, match=f"did you mean `{meant}`"):
            named.about(meant[:-1] + "z")


def test_a_notebook_shows_a_rulebook_in_its_language() -> None:
    shown = whytune.load("guide", language="zh")._repr_html_()
    assert "10 项事实" in shown
    assert "<Rulebook" not in shown


def test_a_notebook_shows_the_way_of_a_case_alone_and_the_whole_chart_on_request() -> None:
    assert CASE._repr_html_().count('class="node') < CASE.flowchart().svg().count('class="node')


def test_a_notebook_does_not_set_texts_flush_right_or_break_commands_within_words() -> None:
    shown = GUIDE.check()._repr_html_()
    assert shown.startswith('<div class="whytune"><style>')
    rules = shown.partition("<style>")[2].partition("</style>")[0]
    selectors = [selector for rule in rules.split("}")[:-1] for selector in rule.partition("{")[0].split(",")]
    assert all(selector.strip().startswith(".whytune.whytune ") for selector in selectors), "JupyterLab's outweigh it"
    assert "text-align: left" in shown
    assert "white-space: pre;" in shown


@pytest.mark.parametrize(
    ("given", "label"),
    [
        ({}, "What would decide it: Solvable by a prompt: not known → yes"),
        ({"prompt_enough": True}, "Nearest change of advice: Solvable by a prompt: yes → not enough; and"),
        (
            {"prompt_enough": False, "external_knowledge": True},
            "Nearest change of what is given: Solvable by a prompt: not enough → yes",
        ),
    ],
)
def test_the_nearest_change_says_what_it_is_nearest_of(given: dict[str, Any], label: str) -> None:
    assert label in str(GUIDE.case(given))


def test_a_number_is_not_said_to_be_given_at_its_own_name() -> None:
    with pytest.raises(whytune.WhytuneError, match="more than `examples`") as caught:
        GUIDE.case(examples=10, good_examples=20)
    assert [problem.hint for problem in caught.value.problems] == [None]


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: GUIDE.case(xyzzy=1), "`facts` of the rulebook lists them"),
        (lambda: GUIDE.case(prompt_result="good"), 'whytune.load("practice")'),
        (lambda: GUIDE.case(as_of="today"), "whytune.load(..., as_of=...)"),
        (lambda: CASE.but(language="zh"), "whytune.load(..., language=...)"),
        (lambda: whytune.load("guide").estimate("tune"), 'whytune.load("guide", as_of="today")'),
        (lambda: whytune.load("practice").case(), 'whytune.load("practice", as_of="today")'),
        (lambda: GUIDE.sql("duckdb", "tasks", ["id", "examples", "advice"]), "give the column another name"),
    ],
)
def test_what_is_raised_names_no_command(ask: Callable[[], object], says: str) -> None:
    with pytest.raises(whytune.WhytuneError) as caught:
        ask()
    assert says in str(caught.value)
    assert "`whytune " not in str(caught.value)
    assert " --" not in str(caught.value)


def test_each_hint_for_python_stands_for_one_that_is_said_and_has_no_other_parts() -> None:
    said = {pattern for _, pattern in texts("SENTENCES", "zh")}
    for pattern, for_python in IN_PYTHON.items():
        assert pattern in said
        assert parts(for_python) <= parts(pattern)


def test_each_hint_that_names_a_command_says_something_else_in_python_or_is_said_at_a_terminal_alone() -> None:
    named = {
        pattern
        for subject, pattern in texts("SENTENCES", "zh")
        if subject != "service" and re.search(r"`whytune [a-z]|--[a-z]", pattern)
    }
    assert [pattern for pattern in named - {*IN_PYTHON} if not pattern.startswith(AT_A_TERMINAL)] == []
    assert len(named - {*IN_PYTHON}) == len(AT_A_TERMINAL)


def test_answers_in_python_show_calls_in_place_of_commands_and_nothing_to_type(tmp_path: Path) -> None:
    old = whytune.load("tests/checks/stale-label.yaml")
    edited = tmp_path / "edited.yaml"
    edited.write_text(
        Path(old.place).read_text().replace("cut_at: [20]", "cut_at: [25]").replace("{urgent: no, h", "{h")
    )
    told = [CASE, CASE.flips(), GUIDE.case().next_question(), whytune.load(edited).check(), old.difference(edited)]
    for answer in (*told, whytune.rulebooks()):
        for text in (str(answer), answer.write("markdown"), answer._repr_html_()):
            assert not re.search(r"whytune (advise|audit|check|test)|--(set|rulebook|all)\b", text), answer
    assert "high quality?  (`.but(good_examples=…)`)" in str(CASE)
    assert "<code>.but(good_examples=…)</code>" in CASE._repr_html_()
    asked = "`.but(tokens_per_example=…, tuned_prompt_tokens=…, calls_per_month=…, output_tokens=…)`"
    assert asked in " ".join(str(CASE.costs(as_of="2026-12-01")).split())
    for answer in told[-2:]:
        for text in (str(answer), answer.write("markdown"), html.unescape(answer._repr_html_())):
            call = re.findall(r"whytune\.load\([^()]*\)\.case\([^()]*\)", text)[-1]
            assert isinstance(eval(call), whytune.Case)
            assert re.search(r"# one such task\n\s*whytune\.load", text)


def test_commands_that_a_text_names_are_calls_in_python() -> None:
    told = in_python(
        document("", "en", [Paragraph("Whether, `whytune test --coverage` and `whytune test --mutate` tell.")])
    )
    assert told.blocks == (Paragraph("Whether, `.test(coverage=True)` and `.test(mutation=True)` tell."),)


STYLED = whytune.load("practice", as_of="2026-11-30").case(
    lookup=True, knowledge_changes=True, goals=["style"], signal="demonstrations", examples=3_000
)


def test_why_not_begins_with_the_easiest_change_of_what_is_asked_first() -> None:
    small = STYLED.but(knowledge_tokens=20_000)
    for option, decision, first in (
        ("prompt", "approach", "Result of prompting: not measured → meets quality, cost and delay; and"),
        ("prompt", "adaptation", "Result of prompting: not measured → meets quality, cost and delay"),
    ):
        told = " ".join(str(small.why_not(option, decision)).split())
        assert f"smallest changes that would make it the advice: {first}" in told


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "No rule speaks for “Build it”: it is advised where nothing else stands"),
        ("zh", "没有规则支持“动手实施”：只有其他选项都不成立时，才建议它"),
    ],
)
def test_a_fallback_is_said_to_be_what_is_left(language: str, says: str) -> None:
    book = whytune.load("practice", as_of="2026-11-30", language=language)
    for answer in (book.case().why("first_step"), book.case().why_not("build", "first_step")):
        assert says in " ".join(str(answer).split())


def test_a_call_in_markdown_stands_as_code() -> None:
    assert "(`.but(may_train=…)`)" in STYLED.but(prompt_result="worked_short").write("markdown")


def test_a_call_of_several_lines_stays_so_on_a_page() -> None:
    assert "<pre><code>f(\n    &#34;a\\x1b&#34;,\n)</code></pre>" in fragment(
        document("", "en", [Listing('f(\n    "a\x1b",\n)', "python")])
    )


PRACTICE = whytune.load("practice", as_of="2026-11-25")
LABELS = PRACTICE.case(
    prompt_result="worked_short", lookup=False, signal="demonstrations", examples=2500, output_is_label=True, goals=[]
)


@pytest.mark.slow
def test_a_value_of_a_list_is_told_with_the_name_of_the_list() -> None:
    assert "answers that cite texts beyond the request (Must get better): no → yes" in str(LABELS.flips())
    assert "answers that cite texts beyond the request (Must get better)" in str(LABELS.reason())


@pytest.mark.slow
def test_what_is_only_counted_names_the_call_that_shows_it() -> None:
    for answer in (LABELS.flips(), GUIDE.check()):
        assert str(answer).endswith('(`.write(level="full")`)')
        assert "--" not in str(answer)


def test_one_way_of_many_names_the_call_that_lists_all() -> None:
    assert str(LABELS.why_not("prompt")).endswith('(`.flips("prompt")`)')
    assert str(LABELS.why_not("prompt", "adaptation")).endswith('(`.flips("prompt", "adaptation")`)')


def test_a_notebook_shows_what_is_wrong_without_the_frames_through_which_it_came() -> None:
    with pytest.raises(whytune.WhytuneError) as caught:
        GUIDE.case(need="xyzzy", examples=-1)
    assert caught.value._render_traceback_() == [f"WhytuneError: {caught.value}"]


def test_records_are_counted_and_looped_over_and_tell_of_another_rulebook(tmp_path: Path) -> None:
    ledger = whytune.Ledger(tmp_path / "advice.ledger")
    assert repr(ledger).endswith("advice.ledger: missing-file>")
    identity = ledger.record(LABELS)
    assert repr(ledger).endswith("advice.ledger: 1 record>")
    assert (len(ledger.records()), [record["id"] for record in ledger.records()]) == (1, [identity])
    assert "(the record is by another rulebook, `practice`)" in " ".join(str(ledger.impact(GUIDE)).split())
