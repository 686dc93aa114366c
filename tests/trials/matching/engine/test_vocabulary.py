"""The curated lists, read from their files anew for each test."""

import pytest

from trials.matching import vocabulary
from trials.matching.vocabulary import (
    antigen_called,
    antigen_names,
    car_t_products,
    class_defining_genes,
    classes_of_drug,
    diseases,
    drug_classes,
    drug_names,
    hidden_in_cell_therapy,
    hidden_in_conditioning,
    is_class_defining,
    pathways,
    rearrangement_classes,
    with_wider_classes,
)


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What other tests read is forgotten."""
    for thing in vars(vocabulary).values():
        if hasattr(thing, "cache_clear"):
            thing.cache_clear()


def test_a_family_is_spread_into_its_groups_and_a_group_stays_itself():
    assert diseases().spread(frozenset({"ALL", "AML"})) == {"BCP_ALL", "T_ALL", "AML"}


@pytest.mark.parametrize(
    ("code", "known"), [("ALL", True), ("T_ALL", True), ("BALL_PH_LIKE", True), ("T_ALLS", False), ("", False)]
)
def test_families_groups_and_entities_are_known(code, known):
    assert diseases().knows(code) is known


def test_a_class_stands_below_every_wider_one():
    assert drug_classes()["allosteric abl inhibitor"] == {
        "allosteric abl inhibitor",
        "abl inhibitor",
        "tyrosine kinase inhibitor",
        "targeted agent",
    }


def test_a_class_with_two_parents_stands_below_both():
    assert drug_classes()["cd22 car t cells"] == {
        "cd22 car t cells",
        "car t cells",
        "cell therapy",
        "cd22-directed therapy",
        "immunotherapy",
    }


def test_an_unknown_class_stays_alone_in_lower_case():
    assert with_wider_classes(["Wonder Inhibitor", "Anthracycline"]) == {
        "wonder inhibitor",
        *drug_classes()["anthracycline"],
    }


def test_a_drug_is_known_by_code_and_by_name_in_any_capitals():
    assert {"tisagenlecleucel", "cd19-car-t-cells", "donor lymphocyte infusion"} <= drug_names()
    assert classes_of_drug("Busulfan") == classes_of_drug("BUSULFAN") == ("alkylating agent",)


def test_a_drug_may_have_several_classes_and_an_unknown_one_has_none():
    assert classes_of_drug("imatinib") == ("ABL inhibitor", "KIT inhibitor", "PDGFR inhibitor", "CSF1R inhibitor")
    assert classes_of_drug("aspirinol") == ()


@pytest.mark.parametrize(
    "name", ["busulfan", "alkylating agent", "cytotoxic agent", "alemtuzumab", "ciclosporin", "supportive drug"]
)
def test_conditioning_may_hide_a_drug_its_class_and_the_wider_classes(name):
    assert name in hidden_in_conditioning()


@pytest.mark.parametrize("name", ["imatinib", "abl inhibitor", "tisagenlecleucel", "cell therapy", "antifungal"])
def test_conditioning_hides_nothing_that_is_not_given_in_it(name):
    assert name not in hidden_in_conditioning()


@pytest.mark.parametrize("name", ["tisagenlecleucel", "car t cells", "cd19-directed therapy", "immunotherapy"])
def test_a_cell_therapy_may_be_each_product_of_its_kind(name):
    assert name in hidden_in_cell_therapy()


@pytest.mark.parametrize("name", ["busulfan", "blinatumomab", "cd19 bispecific t-cell engager", "cytotoxic agent"])
def test_a_cell_therapy_is_no_drug(name):
    assert name not in hidden_in_cell_therapy()


def test_a_commercial_product_goes_by_its_short_and_its_long_names():
    assert car_t_products()["obe-cel"] == {"obe-cel", "obecabtagene-autoleucel", "obecabtagene autoleucel"}


@pytest.mark.parametrize(
    ("genes", "founding"),
    [
        ({"KMT2A", "AFF1"}, True),
        ({"KMT2A"}, True),
        ({"BCR", "ABL1"}, True),
        ({"NPM1"}, True),
        ({"ABL1"}, False),
        ({"BCR", "ABL1", "JAK2"}, False),
        ({"NRAS"}, False),
        (set(), False),
    ],
)
def test_a_founding_lesion_is_a_listed_fusion_or_any_rearrangement_of_a_listed_gene(genes, founding):
    assert is_class_defining(frozenset(genes)) is founding


def test_only_rearrangements_name_genes_that_define_a_class_alone():
    assert {"KMT2A", "NUP98", "ALK"} <= class_defining_genes()
    assert not {"ABL1", "NPM1", "ETV6"} & class_defining_genes()


def test_a_class_of_rearrangements_names_genes_and_the_fusion_it_does_not_mean():
    abl = rearrangement_classes()["ABL-class"]

    assert abl.genes == {"ABL1", "ABL2", "CSF1R", "PDGFRA", "PDGFRB", "LYN"}
    assert (abl.name, abl.exempt) == ("ABL-class", {frozenset({"BCR", "ABL1"})})


def test_a_pathway_has_a_label_and_members():
    mapk = pathways()["MAPK"]

    assert (mapk.name, mapk.label, mapk.members[:2]) == ("MAPK", "RAS-RAF-MAPK", ("NRAS", "KRAS"))


@pytest.mark.parametrize(
    ("written", "name"), [("CD19", "CD19"), ("cd-19", "CD19"), ("CD 19", "CD19"), ("XYZ-1", "XYZ-1")]
)
def test_an_antigen_is_found_whatever_its_hyphens_and_capitals(written, name):
    assert antigen_called(written) == name


def test_the_antigens_of_the_case_form_are_known():
    assert {"CD19", "CD22", "CD7"} <= antigen_names()
    assert "#" not in "".join(antigen_names())
