"""`import whytune`: what a user of the library holds, and what that answers."""

from __future__ import annotations

import copy
import doctest
import inspect
import json
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner

import whytune
from whytune.cli import cli
from whytune.diagrams import formats
from whytune.diagrams.flowchart import flowchart
from whytune.diagrams.picture import Picture
from whytune.engine import Advisor, Rulebook
from whytune.engine.advice import explanations
from whytune.engine.language.brief import MOST
from whytune.engine.meaning.diagram import DecisionDiagram
from whytune.engine.words.speaker import Speaker
from whytune.shown import Shown

from .looks import tabled
from .stage import ONE_DAY, ROOT, perform

DAY = "2026-11-22"
EDITS = ROOT / "tests" / "edits"
FACTS = {"prompt_enough": False, "external_knowledge": False, "need": "domain_terms", "examples": 100}


@pytest.fixture(scope="module")
def guide() -> whytune.Rulebook:
    return whytune.load("guide")


@pytest.fixture(scope="module")
def case(guide: whytune.Rulebook) -> whytune.Case:
    return guide.case(FACTS)


def modules() -> list[str]:
    """The modules of the face."""
    stems = sorted(path.stem for path in (ROOT / "api").glob("*.py"))
    return ["whytune", *(f"whytune.{stem}" for stem in stems if stem != "__init__")]


class Examples(doctest.DocTestFinder):
    """Finds those of functions that are wrapped, too."""

    def _from_module(self, module: Any, object: Any) -> bool:
        return bool(super()._from_module(module, inspect.unwrap(object)))  # type: ignore[misc]


def test_the_examples_in_docstrings_are_true() -> None:
    tried = 0
    for name in modules():
        for examples in Examples().find(import_module(name)):
            failed, count = doctest.DocTestRunner().run(examples)
            assert not failed, examples.name
            tried += count
    assert tried > 50


def test_every_module_of_the_face_is_found_by_type_checkers() -> None:
    """`typings/whytune` links to the files of the face, and to the folders of the other packages."""
    typings = ROOT / "typings" / "whytune"
    files = {path.name for path in (ROOT / "api").glob("*.py")}
    assert {path.name for path in typings.iterdir()} >= files | {"engine", "prose", "diagrams", "cli", "rules"}
    assert all(Path(typings / name).resolve() == ROOT / "api" / name for name in files)


def test_an_import_loads_nothing_that_is_not_used_yet() -> None:
    code = "import sys, whytune; print(sorted(name for name in sys.modules if name.startswith('whytune')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['whytune']"


def test_what_the_face_does_not_show_is_an_attribute_error() -> None:
    assert [name for name in dir(whytune) if not name.startswith("__")] == sorted(
        set(whytune.__all__) - {"__version__"}
    )
    assert all(getattr(whytune, name) for name in whytune.__all__)
    with pytest.raises(AttributeError, match="'whytune' has no attribute 'Loader'"):
        whytune.Loader  # type: ignore[attr-defined]  # noqa: B018


def test_a_rulebook_and_a_case_are_copied_and_pickled(guide: whytune.Rulebook, case: whytune.Case) -> None:
    for copied in (copy.copy(case), copy.deepcopy(case), pickle.loads(pickle.dumps(case))):
        assert copied.recommendation == case.recommendation
    for book in (copy.copy(guide), copy.deepcopy(guide), pickle.loads(pickle.dumps(guide))):
        assert repr(book) == repr(guide)
        assert book.case(FACTS).recommendation == case.recommendation


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_rulebook_holds_by_name_tells_what_can_be_said_of_each(language: str) -> None:
    book = whytune.load("guide", language=language)
    for parts, said in ((book.facts, book.facts["need"].ask), (book.decisions, book.decisions["approach"].ask)):
        for told in (str(parts), parts._repr_html_(), parts._repr_markdown_()):
            assert all(name in told.replace("<wbr>", "") for name in parts)
            assert said[language] in told
        assert pickle.loads(pickle.dumps(parts)) == copy.copy(parts) == parts
    assert book.rules["prompt_is_enough"].title[language] in str(book.rules)
    assert [fact["fact"] for fact in book.facts.to_dict()] == [*book.facts]


