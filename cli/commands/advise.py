"""`whytune advise`: the facts of a task in, the recommendation and its trace out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any

import click

from whytune.days import today_or
from whytune.engine import Advisor, Recommendation
from whytune.engine.language.folders import is_there
from whytune.engine.language.loading import BESIDE, DEFAULT, folder_of
from whytune.engine.language.problems import visible
from whytune.engine.words.speaker import Speaker
from whytune.prose.document import Block, Paragraph
from whytune.prose.levels import Level
from whytune.shown import Format

from ..of_record import is_typed, its_ledger_option
from ..options import (
    CASES_DAY,
    CaseQuestion,
    as_of_option,
    asked_about,
    case_or_record_options,
    keeping,
    language_option,
    record_options,
    rulebook_option,
)
from ..output import format_option, level_option, refuse_to_mix, written


@click.command()
@case_or_record_options
@its_ledger_option
@rulebook_option
@as_of_option(default=CASES_DAY)
@language_option
@format_option
@level_option("normal adds the facts and the proof, full every step.")
@record_options
@click.option(
    "--graph", metavar="FILE", help="Also draw the way of the case: FILE.svg, .png, .pdf, .dot, .mmd or .txt."
)
@click.option("--compare", is_flag=True, help="Also set the advice beside its main rival.")
@click.option("--costs", is_flag=True, help="Also estimate what the advice and its main rival would cost.")
@click.option("--model", metavar="NAME", help="For --costs: the model; by default the price list's reference.")
@click.option("--prices", metavar="NAME|PATH", help="For --costs: the price list; by default the rulebook's own.")
def advise(
    case: str | None,
    settings: tuple[str, ...],
    rulebook: str,
    as_of: date | None,
    language: str | None,
    format_: Format,
    level: Level,
    graph: str | None,
    compare: bool,
    costs: bool,
    model: str | None,
    prices: str | None,
    of_record: str | None,
    kept_in: str | None,
    **recording: Any,
) -> None:
    """Advise on one task, and show why.

    CASE is a YAML or JSON file of facts (`whytune facts` lists them), or `-` for standard input. A fact that is not
    given is assumed if the rulebook says what to assume, and otherwise unknown.

    \b
    Examples:
      whytune advise rules/guide/cases/json_invoices.yaml
      whytune advise --set prompt_enough=no --set external_knowledge=yes
      whytune advise case.yaml --set examples=20000 --format json
      whytune advise case.yaml --graph way.svg
      whytune advise case.yaml --costs --model qwen3.5-9b
      whytune advise case.yaml --record advice.ledger --by "Ada Lovelace" --evidence examples=TICKET-12
      whytune advise --of-record 12-3f9a0c1b --ledger advice.ledger
    """
    if (model or prices) and not costs:
        raise click.UsageError("--model and --prices go with --costs")
    refuse_to_mix("--graph", graph, format_)
    if of_record is not None:
        recording = _not_kept_again(recording)
    asked = asked_about(
        case, settings, rulebook, as_of, language, time=recording["time"], of_record=of_record, kept_in=kept_in
    )
    advisor, speaker = asked.advisor, asked.speaker
    keep = keeping(asked, rulebook, recording)
    recommendation = advisor.recommend(asked.facts)
    more = _more(asked, recommendation, compare, (prices, model) if costs else None)
    text = written(
        format_,
        lambda: asked.question.to_dict() | {name: part for data, _ in more for name, part in data.items()},
        lambda: asked.written(chain(asked.answer(recommendation, level), *(blocks for _, blocks in more))),
    )
    drawn = (
        _draw(advisor, speaker, recommendation, graph, [case, kept_in, recording["ledger"], rulebook])
        if graph
        else None
    )
    keep(recommendation)  # now that nothing else can fail: who gets no answer leaves no record
    if drawn:
        click.echo(drawn, err=True)
    click.echo(text)


def _not_kept_again(recording: dict[str, Any]) -> dict[str, Any]:
    """The options of a record, without a ledger that only a variable names; raises UsageError for one that is typed."""
    if is_typed("ledger"):
        raise click.UsageError("--record does not go with --of-record: the answer is kept already")
    return {**recording, "ledger": None}


def _more(
    asked: CaseQuestion, recommendation: Recommendation, compare: bool, costs: tuple[str | None, str | None] | None
) -> Sequence[tuple[dict[str, Any], Iterable[Block]]]:
    """What is added to the answer, as data and blocks; costs are those of this model by this price list."""
    if not (compare or costs):
        return [({}, _offer(asked.speaker, asked.question.place))]
    from whytune.beside import Beside  # comparing and counting are for those who ask for them

    beside = Beside(asked.advisor, asked.facts, recommendation, asked.speaker, asked.question.place)
    more = [beside.comparison()] if compare else []
    more += [beside.costs(*costs, today_or(asked.advisor.as_of))] if costs else []
    return more


def _offer(speaker: Speaker, rulebook: str) -> Iterator[Block]:
    """Commands that ask a newer edition, or for more where the rulebook has it."""
    if rulebook == DEFAULT:
        yield Paragraph("", 0, "quiet", to_type=speaker.say("edition_offer"))
    folder = folder_of(rulebook) if rulebook else None
    if folder and all(is_there(folder / name, name) for name in BESIDE):
        yield Paragraph("", 0, "quiet", to_type=speaker.say("compare_offer"))


def _draw(
    advisor: Advisor, speaker: Speaker, recommendation: Recommendation, file: str, reads: Collection[str | None]
) -> str:
    """Writes the picture and returns a note that says where it is, and how to see the facts behind other decisions."""
    from ..outside.picture_output import compose, format_of, write  # pictures are for those who ask for them

    format_ = format_of(None, file)
    write(compose(advisor, speaker, answer=recommendation), format_, file, speaker.language, reads)
    drawn = speaker.say("drawn", file=visible(file))
    *others, main = speaker.rulebook.decision_order
    behind = [name for name in others if name in speaker.rulebook.tested_for[main]]
    if not behind:
        return drawn
    questions = speaker.listed(speaker.say("quoted", text=speaker.subject(name)) for name in behind)
    return f"{drawn}\n{speaker.say('drawn_behind', questions=questions)}"
