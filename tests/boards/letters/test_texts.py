import re

import pytest
from django.core.exceptions import ImproperlyConfigured

from boards.letters.texts import FILES, FOLDER, letter_texts, read_text

GOOD = """
id: x
name: A text
version: "1"
owner: Office
last_checked: 2026-11-22
legal_review: not yet reviewed by a lawyer
paragraphs: [One sentence.]
"""


@pytest.fixture
def text_file(tmp_path):
    def write(text):
        path = tmp_path / "x.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("name", FILES)
def test_every_text_says_its_version_owner_and_when_it_was_checked(name):
    source = letter_texts()[name].source

    assert all((source.name, source.version, source.owner, source.review))
    assert re.fullmatch(r"\d{1,2}\s[A-Z][a-z]+\s20\d\d", source.last_checked)


def test_every_file_of_the_folder_is_used():
    assert sorted(path.stem for path in FOLDER.glob("*.yaml")) == sorted(FILES)


@pytest.mark.parametrize("name", ["disclaimer", "limitations", "cautions", "follow_up"])
def test_legal_texts_say_that_no_lawyer_has_read_them(name):
    assert letter_texts()[name].source.review == "not yet reviewed by a lawyer"


@pytest.mark.parametrize(
    "element",
    [
        "not binding",
        "pseudonymised",
        "examined the patient",
        "treating physician",
        "law of their country",
        "consent, dosing, monitoring",
        "adverse reactions",
        "outside their licence",
        "approval",
        "investigators of a trial decide",
        "not to endorse",
        "time stated on page 1",
        "not a diagnostic report",
        "certificate",
    ],
)
def test_the_disclaimer_has_every_element_it_needs(element):
    assert element in " ".join(letter_texts()["disclaimer"].paragraphs)


def test_the_cautions_send_the_reader_to_the_protocol_for_doses():
    cautions = " ".join(letter_texts()["cautions"].paragraphs)

    assert "Doses must be checked against the current protocol or summary of product characteristics" in cautions


def test_no_fixed_text_gives_a_dose():
    texts = [paragraph for text in letter_texts().values() for paragraph in text.paragraphs]

    assert not re.search(r"\d\s*(mg|µg|ml|IU|units)\b", " ".join(texts))


def test_the_scales_define_every_grade_that_an_option_can_have():
    from boards.enums import EvidenceGrade, Strength

    scales = {scale.name: [level.term for level in scale.levels] for scale in letter_texts()["scales"].scales}

    assert scales["Evidence for an option"] == [str(grade.label) for grade in EvidenceGrade]
    assert scales["Strength of the advice"] == [str(strength.label) for strength in Strength]


def test_a_good_file_is_read(text_file):
    assert read_text(text_file(GOOD)).paragraphs == ("One sentence.",)


@pytest.mark.parametrize(
    ("line", "instead", "complaint"),
    [
        ('version: "1"', "version: 1", "1 is not a text"),
        ("owner: Office", "", "'owner'"),
        ("owner: Office", "owner: ' '", "is not a text"),
        ("last_checked: 2026-11-22", "last_checked: yesterday", "is not a date"),
        ("paragraphs: [One sentence.]", "paragraphs: [[]]", "is not a text"),
        ("id: x", "{{", "wrong or missing entry"),
    ],
)
def test_a_wrong_entry_stops_with_the_file_and_the_entry(text_file, line, instead, complaint):
    with pytest.raises(ImproperlyConfigured, match=complaint) as refusal:
        read_text(text_file(GOOD.replace(line, instead)))

    assert "x.yaml" in str(refusal.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ImproperlyConfigured, match=r"none\.yaml cannot be read"):
        read_text(tmp_path / "none.yaml")
