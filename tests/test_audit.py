"""What an auditor does with a ledger from the command line, where a transcript cannot show it."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from whytune import load
from whytune.cli import cli
from whytune.engine import Rulebook
from whytune.engine.language import loading
from whytune.engine.language.rulebook import POLICIES
from whytune.engine.ledger.canonical import canonical
from whytune.engine.ledger.export import export
from whytune.engine.ledger.record import Head, Record
from whytune.engine.ledger.record_reading import NotARecord
from whytune.engine.ledger.rule_titles import RuleTitles
from whytune.engine.ledger.statistics import Statistics
from whytune.engine.ledger.store import Ledger
from whytune.engine.words.catalogue import LANGUAGES
from whytune.ledger import Ledger as Asked
from whytune.prose import terminal
from whytune.prose.conditions import policy_of
from whytune.prose.records import counts

from .ledgers import CASES, RULEBOOK, at, drafted, opened_up, recorded
from .looks import sampled, tabled
from .stage import ROOT
from .stage import perform as whytune

DOCUMENT = ROOT / "docs" / "ledger.md"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    recorded(tmp_path / "advice.ledger")
    return tmp_path / "advice.ledger"


def test_an_export_is_verified_with_the_standard_library_alone(ledger: Path, tmp_path: Path) -> None:
    """The program that docs/ledger.md prints, run without any installed package, finds what `verify-export` finds."""
    (program,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    assert len(program.splitlines()) <= 20
    script, file = tmp_path / "verify.py", tmp_path / "ledger.jsonl"
    script.write_text(program)

    def run(content: bytes) -> tuple[int, str]:
        file.write_bytes(content)
        isolated = [sys.executable, "-I", "-S", str(script), str(file)]
        done = subprocess.run(isolated, capture_output=True, text=True, timeout=60, check=False)
        return done.returncode, (done.stdout or done.stderr).strip().splitlines()[-1]

    with Ledger.to_read(ledger) as opened:
        sound = b"".join(export(opened))
        head = [json.loads(body)["hash"] for _, body in opened.records()][-1]
    assert run(sound) == (0, f"5 {head}")
    lines = sound.splitlines(keepends=True)
    for changed, said in (
        ([*lines[:3], lines[3].replace(b"Ada", b"Bob"), *lines[4:]], "record 2 was changed"),
        ([*lines[:3], *lines[4:]], "record 2 is out of place"),
        ([*lines[:3], lines[4], lines[3], *lines[5:]], "record 2 is out of place"),
        (lines[:-1], "the export ends at record 4"),
        ([lines[0], lines[1].replace(b"cut_at: [20]", b"cut_at: [90]"), *lines[2:]], "a rulebook was changed"),
    ):
        code, last = run(b"".join(changed))
        assert code == 1
        assert last.endswith(said)


def test_a_tampered_ledger_ends_with_exit_code_4(ledger: Path) -> None:
    with opened_up(ledger) as connection:
        connection.execute("UPDATE records SET body = replace(body, 'Ada', 'Bob') WHERE seq = 3")
    found = whytune("audit", "verify", "--ledger", ledger)
    assert found.returncode == 4
    assert found.stdout.startswith("Not verified, at record 3: it was changed after it was written")
    assert "that verify: 2" in found.stdout
    assert json.loads(whytune("audit", "verify", "--ledger", ledger, "-f", "json").stdout)["fault"]["seq"] == 3
    assert "第 3 条记录" in whytune("audit", "verify", "--ledger", ledger, "-l", "zh").stdout
    for command in (("stats",), ("impact", RULEBOOK), ("replay", "--all")):
        partly = whytune("audit", *command, "--ledger", ledger)
        assert partly.returncode == 4
        assert "Not verified, at record 3: it was changed after it was written" in partly.stdout
        data = whytune("audit", *command, "--ledger", ledger, "-f", "json")
        assert (data.returncode, json.loads(data.stdout)["fault"]["seq"]) == (4, 3)
    for asked in (("show", "3"), ("report", "3"), ("replay", "3"), ("export", "-o", "/dev/null")):
        refused = whytune("audit", *asked, "--ledger", ledger)
        assert (refused.returncode, refused.stdout) == (4, "")
        assert refused.stderr.startswith("record 3: ")
    signed = whytune("audit", "checkpoint", "--ledger", ledger, "--key", "README.md")
    assert (signed.returncode, signed.stdout) == (4, "")
    refused = whytune("audit", "show", "3", "--ledger", ledger, "-l", "zh")
    assert refused.stderr.splitlines() == [
        "第 3 条记录：记录在写入后被改动过，内容与其哈希值不符",
        "  提示：请验证第 3 条记录，看该处现有的内容；在终端中：对同一账本运行 `whytune audit verify --record 3`",
    ]


@pytest.mark.slow
def test_a_damaged_file_is_told_of_in_the_language_asked_for(ledger: Path) -> None:
    with opened_up(ledger) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'records'").fetchone()
    content = ledger.read_bytes()
    begin = (page - 1) * 4096
    ledger.write_bytes(content[:begin] + b"\xff" * 4096 + content[begin + 4096 :])
    found = whytune("audit", "verify", "--ledger", ledger, "-l", "zh")
    assert found.returncode == 4
    said = "验证失败，位于第 1 条记录：文件无法继续读取：文件已损坏：database disk image is malformed\n"
    assert found.stdout == said
    assert whytune("audit", "verify", "--ledger", ledger).stdout.startswith(
        "Not verified, at record 1: the file cannot"
    )
    told = json.loads(whytune("audit", "verify", "--ledger", ledger, "-l", "zh", "-f", "json").stdout)["fault"]
    assert told["detail"] == "the file is damaged: database disk image is malformed"


def test_who_asked_for_no_language_is_told_in_their_own(tmp_path: Path) -> None:
    arguments = ("audit", "export", "--ledger", tmp_path / "none")
    assert whytune(*arguments, WHYTUNE_LANGUAGE="zh").stderr == f"{tmp_path / 'none'}: 账本不存在\n"
    assert whytune(*arguments, WHYTUNE_LANGUAGE="fr").stderr == f"{tmp_path / 'none'}: no such ledger\n"
    asked = whytune("audit", "stats", "--ledger", tmp_path / "none", "-l", "en", WHYTUNE_LANGUAGE="zh")
    assert asked.stderr == f"{tmp_path / 'none'}: no such ledger\n"


def test_a_changed_rule_is_a_difference_of_impact(ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "shorter.yaml").write_text(RULEBOOK.read_text().replace("cut_at: [7.5]", "cut_at: [3.5]"))
    arguments = ("audit", "impact", tmp_path / "shorter.yaml", "--ledger", ledger)
    found = whytune(*arguments, "--fail-over", "0")
    assert found.returncode == 1
    assert found.stdout.splitlines()[:2] == [
        "1 of 3 recorded recommendations that were asked again would come out differently; 2 could not be",
        "asked",
    ]
    assert "  - Lend it → Lend it for a deposit: 1" in found.stdout
    assert json.loads(whytune(*arguments, "--format", "json").stdout)["kept_out"] == 2
    assert whytune(*arguments, "--fail-over", "1", "--advice", "lend").returncode == 0


def test_records_by_another_rulebook_of_the_same_version_are_told_with_both_digests(
    ledger: Path, tmp_path: Path
) -> None:
    kept = Asked(ledger)
    assert kept.impact(load(RULEBOOK, as_of="2026-03-03")).same_version == ()
    edited = tmp_path / "loans.yaml"
    edited.write_text(
        RULEBOOK.read_text().replace("cut_at: [7.5]", "cut_at: [3]").replace("cut_at: [20]", "cut_at: [30]")
    )
    effect = kept.impact(load(edited, as_of="2026-03-03"))
    (own,) = effect.same_version
    assert own != effect.digest
    told = " ".join(str(effect).split())
    assert f"digest {own[:12]}…, here {effect.digest[:12]}…" in told


def test_the_main_decision_is_counted_first_by_every_door(tmp_path: Path) -> None:
    kept = Asked(tmp_path / "advice.ledger")
    practice = load("practice", as_of="2026-11-25")
    kept.record(practice.case(lookup=True))
    counts = kept.statistics()
    main = practice.content.decision_order[-1]
    assert [next(iter(counts.to_dict()[key])) for key in ("advice", "status", "rules")] == [main] * 3
    told = str(counts).splitlines()
    assert told[told.index("Advice") + 1].strip().startswith(main)


def test_rules_that_no_step_told_of_are_called_as_the_stored_rulebook_calls_them(tmp_path: Path) -> None:
    kept = Asked(tmp_path / "advice.ledger")
    guide = load("guide", as_of="2026-11-25")
    kept.record(guide.case({"prompt_enough": "no", "latest_knowledge": "yes"}))
    (record,) = kept.records().page.records
    assert "against_latest_knowledge" not in record.rule_titles
    title = guide.content.rule["against_latest_knowledge"].title["en"]
    for document in (kept.records().document("full"), kept.statistics().document()):
        assert title in " ".join(terminal.text(document, 500).split())


def test_a_damaged_record_does_not_lose_the_titles_of_others_by_its_rulebook(tmp_path: Path) -> None:
    kept = Asked(tmp_path / "advice.ledger")
    kept.record(load("guide", as_of="2026-11-25").case({"prompt_enough": "no", "latest_knowledge": "yes"}))
    with Ledger.to_read(kept.file) as ledger:
        ((_, body),) = ledger.records()
        titles = RuleTitles(ledger)
        assert "against_latest_knowledge" not in titles.of(Record.read(body.replace(b"latest", b"newest", 1)))
        assert "against_latest_knowledge" in titles.of(Record.read(body))


def test_every_policy_is_said_in_words() -> None:
    for language in LANGUAGES:
        words = [policy_of(f"lending.{policy}", "Lend it?", language) or "" for policy in POLICIES]
        assert all("Lend it?" in said for said in words)
        assert len({*words}) == len(POLICIES)


def test_a_list_that_goes_on_says_which_page_comes_next(ledger: Path) -> None:
    listed = Asked(ledger).records(size=2)
    assert "There are more records: page 2 of 3." in listed.write()


def test_a_gate_does_not_pass_what_could_not_be_asked(ledger: Path) -> None:
    found = whytune("audit", "impact", "guide", "--ledger", ledger, "--fail-over", "5")
    assert found.returncode == 1
    assert found.stdout.startswith("0 of 0 recorded recommendations that were asked again")


def test_a_record_that_comes_out_otherwise_ends_with_exit_code_1(tmp_path: Path) -> None:
    entry = drafted(CASES[0])
    told = entry.members["recommendation"].replace(b'"advice":"lend"', b'"advice":"refuse"')
    with Ledger.to_append(tmp_path / "l") as ledger:
        ledger.append(entry._replace(members={**entry.members, "recommendation": told}), lambda: at(0))
    assert whytune("audit", "verify", "--ledger", tmp_path / "l").returncode == 0
    found = whytune("audit", "replay", "1", "--ledger", tmp_path / "l")
    assert found.returncode == 1
    assert "the advice is different" in found.stdout
    assert "first difference: recommendation.decisions.lending.advice" in found.stdout
    assert '- "refuse"' in found.stdout
    assert '+ "lend"' in found.stdout


@pytest.mark.slow
def test_kept_out_facts_are_told_again_to_replay(tmp_path: Path) -> None:
    facts = ("--rulebook", RULEBOOK, "--set", "member=yes", "--set", "days=2", "--set", "debt=27.5")
    done = whytune("advise", *facts, WHYTUNE_LEDGER=str(tmp_path / "l"), WHYTUNE_BY="Ada")
    assert done.stderr.startswith("Recorded as 1-")
    assert b"27.5" not in (tmp_path / "l").read_bytes().replace(RULEBOOK.read_bytes(), b"")
    shown = whytune("audit", "show", "1", "--ledger", tmp_path / "l").stdout
    assert "Facts given by  Ada" in shown
    assert "27.5" not in shown
    assert "Debt    kept out of the record" in shown
    asked = whytune("audit", "replay", "1", "--ledger", tmp_path / "l")
    assert (asked.returncode, "hint: give what was kept out, each fact with --set: debt=…" in asked.stderr) == (3, True)
    assert whytune("audit", "replay", "1", "--ledger", tmp_path / "l", "--set", "debt=27").returncode == 3
    assert whytune("audit", "replay", "1", "--ledger", tmp_path / "l", "--set", "debt=27.50").returncode == 0
    everything = whytune("audit", "replay", "--all", "--ledger", tmp_path / "l")
    assert everything.returncode == 0
    assert "values of sensitive facts were kept out: 1. Whether these" in everything.stdout
    assert "`whytune audit replay ID" in everything.stdout
    proven = ("audit", "verify", "--record", "1", "--ledger", tmp_path / "l")
    assert "not tried" in whytune(*proven).stdout
    assert "give the same" in whytune(*proven, "--set", "debt=27.5").stdout
    assert whytune(*proven, "--set", "debt=27").returncode == 3
    assert whytune("audit", "verify", "--ledger", tmp_path / "l", "--set", "debt=27.5").returncode == 2


def test_advice_that_cannot_be_recorded_is_not_given(tmp_path: Path) -> None:
    done = whytune("advise", "--set", "prompt_enough=yes", "--record", tmp_path)
    assert (done.returncode, done.stdout) == (3, "")


ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)>"


class Tags(HTMLParser):
    """What a browser would make of a page: its tags, attributes, and the texts between."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, set[str]] = {}
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value or "")

    def handle_data(self, data: str) -> None:
        self.text += f"{data} "


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record into which an attacker wrote wherever one can write."""
    folder = tmp_path_factory.mktemp("attacked")
    rules = RULEBOOK.read_text()
    for before in ("Lend it,", "Member,", "A member may borrow for a week.,", "Lending policy,"):
        rules = rules.replace(f"en: {before}", f'en: "{before[:-1]} </style></title>{ATTACK}",')
    (folder / "rules.yaml").write_text(rules.replace("place: Section 1", f'place: "]]>--><!-- {ATTACK}"'))
    (folder / "case.yaml").write_text(f'case: "{ATTACK}"\ngiven: {{member: yes, days: 3}}\n')
    said = ("--by", ATTACK, "--purpose", f'"{ATTACK}', "--evidence", f"days=javascript:{ATTACK}")
    done = whytune("advise", folder / "case.yaml", "-r", folder / "rules.yaml", "--record", folder / "l", *said)
    assert done.returncode == 0, done.stderr
    return folder / "l"


@pytest.mark.parametrize("language", sampled(["en", "zh"], 2))
def test_nothing_that_anybody_wrote_is_markup_in_a_report(attacked: Path, tmp_path: Path, language: str) -> None:
    assert whytune("audit", "report", "1", "--ledger", attacked, "-l", language, "-o", tmp_path / "r").returncode == 0
    page = (tmp_path / "r").read_text()
    found = Tags(page)
    assert not found.tags & {"script", "img", "iframe", "object", "embed", "link", "form", "base", "foreignobject"}
    assert not [
        name for name in found.attributes if name.startswith("on") or name in ("src", "style", "href", "action")
    ]
    assert "xlink:href" not in found.attributes
    assert ATTACK in found.text
    assert page.count("<style>") == page.count("</style>") == 3
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/)", page)


def test_a_report_is_whole(ledger: Path, tmp_path: Path) -> None:
    """Advice, reason with source, facts with origin and evidence, what would flip it, the picture, and the hashes."""
    whytune("audit", "report", "1", "--ledger", ledger, "-o", tmp_path / "r")
    page = (tmp_path / "r").read_text()
    text = " ".join(Tags(page).text.split())
    record = json.loads(whytune("audit", "show", "1", "--ledger", ledger, "-f", "json").stdout)
    for part in (
        "Lend it provisional: it rests on assumptions",
        "A member may borrow for a week.",
        "“Lending policy”, Section 1",
        "Days 3.5 days given",
        "Trusted yes assumed by the rulebook",
        "Days: 3.5 days → 7.5 days (at least 4 more): Lend it for a deposit",
        record["hash"],
        record["rulebook"]["digest"],
        f"whytune audit replay 1-{record['hash'][:8]}",
    ):
        assert part in text, part
    assert page.count("<svg") == 2
    assert "default-src 'none'" in page


def test_an_auditors_spreadsheet_computes_nothing(tmp_path: Path) -> None:
    with Ledger.to_append(tmp_path / "l") as ledger:
        for index, text in enumerate(("=1+1", "+1", "-1", "@SUM(A1)", "＝1", "plain", 'quo"ted, with comma')):
            ledger.append(drafted(CASES[0], purpose=text), partial(at, index))
    listed = whytune("audit", "list", "--ledger", tmp_path / "l", "--format", "csv").stdout.splitlines()
    shown = [line.split(",", 5)[4] for line in listed[:0:-1]]
    assert shown[:6] == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'＝1", "plain"]
    assert '"quo""ted, with comma"' in listed[1]


def test_counts_of_several_decisions_name_each_with_the_colon_of_the_language() -> None:
    titles = {("lending", "lend"): {"en": "Lend it", "zh": "出借"}}
    found = Statistics(3, {("lending", "lend"): 1, ("deposit", "refer"): 2}, {}, {}, {}, {}, {}, titles)
    for language, said in (("en", "  lending: Lend it (lend) "), ("zh", "  lending：出借（lend） ")):
        assert [line for line in terminal.text(counts(found, language)).splitlines() if line.startswith(said)]


def test_rules_that_ruled_out_are_listed_and_counted(ledger: Path) -> None:
    listed = whytune("audit", "list", "--ledger", ledger, "--rule", "debtors_do_not_borrow", "--format", "json")
    assert [record["id"].split("-")[0] for record in json.loads(listed.stdout)] == ["3"]
    counted = whytune("audit", "stats", "--ledger", ledger).stdout
    assert re.search(r"Ruled out by.*\n  Debtors do not borrow \(debtors_do_not_borrow\) +1\n", counted)
    assert "被其排除\n" in whytune("audit", "stats", "--ledger", ledger, "--language", "zh").stdout


def test_counts_are_written_as_csv(ledger: Path) -> None:
    written = whytune("audit", "stats", "--ledger", ledger, "--format", "csv").stdout
    rows = [*csv.reader(io.StringIO(written))]
    assert rows[:2] == [["kind", "decision", "name", "count"], ["records", "", "", "5"]]
    counted = json.loads(whytune("audit", "stats", "--ledger", ledger, "--format", "json").stdout)
    for kind, name in (("advice", "advice"), ("status", "status"), ("rule", "rules"), ("veto", "vetoes")):
        assert {row[2]: int(row[3]) for row in rows if row[0] == kind} == counted[name]["lending"]
    for kind, name in (("month", "months"), ("rulebook", "rulebooks")):
        assert {row[2]: int(row[3]) for row in rows if row[0] == kind} == counted[name]


def test_a_name_in_the_place_of_a_record_or_a_rulebook_is_told_where_to_look(ledger: Path) -> None:
    shown = whytune("audit", "show", "REQ-1101", "--ledger", ledger)
    assert (shown.returncode, "`whytune audit list --text WORD`" in shown.stderr) == (3, True)
    record = whytune("audit", "list", "--ledger", ledger, "--format", "json", "--size", "1")
    for id_ in ("3", json.loads(record.stdout)[0]["id"]):
        refused = whytune("audit", "impact", id_, "--ledger", ledger)
        assert (refused.returncode, refused.stdout) == (3, "")
        assert f"`whytune audit replay {id_}` asks the record's own" in refused.stderr


@pytest.mark.parametrize(
    ("option", "hint"),
    sampled(
        [
            (("--rule", "member_borrow"), "did you mean `members_borrow`?"),
            (("--advice", "lended"), "did you mean `lend`?"),
            (("--rulebook", "offices"), "the records have loans"),
        ],
        3,
    ),
)
def test_no_gate_passes_because_a_name_was_misspelt(ledger: Path, option: tuple[str, str], hint: str) -> None:
    refused = whytune("audit", "impact", RULEBOOK, "--ledger", ledger, "--fail-over", "0", *option)
    assert (refused.returncode, refused.stdout) == (3, "")
    assert refused.stderr == f"no record is by `{' '.join(option)}`\n  hint: {hint}\n"
    nothing = whytune("audit", "impact", RULEBOOK, "--ledger", ledger, "--fail-over", "0", "--until", "1999-01-01")
    assert nothing.returncode == 0


@pytest.mark.parametrize("command", ["show 1", "report 1", "replay 1", "replay 1 --set member=yes", "replay --all"])
def test_a_stored_rulebook_is_built_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    recorded(tmp_path / "l", 1)
    builds: list[object] = []
    build = loading.build

    def counted(*given: Any, **named: Any) -> Rulebook:
        builds.append(given)
        return build(*given, **named)

    monkeypatch.setattr(loading, "_built", loading._built.__wrapped__)  # nothing is there from before
    monkeypatch.setattr(loading, "build", counted)
    CliRunner().invoke(cli, ["audit", *command.split(), "--ledger", str(tmp_path / "l")])
    assert len(builds) == 1


ESCAPES = "\u009b31m\u202e"
"""What a terminal obeys and click does not strip."""


@pytest.mark.slow
def test_a_path_is_told_without_what_a_terminal_obeys(tmp_path: Path) -> None:
    folder = tmp_path / f"r{ESCAPES}"
    said = [
        whytune("new", "rulebook", folder, "-l", "en,zh"),
        whytune("new", "case", "another", "-r", folder),
        whytune("new", "rule", "another", "-r", folder),
        whytune("schema", "--write", "-r", folder),
        whytune("check", folder, "--confirm-translations"),
        whytune("audit", "keygen", folder / "k"),
        whytune("advise", "--set", "prompt_enough=yes", "--record", folder / "l", "--graph", folder / "way.svg"),
    ]
    for done in said:
        assert done.returncode == 0, done.stderr
        assert "\\x9b" in done.stdout + done.stderr
        assert not set(ESCAPES[:1] + ESCAPES[-1:]) & set(done.stdout + done.stderr), done.args


def test_a_case_is_called_what_a_terminal_can_show(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text('case: "Ada \\u202e"\ngiven: {prompt_enough: yes}\n')
    done = whytune("advise", tmp_path / "c.yaml", "--record", tmp_path / "l")
    assert (done.returncode, done.stdout) == (3, "")
    assert "c.yaml:1:7: the text holds a control character, U+202E" in done.stderr


@pytest.mark.parametrize("member", ["decided_by", "possible", "rests_on"])
def test_a_record_holds_nothing_that_a_terminal_obeys(tmp_path: Path, member: str) -> None:
    draft = drafted(CASES[0])
    told = json.loads(draft.members["recommendation"])
    told["decisions"]["lending"][member] = [ESCAPES]
    changed = {**draft.members, "recommendation": canonical(told)}
    with pytest.raises(NotARecord):
        draft._replace(members=changed).sealed(Head(), at(0))


@pytest.mark.slow
@tabled(
    ("options", "environment"),
    [(("--record", ""), {}), (("--record", " "), {}), ((), {"WHYTUNE_LEDGER": "   "}), (("--by", "Ada"), {})],
)
def test_what_looks_recorded_and_is_not_is_misuse(options: tuple[str, ...], environment: dict[str, Any]) -> None:
    done = whytune("advise", "--set", "prompt_enough=yes", *options, **environment)
    assert (done.returncode, done.stdout) == (2, "")
    assert whytune("advise", "--set", "prompt_enough=yes", WHYTUNE_BY="Ada").returncode == 0


@pytest.mark.parametrize(
    ("options", "said"),
    sampled(
        [
            (("--graph", "nowhere/x.svg"), "cannot be written"),
            (("--graph", "x.nothing"), "does not end in a known format"),
            (("--costs", "--model", "nosuch"), "nosuch"),
            (("--costs", "--prices", "nosuch"), "nosuch"),
        ],
        4,
    ),
)
def test_a_failing_command_leaves_no_record(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    done = whytune("advise", "--set", "prompt_enough=yes", *options, "--record", tmp_path / "l")
    assert (done.returncode, done.stdout, said in done.stderr) == (3, "", True), done.stderr
    assert "Recorded" not in done.stderr
    assert not (tmp_path / "l").exists()


def test_an_interview_begins_only_if_it_can_be_kept(tmp_path: Path) -> None:
    for options, code in ((("--by", "Ada"), 2), (("--record", tmp_path / "l", "--time", "yesterday"), 3)):
        done = whytune("ask", *options)
        assert (done.returncode, "prompt" in done.stderr) == (code, False), done.stderr


@pytest.mark.slow
def test_a_report_leaves_out_what_no_rule_asked_for(tmp_path: Path) -> None:
    for options, shown in (((), False), (("--set", "calls_per_month=1000"), True)):
        ledger = tmp_path / str(shown)
        assert whytune("advise", "--set", "prompt_enough=yes", *options, "--record", ledger).returncode == 0
        page = whytune("audit", "report", "1", "--ledger", ledger).stdout
        assert ("Calls a month" in Tags(page).text) == shown


def test_a_record_is_told_at_the_level_asked_for(ledger: Path) -> None:
    short, normal, full = (
        whytune("audit", "show", "1", "--ledger", ledger, *level).stdout
        for level in ((), ("--level", "normal"), ("--level", "full"))
    )
    assert "Facts\n" in short
    assert "Not in force" not in short
    assert "Not in force" in normal
    assert "Trace\n" not in normal
    assert "Trace\n" in full


def test_a_step_that_names_no_option_of_several_decisions_names_the_decision() -> None:
    full = whytune("advise", "-r", "practice", "--level", "full", "--as-of", "2026-11-25").stdout
    steps = [line for line in full.splitlines() if "It does not apply here  [" in line]
    assert len(steps) >= 2
    assert [line for line in steps if "? It does" not in line] == []
