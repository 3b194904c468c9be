"""Files become a rulebook: one meaning in whatever files and order, no hang and no traceback on any bytes."""

from __future__ import annotations

import difflib
import json
import random
import re
from copy import copy
from pathlib import Path
from time import process_time
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whytune.engine import Rulebook, WhytuneError, load
from whytune.engine.language import problems as problems_of_language
from whytune.engine.language.loading import loads, rulebook_files, shipped
from whytune.engine.language.problems import CODES, MAX_PROBLEMS, closest
from whytune.engine.language.rulebook import PART_KINDS, KindName, PartKind

from .generated import decision, fact, framed, rule, written
from .laws import tries
from .looks import tabled

RULEBOOK = Path(__file__).parent / "broken" / "cases" / "_rulebook.yaml"
GUIDE = {path.name: path.read_bytes() for path in rulebook_files(Path(__file__).parent.parent / "rules" / "guide")}
TOKENS = [
    b":",
    b"-",
    b"[",
    b"]",
    b"{",
    b"}",
    b"'",
    b'"',
    b"&a",
    b"*a",
    b"!!int",
    b"|",
    b"? ",
    b"\t",
    b"\x00",
    b"\xff",
    b"~",
    b"yes",
    "中".encode(),
    b"unknown",
    b"refer",
    b"---",
    b"<<",
    b"#",
    b"1e9",
    b"rules",
    b"only_if",
    b"kind_of: lora",
    b"\n",
    b"",
]


def text() -> str:
    return RULEBOOK.read_text()


def problems(files: dict[str, bytes]) -> list[str]:
    """The codes of the problems in these files, each of them well said; none if they are a rulebook."""
    try:
        assert isinstance(loads(files), Rulebook)
        return []
    except WhytuneError as error:
        for problem in error.problems:
            assert problem.code in CODES
            assert "should be" not in problem.message
            for said in (problem.message, problem.hint or "said"):
                assert said.isprintable()
                assert 0 < len(said) < 900
                assert said == said.strip()
        return [problem.code for problem in error.problems]


def test_the_shipped_rulebooks_load() -> None:
    assert "guide" in shipped()
    for name in shipped():
        assert load(name).name == name


def test_a_folder_and_one_file_with_the_same_parts_are_equal(tmp_path: Path) -> None:
    for index, part in enumerate(re.split(r"\n(?=facts|decisions|rules)", text())):
        (tmp_path / f"{index}.yaml").write_text(part)
    folder, file = load(tmp_path), load(RULEBOOK)
    assert folder.digest == file.digest
    assert (folder.rules, folder.decisions, folder.vocabulary.declared) == (
        file.rules,
        file.decisions,
        file.vocabulary.declared,
    )
    assert load(str(tmp_path) + "/").digest == file.digest


def test_other_files_in_a_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "rules.yml").write_text(text())
    (tmp_path / ".hidden.yaml").write_text("{{{")
    (tmp_path / "notes.txt").write_text("{{{")
    (tmp_path / "cases").mkdir()
    assert load(tmp_path).digest == load(RULEBOOK).digest


def test_a_folder_without_yaml_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(WhytuneError, match="no YAML files in this folder"):
        load(tmp_path)


def test_what_is_no_path_is_a_problem() -> None:
    for path in ("x" * 5_000, "a/" * 3_000, "a/\0.yaml", "no/such.yaml", "\0"):
        with pytest.raises(WhytuneError):
            load(path)


def test_every_place_of_a_part_is_known() -> None:
    book = load(RULEBOOK)
    line = book.places["rule", "hurry", "if", "volume"].line
    assert line
    assert text().splitlines()[line - 1].strip() == "volume: many"


