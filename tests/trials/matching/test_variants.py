"""Variants: found now, found before the last remission, looked for, never looked for."""

import pytest

from tests.trials.documents import answer, facts, leaf, specimen, variant, verdict
from trials.matching.answers import FactState, Reason


def has(text: object) -> dict:
    return leaf("variant", "present", text)


def old(**blocks: object) -> dict:
    return specimen("S1", 0, current=False, **blocks)


def outcome(document: dict, *specimens: dict) -> tuple[str, object]:
    found = answer(document, facts(*specimens))
    return found.verdict.name.lower(), found.reason or found.state


def test_a_variant_of_the_current_disease_is_present():
    found = answer(has("NRAS"), facts(specimen(variants=[variant("NRAS", hgvs_p="p.(Gly12Asp)")])))

    assert (found.verdict.name, found.found, found.specimen, found.day) == ("MET", "NRAS p.(Gly12Asp)", "S2", 700)


def test_a_gene_that_was_looked_for_is_not_found():
    assert outcome(has("NRAS"), specimen(tested_absent=["NRAS"])) == ("not_met", FactState.NOT_FOUND)


@pytest.mark.parametrize(
    ("statuses", "reason"),
    [
        (["done"], Reason.COVERAGE),
        (["pending", "not_done"], Reason.PENDING),
        (["failed"], Reason.FAILED),
        (["not_done"], Reason.NOT_TESTED),
        ([], Reason.NOT_TESTED),
    ],
)
def test_a_gene_nobody_mentions_is_unknown_never_absent(statuses, reason):
    assays = [{"assay_type": "WES", "status": status} for status in statuses]

    assert outcome(has("NRAS"), specimen(assays=assays)) == ("unknown", reason)


def test_not_tested_and_unknown_are_two_states():
    states = [
        answer(has("NRAS"), facts(specimen(assays=[{"assay_type": "WES", "status": status}]))).state
        for status in ("not_done", "done")
    ]

    assert states == [FactState.NOT_TESTED, FactState.UNKNOWN]


def test_assays_of_an_older_specimen_say_nothing_about_now():
    case = [old(assays=[{"assay_type": "WES", "status": "done"}]), specimen()]

    assert outcome(has("NRAS"), *case) == ("unknown", Reason.NOT_TESTED)


def test_a_variant_seen_only_before_the_last_remission_is_open():
    assert outcome(has("NRAS"), old(variants=[variant("NRAS")]), specimen()) == ("unknown", Reason.BEFORE_REMISSION)


def test_a_variant_excluded_only_before_the_last_remission_is_open():
    assert outcome(has("NRAS"), old(tested_absent=["NRAS"])) == ("unknown", Reason.ABSENT_BEFORE_REMISSION)


def test_a_founding_variant_stays_present_and_stays_absent():
    assert outcome(has("NPM1"), old(variants=[variant("NPM1")]))[0] == "met"
    assert outcome(has("NPM1"), old(tested_absent=["NPM1"]))[0] == "not_met"


def test_a_variant_lost_since_diagnosis_is_not_found():
    assert outcome(has("NRAS"), old(variants=[variant("NRAS")]), specimen(tested_absent=["NRAS"]))[0] == "not_met"


def test_a_founding_variant_that_vanished_is_a_contradiction():
    case = [old(variants=[variant("NPM1")]), specimen(tested_absent=["NPM1"])]

    assert outcome(has("NPM1"), *case) == ("unknown", Reason.CONTRADICTORY)


def test_found_in_one_current_tissue_outweighs_absent_in_another():
    marrow = specimen("S2", tissue="BM", tested_absent=["NRAS"])
    fluid = specimen("S3", 690, tissue="effusion", variants=[variant("NRAS")])

    assert outcome(has("NRAS"), marrow, fluid)[0] == "met"


