"""One document made up in every way, as text."""

import pytest

from publisher.layout.compose import lay_out
from publisher.layout.dump import dump_pages
from publisher.settings import Settings
from publisher.tree.notes import note_labels
from tests.tools.page_documents import flowing
from tests.tools.plain_setting import plain_job
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
