"""Hypothesis strategies: whole rulebooks in every construct of the language, and facts for them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise, product
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from whytune.engine import Rulebook, WhytuneError
from whytune.engine.language.case import CaseFacts, complete
from whytune.engine.language.intervals import Interval
from whytune.engine.language.loading import loads
from whytune.engine.language.value import UNKNOWN, Value, read_value
from whytune.engine.language.vocabulary import Domain, Vocabulary

from .generated_tables import cell_of, tables

SOURCE = {"document": "memo", "place": "page 1"}


def written(document: dict[str, Any]) -> Rulebook:
    """The rulebook that this data writes; JSON is YAML."""
    return _loaded(json.dumps(document))


@lru_cache(maxsize=16)  # what is drawn is tried, drawn from and written again
def _loaded(text: str) -> Rulebook:
    return loads({"rulebook.yaml": text.encode()})


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


def sources() -> st.SearchStrategy[Any]:
    """One source as most rules have it, or a list of them, some with their strength."""
    strong = st.sampled_from(("measured", "vendor", "practice")).map(lambda strength: {**SOURCE, "strength": strength})
    return st.just(SOURCE) | strong | st.lists(strong | st.just(SOURCE), min_size=1, max_size=2)


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
        if draw(st.integers(0, 3)) == 0:
            decisions[-1]["only_if"] = draw(_conditions(subjects, 2))
        options = [row["option"] for row in decisions[-1]["options"]]
        for _ in range(draw(st.integers(1, most_rules))):
            effect = draw(st.sampled_from(("propose", "propose", "rule_out")))
            about = single(decisions[-1]["options"]) if effect == "propose" else options
            rules.append(
                rule(
                    f"r{len(rules)}",
                    **{effect: {f"d{index}": draw(st.sampled_from(tuple(about)))}},
                    **draw(_premises(subjects)),
                )
            )
        subjects[f"d{index}"] = [*options, "refer", *(["not_applicable"] if "only_if" in decisions[-1] else [])]
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        about = draw(st.sampled_from(decisions))
        some = st.lists(st.sampled_from([row["option"] for row in about["options"]]), min_size=1, max_size=2)
        told = {"caution": {about["decision"]: draw(some)}}
        rules.append(rule(f"r{len(rules)}", **told, **draw(_premises(subjects))))
    for _ in range(draw(st.sampled_from([0, 0, 1, 2, 3]))):
        yielding = draw(st.integers(1, len(rules) - 1)) if len(rules) > 1 else 0
        others = [one["id"] for one in rules[:yielding]]  # no rule rests on one that comes after it
        if others:
            rules[yielding]["yields_to"] = draw(st.lists(st.sampled_from(others), min_size=1, max_size=2, unique=True))
    groups = [(one["fact"], f"{one['fact']}.some") for one in facts if one["kind"] == "choices" and "groups" in one]
    maps = [conditions for one in rules for conditions in maps_of(one)]
    for owner, group in groups if maps else ():  # every rule may always hold
        conditions = draw(st.sampled_from(maps))
        may_ask = any(conditions is one.get("if") for one in rules) or not any(
            name.endswith(".some") for name in conditions
        )
        if may_ask and not any(name.startswith(f"{owner}.") for name in conditions):
            conditions[group] = draw(_accepted(("yes", "no")))
    if draw(st.booleans()):
        rules = [{**one, "source": draw(sources())} for one in rules]
    return framed(
        facts=facts,
        conclusions=[{"conclusion": name, "label": name} for name in conclusions],
        decisions=decisions,
        rules=rules,
        tables=[],
    )


@st.composite
def tabled(draw: st.DrawFn, document: dict[str, Any]) -> dict[str, Any]:
    """The rulebook, as often as not with tables about its decisions; their cells test what is decided before."""
    tests = _tested(document) | {one["fact"]: [] for one in document["facts"] if "bands" in one}
    order = [one["decision"] for one in document["decisions"]]
    made = []
    for index in range(draw(st.sampled_from((0, 0, 1, 2)))):
        about = draw(st.integers(0, len(order) - 1))
        before = {name: values for name, values in tests.items() if name not in order[about:]}
        if before:  # a number without bands stands in no column
            made.append(draw(tables(f"t{index}", document["decisions"][about], before)))
    whole = {**document, "tables": made}
    return whole if _loads(whole) else document  # all but one kind of an option is a cell that is refused


rulebooks = documents().flatmap(tabled).map(written)


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
            waiver["until"] = draw(st.sampled_from(["2026-01-01", "2026-12-22", "2026-12-23"]))
        waivers.append(waiver)
    return {**document, "invariants": invariants, "waivers": waivers}


DATED = 4
"""So many days around today rules of a dated rulebook begin or end."""


def dated(today: date, around: int = DATED) -> Callable[[dict[str, Any]], st.SearchStrategy[dict[str, Any]]]:
    """The rulebook with some rules that begin or end in the days around today."""

    @st.composite
    def dating(draw: st.DrawFn, document: dict[str, Any]) -> dict[str, Any]:
        near = st.integers(-around, around).map(lambda later: today + timedelta(days=later))
        rules = []
        for one in document["rules"]:
            first, last = sorted((draw(near), draw(near)))
            valid = draw(st.sampled_from([{}, {"from": first}, {"until": last}, {"from": first, "until": last}]))
            rules.append({**one, **({"valid": {key: str(day) for key, day in valid.items()}} if valid else {})})
        return {**document, "rules": rules}

    return dating


def _tested(document: dict[str, Any]) -> dict[str, list[str]]:
    """What conditions may test in this rulebook, with all values that they may name."""
    found: dict[str, list[str]] = {}
    for one in document["facts"]:
        if one["kind"] in ("whole_number", "number"):
            found |= {band["band"]: band["values"] for band in one["bands"]}
        elif one["kind"] == "choices":
            found |= {f"{one['fact']}.{value}": ["yes", "no"] for value in one["values"]}
        else:
            groups = [group["group"] for group in one.get("groups", ())]
            found[one["fact"]] = [*one.get("values", ["yes", "no"]), *groups]
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
            if key in ("rules", "conclusions", "decisions", "options", "any_of", "groups", "tables"):
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
    given: dict[str, Value] = {}
    for name, domain in vocabulary.domains.items():
        cell = draw(st.integers(-3, len(domain.cells) - 1))
        if cell == -1:
            given[name] = UNKNOWN
        elif cell == -2 or cell >= 0:
            value = draw(_parts(domain)) if cell == -2 else representative(domain.cells[cell])
            with suppress(WhytuneError):  # it does not apply, or is beyond a number that bounds it
                given = dict(checked(vocabulary, {**given, name: value}))
    return complete(vocabulary, given)


@st.composite
def _parts(draw: st.DrawFn, domain: Domain) -> Value:
    """What a case may say of a fact that is known in part; one value of a fact that has two."""
    fact = domain.fact
    if fact.is_open and draw(st.booleans()):
        return read_value(fact, draw(st.sampled_from(["of its own kind", f"other: {fact.values[0]}"])))
    if not fact.is_number:
        names = draw(st.lists(st.sampled_from(domain.cells), min_size=1, unique=True))
        return read_value(fact, "|".join(map(str, names)) if fact.kind == "choice" else str(names[0]))
    most = 400 if fact.greatest is None else int(fact.greatest) - 1
    low, high = sorted(draw(st.integers(0, most)) for _ in range(2))
    return read_value(fact, draw(st.sampled_from([f"{low}..{high}", f">= {low}", f"< {high + 1}"])))


@st.composite
def bounding(draw: st.DrawFn, document: dict[str, Any]) -> dict[str, Any]:
    """The rulebook with a number more, and some numbers that others bound."""
    one, tests = draw(_facts("more", "whole_number"))
    if draw(st.booleans()):
        one["range"] = {"max": "302"}
    premise = {"if": draw(_conditions(tests, 1))}
    decided = document["decisions"][-1]
    added = rule("on_more", propose={decided["decision"]: decided["options"][0]["option"]}, **premise)
    facts = [dict(row) for row in (*document["facts"], one)]
    for lower, higher in pairwise(row for row in facts if row["kind"] == "whole_number"):
        if draw(st.booleans()):
            lower["at_most"] = higher["fact"]
        else:
            higher["at_least"] = lower["fact"]
    whole = {**document, "facts": facts, "rules": [*document["rules"], added]}
    return whole if _loads(whole) else document  # two assumptions may be in the wrong order


def bounded() -> st.SearchStrategy[Rulebook]:
    """Rulebooks in which numbers bound each other."""
    return documents(most_rules=6).flatmap(bounding).map(written)


def checked(vocabulary: Vocabulary, given: dict[str, Value]) -> dict[str, Value]:
    """These facts, if all of them apply and can be together; raises WhytuneError."""
    complete(vocabulary, given)
    return given


@st.composite
def _facts(draw: st.DrawFn, name: str, of_kind: str | None = None) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """A fact, and what conditions may test of it."""
    kind = of_kind or draw(st.sampled_from(("yes_no", "yes_no", "choice", "choices", "whole_number", "number")))
    more: dict[str, Any] = {}
    if kind == "yes_no":
        values, tests = ["yes", "no"], {name: ["yes", "no"]}
    elif kind in ("choice", "choices"):
        values = [f"v{index}" for index in range(draw(st.integers(2, 7 if kind == "choice" else 3)))]
        more |= {"values": values, "labels": {value: value for value in values}}
        tests = {f"{name}.{value}": ["yes", "no"] for value in values} if kind == "choices" else {name: values}
        if kind == "choice" and draw(st.integers(0, 2)) == 0:
            values.append("other")
            more |= {"open": "yes", "labels": {value: value for value in values}}
        if kind == "choices" and draw(st.booleans()):
            more["groups"] = [{"group": "some", "values": values[:-1], "label": "some"}]
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
            at = [_cut(draw, Decimal(cut).scaleb(-places), cut + 1 not in cuts) for cut in cuts]
            more["bands"].append({"band": f"{name}_b{band}", "values": pieces, "cut_at": at if at[1:] else at[0]})
            tests[f"{name}_b{band}"] = pieces
    if draw(st.integers(0, 3)) == 0:
        more["assume"] = draw(st.sampled_from(tuple(values)) | _assumed_in_part(kind, values))
    return fact(name, kind, **more), tests


def _assumed_in_part(kind: str, values: list[str]) -> st.SearchStrategy[Any]:
    """Several values, or stretches of a number, that are left by what is assumed."""
    if kind in ("whole_number", "number"):
        return st.sampled_from(("< 50", ">= 20", "10..150", "2 | 200", "not 7"))
    if kind == "choice" and len(values) > 2:
        others = st.sampled_from(values).map("not {}".format)
        return others | st.lists(st.sampled_from(values), min_size=2, max_size=2, unique=True)
    return st.lists(st.sampled_from(values), min_size=1, max_size=2 if kind == "choices" else 1, unique=True)


@st.composite
def _conditions(draw: st.DrawFn, subjects: dict[str, list[str]], most: int) -> dict[str, Any]:
    names = draw(_some(tuple(sorted(subjects)), most))
    return {name: draw(_accepted(tuple(subjects[name]))) for name in names}


@cache
def _some(names: tuple[str, ...], most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), min_size=1, max_size=most, unique=True)


@cache
def _accepted(values: tuple[str, ...]) -> st.SearchStrategy[str | list[str] | dict[str, str]]:
    """What a condition may accept: one of these values, a list of them, or, seldom, all but one."""
    some = st.sampled_from(values) | st.lists(st.sampled_from(values), min_size=1, max_size=2)
    plain = tuple(value for value in values if value[0] not in "ox")  # options stand for their kinds too
    return some | some | some | st.sampled_from(plain or values[-1:]).map(lambda value: {"not": value})


@st.composite
def _premises(draw: st.DrawFn, subjects: dict[str, list[str]]) -> dict[str, Any]:
    premise: dict[str, Any] = {}
    alternatives = draw(st.integers(0, 4)) == 0
    if not alternatives and draw(st.integers(0, 9)) == 0:
        premise["if"] = "always"
    elif not alternatives or draw(st.booleans()):
        premise["if"] = draw(_conditions(subjects, 3))
    if alternatives:
        several = st.lists(_conditions(subjects, 2), min_size=1, max_size=3)
        premise["any_of"] = draw(several | several | st.lists(several, min_size=2, max_size=2))
    if draw(st.integers(0, 4)) == 0:
        exception = _conditions(subjects, 2)
        premise["except_if"] = draw(exception | exception | st.lists(exception, min_size=1, max_size=2))
    return premise


def maps_of(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every map of conditions of a rule."""
    waiting = [row.get(key) for key in ("if", "any_of", "except_if")]
    while waiting:
        conditions = waiting.pop()
        if isinstance(conditions, dict):
            yield conditions
        elif isinstance(conditions, list):
            waiting += conditions


