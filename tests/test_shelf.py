"""The rulebooks that come with whytune are listed, all of them, in both languages."""

from __future__ import annotations

import re
from typing import get_args

import pytest

import whytune
from whytune.engine.language.loading import DEFAULT, shipped
from whytune.engine.words.shelf import VolumeName, shelf

from .looks import tabled
from .stage import ROOT


def test_every_rulebook_that_comes_with_whytune_is_listed_the_default_first() -> None:
    assert sorted(get_args(VolumeName)) == list(shipped())
    volumes = shelf().volumes
    assert [volume.name for volume in volumes if volume.is_default] == [volumes[0].name] == [DEFAULT]


@tabled("format", ["text", "html", "markdown"])
@tabled("language", ["en", "zh"])
def test_each_format_tells_title_edition_and_audience_of_each(language: str, format: str) -> None:
    listed = whytune.rulebooks(language)
    told = " ".join(listed.write(format, width=200).replace("&#39;", "'").split())  # type: ignore[arg-type]
    for volume in listed.volumes:
        for part in (volume.name, volume.version, volume.edition[language], volume.audience[language]):
            assert part in told


@pytest.mark.parametrize("language", ["en", "zh"])
def test_how_often_practice_is_right_is_said_as_the_manual_says_it(language: str) -> None:
    said = next(volume.audience[language] for volume in shelf().volumes if volume.name == "practice")
    manual = (ROOT / "docs" / "practice.md").read_text("utf-8")
    lead = manual.partition("**of ")[2].partition("**")[0]
    assert [figure for figure in re.findall(r"\d+", said) if figure not in re.findall(r"\d+", lead)] == []
    assert ".md" not in said


def test_data_hold_both_languages() -> None:
    for listed in whytune.rulebooks().to_dict()["rulebooks"]:
        assert all(listed[key].keys() >= {"en", "zh"} for key in ("title", "edition", "audience"))


def test_a_language_that_whytune_does_not_speak_is_a_problem() -> None:
    with pytest.raises(whytune.WhytuneError, match="whytune has no texts in `fr`"):
        whytune.rulebooks("fr")
