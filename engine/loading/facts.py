"""Is a fact sound? The keys that go with its kind, its values and groups, its range, bands and assumption."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from ..case import UNKNOWN, BadValue, read_value
from ..problems import did_you_mean, listing, short
from ..source import KeyPath
from ..vocabulary import YES_NO, Band, Fact
from .draft import Draft, Located, report_duplicates

FITTING = {
    "yes_no": {"labels"},
    "choice": {"labels", "values", "groups"},
    "choices": {"labels", "values"},
    "whole_number": {"unit", "range", "bands", "used_for"},
    "number": {"unit", "range", "bands", "used_for"},
}
"""The keys that go with each kind of fact; all others go with every kind."""


def check_fact(located: Located[Fact], fact: Fact, draft: Draft) -> None:
    """Reports what is wrong within one fact."""
    for key in sorted(set().union(*FITTING.values())):
        if key in fact.model_fields_set and key not in FITTING[fact.kind]:
            kinds = listing(kind for kind, keys in FITTING.items() if key in keys)
            draft.report(
                "misplaced-key",
                f"`{key}` does not go with a {fact.kind} fact",
                located.key(key),
                f"it goes with {kinds}",
            )
    if fact.is_number:
        _check_range(located, fact, draft)
        if fact.used_for and fact.bands:
            message = f"`used_for: {fact.used_for}` and bands do not go together"
            hint = "bands are for rules, and what rules test is used for advice: drop one of the two"
            draft.report("misplaced-key", message, located.key("used_for"), hint)
        for position, band in enumerate(fact.bands):
            _check_band(located, position, fact, band, draft)
    elif fact.kind == "yes_no":
        _check_labels(located, (), fact.labels, YES_NO, draft)
    else:
        _check_values(located, fact, draft)
    _check_assumption(located, fact, draft)


def _check_values(located: Located[Fact], fact: Fact, draft: Draft) -> None:
    if not fact.values:
        draft.report(
            "missing-key", f"a {fact.kind} fact without values", located.at("fact"), "list them below `values:`"
        )
    named = [(name, located.at("values", i)) for i, name in enumerate(fact.values)]
    named += [(group.group, located.at("groups", i, "group")) for i, group in enumerate(fact.groups)]
    report_duplicates(named, draft)
    _check_labels(located, (), fact.labels, fact.values, draft)
    for name in fact.values:
        if name not in fact.labels:
            draft.report("missing-text", f"no label for `{name}`", located.key("values"), "add it below `labels:`")
    for position, group in enumerate(fact.groups):
        if not group.values:
            draft.report("missing-key", f"the group `{group.group}` is empty", located.at("groups", position, "group"))
        for index, value in enumerate(group.values):
            if value not in fact.values:
                span = located.at("groups", position, "values", index)
                hint = did_you_mean(value, fact.values) or f"its values are {listing(fact.values)}"
                draft.report("unknown-value", f"unknown value `{short(value)}` of `{fact.fact}`", span, hint)


def _check_labels(
    located: Located[Fact], path: KeyPath, labels: Iterable[str], values: Iterable[str], draft: Draft
) -> None:
    for name in labels:
        if name not in values:
            hint = did_you_mean(name, values) or f"its values are {listing(values)}"
            draft.report(
                "unknown-value",
                f"a label for `{short(name)}`, which is no value",
                located.key(*path, "labels", name),
                hint,
            )


def _check_range(located: Located[Fact], fact: Fact, draft: Draft) -> None:
    if not _has_range(fact):
        draft.report("bad-range", f"the range runs from {fact.least:,} to {fact.greatest:,}", located.key("range"))
    for key, bound in (("min", fact.least), ("max", fact.greatest)):
        if fact.kind == "whole_number" and bound is not None and bound != bound.to_integral_value():
            draft.report("wrong-type", f"{bound} is not a whole number", located.at("range", key))


def _has_range(fact: Fact) -> bool:
    """Can the fact be any number at all?"""
    return fact.least is None or fact.greatest is None or fact.least <= fact.greatest


def _within(cut: Decimal, fact: Fact) -> bool:
    """Can the fact be below the cut, and at it or above?"""
    return (fact.least is None or fact.least < cut) and (fact.greatest is None or cut <= fact.greatest)


def _check_band(located: Located[Fact], position: int, fact: Fact, band: Band, draft: Draft) -> None:
    path = ("bands", position)
    cuts = band.cut_at
    if not cuts:
        draft.report(
            "missing-key", f"`{band.band}` is cut nowhere", located.key(*path, "cut_at"), "for example `cut_at: [100]`"
        )
    for index, (low, high) in enumerate(pairwise(cuts)):
        if low >= high:
            span = located.at(*path, "cut_at", index + 1)
            draft.report(
                "cuts-not-increasing",
                f"{high:,} does not come after {low:,}",
                span,
                "write the cuts from low to high, each in plain digits (5000)",
            )
    for index, cut in enumerate(cuts):
        span = located.at(*path, "cut_at", index)
        if fact.kind == "whole_number" and cut != cut.to_integral_value():
            draft.report("wrong-type", f"{cut} is not a whole number", span)
        if _has_range(fact) and not _within(cut, fact):
            message = f"`{fact.fact}` is never on both sides of {cut:,}"
            draft.report("cut-outside-range", message, span, "each piece must hold some number of the range")
    if cuts and len(band.values) != len(cuts) + 1:
        message = f"`cut_at` makes {len(cuts) + 1} pieces, but `values` names {len(band.values)}"
        draft.report("wrong-type", message, located.key(*path, "values"), "one cut makes two pieces")
    report_duplicates([(name, located.at(*path, "values", i)) for i, name in enumerate(band.values)], draft)
    _check_labels(located, path, band.labels, band.values, draft)


def _check_assumption(located: Located[Fact], fact: Fact, draft: Draft) -> None:
    if fact.assume is None:
        return
    span = located.at("assume")
    if len(fact.assume) != 1 and fact.kind != "choices":
        draft.report("wrong-type", f"`{fact.fact}` has one value", span, "assume just one")
    for text in fact.assume:
        if text == UNKNOWN:
            draft.report("assume-outside", "cannot be assumed: `unknown` is no value", span, "leave `assume` out")
            continue
        try:
            read_value(fact, text)
        except BadValue as bad:
            draft.report("assume-outside", f"cannot be assumed: {bad.message}", span, bad.hint)
