"""What laboratories found: profiles, signature, drug response, origin and donor cells."""

import pytest

from tests.trials.documents import answer, facts, leaf, specimen, stated, variant
from trials.matching.answers import Reason

NO = Reason.NOT_GIVEN


def panel(word: str = "sensitive", **more: object) -> dict[str, object]:
    responses = [{"name": "Sprycel", "code": "dasatinib", "display": "dasatinib", "interpretation": word}]
    return {"status": "done", "specimen": "S2", "qc": "pass", "responses": responses, **more}


@pytest.mark.parametrize(
    ("panels", "expected"),
    [
        ([panel()], True),
        ([panel("resistant")], False),
        ([panel("intermediate")], False),
        ([panel("not_evaluable")], Reason.NOT_ASSESSABLE),
        ([panel("")], NO),
        ([panel(qc="borderline")], True),
        ([panel(qc="fail")], Reason.FAILED),
        ([panel(specimen="S1")], Reason.BEFORE_REMISSION),
        ([panel(specimen="")], Reason.NO_SPECIMEN),
        ([panel(status="pending")], Reason.PENDING),
        ([panel(responses=[])], Reason.NOT_TESTED),
        ([panel(status="not_done", responses=[])], Reason.NOT_TESTED),
        ([panel(status="pending", responses=[])], Reason.PENDING),
        ([panel(), panel("resistant")], Reason.CONTRADICTORY),
        ([panel(specimen=""), panel()], True),
        ([], NO),
    ],
)
def test_drug_response_is_the_word_of_the_laboratory_on_current_cells(panels, expected):
    specimens = [specimen("S1", 0, current=False), specimen("S2")]

    assert stated("ex_vivo_sensitive", "dasatinib", specimens=specimens, ex_vivo=panels) == expected


def test_a_panel_without_a_specimen_is_current_where_all_specimens_are():
    assert stated("ex_vivo_sensitive", "dasatinib", specimens=[specimen()], ex_vivo=[panel(specimen="")]) is True


def test_a_combination_says_nothing_about_the_drug_alone():
    responses = [{"code": "dasatinib", "interpretation": "sensitive", "combination_partners": ["venetoclax"]}]
    panels = [panel(responses=responses)]

    assert stated("ex_vivo_sensitive", "dasatinib", specimens=[specimen()], ex_vivo=panels) is Reason.NOT_TESTED


@pytest.mark.parametrize(
    ("now", "then", "expected"),
    [
        ("yes", "no", True),
        ("no", "", False),
        ("nd", "", Reason.NOT_TESTED),
        ("", "yes", Reason.BEFORE_REMISSION),
        ("unknown", "", NO),
    ],
)
def test_a_signature_is_that_of_the_current_disease(now, then, expected):
    signatures = [{"ph_like_signature": then}, {"ph_like_signature": now}]
    specimens = [
        specimen("S1", 0, current=False, signature=signatures[0]),
        specimen(signature=signatures[1]),
    ]

    assert stated("ph_like_signature", specimens=specimens) == expected


def test_an_entity_that_is_ph_like_has_the_signature():
    assert stated("ph_like_signature", diagnosis={"entity": {"code": "BALL_PH_LIKE"}}) is True


@pytest.mark.parametrize(
    ("time_point", "status", "expected"),
    [
        ("current_relapse", "done", True),
        ("first_relapse", "done", True),
        ("current_relapse", "pending", Reason.PENDING),
        ("current_relapse", "not_done", False),
        ("initial_diagnosis", "done", NO),
    ],
)
def test_a_profile_of_the_relapse_needs_a_specimen_of_a_relapse(time_point, status, expected):
    row = specimen(time_point=time_point, assays=[{"assay_type": "WES", "status": status}])

    assert stated("molecular_profile_relapse", specimens=[row]) == expected


def test_a_flow_profile_that_was_not_done_is_not_one_that_nobody_mentions():
    rows = [specimen(assays=[{"assay_type": "immunophenotype", "status": "not_done"}])]

    assert stated("flow_profile_current", specimens=rows) is False
    assert stated("flow_profile_current", specimens=[specimen()]) is NO


