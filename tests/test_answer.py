"""What a reader sees first: an answer that fits a screen, and never hides that only the fallback decided."""

from __future__ import annotations

import re
import shlex
from datetime import date
from functools import cache
from itertools import cycle, product
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

import whytune
from whytune.engine import Advisor
from whytune.engine.advice.explanations import Flips, flips, sufficient_reason, why
from whytune.engine.language.case import CaseFacts, from_python, resolve
from whytune.engine.language.casefile import read_case
from whytune.engine.language.source import read
from whytune.engine.words.speaker import Speaker
from whytune.prose import terminal
from whytune.prose.answer import answer
from whytune.prose.document import document
from whytune.prose.flips import flips as told
from whytune.prose.levels import Level

from .generated import decision, fact, framed, rule, written
from .ledgers import RULEBOOK, recorded
from .looks import tabled
from .stage import perform
from .transcript import read as read_transcript

CASES = sorted((Path(__file__).parent.parent / "rules" / "guide" / "cases").glob("*.yaml"))
TRIALS = Path(__file__).parent / "transcripts" / "practice.txt"
LINES, COLUMNS = 24, 80
GUIDE = Advisor.load("guide")
PRACTICE_DAY = date(2026, 12, 15)


@cache
def facts_of(case: Path) -> CaseFacts:
    return resolve(GUIDE.rulebook.vocabulary, read_case(read(case, case.name)).given)


@cache
def flips_of(case: Path) -> Flips:
    return flips(GUIDE, facts_of(case), "approach")


def text(advisor: Advisor, facts: CaseFacts, language: str, level: Level, known: Flips) -> str:
    blocks = answer(advisor.recommend(facts), Speaker(advisor.rulebook, language), level, known)
    return terminal.text(document("", language, blocks), COLUMNS)


def test_an_answer_fits_a_screen_with_all_that_is_offered_below_it() -> None:
    for case, language in product(CASES, ("en", "zh")):
        speaker = Speaker(GUIDE.rulebook, language)
        shown = text(GUIDE, facts_of(case), language, "short", flips_of(case)).split("\n")
        keys = ("look_further", "edition_offer", "compare_offer")
        offers = [terminal.wrapped(speaker.say(key), COLUMNS) for key in keys]
        assert len(shown) + sum(offer.count("\n") + 1 for offer in offers) <= LINES, "\n".join(shown)
        assert all(cell_len(line) <= COLUMNS for line in shown)


def test_the_answers_of_practice_to_product_teams_fit_a_screen() -> None:
    trials = [one for one in read_transcript(TRIALS.read_text(encoding="utf-8")) if "whytune advise" in one.command]
    assert len(trials) >= 12
    screens = [re.split(r"\n\n(?=What it would cost|成本估算)", trial.output)[0].split("\n") for trial in trials]
    assert [lines for lines in screens if len(lines) > LINES] == []
    assert max(cell_len(line) for lines in screens for line in lines) <= COLUMNS


def test_a_short_answer_joins_other_decisions_by_status_and_leaves_out_what_the_advice_says() -> None:
    names = ("beneath", "firm", "likely", "asked", "spared", "first")
    rows = [decision(name, ["go", "stay"], "stay", "refer") for name in names]
    rows[-2]["only_if"] = {"beneath": "stay"}
    rules = [
        rule("beneath_goes", **{"if": {"given": "yes"}}, propose={"beneath": "go"}),
        rule("firm_goes", **{"if": {"given": "yes"}}, propose={"firm": "go"}),
        rule("likely_goes", **{"if": {"taken": "yes"}}, propose={"likely": "go"}),
        rule("asked_goes", **{"if": {"unheard": "yes"}}, propose={"asked": "go"}),
        rule("way_goes", **{"if": {"beneath": "go"}}, propose={"way": "go"}),
    ]
    facts = [fact("given", "yes_no"), fact("taken", "yes_no", assume="yes"), fact("unheard", "yes_no")]
    framework = framed(facts=facts, decisions=[*rows, decision("way", ["go", "stay"], "stay", "refer")], rules=rules)
    advisor = Advisor(written(framework))
    known = resolve(advisor.rulebook.vocabulary, from_python({"given": "yes"}))
    blocks = answer(advisor.recommend(known), Speaker(advisor.rulebook, "en"), "short")
    texts = [str(getattr(block, "text", "")) for block in blocks]
    assert [text for text in texts if text.startswith(("Other decisions", "first"))] == [
        "first? stay",
        "Other decisions, settled: firm? go",
        "Other decisions, provisional: likely? go",
        "Other decisions, open: asked?",
    ]