def test_facts_are_given_by_name_or_as_a_mapping(guide: whytune.Rulebook) -> None:
    assert guide.case(FACTS).facts == guide.case(**FACTS).facts == guide.case(FACTS, examples=100).facts
    assert guide.case(FACTS, examples=5000).facts.given["examples"] == 5000


def test_a_list_of_values_is_one_fact_that_is_given() -> None:
    case = whytune.load("practice", as_of="2026-12-15").case(goals=["sources"], lookup=True)
    assert repr(case).startswith("<Case rag (provisional), 2 facts given")


def test_a_part_of_a_list_leads_to_the_list_and_a_comparison_has_a_cell_for_each_of_its_options() -> None:
    book = whytune.load("practice", as_of="2026-12-15")
    assert book.facts["goals.accuracy"] == book.facts["goals"]
    assert str(book.facts.about("goals.accuracy")) == str(book.facts.about("goals"))
    with pytest.raises(whytune.WhytuneError, match=r"unknown fact `goals\.accuracies`"):
        book.facts["goals.accuracies"]
    compared = book.case(lookup=True, knowledge_changes=True).comparison()
    options, rows = compared.to_dict()["options"], compared.to_dict()["rows"]
    assert options[0] == "rag"
    assert all(row["cells"].keys() == {*options} for row in rows)
    assert rows


@pytest.mark.parametrize(("language", "advice"), [("en", "RAG (retrieval)"), ("zh", "RAG 检索增强")])
def test_an_answer_to_a_row_can_have_titles_for_names(language: str, advice: str) -> None:
    book = whytune.load("practice", as_of="2026-12-15", language=language)
    answers = book.decide([{"lookup": "yes", "knowledge_changes": "yes"}, {"lookup": "perhaps"}])
    answered, refused = answers
    titled = answers.titled(answered)
    assert (titled.keys(), titled["approach.advice"]) == (answered.keys(), advice)
    assert len(titled["approach.possible"]) == len(answered["approach.possible"])
    assert not {*titled["approach.rests_on"]} & {*answered["approach.rests_on"]}
    assert titled["approach.status"] == answered["approach.status"]
    assert answers.titled(refused) == refused


def test_a_decision_shows_the_titles_of_as_many_options_as_a_line_holds() -> None:
    shown = repr(whytune.load("practice").decisions["approach"])
    assert shown.startswith("<Decision approach: prompt (Prompt engineering), in_context (A prompt with the whole")
    assert shown.endswith(", 2 more>")
    assert len(shown) <= MOST < len(shown.replace("2 more", "encoder (Fine-tuning, as a small classifier), 1 more"))


def test_a_combination_that_no_comparison_knows_is_set_side_by_side_by_its_parts() -> None:
    given = {"lookup": True, "knowledge_changes": True, "goals": ["style", "sources"], "signal": "demonstrations"}
    book = whytune.load("practice", as_of="2026-12-15")
    compared = book.case(given, examples=3_000, prompt_result="dear", knowledge_tokens=300_000).comparison()
    assert {"“RAG and fine-tuning” stands here by its parts", "Dimension"} <= {
        line.strip().split("  ")[0] for line in str(compared).splitlines()
    }
    assert {*compared.to_dict()["options"]} == {"rag", "fine_tune"}
    assert compared.to_dict()["rows"]


def test_the_outcome_of_a_decision_names_its_parts_in_one_line(case: whytune.Case) -> None:
    assert repr(case.outcome()) == (
        "<DecisionOutcome lora (provisional): advice, referred, possible, possible_as_assumed, decided_by, rests_on, "
        "next_question, options, cautions, value>"
    )


