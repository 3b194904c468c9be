"""Decision models of DMN become rulebooks that decide alike; what no rulebook can say is refused where it stands."""

from __future__ import annotations

import random
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given as drawing
from hypothesis import strategies as st

from whytune.engine import Rulebook, WhytuneError
from whytune.engine.language.case import fitting
from whytune.engine.language.loading import loads
from whytune.engine.meaning.diagram import DecisionDiagram
from whytune.engine.words.catalogue import translated
from whytune.exchange.crossing import Imported, Incoming
from whytune.exchange.dmn import read
from whytune.exchange.dmn.feel import Unsayable, read_tests
from whytune.exchange.dmn.model import VERSIONS
from whytune.exchange.markup import MAX_ELEMENTS, MAX_NESTING, MAX_XML, parse_xml

from .decision_models import OF_MODELS, decision, given, item, model, problems_in, table
from .laws import tries
from .looks import tabled

LOAN = Path(__file__).parent.parent / "docs" / "examples" / "loan.dmn"
SMALL = [
    given("Age", "number"),
    given("Member", "boolean"),
    decision("Price", table(["Age", "Member"], [["< 18", "-", '"Child"'], [">= 18", "true", '"Friend"']])),
]


def made(*parts: str, partial: bool = False, language: str = "en") -> Imported:
    return read(Incoming({"": model(*parts)}, "trial.dmn", language, partial))


def book(*parts: str, partial: bool = False) -> Rulebook:
    return loads({name: text.encode() for name, text in made(*parts, partial=partial).files.items()})


def advised(rulebook: Rulebook, name: str, facts: Mapping[str, str | int]) -> str:
    """What comes out, by the label of the option."""
    diagram = DecisionDiagram(rulebook)
    values = {fact: Decimal(value) if isinstance(value, int) else value for fact, value in facts.items()}
    outcome = diagram.within(diagram.advice[name], fitting(rulebook.vocabulary, values).places)
    assert outcome.is_constant
    options = {option.option: option.label["en"] for option in rulebook.decision[name].options}
    return options.get(str(outcome.value), str(outcome.value))


def refused(*parts: str) -> list[str]:
    with pytest.raises(WhytuneError) as caught:
        made(*parts)
    assert {problem.code for problem in caught.value.problems} == {"unsayable"}
    return [str(problem.message) for problem in caught.value.problems]


def test_a_table_reads_as_if_a_person_had_written_it() -> None:
    files = made(*SMALL).files
    assert list(files) == ["rulebook.yaml", "facts.yaml", "decisions.yaml", "tables.yaml"]
    assert "    columns: [age, member, propose]\n    rows:\n      - [< 18, '-', child]\n" in files["tables.yaml"]
    assert "  - fact: member\n    kind: yes_no\n    label: Member\n" in files["facts.yaml"]


@tabled("space", VERSIONS)
def test_each_version_of_dmn_is_read(space: str) -> None:
    made_of_it = read(Incoming({"": model(*SMALL, space=space)}, "trial.dmn", "en"))
    assert made_of_it.files["tables.yaml"] == made(*SMALL).files["tables.yaml"]
    assert f"edition: DMN {VERSIONS[space]}\n" in made_of_it.files["rulebook.yaml"]


@pytest.mark.parametrize("space", ["https://www.omg.org/spec/DMN/20990101/MODEL/", "urn:x"])
def test_another_version_is_refused_with_those_that_are_read(space: str) -> None:
    with pytest.raises(WhytuneError) as caught:
        read(Incoming({"": model(*SMALL, space=space)}, "trial.dmn", "en"))
    (problem,) = caught.value.problems
    assert f"models of DMN {min(VERSIONS.values())} to {max(VERSIONS.values())}:" in str(problem.hint)


@tabled(
    ("policy", "results"),
    [
        ("FIRST", {17: "1", 30: "3", 60: "2"}),
        ("PRIORITY", {17: "1", 30: "2", 60: "2"}),
        ("COLLECT MIN", {17: "1", 30: "2", 60: "2"}),
        ("COLLECT MAX", {17: "3", 30: "3", 60: "2"}),
    ],
)
def test_where_several_rows_fit_the_hit_policy_says_what_comes_out(policy: str, results: Mapping[int, str]) -> None:
    rows = [["< 18", "1"], ["< 50", "3"], ["> 20", "2"]]
    grid = table(["Age"], rows, policy=policy, outputs=[("", "1, 2, 3")])
    rulebook = book(given("Age", "number"), decision("Price", grid, "number"))
    assert {age: advised(rulebook, "price", {"age": age}) for age in results} == results


