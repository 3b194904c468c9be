"""Values of a model -> their names in a rulebook, and what readers see."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ..fresh_names import readable
from .feel import NULL, FeelValue


def value_name(value: FeelValue) -> str:
    """The name of a value: 5 is `n5`, -0.5 `minus_0_5`, a day `d2026_03_31`."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        digits = f"{abs(value):f}".replace(".", "_")
        return f"minus_{digits}" if value < 0 else f"n{digits}"
    if isinstance(value, date):
        return f"d{value:%Y_%m_%d}"
    return "nothing" if value is NULL else str(value)


def value_label(value: FeelValue) -> str:
    """What readers see for a value."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "nothing" if value is NULL else readable(str(value)) or "(blank)"