def test_the_last_decision_is_told_with_why_unless_the_reasons_above_say_so() -> None:
    decisions = [decision(name, ["go", "stay"], "stay", "refer") for name in ("first", "way")]
    shared = rule("both_go", **{"if": {"given": "yes"}}, propose={"first": "go", "way": "go"})
    alone = rule("first_goes", **{"if": {"given": "yes"}}, propose={"first": "go"})
    for rules, is_told in (([alone], True), ([shared], False)):
        advisor = Advisor(written(framed(facts=[fact("given", "yes_no")], decisions=decisions, rules=rules)))
        known = resolve(advisor.rulebook.vocabulary, from_python({"given": "yes"}))
        blocks = [*answer(advisor.recommend(known), Speaker(advisor.rulebook, "en"), "short")]
        shown = terminal.text(document("", "en", blocks), COLUMNS).split("\n")
        assert ("  first_goes says so" in shown) is is_told
        assert " ".join(shown).count("says so") == 1


def test_names_that_hold_a_comma_are_parted_by_semicolons() -> None:
    names = [{"option": "small", "label": "Tuning, of a small one"}, "stay", "go"]
    ways = decision("way", names, "stay", "refer")
    go = rule("goes", **{"if": {"given": "yes"}}, propose={"way": "go"})
    speaker = Speaker(written(framed(facts=[fact("given", "yes_no")], decisions=[ways], rules=[go])), "en")
    assert speaker.options("way", ["small", "go"]) == "Tuning, of a small one; go"
    assert speaker.outcomes("way", ["small", "go"]) == "Tuning, of a small one; go"
    assert speaker.options("way", ["stay", "go"]) == "stay, go"


def test_the_first_lines_tell_a_part_that_says_more_than_the_advice_which_rests_on_it() -> None:
    rows = [decision(name, ["go", "stay", "wait"], "stay", "refer") for name in ("part", "way")]
    rules = [
        rule("part_goes", **{"if": {"given": "yes"}}, propose={"part": "go"}),
        rule("part_stays", **{"if": {"given": "no"}}, propose={"part": "stay"}),
        rule("way_goes", **{"if": {"other": "yes"}}, propose={"way": "go"}),
        rule("way_waits", **{"if": {"other": "no", "part": "go"}}, propose={"way": "wait"}),
    ]
    facts = [fact("given", "yes_no"), fact("other", "yes_no", assume="yes")]
    advisor = Advisor(written(framed(facts=facts, decisions=rows, rules=rules)))

    def told(**given: str) -> list[str]:
        known = resolve(advisor.rulebook.vocabulary, from_python(given))
        blocks = answer(advisor.recommend(known), Speaker(advisor.rulebook, "en"), "short")
        return [str(getattr(block, "text", "")) for block in blocks]

    shown = told(given="yes")
    assert shown[1:3] == ["Advice: go", "part? go (settled)"]
    assert [text for text in shown[3:] if "part?" in text] == []
    assert told(given="yes", other="yes")[2] == "part? go"
    assert not told(given="no")[2].startswith("part?")  # its fallback
    assert not told(given="yes", other="no")[2].startswith("part?")  # the reason is its own


def test_each_answer_of_the_guide_says_whether_it_is_only_the_fallback_and_what_ends_that() -> None:
    for case in CASES:
        recommendation = GUIDE.recommend(facts_of(case))
        opening = " ".join(text(GUIDE, facts_of(case), "en", "short", flips_of(case)).split("\n\n")[0].split())
        assert ("only the fallback" in opening) is recommendation.fell_back("approach"), case.stem
        if recommendation.fell_back("approach"):
            assert "until" in opening or "No change of facts" in opening, case.stem


