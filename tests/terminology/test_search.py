"""What a typeahead offers."""

import pytest

from iltb.terminology.models import Concept
from iltb.terminology.search import search

pytestmark = pytest.mark.django_db


def codes(system, text, **options):
    return [concept.code for concept in search(system, text, **options)]


def test_the_beginning_of_a_symbol_offers_the_genes_that_start_with_it():
    assert codes("gene", "kmt2", limit=5) == ["KMT2A", "KMT2B", "KMT2C", "KMT2D", "KMT2E"]


def test_a_whole_old_name_comes_before_symbols_that_start_with_it():
    assert codes("gene", "mll", limit=2) == ["KMT2A", "MLLT1"]


def test_the_code_itself_comes_first():
    assert codes("regimen", "flag", limit=1) == ["FLAG"]


def test_the_start_of_a_name_comes_before_the_middle_of_one():
    assert codes("drug", "ven", limit=2) == ["venetoclax", "avelumab"]


def test_a_result_says_by_which_other_name_it_was_found():
    assert [(c.code, c.matched_as) for c in search("drug", "kymr")] == [("tisagenlecleucel", "Kymriah")]


def test_a_result_found_by_its_own_name_says_nothing_more():
    assert search("gene", "NPM1")[0].matched_as == ""


def test_accents_do_not_have_to_be_typed():
    assert codes("country", "cote d") == ["CI"]


@pytest.mark.parametrize("text", ["", " ", "%", "_", "::"])
def test_text_without_a_letter_offers_nothing(text, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert search("gene", text) == []


def test_a_list_is_never_longer_than_fifty():
    assert len(search("gene", "a", limit=1000)) == 50


def test_a_long_text_is_cut_not_refused():
    assert search("gene", "x" * 10_000) == []


def test_what_is_switched_off_is_not_offered():
    Concept.objects.filter(code="venetoclax").update(is_active=False)

    assert codes("drug", "venetoclax") == []


def test_a_new_concept_is_found_without_loading():
    Concept.objects.create(system="regimen", code="X-1", display="New block", synonyms=["Bloc neuf"])

    assert codes("regimen", "bloc n") == ["X-1"]


def test_searching_takes_one_query_whatever_it_finds(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(search("gene", "a", limit=50)) == 50


def test_a_drug_is_told_by_its_first_class():
    assert [concept.hint for concept in search("drug", "venetoclax")] == ["BCL2 inhibitor"]