@st.composite
def _decisions(draw: st.DrawFn, name: str) -> dict[str, Any]:
    names = [f"o{index}" for index in range(draw(st.integers(2, 5)))]
    rows: list[Any] = []
    for index, option in enumerate(names):
        above = draw(st.sampled_from((None, None, *names[:index])))
        rows.append({"option": option, **({"kind_of": above} if above else {})})
    for index in range(draw(st.sampled_from((0, 0, 0, 1, 2)))):
        parts = draw(st.lists(st.sampled_from([row["option"] for row in rows]), min_size=2, max_size=3, unique=True))
        above = draw(st.sampled_from((None, None, None, *names)))
        rows.append({"option": f"x{index}", "combines": parts, **({"kind_of": above} if above else {})})
    if any("combines" in row for row in rows) and not _is_sound(rows):
        rows = [row for row in rows if "combines" not in row]
    names = [row["option"] for row in rows]
    preference = st.lists(st.sampled_from(names), min_size=2, max_size=len(names), unique=True)
    return decision(name, rows, draw(st.sampled_from((*names, "refer"))), draw(preference | st.just("refer")))


def _is_sound(options: list[dict[str, Any]]) -> bool:
    """Does a decision with these options load?"""
    return _loads(framed(facts=[fact("f", "yes_no")], decisions=[decision("d", options, "refer", "refer")]))