def test_priorities_of_several_outputs_count_from_left_to_right() -> None:
    rows = [["< 50", '"b"', '"x"'], ["< 40", '"a"', '"x"'], ["< 30", '"a"', '"y"'], ["< 20", '"b"', '"y"']]
    outputs = [("one", '"a", "b"'), ("two", '"y", "x"')]
    rulebook = book(given("Age", "number"), decision("Price", table(["Age"], rows, policy="PRIORITY", outputs=outputs)))
    got = {
        age: [advised(rulebook, f"price_{output}", {"age": age}) for output in ("one", "two")]
        for age in (10, 25, 35, 45, 60)
    }
    assert got == {10: ["a", "y"], 25: ["a", "y"], 35: ["a", "x"], 45: ["b", "x"], 60: ["refer", "refer"]}


def test_a_default_comes_out_where_no_row_fits() -> None:
    grid = table(["Age"], [["< 18", '"Child"']], default='"Full"')
    assert advised(book(given("Age", "number"), decision("Price", grid)), "price", {"age": 40}) == "Full"


def test_a_decision_rests_on_another_by_its_values_numbers_too() -> None:
    rulebook = book(
        given("Age", "number"),
        decision("Points", table(["Age"], [["< 18", "5"], ["[18..65]", "10"], ["> 65", "20"]]), "number"),
        decision("Named", "<literalExpression><text>Points</text></literalExpression>", "number"),
        decision("Class", table(["Named"], [["< 10", '"low"'], [">= 10", '"high"']])),
    )
    assert [advised(rulebook, "class", {"age": age}) for age in (10, 18, 90)] == ["low", "high", "high"]
    assert {fact.fact for fact in rulebook.facts} == {"age"}


def test_a_comparison_may_name_a_number_that_never_comes_out() -> None:
    """Of results, and of an input whose values are listed; only a number that is named alone must be one of them."""
    points = table(["Age"], [["< 18", "-1.5"], [">= 18", "2"]])
    signs = [["< 0", '"minus"'], ["[0..9]", '"plus"']]
    rulebook = book(
        item("tAge", "number", "10, 20"),
        given("Age", "tAge"),
        decision("Points", points, "number"),
        decision("Sign", table(["Points"], signs)),
        decision("Grown", table(["Age"], [["< 15", '"no"'], ["> 15", '"yes"']])),
    )
    assert [advised(rulebook, "sign", {"age": age}) for age in ("n10", "n20")] == ["minus", "plus"]
    assert [advised(rulebook, "grown", {"age": age}) for age in ("n10", "n20")] == ["no", "yes"]
    (message,) = refused(
        given("Age", "number"), decision("Points", points, "number"), decision("It", table(["Points"], [["1", '"a"']]))
    )
    assert message == 'table "It", row 1, "Points": `1` is not among the allowed values'


def test_a_decision_that_is_a_value_always_comes_to_it() -> None:
    rulebook = book(
        given("N", "number"),
        decision("Limit", "<literalExpression><text>5</text></literalExpression>", "number"),
        decision("It", table(["Limit", "N"], [["> 3", "< 9", '"a"'], ["5", ">= 9", '"b"']])),
    )
    assert advised(rulebook, "it", {"n": 1}) == "a"


def test_days_that_come_out_are_called_by_their_days() -> None:
    grid = table(["N"], [["< 1", 'date("2026-03-31")'], [">= 1", "date(2027, 1, 2)"]])
    (decided,) = book(given("N", "number"), decision("Start", grid, "date")).decisions
    assert decided.option_names == ("d2026_03_31", "d2027_01_02")


def test_decisions_that_rest_on_themselves_are_refused_where_they_stand_and_given_in_a_partial_import() -> None:
    swapped = [['"x"', '"y"'], ['"y"', '"x"']]
    parts = [
        decision("A", table(["B"], swapped)),
        decision("B", table(["A"], swapped)),
        decision("C", table(["A"], [['"x"', '"c"'], ['"y"', '"d"']])),
    ]
    assert refused(*parts) == [f'decision "{name}": it rests on itself: A -> B -> A' for name in "AB"]
    assert advised(book(*parts, partial=True), "c", {"a": "y"}) == "d"


