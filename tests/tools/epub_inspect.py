"""Reads an EPUB back without our own code: container, package document, text as a reader sees it."""

import zipfile
from pathlib import PurePosixPath

from lxml import etree

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
XML = "{http://www.w3.org/XML/1998/namespace}"

_BLOCKS = frozenset(
    [
        "html",
        "head",
        "body",
        "section",
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "figure",
        "figcaption",
        "blockquote",
        "pre",
        "aside",
        "nav",
        "hr",
    ]
)
# What a writer adds to the tree's text: labels, marks in reserve, lists of contents.
_FURNITURE_CLASSES = frozenset({"call", "label", "more", "task", "number", "toc", "missing"})
_FURNITURE = frozenset({"head", "rp", "rt", "nav"})


class EpubFile:
    """An EPUB, opened and read."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as container:
            self.infos = container.infolist()
            self.files = {info.filename: container.read(info) for info in self.infos}
        place = etree.fromstring(self.files["META-INF/container.xml"])
        self.opf_name = place.find(".//{*}rootfile").get("full-path")
        self.opf = etree.fromstring(self.files[self.opf_name])
        self.folder = PurePosixPath(self.opf_name).parent
        self.manifest = {item.get("id"): item for item in self.opf.iter(f"{OPF}item")}

    def read(self, href):
        """The bytes of a file by its name beside the package document."""
        return self.files[str(self.folder / href)]

    def text(self, href):
        return self.read(href).decode()

    def document(self, href):
        """A content document, parsed as XML (as reading systems do)."""
        return etree.fromstring(self.read(href))

    @property
    def spine(self):
        """File names in reading order."""
        return [self.manifest[i.get("idref")].get("href") for i in self.opf.iter(f"{OPF}itemref")]

    @property
    def chapters(self):
        """File names of the body in reading order."""
        return [name for name in self.spine if name.startswith("chapter-")]

    def dc(self, name):
        """The values of a Dublin Core element."""
        return [element.text for element in self.opf.iter(f"{DC}{name}")]

    def meta(self, name, refines=None):
        """The values of a property, of the whole book or of one element."""
        return [
            element.text
            for element in self.opf.iter(f"{OPF}meta")
            if element.get("property") == name and element.get("refines") == refines
        ]

    def lines(self):
        """What the body says, one string a paragraph, without furniture."""
        found = []
        for name in self.chapters:
            _Lines(found).read(self.document(name).find(f"{XHTML}body"))
        return found

    def targets(self):
        """Every ``file#id`` that can be linked to, and every file."""
        found = set()
        for item in self.manifest.values():
            if item.get("media-type") == "application/xhtml+xml":
                name = item.get("href")
                found.add(name)
                found.update(f"{name}#{id_}" for id_ in self.document(name).xpath("//@id"))
        return found

    def links(self):
        """(file, full target) of every inner link, picture and style sheet reference."""
        for item in self.manifest.values():
            if item.get("media-type") != "application/xhtml+xml":
                continue
            name = item.get("href")
            for value in self.document(name).xpath("//*[local-name()='a']/@href"):
                if ":" not in value:
                    yield name, name + value if value.startswith("#") else value


class _Lines:
    def __init__(self, found):
        self.found = found
        self.buffer = []
        self.verbatim = False

    def flush(self):
        text = "".join(self.buffer)
        self.buffer.clear()
        if self.verbatim:
            self.found.extend(line for line in text.split("\n") if line)
        elif text.strip("\n"):
            self.found.append(text.strip("\n"))

    def read(self, element):
        name = etree.QName(element).localname
        classes = frozenset((element.get("class") or "").split())
        if name not in _FURNITURE and not classes & _FURNITURE_CLASSES:
            block = name in _BLOCKS
            if block:
                self.flush()
            if name == "br":
                # A line break inside a paragraph; `document_text` has it as a line feed.
                self.buffer.append("\n")
            self.verbatim = name == "pre" or self.verbatim
            self.buffer.append(element.text or "")
            for child in element:
                self.read(child)
            if block:
                self.flush()
                self.verbatim = False
        if element.tail and name != "body":
            self.buffer.append(element.tail)
