"""Damaged and hostile files give a report or a clear error, soon and in bounded memory."""

import io
import random
import re
import time
import zipfile

import pikepdf
import pytest

from publisher.errors import PublisherError
from publisher.verify.proof import prove
from tests.tools import proof_documents
from tests.tools.fuzz_readers import PROOFS, attempt
from tests.tools.planted_faults import in_pdf

SOON = 5  # seconds of processor time


def proved(data, kind, *, alone=False):
    """A proof, or None for a file that is refused."""
    document, store = proof_documents.good()
    began = time.process_time()
    try:
        return prove(data, f"x.{kind}", None if alone else document, store.open, ours=True)
    except PublisherError:
        return None
    finally:
        assert time.process_time() - began < SOON


def cut(data, rnd):
    """`data` with a stretch lost, doubled, moved, or other bytes in it."""
    at = rnd.randrange(len(data))
    end = min(len(data), at + rnd.randrange(1, 400))
    way = rnd.randrange(4)
    if way == 0:
        return data[:at] + data[end:]
    if way == 1:
        return data[:at] + data[at:end] * 2 + data[end:]
    if way == 2:
        return data[:at]
    spoilt = bytearray(data)
    for _ in range(rnd.randrange(1, 12)):
        spoilt[rnd.randrange(len(spoilt))] = rnd.randrange(256)
    return bytes(spoilt)


def shuffled(data, rnd):
    """An archive with one of its XML members cut, or its tags lost, doubled and exchanged."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    name = rnd.choice([n for n in members if n.endswith((".xml", ".xhtml", ".opf", ".rels"))])
    if rnd.random() < 0.4:
        members[name] = cut(members[name], rnd)
    elif rnd.random() < 0.2:
        del members[name]
    else:
        parts = re.findall(rb"<[^>]*>|[^<]+", members[name])
        for _ in range(rnd.randrange(1, 5)):
            one, other = rnd.randrange(len(parts)), rnd.randrange(len(parts))
            parts[one], parts[other] = rnd.choice(
                [(b"", parts[other]), (parts[one] * 2, parts[other]), (parts[other], parts[one])]
            )
        members[name] = b"".join(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return out.getvalue()


def rewired(data, rnd):
    """A PDF with entries of its objects lost or put in place of others."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        objects = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary | pikepdf.Stream)]
        odd = [5, -1, pikepdf.String("x"), pikepdf.Name("/X"), pikepdf.Array(), True]
        for _ in range(rnd.randrange(1, 6)):
            one = rnd.choice(objects)
            keys = [key for key in one.keys() if key != "/Length"]  # noqa: SIM118 - pikepdf's own
            if keys and rnd.random() < 0.3:
                del one[rnd.choice(keys)]
            elif keys:
                one[rnd.choice(keys)] = rnd.choice([*odd, rnd.choice(objects)])
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("kind", ["pdf", "epub", "docx"])
def test_any_damage_gives_a_report_or_an_error(kind, seed, good_file):
    rnd = random.Random(seed)
    data = good_file(kind).read_bytes()
    inside = rewired if kind == "pdf" else shuffled
    try:
        spoilt = inside(data, rnd) if seed % 4 else cut(data, rnd)
    except (pikepdf.PdfError, ValueError, NotImplementedError, RuntimeError):
        return  # it cannot even be written
    proved(spoilt, kind, alone=seed % 3 == 0)


@pytest.mark.parametrize(
    "content",
    [b"[" + b"1 " * 100_000, b"(" * 50_000, b"[<00> " * 50_000, b"<< " * 50_000, b"q " * 200_000],
)
def test_content_without_end(content, good_file):
    def change(pdf):
        pdf.pages[0].Contents = pdf.make_stream(b"BT /F1 9 Tf " + content)

    assert proved(in_pdf(good_file("pdf"), change), "pdf")


def test_forms_that_draw_forms(good_file):
    def change(pdf):
        inner = pdf.make_stream(b"")
        for _ in range(12):
            form = pdf.make_stream(b"/A Do " * 20)
            form.Subtype, form.Type = pikepdf.Name.Form, pikepdf.Name.XObject
            form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=inner))
            inner = form
        page = pdf.pages[0]
        page.Resources.XObject = pikepdf.Dictionary(A=pdf.make_indirect(inner))
        page.Contents = pdf.make_stream(b"/A Do")

    proved(in_pdf(good_file("pdf"), change), "pdf")


def test_a_map_that_names_too_much(good_file):
    ranges = b"<0000> <FFFF> <4E00>\n" * 20_000

    def change(pdf):
        for value in pdf.objects:
            if isinstance(value, pikepdf.Dictionary) and "/ToUnicode" in value:
                value.ToUnicode = pdf.make_stream(b"beginbfrange\n" + ranges + b"endbfrange")

    assert proved(in_pdf(good_file("pdf"), change), "pdf").faults


def test_elements_that_hold_themselves(good_file):
    def change(pdf):
        root = pdf.Root.StructTreeRoot.K
        first = root.K[0]
        for kid in root.K:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                kid.K = pikepdf.Array([first, root, kid])

    assert proved(in_pdf(good_file("pdf"), change), "pdf").faults


@pytest.mark.parametrize(
    ("old", "new"), [(b"<rdf:RDF", b"<rdf RDF"), (b"<rdf:RDF", b"<rdf:RDX"), (b"<x:xmpmeta", b"<x:xmpmetb")]
)  # fmt: skip
def test_a_damaged_packet_of_metadata_is_a_fault_and_nothing_is_logged(good_file, old, new, caplog):
    data = good_file("pdf").read_bytes()
    assert data.count(old) == 1
    found = proved(data.replace(old, new), "pdf")
    assert "meta.damaged" in {fault.code for fault in found.faults}
    assert caplog.records == []


def test_a_generator_that_says_nothing_is_nobody(good_file):
    with zipfile.ZipFile(good_file("epub")) as book:
        members = {name: book.read(name) for name in book.namelist()}
    (name,) = [name for name in members if name.endswith(".opf")]
    members[name] = re.sub(rb'(name="generator") content="[^"]*"', rb"\1", members[name])
    members[name] = re.sub(rb'content="[^"]*" (name="generator")', rb"\1", members[name])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        for member, data in members.items():
            book.writestr(member, data)
    document, store = proof_documents.good()
    assert prove(made.getvalue(), "x.epub", document, store.open).maker == ""


@pytest.mark.parametrize("name", PROOFS)
def test_numbers_of_thousands_of_digits_and_damage_give_a_proof_or_an_error(name):
    assert {attempt(name, seed, numbers=True) for seed in range(60)}
    assert "right" in {attempt(name, seed) for seed in range(60)}
