"""What commands share: the rulebook, language and format options, and the facts of a case."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import click

import whytune
from whytune import Case
from whytune.days import check_reviews, today_or
from whytune.engine import Advisor, Problem, Recommendation, Rulebook, Span, WhytuneError
from whytune.engine.language.case import CaseFacts
from whytune.engine.language.casefile import WrittenCase
from whytune.engine.language.loading import DEFAULT
from whytune.engine.language.named import decision_among
from whytune.engine.language.problems import Sentence, short
from whytune.engine.language.settings import from_settings
from whytune.engine.language.text import read_day, read_time
from whytune.engine.words.catalogue import LANGUAGES
from whytune.engine.words.speaker import Speaker, language_among
from whytune.prose.document import Block, Document, Paragraph
from whytune.prose.levels import Level

from . import Voice
from .given_file import read_file
from .of_record import LEDGER_VARIABLE, check_record_named, is_typed, its_ledger_option, of_record_option
from .output import Decorated, format_option


def day(text: str) -> date:
    """The type of an option that names a day, written as in rulebooks and cases."""
    try:
        return read_day(text)
    except ValueError:
        raise click.BadParameter(f"`{short(text)}` is not a date like 2026-03-31") from None


def rulebook_option(command: Decorated) -> Decorated:
    return click.option(
        "--rulebook",
        "-r",
        default=DEFAULT,
        show_default=True,
        metavar="NAME|PATH",
        envvar="WHYTUNE_RULEBOOK",
        help="A shipped rulebook, or the path of a folder or YAML file.",
    )(command)


def rulebook_argument(command: Decorated) -> Decorated:
    """The rulebook that a command is about, as its argument."""
    return click.argument("rulebook", default=DEFAULT, metavar="[RULEBOOK]", envvar="WHYTUNE_RULEBOOK")(command)


def _heard(ctx: click.Context, parameter: click.Parameter, language: str | None) -> str | None:
    """The language asked for, noted before anything is read that may have problems."""
    if language is not None:
        tell_in(language)
    return language


def tell_in(language: str) -> None:
    """Tells problems in this language from here on."""
    click.get_current_context().ensure_object(Voice).language = language


def language_option(command: Decorated) -> Decorated:
    return language_option_of("rulebook")(command)


def language_option_of(book: str) -> Callable[[Decorated], Decorated]:
    """--language, for a command whose texts come from a rulebook or a price list."""
    help_ = f"The language of texts; by default the first of the {book}."
    return click.option("--language", "-l", metavar="en|zh", envvar="WHYTUNE_LANGUAGE", callback=_heard, help=help_)


def spoken_option(command: Decorated) -> Decorated:
    """--language, for a command whose texts belong to no rulebook."""
    return click.option(
        "--language",
        "-l",
        type=click.Choice(LANGUAGES),
        default="en",
        show_default=True,
        envvar="WHYTUNE_LANGUAGE",
        callback=_heard,
        help="The language of texts.",
    )(command)


def columns_options(command: Decorated) -> Decorated:
    """--map, --assume and --prefix: how the columns of a table are read, and how those of its answers are named."""
    for option in reversed(
        (
            click.option("--map", "maps", multiple=True, callback=_pairs, metavar="COLUMN=FACT", help=MAP_HELP),
            click.option(
                "--assume",
                type=click.Choice(("yes", "no")),
                default="yes",
                show_default=True,
                callback=lambda context, parameter, answer: answer == "yes",
                help="Whether facts that a row leaves out are assumed as the rulebook says.",
            ),
            click.option(
                "--prefix",
                metavar="TEXT",
                callback=lambda context, parameter, text: text or "",
                help="Put before the name of each column of answers.",
            ),
        )
    ):
        command = option(command)
    return command


MAP_HELP = "Which fact a column gives. Repeatable."


def _pairs(ctx: click.Context, parameter: click.Parameter, pairs: tuple[str, ...]) -> dict[str, str]:
    """The fact that each column gives."""
    facts = {}
    for pair in pairs:
        column, equals, fact = pair.rpartition("=")
        if not equals or not column.strip() or not fact.strip():
            raise click.BadParameter(f"`{pair}` is not of the form COLUMN=FACT", param_hint="'--map'")
        facts[column.strip()] = fact.strip()
    return facts


CASES_DAY = "the case's, else today"


def as_of_option(of: str = "rules", default: str = "today") -> Callable[[Decorated], Decorated]:
    """--as-of: the day whose rules hold, or whose prices."""
    help_ = f"The day whose {of} hold (YYYY-MM-DD); by default {default}."
    return click.option("--as-of", type=day, metavar="DATE", help=help_)


def set_option(what: str = "Give one fact; wins over the file.") -> Callable[[Decorated], Decorated]:
    help_ = f"{what} Repeatable."
    return click.option("--set", "-s", "settings", multiple=True, metavar="FACT=VALUE", help=help_)


def case_options(command: Decorated) -> Decorated:
    """CASE and --set: the facts."""
    return click.argument("case", required=False, metavar="[CASE.yaml]")(set_option()(command))


def case_or_record_options(command: Decorated) -> Decorated:
    """CASE and --set, or --of-record: the facts."""
    return case_options(of_record_option(command))


def record_options(command: Decorated) -> Decorated:
    """--record and what a record says about the circumstances; `keeping` reads them."""
    help_ = "Keep the recommendation in this ledger, and print its id."
    variable: dict[str, Any] = {"envvar": LEDGER_VARIABLE, "show_envvar": True}
    return record_option(help_, **variable)(circumstances_options(command))


def record_option(help_: str, **more: Any) -> Callable[[Decorated], Decorated]:
    """--record; `circumstances_options` belong to it."""
    return click.option("--record", "ledger", metavar="LEDGER", help=help_, **more)


def circumstances_options(command: Decorated) -> Decorated:
    """What a record says about the circumstances; `is_recording` refuses them without --record."""
    for option in reversed(
        (
            click.option(
                "--by", metavar="NAME", envvar="WHYTUNE_BY", show_envvar=True, help="Who gave the facts; recorded."
            ),
            click.option("--purpose", metavar="TEXT", help="What the advice is for; recorded."),
            click.option(
                "--evidence",
                multiple=True,
                metavar="FACT=REF",
                help="Where a fact comes from: a ticket, a file, a link; recorded. Repeatable.",
            ),
            click.option(
                "--keep-sensitive", is_flag=True, help="Record sensitive facts as they are, not as salted hashes."
            ),
            click.option(
                "--time",
                metavar="TIME",
                help="Record this time (2026-03-03T09:15:00Z) instead of the clock's; marked as given.",
            ),
        )
    ):
        command = option(command)
    return command


def keeping(asked: CaseQuestion, rulebook: str, recording: Mapping[str, Any]) -> Callable[[Recommendation], None]:
    """The function to call with the answer once nothing else can fail: it records it if `record_options` ask for that.

    Raises UsageError without a ledger, and WhytuneError for what is wrong with the options.
    """
    if not is_recording(recording):
        return lambda answer: None
    from .recording import Recording, keeper  # a ledger is for those who keep one

    return keeper(asked.speaker, rulebook, asked.case.title, asked.question.evidence, Recording(**recording))


def is_recording(recording: Mapping[str, Any]) -> bool:
    """Is there a ledger to keep answers in? Raises UsageError for circumstances without one."""
    by_hand = is_typed("by")
    if not recording["ledger"] and any(
        value for name, value in recording.items() if by_hand or name != "by"
    ):  # WHYTUNE_BY may say who all day long
        raise click.UsageError("--by, --purpose, --evidence, --keep-sensitive and --time go with --record LEDGER")
    return bool(recording["ledger"])


def ledger_option(command: Decorated) -> Decorated:
    return click.option(
        "--ledger", required=True, metavar="LEDGER", envvar=LEDGER_VARIABLE, show_envvar=True, help="The ledger."
    )(command)


def day_of(as_of: date | None, case: WrittenCase, time: str | None = None) -> date:
    """The day whose rules hold for a case: that of --as-of, else the case's own, else that of --time, else today.

    The day of a time is the one in the zone that the time names; raises WhytuneError: bad-time.
    """
    recorded = read_time(time, Span("--time")).date() if time is not None else None
    return today_or(as_of or case.day or recorded)


def language_of(rulebook: Rulebook, asked: str | None) -> str:
    """The language asked for, or the rulebook's first; raises WhytuneError if the rulebook does not have it."""
    return spoken(Sentence("the rulebook"), rulebook.languages, asked)