def book(*rules: dict[str, Any]) -> Advisor:
    bands = [{"band": "volume", "cut_at": [10, 20], "values": ["small", "medium", "large"]}]
    facts = [
        fact("size", "whole_number", changeable="with_effort", bands=bands),
        fact("ready", "yes_no", changeable="with_effort", assume="yes"),
    ]
    ways = decision("way", ["go", "wait", "stay"], "stay", {"prefer": ["go", "wait", "stay"]})
    return Advisor(written(framed(facts=facts, decisions=[ways], rules=list(rules))))


GO = rule("go_if_large", **{"if": {"volume": "large"}}, propose={"way": "go"})
WAIT = rule("wait_otherwise", **{"if": {"volume": "medium"}}, propose={"way": "wait"})
NOT_IF_UNREADY = rule("not_if_unready", **{"if": {"ready": "no"}}, rule_out={"way": ["go", "wait"]})


def flipped(advisor: Advisor, **given: Any) -> tuple[CaseFacts, Flips]:
    facts = resolve(advisor.rulebook.vocabulary, from_python(given))
    return facts, flips(advisor, facts, "way")


def test_nobody_makes_an_effort_to_lose_data_or_to_be_left_with_the_fallback() -> None:
    advisor = book(GO, WAIT, NOT_IF_UNREADY)
    _, known = flipped(advisor, size=25, ready="yes")
    assert {(change.fact, str(change.after)) for flip in known.flips for change in flip.changes} == {
        ("size", "19"),
        ("size", "9"),
        ("ready", "no"),
    }
    assert known.worthwhile == ()
    _, fewer = flipped(advisor, size=5, ready="yes")
    assert [flip.wastes for flip in fewer.flips] == [False] * len(fewer.flips)
    assert {flip.outcome for flip in fewer.worthwhile} == {"go", "wait"}


def test_what_is_assumed_is_checked_whatever_it_would_lose() -> None:
    _, known = flipped(book(GO, WAIT, NOT_IF_UNREADY), size=25)
    assert [flip.group for flip in known.worthwhile] == ["check"]


def test_wasteful_flips_are_told_on_request_and_counted_otherwise() -> None:
    advisor = book(GO, WAIT, NOT_IF_UNREADY)
    _, known = flipped(advisor, size=25, ready="yes")
    speaker = Speaker(advisor.rulebook, "en")
    short, long = (
        terminal.text(document("", "en", told(known, speaker, wasteful)), COLUMNS) for wasteful in (False, True)
    )
    assert "19" not in short
    assert "--all" in short
    assert "3" in short
    assert "size: 25 → 10 to below 20 (where “go_if_large” is no longer in force): wait" in " ".join(long.split())
    assert "--all" not in long


def test_a_change_of_a_number_says_how_much_more_it_takes() -> None:
    advisor = book(GO, NOT_IF_UNREADY)
    facts, known = flipped(advisor, size=4, ready="yes")
    shown = " ".join(text(advisor, facts, "en", "short", known).split())
    assert "size: 4 → 20 (at least 16 more); then go" in shown


def test_neighbouring_stretches_of_an_unknown_number_are_one() -> None:
    advisor = book(rule("go_unless_small", **{"if": {"volume": ["medium", "large"]}}, propose={"way": "go"}))
    _, known = flipped(advisor)
    assert [str(flip.changes[0].after) for flip in known.flips if flip.outcome == "go"] == ["10", "20"]
    shown = terminal.text(document("", "en", told(known, Speaker(advisor.rulebook, "en"))), COLUMNS)
    assert shown.count(": go") == 1
    assert "10 or more: go" in shown


@tabled("case", CASES[::6])
def test_normal_holds_the_proof_and_full_every_step(case: Path) -> None:
    recommendation = GUIDE.recommend(facts_of(case))
    levels: dict[Level, list[int]] = {
        "short": [],
        "normal": [firing.number for firing in recommendation.proof("approach")],
        "full": [firing.number for firing in recommendation.trace],
    }
    for level, numbers in levels.items():
        shown = text(GUIDE, facts_of(case), "en", level, flips_of(case))
        assert [int(number) for number in re.findall(r"^ +([0-9]+)\. ", shown, re.MULTILINE)] == numbers
    assert {*levels["normal"]} < {*levels["full"]}