def test_a_name_that_is_not_there_is_a_problem_with_the_one_that_may_be_meant(case: whytune.Case) -> None:
    """Asked of any value of the engine, not only of the face: never a KeyError, a StopIteration or a wrong answer."""
    advisor, facts, answer = case.advisor, case.facts, case.recommendation
    content = advisor.rulebook
    approach = content.decision["approach"]
    asking: list[tuple[Callable[[], object], str, str]] = [
        (lambda: explanations.why(advisor, facts, "aproach"), "unknown-decision", "approach"),
        (lambda: explanations.why_not(advisor, facts, "aproach", "full"), "unknown-decision", "approach"),
        (lambda: explanations.why_not(advisor, facts, "approach", "ful"), "unknown-option", "full"),
        (lambda: explanations.flips(advisor, facts, "aproach"), "unknown-decision", "approach"),
        (lambda: explanations.flips(advisor, facts, "approach", "ful"), "unknown-option", "full"),
        (lambda: explanations.sufficient_reason(advisor, facts, "aproach"), "unknown-decision", "approach"),
        (lambda: explanations.next_question(advisor, facts, "aproach"), "unknown-decision", "approach"),
        (lambda: answer.deciding("aproach"), "unknown-decision", "approach"),
        (lambda: answer.decisions["approach"].options["ful"], "unknown-option", "full"),
        (lambda: answer.facts["exmaples"], "unknown-fact", "examples"),
        (lambda: approach.option("ful"), "unknown-option", "full"),
        (lambda: content.rule["prompt_is_enuogh"], "unknown-rule", "prompt_is_enough"),
        (lambda: content.only("framwork"), "unknown-section", "framework"),
        (lambda: content.testing("exmaples"), "unknown-fact", "examples"),
        (lambda: content.vocabulary.bands["data_volum"], "unknown-band", "data_volume"),
        (lambda: advisor.diagram.rules["prompt_is_enuogh"], "unknown-rule", "prompt_is_enough"),
        (lambda: flowchart(advisor.inquiry("aproach"), Speaker(content, "en")), "unknown-decision", "approach"),
    ]
    for ask, code, meant in asking:
        with pytest.raises(whytune.WhytuneError) as caught:
            ask()
        (problem,) = caught.value.problems
        assert (problem.code, problem.hint) == (code, f"did you mean `{meant}`?")


def test_what_is_no_name_is_an_unknown_one(case: whytune.Case) -> None:
    for name in ("", "x" * 99, "\x1b[2J", 3, None, ("x",)):
        with pytest.raises(whytune.WhytuneError, match="unknown decision") as caught:
            case.recommendation.decisions[name]  # type: ignore[index]
        assert str(caught.value).splitlines()[1] == "  hint: it may be approach"


@tabled("given", [None, 3, "examples=100", ["examples"], {"examples"}])
def test_facts_that_are_no_mapping_are_a_problem(given: Any) -> None:
    with pytest.raises(whytune.WhytuneError) as caught:
        Advisor.load("guide").advise(given)
    assert str(caught.value) == "facts: a case is a map of facts"


def test_each_answer_is_the_value_of_the_engine_and_told_as_the_terminal_tells_it(case: whytune.Case) -> None:
    questions: dict[str, tuple[Shown[Any], tuple[str, ...]]] = {
        "why": (case.why(), ()),
        "why-not": (case.why_not("rag"), ("rag",)),
        "what-if": (case.what_if(examples=20_000), ("--set", "examples=20000")),
        "flip": (case.flips(to="full"), ("--to", "full")),
        "reason": (case.reason(), ()),
        "next": (case.next_question(), ()),
    }
    file = "tests/data/face.yaml"
    assert case.facts.states == whytune.load("guide").read_case(ROOT / file).facts.states
    for command, (answer, options) in questions.items():
        printed = perform(command, file, *options, "--rulebook", "guide").stdout.rstrip("\n")
        assert answer.written("text", "short") == printed
        told = perform(command, file, *options, "--rulebook", "guide", "--format", "json").stdout
        assert answer.to_dict() == {name: part for name, part in json.loads(told).items() if name != "question"}
        assert f"<{'h1' if command != 'reason' else 'table'}" in answer.write("html")
        assert answer._repr_markdown_() == answer.write("markdown")
        assert repr(answer) == repr(answer.value)
    assert case.flips(to="full").flips[0].changes[0].after == 10_000
    assert "\n".join(str(case).splitlines()[:2]) == "\n".join(perform("advise", file).stdout.splitlines()[:2])


def test_an_answer_is_copied_and_pickled_and_has_the_parts_of_its_value_alone(case: whytune.Case) -> None:
    answer = case.why_not("rag")
    for copied in (copy.copy(answer), copy.deepcopy(answer), pickle.loads(pickle.dumps(answer))):
        assert str(copied) == str(answer)
    with pytest.raises(AttributeError, match="'WhyNot' object has no attribute 'advise'"):
        answer.advise  # noqa: B018


