"""Every check has a rulebook in which it fires, beside it the text that a user reads, a twin without it, a page."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

import whytune
from whytune.cli import cli, junit, replies
from whytune.engine import load
from whytune.engine.language.loading import loads
from whytune.engine.language.rulebook import Validity
from whytune.engine.language.text import BadValue
from whytune.engine.meaning.regions import Regions, most_each
from whytune.engine.review import checks
from whytune.engine.review.casebook import cases_of, covered_by
from whytune.engine.review.checks import CHECKS, ON_CASES, code_of, examine, failing, pages
from whytune.engine.review.examination import Examination
from whytune.engine.words.catalogue import LANGUAGES
from whytune.engine.words.speaker import Speaker
from whytune.prose import terminal
from whytune.prose.findings import Examined, findings

from . import check_pages
from .counting import counted_share
from .generated import SOURCE, decision, fact, framed, rule, written
from .looks import tabled

FOLDER = Path(__file__).parent / "checks"
NAMES = sorted({path.stem for path in FOLDER.iterdir() if not path.name.startswith(".")})
FIRING = [name for name in NAMES if not name.endswith("-clean")]
CLEAN = [name for name in NAMES if name.endswith("-clean")]
CODES = [code_of(check) for check in CHECKS]
DAY = "2026-11-22"
BESIDE = {
    "expires-soon-waiver": {"undecided"},
    "idle-only-if-never": {"dead-option", "never-decisive"},
    "idle-waiver-where": {"undecided"},
    "idle-yield-no-effect": {"masked-veto"},
    "never-decisive-row": {"shorter-table"},
    "never-in-force-unmet": {"expired-rule"},
    "overlapping-exception-no-effect": {"undecided", "never-decisive"},
    "untested-boundary": {"untested-rule"},
}
"""What is found besides in some of these rulebooks, because the one brings the other with it."""

Check = Callable[..., Result]


def code_in(name: str) -> str:
    """The check for which a rulebook stands: the longest code with which its name begins."""
    return max((code for code in CODES if f"{name}-".startswith(f"{code}-")), key=len)


def path_of(name: str) -> Path:
    """A rulebook here, a file or a folder."""
    return FOLDER / name if (FOLDER / name).is_dir() else FOLDER / f"{name}.yaml"


def examination(name: str) -> Examination:
    """A rulebook from here, with its cases if it is a folder."""
    path, whole = path_of(name), load(path_of(name))
    day = date.fromisoformat(DAY)
    return Examination(whole, day, covered_by(whole, cases_of(path, whole), day) if path.is_dir() else None)


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch) -> Check:
    """Runs the command where these rulebooks lie, so that no path says more than the name of the file."""
    monkeypatch.chdir(FOLDER)
    for name in ("WHYTUNE_LANGUAGE", "WHYTUNE_RULEBOOK"):
        monkeypatch.delenv(name, raising=False)

    def run(name: str, *options: str) -> Result:
        return CliRunner().invoke(cli, ["check", path_of(name).name, "--as-of", DAY, *options], catch_exceptions=False)

    return run


@pytest.mark.parametrize("name", FIRING)
def test_a_check_fires_in_these_words(name: str, check: Check, record: bool) -> None:
    result = check(name, "--fail-on", "error")
    expected = FOLDER / f"{name}.expected"
    if record:
        expected.write_text(result.output)
    assert result.output == expected.read_text()
    found = {finding["code"]: finding["severity"] for finding in json.loads(check(name, "--format", "json").output)}
    assert found.keys() == {code_in(name), *BESIDE.get(name, ())}
    assert result.exit_code == ("error" in found.values())


@pytest.mark.parametrize("name", CLEAN)
def test_it_is_silent_in_the_twin(name: str, check: Check) -> None:
    result = check(name)
    assert (result.output.splitlines()[-1].partition(",")[0], result.exit_code) == ("Nothing found", 0)


def test_every_check_has_a_rulebook_in_which_it_fires_a_twin_and_a_page_in_both_languages() -> None:
    assert {code_in(name) for name in FIRING} == {code_in(name) for name in CLEAN} == set(CODES)
    assert {name.removesuffix("-clean") for name in CLEAN} <= set(FIRING)
    assert {path.stem for path in FOLDER.glob("*.expected")} == set(FIRING)
    for each in CHECKS:
        said = pages(each)
        assert all(f"**{heading}.**" in said["en"] for heading in ("What it finds", "Why it matters", "What to do"))
        assert all(f"**{heading}。**" in said["zh"] for heading in ("查什么", "为什么重要", "怎么办"))
        assert not any("\n\n\n" in page or len(page.split("\n\n")) != 4 for page in said.values())


def test_the_pages_are_not_stale_and_there_is_no_other(record: bool) -> None:
    pages = dict(check_pages.files())
    if record:
        check_pages.FOLDER.mkdir(exist_ok=True)
        for path, text in pages.items():
            path.write_text(text)
    stale = [path.name for path, text in pages.items() if path.read_text() != text]
    assert stale == [], "run `pytest --record` and read the pages"
    assert sorted(check_pages.FOLDER.iterdir()) == sorted(pages)


def test_each_check_has_its_page_beside_it_under_its_own_title() -> None:
    folder = Path(str(checks.__file__)).parent
    names = [code_of(check).replace("-", "_") for check in CHECKS]
    assert sorted(path.name for path in folder.glob("*.md")) == sorted(
        f"{name}.{language}.md" for name in names for language in LANGUAGES
    )
    for check in CHECKS:
        assert pages(check)["en"].partition("\n")[0] == check.__doc__


@pytest.mark.slow
def test_the_pages_are_there_where_python_drops_docstrings() -> None:
    command = ("explain-check", "masked-veto")
    plain = CliRunner().invoke(cli, command).stdout
    optimised = subprocess.run(
        [sys.executable, "-OO", "-m", "whytune.cli", *command], capture_output=True, check=True, text=True, timeout=60
    ).stdout
    assert optimised == plain
    assert len(plain) > 400


def test_what_looks_at_cases_finds_nothing_where_none_were_read() -> None:
    assert ON_CASES
    for each in ON_CASES:
        assert list(each.look(examination("undecided"))) == []


def test_a_waiver_of_a_check_that_could_not_look_is_not_idle() -> None:
    whole = examination("idle-waiver").whole
    waiver = whole.waivers[0].model_copy(update={"finding": "untested-rule", "about": "calm_by_post"})
    whole, day = replace(whole, waivers=(waiver,)), date.fromisoformat(DAY)
    assert examine(Examination(whole, day)) == []
    assert [finding.code for finding in examine(Examination(whole, day, examination("untested-rule").covered))] == [
        "untested-rule",
        "idle-waiver",
    ]


def test_an_idle_waiver_cannot_be_waived() -> None:
    whole = examination("idle-waiver").whole
    other = whole.waivers[0].model_copy(update={"waiver": "hush", "finding": "idle-waiver", "about": "hush"})
    found = examine(Examination(replace(whole, waivers=(*whole.waivers, other)), date.fromisoformat(DAY)))
    assert [(finding.code, finding.waiver) for finding in found] == [("idle-waiver", None)] * 2
    assert {finding.about for finding in found} == {"hush", "urgent_and_heavy_is_rare"}


# Exit codes and formats


def test_notes_never_fail_and_warnings_do_unless_only_errors_should(check: Check) -> None:
    assert check("assumption-matters").exit_code == 0
    assert [check("undecided", "--fail-on", level).exit_code for level in ("error", "warning")] == [0, 1]
    assert [check("never-in-force", "--fail-on", level).exit_code for level in ("error", "warning")] == [1, 1]
    assert check("undecided", "--fail-on", "note").exit_code == 2
    findings = examine(examination("undecided-waiver-narrowed"))
    assert [finding.waiver for finding in failing(findings, "warning")] == [None]


def test_a_waiver_accepts_what_it_names_and_no_more(check: Check) -> None:
    shown = json.loads(check("undecided-waiver-narrowed", "--format", "json").output)
    assert [(each["waiver"], each["where"]["share"]["tasks"]) for each in shown] == [
        (None, 1),
        ("urgent_and_heavy_is_rare", 2),
    ]
    assert "accepted by waiver" not in check("undecided-waiver-narrowed").output
    assert "accepted by waiver" in check("undecided-waiver-narrowed", "--waived").output


def test_json_has_these_keys(check: Check) -> None:
    (finding,) = json.loads(check("undecided", "--format", "json").output)
    assert list(finding) == [
        *("code", "severity", "about", "file", "line", "column", "message", "where", "waiver", "expired_waiver"),
        "day",
    ]
    assert list(finding["message"]) == ["en", "zh"]
    assert list(finding["where"]) == ["share", "regions", "rest"]
    assert list(finding["where"]["regions"][0]) == ["facts", "share", "witness"]
    assert finding["where"]["regions"][0]["witness"] == {"urgent": "yes", "weight": 20}


def test_sarif_is_what_the_standard_asks_for(check: Check) -> None:
    log = json.loads(check("undecided-waiver-narrowed", "--format", "sarif").output)
    assert (log["version"], list(log)) == ("2.1.0", ["$schema", "version", "runs"])
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == CODES
    assert all(rule["shortDescription"]["text"] and rule["help"]["markdown"] for rule in rules)
    assert {rule["defaultConfiguration"]["level"] for rule in rules} == {"error", "warning", "note"}
    assert len(run["results"]) == 2
    for result in run["results"]:
        assert result["ruleId"] in CODES
        assert result["level"] == "warning"
        assert result["message"]["text"]
        (place,) = (location["physicalLocation"] for location in result["locations"])
        assert place["artifactLocation"]["uri"] == "undecided-waiver-narrowed.yaml"
        assert min(place["region"].values()) >= 1
    waived = [result["suppressions"] for result in run["results"] if "suppressions" in result]
    because = "urgent_and_heavy_is_rare (dispatch office): Two a year; the office decides."
    assert waived == [[{"kind": "external", "status": "accepted", "justification": because}]]
    prints = [result["partialFingerprints"]["about/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)


def test_sarif_writes_a_path_as_a_uri(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("我的 rules#1.yaml").write_bytes((FOLDER / "undecided.yaml").read_bytes())
    output = CliRunner().invoke(cli, ["check", "我的 rules#1.yaml", "--format", "sarif"]).output
    location = json.loads(output)["runs"][0]["results"][0]["locations"][0]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "%E6%88%91%E7%9A%84%20rules%231.yaml"


def test_github_gets_a_command_a_finding_with_its_letters_escaped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a,b:c%.yaml").write_bytes((FOLDER / "undecided.yaml").read_bytes())
    output = CliRunner().invoke(cli, ["check", "a,b:c%.yaml", "--format", "github"]).output
    assert output == (
        "::warning title=whytune undecided,file=a%2Cb%3Ac%25.yaml,line=36,col=5::no rule decides `carrier`: only the "
        "fallback `refer` answers (1 of 4 tasks, 25.0 %25)\n"
    )


def test_github_gets_nothing_where_all_is_accepted(check: Check) -> None:
    assert check("idle-waiver-clean", "--format", "github").output == ""


def test_junit_fails_for_what_fails_the_command(check: Check) -> None:
    for level, failures in (("error", 0), ("warning", 1)):
        suite = ElementTree.fromstring(check("undecided", "--format", "junit", "--fail-on", level).output)
        assert [case.get("name") for case in suite] == CODES
        assert (suite.get("tests"), suite.get("failures")) == (str(len(CODES)), str(failures))
        assert [case.get("name") for case in suite if len(case)] == ["undecided"][:failures]


def test_junit_leaves_out_what_is_no_letter_in_xml_and_nothing_else() -> None:
    said = "运费\u3000太高\u00a0< 5\n\U0001f4e6"
    (case,) = ElementTree.fromstring(junit.junit_xml("s", [junit.TestResult("n", "b", f"\x00{said}\ufffe\x1b")]))
    assert case[0].text == said


@tabled(
    ("label", "is_stale"),
    [
        *(("below 10,000", False), ("below 10 000 kg", False), ("up to 9,999", False), ("below 10k", False)),
        *(("不到1万", False), ("不到 10 千", False), ("100万 %", True), ("light (v2)", False), ("light", False)),
        *(("below 1,000", True), ("below 10M", True), ("不到10万", True), ("below 10 knots", True)),
        *(("一万以下", False), ("万以下", False), ("十万以下", True), ("百万以下", True), ("万一破损", False)),
    ],
)
def test_a_label_may_write_its_number_in_several_ways(label: str, is_stale: bool) -> None:
    text = (FOLDER / "stale-label.yaml").read_text().replace("kind: number", "kind: whole_number")
    text = (
        text.replace("[20]", "[10000]").replace("20 kg or more", "from 10000 on").replace("below 30 kg", f'"{label}"')
    )
    found = examine(Examination(loads({"labels.yaml": text.encode()}), date.fromisoformat(DAY)))
    assert [finding.code for finding in found] == ["stale-label"] * is_stale


def test_the_stale_labels_of_a_band_are_one_finding() -> None:
    text = (FOLDER / "stale-label.yaml").read_text().replace("20 kg or more", "30 kg or more, up to 40")
    examined = Examination(loads({"labels.yaml": text.encode()}), date.fromisoformat(DAY))
    (found,) = (finding for finding in examine(examined) if finding.code == "stale-label")
    assert "cut at 20, but its labels name" in found.message["en"]
    assert all(said.endswith("`light` (en) 30; `heavy` (en) 30; `heavy` (en) 40") for said in found.message.values())


def test_a_stale_label_gives_way_to_the_bounds_wherever_readers_meet_it() -> None:
    book = whytune.load(FOLDER / "stale-label.yaml")
    case = book.case(weight=10, urgent=False)
    pictures = [book.flowchart(), book.picture("rules"), case.flowchart()]
    parts = [book.facts.about("weight"), book.rules.about("calm_by_post")]
    for told in (*(picture.outline() for picture in pictures), *map(str, parts), case.write(level="full")):
        assert "below 20" in told
        assert "30" not in told
    assert (
        replies.answer(book.facts["weight"], "20 kg or more") == book.case(weight="heavy").facts.states["weight"].value
    )
    with pytest.raises(BadValue):
        replies.answer(book.facts["weight"], "below 30 kg")


def test_what_no_diagram_can_hold_is_found_and_not_counted(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pysat")
    walked = json.loads(check("undecided", "--format", "json").output)
    monkeypatch.setattr("whytune.engine.meaning.study.MAX_NODES_TOGETHER", 10)
    asked = json.loads(check("undecided", "--format", "json").output)
    assert [(one["code"], one["about"]) for one in asked] == [(one["code"], one["about"]) for one in walked]
    assert {str(one["where"]["share"]) for one in asked if one["where"]} == {"None"}
    assert "diagram would be too large" in check("undecided").output


def test_the_findings_of_a_check_share_the_regions_that_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def undecided() -> list[Regions]:
        examined = Examination(written(document), date.fromisoformat(DAY))
        return [one.regions for one in examine(examined) if one.code == "undecided" and one.regions]

    names = [f"f{at}" for at in range(6)]
    decided = {"d": names[:3], "e": names[3:]}
    document = framed(
        facts=[fact(name, "yes_no") for name in names],
        decisions=[decision(name, ["a", "b"], "b", {"prefer": ["a", "b"]}) for name in decided],
        rules=[
            rule(f"{name}_{at}", propose={name: "a"}, **{"if": {one: "yes", other: "yes"}})
            for name, tested in decided.items()
            for at, (one, other) in enumerate(combinations(tested, 2))
        ],
    )
    whole = undecided()
    assert [len(regions.listed) for regions in whole] == [3, 3]
    monkeypatch.setitem(most_each.__globals__, "MAX_REGIONS", 4)
    monkeypatch.setitem(most_each.__globals__, "FEW_REGIONS", 1)
    for some, every in zip(undecided(), whole, strict=True):
        assert (some.share, len(some.listed)) == (every.share, 2)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"size": ["middle", "large"]}, "`some` tells `middle` from `large`, where `other` does the same"),
        ({"size": "small"}, "no rule tells `middle` from `large`"),
    ],
)
def test_an_unused_cut_says_which_rules_make_it_so(other: dict[str, object], words: str) -> None:
    band = {"band": "size", "cut_at": [1, 2], "values": ["small", "middle", "large"], "source": SOURCE}
    some = {"size": "middle"} if other["size"] != "small" else {"size": ["middle", "large"]}
    rules = [
        rule("some", **{"if": some}, propose={"way": "go"}),
        rule("other", **{"if": other}, propose={"way": "go" if other["size"] != "small" else "stay"}),
    ]
    facts = [fact("number", "number", bands=[band])]
    ways = [decision("way", ["go", "stay"], "stay", {"prefer": ["go", "stay"]})]
    found = examine(Examination(written(framed(facts=facts, decisions=ways, rules=rules)), date.fromisoformat(DAY)))
    messages = {finding.about: finding.message["en"] for finding in found if finding.code == "unused-band-cut"}
    assert messages["size.2"].endswith(words)


@pytest.mark.parametrize("day", ["1000-01-01", "9999-12-31"])
def test_a_day_far_away_is_a_day_too(day: str, check: Check) -> None:
    for name in ("review-overdue", "expired-rule", "never-in-force-unmet", "undecided-waiver-expired"):
        found = json.loads(check(name, "--as-of", day, "--format", "json").output)
        is_over = day > DAY
        assert ("expired-rule" in {each["code"] for each in found}) == (
            is_over and name in ("expired-rule", "never-in-force-unmet")
        )
        assert ("review-overdue" in {each["code"] for each in found}) == (is_over and name == "review-overdue")
        assert any(each["expired_waiver"] for each in found) == (is_over and name == "undecided-waiver-expired")


def test_on_a_day_without_a_rule_only_the_fallback_answers() -> None:
    whole = examination("undecided").whole
    rules = tuple(rule.model_copy(update={"valid": Validity.model_validate({"from": DAY})}) for rule in whole.rules)
    found = examine(Examination(replace(whole, rules=rules), date(2020, 1, 1)))
    undecided = next(finding for finding in found if finding.code == "undecided")
    assert undecided.regions is not None
    assert (counted_share(undecided.regions.share).percent, undecided.regions.listed[0].facts) == (100, {})
    idle = {"dead-option", "unused-fact", "unused-band-cut"}
    assert {finding.code for finding in found} == {"undecided", "coming-change", *idle}


@tabled(("missing", "every", "lines"), [(3, False, 3), (4, False, 1), (40, False, 1), (40, True, 40)])
@tabled("code", [code_of(check) for check in ON_CASES])
def test_many_missing_cases_are_told_in_one_line(code: str, missing: int, every: bool, lines: int) -> None:
    examined = examination("untested-rule")
    first = examine(examined)[0]
    alike = [first._replace(code=code, about=f"part_{number}") for number in range(missing)]
    other = first._replace(code="undecided", about="elsewhere")
    told = Examined([*alike, other], Speaker(examined.whole, "en"), "my rules", None, every=every)
    text = " ".join(terminal.text(findings(told)).split())
    assert text.count(f"[{code}: part_") == (0 if lines == 1 else missing)
    assert text.count(f"[{code}]") == (1 if lines == 1 else 0)
    assert (f" {missing} " in text.partition(f"[{code}]")[2]) == (lines == 1)
    assert ("`whytune test 'my rules' --suggest`" in text) == (lines == 1)
    assert "[undecided: elsewhere]" in text
    assert text.endswith(f"warnings: {missing + 1}")