def test_where_nothing_was_proposed_only_the_fallback_decides_too() -> None:
    advisor = book(GO)
    facts, known = flipped(advisor, size=4, ready="yes")
    shown = " ".join(text(advisor, facts, "en", "short", known).split())
    assert shown.index("only the fallback") < shown.index("Rulebook")
    assert "until: size: 4 → 20" in shown


@tabled("command", ["why", "why-not", "what-if", "flip", "reason", "next", "advise"])
@tabled("format_", ["html", "markdown"])
def test_every_question_about_a_case_is_answered_as_a_page_and_as_markdown(command: str, format_: str) -> None:
    more = {"why-not": ["full"], "what-if": ["--set", "examples=20000"]}.get(command, [])
    case = ["rules/guide/cases/clinic_terms_100_examples.yaml"]
    done = perform(command, *case, *more, "--format", format_)
    assert done.returncode == 0, done.stderr
    assert "fine-tuning" in done.stdout or "high quality" in done.stdout
    assert done.stdout.startswith("<!DOCTYPE html>") is (format_ == "html")
    assert "\x1b" not in done.stdout


CASE = "rules/guide/cases/clinic_terms_100_examples.yaml"


@tabled("format_", ["json", "html", "markdown"])
@tabled("words", [("advise", CASE, "--graph", "-"), ("diff", "guide", "guide", "--graph", "-"), ("ask", "--save", "-")])
def test_nothing_else_is_written_where_a_program_reads_the_answer(words: tuple[str, ...], format_: str) -> None:
    if words[0] == "diff" and format_ == "html":
        format_ = "json"
    done = perform(*words, "--format", format_)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{words[-2]} - would stand in the midst of the {format_}" in done.stderr


def test_a_picture_that_leaves_out_the_facts_behind_other_decisions_says_so_and_what_shows_them(tmp_path: Path) -> None:
    for rulebook, leaves_out in (("guide", False), ("practice", True)):
        done = perform("advise", "--rulebook", rulebook, "--graph", tmp_path / "way.txt")
        assert ("“How does knowledge reach the model?”" in done.stderr) is leaves_out
        assert ("`whytune graph --expand`" in done.stderr) is leaves_out


@pytest.mark.parametrize("lines", ["no\nyes\n\n", "no\nquit\n"], ids=["finished", "ended early"])
def test_the_answers_that_an_interview_saves_are_told_of_with_the_commands_that_take_them(
    lines: str, tmp_path: Path
) -> None:
    file = tmp_path / "case.yaml"
    missing = perform("advise", file)
    assert f"hint: `whytune ask --save {file}` asks for the facts" in missing.stderr
    saved = perform("ask", "--save", file, given=lines)
    assert (saved.returncode, saved.stdout.count("Your answers are in")) == (0, 0)
    offered = re.findall(r"^  whytune (\w+) (\S+)", saved.stderr.partition("Your answers are in")[2], re.MULTILINE)
    assert offered == [("advise", str(file)), ("ask", str(file))]
    for command, case in offered:
        assert perform(command, case).returncode == 0
    in_chinese = perform("ask", "--save", file, "--language", "zh", given="quit\n")
    assert " ".join(in_chinese.stderr.split()).count("--language zh") == 2


@tabled("day", [(), ("--as-of", "2026-11-22")])
@tabled("is_saved", [False, True])
def test_an_interview_ends_in_a_command_that_asks_about_its_answers(
    day: tuple[str, ...], is_saved: bool, tmp_path: Path
) -> None:
    saving = ("--save", str(tmp_path / "the case.yaml")) if is_saved else ()
    done = perform("ask", *day, *saving, given="no\nno\nstyle\n>= 1200\nunknown\n\n\n\n\n")
    asked = done.stderr.partition("More about these answers")[2].replace("\\\n", "")
    words = re.findall(r"^  whytune (.*)$", asked, re.MULTILINE)[0]
    assert "More: " not in done.stdout
    told = perform(*shlex.split(words.replace("why", "advise", 1))).stdout
    assert done.stdout.partition("\n\n")[0] == told.partition("\n\n")[0] != ""
    assert perform(*shlex.split(words)).returncode == perform("why-not", *shlex.split(words)[1:], "rag").returncode == 0


