"""A record -> the rulebook, the facts and the recommendation that it was made from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Protocol

from ..advice.recommendation import DecisionOutcome, Firing, OptionOutcome, Recommendation, RulebookIdentity, Use
from ..language.case import CaseFacts, FactState, complete
from ..language.citations import Original, Source
from ..language.loading import loads
from ..language.named import Named
from ..language.problems import Problem, Sentence, WhytuneError, listing
from ..language.rulebook import REFER, Rulebook
from ..language.text import BadValue, read_number
from ..language.value import UNKNOWN, Value, read_value
from .content import fingerprint, written
from .record import Record
from .record_shape import DecisionShape, SourceShape, StepShape, UseShape

CONCEALED = "concealed"
"""What is read back in place of a value that was kept out."""


class Library(Protocol):
    """Something that has the files of rulebooks, found by their SHA-256."""

    def file(self, digest: str) -> bytes | None: ...


def rulebook_files(record: Record, library: Library) -> dict[str, bytes]:
    """The files of the record's rulebook; raises WhytuneError: ledger-damaged."""
    contents = {name: library.file(digest) for name, digest in record.data["rulebook"]["files"].items()}
    if missing := [name for name, text in contents.items() if text is None]:
        raise _unfit(record, Sentence("the rulebook's {files} is not stored", files=listing(missing)))
    return {name: text for name, text in contents.items() if text is not None}


def loaded(record: Record, library: Library) -> Rulebook:
    """The rulebook of the record on all days, its texts composed (Unicode NFC) unless the record is older than that.

    Raises WhytuneError: ledger-damaged, and what `loads` raises.
    """
    files = rulebook_files(record, library)
    with suppress(WhytuneError):
        rulebook = loads(files)
        if rulebook.digest == record.data["rulebook"]["digest"]:
            return rulebook
    return loads(files, as_kept=True)


def day_of(record: Record) -> date | None:
    """The day whose rules were applied; raises WhytuneError: ledger-damaged."""
    try:
        return date.fromisoformat(record.data["as_of"]) if record.data["as_of"] else None
    except ValueError:
        raise _unfit(record, Sentence("its day is no date")) from None


def facts_of(record: Record, rulebook: Rulebook, revealed: Mapping[str, Value] | None = None) -> CaseFacts:
    """The facts of the record, with these values for those that were kept out; one that it keeps may be given, too.

    What is unknown, and not assumed when it is left out, counts as left out: a record does not tell the two apart.

    Raises WhytuneError: facts-kept-out if one is not revealed, wrong-value if a different value was recorded,
    ledger-damaged if the facts do not fit the rulebook.
    """
    revealed = revealed or {}
    if closed := [name for name in record.hidden if name not in revealed]:
        hint = Sentence("give what was kept out: {options}", options=" ".join(f"{name}=…" for name in closed[:3]))
        message = Sentence("record {id} keeps out what was given as {facts}", id=record.id, facts=listing(closed))
        raise WhytuneError([Problem("facts-kept-out", message, None, hint)])
    if wrong := [name for name in revealed if not _is_recorded(record, name, revealed[name])]:
        raise WhytuneError([_wrong_value(record, name) for name in wrong])
    _expect(record, record.data["facts"], (fact.fact for fact in rulebook.vocabulary.facts), whole=True)
    given: dict[str, Value] = {}
    for name, fact in record.data["facts"].items():
        if fact["origin"] == "given":
            value = revealed[name] if name in record.hidden else _value(record, rulebook, name, fact.get("value"))
            if value is None:
                raise _unfit(record, Sentence("`{fact}` is given without a value", fact=name))
            given[name] = value
        elif fact["origin"] in ("unknown", "implied") and rulebook.vocabulary.by_name[name].assume is not None:
            given[name] = UNKNOWN  # or it would have been assumed
    try:
        return complete(rulebook.vocabulary, given)
    except WhytuneError as error:
        raise _unfit(record, error.problems[0].message) from None


def answer_of(record: Record, rulebook: Rulebook) -> Recommendation:
    """The recommendation as it was recorded, with CONCEALED for values that were kept out.

    Raises WhytuneError: ledger-damaged if it does not fit its rulebook.
    """
    data, recorded = record.data, record.data["recommendation"]
    _expect(record, data["facts"], (fact.fact for fact in rulebook.vocabulary.facts), whole=True)
    _expect(record, recorded["decisions"], rulebook.decision, whole=True)
    identity = RulebookIdentity(data["rulebook"]["name"], data["rulebook"]["version"], data["rulebook"]["digest"])
    facts = {}
    for name, fact in data["facts"].items():
        value = CONCEALED if name in record.hidden else _value(record, rulebook, name, fact.get("value"))
        facts[name] = FactState(value, fact["origin"])
    decisions = {name: _decision(record, rulebook, name, recorded["decisions"][name]) for name in recorded["decisions"]}
    ordered = Named("decision", {name: decisions[name] for kind, name in rulebook.steps if kind == "decision"})
    in_order = Named("fact", {fact.fact: facts[fact.fact] for fact in rulebook.vocabulary.facts})
    trace = tuple(_firing(record, rulebook, step) for step in recorded["trace"])
    return Recommendation(identity, day_of(record), in_order, ordered, trace)


