"""`whytune ask`: the interview in the terminal, one question at a time, until the advice is settled."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Literal

import click

from whytune.engine.advice.explanations import NextQuestion, next_question
from whytune.engine.advice.recommendation import Recommendation
from whytune.engine.language.case import CaseFacts, complete
from whytune.engine.language.loading import DEFAULT
from whytune.engine.language.problems import Problem, Sentence, short
from whytune.engine.language.text import BadValue
from whytune.engine.language.value import UNKNOWN, Value
from whytune.engine.language.vocabulary import Fact
from whytune.engine.words.catalogue import Family, translated
from whytune.prose import terminal
from whytune.prose.document import Block
from whytune.prose.levels import Level
from whytune.prose.question import list_so_far, narrowing, not_asked
from whytune.prose.question import question as reasons
from whytune.prose.regions import set_options
from whytune.prose.shell import quoted as for_shell
from whytune.shown import Format

from .. import replies
from ..interviewed import asking_again, beyond, case_file, offer_questions, tell_of
from ..options import CaseQuestion, asked_about, interview_options, keeping, record_options
from ..output import level_option, refuse_to_mix, written
from ..outside.files import STDOUT, save
from ..replies import SAID, ReplyCommand
from ..streams import is_lost, width

Progress = Literal["progress", "progress_now", "progress_more"]

_ABOUT = Family[ReplyCommand]("ask")
_PROGRESS = Family[Progress]("ask")


@click.command()
@interview_options
@level_option("normal adds the facts and the proof, full every step.")
@record_options
@click.option("--save", "file", metavar="FILE", help="Write the facts as a case file at the end.")
def ask(
    case: str | None,
    settings: tuple[str, ...],
    rulebook: str,
    as_of: date | None,
    language: str | None,
    decision: str | None,
    format_: Format,
    level: Level,
    file: str | None,
    **recording: Any,
) -> None:
    """Ask for the facts, in the order in which they matter, until the advice is settled.

    At each prompt, type a value (its number in the list, its id, its label in any language, or the beginning of only
    one; a number as you would write it, such as 10k), `?` (what you may answer), `why` (why this is asked), `unknown`,
    `back`, or `quit`, which writes what is known as YAML; give that as CASE to go on later. An empty line keeps an
    assumption as an assumption. Before the advice you see your answers, to confirm them or to correct one by number;
    `more` then asks what bears on the other decisions that the answer tells.

    \b
    Examples:
      whytune ask
      whytune ask --language zh --save case.yaml
      printf 'no\\nyes\\n' | whytune ask
    """
    refuse_to_mix("--save", file, format_)
    asked = asked_about(case, settings, rulebook, as_of, language, decision, recording["time"])
    keep = keeping(asked, rulebook, recording)
    interview = Interview(asked)
    finished = interview.run()
    if file:
        save(file, interview.case().encode())
    if finished:
        advice = asked.advisor.recommend(interview.facts)
        text = written(format_, advice.to_dict, lambda: asked.written(interview.advised(advice, level)))
        keep(advice)
        click.echo(text)
        if format_ == "text":
            saved = file if file != STDOUT else None
            words = (for_shell(saved),) if saved else set_options(interview.known())
            day = as_of or (None if saved else asked.case.day)
            offer_questions((*words, *asking_again(rulebook, day, language)), asked.speaker)
    else:
        click.echo(interview.case(), nl=False)
    if file and file != STDOUT:
        tell_of(file, asking_again(rulebook, None, language), asked.speaker)


class Finished(Exception):
    """The reader has confirmed the answers."""


class Interview:
    """A conversation on standard input and standard error: what was answered, and in which order."""

    def __init__(self, asked: CaseQuestion) -> None:
        self.asked = asked
        self.speaker = asked.speaker
        states = asked.facts.states
        self.answers: dict[str, Value] = {
            name: state.value for name, state in states.items() if state.state == "given" and state.value is not None
        }
        for name, state in states.items():  # said to be unknown, or else it would be assumed
            if state.state == "unknown" and asked.advisor.rulebook.vocabulary.by_name[name].assume is not None:
                self.answers[name] = UNKNOWN
        self.left: set[str] = set()  # what is to stay assumed
        self.in_part: set[str] = set()  # what is known in part, and of which nobody can say more
        self.order: list[str] = []
        self.most: int | None = None  # how many questions there were at most when the last one was put
        self.places: dict[str, int] = {}  # where in the order stood what was taken back to be corrected
        self.goes_on = False  # whether the other decisions are asked about, too

    @property
    def facts(self) -> CaseFacts:
        return complete(self.asked.advisor.rulebook.vocabulary, self.answers)

    def run(self) -> bool:
        """Asks until nothing is left and the reader has confirmed, or input ends; returns False if the reader quit."""
        question = self.question()
        if question.fact is not None:
            self.introduce(question)
        try:
            while question.fact is not None or self.order:
                if not self.turn(question):
                    return False
                before, question = question, self.question()
                self.sum_up(before, question)
        except Finished:
            pass
        except EOFError:
            click.echo("", err=True)
        except KeyboardInterrupt:
            click.echo("", err=True)
            return False
        return True

    def turn(self, question: NextQuestion) -> bool:
        """Shows one prompt and acts on the reply; returns False for `quit`. Raises Finished, or EOFError at the end."""
        if question.fact is None:
            return self.review(question)
        reply = self.prompt(question)
        if replies.command(self.fact(question), reply) == "quit":
            return False
        self.take(question, reply)
        return True

    def sum_up(self, before: NextQuestion, after: NextQuestion) -> None:
        """At the end of a run of questions about one list, says which of its values were answered how."""
        lists = self.asked.advisor.rulebook.vocabulary.list_of
        asked, coming = lists.get(before.fact or ""), lists.get(after.fact or "")
        if asked and asked != coming and before.fact in self.order:
            answers = {name: self.answered(name) for name in self.order}
            _say(list_so_far(asked, answers, self.speaker), 2)

    def introduce(self, question: NextQuestion) -> None:
        """Says what this is about, how long it takes, and what may be typed."""
        subject = self.speaker.text(self.asked.advisor.rulebook.title)
        words = {name: self.speaker.say(SAID[name]) for name in replies.COMMANDS}
        _say(self.speaker.say("ask_about", subject=subject, count=str(question.remaining)))
        if self.asked.question.place == DEFAULT:
            _say(self.speaker.say("ask_edition"))
        _say(self.speaker.say("ask_opening", **words))

    def review(self, question: NextQuestion) -> bool:
        """Shows the answers to be confirmed or corrected; returns False for `quit`. Raises Finished and EOFError."""
        rows = [(f"{place}. {self.label(name)}", self.answered(name)) for place, name in enumerate(self.order, 1)]
        click.echo("\n" + self.speaker.say("ask_review"), err=True)
        click.echo("\n".join(terminal.table(rows, width())), err=True)
        further = [] if self.goes_on else list(self.further())
        for text in (*self.ending(question), *beyond(further, self.speaker)):
            _say(text)
        words = {name: self.speaker.say(SAID[name]) for name in ("back", "quit")}
        click.echo(terminal.wrapped(self.speaker.say("ask_confirm", **words), width()) + " > ", err=True, nl=False)
        reply = replies.plain(self.line())
        if replies.means(reply, "command_quit"):
            return False
        if not reply or replies.means(reply, "words_yes"):
            raise Finished
        if reply.isdecimal() and 1 <= int(reply) <= len(self.order):
            place = int(reply) - 1
            self.places[self.order[place]] = place
            self.take_back(place)
        elif replies.means(reply, "command_back"):
            self.take_back(-1)
        elif further and replies.means(reply, "command_more"):
            self.goes_on = True
        elif reply != replies.HELP and not replies.means(reply, "words_help"):  # help is what stands there
            _say(self.speaker.say("ask_misread", text=short(reply)), 2)
        return True

    def ending(self, question: NextQuestion) -> Iterator[str]:
        """Why the questions end here, where more than what was answered could still matter, and what was not asked."""
        if self.left and self.asked.advisor.recommend(self.facts).decisions[self.asked.decision].status != "settled":
            yield self.speaker.say("ask_nothing_left")
        if idle := not_asked(question, self.facts, self.speaker):
            yield idle
        if facts := self.speaker.listed(map(self.speaker.fact, question.to_find_out)):
            yield self.speaker.pair(self.speaker.say("to_find_out"), facts)

    def label(self, name: str) -> str:
        """What a fact is called among others: a value of a list by the list, too."""
        several = self.asked.advisor.rulebook.vocabulary.list_of.get(name)
        label = self.speaker.fact(name)
        return self.speaker.pair(self.speaker.text(several.label), label) if several else label

    def answered(self, name: str) -> str:
        """What was answered, in words."""
        if name in self.left:
            return self.speaker.say("assumed_mark", value=self.speaker.stated(name, self.facts.states[name].value))
        answer = self.answers[name]
        return self.speaker.say("unknown") if answer == UNKNOWN else self.speaker.stated(name, answer)

    def question(self) -> NextQuestion:
        """The next question: about what is asked and, if the reader goes on, about the other decisions after that."""
        question = self.question_about(self.asked.decision)
        further = list(self.further()) if self.goes_on and question.fact is None else []
        return further[0]._replace(remaining=sum(other.remaining for other in further)) if further else question

    def further(self) -> Iterator[NextQuestion]:
        """The next question about each of the other decisions of which an answer would be told and could change."""
        decisions = self.asked.advisor.recommend(self.facts).decisions
        others = (name for name, outcome in decisions.items() if name != self.asked.decision and outcome.applies)
        return (question for question in map(self.question_about, others) if question.fact is not None)

    def question_about(self, decision: str) -> NextQuestion:
        """The next question; facts kept as assumed count as given, so that nothing is asked that would not apply."""
        declined = {name for name, value in self.answers.items() if value == UNKNOWN} | self.in_part
        states = self.facts.states
        kept = {name: states[name].value for name in self.left if states[name].state == "assumed"}
        supposed = {**self.answers, **{name: value for name, value in kept.items() if value is not None}}
        facts = complete(self.asked.advisor.rulebook.vocabulary, supposed)
        return next_question(self.asked.advisor, facts, decision, declined)

    def advised(self, advice: Recommendation, level: Level) -> Iterator[Block]:
        """The answer; what the reader left as it is assumed is to be found out, and no question."""
        return self.asked.advised(advice, level, self.facts, self.left)

    def prompt(self, question: NextQuestion) -> str:
        """Puts the question and reads one line; raises EOFError if there is no line, or nobody can see the question."""
        fact = self.fact(question)
        done = len(self.order) - (fact.fact in self.order)
        most, before = done + question.remaining, self.most
        progress = self.speaker.say(_PROGRESS[self.progress(before, most)], number=str(done + 1), most=str(most))
        self.most = most
        _say(self.speaker.pair(progress, self.speaker.question(fact.fact)))
        if question.so_far:
            _say(narrowing(question, self.speaker), 2)
        if self.begins_list(fact.fact):
            _say(self.speaker.say("ask_several"), 2)
        for place, value in enumerate(fact.values, 1):
            named = self.speaker.say("within", value=self.speaker.value(fact.fact, value), bounds=value)
            click.echo(terminal.wrapped(named, width(), len(str(len(fact.values))) + 3, f"  {place}"), err=True)
        click.echo(" ".join(["", *self.offered(question), "> "]), err=True, nl=False)
        return self.line()

    def progress(self, before: int | None, most: int) -> Progress:
        """Whether as many questions are left as was said: what is not known can bring more questions than were said."""
        if before in (None, most):
            return "progress"
        is_declined = bool(self.order) and self.answers.get(self.order[-1]) == UNKNOWN
        return "progress_more" if is_declined and before is not None and most > before else "progress_now"

    def begins_list(self, name: str) -> bool:
        """Is this the first value of a list that is asked about?"""
        lists = self.asked.advisor.rulebook.vocabulary.list_of
        return name in lists and not any(lists.get(other) == lists[name] for other in self.order)

    def line(self) -> str:
        """Reads one line of input; raises EOFError if there is none, or nobody can see what is asked."""
        line = "" if is_lost(sys.stderr) else sys.stdin.readline()
        if not line:
            raise EOFError
        return line.strip()

    def offered(self, question: NextQuestion) -> Iterator[str]:
        """What stands before the prompt unless there is a list: yes or no, or the bounds; then what is assumed."""
        fact = self.fact(question)
        if fact.kind == "yes_no":
            yield " " + "/".join(self.speaker.value(fact.fact, value) for value in replies.values(fact))
        else:
            yield " " + self.speaker.bounds(fact) if fact.is_number else ""
        assumed = self.facts.states[fact.fact].value if question.confirms else None
        if assumed is not None:
            yield f"[{self.speaker.say('assumed_mark', value=self.speaker.value(fact.fact, assumed))}]"

    def take(self, question: NextQuestion, reply: str) -> None:
        """Acts on a line: one of the commands, or an answer."""
        fact = self.fact(question)
        commands: Mapping[str, Callable[[NextQuestion], None]] = {
            replies.HELP: self.help,
            "why": self.explain,
            "back": self.back,
        }
        command = replies.command(fact, reply)
        if act := commands.get(command or ""):
            return act(question)
        if not reply and not question.confirms:
            return self.help(question)
        try:
            if reply:
                value = UNKNOWN if command == UNKNOWN else replies.answer(fact, reply, question)
                self.answer(question, value)
                if self.answers[fact.fact] == UNKNOWN:
                    _say(self.speaker.say("ask_noted"), 2)
                if replies.is_said_roughly(fact, reply):
                    _say(self.speaker.say("ask_rough", value=self.speaker.value(fact.fact, value)), 2)
            else:
                self.left.add(fact.fact)
        except BadValue as bad:
            click.echo(f"  {self.misread(fact, reply, bad)}", err=True)
            return None
        self.keep_place(fact.fact)
        return None

    def misread(self, fact: Fact, reply: str, bad: BadValue) -> str:
        """What is wrong with a reply; a value that was meant perhaps by its label, as it stands in the list."""
        language, hint = self.speaker.language, bad.hint
        hinted = hint.parts if hint else {}
        if fact.is_number or fact.is_open or "values" in hinted:
            return translated(Problem(bad.code, bad.message, None, hint).sentence(), language)
        parts = [self.speaker.say("ask_misread", text=short(reply))]
        if close := hinted.get("close"):
            meant = Sentence("did you mean `{close}`?", close=self.speaker.subject_value(fact.fact, str(close)))
            parts.append(translated(meant, language))
        return self.speaker.say("semicolon").join(parts)

    def keep_place(self, name: str) -> None:
        """Puts an answered fact into the order: where it stood before it was corrected, else last."""
        if name not in self.order:
            self.order.insert(self.places.pop(name, len(self.order)), name)

    def answer(self, question: NextQuestion, value: Value) -> None:
        """Keeps an answer; if it cannot narrow a fact that is known in part, keeps what was known before."""
        name = question.fact or ""
        if question.so_far and name in self.answers and value in (UNKNOWN, question.so_far):
            self.in_part.add(name)
        else:
            self.answers[name] = value

    def help(self, question: NextQuestion) -> None:
        """Says what may be answered, and what the fact means."""
        fact, speaker = self.fact(question), self.speaker
        if help_text := speaker.help(fact):
            _say(help_text, 2)
        if fact.evidence:
            _say(speaker.pair(speaker.say("evidence"), speaker.text(fact.evidence)), 2)
        rows = [(value, speaker.value(fact.fact, value)) for value in replies.values(fact)] or [
            (speaker.kind(fact), speaker.bounds(fact))
        ]
        if fact.is_number:
            rows.append(("100..500, >= 100", speaker.say("ask_in_part")))
        if question.confirms:
            rows.append((speaker.say("empty_line"), speaker.say("ask_empty_line")))
        about = {name: speaker.say(_ABOUT[name]) for name in replies.COMMANDS}
        if question.so_far:
            about["unknown"] = speaker.say("ask_keep")
        rows += [(speaker.say(SAID[name]), text) for name, text in about.items()]
        click.echo("\n".join(terminal.table(rows, width())), err=True)

    def explain(self, question: NextQuestion) -> None:
        blocks = reasons(question, self.speaker, self.facts.states)
        click.echo("\n".join(terminal.lines(blocks, width())), err=True)

    def back(self, question: NextQuestion) -> None:
        """Takes back the last answer; if there is none, the first question is asked again."""
        if self.order:
            self.take_back(-1)

    def take_back(self, place: int) -> None:
        """Takes back the answer at this place, so that the fact is asked for again if it still matters."""
        fact = self.order.pop(place)
        self.left.discard(fact)
        self.in_part.discard(fact)
        self.answers.pop(fact, None)

    def fact(self, question: NextQuestion) -> Fact:
        return self.asked.advisor.rulebook.vocabulary.by_name[question.fact or ""]

    def known(self) -> Mapping[str, Value]:
        """What is known, in the order of the facts."""
        return {name: self.answers[name] for name in self.facts.states if name in self.answers}

    def case(self) -> str:
        """What is known, as a case file for the day that CASE names."""
        return case_file(self.known(), self.asked.case.day)


def _say(text: str, indent: int = 0) -> None:
    """Writes to standard error, for the person who is asked: standard output is for the answer."""
    click.echo(terminal.wrapped(text, width(), indent), err=True)