def _loads(document: dict[str, Any]) -> bool:
    with suppress(WhytuneError):
        return bool(written(document))
    return False


def single(options: Iterable[dict[str, Any]]) -> list[str]:
    """The options that rules may propose: those that combine nothing."""
    return [option["option"] for option in options if "combines" not in option]


Document = dict[str, Any]
Edit = Callable[[st.DrawFn, Document], None]
"""Changes the data of a rulebook in place; what comes out may be no rulebook."""


@st.composite
def edited(draw: st.DrawFn, edits: int = 2, kinds: tuple[Edit, ...] = ()) -> tuple[Rulebook, Rulebook]:
    """A rulebook, and what one or more edits, of these kinds or any, make of it."""
    document = draw(documents(most_rules=5).flatmap(tabled))
    changed = json.loads(json.dumps(document))
    for _ in range(draw(st.integers(1, edits))):
        draw(st.sampled_from(kinds or EDITS))(draw, changed)
    return written(document), _sound(changed)


@st.composite
def reworded(draw: st.DrawFn) -> tuple[Rulebook, Rulebook]:
    """A rulebook, and the same with another wording."""
    document = draw(documents(most_rules=5))
    changed = json.loads(json.dumps(document))
    for _ in range(draw(st.integers(1, 3))):
        reword(draw, changed)
    return written(document), written(changed)


