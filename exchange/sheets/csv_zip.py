"""A folder of CSV files <-> one ZIP file, if a single file is wanted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath

from whytune.engine.language.csvfile import ENDING
from whytune.engine.language.problems import Problem, Sentence, Span, WhytuneError

from .inspection import MAX_FILE, MAX_PARTS, MAX_UNPACKED, UNREADABLE, too_large

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The date of every file in it, so that the same files make the same bytes."""

_BESIDE = "__MACOSX"
"""A folder that macOS adds to what it packs."""


def packed(files: Mapping[str, bytes]) -> bytes:
    """These files in one; the same files make the same bytes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), data, zipfile.ZIP_DEFLATED, 9)
    return whole.getvalue()


def unpacked(data: bytes, label: str) -> dict[str, bytes]:
    """The CSV files in a ZIP file, by name, whatever folder of it they are in.

    Raises WhytuneError: bad-workbook, too-large.
    """
    if len(data) > MAX_FILE:
        raise too_large(label, Sentence("larger than {most} MiB", most=MAX_FILE // 2**20))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _parts(archive, label)
    except UNREADABLE:
        raise _unfit(label) from None


def _parts(archive: zipfile.ZipFile, label: str) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = MAX_UNPACKED
    places = [place for place in archive.namelist() if place.lower().endswith(ENDING) and _is_sheet(place)]
    if len(places) > MAX_PARTS:
        raise too_large(label, Sentence("more than {most} parts", most=MAX_PARTS))
    for place in places:
        name = PurePosixPath(place).name
        if name in files:
            raise _unfit(label)
        with archive.open(place) as stream:
            files[name] = stream.read(left + 1)
        left -= len(files[name])
        if left < 0:
            raise too_large(label, Sentence("more than {most} MiB unpacked", most=MAX_UNPACKED // 2**20))
    if not files:
        raise _unfit(label)
    return files


def _is_sheet(place: str) -> bool:
    """Is this a file that somebody packed, not one that a system keeps beside it?"""
    path = PurePosixPath(place)
    return _BESIDE not in path.parts and not path.name.startswith(".")


def _unfit(label: str) -> WhytuneError:
    message = Sentence("not a ZIP file of CSV files that can be read")
    hint = Sentence("pack the folder of CSV files anew, each name once")
    return WhytuneError([Problem("bad-workbook", message, Span(label), hint)])
