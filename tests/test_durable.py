"""The border to durable-rules: what was measured of it still holds, and no size of a rulebook crosses its limits."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import textwrap
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from math import isqrt
from typing import Any

import durable_rules_engine as core
import pytest

from whytune.engine import Advisor, EngineDisagreement, WhytuneError, load
from whytune.engine.advice.durable import Engine, limits, session
from whytune.engine.advice.durable.limits import MAX_JOIN, MAX_RULES, MAX_USERS, MAX_VALUES
from whytune.engine.advice.durable.productions import Element, Production
from whytune.engine.language.case import CaseFacts, from_python, resolve
from whytune.engine.meaning.semantics import meaning
from whytune.engine.review.casebook import cases_of

from .generated import decision, fact, framed, rule, written
from .looks import sampled

Pattern = dict[str, Any]
Given = dict[str, Any]

_names = count()

# What was measured of durable-rules 2.0.28, and what engine/advice/durable does with it.


def ruleset(rules: Iterable[list[Pattern]]) -> int:
    """A fresh ruleset in the C core: a rule for each list of patterns, earlier ones first."""
    definition = {
        str(index): {"pri": index + 1, "all": [{f"m{i}": pattern} for i, pattern in enumerate(patterns)]}
        for index, patterns in enumerate(rules)
    }
    return int(core.create_ruleset(f"pinned{next(_names)}", json.dumps(definition)))


def fire(handle: int, facts: Iterable[Pattern], session: str = "1") -> list[int]:
    """The rules that fire over these facts, in order; the session is deleted if one did."""
    _, state = core.assert_facts(handle, json.dumps([{"sid": session, **each} for each in facts]))
    fired = []
    found = core.start_action_for_state(handle, state)
    message = found[1] if found else None
    while message:
        fired.append(int(message.split('"', 2)[1]))
        message = core.complete_and_start_action(handle, state)
    if fired:
        core.delete_state(handle, session)
    return fired


def x(value: object) -> Pattern:
    return {"x": f"v{value}"}


def alone(code: str, timeout: float) -> int:
    """The exit status of this code in a process of its own; raises TimeoutExpired."""
    code = "import json, durable_rules_engine as core\n" + textwrap.dedent(code)
    filled = {**os.environ, "MALLOC_PERTURB_": "165"}  # so that memory that nobody set is not zero by luck
    return subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=timeout, env=filled).returncode


def large(*sizes: int) -> list[Any]:
    """Sizes of which a thorough run alone makes sure."""
    return [pytest.param(size, marks=pytest.mark.slow) for size in sizes]


def test_lowest_priority_fires_first_whatever_the_order_of_facts() -> None:
    handle = ruleset([[x(1)], [x(0)], [x(2)]])
    assert fire(handle, [x(0), x(1), x(2)]) == fire(handle, [x(2), x(1), x(0)]) == [0, 1, 2]


def test_a_fact_that_no_rule_matches_is_refused_with_code_1_and_the_state() -> None:
    handle = ruleset([[x(0)]])
    code, state = core.assert_fact(handle, json.dumps({"sid": "1", **x(9)}))
    assert (code, type(state)) == (1, int)
    assert fire(handle, [x(0)]) == [0]


def test_an_equal_fact_is_refused_with_code_2() -> None:
    handle = ruleset([[x(0)]])
    written_once = json.dumps({"sid": "1", **x(0)})
    assert core.assert_fact(handle, written_once)[0] == 0
    assert core.assert_fact(handle, written_once)[0] == 2


def test_a_deleted_session_is_forgotten() -> None:
    handle = ruleset([[x(0)], [x(0), x(1)]])
    assert fire(handle, [x(0)]) == [0]
    assert fire(handle, [x(1), x(0)]) == [0, 1]


def test_to_delete_a_session_in_which_nothing_fired_kills_the_process() -> None:
    """So a rule that fires in every session must stand in every ruleset."""
    assert (
        alone(
            """
        handle = core.create_ruleset("r", json.dumps({"0": {"pri": 1, "all": [{"a": {"x": "1"}}, {"b": {"x": "2"}}]}}))
        core.assert_facts(handle, '[{"sid":"1","x":"1"}]')
        core.delete_state(handle, "1")
        """,
            20,
        )
        < 0
    )


def test_joins_end_at_16_patterns() -> None:
    assert MAX_JOIN <= 16
    assert fire(ruleset([[x(i) for i in range(16)]]), map(x, range(16))) == [0]
    with pytest.raises(core.error, match="304"):
        fire(ruleset([[x(i) for i in range(17)]]), map(x, range(17)))


def test_64_conditions_may_be_true_of_one_element() -> None:
    assert MAX_USERS <= 64
    assert fire(ruleset([[{"$gte": {"n": i}}] for i in range(64)]), [{"n": 64}]) == list(range(64))
    with pytest.raises(core.error, match="303"):
        fire(ruleset([[{"$gte": {"n": i}}] for i in range(65)]), [{"n": 65}])


def test_255_rules_may_share_one_pattern() -> None:
    assert MAX_USERS <= 255
    assert fire(ruleset([[x(0)]] * 255), [x(0)]) == list(range(255))  # 256 may crash the process


def test_the_256th_rule_on_one_pattern_kills_the_process() -> None:
    assert (
        alone(
            """
        rules = {str(i): {"pri": i + 1, "all": [{"a": {"x": "1"}}]} for i in range(256)}
        handle = core.create_ruleset("r", json.dumps(rules))
        core.assert_facts(handle, '[{"sid":"1","x":"1"}]')
        core.start_action_for_state(handle, 1)
        """,
            20,
        )
        < 0
    )


@pytest.mark.slow
def test_511_values_at_one_node_work_and_more_hang() -> None:
    assert isqrt(MAX_RULES * MAX_JOIN) + 1 < 511  # groups of names, and the names of a group
    assert fire(ruleset([x(i)] for i in range(511)), map(x, (0, 255, 510))) == [0, 255, 510]
    with pytest.raises(subprocess.TimeoutExpired):
        alone(
            """
            rules = {str(i): {"pri": i + 1, "all": [{"a": {"x": str(i)}}]} for i in range(513)}
            core.create_ruleset("r", json.dumps(rules))
            """,
            1.5,
        )


def two_levels(index: int) -> Pattern:
    return {f"g{index // 64}": 1, f"x{index}": 1}


@pytest.mark.slow
def test_4000_names_work_in_two_levels() -> None:
    handle = ruleset([{"$and": [{name: 1} for name in two_levels(i)]}] for i in range(4_000))
    assert fire(handle, map(two_levels, (0, 2_000, 3_999))) == [0, 2_000, 3_999]


@pytest.mark.slow
def test_4096_rules_fit_a_ruleset() -> None:
    assert MAX_RULES < 4_096
    with pytest.raises(core.error, match="106"):
        ruleset([{"$and": [{name: 1} for name in two_levels(i)]}] for i in range(4_097))


def test_whole_numbers_up_to_2_to_the_53_compare_exactly() -> None:
    handle = ruleset([[{"$gte": {"n": 2**53}}], [{"$lt": {"n": 2**53}}], [{"$lt": {"n": 1 - 2**53}}]])
    assert [fire(handle, [{"n": n}]) for n in (2**53, 2**53 - 1, -(2**53))] == [[0], [1], [1, 2]]


@pytest.mark.parametrize("written_number", ["1e20", "1e-7"])
def test_exponents_are_refused(written_number: str) -> None:
    handle = ruleset([[{"$gte": {"n": 0}}]])
    with pytest.raises(core.error, match=r"20[34]"):
        core.assert_fact(handle, f'{{"sid":"1","n":{written_number}}}')


def test_texts_count_as_greater_than_numbers() -> None:
    """So every element has one type, checked before."""
    assert fire(ruleset([[{"$gt": {"n": 10_000}}]]), [{"n": "abc"}]) == [0]


# Rulebooks around each limit.


def yes_no(names: Iterable[str]) -> list[dict[str, Any]]:
    return [fact(name, "yes_no") for name in names]


def numbered(prefix: str, size: int) -> list[str]:
    return [f"{prefix}{i}" for i in range(size)]


def book(facts: list[dict[str, Any]], rules: list[dict[str, Any]], **more: Any) -> Advisor:
    """A rulebook with one decision between `a` and `b`, where nothing else is said."""
    decisions = more.pop("decisions", [decision("d", ["a", "b"], "refer", ["a", "b"])])
    return Advisor(written(framed(facts=facts, rules=rules, decisions=decisions, **more)))


def speaks(index: int, **premise: Any) -> dict[str, Any]:
    """A rule for `a` or `b`, in turn."""
    return rule(f"r{index}", propose={"d": "ab"[index % 2]}, **premise)


def some(advisor: Advisor, seed: int, often: float = 0.9) -> Given:
    """Facts at random; each is known this often, and most of the yes_no ones are yes."""
    chance = random.Random(seed)
    given: Given = {}
    for declared in advisor.rulebook.vocabulary.declared:
        if chance.random() < often:
            values = declared.values or ("yes", "yes", "yes", "no")
            least, greatest = int(declared.least or 0), int(min(declared.greatest or 2_000, 2_000))
            given[declared.fact] = chance.randint(least, greatest) if declared.is_number else chance.choice(values)
    return given


def sound(advisor: Advisor, *given: Given) -> None:
    """Holds durable-rules against the reference on these cases and some at random, and against the diagram."""
    everything = {each.fact: "yes" for each in advisor.rulebook.vocabulary.facts if each.kind == "yes_no"}
    for case in (*given, everything, *(some(advisor, seed, often) for seed, often in enumerate((1, 0.97, 0.5)))):
        answer = advisor.advise(case)  # raises EngineDisagreement where they differ
        values = {fact: state.value for fact, state in answer.facts.items() if isinstance(state.value, str)}
        if len(values) == len(advisor.rulebook.vocabulary.facts):  # all known, and no numbers among them
            means = meaning(advisor.rulebook, values)
            states = {firing.name: firing.state for firing in answer.trace if firing.kind == "rule"}
            assert states == {name: "in_force" if truth else "not_in_force" for name, truth in means.rules.items()}


@pytest.mark.parametrize("size", [1, 13, 17, 40, *large(12, 16, 24, 25)])
def test_conditions_in_a_rule(size: int) -> None:
    names = numbered("f", size)
    all_yes = dict.fromkeys(names, "yes")
    advisor = book(
        yes_no([*names, "g"]), [speaks(0, **{"if": all_yes}), speaks(1, **{"if": {"g": "yes"}, "except_if": all_yes})]
    )
    sound(advisor, all_yes, {**all_yes, names[-1]: "no"}, {**all_yes, "g": "yes"}, {**all_yes, names[0]: "unknown"})
    assert advisor.advise({**all_yes, "g": "yes"}).decisions["d"].decided_by == ("r0",)
    assert advisor.advise({**all_yes, "g": "yes", names[-1]: "no"}).decisions["d"].decided_by == ("r1",)


@pytest.mark.parametrize("size", [33, *large(257, 31, 32, 64, 65, 255, 256, 300)])
def test_rules_on_one_condition(size: int) -> None:
    same = book(yes_no(["f", "g"]), [speaks(i, **{"if": {"f": "yes"}}) for i in range(size)])
    sound(same, {"f": "yes"}, {"f": "no"}, {})
    speakers = same.advise({"f": "yes"}).decisions["d"].options["b"].speaks_for
    assert speakers == tuple(sorted(f"r{i}" for i in range(1, size, 2)))


@pytest.mark.parametrize("size", [33, *large(257, 31, 32, 64, 65, 255, 256, 300)])
def test_rules_that_share_a_condition_beside_their_own(size: int) -> None:
    names = numbered("g", size)
    rules = [speaks(i, **{"if": {"f": "yes", name: "yes"}}) for i, name in enumerate(names)]
    sharing = book(yes_no(["f", *names]), rules)
    sound(sharing, {"f": "yes"}, {"f": "no"}, {"f": "yes", names[-1]: "yes"})
    assert sharing.advise({"f": "yes", names[-1]: "yes"}).trace


@pytest.mark.parametrize("size", [6, *large(251, 2, 5, 250, 600)])
def test_values_of_a_choice(size: int) -> None:
    values = numbered("v", size)
    choice = fact("f", "choice", values=values, labels={value: value for value in values})
    rules = [speaks(i, **{"if": {"f": value}}) for i, value in enumerate(values[:40])]
    rules.append(speaks(41, **{"if": {"f": values[1:]}}))
    sound(book([choice], rules), {"f": values[0]}, {"f": values[-1]})


@pytest.mark.parametrize("size", [MAX_VALUES + 1, 1_500])
def test_too_many_values_of_a_choice_are_refused(size: int) -> None:
    values = numbered("v", size)
    choice = fact("f", "choice", values=values, labels={value: value for value in values})
    refused(book([choice], [speaks(0, **{"if": {"f": "v0"}})]), "too-many-rules")


@pytest.mark.parametrize("size", [201, *large(199, 200, 255, 256, 257, 400, 600)])
def test_elements(size: int) -> None:
    """Two elements for each fact, and two for each rule."""
    names = numbered("f", size)
    sound(
        book(yes_no(names), [speaks(i, **{"if": {name: "yes"}}) for i, name in enumerate(names)]),
        dict.fromkeys(names, "no"),
        {**dict.fromkeys(names, "no"), names[-1]: "yes"},
    )


@pytest.mark.parametrize("several", sampled(["prefer", "refer"], 2))
@pytest.mark.parametrize("size", [2, 13, 17, *large(3, 12, 16, 32)])
def test_options(size: int, several: str) -> None:
    options = numbered("o", size)
    policy = options[: max(2, size // 2)] if several == "prefer" else "refer"
    advisor = book(
        yes_no(options),
        [rule(f"for_{o}", **{"if": {o: "yes"}}, propose={"d": o}) for o in options],
        decisions=[decision("d", options, "o0", policy)],
    )
    none = dict.fromkeys(options, "no")
    for first in (options[0], options[-1]):
        assert advisor.advise({**none, first: "yes"}).decisions["d"].advice == first
    sound(advisor, none, {**none, "o0": "yes", "o1": "yes"}, {**none, "o0": "yes", options[-1]: "yes"})


def test_33_options_are_refused() -> None:
    options = numbered("o", 33)
    with pytest.raises(WhytuneError) as caught:
        book(
            yes_no(["f"]),
            [rule("r", **{"if": {"f": "yes"}}, propose={"d": "o0"})],
            decisions=[decision("d", options, "refer", "refer")],
        )
    assert [problem.code for problem in caught.value.problems] == ["too-many-options"]


@pytest.mark.parametrize("cuts", [1, 33, *large(300, 31, 32, 63, 64, 65, 250)])
def test_pieces_of_a_band(cuts: int) -> None:
    advisor = banded(cuts)
    sound(advisor, {"n": 0}, {"n": 1}, {"n": cuts - 1}, {"n": cuts}, {"n": cuts + 1}, {"n": 2**53})
    for number, piece in ((0, 0), (1, 1), (cuts, cuts), (cuts + 7, cuts)):
        assert advisor.advise({"n": number}).trace[0].state == f"p{piece}"


@pytest.mark.parametrize("cuts", [MAX_VALUES, *large(1_500)])
def test_too_many_pieces_of_a_band_are_refused(cuts: int) -> None:
    refused(banded(cuts), "too-many-rules")


def banded(cuts: int) -> Advisor:
    pieces = numbered("p", cuts + 1)
    band = {"band": "size", "values": pieces, "cut_at": [str(i + 1) for i in range(cuts)]}
    rules = [speaks(i, **{"if": {"size": piece}}) for i, piece in enumerate(pieces[-20:])]
    return book([fact("n", "whole_number", bands=[band])], rules)


def test_a_chain_of_300_conclusions() -> None:
    names = numbered("c", 300)
    rules = [
        rule(f"to_{name}", conclude=name, **{"if": {before: "yes"}})
        for before, name in zip(["f", *names], names, strict=False)
    ]
    advisor = book(
        yes_no(["f"]),
        [*rules, speaks(0, **{"if": {"c299": "yes"}})],
        conclusions=[{"conclusion": name, "label": name} for name in names],
    )
    sound(advisor, {"f": "yes"}, {"f": "no"}, {})
    assert [firing.name for firing in advisor.advise({"f": "yes"}).trace if firing.kind == "conclusion"] == names


@pytest.mark.parametrize("size", [1, 20, 40])
def test_any_of_many_maps(size: int) -> None:
    names = numbered("f", size)
    advisor = book(
        yes_no([*names, "g"]),
        [
            speaks(0, any_of=[{name: "yes", "g": "yes"} for name in names]),
            speaks(
                1, **{"if": {"g": "no"}, "any_of": [{name: "no"} for name in names], "except_if": {names[0]: "yes"}}
            ),
        ],
    )
    sound(advisor, {names[-1]: "yes", "g": "yes"}, dict.fromkeys(names, "no"))


@pytest.mark.slow
def test_300_rules_of_all_sorts() -> None:
    chance = random.Random(300)
    names = numbered("f", 24)

    def tests(most: int) -> dict[str, str]:
        return {name: chance.choice(["yes", "yes", "no"]) for name in chance.sample(names, chance.randint(1, most))}

    rules = []
    for index in range(300):
        premise: dict[str, Any] = {"if": tests(4)}
        if index % 7 == 0:
            premise["any_of"] = [tests(2) for _ in range(3)]
        if index % 5 == 0:
            premise["except_if"] = tests(2)
        effect = {"rule_out": {"d": "a"}} if index % 11 == 0 else {"propose": {"d": chance.choice("abc")}}
        rules.append(rule(f"r{index}", **premise, **effect))
    decisions = [decision("d", ["a", "b", "c"], "refer", ["c", "a", "b"])]
    advisor = Advisor(written(framed(facts=yes_no(names), rules=rules, decisions=decisions)))
    sound(advisor, *(some(advisor, seed, 0.8) for seed in range(6)))


def complete_facts(advisor: Advisor, given: Given) -> CaseFacts:
    return resolve(advisor.rulebook.vocabulary, from_python(given))


def test_more_rules_than_a_ruleset_holds_are_held_by_several(monkeypatch: pytest.MonkeyPatch) -> None:
    """Decisions that rest on each other, with conclusions that several of them share, a ruleset for a few of each."""
    monkeypatch.setattr(limits, "MAX_RULES", 100)
    monkeypatch.setattr(limits, "FEW_RULES", 40)
    own, common = numbered("f", 12), numbered("g", 3)
    rules = [rule(f"to_{name}", conclude=f"{name}_too", **{"if": {name: "yes"}}) for name in common]
    for at in range(12):
        before = {f"d{at - 1}": "a"} if at else {}
        for i, name in enumerate(common):
            tested = {own[at]: ("yes", "no")[i % 2], f"{name}_too": "yes"}
            rules.append(rule(f"r{at}_{i}", propose={f"d{at}": "ab"[i % 2]}, any_of=[tested, *([before] * bool(at))]))
    advisor = book(
        yes_no([*own, *common]),
        rules,
        decisions=[decision(f"d{at}", ["a", "b"], "b", ["a", "b"]) for at in range(12)],
        conclusions=[{"conclusion": f"{name}_too", "label": name} for name in common],
    )
    assert len(advisor.engine.productions) > 100
    assert len(advisor.engine.rulesets) > 5
    sound(advisor, dict.fromkeys([*own, *common], "no"), {own[0]: "yes"}, {})


@pytest.mark.slow
def test_a_rulebook_answers_alike_in_few_rulesets_and_in_many(monkeypatch: pytest.MonkeyPatch) -> None:
    for rulebook in (load("guide"), load("practice")):
        monkeypatch.setattr(limits, "FEWEST_RULES", 200)
        whole = Engine(rulebook)
        monkeypatch.setattr(limits, "FEWEST_RULES", 7)
        monkeypatch.setattr(limits, "FEW_RULES", 7)
        divided = Engine(rulebook)
        monkeypatch.undo()
        assert len(divided.rulesets) > 2 * len(whole.rulesets) > 0
        for case in cases_of(rulebook.name, rulebook)[:12]:
            once, again = whole.run(case.facts), divided.run(case.facts)
            assert again.values.items() >= {item for item in once.values.items() if item[0].kind != "copy"}
            assert {shown(p) for p in again.fired} == {shown(p) for p in once.fired}
            assert_causes_first(divided, again.fired)


def shown(production: Production) -> tuple[Any, ...]:
    """What a production gives, without the copies that it may wait for."""
    return production.element if production.element.kind != "copy" else (), production.value, production.why


def assert_causes_first(engine: Engine, fired: Iterable[Production]) -> None:
    given = {production.element for production in engine.productions}
    so_far: set[Element] = set()
    for production in fired:
        assert not {match.element for match in production.when} & given - so_far
        so_far.add(production.element)


def test_one_step_that_needs_more_than_a_ruleset_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_RULES", 60)
    names = numbered("f", 40)
    refused(book(yes_no(names), [speaks(0, any_of=[{name: "yes"} for name in names])]), "too-many-rules")


def refused(advisor: Advisor, code: str) -> None:
    with pytest.raises(WhytuneError) as caught:
        advisor.advise({})
    assert {problem.code for problem in caught.value.problems} == {code}
    assert all(problem.hint for problem in caught.value.problems)


# One engine, many callers.


@pytest.fixture(scope="module")
def guide() -> Advisor:
    return Advisor(load("guide"), remember=0)


def as_json(advisor: Advisor, given: Given) -> str:
    return json.dumps(advisor.advise(given).to_dict(), ensure_ascii=False)


def test_the_same_case_gives_the_same_bytes(guide: Advisor) -> None:
    cases = [some(guide, seed, 0.7) for seed in range(20) if applies(some(guide, seed, 0.7))]
    assert cases
    assert [as_json(guide, case) for case in cases] == [as_json(Advisor.load("guide"), case) for case in cases]
    assert [as_json(guide, dict(reversed(case.items()))) for case in cases] == [as_json(guide, case) for case in cases]


def applies(given: Given) -> bool:
    """Is this a case: no fact that does not apply, no more good examples than there are?"""
    if "can_anonymise" in given and given.get("private_data") != "yes":
        return False
    return bool(given.get("good_examples", 0) <= given.get("examples", 2_000))


def test_threads_take_turns(guide: Advisor) -> None:
    cases = [case for case in (some(guide, seed, 0.7) for seed in range(24)) if applies(case)] * 4
    alone_answers = [as_json(guide, case) for case in cases]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda case: as_json(guide, case), cases)) == alone_answers


def test_advisors_with_the_same_rules_share_one_engine(guide: Advisor) -> None:
    """durable-rules never frees a ruleset."""
    assert Advisor.load("guide").engine is guide.engine
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: Advisor.load("guide").engine, range(8))) == {guide.engine}


class Interrupted:
    """The C core, but for one call (counted from 0), which raises."""

    error = core.error

    def __init__(self, at: int, error: BaseException) -> None:
        self._left, self._error = iter(range(at, -1, -1)), error

    def __getattr__(self, name: str) -> Any:
        if next(self._left, None) == 0:
            raise self._error
        return getattr(core, name)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError(), core.error("error code: 303")])
@pytest.mark.parametrize("at", [0, 1, 2, 9, 30])
def test_a_run_cut_short_leaves_the_next_alone(
    guide: Advisor, monkeypatch: pytest.MonkeyPatch, at: int, error: BaseException
) -> None:
    given = {"prompt_enough": "no", "external_knowledge": "no", "need": "domain_terms", "examples": 3_200}
    before = as_json(guide, given)
    with monkeypatch.context() as patch:
        patch.setattr(guide.engine, "_core", Interrupted(at, error))
        with pytest.raises(EngineDisagreement if isinstance(error, core.error) else type(error)):
            guide.advise({**given, "need": "latency", "fast_iteration": "yes"})
    assert as_json(guide, given) == before


# The comparison with the reference is real.


def tamper(patch: pytest.MonkeyPatch, engine: Engine, change: Callable[[Any], Iterable[Any]]) -> None:
    """Changes what each production does, to nothing, one or several, and lets the engine keep nothing from before."""
    patch.setattr(engine, "_kept", OrderedDict())
    for ruleset in engine.rulesets:
        changed = [tuple(new for action in some for new in change(action)) for some in ruleset.actions]
        patch.setattr(ruleset, "actions", changed)


class _Counted:
    """The core of durable-rules, with the names of the functions that were called."""

    def __init__(self, core: Any) -> None:
        self.core, self.called = core, Counter[str]()

    def __getattr__(self, name: str) -> Any:
        self.called[name] += 1
        return getattr(self.core, name)


def test_what_a_round_gave_is_asserted_at_once(guide: Advisor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FEWEST_RULES", 200)
    engine = Engine(guide.rulebook)
    counted = _Counted(engine._core)
    monkeypatch.setattr(engine, "_core", counted)
    run = engine.run(complete_facts(guide, {"prompt_enough": "no", "need": "domain_terms", "examples": "3200"}))
    assert 2 < counted.called["assert_facts"] < len(run.fired) / 3
    assert not counted.called["assert_fact"]


def without(index: int) -> Callable[[Any], Iterable[Any]]:
    return lambda action: [] if action[0] == index else [action]


def test_a_lost_production_is_noticed(guide: Advisor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each that alone gave its rule, option or advice in a case."""
    lost = 0
    whole = guide.engine
    for case in [case for case in (some(guide, seed, 0.9) for seed in range(24)) if applies(case)]:
        fired = whole.run(complete_facts(guide, case)).fired
        givers = Counter(production.element for production in fired)
        for production in fired:
            element = production.element
            if givers[element] == 1 and not element.part and element.name not in guide.rulebook.vocabulary.bands:
                index = whole.productions.index(production)
                lost += 1
                with monkeypatch.context() as patch:
                    tamper(patch, whole, without(index))
                    with pytest.raises(EngineDisagreement):
                        guide.advise(case)
    assert lost > 100


