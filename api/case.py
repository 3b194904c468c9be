"""The facts of one task under a rulebook, and all that can be asked about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from whytune.engine import Advisor, Recommendation, WhytuneError
from whytune.engine.advice.explanations import unanswered
from whytune.engine.advice.recommendation import OPEN, DecisionOutcome
from whytune.engine.language import source
from whytune.engine.language.case import CaseFacts, from_python, overlaid, resolve
from whytune.engine.language.casefile import Status
from whytune.engine.language.named import decision_among
from whytune.engine.language.problems import Sentence
from whytune.engine.language.vocabulary import members
from whytune.engine.words.speaker import Speaker, language_among
from whytune.prose.answer import answer
from whytune.prose.document import Block, Document, Illustration, Listing
from whytune.prose.levels import Level
from whytune.prose.python_calls import in_python

from .asked import Asked
from .days import AnyDay, as_day, no_day_for_prices, today_or
from .shown import Described, Shown, Telling

if TYPE_CHECKING:  # each is for those who ask for it
    from whytune.diagrams.flowchart import Link
    from whytune.diagrams.picture import Picture
    from whytune.engine.advice.explanations import Flips, NextQuestion, SufficientReason, WhatIf, Why, WhyNot
    from whytune.engine.ledger.replay import Replayed

    from .beside import Beside
    from .pictures import View


@dataclass(frozen=True, eq=False, repr=False)
class Case(Telling):
    """The facts `given` about one task, as written, where later maps override earlier ones, under the rules of an
    advisor.

    `place` is where the rulebook was loaded from, empty where a ledger keeps it. `evidence` says where some of the
    facts come from; a record keeps it. Of the case of a record, `replayed` says whether the same comes out again.

    A case is a value, told in one language: asking it changes nothing. Where a rulebook makes several decisions, each
    question takes the name of one; by default it asks about the main one, the last of `Rulebook.decisions`.

    >>> import whytune
    >>> case = whytune.load("guide").case(prompt_enough=False, external_knowledge=False)
    >>> case
    <Case open, 2 facts given, by guide 1.1.0>
    >>> case.next_question().fact
    'need'
    """

    advisor: Advisor
    given: tuple[source.Map, ...]
    language: str
    place: str
    evidence: Mapping[str, str] = field(default_factory=dict)
    replayed: Replayed | None = None

    def __post_init__(self) -> None:
        """Raises WhytuneError with every mistake in what is given."""
        self.facts  # noqa: B018  nobody holds a case that cannot be

    def __repr__(self) -> str:
        declared = self.advisor.rulebook.vocabulary.declared
        count = sum(not self.facts.given.keys().isdisjoint((fact.fact, *members(fact))) for fact in declared)
        by = self.advisor.identity
        given = f"{count} fact{'' if count == 1 else 's'} given"
        outcome = self._outcome()
        status = "" if outcome.status == OPEN else f" ({outcome.status})"
        record = f", of record {self.replayed.record.id}" if self.replayed else ""
        return f"<Case {outcome.outcome or OPEN}{status}, {given}, by {by.name} {by.version}{record}>"

    # what comes out

    @cached_property
    def facts(self) -> CaseFacts:
        """What is known of every fact: given, assumed, unknown or not applicable."""
        try:
            return resolve(self.advisor.rulebook.vocabulary, *self.given)
        except WhytuneError as error:
            raise self._hinted(error) from None

    @cached_property
    def recommendation(self) -> Recommendation:
        """Advice on every decision, with the trace that led to it.

        Raises WhytuneError: no-solver, search-too-large, too-many-rules, engine-missing.
        """
        return self.advisor.recommend(self.facts)

    @property
    def advice(self) -> str | None:
        """The option that is advised; None while the decision is open, or if it is referred to a person."""
        return self._outcome().advice

    @property
    def status(self) -> Status:
        """'settled', 'provisional' (it rests on assumptions), or 'open'."""
        return self._outcome().status

    def decision(self, name: str | None = None) -> str:
        """The decision of this name, or the main one; raises WhytuneError: unknown-decision."""
        return decision_among(self.advisor.rulebook.decision_order, name)

    def outcome(self, decision: str | None = None) -> Shown[DecisionOutcome]:
        """The answer to one decision: its advice and status, what else is possible, and what decided it.

        >>> import whytune
        >>> whytune.load("guide").case(prompt_enough=False).outcome().possible
        ('fine_tune', 'full', 'lora', 'prompt', 'rag')

        Raises WhytuneError: unknown-decision.
        """
        from . import questions

        return questions.outcome(self.asked, self.decision(decision), self.recommendation)

    def _outcome(self) -> DecisionOutcome:
        return self.recommendation.decisions[self.decision()]

    # what can be asked; each answer is told as the terminal tells it, and is a value

    def why(self, decision: str | None = None) -> Shown[Why]:
        """What decided the advice, its proof, and what each rival lacked or which rule ruled it out.

        Raises WhytuneError: unknown-decision.
        """
        from . import questions

        return questions.why(self.asked, self.decision(decision))

    def why_not(self, option: str, decision: str | None = None) -> Shown[WhyNot]:
        """How the rules for and against an option stand, and what separates the advice from it.

        >>> import whytune
        >>> whytune.load("guide").case(prompt_enough=False).why_not("ful")
        Traceback (most recent call last):
        ...
        whytune.engine.language.problems.WhytuneError: unknown option `ful`
          hint: did you mean `full`?

        Raises WhytuneError: unknown-decision, unknown-option.
        """
        from . import questions

        return questions.why_not(self.asked, self.decision(decision), option)

    def what_if(self, given: Mapping[str, Any] | None = None, /, **facts: Any) -> Shown[WhatIf]:
        """What would change if these facts were different; given facts that then no longer apply are left out.

        Raises WhytuneError with every mistake in the facts.
        """
        return self.what_if_given(from_python({**(given or {}), **facts}))

    def what_if_given(self, changes: source.Map) -> Shown[WhatIf]:
        """What would change under these changes, as written."""
        from . import questions

        return questions.what_if(self.asked, self.overlaid(changes).facts)

    def but(self, given: Mapping[str, Any] | None = None, /, **facts: Any) -> Case:
        """This case with these facts changed; given facts that then no longer apply are left out.

        >>> import whytune
        >>> case = whytune.load("guide").case(prompt_enough=False, external_knowledge=True)
        >>> case.advice, case.but(prompt_enough=True).advice
        ('rag', 'prompt')

        A fact passed as None stays as it is; "unknown" withdraws it.

        Raises WhytuneError with every mistake in the facts.
        """
        return self.overlaid(from_python({**(given or {}), **facts}))

    def in_language(self, language: str) -> Case:
        """This case with everything told in this language; raises WhytuneError: unknown-language."""
        languages = self.advisor.rulebook.languages
        return replace(self, language=language_among(Sentence("the rulebook"), languages, language))

    def overlaid(self, changes: source.Map) -> Case:
        """This case under these changes, as written; given facts that then no longer apply are left out.

        A fact that is given anew no longer rests on its earlier evidence.
        """
        changed = {key.text for key, _ in changes.entries}
        evidence = {fact: words for fact, words in self.evidence.items() if fact not in changed}
        try:
            given = overlaid(self.advisor.rulebook.vocabulary, self.given, changes)
        except WhytuneError as error:
            raise self._hinted(error) from None
        return replace(self, given=given, evidence=evidence, replayed=None)

    def _hinted(self, error: WhytuneError) -> WhytuneError:
        """The same problems, with hints where the rulebook is at hand."""
        from .elsewhere import hinted  # only a mistake pays for it

        return hinted(error, self.place, self.given) if self.place else error

    def flips(self, to: str | None = None, decision: str | None = None) -> Shown[Flips]:
        """The smallest changes of facts that lead to another outcome, or to this one; each has been tried.

        The "full" level also tells those that nobody would work towards.

        Raises WhytuneError: unknown-decision, unknown-option, search-too-large.
        """
        from . import questions

        return questions.flips(self.asked, self.decision(decision), to)

    @cached_property
    def smallest_flips(self) -> Flips | None:
        """All the smallest flips of the main decision; None if the search for them would take too long."""
        return self.asked.flips_or_none()

    def reason(self, decision: str | None = None) -> Shown[SufficientReason]:
        """A smallest set of facts that alone forces the advice, whatever the others are.

        Raises WhytuneError: unknown-decision.
        """
        from . import questions

        return questions.reason(self.asked, self.decision(decision))

    def next_question(self, decision: str | None = None) -> Shown[NextQuestion]:
        """The fact to ask for next, why, and what each answer leads to; `fact` is None when nothing is left to ask.

        What was said to be unknown is asked no more: `to_find_out` names it as long as it can change the advice.

        Raises WhytuneError: unknown-decision.
        """
        from . import questions

        return questions.next_question(self.asked, self.decision(decision))

    def comparison(self) -> Described:
        """The advice on the main decision beside its main rival: the rows that matter to both.

        Raises WhytuneError: missing-file for the case of a record, and every mistake in the rulebook's comparison.
        """
        return self._beside().comparison().alone(self.asked)

    def costs(
        self, model: str | None = None, *, prices: str | PathLike[str] | None = None, as_of: AnyDay = None
    ) -> Described:
        """What the advice and its main rival would cost, at the prices of the rulebook's day or another.

        `model` is a hosted model, by default the price list's reference model; `prices` is another price list's file.

        Raises WhytuneError: no-day, unknown-model, missing-price, missing-file without `prices` for the case of a
        record, and every mistake in the prices.
        """
        day = as_day(as_of) or self.advisor.as_of
        if day is None:
            raise no_day_for_prices()
        return self._beside().costs(None if prices is None else fspath(prices), model, day).alone(self.asked)

    def summary(self, purpose: str | None = None, *, estimate: Telling | None = None) -> Described:
        """The case on one page for the person who decides; as data, the recommendation, its flips and the costs, or the
        estimate.

        What the advice is for stands in its title. The prices are those of the rulebook's day, else of today. An
        `estimate`, as `Rulebook.estimate` makes it, stands in place of the costs that follow from the facts alone.
        """
        from whytune.diagrams.picture import Picture
        from whytune.prose import summary as prose

        from .beside import estimated

        flips = self.smallest_flips
        costs = estimated(estimate) if estimate else self._beside().known_costs(today_or(self.advisor.as_of))
        graph = self.flowchart().graph.only_way()
        way = prose.WayToAdvice(graph.line, Picture(graph), len(graph.nodes))
        blocks = tuple(prose.summary(self.recommendation, self.speaker, flips, costs.blocks, way, purpose))
        changes = flips.to_dict() if flips else None
        data = {**self.asked.origin, "recommendation": self.recommendation.to_dict(), "changes": changes, **costs.data}
        return Described(lambda: data, lambda level: self.asked.about_all(blocks))

    def _beside(self) -> Beside:
        from .beside import Beside

        return Beside(self.advisor, self.facts, self.recommendation, self.speaker, self.place)

    def flowchart(self, decision: str | None = None, *, expand: bool = False) -> Picture:
        """The rulebook's flowchart with the way this case takes; if the chart is large, the way alone.

        Other decisions on which it rests are one question each; to `expand` it asks for the facts behind them.

        `case.flowchart().save("way.svg")` writes it; a notebook shows it. Raises WhytuneError: unknown-decision; to
        draw it, no-graphviz, not-drawn, too-large-to-draw.
        """
        return self.picture("flow", decision, expand=expand)

    def picture(
        self, view: View, decision: str | None = None, *, expand: bool = False, link: Link = lambda place: None
    ) -> Picture:
        """The case in one view: its flowchart, the network of rules or decisions, or the tables with the rows in force.

        `link` says where a reader finds what stands at a place of the rulebook, such as ("rule", "prompt_is_enough").

        Raises WhytuneError as `flowchart` does; no-table.
        """
        from whytune.diagrams.picture import Picture

        from .pictures import picture_of

        about, answer = self.decision(decision), self.recommendation
        return Picture(picture_of(view, self.advisor, self.speaker, about, answer, link=link, expand=expand))

    # what is told

    @cached_property
    def speaker(self) -> Speaker:
        """The names of the rulebook's parts in the language of this case."""
        return Speaker(self.advisor.rulebook, self.language)

    @property
    def asked(self) -> Asked:
        """What the questions of this case are about."""
        return Asked(self.advisor, self.facts, self.speaker, self.replayed)

    def document(self, level: Level = "short") -> Document:
        """The answer, as `whytune advise` gives it."""
        return self.asked.about_all(
            answer(self.recommendation, self.speaker, level, self.smallest_flips, unanswered(self.facts))
        )

    def to_dict(self) -> dict[str, Any]:
        """The recommendation as data; of a record, also `of_record`: its id, and whether the same came out again."""
        return {**self.asked.origin, **self.recommendation.to_dict()}

    def _repr_html_(self) -> str:
        from whytune.prose import page

        document = in_python(self.document())
        return page.in_notebook(replace(document, blocks=(*document.blocks, *_pictured(self))))


def _pictured(case: Case) -> Iterator[Block]:
    """The way of the case through the flowchart, or an outline where it cannot be drawn."""
    from whytune.diagrams.picture import Picture

    picture = Picture(case.flowchart().graph.only_way())
    try:
        picture.svg()
    except WhytuneError:
        yield Listing(picture.outline())
    else:
        yield Illustration(picture, picture.graph.title)