@pytest.mark.parametrize(
    ("found_on", "absent_on", "tissue", "expected"),
    [
        (600, 690, "BM", ("unknown", Reason.CONTRADICTORY)),
        (690, 690, "BM", ("unknown", Reason.CONTRADICTORY)),
        (None, 690, "BM", ("unknown", Reason.CONTRADICTORY)),
        (600, None, "BM", ("unknown", Reason.CONTRADICTORY)),
        (600, 690, "", ("unknown", Reason.CONTRADICTORY)),
        (690, 600, "BM", ("met", FactState.KNOWN)),
        (600, 690, "PB", ("met", FactState.KNOWN)),
    ],
)
def test_a_finding_that_a_newer_test_of_the_same_tissue_misses_is_open(found_on, absent_on, tissue, expected):
    then = specimen("S2", found_on, tissue="BM", variants=[variant("NRAS", hgvs_p="p.(Gly12Asp)")])
    later = specimen("S3", absent_on, tissue=tissue, tested_absent=["NRAS"])

    assert outcome(has("NRAS"), then, later) == expected


def test_a_finding_that_was_missed_once_and_seen_again_is_present():
    rows = [{"variants": [variant("NRAS")]}, {"tested_absent": ["NRAS"]}, {"variants": [variant("NRAS")]}]
    specimens = [specimen(f"S{day}", day, tissue="BM", **row) for day, row in zip((600, 650, 700), rows, strict=True)]

    found = answer(has("NRAS"), facts(*specimens))
    assert (found.verdict.name, found.day) == ("MET", 700)


def test_a_gene_without_small_variants_does_not_contradict_its_tandem_duplication_or_loss():
    itd = specimen(variants=[variant("FLT3", variant_class="ITD")], tested_absent=["FLT3"])
    loss = specimen(copy_numbers=[{"gene": "NF1", "change": "loss_hom"}], tested_absent=["NF1"])

    assert [outcome(has("FLT3"), itd)[0], outcome(has("FLT3-ITD"), itd)[0]] == ["met", "met"]
    assert [outcome(has("NF1"), loss)[0], outcome(has("NF1-del"), loss)[0]] == ["met", "met"]


def test_a_fusion_that_a_newer_test_of_its_class_misses_is_open():
    then = specimen("S2", 600, fusions=[{"five_prime_gene": "EBF1", "three_prime_gene": "PDGFRB"}])
    later = specimen("S3", 690, tested_absent=["ABL-class"])

    assert outcome(leaf("fusion", "present", "ABL-class"), then, later) == ("unknown", Reason.CONTRADICTORY)


@pytest.mark.parametrize(
    ("oncogenicity", "expected"),
    [
        ("oncogenic", ("met", FactState.KNOWN)),
        ("likely_oncogenic", ("met", FactState.KNOWN)),
        ("vus", ("unknown", Reason.SIGNIFICANCE)),
        ("unknown", ("unknown", Reason.SIGNIFICANCE)),
        ("benign", ("unknown", Reason.NOT_TESTED)),
    ],
)
def test_only_drivers_count_and_uncertain_ones_stay_open(oncogenicity, expected):
    assert outcome(has("NRAS"), specimen(variants=[variant("NRAS", oncogenicity=oncogenicity)])) == expected


def test_an_uncertain_variant_against_an_absence_is_a_contradiction():
    case = specimen(variants=[variant("NRAS", oncogenicity="vus")], tested_absent=["NRAS"])

    assert outcome(has("NRAS"), case) == ("unknown", Reason.CONTRADICTORY)


def test_an_itd_is_not_any_variant_and_any_variant_is_no_itd():
    itd, point = variant("FLT3", variant_class="ITD"), variant("FLT3", hgvs_p="p.(Asp835Tyr)")

    assert outcome(has("FLT3-ITD"), specimen(variants=[itd]))[0] == "met"
    assert outcome(has("FLT3"), specimen(variants=[itd]))[0] == "met"
    assert outcome(has("FLT3-ITD"), specimen(variants=[point]))[0] == "unknown"


