"""What pages call things: by their labels, since whoever chooses from labels types no names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest

import whytune
from whytune.engine.words.catalogue import LANGUAGES, phrase
from whytune.prose.called import called, labels

pytest.importorskip("starlette", reason="needs whytune[web]")
from starlette.testclient import TestClient

from .test_service import DAY, asks


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with asks() as client:
        yield client


def notices(page: str) -> str:
    return unescape(re.sub("<[^>]*>", "", "".join(re.findall(r'<p class="(?:notice|quiet)">(.*?)</p>', page))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_that_are_known_give_way_to_their_labels_and_others_stay(language: str) -> None:
    speaker = whytune.load("practice", language=language).speaker
    repeated = "examples: `examples` is missing"
    assert called(repeated, labels(repeated, speaker), language).startswith("“")
    message = "examples: it needs `signal`, not `nothing`, see `rules.yaml` and `nothing at all`"
    signal, nothing = speaker.fact("signal"), speaker.value("signal", "nothing")
    text = called(message, labels(message, speaker), language)
    assert text.startswith(speaker.fact("examples") + phrase("colon", language))
    assert [phrase("quoted", language, text=label) in text for label in (signal, nothing)] == [True, True]
    assert "`rules.yaml`" in text
    assert "`nothing at all`" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mistake_in_a_form_and_the_help_of_a_fact_are_told_in_labels(client: TestClient, language: str) -> None:
    asked = {"rulebook": "practice", "as_of": DAY, "language": language, "facts.examples": "500"}
    page = client.get("/advise", params=asked)
    assert page.status_code == 422
    speaker = whytune.load("practice", language=language).speaker
    for label in (speaker.fact("examples"), speaker.fact("signal"), speaker.value("signal", "pairs")):
        assert label in notices(page.text)
    assert not re.search(r"\b(signal|demonstrations|plain_short|worked_short)\b", notices(page.text))
    assert "`" not in page.text.partition("<main>")[2]
