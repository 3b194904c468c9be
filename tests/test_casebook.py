"""A rulebook's own cases: read, run, measured and tried on mutants, held against enumerating every cell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from itertools import islice, product
from pathlib import Path
from shutil import copytree

import click
import pytest
from click.testing import CliRunner
from hypothesis import assume, given
from hypothesis import strategies as st

from whytune.cli import cli
from whytune.cli.expression import selection
from whytune.engine import Advisor, Rulebook, Span, WhytuneError, load
from whytune.engine.language.case import CaseFacts, complete, from_python, resolve
from whytune.engine.language.casefile import of_facts, read_cases
from whytune.engine.language.intervals import Interval
from whytune.engine.language.source import Map, decode
from whytune.engine.language.value import Value
from whytune.engine.meaning.diagram import DecisionDiagram, Function, Ground, cells_of
from whytune.engine.meaning.semantics import meaning
from whytune.engine.meaning.study import Study
from whytune.engine.review.casebook import CheckedCase, cases_of, coverage, covered, mutation, run_all, suggestions
from whytune.engine.review.casebook.expectations import Expectation
from whytune.engine.review.casebook.mutants import mutants
from whytune.engine.review.casebook.paths import Paths
from whytune.engine.review.casebook.reading import checked_cases
from whytune.engine.review.casebook.running import Judgement, by_advisor, by_meaning, failures
from whytune.engine.review.casebook.suggestion import Suggestion

from .generated import decision, documents, fact, framed, full_cells, partial_facts, representative, rule, written
from .laws import tries
from .looks import tabled

PARCEL = Path(__file__).parent / "data" / "parcel"
TODAY = date(2026, 11, 22)
MOST = 150
NOWHERE = of_facts(Map((), Span("here")))

small_rulebooks = documents(most_rules=4).map(written)


@pytest.fixture(scope="module")
def parcel() -> Rulebook:
    return load(PARCEL)


def read(rulebook: Rulebook, text: str) -> tuple[CheckedCase, ...]:
    return checked_cases(rulebook, read_cases(decode(text.encode(), "case.yaml")))


def failed(rulebook: Rulebook, text: str) -> list[tuple[str, tuple[str, ...]]]:
    """What fails in these cases, and what came instead."""
    results = run_all(rulebook, read(rulebook, text), TODAY)
    return [(failure.expectation.kind, failure.got) for result in results for failure in result.failures]


def tasks(rulebook: Rulebook) -> list[CaseFacts]:
    """Every task once, values of facts that do not apply left out."""
    every = list(islice(full_cells(rulebook.vocabulary), MOST + 1))
    assume(len(every) <= MOST)
    found = {tuple(sorted(values.items())): values for values in every}
    return [complete(rulebook.vocabulary, values) for values in found.values()]


def bare(facts: CaseFacts) -> CheckedCase:
    """A case that expects nothing, which no file may hold: for measuring what facts reach."""
    return CheckedCase(NOWHERE, facts, ())


def as_case(rulebook: Rulebook, suggested: Suggestion) -> CheckedCase:
    expects = [Expectation("advice", name, (outcome,), Span("here")) for name, outcome in suggested.expect.items()]
    expects += [Expectation("status", name, (status,), Span("here")) for name, status in suggested.status.items()]
    written = NOWHERE._replace(day=suggested.day)
    return CheckedCase(written, complete(rulebook.vocabulary, suggested.given), tuple(expects))


# Reading.


def test_cases_are_read_below_the_folder_in_the_order_of_their_names(tmp_path: Path) -> None:
    book = copytree(PARCEL, tmp_path / "parcel")
    for file in (book / "cases").iterdir():
        file.unlink()
    (book / "cases" / "b").mkdir()
    plain = {"given": {"weight": 1}, "expect": {"carrier": None}}
    for name in ("c.yml", "b/deep.json", "a.yaml", ".hidden.yaml", "notes.txt"):
        (book / "cases" / name).write_text(json.dumps(plain))
    for where in (book, str(book), book / "rulebook.yaml"):
        found = cases_of(where, load(where))
        assert [Path(case.span.source).name for case in found] == ["a.yaml", "deep.json", "c.yml"]
        assert [case.title for case in found] == ["a", "deep", "c"]


def test_a_rulebook_without_a_folder_of_cases_has_none() -> None:
    where = Path(__file__).parent / "broken" / "cases" / "_rulebook.yaml"
    assert cases_of(where, load(where)) == ()


def test_mistakes_in_several_files_are_reported_together(tmp_path: Path) -> None:
    book = copytree(PARCEL, tmp_path / "parcel")
    (book / "cases" / "one.yaml").write_text("given: {weigt: 1}")
    (book / "cases" / "two.yaml").write_text("given: {weight: 1}\nexpect: {carrier: pots}")
    with pytest.raises(WhytuneError) as caught:
        cases_of(book, load(book))
    assert [problem.code for problem in caught.value.problems] == ["unknown-fact", "unknown-option"]


def test_a_row_of_a_table_is_laid_over_what_the_rows_share(parcel: Rulebook) -> None:
    first, second = read(
        parcel,
        """
        case: Books
        as_of: 2025-01-01
        given: {weight: 1, urgent: yes}
        expect: {carrier: post, because: post_for_light}
        cases:
          - case: at home
            given: {abroad: no}
            expect: {carrier: courier, because: }
          - as_of: 2026-02-01
            given: {urgent: no}
        """,
    )
    assert (first.title, second.title) == ("Books: at home", "Books")
    assert (first.day, second.day) == (date(2025, 1, 1), date(2026, 2, 1))
    assert [(each.kind, each.wanted) for each in first.expects] == [("advice", ("courier",))]
    assert [(each.kind, each.wanted) for each in second.expects] == [
        ("advice", ("post",)),
        ("because", ("post_for_light",)),
    ]
    assert (first.facts.states["urgent"].value, second.facts.states["urgent"].value) == ("yes", "no")


def test_a_day_of_its_own_wins_over_today(parcel: Rulebook) -> None:
    text = "given: {{weight: 300, abroad: yes, urgent: no}}\nexpect: {{carrier: {}}}\n{}"
    assert failed(parcel, text.format("van", "as_of: 2025-12-31")) == []
    assert failed(parcel, text.format("van", "as_of: 2026-01-01")) == [("advice", ("refer",))]
    assert failed(parcel, text.format("refer", "")) == []


# Running.


@pytest.mark.parametrize(
    ("expect", "found"),
    [
        ("carrier: post", []),
        ("carrier: open", [("advice", ("post",))]),
        ("carrier: ", [("advice", ("post",))]),
        ("status: provisional", []),
        ("possible: [post, courier]", []),
        ("possible: [post]", [("possible", ("courier", "post"))]),
        ("because: [post_for_light]", []),
        ("because: courier_if_urgent", [("because", ("post_for_light",))]),
        ("because: carrier.if_none_stands", [("because", ("post_for_light",))]),
        ("not_because: [courier_if_urgent, carrier.if_several_stand]", []),
        ("ruled_out: van", [("ruled_out", ("not_proposed",))]),
        ("flips: [{given: {urgent: yes}, to: courier}]", []),
        ("flips: [{given: {urgent: yes}, to: post}]", [("flips", ("courier",))]),
        ("flips: [{given: {weight: unknown}, to: open}]", []),
        ("flips: [{given: {weight: 1}, to: post}]", [("flips", ("post",))]),
    ],
)
def test_what_a_case_may_expect(parcel: Rulebook, expect: str, found: list[tuple[str, tuple[str, ...]]]) -> None:
    assert failed(parcel, f"given: {{weight: 1, abroad: no}}\nexpect: {{{expect}}}") == found


def two_decisions() -> Rulebook:
    return written(
        framed(
            facts=[fact("f", "yes_no"), fact("g", "yes_no")],
            conclusions=[{"conclusion": "c", "label": "c"}],
            decisions=[decision(name, ["x", "y"], "x", "refer") for name in ("first", "last")],
            rules=[
                rule("concludes", **{"if": {"f": "yes"}}, conclude="c"),
                rule("for_first", **{"if": {"g": "yes"}}, propose={"first": "y"}),
                rule("for_last", **{"if": {"c": "yes"}}, propose={"last": "y"}),
            ],
        )
    )


def test_of_several_decisions_the_last_is_meant_unless_a_map_names_them() -> None:
    book = two_decisions()
    given_both = "given: {f: yes, g: no}\nexpect: "
    assert failed(book, given_both + "{first: x, last: y, because: [for_last, concludes]}") == []
    assert failed(book, given_both + "{because: {first: [first.if_none_stands], last: for_last}}") == []
    assert failed(book, given_both + "{status: {first: open, last: settled}}") == [("status", ("settled",))]
    assert failed(book, given_both + "{flips: {first: [{given: {g: yes}, to: y}]}}") == []


@tries(25)
@given(rulebook=small_rulebooks, data=st.data())
def test_the_meaning_judges_as_a_recommendation_does(rulebook: Rulebook, data: st.DataObject) -> None:
    advisor, ground = Advisor(rulebook), Ground(rulebook)
    facts = data.draw(partial_facts(rulebook.vocabulary))
    judged = by_advisor(advisor)(facts)
    assert judged == by_meaning(DecisionDiagram(rulebook, ground=ground))(facts)
    moved = next((each.rulebook for each in mutants(rulebook) if each.kind == "moved_cut"), rulebook)
    assert judged == by_meaning(DecisionDiagram(rulebook, ground=Ground(moved, rulebook)))(facts)


def test_a_case_is_judged_alike_where_another_rulebook_cuts_its_numbers_elsewhere() -> None:
    def cut(*at: str) -> Rulebook:
        pieces = [f"p{index}" for index in range(len(at) + 1)]
        facts = [
            fact("n", "whole_number", bands=[{"band": "size", "values": pieces, "cut_at": [*at]}]),
            fact("f", "yes_no", assume="no"),
        ]
        large = rule("large", **{"if": {"size": pieces[-1]}}, propose={"d": "a"})
        asked = rule("asked", **{"if": {"f": "yes"}}, propose={"d": "b"})
        decisions = [decision("d", ["a", "b", "c"], "c", ["a", "b", "c"])]
        return written(framed(facts=facts, rules=[large, asked], decisions=decisions))

    rulebook, other = cut("10"), cut("5", "20")
    own, shared = DecisionDiagram(rulebook), DecisionDiagram(rulebook, ground=Ground(other, rulebook))
    for case in ({}, {"n": 7}, {"n": 12}, {"n": 12, "f": True}, {"n": 7, "f": True}, {"f": False}):
        facts = resolve(rulebook.vocabulary, from_python(case))
        assert by_meaning(shared)(facts) == by_meaning(own)(facts)


@tries(25)
@given(rulebook=small_rulebooks, data=st.data())
def test_the_policy_of_an_answer_is_the_one_in_the_trace(rulebook: Rulebook, data: st.DataObject) -> None:
    answer = Advisor(rulebook).recommend(data.draw(partial_facts(rulebook.vocabulary)))
    for name, decided in answer.decisions.items():
        policies = {step.policy for step in answer.trace if step.kind == "decision" and step.name == name}
        told = {each for each in decided.decided_by if each.startswith(f"{name}.")}
        assert told == policies - {None}


# Coverage.


@tries(25)
@given(rulebook=small_rulebooks, data=st.data())
def test_coverage_is_what_enumerating_every_task_finds(rulebook: Rulebook, data: st.DataObject) -> None:
    every = tasks(rulebook)
    some = [data.draw(partial_facts(rulebook.vocabulary)) for _ in range(3)]
    reach = coverage(rulebook, list(map(bare, some)), TODAY)
    in_force = [{rule for rule, truth in meaning(rulebook, each.values).rules.items() if truth} for each in every]
    assert set(reach.in_force.never) == set(rulebook.rule).difference(*in_force)
    diagram = Study(rulebook).diagram
    for name, found in reach.paths.items():
        paths = Paths(diagram, name)
        ways = {paths.taken(task.cells) for task in every}
        taken = {path for path in (paths.taken(facts.cells) for facts in some) if path}
        assert (found.of, found.taken) == (len(ways), len(taken))
        assert len(list(paths.missing(taken))) == len(ways) - len(taken)
        settling = [cells for facts in some if (cells := settled(diagram.advice[name], facts)) is not None]
        reached = [task for task in every if any(agrees(diagram, task, cells) for cells in settling)]
        assert found.tasks == (len(reached), len(every))


def settled(advice: Function[str], facts: CaseFacts) -> Mapping[str, int | frozenset[int]] | None:
    """What the advice rests on: what is given, or else all that is known; None if the case is open."""
    sets = (facts.given_places, facts.places)
    return next((cells for cells in sets if len(advice.values(cells)) == 1), None)


def agrees(diagram: DecisionDiagram, task: CaseFacts, cells: Mapping[str, int | frozenset[int]]) -> bool:
    """Where a fact does not apply, its first cell stands for all."""
    return all(task.cells.get(name, 0) in cells_of(place) for name, place in cells.items())


def told_in(judgement: Judgement) -> Iterator[str]:
    """The rules that a judgement tells as reasons of an advice or as cautions along with it."""
    for name, answer in judgement.decisions.items():
        yield from (*judgement.reasons(name), *answer.cautions)


@tries(25)
@given(rulebook=small_rulebooks, data=st.data())
def test_a_rule_decides_where_it_is_a_reason_or_its_caution_is_told(rulebook: Rulebook, data: st.DataObject) -> None:
    every = tasks(rulebook)
    judged = by_advisor(Advisor(rulebook))
    reasons = {id(task): set(told_in(judged(task))) for task in every}
    some = data.draw(st.lists(st.sampled_from(every), min_size=1, max_size=3))
    reach = coverage(rulebook, list(map(bare, some)), TODAY)
    rules = set(rulebook.rule)
    assert set(reach.decisive.reached) == rules.intersection(*[set().union(*(reasons[id(task)] for task in some))])
    assert set(reach.decisive.never) == rules.difference(*reasons.values())


@tries(25)
@given(rulebook=small_rulebooks, data=st.data())
def test_a_rule_and_a_side_of_a_cut_are_covered_by_a_case_in_which_they_are(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    facts = data.draw(partial_facts(rulebook.vocabulary))
    found, advisor = covered(rulebook, [facts]), Advisor(rulebook)
    trace = advisor.recommend(facts).trace
    assert found.rules == {step.name for step in trace if step.kind == "rule" and step.state == "in_force"}
    for cut in rulebook.vocabulary.cuts:
        cells, place = rulebook.vocabulary.domains[cut.fact].cells, facts.places.get(cut.fact)
        interval = cells[place] if isinstance(place, int) else Interval(None, None)
        assert isinstance(interval, Interval)
        assert (cut in found.below, cut in found.above) == (interval.high == cut.at, interval.low == cut.at)


@tries(25)
@given(rulebook=small_rulebooks)
def test_the_cases_suggested_cover_all_that_was_missing_and_pass(rulebook: Rulebook) -> None:
    gaps = coverage(rulebook, [], TODAY)
    assume(all(paths.of <= 20 for paths in gaps.paths.values()))
    cases = [as_case(rulebook, each) for each in suggestions(rulebook, [], gaps, TODAY)]
    assert [result for result in run_all(rulebook, cases, TODAY) if result.failures] == []
    reach = coverage(rulebook, cases, TODAY)
    assert reach.in_force.missing == reach.decisive.missing == ()
    assert all(each.below and each.above for each in reach.cuts)
    assert all(paths.taken == paths.of for paths in reach.paths.values())
    assert list(suggestions(rulebook, cases, reach, TODAY)) == []


# Mutation.


def points(rulebooks: Iterable[Rulebook]) -> Iterator[dict[str, Value]]:
    """A value of every fact, whether it applies or not, for all combinations of cells of these rulebooks."""
    values: dict[str, dict[Value, None]] = {}
    for rulebook in rulebooks:
        for name, domain in rulebook.vocabulary.domains.items():
            values.setdefault(name, {}).update((representative(cell), None) for cell in domain.cells)
    return (dict(zip(values, chosen, strict=True)) for chosen in product(*values.values()))


def whole(value: Value) -> str | Decimal:
    """A value that is known as a whole."""
    assert isinstance(value, str | Decimal)
    return value


def advice(rulebook: Rulebook, point: Mapping[str, Value]) -> Mapping[str, str | None]:
    domains = rulebook.vocabulary.domains
    subjects = {
        subject: values[domains[name].cell_of(whole(value))]
        for name, value in point.items()
        for subject, values in domains[name].subjects.items()
    }
    return meaning(rulebook, subjects).advice


@pytest.mark.slow
@tries(12)
@given(rulebook=documents(most_rules=3).map(written))
def test_mutants_are_equal_exactly_where_no_cell_differs_and_every_survivor_has_a_case(rulebook: Rulebook) -> None:
    every = list(mutants(rulebook))
    assume(len(list(islice(points([rulebook]), MOST + 1))) <= MOST)
    found = mutation(rulebook, [], TODAY)
    assert (found.noticed, found.undecided) == (0, 0)
    changed = {
        id(each)
        for each in every
        if any(advice(rulebook, point) != advice(each.rulebook, point) for point in points([rulebook, each.rulebook]))
    }
    assert found.equal == len(every) - len(changed)
    assert len(found.survivors) == found.changed == len(changed)
    for survivor in found.survivors:
        case = as_case(rulebook, survivor.case)
        assert not list(failures(case, by_advisor(Advisor(rulebook, TODAY))))
        changed_book = survivor.mutant.rulebook
        with suppress(WhytuneError):  # or it cannot even be stated: a fact does not apply where the cut is moved
            moved = case._replace(facts=complete(changed_book.vocabulary, survivor.case.given))
            assert list(failures(moved, by_advisor(Advisor(changed_book, TODAY))))


@pytest.mark.slow
@tries(12)
@given(rulebook=documents(most_rules=3).map(written))
def test_with_the_suggested_cases_no_mutant_survives(rulebook: Rulebook) -> None:
    found = mutation(rulebook, [], TODAY)
    cases = [as_case(rulebook, survivor.case) for survivor in found.survivors]
    again = mutation(rulebook, cases, TODAY)
    assert (again.score, again.changed, again.equal) == (100, found.changed, found.equal)


def test_a_rule_that_no_longer_holds_is_tried_on_the_day_of_its_case(parcel: Rulebook) -> None:
    later = date(2027, 1, 1)
    parcel = load(PARCEL)
    text = "as_of: 2025-06-30\ngiven: {weight: 300, abroad: yes, urgent: no}\nexpect: {carrier: van, status: settled}"
    alone = mutation(parcel, read(parcel, text), later)
    assert any(survivor.mutant.name == "no_van_abroad" for survivor in alone.survivors)
    assert not any(
        survivor.mutant.name == "van_for_heavy" and survivor.mutant.kind == "no_rule" for survivor in alone.survivors
    )


def test_what_takes_too_much_work_is_not_tried(parcel: Rulebook) -> None:
    found = mutation(parcel, [], TODAY, max_work=1)
    assert (found.changed, found.noticed, found.equal) == (0, 0, 0)
    assert found.undecided == len(list(mutants(parcel)))


def test_work_on_cases_counts_and_what_it_does_not_come_to_is_told(parcel: Rulebook) -> None:
    """However many cases there are, and whatever they notice, the work ends."""
    cases = read(parcel, "given: {weight: 300, abroad: yes, urgent: no}\nexpect: {carrier: van, status: settled}") * 50
    every = len(list(mutants(parcel)))
    alone = mutation(parcel, cases, TODAY)
    assert alone.untried == 0
    for most in (0, 500, 5_000):
        found = mutation(parcel, cases, TODAY, max_trial=most)
        assert found.changed + found.equal + found.undecided + found.untried == every
        assert found.noticed <= alone.noticed
    assert mutation(parcel, cases, TODAY, max_trial=0).untried == every
    more, less = (mutation(parcel, cases[:count], TODAY, max_trial=5_000).untried for count in (50, 1))
    assert more > less


@pytest.mark.parametrize("where", ["guide", PARCEL], ids=["guide", "parcel"])
def test_every_mutant_stands_somewhere_in_the_files(where: str | Path) -> None:
    rulebook = load(where)
    kinds = {each.kind for each in mutants(rulebook) if rulebook.places[each.place].line}
    assert {"no_rule", "no_condition", "other_option", "rules_out", "proposes", "moved_cut"} <= kinds


# Choosing.


@tabled(
    ("expression", "texts"),
    [
        ("clinic", {"A clinic", "Clinics"}),
        ("a CLINIC", {"A clinic"}),
        ("clinic and not a", {"Clinics"}),
        ("bank or clinics", {"A bank", "Clinics"}),
        ("not (bank or clinic)", {"Other"}),
        ("not not bank", {"A bank"}),
        ("a and (bank or clinic) or other", {"A bank", "A clinic", "Other"}),
    ],
)
def test_an_expression_means_the_texts_that_hold_its_words(expression: str, texts: set[str]) -> None:
    chosen = selection(expression)
    assert {text for text in ("A bank", "A clinic", "Clinics", "Other") if chosen(text)} == texts


@tabled("expression", ["", "and", "a and", "(a", "a)", "()", "a not b", "not " * 5_000])
def test_an_expression_that_makes_no_sense_is_refused(expression: str) -> None:
    with pytest.raises(click.UsageError):
        selection(expression)


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """A rulebook without cases."""
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "rulebook.yaml").write_text((Path(__file__).parent / "edits/old/rulebook.yaml").read_text())
    return folder


@pytest.mark.parametrize(("expected", "code"), [("clerk", 1), ("template", 0)])
def test_cases_are_suggested_and_failures_told_all_the_same(letters: Path, expected: str, code: int) -> None:
    (letters / "cases").mkdir()
    (letters / "cases" / "praise.yaml").write_text(f"given: {{topic: praise}}\nexpect: {{answer: {expected}}}\n")
    done = CliRunner().invoke(cli, ["test", str(letters), "--suggest", "--mutate"])
    assert done.exit_code == code
    assert ("praise.yaml:2:" in "".join(done.stderr.split())) is bool(code)
    names = re.findall(r"- case: (.*)", done.stdout)
    assert len(names) == len(set(names)) > 1


def test_a_file_is_no_folder_of_cases(letters: Path) -> None:
    (letters / "cases").write_text("")
    with pytest.raises(WhytuneError, match="cases: this is not a folder"):
        cases_of(letters, load(letters))


def test_mistakes_in_the_facts_of_a_case_and_in_its_evidence_are_told_at_once(parcel: Rulebook) -> None:
    text = "given: {wieght: 1}\nevidence: {urgant: so it says}\nexpect: {carrier: post}"
    with pytest.raises(WhytuneError) as caught:
        read(parcel, text)
    assert [str(problem.message) for problem in caught.value.problems] == [
        "unknown fact `wieght`",
        "unknown fact `urgant`",
    ]
