"""The pages of a ledger: searched, counted, drawn, asked again, taken away, and proved."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("starlette", reason="needs whytune[web]")

import whytune
from whytune.diagrams.bars import LENGTH, Bars
from whytune.engine.ledger.checkpoint import keys, read, sign
from whytune.engine.ledger.export import Export
from whytune.engine.ledger.record import Record, without_hash
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import verify
from whytune.engine.words.catalogue import LANGUAGES, phrase
from whytune.engine.words.lettering import columns_of
from whytune.engine.words.speaker import Speaker
from whytune.prose.conditions import policy_of
from whytune.prose.page import elements
from whytune.web.apart import Workshop
from whytune.web.asking import asking
from whytune.web.exported import exported
from whytune.web.library import Bookcase
from whytune.web.pages import page
from whytune.web.received import MAX_FIELDS, MAX_TEXTS
from whytune.web.routes import ROUTES
from whytune.web.sent_tables import chunks

from .laws import tries
from .ledgers import ADVISOR, CASES, RULEBOOK, at, drafted, opened_up, recorded
from .test_service import asks

BOOK = whytune.load(RULEBOOK)
Pairs = Iterable[tuple[str, str]]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[Record]]:
    file = tmp_path_factory.mktemp("ledger") / "l"
    return str(file), recorded(file, 7)


def shown(ledger: str, page_name: str, /, **asked: str) -> str:
    """The page of this name about a ledger."""
    frame = page(page_name, asking(Bookcase([BOOK], ledger), asked.items()))
    assert frame.error is None, frame.error
    return frame.text


@tries(20)
@given(st.dictionaries(st.text(max_size=60), st.integers(1, 10**9), min_size=1, max_size=3))
def test_a_bar_is_as_long_as_its_number_and_says_what_it_counts(counts: dict[str, int]) -> None:
    bars = Bars("<How often>", tuple(counts.items()), "en")
    drawn = bars.svg()
    lengths = [float(length) for length in re.findall(r'<rect [^>]*width="([\d.]+)"', drawn)]
    assert lengths == pytest.approx([LENGTH * count / max(counts.values()) for count in counts.values()], abs=0.06)
    assert [text for text in re.findall(r">([\d,]+)</text>", drawn) if text in {f"{one:,}" for one in counts.values()}]
    assert len(bars.outline(200).splitlines()) == len(counts)
    assert max(map(columns_of, bars.outline(40).splitlines())) <= 40
    assert not re.search(r"<(?!/?(svg|title|desc|style|rect|text)\b)", drawn)
    assert bars.mermaid().endswith(f"bar [{', '.join(map(str, counts.values()))}]\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_statistics_are_bars_and_the_flowchart_with_the_number_of_each_way(
    ledger: tuple[str, list[Record]], language: str
) -> None:
    file, records = ledger
    text = shown(file, "stats", language=language)
    speaker, outcomes = Speaker(ADVISOR.rulebook, language), Counter(record.outcomes["lending"] for record in records)
    for name, count in outcomes.items():
        if name != "open":
            said = phrase("within", language, value=speaker.option("lending", name), bounds=name)
            assert re.search(rf">{re.escape(said)}</text><rect [^>]*/><text [^>]*>{count}</text>", text)
    letters, listed = re.sub(r"<[^>]+>|\s", "", text), shown(file, "records", language=language)
    deciding = {
        rule for record in records for rule in record.data["recommendation"]["decisions"]["lending"]["decided_by"]
    }
    for rule in deciding & {*ADVISOR.rulebook.rule}:
        named = phrase("within", language, value=speaker.rule(rule), bounds=rule)
        assert (named.replace(" ", "") in letters, named in listed, speaker.rule(rule) in listed) == (True, False, True)
        decided = (
            record for record in records if rule in record.data["recommendation"]["decisions"]["lending"]["decided_by"]
        )
        assert rule in shown(file, "records", language=language, name=next(decided).id)
    policy = policy_of("lending.if_none_stands", "lending", language) or ""
    assert "lending" in policy
    assert policy in unescape(listed)
    assert phrase("within", language, value=policy, bounds="lending.if_none_stands").replace(" ", "") in letters
    ways = text.rpartition("<figure>")[2]
    taken = [int(count) for count in re.findall(r"(?:\(|（|>)(\d+)(?:\)|）|<)", ways)]
    assert max(taken) == len(records)
    assert shown(file, "stats", language=language, text="nobody").count("<figure>") == 0


def test_the_ways_are_those_of_the_records_that_are_asked_for(ledger: tuple[str, list[Record]]) -> None:
    file, records = ledger
    for advice, count in Counter(record.outcomes["lending"] for record in records).items():
        picture = ROUTES["stats.svg"].answer(asking(Bookcase([BOOK], file), [("advice", advice)]))
        assert f"Recorded cases shown: {count}" in unescape(str(picture)).replace("\n", " ")


def test_records_are_found_by_each_field_and_each_leads_to_its_page(ledger: tuple[str, list[Record]]) -> None:
    file, records = ledger
    everything = shown(file, "records")
    for record in records:
        assert f'<th scope="row"><a href="/records?language=en&amp;name={record.id}">{record.id}</a></th>' in everything
    for field, value in (("advice", "grant"), ("rule", "none"), ("since", "2026-03-04"), ("until", "2026-03-02")):
        kept = {record["id"] for record in data(file, [(field, value)])}
        listed = {record.id for record in records if f">{record.id}</a>" in shown(file, "records", **{field: value})}
        assert listed == kept
    assert "--page" not in shown(file, "records", size="3")


def data(file: str, pairs: Pairs) -> list[dict[str, str]]:
    answer = ROUTES["records"].answer(asking(Bookcase([BOOK], file), pairs))
    assert not isinstance(answer, str)
    return [*answer.to_dict()]


def test_pages_of_records_lead_to_all_of_them(ledger: tuple[str, list[Record]]) -> None:
    file, records = ledger
    ids: list[str] = []
    address: str | None = "/records?size=3"
    while address:
        asked = dict(parse_qsl(address.partition("?")[2]))
        text = shown(file, "records", **asked)
        ids += re.findall(r'<th scope="row"><a [^>]*>([^<]+)<', text)
        older = re.search(r'<a href="([^"]*)">Older records', text)
        address = unescape(older[1]) if older else None
    assert ids == [record.id for record in reversed(records)]


def test_a_record_is_a_report_with_its_pictures_and_what_can_be_done_with_it(ledger: tuple[str, list[Record]]) -> None:
    file, records = ledger
    text = shown(file, "records", name=records[0].id)
    for part in ("<svg", "What would have changed the advice", records[0].hash, "/replay?", "/export.jsonl?"):
        assert part in text
    assert "gives the same result again" in shown(file, "replay", name=records[0].id)
    assert "Records with the same result again" in shown(file, "replay")


def test_the_impact_of_another_rulebook_is_asked_for_by_a_form(ledger: tuple[str, list[Record]]) -> None:
    file, records = ledger
    empty = shown(file, "impact")
    assert 'name="new"' in empty
    text = shown(file, "impact", new="loans", as_of="2026-03-04")
    effect = whytune.Ledger(file).impact(BOOK.as_of("2026-03-04"))
    assert effect.looked_at == len(records)
    for element in elements(effect.document().headed):
        assert str(element) in text


def test_a_rulebook_that_none_of_the_newest_records_can_be_put_to_is_offered_last_and_says_so(
    ledger: tuple[str, list[Record]], tmp_path: Path
) -> None:
    (tmp_path / "too.yaml").write_text(RULEBOOK.read_text().replace("name: loans\n", "name: loans_too\n"))
    books = [whytune.load("guide"), BOOK, whytune.load(tmp_path / "too.yaml")]
    form = page("impact", asking(Bookcase(books, ledger[0]), [("language", "en")])).text
    offered = re.findall("<option value=[^>]*>[^<]*", form)
    unable = "guide (none of the 7 newest records has facts that it can take)"
    assert offered == [
        '<option value="loans">loans',
        '<option value="loans_too">loans_too',
        f'<option value="guide">{unable}',
    ]


def test_a_rulebook_takes_the_facts_of_its_own_records_whatever_they_keep_out(tmp_path: Path) -> None:
    with Ledger.to_append(tmp_path / "l") as ledger:
        assert ledger.append(drafted(CASES[1]), partial(at, 0)).hidden
    shelf = Bookcase([whytune.load("guide"), BOOK], str(tmp_path / "l"))
    form = page("impact", asking(shelf, [("language", "en")])).text
    unable = "guide (the only record has facts that it cannot take)"
    assert re.findall("<option value=[^>]*>([^<]*)", form) == ["loans", unable]


def test_an_export_verifies_and_a_record_is_taken_away_as_it_is_stored(
    ledger: tuple[str, list[Record]], tmp_path: Path
) -> None:
    file, records = ledger
    bookcase = Bookcase([BOOK], file)
    whole = exported(asking(bookcase, []))
    (tmp_path / whole.name).write_bytes(b"".join(chunks(whole.file)))
    with Export(tmp_path / whole.name) as export:
        verification = verify(export)
    assert verification.fault is None
    assert verification.end.length == len(records)
    one = exported(asking(bookcase, [("name", records[2].id)]))
    line = b"".join(chunks(one.file))
    assert one.name == f"{records[2].id}.jsonl"
    assert json.loads(line) == records[2].data
    assert sha256(without_hash(line.removesuffix(b"\n"), records[2].hash)).hexdigest() == records[2].hash


def test_checkpoints_show_on_the_page_that_the_end_was_cut_off(tmp_path: Path) -> None:
    file = tmp_path / "l"
    recorded(file, 3)
    made = keys(bytes(32))
    with Ledger.to_read(file) as opened:
        signed = sign(verify(opened).end, datetime(2026, 3, 4, tzinfo=UTC), made.private, "k")
    checkpoint = read(signed, "c", made.public, "k.pub")

    def verdict() -> str:
        return page("verify", asking(Bookcase([BOOK], str(file), signed=(checkpoint,)), [])).text

    assert "Checkpoints met: 1" in verdict()
    assert "No checkpoint was given" in shown(str(file), "verify")
    with opened_up(file) as connection:
        connection.execute("DELETE FROM records WHERE seq = 3")
    assert "the end was cut off" in verdict()


FORM = {"Content-Type": "multipart/form-data; boundary=x"}


def part(field: str, file: str, content: str) -> str:
    """A part of a form: a file in a field."""
    return f'--x\r\nContent-Disposition: form-data; name="{field}"; filename="{file}"\r\n\r\n{content}\r\n'


UNCHOSEN = part("checkpoint", "", "") + part("public_key", "", "") + "--x--"
"""What a browser sends of a form in which no file was chosen."""


def test_a_checkpoint_is_given_on_the_page_or_over_http(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Workshop, "run", lambda shop, function, *arguments: function(*arguments))
    file = tmp_path / "l"
    recorded(file, 3)
    made, other = keys(bytes(32)), keys(bytes([1] * 32))
    with Ledger.to_read(file) as opened:
        signed = sign(verify(opened).end, datetime(2026, 3, 4, tzinfo=UTC), made.private, "k")
    sent = [("checkpoint", ("<march>.json", signed)), ("public_key", ("a.pub", made.public))]
    with asks(ledger=str(file)) as client:

        def answered(files: list[tuple[str, tuple[str, bytes]]]) -> tuple[int, Any]:
            answer = client.post("/v1/verify", files=files)
            return answer.status_code, answer.json()

        assert answered(sent)[1]["checkpoints"] == 1
        assert answered([sent[0], sent[0], sent[1]])[1]["checkpoints"] == 2
        assert [problem["code"] for problem in answered(sent[:1])[1]["problems"]] == ["missing-key"]
        assert "sent 3 times" in answered([*sent, sent[1], sent[1]])[1]["problems"][0]["message"]
        assert answered([("march", sent[0][1])])[1]["problems"][0]["hint"] == "it may be ledger, checkpoint, public_key"
        wrong = client.post("/verify", files=[sent[0], ("public_key", ("b.pub", other.public))])
        assert wrong.status_code == 422
        for page_with_form in (wrong.text, client.get("/verify").text):
            assert 'type="file" id="checkpoint" name="checkpoint" multiple>' in page_with_form
        assert "&lt;march&gt;.json" in wrong.text
        unchosen = client.post("/verify?language=en", content=UNCHOSEN, headers=FORM)
        assert (unchosen.status_code, "no file came with the form" in unchosen.text) == (422, True)
        assert "No checkpoint was given" not in unchosen.text
        assert 'type="file" id="checkpoint"' in unchosen.text
        with opened_up(file) as connection:
            connection.execute("DELETE FROM records WHERE seq = 3")
        chinese = client.post("/verify", data={"language": "zh"}, files=sent).text
    assert '<html lang="zh">' in chinese
    assert "末尾被删除" in chinese


def test_a_form_that_breaks_off_is_refused() -> None:
    form = part("checkpoint", "c", "zh") + "--x--"
    ends = [0, *(place.end() for place in re.finditer("\\W+", form)), len(form) - 1]
    with asks() as client:
        answers = [client.post("/v1/verify", content=form[:end], headers=FORM) for end in ends if end < len(form)]
    assert {answer.status_code for answer in answers} == {400}
    assert all("breaks off" in answer.text for answer in answers)


def test_a_form_of_too_many_files_or_fields_is_told_how_many_it_may_have() -> None:
    checkpoints = [("checkpoint", ("c.json", b"{}"))] * (MAX_FIELDS + 1)
    with asks() as client:
        answers = [
            client.post("/v1/verify", files=checkpoints),
            client.post("/v1/verify", data={"rulebook": ["guide"] * (MAX_FIELDS + 1)}, files=checkpoints[:1]),
            client.post("/edit", data={"text": [""] * (MAX_TEXTS + 1)}),
        ]
    assert [answer.status_code for answer in answers] == [413] * len(answers)
    assert all("no more than 20 fields and 20 files" in answer.text for answer in answers[:-1])
    assert "no more than 500 fields" in answers[-1].text


def test_commands_stand_aside_on_a_page_of_records_and_a_bad_one_leads_to_the_proof(
    ledger: tuple[str, list[Record]],
) -> None:
    file, records = ledger
    for name, asked in (("records", {"name": records[0].id}), ("verify", {})):
        text = shown(file, name, **asked)
        assert text.count("<pre><code>whytune audit") == 3
        inside = re.findall(r"<details><summary>At a terminal</summary>(.*?)</details>", text, re.DOTALL)
        counts = [part.count("<pre><code>whytune audit") for part in inside]
        assert counts == ([3, 0] if name == "records" else [3])  # those that ask the record are folded apart
    assert "/verify?language=en" in page("records", asking(Bookcase([BOOK], file), [("name", "99")])).text


@pytest.mark.parametrize("name", ["records", "stats", "impact"])
def test_a_form_keeps_what_was_filled_in_where_it_is_wrong(ledger: tuple[str, list[Record]], name: str) -> None:
    asked = [("since", "yesterday"), ("text", "<Ada>"), *([("new", "loans")] if name == "impact" else [])]
    frame = page(name, asking(Bookcase([BOOK], ledger[0]), asked))
    assert frame.error
    assert 'value="yesterday"' in frame.text
    assert 'value="&lt;Ada&gt;"' in frame.text
