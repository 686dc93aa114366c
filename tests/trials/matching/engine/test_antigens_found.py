"""Answers about antigens and about each kind of condition, whole: verdict, state, words, place and reason."""

import pytest

from tests.trials.documents import answer, antigen, facts, leaf, specimen
from tests.trials.matching.engine.cases import met, not_found, open_
from trials.matching.answers import Answer, FactState, Reason
from trials.matching.kleene import Verdict

IMATINIB = {"code": "imatinib", "classes": ["ABL inhibitor"]}
CD19 = leaf("antigen", "expressed", of="CD19")
HALF = leaf("antigen_percent", ">=", 50, unit="percent", of="CD19")


@pytest.mark.parametrize(
    ("row", "expressed", "half"),
    [
        (
            antigen("CD19", "90", "bright"),
            met("CD19 90 %, bright"),
            met("CD19 90 %, bright"),
        ),
        (
            antigen("CD19", "2", "negative"),
            not_found("CD19 2 %, negative"),
            not_found("CD19 2 %, negative"),
        ),
        (
            antigen("CD19", "90", "negative"),
            open_(Reason.CONTRADICTORY, "CD19 90 %, negative"),
            met("CD19 90 %, negative"),
        ),
        (antigen("CD19", None, "dim"), met("CD19, dim"), open_(Reason.NOT_GIVEN, "CD19, dim")),
        (
            antigen("CD19", None, "unknown"),
            open_(Reason.NOT_GIVEN, "CD19, unknown"),
            open_(Reason.NOT_GIVEN, "CD19, unknown"),
        ),
        (antigen("CD19", "0", "unknown"), not_found("CD19 0 %, unknown"), not_found("CD19 0 %, unknown")),
        (antigen("CD19", "5", "unknown"), open_(Reason.WEAK, "CD19 5 %, unknown"), not_found("CD19 5 %, unknown")),
        (
            antigen("CD19", "90", "unknown", percent_of="nucleated_cells"),
            open_(Reason.DENOMINATOR, "CD19 90 %, unknown"),
            open_(Reason.DENOMINATOR, "CD19 90 %, unknown"),
        ),
        (
            antigen("CD19", "90", "bright", percent_of="nucleated_cells"),
            met("CD19 90 %, bright"),
            open_(Reason.DENOMINATOR, "CD19 90 %, bright"),
        ),
        (
            antigen("CD19", "40", "bright", percent_comparator=">"),
            met("CD19 > 40 %, bright"),
            open_(Reason.DETAIL, "CD19 > 40 %, bright"),
        ),
        (
            antigen("CD19", "90", "bright", compartment="cytoplasmic"),
            open_(Reason.DETAIL, "CD19 90 %, bright, cytoplasmic"),
            open_(Reason.DETAIL, "CD19 90 %, bright, cytoplasmic"),
        ),
    ],
)
def test_an_antigen_is_told_by_share_and_intensity(row, expressed, half):
    case = facts(specimen(antigens=[row]))

    assert (answer(CD19, case), answer(HALF, case)) == (expressed, half)


@pytest.mark.parametrize(
    ("specimens", "reason"),
    [
        ([], Reason.NOT_TESTED),
        ([specimen(current=False, antigens=[antigen("CD19", "90")])], Reason.BEFORE_REMISSION),
        ([specimen(antigens=[antigen("CD22", "90")])], Reason.NOT_TESTED),
        (
            [specimen(current=False, antigens=[antigen("CD19", "90")]), specimen(antigens=[antigen("CD22", "90")])],
            Reason.NOT_TESTED,
        ),
    ],
)
def test_an_antigen_that_was_not_measured_in_this_disease_is_open(specimens, reason):
    assert answer(CD19, facts(*specimens)) == answer(HALF, facts(*specimens)) == open_(reason)


