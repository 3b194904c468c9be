"""A new rule, with the names that it may use, at the end of a file of rules or in a file of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain, count
from pathlib import PurePath
from typing import NamedTuple, TypeVar

from ...language import source
from ...language.loading import BESIDE, loads
from ...language.problems import Problem, Sentence, Span, WhytuneError
from ...language.rulebook import Rulebook, StepKey, dependencies
from ...language.text import BadValue
from ...language.text import check_name as checked_name
from ...words.catalogue import phrase
from ..schema import RULEBOOK_MODELINE
from .templates import comment, quoted, text_lines

Declared = TypeVar("Declared")


class NewRule(NamedTuple):
    """A file of a rulebook with the new rule at its end, and the rulebook that results."""

    file: str
    text: str
    rulebook: Rulebook


def with_rule(files: Mapping[str, bytes], name: str, file: str | None, language: str | None) -> NewRule:
    """A rulebook's files with a new rule in this file: by default the only file with rules, or else one of its own.

    Nothing else is changed, comments included. Raises WhytuneError, also if no rule can follow at the file's end.
    """
    before = loads(files)
    check_name(name)
    _refuse_twice(before, name)
    file = file or _file_with_rules(files) or own_file(files, name)
    rule = _rule(before, name, language or before.languages[0])
    text = appended(files[file], rule, file) if file in files else RULEBOOK_MODELINE + "\nrules:\n" + _block(rule, "  ")
    after = loads({**files, file: text.encode()})
    if [*before.rules] != [other for other in after.rules if other.id != name]:
        raise _unfit(file)
    return NewRule(file, text, after)


def appended(data: bytes, rule: list[str], file: str) -> str:
    """The text of a rulebook file with the rule at its end; raises WhytuneError if `rules:` is not the last key."""
    text = data.decode()
    node = source.decode(data, file)
    key, value = node.entries[-1] if isinstance(node, source.Map) and node.entries else (None, None)
    indent = _indent(value, text) if key and value and key.text == "rules" else None
    if indent is None or "..." in text.splitlines():  # which ends a document
        raise _unfit(file)
    newline = "\r\n" if "\r\n" in text else "\n"
    return text.rstrip() + newline * 2 + _block(rule, indent).replace("\n", newline)


def check_name(name: str) -> None:
    """Raises WhytuneError: bad-name, if this cannot be a name."""
    try:
        checked_name(name)
    except BadValue as bad:
        raise WhytuneError([Problem(bad.code, bad.message, None, bad.hint)]) from None


def _refuse_twice(rulebook: Rulebook, name: str) -> None:
    if name in rulebook.rule:
        message = Sentence("there is a rule `{rule}` already", rule=name)
        hint = Sentence("it stands at {place}", place=rulebook.places["rule", name])
        raise WhytuneError([Problem("duplicate-id", message, None, hint)])


def _file_with_rules(files: Mapping[str, bytes]) -> str | None:
    """The file that holds all rules; None if there are no rules, or several files, each with a topic of its own."""
    nodes = {name: source.decode(data, name) for name, data in files.items()}
    holding = [name for name, node in nodes.items() if isinstance(node, source.Map) and node.get("rules")]
    return holding[0] if len(holding) == 1 else None


def own_file(files: Mapping[str, bytes], name: str) -> str:
    """A file beside these, named after the new part; no file of that name is in the rulebook or beside it."""
    taken = {PurePath(file).name for file in files} | BESIDE
    names = chain([f"{name}.yaml"], (f"{name}_{number}.yaml" for number in count(2)))
    return str(PurePath(next(iter(files))).with_name(next(file for file in names if file not in taken)))


def _rule(rulebook: Rulebook, name: str, language: str) -> list[str]:
    """The lines of a rule that tests the first subject for its first value, and speaks for the first option."""
    subject = first(rulebook.vocabulary.subjects.values(), Sentence("the rulebook has no fact that a rule could test"))
    document = first(rulebook.documents, Sentence("the rulebook has no document that a rule could cite"))
    title = text_lines("  title:", "todo_title", rulebook.languages)
    because = text_lines("  because:", "todo_because", rulebook.languages)
    barred = resting_on(rulebook, _target(rulebook))
    testable = [
        f"  #   {one.name}: {', '.join(one.named)}" for one in rulebook.subjects.values() if one.name not in barred
    ]
    return [
        f"- id: {name}",
        *title,
        *comment(phrase("about_this_rule", language), "  "),
        *testable,
        "  if:",
        f"    {subject.name}: {subject.values[0]}",
        *_offered("except_if", "about_except_if", _exception(rulebook, barred), language),
        *_effect(rulebook, language),
        *because,
        "  source:",
        f"    document: {document.document}",
        f"    place: {quoted(phrase('todo_place', language))}",
        *comment(phrase("about_quote", language), "    "),
        '    # quote: "…"',
    ]


def _offered(key: str, about: str, named: str, language: str) -> list[str]:
    """A key that a rule may do without, behind `#`, after a comment that says what it does."""
    return [*comment(phrase(about, language), "  "), f"  # {key}:", f"  #   {named}"]


def _exception(rulebook: Rulebook, barred: set[str]) -> str:
    """A condition on a subject other than that of `if`, or on another value if there is no other subject."""
    first, *others = (one for one in rulebook.subjects.values() if one.name not in barred)
    other = others[0] if others else first
    return f"{other.name}: {other.values[0] if others else other.values[-1]}"


def _target(rulebook: Rulebook) -> StepKey:
    """What the rule concludes, or which decision it is about."""
    if rulebook.conclusions and not rulebook.decisions:
        return ("conclusion", rulebook.conclusions[0].conclusion)
    missing = Sentence("the rulebook has no decision for which a rule could speak")
    return ("decision", first(rulebook.decisions, missing).decision)


def resting_on(rulebook: Rulebook, target: StepKey) -> set[str]:
    """The names of all that rests on this, itself included: a rule for it that tests any of them rests on itself."""
    graph, resting = dependencies(rulebook), {target}
    for step in rulebook.steps:
        if not resting.isdisjoint(graph[step]):
            resting.add(step)
    return {name for kind, name in resting if kind != "rule"}


def _effect(rulebook: Rulebook, language: str) -> list[str]:
    kind, name = _target(rulebook)
    if kind == "conclusion":
        return [f"  conclude: {name}"]
    decision = rulebook.decision[name]
    options = ", ".join(option.option for option in decision.options)
    return [
        f"  # {decision.decision}: {options}",
        "  propose:",
        f"    {decision.decision}: {decision.options[0].option}",
        *_offered("rule_out", "about_rule_out", f"{decision.decision}: {decision.options[-1].option}", language),
    ]


def first(parts: Iterable[Declared], missing: Sentence) -> Declared:
    """The first of these; raises WhytuneError: missing-key, if there are none."""
    for part in parts:
        return part
    raise WhytuneError([Problem("missing-key", missing, None, Sentence("declare one first"))])


def _indent(rules: source.Node, text: str) -> str | None:
    """The indentation of each `-` in a list written as lines; None if it is written otherwise."""
    if isinstance(rules, source.Scalar) and rules.blank:
        return "  "
    line, column = rules.span.line or 1, rules.span.column or 1
    written = text.removeprefix("\ufeff").splitlines()[line - 1]
    before = written[: column - 1]
    return before if written[column - 1 : column] == "-" and not before.strip() else None


def _block(rule: list[str], indent: str) -> str:
    return "".join(f"{indent}{line}\n" for line in rule)


def _unfit(file: str) -> WhytuneError:
    message = Sentence("this file does not end with a list `rules:`")
    hint = Sentence("name another file with --file, or one that is yet to be written")
    return WhytuneError([Problem("misplaced-key", message, Span(file), hint)])
