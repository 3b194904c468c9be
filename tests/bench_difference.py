"""How long a diff of two rulebooks takes, for `tests/bench.py`: of the guide, and of large generated rulebooks."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from whytune.engine import Rulebook, WhytuneError, load
from whytune.engine.review.difference import compare, difference

from .generated import decision, fact, framed, rule, written

Row = tuple[str, str, str, str]


def diff_rows() -> Iterator[Row]:
    """A diff of the guide without one rule, and of large generated rulebooks after an edit of one rule and one cut."""
    guide = load("guide")
    edited = replace(guide, rules=tuple(each for each in guide.rules if each.id != "lora_for_moderate_domain_data"))
    yield "a diff of the guide, one rule dropped", taken(guide, edited), "", "below 1 s"
    for facts, rules, stages in ((20, 100, 5), (40, 200, 8)):
        document = large(facts, rules, stages)
        what = f"a diff, {facts} facts and {rules} rules in {stages} decisions"
        yield what, taken(written(document), written(after(document))), "", "below 60 s, or a message"


def taken(old: Rulebook, new: Rulebook) -> str:
    """The seconds that a diff takes, with what it finds, or what it says instead."""
    started = time.process_time()
    try:
        found = difference(compare(old, new))
        said = f"{len(found.advice)} changes of advice"
    except WhytuneError as error:
        said = error.problems[0].code
    return f"{time.process_time() - started:.2f} s, {said}"


def large(facts: int, rules: int, stages: int) -> dict[str, Any]:
    """A rulebook like those that people write: each decision looks at its own few facts and at the one before it."""
    chance = random.Random(40)
    rows = [
        fact(
            f"f{index}",
            "whole_number",
            bands=[{"band": f"b{index}", "cut_at": ["10", "100"], "values": ["low", "middle", "high"]}],
        )
        if index % 4 == 0
        else fact(f"f{index}", "yes_no")
        for index in range(facts)
    ]
    options = ["left", "right", "back", "stay"]
    decisions = [decision(f"d{stage}", options, "stay", options) for stage in range(stages)]
    written_rules = []
    for index in range(rules):
        stage = index * stages // rules
        own = range(stage * facts // stages, (stage + 1) * facts // stages)
        tested = chance.sample(own, min(3, len(own)))
        premise: dict[str, Any] = {
            f"b{one}" if one % 4 == 0 else f"f{one}": chance.choice(["low", "high"] if one % 4 == 0 else ["yes", "no"])
            for one in tested
        }
        if stage and chance.random() < 0.3:
            premise[f"d{stage - 1}"] = chance.choice(options)
        effect = {"propose" if chance.random() < 0.8 else "rule_out": {f"d{stage}": chance.choice(options)}}
        written_rules.append(rule(f"r{index}", **{"if": premise}, **effect))
    return framed(facts=rows, decisions=decisions, rules=written_rules)


def after(document: dict[str, Any]) -> dict[str, Any]:
    """The same with one rule dropped and one cut moved."""
    changed: dict[str, Any] = json.loads(json.dumps(document))
    changed["rules"].pop(len(changed["rules"]) // 2)
    changed["facts"][4]["bands"][0]["cut_at"] = ["20", "100"]
    return changed
