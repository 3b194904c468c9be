"""Score a rulebook on published decisions: what it advises, against what worked.

    python tests/score.py OUTCOMES CODED [MORE ...] [--rulebook practice] [--own-names] [--ids FILE] [--list]

OUTCOMES holds a JSON object a line: `id`, the `accepted` families and the `strength` of its evidence. CODED holds `id`,
`facts` (as a codebook names them, known before the decision; a number may be a range `{"at_least": n, "below": m}`) and
`guess`, what an expert asked directly would advise; files given after it add facts. With `--own-names` the facts were
coded with the rulebook's own codebook (`whytune facts --format prompt`), and are asked as they stand. An answer is
right if its family is accepted, and open if facts that nobody gave leave several outcomes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import sqrt
from pathlib import Path
from typing import Any

from whytune.engine import Advisor
from whytune.engine.language.case import fitting, from_python, values_given

MAIN = "approach"
FAMILIES = ("prompt", "rag", "fine_tune", "rag_and_fine_tune")

FAMILY = {
    **{family: family for family in FAMILIES},
    "in_context": "prompt",
    "few_shot": "prompt",
    "structured_output": "prompt",
    "encoder": "fine_tune",
    "lora": "fine_tune",
    "full": "fine_tune",
}
"""The family of each option of `approach`, of the rulebooks that are scored."""

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Published:
    """One decision: what was known before, what an expert advised, what worked, and how well that is shown."""

    id: str
    coded: Facts
    guess: str
    accepted: frozenset[str]
    strength: str


def read(outcomes: Path, coded: Iterable[Path], ids: frozenset[str] | None = None) -> tuple[Published, ...]:
    """The decisions of which both outcome and coding are there, those in `ids` if given; later codings add facts."""
    facts: dict[str, dict[str, Any]] = {}
    guesses: dict[str, str] = {}
    for path in coded:
        for row in _rows(path):
            facts.setdefault(row["id"], {}).update(row["facts"])
            if "guess" in row:
                guesses[row["id"]] = row["guess"]
    return tuple(
        Published(row["id"], facts[row["id"]], guesses[row["id"]], frozenset(row["accepted"]), row.get("strength", ""))
        for row in _rows(outcomes)
        if row["id"] in guesses and (ids is None or row["id"] in ids)
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


# The evidence edition. What a coding leaves out is left out here too, and so assumed.

SAME = ("may_train", "must_stay_inside", "behaviour_settled", "signal", "examples_are_right", "output_is_label",
        "eval_set", "goals", "lora_plateau", "far_from_base", "gpu_memory", "model_size")  # fmt: skip
NUMBERS = {"examples": "examples", "calls_per_month": "calls_per_month", "latency_limit_ms": "latency_limit_ms"}
SMALL_MODEL = 15
"""Billions of parameters: up to here a model counts as small."""

A_FEW_PAGES, SHORT, LONG = 10_000, 32_000, 200_000
"""Tokens: where a search is coded as needless and no size is; where a text stops being short; where it is too long."""


def practice(case: Facts) -> list[Facts]:
    """The ways in which the facts may lie, as far as the coding says; one where it leaves no doubt."""
    known: dict[str, list[Any]] = {name: [case[name]] for name in SAME if name in case}
    known |= {ours: _numbers(case[theirs]) for theirs, ours in NUMBERS.items() if theirs in case}
    known |= {name: values for name, values in {"prompt_result": _prompt_result(case), "lookup": _lookup(case),
              "retrieval_result": _retrieval(case), "open_ended": _open_ended(case)}.items() if values}  # fmt: skip
    if "stronger_model_untried" in case:
        known["newer_model_untried"] = [case["stronger_model_untried"]]
    if "model_size" in case:
        known["small_model_only"] = ["yes" if case["model_size"] <= SMALL_MODEL else "no"]
    if known.get("lookup") == ["yes"]:
        if sizes := _sizes(case):
            known["knowledge_tokens"] = sizes
        known |= {name: [case[name]] for name in ("knowledge_changes", "per_user_access") if name in case}
    if case.get("signal") not in ("demonstrations", "pairs"):
        known.pop("examples", None)
        if case.get("signal") != "teacher":
            known.pop("examples_are_right", None)
    return [dict(zip(known, values, strict=True)) for values in product(*known.values())]


def _prompt_result(case: Facts) -> list[str]:
    effort = case.get("prompt_effort")
    if case.get("prompt_enough") == "yes":
        return ["meets"]
    if effort == "worked" or (effort is None and case.get("prompt_measured") == "yes"):
        return ["worked_short"]
    if case.get("prompt_enough") == "no" and effort != "none":
        return ["plain_short"]
    return ["untested"]


def _lookup(case: Facts) -> list[str]:
    """`must_search` where it is coded, else what `external_knowledge` and `whole_documents` say."""
    whole, outside = case.get("whole_documents") == "yes", case.get("external_knowledge")
    if outside == "yes" and "knowledge_tokens" in case and min(_numbers(case["knowledge_tokens"])) >= LONG:
        whole = False
    search = case.get("must_search")
    if search == "yes" or (search is None and outside == "yes" and not whole):
        return ["yes"]
    if whole:
        return ["no"]
    if outside == "yes":
        return ["yes"]
    return ["no"] if search == "no" or outside == "no" else []


def _sizes(case: Facts) -> list[int]:
    """How large the text may be: as coded, but no size at which the coder's answer on searching would be another."""
    search = case.get("must_search")
    if "knowledge_tokens" not in case:
        return [A_FEW_PAGES] if search == "no" else []
    sizes = _numbers(case["knowledge_tokens"])
    fitting = [n for n in sizes if (n >= SHORT if search == "yes" else n < LONG if search == "no" else True)]
    return fitting or sizes


