import os
import socket
import subprocess
import sys

import pikepdf
import pytest
from django.utils.html import format_html

from iltb.documents.engine import printable
from iltb.documents.errors import IncompleteDocument, RefusedAddress
from iltb.documents.finishing import header_cells
from iltb.documents.rendering import render_pdf
from tests.documents.reading import opened, squeezed, text_of

PAGE = """<!doctype html><html lang="en-GB"><head><title>A letter</title></head><body>
<h1>Letter</h1><p>{{ text }}</p>
<table><thead><tr><th>Gene</th><th>VAF</th></tr></thead>
<tbody><tr><th scope="row">IL7R</th><td>39</td></tr></tbody></table></body></html>"""


@pytest.fixture
def listener():
    """A port of this machine that nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def nobody_called(server):
    try:
        server.accept()
    except BlockingIOError:
        return True
    return False


def test_text_comes_out_as_it_went_in(template):
    pdf = render_pdf(template(PAGE), {"text": "IL7R p.(Leu242_Leu243insAsnProCys), VAF 39 % ≥ 5 ×10⁹/L"})

    assert squeezed("IL7R p.(Leu242_Leu243insAsnProCys), VAF 39 % ≥ 5 ×10⁹/L") in text_of(pdf)


def test_the_same_input_gives_the_same_bytes(template):
    name = template(PAGE)

    assert render_pdf(name, {"text": "a"}) == render_pdf(name, {"text": "a"})


@pytest.mark.parametrize(
    "element",
    [
        '<img src="{}">',
        '<link rel="stylesheet" href="{}">',
        '<link rel="attachment" href="{}">',
        '<style>@import url("{}");</style>',
        '<style>@font-face {{ font-family: x; src: url("{}") }} p {{ font-family: x }}</style>',
        '<p style="background: url({})">x</p>',
        '<object data="{}"></object>',
        '<embed src="{}">',
        '<svg width="9" height="9"><image href="{}" width="9" height="9"/></svg>',
        '<ul><li style="list-style-image: url({})">x</li></ul>',
        "<style>p::before {{ content: url({}) }}</style>",
    ],
)
def test_any_other_address_stops_the_document_and_is_not_called(template, listener, element):
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/x.png"
    page = template(PAGE.replace("<h1>", element.format(address) + "<h1>", 1))

    with pytest.raises(RefusedAddress, match=r"127\.0\.0\.1"):
        render_pdf(page, {"text": "a"})

    assert nobody_called(listener)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "data:image/png;base64,iVBORw0KGgo=",
        "ftp://example.org/x.png",
        "../js/site.js",
        "../vendor/bootstrap/bootstrap.min.css",
        "file:///proc/self/environ",
    ],
)
def test_files_outside_the_packaged_ones_are_refused_as_well(template, address):
    page = template(PAGE.replace("<h1>", f'<img src="{address}"><h1>', 1))

    with pytest.raises(RefusedAddress):
        render_pdf(page, {"text": "a"})


def test_an_address_in_a_text_is_only_a_text(template, listener):
    text = f'<img src="http://127.0.0.1:{listener.getsockname()[1]}/x"> url(http://127.0.0.1/)'

    pdf = render_pdf(template(PAGE), {"text": text})

    assert squeezed(text) in text_of(pdf)
    assert nobody_called(listener)


def test_a_picture_that_cannot_be_drawn_fails_the_document(template):
    page = template(
        PAGE.replace(
            "<h1>", '<svg width="9" height="9"><rect width="9" height="9" transform="rotate(x)"/></svg><h1>', 1
        )
    )

    with pytest.raises(IncompleteDocument):
        render_pdf(page, {"text": "a"})


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("plain, Łódź, Ελλάδα, Київ", "plain, Łódź, Ελλάδα, Київ"),
        ("≥ 5 % → CR ✓ ×10⁹", "≥ 5 % → CR ✓ ×10⁹"),
        ("😀", "[grinning face]"),
        ("👩\N{ZERO WIDTH JOINER}⚕\N{VARIATION SELECTOR-16}", "[woman][staff of aesculapius]"),
        ("中", "[cjk unified ideograph-4e2d]"),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}b", "a[right-to-left override]b"),
        ("a\0b\x07", "a[u+0000]b[u+0007]"),
        ("line\r\nline\rline", "line\nline\nline"),
        ("soft\N{SOFT HYPHEN}hyphen", "soft\N{SOFT HYPHEN}hyphen"),
        ("\ue000", "[u+e000]"),
    ],
)
def test_signs_that_cannot_be_printed_are_named(text, printed):
    assert printable(text) == printed


def test_no_sign_is_printed_as_an_empty_box(template, caplog):
    chart = format_html('<svg width="90" height="20"><text y="12">{}</text></svg>', "中 😀")

    render_pdf(template(PAGE.replace("{{ text }}", "{{ text }}{{ chart }}")), {"text": "中 😀", "chart": chart})

    assert [record.message for record in caplog.records if "glyph" in record.message] == []


@pytest.fixture
def document(template):
    with opened(render_pdf(template(PAGE), {"text": "a"})) as pdf:
        yield pdf


def test_a_document_is_tagged_and_names_its_language(document):
    root = document.Root

    assert (str(root.Lang), bool(root.MarkInfo.Marked), "/StructTreeRoot" in root) == ("en-GB", True, True)


def test_a_document_says_that_it_can_be_archived_and_read_aloud(document):
    metadata = document.Root.Metadata.read_bytes().decode()

    for mark in ('pdfaid:part="3"', 'pdfaid:conformance="A"', "<pdfuaid:part>1</pdfuaid:part>", "pdfaSchema:prefix"):
        assert mark in metadata


def test_the_title_is_shown_instead_of_the_file_name(document):
    assert (str(document.docinfo.Title), bool(document.Root.ViewerPreferences.DisplayDocTitle)) == ("A letter", True)


def test_a_document_has_an_output_intent_and_an_identifier(document):
    assert ("/OutputIntents" in document.Root, len(document.trailer.ID)) == (True, 2)


def test_every_header_cell_has_a_scope(document):
    scopes = [str(cell.A.Scope) for cell, _scope in header_cells(document)]

    assert sorted(scopes) == ["/Column", "/Column", "/Row"]


def test_all_fonts_are_embedded_and_ours(document):
    fonts = [font for page in document.pages for font in page.Resources.Font.values()]
    inner = [font.DescendantFonts[0].FontDescriptor for font in fonts]

    assert {str(descriptor.FontName).split("+")[1] for descriptor in inner} >= {"IBM-Plex-Sans"}
    assert all("/FontFile2" in descriptor or "/FontFile3" in descriptor for descriptor in inner)


def test_nothing_in_a_document_acts(document):
    names = {name for item in document.objects if isinstance(item, pikepdf.Dictionary) for name in item}

    assert names.isdisjoint(
        {"/JavaScript", "/JS", "/EmbeddedFile", "/EmbeddedFiles", "/Launch", "/OpenAction", "/AA", "/AF"}
    )


def test_a_document_tells_no_time_and_no_person(document):
    assert set(document.docinfo.keys()) <= {"/Title", "/Producer", "/Creator", "/Author", "/Subject"}


def test_the_web_process_starts_without_the_renderer():
    script = "import django, sys; django.setup(); import boards.services.advising; print('weasyprint' in sys.modules)"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "iltb.settings.test"}

    printed = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment
    )

    assert printed.stdout.strip() == "False"
