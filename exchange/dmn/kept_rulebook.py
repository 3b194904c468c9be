"""The files of a rulebook, kept in the model that was made of it: while nobody changes the model, they come back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from whytune.engine.language.loading import is_rulebook_file

from ..markup import XmlElement

KEPT = "urn:whytune:rulebook"
"""The namespace of what whytune keeps."""

_PICTURE = "DMNDI"


def kept(files: Mapping[str, bytes], model: XmlElement) -> ElementTree.Element:
    """The element that keeps these files beside the fingerprint of the model; it stands in `extensionElements`."""
    element = ElementTree.Element(f"{{{KEPT}}}rulebook", {"model": fingerprint(model)})
    for name, data in files.items():
        ElementTree.SubElement(element, f"{{{KEPT}}}file", {"name": name}).text = data.decode("utf-8-sig")
    return element


def kept_files(root: XmlElement) -> dict[str, str] | None:
    """The files that a model keeps; None where it keeps none, or was changed since."""
    for extension in root.all("extensionElements"):
        for element in extension.children:
            if element.space == KEPT and element.get("model") == fingerprint(root):
                named = [(child.get("name"), "".join(child.pieces)) for child in element.children]
                return dict(named) if all(_is_plain(name) for name, _ in named) else None
    return None


def keeps_any(root: XmlElement) -> bool:
    """Was the model made by whytune, be it changed since or not?"""
    return any(element.space == KEPT for extension in root.all("extensionElements") for element in extension.children)


def _is_plain(name: str) -> bool:
    """Is this the name of a file of a rulebook, and leads to no other folder?"""
    return "/" not in name and "\\" not in name and is_rulebook_file(name)


def fingerprint(root: XmlElement) -> str:
    """SHA-256 over what a model says, but for its picture, the order of attributes and white space around texts."""
    data = json.dumps(_said(root, top=True), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(data.encode()).hexdigest()


def _said(element: XmlElement, top: bool = False) -> Any:
    children = [
        _said(child) for child in element.children if not top or child.name not in (_PICTURE, "extensionElements")
    ]
    return [element.name, sorted(element.attributes.items()), element.text, children]