TELLING = (
    ("advise", CASE),
    ("advise", CASE, "--level", "full"),
    *((command, CASE) for command in ("why", "flip", "reason", "next")),
    ("why-not", CASE, "full"),
    ("what-if", CASE, "--set", "examples=20000"),
    ("rulebooks",),
    ("facts",),
    ("rules", "approach.if_none_stands"),
    ("compare",),
    ("check", "tests/checks/undecided.yaml"),
    ("check", "tests/edits/old"),
    ("test", "tests/data/parcel"),
    ("diff", "tests/edits/old", "tests/edits/fact"),
)
"""Commands that answer people, some with more to say at a terminal."""
ON_A_DAY = ("--as-of", "2026-11-22")
SERVING: tuple[str, ...] = (
    "--model",
    "gpt-4o-mini",
    "--calls",
    "100000",
    "--prompt-tokens",
    "2000",
    "--tuned-prompt-tokens",
    "300",
)
SERVING += ("--output-tokens", "200", *ON_A_DAY)
COUNTED = (
    ("cost", "tune", "--model", "gpt-4o-mini", "--examples", "1000", "--tokens", "500", *ON_A_DAY),
    ("cost", "gpu", "--model", "Llama-3-8B", "--method", "lora", *ON_A_DAY),
    ("cost", "serve", *SERVING),
    ("cost", "break-even", *SERVING, "--training", "4.50"),
    ("advise", CASE, "--costs", "--set", "tokens_per_example=500", *ON_A_DAY),
)
"""Commands that tell what something costs."""
LATER = "".join(
    f"""
  - id: later_{year}
    valid: {{from: {year}-01-01}}
    if: {{topic: fault}}
    propose: {{answer: template}}
    title: {{en: Later, zh: 以后}}
    because: {{en: Later., zh: 以后。}}
    source: {{document: memo, place: page 1}}
"""
    for year in range(2028, 2053)
)
"""Rules that begin on more days than a diff looks at."""


def _audits(folder: Path) -> list[tuple[str, ...]]:
    """Commands that tell about a ledger, of which a terminal shows the first page."""
    ledger = folder / "advice.ledger"
    recorded(ledger)
    asked = (
        ("list", "--size", "2"),
        ("show", "1"),
        ("stats",),
        ("verify",),
        ("replay", "--all"),
        ("impact", str(RULEBOOK)),
    )
    audits = [("audit", *words, "--ledger", str(ledger)) for words in asked]
    assert "--page 2" in perform(*audits[0]).stdout
    return audits


@pytest.mark.slow
def test_a_page_and_a_comment_hold_no_option_of_the_command_line_but_in_commands(tmp_path: Path) -> None:
    later = tmp_path / "later.yaml"
    later.write_text((Path(__file__).parent / "edits/old/rulebook.yaml").read_text() + LATER)
    edit = ("diff", "tests/edits/old", str(later))
    assert perform(*edit).stdout.count("(--as-of looks at another day)") == 2
    asked = zip((edit, *TELLING, *COUNTED, *_audits(tmp_path)), cycle(("markdown", "html")), strict=False)
    shown = {words: perform(*words, "--format", format_).stdout for words, format_ in asked}
    assert all(shown.values())
    code = re.compile(r"<style>.*?</style>|<!--.*?-->|<(code|pre)\b.*?</\1>|```.*?```|`[^`\n]*`", re.DOTALL)
    options = {words: re.findall(r"(?<![\w-])--[a-z][\w-]*", code.sub("", text)) for words, text in shown.items()}
    assert {words: found for words, found in options.items() if found} == {}


def interview(*lines: str, language: str = "en") -> tuple[str, str]:
    done = perform("ask", "--language", language, given="".join(f"{line}\n" for line in lines))
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


def test_what_is_settled_is_not_said_to_hold_only_as_assumed() -> None:
    answers = ("no", "no", "output_format", "1500", "no", "no", "", "yes", "no", "")
    advice, talk = interview(*answers)
    assert "Status: settled" in advice
    assert "(assumed)" in talk
    assert "as long as what is marked as assumed is so" not in talk


