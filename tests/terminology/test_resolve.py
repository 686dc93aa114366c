"""From a typed name to one concept, or to a question back."""

import pytest

from iltb.terminology.models import Concept
from iltb.terminology.search import Ambiguous, resolve

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("old", "approved"),
    [
        ("MLL", "KMT2A"),
        ("mll", "KMT2A"),
        ("MKL1", "MRTFA"),
        ("EVI1", "MECOM"),
        ("AF4", "AFF1"),
        ("AF9", "MLLT3"),
        ("E2A", "TCF3"),
        ("TEL", "ETV6"),
        ("AML1", "RUNX1"),
        ("SFRS2", "SRSF2"),
        ("SHP2", "PTPN11"),
        ("p53", "TP53"),
        ("PDL1", "CD274"),
        ("WHSC1", "NSD2"),
    ],
)
def test_an_old_gene_name_leads_to_the_approved_symbol(old, approved):
    assert resolve("gene", old).code == approved


def test_an_approved_symbol_is_never_read_as_an_old_name():
    assert resolve("gene", "SET").code == "SET"


@pytest.mark.parametrize("alias", ["MLL2", "MLL4"])
def test_an_alias_of_two_genes_is_asked_back(alias):
    found = resolve("gene", alias)

    assert [candidate.code for candidate in found.candidates] == ["KMT2B", "KMT2D"]


def test_an_alias_that_is_another_genes_symbol_today_is_asked_back():
    found = resolve("gene", "MAL")

    assert ([candidate.code for candidate in found.candidates], found.elsewhere) == (["MRTFA"], ("MAL", "TIRAP"))


def test_a_spelling_that_two_genes_share_is_asked_back_although_one_had_it_as_symbol():
    assert [candidate.code for candidate in resolve("gene", "EVI-1").candidates] == ["MECOM", "RUNX1"]


@pytest.mark.parametrize("fusion", ["BCR-ABL", "BCR/ABL", "PML-RARA", "MLL-AF4"])
def test_a_fusion_is_never_one_gene(fusion):
    assert resolve("gene", fusion) is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Venclexta", "venetoclax"),
        ("ABT-199", "venetoclax"),
        ("cyclosporine", "ciclosporin"),
        ("6-MP", "mercaptopurine"),
        ("inotuzumab", "inotuzumab-ozogamicin"),
        ("SNDX-5613", "revumenib"),
        ("obe-cel", "obecabtagene-autoleucel"),
        ("asparaginase", "asparaginase"),
    ],
)
def test_a_brand_a_code_and_a_short_name_lead_to_the_drug(written, code):
    assert resolve("drug", written).code == code


def test_a_name_of_two_drugs_is_asked_back():
    assert isinstance(resolve("drug", "mycophenolate"), Ambiguous)


@pytest.mark.parametrize("text", ["", "   ", "::", "NOSUCHGENE1"])
def test_what_names_nothing_is_none(text):
    assert resolve("gene", text) is None


def test_a_name_is_looked_for_in_its_own_vocabulary_only():
    assert resolve("country", "KMT2A") is None


def test_what_is_switched_off_is_not_found():
    Concept.objects.filter(system="gene", code="KMT2A").update(is_active=False)

    assert resolve("gene", "MLL") is None


@pytest.mark.parametrize("system", ["antigen", "country", "entity", "event_class"])
def test_every_code_and_every_display_leads_back_to_its_own_row(system):
    concepts = Concept.objects.filter(system=system, is_active=True)

    assert [c.code for c in concepts if resolve(system, c.code) != c or resolve(system, c.display) != c] == []


def test_resolving_takes_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        resolve("gene", "MLL2")
