"""What a diff tells of edits of a small rulebook: levels, versions, days, words, and what only one side knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from whytune.cli import FAILED, cli
from whytune.engine import Rulebook, WhytuneError
from whytune.engine.language.loading import loads
from whytune.engine.meaning import study
from whytune.engine.meaning.regions import most_each
from whytune.engine.review.difference import Difference, compare, difference
from whytune.engine.review.difference.intent import Intent, excess, intent_file
from whytune.engine.review.difference.later_days import MAX_DAYS, lasting
from whytune.engine.review.difference.requirements import requirements
from whytune.engine.review.difference.versions import follow
from whytune.prose import difference as prose
from whytune.prose import markdown, terminal
from whytune.prose.difference import EditReport
from whytune.prose.requirements import to_look_at
from whytune.prose.two_speakers import two_speakers

from .counting import counted_share
from .generated import decision, fact, framed, rule, written
from .looks import tabled

EDITS = Path(__file__).parent / "edits"


def letters(edit: str, *replaced: tuple[str, str]) -> Rulebook:
    """The rulebook of letters after an edit, with words in its file replaced by others."""
    text = (EDITS / edit / "rulebook.yaml").read_text()
    for said, other in replaced:
        assert said in text
        text = text.replace(said, other)
    return loads({"rules.yaml": text.encode()})


def written_both_ways(report: EditReport) -> tuple[str, str]:
    """The report as a terminal shows it, and as a comment."""
    told = prose.difference(report)
    return terminal.text(told), markdown.text(told)


def of_the_letters(edit: str, *replaced: tuple[str, str], day: date | None = None) -> Difference:
    return difference(compare(letters("old"), letters(edit, *replaced), day))


@tabled(
    ("before", "after", "level", "least", "follows"),
    [
        ("1.0.0", "latest", "wording", "1.0.1", False),
        ("1.0.0", "2.0", "advice", "2.0.0", False),
        ("1.0.0", "0.9", "reasons", "1.1.0", False),
        ("1.0.0", "2024-10", "advice", "2.0.0", False),
        ("1.0", "1.1", "wording", None, False),
        ("1.0", "1.1.0", "advice", None, True),
        ("1.0", "latest", "nothing", None, True),
        ("1.2.0", "1.2.0", "advice", "2.0.0", False),
        ("1.2.0", "1.9.9", "advice", "2.0.0", False),
        ("1.2.0", "2.0.0", "advice", "2.0.0", True),
        ("1.2.0", "3.1.0", "advice", "2.0.0", True),
        ("1.2.0", "1.2.1", "reasons", "1.3.0", False),
        ("1.2.0", "1.3.0", "reasons", "1.3.0", True),
        ("1.2.0", "1.2.0", "wording", "1.2.1", False),
        ("1.2.0", "1.2.1", "wording", "1.2.1", True),
        ("1.2.0", "1.2.0", "nothing", None, True),
        ("1.2.0", "1.1.0", "nothing", None, False),
        ("2026-01", "2026-02", "advice", None, False),
        ("2026-01", "2026-01", "advice", None, False),
        ("1.2.0", "second", "wording", "1.2.1", False),
        ("0.6.1", "0.6.2", "advice", "0.7.0", False),
        ("0.6.1", "0.7.0", "advice", "0.7.0", True),
        ("0.6.1", "0.6.2", "wording", "0.6.2", True),
    ],
)
def test_the_version_follows_from_the_level(
    before: str, after: str, level: str, least: str | None, follows: bool
) -> None:
    found = follow(before, after, level)
    assert (found.least, found.follows) == (least, follows)


def test_a_rule_that_is_not_valid_on_the_day_is_named_and_changes_nothing_yet() -> None:
    later = ("id: bills_from_lawyers_to_a_clerk", "id: bills_from_lawyers_to_a_clerk\n    valid: {from: 2030-01-01}")
    early, late = (of_the_letters("reasons", later, day=date(year, 1, 1)) for year in (2029, 2030))
    assert (early.level, early.dormant, early.reasons) == ("reasons", ("bills_from_lawyers_to_a_clerk",), ())
    assert (late.level, late.dormant, len(late.reasons)) == ("reasons", (), 2)


def test_the_days_of_a_rule_are_to_blame_when_it_ends() -> None:
    ended = ("id: faults_to_a_clerk", "id: faults_to_a_clerk\n    valid: {until: 2025-12-31}")
    found = of_the_letters("old", ended, day=date(2026, 1, 1))
    assert [(change.before, change.after) for change in found.advice] == [("clerk", "template")]
    assert {region.blame for region in found.advice[0].regions} == {(("rule", "faults_to_a_clerk"),)}


def test_values_that_one_rulebook_does_not_know_are_named_and_not_compared() -> None:
    found = of_the_letters("fact")
    assert found.uncompared == {"topic": ("order", "praise")}
    assert all("topic" in region.witness.new for change in found.advice for region in change.regions)


def test_rulebooks_without_a_task_in_common_are_not_compared() -> None:
    with pytest.raises(WhytuneError, match="the rulebooks have no value of `topic` in common"):
        of_the_letters("old", ("bill", "invoice"), ("fault", "failure"), ("praise", "thanks"))


@tabled(
    ("said", "other", "wording"),
    [
        ("assume: no", "assume: yes", False),
        ("cut_at: [100]", "cut_at: [101]", False),
        ("only_if: {topic: bill}", "only_if: {topic: [bill, fault]}", False),
        ("    bands:", "    range: {max: 5000}\n    bands:", False),
        ("if_none_stands: template", "if_none_stands: clerk", False),
        ("unit: {en: euros, zh: 欧元}", "unit: {en: pounds, zh: 英镑}", True),
        ("small: {en: small, zh: 小额}", "small: {en: little, zh: 小额}", True),
        ("label: {en: Topic, zh: 主题}", "label: {en: Subject, zh: 主题}", True),
        ("title: {en: Memo on letters", "edition: second\n    title: {en: Memo on letters", True),
        ("title: {en: Who answers a letter", "review_every_months: 6\n  title: {en: Who answers a letter", True),
        ("      - option: template", "      - option: template\n        style: {fill: '#ffffff'}", True),
        ("because: {en: No two faults", "section: faults\n    owner: Ann\n    because: {en: No two faults", True),
    ],
)
def test_what_is_wording_and_what_is_meaning(said: str, other: str, wording: bool) -> None:
    found = of_the_letters("old", (said, other))
    assert [part.is_wording for part in found.parts] == [wording]
    assert (found.level == "wording") is wording


def test_an_added_fact_of_which_nothing_is_assumed_to_hold_is_told() -> None:
    wishes = """  - fact: wishes
    kind: choices
    ask: {en: What does the writer want?, zh: 来信人想要什么？}
    label: {en: Wishes, zh: 愿望}
    values: [money, answer]
    labels: {money: {en: money, zh: 钱}, answer: {en: an answer, zh: 答复}}
    assume: []
