from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.conf import settings

from cases.completeness import Level, blocking, inputs, missing, questions, score, to_follow
from cases.completeness.evidence import PANEL_INPUTS, RESPONSE_INPUTS
from cases.completeness.levels import LEVELS
from cases.importers.vignette import import_case
from cases.models import Case
from cases.services.contents import content_of
from cases.services.drafting import save_block, save_section, save_therapy
from tests.factories.accounts import centre_of, physician
from tests.factories.cases import QUESTION, blocks, complete_case, draft

pytestmark = pytest.mark.django_db
FOLDER = Path(settings.BASE_DIR) / "cases" / "data" / "vignettes"
# The sections call these by the name of their rows.
ROWS = {"specimens", "lines", "mrd", "masses", "germline", "ex_vivo", "comedications", "contraindications"}


def content_from(name):
    user = physician()
    document = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return content_of(import_case(document, actor=user, centre=centre_of(user)).case)


def fresh(case):
    return content_of(Case.objects.get(pk=case.pk))


def gaps(case, level=Level.MANDATORY):
    return {gap.field for gap in missing(fresh(case)) if gap.level is level}


@pytest.mark.parametrize(("name", "most"), [("V1", 30), ("V2", 20), ("V3", 30)])
def test_a_physician_gives_few_mandatory_answers(name, most):
    assert len(inputs(content_from(name))) <= most


def test_an_emergency_asks_for_twenty_inputs_in_all_with_its_rows():
    assert len(inputs(content_from("V2"), with_rows=True)) <= 20


def test_no_row_asks_for_more_than_five_mandatory_inputs():
    rows = [name for name in LEVELS if name not in ("Case", "Patient", "Diagnosis", "DiseaseStatus", "Condition")]

    counts = {name: sum(level == "M" for level in LEVELS[name].values()) for name in rows}

    assert max(counts.values(), key=int) <= 5
    assert (len(PANEL_INPUTS), len(RESPONSE_INPUTS)) == (5, 5)


def express_draft():
    """An emergency with the answers of the express form only."""
    case, filled = draft(), blocks()
    question = {**QUESTION, "urgency": "emergency", "question_types": []}
    patient = {key: filled["patient"][key] for key in filled["patient"] if key not in ("down_syndrome", "height_cm")}
    status = {key: filled["status"][key] for key in ("status_now", "relapse_number", "sites")}
    save_section(
        case=case,
        actor=case.author,
        version=case.version,
        blocks={
            "case": question
            | {"earlier_treatment_text": "Two lines, the last refractory.", "decisive_finding_text": "IL7R mutated"},
            "patient": patient,
            "diagnosis": {"entity": filled["diagnosis"]["entity"]},
            "status": {**status, "bm_blasts_morphology_pct_of_cells": 62},
            "condition": {"performance_score": 70},
            "consent": {"board_discussion": True, "deidentification_confirmed": True},
        },
    )
    return case


def test_an_emergency_can_be_sent_with_the_express_answers():
    assert [gap.field for gap in blocking(fresh(express_draft()))] == []


def test_what_an_emergency_leaves_out_is_listed_as_to_follow():
    owed = {gap.field for gap in to_follow(fresh(express_draft()))}

    assert {"cns_status", "question_types", "given_by", "alt_x_uln", "trials_considered"} <= owed


def test_a_routine_case_owes_the_same_answers_before_it_is_sent():
    case = express_draft()
    save_block(case=case, actor=case.author, version=case.version, block="case", values={"urgency": "expedited"})

    assert {"cns_status", "lines", "specimens", "alt_x_uln"} <= gaps(case)


def test_the_scale_of_the_age_is_filled_in_beside_a_score():
    assert fresh(express_draft())["condition"]["performance_scale"] == "Lansky"


def test_not_done_is_an_answer_to_a_measurement():
    case = complete_case()
    values = {"alt_x_uln": None, "not_done": ["alt_x_uln"]}
    save_block(case=case, actor=case.author, version=case.version, block="condition", values=values)

    assert gaps(case) == set()


def test_an_empty_answer_is_not_the_same_as_not_done():
    case = complete_case()
    save_block(case=case, actor=case.author, version=case.version, block="condition", values={"alt_x_uln": None})

    assert gaps(case) == {"alt_x_uln"}


@pytest.mark.parametrize(
    ("block", "values", "field"),
    [
        (
            "status",
            {"status_now": "primary_refractory", "relapse_number": 0, "refractory_definition": ""},
            "refractory",
        ),
        ("status", {"bm_blasts_morphology_pct_of_cells": None}, "bm_blasts"),
        ("status", {"status_now": "MRD_relapse", "bm_blasts_morphology_pct_of_cells": 2}, "mrd"),
        ("diagnosis", {"disease_group": "LBL_T"}, "lymphoma_stage"),
        ("case", {"urgency_reasons": []}, "urgency_reasons"),
        ("access", {"no_trials_considered": False}, "trials_considered"),
    ],
)
def test_a_condition_makes_an_answer_mandatory(block, values, field):
    case = complete_case()
    save_block(case=case, actor=case.author, version=case.version, block=block, values=values)

    assert any(name.startswith(field) for name in gaps(case))


def test_gvhd_is_asked_for_after_a_donor_transplant_only():
    case = complete_case()
    for donor, asked in (("autologous", False), ("haplo", True)):
        rows = {"transplants": [{"donor": donor}]}
        save_section(case=case, actor=case.author, version=case.version, rows=rows)

        assert ("gvhd_acute_grade" in gaps(case)) is asked


def test_a_marrow_that_was_not_examined_is_an_answer():
    case = complete_case()
    values = {"bm_blasts_morphology_pct_of_cells": None, "bm_blasts_status": "not_done"}
    save_block(case=case, actor=case.author, version=case.version, block="status", values=values)

    assert gaps(case) == set()


def test_lines_without_drugs_are_a_recommendation():
    case = complete_case()
    save_therapy(case=case, actor=case.author, version=case.version, lines=[], none_yet=True)

    assert "lines" not in gaps(case)


def test_the_score_grows_with_every_answer():
    bare, filled = score(content_of(draft())), score(content_of(complete_case()))

    assert 0 <= bare < filled < 100


def test_every_question_has_a_level_in_the_dictionary():
    known = {column for columns in LEVELS.values() for column in columns} | ROWS | {"trials_considered"}

    assert {question.field for question in questions(content_of(complete_case()))} - known == set()


def test_the_dictionary_knows_every_table_of_the_dossier():
    outside = {"CaseUserPermission", "CaseGroupPermission", "Recusal", "EmergencyAccess", "Query", "CaseRevision"}

    tables = {model.__name__ for model in apps.get_app_config("cases").get_models()} - outside

    assert tables - set(LEVELS) == {"BoardQuestion", "StandingDossier"}
