"""Fusions: order does not matter, an unknown partner decides nothing, shorthand covers what it names."""

import pytest

from tests.trials.documents import answer, facts, fusion, leaf, specimen, variant
from trials.matching.answers import FactState, Reason


def has(text: str) -> dict:
    return leaf("fusion", "present", text)


def outcome(text: str, *specimens: dict) -> tuple[str, object]:
    found = answer(has(text), facts(*specimens))
    return found.verdict.name.lower(), found.reason or found.state


def found(five: str, three: str) -> dict:
    return specimen(fusions=[fusion(five, three)])


def absent(*texts: str) -> dict:
    return specimen(tested_absent=list(texts))


@pytest.mark.parametrize("text", ["NUP98::NSD1", "NSD1::NUP98", "NUP98-r", "NSD1-r"])
def test_a_fusion_meets_both_orders_and_each_gene(text):
    assert outcome(text, found("NUP98", "NSD1")) == ("met", FactState.KNOWN)


def test_an_unknown_partner_meets_the_gene_and_leaves_the_fusion_open():
    assert outcome("KMT2A-r", found("KMT2A", ""))[0] == "met"
    assert outcome("KMT2A::MLLT3", found("KMT2A", "")) == ("unknown", Reason.PARTNER)


def test_another_partner_of_a_founding_gene_excludes_the_fusion():
    assert outcome("KMT2A::MLLT3", found("KMT2A", "AFF1")) == ("not_met", FactState.NOT_FOUND)


def test_another_partner_of_an_ordinary_gene_excludes_nothing():
    assert outcome("NUP214::ABL1", found("ETV6", "ABL1"))[0] == "unknown"


@pytest.mark.parametrize(
    ("looked_for", "wanted", "expected"),
    [
        ("KMT2A-r", "KMT2A::AFF1", "not_met"),
        ("KMT2A-r", "KMT2A-r", "not_met"),
        ("KMT2A::AFF1", "KMT2A-r", "unknown"),
        ("KMT2A::AFF1", "KMT2A::MLLT3", "unknown"),
        ("ABL-class", "ABL-class", "not_met"),
        ("ABL-class", "NUP214::ABL1", "not_met"),
        ("ABL-class", "PDGFRB-r", "not_met"),
        ("ABL-class", "BCR::ABL1", "unknown"),
        ("ABL-class", "ABL1-r", "unknown"),
        ("ABL-class", "JAK2-r", "unknown"),
        ("ABL1-r", "ABL-class", "unknown"),
        ("NUP214::ABL1", "ABL-class", "unknown"),
    ],
)
def test_an_absence_covers_only_what_it_names(looked_for, wanted, expected):
    assert outcome(wanted, absent(looked_for))[0] == expected


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        (("EBF1", "PDGFRB"), "met"),
        (("NUP214", "ABL1"), "met"),
        (("BCR", "ABL1"), "unknown"),
        (("ABL1", ""), "unknown"),
        (("CSF1R", ""), "met"),
        (("ETV6", "RUNX1"), "unknown"),
    ],
)
def test_a_class_holds_its_members_without_the_exempt_fusion(pair, expected):
    assert outcome("ABL-class", found(*pair))[0] == expected


def test_a_founding_fusion_stays_valid_after_a_remission():
    before = specimen("S1", 0, current=False, fusions=[fusion("KMT2A", "AFF1")])

    assert outcome("KMT2A-r", before, specimen()) == ("met", FactState.KNOWN)


def test_a_kinase_fusion_seen_before_the_last_remission_is_open():
    before = specimen("S1", 0, current=False, fusions=[fusion("EBF1", "PDGFRB")])

    assert outcome("ABL-class", before, specimen()) == ("unknown", Reason.BEFORE_REMISSION)


def test_a_founding_fusion_excluded_at_diagnosis_stays_excluded():
    before = specimen("S1", 0, current=False, tested_absent=["KMT2A-r", "JAK2-r"])

    assert [outcome(text, before)[0] for text in ("KMT2A-r", "KMT2A::AFF1", "JAK2-r")] == [
        "not_met",
        "not_met",
        "unknown",
    ]


def test_a_fusion_against_its_own_absence_is_a_contradiction():
    case = specimen(fusions=[fusion("KMT2A", "")], tested_absent=["KMT2A-r"])

    assert outcome("KMT2A::AFF1", case) == ("unknown", Reason.CONTRADICTORY)


def test_one_excluded_partner_settles_an_unknown_partner():
    case = specimen(fusions=[fusion("KMT2A", "")], tested_absent=["KMT2A::AFF1"])

    assert outcome("KMT2A::AFF1", case)[0] == "not_met"


def test_a_variant_is_no_rearrangement():
    assert outcome("NUP98-r", specimen(variants=[variant("NUP98")]))[0] == "unknown"


@pytest.mark.parametrize(
    ("five", "three", "wanted", "expected"),
    [
        ("NUP214", "ABL1", "ABL-class", ("unknown", Reason.SIGNIFICANCE)),
        ("BCR", "ABL1", "BCR::ABL1", ("unknown", Reason.SIGNIFICANCE)),
        ("PCM1", "JAK2", "JAK2-r", ("unknown", Reason.SIGNIFICANCE)),
        ("IGH", "CRLF2", "CRLF2-r", ("met", FactState.KNOWN)),
        ("TCF3", "HLF", "TCF3::HLF", ("met", FactState.KNOWN)),
    ],
)
def test_a_kinase_fusion_out_of_frame_makes_no_kinase(five, three, wanted, expected):
    row = {**fusion(five, three), "in_frame": "no"}

    assert outcome(wanted, specimen(fusions=[row])) == expected


@pytest.mark.parametrize("in_frame", ["yes", "unknown", ""])
def test_a_kinase_fusion_counts_unless_it_is_said_to_be_out_of_frame(in_frame):
    assert outcome("ABL-class", specimen(fusions=[{**fusion("EBF1", "PDGFRB"), "in_frame": in_frame}]))[0] == "met"
