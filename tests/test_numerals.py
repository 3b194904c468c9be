"""Numbers that a reader could take for others: refused wherever a number is written, with what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from whytune.cli.replies import answer
from whytune.engine import WhytuneError, load
from whytune.engine.costs.estimate_request import typed_quantity
from whytune.engine.costs.price_file import prices
from whytune.engine.costs.quantities import Quantities
from whytune.engine.language.case import from_python, resolve
from whytune.engine.language.casefile import read_case
from whytune.engine.language.loading import loads
from whytune.engine.language.numerals import counted_in_characters, readings
from whytune.engine.language.settings import from_settings
from whytune.engine.language.source import parse
from whytune.engine.language.text import BadValue, read_number
from whytune.engine.language.value import in_digits, read_value
from whytune.engine.language.vocabulary import Fact, Range

from .looks import tabled

GUIDE = load()
BROKEN = Path(__file__).parent / "broken"

TWO = {"10.000": "write 10000, or 10", "1.000": "write 1000, or 1", "350.000": "write 350000, or 350"}
ONE = {
    "1.234": "write 1234",
    "1.000.000": "write 1000000",
    "10,000": "write 10000",
    "10_000": "write 10000",
    "10 000": "write 10000",
    "10'000": "write 10000",
    "10\u202f000": "write 10000",
    "1,00,000": "write 100000",
    "10.000,00": "write 10000",
    "10k": "write 10000",
    "2.5K": "write 2500",
    "2m": "write 2000000",
    "1.5万": "write 15000",
    "1e3": "write 1000",
    "1.5E4": "write 15000",
    "١٠": "write 10",
    "१०": "write 10",
    "１０": "write 10",
}
REFUSED = {**TWO, **ONE}
BEFORE_THE_KIND = {"10,000": "write 10000, or 10"}
"""What is said of a text that is not a number before it is known whether the fact is a whole one."""


def _in_a_file(text: str) -> None:
    resolve(GUIDE.vocabulary, read_case(parse(f'given: {{examples: "{text}"}}', "case.yaml")).given)


def _in_json(text: str) -> None:
    resolve(GUIDE.vocabulary, read_case(parse(f'{{"given": {{"examples": "{text}"}}}}', "case.json")).given)


def _in_an_option(text: str) -> None:
    resolve(GUIDE.vocabulary, from_settings([f"examples={text}"], GUIDE.vocabulary))


def _in_python(text: str) -> None:
    resolve(GUIDE.vocabulary, from_python({"examples": text}))


def _in_an_estimate(text: str) -> None:
    quantities = Quantities()
    quantities.count("--examples", text, 10**9)
    quantities.stop_if_wrong()


def _in_a_rulebook(key: str) -> Callable[[str], None]:
    """Where a rulebook holds whole numbers: each with the text that is to be there."""

    def read(text: str) -> None:
        written = {"range": "1000000000", "assume": "0", "months": "12", "width": "2", key: f'"{text}"'}
        cut = f'["{text}"]' if key == "cut" else "[1]"
        loads({"rulebook.yaml": RULEBOOK.format(**{**written, "cut": cut}).encode()})

    return read


RULEBOOK = """
rulebook: {{name: t, version: 1.0.0, title: T, languages: [en], review_every_months: {months}}}
documents: [{{document: d, title: D}}]
facts:
  - {{fact: n, kind: whole_number, label: N, ask: N?, range: {{max: {range}}}, assume: {assume},
     bands: [{{band: b, cut_at: {cut}, values: [x, y]}}]}}
decisions:
  - decision: q
    ask: Q?
    options: [{{option: a, label: A, style: {{stroke_width: {width}}}}}, {{option: c, label: C}}]
    if_none_stands: {{advise: c, because: D., source: {{document: d, place: p}}}}
    if_several_stand: {{prefer: [a, c], because: D., source: {{document: d, place: p}}}}
