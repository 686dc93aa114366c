from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.importers import paste
from cases.importers.preview import UnreadableFile

KNOWN = (
    "NOTCH1",
    "FLT3",
    "KMT2A",
    "AFF1",
    "CDKN2A",
    "BCR",
    "ABL1",
    "NRAS",
    "IL7R",
    "ETV6",
    "RUNX1",
    "UBTF",
    "CD79B",
    "IKZF1",
)
GENES = {name: name for name in KNOWN} | {"MLL": "KMT2A", "AF4": "AFF1", "TEL": "ETV6", "AML1": "RUNX1"}


def symbol(name):
    return GENES.get(name.upper())


def read(text):
    return paste.read_text(text, symbol=symbol)


def only(text):
    preview = read(text)
    assert preview.refused == []
    return preview.proposals[0]


@pytest.mark.parametrize(
    ("line", "kind", "values"),
    [
        ("NOTCH1 p.Leu1600Pro 41 %", "variant", {"gene_symbol": "NOTCH1", "variant_class": "small_variant", "hgvs_p": "p.Leu1600Pro", "vaf": Decimal("0.41")}),
        ("NRAS\tc.35G>A\tp.G12D\t41,2", "variant", {"gene_symbol": "NRAS", "variant_class": "small_variant", "hgvs_c": "c.35G>A", "hgvs_p": "p.Gly12Asp", "vaf": Decimal("0.412")}),
        ("NRAS; c.35G>A; p.(Gly12Asp); 41,2 %", "variant", {"gene_symbol": "NRAS", "variant_class": "small_variant", "hgvs_c": "c.35G>A", "hgvs_p": "p.(Gly12Asp)", "vaf": Decimal("0.412")}),
        ("NRAS G12D VAF 12.5%", "variant", {"gene_symbol": "NRAS", "variant_class": "small_variant", "hgvs_p": "p.Gly12Asp", "vaf": Decimal("0.125")}),
        ("CD79B p.Y196H 30%", "variant", {"gene_symbol": "CD79B", "variant_class": "small_variant", "hgvs_p": "p.Tyr196His", "vaf": Decimal("0.3")}),
        ("FLT3-ITD ratio 0,6", "class_event", {"gene_symbol": "FLT3", "variant_class": "ITD", "allelic_ratio": Decimal("0.6")}),
        ("FLT3-ITD 48 bp", "class_event", {"gene_symbol": "FLT3", "variant_class": "ITD", "length_bp": 48}),
        ("MLL-AF4", "fusion", {"five_prime_gene": "KMT2A", "three_prime_gene": "AFF1"}),
        ("NRAS p.G12D VAF41%", "variant", {"gene_symbol": "NRAS", "variant_class": "small_variant", "hgvs_p": "p.Gly12Asp", "vaf": Decimal("0.41")}),
        ("UBTF-TD", "class_event", {"gene_symbol": "UBTF", "variant_class": "ITD"}),
        ("KMT2A::AFF1", "fusion", {"five_prime_gene": "KMT2A", "three_prime_gene": "AFF1"}),
        ("ETV6-RUNX1 positive", "fusion", {"five_prime_gene": "ETV6", "three_prime_gene": "RUNX1"}),
        ("MLL rearrangement", "fusion", {"five_prime_gene": "KMT2A", "three_prime_gene": ""}),
        ("CDKN2A hom del", "copy_number", {"gene": "CDKN2A", "region": "", "type": "loss_hom", "copies": None}),
        ("IKZF1 heterozygous deletion", "copy_number", {"gene": "IKZF1", "region": "", "type": "loss_het", "copies": None}),
        ("CD19 98 % bright", "antigen", {"antigen": "CD19", "percent_positive": Decimal(98), "percent_of": "unknown", "intensity": "bright"}),
        ("CD22 neg", "antigen", {"antigen": "CD22", "intensity": "negative"}),
        ("cyCD3 80 % of blasts", "antigen", {"antigen": "cyCD3", "compartment": "cytoplasmic", "percent_positive": Decimal(80), "percent_of": "blasts", "intensity": "unknown"}),
        ("BCR::ABL1 not detected", "absence", {"target": "BCR::ABL1"}),
        ("NRAS wild type", "absence", {"target": "NRAS"}),
        ("FLT3-ITD negativ", "absence", {"target": "FLT3-ITD"}),
        ("KMT2A rearrangement negative", "absence", {"target": "KMT2A-r"}),
        ("NRAS p.G12D not detected", "absence", {"target": "NRAS G12D"}),
        ("iAMP21 negative", "absence", {"target": "iAMP21"}),
        ("46,XX,t(9;22)(q34;q11.2)[20]", "karyotype", {"iscn": "46,XX,t(9;22)(q34;q11.2)[20]", "n_metaphases": 20}),
        ("Karyotype: 46,XY[5]", "karyotype", {"iscn": "46,XY[5]", "n_metaphases": 5}),
        ("venetoclax IC50 780 nM resistant", "drug_response", {"drug": "venetoclax", "readout": "IC50", "value": Decimal(780), "unit": "nM", "percentile_in_cohort": None, "interpretation": "resistant"}),
        ("venetoclax IC50 0,02 µM sensitive", "drug_response", {"drug": "venetoclax", "readout": "IC50", "value": Decimal(20), "unit": "nM", "percentile_in_cohort": None, "interpretation": "sensitive"}),
    ],
)  # fmt: skip
def test_a_line_becomes_one_finding(line, kind, values):
    proposal = only(line)

    assert (proposal.kind, proposal.values) == (kind, values)


