"""Shorthand of molecular findings."""

import pytest

from trials.matching.lesions import (
    ClassOfRearrangements,
    Fusion,
    GeneVariant,
    Rearrangement,
    parse_lesion,
    protein_key,
)
from trials.matching.vocabulary import readable_lesion


def genes(*names: str) -> frozenset[str]:
    return frozenset(names)


@pytest.mark.parametrize(
    ("text", "lesion"),
    [
        ("NPM1", GeneVariant(genes("NPM1"))),
        ("FLT3-ITD", GeneVariant(genes("FLT3"), "ITD")),
        ("KMT2A-PTD", GeneVariant(genes("KMT2A"), "PTD")),
        ("ABL1 p.Thr315Ile", GeneVariant(genes("ABL1"), protein="T315I")),
        ("KMT2A-r", Rearrangement(genes("KMT2A"))),
        ("BCR::ABL1", Fusion(genes("ABL1", "BCR"))),
        (" NUP98::NSD1 ", Fusion(genes("NSD1", "NUP98"))),
        ("ABL-class", ClassOfRearrangements(genes(), "ABL-class")),
        ("HLA-DRA", GeneVariant(genes("HLA-DRA"))),
    ],
)
def test_shorthand_is_read(text, lesion):
    assert parse_lesion(text) == lesion


@pytest.mark.parametrize("text", ["", "::ABL1", "not a lesion", "t(9;22)", "npm1"])
def test_other_text_is_refused(text):
    with pytest.raises(ValueError, match="is no shorthand"):
        parse_lesion(text)


def test_a_class_that_the_list_does_not_hold_is_not_read():
    assert readable_lesion("XYZ-class") is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("p.(Gly12Asp)", "G12D"),
        ("p.Gly12Asp", "G12D"),
        ("p.G12D", "G12D"),
        ("G12D", "G12D"),
        ("p.(Trp288CysfsTer12)", "W288Cfs*12"),
        ("", ""),
    ],
)
def test_protein_changes_share_one_key(text, key):
    assert protein_key(text) == key
