"""No text anywhere holds characters that readers cannot see, and a text is the same however it was typed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import product
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin
from unicodedata import normalize

import pytest

from whytune.cli.expression import selection
from whytune.engine import Advisor, Span, WhytuneError, load
from whytune.engine.costs.comparison import _LISTS as COMPARISON
from whytune.engine.costs.comparison import comparison
from whytune.engine.costs.price_file import LISTS as PRICES
from whytune.engine.costs.price_file import prices
from whytune.engine.costs.price_list import PriceList
from whytune.engine.costs.rows import PriceListIdentity as PricesIdentity
from whytune.engine.language.casefile import CASE_KEYS, read_cases
from whytune.engine.language.letters import composed, unfit
from whytune.engine.language.loading import loads
from whytune.engine.language.loading.draft import Identity, Section
from whytune.engine.language.loading.sheet import SheetIdentity
from whytune.engine.language.rulebook import PART_KINDS, SourceDocument
from whytune.engine.language.settings import from_settings
from whytune.engine.language.source import decode
from whytune.engine.language.text import Written, read_line
from whytune.engine.ledger.record import Head
from whytune.engine.ledger.recorded import loaded
from whytune.engine.ledger.replay import Replayer
from whytune.engine.ledger.selection import Selection
from whytune.engine.ledger.verification import whole_rulebook
from whytune.engine.review.difference.intent import Allowed, Others, read_intent

from . import rooms
from .ledgers import FILES, at, drafted
from .looks import tabled
from .test_replay import Shelf

UNSEEN = [
    *("\u00ad\u034f\u061c\u115f\u17b4\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2063\u206a\u2800\u3164\ufe0f\ufeff"),
    *("\uffa0\ufff9\ufffe\U000e0041\U000e0100\ue000\U000f0000\U0010fffd\u0007\u001b\u0085\u009b\u2028\u202e\u2066"),
]
SEEN = {
    "accents": "déjà vu, Å, ﬁ",
    "Chinese, with its space": "微调\u3000吗？",
    "a space that does not break": "3\u00a0%",
    "emoji": "😀 🇩🇪 ❤ ❤\ufe0f ☎\ufe0e ⭐\ufe0f 1\ufe0f\u20e3",
    "a skin": "👍🏽",
    "joined emoji": "👩🏽\u200d💻 👨\u200d👩\u200d👧 🏳\ufe0f\u200d🌈 ❤\ufe0f\u200d🔥",
    "the flag of Scotland": "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "Persian": "می\u200cخواهم خانه\u200cها",
    "Hindi": "क्\u200dष क्\u200cष",
    "Sinhala": "ක්\u200dෂ",
    "Malayalam": "ന്\u200d",
    "right to left": "שלום مرحبا",
}
UNJOINED = {
    "between Latin letters": "a\u200db",
    "beside one emoji only": "😀\u200da",
    "before an emoji": "a\u200d😀",
    "twice between emoji": "😀\u200d\u200d😀",
    "after a letter that never joins": "دور\u200cها",
    "after a letter without virama": "ক\u200dষ",
    "at the end of a word": "می\u200c",
    "behind an emoji that stands between": "ب😀\u200cب",
    "a selector after a letter": "a\ufe0f",
    "a selector after a digit alone": "1\ufe0f",
    "two selectors": "❤\ufe0f\ufe0f",
    "a flag that nobody draws": "🏴\U000e0075\U000e0073\U000e007f",
    "tags without a flag": "😀\U000e0067\U000e007f",
    "another Chinese form": "葛\U000e0100",
}

OLD_TITLE = "en: Lending a laptop"


def test_what_readers_see_is_taken_and_a_joiner_or_selector_without_effect_is_refused() -> None:
    refused = {name for name, text in (SEEN | UNJOINED).items() if unfit(composed(text))}
    assert refused == {*UNJOINED}


def test_a_letter_that_is_not_seen_is_called_by_its_number() -> None:
    for letter in UNSEEN:
        wrong = unfit(f"a{letter}b")
        assert wrong is not None, f"U+{ord(letter):04X}"
        assert f"U+{ord(letter):04X}" in wrong.message


def holes(annotation: Any, evil: str) -> Iterator[tuple[str, Any]]:
    """Data of this type with the evil text at one place, for every place that a text can have, and that place."""
    args = [each for each in get_args(annotation) if each is not NoneType]
    if isinstance(annotation, type) and issubclass(annotation, Written):
        yield "key", {evil: "a"}
        for name, field in annotation.model_fields.items():
            for path, data in holes(field.annotation, evil):
                yield f"{field.alias or name}.{path}", {field.alias or name: data}
    elif get_origin(annotation) is dict:
        yield "key", {evil: "a"}
        yield from ((f"en.{path}", {"en": data}) for path, data in holes(args[1], evil))
    elif get_origin(annotation) is tuple:
        yield from ((f"0.{path}", [data]) for path, data in holes(args[0], evil))
    elif any(isinstance(each, type) or get_args(each) for each in args):  # Annotated, or a union
        for each in args:
            if isinstance(each, type) or get_args(each):
                yield from holes(each, evil)
    else:
        yield "text", evil


def lists(models: Mapping[str, tuple[type[Written], str]], evil: str) -> Iterator[tuple[str, Any]]:
    for name, (model, _) in models.items():
        yield from ((f"{name}.{path}", {name: [data]}) for path, data in holes(model, evil))


def in_rulebooks(evil: str) -> Iterator[tuple[str, Any]]:
    yield from lists({kind.plural: (kind.model, kind.key) for kind in PART_KINDS}, evil)
    yield from ((path, {"rulebook": data}) for path, data in holes(Identity, evil))
    yield from holes(Section, evil)


def in_sheets(
    key: str, identity: type[SheetIdentity], models: Mapping[str, tuple[type[Written], str]]
) -> Callable[[str], Iterator[tuple[str, Any]]]:
    def made(evil: str) -> Iterator[tuple[str, Any]]:
        yield from ((path, {key: data}) for path, data in holes(identity, evil))
        yield from lists({"documents": (SourceDocument, "document"), **models}, evil)

    return made


def in_cases(evil: str) -> Iterator[tuple[str, Any]]:
    yield from ((key, {"given": {}, key: evil}) for key in CASE_KEYS)
    for key in ("given", "expect"):
        yield f"{key}.key", {key: {evil: "yes"}}
        yield f"{key}.value", {key: {"a": [evil]}}
        yield f"cases.{key}", {"cases": [{key: {"a": evil}}]}
    yield "plain", {"a": evil}


def in_intents(evil: str) -> Iterator[tuple[str, Any]]:
    yield from holes(Others, evil)
    yield from ((f"allow.{path}", {"allow": [data]}) for path, data in holes(Allowed, evil))


READERS: Mapping[str, tuple[Callable[[str], Iterator[tuple[str, Any]]], Callable[[bytes], object]]] = {
    "rulebook": (in_rulebooks, lambda data: loads({"a.yaml": data})),
    "prices": (in_sheets("prices", PricesIdentity, PRICES), lambda data: prices(decode(data, "a.yaml"))),
    "comparison": (in_sheets("comparison", SheetIdentity, COMPARISON), lambda data: comparison(decode(data, "a.yaml"))),
    "case": (in_cases, lambda data: read_cases(decode(data, "a.yaml"))),
    "intent": (in_intents, lambda data: read_intent(decode(data, "a.yaml"), load("guide"), load("guide"))),
}


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("letter", ["\u200b", "\u3164", "\u001b", "\ue000"], ids=lambda letter: f"U+{ord(letter):04X}")
def test_every_text_of_every_model_is_looked_at(kind: str, letter: str) -> None:
    made, read = READERS[kind]
    paths = list(made(f"a{letter}b"))
    assert {"rulebook": 150, "prices": 150, "comparison": 40, "case": 11, "intent": 10}[kind] <= len(paths)
    for path, data in paths:
        with pytest.raises(WhytuneError) as caught:
            read(json.dumps(data).encode())
        assert [problem.code for problem in caught.value.problems] == ["bad-text"], path
        assert caught.value.problems[0].span is not None


def test_paths_that_once_took_anything_are_among_those_looked_at() -> None:
    assert {"tuning.also.0.text", "gpus.also.0.text"} <= {path for path, _ in READERS["prices"][0]("a")}
    assert {"rows.matters_if.key", "rows.matters_if.en.0.text"} <= {path for path, _ in READERS["comparison"][0]("a")}


VOCABULARY = load().vocabulary
OPTIONS: tuple[Callable[[str], object], ...] = (
    lambda text: read_line(text, Span("--by")),
    lambda text: from_settings([f"examples={text}"], VOCABULARY),
    lambda text: from_settings([f"{text}=1"], VOCABULARY),
)


def test_options_are_looked_at() -> None:
    for letter, read in product(UNSEEN, OPTIONS):
        with pytest.raises(WhytuneError, match=f"U\\+{ord(letter):04X}") as caught:
            read(f"a{letter}b")
        assert caught.value.problems[0].code == "bad-text"


WRITERS = ["yaml_edits.py", "yaml_text.py"]
"""Files of the exchange that write YAML, and read what they wrote to see that it says what it should."""


def test_only_one_file_reads_yaml() -> None:
    """What reads YAML past `source` would read letters past `letters`."""
    root = Path(__file__).parent.parent
    files = [path for top in rooms.TOPS for path in (root / top).rglob("*.py")]
    reading = [path.name for path in files if re.search(r"^\s*(import|from) (yaml|ruamel)\b", path.read_text(), re.M)]
    assert sorted(reading) == ["source.py", *WRITERS]


def decomposed(texts: Iterable[str]) -> list[str]:
    return [normalize("NFD", text) for text in texts]


def named(title: str) -> dict[str, bytes]:
    """The small rulebook under another title."""
    ((file, data),) = FILES.items()
    text = data.decode()
    assert OLD_TITLE in text
    return {file: text.replace(OLD_TITLE, f"en: {title}", 1).encode()}


def test_a_rulebook_is_the_same_however_its_accents_were_typed() -> None:
    one, other = (loads(named(title)) for title in ("Crédit", *decomposed(["Crédit"])))
    assert one.title == other.title
    assert one.digest == other.digest != loads(FILES).digest


def test_a_model_is_known_however_its_name_was_typed() -> None:
    root = Path(__file__).parent.parent / "rules" / "guide" / "prices.yaml"
    text = root.read_text().replace("gpt-4.1-mini-2025-04-14", "modèle-é")
    listed: PriceList = prices(decode(text.encode(), "a.yaml"))
    typed = prices(decode(normalize("NFD", text).encode(), "a.yaml"))
    assert listed.digest == typed.digest
    day = date(2026, 6, 1)
    asked = decomposed(["modèle-é"])[0]
    assert listed.tuned(asked, day) == listed.tuned("modèle-é", day)


def test_the_title_of_a_case_is_chosen_however_it_was_typed() -> None:
    assert selection(*decomposed(["crédit"]))("Un crédit")
    assert selection("crédit")(*decomposed(["Un crédit"]))


@tabled("form", ["NFC", "NFD"])
@tabled("asked", ["NFC", "NFD"])
def test_a_record_is_found_however_its_words_were_typed(
    form: Literal["NFC", "NFD"], asked: Literal["NFC", "NFD"]
) -> None:
    record = drafted({"days": 2}, by=normalize(form, "José")).sealed(Head(), at(0))  # of old: as it was typed
    assert record.data["by"] == normalize(form, "José")
    assert Selection(text=normalize(asked, "josé")).holds(record)
    assert not Selection(text="jose").holds(record)


def test_a_record_is_found_by_letters_of_either_case() -> None:
    record = drafted({"days": 2}, by="Straße").sealed(Head(), at(0))
    assert Selection(text="STRASSE").holds(record)


@pytest.mark.parametrize("title", [*decomposed(["Crédit"]), "Cre\u200bdit"], ids=["decomposed", "unseen"])
def test_a_record_of_before_texts_were_looked_at_still_holds(title: str) -> None:
    files = named(title)
    advisor = Advisor(loads(files, as_kept=True))
    assert advisor.rulebook.title["en"] == title
    entry = drafted({"days": 2}, None, advisor, files)
    record, shelf = entry.sealed(Head(), at(0)), Shelf(entry)
    assert whole_rulebook(record, shelf).digest == record.data["rulebook"]["digest"]
    assert loaded(record, shelf).digest == advisor.rulebook.digest
    assert Replayer(shelf).replay(record).deviation is None


def test_a_record_of_today_holds_what_was_read() -> None:
    files = named(*decomposed(["Crédit"]))
    advisor = Advisor(loads(files))
    entry = drafted({"days": 2}, None, advisor, files)
    record, shelf = entry.sealed(Head(), at(0)), Shelf(entry)
    assert whole_rulebook(record, shelf).digest == record.data["rulebook"]["digest"]
    assert Replayer(shelf).replay(record).deviation is None


def test_no_record_is_read_with_what_a_terminal_obeys() -> None:
    with pytest.raises(WhytuneError) as caught:
        loads(named('"\\e[2J"'), as_kept=True)
    assert caught.value.problems[0].code == "bad-text"
