"""Parts by name: asking for a name that does not exist tells which one may be meant."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Literal, NoReturn, TypeVar

from .brief import MOST
from .problems import Problem, Sentence, Span, WhytuneError, did_you_mean, listing, short

Part = TypeVar("Part")
NameKind = Literal["fact", "band", "group", "value", "conclusion", "decision", "option", "rule", "section"]

KINDS: Mapping[str, Sentence] = {
    "fact": Sentence("fact"),
    "band": Sentence("band"),
    "group": Sentence("group"),
    "value": Sentence("value"),
    "conclusion": Sentence("conclusion"),
    "decision": Sentence("decision"),
    "option": Sentence("option"),
    "rule": Sentence("rule"),
    "section": Sentence("section"),
}
"""How messages call each kind of name."""


class Named(dict[str, Part]):
    """Parts of one kind by name, unchangeable, so that several answers can share them.

    Any other name raises WhytuneError: unknown-<kind>.
    """

    def __init__(self, kind: NameKind, parts: Mapping[str, Part]) -> None:
        super().__init__(parts)
        self.kind = kind

    def __missing__(self, name: Any) -> NoReturn:
        raise WhytuneError([unknown(self.kind, name, self)])

    def __repr__(self) -> str:
        shown = f"<{len(self)} {self.kind}{'' if len(self) == 1 else 's'}: {', '.join(self)}>"
        return shown if len(shown) <= MOST else f"{shown[: MOST - 4]}...>"

    def __reduce__(self) -> tuple[type[Named[Part]], tuple[NameKind, dict[str, Part]]]:
        return type(self), (self.kind, dict(self))

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("parts by name are not changed: copy them into a dict first")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse


def unknown(kind: NameKind, name: object, names: Collection[str], span: Span | None = None) -> Problem:
    """The problem that there is no such name of this kind, with the one that may be meant, else with all there are."""
    text = str(name)
    others = Sentence("it may be {names}", names=listing(names)) if names else None
    message = Sentence("unknown {kind} `{name}`", kind=KINDS[kind], name=short(text))
    return Problem(f"unknown-{kind}", message, span, did_you_mean(text, names) or others)


def decision_among(decisions: Collection[str], name: object = None) -> str:
    """The decision of this name, or the last one for None; raises WhytuneError: unknown-decision."""
    if name is None and not decisions:
        raise WhytuneError([Problem("unknown-decision", Sentence("the rulebook makes no decision"))])
    if name is None:
        return [*decisions][-1]
    if not isinstance(name, str) or name not in decisions:
        raise WhytuneError([unknown("decision", name, decisions)])
    return name
