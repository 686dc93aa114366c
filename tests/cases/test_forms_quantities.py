"""Numbers with their unit and their limit in the box."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from cases.forms.base import DossierForm
from cases.forms.fields import PercentField
from cases.forms.quantities import HaemoglobinField, Reported, ReportedField, ResidueField, one_for_each_mistake
from cases.models import DiseaseStatus, Patient

MRD = ResidueField(required=False)
HB = HaemoglobinField(required=False)
BLASTS = ReportedField(PercentField(required=False))


@pytest.mark.parametrize(
    ("typed", "fraction"),
    [
        ("0.01 %", "0.0001"),
        ("0,01%", "0.0001"),
        ("10^-4", "0.0001"),
        ("10⁻⁴", "0.0001"),
        ("10-4", "0.0001"),
        ("3 × 10⁻⁵", "0.00003"),
        ("3,5x10^-5", "0.000035"),
        ("1e-4", "0.0001"),
        ("100 %", "1"),
        ("0", "0"),
        ("", None),
    ],
)
def test_residual_disease_is_read_in_per_cent_and_powers(typed, fraction):
    assert MRD.clean(typed) == (None if fraction is None else Decimal(fraction))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0.0001", "0.0001 % or 0.01 %? Write the number with its unit, or as a power such as 10^-4."),
        ("5", "Write “5” with its unit: 5 %, or a power such as 10^-4."),
        ("101 %", "“101 %” is not between 0 and 100 %."),
        ("10^-15", "“10^-15” is not a number. Write it like 0.41 or 0,41."),
        ("little", "“little” is not a number. Write it like 0.41 or 0,41."),
    ],
)
def test_doubtful_residual_disease_is_asked_about(typed, sentence):
    with pytest.raises(ValidationError) as caught:
        MRD.clean(typed)

    assert caught.value.messages == [sentence]


@pytest.mark.parametrize("stored", ["0.0001", "0.0000001", "0.5", "0"])
def test_residual_disease_reads_back_as_stored(stored):
    assert MRD.clean(MRD.prepare_value(Decimal(stored))) == Decimal(stored)


@pytest.mark.parametrize("stored", ["9.18", "3.2", "18"])
def test_haemoglobin_reads_back_as_stored(stored):
    assert HB.clean(HB.prepare_value(Decimal(stored))) == Decimal(stored)


@pytest.mark.parametrize(
    ("typed", "reported"),
    [
        ("< 5", Reported(Decimal(5), "<")),
        ("≤5 %", Reported(Decimal(5), "<=")),
        (">= 98,5 %", Reported(Decimal("98.5"), ">=")),
        ("34", Reported(Decimal(34), "=")),
        ("", None),
    ],
)
def test_a_limit_is_read_with_its_number(typed, reported):
    assert BLASTS.clean(typed) == reported


def test_a_limit_without_a_number_is_asked_about():
    with pytest.raises(ValidationError, match="Write a number after “<”"):
        BLASTS.clean("<")


class Weight(DossierForm):
    """One number of a column with bounds and digits, one without decimals."""

    def __init__(self, data):
        super().__init__(data)
        self.add_column(Patient, "weight_kg")
        self.add_column(DiseaseStatus, "relapse_number")


@pytest.mark.parametrize(
    ("name", "typed", "sentences"),
    [
        ("weight_kg", "12345678", ["“Weight in kg” can be at most 250."]),
        ("weight_kg", "-12345678", ["“Weight in kg” must be at least 1."]),
        ("weight_kg", "300", ["“Weight in kg” can be at most 250."]),
        ("relapse_number", "99999999999", ["“Number of relapses” can be at most 8."]),
        ("weight_kg", "31", []),
    ],
)
def test_one_mistake_is_one_sentence(name, typed, sentences):
    form = Weight({name: typed})

    assert list(form[name].errors) == sentences


def test_too_many_digits_alone_are_said_once():
    digits = [ValidationError("many", code=code) for code in ("max_digits", "max_whole_digits", "max_decimal_places")]

    assert [error.code for error in one_for_each_mistake(digits)] == ["max_digits", "max_decimal_places"]
