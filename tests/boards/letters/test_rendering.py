import socket
from functools import cache

import pikepdf
import pytest

from boards.letters.context import LetterContext
from boards.letters.rendering import UnsignedContent, render_advice_letter, timeline
from cases.services.freezing import sha256_of
from iltb.documents.errors import UndefinedVariable
from iltb.documents.finishing import header_cells
from tests.boards.letters.samples import empty_letter, letter, longest_letter, pdf_of, printed, with_text_everywhere
from tests.documents.reading import opened, pages_of, squeezed, text_of

SECTIONS = (
    "1. Question asked",
    "2. Summary of advice",
    "3. Case synopsis",
    "4. Relevant findings",
    "5. Options in detail",
    "6. Options considered and not advised",
    "7. Split opinions",
    "8. Cautions",
    "9. Further diagnostics and referral",
    "10. Participants, interests and quorum",
    "11. Limitations",
    "12. Disclaimer",
    "13. Follow-up",
    "14. Signature",
    "15. Scales and short words",
)
PAYLOADS = (
    '<img src="{address}">',
    '<link rel="stylesheet" href="{address}">',
    '<link rel="attachment" href="{address}">',
    "<style>@import url({address})</style>",
    "<style>@font-face{{font-family:x;src:url({address})}}*{{font-family:x}}</style>",
    '<svg><image href="{address}"/></svg>',
    '<svg><use href="{address}#a"/></svg>',
    '<object data="{address}"></object>',
    '<embed src="{address}">',
    '<iframe src="{address}"></iframe>',
    '<base href="{address}">',
    '<a href="{address}">x</a>',
    '<meta http-equiv="refresh" content="0;url={address}">',
    "<script>fetch('{address}')</script>",
    '<p style="background:url({address})">',
    '<img src="file:///etc/passwd">',
    "{{{{ header }}}}{{% include 'letters/advice.html' %}}{{% debug %}}",
    "{{{{ sha256|safe }}}}${{{{7*7}}}}<%= 7*7 %>",
    "]]></text><tspan>&amp;&lt;&#x41;",
    "url({address}) @page {{ content: 'x' }} </style></svg></table></body></html>",
)


@cache
def sample_pages(make=letter) -> list[str]:
    return pages_of(printed(make))


def whole(make=letter) -> str:
    return "".join(sample_pages(make))


def in_order(text, parts):
    places = [text.find(squeezed(part)) for part in parts]
    return -1 not in places and places == sorted(places)


@pytest.mark.parametrize("make", [letter, empty_letter, longest_letter])
def test_every_section_is_there_and_in_its_order(make):
    assert in_order(whole(make), SECTIONS)


@pytest.mark.parametrize("make", [letter, empty_letter, longest_letter])
def test_page_one_answers_the_question(make):
    summary = make()["summary"]
    first = sample_pages(make)[0]

    for text in (*summary["lines"], summary["first_step"], make()["question"]["text"]):
        assert squeezed(text) in first


def test_page_one_ranks_the_options_and_says_until_when_and_whom_to_call():
    first, content = sample_pages()[0], letter()

    for option in content["options"]:
        assert squeezed(f"{option['title']}") in first
        assert squeezed(option["votes"]) in first
    for text in (content["summary"]["validity"], content["summary"]["contact"], content["signature"]["name"]):
        assert squeezed(text) in first


@pytest.mark.parametrize("make", [letter, empty_letter, longest_letter])
def test_every_page_names_the_letter_its_number_and_that_it_is_confidential(make):
    pages = sample_pages(make)

    for number, page in enumerate(pages, start=1):
        for text in (f"Page {number} of {len(pages)}", "ILTB-7K3Q-M2P-1", "Confidential – pseudonymised"):
            assert squeezed(text) in page


def test_the_signature_names_person_time_meaning_and_hash():
    content = letter()

    for text in (*content["signature"].values(), sha256_of(content)):
        assert squeezed(text) in whole()


def texts_of(content):
    if isinstance(content, dict):
        return [
            text
            for name, item in content.items()
            if name not in {"kind", "template", "language"}
            for text in texts_of(item)
        ]
    if isinstance(content, list):
        return [text for item in content for text in texts_of(item)]
    return [content] if isinstance(content, str) else []


def test_everything_that_was_signed_is_printed():
    text = whole().casefold()

    hidden = {said for said in texts_of(letter()) if squeezed(said).casefold() not in text}

    # Codes stand beside their words; access is left out of an option to advise against: nobody is to use it.
    assert hidden == {"not_met", "does not apply"} & hidden


def test_what_was_looked_for_and_not_found_stands_beside_what_was_found():
    _before, findings = whole().split(squeezed("4. Relevant findings"))

    assert in_order(
        findings, ["Found", "IL7R", "Tested, not found", "NUP214::ABL1", "Failed, pending or not done", "karyotype"]
    )


def test_verdicts_are_words_with_signs_not_colours_alone():
    assert squeezed("✓ met") in whole()
    assert squeezed("? unknown") in whole()


def test_an_option_to_advise_against_says_so():
    assert squeezed("Do not use: Another nelarabine block") in sample_pages()[0]


def test_empty_sections_say_that_they_are_empty():
    for text in (
        "Nothing was reported as found.",
        "No negative result was reported.",
        "The board adopted no option.",
        "No vote split the board.",
        "The board recommends no further diagnostics.",
        "Nobody stepped back from this case.",
        "No earlier treatment is stated.",
    ):
        assert squeezed(text) in whole(empty_letter)


