"""Pages that somebody looked at and approved: small renderings, and a hash of what they draw.

The hash is of the display list (every piece of text with its place to 0.01 pt), which no renderer
comes into: it tells a layout that moved. The picture is compared with some tolerance, so that
another version of the renderer may smooth edges in its own way: it tells a page that is painted
wrongly. ``pytest -n 0 --accept`` writes both; look at the pictures before you commit them.
"""

import hashlib
import json
import os
from pathlib import Path

import pytest

from publisher import config
from publisher.environment import ResourceStore, system_environment
from publisher.job import Workshop
from publisher.layout.display import display
from publisher.stages import lay_out, open_faces, sheet_for, transform
from tests.tools.rendering import difference, page_pictures

HERE = Path(__file__).parent
PAGES = HERE / "pages"
APPROVED = HERE / "approved"
HASHES = APPROVED / "hashes.json"
# Source -> theme; pages of two or more are all kept.
CASES = {
    "hans": "small",
    "hant": "small",
    "ja": "small",
    "ko": "small",
    "ruby": "small",
    "bopomofo": "small",
    "marks": "small",
    "ja-marks": "small",
    "notes": "small",
    "table": "small",
    "columns": "columns",
    "grid": "grid",
    "hant-vertical": "vertical",
    "ja-vertical": "vertical",
}


def made(name, folder):
    """The PDF of a source, and a text of all that its pages draw."""
    import publisher

    settings = config.load(
        None,
        {
            "theme.file": str(PAGES / f"{CASES[name]}.toml"),
            "output.formats": ("pdf",),
            "output.pdf.title_page": False,
        },
    ).settings
    reading = publisher.read(PAGES / f"{name}.md")
    found = []
    workshop = Workshop(system_environment())
    document = transform(reading.document, settings, found.append)
    sheet = sheet_for(document, settings, None)
    faces = open_faces(workshop, document, settings, found.append)
    laid_out = lay_out(document, sheet, faces, ResourceStore(), settings, found.append, drawn=True)
    assert not found, found
    drawn = [str(plan.index) + "\n" + "\n".join(shown(laid_out, plan)) for plan in laid_out.pages]
    target = publisher.write(
        reading,
        folder / f"{name}.pdf",
        theme__file=str(PAGES / f"{CASES[name]}.toml"),
        output__pdf__title_page=False,
    )
    return target, drawn


def shown(laid_out, plan):
    """The operations of a page as lines of text."""
    for op in display(laid_out, plan):
        fields = []
        for value in op:
            if hasattr(value, "_fields"):  # a text item: its face by name
                fields += [getattr(v, "id", v) for v in value]
            else:
                fields.append(value)
        written = [f"{f:.2f}" if isinstance(f, float) else str(f) for f in fields]
        yield " ".join([type(op).__name__, *written])


@pytest.mark.parametrize("name", CASES)
def test_a_page_is_as_approved(name, tmp_path, request):
    target, drawn = made(name, tmp_path)
    pictures = page_pictures(target)
    assert len(pictures) == len(drawn)
    hashes = [hashlib.sha256(page.encode()).hexdigest()[:16] for page in drawn]
    accept = request.config.getoption("--accept")
    kept = json.loads(HASHES.read_text()) if HASHES.exists() else {}
    if accept:
        assert "PYTEST_XDIST_WORKER" not in os.environ, "accept with -n 0: all write one file"
        kept[name] = hashes
        HASHES.write_text(json.dumps(dict(sorted(kept.items())), indent=1) + "\n")
        for old in APPROVED.glob(f"{name}-[0-9].png"):
            old.unlink()
        for number, picture in enumerate(pictures, 1):
            picture.save(APPROVED / f"{name}-{number}.png", optimize=True)
    for number, picture in enumerate(pictures, 1):
        approved = APPROVED / f"{name}-{number}.png"
        assert approved.is_file(), "no approved page; run pytest -n 0 --accept and look at it"
        assert difference(picture, approved) < 20, f"page {number} looks different"
    assert hashes == kept[name], "the page is laid out differently"
