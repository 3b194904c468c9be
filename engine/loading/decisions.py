"""Is a decision sound? Its options, their kinds, and the policies for when none or several stand."""

from __future__ import annotations

from collections.abc import Mapping

from ..problems import Span, did_you_mean, listing, short
from ..rulebook import REFER, Decision, Policy
from .draft import Draft, Located, report_duplicates

MAX_OPTIONS = 32
"""Options of one decision; the compiler writes a durable rule for each pair of them."""


def has_sound_kinds(decision: Decision) -> bool:
    """Has it options, few enough to look at, and none of them a kind of itself?"""
    parents = {option.option: option.kind_of for option in decision.options}
    return 0 < len(decision.options) <= MAX_OPTIONS and not any(_ring(option, parents) for option in parents)


def check_decision(located: Located[Decision], decision: Decision, draft: Draft) -> None:
    """Reports what is wrong within one decision."""
    options = [option.option for option in decision.options]
    if not options:
        draft.report("missing-key", "a decision without options", located.key("options"))
        return
    if len(options) > MAX_OPTIONS:
        message = f"`{decision.decision}` has {len(options)} options, more than {MAX_OPTIONS}"
        draft.report(
            "too-many-options",
            message,
            located.key("options"),
            "make it two decisions, the second for the kinds of one",
        )
        return
    report_duplicates([(name, located.at("options", i, "option")) for i, name in enumerate(options)], draft)
    _check_kinds(located, decision, options, draft)
    _check_policy(located, "if_none_stands", decision.if_none_stands, options, draft)
    _check_policy(located, "if_several_stand", decision.if_several_stand, options, draft)


def _check_kinds(located: Located[Decision], decision: Decision, options: list[str], draft: Draft) -> None:
    parents = {option.option: option.kind_of for option in decision.options}
    for position, option in enumerate(decision.options):
        span = located.at("options", position, "kind_of")
        if option.kind_of is not None and option.kind_of not in options:
            hint = did_you_mean(option.kind_of, options) or f"it may be {listing(options)}"
            draft.report("unknown-option", f"unknown option `{option.kind_of}` of `{decision.decision}`", span, hint)
            continue
        ring = _ring(option.option, parents)
        if ring and option.option == min(ring):
            message = f"these options are kinds of each other: {' -> '.join(ring)}"
            draft.report("kind-cycle", message, span, "one of them must be no kind of another")


def _ring(option: str, parents: Mapping[str, str | None]) -> list[str]:
    """The way from the option over what it is a kind of back to itself; empty if it does not come back."""
    chain = [option]
    while (parent := parents.get(chain[-1])) is not None and parent not in chain:
        chain.append(parent)
    return [*chain, option] if parent == option else []


def _check_policy(located: Located[Decision], key: str, policy: Policy, options: list[str], draft: Draft) -> None:
    span = located.key(key)
    named = (policy.advise,) if policy.advise is not None else policy.prefer
    for position, name in enumerate(named):
        if name not in options and not (name == REFER and policy.advise is not None):
            hint = did_you_mean(name, options) or f"it may be {listing(options)}"
            message = f"unknown option `{short(name)}` of `{located.name}`"
            draft.report("unknown-option", message, _place(located, key, policy, position), hint)
    if (policy.advise is None) == (not policy.prefer):
        draft.report("unfit-policy", f"`{key}` says one of `advise` and `prefer`", span)
    elif key == "if_none_stands" and policy.prefer:
        draft.report(
            "unfit-policy", "where nothing stands there is nothing to prefer", span, "name one option, or refer"
        )
    elif key == "if_several_stand" and policy.advise not in (None, REFER):
        hint = "prefer a list of options, or refer"
        draft.report("unfit-policy", "several options stand, and a single one is named", span, hint)
    elif len(set(policy.prefer)) != len(policy.prefer):
        draft.report("unfit-policy", "an option stands twice in the preference", span)
    elif len(policy.prefer) == 1:
        draft.report("unfit-policy", "a preference needs two options at least", span, "name the rivals too, or refer")


def _place(located: Located[Decision], key: str, policy: Policy, position: int) -> Span:
    """Where the policy names its option at this position, in the short form or the long one."""
    if policy.advise is not None:
        return located.at(key, "advise")
    listed = located.at(key, position)
    return listed if listed != located.at(key) else located.at(key, "prefer", position)