def test_an_interview_says_how_far_it_is_and_shows_the_answers_before_it_ends() -> None:
    advice, talk = interview("no", "yes", "")
    assert "Question 1 of at most 10" in talk
    assert "Question 2 of at most 10" in talk
    assert talk.index("Your answers") > talk.index("Question 2")
    assert "2. Need for external knowledge  yes" in talk
    assert advice.startswith("Advice: RAG")


def test_an_interview_says_at_its_end_what_it_did_not_ask_about_and_why() -> None:
    _, talk = interview("no", "no", "output_format", "1500", "no", "unknown", "", "yes", "no", "")
    review = talk.partition("Your answers")[2]
    assert review.count("Not asked, since no answer changes this advice: Training examples\n") == 1


@pytest.mark.parametrize("correction", ["1", "１"])
def test_an_answer_is_corrected_by_its_number_before_the_advice(correction: str) -> None:
    advice, talk = interview("no", "yes", correction, "yes", "")
    assert talk.count("Your answers") == 2
    assert advice.startswith("Advice: Prompt engineering")


def test_what_is_not_understood_is_told_in_the_words_of_the_list_and_fewer_questions_are_noted() -> None:
    replies = "maybe\nno\nno\nstyle_formt\nlatency\n"
    talk = perform("ask", "--language", "zh", given=replies).stderr
    assert "无法识别 `maybe`\n" in talk
    assert "无法识别 `style_formt`；您是不是想写 `特定风格/格式`？\n" in talk
    assert "第 4 题，现在最多 9 题" in talk


def test_a_corrected_answer_keeps_its_number_and_help_at_the_end_shows_the_answers_again() -> None:
    _, talk = interview("no", "yes", "1", "no", "?", "")
    _, *reviews = talk.split("Your answers")
    numbered = [re.findall(r"^  (\d\. .*?)  ", review, re.MULTILINE) for review in reviews]
    assert numbered == [["1. Solvable by a prompt", "2. Need for external knowledge"]] * 3
    assert "is none of these" not in talk


@tabled(
    ("reply", "meant"),
    [("output", "output_format"), ("Uniform", "output_format"), ("风格", "brand_tone"), ("lower", None), ("u", None)],
)
def test_the_beginning_of_an_answer_is_enough_where_only_one_begins_so(reply: str, meant: str | None) -> None:
    facts, talk = interview("no", "no", reply, "quit")
    assert (f"need: {meant}" in facts) is (meant is not None)
    assert talk.count("Question 3") == (1 if meant else 2)


def test_back_takes_the_last_answer_back_also_when_all_are_given() -> None:
    advice, _ = interview("yes", "back", "no", "yes", "y")
    assert advice.startswith("Advice: RAG")


def test_quitting_at_the_end_gives_the_case_and_no_advice() -> None:
    for word, language in (("quit", "en"), ("退出", "zh")):
        case, _ = interview("yes", word, language=language)
        assert case == "given:\n  prompt_enough: yes\n"


def test_a_number_said_roughly_is_repeated_as_it_is_taken() -> None:
    _, rough = interview("no", "no", "2", "no", "no", "no", "about 3,000", "quit")
    assert "Taken as exactly 3,000 examples" in rough
    _, exact = interview("no", "no", "2", "no", "no", "no", "3,000", "quit")
    assert "Taken as" not in exact


@pytest.mark.slow
def test_a_list_that_is_given_is_told_by_what_is_on_it() -> None:
    advisor = Advisor.load("practice", PRACTICE_DAY)
    shown = {
        goals: text(advisor, facts, "en", "normal", flips(advisor, facts, "approach"))
        for goals in ("style", "")
        for facts in [resolve(advisor.rulebook.vocabulary, from_python({"goals": [goals] if goals else []}))]
    }
    assert re.search(r"Must get better +voice and style, and nothing else", shown["style"])
    assert re.search(r"Must get better +none of them", shown[""])