"""
    compared = compare(letters("old"), letters("old", ("  - fact: lawyer", f"{wishes}  - fact: lawyer")))
    both = two_speakers(compared.old.whole, compared.new.whole, "new", "en")
    report = EditReport(difference(compared), None, None, both, None)
    assert all("assume: nothing" in text for text in written_both_ways(report))


def test_a_fact_named_like_a_key_of_words_is_meaning() -> None:
    facts = [fact("owner", "yes_no"), fact("label", "yes_no")]
    decisions = [decision("d", ["a", "b"], "b", "refer")]
    old, new = (
        written(framed(facts=facts, decisions=decisions, rules=[rule("r", **{"if": premise}, propose={"d": "a"})]))
        for premise in ({"owner": "yes", "label": "yes"}, {"owner": "no", "label": "yes"})
    )
    found = difference(compare(old, new))
    assert found.level == "advice"
    assert {region.blame for change in found.advice for region in change.regions} == {(("rule", "r"),)}


CARRIER = Path(__file__).parent / "checks" / "undecided.yaml"


@pytest.mark.parametrize("removed", [True, False])
def test_a_decision_that_only_one_rulebook_holds_is_decided_in_the_other_by_nobody(removed: bool) -> None:
    carrier = loads({"rules.yaml": CARRIER.read_bytes()})
    pair = (carrier, letters("old")) if removed else (letters("old"), carrier)
    ways = {(change.decision, change.before, change.after) for change in difference(compare(*pair)).advice}
    assert ("carrier", "post", None) in ways if removed else ("carrier", None, "post") in ways
    assert all(before is None or after is None for _, before, after in ways)


def test_the_ways_that_the_advice_goes_share_the_regions_that_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pair = compare(loads({"rules.yaml": CARRIER.read_bytes()}), letters("old"))
    whole = difference(pair).advice
    assert max(len(change.regions) for change in whole) > 1
    monkeypatch.setitem(most_each.__globals__, "MAX_REGIONS", len(whole))
    monkeypatch.setitem(most_each.__globals__, "FEW_REGIONS", 1)
    for change, other in zip(difference(pair).advice, whole, strict=True):
        assert change.where.share == other.where.share
        assert change.regions == other.regions[:1]
        assert bool(counted_share(change.where.rest).tasks) is (len(other.regions) > 1)


@pytest.mark.parametrize("kind", ["number", "whole_number"])
def test_a_fact_of_another_kind_is_a_problem(kind: str) -> None:
    old, new = (
        written(
            framed(
                facts=[fact("size", each), fact("other", "yes_no")],
                decisions=[decision("d", ["a", "b"], "b", "refer")],
                rules=[rule("r", **{"if": {"other": "yes"}}, propose={"d": "a"})],
            )
        )
        for each in ("yes_no", kind)
    )
    with pytest.raises(WhytuneError, match="the fact `size` is of two kinds here"):
        compare(old, new)


def test_an_empty_intent_says_what_it_should_hold(tmp_path: Path) -> None:
    (tmp_path / "intent.yaml").write_text("")
    with pytest.raises(WhytuneError, match="the file says nothing\n  hint: it holds `allow:`, `reasons:`"):
        intent_file(tmp_path / "intent.yaml", "intent.yaml")


def test_of_long_texts_that_part_is_shown_in_which_they_differ() -> None:
    text = "A long title of a memorandum on all the letters that anybody ever wrote to us about {} and anything else"
    old, new = (letters("old", ("{en: Memo on letters", "{en: " + text.format(word))) for word in ("bills", "wills"))
    both = two_speakers(old, new, "new", "en")
    (said,) = both.values(difference(compare(old, new)).parts[0])
    assert "bills" in said.partition("→")[0]
    assert "wills" in said.partition("→")[2]
    assert len(said) < 160


def test_what_is_beyond_an_intent_is_told_with_its_regions_and_reasons() -> None:
    compared = compare(letters("old"), letters("threshold"))
    found = difference(compared)
    beyond = excess(Intent((), reasons=False, facts=False, safeguards=False), found, compared)
    report = EditReport(found, beyond, None, two_speakers(compared.old.whole, compared.new.whole, "new", "en"), None)
    for told in written_both_ways(report):
        start = told.index("Beyond what was declared")
        said = told[start : told.index("Other advice", start)]
        assert f"{counted_share(found.advice[0].where.share).tasks:,}" in said
        assert ("Other reasons, not declared" in said) is bool(found.reasons)


# safeguards, days, words that stay


INVARIANT = """
invariants:
  - invariant: lawyers_never_get_a_template
    because: {en: A template would annoy them., zh: 模板会惹恼他们。}
    if: {lawyer: yes}
    never: {answer: template}
