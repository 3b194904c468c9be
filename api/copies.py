"""A rulebook -> the files of a copy that is a rulebook of its own: another name, and versions that begin anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from whytune.engine.authoring import scaffold
from whytune.engine.authoring.schema import FOLDER, schema_files
from whytune.engine.language.folders import has_ending
from whytune.engine.language.loading import BESIDE, ENDINGS, files_of, folder_of, loads
from whytune.engine.language.source import KeyPath, decoded_text, read_bytes
from whytune.engine.review.casebook.reading import FOLDER as CASES
from whytune.engine.review.casebook.reading import sources_beside
from whytune.exchange.sheets.yaml_edits import edited, plain_data

FIRST_VERSION = "1.0.0"
"""The version of a copy: it is complete, so what it advises is promised from the first day on."""

_IDENTITIES = ("rulebook", "prices", "comparison")
"""The keys below which a file says what it is: the rulebook, or what stands beside it."""


def copied(place: str, folder: str) -> dict[str, bytes]:
    """The files of the rulebook at this place, of what stands beside it and of its cases, with schemas, by their paths
    in a folder of this name, after which they are called.

    All else that they say stays, comments included. Raises WhytuneError, also bad-name: it is that of a shipped one.
    """
    name, own = scaffold.rulebook_name(folder), files_of(place)
    old = loads(own).name
    renamed = {file: _renamed(data, file, old, name) for file, data in {**own, **dict(_beside(place))}.items()}
    cases = {f"{CASES}/{case.below}": case.read() for case in sources_beside(place)}
    schemas = schema_files(loads({file: renamed[file] for file in own}))
    return {**renamed, **cases, **{f"{FOLDER}/{file}": text.encode() for file, text in schemas.items()}}


def _beside(place: str) -> Iterator[tuple[str, bytes]]:
    """What stands beside the files of a rulebook in its folder."""
    folder = folder_of(place)
    for path in sorted(folder / name for name in BESIDE) if folder else ():
        if path.is_file():
            yield path.name, read_bytes(path, str(path))


def _renamed(data: bytes, file: str, old: str, new: str) -> bytes:
    """The file under another name where it calls itself by the old one, with the first version beside it."""
    if not has_ending(file, ENDINGS):
        return data
    text = decoded_text(data, file)
    return edited(text, dict(_identity(plain_data(text), old, new))).encode()


def _identity(content: object, old: str, new: str) -> Iterator[tuple[KeyPath, str]]:
    """What a file of this content is to say of itself, and where; nothing if it says nothing that can be read."""
    for key in _IDENTITIES:
        identity = content.get(key) if isinstance(content, Mapping) else None
        if isinstance(identity, Mapping) and identity.get("name") == old:
            yield (key, "name"), new
            if "version" in identity:
                yield (key, "version"), FIRST_VERSION
