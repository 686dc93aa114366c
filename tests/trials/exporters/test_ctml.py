"""CTML out of our criteria: what it can say is said, what is lost is listed and excludes nobody."""

from datetime import date

import pytest

from tests.trials.catalogues import arm_document, trial_document
from trials.exporters.ctml import summary, to_ctml
from trials.exporters.oncotree import names_for
from trials.importers.ctml import parse_match, read_trial
from trials.importers.ctml.native import to_draft
from trials.importers.own import read_document, read_file
from trials.services.catalogue import CATALOGUE

TODAY = date(2026, 11, 22)
LOST = "CTML has no field for it"


def leaf(fact, op, value=None, **more):
    numbered = f"{fact} {op} {value} {sorted(more.items())}"
    document = {"id": numbered, "kind": "inclusion", "text": "A sentence.", "fact": fact, "op": op, **more}
    return document if value is None else {**document, "value": value}


def months(op, value, **more):
    return leaf("age_at_submission", op, value, unit="months", **more)


FEMALE = leaf("sex", "in", ["female"])
WEIGHT = leaf("weight", ">=", 10, unit="kg")
NPM1 = leaf("variant", "present", {"gene": "NPM1"})
SAID_FEMALE = {"clinical": {"gender": "Female"}}
SAID_NPM1 = {"genomic": {"hugo_symbol": "NPM1", "variant_category": "Any Variation"}}


def exported(criteria):
    record = read_document(trial_document(arms=[arm_document(criteria=criteria)]), today=TODAY)
    export = to_ctml(record)
    (arm,) = export.document["treatment_list"]["step"][0]["arm"]
    return arm.get("match"), [row.reason.partition(":")[0] for row in export.lost]


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        (FEMALE, SAID_FEMALE),
        ({"not": FEMALE}, {"clinical": {"gender": "!Female"}}),
        (NPM1, SAID_NPM1),
        ({"not": NPM1}, {"genomic": {"hugo_symbol": "NPM1", "variant_category": "!Mutation"}}),
        (months(">=", 216), {"clinical": {"age_numerical": ">=18"}}),
        (months(">=", 1), {"clinical": {"age_numerical": ">=0.083"}}),
        ({"not": months(">=", 18)}, {"clinical": {"age_numerical": "<1.5"}}),
        (leaf("in_relapse", "is", value=True), {"clinical": {"disease_status": ["Recurrent"]}}),
        (
            leaf("variant", "present", {"gene": "ABL1", "hgvs_p": "p.Thr315Ile"}),
            {"genomic": {"hugo_symbol": "ABL1", "variant_category": "Mutation", "protein_change": "p.T315I"}},
        ),
        (
            leaf("fusion", "present", "KMT2A-r"),
            {"genomic": {"hugo_symbol": "KMT2A", "variant_category": "Structural Variation"}},
        ),
        (leaf("prior_drug", "given", of="venetoclax"), {"prior_treatment": {"prior_treatment_agent": "venetoclax"}}),
        (
            leaf("disease", "in", ["JMML"]),
            {"clinical": {"oncotree_primary_diagnosis": "Juvenile Myelomonocytic Leukemia"}},
        ),
    ],
)
def test_what_ctml_can_say_is_said(criteria, expected):
    assert exported(criteria) == ([{"and": [expected]}], [])


@pytest.mark.parametrize("age", [*range(1, 37), 71, 100, 215, 216])
def test_an_age_in_months_comes_back_the_same(age):
    (match,), _lost = exported(months(">=", age))

    trial = read_trial({"protocol_no": "T", "treatment_list": {"step": [{"match": [match]}]}})
    document = to_draft(trial).document["arms"][0]["criteria"]

    assert document["value"] * {"months": 1, "years": 12}[document["unit"]] == age


def test_a_fusion_names_both_partners():
    (match,), lost = exported(leaf("fusion", "present", "BCR::ABL1"))

    fields = match["and"][0]["genomic"]
    assert ({fields["hugo_symbol"], fields["fusion_partner_hugo_symbol"]}, lost) == ({"BCR", "ABL1"}, [])


def test_the_wider_of_two_readings_is_written():
    unclear = leaf("age_at_submission", "<=", 18, unit="years", wording="unclear")

    assert exported(unclear)[0] == [{"and": [{"clinical": {"age_numerical": "<19"}}]}]
    assert exported({"not": unclear})[0] == [{"and": [{"clinical": {"age_numerical": ">18"}}]}]