def spoken(speaker: Sentence, languages: tuple[str, ...], asked: str | None) -> str:
    """The language asked for, or the first of these; raises WhytuneError if it is not one of them."""
    if asked is None:
        tell_in(languages[0])
    return language_among(speaker, languages, asked)


def decision_of(rulebook: Rulebook, name: str | None) -> str:
    """The decision asked for, or the last one; raises WhytuneError."""
    return decision_among(rulebook.decision_order, name)


class CaseQuestion(NamedTuple):
    """What a command asks about: a case, the file it comes from, and one decision."""

    question: Case
    case: WrittenCase
    asked_decision: str | None

    @property
    def advisor(self) -> Advisor:
        return self.question.advisor

    @property
    def speaker(self) -> Speaker:
        return self.question.speaker

    @property
    def facts(self) -> CaseFacts:
        return self.question.facts

    @property
    def decision(self) -> str:
        """The decision asked for, or the last one; raises WhytuneError."""
        return self.question.decision(self.asked_decision)

    def document(self, blocks: Iterable[Block]) -> Document:
        """An answer, headed by the decision that it is about if the rulebook has several."""
        return self.question.asked.about(self.decision, blocks)

    def advised(
        self, recommendation: Recommendation, level: Level, facts: CaseFacts, unanswerable: Collection[str] = ()
    ) -> Iterator[Block]:
        """A recommendation for these facts at the level asked for."""
        yield from self.question.asked._replace(facts=facts).answer(recommendation, level, unanswerable)

    def answer(self, recommendation: Recommendation, level: Level) -> Iterator[Block]:
        """A recommendation for the case at the level asked for; and how to see more."""
        yield from self.advised(recommendation, level, self.facts)
        if level == "short":
            *others, _ = self.speaker.rulebook.decision_order or ("",)
            further = (
                self.speaker.say("look_further_into", decision=others[-1])
                if others
                else self.speaker.say("look_further")
            )
            yield Paragraph("", 0, "quiet", to_type=further)

    def written(self, blocks: Iterable[Block]) -> Document:
        """An answer about all decisions."""
        return self.question.asked.about_all(blocks)