def test_a_notebook_shows_a_case_with_its_way(case: whytune.Case) -> None:
    assert "<svg" in case._repr_html_()
    assert "<svg" in str(case.flowchart()._repr_svg_())
    assert case.flowchart()._repr_html_().startswith('<svg style="max-width: 100%; height: auto" ')
    assert case._repr_markdown_().startswith("### 🟠 Advice: LoRA")


def test_a_notebook_shows_a_case_where_nothing_can_be_drawn(
    case: whytune.Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Picture) -> str:
        raise whytune.WhytuneError([])

    monkeypatch.setattr(Picture, "svg", fail)
    assert "<svg" not in case._repr_html_()
    assert "<pre><code>" in case._repr_html_()
    assert case.flowchart()._repr_svg_() is None
    assert "=&gt; 1. Can a prompt solve it?" in case.flowchart()._repr_html_()


def test_a_notebook_says_why_a_picture_is_too_large_in_its_language(
    guide: whytune.Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "MAX_DRAWN", 3)
    picture = guide.in_language("zh").flowchart()
    assert picture._repr_svg_() is None
    assert picture._repr_html_().startswith("<pre>图中将有 30 个节点")
    assert "提示" in picture._repr_html_()


def test_everything_that_a_cell_may_end_with_is_told_in_one_line_and_shown(
    guide: whytune.Rulebook, case: whytune.Case, tmp_path: Path
) -> None:
    ledger = whytune.Ledger(tmp_path / "a.ledger")
    assert ledger._repr_html_() is None
    identity = ledger.record(case)
    shown = (
        (ledger, identity),
        (ledger.find(identity), f"Record {identity}"),
        (ledger.replay(identity), f"Record {identity} gives the same result again, byte for byte"),
        (ledger.statistics(), "LoRA fine-tuning"),
        (case.outcome(), "Advice: LoRA fine-tuning"),
        (case.comparison(), "“LoRA fine-tuning” beside “Prompt engineering”"),
        (guide.facts.about("need"), "What is needed?"),
        (guide.decide([{"prompt_enough": True}]), "Answers given so far: 0."),
    )
    for value, words in shown:
        line = repr(value)
        assert "\n" not in line, line
        assert " object at " not in line, line
        assert len(line) <= MOST or isinstance(value, whytune.Ledger), line
        assert words in str(value._repr_html_()), line


def test_the_outcome_of_a_decision_is_told_and_is_its_value(case: whytune.Case) -> None:
    outcome = case.outcome()
    assert outcome != case.but(prompt_enough=True).outcome()
    assert outcome == case.outcome() == case.recommendation.decisions["approach"]
    assert outcome.advice == case.advice
    assert "If an assumption fails, also possible: Prompt engineering, RAG (retrieval)" in outcome.write()
    assert outcome.to_dict() == case.to_dict()["decisions"]["approach"]


def test_no_name_of_a_fact_is_taken_by_the_face(guide: whytune.Rulebook) -> None:
    """A fact may be called as anything of Python's is; whatever stands beside facts is positional."""
    for method in (whytune.Rulebook.case, whytune.Case.what_if, whytune.Case.but):
        parameters = list(inspect.signature(method).parameters.values())
        assert all(parameter.kind in (parameter.POSITIONAL_ONLY, parameter.VAR_KEYWORD) for parameter in parameters)
    with pytest.raises(whytune.WhytuneError, match="unknown fact `self`"):
        guide.case(self=1, given=2)


def test_what_no_longer_applies_is_left_out_of_what_would_be_otherwise(guide: whytune.Rulebook) -> None:
    case = guide.case(private_data=True, can_anonymise=True)
    assert case.but(private_data=False).facts.states["can_anonymise"].state == "not_applicable"
    with pytest.raises(whytune.WhytuneError, match="does not apply"):
        case.but(private_data=False, can_anonymise=True)


def test_the_clock_is_read_for_today_alone(guide: whytune.Rulebook) -> None:
    with time_machine.travel(ONE_DAY, tick=False):
        assert whytune.load("guide").day is None
        assert whytune.load("guide", as_of="today").day == guide.as_of("today").day == ONE_DAY.date()
    assert guide.as_of("2026-03-31").day == guide.as_of(date(2026, 3, 31)).day == date(2026, 3, 31)
    for no_day in ("31.3.2026", "now", "", 20260331, datetime(2026, 3, 31, 23)):
        with pytest.raises(whytune.WhytuneError, match="a date like 2026-03-31"):
            guide.as_of(no_day)  # type: ignore[arg-type]


