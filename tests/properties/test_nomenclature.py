import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cases.nomenclature import Unparsed, alterations, events, fusions, hgvs, iscn
from tests.cases.nomenclature.genes import APPROVED, OTHER_NAMES, symbol

RESIDUES = "ACDEFGHIKLMNPQRSTVWY*"
PIECES = [
    "46", "45-47", "XX", "XY", "idem", "sl", "sdl1", "slx2", "-7", "+8", "+21c", "t(9;22)(q34;q11)", "del(5q)", "17p-",
    "der(19)t(1;19)(q23;p13)", "+2mar", "dmin", "inc", "-del(5)", "[20]", "[cp3]", "(", ")", "[", "]", ",", "/", ";",
    "\n", " ", "?", "nuc ish(ABL1)x2", ".ish", "nonclonal[1]", "w/", "::", "--", "-r", "p.", "c.", "ITD", "ratio 0.6",
    "R882H", "35G>A", "fs*", "ins", *APPROVED, *OTHER_NAMES,
]  # fmt: skip

texts = st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
numbers = st.integers(1, 5000)
substitutions = st.builds("p.{}{}{}".format, st.sampled_from(RESIDUES), numbers, st.sampled_from(RESIDUES))
insertions = st.builds("c.{0}_{0}ins{1}".format, numbers, st.text("ACGT", min_size=1, max_size=20))
changes = substitutions | insertions | texts
abnormalities = st.sampled_from(
    ["-7", "+8", "t(8;21)(q22;q22)", "del(5)(q13q33)", "+mar", "add(17)(p11)", "i(17)(q10)"]
)
karyotypes = st.builds(
    "{},{},{}[{}]".format,
    st.integers(40, 60),
    st.sampled_from(["XX", "XY", "xx"]),
    st.lists(abnormalities, min_size=1, max_size=6).map(" , ".join),
    st.integers(1, 30),
)


@given(texts)
def test_no_text_makes_a_reader_raise(text):
    found = [
        hgvs.parse(text),
        iscn.parse(text),
        *(reader.parse(text, symbol) for reader in (fusions, events, alterations)),
    ]

    assert {one.original for one in found} == {text}


@given(changes)
def test_a_normalised_change_is_read_as_itself(text):
    found = hgvs.parse(text)
    if isinstance(found, Unparsed):
        return

    again = hgvs.parse(found.normalised)
    assert (again.normalised, again.key, again.is_predicted) == (found.normalised, found.key, found.is_predicted)


@given(texts | karyotypes)
@example("46,XX(\n46,XY")
def test_a_normalised_karyotype_is_read_as_itself(text):
    found = iscn.parse(text)

    again = iscn.parse(found.normalised)
    assert (again.normalised, again.facts, again.status) == (found.normalised, found.facts, found.status)


@pytest.mark.parametrize("separator", ["::", "--", "-", "/"])
@given(names=st.lists(st.sampled_from(APPROVED), min_size=2, max_size=2, unique=True))
def test_any_two_genes_are_read_back_from_their_fusion(names, separator):
    found = fusions.parse(separator.join(names), symbol)

    assert (found.five_prime, found.three_prime) == tuple(names)
    assert fusions.parse(found.normalised, symbol).key == found.key


@given(texts)
def test_a_problem_is_a_sentence_and_parsed_means_none(text):
    found = iscn.parse(text)

    assert all(problem.endswith(".") for problem in found.problems)
    assert (found.status == "parsed") == (bool(found.clones) and not found.problems)
