"""The comparison: what the guide's two tables say, and the rows that matter for a case."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import whytune
from whytune.cli import cli
from whytune.engine import Advisor, Problem, WhytuneError
from whytune.engine.advice.explanations import flips_or_none
from whytune.engine.costs.comparison import (
    MOST_ROWS,
    Comparison,
    check_subjects,
    comparison,
    load_comparison,
    main_rival,
    rows_that_matter,
    with_kinds,
)
from whytune.engine.language import loading
from whytune.engine.language.case import from_python, resolve
from whytune.engine.language.loading import loads
from whytune.engine.language.loading.sheet import standing_beside
from whytune.engine.language.problems import Sentence
from whytune.engine.language.source import parse

from .generated import decision, fact, framed, rule
from .looks import tabled

GUIDE = load_comparison("guide")

DIMENSIONS = {
    "核心思路": ("设计好的指令引导模型", "检索外部知识注入上下文", "修改模型参数适配任务"),
    "训练成本": ("零", "索引构建成本", "GPU 训练成本"),
    "推理成本": ("较高(长 Prompt)", "中等(检索+生成)", "最低(短 Prompt)"),
    "响应延迟": ("较高(长上下文)", "中等(多步骤)", "最低"),
    "知识更新": ("即时更新", "更新索引即可", "需要重新训练"),
    "数据需求": ("少量示例即可", "需要知识库文档", "高质量标注数据"),
    "技术门槛": ("低", "中", "高"),
    "适用场景": ("通用任务、快速原型", "知识密集型问答", "特定风格/格式/领域"),
}
"""The guide's comparison, word for word: prompt engineering, RAG, fine-tuning."""
SUMMARY = {
    "提示工程": ("最低", "高", "快速原型、通用任务"),
    "RAG": ("中", "中", "知识密集型问答"),
    "LoRA 微调": ("低", "最低", "特定格式/风格/领域"),
    "全量微调": ("高", "最低", "大规模领域定制"),
}
"""The guide's closing table, word for word: cost, latency, fit."""


def cells(table: str) -> dict[str, tuple[str, ...]]:
    found = [row for row in GUIDE.rows if row.table == table]
    return {row.label["zh"]: tuple(cell["zh"] for cell in row.cells.values()) for row in found}


def test_the_comparison_is_the_guides_word_for_word() -> None:
    assert cells("dimensions") == DIMENSIONS
    assert [GUIDE.approach(name).label["zh"] for name in GUIDE.columns("dimensions")] == ["提示工程", "RAG", "微调"]


def test_the_closing_table_is_the_guides_word_for_word() -> None:
    columns = GUIDE.columns("summary")
    rows = [GUIDE.line(row, columns) for row in GUIDE.rows if row.table == "summary"]
    found = {
        GUIDE.approach(name).label["zh"]: tuple((line.cells[name] or {})["zh"] for line in rows) for name in columns
    }
    assert found == SUMMARY
    assert [line.row.label["zh"] for line in rows] == ["成本", "延迟", "适用场景"]


def test_a_kind_has_the_cells_of_what_it_is_a_kind_of_and_is_shown_where_only_kinds_stand() -> None:
    row = GUIDE.row("training_cost")
    assert GUIDE.line(row, ("lora",)).cells["lora"] == row.cells["fine_tune"]
    assert GUIDE.columns("summary", ("fine_tune",)) == ("lora", "full")
    assert GUIDE.columns("dimensions", ("fine_tune",)) == ("fine_tune",)


def mattering(**given: Any) -> tuple[str, ...]:
    advisor = Advisor.load()
    facts = resolve(advisor.rulebook.vocabulary, from_python(given))
    answer = advisor.recommend(facts)
    rival = main_rival(advisor, facts, "approach", answer)
    advice = answer.decisions["approach"].advice
    assert advice
    assert rival
    lines = rows_that_matter(GUIDE, facts, "approach", (advice, rival), advisor.rulebook)
    assert all(len(set(map(str, line.cells.values()))) == 2 for line in lines)
    return tuple(line.row.row for line in lines)


@tabled(
    ("given", "row"),
    [
        ({"prompt_enough": False, "external_knowledge": False, "need": "latency"}, "latency"),
        ({"prompt_enough": False, "external_knowledge": False, "need": "inference_cost"}, "inference_cost"),
        ({"prompt_enough": False, "external_knowledge": True}, "knowledge_update"),
        ({"prompt_enough": False, "external_knowledge": False, "need": "domain_terms", "examples": 3200}, "fit"),
    ],
)
def test_the_rows_that_matter_follow_the_facts(given: dict[str, Any], row: str) -> None:
    found = mattering(**given)
    assert row in found
    assert 2 <= len(found) <= MOST_ROWS


