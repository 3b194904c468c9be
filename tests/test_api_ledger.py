"""A ledger from Python, in the words of `whytune audit`; and no question is the terminal's alone."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import click
import pytest
import time_machine

import whytune
from whytune.cli import cli
from whytune.engine.ledger.checkpoint import keys

from .ledgers import RULEBOOK, opened_up
from .reference import commands
from .stage import perform

NOW = "2026-12-15T10:00:00+00:00"
NO = (("prompt_enough", "no"), ("external_knowledge", "no"))
FACTS = {"prompt_enough": False, "external_knowledge": False, "need": "domain_terms", "examples": 100}

ASKED_AS: dict[str, tuple[type, str]] = {
    "advise": (whytune.Case, "document"),
    "audit checkpoint": (whytune.Ledger, "checkpoint"),
    "audit impact": (whytune.Ledger, "impact"),
    "audit list": (whytune.Ledger, "records"),
    "audit replay": (whytune.Ledger, "replay"),
    "audit show": (whytune.Ledger, "find"),
    "audit stats": (whytune.Ledger, "statistics"),
    "audit verify": (whytune.Ledger, "verify"),
    "bulk": (whytune.Rulebook, "decide"),
    "check": (whytune.Rulebook, "check"),
    "compare": (whytune.Case, "comparison"),
    "diff": (whytune.Rulebook, "difference"),
    "facts": (whytune.Rulebook, "facts"),
    "flip": (whytune.Case, "flips"),
    "graph": (whytune.Case, "flowchart"),
    "next": (whytune.Case, "next_question"),
    "reason": (whytune.Case, "reason"),
    "rules": (whytune.Rulebook, "rules"),
    "sql": (whytune.Rulebook, "sql"),
    "test": (whytune.Rulebook, "test"),
    "what-if": (whytune.Case, "what_if"),
    "why": (whytune.Case, "why"),
    "why-not": (whytune.Case, "why_not"),
}
"""Each question of the terminal about a rulebook, a case or a ledger, and what asks it in Python."""

NO_QUESTIONS = {
    "ask": "an interview of `next_question` and `but`",
    "audit export": "copies a file",
    "audit keygen": "makes files, as `whytune.keygen` does",
    "audit report": "the page of what `find` returns",
    "audit verify-export": "what `Ledger.verify` and `proof` ask of an export, too",
    "cost break-even": "of numbers, without a rulebook",
    "cost gpu": "of numbers, without a rulebook",
    "cost serve": "of numbers, without a rulebook",
    "cost tune": "of numbers, without a rulebook",
    "explain-check": "a page of the manual",
    "export": "makes files",
    "import": "makes files",
    "mcp": "a door",
    "new case": "makes files",
    "new rule": "makes files",
    "new rulebook": "makes files",
    "new table": "makes files",
    "rulebooks": "`whytune.rulebooks`",
    "schema": "makes files",
    "serve": "a door",
}


def test_what_the_terminal_asks_can_be_asked_in_python() -> None:
    assert isinstance(cli, click.Group)
    assert {" ".join(words) for words, _ in commands(cli)} == {*ASKED_AS, *NO_QUESTIONS}
    for face, name in ASKED_AS.values():
        assert getattr(face, name).__doc__


@pytest.fixture(scope="module")
def guide() -> whytune.Rulebook:
    return whytune.load("guide")


@pytest.fixture
def ledger(tmp_path: Path, guide: whytune.Rulebook) -> whytune.Ledger:
    """Two records: of the case above, and of a task for which a prompt is enough."""
    kept = whytune.Ledger(tmp_path / "advice.ledger")
    with time_machine.travel(NOW, tick=False):
        kept.record(
            guide.case(FACTS), by="Zoë", purpose="letters", title="A clinic", evidence={"examples": "TICKET-12"}
        )
        kept.record(guide.case(prompt_enough=True), by="Ann")
    return kept


def printed(ledger: whytune.Ledger, command: str, *options: str) -> str:
    done = perform("audit", command, *options, "--ledger", ledger.file)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_checkpoints_are_made_and_met_in_python(ledger: whytune.Ledger, tmp_path: Path) -> None:
    private, public = whytune.keygen(tmp_path / "auditor")
    assert Path(private).stat().st_mode & 0o77 == 0
    march = ledger.checkpoint(tmp_path / "march.json", key=private)
    april = ledger.checkpoint(tmp_path / "april.json", march, key=private, public_key=public)
    assert ledger.verify(march, april, public_key=public).checkpoints == 2
    for again in (lambda: ledger.checkpoint(march, key=private), lambda: whytune.keygen(tmp_path / "auditor")):
        with pytest.raises(whytune.WhytuneError, match="file exists"):
            again()
    with pytest.raises(whytune.WhytuneError, match=r"name a file that `ledger.checkpoint"):
        ledger.checkpoint(tmp_path / "may.json", public, key=private, public_key=public)
    with pytest.raises(whytune.WhytuneError, match=r"`whytune.keygen\(...\)` makes a pair"):
        ledger.checkpoint(tmp_path / "may.json", key=public)
    with opened_up(Path(ledger.file)) as connection:
        connection.execute("DELETE FROM records WHERE seq = 1")
    with pytest.raises(whytune.WhytuneError) as caught:
        ledger.checkpoint(tmp_path / "may.json", key=private)
    assert [problem.code for problem in caught.value.problems] == ["ledger-damaged"]
    assert not (tmp_path / "may.json").exists()


def test_a_ledger_is_told_in_the_words_of_the_terminal(ledger: whytune.Ledger, guide: whytune.Rulebook) -> None:
    assert f"{ledger.records()}\n" == printed(ledger, "list")
    assert f"{ledger.records(advice='lora')}\n" == printed(ledger, "list", "--advice", "lora")
    assert f"{ledger.statistics()}\n" == printed(ledger, "stats")
    assert ledger.verify().written("text", "short") + "\n" == printed(ledger, "verify")
    assert f"{ledger.replay()}\n" == printed(ledger, "replay", "--all")
    assert f"{ledger.impact(guide)}\n" == printed(ledger, "impact", "guide")
    shown = printed(ledger, "show", "1").replace(str(ledger.file), "LEDGER")
    assert ledger.find("1").written("text", "short").split() == shown.split()
    assert ledger.find("1").to_dict() == json.loads(printed(ledger, "show", "1", "--format", "json"))


def test_records_are_of_days_or_of_times(ledger: whytune.Ledger) -> None:
    day, time = date(2026, 12, 15), datetime(2026, 12, 15, 10, tzinfo=UTC)
    east = time.astimezone(timezone(timedelta(hours=14)))
    for since in (None, day, time, east, str(day), "2026-12-15T10:00:00Z", "2026-12-16T00:00:00+14:00"):
        for until in (None, day, time, east, str(day), "2026-12-15T10:00:00Z", "2026-12-16T00:00:00+14:00"):
            assert len(ledger.records(since=since, until=until, text=None).to_dict()) == 2, (since, until)
    for away in ({"since": "2026-12-16"}, {"until": date(2026, 12, 14)}, {"until": time - timedelta(seconds=1)}):
        assert ledger.records(**away).to_dict() == []
        assert ledger.statistics(**away).to_dict()["records"] == 0
    assert len(ledger.records(advice=None, rulebook=None, rule=None).to_dict()) == 2


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        *(({name: end}, name) for name in ("since", "until") for end in ("yesterday", "Tuesday", "2026-03", "", 3)),
        *(({name: end}, name) for name in ("since", "until") for end in ("2026-03-31T10:00", datetime(2026, 3, 31))),
        *(({name: count}, name) for name in ("page", "size") for count in (0, -1, 10**9, 1.5, "2")),
        ({"text": "a\u200bb"}, "text"),
    ],
    ids=str,
)
def test_what_is_asked_of_records_wrongly_is_told_by_its_name(
    ledger: whytune.Ledger, wanted: dict[str, Any], name: str
) -> None:
    with pytest.raises(whytune.WhytuneError) as error:
        ledger.records(**wanted)
    (problem,) = error.value.problems
    assert (problem.code in ("wrong-type", "bad-time", "bad-text"), str(problem.span)) == (True, name)


def test_a_record_keeps_who_what_for_and_the_evidence(ledger: whytune.Ledger) -> None:
    kept = ledger.find("1").to_dict()
    assert (kept["by"], kept["purpose"], kept["case"]) == ("Zoë", "letters", "A clinic")
    assert kept["evidence"] == {"examples": "TICKET-12"}
    assert kept["clock"] == "system"
    assert len(ledger) == 2


def test_what_is_given_of_a_record_is_checked(ledger: whytune.Ledger, guide: whytune.Rulebook) -> None:
    case = guide.case(prompt_enough=True)
    for wrong, code in (
        ({"evidence": {"exmaples": "TICKET-12"}}, "unknown-fact"),
        ({"by": "Zoë\0"}, "bad-text"),
        ({"title": "A\u200bclinic"}, "bad-text"),
    ):
        with pytest.raises(whytune.WhytuneError) as error:
            ledger.record(case, **wrong)
        assert [problem.code for problem in error.value.problems] == [code]
    with pytest.raises(whytune.WhytuneError, match="there is no record 9"):
        ledger.find("9")
    with pytest.raises(whytune.WhytuneError):
        whytune.Ledger(ledger.file + ".none").verify()


def test_values_that_were_kept_out_are_given_to_replay(tmp_path: Path) -> None:
    ledger = whytune.Ledger(tmp_path / "advice.ledger", "zh")
    loans = whytune.load(RULEBOOK, as_of="2026-03-31")
    identity = ledger.record(loans.case(member=True, days=2, debt=5))
    assert set(ledger.find(identity).to_dict()["facts"]["debt"]) == {"origin", "hash"}
    assert ledger.replay(identity, debt=5).same == 1
    wrong: tuple[tuple[dict[str, Any], str], ...] = (({}, "facts-kept-out"), ({"debt": 6}, "wrong-value"))
    for revealed, code in wrong:
        with pytest.raises(whytune.WhytuneError) as error:
            ledger.replay(identity, **revealed)
        assert [problem.code for problem in error.value.problems] == [code]
    assert "重放" in str(ledger.replay())


def test_a_checkpoint_shows_that_no_end_was_cut_off(ledger: whytune.Ledger, tmp_path: Path) -> None:
    pair = keys(bytes(range(32)))
    (tmp_path / "auditor.key").write_bytes(pair.private)
    (tmp_path / "auditor.pub").write_bytes(pair.public)
    with time_machine.travel(NOW, tick=False):
        signed = printed(ledger, "checkpoint", "--key", str(tmp_path / "auditor.key"))
    (tmp_path / "march.json").write_text(signed)
    assert ledger.verify(tmp_path / "march.json", public_key=tmp_path / "auditor.pub").checkpoints == 1
    with pytest.raises(ValueError, match="go together"):
        ledger.verify(tmp_path / "march.json")


@pytest.mark.slow
def test_costs_are_of_a_day(guide: whytune.Rulebook) -> None:
    case = guide.case(FACTS)
    with pytest.raises(whytune.WhytuneError, match="prices have dates"):
        case.costs()
    assert case.costs(as_of="2026-12-15").to_dict() == guide.as_of("2026-12-15").case(FACTS).costs().to_dict()
    settings = [f"--set={name}={value}" for name, value in (*NO, ("need", "domain_terms"), ("examples", "100"))]
    done = perform("advise", *settings, "--as-of", "2026-12-15", "--compare")
    assert str(case.comparison()) in done.stdout


def test_ledgers_and_cases_are_told_in_another_language_as_rulebooks_are(tmp_path: Path) -> None:
    book = whytune.load(RULEBOOK)
    ledger = whytune.Ledger(tmp_path / "l")
    identity = ledger.record(book.case(member=True, days=2))
    chinese = ledger.in_language("zh")
    asked = (ledger.case(identity), chinese.case(identity), book.case(member=True, days=2))
    told = [str(case.in_language("zh")) for case in asked]
    assert told[0] == told[1] == str(chinese.case(identity))
    assert told[2] == str(book.in_language("zh").case(member=True, days=2))
    assert str(chinese.records()) == str(whytune.Ledger(ledger.file, language="zh").records()) != str(ledger.records())
    for value in (ledger, *asked):
        with pytest.raises(whytune.WhytuneError, match="has no texts in `fr`"):
            value.in_language("fr")