def all_regions_option(command: Decorated) -> Decorated:
    """--all-regions, for commands that describe tasks as regions."""
    help_ = "Tell all regions of tasks, not the first four of each; JSON has them all."
    return click.option("--all-regions", is_flag=True, help=help_)(command)


def decision_option(*names: str) -> Callable[[Decorated], Decorated]:
    """Which decision a question, or a picture, is about; `decision_of` reads it."""
    help_ = "Which decision, where there are several; by default the last declared on which no other rests."
    return click.option(*names, metavar="NAME", help=help_)


def question_options(command: Decorated) -> Decorated:
    """The options of a command that asks about one case, or one record; `asked_about` reads them."""
    return case_or_record_options(its_ledger_option(_about_a_case(command)))


def interview_options(command: Decorated) -> Decorated:
    """The options of a command that asks for the facts of a case; `asked_about` reads them."""
    return case_options(_about_a_case(command))


def _about_a_case(command: Decorated) -> Decorated:
    command = decision_option("--decision", "-d")(command)
    return rulebook_option(as_of_option(default=CASES_DAY)(language_option(format_option(command))))


def book_on(rulebook: str, day: date, language: str | None) -> whytune.Rulebook:
    """The rulebook of this name or path on a day, in the language asked for or else its first; raises WhytuneError."""
    loaded = whytune.load(rulebook)
    voice = language_of(loaded.content, language)
    check_reviews(loaded.content, day)
    return loaded.as_of(day).in_language(voice)


def asked_about(
    case: str | None,
    settings: tuple[str, ...],
    rulebook: str,
    as_of: date | None,
    language: str | None,
    decision: str | None = None,
    time: str | None = None,
    of_record: str | None = None,
    kept_in: str | None = None,
) -> CaseQuestion:
    """The values of `question_options`, and of --time; raises WhytuneError, UsageError."""
    check_record_named(of_record, case)
    if of_record is not None:
        from .recorded_case import reopened_case  # a ledger is for those who keep one

        asked = reopened_case(of_record, kept_in, settings, lambda book: language_of(book, language))
        return CaseQuestion(asked, read_file(None), decision)
    loaded = whytune.load(rulebook)
    voice = language_of(loaded.content, language)
    changes, written = from_settings(settings, loaded.content.vocabulary), read_file(case, rulebook)
    day = day_of(as_of, written, time)
    check_reviews(loaded.content, day)
    question = loaded.as_of(day).in_language(voice).case_of(written.given, changes, evidence=written.evidence)
    return CaseQuestion(question, written, decision)


def end(code: int) -> NoReturn:
    """Ends the command with this exit code."""
    click.get_current_context().exit(code)


def own_folder(rulebook: str, hint: Sentence | None = None) -> Path:
    """The folder of a rulebook that may be written to, so not a shipped one; raises WhytuneError, with this hint."""
    if not os.path.isdir(rulebook):
        message = Sentence("`{path}` is not a folder to write into", path=short(rulebook))
        own = Sentence("name the folder of a rulebook of yours")
        raise WhytuneError([Problem("unwritable-file", message, None, hint or own)])
    return Path(rulebook)