def _retrieval(case: Facts) -> list[str]:
    short = case.get("retrieval_measured") == "yes" and _lookup(case) == ["yes"]
    return ["short"] if short else []


def _open_ended(case: Facts) -> list[str]:
    """The older codebook calls open what has several jobs too, so either may be meant."""
    return {"narrow": ["no"], "open": ["no", "yes"]}.get(case.get("scope", ""), [])


def _numbers(value: Any) -> list[int]:
    """A number, or the least and the greatest of a range with the powers of ten between them."""
    if not isinstance(value, Mapping):
        return [int(value)]
    least, greatest = int(value.get("at_least", 0)), int(value["below"]) - 1
    between = [n * 10**power for power in range(1, 13) for n in (1, 5) if least < n * 10**power < greatest]
    return sorted({least, *between, greatest})


# The guide, read as its authors would: what a case does not say is not so.

GUIDE_NEED = {"format": "output_format", "style": "brand_tone", "domain": "domain_terms", "accuracy": "domain_terms",
              "speed_or_cost": "inference_cost"}  # fmt: skip


def guide(case: Facts) -> list[Facts]:
    """One way for each need that the guide knows (its note `one_need_at_a_time`); one without, if it knows none."""
    shared: dict[str, Any] = {
        "prompt_enough": case.get("prompt_enough", "no"),
        "external_knowledge": case.get("external_knowledge", "no"),
        "latest_knowledge": case.get("knowledge_changes", "no"),
        "general_chat": "yes" if case.get("scope") == "open" else "no",
        "fast_iteration": "yes" if case.get("behaviour_settled") == "no" else "no",
    }
    if case.get("may_train") == "no":
        shared |= {"private_data": "yes", "can_anonymise": "no"}
    if "examples" in case:
        shared["examples"] = _numbers(case["examples"])[0]
    if case.get("examples_are_right") == "no":
        shared["good_examples"] = 0
    needs = sorted({GUIDE_NEED[goal] for goal in case.get("goals", ()) if goal in GUIDE_NEED})
    return [{**shared, "need": need} for need in needs] or [shared]


def as_coded(case: Facts) -> list[Facts]:
    """The facts as they were coded; of several numbers for one fact, all that lie between them."""
    return [{name: _between(value) for name, value in case.items()}]


def _between(value: Any) -> Any:
    several = value.get("one_of", ()) if isinstance(value, Mapping) else ()
    if not several or not all(isinstance(one, (int, float)) for one in several):
        return value
    return {"at_least": min(several), "below": max(several) + (1 if all(one == int(one) for one in several) else 0.01)}


READINGS = {"practice": practice, "guide": guide}


# What costs nothing to write: the marks to beat.


def three_lines(case: Facts) -> str:
    """Outside knowledge and a need: both; outside knowledge: retrieval; a need: tune; else a prompt."""
    need = bool(set(case.get("goals", ())) - {"sources"})
    outside = case.get("external_knowledge") == "yes"
    return ("rag_and_fine_tune" if need else "rag") if outside else "fine_tune" if need else "prompt"


# Asking, and judging the answers


@dataclass(frozen=True)
class Answer:
    """The family advised (None: open or referred to a person), and the families that the answer names as possible.

    It is settled if it rests on no assumption, in whichever way the facts lie.
    """

    family: str | None
    possible: frozenset[str]
    settled: bool = False
    reasons: tuple[str, ...] = ()


Ask = Callable[[Published], Answer]


@dataclass(frozen=True)
class Scored:
    case: Published
    answer: Answer

    @property
    def verdict(self) -> str:
        if self.answer.family is None:
            return "open" if self.case.accepted & self.answer.possible else "open, not named"
        return "right" if self.answer.family in self.case.accepted else "wrong"


