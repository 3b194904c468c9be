"""What rules rest on: one source or several, how strong they are, and how old their documents."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from whytune.cli import cli
from whytune.engine import Advisor, WhytuneError
from whytune.engine.language.dates import days_of, later
from whytune.engine.language.rulebook import SourceDocument, days_to_come
from whytune.engine.words.speaker import Speaker

from .generated import SOURCE, decision, fact, framed, rule, written
from .test_days import GUIDE, problem_of

MEASURED = {"document": "memo", "place": "table 2", "quote": "It works.", "strength": "measured"}
STRENGTHS = {"measured": "measured", "vendor": "a vendor’s word", "practice": "practice"}


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


@pytest.mark.parametrize("strength", STRENGTHS)
def test_who_is_told_a_source_is_told_how_strong_it_is(strength: str) -> None:
    rulebook = written(resting_on([SOURCE, {**MEASURED, "strength": strength}]))
    cited = Speaker(rulebook, "en").sources(rulebook.rules[0].sources)
    assert cited == f"A memo, page 1; A memo, table 2 ({STRENGTHS[strength]})"


@pytest.mark.parametrize(
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


@pytest.mark.parametrize("bad", ["", "24", "2024-0", "2024-00", "2024-13", "2024-02-30", "2024-1-1", "0000", "2024/01"])
def test_what_is_no_date_is_none(bad: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - there is nothing to match
        days_of(bad)
    document = resting_on(SOURCE)
    document["documents"][0]["date"] = bad
    with pytest.raises(WhytuneError) as refused:
        written(document)
    assert refused.value.problems[0].code in ("wrong-type", "bad-text")


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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
    assert "2999-01-01 is still to come" in problem_of(done)
    assert f"{at.name}:" in problem_of(done)
