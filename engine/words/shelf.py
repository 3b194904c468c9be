"""The rulebooks that come with whytune, with the edition and audience of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from ..language.brief import brief
from ..language.loading import DEFAULT, load
from .catalogue import Family, in_both

VolumeName = Literal["guide", "practice"]
"""The names of the rulebooks that come with whytune, the default first."""

_EDITIONS = Family[VolumeName]("edition")
_AUDIENCES = Family[VolumeName]("audience")


@dataclass(frozen=True)
class Volume:
    """A rulebook that comes with whytune; its texts by language."""

    name: str
    version: str
    is_default: bool
    title: Mapping[str, str]
    edition: Mapping[str, str]
    audience: Mapping[str, str]

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        """The same as data."""
        texts = {"title": self.title, "edition": self.edition, "audience": self.audience}
        named = {"name": self.name, "version": self.version, "default": self.is_default}
        return {**named, **{key: dict(text) for key, text in texts.items()}}


@dataclass(frozen=True)
class Bookshelf:
    """All rulebooks that come with whytune, the default first."""

    volumes: tuple[Volume, ...]

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        """The same as data."""
        return {"rulebooks": [volume.to_dict() for volume in self.volumes]}


def shelf() -> Bookshelf:
    """The rulebooks that come with whytune."""
    names: tuple[VolumeName, ...] = get_args(VolumeName)
    return Bookshelf(tuple(_volume(name) for name in names))


def edition_and_audience(place: str) -> tuple[Mapping[str, str], ...]:
    """Of which edition and for whom a rulebook from here is, by language; nothing unless it comes with whytune."""
    names: tuple[VolumeName, ...] = get_args(VolumeName)
    return next(((in_both(_EDITIONS[name]), in_both(_AUDIENCES[name])) for name in names if name == place), ())


def _volume(name: VolumeName) -> Volume:
    rulebook = load(name)
    edition, audience = in_both(_EDITIONS[name]), in_both(_AUDIENCES[name])
    return Volume(name, rulebook.version, name == DEFAULT, rulebook.title, edition, audience)
