"""Reads a Word file back: its text, and faults that no validator at hand looks for."""

import re
import zipfile
from collections import Counter

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
OVERRIDE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
DEFAULT = "{http://schemas.openxmlformats.org/package/2006/content-types}Default"

# What the writer adds to the tree's text: the title page, decoration between scenes, note labels.
FURNITURE = frozenset({"Title", "Subtitle", "Contributor", "Imprint", "SceneBreak"})
LABELS = frozenset({"FootnoteReference", "EndnoteReference", "NoteLabel"})


class DocxFile:
    """A Word file, opened."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            self.infos = archive.infolist()
            self.data = {info.filename: archive.read(info) for info in self.infos}
        self.trees = {
            name: etree.fromstring(data)
            for name, data in self.data.items()
            if name.endswith((".xml", ".rels"))
        }
        self.document = self.trees["word/document.xml"]
        self.body = self.document.find(f"{W}body")

    def tree(self, name):
        """A part by its short name, such as ``styles``."""
        return self.trees.get(f"word/{name}.xml")

    # ---------------------------------------------------------------------------------- text

    def texts(self):
        """One string for each paragraph of the body, in reading order, furniture left out."""
        return [text for text in _texts(self.body) if text]

    def notes(self, kind="footnote"):
        """The texts of each note, by number."""
        root = self.tree(f"{kind}s")
        if root is None:
            return {}
        return {
            int(note.get(f"{W}id")): [text for text in _texts(note) if text]
            for note in root
            if note.get(f"{W}type") is None
        }

    def shown(self, paragraph):
        """Everything a paragraph shows, labels and field results included."""
        return _text(paragraph, frozenset())

    def paragraphs(self, style):
        """The paragraphs of a style."""
        return [p for p in self.body.iter(f"{W}p") if style_of(p) == style]

    def style(self, style_id):
        """A style by id."""
        found = [
            s for s in self.tree("styles").iter(f"{W}style") if s.get(f"{W}styleId") == style_id
        ]
        return found[0] if found else None

    def sections(self):
        """The properties of each section, in order."""
        return list(self.body.iter(f"{W}sectPr"))

    def relations(self, part="document"):
        """Targets of a part's relations by id."""
        tree = self.trees.get(f"word/_rels/{part}.xml.rels")
        return {} if tree is None else {r.get("Id"): r for r in tree.iter(RELATION)}

    # -------------------------------------------------------------------------------- faults

    def faults(self):
        """Every fault found, as text; an empty list for a sound file."""
        found = []
        for check in (
            self._package,
            self._fields,
            self._bookmarks,
            self._drawings,
            self._references,
            self._cells,
            self._settings,
        ):
            found += check()
        return found

    def _stories(self):
        for name, tree in self.trees.items():
            if re.fullmatch(
                r"word/(document|footnotes|endnotes|comments|header\d+|footer\d+)\.xml", name
            ):
                yield name, tree

    def _package(self):
        types = self.trees["[Content_Types].xml"]
        overrides = {o.get("PartName").lstrip("/") for o in types.iter(OVERRIDE)}
        defaults = {d.get("Extension").lower() for d in types.iter(DEFAULT)}
        names = [info.filename for info in self.infos]
        for name, count in Counter(names).items():
            if count > 1:
                yield f"{name} is in the zip {count} times"
            suffix = name.rpartition(".")[2].lower()
            if name not in overrides and suffix not in defaults and not name.startswith("["):
                yield f"{name} has no content type"
        for name in overrides - set(names):
            yield f"content type of a part that is not there: {name}"
        for name, tree in self.trees.items():
            if not name.endswith(".rels"):
                continue
            folder, _, file = name.rpartition("_rels/")
            source = folder + file.removesuffix(".rels")
            for relation in tree.iter(RELATION):
                if relation.get("TargetMode") == "External":
                    continue
                target = relation.get("Target")
                place = target.lstrip("/") if target.startswith("/") else _resolved(folder + target)
                if place not in names:
                    yield f"{source}: relation to {place}, which is not there"

    def _fields(self):
        for name, tree in self._stories():
            depth = []
            for mark in tree.iter(f"{W}fldChar"):
                kind = mark.get(f"{W}fldCharType")
                if mark.get(f"{W}dirty"):
                    yield f"{name}: a field is dirty, Word will ask"
                if kind == "begin":
                    depth.append("begin")
                elif kind == "separate":
                    if not depth or depth[-1] != "begin":
                        yield f"{name}: a field is separated that did not begin"
                    else:
                        depth[-1] = "separate"
                elif not depth:
                    yield f"{name}: a field ends that did not begin"
                else:
                    depth.pop()
            if depth:
                yield f"{name}: {len(depth)} fields are not closed"

    def _bookmarks(self):
        names, numbers, ends = [], [], []
        for _, tree in self._stories():
            names += [b.get(f"{W}name") for b in tree.iter(f"{W}bookmarkStart")]
            numbers += [b.get(f"{W}id") for b in tree.iter(f"{W}bookmarkStart")]
            ends += [b.get(f"{W}id") for b in tree.iter(f"{W}bookmarkEnd")]
        for name, count in Counter(n.casefold() for n in names).items():
            if count > 1:
                yield f"{count} bookmarks are called {name}"
        for name in names:
            if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,39}", name):
                yield f"bookmark name {name!r}"
        if len(set(numbers)) != len(numbers) or sorted(numbers) != sorted(ends):
            yield "bookmark numbers repeat or do not pair"
        for part, tree in self._stories():
            for link in tree.iter(f"{W}hyperlink"):
                anchor = link.get(f"{W}anchor")
                if anchor is not None and anchor not in names:
                    yield f"{part}: link to {anchor}, which is no bookmark"
            for code in tree.iter(f"{W}instrText"):
                words = code.text.split()
                if words[0] in ("PAGEREF", "REF", "NOTEREF") and words[1] not in names:
                    yield f"{part}: field to {words[1]}, which is no bookmark"
            starts = {c.get(f"{W}id") for c in tree.iter(f"{W}commentRangeStart")}
            stops = {c.get(f"{W}id") for c in tree.iter(f"{W}commentRangeEnd")}
            if starts != stops:
                yield f"{part}: comment ranges do not pair"

    def _drawings(self):
        numbers = [d.get("id") for _, tree in self._stories() for d in tree.iter(f"{WP}docPr")]
        for number, count in Counter(numbers).items():
            if count > 1:
                yield f"{count} drawings have the id {number}"
        for part, tree in self._stories():
            known = self.relations(part.removeprefix("word/").removesuffix(".xml"))
            for element in tree.iter():
                for name in (f"{R}id", f"{R}embed"):
                    used = element.get(name) if isinstance(element.tag, str) else None
                    if used is not None and used not in known:
                        yield f"{part}: relation {used} is not there"

    def _references(self):
        styles = {s.get(f"{W}styleId") for s in self.tree("styles").iter(f"{W}style")}
        for tree in (*dict(self._stories()).values(), self.tree("styles")):
            for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next"):
                for used in tree.iter(W + tag):
                    if used.get(f"{W}val") not in styles:
                        yield f"style {used.get(f'{W}val')} is not there"
        numbering = self.tree("numbering")
        numbers = {"0"}  # none
        if numbering is not None:
            numbers |= {n.get(f"{W}numId") for n in numbering.iter(f"{W}num")}
        for tree in (*dict(self._stories()).values(), self.tree("styles")):
            for used in tree.iter(f"{W}numId"):
                if used.get(f"{W}val") not in numbers:
                    yield f"numbering {used.get(f'{W}val')} is not there"
        for kind in ("footnote", "endnote", "comment"):
            notes = set(self.notes(kind))
            calls = [int(c.get(f"{W}id")) for c in self.document.iter(f"{W}{kind}Reference")]
            if kind == "comment":
                ranges = [int(c.get(f"{W}id")) for c in self.document.iter(f"{W}commentRangeEnd")]
                if sorted(ranges) != sorted(calls):
                    yield f"comments {sorted(calls)} have ranges {sorted(ranges)}"
            if sorted(calls) != sorted(notes):
                yield f"{kind}s {sorted(notes)} are called {sorted(calls)}"

    def _cells(self):
        for part, tree in self._stories():
            for cell in tree.iter(f"{W}tc"):
                if cell[-1].tag != f"{W}p":
                    yield f"{part}: a cell ends with {cell[-1].tag}"
            for table in tree.iter(f"{W}tbl"):
                after = table.getnext()
                if after is not None and after.tag == f"{W}tbl":
                    yield f"{part}: two tables touch"
                columns = len(table.find(f"{W}tblGrid"))
                for row in table.findall(f"{W}tr"):
                    spans = [c.find(f"{W}tcPr/{W}gridSpan") for c in row.findall(f"{W}tc")]
                    width = sum(1 if s is None else int(s.get(f"{W}val")) for s in spans)
                    if width != columns:
                        yield f"{part}: a row of {width} columns on a grid of {columns}"

    def _settings(self):
        settings = self.tree("settings")
        if settings.find(f"{W}updateFields") is not None:
            yield "fields are to be updated, Word will ask"
        for tree in self.trees.values():
            for fonts in tree.iter(f"{W}rFonts"):
                themed = [name for name in fonts.attrib if name.endswith("Theme")]
                if themed:
                    yield f"theme fonts {themed}"


