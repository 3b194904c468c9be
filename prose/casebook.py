"""What the cases of a rulebook showed -> a document: failures, what is covered, what is not noticed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple, cast

from whytune.engine.advice.recommendation import OPEN
from whytune.engine.language.brief import brief
from whytune.engine.language.casefile import Status
from whytune.engine.language.problems import visible
from whytune.engine.language.rulebook import Rulebook
from whytune.engine.language.value import Value
from whytune.engine.meaning.regions import Share
from whytune.engine.review.casebook import CheckedCase, Coverage, Mutation, Result
from whytune.engine.review.casebook.coverage import CutReach, PathReach, Reach
from whytune.engine.review.casebook.expectations import Expectation, ExpectationKind
from whytune.engine.review.casebook.mutants import Mutant, MutantKind
from whytune.engine.review.casebook.mutation import Survivor
from whytune.engine.review.casebook.running import Failure
from whytune.engine.words.catalogue import Family
from whytune.engine.words.speaker import Speaker
from whytune.engine.words.values import cut_text

from .document import Block, Document, Gap, Heading, Item, Notice, Paragraph, Rows, document
from .regions import percent
from .states import STATUS

_OF_ADVICE = ("advice", "status", "possible", "flips")
"""What is expected of the advice, so that it matters what decided."""


NotRuledOut = Literal["stands", "not_proposed", "proposed", "open"]
"""The states of an option that was expected to be ruled out."""

_EXPECTED = Family[ExpectationKind]("expected")
_MUTANT = Family[MutantKind]("mutant")
_NOT_RULED_OUT = Family[NotRuledOut]("it")


class CasebookReport(NamedTuple):
    """What a run found: the results so far of all cases but those yet to be filled in, and what was measured."""

    rulebook: Rulebook
    today: date
    cases: Sequence[CheckedCase]
    unfilled: Sequence[CheckedCase]
    results: Sequence[Result]
    coverage: Coverage | None
    mutation: Mutation | None
    wants_mutation: bool = False

    def __repr__(self) -> str:
        return brief(self)

    @property
    def failed(self) -> int:
        return sum(bool(result.failures) for result in self.results)

    def to_dict(self) -> dict[str, Any]:
        rulebook = self.rulebook
        return {
            "rulebook": {"name": rulebook.name, "version": rulebook.version, "digest": rulebook.digest},
            "as_of": self.today.isoformat(),
            "passed": len(self.results) - self.failed,
            "failed": self.failed,
            "not_run": len(self.cases) - len(self.results),
            "not_filled_in": [{"title": case.title, "place": case.span.to_dict()} for case in self.unfilled],
            "cases": [result.to_dict() for result in self.results],
            "coverage": self.coverage.to_dict() if self.coverage else None,
            "mutation": self.mutation.to_dict(rulebook) if self.mutation else None,
        }


def tests(tested: CasebookReport, speaker: Speaker) -> Document:
    """What failed, what the cases reach and notice, and how many passed."""
    blocks = [*problems(tested.results, tested.unfilled, speaker)]
    if tested.coverage:
        blocks += _coverage(tested.coverage, speaker)
    if tested.mutation:
        blocks += _mutation(tested.mutation, speaker)
    elif tested.wants_mutation:
        blocks += [Paragraph(speaker.say("no_mutation")), Gap()]
    total = Paragraph(speaker.listed(_counts(tested, speaker)), tone="bad" if tested.failed else "good")
    return document(speaker.say("tests_title", name=speaker.rulebook.name), speaker.language, [*blocks, total])


def problems(results: Iterable[Result], unfilled: Iterable[CheckedCase], speaker: Speaker) -> Iterator[Block]:
    """Each case that failed, with everything that failed in it; and each that is yet to be filled in."""
    for result in results:
        if result.failures:
            title = speaker.say("quoted", text=result.case.title)
            yield Notice(title, speaker.say("case_failed"), tone="bad")
            for failure, text in _told(result, speaker):
                yield Paragraph(f"{failure.expectation.span}:", level=1)
                yield Paragraph(text, level=2)
                if intended := _intended(failure, speaker):
                    yield Paragraph(intended, level=2)
            yield Gap()
    for case in unfilled:
        title = speaker.say("quoted", text=case.title)
        yield from (Notice(speaker.pair(title, speaker.say("case_unfilled")), place=str(case.span)), Gap())


def failures(result: Result, speaker: Speaker) -> Iterator[str]:
    """A line for each failure: where something was expected, what it was, and what came instead."""
    return (f"{failure.expectation.span}: {text}" for failure, text in _told(result, speaker))


def _told(result: Result, speaker: Speaker) -> Iterator[tuple[Failure, str]]:
    """Each failure in words; what decided is said where it is not what decided in the one before."""
    before: tuple[str, ...] = ()
    for failure in result.failures:
        sentence = failed(failure, speaker)
        if failure.why and failure.why != before and failure.expectation.kind in _OF_ADVICE:
            rules = speaker.say("decided_here", rules=speaker.listed(failure.why))
            sentence, before = speaker.say("within", value=sentence, bounds=rules), failure.why
        yield failure, sentence


def _intended(failure: Failure, speaker: Speaker) -> str:
    """How to make the case expect the advice that it gets; empty where something else failed."""
    expected = failure.expectation
    if expected.kind != "advice":
        return ""
    place = f"{visible(expected.span.source)}:{expected.span.line}"
    return speaker.say("if_intended", written=f"{expected.decision}: {failure.got[0]}", place=place)


def _counts(tested: CasebookReport, speaker: Speaker) -> Iterator[str]:
    """How many cases failed, passed, were not run and are yet to be filled in."""
    passed, left = len(tested.results) - tested.failed, len(tested.cases) - len(tested.results)
    if tested.failed:
        yield speaker.say("cases_failed", failed=f"{tested.failed:,}")
    yield speaker.say("cases_passed", passed=f"{passed:,}")
    if left:
        yield speaker.say("cases_left", left=f"{left:,}")
    if tested.unfilled:
        yield speaker.say("cases_unfilled", count=f"{len(tested.unfilled):,}")


def failed(failure: Failure, speaker: Speaker) -> str:
    """What was expected and what came instead."""
    expected = failure.expectation
    wanted = speaker.listed(named(expected, name, speaker) for name in expected.wanted)
    got = speaker.listed(_got(failure, name, speaker) for name in failure.got)
    if not failure.got:
        got = speaker.say("no_cautions") if expected.kind == "cautions" else speaker.say("no_reasons")
    changes = changed(expected, speaker)
    parts = {"wanted": wanted, "got": got, **({"changes": changes} if changes else {})}
    sentence = speaker.say("flip_stays", **parts) if failure.stays else speaker.say(_EXPECTED[expected.kind], **parts)
    if len(speaker.rulebook.decisions) > 1:
        sentence = speaker.pair(expected.decision, sentence)
    return sentence


def changed(expected: Expectation, speaker: Speaker) -> str:
    """The changes of facts after which something else is expected; empty for what is expected of the case itself."""
    return speaker.listed(
        speaker.pair(speaker.fact(change.fact), speaker.value(change.fact, change.after)) for change in expected.changes
    )


def named(expected: Expectation, name: str, speaker: Speaker) -> str:
    """What is wanted, as readers call it, with the name that the file uses."""
    kind, decision = expected.kind, expected.decision
    if kind == "status":
        return _called(speaker.say(STATUS[cast(Status, name)]), name, speaker)
    if kind in ("because", "not_because", "cautions"):
        return reason(name, speaker)
    return option(decision, name, speaker)


def _got(failure: Failure, name: str, speaker: Speaker) -> str:
    if failure.expectation.kind == "ruled_out":
        return speaker.say(_NOT_RULED_OUT[cast(NotRuledOut, name)])
    return named(failure.expectation, name, speaker)


def option(decision: str, name: str, speaker: Speaker) -> str:
    if name not in speaker.rulebook.decision[decision].outcomes and name == OPEN:
        return _called(speaker.say("advice_open"), name, speaker)
    return _called(speaker.option(decision, name), name, speaker)


def reason(name: str, speaker: Speaker) -> str:
    """A rule by its title and id; a policy by its name."""
    if name in speaker.rulebook.rule:
        return _called(speaker.say("quoted", text=speaker.rule(name)), name, speaker)
    return f"`{name}`"


def _called(called: str, name: str, speaker: Speaker) -> str:
    """What readers call it and, in brackets, what files call it if that differs."""
    return name if called == name else speaker.say("within", value=called, bounds=name)


def _coverage(coverage: Coverage, speaker: Speaker) -> Iterator[Block]:
    """How much is covered, and what is not, by name."""
    yield Paragraph(speaker.say("coverage"), tone="strong")
    both = sum(cut.below and cut.above for cut in coverage.cuts)
    rows = [
        (speaker.say("covers_in_force"), _reach(coverage.in_force, "never_in_force", speaker)),
        (speaker.say("covers_decisive"), _reach(coverage.decisive, "never_decisive", speaker)),
        (speaker.say("covers_cuts"), _of(both, len(coverage.cuts), speaker)),
    ]
    for decision, paths in coverage.paths.items():
        name = f" ({decision})" if len(coverage.paths) > 1 else ""
        rows.append((speaker.say("covers_paths") + name, _of(paths.taken, paths.of, speaker)))
        rows.append((speaker.say("covers_tasks") + name, _of(paths.tasks.tasks, paths.tasks.of, speaker)))
    yield Rows(tuple(rows))
    explained = "covers_tasks_said" if coverage.paths else "paths_not_counted"
    yield Paragraph(speaker.say(explained), tone="quiet" if coverage.paths else "plain")
    missing = list(_missing(coverage, speaker))
    if missing:
        yield Heading(speaker.say("not_covered"))
        yield from map(Item, missing)
        yield from (Gap(), Paragraph("", to_type=speaker.say("suggest_hint")))
    yield Gap()


def _reach(reach: Reach, never: str, speaker: Speaker) -> str:
    counts = _of(len(reach.reached), len(reach.reached) + len(reach.missing), speaker)
    if reach.never:
        counts += speaker.say("semicolon") + speaker.say(never, rules=speaker.listed(reach.never))
    return counts


def _of(part: int, whole: int, speaker: Speaker) -> str:
    """How many of how many."""
    return speaker.say("count_of", part=f"{part:,}", whole=f"{whole:,}", percent=percent(Share(part, whole)))


def _missing(coverage: Coverage, speaker: Speaker) -> Iterator[str]:
    places = speaker.rulebook.places
    for key, reach in (("missing_in_force", coverage.in_force), ("missing_decisive", coverage.decisive)):
        skip = coverage.in_force.missing if key == "missing_decisive" else ()
        for rule in (rule for rule in reach.missing if rule not in skip):
            yield speaker.say(key, rule=reason(rule, speaker), place=str(places["rule", rule]))
    for cut in coverage.cuts:
        if not (cut.below and cut.above):
            yield _cut(cut, speaker)
    for decision, paths in coverage.paths.items():
        yield from _paths(decision, paths, speaker)


def _cut(reach: CutReach, speaker: Speaker) -> str:
    sides = [side for side, there in (("side_below", reach.below), ("side_above", reach.above)) if not there]
    return speaker.say(
        "missing_cut",
        at=cut_text(reach.cut.at, speaker.language),
        band=reach.cut.band,
        sides=speaker.one_of(speaker.say(side) for side in sides),
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


def _mutation(mutation: Mutation, speaker: Speaker) -> Iterator[Block]:
    """How many changed meanings the cases notice, and each that they do not, with a case that would."""
    yield Paragraph(speaker.say("mutation"), tone="strong")
    rows = [
        (speaker.say("mutants_noticed"), _of(mutation.noticed, mutation.changed, speaker)),
        (speaker.say("mutants_equal"), speaker.say("mutants_equal_said", count=f"{mutation.equal:,}")),
    ]
    if mutation.undecided:
        rows.append(
            (speaker.say("mutants_undecided"), speaker.say("mutants_undecided_said", count=f"{mutation.undecided:,}"))
        )
    if mutation.untried:
        untried = speaker.say("mutants_untried_said", count=f"{mutation.untried:,}")
        rows.append((speaker.say("mutants_untried"), untried))
    yield Rows(tuple(rows))
    if mutation.survivors:
        yield Heading(speaker.say("not_noticed"))
        for survivor in mutation.survivors:
            yield from _survivor(survivor, speaker)
        yield from (Gap(), Paragraph("", to_type=speaker.say("suggest_mutants_hint")))
    yield Gap()


def _survivor(survivor: Survivor, speaker: Speaker) -> Iterator[Block]:
    """What was changed where, and a case that would notice it."""
    place, case = survivor.place(speaker.rulebook), survivor.case
    yield Paragraph(f"{place}: {mutant(survivor.mutant, speaker)}", level=1)
    advice = speaker.listed(option(decision, name, speaker) for decision, name in case.expect.items())
    yield Paragraph(speaker.say("would_notice", given=given(case.given, speaker), advice=advice), level=3)


def mutant(changed: Mutant, speaker: Speaker) -> str:
    """What was changed, in the words of the file."""
    detail = changed.detail
    match changed.kind:
        case "no_condition" | "no_only_if":
            parts = {"subject": detail[0]}
        case "no_alternative":
            parts = {"number": detail[0]}
        case "no_yield":
            parts = {"other": detail[0]}
        case "other_option":
            parts = {"decision": detail[0], "old": detail[1], "new": detail[2]}
        case "rules_out" | "proposes":
            parts = {"decision": detail[0], "option": detail[1]}
        case "moved_cut":
            old, new = (cut_text(Decimal(at), speaker.language) for at in detail)
            parts = {"old": old, "new": new}
        case _:
            parts = {}
    return speaker.say(_MUTANT[changed.kind], name=changed.name, **parts)