def test_comments_white_space_line_ends_and_orders_do_not_change_the_digest() -> None:
    digest = load(RULEBOOK).digest
    spaced = re.sub(r"\n(?=\S)", "\n\n# a comment\n", text()).replace("A tiny rulebook", "A   tiny\n    rulebook")
    assert loads({"a": spaced.encode()}).digest == digest
    assert loads({"a": text().replace("\n", "\r\n").encode()}).digest == digest
    turned = text().replace("      urgent: yes\n      colour: red\n", "      colour: [red]\n      urgent: 'yes'\n")
    assert turned != text()
    assert loads({"a": turned.encode()}).digest == digest


@given(seed=st.integers(0, 2**32))
@tries(5)
def test_files_in_any_order_and_rules_in_any_file_are_the_same_rulebook(seed: int) -> None:
    names = list(GUIDE)
    random.Random(seed).shuffle(names)
    renamed = {f"{index}.yaml": GUIDE[name] for index, name in enumerate(names)}
    assert loads(renamed).digest == load("guide").digest


@tabled(
    ("old", "new"),
    [
        ("cut_at: [100]", "cut_at: [101]"),
        ("[few, many]", "[few, lots]"),
        ("colour: red", "colour: blue"),
        ("      urgent: yes\n", ""),
        ("    if_several_stand: refer", "    if_several_stand: [walk, drive]"),
        ("    if_none_stands: walk", "    if_none_stands: drive"),
        ("because: Red and", "because: Blue and"),
        ("place: page 2", "place: page 3"),
        ("title: Hurry", "title: Haste"),
        ("version: 1.0.0", "version: 1.0.1"),
        ("label: Walk", "label: Stroll"),
        ("    assume: no", "    assume: yes"),
        ("range: {min: 0.5, max: 1000}", "range: {min: 0.5, max: 1001}"),
        ("    only_if: {calm: yes}", "    only_if: {calm: no}"),
    ],
)
def test_a_change_of_meaning_or_text_changes_the_digest(old: str, new: str) -> None:
    changed = text().replace(old, new).replace("volume: many", "volume: lots" if "lots" in new else "volume: many")
    assert changed != text()
    assert loads({"a": changed.encode()}).digest != load(RULEBOOK).digest


def test_the_order_of_facts_is_part_of_the_digest() -> None:
    one, two = fact("one", "yes_no"), fact("two", "yes_no")
    assert written(framed(facts=[one, two])).digest != written(framed(facts=[two, one])).digest


def test_a_section_is_born_by_the_rules_of_its_file() -> None:
    assert {one.section for one in loads({"a": f"section: whole\n{text()}".encode()}).rules} == {"whole"}


def chained(count: int) -> dict[str, Any]:
    facts = [fact(f"f{i}", "yes_no", **({"only_if": {f"f{i - 1}": "yes"}} if i else {})) for i in range(count)]
    return framed(facts=facts)


@pytest.mark.slow
def test_facts_may_wait_for_each_other_fifty_deep_and_no_deeper() -> None:
    assert len(written(chained(51)).vocabulary.applies_if["f50"]) == 50
    assert problems({"a": json.dumps(chained(52)).encode()}) == ["too-deep"]
    assert problems({"a": json.dumps(chained(4_000)).encode()}) == ["too-deep"]


def long_chain(count: int, last: str) -> dict[str, Any]:
    rules = [rule(f"r{i}", **{"if": {f"c{i - 1}" if i else last: "yes"}, "conclude": f"c{i}"}) for i in range(count)]
    return framed(
        facts=[fact("start", "yes_no")],
        conclusions=[{"conclusion": f"c{i}", "label": "C"} for i in range(count)],
        rules=rules,
    )


@pytest.mark.slow
def test_a_long_chain_of_conclusions_is_read_and_a_long_ring_is_said_shortly() -> None:
    assert len(written(long_chain(2_000, "start")).steps) == 4_000
    assert problems({"a": json.dumps(long_chain(2_000, "c1999")).encode()}) == ["conclusion-cycle"]


