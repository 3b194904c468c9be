"""How long explanations take, for `tests/bench.py`: on the guide, and on a large generated rulebook."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import partial

from whytune.engine import Advisor, WhytuneError
from whytune.engine.advice.explanations import flips, next_question, sufficient_reason, what_if, why, why_not
from whytune.engine.language.case import CaseFacts, complete, from_python, resolve

from .bench_pictures import quickest
from .generated import decision, fact, framed, rule, written

CASE = {"prompt_enough": False, "external_knowledge": False, "need": "domain_terms", "examples": 3200}


def rows() -> Iterator[tuple[str, str, str, str]]:
    """What was measured, the figure, the ratio to its target, and the target."""
    guide = Advisor.load("guide")
    facts = resolve(guide.rulebook.vocabulary, from_python(CASE))
    for name, action in questions(guide, facts, "approach", "full").items():
        took = quickest(action)
        yield f"{name}, on the guide", f"{1_000 * took:.1f} ms", f"{took / 0.020:.0%}", "< 20 ms"
    large, case = layered()
    for name, action in questions(large, case, "d", "o4").items():
        took = quickest(partial(tried, action), rounds=1)
        yield f"{name}, 40 facts and 200 rules", f"{1_000 * took:.0f} ms", "", "bounded"


def questions(advisor: Advisor, facts: CaseFacts, name: str, option: str) -> dict[str, Callable[[], object]]:
    nothing = complete(advisor.rulebook.vocabulary, {})
    return {
        "why": lambda: why(advisor, facts, name),
        "why-not": lambda: why_not(advisor, facts, name, option),
        "what-if": lambda: what_if(advisor, nothing, facts),
        "flip": lambda: flips(advisor, facts, name),
        "reason": lambda: sufficient_reason(advisor, facts, name),
        "next": lambda: next_question(advisor, facts, name),
    }


def tried(action: Callable[[], object]) -> object:
    """What the action gives, or the problem that it is too large to answer."""
    try:
        return action()
    except WhytuneError as error:
        return error


def layered() -> tuple[Advisor, CaseFacts]:
    """A rulebook of 40 facts and 200 rules, each on three facts near each other, and a case with 25 of them known."""
    chance = random.Random(5)
    rules = []
    for index in range(200):
        first = min(max(index // 5 - 2, 0), 34)
        tested = {f"f{at}": chance.choice(["yes", "no"]) for at in chance.sample(range(first, first + 6), 3)}
        effect = {chance.choice(["propose", "propose", "rule_out"]): {"d": f"o{chance.randrange(5)}"}}
        rules.append(rule(f"r{index}", **{"if": tested}, **effect))
    facts = [fact(f"f{index}", "yes_no") for index in range(40)]
    decided = decision("d", [f"o{index}" for index in range(5)], "o0", ["o1", "o2", "o3"])
    advisor = Advisor(written(framed(facts=facts, decisions=[decided], rules=rules)))
    known = {f"f{index}": chance.choice(["yes", "no"]) for index in range(25)}
    return advisor, complete(advisor.rulebook.vocabulary, dict(known))
