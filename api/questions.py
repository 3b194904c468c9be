"""The questions that a case answers: each a value of the engine, with what is told of it."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any

from whytune.engine import Advisor, Recommendation
from whytune.engine.advice import explanations
from whytune.engine.advice.explanations import Flips, NextQuestion, SufficientReason, WhatIf, Why, WhyNot
from whytune.engine.advice.recommendation import DecisionOutcome
from whytune.engine.language.case import CaseFacts
from whytune.prose import answer as answer_prose
from whytune.prose import flips as flips_prose
from whytune.prose import question as question_prose
from whytune.prose import reason as reason_prose
from whytune.prose import what_if as what_if_prose
from whytune.prose import why as why_prose
from whytune.prose import why_not as why_not_prose
from whytune.prose.document import Document
from whytune.prose.levels import Level

from .asked import Asked
from .elsewhere import check_option
from .shown import Shown


def outcome(asked: Asked, decision: str, answer: Recommendation) -> Shown[DecisionOutcome]:
    value = answer.decisions[decision]
    return Shown(value, partial(_outcome, asked, decision, answer), origin=asked.origin)


def _outcome(asked: Asked, decision: str, answer: Recommendation, level: Level) -> Document:
    flips = explanations.flips_or_none(asked.advisor, asked.facts, decision)
    return asked.about(decision, answer_prose.outcome(decision, answer, asked.speaker, level, flips))


def why(asked: Asked, decision: str) -> Shown[Why]:
    value = explanations.why(asked.advisor, asked.facts, decision)
    return Shown(value, partial(_why, asked, value), origin=asked.origin)


def _why(asked: Asked, value: Why, level: Level) -> Document:
    return asked.about(value.decision, why_prose.why(value, asked.speaker, level))


def why_not(asked: Asked, decision: str, option: str) -> Shown[WhyNot]:
    check_option(asked.advisor.rulebook, decision, option)
    value = explanations.why_not(asked.advisor, asked.facts, decision, option)
    return Shown(value, partial(_why_not, asked, value), origin=asked.origin)


def _why_not(asked: Asked, value: WhyNot, level: Level) -> Document:
    ways = explanations.flips(asked.advisor, asked.facts, value.decision, value.option)
    return asked.about(value.decision, why_not_prose.why_not(value, ways, asked.speaker))


def what_if(asked: Asked, after: CaseFacts) -> Shown[WhatIf]:
    value = explanations.what_if(asked.advisor, asked.facts, after)
    return Shown(value, partial(_what_if, asked, value), origin=asked.origin)


def _what_if(asked: Asked, value: WhatIf, level: Level) -> Document:
    return asked.about_all(what_if_prose.what_if(value, asked.speaker))


def flips(asked: Asked, decision: str, to: str | None) -> Shown[Flips]:
    if to is not None:
        check_option(asked.advisor.rulebook, decision, to)
    value = explanations.flips(asked.advisor, asked.facts, decision, to)
    return Shown(value, partial(_flips, asked, value), origin=asked.origin)


def _flips(asked: Asked, value: Flips, level: Level) -> Document:
    return asked.about(value.decision, flips_prose.flips(value, asked.speaker, wasteful=level == "full"))


def reason(asked: Asked, decision: str) -> Shown[SufficientReason]:
    value = explanations.sufficient_reason(asked.advisor, asked.facts, decision)
    return Shown(value, partial(_reason, asked, value), origin=asked.origin)


def _reason(asked: Asked, value: SufficientReason, level: Level) -> Document:
    return asked.about(value.decision, reason_prose.reason(value, asked.speaker))


def next_question(asked: Asked, decision: str, unanswerable: Collection[str] = ()) -> Shown[NextQuestion]:
    value = explanations.next_question(asked.advisor, asked.facts, decision, unanswerable)
    return Shown(value, partial(_question, asked, value), origin=asked.origin)


def _question(asked: Asked, value: NextQuestion, level: Level) -> Document:
    blocks = question_prose.question(value, asked.speaker, asked.facts.states)
    return asked.about(value.decision, (*blocks, *question_prose.elsewhere(value.decision, asked.speaker)))


def form(answer: Shown[NextQuestion], advisor: Advisor) -> dict[str, Any]:
    """The next question with all that a form needs to put it: texts, kind, values, unit and range."""
    fact = advisor.rulebook.vocabulary.by_name[answer.fact] if answer.fact else None
    shown = {"ask", "label", "help", "evidence", "kind", "values", "labels", "unit", "range"}
    texts = fact.model_dump(mode="json", include=shown, exclude_none=True) if fact else None
    return {**answer.to_dict(), "question": texts}
