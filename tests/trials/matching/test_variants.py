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


def test_found_in_one_current_specimen_outweighs_absent_in_another():
    marrow, fluid = specimen("S2", tested_absent=["NRAS"]), specimen("S3", 690, variants=[variant("NRAS")])

    assert outcome(has("NRAS"), marrow, fluid)[0] == "met"


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
    case = specimen(tested_absent=["FLT3"])

    assert [outcome(has(text), case)[0] for text in ("FLT3", "FLT3-ITD")] == ["not_met", "unknown"]


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
