"""Regions, shares, witnesses and deciding rules are what counting and running every cell finds."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from decimal import Decimal
from math import prod
from types import ModuleType

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from whytune.engine import Advisor, Rulebook, load
from whytune.engine.language.case import CaseFacts, complete
from whytune.engine.language.intervals import Interval
from whytune.engine.meaning import regions
from whytune.engine.meaning.deciding import Deciding
from whytune.engine.meaning.diagram import DecisionDiagram, Ground, Where
from whytune.engine.meaning.diagram import ground as grounds
from whytune.engine.meaning.regions import CountingAtlas, Region, Share
from whytune.engine.meaning.semantics import meaning
from whytune.engine.words.speaker import Speaker
from whytune.prose.regions import advise_command, percent, share, share_of_part
from whytune.prose.shell import quoted

from .counting import counted_share
from .generated import decision, fact, framed, full_cells, rule, rulebooks, written
from .laws import tries
from .looks import sampled, tabled

MOST = 3_000


def tasks(rulebook: Rulebook) -> list[CaseFacts]:
    """Every task once, values of facts that do not apply left out."""
    assume(prod(len(domain.cells) for domain in rulebook.vocabulary.domains.values()) <= MOST)
    found = {tuple(sorted(values.items())): values for values in full_cells(rulebook.vocabulary)}
    return [complete(rulebook.vocabulary, values) for values in found.values()]


def is_in(region: Region, facts: CaseFacts) -> bool:
    def fits(name: str, cell: str | Interval) -> bool:
        value = facts.states[name].value
        return cell.holds(value) if isinstance(cell, Interval) and isinstance(value, Decimal) else cell == value

    return all(any(fits(name, cell) for cell in cells) for name, cells in region.facts.items())


def conditions(rulebook: Rulebook, diagram: DecisionDiagram) -> Iterator[tuple[Where, str, str]]:
    yield from ((condition, "rule", name) for name, condition in diagram.rules.items())
    for name in diagram.advice:
        where = Deciding(diagram, name)
        yield from ((condition, f"reasons {name}", rule) for rule, condition in where.rules.items())
        yield where.nothing_stands, f"reasons {name}", f"{name}.if_none_stands"
        yield where.several_stand, f"reasons {name}", f"{name}.if_several_stand"


@tries(60)
@given(rulebook=rulebooks)
def test_regions_cover_exactly_the_tasks_in_which_a_condition_holds(rulebook: Rulebook) -> None:
    ground = Ground(rulebook)
    diagram, atlas = DecisionDiagram(rulebook, ground=ground), CountingAtlas(ground)
    every = tasks(rulebook)
    rules = {id(facts): meaning(rulebook, facts.values).rules for facts in every}
    for name, condition in diagram.rules.items():
        holding = [facts for facts in every if rules[id(facts)][name]]
        found = atlas.regions(condition, most=10_000)
        assert found.share == atlas.share(condition) == (len(holding), len(every))
        assert counted_share(found.rest).tasks == 0
        assert [facts for facts in every if any(is_in(region, facts) for region in found.listed)] == holding
        for region in found.listed:
            assert counted_share(region.share).tasks == sum(is_in(region, facts) for facts in every)


@tries(60)
@given(rulebook=rulebooks)
def test_a_rule_is_a_reason_exactly_where_recommendations_give_it(rulebook: Rulebook) -> None:
    advisor, ground = Advisor(rulebook), Ground(rulebook)
    diagram = DecisionDiagram(rulebook, ground=ground)
    every = tasks(rulebook)[::7]
    for about in diagram.advice:
        where = Deciding(diagram, about)
        reasons = {
            **where.speaking,
            f"{about}.if_none_stands": where.nothing_stands,
            f"{about}.if_several_stand": where.several_stand,
        }
        for facts in every:
            answer = advisor.recommend(facts).decisions[about]
            expected = {name for name, condition in reasons.items() if condition.holds(facts.cells)}
            assert {name for name in answer.reasons if name in reasons} == expected


@tries(60)
@given(rulebook=rulebooks)
def test_a_witness_meets_its_condition_whatever_else_is_true_and_needs_every_fact(rulebook: Rulebook) -> None:
    ground = Ground(rulebook)
    diagram, atlas = DecisionDiagram(rulebook, ground=ground), CountingAtlas(ground)
    for condition, _, _ in conditions(rulebook, diagram):
        case = atlas.witness(condition)
        assert (case is None) == (atlas.share(condition).tasks == 0)
        if case is not None:
            facts = complete(rulebook.vocabulary, case)  # raises if a fact would not apply
            assert condition.holds(facts.given_cells)


def test_a_region_of_one_piece_of_a_number_names_it() -> None:
    guide = Advisor.load("guide").rulebook
    ground = Ground(guide)
    diagram = DecisionDiagram(guide, ground=ground)
    found = CountingAtlas(ground).regions(diagram.rules["lora_for_moderate_domain_data"])
    assert [set(region.facts) for region in found.listed] == [
        {"prompt_enough", "external_knowledge", "need", "examples"}
    ]
    assert found.listed[0].facts["need"] == ("domain_terms",)
    assert counted_share(found.share).of == 2_880


@tabled(
    ("tasks", "of", "said"),
    [
        (0, 4, "0 %"),
        (1, 4, "25.0 %"),
        (4, 4, "100 %"),
        (0, 0, "100 %"),
        (9_999, 10_000, "99.9 %"),
        (1, 1_000_000, "0.0001 %"),
        (2, 3_840, "0.05 %"),
        (1, 100_000_000, "< 0.0001 %"),
    ],
)
def test_a_share_reads_0_only_of_nothing_and_100_only_of_all(tasks: int, of: int, said: str) -> None:
    assert percent(Share(tasks, of)) == said


def test_parts_are_told_by_counts_that_add_up_and_where_nobody_counts_by_a_share() -> None:
    speaker = Speaker(load("guide"), "en")
    assert share_of_part(Share(1, 3_840), speaker) == "1 of 3,840 tasks"
    assert share_of_part(Share(10**12, 10**13), speaker) == "10.0 %"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
@example("e\x1b[31mR")
@example("d\n'\\\u202ef")
def test_a_word_of_a_command_is_visible_and_a_shell_reads_it_as_it_was(word: str) -> None:
    said = quoted(word)
    assert said.isprintable()
    read = subprocess.run(["bash", "-c", f"printf %s {said}"], capture_output=True, check=True).stdout
    assert read.decode() == word


def test_the_command_of_a_witness_shows_no_control_character() -> None:
    assert advise_command({"days": "3"}, "e\x1bR") == ("whytune advise", r"--rulebook $'e\x1bR'", "--set days=3")


def scattered(names: list[str]) -> tuple[CountingAtlas, Where]:
    """The tasks with an odd number of these facts: no two of them are in one region."""
    facts = [fact(name, "yes_no") for name in names]
    some = rule("r", **{"if": {names[0]: "yes"}}, propose={"d": "a"})
    ground = Ground(written(framed(facts=facts, decisions=[decision("d", ["a", "b"], "a", ["a", "b"])], rules=[some])))
    odd = ground.nowhere
    for name in names:
        odd ^= ground.choice(name, [0])
    return CountingAtlas(ground), odd


@pytest.mark.parametrize(("bound", "module"), sampled([("MAX_WORK", regions), ("MAX_NODES_TOGETHER", grounds)], 2))
def test_regions_that_are_too_many_are_told_as_far_as_they_fit(
    bound: str, module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    atlas, odd = scattered([f"f{index}" for index in range(8)])
    listed = set()
    for most in (50, 200, 400, 800, 100_000):
        monkeypatch.setattr(module, bound, most)
        before = len(atlas.store)
        told = atlas.regions(odd)
        assert len(atlas.store) == before  # what is told takes no room from what is asked
        assert told.share == (128, 256)
        assert sum(counted_share(region.share).tasks for region in told.listed) + counted_share(told.rest).tasks == 128
        assert bool(counted_share(told.rest).tasks) == (len(told.listed) < 128)
        listed.add(len(told.listed))
    assert max(listed) == 128
    assert len(listed) > 2


@pytest.mark.slow
def test_regions_for_which_steps_run_out_are_told_as_far_as_they_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    atlas, odd = scattered([f"f{index}" for index in range(8)])
    listed = []
    for steps in (*range(200, 1_000, 100), 2_000, 16_000):  # wherever they end
        monkeypatch.setattr(grounds, "MAX_STEPS_TOGETHER", steps)
        told = atlas.regions(odd)
        assert sum(counted_share(region.share).tasks for region in told.listed) + counted_share(told.rest).tasks == 128
        listed.append(len(told.listed))
    assert listed == sorted(listed)
    assert listed[0] < listed[3] < listed[-1] == 128


def test_of_more_tasks_than_anybody_counts_the_part_is_told() -> None:
    speaker, many = Speaker(load("guide"), "en"), 9_497_581_977_600
    assert share(Share(130_598_400, many), speaker) == "about 1 in 73,000 tasks"
    assert share(Share(many // 4, many), speaker) == "25.0 % of all tasks"
    assert share(Share(2, 3_840), speaker).startswith("2 of 3,840 tasks")
