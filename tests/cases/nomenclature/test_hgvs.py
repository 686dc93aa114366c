import pytest

from cases.nomenclature import Unparsed, hgvs

PROTEIN = [
    ("p.Arg882His", "p.Arg882His", "R882H"),
    ("p.R882H", "p.Arg882His", "R882H"),
    ("R882H", "p.Arg882His", "R882H"),
    ("p.(R882H)", "p.(Arg882His)", "R882H"),
    ("p.W288fs", "p.Trp288fsTer", "W288fs"),
    ("p.Trp288CysfsTer12", "p.Trp288CysfsTer12", "W288Cfs*12"),
    ("p.P298fsX301", "p.Pro298fsTer301", "P298fs*301"),
    ("p.R837*", "p.Arg837Ter", "R837*"),
    ("p.*110Leuext*17", "p.Ter110LeuextTer17", "*110Lext*17"),
    ("p.Met1ext-5", "p.Met1ext-5", "M1ext-5"),
    ("p.E800del", "p.Glu800del", "E800del"),
    ("p.K304_Q305insAK", "p.Lys304_Gln305insAlaLys", "K304_Q305insAK"),
    ("p.E598_Y599dup", "p.Glu598_Tyr599dup", "E598_Y599dup"),
    ("p.E801delinsEV", "p.Glu801delinsGluVal", "E801delinsEV"),
    ("p.Y599_D600ins(12)", "p.Tyr599_Asp600ins(12)", "Y599_D600ins(12)"),
    ("p.R882=", "p.Arg882=", "R882="),
    ("p.M1?", "p.Met1?", "M1?"),
    ("p.?", "p.?", "?"),
    ("p.=", "p.=", "="),
]

NUCLEOTIDES = [
    ("c.35G>A", "c.35G>A"),
    ("c.35g>a", "c.35G>A"),
    ("c.1027delC", "c.1027del"),
    ("c.1770_1793dup", "c.1770_1793dup"),
    ("c.863_864insTCTG", "c.863_864insTCTG"),
    ("c.35_36delGGinsAT", "c.35_36delinsAT"),
    ("c.35_36GG>AT", "c.35_36delinsAT"),
    ("c.1017+2_1017+3insT", "c.1017+2_1017+3insT"),
    ("c.*24G>A", "c.*24G>A"),
    ("c.-124C>T", "c.-124C>T"),
    ("c.100_102inv", "c.100_102inv"),
    ("c.35=", "c.35="),
    ("g.28034105T>G", "g.28034105T>G"),
    ("m.8993T>G", "m.8993T>G"),
    ("n.45del", "n.45del"),
    ("r.76a>u", "r.76a>u"),
]

REFUSED = [
    ("", "There is no text."),
    ("ITD", "This is a class of changes, not a change; it needs its gene, as in FLT3-ITD."),
    ("p.D816V;p.N822K", "There is more than one change in this text; enter each on its own."),
    ("c.181G>T_c.182A>T", "There is more than one change in this text; enter each on its own."),
    ("p.-213fs", "A protein has no negative positions."),
    ("p.I836delI", "After “del” or “dup” no residues follow, as in p.K313del."),
    ("p.308_309insV", "The residues at the ends of the range are missing."),
    ("p.D835", "This names a position but not the change."),
    ("p.R837X", "X may mean a stop (write * or Ter) or any residue (write ?)."),
    ("p.K413fs*>76", "The length of a frameshift is a plain number, as in p.R180fs*46."),
    ("p.WQ288fs", "A frameshift or deletion names its first residue alone, as in p.W288fs."),
    ("p.S226>RR", "A protein change is not written with “>”; write for example p.E801delinsEV."),
    ("p.Y599_D590del", "This is not a protein change in HGVS form, such as p.Arg882His."),
    ("c.40_35del", "This is not a nucleotide change in HGVS form, such as c.35G>A."),
    ("c.35G>", "This is not a nucleotide change in HGVS form, such as c.35G>A."),
    ("manual", "This is not a protein change in HGVS form, such as p.Arg882His."),
    ("p.Ärg882His", "This is not a change in HGVS form."),
]


@pytest.mark.parametrize(("text", "normalised", "key"), PROTEIN)
def test_a_protein_change_has_a_long_form_and_a_short_key(text, normalised, key):
    found = hgvs.parse(text)

    assert (found.kind, found.normalised, found.key) == ("p", normalised, key)


@pytest.mark.parametrize(("text", "normalised"), NUCLEOTIDES)
def test_a_nucleotide_change_is_its_own_key(text, normalised):
    found = hgvs.parse(text)

    assert (found.normalised, found.key) == (normalised, normalised)


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_not_understood_is_kept_with_a_reason(text, reason):
    assert hgvs.parse(text) == Unparsed(text, reason)


@pytest.mark.parametrize(
    ("text", "accession", "gene"),
    [
        ("NM_004985.5:c.35G>A", "NM_004985.5", ""),
        ("NP_000537.3:p.Arg273His", "NP_000537.3", ""),
        ("NC_000013.11:g.28034105T>G", "NC_000013.11", ""),
        ("NM_022552.5(DNMT3A):c.2645G>A", "NM_022552.5", "DNMT3A"),
        ("ENST00000321117.10: c.2645G>A", "ENST00000321117.10", ""),
        ("CCDS877.1:c.182A>G", "CCDS877.1", ""),
        ("NKX2-1:p.R10H", "", "NKX2-1"),
        ("c.35G>A", "", ""),
    ],
)
def test_accession_and_gene_are_optional_and_kept(text, accession, gene):
    found = hgvs.parse(text)

    assert (found.accession, found.gene, found.original) == (accession, gene, text)


@pytest.mark.parametrize(("text", "predicted"), [("p.(Gly12Asp)", True), ("p.Gly12Asp", False), ("p.(=)", True)])
def test_brackets_mean_predicted(text, predicted):
    assert hgvs.parse(text).is_predicted is predicted


def test_spellings_of_one_change_share_a_key():
    spellings = ["p.Arg882His", "p.(Arg882His)", "p.R882H", "p.(R882H)", "R882H", "DNMT3A:p.R882H"]

    assert {hgvs.parse(text).key for text in spellings} == {"R882H"}