NRAS = leaf("variant", "present", "NRAS")


def found(document: dict, *specimens: dict, **blocks: object):
    got = answer(document, facts(*specimens, **blocks))
    return got.reason or got.verdict.name.lower()


def graft(donor: str = "haplo", day: int | None = 300) -> dict[str, object]:
    return {"donor": donor, "on_day": day}


@pytest.mark.parametrize(
    ("origin", "share", "expected"),
    [
        ("somatic", "45", "met"),
        ("uncertain", "45", Reason.DONOR_CELLS),
        ("", "45", Reason.DONOR_CELLS),
        ("", "0", "met"),
        ("somatic", None, "met"),
        ("", None, Reason.DONOR_CELLS),
        ("uncertain", None, Reason.DONOR_CELLS),
        ("germline", None, Reason.NOT_TESTED),
    ],
)
def test_a_variant_among_donor_cells_may_be_the_donors(origin, share, expected):
    row = specimen(variants=[variant("NRAS", origin=origin)], donor_chimerism_pct=share)

    assert found(NRAS, row, transplants=[graft()]) == expected


@pytest.mark.parametrize(
    ("grafts", "day", "expected"),
    [
        ([], 700, "met"),
        ([graft("autologous")], 700, "met"),
        ([graft(day=800)], 700, "met"),
        ([graft(day=800), graft(day=300)], 700, Reason.DONOR_CELLS),
        ([graft("")], 700, Reason.DONOR_CELLS),
        ([graft(day=None)], 700, Reason.DONOR_CELLS),
        ([graft()], None, Reason.DONOR_CELLS),
    ],
)
def test_a_specimen_without_chimerism_may_hold_donor_cells_after_a_transplant(grafts, day, expected):
    assert found(NRAS, specimen(day=day, variants=[variant("NRAS", origin="")]), transplants=grafts) == expected


@pytest.mark.parametrize(
    ("origin", "expected"), [("somatic", "met"), ("uncertain", Reason.ORIGIN), ("", Reason.ORIGIN)]
)
def test_a_criterion_may_insist_on_a_somatic_variant(origin, expected):
    document = leaf("variant", "present", {"gene": "NRAS", "origin": "somatic"})

    assert found(document, specimen(variants=[variant("NRAS", origin=origin)])) == expected


@pytest.mark.parametrize(
    ("gene", "change", "expected"),
    [
        ("NF1", "loss_hom", "met"),
        ("NF1", "biallelic", "met"),
        ("NF1", "loss_het", Reason.SIGNIFICANCE),
        ("NRAS", "gain", Reason.SIGNIFICANCE),
        ("NRAS", "loss_hom", Reason.SIGNIFICANCE),
    ],
)
def test_a_lost_gene_counts_where_loss_is_how_it_acts(gene, change, expected):
    row = specimen(copy_numbers=[{"gene": gene, "change": change}])

    assert found(leaf("pathway", "altered", "MAPK"), row) == expected


def test_a_changed_number_of_copies_is_no_tandem_duplication():
    row = specimen(copy_numbers=[{"gene": "FLT3", "change": "gain"}], tested_absent=["FLT3-ITD"])

    assert found(leaf("variant", "present", "FLT3-ITD"), row) == "not_met"


@pytest.mark.parametrize(
    ("comparator", "percent", "expected"), [("<", "1", "not_met"), (">", "99", "met"), ("<", "99.5", Reason.DETAIL)]
)
def test_a_share_below_a_limit_decides_only_what_it_allows(comparator, percent, expected):
    row = {"antigen": "CD7", "percent_positive": percent, "percent_of": "blasts", "percent_comparator": comparator}
    document = leaf("antigen_percent", ">=", 99, unit="percent", of="CD7")

    assert found(document, specimen(antigens=[{**row, "intensity": "dim"}])) == expected
