"""Laboratory findings: each fact with its words, or the reason why there is none."""

import pytest

from tests.trials.matching.facts.shown import NO, NO_TEST, YES, because, fact, no, yes
from trials.matching.answers import Reason
from trials.matching.facts.model import NOT_GIVEN


def panel(word: str, **more):
    response = {"code": "venetoclax", "display": "Venclyxto", "name": "ABT-199", "interpretation": word}
    return {"status": "done", "specimen": "S2", "qc": "pass", "responses": [response], **more}


CURRENT = {"label": "S2", "is_current_disease": True, "taken_on_day": 700}


@pytest.mark.parametrize(
    ("panels", "expected"),
    [
        ([panel("sensitive")], yes("sensitive")),
        ([panel("intermediate")], no("intermediate")),
        ([panel("resistant", qc="borderline")], no("resistant, quality borderline")),
        ([panel("not_evaluable")], because(Reason.NOT_ASSESSABLE, "not_evaluable")),
        ([panel("")], NOT_GIVEN),
        ([panel("sensitive", qc="fail")], because(Reason.FAILED, "sensitive")),
        ([panel("sensitive", status="failed")], because(Reason.FAILED, "sensitive")),
        ([panel("sensitive", status="pending")], because(Reason.PENDING, "sensitive")),
        ([panel("sensitive", specimen="S9")], yes("sensitive")),
        ([panel("sensitive"), panel("resistant")], because(Reason.CONTRADICTORY, "sensitive; resistant")),
        ([panel("sensitive"), panel("sensitive", qc="borderline")], yes("sensitive")),
        ([panel("sensitive", qc="fail"), panel("resistant")], no("resistant")),
        ([panel("sensitive"), panel("resistant", qc="fail")], yes("sensitive")),
    ],
)
@pytest.mark.parametrize("about", ["venetoclax", "venclyxto", "abt-199"])
def test_sensitivity_in_the_laboratory(panels, expected, about):
    assert fact("ex_vivo_sensitive", about, ex_vivo=panels, specimens=[CURRENT]) == expected


@pytest.mark.parametrize(
    ("panels", "specimens", "expected"),
    [
        ([], [CURRENT], NOT_GIVEN),
        ([panel("sensitive")], [CURRENT], because(Reason.NOT_TESTED)),
        ([panel("sensitive", status="pending")], [CURRENT], because(Reason.PENDING)),
    ],
)
def test_a_drug_that_no_panel_names(panels, specimens, expected):
    assert fact("ex_vivo_sensitive", "imatinib", ex_vivo=panels, specimens=specimens) == expected


@pytest.mark.parametrize(
    ("specimens", "expected"),
    [
        ([CURRENT | {"is_current_disease": False}], because(Reason.BEFORE_REMISSION, "sensitive")),
        ([CURRENT | {"label": "S1"}, CURRENT | {"label": "S3", "is_current_disease": False}], Reason.NO_SPECIMEN),
        ([], Reason.NO_SPECIMEN),
    ],
)
def test_cells_of_an_earlier_or_unknown_specimen_decide_nothing(specimens, expected):
    found = fact("ex_vivo_sensitive", "venetoclax", ex_vivo=[panel("sensitive")], specimens=specimens)

    assert found == (because(expected, "sensitive") if isinstance(expected, Reason) else expected)


@pytest.mark.parametrize(
    ("specimens", "expected"),
    [
        ([CURRENT | {"signature": {"ph_like_signature": "yes"}}], YES),
        ([CURRENT | {"signature": {"ph_like_signature": "no"}}], NO_TEST),
        ([CURRENT | {"signature": {"ph_like_signature": "nd"}}], because(Reason.NOT_TESTED)),
        ([CURRENT], NOT_GIVEN),
        (
            [CURRENT | {"signature": {"ph_like_signature": word}} for word in ("yes", "no")],
            because(Reason.CONTRADICTORY),
        ),
        (
            [CURRENT | {"is_current_disease": False, "signature": {"ph_like_signature": "yes"}}],
            because(Reason.BEFORE_REMISSION),
        ),
    ],
)
def test_the_signature_of_the_current_disease(specimens, expected):
    assert fact("ph_like_signature", specimens=specimens) == expected


def test_the_entity_is_the_signature():
    assert fact("ph_like_signature", diagnosis={"entity": {"code": "BALL_PH_LIKE"}}) == YES


def assayed(*assays, **more):
    return CURRENT | {"assays": [{"assay_type": kind, "status": status} for kind, status in assays], **more}


@pytest.mark.parametrize(
    ("name", "specimen", "expected"),
    [
        ("molecular_profile_current", assayed(("WES", "done")), YES),
        ("molecular_profile_current", assayed(("WES", "done"), is_current_disease=False), NOT_GIVEN),
        ("molecular_profile_current", assayed(("WES", "not_done"), ("OGM", "not_done")), NO),
        ("molecular_profile_current", assayed(("WES", "not_done"), ("OGM", "pending")), because(Reason.PENDING)),
        ("molecular_profile_current", assayed(("WES", "failed")), because(Reason.FAILED)),
        ("molecular_profile_current", assayed(("FISH", "done")), NOT_GIVEN),
        ("molecular_profile_relapse", assayed(("WGS", "done"), time_point="first_relapse"), YES),
        ("molecular_profile_relapse", assayed(("WGS", "done"), time_point="diagnosis"), NOT_GIVEN),
        ("flow_profile_current", assayed(("immunophenotype", "done")), YES),
        ("flow_profile_current", assayed(("WES", "done")), NOT_GIVEN),
        ("flow_profile_current", CURRENT | {"antigens": [{"antigen": "CD19", "method": "flow"}]}, YES),
        ("flow_profile_current", CURRENT | {"antigens": [{"antigen": "CD19", "method": "IHC"}]}, NOT_GIVEN),
    ],
)
def test_whether_the_disease_was_profiled(name, specimen, expected):
    assert fact(name, specimens=[specimen]) == expected


@pytest.mark.parametrize("name", ["code", "display", "name"])
def test_a_drug_of_a_panel_is_found_by_any_of_its_names(name):
    tested = panel("sensitive", responses=[{name: "Venetoclax", "interpretation": "sensitive"}])

    assert fact("ex_vivo_sensitive", "venetoclax", ex_vivo=[tested], specimens=[CURRENT]) == yes("sensitive")


def test_a_combination_says_nothing_of_a_single_drug():
    tested = panel("sensitive")
    tested["responses"][0]["combination_partners"] = ["azacitidine"]

    found = fact("ex_vivo_sensitive", "venetoclax", ex_vivo=[tested], specimens=[CURRENT])
    assert found == because(Reason.NOT_TESTED)