def _sound(document: Document) -> Rulebook:
    try:
        return written(document)
    except WhytuneError:
        reject()


def _one(draw: st.DrawFn, items: Iterable[Any]) -> Any:
    found = list(items)
    return draw(st.sampled_from(found)) if found else reject()


def _cut(draw: st.DrawFn, at: Decimal, is_apart: bool) -> str | dict[str, str]:
    """A cut at this number, or just above it, unless the next cut is there."""
    return {"above": str(at)} if is_apart and draw(st.integers(0, 3)) == 0 else str(at)


def _number(cut: str | dict[str, str]) -> Decimal:
    """The number at which this is a cut, or just above which."""
    return Decimal(cut["above"] if isinstance(cut, dict) else cut)


def _numbers(band: dict[str, Any]) -> list[Decimal]:
    """The cuts of a band as numbers, of which a single one may stand alone."""
    cuts = band["cut_at"]
    return list(map(_number, cuts if isinstance(cuts, list) else [cuts]))


def _tests(document: Document) -> dict[str, list[str]]:
    """What conditions may test of the facts, with the values they may name."""
    vocabulary = _sound(document).vocabulary
    return {name: list(subject.named) for name, subject in vocabulary.subjects.items()}


def move_a_cut(draw: st.DrawFn, document: Document) -> None:
    band = _one(draw, (band for row in document["facts"] for band in row.get("bands", ())))
    cuts = _numbers(band)
    place = draw(st.integers(0, len(cuts) - 1))
    step = Decimal(1) if cuts[place] == cuts[place].to_integral_value() else Decimal("0.01")
    cuts[place] += step * draw(st.sampled_from([-20, -1, 1, 2, 40]))
    band["cut_at"] = [str(cut) for cut in sorted(set(cuts))]