def _is_recorded(record: Record, name: str, value: Value) -> bool:
    """Is this the value of the fact: that of the hash, where it was kept out?"""
    fact, salt = record.data["facts"].get(name), record.data["salt"]
    if fact is not None and value == UNKNOWN:
        return fact["origin"] in ("unknown", "implied")
    if fact is None or name not in record.hidden:
        return fact is not None and fact.get("value") == written(value)
    return bool(salt and fingerprint(bytes.fromhex(salt), name, value) == fact.get("hash"))


def _wrong_value(record: Record, name: str) -> Problem:
    message = Sentence("record {id} was made with another value of `{fact}`", id=record.id, fact=name)
    hint = None if name in record.hidden else Sentence("`what-if` asks what would come out with that value")
    return Problem("wrong-value", message, None, hint)


def _decision(record: Record, rulebook: Rulebook, name: str, data: DecisionShape) -> DecisionOutcome:
    decision = rulebook.decision[name]
    named = (*data["possible"], *data["possible_as_assumed"], *([data["advice"]] if data["advice"] else ()))
    _expect(record, named, (*decision.outcomes, REFER))
    _expect(record, data["options"], (option.option for option in decision.options), whole=True)
    asked = [data["next_question"]] if data["next_question"] else []
    _expect(record, (*data["rests_on"], *asked), rulebook.vocabulary.by_name)
    cautions = data.get("cautions", [])
    _expect(record, cautions, rulebook.rule)
    options = {}
    for option, state in data["options"].items():
        _expect(record, (*state["for"], *state["against"]), rulebook.rule)
        options[option] = OptionOutcome(state["state"], tuple(state["for"]), tuple(state["against"]))
    return DecisionOutcome(
        data["advice"],
        data["status"],
        data["referred"],
        tuple(data["possible"]),
        tuple(data["possible_as_assumed"]),
        tuple(data["decided_by"]),
        tuple(data["rests_on"]),
        data["next_question"],
        Named("option", {option.option: options[option.option] for option in decision.options}),
        tuple(cautions),
        decision.value_of(data["advice"]),
    )


def _firing(record: Record, rulebook: Rulebook, step: StepShape) -> Firing:
    _expect(record, [step["name"]] if step["kind"] == "rule" else (), rulebook.rule)
    _expect(record, [step["name"]] if step["kind"] == "decision" else (), rulebook.decision)
    cited = step["source"] or []
    sources = cited if isinstance(cited, list) else [cited]
    _expect(record, [source["document"] for source in sources], (one.document for one in rulebook.documents))
    passages = [passage for source in sources for passage in (source["place"], source["quote"])]
    for texts in (step["title"], step["text"], *passages):
        _expect(record, rulebook.languages if isinstance(texts, dict) else (), texts or ())
    return Firing(
        step["number"],
        step["kind"],
        step["name"],
        step["state"] or CONCEALED,
        tuple(_use(record, rulebook, use) for use in step["used"]),
        step["title"],
        step["text"],
        tuple(map(_source, sources)),
        step["policy"],
    )


def _source(source: SourceShape) -> Source:
    original = Original.model_construct(**source["original"]) if "original" in source else None
    place, quote, strength = source["place"], source["quote"], source.get("strength")
    return Source.model_construct(
        document=source["document"], place=place, quote=quote, original=original, strength=strength
    )


def _use(record: Record, rulebook: Rulebook, use: UseShape) -> Use:
    if use["fact"] is None:
        return Use(step=use["step"])
    value = CONCEALED if use["fact"] in record.hidden else _value(record, rulebook, use["fact"], use["value"])
    low, high = (_number(record, bound) for bound in (use["at_least"], use["below"]))
    return Use(use["fact"], value, low, high, use["step"])


def _value(record: Record, rulebook: Rulebook, name: str, text: str | None) -> Value | None:
    _expect(record, [name], rulebook.vocabulary.by_name)
    try:
        return None if text is None else read_value(rulebook.vocabulary.by_name[name], text)
    except BadValue as bad:
        raise _unfit(record, bad.message) from None


def _number(record: Record, text: str | None) -> Decimal | None:
    try:
        return None if text is None else read_number(text, whole=False)
    except BadValue as bad:
        raise _unfit(record, bad.message) from None


def _expect(record: Record, names: Collection[str], expected: Iterable[str], whole: bool = False) -> None:
    """Raises WhytuneError unless these names are known and, if `whole`, complete."""
    wanted = set(expected)
    if strange := sorted(set(names) ^ wanted if whole else set(names) - wanted):
        raise _unfit(record, Sentence("`{names}` is not in both", names=listing(strange)))


def _unfit(record: Record, why: Sentence) -> WhytuneError:
    message = Sentence("record {id} does not fit its rulebook: {why}", id=record.id, why=why)
    hint = Sentence("verify the whole ledger; at a terminal: `whytune audit verify` with the same ledger")
    return WhytuneError([Problem("ledger-damaged", message, None, hint)])
