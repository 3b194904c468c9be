"""A record gives its recommendation again from itself alone; another rulebook shows what it would change."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whytune.engine import Advisor, Rulebook, WhytuneError
from whytune.engine.language.case import CaseFacts, from_python, resolve
from whytune.engine.language.casefile import read_case
from whytune.engine.language.loading import files_of, loads
from whytune.engine.language.source import read
from whytune.engine.language.value import Value
from whytune.engine.ledger.canonical import canonical
from whytune.engine.ledger.content import content
from whytune.engine.ledger.drafting import entry
from whytune.engine.ledger.export import Export
from whytune.engine.ledger.impact import AdviceMove, impact
from whytune.engine.ledger.record import Circumstances, Entry, Head, Record
from whytune.engine.ledger.recorded import CONCEALED, answer_of, facts_of
from whytune.engine.ledger.replay import Replayer
from whytune.engine.ledger.selection import Selection, chosen
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import rulebook_of
from whytune.engine.words.speaker import Speaker
from whytune.prose import terminal
from whytune.prose.records import impact as tell_impact
from whytune.reopening import reopened

from .generated import documents, edited, partial_facts
from .laws import tries
from .ledgers import ADVISOR, CASES, FILES, RULEBOOK, SOFTWARE, at, drafted, recorded
from .looks import tabled

GUIDE_CASES = sorted((Path(__file__).parent.parent / "rules" / "guide" / "cases").glob("*.yaml"))


class Shelf:
    """The files of rulebooks, in memory."""

    def __init__(self, *drafts: object) -> None:
        self.stored = {digest: text for entry in drafts for digest, text in entry.files.items()}  # type: ignore[attr-defined]

    def file(self, digest: str) -> bytes | None:
        return self.stored.get(digest)


def test_every_record_comes_out_again(tmp_path: Path) -> None:
    records = recorded(tmp_path / "l")
    with Ledger.to_read(tmp_path / "l") as ledger:
        replayer = Replayer(ledger)
        told: dict[str, Value] = {"debt": Decimal("9007199253.999999"), "trusted": "no"}
        for record in records:
            again = replayer.replay(record, {name: told[name] for name in record.hidden})
            assert (again.deviation, again.kept_out) == (None, ())
        assert [replayer.replay(record).kept_out for record in records] == [(), ("trusted",), ("debt",), (), ()]


def test_every_case_of_the_guide_comes_out_again() -> None:
    """All are records of one rulebook, which is read once from what is stored."""
    files = files_of("guide")
    advisor = Advisor(loads(files), date(2026, 3, 3))
    cases = [resolve(advisor.rulebook.vocabulary, read_case(read(path)).given) for path in GUIDE_CASES]
    assert len(cases) >= 12
    drafts = [drafted(values_in(case), None, advisor, files) for case in cases]
    shelf = Shelf(*drafts)
    replayer = Replayer(shelf)
    rulebook = rulebook_of(drafts[0].sealed(Head(), at(0)), shelf)
    for case, draft in zip(cases, drafts, strict=True):
        record = draft.sealed(Head(), at(0))
        assert replayer.replay(record).deviation is None
        assert answer_of(record, rulebook) == advisor.recommend(case)


def values_in(case: CaseFacts) -> dict[str, Value]:
    """What is given of each fact, and said to be unknown."""
    given = {
        name: state.value for name, state in case.states.items() if state.state == "given" and state.value is not None
    }
    return given | {name: "unknown" for name, state in case.states.items() if state.state == "unknown"}


class OneRecord(Shelf):
    """A ledger of one record, in memory."""

    def __init__(self, draft: Entry) -> None:
        super().__init__(draft)
        self.record = draft.sealed(Head(), at(0))

    def __len__(self) -> int:
        return 1

    def body(self, seq: int) -> bytes | None:
        return self.record.body if seq == 1 else None

    def is_guarded(self) -> bool:
        return True


@tries(30)
@given(st.data())
def test_every_record_by_a_generated_rulebook_is_the_case_that_it_was(data: st.DataObject) -> None:
    """Whatever is known of its facts, also in part, or in words of their own."""
    files = {"rulebook.yaml": json.dumps(data.draw(documents(most_rules=4))).encode()}
    advisor = Advisor(loads(files))
    facts = data.draw(partial_facts(advisor.rulebook.vocabulary))
    answer = advisor.recommend(facts)
    ledger: Any = OneRecord(entry(answer, advisor.rulebook, files, Circumstances(by="Ada"), SOFTWARE, None))
    case = reopened(ledger, "1", lambda book: book.languages[0], lambda vocabulary: from_python({}))
    assert case.facts.states == facts.states
    assert case.facts.given == facts.given
    left = {name: value for name, value in facts.stated.items() if value == "unknown"}
    assert left.items() >= {name: value for name, value in case.facts.stated.items() if value == "unknown"}.items()
    assert case.recommendation.decisions == answer.decisions
    assert case.replayed
    assert case.replayed.deviation is None


@tries(30)
@given(st.data())
def test_every_record_by_a_generated_rulebook_comes_out_again(data: st.DataObject) -> None:
    files = {"rulebook.yaml": json.dumps(data.draw(documents(most_rules=4))).encode()}
    advisor = Advisor(loads(files))
    answer = advisor.recommend(data.draw(partial_facts(advisor.rulebook.vocabulary)))
    record = entry(answer, advisor.rulebook, files, Circumstances(by="Ada"), SOFTWARE, None).sealed(Head(), at(0))
    shelf = Shelf(entry(answer, advisor.rulebook, files, Circumstances(by="Ada"), SOFTWARE, None))
    assert Replayer(shelf).replay(record).deviation is None
    assert answer_of(record, rulebook_of(record, shelf)) == answer


def forged(record: Record, path: str, value: object) -> Record:
    """The record with another value there, and a hash that fits."""
    data = json.loads(record.body)
    *steps, last = [int(step) if step.isdigit() else step for step in re.split(r"[.\[\]]+", path.rstrip("]"))]
    part = data
    for step in steps:
        part = part[step]
    part[last] = value
    del data["hash"]
    return Record.read(canonical({**data, "hash": hashlib.sha256(canonical(data)).hexdigest()}))


@tabled(
    ("path", "value", "advice"),
    [
        ("recommendation.decisions.lending.advice", "refuse", True),
        ("recommendation.decisions.lending.status", "settled", False),
        ("recommendation.decisions.lending.referred", True, True),
        ("recommendation.trace[2].number", 7, False),
        ("recommendation.trace[0].text.en", "Duration: long", False),
        ("facts.trusted.value", "no", False),
    ],
)
def test_the_first_difference_is_named(path: str, value: object, advice: bool) -> None:
    entry = drafted(CASES[0])
    record = forged(entry.sealed(Head(), at(0)), path, value)
    found = Replayer(Shelf(entry)).replay(record).deviation
    assert found is not None
    assert found.path == path.replace("trace[0]", "trace.option lending.refuse"), "a step by what fired in it"
    assert found.recorded == json.dumps(value)
    assert found.advice is advice


def test_facts_that_were_given_otherwise_lead_elsewhere() -> None:
    entry = drafted(CASES[0])
    found = Replayer(Shelf(entry)).replay(forged(entry.sealed(Head(), at(0)), "facts.days.value", "30")).deviation
    assert found is not None
    assert found.advice


def test_a_kept_out_fact_must_be_told_as_it_was() -> None:
    entry = drafted({"member": True, "days": 1, "debt": "27.50"})
    record = entry.sealed(Head(), at(0))
    replayer = Replayer(Shelf(entry))
    assert replayer.replay(record).kept_out == ("debt",)
    assert replayer.replay(record, {"debt": Decimal("27.5")}).deviation is None
    for told, code in (
        ({}, "facts-kept-out"),
        ({"debt": Decimal("27.4")}, "wrong-value"),
        ({"debt": Decimal("27.5"), "days": Decimal(2)}, "wrong-value"),
    ):
        with pytest.raises(WhytuneError) as caught:
            replayer.replay(record, told)
        assert caught.value.problems[0].code == code


OLD = Path(__file__).parent / "data" / "kept.jsonl"
"""Records of an older whytune, which fired steps in another order, by a rulebook that holds what is refused today."""


def test_records_of_an_older_whytune_come_out_again() -> None:
    with Export(OLD) as export:
        records, replayer = [Record.read(body) for _, body in export.records()], Replayer(export)
        assert len(records) == 6
        for record in records:
            assert replayer.replay(record).deviation is None
        assert any(_order(record.data) != _order(_again(record, replayer)) for record in records), "or it shows nothing"


def _order(content: Mapping[str, Any]) -> list[str]:
    return [step["name"] for step in content["recommendation"]["trace"]]


def _again(record: Record, replayer: Replayer) -> dict[str, Any]:
    rulebook = replayer.rulebook(record)
    return dict(content(Advisor(rulebook).recommend(facts_of(record, rulebook)), rulebook, None))


@tabled(
    ("change", "path"),
    [
        (lambda trace: trace[0].update(state="elsewhere"), "recommendation.trace.rule not_for_cost.state"),
        (lambda trace: trace[-1]["used"].clear(), "recommendation.trace.decision approach.used"),
        (lambda trace: trace.reverse(), "recommendation.trace[0].kind"),
        (lambda trace: trace.append(trace[0]), "recommendation.trace"),
    ],
)
def test_only_the_order_of_steps_may_be_another(change: Callable[[Any], object], path: str) -> None:
    with Export(OLD) as export:
        record = next(Record.read(body) for seq, body in export.records() if seq == 2)
        data = deepcopy(record.data)
        change(data["recommendation"]["trace"])
        deviation = Replayer(export).replay(Record(record.body, data)).deviation
    assert deviation is not None
    assert deviation.path == path
    assert not deviation.advice


def _examples(text: str, **keys: str) -> dict[str, bytes]:
    """A rulebook with these written as they are."""
    return {
        "rulebook.yaml": text.format(
            **{"cut": "10", "range": "0", "assume": "5", "months": "12", "day": "2026-01-05", **keys}
        ).encode()
    }


@tabled(
    ("key", "then", "now"),
    [
        ("cut", "10.000", "10"),
        ("cut", "'1.000'", "1"),
        ("range", "0.000", "0"),
        ("assume", "5.000", "5"),
        ("assume", "5.000..7.000", "5..7"),
        ("months", "12.000", "12"),
        ("day", "2026-W02-1", "2026-01-05"),
        ("day", "20260105", "2026-01-05"),
    ],
)
def test_a_kept_rulebook_means_what_it_meant_when_it_was_accepted(key: str, then: str, now: str) -> None:
    files = _examples(KEPT, **{key: then})
    if then != "0.000":
        with pytest.raises(WhytuneError):
            loads(files)
    kept, plain = loads(files, as_kept=True), loads(_examples(KEPT, **{key: now}))
    assert (kept.digest == plain.digest) == (key != "assume"), "a digest is of the text that is assumed"
    assert Advisor(kept).advise({}).decisions == Advisor(plain).advise({}).decisions


KEPT = """
rulebook: {{name: kept, version: 1.0.0, title: Kept, languages: [en], review_every_months: {months}}}
documents: [{{document: memo, title: A memo}}]
facts:
  - fact: examples
    kind: whole_number
    ask: How many?
    label: Examples
    range: {{min: {range}}}
    bands: [{{band: volume, cut_at: [{cut}], values: [few, many]}}]
    assume: {assume}
