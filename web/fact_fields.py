"""One fact -> the field of a form that asks for it, filled with what is already given."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from markupsafe import Markup

from whytune.engine.language.intervals import OTHER
from whytune.engine.language.open_list import MOST_LETTERS
from whytune.engine.language.value import UNKNOWN
from whytune.engine.language.vocabulary import YES_NO, Fact, members
from whytune.engine.words.speaker import Speaker
from whytune.prose.called import called, labels
from whytune.prose.document import Paragraph
from whytune.prose.page import elements

from . import shapes
from .addresses import KeyValue
from .asking import Query


def filled(fact: Fact, prefix: str, query: Query, speaker: Speaker, wrong: str = "") -> Markup:
    """The field with all that a query gives for the fact, so that the form, sent as it is, says the same; and at it
    what is `wrong` with that.
    """
    name = prefix + fact.fact
    if fact.kind == "choices":
        field = _list(fact, prefix, query, speaker)
    else:
        field = _field(fact, name, query.all(name), speaker)
    return _invalid(field, name, wrong) if wrong else field


def _invalid(field: Markup, name: str, wrong: str) -> Markup:
    """The field, marked for readers of every kind, with what is wrong below its label."""
    place = f"{name}-wrong"
    mark = Markup('aria-invalid="true" aria-describedby="{}" ').format(place)
    (paragraph,) = elements([Paragraph(wrong, tone="bad")])
    message = paragraph.replace(Markup("<p "), Markup('<p id="{}" ').format(place), 1)
    marked = re.sub("<(select|input) ", lambda tag: f"{tag[0]}{mark}", field)
    return Markup(re.sub("</(legend|label)>", lambda tag: f"{tag[0]}{message}", marked, count=1))


def kept_out(fact: Fact, names: Collection[str], prefix: str, query: Query, speaker: Speaker) -> Markup:
    """The field for a fact if it is among these names, and for exactly those values of a list that are; nothing is
    assumed of what a record keeps out.
    """
    if fact.fact in names:
        return _field(_unassumed(fact), prefix + fact.fact, query.all(prefix + fact.fact), speaker)
    hidden = [(_unassumed(part), value) for part, value in _parts(fact, speaker) if part.fact in names]
    choices = Markup("").join(_part(*part, fact, prefix, query, speaker) for part in hidden)
    return _group(fact, prefix + fact.fact, choices, speaker) if hidden else Markup("")


def _unassumed(fact: Fact) -> Fact:
    return fact.model_copy(update={"assume": None})


def asked(fact: Fact, name: str, speaker: Speaker, given: Collection[str] = (), wrong: str = "") -> Markup:
    """The field of this name that asks for one fact alone, with what is given and what is `wrong` with that.

    All answers to choose from can be seen; nothing is assumed of what is being asked.
    """
    if fact.is_number:
        field = _field(_unassumed(fact), name, given, speaker)
    else:
        kind = "checkbox" if fact.kind == "choices" else "radio"
        choices = Markup("").join(_choice(kind, name, *pair, given) for pair in _values(fact, speaker))
        field = _group(fact, name, _help(fact, speaker) + choices + _in_words(fact, name, "", speaker), speaker)
    return _invalid(field, name, wrong) if wrong else field


def _field(fact: Fact, name: str, given: Collection[str], speaker: Speaker) -> Markup:
    """The field of this name for a fact that is no list, with the texts that are given for it."""
    if fact.is_number or len(given) > 1:
        control = Markup('<input type="text" id="{0}" name="{0}" value="{1}" placeholder="{2}">').format(
            name, ",".join(given), _to_type(fact, speaker)
        )
    else:
        control = select(name, _options(fact, speaker), given, is_open=fact.is_open)
        control += _in_words(fact, name, next((text for text in given if text not in _names(fact)), ""), speaker)
    label = Markup('<label for="{}">{}</label>').format(name, speaker.question(fact.fact))
    return Markup('<div class="field">{}{}{}</div>').format(label, _help(fact, speaker), control)


def _to_type(fact: Fact, speaker: Speaker) -> str:
    """What an empty field for a number says: what is assumed then, if something is, and how a range is typed."""
    example = shapes.example_range(fact)
    if assumed := speaker.assumption(fact):
        return speaker.say("page_number_assumed", value=assumed, example=example)
    return speaker.say("page_in_part", example=example)


def _list(fact: Fact, prefix: str, query: Query, speaker: Speaker) -> Markup:
    """Boxes for the values of a list; where they are given one by one, as an interview does, each has its own field.

    A box that is not ticked would say less: with the list, it is "no"; without, it is not given.
    """
    listed = query.all(prefix + fact.fact)
    parts = _parts(fact, speaker)
    one_by_one = any(query.all(prefix + part.fact) for part, _ in parts)
    choices = Markup("")
    if listed or not one_by_one:
        ticked = [part.strip() for text in listed for part in text.split(",")]
        boxes = (_choice("checkbox", prefix + fact.fact, *pair, ticked) for pair in _values(fact, speaker))
        choices = _help(fact, speaker) + Markup("").join(boxes)
    if one_by_one:
        choices += Markup("").join(_part(*part, fact, prefix, query, speaker) for part in parts)
    return _group(fact, prefix + fact.fact, choices, speaker)


def _parts(fact: Fact, speaker: Speaker) -> list[tuple[Fact, str]]:
    """The fact for each value of a list, with that value; none for a fact of another kind."""
    if fact.kind != "choices":
        return []
    by_name = speaker.rulebook.vocabulary.by_name
    return [(by_name[name], value) for name, value in zip(members(fact), fact.values, strict=True)]


def _part(part: Fact, value: str, fact: Fact, prefix: str, query: Query, speaker: Speaker) -> Markup:
    """The field of one value of a list, labelled with that value alone."""
    key = prefix + part.fact
    return Markup('<div class="part"><label for="{}">{}</label>{}</div>').format(
        key, speaker.value(fact.fact, value), select(key, _options(part, speaker), query.all(key))
    )


def _options(fact: Fact, speaker: Speaker) -> list[KeyValue]:
    assumed = speaker.assumption(fact)
    nothing = speaker.say("page_assumed_else", value=assumed) if assumed else speaker.say("page_not_given")
    return [("", nothing), *_values(fact, speaker)]


def select(name: str, pairs: list[KeyValue], given: Collection[str], *, is_open: bool = False) -> Markup:
    """A list to choose from, with what is given already chosen; beside an open one, other texts can be typed."""
    if not is_open:
        pairs = [*pairs, *((value, value) for value in given if value not in dict(pairs))]  # typed into the address
    made = (
        Markup('<option value="{}"{}>{}</option>').format(value, Markup(" selected") if value in given else "", label)
        for value, label in pairs
    )
    return Markup('<select id="{0}" name="{0}">{1}</select>').format(name, Markup("").join(made))


def _group(fact: Fact, name: str, choices: Markup, speaker: Speaker) -> Markup:
    """What there is to choose, under the question, in the field of this name."""
    legend = Markup("<legend>{}</legend>").format(speaker.question(fact.fact))
    return Markup('<fieldset class="field" id="{}">{}{}</fieldset>').format(name, legend, choices)


def _choice(kind: str, name: str, value: str, label: str, given: Collection[str]) -> Markup:
    """A value to choose, with its label; chosen if it is given."""
    checked = Markup(" checked") if value in given else ""
    box = Markup('<input type="{}" name="{}" value="{}"{}>').format(kind, name, value, checked)
    return Markup('<label class="option">{} {}</label>').format(box, label)


def _help(fact: Fact, speaker: Speaker) -> Markup:
    help_text = speaker.help(fact)
    meaning = called(help_text, labels(help_text, speaker, fact), speaker.language)
    return Markup('<p class="quiet">{}</p>').format(meaning) if meaning else Markup("")


def _in_words(fact: Fact, name: str, text: str, speaker: Speaker) -> Markup:
    """A field for what no value of an open list covers; nothing for any other fact."""
    if not fact.is_open:
        return Markup("")
    label = speaker.say("page_in_words", value=speaker.value(fact.fact, OTHER))
    field = Markup('<label class="option">{} <input type="text" name="{}" value="{}" maxlength="{}"></label>')
    return field.format(label, name, text, MOST_LETTERS)


def _values(fact: Fact, speaker: Speaker) -> Iterator[KeyValue]:
    """The values to choose from for a fact, with their labels; the value `other` of an open list is given in words."""
    yield from ((value, speaker.value(fact.fact, value)) for value in _names(fact) if value != UNKNOWN)
    yield UNKNOWN, speaker.say("unknown")


def _names(fact: Fact) -> list[str]:
    listed = [value for value in fact.values or YES_NO if not (fact.is_open and value == OTHER)]
    return [*listed, UNKNOWN]
