"""The leaves of a rulebook's files: names, numbers, and texts in each language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Context, Decimal
from functools import cache
from itertools import pairwise
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, TypeAdapter, ValidationInfo

from .brief import brief
from .letters import typed, unfit
from .numerals import MAX_NUMBER, MAX_PLACES, PLAIN, readings, without_zeros
from .problems import Problem, Sentence, Span, WhytuneError, short, together

MAX_TEXT = 2_000
EXACT = Context(prec=60)
"""The context for all arithmetic: a program that uses whytune may have set a coarser one."""
RESERVED = frozenset({"yes", "no", "unknown", "refer", "not_applicable"})

PLACEHOLDER = "TODO"
"""What begins every text that is yet to be written, in every language."""

NOT = "not "
"""What precedes the names in a text that excludes them."""

NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_THREE_DIGITS = "[0-9]{3}"


class Written(BaseModel):
    """A part of a rulebook as its author wrote it; unknown keys are refused."""

    # built when first used: a part of another part needs no validator of its own, and a start should not pay for it
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def __repr__(self) -> str:
        return brief(self)

    def __str__(self) -> str:
        return brief(self)


class BadValue(ValueError):
    """What is wrong with one value, before its place is known: code, message, hint."""

    def __init__(self, code: str, message: Sentence, hint: Sentence | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def read_number(text: str, *, whole: bool) -> Decimal:
    """The number that this text writes in plain decimals; raises BadValue, with what to write instead if that is clear.

    It has at most six decimal places, and is at most 2**53 counted in ones (in millionths if it need not be whole):
    within these bounds durable-rules compares exactly. A whole number with three decimals is refused: `10.000` is ten
    thousand in half of Europe.
    """
    text = text.strip()
    if not PLAIN.fullmatch(text):
        message = Sentence("`{text}` is not a number written in plain digits", text=short(text))
        raise BadValue("wrong-type", message, _write(readings(text, whole=whole)))
    if len(text) > 40:
        raise BadValue("wrong-type", Sentence("a number of more than 40 digits"))
    if whole and "." in text:
        _check_whole(text)
    number = Decimal(text)
    places = len(text.partition(".")[2].rstrip("0"))
    if places > MAX_PLACES:
        message = Sentence("`{text}` has more than {most} decimal places", text=text, most=MAX_PLACES)
        raise BadValue("wrong-type", message)
    largest = MAX_NUMBER if whole else MAX_NUMBER // 10**MAX_PLACES
    if abs(number) > largest:
        raise BadValue("wrong-type", Sentence("`{text}` is beyond {largest:,}", text=text, largest=largest))
    return EXACT.plus(EXACT.quantize(number, Decimal(1).scaleb(-places, EXACT)))  # plus: there is no minus zero


def _check_whole(text: str) -> None:
    """Raises BadValue if this is not a whole number, or can be read in two ways."""
    meant = readings(text, whole=True)
    if text.partition(".")[2].strip("0"):
        raise BadValue("wrong-type", Sentence("`{text}` is not a whole number", text=text), _write(meant))
    if len(meant) > 1:
        raise BadValue("wrong-type", Sentence("`{text}` can be read as two numbers", text=text), _write(meant))


def _write(meant: tuple[str, ...]) -> Sentence | None:
    """The hint that says how to write a number."""
    match meant:
        case (one,):
            return Sentence("write {plain}", plain=one)
        case (one, other):
            return Sentence("write {plain}, or {other}", plain=one, other=other)
    return None


def hint_of_a_comma(key: str) -> Sentence | None:
    """The hint for an unknown key that is the rest of a number: `{examples: 10,000}` has a key `000`."""
    return Sentence("write a number without a comma: 10000") if re.fullmatch(_THREE_DIGITS, key) else None


def clean(text: str) -> str:
    """The text with each run of white space as one space, and none between Chinese characters: there it is a fold."""
    words = text.split()
    if text.isascii():
        return " ".join(words)
    glued = (is_chinese(before[-1:]) and is_chinese(word[0]) for before, word in pairwise(["", *words]))
    return "".join(word if glue else f" {word}" for word, glue in zip(words, glued, strict=True)).lstrip()


def is_chinese(letter: str) -> bool:
    """Is it a Chinese character, or punctuation as wide as one?"""
    return "\u2e80" <= letter <= "\u9fff" or "\uff00" <= letter <= "\uffef"


def pick(text: str | Mapping[str, str], language: str) -> str:
    """The text in this language, else in the first one there is; a text that is the same in all languages as it is."""
    if isinstance(text, str):
        return text
    return text[language] if language in text else next(iter(text.values()))


def check_name(name: str) -> str:
    """The name; raises BadValue if it cannot be one."""
    if not NAME.fullmatch(name):
        hint = Sentence("use lower-case letters, digits and `_`, at most 60, a letter first")
        raise BadValue("bad-name", Sentence("`{name}` cannot be a name", name=short(name)), hint)
    if name in RESERVED:
        raise BadValue("bad-name", Sentence("`{name}` is reserved", name=name), _instead_of(name))
    return name


def _instead_of(name: str) -> Sentence:
    """What to call a part instead of using a word that has a meaning of its own."""
    if name in ("yes", "no"):
        return Sentence("choose another name; of an option, `is_so` and the like, with `value: {name}`", name=name)
    if name == "refer":
        return Sentence("it leaves a case to a person; call what is an option of its own `refer_to_expert` or the like")
    return Sentence("choose another name")


def check_line(text: str) -> str:
    """The text on one line; raises BadValue if it is blank or too long."""
    text = clean(text)
    if not text:
        raise BadValue("bad-text", Sentence("the text is blank"))
    if len(text) > MAX_TEXT:
        raise BadValue("bad-text", Sentence("the text has more than {most:,} characters", most=MAX_TEXT))
    return text


def read_letters(text: str, place: Span) -> str:
    """The text of an option, composed, with only characters that readers see; raises WhytuneError: bad-text."""
    text = typed(text)
    if wrong := unfit(text):
        raise WhytuneError([Problem("bad-text", wrong.message, place, wrong.hint)])
    return text


def read_line(text: str, place: Span) -> str:
    """The text of an option on one line; raises WhytuneError: bad-text."""
    try:
        return check_line(read_letters(text, place))
    except BadValue as bad:
        raise WhytuneError([Problem(bad.code, bad.message, place, Sentence("write one line of plain text"))]) from None


def _check_text(value: Any, info: ValidationInfo) -> Any:
    languages: tuple[str, ...] = (info.context or {}).get("languages", ())
    if isinstance(value, str) and len(languages) == 1:
        return {languages[0]: value}
    if value is None or isinstance(value, str):
        wanted = _named(languages)
        hint = Sentence("write one text for each of {wanted}", wanted=wanted)
        raise BadValue("missing-text", Sentence("the text must be given in {wanted}", wanted=wanted), hint)
    if isinstance(value, dict):
        for language in value:
            if language not in languages:
                hint = Sentence("the rulebook declares {wanted}", wanted=_named(languages))
                if value[language] is None:  # as after a comma in {en: one, two}
                    hint = Sentence("put quotes around a text that holds a comma")
                message = Sentence("unknown language `{language}`", language=short(str(language)))
                raise BadValue("unknown-language", message, hint)
        for language in languages:
            if value.get(language) is None:
                hint = Sentence("add `{language}: ...`", language=language)
                raise BadValue("missing-text", Sentence("no text in `{language}`", language=language), hint)
        return value
    raise BadValue("wrong-type", Sentence("a text is expected here"))


def _check_passage(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, dict):
        return _in_each_language().validate_python(value, context=info.context)
    if not isinstance(value, str):
        hint = Sentence("write it as it stands there, or one text for each language")
        raise BadValue("wrong-type", Sentence("a text is expected here"), hint)
    return check_line(value)


@cache
def _in_each_language() -> TypeAdapter[dict[str, str]]:
    return TypeAdapter(Text)


def _named(languages: tuple[str, ...]) -> Sentence:
    return together(f"`{language}`" for language in languages)


def _as_tuple(value: Any) -> Any:
    if value is None:
        raise BadValue("wrong-type", Sentence("a value is missing here"))
    return [value] if isinstance(value, str) else value


def _as_wanted(value: Any) -> Any:
    """Turns `{not: [one, another]}` into the text that says the same."""
    if not isinstance(value, Mapping):
        return _as_tuple(value)
    names = _as_tuple(value["not"]) if list(value) == ["not"] else None
    if not isinstance(names, list | tuple) or not names or not all(isinstance(name, str) for name in names):
        hint = Sentence("all but some are written `{{not: [one, another]}}`")
        raise BadValue("wrong-type", Sentence("a value or a list of values is expected here"), hint)
    return [f"{NOT}{' | '.join(names)}"]


def alternatives(text: str) -> tuple[tuple[str, ...], bool]:
    """The names in a text like `a | b` or `not a`, and whether it means all but these."""
    words = text.strip()
    return tuple(name.strip() for name in words.removeprefix(NOT).split("|")), words.startswith(NOT)


def _as_number(value: Any) -> Any:
    return read_number(value, whole=False) if isinstance(value, str) else value


def _as_whole(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(value, str):
        return value
    return read_number(without_zeros(value) if _is_kept(info) else value, whole=True)


def _is_kept(info: ValidationInfo) -> bool:
    """Is this read from a record's rulebook, accepted before some of what is refused today was?"""
    return bool((info.context or {}).get("as_kept"))


