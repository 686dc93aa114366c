"""Compatibility with MatchMiner: the engine that matches cases answers CTML trees as plain recursion does."""

from random import Random

import pytest

from tests.trials.importers.ctml import (
    by_recursion,
    clinical,
    fusion,
    genomic,
    mutation,
    patient,
    random_patient,
    random_tree,
)
from trials.importers.ctml import leaves, parse_match
from trials.importers.ctml.closed_world import CtmlCatalogue
from trials.importers.ctml.patients import verdict_of
from trials.matching.kleene import Verdict

MET, UNKNOWN, NOT_MET = Verdict.MET, Verdict.UNKNOWN, Verdict.NOT_MET


def verdict(document, someone, *, closed_world=True):
    (leaf,) = leaves(parse_match([document]))
    return verdict_of(leaf, someone, closed_world=closed_world)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("closed_world", [False, True])
def test_the_engine_equals_plain_recursion_on_2000_pairs(seed, closed_world):
    random = Random(seed)
    trees = [parse_match(random_tree(random)) for _ in range(50)]
    catalogue = CtmlCatalogue(trees)

    for someone in (random_patient(random) for _ in range(40)):
        expected = [by_recursion(tree, someone, closed_world=closed_world) for tree in trees]
        assert catalogue.verdicts(someone, closed_world=closed_world) == expected


@pytest.mark.parametrize("seed", range(5))
def test_a_closed_world_leaves_nothing_open_and_agrees_with_what_is_known(seed):
    random = Random(seed)
    for _ in range(200):
        tree, someone = parse_match(random_tree(random)), random_patient(random)
        for leaf in leaves(tree):
            known = verdict_of(leaf, someone, closed_world=False)
            closed = verdict_of(leaf, someone, closed_world=True)
            assert closed is known if known is not UNKNOWN else closed is not UNKNOWN


@pytest.mark.parametrize(
    ("document", "closed", "opened"),
    [
        (clinical(gender="Female"), NOT_MET, UNKNOWN),
        (clinical(gender="!Female"), MET, UNKNOWN),
        (clinical(age_numerical=">=18"), NOT_MET, UNKNOWN),
        (clinical(oncotree_primary_diagnosis="!Leukemia"), MET, UNKNOWN),
        (clinical(tmb_numerical=">=10"), NOT_MET, UNKNOWN),
        (clinical(disease_status=["Recurrent"]), MET, UNKNOWN),
        (clinical(her2_status="!Positive"), MET, UNKNOWN),
        (clinical(mmr_status="MMR-Deficient"), NOT_MET, UNKNOWN),
        (clinical(colour="blue"), NOT_MET, UNKNOWN),
        (clinical(colour="!blue"), MET, UNKNOWN),
        (genomic(), NOT_MET, UNKNOWN),
        (genomic(category="!Mutation"), MET, UNKNOWN),
        ({"prior_treatment": {"drug": "!Blinatumomab"}}, MET, UNKNOWN),
    ],
)
def test_a_fact_that_is_missing_fails_and_satisfies_only_in_the_closed_world(document, closed, opened):
    verdicts = verdict(document, patient()), verdict(document, patient(), closed_world=False)

    assert verdicts == (closed, opened)


@pytest.mark.parametrize(
    ("limit", "born", "expected"),
    [
        (">=18", 20080101, MET),
        (">=18", 20080102, NOT_MET),
        (">18", 20080101, NOT_MET),
        ("<18", 20080102, MET),
        ("<18", 20080101, NOT_MET),
        ("<=18", 20080101, MET),
        (">=0.083", 20251201, MET),
        (">=0.083", 20251202, NOT_MET),
        (">=0.5", 20250701, MET),
        ("==10", 20160101, MET),
    ],
)
def test_ages_are_whole_months_before_the_day_of_the_run(limit, born, expected):
    assert verdict(clinical(age_numerical=limit), patient(BIRTH_DATE_INT=born)) is expected


@pytest.mark.parametrize(
    ("document", "event", "expected"),
    [
        (genomic(), mutation(), MET),
        (genomic("any_gene"), mutation(), MET),
        (genomic(category="Any Variation"), {**mutation(), "VARIANT_CATEGORY": "CNV"}, MET),
        (genomic(category="!Mutation"), mutation(), NOT_MET),
        (genomic(protein_change="p.G12D"), mutation(HARMONIZED_PROTEIN_CHANGE="p.G12D"), MET),
        (genomic(wildcard_protein_change="p.G12"), mutation(HARMONIZED_PROTEIN_CHANGE="p.G12d"), MET),
        (genomic(wildcard_protein_change="p.G12"), mutation(HARMONIZED_PROTEIN_CHANGE="p.G12fs"), NOT_MET),
        (genomic(exon=20), mutation(HARMONIZED_TRANSCRIPT_EXON=20), MET),
        (genomic(wildtype=True), mutation(), NOT_MET),
        (genomic(category="Structural Variation"), fusion("KMT2A", "MLLT3"), MET),
        (genomic(category="Structural Variation"), fusion("MLLT3", None), NOT_MET),
        (genomic("KMT2A", "Structural Variation", fusion_partner_hugo_symbol="AFF1"), fusion("AFF1", "KMT2A"), MET),
        (genomic("KMT2A", "Structural Variation", fusion_partner_hugo_symbol="intergenic"), fusion("KMT2A", None), MET),
        (
            genomic("KMT2A", "Structural Variation", fusion_partner_hugo_symbol="any_gene"),
            fusion("KMT2A", None),
            NOT_MET,
        ),
        (
            genomic("EGFR", "Structural Variation"),
            {"VARIANT_CATEGORY": "SV", "STRUCTURAL_VARIANT_COMMENT": "a comment about EGFR."},
            MET,
        ),
        ({"genomic": {"ms_status": "MSI-H"}}, {"MMR_STATUS": "Deficient (MMR-D / MSI-H)"}, MET),
        (
            {"genomic": {"hugo_symbol": "NRAS", "cnv_call": "Low Amplification"}},
            {"HARMONIZED_HUGO_SYMBOL": "NRAS", "CNV_CALL": "Gain"},
            MET,
        ),
    ],
)
def test_one_event_fulfils_all_fields_of_a_genomic_criterion(document, event, expected):
    assert verdict(document, patient(event)) is expected


def test_fields_of_two_events_do_not_add_up():
    events = mutation("KMT2A"), mutation("NRAS", HARMONIZED_PROTEIN_CHANGE="p.G12D")

    assert verdict(genomic(protein_change="p.G12D"), patient(*events)) is NOT_MET


def test_a_drug_given_before_is_found_whatever_its_case():
    someone = patient(PRIOR_TREATMENT_AGENTS=["Blinatumomab"])

    assert verdict({"prior_treatment": {"prior_treatment_agent": "BLINATUMOMAB"}}, someone) is MET