decisions:
  - decision: approach
    ask: Which?
    options: [{{option: go, label: Go}}, {{option: stay, label: Stay}}]
    if_none_stands: {{advise: stay, because: Nothing speaks for more.}}
    if_several_stand: {{advise: refer, because: Nobody knows.}}
rules:
  - id: go_with_many
    title: Many are enough
    if: {{volume: many}}
    propose: {{approach: go}}
    reviewed_on: {day}
    because: They are enough.
    source: {{document: memo, place: page 1}}
"""


def test_what_was_kept_out_reads_as_that() -> None:
    entry = drafted({"member": True, "days": 1, "debt": "27.50"})
    record = entry.sealed(Head(), at(0))
    answer = answer_of(record, rulebook_of(record, Shelf(entry)))
    assert answer.facts["debt"] == (CONCEALED, "given")
    assert {use.value for firing in answer.trace for use in firing.used if use.fact == "debt"} == {CONCEALED}


@pytest.mark.slow
@tabled(
    ("path", "value"),
    [
        ("facts.days.value", "very long"),
        ("facts.debt.origin", "not_applicable"),
        ("as_of", "2026-99-99"),
        ("recommendation.decisions.lending.options", {}),
        ("recommendation.decisions.lending.advice", "sell"),
        ("recommendation.decisions", {}),
        ("recommendation.trace[0].title", {}),
        ("recommendation.trace[1].used[0].below", "1e9"),
        ("facts.mood", {"origin": "given", "value": "good"}),
        ("rulebook.files", {"loans.yaml": "0" * 64}),
        ("salt", "0" * 64),
    ],
)
def test_a_made_up_record_is_a_problem_or_a_difference_never_a_crash(path: str, value: object) -> None:
    entry = drafted(CASES[0])
    record = forged(entry.sealed(Head(), at(0)), path, value)

    def tried(action: object) -> str | None:
        try:
            return str(action())  # type: ignore[operator]
        except WhytuneError as error:
            return error.problems[0].code

    shelf = Shelf(entry)
    read_back = tried(lambda: answer_of(record, rulebook_of(record, shelf)))
    again = tried(lambda: Replayer(shelf).replay(record).deviation)
    assert "ledger-damaged" in (read_back, again) or again != "None"


def test_an_older_day_asks_the_rules_of_that_day(tmp_path: Path) -> None:
    first = "  - id: debtors_do_not_borrow\n"
    dated = RULEBOOK.read_text().replace(first, first + "    valid: {from: 2026-06-01}\n")
    files = {"loans.yaml": dated.encode()}
    case = {"member": True, "days": 1, "debt": 30}
    with Ledger.to_append(tmp_path / "l") as ledger:
        for index, day in enumerate((date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 2))):
            ledger.append(drafted(case, None, Advisor(loads(files), day), files), partial(at, index))
        records = list(chosen(ledger, Selection()))
        assert [record.outcomes["lending"] for record in records] == ["lend", "refuse", "refuse"]
        replayer = Replayer(ledger)
        assert [replayer.replay(record).deviation for record in records] == [None, None, None]


def test_the_impact_of_another_rulebook_is_counted(tmp_path: Path) -> None:
    shorter = RULEBOOK.read_text().replace("cut_at: [7.5]", "cut_at: [3.5]")
    with Ledger.to_append(tmp_path / "l") as ledger:
        records = [ledger.append(drafted(case, None), partial(at, index)) for index, case in enumerate(CASES)]
        found = impact(chosen(ledger, Selection()), Advisor(loads({"l.yaml": shorter.encode()})), ledger)
        assert impact(records, ADVISOR, ledger).changed == 0
    assert (found.looked_at, found.changed, found.kept_out, found.unfit) == (5, 1, 0, ())
    (moved,) = found.moved
    assert (*moved[:2], moved.ids) == (AdviceMove("lending", "lend", "deposit"), 1, (records[0].id,))
    assert moved.decided_before == ("members_borrow",)
    assert moved.decided_after == ("long_loans_need_a_deposit",)
    told = terminal.text(tell_impact(found, Speaker(ADVISOR.rulebook, "en"))).splitlines()
    assert told[-3:-1] == [
        "    decided then by: Members borrow (members_borrow)",
        "    would now be decided by: Long loans need a deposit (long_loans_need_a_deposit)",
    ]


@pytest.mark.slow
@tries(30)
@given(pair=edited(), data=st.data())
def test_records_that_are_alike_are_asked_together_and_counted_as_if_each_were_asked(
    pair: tuple[Rulebook, Rulebook], data: st.DataObject
) -> None:
    before, after = pair
    files, vocabulary = {"l.yaml": b""}, before.vocabulary
    cases = [data.draw(partial_facts(vocabulary)) for _ in range(3)]
    drafts = [entry(Advisor(before).recommend(case), before, files, Circumstances(), SOFTWARE, None) for case in cases]
    records = [draft.sealed(Head(), at(0)) for draft in drafts * 2]
    shelf = Shelf(*drafts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("whytune.engine.ledger.impact.whole_rulebook", lambda record, library: before)
        together = impact(records, Advisor(after), shelf)
        alone = [impact([record], Advisor(after), shelf) for record in records]
    assert together.looked_at == len(records)
    assert together.changed == sum(one.changed for one in alone)
    assert together.not_asked == sum(one.not_asked for one in alone)
    moves: Counter[AdviceMove] = Counter()
    for one in alone:
        moves.update({moved.move: moved.records for moved in one.moved})
    assert {moved.move: moved.records for moved in together.moved} == moves
    assert {why for why, _ in together.unfit} == {why for one in alone for why, _ in one.unfit}


def test_records_that_cannot_be_asked_again_are_counted_too() -> None:
    drafts = [drafted(case) for case in CASES]
    records = [draft.sealed(Head(), at(0)) for draft in drafts]
    found = impact(records, Advisor.load("guide"), Shelf(*drafts))
    assert (found.looked_at, found.changed, found.kept_out) == (5, 0, 2)
    assert sum(count for _, count in found.unfit) == 3
    other = "(the record is by another rulebook, `loans`)"
    assert {why for why, _ in found.unfit} == {f"unknown fact `{fact}` {other}" for fact in ("days", "member")}


WARY = {"l.yaml": FILES["loans.yaml"].replace(b"    assume: yes", b"    assume: no")}
OPEN = {"l.yaml": FILES["loans.yaml"].replace(b"    assume: yes\n", b"")}


@tabled(
    ("trusted", "recorded_by", "asked", "moved"),
    [
        ({}, FILES, WARY, [AdviceMove("lending", "lend", "deposit")]),
        ({"trusted": "unknown"}, FILES, WARY, []),
        ({}, OPEN, WARY, [AdviceMove("lending", "open", "deposit")]),
        ({"trusted": "unknown"}, OPEN, WARY, [AdviceMove("lending", "open", "deposit")]),
        ({}, OPEN, OPEN, []),
    ],
)
def test_assumptions_are_those_of_the_other_rulebook(
    trusted: dict[str, str], recorded_by: dict[str, bytes], asked: dict[str, bytes], moved: list[AdviceMove]
) -> None:
    """What a record calls unknown was left out, unless its own rulebook would then have assumed something."""
    draft = drafted({**CASES[0], **trusted}, advisor=Advisor(loads(recorded_by)), files=recorded_by)
    found = impact([draft.sealed(Head(), at(0))], Advisor(loads(asked)), Shelf(draft))
    assert [each.move for each in found.moved] == moved


HURRIED = """\
facts:
  - fact: hurried
    kind: number
    label: {en: Hurried, zh: 紧急}
    ask: {en: Is it urgent?, zh: 是否紧急？}
    used_for: costs
"""


def test_a_fact_that_was_left_out_need_not_be_known_to_the_other_rulebook() -> None:
    files = {"l.yaml": FILES["loans.yaml"].replace(b"facts:\n", HURRIED.encode(), 1)}
    draft = drafted(CASES[0], advisor=Advisor(loads(files)), files=files)
    assert impact([draft.sealed(Head(), at(0))], ADVISOR, Shelf(draft)).unfit == ()


def test_impact_refuses_a_changed_rulebook_that_it_needs() -> None:
    draft = drafted(CASES[-1])
    shelf = Shelf(draft)
    shelf.stored = dict.fromkeys(shelf.stored, b"rulebook: other")
    with pytest.raises(WhytuneError) as caught:
        impact([draft.sealed(Head(), at(0))], ADVISOR, shelf)
    assert caught.value.problems[0].code == "ledger-damaged"