def test_a_false_production_is_noticed(guide: Advisor, monkeypatch: pytest.MonkeyPatch) -> None:
    def turned(action: Any) -> Iterable[Any]:
        index, element, value, text = action
        yield index, element, {"yes": "no", "no": "yes"}.get(value, value), text

    tamper(monkeypatch, guide.engine, turned)
    with pytest.raises(EngineDisagreement):
        guide.advise({"prompt_enough": "yes"})


def test_contradicting_productions_are_noticed(guide: Advisor, monkeypatch: pytest.MonkeyPatch) -> None:
    def doubled(action: Any) -> Iterable[Any]:
        index, element, value, _ = action
        yield action
        yield index, element, f"not {value}", None

    tamper(monkeypatch, guide.engine, doubled)
    with pytest.raises(EngineDisagreement, match="became both"):
        guide.advise({"prompt_enough": "yes"})


def test_a_ruleset_that_is_told_what_it_was_told_before_is_not_fired_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """And gives what it would: in all cases of two rulebooks, one after the other."""
    for rulebook in (load("guide"), load("practice")):
        engine = Engine(rulebook)
        counted = _Counted(engine._core)
        monkeypatch.setattr(engine, "_core", counted)
        cases = [case.facts for case in cases_of(rulebook.name, rulebook)][:40]
        runs = [engine.run(facts) for facts in cases]
        fired = counted.called["delete_state"]
        assert fired < len(cases) * len(engine.rulesets) * 0.8
        assert [engine.run(facts) for facts in cases] == runs
        assert counted.called["delete_state"] == fired
        assert [engine.run(facts, afresh=True) for facts in cases] == runs
        assert counted.called["delete_state"] == fired + len(cases) * len(engine.rulesets)


