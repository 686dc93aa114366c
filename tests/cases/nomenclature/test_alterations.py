from decimal import Decimal

import pytest

from cases.nomenclature import Unparsed, alterations
from tests.cases.nomenclature.genes import symbol


def read(text):
    return alterations.parse(text, symbol)


@pytest.mark.parametrize("text", ["NUP98::NSD1", "NUP98-NSD1", "NSD1::NUP98"])
def test_a_fusion_has_an_unordered_key(text):
    assert (read(text).kind, read(text).fusion.key) == ("fusion", ("NSD1", "NUP98"))


def test_old_names_become_approved_symbols_and_the_text_stays():
    found = read("MLL-AF9")

    assert (found.fusion.five_prime, found.fusion.three_prime, found.original) == ("KMT2A", "MLLT3", "MLL-AF9")


@pytest.mark.parametrize("text", ["KMT2A-r", "KMT2A rearranged", "MLLr"])
def test_a_rearrangement_is_a_fusion_without_partner(text):
    assert (read(text).fusion.five_prime, read(text).fusion.three_prime) == ("KMT2A", "")


@pytest.mark.parametrize(("text", "ratio"), [("FLT3-ITD", None), ("FLT3 ITD ratio 0.6", Decimal("0.6"))])
def test_an_itd_is_an_event_with_its_ratio(text, ratio):
    found = read(text)

    assert (found.kind, found.gene, found.event.event, found.event.allelic_ratio) == (
        "class_event",
        "FLT3",
        "ITD",
        ratio,
    )


def test_a_ptd_is_not_a_fusion():
    assert (read("KMT2A-PTD").kind, read("KMT2A-PTD").event.event) == ("class_event", "PTD")


@pytest.mark.parametrize(
    ("text", "predicted"),
    [
        ("DNMT3A p.Arg882His", False),
        ("DNMT3A p.(R882H)", True),
        ("DNMT3A R882H", False),
        ("DNMT3A:p.R882H", False),
        ("DNMT3A: R882H mutation", False),
    ],
)
def test_spellings_of_a_protein_change_meet_in_one_key(text, predicted):
    found = read(text)

    assert (found.kind, found.gene, found.protein.key, found.protein.is_predicted) == (
        "variant", "DNMT3A", "R882H", predicted,
    )  # fmt: skip
    assert found.coding is None


def test_a_cdna_change_makes_no_protein_claim():
    found = read("KRAS c.35G>A")

    assert (found.gene, found.coding.key, found.protein) == ("KRAS", "c.35G>A", None)


@pytest.mark.parametrize(
    "text",
    ["KRAS c.35G>A (p.Gly12Asp)", "KRAS c.35G>A, p.G12D", "NM_004985.5(KRAS):c.35G>A p.(G12D)"],
)
def test_a_change_may_stand_on_both_levels(text):
    found = read(text)

    assert (found.gene, found.coding.key, found.protein.key) == ("KRAS", "c.35G>A", "G12D")


def test_an_accession_names_the_gene_where_no_symbol_stands():
    found = read("NM_004985.5:c.35G>A")

    assert (found.gene, found.coding.accession) == ("", "NM_004985.5")


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("del(17p)", "del(17p)"),
        ("17p-", "del(17p)"),
        ("t(9;22)(q34;q11.2)", "suspected:BCR::ABL1"),
        ("monosomy 7", "-7"),
        ("45,XX,-7[15]/46,XX[5]", "-7"),
    ],
)
def test_a_karyotype_is_tried_last(text, fact):
    found = read(text)

    assert found.kind == "karyotype"
    assert fact in found.karyotype.facts


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "There is no text."),
        ("na", "This says that nothing was examined."),
        ("no metaphases", "This says that nothing was examined."),
        ("BCR-ABL1 negative", "This says that something was not found; enter it as tested and absent."),
        ("p.Arg882His", "The gene is missing, as in KRAS p.Gly12Asp."),
        ("XYZ9 G12D", "“XYZ9” is not a gene that is known here, or it means several genes."),
        ("BCR-XYZ9", "“XYZ9” is not a gene that is known here, or it means several genes."),
        ("KIT p.D816V;p.N822K", "There is more than one change in this text; enter each on its own."),
        ("ITD", "This is a class of changes, not a change; it needs its gene, as in FLT3-ITD."),
        ("FLT3 D835", "This names a position but not the change."),
        ("KRAS p.foo", "This is not a protein change in HGVS form, such as p.Arg882His."),
        ("see report", "This is not a change, fusion, class of changes or karyotype that is read here."),
    ],
)
def test_what_is_not_understood_is_kept_with_the_most_telling_reason(text, reason):
    assert read(text) == Unparsed(text, reason)