def read_day(text: str) -> date:
    """The day named by a text like 2026-03-31; raises ValueError."""
    if len(text) != 10 or text[4] + text[7] != "--":
        raise ValueError  # fromisoformat knows other forms, weeks among them
    return date.fromisoformat(text)


def read_time(text: str, place: Span) -> datetime:
    """The time that an option names, in the zone that it names; raises WhytuneError, bad-time, also without a zone."""
    try:
        time = datetime.fromisoformat(text)
        time.astimezone(UTC)
    except (ValueError, OverflowError):
        message = Sentence("`{text}` is not a time", text=short(text))
        hint = Sentence("for example 2026-03-03T09:15:00Z, or with +01:00 at its end")
        raise WhytuneError([Problem("bad-time", message, place, hint)]) from None
    if time.tzinfo is None:
        message = Sentence("`{text}` does not name a time zone", text=short(text))
        hint = Sentence("add Z for UTC, or for example +08:00")
        raise WhytuneError([Problem("bad-time", message, place, hint)])
    return time


def still_to_come(day: date | str, place: Span | None) -> Problem:
    """What is wrong with the day on which something was seen, or with its date, if that is after today."""
    message = Sentence("{day} is in the future", day=day)
    hint = Sentence("write the day on which somebody looked at it")
    if isinstance(day, str):
        hint = Sentence("write the date that the document bears")
    return Problem("day-to-come", message, place, hint)


