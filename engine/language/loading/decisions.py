"""Is a decision sound? Its options, their kinds, and the policies for when none or several stand."""

from __future__ import annotations

from collections.abc import Mapping

from ..problems import Sentence, Span, did_you_mean, listing, short
from ..rulebook import REFER, Decision, Policy
from .draft import Draft, Located, find_cycle, report_duplicates

MAX_OPTIONS = 32
"""How many options a decision may have; the compiler writes a durable rule for each pair of them."""


def has_sound_kinds(decision: Decision) -> bool:
    """Does it have options, few enough to examine, none of which rests on itself?"""
    return 0 < len(decision.options) <= MAX_OPTIONS and _is_rooted(decision) and not find_cycle(decision.gives_way)


def _is_rooted(decision: Decision) -> bool:
    """Are all options that others are kinds of, or combine, among the options, and is none a kind of itself?"""
    parents = {option.option: option.kind_of for option in decision.options}
    above = {name for option in parents for name in decision.above(option)}
    return above <= parents.keys() and not any(_ring(option, parents) for option in parents)


def check_decision(located: Located[Decision], decision: Decision, draft: Draft) -> None:
    """Reports what is wrong within one decision."""
    options = [option.option for option in decision.options]
    if not options:
        draft.report("missing-key", Sentence("a decision without options"), located.key("options"))
        return
    if len(options) > MAX_OPTIONS:
        message = Sentence(
            "`{decision}` has {count} options, more than {most}",
            decision=decision.decision,
            count=len(options),
            most=MAX_OPTIONS,
        )
        hint = Sentence("make it two decisions, the second for the kinds of one")
        draft.report("too-many-options", message, located.key("options"), hint)
        return
    report_duplicates([(name, located.at("options", i, "option")) for i, name in enumerate(options)], draft)
    _check_kinds(located, decision, options, draft)
    _check_combinations(located, decision, options, draft)
    _check_policy(located, "if_none_stands", decision.if_none_stands, options, draft)
    _check_policy(located, "if_several_stand", decision.if_several_stand, options, draft)


def _check_kinds(located: Located[Decision], decision: Decision, options: list[str], draft: Draft) -> None:
    parents = {option.option: option.kind_of for option in decision.options}
    for position, option in enumerate(decision.options):
        span = located.at("options", position, "kind_of")
        if option.kind_of is not None and option.kind_of not in options:
            message = _unknown_option(option.kind_of, decision.decision)
            hint = did_you_mean(option.kind_of, options) or Sentence("it may be {names}", names=listing(options))
            draft.report("unknown-option", message, span, hint)
            continue
        ring = _ring(option.option, parents)
        if ring and option.option == min(ring):
            message = Sentence("these options are kinds of each other: {way}", way=" -> ".join(ring))
            draft.report("kind-cycle", message, span, Sentence("one of them must be no kind of another"))


def _check_combinations(located: Located[Decision], decision: Decision, options: list[str], draft: Draft) -> None:
    for position, option in enumerate(decision.options):
        for index, part in enumerate(option.combines):
            if part not in options:
                span = located.at("options", position, "combines", index)
                hint = did_you_mean(part, options) or Sentence("it may be {names}", names=listing(options))
                draft.report("unknown-option", _unknown_option(part, decision.decision), span, hint)
        if len(set(option.combines)) == 1 or len(set(option.combines)) != len(option.combines):
            span, hint = (
                located.key("options", position, "combines"),
                Sentence("for example `combines: [rag, fine_tune]`"),
            )
            message = Sentence("`{option}` combines at least two other options, each once", option=option.option)
            draft.report("unfit-combination", message, span, hint)
    if not _is_rooted(decision):
        return
    above = {option.option: tuple(filter(None, (option.kind_of, *option.combines))) for option in decision.options}
    if ring := find_cycle(above) or find_cycle(decision.gives_way):
        position = options.index(_combination(ring, decision))
        message = Sentence("these options rest on each other: {way}", way=" -> ".join(ring))
        hint = Sentence("a combination is no kind of what it combines")
        draft.report("kind-cycle", message, located.key("options", position, "combines"), hint)
    else:
        _check_parts(located, decision, draft)


def _combination(ring: list[str], decision: Decision) -> str:
    """The combination that closes a ring: kinds alone form none here, so there is one in the ring or above it."""
    return next(name for option in ring for name in (option, *decision.above(option)) if decision.option(name).combines)


def _check_parts(located: Located[Decision], decision: Decision, draft: Draft) -> None:
    """Reports a combination of an option with a kind of it: the kind alone makes both stand."""
    for position, option in enumerate(decision.options):
        for index, part in enumerate(option.combines):
            general = next((other for other in option.combines if part in decision.kinds[other]), None)
            if general:
                message = Sentence(
                    "`{part}` is a kind of `{general}`, and combines nothing with it", part=part, general=general
                )
                hint = Sentence("combine options of which one can stand without the other")
                draft.report("unfit-combination", message, located.at("options", position, "combines", index), hint)


def _ring(option: str, parents: Mapping[str, str | None]) -> list[str]:
    """The path from the option through what it is a kind of back to itself; empty if it does not lead back."""
    chain = [option]
    while (parent := parents.get(chain[-1])) is not None and parent not in chain:
        chain.append(parent)
    return [*chain, option] if parent == option else []


def _check_policy(located: Located[Decision], key: str, policy: Policy, options: list[str], draft: Draft) -> None:
    span = located.key(key)
    named = (policy.advise,) if policy.advise is not None else policy.prefer
    for position, name in enumerate(named):
        if name not in options and not (name == REFER and policy.advise is not None):
            message = _unknown_option(short(name), located.name)
            hint = did_you_mean(name, options) or Sentence("it may be {names}", names=listing(options))
            draft.report("unknown-option", message, _place(located, key, policy, position), hint)
    if (policy.advise is None) == (not policy.prefer):
        draft.report("unfit-policy", Sentence("`{key}` says one of `advise` and `prefer`", key=key), span)
    elif key == "if_none_stands" and policy.prefer:
        message = Sentence("where nothing stands there is nothing to prefer")
        draft.report("unfit-policy", message, span, Sentence("name one option, or refer"))
    elif key == "if_several_stand" and policy.advise not in (None, REFER):
        message = Sentence("several options stand, and a single one is named")
        draft.report("unfit-policy", message, span, Sentence("prefer a list of options, or refer"))
    elif len(set(policy.prefer)) != len(policy.prefer):
        draft.report("unfit-policy", Sentence("an option appears twice in the preference"), span)
    elif len(policy.prefer) == 1:
        message = Sentence("a preference needs at least two options")
        draft.report("unfit-policy", message, span, Sentence("name the rivals too, or refer"))


def _unknown_option(option: str, decision: str) -> Sentence:
    return Sentence("unknown option `{option}` of `{decision}`", option=option, decision=decision)


def _place(located: Located[Decision], key: str, policy: Policy, position: int) -> Span:
    """Where the policy names its option at this position, in the short form or the long one."""
    if policy.advise is not None:
        return located.at(key, "advise")
    listed = located.at(key, position)
    return listed if listed != located.at(key) else located.at(key, "prefer", position)