def drop_a_rule(draw: st.DrawFn, document: Document) -> None:
    document["rules"].remove(_one(draw, document["rules"]))
    _yield_to_what_is_left(document)


def _yield_to_what_is_left(document: Document) -> None:
    left = {row["id"] for row in document["rules"]}
    for row in document["rules"]:
        row["yields_to"] = [other for other in row.get("yields_to", ()) if other in left]


def _tested_by(row: dict[str, Any], key: str) -> dict[str, Any]:
    """The conditions below this key; none where there are none, or `always`."""
    conditions = row.get(key, {})
    return conditions if isinstance(conditions, dict) else {}


def add_a_rule(draw: st.DrawFn, document: Document) -> None:
    decided = _one(draw, document["decisions"])
    option = _one(draw, decided["options"])["option"]
    effect = draw(st.sampled_from(["propose", "rule_out"]))
    premise = draw(_premises(_tests(document)))
    document["rules"].append(rule("added", **{effect: {decided["decision"]: option}}, **premise))


def drop_a_condition(draw: st.DrawFn, document: Document) -> None:
    one = _one(draw, document["rules"])
    conditions = _tested_by(one, _one(draw, ("if", "except_if")))
    conditions.pop(_one(draw, sorted(conditions)))


def change_a_condition(draw: st.DrawFn, document: Document) -> None:
    conditions = _tested_by(_one(draw, document["rules"]), "if")
    subject = _one(draw, sorted(name for name in conditions if name in _tests(document)))
    conditions[subject] = _one(draw, _tests(document)[subject])


def change_an_effect(draw: st.DrawFn, document: Document) -> None:
    one = _one(draw, (row for row in document["rules"] if "propose" in row or "rule_out" in row))
    effect = "propose" if "propose" in one else "rule_out"
    ((name, _),) = one.pop(effect).items()
    options = next(row["options"] for row in document["decisions"] if row["decision"] == name)
    one[draw(st.sampled_from(["propose", "rule_out"]))] = {name: _one(draw, options)["option"]}


def change_a_policy(draw: st.DrawFn, document: Document) -> None:
    decided = _one(draw, document["decisions"])
    names = [row["option"] for row in decided["options"]]
    if draw(st.booleans()):
        decided["if_none_stands"] = _one(draw, [*names, "refer"])
    else:
        decided["if_several_stand"] = draw(st.permutations(names) | st.just("refer"))


def change_a_kind(draw: st.DrawFn, document: Document) -> None:
    options = _one(draw, document["decisions"])["options"]
    one = _one(draw, options)
    if one.pop("kind_of", None) is None:
        one["kind_of"] = _one(draw, (row["option"] for row in options if row is not one))


def remove_a_decision(draw: st.DrawFn, document: Document) -> None:
    if len(document["decisions"]) == 1:
        reject()
    gone = document["decisions"].pop()["decision"]
    document["rules"] = [
        row for row in document["rules"] if gone not in {**row.get("propose", {}), **row.get("rule_out", {})}
    ]
    _yield_to_what_is_left(document)
    _keep_tables(document, lambda table: gone not in (table["decision"], *table["columns"]))


def change_when_a_fact_applies(draw: st.DrawFn, document: Document) -> None:
    one = _one(draw, document["facts"][1:])
    if one.pop("only_if", None) is None:
        one["only_if"] = draw(_conditions(_tests(document), 1))


def change_when_a_decision_applies(draw: st.DrawFn, document: Document) -> None:
    one = document["decisions"][0]
    if one.pop("only_if", None) is None:
        one["only_if"] = draw(_conditions(_tests(document), 1))


def change_an_assumption(draw: st.DrawFn, document: Document) -> None:
    one = _one(draw, document["facts"])
    values = ["yes", "no"] if one["kind"] == "yes_no" else one.get("values", ["0", "7"])
    assumed = draw(st.sampled_from([None, *values]))
    one.pop("assume", None)
    if assumed is not None:
        one["assume"] = assumed


