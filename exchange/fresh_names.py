"""Names that others use -> names of a rulebook, and texts that readers can see."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from whytune.engine.language.loading.row_rules import EFFECTS, OWN
from whytune.engine.language.text import MAX_TEXT, RESERVED

LONGEST = 28
"""The most characters of a name: two names and a `_` make the name of a band."""


NO_SUBJECTS = frozenset({*RESERVED, *OWN, *EFFECTS, "conclude"})
"""Names that mean something different in a rulebook, or as columns of a table."""


_BEGINS_WITH_DIGIT = re.compile(r"\W*[0-9]")


class FreshNames:
    """The names given so far; none is given twice."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = {*taken, *NO_SUBJECTS}

    def new_value(self, text: str, otherwise: str) -> str:
        """A name as `new` gives it, which also tells numbers apart: `10 %` is `n10`."""
        return self.new(f"n{text}" if _BEGINS_WITH_DIGIT.match(text) else text, otherwise)

    def new(self, text: str, otherwise: str) -> str:
        """A name like this text, or like `otherwise` if none of its characters can be in a name."""
        wanted = snake(text) or otherwise
        wanted = f"{wanted}_value" if wanted in NO_SUBJECTS else wanted
        name, number = wanted, 1
        while name in self.taken:
            number += 1
            name = f"{wanted}_{number}"
        self.taken.add(name)
        return name


def snake(text: str) -> str:
    """The text in lower case with `_` between its words: `ApplicantData.Age` is `applicant_data_age`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", plain).lower()
    name = re.sub(r"^[^a-z]+", "", re.sub(r"[^a-z0-9]+", "_", words)).strip("_")
    if len(name) <= LONGEST:
        return name
    return name[: LONGEST + 1].rpartition("_")[0] or name[:LONGEST]  # whole words, if there are several


def as_question(text: str) -> str:
    """The text as a question, if it is not one already."""
    return text if text.endswith(("?", "？")) else f"{text}?"


def readable(text: str) -> str:
    """The text on one line, without what readers cannot see."""
    kept = (letter if letter.isprintable() else " " for letter in unicodedata.normalize("NFC", text))
    return " ".join("".join(kept).split())[: MAX_TEXT // 4]