def test_where_a_rulebook_has_dates_a_day_is_never_guessed(tmp_path: Path) -> None:
    for dated in ("    valid: {from: 2026-01-01}\n", "    reviewed_on: 2026-01-01\n"):
        written = (ROOT / "tests/broken/cases/_rulebook.yaml").read_text().replace("    if:", f"{dated}    if:", 1)
        (tmp_path / "dated.yaml").write_text(written)
        book = whytune.load(tmp_path / "dated.yaml")
        asking: list[Callable[[], object]] = [book.check, book.test]
        asking += [book.case, book.flowchart, partial(book.difference, book)] if "valid" in dated else []
        for ask in asking:
            with pytest.raises(whytune.WhytuneError) as caught:
                ask()
            assert [problem.code for problem in caught.value.problems] == ["no-day"]
        on_a_day = book.as_of("2026-06-01")
        assert on_a_day.check().day == on_a_day.case().recommendation.as_of == date(2026, 6, 1)
        assert on_a_day.difference(book).level == "nothing"


@pytest.mark.slow
def test_what_has_no_dates_is_checked_alike_on_every_day(guide: whytune.Rulebook) -> None:
    assert not guide.content.is_dated
    assert (
        guide.check().findings
        == guide.as_of("2026-03-31").check().findings
        == guide.as_of("2106-01-01").check().findings
    )
    assert not guide.test().failed


def test_a_language_that_is_not_spoken_is_a_problem(guide: whytune.Rulebook) -> None:
    assert "建议：LoRA" in str(guide.in_language("zh").case(FACTS))
    for ask in (partial(guide.in_language, "zz"), partial(whytune.load, "guide", language="zz")):
        with pytest.raises(whytune.WhytuneError, match="the rulebook has no texts in `zz`"):
            ask()
    with pytest.raises(whytune.WhytuneError, match="did you mean `html`"):
        guide.case(FACTS).write("htm")  # type: ignore[arg-type]


def parts_of(value: Any) -> list[Any]:
    """What a value holds."""
    if isinstance(value, Mapping):
        return [*value.values()]
    if isinstance(value, tuple | list | frozenset):
        return [*value]
    names = [*getattr(value, "__dict__", ()), *getattr(value, "__dataclass_fields__", ())]
    return [getattr(value, name) for name in names] if type(value).__module__.startswith("whytune") else []


@pytest.mark.slow
def test_every_value_is_shown_on_one_line(guide: whytune.Rulebook, case: whytune.Case, tmp_path: Path) -> None:
    """Whatever answers hold, at any depth: of a rulebook and a recommendation thousands of letters were shown."""
    for path in (ROOT / "rules" / "guide").glob("*.yaml"):
        (tmp_path / path.name).write_text(path.read_text().replace("cut_at: [100, 10000]", "cut_at: [200, 10000]"))
    answers = [case.why(), case.why_not("rag"), case.what_if(examples=20_000), case.flips(), case.reason()]
    about = [case.next_question(), case.flowchart(), case.document(), guide.difference(tmp_path), guide.check()]
    waiting: list[Any] = [guide, case, *answers, *about, guide.test()]
    seen: dict[int, Any] = {}
    while waiting:
        value = waiting.pop()
        if id(value) not in seen:
            seen[id(value)] = value
            waiting += parts_of(value)
    ours = [value for value in seen.values() if type(value).__module__.startswith("whytune")]
    assert len({type(value) for value in ours}) > 60
    shown = {type(value).__qualname__: line for value in ours if len(line := repr(value)) > MOST or "\n" in line}
    assert not shown
    public = (Advisor, Rulebook, whytune.Rulebook, whytune.Case, whytune.Recommendation, DecisionDiagram, Speaker)
    assert not [value for value in ours if isinstance(value, public) and " object at " in repr(value)]