def style_of(paragraph):
    """Id of a paragraph's style."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val")


def _resolved(path):
    parts = []
    for part in path.split("/"):
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def _texts(root):
    for element in root:
        if element.tag == f"{W}p":
            style = style_of(element)
            if style in FURNITURE:
                continue
            text = _text(element, LABELS)
            if style in ("FootnoteText", "EndnoteText"):
                text = text.removeprefix("\t")
            yield from text.split("\n") if style == "CodeBlock" else [text]
        elif element.tag == f"{W}tbl":
            for cell in element.iterfind(f"{W}tr/{W}tc"):
                yield from _texts(cell)


def _text(element, left_out):
    found, hidden = [], 0
    for node in element.iter(f"{W}r", f"{W}fldChar"):
        if node.tag == f"{W}fldChar":
            kind = node.get(f"{W}fldCharType")
            hidden += {"begin": 1, "separate": -1, "end": 0}[kind]
            continue
        parent = node.getparent()
        if parent.tag == f"{W}rt" or hidden:
            continue
        style = node.find(f"{W}rPr/{W}rStyle")
        if style is not None and style.get(f"{W}val") in left_out:
            continue
        found.extend(_piece(child) for child in node)
    return "".join(found)


def _piece(child):
    if child.tag == f"{W}t":
        return child.text or ""
    marks = {"tab": "\t", "br": "\n", "softHyphen": "\xad", "noBreakHyphen": "\u2011"}
    return marks.get(child.tag.removeprefix(W), "")
