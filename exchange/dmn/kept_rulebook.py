"""The files of a rulebook, kept in the model made from it: as long as nobody changes the model, they come back."""

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
    texts = {name: _as_xml_reads(data.decode("utf-8-sig")) for name, data in files.items()}
    fingerprints = {"model": fingerprint(model), "files": _sha256(texts)}
    element = ElementTree.Element(f"{{{KEPT}}}rulebook", fingerprints)
    for name, text in texts.items():
        ElementTree.SubElement(element, f"{{{KEPT}}}file", {"name": name}).text = text
    return element


def _as_xml_reads(text: str) -> str:
    """The text with all line ends as a reader of XML normalises them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def kept_files(root: XmlElement) -> dict[str, str] | None:
    """The files that a model keeps; None if it keeps none, or it or they have been changed since."""
    for extension in root.all("extensionElements"):
        for element in extension.children:
            if element.space == KEPT and element.get("model") == fingerprint(root):
                texts = {child.get("name"): "".join(child.pieces) for child in element.children}
                unchanged = element.get("files") == _sha256(texts)
                return texts if unchanged and all(map(_is_plain, texts)) else None
    return None


def keeps_any(root: XmlElement) -> bool:
    """Was the model made by whytune, whether or not it was changed since?"""
    return any(element.space == KEPT for extension in root.all("extensionElements") for element in extension.children)


def _is_plain(name: str) -> bool:
    """Is this the name of a file of a rulebook that leads to no other folder?"""
    return "/" not in name and "\\" not in name and is_rulebook_file(name)


def fingerprint(root: XmlElement) -> str:
    """SHA-256 over what a model says, except its picture, the order of attributes and white space around texts."""
    return _sha256(_said(root, top=True))


def _sha256(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _said(element: XmlElement, top: bool = False) -> Any:
    children = [
        _said(child) for child in element.children if not top or child.name not in (_PICTURE, "extensionElements")
    ]
    return [element.name, sorted(element.attributes.items()), element.text, children]