rules: [{{id: r, title: R, if: {{b: x}}, propose: {{q: a}}, because: B., source: {{document: d, place: p}}}}]
"""
PRICES = (Path(__file__).parents[1] / "rules" / "guide" / "prices.yaml").read_text(encoding="utf-8")


def _in_a_price_list(pattern: str, written: str) -> Callable[[str], None]:
    """Where a price list holds whole numbers: each with the text in place of what the guide has."""
    assert pattern in PRICES

    def read(text: str) -> None:
        prices(parse(PRICES.replace(pattern, written.format(text=text), 1), "prices.yaml"))

    return read


PATHS = {
    "file": _in_a_file,
    "json": _in_json,
    "option": _in_an_option,
    "python": _in_python,
    "estimate": _in_an_estimate,
    "interview": lambda text: answer(GUIDE.vocabulary.by_name["examples"], text),
    "cut_at": _in_a_rulebook("cut"),
    "range": _in_a_rulebook("range"),
    "assume": _in_a_rulebook("assume"),
    "review_every_months": _in_a_rulebook("months"),
    "stroke_width": _in_a_rulebook("width"),
    "price list: bits": _in_a_price_list("bits: 16", 'bits: "{text}"'),
    "price list: GPUs": _in_a_price_list("gpus: 1", 'gpus: "{text}"'),
}
UNDERSTOOD = {"interview": ONE, "option": ONE}
"""What a person types may be whatever can mean one number only."""


def _hint(read: Callable[[str], object], text: str) -> str | None:
    """The hint with which this text is refused, and nothing else is said."""
    try:
        read(text)
    except BadValue as bad:
        return bad.hint
    except WhytuneError as error:
        (problem,) = error.problems
        return problem.hint
    raise AssertionError(f"{text} was taken")


@pytest.mark.parametrize(
    "path", [pytest.param(path, marks=[pytest.mark.slow] if path.startswith("price list") else []) for path in PATHS]
)
def test_wherever_a_whole_number_is_written_the_hint_says_what_to_write(path: str) -> None:
    expected = REFUSED | (BEFORE_THE_KIND if path in ("cut_at", "range") else {})
    hints = {text: _hint(PATHS[path], text) for text in expected if text not in UNDERSTOOD.get(path, ())}
    assert hints == {text: expected[text] for text in hints}
    assert hints


@tabled("path", ["file", "json", "option", "python", "estimate", "interview", "assume"])
def test_plain_digits_are_taken_on_each_of_these_paths(path: str) -> None:
    for text in ("5", "5.0", "+5", "05"):
        PATHS[path](text)


def test_an_unquoted_number_is_refused_by_its_text_in_yaml_and_in_json() -> None:
    for written in ("given: {examples: 10.000}", '{"given": {"examples": 10.000}}'):
        with pytest.raises(WhytuneError, match="write 10000, or 10"):
            resolve(GUIDE.vocabulary, read_case(parse(written, "case")).given)


@tabled("written", ["[1,000, 5000]", "[1,500, 5000]", "[500, 1,000]", "[10,050, 20,000]"])
def test_a_cut_with_a_comma_is_told_once(written: str) -> None:
    fact = f"bands: [{{band: b, cut_at: {written}, values: [x, y, z]}}]"
    rulebook = RULEBOOK.format(cut="[4]", range=10**6, assume=0, months=12, width=2)
    rulebook = rulebook.replace("bands: [{band: b, cut_at: [4], values: [x, y]}]", fact)
    with pytest.raises(WhytuneError) as caught:
        loads({"rulebook.yaml": rulebook.encode()})
    (problem,) = caught.value.problems
    assert re.fullmatch(".* write [0-9]+", str(problem.hint))


def test_a_comma_in_a_map_is_thought_of() -> None:
    with pytest.raises(WhytuneError, match="without a comma"):
        resolve(GUIDE.vocabulary, read_case(parse("given: {examples: 10,000}", "case")).given)


@tabled("text", ONE)
def test_what_a_person_types_may_mean_one_number_only(text: str) -> None:
    (number,) = readings(text, whole=True)
    assert answer(GUIDE.vocabulary.by_name["examples"], text) == Decimal(number)
    given = resolve(GUIDE.vocabulary, from_settings([f"examples={text}"], GUIDE.vocabulary)).given
    assert given["examples"] == Decimal(number)


def test_numbers_of_a_range_are_read_alike_at_a_question_and_in_an_option() -> None:
    for text in ("4k..10,000", ">= 4千", "2k | 10k"):
        option = resolve(GUIDE.vocabulary, from_settings([f"examples={text}"], GUIDE.vocabulary))
        assert option.given["examples"] == answer(GUIDE.vocabulary.by_name["examples"], text)


ROUGH = ["about 100", "100 or so", "~100", "约 100", "100 条左右", "about 1k..2k", ">= about 100"]


@tabled("text", ROUGH)
def test_a_rough_number_is_exact_only_where_a_conversation_says_so(text: str) -> None:
    with pytest.raises(WhytuneError, match="plain digits") as caught:
        _in_an_option(text)
    assert "100..499" in str(caught.value.problems[0].hint)
    assert in_digits(GUIDE.vocabulary.by_name["examples"], text, rough=True) != text


@tabled("text", ["about 1k", "1k..2k", "1k|2k", "many"])
def test_a_quantity_that_is_not_one_number_is_quoted_as_it_was_typed(text: str) -> None:
    with pytest.raises(WhytuneError, match="plain digits") as caught:
        _in_an_estimate(typed_quantity("examples", text))
    (problem,) = caught.value.problems
    assert (f"`{text}`" in str(problem), str(problem.hint)) == (True, "give one number")


CHINESE = {
    "三千": 3_000,
    "三千二百": 3_200,
    "一万二千": 12_000,
    "十五": 15,
    "一百二十": 120,
    "两千零五": 2_005,
    "一亿二千万": 120_000_000,
    "零": 0,
}


@tabled("text", CHINESE)
def test_a_number_in_chinese_characters_is_read(text: str) -> None:
    assert readings(text, whole=True) == (str(CHINESE[text]),)


@tabled("text", ["三千五", "二五", "万", "三千条", "三x", ""])
def test_what_may_be_another_number_in_chinese_is_not_guessed(text: str) -> None:
    assert readings(text, whole=True) == ()


@given(st.integers(0, 2**53))
def test_a_whole_number_in_plain_digits_is_itself(number: int) -> None:
    assert read_number(str(number), whole=True) == number


ONE_NUMBER = GUIDE.vocabulary.by_name["examples"].model_copy(update={"range": Range(min=Decimal(5), max=Decimal(5))})


@given(
    st.sampled_from([ONE_NUMBER, *(fact for fact in GUIDE.vocabulary.facts if fact.is_number)]),
    st.sampled_from(["0", "5", "007", "-3", "+8", "2.0", "2.50", "10.000", "9" * 17, "9" * 41])
    | st.decimals(-9, 10**7, places=3).map(str),
)
@example(ONE_NUMBER, "5")
def test_a_number_says_the_same_as_the_stretch_that_begins_and_ends_with_it(fact: Fact, text: str) -> None:
    read = []
    for one in (text, f"{text}..{text}"):
        try:
            read.append(str(read_value(fact, one)))
        except BadValue as error:
            read.append(str(error))
    assert read[0] == read[1]


@given(st.integers(1, 999), st.integers(0, 999))
def test_three_places_are_never_read_in_silence(before: int, after: int) -> None:
    text = f"{before}.{after:03}"
    with pytest.raises(BadValue):
        read_number(text, whole=True)
    assert f"{before}{after:03}" in readings(text, whole=True)


@given(st.text(max_size=12) | st.from_regex(r"[+-]?[0-9.,' _٬kKmM万eE１-９]{1,14}", fullmatch=True), st.booleans())
def test_every_reading_can_be_read(text: str, whole: bool) -> None:
    for number in readings(text, whole=whole):
        read_number(number, whole=whole)


def test_a_price_may_have_three_places() -> None:
    assert str(read_number("1.000", whole=False)) == "1"
    assert readings("2,500", whole=False) == ("2500", "2.5")


@tabled(
    "text",
    [
        *(
            "2.5 千万次",
            "三点五万条以上",
            "百分之五十以上",
            "２万条",
            "２．５ 万条",
            "10 多万条",
            "十几万条",
            "十余万条",
        ),
        *("数万条以上", "每千次调用", "第十条", "万一"),
    ],
)
def test_the_end_of_another_number_a_part_a_place_and_a_rate_are_no_number_in_characters(text: str) -> None:
    assert not [*counted_in_characters(text)]


def test_numbers_in_characters_are_found_where_they_name_an_end_or_count_something() -> None:
    counted = {"万条以上": 10_000, "数据万条": 10_000, "上千条": 1_000, "样本数一万条以上": 10_000}
    for text, number in {**counted, "十二条以上": 12, "二十五个": 25, "十万至百万": 100_000}.items():
        assert next(counted_in_characters(text)).number == number