def test_names_that_stand_twice_are_refused_and_the_first_counts_in_a_partial_import() -> None:
    parts = [
        given("N", "number"),
        decision("A", table(["N"], [["-", '"first"']])),
        decision("A", table(["N"], [["-", '"second"']])),
    ]
    assert refused(*parts) == ['decision "A": its name is taken already']
    assert advised(book(*parts, partial=True), "a", {}) == "first"


def test_entries_in_another_language_are_refused_and_those_in_feel_may_say_so() -> None:
    grid = table(["N"], [["> 1", '"a"']])
    for language in ("javascript", "juel"):
        for entry in ("input", "output"):
            other = grid.replace(f"<{entry}Entry>", f'<{entry}Entry expressionLanguage="{language}">')
            (message,) = refused(given("N", "number"), decision("It", other))
            assert message.endswith(f"it is written in `{language}`, not in FEEL")
    same = grid.replace("<inputEntry>", '<inputEntry expressionLanguage="http://www.omg.org/spec/FEEL/20140401">')
    said, unsaid = (made(given("N", "number"), decision("It", logic)) for logic in (same, grid))
    assert said.files == unsaid.files


def test_of_a_decision_with_several_outputs_one_must_be_asked_for() -> None:
    both = decision("A", table(["N"], [["> 1", "3", '"a"']], outputs=[("x", ""), ("y", "")]))
    (message,) = refused(given("N", "number"), both, decision("It", table(["A"], [["3", '"b"']])))
    assert message == 'table "It", "A": `A` has the outputs x, y'


def test_an_input_of_a_type_that_no_rulebook_has_is_no_fact() -> None:
    grid = table(["T", "N"], [['> time("10:00:00")', "1", '"late"'], ["-", "2", '"any"']])
    rulebook = book(given("T", "time"), given("N", "number"), decision("It", grid), partial=True)
    assert sorted(fact.kind for fact in rulebook.facts) == ["number", "yes_no"]
    assert 'T > time("10:00:00")' in [fact.label["en"] for fact in rulebook.facts]


def test_invoked_knowledge_is_a_table_of_the_decision_that_invokes_it() -> None:
    grid = table(["who"], [["< 18", '"Child"'], [">= 18", '"Grown"']])
    knowledge = (
        '<businessKnowledgeModel name="Kind"><encapsulatedLogic><formalParameter name="who" typeRef="number"/>'
        f"{grid}</encapsulatedLogic></businessKnowledgeModel>"
    )
    call = "<literalExpression><text>Kind(Age)</text></literalExpression>"
    rulebook = book(given("Age", "number"), knowledge, decision("Price", call))
    assert advised(rulebook, "price", {"age": 3}) == "Child"


def test_null_is_a_value_of_its_own_and_what_is_negated_holds_for_it() -> None:
    rows = [["null", '"none"'], ['"a"', '"an a"'], ['not("a", null)', '"other"']]
    rulebook = book(
        item("tLetter", "string", '"a", "b"'), given("Letter", "tLetter"), decision("It", table(["Letter"], rows))
    )
    assert [advised(rulebook, "it", {"letter": value}) for value in ("nothing", "a", "b")] == ["none", "an a", "other"]
    numbers = book(given("N", "number"), decision("It", table(["N"], [["null", '"none"'], ["> 0", '"some"']])))
    assert advised(numbers, "it", {"n_given": "no"}) == "none"
    assert advised(numbers, "it", {"n_given": "yes", "n": 3}) == "some"


def test_a_text_that_no_row_names_is_something_else() -> None:
    imported = made(
        given("Colour", "string"), decision("It", table(["Colour"], [['"red"', '"warm"'], ['!= "red"', '"?"']]))
    )
    rulebook = loads({name: text.encode() for name, text in imported.files.items()})
    assert advised(rulebook, "it", {"colour": "something_else"}) == "?"
    assert "`colour` can be any text" in str(imported.remarks[0])


