"""What a diff tells of two rulebooks is what counting and running every task finds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, assume, given
from hypothesis import strategies as st

import whytune
from whytune.engine import Advisor, Rulebook, load
from whytune.engine.language.case import CaseFacts, complete, from_python
from whytune.engine.language.casefile import of_facts
from whytune.engine.language.intervals import Interval
from whytune.engine.language.rulebook import canonical
from whytune.engine.language.value import Value
from whytune.engine.meaning.diagram import DecisionDiagram
from whytune.engine.meaning.regions import Region, Share
from whytune.engine.meaning.semantics import meaning
from whytune.engine.review.difference import AdviceChange, Compared, Difference, OmissionChange, compare, difference
from whytune.engine.review.difference.case_changes import case_changes
from whytune.engine.review.difference.intent import Allowed, Intent, excess
from whytune.engine.review.difference.row_names import renumbered
from whytune.engine.review.difference.row_pairs import row_pairs, rows_of
from whytune.engine.review.difference.witnesses import witness_of
from whytune.prose.document import Heading

from .counting import counted_share
from .generated import (
    change_an_assumption,
    common_tasks,
    decision,
    documents,
    edited,
    fact,
    fitting,
    framed,
    reworded,
    rule,
    shuffled,
    written,
)
from .laws import tries

MOST = 300
SLOW = tries(30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])

Task = dict[str, str | Decimal]
Pair = tuple[Rulebook, Rulebook]


class Counted(NamedTuple):
    """Both rulebooks compared, and all tasks with what either rulebook means for them."""

    compared: Compared
    found: Difference
    tasks: list[Task]
    before: list[dict[str, str]]
    after: list[dict[str, str]]

    def changed(self, decision: str, before: str | None, after: str | None) -> list[Task]:
        return [
            task
            for task, was, now in zip(self.tasks, self.before, self.after, strict=True)
            if (was.get(decision), now.get(decision)) == (before, after)
        ]


def counted(old: Rulebook, new: Rulebook, of_advice: bool = False) -> Counted:
    """The edit and all that it changes, counted; with `of_advice`, only one that changes advice is looked at."""
    compared = compare(old, new)
    assume(counted_share(compared.new.atlas.share(compared.new.ground.everywhere)).of <= MOST)
    found = difference(compared)
    assume(found.advice or not of_advice)
    tasks = list(common_tasks(old, new))
    before, after = ([dict(advice(book, task)) for task in tasks] for book in (old, new))
    return Counted(compared, found, tasks, before, after)


def advice(rulebook: Rulebook, task: Task) -> Iterator[tuple[str, str]]:
    facts = facts_of(rulebook, task)
    for name, outcome in meaning(rulebook, facts.values).advice.items():
        assert outcome is not None  # all facts are known
        yield name, outcome


def facts_of(rulebook: Rulebook, task: Task) -> CaseFacts:
    """The task as this rulebook is told it; raises WhytuneError if a fact does not apply."""
    return complete(rulebook.vocabulary, fitting(rulebook.vocabulary, task))


def is_in(region: Region, task: Mapping[str, Value]) -> bool:
    def fits(name: str, cell: str | Interval) -> bool:
        value = task.get(name)
        return cell.holds(value) if isinstance(cell, Interval) and isinstance(value, Decimal) else cell == value

    return all(any(fits(name, cell) for cell in cells) for name, cells in region.facts.items())


@SLOW
@given(pair=edited())
def test_advice_changes_are_those_that_counting_every_task_finds(pair: Pair) -> None:
    every = counted(*pair)
    expected = Counter(
        (name, was.get(name), now.get(name))
        for was, now in zip(every.before, every.after, strict=True)
        for name in {*was, *now}
        if was.get(name) != now.get(name)
    )
    found = {(each.decision, each.before, each.after): counted_share(each.where.share) for each in every.found.advice}
    assert {way: share.tasks for way, share in found.items()} == expected
    shared = {name for name in pair[0].decision if name in pair[1].decision}
    affected = {each.decision: each.advice.tasks for each in every.found.affected if each.advice.tasks}
    assert affected == dict(Counter(way[0] for way in expected.elements() if way[0] in shared))
    assert {share.of for share in found.values()} <= {len(every.tasks)}
    for change in every.found.advice:
        concerned = every.changed(change.decision, change.before, change.after)
        regions = [each.region for each in change.regions]
        assert [task for task in every.tasks if any(is_in(region, task) for region in regions)] == concerned
        assert [counted_share(region.share).tasks for region in regions] == [
            sum(is_in(region, task) for task in every.tasks) for region in regions
        ]


@SLOW
@given(pair=edited())
def test_a_witness_runs_through_durable_rules_to_what_the_advice_was_and_is(pair: Pair) -> None:
    every = counted(*pair)
    old, new = map(Advisor, pair)
    for change in every.found.advice:
        for region in change.regions[:3]:
            assert is_in(region.region, {**region.witness.old, **region.witness.new})
            for advisor, case, expected in (
                (old, region.witness.old, change.before),
                (new, region.witness.new, change.after),
            ):
                answer = advisor.recommend(complete(advisor.rulebook.vocabulary, case)).decisions.get(change.decision)
                assert (answer and answer.outcome) == expected
                assert answer is None or answer.status == "settled"


@pytest.mark.slow
@SLOW
@given(pair=edited())
def test_every_region_has_parts_to_blame_and_all_of_them_changed(pair: Pair) -> None:
    found = counted(*pair).found
    changed = {(part.kind, part.name) for part in found.parts if not part.is_wording}
    for change in found.advice:
        for region in change.regions:
            assert region.blame
            assert set(region.blame) <= changed


@pytest.mark.slow
@SLOW
@given(pair=edited())
def test_reasons_change_exactly_where_recommendations_give_others(pair: Pair) -> None:
    every = counted(*pair)
    old, new = map(Advisor, (renumbered(*pair), pair[1]))
    gained: Counter[tuple[str, str]] = Counter()
    lost: Counter[tuple[str, str]] = Counter()
    affected: Counter[str] = Counter()
    deciders: dict[tuple[str, str | None, str | None], tuple[set[str], set[str]]] = {}
    assume(len(every.tasks) <= 40)
    for task in every.tasks:
        was, now = (advisor.recommend(facts_of(advisor.rulebook, task)).decisions for advisor in (old, new))
        for name in was:
            if name not in now:
                continue
            had, has = set(was[name].reasons), set(now[name].reasons)
            if was[name].outcome != now[name].outcome:
                before, after = deciders.setdefault((name, was[name].outcome, now[name].outcome), (set(), set()))
                before |= had - has
                after |= has - had
            else:
                affected[name] += had != has
                gained.update((name, reason) for reason in has - had)
                lost.update((name, reason) for reason in had - has)
    assert {each.decision: each.reasons.tasks for each in every.found.affected if each.reasons.tasks} == +affected
    for change in every.found.advice:
        if way := deciders.get((change.decision, change.before, change.after)):
            assert (set(change.decided_before), set(change.decided_now)) == way
    told = {(each.decision, each.name): each for each in every.found.reasons}
    counts = {
        key: (counted_share(each.gained.share).tasks, counted_share(each.lost.share).tasks)
        for key, each in told.items()
    }
    assert {key: more for key, (more, _) in counts.items() if more} == gained
    assert {key: less for key, (_, less) in counts.items() if less} == lost
    for (name, reason), each in told.items():
        sides = (each.gained, each.gains, (old, new)), (each.lost, each.loses, (new, old))
        regions = [(witness_of(one.witness, *pair), turn) for some, _, turn in sides for one in some.listed]
        for witness, (lacks, gives) in (*((one, turn) for _, one, turn in sides), *regions):
            if witness is not None:
                for task in (
                    task for task in every.tasks if witness.old.items() <= task.items() >= witness.new.items()
                ):
                    for advisor, expected in ((lacks, False), (gives, True)):
                        answer = advisor.recommend(facts_of(advisor.rulebook, task)).decisions[name]
                        assert (reason in answer.reasons) is expected


@SLOW
@given(pair=edited(edits=1, kinds=(change_an_assumption,)))
def test_a_changed_assumption_changes_what_leaving_the_fact_out_shows(pair: Pair) -> None:
    every = counted(*pair)
    old, new = pair
    diagrams = [DecisionDiagram(book) for book in pair]
    pairs = zip(old.vocabulary.declared, new.vocabulary.declared, strict=True)
    whole = {one.fact for one, other in pairs if one != other}  # who leaves `choices` out leaves out every member
    changed = [name for name in old.vocabulary.domains if name in whole or name.partition(".")[0] in whole]
    expected = left_out(every, pair, set(changed))
    found = [each for each in every.found.omissions if each.is_assumed_otherwise]
    assert told(found) == expected
    assert every.found.level == ("advice" if every.found.omissions else "reasons" if changed else "nothing")
    for change in found:
        for witness in change.witnesses:
            assert outcomes_of(diagrams[0], dict(witness.old))[change.decision] == change.before
            assert outcomes_of(diagrams[1], dict(witness.new))[change.decision] == change.after


@pytest.mark.slow
@SLOW
@given(pair=edited(edits=6))
def test_who_leaves_out_a_fact_that_has_come_to_matter_is_told_so(pair: Pair) -> None:
    every = counted(*pair, of_advice=True)
    both = [{fact.fact: fact for fact in book.vocabulary.declared if fact.kind != "choices"} for book in pair]
    free = [name for name, fact in both[1].items() if name in both[0] and not (fact.assume or both[0][name].assume)]
    omissions = [each for each in every.found.omissions if each.fact in free]
    for name in free:
        opened = {way: count for way, count in left_out(every, pair, {name}).items() if way[1] and not way[2]}
        assert told(each for each in omissions if each.fact == name) == opened


Ways = Counter[tuple[str, str | None, str | None]]


def told(omissions: Iterable[OmissionChange]) -> Ways:
    """In how many tasks the outcome goes from what to what, as the diff has it."""
    found: Ways = Counter()
    for each in omissions:
        found[each.decision, each.before, each.after] += counted_share(each.where.share).tasks
    return found


def left_out(every: Counted, pair: Pair, names: set[str]) -> Ways:
    """The same by running every task without these facts and all that waits for them."""
    diagrams = [DecisionDiagram(book) for book in pair]
    missing = names | {name for name in every.compared.new.ground.cells if names & waits_for_either(pair, name)}
    found: Ways = Counter()
    for task in every.tasks:
        kept = {fact: value for fact, value in task.items() if fact not in missing}
        was, now = (outcomes_of(each, kept) for each in diagrams)
        found.update((name, was[name], now[name]) for name in was if name in now and was[name] != now[name])
    return found


def waits_for_either(pair: Pair, name: str) -> set[str]:
    return {waited for book in pair if name in book.vocabulary.domains for waited in waits_for(book, name)}


def outcomes_of(diagram: DecisionDiagram, task: Mapping[str, Value]) -> dict[str, str | None]:
    """What is advised where the rest is assumed or unknown; None where that leaves it open."""
    vocabulary = diagram.rulebook.vocabulary
    facts = complete(vocabulary, fitting(vocabulary, task, may_be_unknown=True))
    looks = {name: diagram.outlook(name, facts.given_places, facts.places).as_assumed for name in diagram.advice}
    return {name: only[0] if len(only) == 1 else None for name, only in looks.items()}


def waits_for(rulebook: Rulebook, name: str) -> set[str]:
    vocabulary = rulebook.vocabulary
    return {vocabulary.fact_of[subject].fact for subject, _ in vocabulary.applies_if[name]}


@SLOW
@given(pair=edited(), data=st.data())
def test_beyond_an_intent_is_what_changes_and_is_not_allowed(pair: Pair, data: st.DataObject) -> None:
    every = counted(*pair)
    new = pair[1]
    subject = data.draw(st.sampled_from(sorted(new.vocabulary.subjects)))
    value = data.draw(st.sampled_from(new.vocabulary.subjects[subject].values))
    after = data.draw(st.sampled_from([None, *new.decision["d0"].outcomes]))
    allowed = Allowed.model_validate({"because": "so", "decision": "d0", "where": {subject: value}, "to": after})
    beyond = {
        (each.change.decision, each.change.before, each.change.after): counted_share(each.where.share).tasks
        for each in excess(
            Intent((allowed,), reasons=True, facts=True, safeguards=True), every.found, every.compared
        ).advice
        if isinstance(each.change, AdviceChange)
    }
    expected: Counter[tuple[str, str | None, str | None]] = Counter()
    for task, was, now in zip(every.tasks, every.before, every.after, strict=True):
        holds = facts_of(new, task).values.get(subject) == value
        for name in {*was, *now}:
            if was.get(name) != now.get(name) and not (holds and name == "d0" and after in (None, now.get(name))):
                expected[name, was.get(name), now.get(name)] += 1
    assert beyond == expected


@pytest.mark.slow
@SLOW
@given(pair=edited())
def test_nothing_is_beyond_an_intent_that_allows_everything(pair: Pair) -> None:
    every = counted(*pair)
    everything = Intent((Allowed.model_validate({"because": "so"}),), reasons=True, facts=True, safeguards=True)
    assert not excess(everything, every.found, every.compared)
    nothing = excess(Intent((), reasons=False, facts=False, safeguards=False), every.found, every.compared)
    assert [each.change for each in nothing.advice] == [*every.found.advice, *every.found.omissions]
    assert nothing.reasons == every.found.reasons


@SLOW
@given(pair=edited())
def test_stored_cases_change_as_either_rulebook_advises_them(pair: Pair) -> None:
    every = counted(*pair)
    old, new = map(Advisor, pair)
    tasks = [fitting(old.rulebook.vocabulary, task) for task in every.tasks[::7]]
    found = case_changes(*pair, [of_facts(from_python(task), str(place)) for place, task in enumerate(tasks)], None)
    assert found.of == len(tasks)
    told = {(change.case, change.decision): (change.before, change.after) for change in found.changed}
    misfits = {misfit.case for misfit in found.misfits}
    for place, task in enumerate(tasks):
        fits = fitting(new.rulebook.vocabulary, task, may_be_unknown=True) == task
        assert (str(place) in misfits) is not fits
        if fits:
            was, now = (outcomes_of(advisor.diagram, dict(task)) for advisor in (old, new))
            for name in {*was, *now}:
                before, after = told.get((str(place), name), (None, None))
                if was.keys() & now.keys() >= {name} and was[name] == now[name]:
                    assert (before and before.advice) == (after and after.advice)  # at most the status is another
                else:
                    assert (before and before.advice, after and after.advice) == (was.get(name), now.get(name))


@pytest.mark.slow
@SLOW
@given(pair=edited())
def test_the_other_way_round_every_change_is_mirrored(pair: Pair) -> None:
    there, back = (difference(compare(*books)) for books in (pair, pair[::-1]))
    ways = {(each.decision, each.before, each.after, each.where.share) for each in there.advice}
    assert {(each.decision, each.after, each.before, each.where.share) for each in back.advice} == ways
    gone = ((each.name, counted_share(each.gained.share), counted_share(each.lost.share)) for each in there.reasons)
    came = ((each.name, counted_share(each.lost.share), counted_share(each.gained.share)) for each in back.reasons)
    assert reaches(pair, gone) == reaches(pair, came)
    assert there.level == back.level


def test_other_reasons_are_told_with_the_tasks_that_they_concern() -> None:
    old, new = load("tests/edits/old"), load("tests/edits/reasons")
    for before, after, side in ((old, new, "gained"), (new, old, "lost")):
        (by_policy, by_rule) = difference(compare(before, after)).reasons
        assert [dict(one.facts) for one in getattr(by_rule, side).listed] == [{"topic": ("bill",), "lawyer": ("yes",)}]
        for change in (by_policy, by_rule):
            other, data = {"gained": change.lost, "lost": change.gained}[side], change.to_dict()
            assert (other.listed, bool(other)) == ((), False)
            assert [one["share"] for one in data[f"{side}_in"]] == [data[side]]


Reach = tuple[str, Share, Share]


def reaches(pair: Pair, reasons: Iterable[Reach]) -> Counter[Reach]:
    """What gained and lost how many tasks: rules by name, rows of tables without, for a row is called as in the newer
    rulebook; no rows where those of one rulebook are paired otherwise with the other's when seen from there."""
    alike = row_numbers(*pair) == {(table, old, new) for table, new, old in row_numbers(*pair[::-1])}
    named = Counter(reason for reason in reasons if alike or not is_row(pair, reason[0]))
    return Counter(("a row" if is_row(pair, name) else name, gained, lost) for name, gained, lost in named.elements())


