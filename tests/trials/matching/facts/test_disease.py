"""Relapse, refractoriness and sites, where the newer blocks add to the status."""

import pytest

from tests.trials.documents import stated
from trials.matching.answers import Reason
from trials.matching.intervals import Interval


def mrd(method: str, fraction: str, **more: object) -> dict[str, object]:
    row = {"is_current": True, "status": "done", "tissue": "BM", "method": method, "mrd_fraction": fraction}
    return {**row, "comparator": "=", **more}


def molecular_relapse(morphology: str, flow: str | None, *rows: dict) -> dict:
    status = {"status_now": "MRD_relapse", "relapse_number": 2}
    blasts = {"bm_blasts_morphology_pct_of_cells": morphology, "bm_blasts_flow_pct_of_cells": flow}
    return {"status": {**status, **blasts}, "mrd": list(rows)}


@pytest.mark.parametrize(
    ("dossier", "expected"),
    [
        (molecular_relapse("2", "1.1", mrd("IG_TR_qPCR", "0.0082")), Reason.MRD_RELAPSE),
        (molecular_relapse("2", "1.1", mrd("IG_TR_qPCR", "0.01")), True),
        (molecular_relapse("2", None, mrd("flow", "0.011"), mrd("IG_TR_qPCR", "0.01")), True),
        (molecular_relapse("2", "1.1", mrd("flow", "0.011")), Reason.MRD_RELAPSE),
        (molecular_relapse("0.5", "1.1", mrd("IG_TR_qPCR", "0.02")), Reason.MRD_RELAPSE),
        (molecular_relapse("2", "1.1", mrd("IG_TR_qPCR", "0.02", comparator="<")), Reason.MRD_RELAPSE),
        (molecular_relapse("2", "1.1", mrd("IG_TR_qPCR", "0.02", is_current=False)), Reason.MRD_RELAPSE),
        (molecular_relapse("5", None), True),
    ],
)
def test_a_molecular_relapse_counts_from_five_per_cent_or_one_per_cent_by_three_tests(dossier, expected):
    assert stated("in_relapse", **dossier) == expected


def test_a_confirmed_molecular_relapse_is_counted():
    confirmed = molecular_relapse("2", "1.1", mrd("IG_TR_qPCR", "0.01"))

    assert stated("relapse_number", **confirmed) == Interval(2, 2)


def test_persistent_residual_disease_is_refractory_by_some_definitions_only():
    assert stated("refractory", status={"status_now": "MRD_persistent"}) is Reason.DEFINITION


@pytest.mark.parametrize(("count", "expected"), [(0, False), (1, Reason.DEFINITION), (None, Reason.NOT_GIVEN)])
def test_high_risk_is_excluded_without_a_relapse_and_never_claimed(count, expected):
    assert stated("relapse_high_risk", status={"relapse_number": count}) == expected


@pytest.mark.parametrize(
    ("sites", "outside", "isolated"),
    [
        (["bone_marrow"], False, False),
        (["bone_marrow", "skin"], True, False),
        (["CNS"], True, True),
        (["mediastinum", "liver"], True, True),
        (["bone_marrow", "liver", "spleen"], Reason.DEFINITION, False),
        (["lymph_nodes"], Reason.DEFINITION, Reason.DEFINITION),
        ([], Reason.NOT_GIVEN, Reason.NOT_GIVEN),
    ],
)
def test_sites_tell_disease_outside_the_marrow(sites, outside, isolated):
    dossier = {"status": {"sites": sites}}

    assert stated("extramedullary_disease", **dossier) == outside
    assert stated("isolated_extramedullary", **dossier) == isolated


@pytest.mark.parametrize(
    ("also", "expected"),
    [
        ({"cns_status": "CNS1"}, False),
        ({"cns_status": "CNS3a"}, True),
        ({"cns_status": "CNS2b"}, Reason.DEFINITION),
        ({"cns_status": "pending"}, Reason.PENDING),
        ({"cns_status": "not_examined"}, Reason.NOT_GIVEN),
        ({"testicular": "bilateral"}, True),
        ({"testicular": "not_involved"}, False),
    ],
)
def test_cns_and_testes_are_outside_the_marrow_whatever_sites_were_chosen(also, expected):
    assert stated("extramedullary_disease", status={"sites": ["bone_marrow"], **also}) == expected


def test_a_site_that_the_status_states_is_one_of_the_sites():
    status = {"sites": ["bone_marrow"], "cns_status": "CNS3a", "testicular": "unilateral"}

    assert stated("sites", status=status) == {"bone_marrow", "CNS", "testis"}
    assert stated("sites", status={**status, "sites": []}) is Reason.NOT_GIVEN


def test_cns_disease_is_outside_the_marrow_without_any_site():
    assert stated("extramedullary_disease", status={"cns_status": "CNS3a"}) is True
    assert stated("isolated_extramedullary", status={"cns_status": "CNS3a"}) is Reason.NOT_GIVEN


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ({"cns_status": "CNS1"}, False),
        ({"cns_status": "negative"}, False),
        ({"cns_status": "CNS3b"}, True),
        ({"cns_status": "positive"}, True),
        ({"cns_status": "CNS2a"}, Reason.DEFINITION),
        ({"cns_status": "TLP+"}, Reason.DEFINITION),
        ({"cns_status": "CNS1", "sites": ["CNS"]}, True),
        ({"cns_status": "pending"}, Reason.PENDING),
        ({"cns_status": "not_examined"}, Reason.NOT_GIVEN),
        ({}, Reason.NOT_GIVEN),
    ],
)
def test_cns_disease_is_open_between_cns1_and_cns3(status, expected):
    assert stated("cns_disease", status=status) == expected


@pytest.mark.parametrize(
    ("fact", "block", "column", "value"),
    [
        ("initial_risk_group", "diagnosis", "initial_risk_group", "high"),
        ("initial_stage", "diagnosis", "lymphoma_stage_initial", "IPNHLSS_III"),
        ("secondary_disease", "diagnosis", "secondary_disease", "donor_derived"),
        ("refractory_definition", "status", "refractory_definition", "ALL_MRD_not_cleared"),
        ("relapse_timing", "status", "relapse_timing_class", "post_HSCT"),
        ("testicular", "status", "testicular", "unilateral"),
    ],
)
def test_a_code_is_known_as_stated(fact, block, column, value):
    assert stated(fact, **{block: {column: value}}) == value
    assert stated(fact, **{block: {column: ""}}) is Reason.NOT_GIVEN
