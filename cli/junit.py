"""Results as JUnit XML, which CI systems read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from xml.etree import ElementTree

_NO_LETTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Anything that is not a character in XML 1.0."""


class TestResult(NamedTuple):
    """One test: its name, what it belongs to, and what went wrong (if anything) or why it was skipped."""

    name: str
    belongs_to: str
    failure: str | None = None
    skipped: str | None = None


def junit_xml(suite: str, results: Sequence[TestResult]) -> str:
    """A test suite with these results, in the form that Jenkins, GitLab and others agree on."""
    failures = sum(result.failure is not None for result in results)
    skipped = sum(result.skipped is not None for result in results)
    counts = {"tests": len(results), "failures": failures, "errors": 0, **({"skipped": skipped} if skipped else {})}
    root = ElementTree.Element("testsuite", {"name": suite, **{name: str(count) for name, count in counts.items()}})
    for result in results:
        case = ElementTree.SubElement(root, "testcase", name=_printable(result.name), classname=result.belongs_to)
        if result.failure is not None:
            first, _, _ = result.failure.partition("\n")
            ElementTree.SubElement(case, "failure", message=_printable(first)).text = _printable(result.failure)
        if result.skipped is not None:
            ElementTree.SubElement(case, "skipped", message=_printable(result.skipped))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True)


def _printable(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _NO_LETTER.sub("", text)
