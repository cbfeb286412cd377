"""A document written and read back is the same, apart from what docs/round-trips.md declares."""

import pytest

import publisher
from publisher.environment import ResourceStore
from publisher.events import ignore
from publisher.pipeline import transform, write_document
from publisher.settings import OutputSettings, Settings
from tests.tools import cases
from tests.tools.every_node import every_node, png
from tests.tools.four_languages import LANGUAGES
from tests.tools.round_trip import differences, plain
from tests.tools.round_trip_losses import DOCX, EPUB

LOSSES = {"docx": DOCX, "epub": EPUB}


def back_from(document, resources, form, folder):
    settings = Settings(output=OutputSettings(formats=(form,)))
    target = folder / f"out.{form}"
    write_document(document, resources, settings, target, cases.workshop(), ignore)
    return transform(publisher.read(target).document, Settings(), ignore)


@pytest.mark.parametrize("form", sorted(LOSSES))
def test_every_node_comes_back(form, tmp_path):
    resources = ResourceStore()
    document = every_node(resources.add_bytes(png()))
    document = transform(document, Settings(), ignore)
    back = back_from(document, resources, form, tmp_path)
    losses = LOSSES[form]
    assert differences(plain(document, losses), plain(back, losses)) == []


@pytest.mark.parametrize("form", sorted(LOSSES))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_node_comes_back_in_four_languages(form, language, tmp_path):
    document, resources = cases.document_of(f"every-{language}")
    back = back_from(document, resources, form, tmp_path)
    losses = LOSSES[form]
    assert differences(plain(document, losses), plain(back, losses)) == []


@pytest.mark.parametrize("form", sorted(LOSSES))
def test_the_samples_come_back(form, samples, tmp_path):
    for source in sorted(samples.glob("*.*")):
        if source.suffix not in (".md", ".txt"):
            continue
        reading = publisher.read(source)
        document = transform(reading.document, Settings(), ignore)
        back = back_from(document, reading.resources, form, tmp_path)
        losses = LOSSES[form]
        assert differences(plain(document, losses), plain(back, losses)) == [], source.name


def test_a_difference_is_seen():
    one, _ = cases.document_of("every-ja")
    other, _ = cases.document_of("every-ko")
    assert len(differences(plain(one, EPUB), plain(other, EPUB))) > 20
    assert differences(plain(one), plain(one)) == []
