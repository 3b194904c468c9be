"""A case on one page, for whoever decides."""

from __future__ import annotations

from whytune.diagrams.picture import Picture
from whytune.engine.advice.explanations import flips_or_none
from whytune.prose import summary as prose

from .beside import Beside
from .case import Case
from .days import today_or
from .shown import Described


def summary(case: Case, place: str) -> Described:
    """The advice of the rulebook at this place with what a decision needs; as data, with the changes and the costs."""
    flips = flips_or_none(case.advisor, case.facts, case.decision())
    beside = Beside(case.advisor, case.facts, case.recommendation, case.speaker, place)
    costs = beside.known_costs(today_or(case.advisor.as_of))
    way = Picture(case.flowchart().graph.only_way())
    data = {"recommendation": case.to_dict(), "changes": flips.to_dict() if flips else None, **costs.data}
    blocks = tuple(prose.summary(case.recommendation, case.speaker, flips, costs.blocks, way))
    return Described(lambda: data, lambda level: case.asked.about_all(blocks))