"""
WAIVER = """
waivers:
  - waiver: praise_is_simple
    finding: undecided
    about: answer
    because: {en: Praise needs no clerk., zh: 表扬无需职员。}
    owner: Ada
    until: 2027-01-31
"""


def guarded(*replaced: tuple[str, str]) -> Rulebook:
    text = (EDITS / "old" / "rulebook.yaml").read_text() + INVARIANT + WAIVER
    for said, other in replaced:
        assert said in text
        text = text.replace(said, other)
    return loads({"rules.yaml": text.encode()})


@tabled(
    ("said", "other", "level"),
    [
        (INVARIANT, "", "safeguards"),
        (WAIVER, "", "safeguards"),
        ("never: {answer: template}", "never: {answer: clerk}", "safeguards"),
        ("until: 2027-01-31", "until: 2030-01-31", "safeguards"),
        ("finding: undecided", "finding: undecided\n    where: {topic: praise}", "safeguards"),
        ("owner: Ada", "owner: Bob", "wording"),
        ("A template would annoy them.", "They hate templates.", "wording"),
    ],
)
def test_invariants_and_waivers_are_safeguards_which_an_intent_must_allow(said: str, other: str, level: str) -> None:
    compared = compare(guarded(), guarded((said, other)))
    found = difference(compared)
    assert found.level == level
    assert found.version.step == {"safeguards": "minor", "wording": "patch"}[level]
    for is_allowed in (True, False):
        beyond = excess(Intent((), reasons=False, facts=False, safeguards=is_allowed), found, compared)
        assert bool(beyond) is (level == "safeguards" and not is_allowed)
    report = EditReport(found, None, None, two_speakers(compared.old.whole, compared.new.whole, "new", "en"), None)
    for told in written_both_ways(report):
        assert ("Invariants and waivers" in told) is (level == "safeguards")


BILLS = "    title: {en: Large bills go to a clerk"
UNTIL = f"    valid: {{until: 2026-12-31}}\n{BILLS}"
NEW_YEAR = date(2027, 1, 1)


def test_a_rule_that_ends_later_changes_advice_from_then_on() -> None:
    compared = compare(letters("old"), letters("old", (BILLS, UNTIL)), date(2026, 11, 22))
    found, (later,), unseen = lasting(compared, date(2026, 11, 22))
    assert (found.level, found.version.step, unseen) == ("reasons", "major", None)
    assert not found.advice
    assert later.day == NEW_YEAR
    then = difference(compare(compared.old.whole, compared.new.whole, NEW_YEAR))
    assert [change.to_dict() for change in later.difference.advice] == [change.to_dict() for change in then.advice]
    assert then.advice
    asked = difference(compare(letters("old"), letters("old", (BILLS, UNTIL)), NEW_YEAR - timedelta(days=1)))
    assert not asked.advice


def test_what_is_beyond_an_intent_on_a_later_day_is_told_with_that_day() -> None:
    day = date(2026, 11, 22)
    compared = compare(letters("old"), letters("old", (BILLS, UNTIL)), day)
    found, (later,), _ = lasting(compared, day)
    nothing = Intent((), reasons=True, facts=True, safeguards=True)
    both = two_speakers(compared.old.whole, compared.new.whole, "new", "en")
    ahead = EditReport(
        later.difference, excess(nothing, later.difference, later.compared), None, both, later.day, is_later=True
    )
    report = EditReport(found, excess(nothing, found, compared), None, both, day, later=(ahead,))
    assert report.is_beyond
    assert not report.beyond
    for told in written_both_ways(report):
        start = told.index("Beyond what was declared")
        assert ", from 2027-01-01" in told[start : start + 120]
        assert "\n, from" not in told


def test_a_change_that_is_as_on_the_day_before_is_told_in_full_once() -> None:
    day = date(2026, 11, 22)
    faults = "if: {topic: fault}\n    propose: "
    edits = ((f"{faults}{{answer: clerk}}", f"{faults}{{answer: board}}"), (BILLS, UNTIL))
    compared = compare(letters("old"), letters("old", *edits), day)
    found, (later,), _ = lasting(compared, day)
    both = two_speakers(compared.old.whole, compared.new.whole, "new", "en")
    ahead = EditReport(later.difference, None, None, both, later.day, is_later=True)
    for text in written_both_ways(EditReport(found, None, None, both, day, later=(ahead,))):
        today, after = text.split(", from 2027-01-01")
        assert "As above." not in today
        assert after.count("As above.") == 1
        assert after.count("ecause of") == len(later.difference.advice) - 1


@pytest.mark.parametrize(("most_nodes", "is_counted"), [(10, False), (10**6, True)])
def test_whether_tasks_are_counted_is_told_of_later_days_too(
    most_nodes: int, is_counted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pysat")
    monkeypatch.setattr(study, "MAX_NODES_TOGETHER", most_nodes)
    day = date(2026, 11, 22)
    compared = compare(letters("old"), letters("old", (BILLS, UNTIL)), day)
    found, (later,), _ = lasting(compared, day)
    both = two_speakers(compared.old.whole, compared.new.whole, "new", "en")
    ahead = EditReport(later.difference, None, None, both, later.day, is_later=True)
    only_later = replace(found, reasons=(), cautions=())
    for text in written_both_ways(EditReport(only_later, None, None, both, day, later=(ahead,), pictures=())):
        assert ("The decision diagram would be too large" in text) is not is_counted
        assert ("A share counts kinds of tasks" in text) is is_counted


def test_the_command_tells_what_is_beyond_an_intent_on_a_later_day(tmp_path: Path) -> None:
    text = (EDITS / "old" / "rulebook.yaml").read_text()
    for name, content in {"old": text, "new": text.replace(BILLS, UNTIL)}.items():
        (tmp_path / f"{name}.yaml").write_text(content)
    (tmp_path / "intent.yaml").write_text("reasons: yes\nfacts: yes\nsafeguards: yes\n")
    old, new, intent = (str(tmp_path / f"{name}.yaml") for name in ("old", "new", "intent"))
    done = CliRunner().invoke(cli, ["diff", old, new, "--allow", intent, "--as-of", "2026-11-22", "--any-version"])
    assert (done.exit_code, type(done.exception)) == (FAILED, SystemExit)
    assert ", from 2027-01-01" in done.stdout.partition("Beyond what was declared")[2]


def test_a_day_on_which_both_rulebooks_change_alike_is_no_doing_of_the_edit() -> None:
    old, new = letters("old", (BILLS, UNTIL)), letters("threshold", (BILLS, UNTIL))
    assert lasting(compare(old, old, date(2026, 11, 22)), date(2026, 11, 22)).later == ()
    found, (later,), _ = lasting(compare(old, new, date(2026, 11, 22)), date(2026, 11, 22))
    assert found.advice  # the threshold, as long as the rule holds
    assert not later.difference.advice
    assert lasting(compare(old, new), None).later == ()


@pytest.mark.slow
def test_of_many_days_the_first_that_was_not_looked_at_is_named() -> None:
    days = [date(2027, 1, 1) + timedelta(days=number) for number in range(MAX_DAYS + 3)]
    rules = "".join(
        f"""
  - id: rule_{number}
    title: {{en: A, zh: 甲}}
    valid: {{from: {day}}}
    if: {{topic: praise}}
    propose: {{answer: template}}
    because: {{en: B, zh: 乙}}
    source: {{document: memo, place: page 1}}
