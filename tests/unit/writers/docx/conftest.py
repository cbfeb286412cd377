"""A factory of written Word files."""

import pytest

from tests.tools import docx_documents
from tests.tools.docx_inspect import DocxFile


@pytest.fixture
def written(tmp_path):
    """Writes a document (by default the one with everything) and opens the file."""

    def make(doc=None, **more):
        target = tmp_path / "out.docx"
        docx_documents.write(target, doc, **more)
        file = DocxFile(target)
        assert file.faults() == []
        return file

    return make