def test_a_negative_gene_says_nothing_about_its_tandem_duplication():
    assert [outcome(has(text), specimen(tested_absent=["FLT3"])) for text in ("FLT3", "FLT3-ITD")] == [
        ("unknown", Reason.COVERAGE),
        ("unknown", Reason.NOT_TESTED),
    ]
    assert outcome(has("FLT3"), specimen(tested_absent=["FLT3", "FLT3-ITD"]))[0] == "not_met"


@pytest.mark.parametrize("gene", ["NF1", "PTEN", "PTPN2", "SH2B3"])
def test_sequencing_a_gene_says_nothing_about_its_loss(gene):
    looked_for = specimen(tested_absent=[gene])

    assert outcome(has(gene), looked_for) == ("unknown", Reason.COVERAGE)
    assert outcome(has(f"{gene} p.Arg10Ter"), looked_for)[0] == "not_met"
    assert outcome(has(gene), specimen(tested_absent=[gene, f"{gene}-del"])) == ("not_met", FactState.NOT_FOUND)


def test_a_loss_excluded_before_the_remission_does_not_complete_a_newer_sequence():
    before = old(tested_absent=["NF1-del"])

    assert outcome(has("NF1"), before, specimen(tested_absent=["NF1"])) == ("unknown", Reason.COVERAGE)


@pytest.mark.parametrize(
    ("change", "expected"),
    [("loss_hom", "met"), ("biallelic", "met"), ("loss_het", Reason.SIGNIFICANCE), ("gain", Reason.NOT_TESTED)],
)
def test_a_loss_is_a_loss_and_a_gain_is_none(change, expected):
    verdict_or_reason = outcome(has("NF1-del"), specimen(copy_numbers=[{"gene": "NF1", "change": change}]))

    assert expected in verdict_or_reason


def test_a_negative_tandem_duplication_says_nothing_about_the_gene():
    case = specimen(tested_absent=["FLT3-ITD"])

    assert [outcome(has(text), case)[0] for text in ("FLT3-ITD", "FLT3")] == ["not_met", "unknown"]


def test_a_protein_change_is_compared_in_one_form():
    resistant = has("ABL1 p.Thr315Ile")

    assert outcome(resistant, specimen(variants=[variant("ABL1", hgvs_p="p.(Thr315Ile)")]))[0] == "met"
    assert outcome(resistant, specimen(variants=[variant("ABL1", hgvs_p="p.E255K")]))[0] == "unknown"
    assert outcome(resistant, specimen(variants=[variant("ABL1")])) == ("unknown", Reason.DETAIL)


def test_a_negative_gene_excludes_each_of_its_changes_but_not_the_reverse():
    assert outcome(has("ABL1 p.Thr315Ile"), specimen(tested_absent=["ABL1"]))[0] == "not_met"
    assert outcome(has("ABL1"), specimen(tested_absent=["ABL1 p.Thr315Ile"]))[0] == "unknown"


def test_a_variant_of_another_kind_may_be_the_tandem_duplication():
    assert outcome(has("FLT3-ITD"), specimen(variants=[variant("FLT3", variant_class="other")])) == (
        "unknown",
        Reason.DETAIL,
    )


def test_a_variant_can_be_written_out():
    wanted = has({"gene": "NRAS", "class": "small_variant", "hgvs_p": "p.Gly12Asp"})

    assert outcome(wanted, specimen(variants=[variant("NRAS", hgvs_p="p.G12D")]))[0] == "met"


def test_shorthand_that_cannot_be_read_says_nothing():
    assert outcome(has("NRAS"), specimen(tested_absent=["RAS pathway", "NRAS?"]))[0] == "unknown"


def test_a_later_day_counts_as_newer_and_no_day_as_oldest():
    first, second = specimen("S2", None, variants=[variant("NRAS")]), specimen("S3", 5, variants=[variant("NRAS")])

    assert answer(has("NRAS"), facts(first, second)).specimen == "S3"


def test_negative_verdicts_come_only_with_a_negative_finding():
    assert verdict(has("NRAS"), facts()) == "unknown"