def test_a_list_that_is_given_stands_in_the_order_of_the_questions() -> None:
    values = ["speed", "style"]
    wanted = fact("wanted", "choices", values=values, labels={value: value for value in values})
    asked = [fact("first", "yes_no"), wanted, fact("last", "yes_no")]
    rules = [
        rule("one", **{"if": {"first": "yes", "last": "yes"}}, propose={"way": "go"}),
        rule("two", **{"if": {"wanted.style": "yes"}}, propose={"way": "go"}),
    ]
    way = decision("way", ["go", "stay"], "stay", {"prefer": ["go", "stay"]})
    advisor = Advisor(written(framed(facts=asked, decisions=[way], rules=rules)))
    facts = resolve(advisor.rulebook.vocabulary, from_python({"first": "yes", "wanted": ["style"], "last": "yes"}))
    shown = text(advisor, facts, "en", "normal", flips(advisor, facts, "way")).partition("\nFacts")[2]
    assert re.findall("^  (first|wanted|last) ", shown, re.MULTILINE) == ["first", "wanted", "last"]


def test_what_is_not_known_is_noted_as_such() -> None:
    for reply, is_noted in (("unknown", True), ("yes", False)):
        _, talk = interview(reply, "quit")
        assert ("Noted as not known" in talk) is is_noted


def test_the_facts_that_an_estimate_lacks_can_be_copied_as_options() -> None:
    told = perform("advise", "--costs", "--set", "prompt_enough=no", "--set", "need=brand_tone").stdout
    assert "--set examples=…" in told
    assert "--set tokens_per_example=…" in told


def test_an_interview_whose_input_ends_still_advises() -> None:
    advice, _ = interview("yes")
    assert advice.startswith("Advice: Prompt engineering")


def test_where_one_advice_follows_from_another_the_reason_told_is_the_one_that_rests_on_facts() -> None:
    behaviour = decision("behaviour", ["prompt", "tune"], "prompt", {"prefer": ["tune", "prompt"]})
    approach = decision("approach", ["prompting", "tuning"], "prompting", {"prefer": ["tuning", "prompting"]})
    short = rule("falls_short", **{"if": {"short": "yes"}}, propose={"behaviour": "tune"})
    follows = rule("follows", **{"if": {"behaviour": "tune"}}, propose={"approach": "tuning"})
    rulebook = framed(facts=[fact("short", "yes_no")], decisions=[behaviour, approach], rules=[short, follows])
    advisor = Advisor(written(rulebook))
    facts = resolve(advisor.rulebook.vocabulary, from_python({"short": "yes"}))
    shown = text(advisor, facts, "en", "short", flips(advisor, facts, "approach"))
    assert "Why: falls_short says so" in shown
    assert "follows says so" not in shown
    assert "follows says so" in text(advisor, facts, "en", "full", flips(advisor, facts, "approach"))


def test_the_first_reason_speaks_for_the_advice_and_not_for_what_was_passed_over() -> None:
    ways = decision("way", ["go", "stay"], "stay", {"prefer": ["go", "stay"]})
    stay = rule("stay_if_unsure", **{"if": {"ready": "yes"}}, propose={"way": "stay"})
    go = rule("go_if_ready", **{"if": {"ready": "yes", "sure": "yes"}}, propose={"way": "go"})
    facts = [fact("ready", "yes_no"), fact("sure", "yes_no", assume="yes")]
    advisor = Advisor(written(framed(facts=facts, decisions=[ways], rules=[stay, go])))
    answered = advisor.advise({"ready": "yes"})
    assert [firing.name for firing in answered.deciding("way") if firing.kind == "rule"] == [
        "go_if_ready",  # although it rests on what is assumed
        "stay_if_unsure",
    ]


