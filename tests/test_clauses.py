"""What clauses answer, where a diagram would be too large, is what the diagram answers where both can."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whytune.engine import Advisor, Rulebook, WhytuneError
from whytune.engine.advice import advisor as advisors
from whytune.engine.advice.explanations.flips import flips
from whytune.engine.advice.explanations.next_question import next_question
from whytune.engine.advice.explanations.sufficient_reason import sufficient_reason
from whytune.engine.advice.explanations.what_if import what_if
from whytune.engine.advice.explanations.why import why
from whytune.engine.advice.explanations.why_not import why_not
from whytune.engine.language.case import CaseFacts, complete
from whytune.engine.meaning import guessing
from whytune.engine.meaning.diagram import DecisionDiagram, Ground, solving
from whytune.engine.meaning.diagram.met_cases import MetCases

from .generated import bounded, decision, fact, framed, partial_facts, rule, rulebooks, written
from .laws import tries

pytest.importorskip("pysat")


@contextmanager
def room_for(nodes: int) -> Iterator[None]:
    """Advisors on rulebooks that nobody asked before have room for a diagram of so many nodes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(advisors, "DecisionDiagram", partial(DecisionDiagram, max_nodes=nodes))
        advisors._diagram_of.cache_clear()
        yield
    advisors._diagram_of.cache_clear()


def in_clauses(rulebook: Rulebook) -> DecisionDiagram:
    return DecisionDiagram(rulebook, ground=Ground(rulebook, in_clauses=True))


@tries(40)
@given(rulebook=rulebooks, data=st.data())
def test_clauses_say_what_the_diagram_says(rulebook: Rulebook, data: st.DataObject) -> None:
    walked, asked = DecisionDiagram(rulebook), in_clauses(rulebook)
    facts = data.draw(partial_facts(rulebook.vocabulary))
    for name in rulebook.decision:
        outlook = walked.outlook(name, facts.given_places, facts.places)
        assert asked.outlook(name, facts.given_places, facts.places) == outlook
        one, other = (diagram.advice[name].given(facts.places) for diagram in (walked, asked))
        assert (one.values(), one.facts) == (other.values(), other.facts)
    for name, where in walked.rules.items():
        for second, there in walked.rules.items():
            assert where.is_within(there) == asked.rules[name].is_within(asked.rules[second]) == (not where - there)
        assert bool(where) == bool(asked.rules[name])
        assert bool(~where) == bool(~asked.rules[name])
        assert walked.within(where, facts.places).facts == asked.within(asked.rules[name], facts.places).facts