def test_the_newest_result_counts_and_contradictions_of_one_day_stay_open():
    rows = [specimen("S1", 650, antigens=[antigen("CD19", "10", "negative")])]
    rows.append(specimen("S2", 700, antigens=[antigen("CD19", "90", "bright")]))
    same_day = specimen("S3", 700, antigens=[antigen("CD19", "1", "negative")])

    assert answer(CD19, facts(*rows)) == met("CD19 90 %, bright")
    assert answer(CD19, facts(*rows, same_day)) == open_(Reason.CONTRADICTORY, "CD19 90 %, bright; CD19 1 %, negative")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"start_on_day": 600, "stop_on_day": 699, "drugs": [{"classes": ["CD19 antibody"]}]}, None),
        ({"start_on_day": 600, "stop_on_day": 700, "drugs": [{"classes": ["CD19 antibody"]}]}, Reason.AFTER_THERAPY),
        ({"start_on_day": 710, "drugs": [{"classes": ["CD19 antibody"]}]}, Reason.AFTER_THERAPY),
        ({"start_on_day": 710, "drugs": [{"classes": ["anthracycline"]}]}, None),
        ({"start_on_day": 710, "drugs": []}, Reason.FREE_TEXT_REGIMEN),
        ({"start_on_day": 710, "drugs": [{"code": "x", "classes": []}]}, Reason.DRUG_CLASS),
        ({"start_on_day": 710, "drugs": [{"code": "", "classes": []}]}, Reason.DRUG_NAME),
        (
            {"stop_on_day": 800, "drugs": [{"last_given_on_day": 699, "classes": ["CD19 antibody"]}]},
            None,
        ),
        (
            {"stop_on_day": None, "drugs": [{"last_given_on_day": 699, "classes": ["CD19 antibody"]}]},
            Reason.AFTER_THERAPY,
        ),
        (
            {"drugs": [{"code": "x", "classes": []}, {"classes": ["CD19 antibody"]}]},
            Reason.AFTER_THERAPY,
        ),
    ],
)
def test_an_antigen_measured_before_treatment_against_it_is_open(line, reason):
    case = facts(specimen(antigens=[antigen("CD19", "90", "bright")]), therapy_lines=[line])

    assert answer(CD19, case) == (open_(reason, "CD19 90 %, bright") if reason else met("CD19 90 %, bright"))


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"on_day": 710, "target_antigens": ["CD19"]}, Reason.AFTER_THERAPY),
        ({"on_day": 710, "target_antigens": ["CD22"]}, None),
        ({"on_day": 710, "target_antigens": []}, Reason.DETAIL),
        ({"on_day": 690, "target_antigens": ["CD19"]}, None),
        ({"on_day": None, "target_antigens": ["CD19"]}, Reason.AFTER_THERAPY),
        ({"on_day": None, "target_antigens": ["CD19"], "manufacturing_failed": "yes"}, None),
        ({"on_day": 710, "target_antigens": ["CD19"], "manufacturing_failed": "yes"}, Reason.AFTER_THERAPY),
    ],
)
def test_an_antigen_measured_before_cells_against_it_is_open(cells, reason):
    case = facts(specimen(antigens=[antigen("CD19", "90", "bright")]), cell_therapies=[cells])

    assert answer(CD19, case) == (open_(reason, "CD19 90 %, bright") if reason else met("CD19 90 %, bright"))


def test_a_result_without_a_day_may_lie_before_any_treatment():
    line = {"start_on_day": 3, "stop_on_day": 5, "drugs": [{"classes": ["CD19 antibody"]}]}
    case = facts(specimen(day=None, antigens=[antigen("CD19", "90", "bright")]), therapy_lines=[line])

    assert answer(CD19, case) == open_(Reason.NO_DAY, "CD19 90 %, bright", "S2", None)


