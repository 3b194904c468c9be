"""YAML and JSON text becomes plain data with places, or one problem; nothing is typed, followed or nested deeply."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from whytune.engine.language.problems import Span, WhytuneError
from whytune.engine.language.source import MAX_BYTES, MAX_DEPTH, Map, decode, parse, place, plain, read

from .looks import tabled


def data(text: str) -> object:
    return plain(parse(text, "f"))


def code(text: str) -> str:
    with pytest.raises(WhytuneError) as caught:
        parse(text, "f")
    return caught.value.problems[0].code


@tabled("word", ["yes", "no", "on", "true", "1e9999", "010", "2026-03-31", ".nan", "0x1f", "1_000"])
def test_every_scalar_stays_the_text_that_was_written(word: str) -> None:
    assert data(f"a: {word}") == data(f'a: "{word}"') == {"a": word}


@tabled("text", ["a:", "a: ~", "a: null", '{"a": null}'])
def test_nothing_written_is_blank(text: str) -> None:
    assert data(text) == {"a": None}


@pytest.mark.parametrize("text", ["a: ''", 'a: "null"', '{"a": ""}'])
def test_a_quoted_text_is_not_blank(text: str) -> None:
    assert data(text) != {"a": None}


def test_json_may_indent_with_tabs() -> None:
    assert data('{\n\t"a":\t["x",\n\t\t"y"]\n}') == {"a": ["x", "y"]}


def test_yaml_may_not_indent_with_tabs() -> None:
    assert code("a:\n\tb: 1") == "yaml-syntax"


def test_json_reads_as_json_does() -> None:
    value = {"emoji": "\U0001f600", "escapes": "\\ud83d\\ude00", "quotes": '"/\\', "lines": "a\nb\tc", "中": ["文"]}
    assert data(json.dumps(value)) == data(json.dumps(value, ensure_ascii=False, indent="\t")) == value


def test_half_a_pair_of_escapes_is_refused() -> None:
    assert code('{"a": "\\ud83d"}') == code('{"a": "\\ud83d\\udzzz"}') == "yaml-syntax"


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    unix = decode(b"a: 1\nb:\n  - x\n", "f")
    assert decode(b"\xef\xbb\xbfa: 1\r\nb:\r\n  - x\r\n", "f") == unix


def test_columns_count_letters_not_bytes() -> None:
    node = parse("中文: [甲, 乙]\n丙: 丁", "f")
    assert place(node, ("中文", 1)) == Span("f", 1, 9)
    assert place(node, ("丙",), key=True) == Span("f", 2, 1)


def test_a_forbidden_character_is_placed_exactly() -> None:
    with pytest.raises(WhytuneError) as caught:
        parse("一: 二\n三: 四\x07\n", "f")
    assert caught.value.problems[0].span == Span("f", 2, 5)


def test_a_place_that_is_not_there_is_that_of_the_nearest_above() -> None:
    node = parse("a:\n  b: [x]", "f")
    assert place(node, ("a", "none", "such")) == place(node, ("a",)) == Span("f", 2, 3)
    assert place(node, ("a", "b", 5)) == Span("f", 2, 6)


@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_fifty_levels_are_read_and_one_more_is_refused(opening: str) -> None:
    closing = "]" if opening == "[" else "}"
    data(opening * MAX_DEPTH + closing * MAX_DEPTH)
    assert code(opening * (MAX_DEPTH + 1) + closing * (MAX_DEPTH + 1)) == "too-deep"


@tabled("opening", ["[", "{a: ", "- ", "? "])
def test_a_mebibyte_of_openings_is_refused_at_once(opening: str) -> None:
    text = opening * (MAX_BYTES // len(opening))
    assert code(text) in ("too-deep", "yaml-syntax")


def test_a_laughing_mebibyte_is_refused_at_its_first_anchor() -> None:
    assert code("a: &a [x, x]\nb: [*a, *a]") == code("a: *a") == code("a: {<<: {b: c}}") == "alias"


def test_exactly_one_mebibyte_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    file = tmp_path / "big.yaml"
    file.write_bytes(b"a: 1\n#".ljust(MAX_BYTES, b"x"))
    assert plain(read(file)) == {"a": "1"}
    file.write_bytes(b"a: 1\n#".ljust(MAX_BYTES + 1, b"x"))
    with pytest.raises(WhytuneError, match="larger than 1 MiB"):
        read(file)


@tabled("text", ["", "  \n", "# words\n", "---\n", "null", "~"])
def test_a_file_that_says_nothing_is_refused(text: str) -> None:
    assert code(text) == "empty-file"


def test_all_keys_that_stand_twice_are_reported_and_the_first_is_kept() -> None:
    with pytest.raises(WhytuneError) as caught:
        parse("a: 1\na: 2\nb: {c: 1, c: 2}", "f")
    assert [(problem.code, problem.span) for problem in caught.value.problems] == [
        ("duplicate-key", Span("f", 2, 1)),
        ("duplicate-key", Span("f", 3, 11)),
    ]


@pytest.mark.parametrize("text", ["a: !!python/object:os.system {}", "!!map {a: 1}", "a: !local 1"])
def test_a_tag_builds_nothing(text: str) -> None:
    assert code(text) == "tag"


def test_a_path_that_the_system_refuses_is_a_problem(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nul\0", tmp_path / ("x" * 5_000)):
        with pytest.raises(WhytuneError, match="cannot be read"):
            read(path, "f")


def test_a_map_finds_the_value_of_a_key() -> None:
    node = parse("a: 1\nb: 2", "f")
    assert isinstance(node, Map)
    assert plain(node.get("b") or node) == "2"
    assert node.get("c") is None
