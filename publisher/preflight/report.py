"""Findings as text for people, as JSON, as SARIF and as GitHub annotations."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from publisher.preflight.codes import CODES
from publisher.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.preflight.model import Finding

SCHEMA: Final = "publisher-findings/1"
_SARIF: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {"info": "note", "warning": "warning", "error": "error"}
_GITHUB: Final = {"info": "notice", "warning": "warning", "error": "error"}
_SHOWN: Final = 5  # findings of a code that are listed, where not all are asked for


def as_text(findings: Sequence[Finding], *, everything: bool = True) -> str:
    """A line a finding, and a summary.

    Args:
        findings: In order.
        everything: All findings of each code; otherwise the first few, and how many there are.
    """
    lines: list[str] = []
    seen: Counter[str] = Counter()
    counts = Counter(f.code for f in findings)
    for finding in findings:
        seen[finding.code] += 1
        if everything or seen[finding.code] <= _SHOWN:
            lines.append(line_of(finding))
        elif seen[finding.code] == _SHOWN + 1:
            more = counts[finding.code] - _SHOWN
            lines.append(f"  … and {more} more {finding.code}; --all lists them")
    lines += remedies(findings)
    lines.append(summary(findings))
    return "\n".join(lines) + "\n"


def line_of(finding: Finding) -> str:
    """One finding: place, level, code, what it means, the text around it."""
    shown = finding.context or ("" if finding.code in CODES else finding.detail)
    context = f": {shown}" if shown else ""
    detail = f" ({finding.detail})" if finding.detail and finding.detail != shown else ""
    return f"{finding.where or '-'}: {finding.severity}: {finding.code}{context}{detail}"


def remedies(findings: Sequence[Finding]) -> list[str]:
    """What each code means and what to do, once."""
    codes = dict.fromkeys(f.code for f in findings if f.code in CODES)
    return ["", *(f"{c}: {CODES[c].meaning}; {CODES[c].remedy}" for c in codes)] if codes else []


def meaning_of(finding: Finding) -> str:
    """What a finding's code means."""
    code = CODES.get(finding.code)
    return code.meaning if code else finding.detail


def summary(findings: Sequence[Finding]) -> str:
    """How many there are of each level."""
    levels = Counter(str(f.severity) for f in findings)
    names = {"error": "errors", "warning": "warnings", "info": "notes"}
    parts = [f"{levels[level]} {name}" for level, name in names.items() if levels[level]]
    return ", ".join(parts) if parts else "nothing found"


def as_json(findings: Sequence[Finding]) -> str:
    """The findings as one JSON object."""
    records = [{**f._asdict(), "remedy": f.remedy} for f in findings]
    return json.dumps({"schema": SCHEMA, "findings": records}, ensure_ascii=False, indent=1) + "\n"


def as_sarif(findings: Sequence[Finding]) -> str:
    """The findings as a SARIF 2.1.0 log; columns count characters, not UTF-16 units."""
    codes = list(dict.fromkeys(f.code for f in findings))
    rules = [
        {
            "id": code,
            "shortDescription": {"text": CODES[code].meaning if code in CODES else code},
            "help": {"text": CODES[code].remedy if code in CODES else code},
            "defaultConfiguration": {
                "level": _LEVELS[CODES[code].severity] if code in CODES else "note"
            },
        }
        for code in codes
    ]
    results = [_result(f, codes.index(f.code)) for f in findings]
    log = {
        "$schema": _SARIF,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "publisher",
                        "semanticVersion": __version__,
                        "rules": rules,
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    text = meaning_of(finding) or finding.code
    shown = " ".join(part for part in (finding.context, finding.detail) if part)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{text}: {shown}" if shown else text},
    }
    if finding.source:
        place: dict[str, Any] = {
            "artifactLocation": {"uri": quote(finding.source.replace("\\", "/"), safe="/:")}
        }
        if finding.line:
            region: dict[str, Any] = {"startLine": finding.line}
            if finding.column:
                region["startColumn"] = finding.column
                region["endColumn"] = finding.column + max(1, len(finding.text))
            place["region"] = region
        result["locations"] = [{"physicalLocation": place}]
    return result


def as_github(findings: Sequence[Finding]) -> str:
    """The findings as workflow commands, which GitHub shows beside the lines."""
    lines: list[str] = []
    for f in findings:
        values = {"file": f.source, "line": f.line, "col": f.column, "title": f.code}
        fields = ",".join(f"{name}={_escaped(str(v))}" for name, v in values.items() if v)
        text = " ".join(part for part in (meaning_of(f), f.context, f.detail) if part)
        message = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        lines.append(f"::{_GITHUB[f.severity]} {fields}::{message}")
    return "\n".join(lines) + ("\n" if lines else "")


def _escaped(value: str) -> str:
    for char, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        value = value.replace(char, code)
    return value
