"""One document made up in every way, as text."""

import pytest

from publisher.layout.compose import lay_out
from publisher.layout.dump import dump_pages
from publisher.layout.pages import start_edge
from publisher.layout.types import ImageOp
from publisher.settings import Settings, ThemeSettings
from publisher.theme.resolve import resolve_theme
from publisher.tree.notes import note_labels
from tests.tools.page_documents import flowing
from tests.tools.plain_setting import PlainSetting, plain_job
from tests.tools.small_documents import small_sheet

MODES = {
    "columns": {"columns": 2, "size": "B5"},
    "columns-wide": {"columns": 2, "size": "B5"},
    "line-grid": {"grid": "lines", "facing": True},
    "feather": {"foot": "feather", "facing": True},
}


@pytest.mark.parametrize("mode", MODES)
def test_pages_as_text(golden, mode):
    document, _ = flowing(chapters=2, wide=mode == "columns-wide")
    sheet = small_sheet("book", **MODES[mode])
    resources = {record.id: record for record in document.resources}
    job = plain_job(sheet, note_labels(document), resources=resources)
    golden(f"layout/pages-{mode}.txt", dump_pages(lay_out(document, job, Settings())))


def test_pictures_of_vertical_pages_stand_in_their_tier():
    document, _ = flowing(chapters=2, language="ja")
    theme = ThemeSettings(
        name="book",
        overrides=(("page", {"columns": 2}), ("writing-mode", "vertical")),
    )
    sheet = resolve_theme(theme, "ja", base=None)
    resources = {record.id: record for record in document.resources}
    job = plain_job(sheet, note_labels(document), resources=resources)
    job.setting.level = lambda: PlainSetting(job.labels)
    made = lay_out(document, job, Settings())
    page = sheet.page
    tiers = (page.column_edge(0), page.column_edge(1))
    feet = []
    for plan in made.pages:
        for slab, x, _ in plan.placed:
            inset = x - start_edge(page, recto=plan.recto)
            tier = 1 if inset >= tiers[1] - 0.01 else 0
            feet += [
                inset + at + part.height - tiers[tier]
                for part, _, at in slab.parts
                if any(isinstance(op, ImageOp) for op in part.draws)
            ]
    assert len(feet) == 4
    assert max(feet) <= page.column_measure + 0.01
