"""Is a decision sound? Its options, their kinds, and the policies for when none or several stand."""

from __future__ import annotations

from ..problems import did_you_mean
from ..rulebook import REFER, Decision, Policy
from .draft import Draft, Located, report_duplicates

MAX_OPTIONS = 32
"""Options of one decision; the compiler writes a durable rule for each pair of them."""


def check_decision(located: Located[Decision], decision: Decision, draft: Draft) -> None:
    """Reports what is wrong within one decision."""
    options = [option.option for option in decision.options]
    if not options:
        draft.report("missing-key", "a decision without options", located.key("options"))
    if len(options) > MAX_OPTIONS:
        message = f"`{decision.decision}` has {len(options)} options, more than {MAX_OPTIONS}"
        draft.report("too-many-options", message, located.key("options"), "make it two decisions, the second for the kinds of one")
    report_duplicates([(name, located.at("options", i, "option")) for i, name in enumerate(options)], draft)
    _check_kinds(located, decision, options, draft)
    _check_policy(located, "if_none_stands", decision.if_none_stands, options, draft)
    _check_policy(located, "if_several_stand", decision.if_several_stand, options, draft)


def _check_kinds(located: Located[Decision], decision: Decision, options: list[str], draft: Draft) -> None:
    parents = {option.option: option.kind_of for option in decision.options}
    for position, option in enumerate(decision.options):
        span = located.at("options", position, "kind_of")
        if option.kind_of is not None and option.kind_of not in options:
            hint = did_you_mean(option.kind_of, options)
            draft.report("unknown-option", f"unknown option `{option.kind_of}` of `{decision.decision}`", span, hint)
            continue
        chain = [option.option]
        while (parent := parents.get(chain[-1])) is not None and parent not in chain:
            chain.append(parent)
        if parent == option.option and option.option == min(chain):
            message = f"these options are kinds of each other: {' -> '.join([*chain, parent])}"
            draft.report("kind-cycle", message, span, "one of them must be no kind of another")


def _check_policy(located: Located[Decision], key: str, policy: Policy, options: list[str], draft: Draft) -> None:
    span = located.key(key)
    named = (policy.advise,) if policy.advise is not None else policy.prefer
    for name in named:
        if name not in options and not (name == REFER and policy.advise is not None):
            hint = did_you_mean(name, options) or f"it may be {', '.join(options)}"
            draft.report("unknown-option", f"unknown option `{name}` of `{located.name}`", located.at(key), hint)
    if (policy.advise is None) == (not policy.prefer):
        draft.report("unfit-policy", f"`{key}` says one of `advise` and `prefer`", span)
    elif key == "if_none_stands" and policy.prefer:
        draft.report("unfit-policy", "where nothing stands there is nothing to prefer", span, "name one option, or refer")
    elif key == "if_several_stand" and policy.advise not in (None, REFER):
        hint = "prefer a list of options, or refer"
        draft.report("unfit-policy", "several options stand, and a single one is named", span, hint)
    elif len(set(policy.prefer)) != len(policy.prefer):
        draft.report("unfit-policy", "an option stands twice in the preference", span)
    elif len(policy.prefer) == 1:
        draft.report("unfit-policy", "a preference needs two options at least", span, "name the rivals too, or refer")
