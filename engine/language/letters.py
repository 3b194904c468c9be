"""The characters that a text may hold: every text passes through here, so that no two that differ look alike.

A text is read in Unicode's composed form (NFC). What readers do not see, or see differently, is refused: controls,
format characters, fillers, private use, noncharacters. Joiners and variation selectors may stand only where they change
what is seen: within emoji as UTS 51 builds them, and between letters as UAX 31 allows in identifiers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from .problems import Sentence

CONTROLS = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069"
PRIVATE = r"\ue000-\uf8ff"
UNSEEN = (
    r"\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e"
    r"\u200f\u2060-\u2065\u206a-\u206f\u2800\u3164\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff"
)
"""What is refused anywhere, from the first plane, as any kind of regular expression writes it in brackets.

Unseen are format characters (Cf), what Unicode calls default ignorable, what is blank by design, and noncharacters.
They are written out because Python's own tables differ from version to version.
"""
UNFIT = f"[{CONTROLS}{PRIVATE}{UNSEEN}]"
"""One of these, of whatever kind."""
_CONTROL = rf"[{CONTROLS}\ud800-\udfff]"
_BYTE = "[\udc80-\udcff]"
"""How Python passes on a byte that is not a character in the system's encoding."""
_PRIVATE = re.compile(rf"[{PRIVATE}\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_ENDS = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
_UNSEEN = re.compile(
    rf"[{UNSEEN}\u200c\u200d\ufe0e\ufe0f\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d159"
    rf"\U0001d173-\U0001d17a\U000e0000-\U000e0fff{_ENDS}]"
)

_EMOJI = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf\u23e9-\u23f3\u23f8-\u23fa"
    "\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2604\u260e\u2611\u2614\u2615\u2618\u261d\u2620\u2622\u2623"
    "\u2626\u262a\u262e\u262f\u2638-\u263a\u2640\u2642\u2648-\u2653\u265f\u2660\u2663\u2665\u2666\u2668\u267b\u267e"
    "\u267f\u2692-\u2697\u2699\u269b\u269c\u26a0\u26a1\u26a7\u26aa\u26ab\u26b0\u26b1\u26bd\u26be\u26c4\u26c5\u26c8"
    "\u26ce\u26cf\u26d1\u26d3\u26d4\u26e9\u26ea\u26f0-\u26f5\u26f7-\u26fa\u26fd\u2702\u2705\u2708-\u270d\u270f\u2712"
    "\u2714\u2716\u271d\u2721\u2728\u2733\u2734\u2744\u2747\u274c\u274e\u2753-\u2755\u2757\u2763\u2764\u2795-\u2797"
    "\u27a1\u27b0\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001f0ff\U0001f170\U0001f171\U0001f17e\U0001f17f\U0001f18e\U0001f191-\U0001f19a\U0001f201-\U0001f20f"
    "\U0001f21a\U0001f22f\U0001f232-\U0001f23a\U0001f250\U0001f251\U0001f300-\U0001f3fa\U0001f400-\U0001f53d"
    "\U0001f546-\U0001f64f\U0001f680-\U0001f6ff\U0001f7d5-\U0001f7ff\U0001f90c-\U0001f93a\U0001f93c-\U0001f945"
    "\U0001f947-\U0001faff]"
)
"""Emoji of the first plane (no more will be added to it), and what the second sets apart for pictographs."""
_DRAWN = f"{_EMOJI}[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]?"
_TAGGED = "|".join("".join(chr(0xE0000 + ord(letter)) for letter in region) for region in ("gbeng", "gbsct", "gbwls"))
_WHOLE = re.compile(f"\U0001f3f4(?:{_TAGGED})\U000e007f|[#*0-9]\ufe0f\u20e3|{_DRAWN}(?:\u200d{_DRAWN})*")
"""The flags of England, Scotland and Wales; keycaps; and emoji, alone or joined."""

_JOINERS = re.compile("[\u200c\u200d]")
_VIRAMA = 9
"""The combining class of a virama (Unicode Standard, 4.3)."""


class UnfitText(NamedTuple):
    """Why a text cannot be read, and what to do."""

    message: Sentence
    hint: Sentence


_CURE = Sentence("delete it, or retype the text")


def composed(text: str) -> str:
    """The text in NFC: the same text however its accents were typed."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def typed(text: str) -> str:
    """The text of an option, composed; bytes that are not characters in the locale are read as UTF-8 if possible."""
    try:
        return composed(text.encode("utf-8", "surrogateescape").decode())
    except UnicodeError:
        return text


def unfit(text: str) -> UnfitText | None:
    """What is wrong with the characters of a composed text, if anything; white space of any kind is fine."""
    if text.isprintable() and text.isascii():
        return None
    if control := obeyed(text):
        return control
    if private := _PRIVATE.search(text):
        message = Sentence("the text holds {letter}, which differs between machines", letter=_called(private[0]))
        return UnfitText(message, _CURE)
    if unseen := next(_unseen(text), None):
        return UnfitText(Sentence("the text holds {letter}, which cannot be seen", letter=_called(unseen)), _CURE)
    return None


def obeyed(text: str) -> UnfitText | None:
    """What is wrong with a text that holds characters which a terminal or a page would obey, if this one does."""
    if text.isprintable() or not (control := re.search(_CONTROL, text)):
        return None
    if re.match(_BYTE, control[0]):
        return UnfitText(Sentence("not UTF-8 text"), Sentence("type it in a terminal that writes UTF-8"))
    return UnfitText(Sentence("the text holds a control character, {letter}", letter=_called(control[0])), _CURE)


def _unseen(text: str) -> Iterator[str]:
    """The characters that cannot be seen, except those that change how their neighbours are drawn."""
    rest = _WHOLE.sub(".", text)
    joining = {joiner.start() for joiner in _JOINERS.finditer(rest) if _joins(rest, joiner.start())}
    return (letter[0] for letter in _UNSEEN.finditer(rest) if letter.start() not in joining)


def _joins(text: str, at: int) -> bool:
    """Does this joiner or non-joiner change how the letters beside it are drawn? By rules A1, A2 and B of UAX 31."""
    before, after = text[:at], text[at + 1 :]
    if len(before) > 1 and unicodedata.combining(before[-1]) == _VIRAMA and unicodedata.category(before[-2])[0] in "LM":
        return after[:1].isalpha() if text[at] == "\u200c" else unicodedata.category(after[:1] or " ")[0] != "M"
    left, right = (
        next((letter for letter in side if not unicodedata.combining(letter)), "") for side in (before[::-1], after)
    )
    return text[at] == "\u200c" and left in _with_form("initial") and right in _with_form("final")


@cache
def _with_form(position: str) -> frozenset[str]:
    """The cursive letters that have a separate form at the beginning, or at the end, of joined letters."""
    drawn = (unicodedata.decomposition(chr(code)).split() for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFF)))
    return frozenset(chr(int(form[1], 16)) for form in drawn if len(form) == 2 and form[0] == f"<{position}>")


def _called(letter: str) -> str:
    """The character by its number and, if it has one, its name."""
    return f"U+{ord(letter):04X} {unicodedata.name(letter, '').lower()}".strip()
