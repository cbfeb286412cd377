"""Writes small documents as EPUB and opens them again."""

from types import SimpleNamespace

import pytest

from publisher.environment import Environment, ResourceStore
from publisher.events import Collector
from publisher.settings import EpubSettings, OutputSettings, Settings, ThemeSettings
from publisher.theme.resolve import resolve_theme
from publisher.tree.meta import Document, Metadata
from publisher.tree.nodes import Text
from publisher.writers.base import WriteRequest
from publisher.writers.epub.writer import EpubWriter
from tests.tools.built_in_fonts import built_in_set
from tests.tools.epub_inspect import EpubFile
from tests.tools.every_node import png

EPOCH = 1_735_689_600  # 2025-01-01T00:00:00Z


class Press:
    """Everything a book needs but the document."""

    def __init__(self, folder):
        self.folder = folder
        self.store = ResourceStore()
        self.picture = self.store.add_bytes(png(40, 30))
        self.found = Collector()
        self.count = 0

    @property
    def codes(self):
        return [diagnostic.code for diagnostic in self.found.diagnostics]

    def write(self, document, *, theme="book", sheet=None, epoch=EPOCH, starts=(), **epub):
        """The path of the book; `starts` are where printed pages begin."""
        language = document.meta.language or "zh-Hans"
        self.count += 1
        target = self.folder / f"book-{self.count}.epub"
        settings = Settings(output=OutputSettings(epub=EpubSettings(**{"fonts": False, **epub})))
        EpubWriter().write(
            WriteRequest(
                document=document,
                sheet=sheet or resolve_theme(ThemeSettings(name=theme), language, base=None),
                settings=settings,
                faces=built_in_set(language),
                resources=self.store,
                laid_out=SimpleNamespace(starts=starts) if starts else None,
                environment=Environment(epoch=epoch),
                target=target,
                report=self.found,
            )
        )
        return target

    def book(self, document, **more):
        return EpubFile(self.write(document, **more))

    def body(self, *blocks, language="zh-Hans", resources=(), **more):
        """The first content document of a book with this body, as text inside the body tag."""
        meta = Metadata(title=(Text("书"),), language=language)
        text = self.book(Document(meta, blocks, resources), **more).text("chapter-001.xhtml")
        return text.partition("<body>\n")[2].partition("</body>")[0]


@pytest.fixture
def press(tmp_path):
    return Press(tmp_path)