def is_row(pair: Pair, name: str) -> bool:
    return name.partition(".")[0] in {table.table for book in pair for table in book.tables}


def row_numbers(old: Rulebook, new: Rulebook) -> set[tuple[str, int, int]]:
    """Each row that is in both rulebooks: its table, and its numbers before and after."""
    tables = [{table.table: rows_of(canonical(table)) for table in book.tables} for book in (old, new)]
    return {
        (name, rows.before.number, rows.after.number)
        for name in tables[0].keys() & tables[1].keys()
        for rows in row_pairs(tables[0][name], tables[1][name])
    }


@SLOW
@given(document=documents(), seed=st.integers(0, 1_000_000))
def test_nothing_changes_where_only_orders_without_meaning_do(document: dict[str, Any], seed: int) -> None:
    found = difference(compare(written(document), written(shuffled(document, seed))))
    assert found.level == "nothing"
    assert not any((found.advice, found.omissions, found.reasons, found.parts, found.uncompared))


@SLOW
@given(pair=reworded())
def test_another_wording_is_wording_only(pair: Pair) -> None:
    old, new = pair
    found = difference(compare(old, new))
    assert found.level == ("nothing" if old.digest == new.digest else "wording")
    assert not found.version.follows or found.level == "nothing"


@SLOW
@given(pair=edited())
def test_something_changes_exactly_if_the_digest_does(pair: Pair) -> None:
    old, new = pair
    assert (difference(compare(old, new)).level == "nothing") is (old.digest == new.digest)


