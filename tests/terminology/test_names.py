"""How typed names are compared."""

import pytest

from iltb.terminology.names import fold, searchable


@pytest.mark.parametrize(
    ("typed", "listed"),
    [("shp 2", "SHP-2"), ("cote d'ivoire", "Côte d’Ivoire"), ("BCR-ABL1", "BCR::ABL1"), ("ABT199", "ABT-199")],
)
def test_case_accents_and_punctuation_do_not_count(typed, listed):
    assert fold(typed) == fold(listed)


@pytest.mark.parametrize("text", ["", "  ", "—", "::"])
def test_punctuation_alone_names_nothing(text):
    assert fold(text) == ""


def test_each_name_is_searched_once_in_its_order():
    assert searchable("KMT2A", "kmt2a", "", "MLL-1") == "\nkmt2a\nmll1\n"


def test_nothing_to_search_is_empty():
    assert searchable("", "—") == ""
