"""The rulebook `guide`: its cases, the names that others rely on, every cell, and every quote."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from whytune.engine import Advisor, Rulebook
from whytune.engine.advice.agreement import Agreement
from whytune.engine.language import source
from whytune.engine.language.case import CaseFacts, complete, resolve
from whytune.engine.language.casefile import read_case
from whytune.engine.language.citations import Original, Source, sources_in
from whytune.engine.language.text import is_chinese
from whytune.engine.language.vocabulary import Vocabulary
from whytune.engine.meaning.semantics import meaning
from whytune.engine.review.casebook import cases_of, coverage, mutation, run_all

from .generated import applicable, full_cells

CASES = sorted((Path(__file__).parent.parent / "rules" / "guide" / "cases").glob("*.yaml"))
TODAY = date(2026, 11, 22)
TEXT = (Path(__file__).parent / "data" / "guide.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load("guide")


@pytest.fixture(scope="module")
def rulebook(advisor: Advisor) -> Rulebook:
    return advisor.rulebook


# The cases.


def test_there_are_cases() -> None:
    assert len(CASES) >= 12


def test_every_case_gives_what_it_expects(rulebook: Rulebook) -> None:
    cases = cases_of("guide", rulebook)
    assert len(cases) == len(CASES)
    assert [result.failures for result in run_all(rulebook, cases, TODAY) if result.failures] == []
    for case in cases:
        assert case.title != Path(case.span.source).stem
        assert [each.kind for each in case.expects][:2] == ["advice", "status"]


def test_the_cases_reach_every_rule_cut_and_path_and_notice_every_change(rulebook: Rulebook) -> None:
    cases = cases_of("guide", rulebook)
    reach = coverage(rulebook, cases, TODAY)
    assert reach.in_force.missing == reach.decisive.missing == ()
    assert reach.decisive.never == ("for_domain_terms",)  # lora or full is always more exact
    assert all(each.below and each.above for each in reach.cuts)
    assert reach.paths["approach"].taken == reach.paths["approach"].of
    found = mutation(rulebook, cases, TODAY)
    assert found.changed > 100
    assert (found.score, found.undecided, found.survivors) == (100, 0, ())


def test_the_cases_cover_the_rulebook(advisor: Advisor) -> None:
    """Each outcome and status, each rule in force, both sides of each cut, a fallback and a preference."""
    answers = [
        advisor.recommend(resolve(advisor.rulebook.vocabulary, read_case(source.read(path)).given)) for path in CASES
    ]
    approaches = [answer.decisions["approach"] for answer in answers]
    assert {approach.advice for approach in approaches} == {"prompt", "rag", "fine_tune", "lora", "full", None}
    assert {approach.status for approach in approaches} == {"settled", "provisional", "open"}
    in_force = {firing.name for answer in answers for firing in answer.trace if firing.state == "in_force"}
    assert in_force == set(advisor.rulebook.rule)
    policies = {firing.policy for answer in answers for firing in answer.trace}
    assert policies >= {"approach.if_none_stands", "approach.if_several_stand"}
    numbers = {name: {answer.facts[name].value for answer in answers} for name in ("examples", "good_examples")}
    assert numbers["examples"] >= {99, 100, 9_999, 10_000}
    assert numbers["good_examples"] >= {49, 50}


# The names that are fixed.


def test_the_facts(rulebook: Rulebook) -> None:
    facts = {fact.fact: fact for fact in rulebook.vocabulary.declared if not fact.used_for}
    assert {name: fact.kind for name, fact in facts.items()} == {
        "prompt_enough": "yes_no",
        "external_knowledge": "yes_no",
        "need": "choice",
        "examples": "whole_number",
        "good_examples": "whole_number",
        "latest_knowledge": "yes_no",
        "general_chat": "yes_no",
        "fast_iteration": "yes_no",
        "private_data": "yes_no",
        "can_anonymise": "yes_no",
    }
    assert list(facts) == [
        "prompt_enough",
        "external_knowledge",
        "need",
        "examples",
        "good_examples",
        "latest_knowledge",
        "general_chat",
        "fast_iteration",
        "private_data",
        "can_anonymise",
    ]
    assert facts["need"].values == ("output_format", "brand_tone", "domain_terms", "inference_cost", "latency")
    assert {group.group: group.values for group in facts["need"].groups} == {
        "style_format": ("output_format", "brand_tone"),
        "domain_expertise": ("domain_terms",),
        "latency_cost": ("inference_cost", "latency"),
    }
    assert {name: fact.assume for name, fact in facts.items() if fact.assume} == {
        "good_examples": ("50",),
        "latest_knowledge": ("no",),
        "general_chat": ("no",),
        "fast_iteration": ("no",),
        "private_data": ("no",),
    }
    assert {name: fact.only_if for name, fact in facts.items() if fact.only_if} == {
        "can_anonymise": {"private_data": ("yes",)}
    }


def test_the_bands(rulebook: Rulebook) -> None:
    bands = {
        fact.fact: [(band.band, band.cut_at, band.values) for band in fact.bands]
        for fact in rulebook.vocabulary.declared
        if fact.bands
    }
    assert bands == {
        "examples": [("data_volume", (Decimal(100), Decimal(10_000)), ("scarce", "moderate", "large"))],
        "good_examples": [("data_quality", (Decimal(50),), ("too_few", "enough"))],
    }
    assert rulebook.vocabulary.bands["data_volume"].ask == {"en": "Is there enough data?", "zh": "数据量够吗?"}


def test_the_decision(rulebook: Rulebook) -> None:
    (decision,) = rulebook.decisions
    assert decision.decision == "approach"
    assert {option.option: option.kind_of for option in decision.options} == {
        "prompt": None,
        "rag": None,
        "fine_tune": None,
        "lora": "fine_tune",
        "full": "fine_tune",
    }
    assert {option.option: option.label["zh"] for option in decision.options} == {
        "prompt": "提示工程",
        "rag": "RAG 检索增强",
        "fine_tune": "微调",
        "lora": "LoRA 微调",
        "full": "全量微调",
    }
    assert {option.option: (option.style.fill, option.style.stroke) for option in decision.options if option.style} == {
        "fine_tune": ("#e3f2fd", "#1976d2"),
        "lora": ("#e8f5e9", "#388e3c"),
        "full": ("#fff3e0", "#f57c00"),
    }
    assert decision.if_none_stands.advise == "prompt"
    assert decision.if_several_stand.prefer == ("rag", "prompt")
    assert (decision.opening or {})["zh"] == "需要 LLM 能力"
    assert (decision.closing or {})["zh"] == "部署使用"


def test_the_rules(rulebook: Rulebook) -> None:
    sections = {
        section: [rule for rule in rulebook.rules if rule.section == section] for section in ("framework", "scenarios")
    }
    assert [len(rules) for rules in sections.values()] == [8, 10]
    assert sum(map(len, sections.values())) == len(rulebook.rules)
    assert [rule.conclude for rule in rulebook.rules if rule.conclude] == ["model_must_change"]
    waiting = [rule for rule in sections["scenarios"] if rule.all_of.get("model_must_change") == ("yes",)]
    assert waiting == sections["scenarios"]
    assert sum("approach" in rule.rule_out for rule in waiting) == 5
    assert all(rule.rule_out.get("approach", ("fine_tune",)) == ("fine_tune",) for rule in waiting)
    assert all(source.quote for rule in rulebook.rules for source in rule.sources)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_text_is_in_both_languages(rulebook: Rulebook, language: str) -> None:
    texts = [text for rule in rulebook.rules for text in (rule.title, rule.because)]
    texts += [text for fact in rulebook.vocabulary.declared for text in (fact.ask, fact.label, *fact.labels.values())]
    texts += [text for note in rulebook.notes for text in (note.title, note.text)]
    assert all(text[language] for text in texts)
    assert rulebook.languages == ("en", "zh")


# Every cell.


def agree(advisor: Advisor, facts: CaseFacts) -> None:
    """The reference, durable-rules and the diagram say the same of everything."""
    reference = meaning(advisor.rulebook, facts.values)
    Agreement(advisor.rulebook).check(reference, advisor.engine.run(facts))
    for name, truth in reference.rules.items():
        assert truth is None or advisor.diagram.rules[name].values(facts.cells) == {truth}
    for name, advice in reference.advice.items():
        assert advice is None or advisor.diagram.advice[name].values(facts.cells) == {advice}


def cells(vocabulary: Vocabulary) -> Iterator[dict[str, str | Decimal]]:
    """Every full cell once: facts that do not apply make no difference."""
    return iter({tuple(values.items()): values for values in full_cells(vocabulary)}.values())


@pytest.mark.parametrize("stride", [29, pytest.param(1, marks=pytest.mark.slow)])
def test_full_cells(advisor: Advisor, stride: int) -> None:
    every = list(cells(advisor.rulebook.vocabulary))
    assert len(every) == 2 * 2 * 5 * 3 * 2 * 2 * 2 * 2 * 3
    for values in every[::stride]:
        facts = complete(advisor.rulebook.vocabulary, values)
        assert all(state.state in ("given", "not_applicable") for state in facts.states.values())
        agree(advisor, facts)
        advice = meaning(advisor.rulebook, facts.values).advice["approach"]
        assert advice == flowchart(values), values


def flowchart(values: dict[str, str | Decimal]) -> str:
    """The guide in plain code, written apart from the rulebook; "refer" cannot happen."""
    if values["prompt_enough"] == "yes":
        return "prompt"
    if values["external_knowledge"] == "yes":
        return "rag"
    against = (
        "yes" in (values["latest_knowledge"], values["general_chat"], values["fast_iteration"])
        or Decimal(values["good_examples"]) < 50
        or values.get("can_anonymise") == "no"
    )
    examples = Decimal(values["examples"])
    if values["latest_knowledge"] == "yes":
        return "rag"
    if against or (values["need"] == "domain_terms" and examples < 100):
        return "prompt"
    if values["need"] != "domain_terms":
        return "fine_tune"
    return "lora" if examples < 10_000 else "full"


@pytest.mark.slow
def test_2000_cells_with_unknown_facts(advisor: Advisor) -> None:
    chance = random.Random(2_000)
    vocabulary = advisor.rulebook.vocabulary
    for _ in range(2_000):
        known = {
            name: chance.randrange(len(domain.cells))
            for name, domain in vocabulary.domains.items()
            if chance.random() < 0.6
        }
        given = {
            name: value
            for name, value in applicable(vocabulary, known).items()
            if name != "can_anonymise" or known.get("private_data") == 0
        }
        unknown = {name: "unknown" for name in vocabulary.domains if name not in given and chance.random() < 0.5}
        agree(advisor, complete(vocabulary, {**given, **unknown}))


# The quotes.


def sources(rulebook: Rulebook) -> Iterator[tuple[str, Source]]:
    for place, part in rulebook.parts():
        yield from ((place[1], cited) for _, cited in sources_in(part))


def originals(rulebook: Rulebook) -> Iterator[tuple[str, Original]]:
    yield from ((name, cited.original) for name, cited in sources(rulebook) if cited.original)


def test_every_source_is_shown_in_the_language_of_its_reader_and_kept_in_its_own(rulebook: Rulebook) -> None:
    for name, cited in sources(rulebook):
        assert cited.original is not None, name
        for passage in (cited.place, cited.quote):
            assert isinstance(passage, dict), name
            assert not any(map(is_chinese, passage["en"])), passage
            assert any(map(is_chinese, passage["zh"])), passage
            assert "-->" not in "".join(passage.values()), passage


def test_every_quote_stands_in_the_guide(rulebook: Rulebook) -> None:
    quotes = [(name, original.quote or "") for name, original in originals(rulebook)]
    assert len(quotes) > len(rulebook.rules)
    text = " ".join(TEXT.split())
    assert [(name, quote) for name, quote in quotes if quote not in text] == []


def test_every_example_is_the_guides(rulebook: Rulebook) -> None:
    examples = [rule.example["zh"] for rule in rulebook.rules if rule.example]
    assert len(examples) == 5
    assert [example for example in examples if example not in TEXT] == []


def test_every_place_begins_with_a_heading_of_the_guide(rulebook: Rulebook) -> None:
    lines = TEXT.splitlines()
    places = [(name, original.place or "") for name, original in originals(rulebook)]
    assert [(name, place) for name, place in places if place.split(":")[0] not in lines] == []


def test_every_arrow_of_the_guides_flowchart_is_a_place(rulebook: Rulebook) -> None:
    """But for those that begin and end it."""
    arrows = [line for line in TEXT.splitlines() if line.startswith("Q") and "-->" in line]
    assert len(arrows) == 10
    places = " ".join(original.place or "" for _, original in originals(rulebook))
    labels = [arrow.split("|")[1] for arrow in arrows]
    assert [label for label in labels if f"|{label}|" not in places] == []