"""
        for number, day in enumerate(days)
    )
    new = loads({"rules.yaml": ((EDITS / "old" / "rulebook.yaml").read_text() + rules).encode()})
    assert lasting(compare(letters("old"), new, days[0]), date(2026, 11, 22)).unseen == days[MAX_DAYS]


def test_a_reason_that_stayed_while_its_rule_changed_is_asked_about() -> None:
    (rule,) = [
        part for part in of_the_letters("old", ("if: {sum: large}", "if: {sum: small}")).parts if part.kind == "rule"
    ]
    assert rule.unrevised == (("because",),)
    both = ("if: {sum: large}", "if: {sum: small}"), ("Much money", "Little money")
    (rule,) = [part for part in of_the_letters("old", *both).parts if part.kind == "rule"]
    assert rule.unrevised == ()
    (rule,) = of_the_letters("old", (BILLS, UNTIL)).parts
    assert rule.unrevised == ()  # the reason is given for what the rule says, not for how long


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("from 100 euros", True),
        ("少于100元", True),
        ("100", True),
        ("百以上", True),
        ("一百条", True),
        ("百般", False),
        ("二百条", False),
        ("1,100 euros", False),
        ("1005", False),
        ("100.5", False),
        ("100 %", True),
        ("100%", False),
        ("rule_100", False),
    ],
)
def test_texts_that_still_name_a_moved_cut_are_told(text: str, is_found: bool) -> None:
    says = ("{en: Much money needs a careful answer.", f"{{en: '{text}'")
    found = difference(compare(letters("old", says), letters("threshold", says)))
    mentions = [(each.number, each.kind, each.name, each.path) for each in found.mentions]
    assert mentions == [("100", "rule", "large_bills_to_a_clerk", ("because", "en"))] * is_found
    assert of_the_letters("threshold", says).mentions == ()  # the edit itself wrote it


@tabled(("assumed", "crosses"), [("50", False), ("99", False), ("120", True), ("150", False)])
def test_an_assumption_that_a_moved_cut_crosses_is_told_first(assumed: str, crosses: bool) -> None:
    unit = "unit: {en: euros, zh: 欧元}"
    assuming = (unit, f"{unit}\n    assume: {assumed}")
    old, new = (letters(edit, assuming) for edit in ("old", "threshold"))
    found = difference(compare(old, new))
    assert [crossing.to_dict() for crossing in found.crossings] == [
        {"fact": "amount", "assumed": int(assumed)}
    ] * crosses
    both = two_speakers(old, new, "new", "en")
    _, second, *_ = prose.difference(EditReport(found, None, None, both, None)).blocks
    said = f"“Amount”: the assumed value, {assumed} euros, counts otherwise now"
    assert getattr(second, "text", "").startswith(said) is crosses


@pytest.mark.parametrize("number", ["20000", "20,000", "2万"])
def test_an_excerpt_of_a_long_text_shows_the_number(number: str) -> None:
    text = f"{'long ' * 30}{number}元{' long' * 30}"
    old, new = (
        letters(
            "old", ("cut_at: [100]", f"cut_at: [{cut}]"), ("{en: Much money needs a careful answer.", f"{{en: {text!r}")
        )
        for cut in (20_000, 30_000)
    )
    compared = compare(old, new)
    found = difference(compared)
    (mention,) = found.mentions
    both = two_speakers(old, new, "new", "en")
    assert number in both.around(mention.at, mention.text)
    told = dict(to_look_at(requirements(compared, found, None, (), None), both))
    assert any(number in line for entry in told[both.say("still_said", number="20,000")] for line in entry.details)