@pytest.mark.parametrize(
    ("line", "question"), [("NRAS p.G12D VAF 0.4", "0.4 % or 40 %"), ("NRAS p.G12D 0,41", "0.41 % or 41 %")]
)
def test_a_bare_fraction_is_asked_about_and_not_guessed(line, question):
    proposal = only(line)

    assert "vaf" not in proposal.values
    assert question in proposal.warnings[0]


def test_a_small_percentage_with_its_sign_is_clear():
    assert only("NRAS p.G12D 0,4 %").values["vaf"] == Decimal("0.004")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("NRAS p.G12D VAF 141 %", "An allele fraction above 100 % does not exist."),
        ("CD19 120 %", "More than 100 % of cells does not exist."),
        (
            "NRAS not done",
            "Not done, failed or pending is not a negative result. Record the state of the test instead.",
        ),
        (
            "FLT3-ITD pending",
            "Not done, failed or pending is not a negative result. Record the state of the test instead.",
        ),
        ("NRAS", "The row names a gene but no change and no result; unknown is not negative."),
        ("CD19", "The row names an antigen but no result; unknown is not negative."),
        ("good morning", "This line was not understood. Write for example: NRAS p.Gly12Asp 41 %."),
        ("=HYPERLINK(1)", "A cell holds a formula; formulas are not calculated. Paste the values instead."),
    ],
)
def test_a_line_is_refused_with_its_reason(line, reason):
    preview = read(line)

    assert [(refused.original, refused.reason) for refused in preview.refused] == [(line, reason)]


@pytest.mark.parametrize(
    "line",
    [
        "Name: Jan de Vries",
        "Patient Jan de Vries",
        "DOB 12.03.2015",
        "geb. 12/03/2015",
        "Geburtsdatum: 3. März 2015",
        "Naam: de Vries",
        "Nom : Dupont",
        "MRN 00123",
        "Sample ID: 21-4711",
        "Probennummer 4711",
        "Accession: X99",
        "phone 030 1234567",
        "Tel. +49 30 1234567",
        "Dr. House",
        "NRAS p.G12D 41 % 2021-03-04",
        "NRAS p.G12D jan@example.org",
        "NRAS p.G12D 12345678",
    ],
)
def test_what_looks_like_an_identifier_leaves_nothing_behind(line):
    preview = read(line)

    assert preview.proposals == []
    assert [(refused.original, refused.reason) for refused in preview.refused] == [
        ("", "looks like an identifier; nothing of it was kept")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "NRAS chr1:114716123 p.G12D 41 %",
        "NRAS NM_002524.5:c.35G>A 41 %",
        "CD2 90 %",
        "NOTCH1 c.4799T>C 12 %",
        "TEL-AML1",
        "NOM1 p.R5C 9 %",
        "BSN p.R5C 9 %",
    ],
)
def test_positions_and_transcripts_are_no_identifiers(line):
    assert read(line).refused == []


