"""What a solver finds, where a diagram would be too large, is what the diagram finds where both can answer."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

import whytune
from whytune.engine import Rulebook, WhytuneError
from whytune.engine.language.case import fitting
from whytune.engine.language.problems import Problem, Sentence
from whytune.engine.language.rulebook import Waiver
from whytune.engine.meaning import study
from whytune.engine.meaning.diagram import DecisionDiagram, Ground, solving
from whytune.engine.meaning.diagram.met_cases import MetCases
from whytune.engine.meaning.glimpses import GlimpsingAtlas
from whytune.engine.meaning.study import Study
from whytune.engine.review.casebook import covered_by
from whytune.engine.review.checks import examine, undecided
from whytune.engine.review.difference import AdviceChange, OmissionChange, ReachChange, compare, difference
from whytune.engine.review.examination import Examination, Finding

from .generated import bounded, decision, edited, fact, framed, rule, rulebooks, written
from .laws import tries
from .test_clauses import tangled

pytest.importorskip("pysat")

DAY = dt.date(2027, 1, 1)
EDITS = Path(__file__).parent / "edits"


def both_ways(rulebook: Rulebook) -> tuple[list[Finding], list[Finding]]:
    examined = Examination(rulebook, DAY, covered_by(rulebook, (), DAY))
    return examine(examined), examine(replace(examined, shared=Ground(rulebook, in_clauses=True)))


def summary(finding: Finding) -> tuple[object, ...]:
    """What is told about a finding, but for how many tasks it concerns and which of them are shown."""
    message = finding.message if finding.code != "coming-change" else None
    return finding.code, finding.severity, finding.about, finding.span, message, finding.waiver, bool(finding.regions)


@tries(60)
@given(rulebook=rulebooks)
def test_a_solver_finds_what_the_diagram_finds(rulebook: Rulebook) -> None:
    walked, asked = both_ways(rulebook)
    assert list(map(summary, asked)) == list(map(summary, walked))


@pytest.mark.slow
@tries(30)
@given(rulebook=bounded())
def test_a_solver_finds_it_where_numbers_bound_each_other(rulebook: Rulebook) -> None:
    walked, asked = both_ways(rulebook)
    assert list(map(summary, asked)) == list(map(summary, walked))


@pytest.mark.slow
@tries(60)
@given(rulebook=rulebooks)
def test_each_region_and_witness_in_clauses_lies_where_the_rule_is_in_force(rulebook: Rulebook) -> None:
    walked, asked = Study(rulebook), Study(rulebook, shared=Ground(rulebook, in_clauses=True))
    for name in rulebook.rule:
        regions = asked.atlas.regions(asked.in_force(name))
        held = walked.in_force(name)
        assert (regions.share, regions.rest) == (None, None)
        assert bool(regions.listed) == bool(held)
        left = held
        for region in regions.listed:
            inside = walked.ground.all_of(
                walked.ground.choice(other, cells) for other, cells in asked.atlas.cells(region).items()
            )
            assert not walked.atlas.among_tasks(inside) - held
            left -= inside
            facts = fitting(rulebook.vocabulary, region.witness)
            assert held.holds(facts.given_places)
        assert regions.has_others == bool(left)


def test_a_rulebook_whose_diagram_has_no_room_is_checked_and_shares_are_not_made_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(study, "MAX_NODES_TOGETHER", 200)
    examined = Examination(tangled(12, 30), DAY)
    assert examined.ground.is_in_clauses
    told = [finding.regions for finding in examine(examined) if finding.regions]
    assert told
    for regions in told:
        assert regions.share is None
        assert all(region.witness for region in regions.listed)


@pytest.mark.slow
def test_what_is_not_decided_within_the_bound_is_told_by_name_and_the_rest_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rulebook = tangled(30, 150)
    monkeypatch.setattr(solving, "MAX_CONFLICTS", 1)
    findings = examine(Examination(rulebook, DAY, shared=Ground(rulebook, in_clauses=True)))
    undecided = [finding for finding in findings if "not decided" in finding.message["en"]]
    assert undecided
    assert {finding.severity for finding in undecided} <= {"note", "warning"}
    assert {"several-stand"} <= {finding.code for finding in findings if finding not in undecided}


def test_without_a_solver_the_refusal_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(study, "MAX_NODES_TOGETHER", 200)
    monkeypatch.setitem(sys.modules, "pysat.solvers", None)
    with pytest.raises(WhytuneError) as refused:
        examine(Examination(tangled(12, 30), DAY))
    assert [problem.code for problem in refused.value.problems] == ["no-solver"]


def changed(change: AdviceChange | OmissionChange | ReachChange) -> tuple[object, ...]:
    """What changes, but for how many tasks and which of them are shown."""
    if isinstance(change, ReachChange):
        return change.decision, change.name, bool(change.gains), bool(change.loses)
    about = change.fact if isinstance(change, OmissionChange) else None
    return about, change.decision, change.before, change.after


@pytest.mark.slow
@tries(60)
@given(pair=edited())
def test_a_solver_tells_the_differences_that_the_diagrams_tell(pair: tuple[Rulebook, Rulebook]) -> None:
    compared = compare(*pair)
    walked, asked = difference(compared), difference(compared.in_clauses())
    assert (asked.level, asked.parts, asked.uncompared) == (walked.level, walked.parts, walked.uncompared)
    for one, other in (
        (walked.advice, asked.advice),
        (walked.omissions, asked.omissions),
        (walked.reasons, asked.reasons),
        (walked.cautions, asked.cautions),
    ):
        assert sorted(map(changed, other), key=str) == sorted(map(changed, one), key=str)
    for change in asked.advice:
        assert change.where.share is None
        for region in change.regions:
            for book, given_, advice in (
                (compared.old.rulebook, region.witness.old, change.before),
                (compared.new.rulebook, region.witness.new, change.after),
            ):
                if advice is not None:
                    places = fitting(book.vocabulary, given_).given_places
                    assert DecisionDiagram(book).advice[change.decision].values(places) == {advice}


def spread(cells: int, asked: str) -> Rulebook:
    """A decision among three options by rules each for one value of a fact, where another fact of its own is so."""
    values = [f"v{index}" for index in range(cells)]
    spread_over = fact("n", "choice", values=values, labels={value: value for value in values})
    rules = [
        rule(f"r{index}", propose={"d": "abc"[index % 3]}, **{"if": {"n": value, f"f{index}": asked}})
        for index, value in enumerate(values)
    ]
    facts = [spread_over, *(fact(f"f{index}", "yes_no") for index in range(cells))]
    return written(framed(facts=facts, decisions=[decision("d", [*"abc"], "a", [*"abc"])], rules=rules))


@pytest.mark.slow
def test_the_work_for_a_fact_that_is_left_out_grows_with_its_values_and_not_with_their_combinations() -> None:
    compared = compare(spread(9, "yes"), spread(9, "no"))
    in_clauses = compared.in_clauses()
    walked, asked = difference(compared).omissions, difference(in_clauses).omissions
    assert sorted(map(changed, asked), key=str) == sorted(map(changed, walked), key=str)
    assert len(in_clauses.new.ground.store) < 3_000


def test_a_difference_without_room_for_diagrams_is_told_without_shares_and_pictures(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(study, "MAX_NODES_TOGETHER", 10)
    old = whytune.load(EDITS / "old", as_of="2026-11-22")
    edit = old.difference(EDITS / "threshold", allow=EDITS / "intent.yaml")
    assert edit.compared.new.ground.is_in_clauses
    assert [(change.before, change.after, change.where.share) for change in edit.advice] == [
        ("clerk", "template", None)
    ]
    text = edit.write()
    assert "diagram would be too large" in text
    assert "100 to below 150" in text
    assert "%" not in text
    assert "<svg" not in edit.write("html")
    with pytest.raises(WhytuneError, match="passes 10 nodes"):
        edit.flowchart()
    assert "are not counted" in old.test(coverage=True).write()


@pytest.mark.slow
def test_no_waiver_covers_what_is_not_decided_and_none_is_idle_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    parts: dict[str, Any] = {
        "finding": "undecided",
        "about": "d",
        "because": {"en": "so"},
        "owner": "us",
        "until": None,
    }
    wheres: dict[str, Any] = {"all": {}, "some": {"f0": ("no",)}}
    waivers = (Waiver.model_construct(waiver=name, where=where, **parts) for name, where in wheres.items())
    rulebook = replace(tangled(12, 30), waivers=tuple(waivers))
    monkeypatch.setattr(undecided, "look", lambda examined: iter([examined.undecided("d", None)]))
    findings = [
        finding for finding in examine(Examination(rulebook, DAY)) if finding.code in ("undecided", "idle-waiver")
    ]
    assert [(finding.code, finding.waiver, finding.regions) for finding in findings] == [("undecided", None, None)]


def test_what_holds_somewhere_may_have_no_region_and_what_may_hold_nowhere_is_not_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rulebook = tangled(12, 30)
    examined = Study(rulebook, shared=Ground(rulebook, in_clauses=True))
    where = examined.in_force("r0")

    def tired(*_: object) -> bool:
        raise WhytuneError([Problem("search-too-large", Sentence("too long"))])

    monkeypatch.setattr(solving.Solver, "can_be", tired)
    regions = examined.atlas.regions(where)  # a case that was drawn shows that it holds
    assert (regions.listed, regions.has_others) == ((), True)
    monkeypatch.setattr(MetCases, "show", lambda *_: False)
    with pytest.raises(WhytuneError) as caught:
        examined.atlas.regions(where)
    assert caught.value.is_too_large


def test_a_change_of_which_no_case_is_shown_is_told_without_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(study, "MAX_NODES_TOGETHER", 10)

    def tired(*_: object) -> dict[str, int]:
        raise WhytuneError([Problem("search-too-large", Sentence("too long"))])

    monkeypatch.setattr(GlimpsingAtlas, "_product", tired)
    edit = whytune.load(EDITS / "old", as_of="2026-11-22").difference(EDITS / "threshold")
    assert [(change.before, change.after, change.regions) for change in edit.advice] == [("clerk", "template", ())]
    text = edit.write()
    assert "and others" in text
    assert "whytune advise" not in text


def test_a_check_for_which_diagrams_have_no_room_and_all_after_it_ask_the_solver(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rulebook, look = tangled(4, 6), undecided.look
    expected = list(map(summary, examine(Examination(rulebook, DAY))))

    def crowded(examined: Examination) -> Any:
        if not examined.ground.is_in_clauses:
            raise WhytuneError([Problem("diagram-too-large", Sentence("too many"))])
        return look(examined)

    monkeypatch.setattr(undecided, "look", crowded)
    assert list(map(summary, examine(Examination(rulebook, DAY)))) == expected
    assert expected


def test_a_finding_that_takes_too_long_to_place_is_told_as_not_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    rulebook = tangled(4, 6)
    examined = Examination(rulebook, DAY, shared=Ground(rulebook, in_clauses=True))
    placed = {(finding.code, finding.about) for finding in examine(examined) if finding.regions}

    def tired(*_: object, **__: object) -> None:
        raise WhytuneError([Problem("search-too-large", Sentence("too long"))])

    monkeypatch.setattr(GlimpsingAtlas, "regions", tired)
    findings = examine(Examination(rulebook, DAY, shared=Ground(rulebook, in_clauses=True)))
    not_decided = {(finding.code, finding.about) for finding in findings if "未能判定" in finding.message["zh"]}
    assert not_decided == placed
    assert placed
