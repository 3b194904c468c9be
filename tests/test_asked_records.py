"""Whoever holds a ledger alone asks a record what its case could be asked, by every door, in the same words."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import whytune
from whytune import WhytuneError
from whytune.engine.ledger import replay
from whytune.engine.ledger.replay import Deviation
from whytune.engine.words.catalogue import LANGUAGES, phrase
from whytune.shown import Telling

from .ledgers import RULEBOOK, opened_up, recorded
from .looks import sampled
from .stage import ROOT, perform

FACTS = {"prompt_enough": False, "external_knowledge": False, "need": "domain_terms", "examples": 100}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[whytune.Ledger, str, whytune.Case]:
    """A ledger, the id of its record, and the case of that record under a rulebook that is there no more."""
    folder = tmp_path_factory.mktemp("kept")
    place = shutil.copytree(ROOT / "rules" / "guide", folder / "guide")
    ledger = whytune.Ledger(folder / "advice.ledger")
    case = whytune.load(place, as_of="2026-11-22").case(FACTS)
    identity = ledger.record(case, by="Ada", evidence={"examples": "TICKET-12"})
    shutil.rmtree(place)
    return ledger, identity, case


Kept = tuple[whytune.Ledger, str, whytune.Case]

Question = Callable[[whytune.Case], Telling]
QUESTIONS: dict[str, Question] = {
    "why": lambda case: case.why(),
    "why-not full": lambda case: case.why_not("full"),
    "what-if --set examples=20000": lambda case: case.what_if(examples=20000),
    "flip": lambda case: case.flips(),
    "reason": lambda case: case.reason(),
    "next": lambda case: case.next_question(),
}


def test_a_record_answers_as_its_case_did(kept: Kept) -> None:
    ledger, identity, case = kept
    again = ledger.case(identity)
    assert repr(again) == repr(case).replace(">", f", of record {identity}>")
    assert (again.facts.states, again.evidence, again.advisor.as_of) == (
        case.facts.states,
        {"examples": "TICKET-12"},
        case.advisor.as_of,
    )
    itself: Question = lambda case: case  # noqa: E731
    for ask in (itself, *QUESTIONS.values()):
        data = ask(again).to_dict()
        chain = {"first": 1, "last": 1, "fault": None}
        of_record = {"id": identity, "same": True, "difference": None, "kept_out": [], "chain": chain}
        assert data.pop("of_record") == of_record
        assert data == ask(case).to_dict()
        head, _, told = str(ask(again)).partition("\n\n")
        assert head.startswith(f"Record {identity} of ")
        assert told == str(ask(case))
    assert again.but(examples=20000).replayed is None


def typed(ledger: whytune.Ledger, question: str, *options: str) -> tuple[int, str, str]:
    """What a question at a terminal about the record ends with, prints, and says is wrong."""
    done = perform(*question.split(), *options, "--ledger", ledger.file)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("question", sampled(QUESTIONS, len(QUESTIONS)))
def test_a_terminal_asks_a_record_in_the_words_of_python(kept: Kept, question: str) -> None:
    ledger, identity, _ = kept
    ask, options = QUESTIONS[question], (question, "--of-record", identity)
    chinese = whytune.Ledger(ledger.file, "zh").case(identity)
    text = ask(ledger.case(identity)).written("text", "short")
    assert typed(ledger, *options) == (0, f"{text.rstrip()}\n", "")
    assert typed(ledger, *options, "--language", "zh")[1].rstrip() == ask(chinese).written("text", "short").rstrip()
    data = json.loads(typed(ledger, *options, "--format", "json")[1])
    assert {**data, "question": None} == {**json.loads(ask(ledger.case(identity)).write("json")), "question": None}


def test_a_terminal_asks_a_record_for_its_advice_and_its_way(kept: Kept) -> None:
    ledger, identity, _ = kept
    for command in ("advise", "graph"):
        assert typed(ledger, command, "--of-record", identity)[0] == 0
    assert json.loads(typed(ledger, "advise", "--of-record", identity, "--format", "json")[1])["of_record"]["same"]


def test_a_record_is_asked_by_its_own_rules_alone(kept: Kept) -> None:
    ledger, identity, _ = kept
    for others, wrong in (
        (("case.yaml",), "give either CASE or --of-record ID"),
        (("--rulebook", "guide"), "--rulebook does not go with --of-record: "),
        (("--as-of", "2026-11-22"), "--as-of does not go with --of-record: "),
    ):
        code, _, said = typed(ledger, "why", "--of-record", identity, *others)
        assert (code, wrong in said) == (2, True)
    assert "--ledger goes with --of-record ID" in typed(ledger, "why")[2]
    twice = typed(ledger, "advise", "--of-record", identity, "--record", ledger.file)
    assert "--record does not go with --of-record" in twice[2]
    assert len(ledger) == 1


@pytest.mark.slow
def test_a_variable_names_the_ledger_and_nothing_is_kept_again(kept: Kept) -> None:
    ledger, identity, _ = kept
    done = perform("advise", "--of-record", identity, WHYTUNE_LEDGER=ledger.file, WHYTUNE_RULEBOOK="practice")
    assert (done.returncode, done.stderr, len(ledger)) == (0, "", 1)
    done = perform("graph", "--of-record", identity, WHYTUNE_LEDGER=ledger.file)
    assert done.returncode == 0
    assert "name the ledger of the record: --ledger LEDGER" in perform("why", "--of-record", identity).stderr


def test_what_was_left_out_may_still_be_asked_for(tmp_path: Path) -> None:
    ledger = whytune.Ledger(tmp_path / "l")
    guide = whytune.load("guide")
    for facts in ({"prompt_enough": False}, {"prompt_enough": False, "external_knowledge": "unknown"}):
        case = guide.case(facts)
        again = ledger.case(ledger.record(case))
        assert again.next_question().fact == "external_knowledge"
        assert again.facts.states == case.facts.states


def test_what_was_given_is_not_said_to_be_unknown(tmp_path: Path) -> None:
    ledger = whytune.Ledger(tmp_path / "l")
    identity = ledger.record(whytune.load("guide").case({"prompt_enough": False}))
    unknown = ("wrong-value", "`what-if` asks what would come out with that value")
    assert problems(lambda: ledger.case(identity, prompt_enough="unknown")) == [unknown]
    assert ledger.case(identity, external_knowledge="unknown").facts.given == {"prompt_enough": "no"}
    settings = ("--set", "prompt_enough=unknown", "--ledger", ledger.file)
    for command in (("why", "--of-record", identity), ("audit", "replay", identity)):
        done = perform(*command, *settings)
        assert (done.returncode, "another value of `prompt_enough`" in done.stderr) == (3, True)


def test_what_a_ledger_does_not_keep_is_not_looked_for(kept: Kept, tmp_path: Path) -> None:
    ledger, identity, _ = kept
    case = ledger.case(identity)
    assert "--prices guide" in problems(case.costs)[0][1]
    assert "`advise CASE --rulebook guide --compare`" in problems(case.comparison)[0][1]
    for action, hint in ((case.costs, 'prices="guide"'), (case.comparison, "`case(...).comparison()`")):
        with pytest.raises(WhytuneError) as caught:
            action()
        assert hint in str(caught.value)
    for ask in (case.costs, case.comparison, lambda: whytune.Ledger(tmp_path / "other").record(case)):
        with pytest.raises(WhytuneError) as caught:
            ask()
        assert [problem.code for problem in caught.value.problems] == ["missing-file"]
    assert case.costs(prices="guide").to_dict()["of_record"]["id"] == identity
    assert case.summary().to_dict()["costs"] is None


def test_another_answer_than_was_recorded_is_told_first(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger, identity, _ = kept
    otherwise = Deviation("recommendation.decisions.approach.advice", '"rag"', '"lora"', True)
    monkeypatch.setattr(replay, "_difference", lambda *about: otherwise)
    answer = ledger.case(identity).why_not("full")
    assert answer.to_dict()["of_record"]["difference"] == otherwise._asdict()
    lines = str(answer).splitlines()
    assert lines[1] == "Asked again, it does not come out as it was recorded. What follows is what comes out now."
    assert [line.strip() for line in lines[2:6]] == [
        f"{identity}: the advice is different",
        "first difference: recommendation.decisions.approach.advice",
        '- "rag"',
        '+ "lora"',
    ]


def problems(action: Any) -> list[tuple[str, str]]:
    with pytest.raises(WhytuneError) as caught:
        action()
    return [(problem.code, str(problem.hint or "")) for problem in caught.value.problems]


def test_a_record_that_keeps_values_out_is_asked_by_those_who_know_them(tmp_path: Path) -> None:
    ids = [record.id for record in recorded(tmp_path / "l", 2)]
    ledger = whytune.Ledger(tmp_path / "l")
    assert problems(lambda: ledger.case(ids[1])) == [("facts-kept-out", "give what was kept out: trusted=…")]
    assert problems(lambda: ledger.case(ids[1], trusted=True)) == [("wrong-value", "")]
    otherwise = ("wrong-value", "`what-if` asks what would come out with that value")
    assert problems(lambda: ledger.case(ids[1], trusted=False, days=3)) == [otherwise]
    assert ledger.case(ids[1], trusted=False, days="7.5").facts.given["trusted"] == "no"
    told = typed(ledger, "what-if", "--of-record", ids[1], "--set", "trusted=no", "--set", "days=3")
    assert (told[0], "7.5 days → 3 days" in told[1]) == (0, True)
    for revealing, changing in (("trusted=no", "trusted=yes"), (" trusted = no", "trusted=yes")):
        told = typed(ledger, "what-if", "--of-record", ids[1], "--set", revealing, "--set", changing)
        assert (told[0], "no → yes" in told[1]) == (0, True)


def test_a_record_that_was_changed_is_not_asked(tmp_path: Path) -> None:
    recorded(tmp_path / "l", 2)
    ledger = whytune.Ledger(tmp_path / "l")
    with opened_up(tmp_path / "l") as connection:
        connection.execute("UPDATE records SET body = replace(body, '7.5', '8.5') WHERE seq = 2")
        connection.execute("DELETE FROM files")
    assert [code for code, _ in problems(lambda: ledger.case(2))] == ["ledger-damaged"]
    assert [code for code, _ in problems(lambda: ledger.case(1))] == ["ledger-damaged"]
    assert [code for code, _ in problems(lambda: ledger.case("3-00000000"))] == ["unknown-record"]


def asks(ledger: whytune.Ledger | None, *tokens: Any) -> Any:
    """A service with this ledger, to be asked."""
    client = pytest.importorskip("starlette.testclient", reason="needs whytune[web]")
    from whytune.web.guard import Rules
    from whytune.web.library import shelved
    from whytune.web.service import Limits, Service

    library = shelved(["guide", "practice"], ledger.file if ledger else None)
    application = Service(library, Rules(tokens=tokens), Limits()).application()
    return client.TestClient(application, base_url="http://127.0.0.1:8020", raise_server_exceptions=False)


ADDRESSES = {
    "why": "why?",
    "why-not full": "why-not?option=full&",
    "what-if --set examples=20000": "what-if?changes.examples=20000&",
    "flip": "flip?",
    "reason": "reason?",
}


def test_the_service_asks_a_record_in_the_same_words(kept: Kept) -> None:
    ledger, identity, _ = kept
    client = asks(ledger)
    for question, address in ADDRESSES.items():
        answer = client.get(f"/v1/{address}of_record={identity}")
        assert answer.json() == QUESTIONS[question](ledger.case(identity)).to_dict()
        assert answer.headers["whytune-rulebook"].startswith("guide 1.1.0; ")
        assert "etag" not in answer.headers
        text = client.get(f"/v1/{address}of_record={identity}&format=text").text
        assert text.rstrip() == QUESTIONS[question](ledger.case(identity)).written("text", "short").rstrip()
    advice = client.get(f"/v1/advise?of_record={identity}").json()
    assert advice == json.loads(ledger.case(identity).write("json"))
    assert client.get(f"/v1/next?of_record={identity}").json()["fact"] == ledger.case(identity).next_question().fact
    assert client.get(f"/v1/graph.svg?of_record={identity}").status_code == 200
    assert client.get(f"/v1/facts?of_record={identity}").json()["problems"][0]["code"] == "unknown-key"


def test_what_a_record_keeps_out_is_asked_for_without_an_option_of_a_command(tmp_path: Path) -> None:
    pytest.importorskip("mcp", reason="needs whytune[mcp]")
    from whytune.web.assistants import tools
    from whytune.web.library import shelved

    recorded(tmp_path / "l", 2)
    ledger = whytune.Ledger(tmp_path / "l")
    told = ("facts-kept-out", "give what was kept out: trusted=…")
    (sent,) = asks(ledger).get("/v1/why?of_record=2").json()["problems"]
    assert (sent["code"], sent["hint"]) == told
    library = shelved(["guide"], ledger.file)
    assert problems(lambda: tools.called("why", {"of_record": "2"}, library)) == [told]
    assert told[1] in asks(ledger).get("/why?of_record=2").text


def test_what_a_record_keeps_out_is_given_by_every_door_to_replay_and_to_prove_it(tmp_path: Path) -> None:
    recorded(tmp_path / "l", 2)
    ledger = whytune.Ledger(tmp_path / "l")
    client = asks(ledger)
    assert "not known.  (`.replay(ID, FACT=VALUE)`)" in str(ledger.replay()).replace("\n", " ")
    assert "each fact with --set: trusted=…" in typed(ledger, "audit replay 2")[2]
    data = ledger.replay("2", trusted=False).to_dict(), ledger.proof("2", trusted=False).to_dict()
    for address, told in zip(("/v1/replay", "/v1/verify"), data, strict=True):
        assert client.get(f"{address}?name=2&facts.trusted=no").json() == told
        lacking = client.get(f"{address}?facts.trusted=no").json()["problems"]
        assert [(problem["code"], problem["message"]) for problem in lacking] == [("missing-key", "`name` is missing")]
        wrong = client.get(f"{address}?name=2&facts.trusted=yes").json()["problems"]
        assert [problem["code"] for problem in wrong] == ["wrong-value"]
    assert data[0]["same"] == 1
    assert data[1]["replay"]["same"]


@pytest.mark.slow
def test_pages_that_replay_or_prove_a_record_ask_for_what_it_keeps_out(tmp_path: Path) -> None:
    (_, kept) = [record.id for record in recorded(tmp_path / "l", 2)]
    client = asks(whytune.Ledger(tmp_path / "l"))
    assert f'name={kept}">{kept}</a>: trusted' in client.get("/replay").text
    for page in ("/replay", "/verify"):
        form = client.get(f"{page}?name=2").text.partition(f'action="{page}"')[2].partition("</form>")[0]
        assert {*re.findall(r' name="([^"]+)"', form)} == {"language", "name", "facts.trusted"}
        assert client.get(f"{page}?name=2&facts.trusted=no").status_code == 200


def test_the_service_takes_nothing_beside_a_record(kept: Kept) -> None:
    ledger, identity, _ = kept
    client = asks(ledger)
    wrong = {"rulebook=guide": "contradiction", "as_of=2026-11-22": "contradiction", "facts.examples=3": "wrong-value"}
    for other, code in wrong.items():
        answer = client.get(f"/v1/why?of_record={identity}&{other}")
        assert [problem["code"] for problem in answer.json()["problems"]] == [code]
    sent = client.post(f"/v1/why?of_record={identity}", json={"examples": 3})
    assert sent.json()["problems"][0]["message"] == "`body` does not go with `of_record`"
    assert asks(None).get("/v1/why?of_record=1").json()["problems"][0]["code"] == "not-a-ledger"


@pytest.mark.slow
def test_a_page_asks_those_who_know_for_what_a_record_keeps_out(tmp_path: Path) -> None:
    recorded(tmp_path / "l", 2)
    client = asks(whytune.Ledger(tmp_path / "l"))
    assert client.get("/v1/why?of_record=2").json()["problems"][0]["code"] == "facts-kept-out"
    assert client.get("/v1/why?of_record=2&facts.trusted=no").json()["of_record"]["same"]
    for address in ("/records?name=2", "/why-not?of_record=2&option=lend&facts.trusted="):
        page = client.get(address).text
        assert "keeps out what was given as" in page
        assert "--set" not in page.partition("keeps out")[2].partition("<form")[0]
        fields = re.findall(r' name="([^"]+)"', page.partition("keeps out")[2])
        assert {"of_record", "facts.trusted"} <= {*fields} <= {"of_record", "facts.trusted", "language", "option"}
    assert client.get("/advise?of_record=2&facts.trusted=no").status_code == 200
    wrong = client.get("/advise?of_record=2&facts.trusted=yes")
    assert (wrong.status_code, 'name="facts.trusted"' in wrong.text) == (422, True)
    assert "<form" not in client.get("/advise?of_record=1&facts.days=5").text


def test_pages_that_are_about_no_case_refuse_a_record_as_their_data_do(kept: Kept) -> None:
    pytest.importorskip("starlette", reason="needs whytune[web]")
    from whytune.web.asking import asking
    from whytune.web.library import shelved
    from whytune.web.pages import page
    from whytune.web.routes import ROUTES

    query = asking(shelved(["guide"], kept[0].file), [("of_record", kept[1])])
    about_none = [route for route in ROUTES.values() if not (route.is_about_a_case or route.estimates or route.writes)]
    assert {"rules", "cases", "check", "test", "compare"} <= {route.name for route in about_none}
    for route in about_none:
        error = page(route.name, query).error
        assert error is not None, route.name
        assert "`of_record` means nothing here" in [problem.message for problem in error.problems], route.name
        assert "unknown-key" in [code for code, _ in problems(lambda route=route: route.check(query))]


NEEDED = ("light", "quick", "silent")
NEEDS = """\
  - fact: needs
    kind: choices
    ask: {en: What must the laptop be?, zh: 笔记本电脑须具备什么？}
    label: {en: Needs, zh: 要求}
    values: [light, quick, silent]
    labels:
      light: {en: light, zh: 轻便}
      quick: {en: quick, zh: 快速}
      silent: {en: silent, zh: 静音}
    assume: [light]
    sensitive: yes