REFUSED = {
    "> Limit": 'table "It", row 1, "N": `> Limit` compares with another input',
    "[1..Limit]": 'table "It", row 1, "N": `[1..Limit]` compares with another input',
    "2 * 3": 'table "It", row 1, "N": `2 * 3` is computed',
    'time("10:00:00")': 'table "It", row 1, "N": `time("10:00:00")` is about a time or a duration',
    '"one"': 'table "It", row 1, "N": `one` is of another type than the input',
    "0.0000001": 'table "It", row 1, "N": `0.0000001` has more than 6 decimal places',
    "[5..3]": 'table "It", row 1, "N": it holds for no allowed value',
    "1 2": 'table "It", row 1, "N": `1 2` is not a test of FEEL',
    'date("2026-02-30")': 'table "It", row 1, "N": `2026-02-30` is not a day of the calendar',
    "date(2026, 2, 30)": 'table "It", row 1, "N": `2026, 2, 30` is not a day of the calendar',
    "> 1 and < 3": 'table "It", row 1, "N": `> 1 and < 3` combines tests in words',
    "? between 1 and 3": 'table "It", row 1, "N": `? between 1 and 3` combines tests in words',
    "1e3": 'table "It", row 1, "N": `1e3` is not a test of FEEL',
    "[1..3": 'table "It", row 1, "N": `[1..3` is not a test of FEEL',
    "[1, 2": 'table "It", row 1, "N": `[1, 2` is not a test of FEEL',
    "> #": 'table "It", row 1, "N": `> #` is not a test of FEEL',
    "<": 'table "It", row 1, "N": `<` is not a test of FEEL',
    "1, " * 2000 + "1": 'table "It", row 1, "N": an entry of more than 4,000 letters',
}


@tabled("entry", REFUSED)
def test_what_a_rulebook_cannot_say_is_refused_at_its_cell(entry: str) -> None:
    parts = [
        given("N", "number"),
        given("Limit", "number"),
        decision("It", table(["N"], [[entry, '"a"'], ["-", '"b"']])),
    ]
    assert refused(*parts) == [REFUSED[entry]]


@tabled(
    ("entry", "same"),
    [
        ("? > 5", "> 5"),
        ("? in [1..3]", "[1..3]"),
        ("? in (1, [3..4])", "1, [3..4]"),
        ("? in (1..3)", "(1..3)"),
        ("? in ]1..3[", "(1..3)"),
        ("/* any */ -", "-"),
        ("5 // but no more", "5"),
        ('"/* no comment */"', '"/* no comment */"'),
        ("date(2026, 3, 31)", 'date("2026-03-31")'),
    ],
)
def test_what_an_entry_says_in_other_words_is_the_same_test(entry: str, same: str) -> None:
    assert read_tests(entry) == read_tests(same)


@tabled("entry", [entry for entry in REFUSED if "date" not in entry])
def test_in_a_partial_import_it_is_a_fact_to_be_given(entry: str) -> None:
    grid = table(["N"], [[entry, '"a"'], ["-", '"b"']], policy="FIRST")
    rulebook = book(given("N", "number"), decision("It", grid), partial=True)
    (fact,) = (fact.fact for fact in rulebook.facts if fact.kind == "yes_no")
    assert [advised(rulebook, "it", {fact: answer}) for answer in ("yes", "no")] == ["a", "b"]


@tabled(
    ("logic", "words"),
    [
        (table(["N"], [["1", '"a"']], policy="COLLECT"), "hit policy COLLECT answers with a list of results"),
        (table(["N"], [["1", "2"]], policy="COLLECT SUM"), "hit policy COLLECT SUM reckons with the results"),
        (table(["N"], [["1", '"a"']], policy="PRIORITY"), "PRIORITY without a list of the output's values"),
        (table(["N"], [["1", '"a"']], policy="WHATEVER"), "there is no hit policy WHATEVER"),
        (table(["N"], [["1", "N + 1"]]), 'row 1, "It": its result `N + 1` is computed'),
        (table(["N"], [["1", '"a"', '"b"']]), "a row with more or fewer entries than the table has columns"),
        (table(["N"], [["1", '"a"'], ["2", "true"]]), "its results are of several types"),
        (table(["N"], []), "a table without rows or without results"),
        (table(["N + 1"], [["1", '"a"']]), "`N + 1` is computed"),
        (table(["N", "N"], [["1", "> 0", '"a"']]), "two columns ask about `n`"),
        ("<context/>", "its logic is of the kind `context`, not a table"),
        ("<literalExpression><text>N + 1</text></literalExpression>", "its value is computed"),
    ],
)
def test_a_table_that_no_rulebook_can_say_is_refused(logic: str, words: str) -> None:
    assert words in "\n".join(refused(given("N", "number"), decision("It", logic)))


