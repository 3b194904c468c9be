"""What rules rest on: one source or several, how strong they are, and how old their documents."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from whytune.cli import cli
from whytune.engine import Advisor, Rulebook, WhytuneError
from whytune.engine.language.citations import Original, Source
from whytune.engine.language.dates import days_of, later
from whytune.engine.language.rulebook import SourceDocument, days_to_come
from whytune.engine.words.speaker import Speaker
from whytune.prose.answer import answer
from whytune.prose.document import Gap
from whytune.prose.firings import origin
from whytune.prose.levels import LEVELS, Level

from .generated import SOURCE, decision, fact, framed, rule, written
from .looks import tabled
from .test_days import GUIDE, problem_of

MEASURED = {"document": "memo", "place": "table 2", "quote": "It works.", "strength": "measured"}
STRENGTHS = {"measured": "measured", "vendor": "a vendor's word", "practice": "practice"}


def resting_on(source: Any) -> dict[str, Any]:
    return framed(
        facts=[fact("hot", "yes_no")],
        decisions=[decision("approach", ["go", "stay"], "stay", "refer")],
        rules=[rule("go_when_hot", **{"if": {"hot": "yes"}}, propose={"approach": "go"}) | {"source": source}],
    )


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def test_a_list_of_one_source_says_what_the_source_says() -> None:
    assert written(resting_on(SOURCE)).digest == written(resting_on([SOURCE])).digest
    assert written(resting_on(SOURCE)).digest != written(resting_on([SOURCE, MEASURED])).digest


@pytest.mark.parametrize(("source", "cited"), [(SOURCE, dict), ([SOURCE], dict), ([SOURCE, MEASURED], list)])
def test_json_has_a_source_as_a_map_and_several_as_a_list(source: Any, cited: type) -> None:
    told = Advisor(written(resting_on(source))).advise({"hot": True}).to_dict()
    step = next(step for step in told["trace"] if step["name"] == "go_when_hot")
    listed = step["source"] if cited is list else [step["source"]]
    assert isinstance(step["source"], cited)
    assert listed[0] == {**SOURCE, "quote": None}, "a source that says no strength is told as ever"
    assert listed[1:] == ([MEASURED] if cited is list else [])


@tabled(
    ("day", "old"),
    [
        ("2027-01-10", []),
        ("2027-01-11", ["“A memo” is dated 2026-01-10, more than 12 months before 2027-01-11"]),
        (
            "2027-03-02",
            [
                "“A memo” is dated 2026-01-10, more than 12 months before 2027-03-02",
                "last reviewed on 2026-09-01, due again on 2027-03-01",
            ],
        ),
        (None, []),
    ],
)
def test_a_reason_that_is_old_on_the_day_asked_about_says_so_where_it_is_cited(day: str | None, old: list[str]) -> None:
    data = resting_on(SOURCE)
    data["rulebook"] |= {"documents_last_months": "12", "review_every_months": "6"}
    data["documents"][0]["date"] = "2026-01-10"
    data["rules"][0]["reviewed_on"] = "2026-09-01"
    advisor = Advisor(written(data), date.fromisoformat(day) if day else None)
    advice = advisor.advise({"hot": True})
    firing = next(firing for firing in advice.trace if firing.name == "go_when_hot")
    assert origin(firing, advice, Speaker(advisor.rulebook, "en")).split("; ")[2:] == old


IN_EACH = {
    "document": "memo",
    "place": {"en": "page 2", "zh": "第 2 页"},
    "quote": {"en": "It works.", "zh": "有效。"},
    "original": {"place": "Seite 2", "quote": "Es geht."},
}


def in_two_languages() -> Rulebook:
    """A rulebook with a rule that cites what is translated, and what is not."""
    return written(
        framed(
            rulebook={"name": "two", "version": "1", "title": _both("Two"), "languages": ["en", "zh"]},
            documents=[{"document": "memo", "title": {"en": "A memo", "zh": "备忘录"}}],
            facts=[fact("hot", "yes_no") | {"ask": _both("Hot?"), "label": _both("Hot")}],
            decisions=[_both_of(decision("approach", ["go", "stay"], "stay", "refer"))],
            rules=[
                _both_of(rule("go_when_hot", **{"if": {"hot": "yes"}}, propose={"approach": "go"}))
                | {"source": [IN_EACH, MEASURED]}
            ],
        )
    )


def _both(text: str) -> dict[str, str]:
    return {"en": text, "zh": f"{text}（中文）"}


def _both_of(part: Any) -> Any:
    """The part with each of its texts in both languages."""
    if isinstance(part, list):
        return [_both_of(item) for item in part]
    if not isinstance(part, dict):
        return part
    texts = ("title", "because", "label", "ask")
    return {key: _both(value) if key in texts else _both_of(value) for key, value in part.items()}


@pytest.mark.parametrize(
    ("language", "shown", "quotes", "originals"),
    [
        (
            "en",
            "“A memo”, page 2; “A memo”, table 2 (measured)",
            ["“It works.”"] * 2,
            ["in the original: Seite 2 (“Es geht.”)", ""],
        ),
        (
            "zh",
            "《备忘录》第 2 页；《备忘录》table 2（实测）",
            ["“有效。”", "“It works.”"],
            ["原文：Seite 2（“Es geht.”）", ""],
        ),
    ],
)
def test_a_source_is_shown_in_the_language_of_its_reader(
    language: str, shown: str, quotes: list[str], originals: list[str]
) -> None:
    rulebook = in_two_languages()
    speaker, sources = Speaker(rulebook, language), rulebook.rules[0].sources
    assert speaker.sources(sources) == shown
    assert list(map(speaker.quote, sources)) == quotes
    assert list(map(speaker.original, sources)) == originals


def test_json_has_a_source_in_each_language_and_as_the_document_has_it() -> None:
    told = Advisor(in_two_languages()).advise({"hot": True}).to_dict()
    step = next(step for step in told["trace"] if step["name"] == "go_when_hot")
    assert step["source"] == [IN_EACH, MEASURED]


@pytest.mark.parametrize("level", LEVELS)
def test_only_a_full_answer_shows_the_original(level: Level) -> None:
    rulebook = in_two_languages()
    blocks = answer(Advisor(rulebook).advise({"hot": True}), Speaker(rulebook, "en"), level)
    shown = str([tuple(block) for block in blocks if not isinstance(block, Gap)])
    assert ("Es geht." in shown) == (level == "full")
    assert "page 2" in shown


def test_an_original_that_is_what_the_reader_sees_is_not_told_twice() -> None:
    cited = Source(
        document="memo", place="Seite 2", quote="Es geht.", original=Original(place="Seite 2", quote="Es geht.")
    )
    assert Speaker(in_two_languages(), "en").original(cited) == ""


@pytest.mark.parametrize("strength", STRENGTHS)
def test_who_is_told_a_source_is_told_how_strong_it_is(strength: str) -> None:
    rulebook = written(resting_on([SOURCE, {**MEASURED, "strength": strength}]))
    cited = Speaker(rulebook, "en").sources(rulebook.rules[0].sources)
    assert cited == f"“A memo”, page 1; “A memo”, table 2 ({STRENGTHS[strength]})"


@tabled(
    ("written_date", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2024-12-24", "2024-12-24", "2024-12-24"),
        ("9999", "9999-01-01", "9999-12-31"),
    ],
)
def test_a_document_is_of_a_day_a_month_or_a_year(written_date: str, first: str, last: str) -> None:
    assert days_of(written_date) == (date.fromisoformat(first), date.fromisoformat(last))


@tabled("bad", ["", "24", "2024-0", "2024-00", "2024-13", "2024-02-30", "2024-1-1", "0000", "2024/01"])
def test_what_is_no_date_is_none(bad: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - there is nothing to match
        days_of(bad)
    document = resting_on(SOURCE)
    document["documents"][0]["date"] = bad
    with pytest.raises(WhytuneError) as refused:
        written(document)
    assert refused.value.problems[0].code in ("wrong-type", "bad-text")


@tabled(
    ("day", "months", "then"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-11-30", 3, "2025-02-28"),
        ("9999-06-01", 7, "9999-12-31"),
    ],
)
def test_so_many_months_later_there_is_a_day(day: str, months: int, then: str) -> None:
    assert later(date.fromisoformat(day), months) == date.fromisoformat(then)


@tabled(
    ("said", "keys"),
    [
        ({"date": "2026"}, ()),
        ({"date": "2026-11-22", "seen_on": "2026-11-22"}, ()),
        ({"date": "2026-12"}, ("date",)),
        ({"date": "2027", "seen_on": "2026-11-23"}, ("date", "seen_on")),
    ],
)
def test_a_document_is_of_no_day_to_come(said: dict[str, str], keys: tuple[str, ...]) -> None:
    document = SourceDocument.model_validate(
        {"document": "memo", "title": {"en": "M"}, **said}, context={"languages": ["en"]}
    )
    assert days_to_come(document, date(2026, 11, 22)) == keys


@pytest.mark.parametrize(
    ("file", "command"),
    [
        ("rulebook.yaml", ("check", "{folder}")),
        ("rulebook.yaml", ("test", "{folder}")),
        ("rulebook.yaml", ("advise", "-r", "{folder}", "-s", "prompt_enough=yes")),
        (
            "prices.yaml",
            ("cost", "tune", "--examples", "9", "--tokens", "9", "--model", "gpt-4o", "--prices", "{folder}"),
        ),
        ("comparison.yaml", ("compare", "-r", "{folder}")),
    ],
    ids=lambda part: part if isinstance(part, str) else part[0],
)
@pytest.mark.parametrize("key", ["date", "seen_on"])
def test_wherever_documents_are_declared_one_of_days_to_come_is_a_mistake(
    file: str, command: tuple[str, ...], key: str, tmp_path: Path
) -> None:
    folder = shutil.copytree(GUIDE, tmp_path / "g")
    at = folder / file
    at.write_text(
        at.read_text("utf-8").replace("document: guide\n", f"document: guide\n    {key}: 2999-01-01\n", 1), "utf-8"
    )
    done = run(*(part.format(folder=folder) for part in command))
    assert "2999-01-01 is in the future" in problem_of(done)
    assert f"{at.name}:" in problem_of(done)
