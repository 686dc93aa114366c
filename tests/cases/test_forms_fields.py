"""Per cent, names of a vocabulary, lists of names."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from cases.forms.fields import ConceptField, NamesField, PercentField

FRACTION = PercentField(as_fraction=True, places=3, required=False)
PERCENT = PercentField(required=False)


@pytest.mark.parametrize(
    ("typed", "fraction"),
    [
        ("39", "0.39"),
        ("39 %", "0.39"),
        ("39%", "0.39"),
        ("0,4 %", "0.004"),
        ("0.005 %", "0.00005"),
        ("1", "0.01"),
        ("100", "1"),
        ("0", "0"),
        (" 38,462\u00a0% ", "0.38462"),
    ],
)
def test_per_cent_becomes_a_fraction(typed, fraction):
    assert FRACTION.clean(typed) == Decimal(fraction)


@pytest.mark.parametrize(("typed", "percent"), [("99,6", "99.6"), ("0.5 %", "0.5"), ("", None)])
def test_per_cent_stays_per_cent_where_the_column_says_so(typed, percent):
    assert PERCENT.clean(typed) == (None if percent is None else Decimal(percent))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0.41", "0.41 % or 41 %? Write the number with its unit."),
        ("0,999", "0.999 % or 99.9 %? Write the number with its unit."),
        ("101", "“101” is not between 0 and 100 %."),
        ("-3 %", "“-3 %” is not between 0 and 100 %."),
        ("12.3456", "Write at most 3 digits after the decimal point."),
        ("1.234,5", "Write “1.234.5” without a mark for thousands, for example 1234.5 or 1234,5."),
        ("much", "“much” is not a number. Write it like 0.41 or 0,41."),
        ("NaN", "“NaN” is not a number. Write it like 0.41 or 0,41."),
        ("%", "“%” is not a number. Write it like 0.41 or 0,41."),
    ],
)
def test_a_doubtful_or_impossible_percentage_is_answered_by_a_sentence(typed, sentence):
    with pytest.raises(ValidationError) as caught:
        FRACTION.clean(typed)

    assert caught.value.messages == [sentence]


@pytest.mark.parametrize("stored", ["0.39", "0.004", "0.00001", "1", "0"])
def test_what_is_shown_reads_back_as_what_is_stored(stored):
    assert FRACTION.clean(FRACTION.prepare_value(Decimal(stored))) == Decimal(stored)


def test_the_unit_stands_in_the_box():
    assert FRACTION.prepare_value(Decimal("0.0040")) == "0.4 %"


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["Netherlands", "netherlands", "NL", "NLD"])
def test_a_country_is_found_by_name_and_code(typed):
    assert ConceptField(system="country").clean(typed).code == "NL"


@pytest.mark.django_db
def test_a_country_that_does_not_exist_is_answered_with_similar_names():
    with pytest.raises(ValidationError, match="Netherlands"):
        ConceptField(system="country").clean("Nethrlands")


@pytest.mark.django_db
def test_an_empty_country_is_no_country():
    assert ConceptField(system="country", required=False).clean(" ") is None


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("NRAS, KRAS", ["NRAS", "KRAS"]),
        ("NRAS;KRAS\r\nBCR::ABL1", ["NRAS", "KRAS", "BCR::ABL1"]),
        (" NRAS ,, NRAS ", ["NRAS"]),
        ("high  hyperdiploidy", ["high hyperdiploidy"]),
        ("", []),
    ],
)
def test_names_are_separated_by_commas_semicolons_and_lines(typed, names):
    assert NamesField(longest=40).clean(typed) == names


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("x" * 41, "“xxxxxxxxxxxxxxxxxxxx …” is longer than 40 characters. Separate the names by commas or lines."),
        (",".join(f"G{n}" for n in range(101)), "At most 100 names, please; there are 101."),
    ],
)
def test_too_long_and_too_many_names_are_refused(typed, sentence):
    with pytest.raises(ValidationError) as caught:
        NamesField(longest=40).clean(typed)

    assert caught.value.messages == [sentence]


def test_stored_names_are_shown_with_commas():
    assert NamesField(longest=40).prepare_value(["NRAS", "KRAS"]) == "NRAS, KRAS"
