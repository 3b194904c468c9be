"""Every sentence of a problem is said in every language, with the same parts."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from whytune.engine.language.loading import load
from whytune.engine.language.problems import Problem, Sentence, Span
from whytune.engine.language.python_hints import AT_A_TERMINAL, IN_PYTHON
from whytune.engine.ledger.impact import Impact
from whytune.engine.review.difference import compare, difference
from whytune.engine.review.difference.case_changes import CaseChanges, Misfit
from whytune.engine.review.difference.requirements import requirements
from whytune.engine.words.catalogue import LANGUAGES, translated
from whytune.engine.words.speaker import Speaker
from whytune.prose import records, terminal
from whytune.prose.requirements import required
from whytune.prose.two_speakers import two_speakers

from . import rooms
from .words import parts, texts

ROOT = Path(__file__).parent.parent


def patterns() -> Iterator[str]:
    """The pattern of each sentence in the code; it stands there as it is, or nobody could find it."""
    for top in rooms.TOPS:
        for path in (ROOT / top).rglob("*.py"):
            for node in rooms.nodes(rooms.parsed(path)):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Sentence":
                    (pattern,) = node.args
                    assert isinstance(pattern, ast.Constant), f"{path}:{node.lineno}: a pattern is a plain text"
                    assert isinstance(pattern.value, str)
                    given = {keyword.arg for keyword in node.keywords}
                    wanted = {name for name, _ in parts(pattern.value)}
                    assert None in given or given == wanted, f"{path}:{node.lineno}: {given ^ wanted}"
                    yield pattern.value


def test_every_language_has_every_sentence_with_the_same_parts() -> None:
    raised = {*patterns(), *IN_PYTHON.values(), *AT_A_TERMINAL.values()}
    assert len(raised) > 100
    for language in LANGUAGES[1:]:
        sentences = {pattern: text for (_, pattern), text in texts("SENTENCES", language).items()}
        assert {*sentences} == raised
        assert [pattern for pattern, text in sentences.items() if parts(text) != parts(pattern)] == []


def test_a_sentence_and_its_parts_are_said_in_the_language_asked_for() -> None:
    meant = Sentence("did you mean `{close}`?", close="{rag}")
    problem = Problem("unknown-option", Sentence("more than {count} problems", count=3), Span("a.yaml", 2, 1), meant)
    assert str(problem) == "a.yaml:2:1: more than 3 problems\n  hint: did you mean `{rag}`?"
    assert translated(problem.sentence(), "en") == translated(problem.sentence(), "fr") == str(problem)
    assert translated(problem.sentence(), "zh") == "a.yaml:2:1: 问题超过 3 个\n  提示：您是不是想写 `{rag}`？"
    assert translated(Sentence("not {in} a table", **{"in": "x"}), "zh") == "not x a table"
    assert str(ValueError(meant)) is meant


def test_the_words_of_a_user_neither_break_a_line_nor_move_a_terminal() -> None:
    hint = Sentence("keep them together in {file}", file="d\n::error::a\x1b")
    for language in ("en", "zh"):
        assert r"d\n::error::a\x1b" in translated(hint, language)


UNKNOWN = Problem("unknown-fact", Sentence("unknown fact `{name}`", name="weight"))


def test_a_report_says_in_its_language_why_a_case_fits_no_longer() -> None:
    guide = load("guide")
    cases = CaseChanges(1, (), (Misfit("letters", (UNKNOWN, UNKNOWN)),))
    compared = compare(guide, guide, None)
    needed = requirements(compared, difference(compared), cases, (), None)
    for language, why in (("en", "unknown fact `weight`"), ("zh", "没有名为 `weight` 的事实")):
        both = two_speakers(guide, guide, "guide", language)
        (entry,) = dict(required(needed, both))[both.say("cases_to_adapt")]
        assert entry.details == (why, why)
    assert cases.to_dict()["misfits"] == [{"case": "letters", "problems": [UNKNOWN.message] * 2}]


def test_an_impact_says_in_its_language_why_a_record_could_not_be_asked_again() -> None:
    guide = load("guide")
    found = Impact(2, 0, (), 0, ((UNKNOWN.message, 2),))
    assert (
        terminal.text(records.impact(found, Speaker(guide, "en"))).splitlines()[-1]
        == "Not asked again: 2, for unknown fact `weight`"
    )
    assert (
        terminal.text(records.impact(found, Speaker(guide, "zh"))).splitlines()[-1]
        == "未重新询问：2 条，原因：没有名为 `weight` 的事实"
    )