def test_one_in_a_thousand_runs_is_fired_again_and_compared(guide: Advisor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "CHECK_EVERY", 3)
    engine, facts = Engine(guide.rulebook), complete_facts(guide, {"prompt_enough": "yes"})
    engine.run(facts)
    for ruleset in engine.rulesets:
        monkeypatch.setattr(ruleset, "actions", [() for _ in ruleset.actions])
    engine.run(facts)
    with pytest.raises(EngineDisagreement, match="otherwise than before"):
        engine.run(facts)
    assert not engine.run(facts).fired  # nothing is kept of what proved to be different


@pytest.mark.slow
def test_no_more_runs_of_rulesets_are_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "KEPT_RUNS", 20)
    rulebook = load("practice")
    engine = Engine(rulebook)
    for case in cases_of(rulebook.name, rulebook)[:12]:
        assert engine.run(case.facts) == engine.run(case.facts, afresh=True)
        assert len(engine._kept) <= 20


def test_nothing_is_kept_of_what_disagreed(guide: Advisor, monkeypatch: pytest.MonkeyPatch) -> None:
    advisor = Advisor(guide.whole)
    with monkeypatch.context() as patch:
        tamper(patch, advisor.engine, lambda action: [])
        with pytest.raises(EngineDisagreement):
            advisor.advise({"prompt_enough": "yes"})
        assert not advisor.engine._kept
    assert advisor.advise({"prompt_enough": "yes"}).decisions["approach"].advice == "prompt"
