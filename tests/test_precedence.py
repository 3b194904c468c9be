"""Rules that always hold, and rules that yield to others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import permutations, product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from whytune.diagrams.inference import inference
from whytune.engine import Advisor, Recommendation, Rulebook
from whytune.engine.advice.explanations.why_not import why_not
from whytune.engine.language.case import complete
from whytune.engine.meaning.semantics import meaning
from whytune.engine.review.casebook.mutants import mutants
from whytune.engine.review.difference import compare, difference
from whytune.engine.words.speaker import Speaker
from whytune.prose.conditions import obstacles
from whytune.prose.rulebook import rule as rule_page
from whytune.prose.terminal import text

from .generated import decision, fact, framed, rule, rulebooks, written
from .laws import tries
from .looks import tabled

FACTS = ("urgent", "hard", "dear")
OPTIONS: list[Any] = ["lawyer", "paralegal", "form"]


def book(*rules: dict[str, Any], none: str = "form") -> Rulebook:
    decided = decision("who", OPTIONS, none, "refer")
    return written(framed(facts=[fact(name, "yes_no") for name in FACTS], decisions=[decided], rules=list(rules)))


def proposing(name: str, option: str, premise: Any = "always", **more: Any) -> dict[str, Any]:
    return rule(name, **{"if": premise}, propose={"who": option}, **more)


def advise(rulebook: Rulebook, *true: str, unknown: Iterable[str] = ()) -> Recommendation:
    given: dict[str, Any] = {name: name in true for name in FACTS}
    return Advisor(rulebook).advise({**given, **dict.fromkeys(unknown, "unknown")})


def test_a_rule_that_always_holds_needs_no_fact() -> None:
    rulebook = book(proposing("anyone", "paralegal"), none="refer")
    answer = advise(rulebook, unknown=FACTS).decisions["who"]
    assert (answer.advice, answer.status, answer.decided_by) == ("paralegal", "settled", ("anyone",))
    assert re.search(r"If +always", text(rule_page(rulebook.rule["anyone"], None, Speaker(rulebook, "en"))))


def test_a_rule_that_always_holds_may_have_exceptions() -> None:
    rulebook = book(proposing("anyone", "paralegal", except_if={"hard": "yes"}))
    assert advise(rulebook).decisions["who"].advice == "paralegal"
    assert advise(rulebook, "hard").decisions["who"].advice == "form"
    assert advise(rulebook, unknown=["hard"]).decisions["who"].possible == ("form", "paralegal")


FIRST = (
    proposing("first", "lawyer", {"hard": "yes"}),
    proposing("second", "paralegal", {"urgent": "yes"}, yields_to="first"),
    proposing("third", "form", yields_to=["first", "second"]),
)


@tabled("rules", list(permutations(FIRST)))
def test_rules_that_yield_to_those_before_them_are_taken_one_after_the_other(rules: tuple[dict[str, Any], ...]) -> None:
    rulebook = book(*rules, none="refer")
    for true in product((True, False), repeat=2):
        names = [name for name, holds in zip(("hard", "urgent"), true, strict=True) if holds]
        wanted = "lawyer" if "hard" in names else "paralegal" if "urgent" in names else "form"
        answer = advise(rulebook, *names).decisions["who"]
        assert (answer.advice, len(answer.decided_by)) == (wanted, 1)


def test_the_trace_cites_the_rule_to_which_another_yields() -> None:
    trace = advise(book(*FIRST), "hard", "urgent").trace
    first, second = (next(step for step in trace if step.name == name) for name in ("first", "second"))
    assert (first.state, second.state) == ("in_force", "not_in_force")
    assert first.number in [use.step for use in second.used]


def test_why_not_names_the_rule_to_which_another_yields() -> None:
    rulebook = book(*FIRST)
    advisor, speaker = Advisor(rulebook), Speaker(rulebook, "en")
    facts = complete(rulebook.vocabulary, {"hard": "yes", "urgent": "yes"})
    (standing,) = why_not(advisor, facts, "who", "paralegal").rules_for
    assert [(part.part, part.subject) for part in standing.failed] == [("yields_to", "first")]
    assert "first" in obstacles(speaker, standing)
    assert "in force" in obstacles(speaker, standing)


def test_a_rule_waits_for_the_facts_of_those_to_which_it_yields() -> None:
    rulebook = book(*FIRST)
    facts = complete(rulebook.vocabulary, {"urgent": "yes"})
    (standing,) = why_not(Advisor(rulebook), facts, "who", "paralegal").rules_for
    assert [(part.part, part.waits_for) for part in standing.open] == [("yields_to", ("hard",))]


def test_a_rule_that_no_longer_exists_makes_none_yield() -> None:
    ended = {**FIRST[0], "valid": {"until": "2026-01-31"}}
    rulebook = book(ended, *FIRST[1:])
    given = {"hard": True, "urgent": True, "dear": False}
    assert Advisor(rulebook.as_of(rulebook.rule["first"].turns[0])).advise(given).decisions["who"].advice == "paralegal"


def test_mutation_takes_each_precedence_away() -> None:
    rulebook = book(*FIRST)
    assert [(one.name, one.detail) for one in mutants(rulebook) if one.kind == "no_yield"] == [
        ("second", ("first",)),
        ("third", ("first",)),
        ("third", ("second",)),
    ]


def test_a_change_of_precedence_is_a_change_of_meaning() -> None:
    old = book(*FIRST)
    new = book(FIRST[0], {**FIRST[1], "yields_to": []}, FIRST[2])
    change = difference(compare(old, new))
    assert change.level == "advice"
    (part,) = change.parts
    assert [value.path for value in part.values] == [("yields_to",)]
    assert part.unrevised == (("because",),)
    other_order = book(FIRST[0], FIRST[1], {**FIRST[2], "yields_to": ["second", "first"]})
    assert other_order.digest == old.digest


def test_the_network_bars_a_rule_by_those_to_which_it_yields() -> None:
    edges = inference(Speaker(book(*FIRST), "en"), "who").edges
    assert {(edge.source, edge.target) for edge in edges if edge.barred} == {
        ("rule:first", "rule:second"),
        ("rule:first", "rule:third"),
        ("rule:second", "rule:third"),
    }


@tries(60)
@given(rulebook=rulebooks, data=st.data())
def test_no_rule_is_in_force_together_with_one_to_which_it_yields(rulebook: Rulebook, data: st.DataObject) -> None:
    domains = rulebook.vocabulary.domains
    cells = {name: data.draw(st.sampled_from(domain.cells)) for name, domain in domains.items()}
    values = {fact: value for fact, value in cells.items() if isinstance(value, str)}
    rules = meaning(rulebook, values).rules
    for one in rulebook.rules:
        assert not (rules[one.id] and any(rules[other] for other in one.yields_to))