def change_a_range(draw: st.DrawFn, document: Document) -> None:
    one = _one(draw, (row for row in document["facts"] if "bands" in row))
    cuts = sorted(cut for band in one["bands"] for cut in _numbers(band))
    low, high = draw(st.sampled_from([(None, 9), (0, None), (None, 900), (-5, 500)]))
    one["range"] = {
        **({} if low is None else {"min": str(min(cuts) - 1 + Decimal(low) / 10)}),
        **({} if high is None else {"max": str(max(cuts) + high)}),
    }
    one.pop("assume", None)


def remove_a_fact(draw: st.DrawFn, document: Document) -> None:
    one = _one(draw, document["facts"])
    document["facts"].remove(one)
    gone = {one["fact"], *(band["band"] for band in one.get("bands", ()))}
    gone |= {f"{one['fact']}.{value}" for value in one.get("values", ())}
    gone |= {f"{one['fact']}.{group['group']}" for group in one.get("groups", ())}
    waiting = [*document["facts"], *document["decisions"]]
    for conditions in (*(row.get("only_if", {}) for row in waiting), *_premises_of(document)):
        for name in gone & set(conditions):
            del conditions[name]
    for row in waiting:
        row.pop("only_if", None) if not row.get("only_if") else None
    for row in document["rules"]:
        row.pop("except_if", None) if not row.get("except_if") else None
    _keep_tables(document, lambda table: gone.isdisjoint(table["columns"]))


def _premises_of(document: Document) -> list[dict[str, Any]]:
    return [conditions for row in document["rules"] for conditions in maps_of(row)]


def add_a_fact(draw: st.DrawFn, document: Document) -> None:
    document["facts"].insert(draw(st.integers(0, 2)), fact("new", "yes_no"))
    one = _one(draw, document["rules"])
    one["if"] = {**_tested_by(one, "if"), "new": draw(st.sampled_from(["yes", "no"]))}


def add_a_value(draw: st.DrawFn, document: Document) -> None:
    one = _one(draw, (row for row in document["facts"] if row["kind"] in ("choice", "choices")))
    one["values"].insert(draw(st.integers(0, 2)), "new")
    one["labels"]["new"] = "new"


def remove_a_value(draw: st.DrawFn, document: Document) -> None:
    one = _one(draw, (row for row in document["facts"] if row["kind"] == "choice" and len(row["values"]) > 2))
    gone = one["values"].pop()
    del one["labels"][gone]
    if gone == "other":
        one.pop("open", None)
    places = _premises_of(document)
    places += [row.get("only_if", {}) for row in (*document["facts"], *document["decisions"])]
    for conditions in places:
        if one["fact"] in conditions:
            named = conditions[one["fact"]]
            named = [named] if isinstance(named, str) else list(named.values()) if isinstance(named, dict) else named
            left = [value for value in named if value != gone]
            conditions[one["fact"]] = left or [one["values"][0]]
    _keep_tables(document, lambda table: one["fact"] not in table["columns"])


def insert_a_row(draw: st.DrawFn, document: Document) -> None:
    rows = _one(draw, document["tables"])["rows"]
    rows.insert(draw(st.integers(0, len(rows))), list(_one(draw, rows)))


def move_a_row(draw: st.DrawFn, document: Document) -> None:
    rows = _one(draw, document["tables"])["rows"]
    rows.insert(draw(st.integers(0, len(rows) - 1)), rows.pop(draw(st.integers(0, len(rows) - 1))))


def remove_a_row(draw: st.DrawFn, document: Document) -> None:
    table = _one(draw, document["tables"])
    table["rows"].pop(draw(st.integers(0, len(table["rows"]) - 1)))
    _keep_tables(document, lambda kept: kept["rows"])


def change_a_cell(draw: st.DrawFn, document: Document) -> None:
    tests = _tests(document)
    table = _one(draw, document["tables"])
    column = _one(draw, (at for at, name in enumerate(table["columns"]) if name in tests))
    _one(draw, table["rows"])[column] = draw(cell_of(tests[table["columns"][column]]))


def _keep_tables(document: Document, is_kept: Callable[[dict[str, Any]], Any]) -> None:
    document["tables"] = [table for table in document["tables"] if is_kept(table)]


