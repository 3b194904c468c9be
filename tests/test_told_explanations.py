"""An explanation that has nothing to show, or cannot show all, says so in every language."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import whytune
from whytune import Case, Problem, Rulebook, WhytuneError
from whytune.engine import Advisor
from whytune.engine.advice.explanations import flips_or_none, sufficient_reason
from whytune.engine.language.problems import Sentence
from whytune.engine.ledger.chain_near import ChainNear
from whytune.engine.ledger.store import Ledger
from whytune.engine.words.catalogue import LANGUAGES
from whytune.engine.words.speaker import Speaker
from whytune.prose import terminal
from whytune.record_report import report
from whytune.shown import Telling

from .generated import SOURCE, decision, fact, framed, rule, written
from .ledgers import ADVISOR, at, drafted

ASKED: dict[str, Any] = {"prompt_enough": False, "external_knowledge": False, "need": "domain_terms", "examples": 3200}
EITHER = written(
    framed(
        facts=[fact("wanted", "yes_no"), fact("needed", "yes_no")],
        decisions=[decision("way", ["go", "wait", "rest"], "wait", "refer")],
        rules=[rule(name, **{"if": {name: "yes"}}, propose={"way": "go"}) for name in ("wanted", "needed")],
    )
)

ALWAYS = written(framed(facts=[fact("wanted", "yes_no")], decisions=[decision("way", ["go", "wait"], "wait", "refer")]))


def guide(language: str) -> Case:
    return whytune.load("guide", language=language).case(ASKED)


def either(language: str, **given: bool) -> Case:
    return Rulebook(EITHER, "", None, language).case(given)


def always(language: str) -> Case:
    return Rulebook(ALWAYS, "", None, language).case()


TOLD: dict[str, tuple[Callable[[str], Telling], dict[str, str]]] = {
    "nothing leads there": (
        lambda language: guide(language).flips("refer"),
        {"en": "No change of facts leads to this advice: a person decides", "zh": "都得不到这个结果：交由人工决定"},
    ),
    "nothing leads anywhere": (
        lambda language: always(language).flips(),
        {"en": "No change of facts leads to another advice", "zh": "无论怎样改变事实，建议都不变"},
    ),
    "it is so for every task": (
        lambda language: always(language).reason(),
        {"en": "Every task gets this advice: wait", "zh": "所有任务的建议都是：wait"},
    ),
    "it is there": (
        lambda language: guide(language).flips("lora"),
        {"en": "LoRA fine-tuning is already the advice", "zh": "LoRA 微调已是当前建议"},
    ),
    "no rule proposes it": (
        lambda language: either(language, wanted=True).why_not("rest"),
        {"en": "No change of facts leads to this advice: rest", "zh": "都得不到这个结果：rest"},
    ),
    "nothing is sure": (
        lambda language: either(language).reason(),
        {"en": "The advice is open, so no facts force it", "zh": "建议待定，没有事实足以决定它"},
    ),
    "another reason is as small": (
        lambda language: either(language, wanted=True, needed=True).reason(),
        {"en": "Other sets of facts as small that force it too: 1", "zh": "另有 1 组同样少的事实也足以决定它"},
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_there_is_nothing_to_tell_of_is_told(language: str) -> None:
    for name, (asked, words) in TOLD.items():
        assert words[language] in asked(language).write(), name


def sized(language: str, **given: Any) -> Case:
    """A text just on the cut between two bands; one of the middle band is searched where places are named."""
    bands = [{"band": "length", "cut_at": [30, 200], "values": ["short", "long", "huge"], "source": SOURCE}]
    rulebook = framed(
        facts=[fact("size", "whole_number", bands=bands, changeable="no"), fact("named", "yes_no", changeable="no")],
        decisions=[decision("way", ["search", "whole"], "refer", "refer")],
        rules=[
            rule("too_long", **{"if": {"length": "huge"}}, propose={"way": "search"}),
            rule("places", **{"if": {"length": "long", "named": "yes"}}, propose={"way": "search"}),
            rule("fits", **{"if": {"length": ["short", "long"]}}, yields_to=["places"], propose={"way": "whole"}),
        ],
    )
    return Rulebook(written(rulebook), "", None, language).case(size=200, **given)


def test_a_smaller_number_is_told_as_a_bound_with_the_rule_that_draws_it() -> None:
    below_all = {
        "en": "size: 200 → below 200 (where “too_long” is no longer in force): whole, by “fits”",
        "zh": "size：200 → 低于 200（此时规则“too_long”不再生效）：whole，依据是“fits”",
    }
    below_long = {
        "en": "size: 200 → below 30 (where “places” is no longer in force): whole, by “fits”",
        "zh": "size：200 → 低于 30（此时规则“places”不再生效）：whole，依据是“fits”",
    }
    for language in LANGUAGES:
        assert below_all[language] in sized(language, named=False).flips().write(width=200)
        assert below_long[language] in sized(language, named=True).flips().write(width=200)


def test_a_number_that_another_bounds_is_told_as_a_bound_too() -> None:
    told = whytune.load("guide").case(ASKED | {"examples": 100}).flips()
    assert "High-quality examples: 50 examples → below 50: Prompt engineering" in told.write(width=200)
    assert "Training examples: 100 examples → below 100 (where" in told.write(level="full", width=200)


def test_the_nearest_change_says_if_nobody_on_the_team_can_make_it() -> None:
    text = sized("en", named=False).write(width=200)
    assert "Nearest change of advice, not in the team's hands: size: 200 → below 200 " in text


def stepwise(language: str, **given: Any) -> Case:
    """One rule that yields to another, one that lacks something too, and one with an exception."""
    facts = [fact(name, "yes_no", assume="no") for name in ("ready", "late", "away")]
    rules = [
        rule("first", propose={"step": "measure"}, **{"if": {"ready": "no"}}),
        rule("second", propose={"step": "tune"}, yields_to=["first"], **{"if": {"away": "no"}}),
        rule("third", propose={"step": "stop"}, yields_to=["first"], **{"if": {"late": "yes"}}),
        rule("fourth", propose={"step": "wait"}, except_if=[{"ready": "no"}], **{"if": {"away": "no"}}),
    ]
    decided = decision("step", ["measure", "tune", "stop", "wait"], "measure", "refer")
    return Rulebook(written(framed(facts=facts, decisions=[decided], rules=rules)), "", None, language).case(**given)


def test_what_a_rival_lacks_is_told_apart_from_what_holds_it_back() -> None:
    told = {
        "en": (
            "“tune” is held back: it yields to “first”, which is in force",
            "“stop” lacks what it needs: late: no (it would take yes); besides, it yields to “first”",
            "“wait” is held back: an exception applies: ready: no",
        ),
        "zh": (
            "“tune”未成立：须让位于规则“first”（生效）",
            "“stop”不满足条件：late：否（须为“是”）；此外，须让位于规则“first”（生效）",
            "“wait”未成立：属于例外情况：ready：否",
        ),
    }
    for language in LANGUAGES:
        text = stepwise(language, ready=False, late=False, away=False).why().write(width=200)
        assert [words for words in told[language] if words not in text] == []


def both(language: str, **given: Any) -> Case:
    """A decision that follows from two others, and combines them."""
    facts = [fact(name, "yes_no", assume="no") for name in ("lookup", "style")]
    options: list[Any] = ["rag", "tune", {"option": "rag_and_tune", "combines": ["rag", "tune"]}, "prompt"]
    decisions = [
        decision(name, ["yes_please", "no_thanks"], "no_thanks", "refer") for name in ("knowledge", "behaviour")
    ]
    rules = [
        rule("find_it", propose={"knowledge": "yes_please"}, **{"if": {"lookup": "yes"}}),
        rule("learn_it", propose={"behaviour": "yes_please"}, **{"if": {"style": "yes"}}),
        rule("so_rag", propose={"way": "rag"}, **{"if": {"knowledge": "yes_please"}}),
        rule("so_tune", propose={"way": "tune"}, **{"if": {"behaviour": "yes_please"}}),
    ]
    whole = framed(facts=facts, decisions=[*decisions, decision("way", options, "prompt", "refer")], rules=rules)
    return Rulebook(written(whole), "", None, language).case(**given)


def test_each_reason_of_several_says_what_it_leads_to() -> None:
    for language, label in (
        ("en", "Why “yes_please”: find_it says so."),
        ("zh", "“yes_please”的理由：find_it says so。"),
    ):
        text = both(language, lookup=True, style=True).write(width=200)
        assert label.rstrip(".。") in text
        assert text.count(label.partition("find_it")[0]) == 2
    alone = both("en", lookup=True, style=False).write(width=200)
    assert "\nWhy: find_it says so" in alone


def test_a_combination_says_which_part_does_not_stand_and_what_can_propose_each() -> None:
    told = {
        "en": (
            "what does not: tune",
            "Rules that can propose its part rag\n  so_rag: in force",
            "its part tune\n  so_tune: not",
        ),
        "zh": (
            "目前不成立的是：tune",
            "能提出其组成部分“rag”的规则\n  so_rag：生效",
            "组成部分“tune”的规则\n  so_tune：不生效",
        ),
    }
    for language in LANGUAGES:
        answer = both(language, lookup=True, style=False).why_not("rag_and_tune")
        assert answer.missing == ("tune",)
        assert [words for words in told[language] if words not in answer.write(width=200)] == []
    assert both("en", lookup=True, style=True).why_not("rag_and_tune").missing == ()


def endless(*_: object) -> None:
    raise WhytuneError([Problem("search-too-large", Sentence("not found within 3 steps of search"))])


def test_one_page_says_that_nothing_would_change_the_advice_only_where_that_is_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nothing = "What would change it\nNo change of facts leads to another advice"
    assert nothing in always("en").summary().write()
    monkeypatch.setitem(flips_or_none.__globals__, "flips", endless)
    page = always("en").summary()
    assert page.to_dict()["changes"] is None
    assert "What would change it" not in page.write()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_that_takes_too_long_to_search_is_one_of_which_nothing_can_be_dropped(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what is assumed as much is dropped as can be."""
    searched = guide(language).reason()
    monkeypatch.setitem(sufficient_reason.__globals__, "cheapest", endless)
    dropped = guide(language).reason()
    assert (dropped.facts, dropped.assumed) == (searched.facts, searched.assumed)
    assert (searched.smallest, dropped.smallest) == (True, False)
    said = {"en": "None of these can be dropped", "zh": "以上事实缺一不可"}[language]
    assert said in dropped.write()
    assert said not in searched.write()
    both = either(language, wanted=True, needed=True).reason()
    assert (both.facts, both.alternatives) == ((("wanted", "yes"),), 0)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("not decided yet", "No change of facts leads", "takes too many steps", "were kept out")),
        ("zh", ("尚未确定", "无论怎样改变事实，建议都不变", "所需步骤过多，未能得出", "的值未写入记录")),
    ],
)
def test_a_record_says_what_changes_its_advice_or_why_that_is_not_told(
    language: str, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unchanging = drafted({}, None, Advisor(ALWAYS), {"rulebook.yaml": b"{}"})
    entries = (drafted({}, None), unchanging, unchanging, drafted({"member": True, "debt": "3"}))
    with Ledger.to_append(tmp_path / "a.ledger") as ledger:
        records = [ledger.append(entry, partial(at, minutes)) for minutes, entry in enumerate(entries)]
    for number, (record, said) in enumerate(zip(records, words, strict=True)):
        if number == 2:
            monkeypatch.setitem(flips_or_none.__globals__, "flips", endless)
        rulebook = ALWAYS if number in (1, 2) else ADVISOR.rulebook
        assert said in terminal.text(report(record, Speaker(rulebook, language), ChainNear(1, number + 1)), 200)


def test_the_page_for_whoever_decides_asks_what_the_answer_asks() -> None:
    undecided = guide("en").but(need="unknown", examples="unknown")
    for case, asked in ((undecided, undecided.smallest_flips), (guide("en"), None)):
        fact = asked.nearest.changes[0].fact if asked and asked.nearest else case.outcome().next_question
        to_find_out = case.summary().write().partition("Still to find out\n")[2]
        assert to_find_out.startswith(case.speaker.question(str(fact))), fact


def test_an_option_that_is_ruled_out_where_it_builds_on_another_question_is_not_ruled_out_by_none() -> None:
    tried = fact("tried", "yes_no")
    rules = [
        rule("keeps", **{"if": {"tried": "yes"}}, propose={"beneath": "stay"}),
        rule("forbids", **{"if": {"tried": "yes"}}, rule_out={"beneath": "go"}),
        rule("follows", **{"if": {"beneath": "go"}}, propose={"way": "go"}),
    ]
    decisions = [decision(name, ["go", "stay"], "stay", "refer") for name in ("beneath", "way")]
    rulebook = Rulebook(written(framed(facts=[tried], decisions=decisions, rules=rules)), "", None, "en")
    why_not = " ".join(str(rulebook.case(tried=True).why_not("go")).split())
    assert "No rule of this question does; what it builds on is ruled out, as said above" in why_not
    assert "No rule rules this option out" in str(rulebook.case(tried=False).why_not("go"))


@pytest.mark.parametrize(
    ("language", "alike"), [("en", "or any other of 100 to 9,999"), ("zh", "该范围内的任何值亦可")]
)
def test_a_number_that_forces_the_advice_says_which_others_do(language: str, alike: str) -> None:
    assert alike in str(guide(language).reason())


def test_texts_of_which_one_holds_are_told_as_people_do() -> None:
    speaker = Speaker(EITHER, "en")
    assert [speaker.one_of("abc"[:count]) for count in range(4)] == ["", "a", "a or b", "a, b or c"]
    assert speaker.one_of(["a", "good, but slow"]) == "a; or good, but slow"


def test_what_is_said_now_as_it_was_assumed_takes_one_row_of_what_if() -> None:
    practice = whytune.load("practice", as_of="2026-12-15").case(prompt_result="untested")
    shown = str(practice.what_if(goals=["style"]))
    assert (shown.count("no (assumed) → no\n"), shown.count("Said now, as assumed before")) == (0, 1)


def test_rivals_that_lack_the_same_are_named_together() -> None:
    case = whytune.load("guide").case(prompt_enough="unknown", external_knowledge=True)
    shown = " ".join(str(case.why()).split())
    assert "The same holds for: LoRA fine-tuning, Full fine-tuning" in shown
    assert shown.count("not known (it would take not enough)") == 1
    assert " ".join(str(case.why_not("lora")).split()).count("Solvable by a prompt: not known (it would") == 1
