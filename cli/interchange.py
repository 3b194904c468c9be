"""Findings in formats of other programs: SARIF, JUnit, and GitHub Actions annotations."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import quote

from whytune.engine import __version__
from whytune.engine.language.text import pick
from whytune.engine.review.checks import CHECKS, code_of, pages
from whytune.engine.review.examination import Finding
from whytune.engine.words.speaker import Speaker
from whytune.prose.regions import share

from . import output
from .junit import TestResult, junit_xml

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(findings: list[Finding], speaker: Speaker) -> str:
    """The findings as one run in SARIF 2.1.0 (OASIS, 2020); waived findings are marked as suppressed."""
    driver = {
        "name": "whytune",
        "version": __version__,
        "rules": [_rule(code_of(check), pick(pages(check), speaker.language), check.SEVERITY) for check in CHECKS],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, speaker) for finding in findings],
    }
    return output.as_json({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str, page: str, severity: str) -> dict[str, Any]:
    title, _, _ = page.partition("\n")
    return {
        "id": code,
        "shortDescription": {"text": title},
        "help": {"text": page.replace("**", ""), "markdown": page},
        "defaultConfiguration": {"level": severity},
    }


def _result(finding: Finding, speaker: Speaker) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": finding.severity,
        "message": {"text": _sentence(finding, speaker)},
        "partialFingerprints": {"about/v1": ":".join(filter(None, (finding.code, finding.about, finding.waiver)))},
    }
    if finding.span:
        region = {"startLine": finding.span.line or 1, "startColumn": finding.span.column or 1}
        place = {"artifactLocation": {"uri": quote(os.fsencode(finding.span.source))}, "region": region}
        result["locations"] = [{"physicalLocation": place}]
    if finding.waiver:
        waiver = next(waiver for waiver in speaker.rulebook.waivers if waiver.waiver == finding.waiver)
        reason = speaker.pair(f"{waiver.waiver} ({waiver.owner})", speaker.text(waiver.because))
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": reason}]
    if finding.regions:
        result["properties"] = {"where": finding.regions.to_dict()}
    return result


def as_github(findings: list[Finding], speaker: Speaker) -> str:
    """One workflow command per finding, which GitHub Actions shows beside the line; none for waived ones."""
    level = {"error": "error", "warning": "warning", "note": "notice"}
    lines = []
    for finding in (finding for finding in findings if finding.waiver is None):
        properties = {"title": f"whytune {finding.code}"}
        if finding.span:
            properties |= {"file": finding.span.source, "line": str(finding.span.line or 1)}
            properties |= {"col": str(finding.span.column or 1)}
        written = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items())
        lines.append(f"::{level[finding.severity]} {written}::{_escaped(_sentence(finding, speaker))}")
    return "\n".join(lines)


def as_junit(failed: list[Finding], speaker: Speaker) -> str:
    """One test case per check, which fails with its findings."""
    results = []
    for code in map(code_of, CHECKS):
        lines = [f"{finding.span}: {_sentence(finding, speaker)}" for finding in failed if finding.code == code]
        results.append(TestResult(code, speaker.rulebook.name, "\n".join(lines) or None))
    return junit_xml("whytune check", results)


def _sentence(finding: Finding, speaker: Speaker) -> str:
    """The message, with how many tasks it concerns."""
    message = pick(finding.message, speaker.language)
    if not finding.regions or not finding.regions.share:
        return message
    return speaker.say("within", value=message, bounds=share(finding.regions.share, speaker))


def _escaped(text: str, also: str = "") -> str:
    """The text with every character escaped that would end it, the percent sign first."""
    for letter in "%\r\n" + also:
        text = text.replace(letter, f"%{ord(letter):02X}")
    return text