def test_the_longest_letter_loses_no_text():
    text = whole(longest_letter)

    sentence = squeezed("Ruxolitinib with venetoclax, after approval;")
    stated = sum(squeezed(said).count(sentence) for said in texts_of(longest_letter()))
    # Titles of adopted options stand on page 1 and with their detail.
    assert text.count(sentence) >= stated


def test_synthetic_data_are_marked_on_page_one():
    content = empty_letter()
    content["header"]["is_synthetic"] = False

    assert squeezed("synthetic data") in sample_pages(empty_letter)[0]
    assert squeezed("synthetic data") not in text_of(pdf_of(content))


@pytest.fixture(scope="module")
def hostile():
    """Every payload in every text that can reach a letter, and the port that it calls."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        payloads = [payload.format(address=f"http://127.0.0.1:{server.getsockname()[1]}/x") for payload in PAYLOADS]
        content = letter()
        content["question"]["text"] = content["options"][0]["rationale"] = "\n".join(payloads)
        content["cautions"] = content["synopsis"]["lines"][0]["regimen"] = " ".join(payloads)
        everywhere = with_text_everywhere(content, payloads[0] + payloads[16])
        yield server, payloads, pdf_of(everywhere)


def test_hostile_texts_are_printed_literally(hostile):
    _server, payloads, pdf = hostile
    text = text_of(pdf)

    assert [payload for payload in payloads if squeezed(payload) not in text] == []


def test_hostile_texts_call_nobody(hostile):
    with pytest.raises(BlockingIOError):
        hostile[0].accept()


def test_hostile_texts_leave_nothing_that_acts(hostile):
    with opened(hostile[2]) as document:
        names = {name for item in document.objects if isinstance(item, pikepdf.Dictionary) for name in item}

    assert names.isdisjoint({"/JavaScript", "/JS", "/EmbeddedFile", "/EmbeddedFiles", "/Launch", "/URI", "/OpenAction"})


def test_no_local_file_is_read_into_a_letter(hostile):
    assert "root:" not in text_of(hostile[2])


def test_very_long_words_and_foreign_signs_break_nothing():
    pdf = pdf_of(with_text_everywhere(empty_letter(), "W" * 60 + " 😀 中"))

    assert squeezed("[grinning face] [cjk unified ideograph-4e2d]") in text_of(pdf)


def test_the_same_values_give_the_same_file():
    assert pdf_of(letter()) == printed()


def test_the_letter_is_small_enough_for_a_mailbox():
    assert len(printed()) < 150_000


@pytest.fixture(scope="module")
def document():
    with opened(printed()) as pdf:
        yield pdf


def test_the_letter_is_tagged_in_british_english(document):
    root = document.Root

    assert (str(root.Lang), bool(root.MarkInfo.Marked), "/StructTreeRoot" in root) == ("en-GB", True, True)


def test_header_cells_of_columns_and_rows_have_their_scope(document):
    scopes = {str(cell.A.Scope) for cell, _place in header_cells(document)}

    assert scopes == {"/Column", "/Row"}


def test_only_our_fonts_are_in_the_letter_all_embedded(document):
    fonts = [font.DescendantFonts[0].FontDescriptor for page in document.pages for font in page.Resources.Font.values()]

    assert {str(font.FontName).split("+")[1][:14] for font in fonts} == {"IBM-Plex-Sans", "IBM-Plex-Sans-"}
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_the_chart_can_be_read_aloud(document):
    figures = [
        item for item in document.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
    ]

    assert [str(figure.Alt)[:17] for figure in figures] == ["Earlier treatment"]


def test_the_files_own_data_name_no_person(document):
    content, said = letter(), " ".join(str(value) for value in document.docinfo.values())

    assert content["addressee"]["physician"] not in said
    assert content["signature"]["name"] not in said
    assert str(document.docinfo.Title) == "Letter of advice ILTB-7K3Q-M2P-1"


def test_headings_become_bookmarks(document):
    with document.open_outline() as outline:
        titles = [child.title for item in outline.root for child in item.children]

    assert titles[:2] == ["1. Question asked", "2. Summary of advice"]


def test_the_renderer_has_nothing_to_complain_about(caplog):
    pdf_of(empty_letter())

    assert [record.message for record in caplog.records if record.name.startswith("weasyprint")] == []


def test_content_other_than_the_signed_is_never_printed():
    content = letter()
    signed = sha256_of(content)
    content["summary"]["first_step"] = "Something else."

    with pytest.raises(UnsignedContent, match="not the content that was signed"):
        render_advice_letter(content, sha256=signed)


@pytest.mark.parametrize("changes", [{"template": "advice-9"}, {"schema": 2}])
def test_a_form_that_this_portal_does_not_know_is_refused(changes):
    with pytest.raises(ValueError, match="There is no template"):
        pdf_of(letter(**changes))


def test_a_template_that_asks_for_more_than_was_signed_fails(tmp_path, settings):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "advice.html").write_text("{{ header.dose }}", encoding="utf-8")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    with pytest.raises(UndefinedVariable, match="dose"):
        pdf_of(letter())


def test_without_treatment_there_is_no_chart():
    assert timeline(LetterContext.from_json(empty_letter()).synopsis) == ""


def test_rendering_asks_no_database():
    """This module has no database mark: a query would fail every test of it."""
    assert printed(empty_letter).startswith(b"%PDF-1.7")
