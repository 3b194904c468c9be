"""The types of a model, resolved to the FEEL types that they restrict."""

from __future__ import annotations

from collections.abc import Mapping

from .domains import KINDS
from .model import ItemType

MAX_STEPS = 50
"""How many types may restrict each other in a row."""

UNTYPED = ItemType("", "", "", False, {})


class ItemTypes:
    """The types that a model declares, by name."""

    def __init__(self, declared: Mapping[str, ItemType]) -> None:
        self.declared = declared

    def named(self, name: str) -> ItemType:
        """The type with this name, resolved to the FEEL type that it restricts."""
        is_list, allowed = False, ""
        components: Mapping[str, ItemType] = {}
        for _ in range(MAX_STEPS):
            declared = self.declared.get(name)
            if declared is None:
                break
            is_list, allowed = is_list or declared.is_list, allowed or declared.allowed
            components = declared.components or components
            name = declared.restricts
        return ItemType(name, name, allowed, is_list, components)

    def at(self, name: str, path: str) -> ItemType:
        """The type of what a path leads to in a structure of this type; an empty type if it leads nowhere."""
        described = self.named(name)
        for component in filter(None, path.split(".")):
            inner = described.components.get(component.strip())
            if inner is None:
                return UNTYPED
            base = self.named(inner.restricts)
            described = ItemType(
                inner.name,
                base.restricts,
                inner.allowed or base.allowed,
                inner.is_list or base.is_list or described.is_list,
                inner.components or base.components,
            )
        return described

    def of(self, name: str, path: str, otherwise: str) -> ItemType:
        """The type of what a path leads to or, if that is empty, the type with the other name."""
        own = self.at(name, path)
        is_telling = own.restricts in KINDS or own.allowed or own.is_list or not otherwise
        return own if is_telling else self.named(otherwise)
