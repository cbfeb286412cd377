"""The reader of the program's own tree, as JSON or JSON Lines."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.errors import EncodingError, ResourceError, SourceError
from publisher.events import Diagnostic
from publisher.record import dataclass
from publisher.text.normalize import clean, join_lines
from publisher.tree.json import FAMILY, from_json, from_json_lines
from publisher.tree.meta import Document, SourceInfo
from publisher.tree.nodes import CodeBlock, Image, Section, Table, Text
from publisher.tree.tables import fit_rows
from publisher.tree.walk import map_blocks, map_inlines

if TYPE_CHECKING:
    from publisher.readers.base import ReadRequest
    from publisher.tree.meta import Resource
    from publisher.tree.nodes import Block, Inline, Inlines

VERSION = "1"


@dataclass(frozen=True, slots=True)
class TreeReader:
    """Reads what ``publisher tree`` writes. Pictures are found again beside the file, by name."""

    name: str = "tree"
    suffixes: tuple[str, ...] = (".json", ".jsonl")
    media_types: tuple[str, ...] = ("application/json", "application/jsonl")

    def sniff(self, head: bytes) -> float:
        """Sure when the schema's name is in sight."""
        begins = head.lstrip(b"\xef\xbb\xbf \t\r\n")
        if not begins.startswith(b"{"):
            return 0.0
        return 1.0 if f'"{FAMILY}/'.encode() in head else 0.0

    def read(self, request: ReadRequest) -> Document:
        """The document.

        Raises:
            SourceError: It is not a tree of a version that this program reads.
        """
        text = _decoded(request)
        read = from_json_lines if _is_lines(text) else from_json
        document = read(text, request.name, request.report)
        info = SourceInfo(
            uri=request.name,
            format="tree",
            encoding="utf-8",
            digest=hashlib.sha256(request.data).hexdigest(),
            reader=f"tree/{VERSION}",
        )
        if not document.sources:
            document = replace(document, sources=(info,))
        document = _sound(document)
        if not document.body and not document.meta.title:
            raise SourceError(
                "holds no text",
                code="source.empty",
                where=request.name,
                hint="is it the right file?",
            )
        return _with_pictures(document, request)


def _decoded(request: ReadRequest) -> str:
    try:
        return request.data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise EncodingError(
            f"is not UTF-8: byte {problem.start} fits nothing there",
            where=request.name,
            hint="JSON is always UTF-8",
        ) from problem


def _is_lines(text: str) -> bool:
    """True when the header stands closed on the first line and more lines follow."""
    first, _, rest = text.lstrip().partition("\n")
    return first.rstrip().endswith("}") and rest.lstrip().startswith("{")


def _sound(document: Document) -> Document:
    """The document with texts, levels and tables as every reader leaves them."""

    def inline(node: Inline) -> Inline | Inlines:
        if not isinstance(node, Text):
            return node
        text = join_lines(clean(node.text).text)
        if text == node.text and text:
            return node
        return Text(text) if text else ()

    def block(node: Block) -> Block:
        match node:
            case Section() if not 1 <= node.level <= 6:
                return replace(node, level=max(1, min(6, node.level)))
            case CodeBlock():
                text = clean(node.text).text
                return node if text == node.text else replace(node, text=text)
            case Table():
                return _fitted(node)
            case _:
                return node

    return map_inlines(map_blocks(document, block), inline)


def _fitted(table: Table) -> Block:
    from publisher.tree.nodes import Column

    fitted = fit_rows((table.head, table.body, table.foot))
    head, body, foot = fitted.groups
    columns = table.columns[: fitted.width]
    columns += tuple(Column() for _ in range(fitted.width - len(columns)))
    if (columns, head, body, foot) == (table.columns, table.head, table.body, table.foot):
        return table
    return replace(table, columns=columns, head=head, body=body, foot=foot)


def _with_pictures(document: Document, request: ReadRequest) -> Document:
    """The document with its pictures in the store; those not found are replaced by their text."""
    lost: set[str] = set()
    for resource in document.resources:
        problem = _load(resource, request)
        if problem:
            lost.add(resource.id)
            args = (("file", resource.name), ("problem", problem))
            request.report(Diagnostic("resource.lost", "warning", args, source=request.name))
    known = {resource.id for resource in document.resources} - lost

    def described(node: Inline) -> Inline | Inlines:
        if not isinstance(node, Image) or node.resource in known:
            return node
        if node.resource not in lost:
            args = (("resource", node.resource[:40]),)
            request.report(Diagnostic("resource.unknown", "warning", args, source=request.name))
        return (Text(node.alt),) if node.alt else ()

    document = map_inlines(document, described)
    cover = document.meta.cover
    if cover and cover not in known:
        document = replace(document, meta=replace(document.meta, cover=""))
    kept = tuple(r for r in document.resources if r.id in known)
    return document if len(kept) == len(document.resources) else replace(document, resources=kept)


def _load(resource: Resource, request: ReadRequest) -> str:
    """Puts a picture into the store; gives what is wrong, or an empty string."""
    if resource.id in request.resources:
        return ""
    if request.path is None or request.root is None or not resource.name:
        return "its file is not known"
    path = request.path.parent / resource.name
    try:
        limit = request.settings.max_bytes
        data = request.environment.read_file(path, within=request.root, limit=limit)
    except ResourceError as problem:
        return problem.message
    if hashlib.sha256(data).hexdigest()[:32] != resource.id:
        return "it is not the picture that the tree was made with"
    request.resources.add_file(path, data)
    return ""