def many_options(count: int, ring: bool) -> dict[str, Any]:
    rows = [{"option": f"o{i}", "label": "O", "kind_of": f"o{(i + 1) % count}"} for i in range(count)]
    return framed(
        facts=[], decisions=[decision("way", rows if ring else [f"o{i}" for i in range(count)], "o0", "refer")]
    )


@pytest.mark.slow
def test_a_ring_of_kinds_and_a_crowd_of_options_are_refused_at_once() -> None:
    assert problems({"a": json.dumps(many_options(32, ring=True)).encode()}) == ["kind-cycle"]
    assert problems({"a": json.dumps(many_options(8_000, ring=True)).encode()}) == ["too-many-options"]


FLOODS: dict[str, bytes] = {
    "unknown keys": b"".join(b"k%d: 1\n" % i for i in range(40_000)),
    "keys twice": b"a: 1\n" * 60_000,
    "keys of one part": b"rulebook: {languages: [en], %s}\nfacts: []" % b",".join(b"k%d: 1" % i for i in range(40_000)),
    "empty rules": b"rulebook: {name: a, version: 1, title: A, languages: [en]}\nfacts: []\nrules:\n"
    + b"- {}\n" * 40_000,
    "words as rules": b"rulebook: {name: a, version: 1, title: A, languages: [en]}\nfacts: []\nrules: [%s]"
    % (b"x," * 80_000),
    "languages": b"rulebook: {languages: [%s]}\nfacts: []" % b",".join(b"%d" % i for i in range(90_000)),
    "one long key": b"a" * 1_000 + b": 1",
    "one long word": b"rulebook: " + b"x" * 1_000_000,
    "one long name": b"rulebook: {name: %s, version: 1, title: A, languages: [en]}\nfacts: []" % (b"a" * 1_000_000),
    "one long number": b"rulebook: {name: a, version: 1, title: A, languages: [en]}\n"
    b"facts:\n- {fact: f, kind: number, ask: a, label: a, "
    b"bands: [{band: b, values: [c, d], cut_at: [%s]}]}" % (b"9" * 1_000_000),
    "one long colour": json.dumps(
        framed(
            facts=[],
            decisions=[
                decision(
                    "way",
                    [{"option": "o", "style": {"fill": "#" * 900_000, "stroke_width": "9" * 5_000}}],
                    "o",
                    "refer",
                )
            ],
        )
    ).encode(),
    "unknown facts": json.dumps(
        framed(
            facts=[fact(f"f{i}", "yes_no") for i in range(1_500)],
            rules=[rule("r", **{"if": {f"g{i}": "yes" for i in range(12_000)}, "conclude": "c"})],
        )
    ).encode(),
    "unknown values": json.dumps(
        framed(
            facts=[fact("f", "choice", values=[f"v{i}" for i in range(9_000)])],
            rules=[rule("r", **{"if": {"f": [f"w{i}" for i in range(20_000)]}, "conclude": "c"})],
        )
    ).encode(),
    "labels of no value": json.dumps(
        framed(facts=[fact("f", "yes_no", labels={f"v{i}": "V" for i in range(20_000)})])
    ).encode(),
}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] if place % 8 else []) for place, name in enumerate(FLOODS)]
)
def test_a_flood_of_mistakes_is_answered_soon_and_briefly(name: str) -> None:
    start = process_time()  # a busy machine takes longer, not more work
    codes = problems({"flood.yaml": FLOODS[name]})
    assert 0 < len(codes) <= MAX_PROBLEMS + 1
    assert process_time() - start < 30


def test_no_close_word_is_looked_for_in_a_long_one() -> None:
    assert closest("a" * 100_000, ["a" * 100_000]) is None
    assert closest("urgnet", ["urgent", "x" * 100_000]) == "urgent"


def test_a_mistake_that_many_rows_make_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []
    compare = difflib.get_close_matches

    def counted(word: str, *others: Any, **more: Any) -> list[str]:
        looked_up.append(word)
        return compare(word, *others, **more)

    monkeypatch.setattr(difflib, "get_close_matches", counted)
    problems_of_language._most_like.cache_clear()
    assert [closest("deadlyne", names) for names in (["urgent", "deadline"], ["deadline", "urgent"])] == [
        "deadline"
    ] * 2
    assert looked_up == ["deadlyne"]


