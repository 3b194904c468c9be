"""What the cases of a rulebook showed, in prose: failures, what is covered, what is not noticed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import click

from whytune.engine.advice.recommendation import OPEN
from whytune.engine.language.case import Value
from whytune.engine.language.problems import visible
from whytune.engine.meaning.regions import Share
from whytune.engine.review.casebook import Case, Coverage, Mutation, Result
from whytune.engine.review.casebook.coverage import CutReach, PathReach, Reach
from whytune.engine.review.casebook.mutants import Mutant
from whytune.engine.review.casebook.running import Failure
from whytune.engine.words.speaker import Speaker
from whytune.engine.words.values import number
from whytune.prose.regions import percent

from .layout import heading, table, wrap

_OF_ADVICE = ("advice", "status", "possible", "flips")
"""What is expected of the advice, so that it matters what decided."""


def result_lines(results: Iterable[Result], speaker: Speaker) -> Iterator[str]:
    """Each case that failed, with a line for everything that failed in it."""
    for result in results:
        if result.failures:
            failed = click.style(speaker.say("case_failed"), fg="red", bold=True)
            yield f"{failed} {speaker.say('quoted', text=result.case.title)}"
            for failure, said in _told(result, speaker):
                yield wrap(said, 4, f"  {failure.expectation.span}:")
                if intended := _intended(failure, speaker):
                    yield wrap(intended, 4)
            yield ""


def failure_lines(result: Result, speaker: Speaker) -> Iterator[str]:
    """A line for each failure: where it is expected, what, and what came instead."""
    return (f"{failure.expectation.span}: {said}" for failure, said in _told(result, speaker))


def _told(result: Result, speaker: Speaker) -> Iterator[tuple[Failure, str]]:
    """Each failure in words; what decided is said where it is not what decided in the one before."""
    before: tuple[str, ...] = ()
    for failure in result.failures:
        said = _failure(failure, speaker)
        if failure.why and failure.why != before and failure.expectation.kind in _OF_ADVICE:
            rules = speaker.say("decided_here", rules=speaker.listed(failure.why))
            said, before = speaker.say("within", value=said, bounds=rules), failure.why
        yield failure, said


def _intended(failure: Failure, speaker: Speaker) -> str:
    """How to make the case expect the advice that it gets; empty where something else failed."""
    expected = failure.expectation
    if expected.kind != "advice":
        return ""
    place = f"{visible(expected.span.source)}:{expected.span.line}"
    return speaker.say("if_intended", written=f"{expected.decision}: {failure.got[0]}", place=place)


def unfilled_lines(cases: Iterable[Case], speaker: Speaker) -> Iterator[str]:
    """Each case that is yet to be filled in, with its place."""
    for case in cases:
        title = speaker.say("quoted", text=case.title)
        yield wrap(f"{case.span}: {title}: {speaker.say('case_unfilled')}", 4).lstrip()
        yield ""


def summary(passed: int, failed: int, left: int, unfilled: int, speaker: Speaker) -> str:
    """How many cases failed, passed, were not run and are yet to be filled in."""
    said = [speaker.say("cases_failed", failed=f"{failed:,}")] if failed else []
    said.append(speaker.say("cases_passed", passed=f"{passed:,}"))
    said += [speaker.say("cases_left", left=f"{left:,}")] if left else []
    said += [speaker.say("cases_unfilled", count=f"{unfilled:,}")] if unfilled else []
    return click.style(speaker.listed(said), bold=True, fg="red" if failed else "green")


def _failure(failure: Failure, speaker: Speaker) -> str:
    expected = failure.expectation
    wanted = speaker.listed(_named(failure, name, speaker) for name in expected.wanted)
    got = speaker.listed(_got(failure, name, speaker) for name in failure.got) or speaker.say("no_reasons")
    changes = speaker.listed(
        speaker.pair(speaker.fact(change.fact), speaker.value(change.fact, change.after)) for change in expected.changes
    )
    parts = {"wanted": wanted, "got": got, **({"changes": changes} if changes else {})}
    said = speaker.say(f"expected_{expected.kind}", **parts)
    if len(speaker.rulebook.decisions) > 1:
        said = speaker.pair(expected.decision, said)
    return said


def _named(failure: Failure, name: str, speaker: Speaker) -> str:
    """What was wanted, as readers call it, with the name that the file uses."""
    kind, decision = failure.expectation.kind, failure.expectation.decision
    if kind == "status":
        return _called(speaker.say(f"status_{name}"), name, speaker)
    if kind in ("because", "not_because"):
        return reason(name, speaker)
    return option(decision, name, speaker)


def _got(failure: Failure, name: str, speaker: Speaker) -> str:
    if failure.expectation.kind == "ruled_out":
        return speaker.say(f"it_{name}")
    return _named(failure, name, speaker)


def option(decision: str, name: str, speaker: Speaker) -> str:
    if name not in speaker.rulebook.decision[decision].outcomes and name == OPEN:
        return _called(speaker.say("advice_open"), name, speaker)
    return _called(speaker.option(decision, name), name, speaker)


def reason(name: str, speaker: Speaker) -> str:
    """A rule by its title and id; a policy by its name."""
    if name in speaker.rulebook.rule:
        return _called(speaker.say("quoted", text=speaker.rule(name)), name, speaker)
    return name


def _called(said: str, name: str, speaker: Speaker) -> str:
    """What readers say, and in brackets what files say, where that is something else."""
    return name if said == name else speaker.say("within", value=said, bounds=name)


def coverage_lines(coverage: Coverage, speaker: Speaker) -> Iterator[str]:
    """How much is covered, and all that is not, by name."""
    yield click.style(speaker.say("coverage"), bold=True)
    cut = sum(each.below and each.above for each in coverage.cuts)
    rows = [
        (speaker.say("covers_in_force"), _reach(coverage.in_force, "never_in_force", speaker)),
        (speaker.say("covers_decisive"), _reach(coverage.decisive, "never_decisive", speaker)),
        (speaker.say("covers_cuts"), _of(cut, len(coverage.cuts), speaker)),
    ]
    for decision, paths in coverage.paths.items():
        name = f" ({decision})" if len(coverage.paths) > 1 else ""
        rows.append((speaker.say("covers_paths") + name, _of(paths.taken, paths.of, speaker)))
        rows.append((speaker.say("covers_tasks") + name, _of(paths.tasks.tasks, paths.tasks.of, speaker)))
    yield from table(rows)
    missing = list(_missing(coverage, speaker))
    if missing:
        yield heading(speaker.say("not_covered"))
        yield from (wrap(line, 4, "  -") for line in missing)
        yield "\n" + wrap(speaker.say("suggest_hint"))
    yield ""


def _reach(reach: Reach, never: str, speaker: Speaker) -> str:
    said = _of(len(reach.reached), len(reach.reached) + len(reach.missing), speaker)
    if reach.never:
        said += speaker.say("semicolon") + speaker.say(never, rules=speaker.listed(reach.never))
    return said


def _of(part: int, whole: int, speaker: Speaker) -> str:
    """How many of how many."""
    return speaker.say("count_of", part=f"{part:,}", whole=f"{whole:,}", percent=percent(Share(part, whole)))


def _missing(coverage: Coverage, speaker: Speaker) -> Iterator[str]:
    places = speaker.rulebook.places
    for key, reach in (("missing_in_force", coverage.in_force), ("missing_decisive", coverage.decisive)):
        skip = coverage.in_force.missing if key == "missing_decisive" else ()
        for rule in (rule for rule in reach.missing if rule not in skip):
            yield speaker.say(key, rule=reason(rule, speaker), place=str(places["rule", rule]))
    for each in coverage.cuts:
        if not (each.below and each.above):
            yield _cut(each, speaker)
    for decision, paths in coverage.paths.items():
        yield from _paths(decision, paths, speaker)


def _cut(reach: CutReach, speaker: Speaker) -> str:
    sides = [side for side, there in (("side_below", reach.below), ("side_above", reach.above)) if not there]
    return speaker.say(
        "missing_cut",
        at=number(reach.cut.at),
        band=reach.cut.band,
        sides=speaker.say("or").join(map(speaker.say, sides)),
        place=str(speaker.rulebook.places["fact", reach.cut.fact, "bands"]),
    )


def _paths(decision: str, paths: PathReach, speaker: Speaker) -> Iterator[str]:
    for way in paths.missing:
        yield speaker.say("missing_path", given=given(way.given, speaker), option=speaker.option(decision, way.outcome))
    if (rest := paths.of - paths.taken - len(paths.missing)) > 0:
        yield speaker.say("more_paths", count=f"{rest:,}")


def given(values: Mapping[str, Value], speaker: Speaker) -> str:
    """The facts of a case as a file would give them."""
    return speaker.listed(f"{name}={value}" for name, value in values.items())


def mutation_lines(found: Mutation, speaker: Speaker) -> Iterator[str]:
    """How many changed meanings the cases notice, and each that they do not, with a case that would."""
    yield click.style(speaker.say("mutation"), bold=True)
    rows = [
        (speaker.say("mutants_noticed"), _of(found.noticed, found.changed, speaker)),
        (speaker.say("mutants_equal"), speaker.say("mutants_equal_said", count=f"{found.equal:,}")),
    ]
    if found.undecided:
        rows.append(
            (speaker.say("mutants_undecided"), speaker.say("mutants_undecided_said", count=f"{found.undecided:,}"))
        )
    yield from table(rows)
    if found.survivors:
        yield heading(speaker.say("not_noticed"))
        for survivor in found.survivors:
            yield f"  {speaker.rulebook.places[survivor.mutant.place]}: {mutant(survivor.mutant, speaker)}"
            case = survivor.case
            advice = speaker.listed(option(decision, name, speaker) for decision, name in case.expect.items())
            yield wrap(speaker.say("would_notice", given=given(case.given, speaker), advice=advice), 6)
        yield "\n" + wrap(speaker.say("suggest_mutants_hint"))
    yield ""


def mutant(changed: Mutant, speaker: Speaker) -> str:
    """What was changed, in the words of the file."""
    detail = changed.detail
    match changed.kind:
        case "no_condition":
            parts = {"subject": detail[0]}
        case "no_alternative":
            parts = {"number": detail[0]}
        case "other_option":
            parts = {"decision": detail[0], "old": detail[1], "new": detail[2]}
        case "rules_out" | "proposes":
            parts = {"decision": detail[0], "option": detail[1]}
        case "moved_cut":
            parts = {"old": detail[0], "new": detail[1]}
        case _:
            parts = {}
    return speaker.say(f"mutant_{changed.kind}", name=changed.name, **parts)