def test_changes_stand_below_the_decision_that_they_are_of_the_main_one_first(tmp_path: Path) -> None:
    decisions = [decision(name, ["left", "right"], "right", "refer") for name in ("early", "late")]
    for value in ("yes", "no"):
        rules = [
            rule(f"for_{name}", **{"if": {"is_so": value}, "propose": {name: "left"}}) for name in ("early", "late")
        ]
        data = framed(facts=[fact("is_so", "yes_no")], decisions=decisions, rules=rules)
        (tmp_path / f"{value}.yaml").write_text(json.dumps(data))
    edit = whytune.load(tmp_path / "yes.yaml").difference(str(tmp_path / "no.yaml"))
    headings = [block.text for block in edit.document("short").blocks if isinstance(block, Heading)]
    assert headings[headings.index("Other advice") + 1 :][:2] == ["late?", "early?"]


def test_a_change_of_advice_names_the_rules_that_no_longer_decide_and_those_that_do_now() -> None:
    edits = Path(__file__).parent / "edits"
    found = difference(compare(load(edits / "old"), load(edits / "threshold")))
    (change,) = found.advice
    assert change.decided_before == ("large_bills_to_a_clerk",)
    assert change.decided_now == ("answer.if_none_stands",)
    (affected,) = found.affected
    assert (affected.decision, affected.advice.tasks, affected.reasons.tasks) == ("answer", 1, 1)
