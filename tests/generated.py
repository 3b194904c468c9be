"""Hypothesis strategies: whole rulebooks in every construct of the language, and facts for them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from itertools import product
from typing import Any

from hypothesis import strategies as st

from whytune.engine import Rulebook, WhytuneError
from whytune.engine.case import UNKNOWN, CaseFacts, complete
from whytune.engine.loading import loads
from whytune.engine.vocabulary import Interval, Vocabulary

SOURCE = {"document": "memo", "place": "page 1"}


def written(document: dict[str, Any]) -> Rulebook:
    """The rulebook that this data writes; JSON is YAML."""
    return loads({"rulebook.yaml": json.dumps(document).encode()})


def framed(**parts: Any) -> dict[str, Any]:
    """The parts with an identity around them."""
    return {
        "rulebook": {"name": "generated", "version": "1.0.0", "title": "Generated", "languages": ["en"]},
        "documents": [{"document": "memo", "title": "A memo"}],
        **parts,
    }


def fact(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"fact": name, "kind": kind, "ask": f"{name}?", "label": name, **more}


def rule(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "title": name, "because": f"{name} says so", "source": SOURCE, **more}


def decision(name: str, options: list[Any], none: Any, several: Any) -> dict[str, Any]:
    rows = [{"label": o, "option": o} if isinstance(o, str) else {"label": o["option"], **o} for o in options]
    return {"decision": name, "ask": f"{name}?", "options": rows, "if_none_stands": none, "if_several_stand": several}


@st.composite
def documents(draw: st.DrawFn, most_rules: int = 9) -> dict[str, Any]:
    """The data of a rulebook: two to five facts, chained conclusions, one or two decisions, all kinds of rules."""
    facts: list[dict[str, Any]] = []
    subjects: dict[str, list[str]] = {}
    for index in range(draw(st.integers(2, 5))):
        one, tests = draw(_facts(f"f{index}"))
        if subjects and draw(st.integers(0, 3)) == 0:
            one["only_if"] = draw(_conditions(subjects, 1))
        facts.append(one)
        subjects.update(tests)
    conclusions = [f"c{index}" for index in range(draw(st.integers(0, 3)))]
    rules: list[dict[str, Any]] = []
    for name in conclusions:
        for _ in range(draw(st.integers(1, 2))):
            rules.append(rule(f"r{len(rules)}", conclude=name, **draw(_premises(subjects))))
        subjects[name] = ["yes", "no"]
    decisions = []
    for index in range(draw(st.integers(1, 2))):
        decisions.append(draw(_decisions(f"d{index}")))
        options = [row["option"] for row in decisions[-1]["options"]]
        for _ in range(draw(st.integers(1, most_rules))):
            effect = draw(st.sampled_from(["propose", "propose", "rule_out"]))
            rules.append(
                rule(
                    f"r{len(rules)}",
                    **{effect: {f"d{index}": draw(st.sampled_from(options))}},
                    **draw(_premises(subjects)),
                )
            )
        subjects[f"d{index}"] = [*options, "refer"]
    return framed(
        facts=facts,
        conclusions=[{"conclusion": name, "label": name} for name in conclusions],
        decisions=decisions,
        rules=rules,
    )


rulebooks = documents().map(written)


@st.composite
def governed(draw: st.DrawFn, document: dict[str, Any]) -> dict[str, Any]:
    """The rulebook with invariants of all three forms, and with waivers of its gaps, some narrowed, some expired."""
    subjects = _tested(document)
    options = {one["decision"]: [row["option"] for row in one["options"]] for one in document["decisions"]}
    numbers = [one["fact"] for one in document["facts"] if one["kind"] in ("whole_number", "number")]
    invariants = []
    for index in range(draw(st.integers(1, 3))):
        form = draw(st.sampled_from(["always", "never", *(["more", "more"] if numbers else [])]))
        about = draw(st.lists(st.sampled_from(sorted(options)), min_size=1, unique=True))
        some = {name: st.lists(st.sampled_from([*options[name], "refer"]), min_size=1, max_size=2) for name in about}
        promised = {name: draw(each) for name, each in some.items()}
        says: dict[str, Any] = {form: promised}
        if form == "more":
            after = {name: draw(each) for name, each in some.items()}
            says = {"more": draw(st.sampled_from(numbers)), "leads_away_from": promised, "to": after}
        if draw(st.booleans()):
            says["if"] = draw(_conditions(subjects, 2))
        invariants.append({"invariant": f"i{index}", "because": f"i{index} is so", **says})
    waivers = []
    for index in range(draw(st.integers(0, 3))):
        waiver: dict[str, Any] = {
            "waiver": f"w{index}",
            "finding": draw(st.sampled_from(["undecided"] * 4 + ["undecidde"])),
        }
        waiver |= {"about": draw(st.sampled_from(sorted(options))), "because": "so be it", "owner": "the team"}
        if draw(st.booleans()):
            waiver["where"] = draw(_conditions(subjects, 2))
        if draw(st.integers(0, 3)) == 0:
            waiver["until"] = "2026-01-01"
        waivers.append(waiver)
    return {**document, "invariants": invariants, "waivers": waivers}


def _tested(document: dict[str, Any]) -> dict[str, list[str]]:
    """What conditions may test in this rulebook, with all values that they may name."""
    found: dict[str, list[str]] = {}
    for one in document["facts"]:
        if one["kind"] in ("whole_number", "number"):
            found |= {band["band"]: band["values"] for band in one["bands"]}
        elif one["kind"] == "choices":
            found |= {f"{one['fact']}.{value}": ["yes", "no"] for value in one["values"]}
        else:
            found[one["fact"]] = one.get("values", ["yes", "no"])
    found |= {one["conclusion"]: ["yes", "no"] for one in document["conclusions"]}
    return found | {
        one["decision"]: [*(row["option"] for row in one["options"]), "refer"] for one in document["decisions"]
    }


def shuffled(document: dict[str, Any], seed: int) -> dict[str, Any]:
    """The same rulebook with every order changed that means nothing (that of facts does)."""
    chance = random.Random(seed)

    def shuffle(part: Any, key: str = "") -> Any:
        if isinstance(part, dict):
            items = [(name, shuffle(value, name)) for name, value in part.items()]
            chance.shuffle(items)
            return dict(items)
        if isinstance(part, list):
            found = [shuffle(item) for item in part]
            if key in ("rules", "conclusions", "decisions", "options", "any_of", "groups"):
                chance.shuffle(found)
            return found
        return part

    return dict(shuffle(document))


def full_cells(vocabulary: Vocabulary) -> Iterator[dict[str, str | Decimal]]:
    """A value of every fact for each combination of cells; a fact that does not apply is left out."""
    domains = vocabulary.domains
    for cells in product(*(range(len(domain.cells)) for domain in domains.values())):
        yield applicable(vocabulary, dict(zip(domains, cells, strict=True)))


def applicable(vocabulary: Vocabulary, cells: dict[str, int]) -> dict[str, str | Decimal]:
    """A value in each of these cells, but for the facts that do not apply where the others have theirs."""
    domains = vocabulary.domains
    known: dict[str, str] = {}
    values: dict[str, str | Decimal] = {}
    for name in (fact.fact for fact in vocabulary.facts if fact.fact in cells):
        conditions = vocabulary.applies_if[name]
        if all(known.get(subject) is None or known[subject] in accepts for subject, accepts in conditions):
            values[name] = representative(domains[name].cells[cells[name]])
            known.update((subject, found[cells[name]]) for subject, found in domains[name].subjects.items())
    return values


def representative(cell: str | Interval) -> str | Decimal:
    """A value in the cell: its lower end, where it has one."""
    if isinstance(cell, str):
        return cell
    if cell.low is not None:
        return cell.low
    return Decimal(0) if cell.high is None else max(cell.high - 1, Decimal(0))


@st.composite
def partial_facts(draw: st.DrawFn, vocabulary: Vocabulary) -> CaseFacts:
    """Facts for a case: of those that apply, some are given, some said to be unknown, some left out."""
    given: dict[str, str | Decimal] = {}
    for name, domain in vocabulary.domains.items():
        cell = draw(st.integers(-2, len(domain.cells) - 1))
        if cell == -1:
            given[name] = UNKNOWN
        elif cell >= 0:
            with suppress(WhytuneError):  # it does not apply
                given = dict(checked(vocabulary, {**given, name: representative(domain.cells[cell])}))
    return complete(vocabulary, given)


def checked(vocabulary: Vocabulary, given: dict[str, str | Decimal]) -> dict[str, str | Decimal]:
    """These facts, if all of them apply; raises WhytuneError."""
    complete(vocabulary, given)
    return given


@st.composite
def _facts(draw: st.DrawFn, name: str) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """A fact, and what conditions may test of it."""
    kind = draw(st.sampled_from(["yes_no", "yes_no", "choice", "choices", "whole_number", "number"]))
    more: dict[str, Any] = {}
    if kind == "yes_no":
        values, tests = ["yes", "no"], {name: ["yes", "no"]}
    elif kind in ("choice", "choices"):
        values = [f"v{index}" for index in range(draw(st.integers(2, 7 if kind == "choice" else 3)))]
        more |= {"values": values, "labels": {value: value for value in values}}
        tests = {f"{name}.{value}": ["yes", "no"] for value in values} if kind == "choices" else {name: values}
        if kind == "choice" and draw(st.booleans()):
            more["groups"] = [{"group": f"{name}_some", "values": values[:-1], "label": "some"}]
            tests = {name: [*values, f"{name}_some"]}
    else:
        tests, values = {}, ["0", "7"]
        more["bands"] = []
        for band in range(draw(st.integers(1, 2))):
            places = 0 if kind == "whole_number" else 2
            cuts = sorted(draw(st.sets(st.integers(1, 300), min_size=1, max_size=3)))
            pieces = [f"p{index}" for index in range(len(cuts) + 1)]
            more["bands"].append(
                {
                    "band": f"{name}_b{band}",
                    "values": pieces,
                    "cut_at": [str(Decimal(cut).scaleb(-places)) for cut in cuts],
                }
            )
            tests[f"{name}_b{band}"] = pieces
    if draw(st.integers(0, 3)) == 0:
        more["assume"] = draw(st.sampled_from(values))
    return fact(name, kind, **more), tests


@st.composite
def _conditions(draw: st.DrawFn, subjects: dict[str, list[str]], most: int) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from(sorted(subjects)), min_size=1, max_size=most, unique=True))
    return {
        name: draw(st.sampled_from(subjects[name]) | st.lists(st.sampled_from(subjects[name]), min_size=1, max_size=2))
        for name in names
    }


@st.composite
def _premises(draw: st.DrawFn, subjects: dict[str, list[str]]) -> dict[str, Any]:
    premise: dict[str, Any] = {}
    alternatives = draw(st.integers(0, 4)) == 0
    if not alternatives or draw(st.booleans()):
        premise["if"] = draw(_conditions(subjects, 3))
    if alternatives:
        premise["any_of"] = draw(st.lists(_conditions(subjects, 2), min_size=1, max_size=3))
    if draw(st.integers(0, 4)) == 0:
        premise["except_if"] = draw(_conditions(subjects, 2))
    return premise


@st.composite
def _decisions(draw: st.DrawFn, name: str) -> dict[str, Any]:
    names = [f"o{index}" for index in range(draw(st.integers(2, 5)))]
    rows: list[Any] = []
    for index, option in enumerate(names):
        above = draw(st.sampled_from([None, None, *names[:index]]))
        rows.append({"option": option, **({"kind_of": above} if above else {})})
    preference = st.lists(st.sampled_from(names), min_size=2, max_size=len(names), unique=True)
    return decision(name, rows, draw(st.sampled_from([*names, "refer"])), draw(preference | st.just("refer")))
