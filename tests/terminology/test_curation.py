"""How lists of ours are completed from reference files. Lists and references here are made up."""

import pytest
from django.core.management import CommandError, call_command

from iltb.terminology.curation.countries import country_rows
from iltb.terminology.curation.drugs import COLUMNS as DRUG_COLUMNS
from iltb.terminology.curation.drugs import drug_rows, is_a_name, spoken
from iltb.terminology.curation.genes import COLUMNS as GENE_COLUMNS
from iltb.terminology.curation.genes import gene_rows
from iltb.terminology.curation.reference import NotInReference

HGNC = """\
hgnc_id,approved_symbol,symbol,relation
HGNC:1,AAA1,AAA1,Primary Gene
HGNC:1,AAA1,OLD1,Previous
HGNC:1,AAA1,Alias-1,Alternate Abbreviation
HGNC:1,AAA1,ALIAS-1,
HGNC:1,AAA1,Some syndrome,Phenotype
HGNC:1,AAA1,BBB2,
HGNC:1,AAA1,CCC3,
HGNC:1,AAA1,SHARED,
HGNC:1,AAA1,bcr/abl,
HGNC:2,BBB2,BBB2,Primary Gene
HGNC:3,CCC3,CCC3,Primary Gene
HGNC:3,CCC3,SHARED,Previous
"""
DRUGS = """\
drugbank_id,common_name,unii,name,kind,source
DB1,Hydroxyurea,U1,Hydroxyurea,common,drugbank
DB1,Hydroxyurea,U1,Hydroxycarbamide,synonym,drugbank
DB1,Hydroxyurea,U1,SOMEBRAND,brand,unii
DB1,Hydroxyurea,U1,AB-12 FREE BASE,code,unii
DB1,Hydroxyurea,U1,AB12,code,unii
DB1,Hydroxyurea,U1,L01XX05,code,unii
DB1,Hydroxyurea,U1,SHARED NAME,common,unii
DB2,Otherdrug,U2,Shared name,synonym,drugbank
"""


@pytest.fixture
def folder(tmp_path):
    def write(path, text):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
        return tmp_path

    write("hgnc/gene_symbols.csv", HGNC)
    write("drugs/drug_synonyms.csv", DRUGS)
    write("iso3166/countries.csv", "alpha_2,alpha_3,numeric,name\nNL,NLD,528,Netherlands\n")
    return write


@pytest.fixture
def gene(folder):
    lists = folder("gene_list.csv", "symbol,pathways,roles,checklist,why\nAAA1,MAPK,driver,AML,reason\nBBB2,,,,\n")
    return dict(zip(GENE_COLUMNS, gene_rows(lists, lists)[0], strict=True))


@pytest.fixture
def drug(folder):
    def drug(line):
        lists = folder("drug_list.csv", f"code,display,reference,classes\n{line}\n")
        return dict(zip(DRUG_COLUMNS, drug_rows(lists, lists)[0], strict=True))

    return drug


def test_a_gene_gets_its_id_and_its_former_symbol(gene):
    assert (gene["hgnc_id"], gene["previous_symbols[]"]) == ("HGNC:1", "OLD1")


def test_an_alias_stands_once_whatever_its_case_and_a_disease_is_none(gene):
    assert gene["synonyms[]"] == "ALIAS-1|SHARED"


def test_the_symbol_of_another_gene_is_no_alias_but_is_told_when_we_do_not_list_it(gene):
    assert gene["ambiguous[]"] == "CCC3=CCC3|SHARED=CCC3"


def test_our_own_columns_are_taken_over(gene):
    assert (gene["pathways[]"], gene["roles[]"], gene["checklist[]"], gene["why"]) == (
        "MAPK",
        "driver",
        "AML",
        "reason",
    )


def test_a_gene_that_is_not_approved_is_refused(folder):
    lists = folder("gene_list.csv", "symbol,pathways,roles,checklist,why\nOLD1,,,,\n")

    with pytest.raises(NotInReference, match="OLD1 is not an approved symbol"):
        gene_rows(lists, lists)


def test_a_drug_gets_its_ids_names_and_brands(drug):
    row = drug("hydroxycarbamide,hydroxycarbamide,Hydroxyurea,ribonucleotide reductase inhibitor|QT-prolonging drug")

    assert row == {
        "code": "hydroxycarbamide",
        "display": "hydroxycarbamide",
        "synonyms[]": "AB-12|Hydroxyurea|Shared Name",
        "drugbank_id": "DB1",
        "unii": "U1",
        "brands[]": "Somebrand",
        "short_names[]": "",
        "ambiguous[]": "Shared Name=otherdrug",
        "classes[]": "ribonucleotide reductase inhibitor",
        "interaction_roles[]": "QT-prolonging drug",
    }


def test_a_product_without_reference_has_our_columns_only(drug):
    row = drug("cells,academic cells,none,CAR T cells")

    assert (row["display"], row["unii"], row["synonyms[]"], row["classes[]"]) == (
        "academic cells",
        "",
        "",
        "CAR T cells",
    )


@pytest.mark.parametrize("line", ["x,xenon,Xenon,opioid", "x,wrong name,Hydroxyurea,opioid"])
def test_a_drug_that_the_reference_does_not_know_by_that_name_is_refused(drug, line):
    with pytest.raises(NotInReference, match="the reference has no entry"):
        drug(line)


@pytest.mark.parametrize(
    "name",
    [
        "VYXEOS COMPONENT CYTARABINE",
        "AZATHIOPRINE IMPURITY B",
        "L01XC05",
        "2-amino-purine",
        "(±)-methadone",
        "3EN3HG4WSW",
    ],
)
def test_systematic_names_impurities_and_atc_codes_are_left_out(name):
    assert not is_a_name(name)


@pytest.mark.parametrize("name", ["Venclexta", "ABT-199", "ARA-C", "6-MP", "BYL-719"])
def test_names_that_people_type_are_kept(name):
    assert is_a_name(name)


@pytest.mark.parametrize(
    ("name", "as_written"),
    [("VENCLEXTA", "Venclexta"), ("ATRA", "ATRA"), ("ABT-199", "ABT-199"), ("KO-539 FREE BASE", "KO-539")],
)
def test_a_shouted_brand_is_written_as_people_write_it(name, as_written):
    assert spoken(name) == as_written


def test_a_country_keeps_our_region_and_everyday_name(folder):
    lists = folder("country_list.csv", "code,region,subregion,eu_eea,also\nNL,Europe,Western Europe,EU,Holland\n")

    assert country_rows(lists, lists) == [
        ("NL", "Netherlands", "Holland|NLD", "NLD", "Europe", "Western Europe", "EU"),
    ]


def test_a_country_in_one_list_only_is_refused(folder):
    lists = folder("country_list.csv", "code,region,subregion,eu_eea,also\nBE,Europe,Western Europe,EU,\n")

    with pytest.raises(NotInReference, match="in one list only: BE, NL"):
        country_rows(lists, lists)


def test_without_references_the_command_says_what_is_missing(tmp_path):
    with pytest.raises(CommandError, match=r"countries\.csv"):
        call_command("curate_terminology", "--from", str(tmp_path), "--to", str(tmp_path))

    assert list(tmp_path.iterdir()) == []