@tries(40)
@given(rulebook=bounded(), data=st.data())
def test_clauses_leave_out_cases_in_which_a_number_exceeds_one_that_bounds_it(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    walked, asked = DecisionDiagram(rulebook), in_clauses(rulebook)
    facts = data.draw(partial_facts(rulebook.vocabulary))
    for name in rulebook.decision:
        one, other = (diagram.outlook(name, facts.given_places, facts.places) for diagram in (walked, asked))
        assert (other.possible, other.as_assumed) == (one.possible, one.as_assumed)
        assert set(other.matters) <= set(one.matters)  # only what can change the outcome by itself
        assert bool(other.matters) == bool(one.matters)


@tries(40)
@given(rulebook=rulebooks, data=st.data())
def test_advice_and_explanations_do_not_depend_on_the_size_of_the_diagram(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    facts, other = (data.draw(partial_facts(rulebook.vocabulary)) for _ in range(2))
    with room_for(200_000):
        walking = Advisor(rulebook, remember=0)
        assert walking.exact is walking.diagram
    with room_for(0):
        asking = Advisor(rulebook, remember=0)
        with pytest.raises(WhytuneError, match="passes 0 nodes"):
            _ = asking.diagram
        assert asking.recommend(facts) == walking.recommend(facts)
        assert what_if(asking, facts, other) == what_if(walking, facts, other)
        for name, decided in rulebook.decision.items():
            assert why(asking, facts, name) == why(walking, facts, name)
            for option in decided.option_names:
                assert why_not(asking, facts, name, option) == why_not(walking, facts, name, option)
            one, two = (next_question(advisor, facts, name) for advisor in (walking, asking))
            assert two._replace(remaining=one.remaining) == one
            assert two.remaining >= one.remaining
            assert sufficient_reason(asking, facts, name) == sufficient_reason(walking, facts, name)
            assert flips(asking, facts, name) == flips(walking, facts, name)


def tangled(facts: int, rules: int) -> Rulebook:
    """One decision by rules over any three of the facts."""
    chance, names = random.Random(1), [f"f{index}" for index in range(facts)]
    declared = [fact(name, "yes_no") for name in names]
    written_rules = [
        rule(
            f"r{index}",
            **{"if": {name: chance.choice(["yes", "no"]) for name in chance.sample(names, 3)}},
            **{chance.choice(["propose", "propose", "rule_out"]): {"d": chance.choice("abcd")}},
        )
        for index in range(rules)
    ]
    decided = decision("d", [*"abcd"], "a", ["b", "c", "d"])
    return written(framed(facts=declared, decisions=[decided], rules=written_rules))


@pytest.mark.slow
def test_a_decision_over_facts_anywhere_is_advised_on_without_a_diagram() -> None:
    rulebook, chance = tangled(32, 160), random.Random(2)
    with room_for(2_000):
        advisor = Advisor(rulebook)
        names = list(rulebook.vocabulary.domains)
        known = {name: chance.choice(["yes", "no"]) for name in names[:20]}
        partly = advisor.advise(known).decisions["d"]
        assert partly.status == "open"
        assert next_question(advisor, complete(rulebook.vocabulary, known), "d").fact == partly.next_question
        for _ in range(3):
            whole = {name: known.get(name, chance.choice(["yes", "no"])) for name in names}
            answer = advisor.advise(whole)
            assert answer.decisions["d"].status == "settled"
            assert set(answer.decisions["d"].possible) <= set(partly.possible)
            assert answer.trace


def test_each_refusal_of_a_diagram_that_is_too_large_is_an_error_of_its_own() -> None:
    """One that is raised again and again would keep all that stood around it, each time."""
    with room_for(0):
        advisor = Advisor(tangled(4, 5))
        errors = []
        for _ in range(2):
            with pytest.raises(WhytuneError, match="passes 0 nodes") as refused:
                _ = advisor.diagram
            errors.append(refused.value)
    assert errors[0] is not errors[1]
    assert errors[0].problems == errors[1].problems


def test_a_question_that_takes_the_solver_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rulebook = tangled(24, 120)
    monkeypatch.setattr(MetCases, "show", lambda *_: False)
    monkeypatch.setattr(solving, "MAX_CONFLICTS", 1)
    with pytest.raises(WhytuneError) as refused:
        in_clauses(rulebook).outlook("d", {}, {})
    assert [problem.code for problem in refused.value.problems] == ["search-too-large"]


def test_a_search_that_takes_too_many_guesses_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rulebook = tangled(12, 40)
    facts = complete(rulebook.vocabulary, dict.fromkeys(rulebook.vocabulary.domains, "yes"))
    with room_for(0):
        advisor = Advisor(rulebook)
        assert flips(advisor, facts, "d").flips
        for bound in ("MAX_GUESSES", "MAX_CONFLICTS_TOGETHER"):
            with monkeypatch.context() as patch:
                patch.setattr(guessing, bound, -1)
                with pytest.raises(WhytuneError) as refused:
                    flips(advisor, facts, "d")
            assert [problem.code for problem in refused.value.problems] == ["search-too-large"]


def test_what_stands_in_clauses_cannot_be_walked_or_mixed_with_a_diagram() -> None:
    rulebook = tangled(4, 5)
    asked, walked = in_clauses(rulebook).advice["d"], DecisionDiagram(rulebook).advice["d"]
    with pytest.raises(TypeError, match="not walked"):
        list(asked.below())
    with pytest.raises(ValueError, match="different grounds"):
        asked.differs(walked)


@pytest.mark.slow
def test_what_questions_leave_behind_is_dropped_once_it_is_much(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(3)
    names = [f"f{at}" for at in range(8)]
    rules = [
        rule(f"r{at}", propose={"d": chance.choice("abc")}, **{"if": dict.fromkeys(chance.sample(names, 3), "yes")})
        for at in range(24)
    ]
    ways = decision("d", [*"abc"], "a", {"prefer": [*"cba"]})
    book = written(framed(facts=[fact(name, "yes_no") for name in names], decisions=[ways], rules=rules))
    cases = [{name: chance.choice(["yes", "no"]) for name in chance.sample(names, 5)} for _ in range(30)]
    walked = Advisor(book)
    expected = [why(walked, complete(book.vocabulary, case), "d") for case in cases]
    with room_for(1):
        advisor, sizes = Advisor(book), list[int]()
        most = len(in_clauses(book).ground.store) + 100
        monkeypatch.setattr(advisors, "MAX_FORMULAS", most)
        for case, answer in zip(cases, expected, strict=True):
            assert why(advisor, complete(book.vocabulary, case), "d") == answer
            sizes.append(len(advisor.exact.ground.store))
    assert max(sizes) < 2 * most
    assert sum(later < earlier for earlier, later in pairwise(sizes)) > 2


QUESTIONS: dict[str, Callable[[Advisor, CaseFacts, str], object]] = {
    "why": why,
    "next_question": next_question,
    "sufficient_reason": sufficient_reason,
    "flips": flips,
    "why_not": partial(why_not, option="a"),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_drops_what_those_before_it_left_of_its_own_rulebook_alone(
    monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    ways = decision("d", [*"ab"], "a", {"prefer": [*"ba"]})
    facts = [fact(name, "yes_no") for name in "fgh"]
    rules = [rule("r", propose={"d": "b"}, **{"if": {"f": "yes", "g": "no"}})]
    asked, other = (written(framed(facts=facts, decisions=[ways], rules=rules[:most])) for most in (1, 0))
    monkeypatch.setattr(advisors, "MAX_FORMULAS", 1)
    with room_for(1):
        advisor, beside = Advisor(asked), Advisor(other)
        case = complete(asked.vocabulary, {"f": "yes"})
        QUESTIONS[question](advisor, case, "d")
        before, kept = advisor.exact, beside.exact
        grown = before.ground.store
        monkeypatch.setattr(type(grown), "__len__", lambda store: 1_000 if store is grown else 1)
        QUESTIONS[question](advisor, case, "d")
        assert advisor.exact is not before
        assert beside.exact is kept
