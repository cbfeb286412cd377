"""Sources checked from end to end: the sample article, and the log for code scanners."""

import json
from collections import Counter

import jsonschema
import pytest

from publisher.cli.main import main

SAMPLE = "000_36e689250a359071.txt"

# What SARIF 2.1.0 (OASIS, 2020) requires of the parts that are written here: sections 3.13 to 3.52.
REGION = {
    "type": "object",
    "required": ["startLine"],
    "additionalProperties": False,
    "properties": {
        name: {"type": "integer", "minimum": 1}
        for name in ("startLine", "startColumn", "endColumn")
    },
}
MESSAGE = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string", "minLength": 1}},
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["tool", "results", "columnKind"],
                "properties": {
                    "columnKind": {"const": "unicodeCodePoints"},
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name", "rules"],
                                "properties": {
                                    "rules": {
                                        "uniqueItems": True,
                                        "items": {
                                            "required": ["id", "shortDescription", "help"],
                                            "properties": {
                                                "shortDescription": MESSAGE,
                                                "help": MESSAGE,
                                                "defaultConfiguration": {
                                                    "properties": {"level": LEVEL}
                                                },
                                            },
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "minItems": 1,
                        "items": {
                            "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
                            "properties": {
                                "level": LEVEL,
                                "message": MESSAGE,
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "locations": {
                                    "minItems": 1,
                                    "items": {
                                        "required": ["physicalLocation"],
                                        "properties": {
                                            "physicalLocation": {
                                                "required": ["artifactLocation"],
                                                "properties": {"region": REGION},
                                            }
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}


@pytest.fixture
def sample(shared):
    path = shared / "sources" / SAMPLE
    if not path.exists():
        pytest.skip("the sample article is not here")
    return path


def test_the_sample_article(sample, capsys):
    assert main(["check", str(sample), "--format", "json"]) == 0
    findings = json.loads(capsys.readouterr().out)["findings"]
    counts = Counter(f["code"] for f in findings)
    marks = Counter(f["text"] for f in findings if f["code"] == "placeholder")
    assert marks == {"关键词1": 1, "关键词2": 9}
    assert counts["unbalanced"] == 1
    assert counts["empty-field"] == 2
    assert counts["no-break-space"] == 3
    assert counts["halfwidth-punct"] >= 188
    assert counts["over-converted"] == 55
    assert not counts.keys() & {"script-mix", "mojibake", "replacement-char", "invisible"}
    lines = sample.read_text(encoding="utf-8").split("\n")
    for f in findings:
        if f["column"] and f["text"]:
            assert lines[f["line"] - 1].startswith(f["text"], f["column"] - 1), f


def test_the_log_has_the_form_of_sarif(tmp_path, capsys):
    source = tmp_path / "文 章.md"
    source.write_text("# 題\n\n𠮷野,家，关键词2（沒有完\n\n![](無.png)\n", "utf-8")
    assert main(["check", str(source), "--format", "sarif"]) == 0
    log = json.loads(capsys.readouterr().out)
    jsonschema.validate(log, SARIF)
    (run,) = log["runs"]
    uris = {
        place["physicalLocation"]["artifactLocation"]["uri"]
        for result in run["results"]
        for place in result["locations"]
    }
    assert len(uris) == 1
    assert uris.pop().endswith("/%E6%96%87%20%E7%AB%A0.md")
    stop = next(r for r in run["results"] if r["ruleId"] == "halfwidth-punct")
    region = stop["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 3, "endColumn": 4}  # 𠮷 is one character


def test_fixes_of_the_sample_leave_nothing_more_to_fix(sample, tmp_path, capsys):
    target = tmp_path / "mended.txt"
    assert main(["check", str(sample), "--fix", "-o", str(target)]) == 0
    once = target.read_bytes()
    text = once.decode("utf-8")
    assert text.count("关键词2") == 9
    assert "," not in text
    assert main(["check", str(target), "--fix", "--in-place"]) == 0
    assert target.read_bytes() == once
    assert "0 places are mended" in capsys.readouterr().err
