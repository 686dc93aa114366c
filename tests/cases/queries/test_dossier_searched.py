"""Pathways and checklists: was it looked for, and where does it stand."""

import csv

import pytest

from cases.enums import DiseaseGroup
from cases.models import CopyNumberFinding, FishFinding, FusionFinding, Karyotype, VariantFinding
from cases.queries import checklist, pathways
from tests.factories.dossier import bare_content, row, specimen


def answers(group, *specimens):
    content = bare_content(specimens=list(specimens))
    content["diagnosis"]["disease_group"] = group
    return checklist.checklist(content)


def state_of(name, group, *specimens):
    found = answers(group, *specimens)
    if name in found.not_tested:
        return "not tested"
    return "found" if name in [answer.name for answer in found.found] else "not found"


@pytest.mark.parametrize(
    ("name", "group", "findings", "state"),
    [
        ("KRAS", "BCP_ALL", {"variants": [row(VariantFinding, gene="KRAS")]}, "found"),
        ("KRAS", "BCP_ALL", {"tested_absent": ["KRAS"]}, "not found"),
        ("KRAS", "BCP_ALL", {}, "not tested"),
        ("ABL class", "BCP_ALL", {"tested_absent": ["ABL-class"]}, "not found"),
        ("NUP214::ABL1 and other ABL", "T_ALL", {"tested_absent": ["ABL-class"]}, "not found"),
        ("CRLF2", "BCP_ALL", {"fusions": [row(FusionFinding, five_prime_gene="CRLF2")]}, "found"),
        ("FLT3-ITD", "AML", {"variants": [row(VariantFinding, gene="FLT3", variant_class="ITD")]}, "found"),
        ("FLT3-ITD", "AML", {"variants": [row(VariantFinding, gene="FLT3", hgvs_p="p.(Asp835Tyr)")]}, "not tested"),
        ("FLT3-TKD", "AML", {"variants": [row(VariantFinding, gene="FLT3", hgvs_p="p.(Asp835Tyr)")]}, "found"),
        ("TP53", "LBL_B", {"copy_numbers": [row(CopyNumberFinding, region="17p13.1", change="loss_het")]}, "found"),
        ("KMT2A", "BCP_ALL", {"fish": [row(FishFinding, probe="KMT2A break-apart", result="negative")]}, "not found"),
        ("TP53", "BCP_ALL", {"fish": [row(FishFinding, probe="TP53/17p", result="negative")]}, "not tested"),
        ("−7", "AML", {"karyotype": row(Karyotype, iscn="45,XY,-7[20]", n_metaphases=20)}, "found"),
        ("−7", "AML", {"karyotype": row(Karyotype, iscn="46,XY[20]", n_metaphases=20)}, "not found"),
        ("−7", "AML", {"karyotype": row(Karyotype, iscn="46,XY[5]", n_metaphases=5)}, "not tested"),
    ],
)
def test_each_line_is_found_or_not_found_or_not_tested(name, group, findings, state):
    assert state_of(name, group, specimen(**findings)) == state


def test_found_on_one_specimen_and_excluded_on_another_says_both():
    then = specimen("S1", variants=[row(VariantFinding, gene="KRAS")], is_current_disease=False)
    found = answers("BCP_ALL", then, specimen(tested_absent=["KRAS"])).found

    assert [(answer.found_on, answer.absent_on) for answer in found] == [(["S1"], ["S2"])]


def test_a_disease_without_a_list_has_none():
    assert answers("HODGKIN", specimen()) is None


@pytest.mark.parametrize("group", ["BCP_ALL", "T_ALL", "LBL_B", "LBL_T", "AML", "MATURE_B_NHL", "ALCL", "JMML"])
def test_every_list_belongs_to_a_disease_group_and_names_each_line_once(group):
    names = [item.name for item in checklist.items_for(group)]

    assert group in DiseaseGroup.values
    assert names
    assert len(names) == len(set(names))


def test_the_table_of_pathways_uses_known_pathways_and_names_each_gene_once():
    with pathways._FILE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))

    assert {line["pathway"] for line in rows} <= set(pathways.TITLES)
    assert len(rows) == len(pathways.table())
    assert all(line["source"] for line in rows)


@pytest.mark.parametrize(
    ("pathway", "expected"),
    [
        (pathways.of_gene("IL7R"), "jak_stat"),
        (pathways.of_gene("TTN"), "other"),
        (pathways.of_fusion("KMT2A", "AFF1"), "lineage"),
        (pathways.of_fusion("NUP214", "ABL1"), "kinase_fusion"),
        (pathways.of_region("17p13.1"), "cell_cycle"),
        (pathways.of_region("-7"), "chromosomes"),
    ],
)
def test_where_a_finding_stands(pathway, expected):
    assert pathway == expected
