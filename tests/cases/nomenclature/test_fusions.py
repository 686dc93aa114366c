import pytest

from cases.nomenclature import Unparsed, fusions
from cases.nomenclature.fusions import Fusion
from tests.cases.nomenclature.genes import symbol

FUSIONS = [
    ("NUP98::NSD1", "NUP98", "NSD1"),
    ("NSD1::NUP98", "NSD1", "NUP98"),
    ("NUP98-NSD1", "NUP98", "NSD1"),
    ("NUP98/NSD1", "NUP98", "NSD1"),
    ("NUP98--NSD1", "NUP98", "NSD1"),
    ("NUP98–NSD1", "NUP98", "NSD1"),
    ("nup98 - nsd1", "NUP98", "NSD1"),
    ("MLL-AF4", "KMT2A", "AFF1"),
    ("MLL-AF9", "KMT2A", "MLLT3"),
    ("MLL-ENL", "KMT2A", "MLLT1"),
    ("TEL-AML1", "ETV6", "RUNX1"),
    ("TEL/AML1", "ETV6", "RUNX1"),
    ("BCR-ABL", "BCR", "ABL1"),
    ("BCR-ABL p190", "BCR", "ABL1"),
    ("BCR-ABL1 fusion", "BCR", "ABL1"),
    ("BCR::ABL1 (p210)", "BCR", "ABL1"),
    ("t(9;22) BCR::ABL1", "BCR", "ABL1"),
    ("t(9;22)(q34;q11.2), BCR::ABL1", "BCR", "ABL1"),
    ("E2A-PBX1", "TCF3", "PBX1"),
    ("E2A-PBX", "TCF3", "PBX1"),
    ("CBFB-MYH11", "CBFB", "MYH11"),
    ("AML1-ETO", "RUNX1", "RUNX1T1"),
    ("AML1-EVI1", "RUNX1", "MECOM"),
    ("PML-RAR\N{GREEK SMALL LETTER ALPHA}", "PML", "RARA"),
    ("PML/RARalpha", "PML", "RARA"),
    ("MOZ-CBP", "KAT6A", "CREBBP"),
    ("CBF\N{GREEK SMALL LETTER BETA}-MYH11", "CBFB", "MYH11"),
    ("CALM-AF10", "PICALM", "MLLT10"),
    ("OTT-MAL", "RBM15", "MRTFA"),
    ("IGH::NKX2-1", "IGH", "NKX2-1"),
    ("IGH-NKX2-1", "IGH", "NKX2-1"),
    ("NKX2-1/IGH", "NKX2-1", "IGH"),
]

REARRANGED = ["KMT2A-r", "KMT2A-R", "KMT2A r", "KMT2Ar", "MLLr", "MLL-r", "KMT2A rearranged", "KMT2A rearrangement",
              "KMT2A-rearranged", "rearranged KMT2A", "KMT2A fusion", "KMT2A::?", "KMT2A::"]  # fmt: skip

REFUSED = [
    ("", "This names no genes."),
    ("HLA-A", "HLA-A is a gene, not a fusion."),
    ("NKX2-1", "NKX2-1 is a gene, not a fusion."),
    ("IL7R", "IL7R is a gene, not a fusion."),
    ("BCL-2", "BCL-2 is a gene, not a fusion."),
    ("MDS1-EVI1", "This is not a fusion; write the two genes with “::” between them."),
    ("BCR-XYZ9", "“XYZ9” is not a gene that is known here, or it means several genes."),
    ("QQ1::XYZ9", "Neither QQ1 nor XYZ9 is a gene that is known here."),
    ("BCR::ABL1::JAK2", "A fusion has two genes; enter each fusion on its own."),
    ("BCR::ABL1 pending", "“ABL1 pending” is not a gene symbol."),
    ("BCR-ABL1 negative", "This says that something was not found; enter it as tested and absent."),
    ("no KMT2A rearrangement", "This says that something was not found; enter it as tested and absent."),
    ("CD19", "This is not a fusion; write the two genes with “::” between them."),
]


@pytest.mark.parametrize(("text", "five_prime", "three_prime"), FUSIONS)
def test_a_fusion_keeps_its_order_and_gets_approved_symbols(text, five_prime, three_prime):
    assert fusions.parse(text, symbol) == Fusion(text, five_prime, three_prime)


@pytest.mark.parametrize("text", REARRANGED)
def test_a_rearranged_gene_is_a_fusion_with_unknown_partner(text):
    found = fusions.parse(text, symbol)

    assert (found.five_prime, found.three_prime, found.key, found.normalised) == ("KMT2A", "", ("KMT2A",), "KMT2A-r")


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_no_fusion_is_kept_with_a_reason(text, reason):
    assert fusions.parse(text, symbol) == Unparsed(text, reason)


def test_a_key_has_no_order():
    assert fusions.parse("NSD1::NUP98", symbol).key == fusions.parse("NUP98::NSD1", symbol).key == ("NSD1", "NUP98")


def test_a_double_colon_admits_a_partner_that_the_list_does_not_know():
    found = fusions.parse("NUP98::PHF23", symbol)

    assert (found.normalised, found.unrecognised) == ("NUP98::PHF23", ("PHF23",))


def test_a_fusion_with_two_readings_is_asked_back():
    known = {"A", "A-B", "B-C", "C"}
    found = fusions.parse("A-B-C", lambda name: name if name in known else None)

    assert found.reason == "This can be read as more than one fusion; write it with “::” between the genes."


def test_the_gene_list_is_asked_about_names_only():
    asked = []

    fusions.parse("46,XX,-7[3]/46,XX,t(9;22)(q34;q11)[20]", asked.append)

    assert asked == []


def test_a_page_of_text_is_refused_at_once():
    found = fusions.parse("A-" * 500, symbol)

    assert found.reason == "The text is longer than 200 characters; enter one finding at a time."
