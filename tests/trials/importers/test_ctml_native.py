"""CTML as our own criteria: what we can ask is asked, the rest stays open and is listed."""

from datetime import date

import pytest

from tests.trials.importers.ctml import clinical, genomic, trial_document
from trials.enums import TrialStatus
from trials.importers.ctml import read_trial
from trials.importers.ctml.native import diagnoses, to_draft
from trials.importers.own import read_document
from trials.matching.criteria import leaves, parse
from trials.matching.vocabulary import diseases

TODAY = date(2026, 11, 22)


def criteria(*match):
    return to_draft(read_trial(trial_document(list(match)))).document["arms"][0]["criteria"]


def core(document):
    """Return a tree without what every criterion carries."""
    if isinstance(document, list):
        return [core(part) for part in document]
    if "fact" in document:
        return {name: document[name] for name in ("fact", "op", "value", "unit", "wording", "of") if name in document}
    return {name: core(part) for name, part in document.items()}


OPEN = {"fact": "unread_criteria", "op": "unread"}


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (clinical(age_numerical=">=18"), {"fact": "age_at_submission", "op": ">=", "value": 18, "unit": "years"}),
        (
            clinical(age_numerical="<=21"),
            {"fact": "age_at_submission", "op": "<=", "value": 21, "unit": "years", "wording": "unclear"},
        ),
        (clinical(age_numerical=">0.083"), {"fact": "age_at_submission", "op": ">", "value": 1, "unit": "months"}),
        (clinical(gender="Female"), {"fact": "sex", "op": "in", "value": ["female"]}),
        (clinical(oncotree_primary_diagnosis="APL with PML-RARA"), {"fact": "disease", "op": "in", "value": ["APL"]}),
        (
            clinical(oncotree_primary_diagnosis="!Juvenile Myelomonocytic Leukemia"),
            {"not": {"fact": "disease", "op": "in", "value": ["JMML"]}},
        ),
        (
            clinical(disease_status=["Recurrent", "Refractory"]),
            {"any": [{"fact": name, "op": "is", "value": True} for name in ("in_relapse", "refractory")]},
        ),
        (genomic("NPM1"), {"fact": "variant", "op": "present", "value": {"gene": "NPM1"}}),
        (
            genomic("ABL1", protein_change="p.T315I"),
            {"fact": "variant", "op": "present", "value": {"gene": "ABL1", "hgvs_p": "p.T315I"}},
        ),
        (
            genomic("BCR", "Structural Variation", fusion_partner_hugo_symbol="ABL1"),
            {"fact": "fusion", "op": "present", "value": "BCR::ABL1"},
        ),
        (
            genomic("KMT2A", "!Structural Variation"),
            {"not": {"fact": "fusion", "op": "present", "value": "KMT2A-r"}},
        ),
        (
            {"prior_treatment": {"prior_treatment_agent": "!Venetoclax"}},
            {"not": {"fact": "prior_drug", "op": "given", "of": "venetoclax"}},
        ),
    ],
)
def test_what_we_can_ask_becomes_a_fact(document, expected):
    assert core(criteria(document)) == expected


@pytest.mark.parametrize(
    "document",
    [
        clinical(tmb_numerical=">=10"),
        clinical(age_numerical="==10"),
        clinical(gender="Other"),
        clinical(oncotree_primary_diagnosis="Osteosarcoma"),
        clinical(disease_status=["Metastatic"]),
        clinical(colour="blue"),
        genomic(category="Copy Number Variation"),
        genomic("any_gene"),
        genomic(wildtype=True),
        {"genomic": {"mmr_status": "MMR-Deficient"}},
        {"prior_treatment": {"drug": "no such drug"}},
        {"clinical": None},
    ],
)
def test_what_we_cannot_ask_stays_open(document):
    assert core(criteria(document)) == OPEN


@pytest.mark.parametrize(
    ("document", "fact"),
    [
        (genomic("KIT", exon=8), "variant"),
        (genomic("KIT", wildcard_protein_change="p.D816"), "variant"),
        (genomic("KMT2A", "Structural Variation", fusion_partner_hugo_symbol="intergenic"), "fusion"),
        (clinical(oncotree_primary_diagnosis="AML with t(9;11)(p21.3;q23.3);MLLT3-KMT2A"), "disease"),
    ],
)
def test_what_we_can_ask_in_part_can_fail_but_never_be_met(document, fact):
    tree = core(criteria(document))

    assert [part["fact"] for part in tree["all"]] == [fact, "unread_criteria"]


def test_a_solid_tumour_is_whatever_is_not_liquid():
    tree = core(criteria(clinical(oncotree_primary_diagnosis="_SOLID_")))

    assert "BCP_ALL" in diseases().spread(frozenset(tree["not"]["value"]))


def test_every_criterion_carries_its_source_and_a_number_of_its_own():
    found = list(leaves(parse(criteria({"and": [genomic("NPM1"), clinical(gender="!Male")]}))))

    assert [(leaf.id, leaf.kind.value, leaf.ref) for leaf in found] == [
        ("C-001", "inclusion", "CTML"),
        ("C-002", "exclusion", "CTML"),
    ]
    assert found[0].text == '{"genomic": {"hugo_symbol": "NPM1", "variant_category": "Mutation"}}'


def test_what_was_left_open_is_listed_with_its_place():
    draft = to_draft(read_trial(trial_document([clinical(tmb_numerical=">=10")])))

    ((path, reason),) = draft.notices
    assert path == "$.treatment_list.step[0].arm[0].match[0].clinical.tmb_numerical"
    assert reason.startswith("left open, not among our facts")


def test_a_clause_that_contradicts_itself_becomes_one_open_criterion():
    tree = criteria(clinical(age_numerical=">=60"), clinical(age_numerical="<18"))

    assert core(tree) == OPEN


def test_each_clause_becomes_an_arm_and_suspension_its_status():
    arms = [{"arm_code": code, "arm_suspended": flag, "match": [genomic()]} for code, flag in (("A", "N"), ("B", "Y"))]
    draft = to_draft(read_trial({"nct_id": "NCT00000001", "treatment_list": {"step": [{"arm": arms}]}}))

    record = draft.record(today=TODAY)

    assert [(arm.key, arm.status) for arm in record.arms] == [("arm-a-1", None), ("arm-b-2", TrialStatus.SUSPENDED)]


def test_the_head_of_a_trial_is_taken_over():
    more = {"nct_id": "NCT00000001", "phase": "I/II", "status": "open to accrual", "short_title": "A trial"}

    record = to_draft(read_trial(trial_document(**more))).record(today=TODAY)

    assert (record.key, record.title, record.phase, record.status) == ("t-1", "A trial", "1/2", TrialStatus.RECRUITING)
    assert [row.value for row in record.identifiers] == ["NCT00000001"]


def test_a_trial_without_criteria_says_so():
    draft = to_draft(read_trial({"protocol_no": "T-1"}))

    assert core(draft.document["arms"][0]["criteria"]) == OPEN
    read_document(draft.document, today=TODAY)


def test_every_name_of_a_diagnosis_leads_to_codes_that_we_know():
    codes = {code for codes, _ in diagnoses().values() for code in codes}

    assert [code for code in sorted(codes) if not diseases().knows(code)] == []