@given(data=st.binary(max_size=300))
@tries(100)
def test_any_bytes_are_a_rulebook_or_a_problem(data: bytes) -> None:
    assert problems({"any.yaml": data, **GUIDE}) != []


json_data = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["refer", "en", "yes", "f", "o"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "fact",
                    "kind",
                    "values",
                    "bands",
                    "if",
                    "any_of",
                    "prefer",
                    "advise",
                    "en",
                    "option",
                    "labels",
                    "cut_at",
                    "x",
                    "source",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(data=st.data())
@tries(60)
def test_any_data_in_place_of_any_part_is_a_rulebook_or_a_problem(data: st.DataObject) -> None:
    whole = framed(
        facts=[
            fact("f", "yes_no"),
            fact("n", "number", bands=[{"band": "b", "cut_at": [1], "values": ["low", "high"]}], range={"min": 0}),
        ],
        conclusions=[{"conclusion": "c", "label": "C"}],
        decisions=[decision("d", ["o", "p"], "o", ["o", "p"])],
        rules=[
            rule("r", **{"if": {"f": "yes"}, "conclude": "c"}),
            rule("s", any_of=[{"c": "yes"}, {"b": "low"}], propose={"d": "o"}),
        ],
    )
    document: Any = json.loads(json.dumps(whole))
    part, key = document, data.draw(st.sampled_from(sorted(document)))
    while isinstance(part[key], dict | list) and part[key] and data.draw(st.integers(0, 4)):
        part = part[key]
        key = data.draw(st.sampled_from(sorted(part) if isinstance(part, dict) else list(range(len(part)))))
    part[key] = data.draw(json_data)
    problems({"a.json": json.dumps(document).encode()})


@given(data=st.data())
@tries(60)
def test_any_mutant_of_the_guide_is_a_rulebook_or_a_problem(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(GUIDE)))
    lines = GUIDE[name].splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        other = lines[data.draw(st.integers(0, len(lines) - 1))]
        words = re.split(rb"(\s+)", lines[at])
        words[data.draw(st.integers(0, len(words) - 1))] = data.draw(st.sampled_from(TOKENS))
        mutants = [
            b"",
            lines[at] * 2,
            other,
            b"".join(words),
            b"  " + lines[at],
            lines[at].lstrip(),
            lines[at][:-1],
            lines[at].replace(b": ", b":"),
        ]
        lines[at] = data.draw(st.sampled_from(mutants))
    problems({**GUIDE, name: b"".join(lines)})


@pytest.mark.parametrize("kind", PART_KINDS, ids=[kind.name for kind in PART_KINDS])
def test_a_kind_of_part_that_came_later_leaves_older_digests_as_they_were(
    kind: PartKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rulebook without such a part has the digest that it had before there was the kind."""
    has_some, digests = bool(load(RULEBOOK).parts_of(kind)), set()
    for is_later in (False, True):
        kinds = tuple(kind._replace(later=is_later) if kind == other else other for other in PART_KINDS)
        monkeypatch.setattr("whytune.engine.language.rulebook.PART_KINDS", kinds)
        digests.add(copy(load(RULEBOOK)).digest)
    assert (len(digests) == 1) == has_some


def test_every_kind_of_part_is_held_and_has_its_places() -> None:
    rulebook = load("guide")
    assert tuple(kind.name for kind in PART_KINDS) == get_args(KindName)
    for kind in PART_KINDS:
        assert all(isinstance(part, kind.model) for part in rulebook.parts_of(kind))
        assert all((kind.name, kind.name_of(part)) in rulebook.places for part in rulebook.parts_of(kind))
    assert [place[0] for place, _ in rulebook.parts()].count("rule") == len(rulebook.rules)