def test_one_bad_line_never_stops_the_others():
    preview = read("NRAS p.G12D 41 %\nrubbish here\n\nCD22 neg")

    assert [proposal.line for proposal in preview.proposals] == [1, 4]
    assert [refused.line for refused in preview.refused] == [2]


def test_the_second_of_two_equal_lines_is_a_duplicate():
    assert [refused.reason for refused in read("NRAS p.G12D 41 %\nNRAS p.Gly12Asp 41%").refused] == [
        "Duplicate of line 1."
    ]


def test_the_same_change_with_another_fraction_is_kept_with_a_warning():
    assert read("NRAS p.G12D 41 %\nNRAS p.G12D 12%").proposals[1].warnings == [
        "Line 1 names the same change with other figures. Keep one of them."
    ]


def test_words_that_were_not_understood_are_named():
    assert only("NRAS p.G12D 41 % surprising").warnings == ["Not understood, so left out: surprising"]


def test_an_unknown_gene_is_kept_as_written_with_a_warning():
    proposal = only("XYZ1 p.G12D 41 %")

    assert proposal.values["gene_symbol"] == "XYZ1"
    assert proposal.warnings == ["XYZ1 is not a gene name we know, or means several genes. Check it."]


def test_a_loss_without_its_number_of_copies_asks():
    proposal = only("CDKN2A deletion")

    assert (proposal.values["type"], proposal.warnings) == ("", ["Is one copy lost or both? Please say."])


def test_a_sign_that_may_mean_thousands_asks():
    proposal = only("venetoclax IC50 1,200 nM")

    assert (proposal.values["value"], len(proposal.warnings)) == (None, 1)


def test_rows_pasted_with_their_headings_are_read_as_a_table():
    preview = read("Gen\tProtein\tVAF (%)\nNRAS\tp.G12D\t0,4\n")

    assert [proposal.values["vaf"] for proposal in preview.proposals] == [Decimal("0.004")]


def test_more_than_ten_thousand_lines_are_refused_in_one_sentence():
    with pytest.raises(UnreadableFile, match="more than 10000 rows"):
        read("NRAS p.G12D\n" * 10_001)


def test_a_letter_is_no_finding_and_leaves_nothing_behind():
    [refused] = read("Dear colleague, " + "Jan is ill " * 500).refused

    assert (refused.original, refused.reason) == (
        "",
        "A line of more than 2,000 characters is a letter, not a finding.",
    )


def test_no_text_is_said_so():
    with pytest.raises(UnreadableFile, match="empty"):
        read("")


WORDS = [
    "NRAS",
    "p.G12D",
    "c.35G>A",
    "41 %",
    "0,4",
    "FLT3-ITD",
    "::",
    "KMT2A",
    "neg",
    "CD19",
    "hom del",
    "IC50",
    "nM",
    "[20]",
    "46,XX",
    "=",
    "ratio",
    "1e99",
    "VAF",
    "<5",
    "\t",
    ";",
    "\n",
    "(",
    "٣",
    "TKD",
]


@given(text=st.lists(st.sampled_from(WORDS) | st.text(max_size=8), min_size=1, max_size=12).map(" ".join).filter(bool))
def test_whatever_is_pasted_every_line_is_proposed_or_refused(text):
    try:
        preview = read(text)
    except UnreadableFile:
        return

    found = Counter([proposal.line for proposal in preview.proposals] + [refused.line for refused in preview.refused])
    assert set(found.values()) <= {1}
    assert all(0 <= proposal.values.get("vaf", 0) <= 1 for proposal in preview.proposals)
