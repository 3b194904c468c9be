"""`whytune graph`: the rulebook as a picture, and the way of a case through it."""

from __future__ import annotations

from datetime import date
from typing import get_args

import click

from whytune.diagrams.formats import ENDINGS, FORMATS
from whytune.diagrams.links import DEFAULT
from whytune.engine import Advisor, Recommendation, Rulebook
from whytune.engine.language.value import UNKNOWN
from whytune.engine.words.speaker import Speaker
from whytune.pictures import View, tables_about
from whytune.prose import rule_table

from ..options import (
    CASES_DAY,
    as_of_option,
    asked_about,
    case_or_record_options,
    decision_of,
    decision_option,
    language_option,
    rulebook_option,
)
from ..output import is_told, written
from ..outside.files import STDOUT, save, say_where
from ..outside.picture_output import compose, format_of, write

TOLD = {"html": "html", "md": "markdown"}
"""The formats in which tables are not drawn but told, by the endings of their files."""


@click.command()
@case_or_record_options
@click.option("--case", "case_file", metavar="CASE", help="The same as the argument CASE.")
@rulebook_option
@click.option(
    "--ledger",
    metavar="LEDGER",
    help="Show how many recorded cases took each way, by wider lines; with --of-record, where the record is.",
)
@click.option("--section", metavar="NAME", help="Draw only the rules of this section.")
@decision_option("--decision")
@click.option(
    "--expand", is_flag=True, help="Ask for the facts behind other decisions, not for what those decisions come out as."
)
@click.option(
    "--view",
    type=click.Choice(get_args(View)),
    default="flow",
    show_default=True,
    help="What follows from each answer; what rules test and argue for; how decisions rest on each other; the tables.",
)
@click.option(
    "--format",
    "-f",
    "format_",
    type=click.Choice((*FORMATS, *TOLD.values())),
    help="By default the ending of the output, else text. A page and Markdown go with --view table.",
)
@click.option("--output", "-o", metavar="FILE", help="Where to write; by default standard output.")
@click.option(
    "--link-template",
    default=DEFAULT,
    show_default=True,
    metavar="TEMPLATE",
    help="Links to rules, with {file}, {line}, {kind}, {name}; empty for none.",
)
@as_of_option(default=CASES_DAY)
@language_option
def graph(
    case: str | None,
    settings: tuple[str, ...],
    case_file: str | None,
    ledger: str | None,
    rulebook: str,
    section: str | None,
    decision: str | None,
    expand: bool,
    of_record: str | None,
    view: View,
    format_: str | None,
    output: str | None,
    link_template: str,
    as_of: date | None,
    language: str | None,
) -> None:
    """Draw the rulebook's flowchart, computed from its rules; with a case, the way it took.

    \b
    Examples:
      whytune graph
      whytune graph --section framework --language zh -o chart.svg
      whytune graph --case rules/guide/cases/clinic_terms_100_examples.yaml -o way.svg
      whytune graph --ledger advice.ledger -o ways.svg
      whytune graph --of-record 12-3f9a0c1b --ledger advice.ledger -o way.svg
      whytune graph --view rules --set prompt_enough=no -f mermaid
      whytune graph --view table --rulebook my-rules -o tables.html
    """
    if ledger and not of_record and (case or case_file or settings or section or view != "flow"):
        raise click.UsageError("--ledger shows the flowchart of all rules, without a case")
    if expand and view != "flow":
        raise click.UsageError("--expand goes with the flowchart")
    if format_ in TOLD.values() and view != "table":
        raise click.UsageError(f"--format {format_} goes with --view table")
    case = case_file or case
    asked = asked_about(case, settings, rulebook, as_of, language, decision, None, of_record, ledger)
    whole, day = asked.advisor.whole, asked.advisor.as_of
    advisor = Advisor(whole.only(section), day) if section is not None else asked.advisor
    speaker = Speaker(advisor.rulebook, asked.question.language)
    answer = advisor.recommend(asked.facts) if case or settings or of_record else None
    traffic = None if of_record else ledger
    picture = compose(advisor, speaker, view, decision, answer, link_template, traffic, expand=expand)
    if section and answer:
        picture = picture._replace(description=_whole_advice(whole, section, advisor, answer, speaker, decision))
    chosen, reads = format_of(format_, output, ENDINGS | TOLD if view == "table" else ENDINGS), [case, ledger, rulebook]
    if chosen in TOLD.values() and is_told(chosen):
        tables = tables_about(advisor.rulebook, decision_of(advisor.rulebook, decision))
        document = rule_table.tables(tables, answer, speaker, picture.title, picture.description)
        save(output or STDOUT, f"{written(chosen, dict, lambda: document)}\n".encode(), reads)
    else:
        write(picture, chosen, output, speaker.language, reads)
    if of_record:
        from ..recorded_case import warn_if_in_doubt  # a ledger is for those who keep one

        warn_if_in_doubt(asked.question)
    say_where(output or STDOUT)


def _whole_advice(
    whole: Rulebook, section: str, advisor: Advisor, answer: Recommendation, speaker: Speaker, decision: str | None
) -> str:
    """A note for the picture of a section: the advice that all rules together give."""
    name = decision_of(whole, decision)
    given = {fact: state.value for fact, state in answer.facts.items() if state.state == "given"}
    given |= {fact: UNKNOWN for fact, state in answer.facts.items() if state.state == "unknown"}
    outcome = Advisor(whole, advisor.as_of).advise(given).decisions[name]
    return speaker.say("section_only", section=section, advice=speaker.outcome(name, outcome.outcome))
