"""`import whytune`: what a user of the library holds, and what that answers."""

from __future__ import annotations

import copy
import doctest
import pickle
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import whytune
from whytune.diagrams.flowchart import flowchart
from whytune.engine import Advisor
from whytune.engine.advice import explanations
from whytune.engine.words.speaker import Speaker

from .stage import ROOT

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


def test_the_examples_in_docstrings_are_true() -> None:
    tried = 0
    for name in modules():
        failed, count = doctest.testmod(import_module(name))
        assert not failed, name
        tried += count
    assert tried > 5


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
    assert set(whytune.__all__) <= set(dir(whytune))
    assert all(getattr(whytune, name) for name in whytune.__all__)
    with pytest.raises(AttributeError, match="'whytune' has no attribute 'Loader'"):
        whytune.Loader  # noqa: B018


def test_a_rulebook_and_a_case_are_copied_and_pickled(guide: whytune.Rulebook, case: whytune.Case) -> None:
    for copied in (copy.copy(case), copy.deepcopy(case), pickle.loads(pickle.dumps(case))):
        assert copied.recommendation == case.recommendation
    for book in (copy.copy(guide), copy.deepcopy(guide), pickle.loads(pickle.dumps(guide))):
        assert repr(book) == repr(guide)
        assert book.case(FACTS).recommendation == case.recommendation


def test_facts_are_given_by_name_or_as_a_mapping(guide: whytune.Rulebook) -> None:
    assert guide.case(FACTS).facts == guide.case(**FACTS).facts == guide.case(FACTS, examples=100).facts
    assert guide.case(FACTS, examples=5000).facts.given["examples"] == 5000


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
        (lambda: flowchart(advisor.diagram, "aproach", Speaker(content, "en")), "unknown-decision", "approach"),
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


@pytest.mark.parametrize("given", [None, 3, "examples=100", ["examples"], {"examples"}])
def test_facts_that_are_no_mapping_are_a_problem(given: Any) -> None:
    with pytest.raises(whytune.WhytuneError) as caught:
        Advisor.load("guide").advise(given)
    assert str(caught.value) == "facts: a case is a map of facts"