def reword(draw: st.DrawFn, document: Document) -> None:
    """Another text, source or owner somewhere; what the rulebook means stays."""
    one = _one(draw, document["rules"])
    other = _one(draw, document["facts"])
    draw(
        st.sampled_from(
            [
                lambda: one.update(title="Another title"),
                lambda: one.update(because="Another reason."),
                lambda: one.update(source={"document": "memo", "place": "page 2", "quote": "Other words"}),
                lambda: one.update(owner="Somebody", reviewed_on="2026-01-31", section="other", keep="explanation"),
                lambda: other.update(ask="Another question?", help="More help", evidence="More evidence"),
                lambda: other.update(label="another label"),
                lambda: document["documents"][0].update(title="Another memo"),
                lambda: document["decisions"][0].update(opening="Start", closing="End"),
                lambda: document["decisions"][0]["options"][0].update(label="Another way", style={"fill": "#ffffff"}),
            ]
        )
    )()


EDITS: tuple[Edit, ...] = (
    move_a_cut,
    drop_a_rule,
    add_a_rule,
    drop_a_condition,
    change_a_condition,
    change_an_effect,
    change_a_policy,
    change_a_kind,
    remove_a_decision,
    change_when_a_fact_applies,
    change_when_a_decision_applies,
    change_an_assumption,
    change_a_range,
    remove_a_fact,
    add_a_fact,
    add_a_value,
    remove_a_value,
    insert_a_row,
    move_a_row,
    remove_a_row,
    change_a_cell,
    reword,
)


def common_tasks(*rulebooks: Rulebook) -> Iterator[dict[str, str | Decimal]]:
    """Every task once that all these rulebooks can describe, each fact cut wherever one of them cuts it.

    A fact that applies to the task in one of them has a value that all that have the fact know.
    """
    names = dict.fromkeys(fact.fact for book in rulebooks for fact in book.vocabulary.facts)
    values = {name: _values_known_to_all(name, rulebooks) for name in names}
    seen = set()
    for chosen in product(*values.values()):
        whole = dict(zip(names, chosen, strict=True))
        applies = {name for book in rulebooks for name in fitting(book.vocabulary, whole)}
        task = {name: value for name, value in whole.items() if name in applies}
        if None not in task.values() and (key := frozenset(task.items())) not in seen:
            seen.add(key)
            yield {name: value for name, value in task.items() if value is not None}


def fitting(vocabulary: Vocabulary, given: Mapping[str, Any], may_be_unknown: bool = False) -> dict[str, Any]:
    """Of these values those of the facts that are declared here and apply, or may apply where a fact may be unknown."""
    fits: dict[str, Any] = {}
    known: dict[str, str] = {}
    unknown: set[str] = set()
    for each in vocabulary.facts:
        conditions, domain = vocabulary.applies_if[each.fact], vocabulary.domains[each.fact]
        if not all(subject in unknown or known.get(subject) in accepts for subject, accepts in conditions):
            continue
        if each.fact in given:
            value = fits[each.fact] = given[each.fact]
            knows = isinstance(value, Decimal) or value in domain.cells
            known.update((name, found[domain.cell_of(value)]) for name, found in domain.subjects.items() if knows)
        elif may_be_unknown:
            unknown.update(domain.subjects)
    return fits


def _values_known_to_all(name: str, rulebooks: Iterable[Rulebook]) -> list[str | Decimal | None]:
    """One value for each common cell, None for a cell in which there is none that all know."""
    facts = [book.vocabulary.by_name[name] for book in rulebooks if name in book.vocabulary.by_name]
    if not facts[0].is_number:
        own = [("yes", "no") if each.kind == "yes_no" else each.values for each in facts]
        return [value if all(value in values for values in own) else None for value in dict.fromkeys(sum(own, ()))]
    low = max((each.least for each in facts if each.least is not None), default=None)
    high = min((each.greatest for each in facts if each.greatest is not None), default=None)
    cuts = sorted({cut for each in facts for band in each.bands for cut in band.cut_at})
    found: list[str | Decimal | None] = []
    for start, end in zip((None, *cuts), (*cuts, None), strict=True):
        lows = [bound for bound in (start, low) if bound is not None]
        highs = [bound for bound in (high, None if end is None else end - facts[0].step) if bound is not None]
        value = max(lows) if lows else min(highs, default=Decimal(0))
        found.append(value if all(value <= bound for bound in highs) else None)
    return found