decisions:
"""


def test_the_form_for_kept_out_values_of_a_list_asks_for_exactly_these_and_assumes_nothing(tmp_path: Path) -> None:
    written = RULEBOOK.read_text(encoding="utf-8").replace("decisions:\n", NEEDS, 1)
    (tmp_path / "loans.yaml").write_text(written, encoding="utf-8")
    book, ledger = whytune.load(tmp_path / "loans.yaml"), whytune.Ledger(tmp_path / "l")
    one = ledger.record(book.case({"member": True, "needs.quick": True, "trusted": False}))
    none = ledger.record(book.case({"member": True, "needs.light": False, "needs.quick": False, "needs.silent": False}))
    client = asks(ledger)
    for identity, hidden, told in (
        (one, ["trusted", "needs.quick"], "facts.trusted=no&facts.needs.quick=yes"),
        (none, [f"needs.{need}" for need in NEEDED], "&".join(f"facts.needs.{need}=no" for need in NEEDED)),
    ):
        page = client.get(f"/records?name={identity}").text
        form = page.partition('action="/advise"')[2].partition("</form>")[0]
        assert re.findall(' name="facts.([^"]+)"', form) == hidden
        assert "is assumed" not in form
        assert client.get(f"/advise?of_record={identity}&{told}").status_code == 200


def test_the_command_that_asks_a_record_is_the_same_in_each_language() -> None:
    parts = {"id": "1", "option": "full", "options": "full", "given": ""}
    assert len({phrase("record_asks", language, **parts).partition("whytune")[2] for language in LANGUAGES}) == 1


def test_the_page_of_a_record_leads_to_its_questions(kept: Kept) -> None:
    ledger, identity, _ = kept
    from whytune.web.guard import Token

    client = asks(ledger, Token("0123456789-reader", "read"))
    client.headers["Authorization"] = "Bearer 0123456789-reader"
    page = client.get("/records?name=1").text
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"]+of_record=[^"]+)"', page)]
    assert f"/why-not?language=en&of_record={identity}&option=full" in links
    for link in links:
        asked = client.get(link)
        assert asked.status_code == 200, link
        assert f"of_record={identity}" in asked.text or link.startswith("/what-if")
        assert f'href="/records?language=en&amp;name={identity}"' in asked.text
        assert asked.headers["cache-control"] == "no-store"  # its address may reveal what the record keeps out
        assert 'href="/rules?language=en"' in asked.text
        assert client.get(link.replace("language=en", "language=zh")).status_code == 200
    chinese = client.get("/records?name=1&language=zh").text
    assert "为什么不是“全量微调”？" in chinese


@pytest.mark.slow
def test_a_ledger_that_is_sent_is_asked_by_a_command(kept: Kept) -> None:
    ledger, _, _ = kept
    for language, says in (
        ("en", "Nothing of a ledger that is sent is kept here."),
        ("zh", "提交的账本不会保存在此处"),
    ):
        with open(ledger.file, "rb") as file:
            page = asks(None).post(f"/verify?language={language}", files={"ledger": file}).text
        assert says in page
        assert "whytune why-not OPTION --of-record ID --ledger LEDGER" in page


def test_only_of_a_whole_ledger_is_it_said_that_its_records_can_be_asked(tmp_path: Path) -> None:
    pytest.importorskip("starlette", reason="needs whytune[web]")
    from whytune.engine.ledger.export import export
    from whytune.engine.ledger.store import Ledger
    from whytune.web.asking import SentFile, asking
    from whytune.web.library import shelved
    from whytune.web.pages import page

    recorded(tmp_path / "l", 2)
    with Ledger.to_read(tmp_path / "l") as ledger:
        exported = b"".join(export(ledger))
    whole = (tmp_path / "l").read_bytes()
    with opened_up(tmp_path / "l") as connection:
        connection.execute("UPDATE records SET body = replace(body, '3.5', '8.5') WHERE seq = 1")
    query = asking(shelved(["guide"], None), [])
    for data, is_asked in ((whole, True), (exported, False), ((tmp_path / "l").read_bytes(), False)):
        frame = page("verify", replace(query, files=(SentFile("ledger", "l", data),), is_posted=True))
        assert frame.error is None
        assert ("--of-record ID" in frame.text) == is_asked


def test_an_assistant_asks_a_record_where_there_is_a_ledger(kept: Kept) -> None:
    pytest.importorskip("mcp", reason="needs whytune[mcp]")
    from whytune.web.assistants import tools
    from whytune.web.library import shelved

    ledger, identity, _ = kept
    library = shelved(["guide"], ledger.file)
    answer = tools.called("why_not", {"option": "full", "of_record": identity}, library)
    expected = ledger.case(identity).why_not("full")
    assert (answer.data, answer.text) == (expected.to_dict(), expected.written("markdown", "short"))
    tool = tools.TOOLS["why_not"]
    assert "of_record" in tool.takes(library)["properties"]
    assert "of_record" not in tool.takes(shelved(["guide"], None))["properties"]