@pytest.mark.parametrize(
    ("document", "blocks", "expected"),
    [
        (
            leaf("prior_class", "given", of="asparaginase"),
            {"no_therapy_yet": True},
            Answer(Verdict.NOT_MET, FactState.KNOWN, "in none of the lines"),
        ),
        (
            leaf("prior_class", "given", of="asparaginase"),
            {"therapy_lines": [{"line_number": 1, "drugs": []}]},
            open_(Reason.FREE_TEXT_REGIMEN),
        ),
        (leaf("prior_drug", "given", of="busulfan"), {"transplants": [{"donor": "MSD"}]}, open_(Reason.NOT_GIVEN)),
        (
            leaf("hiv", "is", value=True),
            {"condition": {"hepatitis_hiv": ["negative"]}},
            Answer(Verdict.NOT_MET, FactState.NOT_FOUND, "negative"),
        ),
        (
            leaf("hiv", "is", value=False),
            {"condition": {"hepatitis_hiv": ["negative"]}},
            Answer(Verdict.MET, FactState.NOT_FOUND, "negative"),
        ),
        (
            leaf("lvef", ">=", 50, unit="percent"),
            {"condition": {"lvef_pct": "60"}},
            Answer(Verdict.MET, FactState.KNOWN, "60 %"),
        ),
        (
            leaf("wbc", "<", 50, unit="10^9/L"),
            {"status": {"wbc": "30", "wbc_comparator": ">"}},
            Answer(Verdict.UNKNOWN, FactState.KNOWN, "> 30 x 10^9/L", reason=Reason.DETAIL),
        ),
        (
            leaf("age_at_diagnosis", "<", 18.5, unit="months"),
            {"patient": {"age_months_at_diagnosis": 18}},
            Answer(Verdict.UNKNOWN, FactState.KNOWN, "18 months", reason=Reason.BORDER),
        ),
        (
            leaf("disease", "in", ["BALL_PH_LIKE"]),
            {"diagnosis": {"disease_group": "BCP_ALL"}},
            Answer(Verdict.UNKNOWN, FactState.KNOWN, "BCP_ALL", reason=Reason.GENERAL_DIAGNOSIS),
        ),
        (
            leaf("disease", "in", ["AML"]),
            {"diagnosis": {"disease_group": "BCP_ALL"}},
            Answer(Verdict.NOT_MET, FactState.KNOWN, "BCP_ALL"),
        ),
        (leaf("sex", "in", ["female"]), {"patient": {"sex": "male"}}, Answer(Verdict.NOT_MET, FactState.KNOWN, "male")),
        (leaf("sex", "in", ["female"]), {}, open_(Reason.NOT_GIVEN)),
        (
            leaf("sites", "any_of", ["CNS", "skin"]),
            {"status": {"sites": ["CNS", "testis"]}},
            Answer(Verdict.MET, FactState.KNOWN, "CNS, testis"),
        ),
        (leaf("unread_criteria", "unread"), {}, open_(Reason.UNREAD)),
        (
            leaf("days_since_drug", ">=", 14, unit="days", of="imatinib"),
            {"therapy_lines": [{"line_number": 1, "drugs": []}]},
            open_(Reason.FREE_TEXT_REGIMEN),
        ),
        (
            leaf("cumulative_dose", ">=", 500, unit="mg/m2", of="imatinib"),
            {
                "therapy_lines": [
                    {"drugs": [IMATINIB | {"cumulative_dose_mg_m2": "300"}]},
                    {"drugs": [IMATINIB]},
                ]
            },
            Answer(Verdict.UNKNOWN, FactState.KNOWN, "at least 300 mg/m²", reason=Reason.NOT_GIVEN),
        ),
    ],
)
def test_every_kind_of_condition_answers_with_its_fact(document, blocks, expected):
    assert answer(document, facts(**blocks)) == expected


def test_results_of_one_day_that_agree_are_read_as_a_range():
    below = antigen("CD19", "60", "bright", percent_comparator="<")
    both = facts(specimen("S2", antigens=[antigen("CD19", "40", "bright")]), specimen("S3", antigens=[below]))

    limits = {limit: answer(HALF | {"value": limit, "op": "<"}, both).verdict for limit in (60, 50)}
    assert limits == {60: Verdict.MET, 50: Verdict.UNKNOWN}
    assert answer(CD19, both).found == "CD19 40 %, bright; CD19 < 60 %, bright"


def test_a_result_of_the_same_words_is_told_once():
    row = antigen("CD19", "90", "bright")

    assert answer(CD19, facts(specimen("S2", antigens=[row, row]))) == met("CD19 90 %, bright")