def test_the_main_rival_is_what_could_also_come_out_else_the_smallest_change() -> None:
    advisor = Advisor.load()

    def rival(**given: Any) -> str | None:
        facts = resolve(advisor.rulebook.vocabulary, from_python(given))
        return main_rival(advisor, facts, "approach", advisor.recommend(facts))

    assert rival(prompt_enough=False, external_knowledge=False, need="domain_terms", examples=3200) == "prompt"
    assert rival(prompt_enough=True) == "rag"


def test_of_several_that_could_come_out_the_rival_is_where_the_smallest_change_leads() -> None:
    advisor = Advisor.load("practice", date(2026, 12, 15))
    given = {"prompt_result": "dear", "output_is_label": True, "calls_per_month": 4_000_000}
    facts = resolve(advisor.rulebook.vocabulary, from_python(given))
    answer = advisor.recommend(facts)
    assert {"prompt", "in_context"} <= {*answer.decisions["approach"].possible}
    assert main_rival(advisor, facts, "approach", answer) == "prompt"
    assert main_rival(advisor, facts, "approach", answer, {"in_context", "rag"}) in {"in_context", "rag"}


@pytest.mark.parametrize(("changeable", "rival"), [("with_effort", "go"), ("no", None)])
def test_what_only_a_change_that_nobody_can_make_leads_to_is_no_rival(changeable: str, rival: str | None) -> None:
    ways = decision("way", ["go", "stay"], "refer", "refer")
    facts = [fact("allowed", "yes_no", changeable=changeable)]
    for_each = [rule(f"for_{yes}", **{"if": {"allowed": yes}}, propose={"way": way})
                for yes, way in (("yes", "go"), ("no", "stay"))]  # fmt: skip
    advisor = Advisor(loads({"a.yaml": json.dumps(framed(facts=facts, decisions=[ways], rules=for_each)).encode()}))
    known = resolve(advisor.rulebook.vocabulary, from_python({"allowed": False}))
    assert main_rival(advisor, known, "way", advisor.recommend(known)) == rival


def test_a_search_that_takes_too_long_leaves_the_advice_without_a_rival(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: object) -> None:
        raise WhytuneError([Problem("search-too-large", Sentence("not found within 3 steps of search"))])

    monkeypatch.setitem(flips_or_none.__globals__, "flips", endless)
    advisor = Advisor.load()
    facts = resolve(advisor.rulebook.vocabulary, from_python({"prompt_enough": True}))
    assert main_rival(advisor, facts, "approach", advisor.recommend(facts)) is None


def test_no_other_mistake_is_taken_for_a_search_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*_: object) -> None:
        raise WhytuneError([Problem("unknown-fact", Sentence("unknown fact `x`"))])

    monkeypatch.setitem(flips_or_none.__globals__, "flips", wrong)
    advisor = Advisor.load()
    with pytest.raises(WhytuneError, match="unknown fact"):
        flips_or_none(advisor, resolve(advisor.rulebook.vocabulary, from_python({})), "approach")


def test_the_conditions_of_the_guide_name_what_its_rulebook_knows() -> None:
    check_subjects(GUIDE, loading.load("guide"))


def ours(condition: str) -> Comparison:
    text = (
        "comparison: {name: ours, edition: '1', title: Ours, languages: [en]}\n"
        "documents: [{document: memo, title: Memo}]\n"
        "approaches: [{approach: prompt, label: Prompt}]\n"
        "tables: [{table: all, title: All, source: {document: memo, place: '1'}}]\n"
        f"rows: [{{row: price, table: all, label: Price, cells: {{prompt: low}}, matters_if: {{{condition}}}}}]\n"
    )
    return comparison(parse(text, "ours.yaml"))


@pytest.mark.parametrize(
    ("condition", "code", "hint"),
    [("nead: [latency]", "unknown-fact", "need"), ("need: [latencey]", "unknown-value", "latency")],
)
def test_a_row_that_matters_if_nothing_knows_is_refused(condition: str, code: str, hint: str) -> None:
    with pytest.raises(WhytuneError) as caught:
        check_subjects(ours(condition), loading.load("guide"))
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.hint == f"did you mean `{hint}`?"


def test_the_digest_changes_with_every_word() -> None:
    assert ours("need: [latency]").digest != ours("need: [inference_cost]").digest


def test_the_digest_is_of_what_is_written_not_of_its_order() -> None:
    turned = replace(GUIDE, rows=GUIDE.rows[::-1], approaches=GUIDE.approaches[::-1])
    assert turned.digest == GUIDE.digest != replace(GUIDE, rows=GUIDE.rows[1:]).digest