def test_what_a_rulebook_shows_of_itself_is_told_as_the_terminal_tells_it(tmp_path: Path) -> None:
    shutil.copytree(EDITS / "old", tmp_path / "old")
    (tmp_path / "old" / "cases").mkdir()
    wrong = "given: {topic: bill, amount: 120, lawyer: no}\nexpect: {answer: template}\n"
    (tmp_path / "old" / "cases" / "wrong.yaml").write_text(wrong)
    old, new, cases = str(tmp_path / "old"), str(EDITS / "threshold"), str(EDITS / "cases")
    book = whytune.load(old, as_of=DAY)
    asked = {"check": book.check(), "test": book.test(coverage=True), "diff": book.difference(new, cases=cases)}
    options = {"check": [old], "test": [old, "--coverage"], "diff": [old, new, "--cases", cases]}
    for command, telling in asked.items():
        run = CliRunner().invoke(cli, [command, *options[command], "--as-of", DAY, "--format", "markdown"])
        assert telling.written("markdown", "short").rstrip() == run.stdout.rstrip(), command
        assert telling._repr_html_().startswith("<")
        if command != "diff":  # whose diagrams stay where they were computed
            assert pickle.loads(pickle.dumps(telling)).write() == str(telling)


def test_a_difference_tells_what_goes_beyond_a_declared_edit_and_which_cases_change(tmp_path: Path) -> None:
    old = whytune.load(EDITS / "old", as_of=DAY)
    (tmp_path / "case.yaml").write_text("given: {topic: bill, amount: 120, lawyer: no}\n")
    narrow = old.difference(EDITS / "threshold", allow=EDITS / "too_narrow.yaml", cases=tmp_path)
    assert narrow.report.is_beyond
    assert narrow.report.cases
    assert narrow.report.cases.changed
    assert not old.difference(EDITS / "threshold", allow=EDITS / "intent.yaml").report.is_beyond
    assert narrow.flowchart().svg().startswith("<")


PAGE = (ROOT / "docs" / "python.md").read_text()


def test_the_page_about_python_names_all_that_can_be_asked() -> None:
    for kind in (whytune.Rulebook, whytune.Case):
        asked = {name for name, part in vars(kind).items() if not name.startswith("_") and (part.__doc__ or "")}
        within = {
            "case_of",
            "overlaid",
            "smallest_flips",
            "what_if_given",
            "asked",
            "asked_day",
            "speaker",
            "decision",
            "document",
            "to_dict",
        }
        assert not [name for name in asked - within - {"facts"} if f".{name}" not in PAGE]


@pytest.mark.slow
def test_the_notebook_to_begin_with_runs(tmp_path: Path) -> None:
    """Its source says nothing of a machine: no outputs, no counts. Skipped where there is no Jupyter."""
    for package in ("nbconvert", "ipykernel"):
        pytest.importorskip(package, reason="needs Jupyter: pip install 'whytune[notebook]'")
    notebook = ROOT / "docs" / "examples" / "first_steps.ipynb"
    command = (sys.executable, "-m", "nbconvert", "--execute", "--to", "html", notebook, "--output-dir", tmp_path)
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    shown = (tmp_path / "first_steps.html").read_text()
    assert shown.count("<svg") == 2, "the way of the case, and the flowchart of a section, whose texts can be read"
    assert shown.count('style="max-width: 100%; height: auto"') == 1
    assert "<img" not in shown
    assert "did you mean" in shown
    assert "Traceback" not in shown


def test_the_source_of_the_notebook_holds_no_outputs() -> None:
    cells = json.loads((ROOT / "docs" / "examples" / "first_steps.ipynb").read_text())["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert len(code) > 5
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in code)


def test_the_nearest_change_is_the_one_that_changes_a_number_least(guide: whytune.Rulebook) -> None:
    """One example more leads to LoRA, 9,901 more to full fine-tuning, which comes first by name."""
    nearest = guide.case(FACTS | {"examples": 99}).flips().nearest
    assert [(change.fact, change.after) for change in nearest.changes] == [("examples", 100)]


def test_what_if_says_that_the_advice_stays(case: whytune.Case) -> None:
    stays = case.what_if(examples=150)
    assert str(stays).startswith("Advice: LoRA fine-tuning (provisional), as before")
    assert stays.to_dict()["stays"] == {"approach": {"advice": "lora", "status": "provisional"}}


def test_a_shipped_rulebook_without_a_comparison_takes_that_of_the_default() -> None:
    told = whytune.load("practice", as_of=DAY).case(goals=["style"]).comparison().to_dict()
    assert told["comparison"]["name"] == "guide"
