"""Cases of generated rulebooks in every way of writing what is known, and where a second reading answers otherwise.

Run as a script it compares so many answers: `python -m tests.second_opinion 20000`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

from whytune.engine import Advisor, WhytuneError

from .generated import bounding, documents, tabled, written
from .generated_tables import stretches
from .laws import settle
from .second_answers import Answer, CaseReading, Contradiction, TooMany

Document = dict[str, Any]
Given = dict[str, Any]


def every_construct() -> st.SearchStrategy[Document]:
    """The data of rulebooks with tables, and with numbers that bound each other."""
    return documents(most_rules=6).flatmap(tabled).flatmap(bounding)


def rulebooks_with_cases(most: int = 6) -> st.SearchStrategy[tuple[Document, list[Given]]]:
    """The data of a rulebook, and so many cases of it."""
    return every_construct().flatmap(
        lambda document: st.tuples(st.just(document), st.lists(cases(document), min_size=most, max_size=most))
    )


@st.composite
def cases(draw: st.DrawFn, document: Document) -> Given:
    """What a case may say of some facts: a value, or in part, or that it is not known."""
    told: Given = {}
    for fact in document["facts"]:
        names = [f"{fact['fact']}.{value}" for value in fact["values"]] if fact["kind"] == "choices" else [fact["fact"]]
        for name in names:
            if draw(st.integers(0, 4)):
                told[name] = draw(sayings(fact))
    return told


def sayings(fact: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """What can be said of a fact."""
    if fact["kind"] in ("whole_number", "number"):
        return st.just("unknown") | _numbers() | stretches() | _bounds() | _pieces(fact)
    if fact["kind"] != "choice":
        return st.sampled_from(("yes", "no", "yes", "no", "unknown"))
    return st.just("unknown") | st.sampled_from(fact["values"]) | _some_of(fact)


def _numbers() -> st.SearchStrategy[Any]:
    one = st.integers(0, 310).map(str)
    return (
        one | st.lists(one, min_size=1, max_size=3).map(lambda several: {"one_of": several}) | one.map("not {}".format)
    )


@st.composite
def _bounds(draw: st.DrawFn) -> Any:
    """Ends of a stretch, of which at least one is given."""
    low, high = sorted((draw(st.integers(0, 310)), draw(st.integers(1, 310))))
    lower = draw(st.sampled_from(({}, {"at_least": low}, {"above": low})))
    higher = draw(st.sampled_from(({"at_most": high}, {"below": high + 1})))
    return lower | higher if draw(st.booleans()) else f">= {low} and <= {high}"


def _pieces(fact: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Pieces by names that no other band of the fact has."""
    names = Counter(name for band in fact["bands"] for name in band["values"])
    own = [[name for name in band["values"] if names[name] == 1] for band in fact["bands"]]
    ways = [
        st.lists(st.sampled_from(some), min_size=1, max_size=2, unique=True).map(" | ".join) for some in own if some
    ]
    return st.one_of(*ways, st.just("unknown"))


@st.composite
def _some_of(draw: st.DrawFn, fact: Mapping[str, Any]) -> Any:
    names = [*fact["values"], *(group["group"] for group in fact.get("groups", ()))]
    some = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
    own = ["of its own kind", f"other: {fact['values'][0]}", {"other": fact["values"][0]}] if fact.get("open") else []
    ways = (" | ".join(some), f"not {' | '.join(some)}", {"one_of": some}, {"not": some}, *own)
    return draw(st.sampled_from(ways))


class Disagreement(NamedTuple):
    """A case that is answered otherwise: what whytune says of a decision, and what the second reading finds."""

    document: Document
    case: Given
    decision: str
    answer: Answer | str
    wanted: Answer | str | None


class Opinions:
    """Compares answers, and counts them."""

    def __init__(self) -> None:
        self.compared = 0

    def of(self, document: Document, cases: Iterable[Given]) -> Iterator[Disagreement]:
        """The cases that are answered otherwise, each decision by itself."""
        advisor, reading = Advisor(written(document)), CaseReading(document)
        for case in cases:
            with suppress(TooMany):
                wanted = _wanted(reading, case)
                for name, answer in _answers(advisor, case):
                    self.compared += 1
                    if not _agree(answer, wanted.get(name)):
                        yield Disagreement(document, case, name, answer, wanted.get(name))


def _agree(answer: Answer | str, wanted: Answer | str | None) -> bool:
    """Are they the same? A rule may be open though it is in force in every completion: its caution is not told then."""
    if isinstance(answer, Answer) and isinstance(wanted, Answer):
        return answer[:-1] == wanted[:-1] and answer.cautions <= wanted.cautions
    return answer == wanted


def _wanted(reading: CaseReading, case: Given) -> dict[str, Answer | str]:
    try:
        return dict(reading.answers(case))
    except Contradiction:
        return {REFUSED: "contradiction"}


def _answers(advisor: Advisor, case: Given) -> Iterator[tuple[str, Answer | str]]:
    """What whytune answers; nothing where a fact is given that does not apply, or a number beyond its range."""
    try:
        decisions = advisor.advise(case).decisions
    except WhytuneError as error:
        codes = {problem.code for problem in error.problems}
        if not codes & {"not-applicable", "outside-range"}:
            yield REFUSED, "contradiction" if codes == {"contradiction"} else str(error)
        return
    for name, outcome in decisions.items():
        possible, as_assumed = frozenset(outcome.possible), frozenset(outcome.possible_as_assumed)
        cautions = frozenset(outcome.cautions)
        yield name, Answer(outcome.outcome, outcome.status, possible, as_assumed, cautions)


REFUSED = "refused"
"""Stands for the decision where a case is refused."""


def main(answers: int, begin: int = 0) -> int:
    """Compares so many answers, beginning with this seed; tells each disagreement, and from time to time how many."""
    settle()
    opinions, disagreements = Opinions(), list[Disagreement]()

    @settings(settings.get_profile("explore"), max_examples=100, database=None, phases=[Phase.generate])
    @given(drawn=rulebooks_with_cases())
    def compare(drawn: tuple[Document, list[Given]]) -> None:
        disagreements.extend(opinions.of(*drawn))

    while opinions.compared < answers:
        told = len(disagreements)
        seed(begin)(compare)()
        begin += 1
        for one in disagreements[told:]:
            print(json.dumps(one.document), json.dumps(one.case), *one[2:], sep="\n  ")
        print(f"{opinions.compared} answers, {len(disagreements)} disagreements", flush=True)
    return min(len(disagreements), 1)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
