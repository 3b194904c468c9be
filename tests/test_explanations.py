"""Explanations are exact: each law is held against brute force on generated rulebooks and on the guide."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from whytune.engine import Advisor, Recommendation, Rulebook, WhytuneError, load
from whytune.engine.advice.changed_facts import Change, changed, nearest
from whytune.engine.advice.explanations import flips, next_question, sufficient_reason, what_if, why, why_not
from whytune.engine.advice.standing import RuleStanding
from whytune.engine.language.case import CaseFacts, complete, fitting, from_python, resolve
from whytune.engine.language.intervals import Interval, joined_intervals
from whytune.engine.language.value import UNKNOWN, Value, assumed
from whytune.engine.words.speaker import Speaker
from whytune.prose import terminal
from whytune.prose.conditions import condition as said_condition
from whytune.prose.document import document
from whytune.prose.why_not import why_not as said_why_not

from . import generated
from .generated import bounded, framed, partial_facts, representative, rulebooks, written
from .laws import tries
from .test_case import BOUNDED, bound

ASKED = {"prompt_enough": False, "external_knowledge": False, "need": "domain_terms", "examples": 3200}


@pytest.fixture(scope="module")
def guide() -> Advisor:
    return Advisor.load("guide")


def case(advisor: Advisor, **given_facts: object) -> CaseFacts:
    return resolve(advisor.rulebook.vocabulary, from_python(given_facts))


def outcomes(advisor: Advisor, facts: CaseFacts, decision: str) -> tuple[str, ...]:
    return advisor.recommend(facts).decisions[decision].possible_as_assumed


Moves = tuple[tuple[str, int], ...]
"""Facts, each put into a cell."""


def brute_flips(advisor: Advisor, facts: CaseFacts, decision: str, size: int) -> set[tuple[Moves, str]]:
    """Every choice of so many facts and other cells that leads to one outcome, another than now, and that outcome."""
    now = outcomes(advisor, facts, decision)
    domains, every = advisor.diagram.domains, set()
    for names in combinations(domains, size):
        for cells in product(*(range(len(domains[name].cells)) for name in names)):
            if any(facts.cells.get(name) == cell for name, cell in zip(names, cells, strict=True)):
                continue
            values: dict[str, str | Decimal] = {
                name: representative(domains[name].cells[cell]) for name, cell in zip(names, cells, strict=True)
            }
            after = changed(facts, [Change(name, None, value) for name, value in values.items()])
            if any(after.states[name].state != "given" for name in names):
                continue
            if len(came := outcomes(advisor, after, decision)) == 1 and came != now:
                every.add((tuple(zip(names, cells, strict=True)), came[0]))
    return every


def test_only_the_flips_that_are_told_are_fired(guide: Advisor, monkeypatch: pytest.MonkeyPatch) -> None:
    fired: list[CaseFacts] = []
    recommend = guide.recommend

    def counted(facts: CaseFacts) -> Recommendation:
        fired.append(facts)
        return recommend(facts)

    monkeypatch.setattr(guide, "recommend", counted)
    facts = case(guide, **{**ASKED, "examples": 100})
    told = flips(guide, facts, "approach").flips
    assert len(fired) == 1 + len(told)  # and the case itself, for what only its fallbacks decide


@tries(60)
@given(rulebook=rulebooks, data=st.data())
def test_a_case_fits_its_own_rulebook_as_it_stands(rulebook: Rulebook, data: st.DataObject) -> None:
    facts = data.draw(partial_facts(rulebook.vocabulary))
    assert fitting(rulebook.vocabulary, facts.stated) == facts


@tries(60)
@given(rulebook=rulebooks, data=st.data())
def test_a_flip_taken_literally_is_a_case_once_what_no_longer_applies_is_left_out(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    advisor = Advisor(rulebook)
    facts = data.draw(partial_facts(rulebook.vocabulary))
    decision = data.draw(st.sampled_from(sorted(rulebook.decision)))
    for flip in flips(advisor, facts, decision).flips:
        edited = {**facts.given, **{change.fact: change.after for change in flip.changes}}
        unknown = {name: "unknown" for name, state in facts.states.items() if state.state == "unknown"}
        for name in flip.leaves_out:
            with pytest.raises(WhytuneError, match=f"`{name}` does not apply"):
                complete(rulebook.vocabulary, {**unknown, **edited})
        kept = {name: value for name, value in edited.items() if name not in flip.leaves_out}
        assert outcomes(advisor, complete(rulebook.vocabulary, {**unknown, **kept}), decision) == (flip.outcome,)


def test_a_flip_says_what_then_no_longer_applies(guide: Advisor) -> None:
    private = case(guide, **ASKED, private_data=True, can_anonymise=False)
    told = {flip.changes[0].fact: flip.leaves_out for flip in flips(guide, private, "approach").flips}
    assert told["private_data"] == ("can_anonymise",)
    assert told["can_anonymise"] == ()


@tries(60)
@given(rulebook=rulebooks, data=st.data())
def test_what_would_decide_after_a_flip_does_not_decide_now(rulebook: Rulebook, data: st.DataObject) -> None:
    advisor = Advisor(rulebook)
    facts = data.draw(partial_facts(rulebook.vocabulary))
    decision = data.draw(st.sampled_from(sorted(rulebook.decision)))
    now = advisor.recommend(facts).decisions[decision]
    for flip in flips(advisor, facts, decision).flips:
        assert not {*now.decided_by} & {*flip.decided_by} - now.passed_over


@tries(40)
@given(rulebook=rulebooks | bounded(), data=st.data())
def test_every_number_within_reach_leads_there_and_the_one_beside_it_does_not(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    advisor = Advisor(rulebook)
    facts = data.draw(partial_facts(rulebook.vocabulary))
    decision = data.draw(st.sampled_from(sorted(rulebook.decision)))

    def comes_out(after: CaseFacts) -> tuple[str, ...]:
        return advisor.exact.outlook(decision, after.given_places, after.places).as_assumed

    for flip in flips(advisor, facts, decision).flips:
        for at, change in enumerate(flip.changes):
            others = [other for place, other in enumerate(flip.changes) if place != at]
            cells = rulebook.vocabulary.domains[change.fact].cells if change.reach else ()
            whole = rulebook.vocabulary.by_name[change.fact].whole
            inside = [
                cell.common(change.reach).common(whole) for cell in cells if isinstance(cell, Interval) and change.reach
            ]
            for cell in (cell for cell in inside if not cell.is_empty):
                within = change._replace(after=Decimal(representative(cell)))
                assert comes_out(changed(facts, [*others, within])) == (flip.outcome,)
            beside = change.beside(rulebook.vocabulary)
            if beside and not others:
                assert comes_out(changed(facts, [beside])) != (flip.outcome,)


@tries(60)
@given(rulebook=rulebooks, data=st.data())
def test_flips_are_all_the_smallest_that_brute_force_finds(rulebook: Rulebook, data: st.DataObject) -> None:
    advisor = Advisor(rulebook)
    assume(len(advisor.diagram.domains) <= 6)
    facts = data.draw(partial_facts(rulebook.vocabulary))
    decision = data.draw(st.sampled_from(sorted(rulebook.decision)))
    answer = flips(advisor, facts, decision)
    size = len(answer.flips[0].changes) if answer.flips else 3
    for smaller in range(1, size):
        assert not brute_flips(advisor, facts, decision, smaller)
    if answer.flips and size <= 2:
        domains = advisor.diagram.domains
        nearest_only = {
            (tuple((change.fact, domains[change.fact].cell_of(change.after)) for change in flip.changes), flip.outcome)
            for flip in answer.flips
        }
        every = brute_flips(advisor, facts, decision, size)
        assert nearest_only == {flip for flip in every if not is_beyond(advisor, facts, flip, every)}


def test_a_flip_assumes_nothing_of_a_fact_that_is_said_to_be_unknown_and_would_come_to_apply() -> None:
    facts = [generated.fact("old", "yes_no"), generated.fact("kept", "yes_no", assume="yes", only_if={"old": "yes"})]
    rules = [generated.rule("keep", **{"if": {"kept": "yes"}}, propose={"way": "a"})]
    book = written(framed(facts=facts, decisions=[generated.decision("way", ["a", "b"], "b", "refer")], rules=rules))
    advisor = Advisor(book)
    cases: list[tuple[dict[str, str], set[tuple[str, ...]]]] = [
        ({}, {("old",)}),
        ({"kept": "unknown"}, {("old", "kept")}),
    ]
    for stated, flipped in cases:
        least = flips(advisor, case(advisor, old=False, **stated), "way", "a").flips
        assert {tuple(change.fact for change in flip.changes) for flip in least} == flipped


def telling_values(facts: CaseFacts, name: str) -> list[str | Decimal]:
    """Values of a fact other than the one known, of a number those about every end of a cell and every value."""
    domains = facts.vocabulary.domains
    if not domains[name].fact.is_number:
        return [cell for cell in domains[name].cells if isinstance(cell, str) and cell != facts.stated.get(name)]
    numbers = [other for other, domain in domains.items() if domain.fact.is_number]
    cells = [cell for other in numbers for cell in domains[other].cells if isinstance(cell, Interval)]
    ends = {end for cell in cells for end in cell if end is not None}
    known = [known for other in numbers for known in (facts.states[other].value, assumed(domains[other].fact))]
    values = {value for value in known if isinstance(value, Decimal)}
    near = {number for end in ends | values for number in (end - 1, end)} | {value + 1 for value in values}
    fact, whole = domains[name].fact, domains[name].fact.kind == "whole_number"
    return sorted(
        value
        for value in near
        if (fact.least is None or value >= fact.least) and (fact.greatest is None or value <= fact.greatest)
        if not (whole and value % 1) and value != facts.states[name].value
    )


def within_reach(advisor: Advisor, facts: CaseFacts, decision: str, names: tuple[str, ...]) -> set[str]:
    """The outcomes to which these facts lead, each given another value."""
    reached = set()
    for values in product(*(telling_values(facts, name) for name in names)):
        try:
            after = changed(facts, [Change(name, None, value) for name, value in zip(names, values, strict=True)])
        except WhytuneError:  # a number beyond one that bounds it
            continue
        if all(after.states[name].state == "given" for name in names):
            possible = outcomes(advisor, after, decision)
            reached |= set(possible) if len(possible) == 1 else set()
    return reached


@tries(40)
@given(rulebook=bounded(), data=st.data())
def test_no_smaller_flip_is_missed_where_numbers_bound_each_other(rulebook: Rulebook, data: st.DataObject) -> None:
    advisor = Advisor(rulebook)
    assume(len(advisor.diagram.domains) <= 6)
    facts = data.draw(partial_facts(rulebook.vocabulary))
    decision = data.draw(st.sampled_from(sorted(rulebook.decision)))
    now = outcomes(advisor, facts, decision)
    domains = advisor.diagram.domains
    pairs = combinations([name for name, domain in domains.items() if domain.fact.is_number], 2)
    chosen: list[tuple[str, ...]] = [*((name,) for name in domains), *pairs]
    reached = {names: within_reach(advisor, facts, decision, names) for names in chosen}
    for target in rulebook.decision[decision].outcomes:
        if now != (target,):
            least = flips(advisor, facts, decision, target).flips
            told = {tuple(change.fact for change in flip.changes) for flip in least}
            size = len(least[0].changes) if least else 3
            smallest = {names for names, outcomes in reached.items() if target in outcomes and len(names) <= size}
            assert smallest == told & reached.keys(), target


def is_beyond(advisor: Advisor, facts: CaseFacts, flip: tuple[Moves, str], every: set[tuple[Moves, str]]) -> bool:
    """Does a flip to the same outcome change one number of this one less, in the same direction?"""
    moves, outcome = flip
    for fact, cell in moves:
        place = facts.places.get(fact)
        if place is None or not advisor.diagram.domains[fact].fact.is_number:
            continue
        known = {place} if isinstance(place, int) else place
        between = range(max(known) + 1, cell) or range(cell + 1, min(known))
        if any((tuple((f, c if f != fact else nearer) for f, c in moves), outcome) in every for nearer in between):
            return True
    return False


@tries(80)
@given(rulebook=rulebooks, data=st.data())
def test_a_sufficient_reason_forces_the_outcome_and_no_fact_of_it_can_be_dropped(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    advisor = Advisor(rulebook)
    facts = data.draw(partial_facts(rulebook.vocabulary))
    for decision, root in advisor.diagram.advice.items():
        reason = sufficient_reason(advisor, facts, decision)
        if reason.outcome is None:
            assert len(outcomes(advisor, facts, decision)) > 1
            continue
        cells = {name: facts.places[name] for name, _ in reason.facts}
        assert root.values(cells) == {reason.outcome}
        for size in range(len(cells)):
            for fewer in combinations(facts.places.items(), size):
                assert len(root.values(dict(fewer))) > 1


def test_what_nobody_answers_is_no_question_to_come() -> None:
    """No fact is asked for twice, so asked and to come are never more than what was said at the start."""
    advisor = Advisor(load("guide"))
    vocabulary = advisor.rulebook.vocabulary
    declined: list[str] = []
    most = next_question(advisor, complete(vocabulary, {}), "approach").remaining
    while (question := next_question(advisor, complete(vocabulary, {}), "approach", declined)).fact is not None:
        assert len(declined) + question.remaining <= most
        declined.append(question.fact)
    assert len(declined) > 5
    said_unknown = complete(vocabulary, dict.fromkeys(declined, UNKNOWN))
    assert next_question(advisor, said_unknown, "approach") == question
    assert {*question.to_find_out} <= {*declined}
    assert (
        question.to_find_out
        == advisor.exact.outlook("approach", said_unknown.given_places, said_unknown.places).matters
    )


@tries(60)
@given(rulebook=rulebooks, data=st.data())
def test_answering_what_is_asked_always_settles_and_asks_nothing_idle(rulebook: Rulebook, data: st.DataObject) -> None:
    advisor = Advisor(rulebook)
    decision = data.draw(st.sampled_from(sorted(rulebook.decision)))
    given_facts: dict[str, Value] = {}
    most = next_question(advisor, complete(rulebook.vocabulary, {}), decision).remaining
    for answered in range(most + 1):
        question = next_question(advisor, fitting(rulebook.vocabulary, given_facts), decision)
        if question.fact is None:
            break
        assert question.remaining <= most - answered
        assert question.fact not in question.idle
        assert len({answer.outcomes for answer in question.answers}) == len(question.answers)
        domain = advisor.diagram.domains[question.fact]
        given_facts[question.fact] = representative(data.draw(st.sampled_from(domain.cells)))
    assert advisor.recommend(fitting(rulebook.vocabulary, given_facts)).decisions[decision].status == "settled"


@tries(40)
@given(rulebook=rulebooks, data=st.data())
def test_only_rules_behind_the_decision_wait_and_no_two_stretches_told_touch(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    advisor = Advisor(rulebook)
    decision = data.draw(st.sampled_from(sorted(rulebook.decision)))
    question = next_question(advisor, data.draw(partial_facts(rulebook.vocabulary)), decision)
    assert {("rule", name) for name in question.waiting} <= rulebook.behind[decision]
    for answer in question.answers:
        stretches = [told for told in answer.to_dict()["answers"] if isinstance(told, dict)]
        ends = {told["below"] for told in stretches} - {None}
        assert not ends & {told["at_least"] for told in stretches}
        assert len(stretches) == len(joined_intervals(cell for cell in answer.cells if isinstance(cell, Interval)))


@tries(60)
@given(rulebook=rulebooks, data=st.data())
def test_what_if_is_the_difference_of_two_recommendations(rulebook: Rulebook, data: st.DataObject) -> None:
    advisor = Advisor(rulebook)
    before, after = data.draw(partial_facts(rulebook.vocabulary)), data.draw(partial_facts(rulebook.vocabulary))
    shifts = {shift.decision: shift for shift in what_if(advisor, before, after).decisions}
    first, second = advisor.recommend(before).decisions, advisor.recommend(after).decisions
    for name in first:
        same = (first[name].advice, first[name].status, first[name].possible) == (
            second[name].advice,
            second[name].status,
            second[name].possible,
        )
        assert same == (name not in shifts or not shifts[name].changes)
    assert not what_if(advisor, before, before).decisions


@tries(60)
@given(rulebook=rulebooks, data=st.data())
def test_why_not_is_empty_for_the_advised_option_and_whole_for_the_others(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    advisor = Advisor(rulebook)
    facts = data.draw(partial_facts(rulebook.vocabulary))
    for decision, answer in advisor.recommend(facts).decisions.items():
        for option in answer.options:
            told = why_not(advisor, facts, decision, option)
            assert told.is_advised == (option == answer.advice)
            speaking = advisor.rulebook.bearing[decision, option], advisor.rulebook.ruling_out[decision, option]
            expected = ((), ()) if told.is_advised else speaking
            assert (tuple(r.rule for r in told.rules_for), tuple(r.rule for r in told.rules_against)) == expected


@tries(60)
@given(rulebook=rulebooks, data=st.data())
def test_the_proof_holds_all_that_it_uses_and_every_rival_has_a_reason(rulebook: Rulebook, data: st.DataObject) -> None:
    advisor = Advisor(rulebook)
    facts = data.draw(partial_facts(rulebook.vocabulary))
    for decision in rulebook.decision:
        told = why(advisor, facts, decision)
        numbers = {firing.number for firing in told.proof}
        assert all(use.step in numbers for firing in told.proof for use in firing.used if use.step is not None)
        for rule in (*told.others, *(rule for rival in told.rivals for rule in rival.lacking)):
            assert rule.truth is not True
            assert (
                (rule.failed or any(c.part == "any_of" for c in rule.conditions)) if rule.truth is False else rule.open
            )


def layered(*more: dict[str, Any]) -> Advisor:
    """An approach that follows from a behaviour, which takes enough examples, and a shortcut that nobody spoke of."""
    behaviour = generated.decision("behaviour", ["prompt", "tune"], "prompt", {"prefer": ["tune", "prompt"]})
    approach = generated.decision("approach", ["prompting", "tuning"], "prompting", {"prefer": ["tuning", "prompting"]})
    facts = [
        generated.fact("many", "yes_no"),
        generated.fact("urgent", "yes_no", assume="no"),
        generated.fact("wished", "yes_no", assume="no"),
    ]
    rules = [
        generated.rule("enough", **{"if": {"many": "yes"}}, propose={"behaviour": "tune"}),
        generated.rule("both", **{"if": {"urgent": "yes", "wished": "yes"}}, propose={"behaviour": "tune"}),
        generated.rule("at_once", **{"if": {"urgent": "yes"}}, propose={"behaviour": "tune"}),
        generated.rule("follows", **{"if": {"behaviour": "tune"}}, propose={"approach": "tuning"}),
    ]
    return Advisor(written(framed(facts=facts, decisions=[behaviour, approach], rules=[*rules, *more])))


def test_what_lacks_the_advice_on_another_decision_names_the_rule_nearest_to_that() -> None:
    """Of those with the fewest obstacles, the one that fails by what was said, and not by what is assumed."""
    advisor = layered()
    facts = case(advisor, many=False)
    (rival,) = (rival for rival in why(advisor, facts, "approach").rivals if rival.option == "tuning")
    for rule in (*rival.lacking, *why_not(advisor, facts, "approach", "tuning").rules_for):
        (lacking,) = rule.failed
        assert lacking.nearest is not None
        assert lacking.nearest.rule == "enough"
        assert [condition.subject for condition in lacking.nearest.obstacles] == ["many"]
        for language in ("en", "zh"):
            sentence = said_condition(Speaker(advisor.rulebook, language), lacking)
            assert not re.search(r"[(（][^()（）]*[(（]", sentence), sentence  # no brackets in brackets


def test_what_lacks_the_advice_on_another_decision_names_the_rules_that_decided_otherwise() -> None:
    """The rule nearest to the other option is named besides, unless what decided would still prevail."""
    stay = generated.rule("not_many", **{"if": {"many": "no"}}, propose={"behaviour": "prompt"})
    veto = generated.rule("veto", **{"if": {"many": "no"}}, rule_out={"behaviour": "tune"})
    for more, named, barring in (([], "enough", ()), ([veto], None, ("veto",))):
        advisor = layered(stay, *more)
        (rule,) = why_not(advisor, case(advisor, many=False), "approach", "tuning").rules_for
        (lacking,) = rule.failed
        assert (lacking.decided_by, lacking.barred_by) == (("not_many",), barring)
        assert (lacking.nearest and lacking.nearest.rule) == named
        sentence = said_condition(Speaker(advisor.rulebook, "en"), lacking)
        assert ("“not_many”" in sentence, "many: no (it would take yes)" in sentence) == (True, named is not None)


def test_what_is_named_behind_a_conclusion_goes_down_to_facts_and_tells_both_of_two_ways() -> None:
    facts = [generated.fact(name, "yes_no") for name in "ab"]
    rules = [
        generated.rule("either", any_of=[{"a": "yes"}, {"b": "yes"}], conclude="ready"),
        generated.rule("steps", **{"if": {"ready": "yes"}}, propose={"beneath": "go"}),
        generated.rule("keeps", **{"if": {"ready": "no"}}, propose={"beneath": "stay"}),
        generated.rule("top", **{"if": {"beneath": "go"}}, propose={"way": "go"}),
    ]
    preferring = (["go", "stay"], "stay", {"prefer": ["go", "stay"]})
    decisions = [generated.decision(name, *preferring) for name in ("beneath", "way")]
    ready = [{"conclusion": "ready", "label": "ready"}]
    advisor = Advisor(written(framed(facts=facts, conclusions=ready, decisions=decisions, rules=rules)))
    (rule,) = why_not(advisor, case(advisor, a=False, b=False), "way", "go").rules_for
    sentence = said_condition(Speaker(advisor.rulebook, "en"), rule.failed[0])
    assert sentence.endswith("a: no (it would take yes), or else b: no (it would take yes)"), sentence
    assert sentence.count("nearest to that") == 1, "the conclusion between is not told"


def test_of_changes_to_one_advice_the_one_that_takes_no_more_of_anything_is_nearest() -> None:
    """To correct the examples there are is less than to collect others."""
    band = {"band": "amount", "cut_at": [10], "values": ["few", "many"], "source": generated.SOURCE}
    facts = [
        generated.fact("examples", "whole_number", changeable="with_effort", bands=[band]),
        generated.fact("right", "yes_no", changeable="with_effort"),
    ]
    rules = [
        generated.rule("enough", **{"if": {"amount": "many"}}, propose={"way": "go"}),
        generated.rule("good", **{"if": {"right": "yes"}}, propose={"way": "go"}),
    ]
    way = generated.decision("way", ["go", "stay"], "stay", {"prefer": ["go", "stay"]})
    advisor = Advisor(written(framed(facts=facts, decisions=[way], rules=rules)))
    nearest = flips(advisor, case(advisor, examples=3, right=False), "way").nearest
    assert nearest is not None
    assert nearest.facts == ("right",)


def test_a_few_smallest_changes_are_all_told_and_of_more_one() -> None:
    facts = [generated.fact(name, "yes_no") for name in "abcd"]
    way = generated.decision("way", ["go", "stay"], "stay", {"prefer": ["go", "stay"]})
    for few in (2, 3, 4):
        rules = [generated.rule(f"by_{name}", **{"if": {name: "yes"}}, propose={"way": "go"}) for name in "abcd"[:few]]
        advisor = Advisor(written(framed(facts=facts, decisions=[way], rules=rules)))
        task = case(advisor, **dict.fromkeys("abcd", False))
        leading = flips(advisor, task, "way", "go")
        blocks = said_why_not(why_not(advisor, task, "way", "go"), leading, Speaker(advisor.rulebook, "en"))
        text = terminal.text(document("why not", "en", blocks))
        assert text.count(": no → yes") == (few if few < 4 else 1)
        assert ("One of 4 smallest changes" in text) is (few == 4)


def test_the_nearest_rule_lacks_least_and_of_alternatives_only_one_counts() -> None:
    facts = [generated.fact(name, "yes_no") for name in "deabc"]
    rules = [
        generated.rule("all_of_these", **{"if": {"d": "yes", "e": "yes"}}, conclude="ready"),
        generated.rule("one_of_these", any_of=[{name: "yes"} for name in "abc"], conclude="ready"),
        generated.rule("top", **{"if": {"ready": "yes"}}, propose={"way": "go"}),
    ]
    way = generated.decision("way", ["go", "stay"], "stay", {"prefer": ["go", "stay"]})
    ready = [{"conclusion": "ready", "label": "ready"}]
    advisor = Advisor(written(framed(facts=facts, conclusions=ready, decisions=[way], rules=rules)))

    def nearest(**given: bool) -> RuleStanding:
        (rule,) = why_not(advisor, case(advisor, **given), "way", "go").rules_for
        assert rule.failed[0].nearest
        return rule.failed[0].nearest

    every = dict.fromkeys("deabc", False)
    assert nearest(**every).rule == "one_of_these"
    assert [part.subject for part in nearest(**every).lacking] == ["a"]
    assert nearest(**every | {"d": True}).rule == "all_of_these"


def test_a_rule_in_force_for_what_is_ruled_out_leaves_nothing_nearest() -> None:
    vetoed = layered(generated.rule("veto", **{"if": {"wished": "yes"}}, rule_out={"behaviour": "tune"}))
    (lacking,) = why_not(vetoed, case(vetoed, many=True, wished=True), "approach", "tuning").rules_for[0].failed
    assert lacking.nearest is None


def test_a_flip_is_to_find_out_to_check_or_somebody_s_to_make(guide: Advisor) -> None:
    answer = flips(guide, case(guide, **ASKED, private_data=True), "approach")
    groups = {tuple(change.fact for change in flip.changes): flip.group for flip in answer.flips}
    assert groups["can_anonymise",] == "find_out"
    assert groups["general_chat",] == groups["good_examples",] == "check"
    assert groups["examples",] == "with_effort"
    assert groups["private_data",] == "no"


def test_a_flip_of_a_number_goes_to_the_nearest_value(guide: Advisor) -> None:
    answer = flips(guide, case(guide, **ASKED), "approach", "full")
    assert [(c.fact, c.before, c.after) for flip in answer.flips for c in flip.changes] == [
        ("examples", Decimal(3200), Decimal(10_000))
    ]
    down = flips(guide, case(guide, **ASKED | {"examples": 20_000}), "approach", "lora")
    assert [c.after for flip in down.flips for c in flip.changes] == [9_999]


def test_nothing_leads_to_an_option_that_no_rule_speaks_for_alone(guide: Advisor) -> None:
    assert flips(guide, case(guide, **ASKED), "approach", "refer").flips == ()


def test_the_distance_to_a_threshold_is_told(guide: Advisor) -> None:
    told = why_not(guide, case(guide, **ASKED), "approach", "full")
    failed = [condition for rule in told.rules_for for condition in rule.failed]
    assert [(c.subject, c.number, c.distance) for c in failed] == [("data_volume", Decimal(3200), Decimal(6800))]


def test_the_distance_down_is_to_the_last_number_below_the_cut(guide: Advisor) -> None:
    told = why_not(guide, case(guide, **ASKED | {"examples": 100}), "approach", "prompt")
    found = {c.subject: c.distance for rule in told.rules_for for c in rule.failed if c.number is not None}
    assert found == {"data_volume": Decimal(1)}


def test_a_number_may_change_within_its_band_for_the_sake_of_one_that_it_bounds() -> None:
    """Of 60 examples 50 may be good, as is assumed; of 49 they may not."""
    answer = flips(Advisor(BOUNDED), bound(examples=60), "d", "a")
    changes = [[(change.fact, change.after) for change in flip.changes] for flip in answer.flips]
    assert changes == [[("examples", Decimal(49))], [("good", Decimal(49))]]


def test_nearest_stays_inside_the_cell(guide: Advisor) -> None:
    domain = guide.diagram.domains["examples"]
    assert [nearest(domain.fact, cell, Decimal(500)) for cell in domain.cells] == [
        Decimal(99),
        Decimal(100),
        Decimal(10_000),
    ]


def test_a_flip_names_what_would_then_decide_and_nobody_goes_back_to_not_measured() -> None:
    values = ["unmeasured", "short", "good"]
    labels = {value: value for value in values}
    result = generated.fact(
        "result", "choice", values=values, labels=labels, assume="unmeasured", changeable="with_effort"
    )
    way = generated.decision("way", ["go", "look", "stay"], "stay", {"prefer": ["go", "look", "stay"]})
    rules = [
        generated.rule("look_first", **{"if": {"result": "unmeasured"}}, propose={"way": "look"}),
        generated.rule("go_on", **{"if": {"result": "good"}}, propose={"way": "go"}),
    ]
    advisor = Advisor(written(framed(facts=[result], decisions=[way], rules=rules)))
    found = flips(advisor, case(advisor, result="short"), "way").flips
    assert {flip.outcome: (flip.wastes, flip.decided_by) for flip in found} == {
        "go": (False, ("go_on",)),
        "look": (True, ("look_first",)),
    }


def test_a_conclusion_that_many_rules_need_is_grounded_once() -> None:
    """Each layer needs both conclusions of the one beneath it: told anew at each place, the answer would double."""
    layers, names = 20, ("c", "d")
    facts = [generated.fact(name, "yes_no", assume="no") for name in ("x", "y")]
    drawn = [{"conclusion": f"{name}{layer}", "label": f"{name}{layer}"} for layer in range(layers) for name in names]
    needs = [{"x": "yes", "y": "yes"}] + [dict.fromkeys((f"c{layer}", f"d{layer}"), "yes") for layer in range(layers)]
    rules = [
        generated.rule(f"draws_{name}{layer}", **{"if": needs[layer]}, conclude=f"{name}{layer}")
        for layer in range(layers)
        for name in names
    ]
    rules.append(generated.rule("last", **{"if": needs[-1]}, propose={"way": "a"}))
    way = generated.decision("way", ["a", "b"], "b", "refer")
    advisor = Advisor(written(framed(facts=facts, conclusions=drawn, decisions=[way], rules=rules)))
    answer = why_not(advisor, case(advisor, x=False, y=False), "way", "a")
    assert repr(answer.to_dict()).count("'rule'") <= len(rules) + 2 * layers
