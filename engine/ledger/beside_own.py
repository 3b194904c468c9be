"""The verification of a ledger that somebody handed over -> the same, beside one's own ledger."""

from __future__ import annotations

from contextlib import suppress

from ..language.problems import WhytuneError
from .selection import Shelf, find
from .twins import Twins
from .verification import Verification


def beside_own(verification: Verification, own: Shelf) -> Verification:
    """The same, with the record at the fault beside the one of its name in one's own ledger, if that has one that is
    whole.
    """
    given = verification.unproven.record if verification.unproven else None
    if given is not None:
        with suppress(WhytuneError):
            return verification._replace(twins=Twins(given, find(own, given.id)))
    return verification
