"""Shares that must have been counted."""

from __future__ import annotations

from whytune.engine.meaning.regions import Share


def counted_share(share: Share | None) -> Share:
    """The share; it is counted wherever a diagram is there."""
    assert share is not None
    return share
