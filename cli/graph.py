"""`whytune graph`: the rulebook as a picture, and the way of a case through it."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from whytune.diagrams.decisions import decisions
from whytune.diagrams.flowchart import flowchart
from whytune.diagrams.fonts import has_chinese, needs_chinese
from whytune.diagrams.formats import ENDINGS, FORMATS, PICTURES, draw, fits
from whytune.diagrams.graph import Graph
from whytune.diagrams.inference import inference
from whytune.diagrams.links import DEFAULT, Links
from whytune.engine import Advisor, Problem, Recommendation, Rulebook, WhytuneError, load
from whytune.engine.case import UNKNOWN
from whytune.engine.problems import closest, did_you_mean, short
from whytune.engine.rulebook import REFER
from whytune.engine.speaker import Speaker

from .options import as_of_option, case_options, language_of, language_option, read_facts, rulebook_option, today_or


@click.command()
@case_options
@click.option("--case", "case_file", metavar="CASE", help="The same as the argument CASE.")
@rulebook_option
@click.option("--section", metavar="NAME", help="Draw only the rules of this section.")
@click.option("--decision", metavar="NAME", help="Which decision, where the rulebook has several; by default the last.")
@click.option(
    "--view",
    type=click.Choice(["flow", "rules", "decisions"]),
    default="flow",
    show_default=True,
    help="What follows from each answer; or what rules test and speak for; or how decisions rest on each other.",
)
@click.option(
    "--format", "-f", "format_", type=click.Choice(FORMATS), help="By default the ending of the output, else text."
)
@click.option("--output", "-o", metavar="FILE", help="Where to write; by default standard output.")
@click.option(
    "--link-template",
    default=DEFAULT,
    show_default=True,
    metavar="TEMPLATE",
    help="Links to rules, with {file}, {line}, {kind}, {name}; empty for none.",
)
@as_of_option
@language_option
def graph(
    case: str | None,
    settings: tuple[str, ...],
    case_file: str | None,
    rulebook: str,
    section: str | None,
    decision: str | None,
    view: str,
    format_: str | None,
    output: str | None,
    link_template: str,
    as_of: datetime | None,
    language: str | None,
) -> None:
    """Draw the rulebook's flowchart, computed from its rules; with a case, the way it took.

    \b
    Examples:
      whytune graph
      whytune graph --section framework --language zh -o chart.svg
      whytune graph --case rules/guide/cases/clinic_terms_100_examples.yaml -o way.svg
      whytune graph --view rules --set prompt_enough=no -f mermaid
    """
    whole = load(rulebook)
    advisor = Advisor(_section(whole, section), today_or(as_of))
    speaker = Speaker(advisor.rulebook, language_of(whole, language))
    case = case_file or case
    answer = advisor.recommend(read_facts(whole, case, settings)) if case or settings else None
    picture = compose(advisor, speaker, view, decision, answer, link_template)
    if section and answer:
        picture = picture._replace(description=_whole_advice(whole, section, advisor, answer, speaker, decision))
    write(picture, format_of(format_, output), output)


def compose(
    advisor: Advisor,
    speaker: Speaker,
    view: str = "flow",
    decision: str | None = None,
    answer: Recommendation | None = None,
    link_template: str = DEFAULT,
) -> Graph:
    """The picture asked for; of a chart too large to read, only the way of the case."""
    links = Links(advisor.rulebook.places, link_template)
    if view == "decisions":
        return decisions(speaker, answer, links)
    name = _decision(advisor.rulebook, decision)
    if view == "rules":
        picture = inference(speaker, name, answer, links)
    else:
        picture = flowchart(advisor.diagram, name, speaker, answer, links)
    return picture.only_way() if answer and not fits(picture) else picture


def write(picture: Graph, format_: str, output: str | None) -> None:
    """Writes the picture to a file or to standard output; raises WhytuneError."""
    if output is None and format_ in PICTURES and sys.stdout.isatty():
        hint = f"name a file: -o chart.{format_}"
        raise WhytuneError([Problem("no-terminal", f"{format_} is not for a terminal", None, hint)])
    drawn = draw(picture, format_)
    if format_ in ("png", "pdf") and any(needs_chinese(node.label) for node in picture.nodes) and not has_chinese():
        click.echo(
            "warning: no font with Chinese characters is installed, so they may be drawn as boxes\n"
            "  hint: install one (Debian: apt install fonts-wqy-microhei), or write SVG",
            err=True,
        )
    if output is None:
        sys.stdout.buffer.write(drawn)
        return
    try:
        Path(output).write_bytes(drawn)
    except OSError as error:
        said = (error.strerror or "unknown error").lower()
        raise WhytuneError([Problem("unwritable-file", f"`{short(output)}` cannot be written: {said}")]) from None


def _whole_advice(
    whole: Rulebook, section: str, advisor: Advisor, answer: Recommendation, speaker: Speaker, decision: str | None
) -> str:
    """What the picture of a section must say: which advice all rules together give."""
    name = _decision(whole, decision)
    given = {fact: state.value for fact, state in answer.facts.items() if state.state == "given"}
    given |= {fact: UNKNOWN for fact, state in answer.facts.items() if state.state == "unknown"}
    outcome = Advisor(whole, advisor.as_of).advise(given).decisions[name]
    chosen = REFER if outcome.referred else outcome.advice
    advice = speaker.option(name, chosen) if chosen else speaker.say("advice_open")
    return speaker.say("section_only", section=section, advice=advice)


def _section(rulebook: Rulebook, section: str | None) -> Rulebook:
    if section is None:
        return rulebook
    if section not in rulebook.sections:
        hint = did_you_mean(section, rulebook.sections) or f"the sections are {', '.join(rulebook.sections)}"
        raise WhytuneError([Problem("unknown-section", f"unknown section `{short(section)}`", None, hint)])
    return rulebook.only(section)


def _decision(rulebook: Rulebook, name: str | None) -> str:
    known = [step for kind, step in rulebook.steps if kind == "decision"]
    if name is not None and name not in known:
        hint = did_you_mean(name, known) or f"the decisions are {', '.join(known)}"
        raise WhytuneError([Problem("unknown-decision", f"unknown decision `{short(name)}`", None, hint)])
    return name or known[-1]


def format_of(format_: str | None, output: str | None) -> str:
    """The format asked for, or that of the output's ending, or text; raises WhytuneError: unknown-format."""
    if format_ is not None or output is None:
        return format_ or "text"
    ending = Path(output).suffix.lstrip(".").lower()
    if ending not in ENDINGS:
        near = closest(ending, ENDINGS)
        hint = (
            f"did you mean `.{near}`?"
            if near
            else f"use one of {', '.join(f'.{known}' for known in ENDINGS)}, or --format"
        )
        raise WhytuneError([Problem("unknown-format", f"`{short(output)}` names no format", None, hint)])
    return ENDINGS[ending]