HOLES = [
    "[0..10], [20..30]",
    "1, [5..7]",
    "< 5, > 10",
    "not(5)",
    "not([3..4])",
    "!= 5",
    "[0..1), (1..2]",
    "0, > 0.000001",
]
WHOLE = ["[0..10], (10..20]", "[0..10], [5..20]", "< 5, >= 5", ">= 0", "[0..10]", "0, (0..5]", "null, [0..9]"]


def of_allowed(allowed: str) -> list[str]:
    return [item("tN", "number", allowed), given("N", "tN"), decision("It", table(["N"], [["> 1", '"a"']]))]


def test_allowed_numbers_that_leave_some_out_in_between_are_refused_where_they_are_asked_for() -> None:
    for allowed in HOLES:
        assert refused(*of_allowed(allowed)) == ['input "N": its allowed values leave out some in between'], allowed
        assert len(made(*of_allowed(allowed), partial=True).remarks) == 1
    for allowed in WHOLE:
        assert book(*of_allowed(allowed)).rules, allowed


@tabled(
    ("allowed", "fits", "odd"),
    [
        ('"a", "b"', '"a"', '"A"'),
        ('not("c")', '"a"', '"c"'),
        ("[0..10]", "10", "11"),
        ("1, 2", "2", "3"),
        ("< 0, > 5", "6", "5"),
        ("true", "true", "false"),
    ],
)
def test_a_result_that_its_output_may_not_be_is_told_at_its_cell(allowed: str, fits: str, odd: str) -> None:
    def parts(second: str, default: str = "") -> list[str]:
        rows = [["1", fits], ["2", second]]
        return [given("N", "number"), decision("It", table(["N"], rows, outputs=[("", allowed)], default=default))]

    shown = odd.strip('"')
    assert refused(*parts(odd)) == [f'table "It", row 2, "It": `{shown}` is not among the allowed values']
    assert refused(*parts(fits, odd)) == [f'table "It": `{shown}` is not among the allowed values']
    assert book(*parts("null")).rules
    assert made(*parts(odd), partial=True).remarks == (
        f'table "It", row 2, "It": `{shown}` is not among the allowed values',
    )


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("informationRequirement", "requiredDecision"),
        ("informationRequirement", "requiredInput"),
        ("knowledgeRequirement", "requiredKnowledge"),
    ],
)
def test_what_rests_on_another_file_is_refused_with_what_to_do_in_either_language(kind: str, words: str) -> None:
    needs = f'<{kind}><{words} href="urn:other#_1"/></{kind}>'
    parts = [
        '<import name="Other" namespace="urn:other"/>',
        decision("It", needs + table(["Other.N"], [["> 5", '"a"']])),
    ]
    assert refused(*parts) == ['decision "It": it rests on `urn:other#_1` in another file, which is not read']
    with pytest.raises(WhytuneError) as caught:
        made(*parts)
    (problem,) = caught.value.problems
    assert translated(problem.sentence(), "zh").endswith("请把两者放进同一个文件，或把那里的内容作为输入给出")
    assert [fact.label["en"] for fact in book(*parts, partial=True).facts] == ["Other.N"]
    own = needs.replace("urn:other#", "urn:trial#")
    assert book(
        '<import name="Types" namespace="urn:types"/>', decision("It", own + table(["N"], [["> 5", '"a"']]))
    ).rules


def test_what_rests_on_a_refused_decision_takes_it_as_a_fact() -> None:
    parts = (
        item("tScore", "number", "[0..10]"),
        given("Age", "number"),
        decision("Score", "<literalExpression><text>Age * 2</text></literalExpression>", "tScore"),
        decision("Class", table(["Score"], [["< 5", '"low"'], [">= 5", '"high"']])),
    )
    rulebook = book(*parts, partial=True)
    assert advised(rulebook, "class", {"score": 7}) == "high"
    (score,) = rulebook.facts
    assert (score.least, score.greatest) == (Decimal(0), Decimal(10))


def test_the_texts_of_a_rulebook_are_in_the_language_asked_for() -> None:
    assert "because: 决策表如此规定。" in made(*SMALL, language="zh").files["tables.yaml"]


