"""Is a fact sound? The keys that go with its kind, its values and groups, its range, bands and assumption."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from .. import source
from ..bounds import bound_at
from ..intervals import OTHER, OtherText
from ..numerals import without_zeros
from ..problems import Sentence, did_you_mean, listing, short
from ..source import Items, KeyPath, Scalar
from ..text import BadValue, read_number
from ..value import UNKNOWN, assumed, read_value
from ..vocabulary import YES_NO, Band, Fact
from .draft import Draft, Located, report_duplicates

FITTING = {
    "yes_no": {"labels"},
    "choice": {"labels", "values", "groups", "open"},
    "choices": {"labels", "values", "groups"},
    "whole_number": {"unit", "range", "bands", "used_for", "at_most", "at_least"},
    "number": {"unit", "range", "bands", "used_for", "at_most", "at_least"},
}
"""The keys that go with each kind of fact; all others go with every kind."""


def check_fact(located: Located[Fact], fact: Fact, draft: Draft) -> None:
    """Reports what is wrong within one fact."""
    for key in sorted(set().union(*FITTING.values())):
        if key in fact.model_fields_set and key not in FITTING[fact.kind]:
            kinds = listing(kind for kind, keys in FITTING.items() if key in keys)
            message = Sentence("`{key}` does not go with a {kind} fact", key=key, kind=fact.kind)
            draft.report("misplaced-key", message, located.key(key), Sentence("it goes with {kinds}", kinds=kinds))
    if fact.is_number:
        _check_range(located, fact, draft)
        if fact.used_for and fact.bands:
            message = Sentence("`used_for: {use}` and bands do not go together", use=fact.used_for)
            hint = Sentence("bands are for rules, and what rules test is used for advice: drop one of the two")
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
        message = Sentence("a {kind} fact without values", kind=fact.kind)
        draft.report("missing-key", message, located.at("fact"), Sentence("list them below `values:`"))
    if fact.is_open and fact.values and OTHER not in fact.values:
        message = Sentence("an open list has a value `{other}`", other=OTHER)
        hint = Sentence("add it to `values`, with a label: it stands for every text that is none of the others")
        draft.report("missing-key", message, located.key("values"), hint)
    named = [(name, located.at("values", i)) for i, name in enumerate(fact.values)]
    named += [(group.group, located.at("groups", i, "group")) for i, group in enumerate(fact.groups)]
    report_duplicates(named, draft)
    _check_labels(located, (), fact.labels, fact.values, draft)
    for name in fact.values:
        if name not in fact.labels:
            message, hint = Sentence("no label for `{name}`", name=name), Sentence("add it below `labels:`")
            draft.report("missing-text", message, located.key("values"), hint)
    for position, group in enumerate(fact.groups):
        if not group.values:
            message = Sentence("the group `{group}` is empty", group=group.group)
            draft.report("missing-key", message, located.at("groups", position, "group"))
        for index, value in enumerate(group.values):
            if value not in fact.values:
                message = Sentence("unknown value `{value}` of `{fact}`", value=short(value), fact=fact.fact)
                span = located.at("groups", position, "values", index)
                draft.report("unknown-value", message, span, did_you_mean(value, fact.values) or _values_of(fact))


def _check_labels(
    located: Located[Fact], path: KeyPath, labels: Iterable[str], values: Iterable[str], draft: Draft
) -> None:
    for name in labels:
        if name not in values:
            message = Sentence("a label for `{name}`, which is not a value", name=short(name))
            allowed = Sentence("its values are {names}", names=listing(values))
            span = located.key(*path, "labels", name)
            draft.report("unknown-value", message, span, did_you_mean(name, values) or allowed)


def _check_range(located: Located[Fact], fact: Fact, draft: Draft) -> None:
    if not _has_range(fact):
        message = Sentence("the range runs from {low:,} to {high:,}", low=fact.least, high=fact.greatest)
        draft.report("bad-range", message, located.key("range"))
    for key in ("min", "max"):
        _check_whole(located, ("range", key), fact, draft)


def _has_range(fact: Fact) -> bool:
    """Can the fact be any number at all?"""
    return fact.least is None or fact.greatest is None or fact.least <= fact.greatest


def _within(cut: Decimal, fact: Fact) -> bool:
    """Can the fact be below the cut, and at it or above?"""
    return (fact.least is None or fact.least < cut) and (fact.greatest is None or cut <= fact.greatest)


def _check_whole(located: Located[Fact], path: KeyPath, fact: Fact, draft: Draft) -> None:
    """Reports a number of a whole_number fact that is not whole, or can be read in two ways."""
    written = located.text(*path)
    if fact.kind != "whole_number" or written is None:
        return
    try:
        read_number(without_zeros(written) if draft.as_kept else written, whole=True)
    except BadValue as bad:
        draft.report(bad.code, bad.message, located.at(*path), bad.hint)


def _check_band(located: Located[Fact], position: int, fact: Fact, band: Band, draft: Draft) -> None:
    path = ("bands", position)
    cuts = band.cut_at
    if (halved := _halved(located, (*path, "cut_at"), len(band.values))) is not None:
        index, number = halved
        message = Sentence("a comma separates the cuts of a list")
        hint = Sentence("if one number is meant, write {plain}", plain=number)
        draft.report("wrong-type", message, located.at(*path, "cut_at", index), hint)
        return
    if not cuts:
        message, hint = Sentence("`{band}` is cut nowhere", band=band.band), Sentence("for example `cut_at: [100]`")
        draft.report("missing-key", message, located.key(*path, "cut_at"), hint)
    for index, (low, high) in enumerate(pairwise(cuts)):
        if low >= high:
            message = Sentence("{high} does not come after {low}", high=_written(high), low=_written(low))
            hint = Sentence("write the cuts from low to high, each in plain digits (5000)")
            draft.report("cuts-not-increasing", message, located.at(*path, "cut_at", index + 1), hint)
    for index, cut in enumerate(cuts):
        span = located.at(*path, "cut_at", index)
        for written in ((*path, "cut_at", index), (*path, "cut_at", index, "above")):
            _check_whole(located, written, fact, draft)
        if _has_range(fact) and not _within(cut, fact):
            message = Sentence("`{fact}` is never on both sides of {cut}", fact=fact.fact, cut=_written(cut))
            hint = Sentence("each piece must hold some number of the range")
            draft.report("cut-outside-range", message, span, hint)
    if cuts and len(band.values) != len(cuts) + 1:
        message = Sentence(
            "`cut_at` makes {pieces} pieces, but `values` names {named}", pieces=len(cuts) + 1, named=len(band.values)
        )
        draft.report("wrong-type", message, located.key(*path, "values"), Sentence("one cut makes two pieces"))
    report_duplicates([(name, located.at(*path, "values", i)) for i, name in enumerate(band.values)], draft)
    _check_labels(located, path, band.labels, band.values, draft)


def _written(cut: Decimal) -> Sentence:
    bound = bound_at(cut)
    if bound.above:
        return Sentence("above {number:,}", number=bound.number)
    return Sentence("{number:,}", number=cut)


def _halved(located: Located[Fact], path: KeyPath, values: int) -> tuple[int, str] | None:
    """Where the list of cuts splits a number written with a comma for thousands, and that number; None if nowhere.

    It does if a part begins with 0, as no number does, or if there is one piece too many for the values named.
    """
    node = source.below(located.node, path)
    texts = [item.text for item in node.items if isinstance(item, Scalar)] if isinstance(node, Items) else []
    whole: list[list[int]] = []  # the parts of each number, by their positions
    for index, text in enumerate(texts):
        if whole and re.fullmatch("[0-9]{3}", text) and re.fullmatch("[0-9]{1,3}", texts[whole[-1][0]]):
            whole[-1].append(index)
        else:
            whole.append([index])
    halved = [parts for parts in whole if len(parts) > 1]
    is_sure = any(texts[index].startswith("0") for parts in halved for index in parts[1:])
    if halved and (is_sure or len(texts) + 1 != values == len(whole) + 1):
        return halved[0][0], "".join(texts[index] for index in halved[0])
    return None


def _values_of(fact: Fact) -> Sentence:
    return Sentence("its values are {names}", names=listing(fact.values))


def _check_assumption(located: Located[Fact], fact: Fact, draft: Draft) -> None:
    if fact.assume is None:
        return
    span = located.at("assume")
    if len(fact.assume) != 1 and fact.kind == "yes_no":
        message = Sentence("`{fact}` has one value", fact=fact.fact)
        draft.report("wrong-type", message, span, Sentence("assume just one"))
    for text in fact.assume:
        if text == UNKNOWN:
            message, hint = Sentence("cannot be assumed: `unknown` is not a value"), Sentence("leave `assume` out")
            draft.report("assume-outside", message, span, hint)
            continue
        try:
            value = read_value(fact, without_zeros(text) if draft.as_kept and fact.kind == "whole_number" else text)
            if isinstance(value, OtherText):
                raise BadValue("unknown-value", Sentence("`{text}` is no value", text=short(text)), _values_of(fact))
        except BadValue as bad:
            draft.report("assume-outside", Sentence("cannot be assumed: {why}", why=bad.message), span, bad.hint)
            return
    if fact.kind in ("yes_no", "choices"):
        return
    try:
        assumption = assumed(fact)
    except BadValue as bad:
        draft.report("assume-outside", Sentence("cannot be assumed: {why}", why=bad.message), span, bad.hint)
    else:
        if assumption == UNKNOWN and UNKNOWN not in fact.assume:
            message, hint = (
                Sentence("cannot be assumed: any value is as good as unknown"),
                Sentence("leave `assume` out"),
            )
            draft.report("assume-outside", message, span, hint)