def rulebook(advisor: Advisor, reading: Callable[[Facts], list[Facts]]) -> Ask:
    """Asks a rulebook, once for each way in which the facts may lie; one family only if all of them agree.

    Coded facts that do not apply are left out: whoever coded them did not know the rulebook's `only_if`.
    """
    vocabulary = advisor.rulebook.vocabulary

    def ask(case: Published) -> Answer:
        ways = (values_given(vocabulary, from_python(facts))[0] for facts in reading(case.coded))
        answers = [advisor.recommend(fitting(vocabulary, way)).decisions[MAIN] for way in ways]
        families = {FAMILY.get(answer.outcome or "") for answer in answers}
        possible = {FAMILY[name] for answer in answers for name in answer.possible if name in FAMILY}
        reasons = dict.fromkeys(reason for answer in answers for reason in answer.reasons)
        settled = all(answer.status == "settled" for answer in answers)
        return Answer(families.pop() if len(families) == 1 else None, frozenset(possible), settled, tuple(reasons))

    return ask


def fixed(family: Callable[[Published], str]) -> Ask:
    """Asks something that always answers, and names nothing else."""
    return lambda case: Answer(family(case), frozenset({family(case)}), settled=True)


def wilson(hits: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % confidence interval of a share (Wilson 1927)."""
    if not n:
        return 0.0, 1.0
    share, square = hits / n, z * z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def line(name: str, scored: Sequence[Scored]) -> str:
    """One row: the counts, the shares with their intervals, and the hybrids missed."""
    n = len(scored)
    count = {v: sum(one.verdict == v for one in scored) for v in ("right", "open", "open, not named")}
    hybrids = [one for one in scored if one.case.accepted == {"rag_and_fine_tune"}]
    missed = sum(one.answer.family != "rag_and_fine_tune" for one in hybrids)
    wrong = [one for one in scored if one.verdict == "wrong"]
    settled = sum(one.answer.settled for one in wrong)
    named = sum(bool(one.case.accepted & one.answer.possible) for one in wrong)
    low, high = wilson(count["right"], n)
    return (
        f"| {name} | {n} | {count['right']} ({count['right'] / n:.0%}, {low:.0%} to {high:.0%}) "
        f"| {len(wrong)} ({len(wrong) / n:.0%}) | {settled} | {named} | {count['open']} | {count['open, not named']} "
        f"| {missed} of {len(hybrids)} |"
    )


HEAD = (
    "| advisor | cases | right (95 % interval) | wrong | of these, settled | of these, what worked is named "
    "| open, what worked is possible | open, it is not | hybrids missed |\n|---|---|---|---|---|---|---|---|---|"
)


def report(cases: Sequence[Published], askers: dict[str, Ask]) -> Iterable[str]:
    """The table of all advisors, then the first of them by what worked and by the strength of its evidence."""
    scores = {name: [Scored(case, ask(case)) for case in cases] for name, ask in askers.items()}
    yield HEAD
    yield from (line(name, scored) for name, scored in scores.items())
    first, scored = next(iter(scores.items()))
    groups = {family: [one for one in scored if family in one.case.accepted] for family in FAMILIES}
    groups |= {s: [one for one in scored if one.case.strength == s] for s in sorted({c.strength for c in cases})}
    yield from (line(f"{first}: {name}", group) for name, group in groups.items() if group)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("outcomes", type=Path)
    parser.add_argument("coded", type=Path, nargs="+")
    parser.add_argument("--rulebook", default="practice", help="a shipped rulebook or a path (read as `practice`)")
    parser.add_argument("--own-names", action="store_true", help="the coding names the facts as the rulebook does")
    parser.add_argument("--ids", type=Path, help="a JSON list: score only these")
    parser.add_argument("--list", action="store_true", help="print every case that is not right")
    options = parser.parse_args(arguments)
    ids = frozenset(json.loads(options.ids.read_text(encoding="utf-8"))) if options.ids else None
    cases = read(options.outcomes, options.coded, ids)
    reading = as_coded if options.own_names else READINGS.get(options.rulebook, READINGS["practice"])
    chosen = rulebook(Advisor.load(options.rulebook), reading)
    askers = {options.rulebook: chosen, "an expert asked directly": fixed(lambda case: case.guess)}
    if not options.own_names:  # these read the words of the older codebook
        askers["guide, what is not stated is not so"] = rulebook(Advisor.load("guide"), READINGS["guide"])
        askers["three lines"] = fixed(lambda case: three_lines(case.coded))
    askers["always tune"] = fixed(lambda case: "fine_tune")
    print("\n".join(report(cases, askers)))
    if options.list:
        for one in (Scored(case, chosen(case)) for case in cases):
            if one.verdict != "right":
                print(one.case.id, one.verdict, "| worked:", *sorted(one.case.accepted), "| advised:",
                      one.answer.family, "| possible:", *sorted(one.answer.possible), "| because:",
                      *one.answer.reasons)  # fmt: skip


if __name__ == "__main__":
    main()