def test_a_file_beside_the_rulebook_comes_before_the_default(tmp_path: Any) -> None:
    assert standing_beside("guide", loading.PRICES) == "guide"
    assert standing_beside(str(tmp_path), loading.PRICES) == loading.DEFAULT
    (tmp_path / loading.PRICES).write_text("prices: {}\n")
    assert standing_beside(str(tmp_path), loading.PRICES) == str(tmp_path)


def test_what_stands_beside_a_rulebook_is_no_part_of_it() -> None:
    folder = Path(str(resources.files("whytune.rules"))) / "guide"
    names = {path.name for path in folder.glob("*.yaml")}
    assert names >= loading.BESIDE
    assert {path.name for path in loading.rulebook_files(folder)} == names - loading.BESIDE


def test_an_advice_brings_its_rival_and_the_costs_of_both_along_in_json() -> None:
    facts = ("prompt_enough=no", "external_knowledge=no", "need=latency", "prompt_tokens=2000")
    options = [part for fact in facts for part in ("--set", fact)]
    plain = CliRunner().invoke(cli, ["advise", *options, "--as-of", "2026-11-22", "-f", "json"])
    told = CliRunner().invoke(
        cli, ["advise", *options, "--as-of", "2026-11-22", "-f", "json", "--compare", "--costs", "--model", "gpt-4o"]
    )
    more = json.loads(told.output)
    assert more.pop("comparison")["options"] == ["fine_tune", "prompt"]
    costs = more.pop("costs")
    assert costs["model"] == "gpt-4o"
    assert [option["option"] for option in costs["options"]] == ["fine_tune", "prompt"]
    assert costs["options"][1]["missing"] == ["calls_per_month", "output_tokens"]
    assert costs["price_list"]["digest"]
    assert more == json.loads(plain.output)


ATTACK = "<script>alert(1)</script> | *b* [x](http://x) \\\\[y](http://y) @who"


@pytest.fixture
def attacked(tmp_path: Path) -> str:
    """A comparison into which an attacker wrote wherever one can write."""
    (tmp_path / "c.yaml").write_text(f"""
comparison: {{name: ours, edition: "{ATTACK}", title: "{ATTACK}", languages: [en]}}
documents: [{{document: memo, title: "{ATTACK}", edition: "{ATTACK}"}}]
approaches: [{{approach: prompt, label: "{ATTACK}"}}]
tables: [{{table: all, title: "{ATTACK}", source: {{document: memo, place: "{ATTACK}"}}}}]
rows: [{{row: price, table: all, label: "{ATTACK}", cells: {{prompt: "{ATTACK}"}}, note: {{text: "{ATTACK}"}}}}]
""")
    return str(tmp_path / "c.yaml")


def test_nothing_that_anybody_wrote_acts_in_markdown(attacked: str) -> None:
    shown = CliRunner().invoke(cli, ["compare", "-r", attacked, "--format", "markdown"]).output
    assert shown.count("script&#62;alert(1)") == 11  # that of the row twice
    assert "<" not in re.sub("</?sub>", "", shown)
    assert not re.search(r"(?<!\\)(\\\\)*[*\[]|@who", shown)
    assert {len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in shown.splitlines() if line.startswith("|")} == {3}


def test_nothing_that_anybody_wrote_is_markup_in_a_page(attacked: str) -> None:
    page = CliRunner().invoke(cli, ["compare", "-r", attacked, "--format", "html"]).output
    assert page.count("&lt;script&gt;alert(1)") == 13  # and the title of the whole twice, and of the column in its cell
    assert "<script" not in page
    assert "default-src 'none'; style-src 'sha256-" in page


def test_a_page_shows_what_was_asked_for() -> None:
    page = CliRunner().invoke(cli, ["compare", "rag", "-d", "data_need", "--format", "html"]).output
    assert '<th scope="row">Data needed</th><td data-title="RAG">Documents of a knowledge base</td>' in page
    assert page.count("<tr>") == 2


def test_a_kind_of_what_is_compared_has_its_rows_but_those_that_the_comparison_names_keep_their_own() -> None:
    whole, decision = load_comparison("guide"), whytune.load("practice").content.decision["approach"]
    kinds = with_kinds(whole, decision)
    for row in kinds.rows:
        line = kinds.line(row, ("encoder", "fine_tune", "in_context", "prompt"))
        assert line.cells["encoder"] == line.cells["fine_tune"]
        assert line.cells["in_context"] == line.cells["prompt"]
    assert "rag_and_fine_tune" not in {approach.approach for approach in kinds.approaches}
    assert with_kinds(whole, whytune.load("guide").content.decision["approach"]) == whole
