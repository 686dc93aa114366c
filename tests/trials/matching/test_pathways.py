"""Pathways: one lesion suffices, absence needs every member."""

import pytest

from tests.trials.documents import answer, facts, fusion, leaf, specimen, variant
from trials.matching.answers import FactState, Reason
from trials.matching.vocabulary import pathways

MAPK = leaf("pathway", "altered", "MAPK")
MEMBERS = [*pathways()["MAPK"].members, "FLT3-ITD", "NF1-del"]


def outcome(document: dict, *specimens: dict) -> tuple[str, object]:
    found = answer(document, facts(*specimens))
    return found.verdict.name.lower(), found.reason or found.state


def test_one_altered_gene_alters_the_pathway():
    found = answer(MAPK, facts(specimen(variants=[variant("PTPN11", hgvs_p="p.E76K")])))

    assert (found.verdict.name, found.found) == ("MET", "PTPN11 p.E76K")


def test_a_pathway_is_unaltered_only_when_every_member_was_looked_for():
    assert outcome(MAPK, specimen(tested_absent=MEMBERS)) == ("not_met", FactState.NOT_FOUND)
    assert outcome(MAPK, specimen(tested_absent=MEMBERS[1:]))[0] == "unknown"


LOSSES = {"SH2B3": ["SH2B3-del"], "PTPN2": ["PTPN2-del"], "PTEN": ["PTEN-del"], "NF1": ["NF1-del"]}


@pytest.mark.parametrize(
    ("pathway", "forgotten"),
    [
        ("MAPK", "FLT3-ITD"),
        ("MAPK", "NF1-del"),
        ("SRC_ABL", "BCR::ABL1"),
        ("SRC_ABL", "ABL-class"),
        ("JAK_STAT", "JAK2-r"),
        ("JAK_STAT", "TYK2-r"),
        ("JAK_STAT", "CRLF2"),
        ("JAK_STAT", "SH2B3-del"),
        ("JAK_STAT", "PTPN2-del"),
        ("PI3K_AKT", "PTEN-del"),
    ],
)
def test_one_lesion_that_nobody_looked_for_keeps_a_pathway_open(pathway, forgotten):
    members = pathways()[pathway].members
    looked_for = [*members, "FLT3-ITD", *(loss for gene in members for loss in LOSSES.get(gene, []))]
    document = leaf("pathway", "altered", pathway)

    assert outcome(document, specimen(tested_absent=looked_for)) == ("not_met", FactState.NOT_FOUND)
    assert outcome(document, specimen(tested_absent=[one for one in looked_for if one != forgotten]))[0] == "unknown"


@pytest.mark.parametrize(("pair", "pathway"), [(("PCM1", "JAK2"), "JAK_STAT"), (("BCR", "ABL1"), "SRC_ABL")])
def test_a_rearranged_kinase_alters_its_pathway(pair, pathway):
    assert outcome(leaf("pathway", "altered", pathway), specimen(fusions=[fusion(*pair)]))[0] == "met"


def test_a_tandem_duplication_alters_the_pathway_of_its_gene():
    assert outcome(MAPK, specimen(variants=[variant("FLT3", variant_class="ITD")]))[0] == "met"


def test_an_uncertain_variant_keeps_the_pathway_open():
    case = specimen(variants=[variant("NRAS", oncogenicity="vus")], tested_absent=MEMBERS[1:])

    assert outcome(MAPK, case) == ("unknown", Reason.SIGNIFICANCE)


def test_a_rearrangement_can_be_a_member():
    case = specimen(fusions=[fusion("P2RY8", "CRLF2")])

    assert outcome(leaf("pathway", "altered", "JAK_STAT"), case)[0] == "met"


def test_functional_evidence_is_not_read_from_genes():
    src = leaf("pathway", "altered", "SRC_ABL")

    assert outcome(src, specimen(tested_absent=["NUP214::ABL1"]))[0] == "unknown"


def test_an_old_absence_beside_a_new_full_one_changes_nothing():
    before = specimen("S1", 0, current=False, tested_absent=["FLT3-ITD"])

    assert outcome(MAPK, before, specimen(tested_absent=MEMBERS))[0] == "not_met"
