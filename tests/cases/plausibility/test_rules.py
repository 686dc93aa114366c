"""Each rule is shown the contradiction that it is there for, and nothing in a sound dossier."""

from copy import deepcopy

import pytest

from cases.plausibility import Grade, doubts
from cases.services.contents import content_of
from tests.factories.dossier import full_case

pytestmark = pytest.mark.django_db

# What the full dossier itself gives rise to.
ALREADY = {"variant.fraction_above_own_cells", "expression.other_reference"}


@pytest.fixture
def content():
    return deepcopy(content_of(full_case()))


def ids(content):
    return {doubt.id for doubt in doubts(content)}


def put(content, path, value):
    """Set the value at a path such as ``mrd.0.mrd_fraction``."""
    *way, last = path.split(".")
    for name in way:
        content = content[int(name) if name.isdecimal() else name]
    content[int(last) if last.isdecimal() else last] = value


CASES = [
    ("urgency.routine_with_reasons", {"case.urgency": "routine"}),
    ("age.diagnosis_after_now", {"patient.age_months_at_diagnosis": 172}),
    ("patient.weight_and_height", {"patient.weight_kg": "5.6"}),
    ("patient.syndromes_none_and_some", {"patient.other_syndromes": ["none", "NF1"]}),
    ("patient.pregnant_male", {"patient.fertility_or_pregnancy": "pregnant"}),
    ("patient.ml_ds_without_down", {"diagnosis.disease_group": "ML_DS"}),
    ("relapse.none_but_relapsed", {"status.relapse_number": 0}),
    ("relapse.some_but_primary_refractory", {"status.status_now": "primary_refractory"}),
    ("relapse.more_than_lines", {"status.relapse_number": 3}),
    ("relapse.time_without_relapse", {"status.relapse_number": 0}),
    ("relapse.after_now", {"status.time_to_first_relapse_months": 60}),
    ("relapse.timing_against_months", {"status.relapse_timing_class": "late"}),
    ("relapse.after_transplant_without_one", {"status.relapse_timing_class": "post_HSCT", "transplants": []}),
    ("relapse.after_cells_without_any", {"status.relapse_timing_class": "post_CART", "cell_therapies": []}),
    ("status.anc_above_wbc", {"status.wbc": "1", "status.anc": "2"}),
    ("status.haemoglobin_unit", {"status.hb_g_dl": "3.5"}),
    ("status.platelets_unit", {"status.platelets": "2000"}),
    ("status.blasts_differ", {"status.bm_blasts_flow_pct_of_cells": "10"}),
    ("mrd.status_but_overt", {"status.status_now": "MRD_relapse"}),
    ("status.cns_site_but_clear", {"status.sites": ["CNS"]}),
    ("status.cns3_but_no_site", {"status.cns_status": "CNS3a"}),
    ("status.cns_words", {"status.cns_status": "positive"}),
    ("status.testis_of_a_girl", {"patient.sex": "female", "status.sites": ["testis"]}),
    ("status.testis_site_against_finding", {"status.testicular": "bilateral"}),
    ("mrd.status_but_negative", {"status.status_now": "MRD_persistent", "mrd.0.comparator": "<"}),
    ("variant.unreadable", {"specimens.0.variants.0.hgvs_p": "p.whatever"}),
    ("mrd.flow_without_cells", {"mrd.0.mrd_fraction": "0.000001"}),
    ("mrd.below_its_limit", {"mrd.0.mrd_fraction": "0.00001", "mrd.0.detection_limit": "0.0001"}),
    ("mrd.unit", {"mrd.0.mrd_fraction": "0.9"}),
    ("mrd.after_nothing", {"mrd.0.after": "line", "mrd.0.after_number": 9}),
    ("specimen.label_twice", {"specimens.1.label": "s2"}),
    ("specimen.after_now", {"specimens.1.taken_on_day": 2000}),
    ("specimen.diagnosis_late", {"specimens.1.time_point": "initial_diagnosis"}),
    ("specimen.relapse_on_day_0", {"specimens.1.taken_on_day": 0}),
    ("variant.fraction_unit", {"specimens.0.variants.0.vaf": "0.004"}),
    ("variant.germline_low", {"specimens.0.variants.0.vaf": "0.2", "specimens.0.variants.0.origin": "germline"}),
    ("variant.fraction_above_blasts", {"specimens.0.blasts_pct_of_cells": "20"}),
    ("variant.fraction_above_own_cells", {"specimens.0.donor_chimerism_pct": "80"}),
    ("finding.present_and_absent", {"specimens.0.tested_absent": ["STIL::TAL1"]}),
    ("antigen.negative_but_positive", {"specimens.0.antigens.0.intensity": "negative"}),
    ("antigen.two_populations_one_number", {"specimens.0.antigens.0.pattern": "bimodal"}),
    ("antigen.parts_above_100", {"specimens.0.antigens.0.negative_subclone_pct": "10"}),
    ("expression.other_reference", {"specimens.1.expression_outliers.0.same_disease_reference": "no"}),
    ("karyotype.unreadable", {"specimens.1.karyotype.iscn": "complex"}),
    ("karyotype.sex", {"patient.sex": "female"}),
    ("karyotype.cells", {"specimens.1.karyotype.n_metaphases": 10}),
    ("assay.not_done_with_result", {"specimens.1.assays.0": {"assay_type": "karyotype", "status": "not_done"}}),
    ("ex_vivo.viability", {"ex_vivo.0.viability_start_pct": "58"}),
    ("ex_vivo.purity", {"ex_vivo.0.blast_purity_start_pct": "50"}),
    ("ex_vivo.quality", {"ex_vivo.0.qc": "borderline"}),
    ("ex_vivo.percentile_without_cohort", {"ex_vivo.0.responses.0.percentile_in_cohort": "96"}),
    ("ex_vivo.not_done_with_result", {"ex_vivo.0.status": "not_done"}),
    ("germline.not_done_with_result", {"germline.status": "not_done"}),
    ("germline.none_but_pathogenic", {"germline.result": "no_pathogenic_variant"}),
    ("lines.some_but_none_yet", {"no_therapy_yet": True}),
    ("lines.order", {"therapy_lines.0.start_on_day": 600}),
    ("lines.overlap", {"therapy_lines.1.start_on_day": 500}),
    ("lines.after_death", {"therapy_lines.0.best_response": "death_in_induction"}),
    ("lines.after_now", {"therapy_lines.1.stop_on_day": 2000}),
    ("lines.ongoing_but_ended", {"therapy_lines.1.stop_reason": "ongoing"}),
    ("lines.ended_without_day", {"therapy_lines.1.stop_on_day": None}),
    ("lines.refractory_with_remission", {"therapy_lines.1.best_response": "CR"}),
    ("lines.response_too_long", {"therapy_lines.0.response_duration_days": 3000}),
    ("lines.duration_without_response", {"therapy_lines.1.response_duration_days": 30}),
    ("lines.drug_before_line", {"therapy_lines.1.drugs.0.last_given_on_day": 1}),
    ("transplants.after_now", {"transplants.0.on_day": 3000}),
    ("transplants.relapse_but_none_counted", {"status.relapse_number": 0}),
    ("cell_therapies.lost_but_positive", {"cell_therapies.0.loss_reason": "antigen_negative"}),
    ("condition.unit", {"condition.alt_x_uln": "120"}),
    ("condition.not_done_with_value", {"condition.not_done": ["alt_x_uln"]}),
    ("condition.heart", {"condition.sf_pct": "60", "condition.lvef_pct": "58"}),
    ("condition.kidney", {"condition.creatinine_x_uln": "3", "condition.crcl_ml_min_1_73": "110"}),
    ("condition.qtc_very_high", {"condition.qtcf_ms": 481}),
    ("condition.qtc_high", {"condition.qtcf_ms": 451}),
    ("condition.oxygen", {"condition.spo2_room_air_pct": "88"}),
    ("performance.lansky_grown_up", {"condition.performance_scale": "Lansky", "patient.age_months_at_submission": 204}),
    ("performance.adult_scale", {"patient.age_months_at_submission": 143, "patient.age_months_at_diagnosis": 100}),
    ("condition.no_infection_but_kind", {"condition.infection_organisms": ["fungal"]}),
    ("condition.none_and_some", {"condition.organ_history": ["none", "pancreatitis"]}),
    ("condition.gvhd_without_transplant", {"condition.gvhd_acute_grade": 2, "transplants": []}),
    (
        "condition.steroid_without_suppression",
        {"condition.steroid_mg_kg_day": "1", "condition.systemic_immunosuppression": "no"},
    ),
    ("condition.sos_forgotten", {"condition.organ_history": ["none"]}),
    ("condition.comedications_and_none", {"condition.no_comedication": True}),
    ("transplants.some_and_none", {"exposure.no_transplant": True}),
    ("cell_therapies.some_and_none", {"exposure.no_cell_therapy": True}),
    ("access.trials_and_none", {"access.no_trials_considered": True}),
    (
        "consent.adult_by_parent",
        {"patient.age_months_at_submission": 220, "consent.given_by": ["parent_or_guardian"]},
    ),
]


def test_every_rule_sees_its_contradiction(content):
    unseen = []
    for rule, changes in CASES:
        changed = deepcopy(content)
        for path, value in changes.items():
            put(changed, path, value)
        if rule not in ids(changed):
            unseen.append(rule)

    assert unseen == []


def test_a_sound_dossier_gives_no_further_doubt(content):
    assert ids(content) - ALREADY == set()


def test_only_what_cannot_be_true_keeps_a_dossier_back():
    errors = {"age.diagnosis_after_now", "relapse.none_but_relapsed", "lines.some_but_none_yet"}
    content = deepcopy(content_of(full_case()))
    put(content, "patient.age_months_at_diagnosis", 172)
    put(content, "status.relapse_number", 0)
    put(content, "no_therapy_yet", True)

    assert {doubt.id for doubt in doubts(content) if doubt.grade is Grade.ERROR} == errors


def test_donor_cells_behind_the_double_slash_have_their_own_sex(content):
    put(content, "specimens.1.karyotype.iscn", "45,XY,-7[7]//46,XX[13]")

    assert "karyotype.sex" not in ids(content)
