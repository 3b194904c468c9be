"""The kinds of part that a rulebook is made of. A new kind stands here, and in a field of `Rulebook` that holds it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from ..text import Written
from ..vocabulary import Fact
from .decision import Decision
from .parts import Conclusion, Invariant, Note, Rule, RuleTable, SourceDocument, Waiver

KindName = Literal["document", "fact", "conclusion", "decision", "table", "rule", "note", "invariant", "waiver"]


class PartKind(NamedTuple):
    """One kind of part: `name` comes first in a place; files and rulebooks list the parts under `plural`.

    `named_in` is where other parts name it: what conditions name shares one namespace, each other kind has its own.
    `bears_on` is what a change of such a part may change. A kind that came `later` than the first digests does not
    enter the digest of a rulebook without such parts.
    """

    name: KindName
    plural: str
    model: type[Written]
    purpose: str
    own_key: str | None = None
    named_in: Literal["sources", "conditions"] | None = None
    bears_on: Literal["advice", "checks", "nothing"] = "advice"
    is_ordered: bool = False
    later: bool = False

    @property
    def key(self) -> str:
        """The key whose value distinguishes a part from the others of its kind."""
        return self.own_key or self.name

    def name_of(self, part: Written) -> str:
        return str(getattr(part, self.key))


PART_KINDS = (
    PartKind("document", "documents", SourceDocument, "What the rules cite.", named_in="sources", bears_on="nothing"),
    PartKind(
        "fact",
        "facts",
        Fact,
        "What can be known of a task. In one file only: their order is the order of the questions.",
        named_in="conditions",
        is_ordered=True,
    ),
    PartKind(
        "conclusion",
        "conclusions",
        Conclusion,
        "Intermediate results, yes or no, that some rules draw and others test.",
        named_in="conditions",
    ),
    PartKind(
        "decision",
        "decisions",
        Decision,
        "The questions that the rulebook answers, each with its options.",
        named_in="conditions",
    ),
    PartKind("table", "tables", RuleTable, "Many rules in one grid, a row a rule.", later=True),
    PartKind("rule", "rules", Rule, "The rules. Their order means nothing.", own_key="id"),
    PartKind(
        "note",
        "notes",
        Note,
        "What the authors decided where their sources are silent or disagree, and why.",
        bears_on="nothing",
    ),
    PartKind(
        "invariant",
        "invariants",
        Invariant,
        "What must hold of the advice in every case, now and after every edit.",
        bears_on="checks",
    ),
    PartKind(
        "waiver",
        "waivers",
        Waiver,
        "Findings of `whytune check` that somebody accepts, for a reason and until a day.",
        bears_on="checks",
    ),
)
"""In the order in which people read a rulebook."""