BOMB = b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><definitions>&b;</definitions>'


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (BOMB, "xml-syntax", "a DOCTYPE is refused"),
        (b"<!DOCTYPE definitions SYSTEM 'file:///etc/passwd'><definitions/>", "xml-syntax", "a DOCTYPE is refused"),
        (b"<definitions>", "xml-syntax", "not XML: no element found"),
        (b"", "xml-syntax", "not XML"),
        (b"\x00\x01", "xml-syntax", "not XML"),
        (b"<definitions>&bomb;</definitions>", "xml-syntax", "not XML: undefined entity"),
        (b'<?xml version="1.0" encoding="klingon"?><d/>', "xml-syntax", "unknown encoding"),
        (b"<a>" * (MAX_NESTING + 1), "too-deep", "nested more than 100 deep"),
        pytest.param(
            b"<a>" + b"<b/>" * MAX_ELEMENTS + b"</a>", "too-large", "more than 100,000 elements", marks=pytest.mark.slow
        ),
        (b" " * (MAX_XML + 1), "too-large", "more than 4 MiB"),
        (b"<html/>", "not-dmn", "`html` is not a decision model of DMN"),
        (model(), "not-dmn", "no decision table that can be taken over"),
    ],
)
def test_a_file_that_is_no_model_or_a_trap_is_refused(data: bytes, code: str, words: str) -> None:
    with pytest.raises(WhytuneError, match=words) as caught:
        read(Incoming({"": data}, "trial.dmn", "en"))
    assert [problem.code for problem in caught.value.problems] == [code]


@tries(60)
@drawing(st.text('0123456789.-<>=[]()," anot?@/', max_size=12))
def test_any_text_is_an_entry_or_refused(text: str) -> None:
    with suppress(Unsayable):
        assert [*read_tests(text).values()] or text.strip() in ("", "-")


@pytest.mark.parametrize("seed", range(3))
def test_a_spoilt_model_is_read_or_refused_and_never_an_error_of_ours(seed: int) -> None:
    chance = random.Random(seed)
    whole = LOAN.read_text()
    for _ in range(12):
        text = whole
        for _ in range(chance.randint(1, 4)):
            start = chance.randrange(len(text))
            piece = chance.choice(
                ["", "&#0;", "<rule>", ">", '"', "null", "9" * 50, "not(", "ß", text[start : start + 60]]
            )
            text = text[:start] + piece + text[start + chance.choice([0, 1, 30, 300]) :]
        for partial in (False, True):
            assert problems_in(Incoming({"": text.encode()}, "trial.dmn", "en", partial)) <= OF_MODELS


def test_a_place_in_a_model_is_a_line_and_a_column() -> None:
    root = parse_xml(b"<a>\n  <b/></a>", "trial.dmn")
    assert str(root.children[0].span) == "trial.dmn:2:3"


NAMES_OF_TABLES = ("Owner", "Title", "because", "Keep", "propose", "conclude", "yes", "refer")


@tabled("name", NAMES_OF_TABLES)
def test_what_a_model_calls_its_parts_never_means_something_else_in_a_rulebook(name: str) -> None:
    """As columns of a table, as names that are reserved, or as bands that a column cuts."""
    rulebook = book(
        given(name, "number"), decision(f"{name} price", table([name], [["< 18", f'"{name}"'], ["-", '"b"']]))
    )
    assert len(rulebook.facts) == 1
    assert len(rulebook.rules) == 2
    assert all(rule.owner is None and rule.keep is None for rule in rulebook.rules)


def test_a_band_that_a_column_cuts_is_called_like_nothing_else() -> None:
    grid = table(["Age", "Price Age"], [["< 18", "> 3", '"a"'], ["-", "-", '"b"']], policy="FIRST")
    rulebook = book(given("Age", "number"), given("Price Age", "number"), decision("Price", grid))
    assert advised(rulebook, "price", {"age": 3, "price_age": 4}) == "a"


def test_what_lies_beyond_the_allowed_numbers_is_no_part_of_an_entry() -> None:
    rows = [["0, 5", '"five"'], ["[0..3]", '"few"'], ["not(0, 5, [1..3])", '"rest"'], ["> 20, 4", '"four"']]
    rulebook = book(
        item("tN", "number", "[1..10]"), given("N", "tN"), decision("It", table(["N"], rows, policy="FIRST"))
    )
    assert [advised(rulebook, "it", {"n": number}) for number in (5, 1, 4, 9)] == ["five", "few", "rest", "rest"]


def test_an_entry_may_leave_out_the_ends_of_what_is_allowed() -> None:
    parts = (item("tN", "number", "[1..10]"), given("N", "tN"))
    rulebook = book(*parts, decision("It", table(["N"], [["(1..10)", '"between"'], ["[0..1]", '"first"']])))
    assert [advised(rulebook, "it", {"n": number}) for number in (1, 2, 10)] == ["first", "between", "refer"]