def test_what_is_lost_from_an_and_leaves_the_rest():
    assert exported({"all": [FEMALE, WEIGHT]}) == ([{"and": [SAID_FEMALE]}], [LOST])


def test_alternatives_fall_with_the_one_that_is_lost():
    match, lost = exported({"all": [FEMALE, {"any": [NPM1, WEIGHT]}]})

    assert match == [{"and": [SAID_FEMALE]}]
    assert lost == [LOST, "alternatives are left out, since one of them cannot be said"]


def test_an_arm_of_which_nothing_can_be_said_has_no_match():
    assert exported(WEIGHT) == (None, [LOST, "nothing of this arm can be said in CTML, so it has no match clause"])


def test_not_moves_down_to_the_leaves():
    (match,), _lost = exported({"not": {"all": [FEMALE, NPM1]}})

    assert [next(iter(part)) for part in match["or"]] == ["clinical", "genomic"]


@pytest.mark.parametrize(("n", "alternatives"), [(1, 3), (2, 3), (3, 1)])
def test_at_least_is_written_out(n, alternatives):
    parts = [FEMALE, NPM1, months(">=", 12)]
    (match,), lost = exported({"at_least": {"n": n, "of": parts}})

    assert (len(match.get("or", [match])), lost) == (alternatives, [])


def test_at_least_of_very_many_is_lost():
    parts = [leaf("variant", "present", {"gene": f"GENE{number}"}) for number in range(10)]

    assert exported({"at_least": {"n": 5, "of": parts}})[1][0] == "at least 5 of 10"


@pytest.mark.parametrize(
    ("criteria", "reason"),
    [
        (leaf("disease", "in", ["AML_KMT2A"]), "written with a wider name of OncoTree"),
        ({"not": leaf("disease", "in", ["AML_KMT2A"])}, "OncoTree has no name for exactly this"),
        (leaf("variant", "present", "FLT3-ITD"), "written without ITD"),
        ({"not": leaf("variant", "present", "FLT3-ITD")}, "CTML cannot say this class or origin of a variant"),
        (leaf("fusion", "present", "ABL-class"), "CTML has no shorthand for a class of lesions"),
        (leaf("age_at_submission", ">=", 10, unit="days"), "CTML reckons ages in whole months"),
        (leaf("age_at_diagnosis", ">=", 1, unit="years"), LOST),
        (leaf("in_relapse", "is", value=False), LOST),
        (leaf("prior_class", "given", of="BCL2 inhibitor"), "CTML has no classes of drugs"),
    ],
)
def test_what_ctml_cannot_say_is_listed(criteria, reason):
    assert exported(criteria)[1][0] == reason


@pytest.mark.parametrize("file", sorted(CATALOGUE.glob("*.yaml")), ids=lambda file: file.stem)
def test_every_trial_of_the_catalogue_can_be_written_and_read_back(file):
    export = to_ctml(read_file(file, today=TODAY))

    trial = read_trial(export.document)

    assert [notice.reason for notice in trial.notices if notice.reason != "states no criteria"] == []
    assert sum(summary(export.lost).values()) == len(export.lost)
    to_draft(trial).record(today=TODAY)


def test_what_was_read_from_ctml_goes_back_to_the_same_tree():
    match = [{"and": [SAID_FEMALE, {"or": [SAID_NPM1, {"clinical": {"age_numerical": ">=18"}}]}]}]
    trial = read_trial({"protocol_no": "T", "treatment_list": {"step": [{"arm": [{"match": match}]}]}})

    export = to_ctml(to_draft(trial).record(today=TODAY))

    (arm,) = export.document["treatment_list"]["step"][0]["arm"]
    assert (arm["match"], export.lost) == (match, [])
    parse_match(arm["match"])


@pytest.mark.parametrize(
    ("codes", "names", "is_exact"),
    [
        ({"BCP_ALL", "LBL_B"}, ("B-Lymphoblastic Leukemia/Lymphoma",), True),
        ({"BCP_ALL"}, ("B-Lymphoblastic Leukemia/Lymphoma",), False),
        ({"AML", "APL", "ML_DS"}, ("Acute Myeloid Leukemia",), True),
        ({"T_ALL"}, ("T-Lymphoblastic Leukemia/Lymphoma",), False),
        ({"OTHER"}, (), False),
    ],
)
def test_diagnoses_find_their_names(codes, names, is_exact):
    assert names_for(frozenset(codes)) == (names, is_exact)