def test_a_rule_that_asks_for_less_is_told_before_one_that_asks_for_all_of_it_and_more() -> None:
    ways = decision("way", ["go", "stay"], "stay", {"prefer": ["go", "stay"]})
    more = rule("a_dry_road", **{"if": {"ready": "yes", "dry": "yes", "sure": "yes"}}, propose={"way": "go"})
    less = rule("ready_and_sure", **{"if": {"ready": "yes", "sure": "yes"}}, propose={"way": "go"})
    facts = [
        fact("spare", "yes_no", assume="no"),
        fact("ready", "yes_no"),
        fact("dry", "yes_no"),
        fact("sure", "yes_no", assume="yes"),
    ]
    worse = rule("spare_time", **{"if": {"spare": "yes"}}, rule_out={"way": "go"})
    advisor = Advisor(written(framed(facts=facts, decisions=[ways], rules=[more, less, worse])))
    known = resolve(advisor.rulebook.vocabulary, from_python({"ready": "yes", "dry": "yes"}))
    reason = sufficient_reason(advisor, known, "way")
    assert {name for name, _ in reason.facts} == {"ready", "sure", "spare"}
    shown = text(advisor, known, "en", "short", flips(advisor, known, "way"))
    assert "Why: ready_and_sure says so (assumed: sure: yes)" in " ".join(shown.split())


def test_what_is_assumed_is_told_beginning_with_what_alone_changes_the_advice() -> None:
    case = whytune.load("practice", as_of=PRACTICE_DAY).case(lookup=True, knowledge_changes=True)
    shown = " ".join(str(case).split())
    assert "Assumed, and able to change the advice: Size of the text: 200,000 tokens; Result of prompting:" in shown
    assert "(assumed: Size of the text: 200,000 tokens). Rule: retrieve_what_does_not_fit;" in shown


def test_an_answer_names_what_decided_down_to_the_facts_and_why_names_the_same() -> None:
    advisor = Advisor.load("practice", PRACTICE_DAY)
    stated = {
        "lookup": "yes",
        "knowledge_tokens": "3000000",
        "prompt_result": "worked_short",
        "failures_show": "behaviour",
        "goals": ["style"],
        "signal": "demonstrations",
        "examples": "900",
    }
    known = resolve(advisor.rulebook.vocabulary, from_python(stated))
    answered = why(advisor, known, "approach")
    assert answered.outcome.advice == "rag_and_fine_tune"
    rules = [firing.name for firing in answered.deciding if firing.kind == "rule"]
    assert rules == ["retrieve_what_does_not_fit", "tune_for_style"]
    blocks = list(answer(answered.recommendation, Speaker(advisor.rulebook, "en"), "short"))
    reasons = [str(getattr(block, "text", "")) for block in blocks]
    firsts = [advisor.rulebook.rule[name].because["en"] for name in rules]
    assert all(any(first in reason for reason in reasons) for first in firsts)


def test_advice_of_which_the_kind_is_left_open_says_so_wherever_it_may_come_out() -> None:
    known = resolve(GUIDE.rulebook.vocabulary, from_python({"prompt_enough": False, "external_knowledge": False}))
    for language, words in (("en", "Fine-tuning (no rule says which kind)"), ("zh", "微调（规则未指明是哪一种）")):
        shown = "".join(text(GUIDE, known, language, "short", flips(GUIDE, known, "approach")).split())
        assert "".join(words.split()) in shown
        speaker = Speaker(GUIDE.rulebook, language)
        assert speaker.outcome("approach", "lora") == speaker.option("approach", "lora")


def test_nobody_makes_an_effort_for_what_leaves_only_the_fallback_of_a_decision_beneath() -> None:
    facts = [fact("right", "yes_no", changeable="with_effort"), fact("cheap", "yes_no", changeable="with_effort")]
    rows = [decision(name, ["go", "stay"], "stay", "refer") for name in ("beneath", "way")]
    rules = [
        rule("beneath_goes", **{"if": {"right": "yes"}}, propose={"beneath": "go"}),
        rule("cheap_stays", **{"if": {"cheap": "yes"}}, propose={"beneath": "stay"}, rule_out={"beneath": "go"}),
        rule("way_goes", **{"if": {"beneath": "go"}}, propose={"way": "go"}),
        rule("way_stays", **{"if": {"beneath": "stay"}}, propose={"way": "stay"}),
    ]
    advisor = Advisor(written(framed(facts=facts, decisions=rows, rules=rules)))
    known = resolve(advisor.rulebook.vocabulary, from_python({"right": "yes", "cheap": "no"}))
    assert {flip.facts: flip.wastes for flip in flips(advisor, known, "way").flips} == {
        ("right",): True,
        ("cheap",): False,
    }