def _as_day(value: Any, info: ValidationInfo) -> Any:
    read = date.fromisoformat if _is_kept(info) else read_day  # it takes weeks, too, as rulebooks once might
    try:
        return read(value) if isinstance(value, str) else value
    except ValueError:
        message = Sentence("`{text}` is not a date like 2026-03-31", text=short(value))
        raise BadValue("wrong-type", message) from None


Name = Annotated[str, AfterValidator(check_name)]
Line = Annotated[str, AfterValidator(check_line)]
Text = Annotated[dict[str, Line], BeforeValidator(_check_text)]
Passage = Annotated[str | dict[str, str], BeforeValidator(_check_passage)]
"""Words from a document: as they stand there, for all readers, or in each language."""
Day = Annotated[date, BeforeValidator(_as_day)]
Number = Annotated[Decimal, BeforeValidator(_as_number)]
Whole = Annotated[Decimal, BeforeValidator(_as_whole)]
Count = Annotated[int, BeforeValidator(_as_whole)]
"""Whole numbers: of what is calculated with, and of what is only counted."""
Values = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(_as_tuple)]
Wanted = Annotated[tuple[str, ...], BeforeValidator(_as_wanted)]
"""Values one of which is required, or a text, `a | b` or `not a`, that stands for some."""
Effects = dict[str, Values]
"""Decision -> some of its options."""
Conditions = dict[str, Wanted]
"""Subject -> the values of which it must have one; the conditions on all subjects must hold."""
